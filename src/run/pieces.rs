//! Work in pieces: each is made once, kept by renaming, and not made again.

use super::progress::Progress;
use crate::store::workshop::Workshop;
use anyhow::{Context, anyhow};
use rayon::ThreadPool;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where pieces are made and kept.
pub struct Pieces<'a> {
    /// Where they are kept.
    pub shop: &'a Workshop,
    /// Who makes them.
    pub pool: &'a ThreadPool,
    /// Whether to keep silent about progress.
    pub quiet: bool,
}

impl Pieces<'_> {
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
