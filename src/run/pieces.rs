//! Work in pieces: each is made once, kept by renaming, and not made again.

use super::progress::Progress;
use super::{Settings, interrupt, pool};
use crate::store::files::checksum;
use crate::store::manifest;
use crate::store::workshop::{PIECES, Workshop};
use anyhow::{Context, anyhow};
use rayon::ThreadPool;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where pieces are made and kept.
pub struct Pieces<'a> {
    shop: &'a Workshop,
    /// Who makes them.
    pub pool: &'a ThreadPool,
    quiet: bool,
}

/// Files that work leaves: names and bytes.
type Tables = Vec<(&'static str, Vec<u8>)>;

/// Does work that is made from `origin`, or goes on with it, and leaves its tables in a
/// folder: the one asked for, or `usual`.
///
/// # Errors
///
/// When the folder may not be used, or the disk fails; pieces that are finished are kept.
pub fn done<T>(
    usual: &Path,
    origin: &Value,
    settings: &Settings,
    work: impl FnOnce(&Pieces<'_>) -> anyhow::Result<(T, Tables)>,
) -> anyhow::Result<(PathBuf, T)> {
    let origin = manifest::pretty(&json!({ "made_from": origin, "code": manifest::code() }))?;
    let shop = Workshop::open(usual, &origin, &settings.wanted)?;
    let pool = pool(settings.threads)?;
    let kept = shop.work().to_owned();
    interrupt::kept_in(Some(&kept));
    let found = work(&Pieces { shop: &shop, pool: &pool, quiet: settings.quiet });
    interrupt::kept_in(None);
    let (found, tables) = found.map_err(|error| {
        let kept = kept.display();
        anyhow!("{error:#}\nhelp: what is finished is kept in {kept}; go on with --resume")
    })?;
    for (name, bytes) in tables {
        shop.write(name, &bytes)?;
    }
    let what = json!({ "made_from": checksum(&origin), "code": manifest::code() });
    shop.write("manifest.json", &manifest::sealed(json!({ "what": what }))?)?;
    Ok((shop.finish()?, found))
}

impl Pieces<'_> {
    /// Writes a file of the work before the rest of it is there.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.shop.write(name, bytes)
    }

    /// What each job comes to, in order; made in parallel where it is not there yet.
    ///
    /// # Errors
    ///
    /// When the disk fails; pieces that are finished are kept.
    pub fn made<J: Sync, V: Serialize + DeserializeOwned + Send>(
        &self,
        jobs: &[J],
        name: impl Fn(&J) -> String + Sync,
        make: impl Fn(&J) -> V + Sync,
    ) -> anyhow::Result<Vec<V>> {
        let name = |job: &J| format!("{PIECES}/{}.json", name(job));
        let there =
            |job: &J| -> Option<V> { serde_json::from_slice(&self.shop.read(&name(job))?).ok() };
        let missing: Vec<&J> = jobs.iter().filter(|job| there(job).is_none()).collect();
        let progress = Progress::plain(missing.len(), self.quiet);
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<anyhow::Error>> = Mutex::new(None);
        self.pool.broadcast(|_| {
            while let Some(job) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                let bytes = serde_json::to_vec(&make(job)).map_err(anyhow::Error::from);
                if let Err(error) = bytes.and_then(|bytes| self.shop.write(&name(job), &bytes)) {
                    // One is enough, and the others would say the same.
                    next.store(missing.len(), Ordering::Relaxed);
                    if let Ok(mut failed) = failed.lock() {
                        failed.get_or_insert(error);
                    }
                    return;
                }
                progress.counted();
            }
        });
        progress.end();
        let failed = failed.into_inner().map_err(|_| anyhow!("a thread stopped in mid-work"))?;
        failed.map_or(Ok(()), Err)?;
        jobs.iter()
            .map(|job| there(job).with_context(|| format!("{} has gone", name(job))))
            .collect()
    }
}
