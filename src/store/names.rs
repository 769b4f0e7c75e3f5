//! Which folder results go to, and what may be replaced.

use super::disk;
use crate::experiment::Experiment;
use crate::shard::Shard;
use anyhow::{Context, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What the person asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Folder given with `--out`.
    pub out: Option<PathBuf>,
    /// Whether a results folder that is there may be replaced.
    pub overwrite: bool,
    /// Whether to go on from an unfinished run.
    pub resume: bool,
    /// Whether to add replicates or draws to a finished run.
    pub extend: bool,
}

impl Wanted {
    /// The folder results go to: the one given, or `results/` and the experiment's
    /// id, or that with the next free `-2`, `-3`. A run that is resumed or extended goes on
    /// in the last of these that is there; one that overwrites, overwrites the first.
    pub(super) fn folder(&self, experiment: &Experiment) -> anyhow::Result<PathBuf> {
        self.given()?.map_or_else(|| Ok(self.free(&experiment.id)), Ok)
    }

    /// The folder that was given, if one was.
    fn given(&self) -> anyhow::Result<Option<PathBuf>> {
        if let Some(out) = &self.out {
            if out.file_name().is_none() {
                bail!(
                    "`--out {}` does not name a folder\nhelp: give it a name of its own, such as results/mine",
                    out.display()
                );
            }
            if out.exists() && !out.is_dir() {
                bail!(
                    "`--out {}` is a file, and results need a folder\nhelp: give another name; nothing was written",
                    out.display()
                );
            }
            return Ok(Some(out.clone()));
        }
        Ok(None)
    }

    /// The folder of a shard: the one given, in which the shard may be named by a mark, or
    /// one below `results/` with the experiment's id.
    ///
    /// # Errors
    ///
    /// When what is given names no folder.
    pub(super) fn folder_of(
        &self,
        experiment: &Experiment,
        shard: Shard,
    ) -> anyhow::Result<PathBuf> {
        let out = self.out.as_ref().map(|out| shard_named(out, shard));
        let wanted = Self { out, ..self.clone() };
        let usual = || {
            let id = format!("{}{SHARDS}", experiment.id);
            Path::new("results").join(id).join(shard.name())
        };
        Ok(wanted.given()?.unwrap_or_else(usual))
    }

    /// `results/` and an id, or that with the next free `-2`, `-3`, as [`Self::folder`] says.
    fn free(&self, id: &str) -> PathBuf {
        let named = |n: u32| {
            Path::new("results").join(if n == 1 { id.to_owned() } else { format!("{id}-{n}") })
        };
        let taken = |n: &u32| named(*n).exists() || unfinished(&named(*n)).exists();
        let next = (1..).find(|n| !taken(n)).unwrap_or(1);
        match (self.resume || self.extend, self.overwrite) {
            (true, _) => named((next - 1).max(1)),
            (false, true) => named(1),
            (false, false) => named(next),
        }
    }
}

/// End of the name of a folder of shards.
const SHARDS: &str = ".shards";
/// What stands for a shard's name in `--out`.
const MARK: &str = "{shard}";

/// A folder's path with the shard's name for the mark, if it is in it.
fn shard_named(out: &Path, shard: Shard) -> PathBuf {
    match out.to_str() {
        Some(text) => text.replace(MARK, &shard.name()).into(),
        None => out.to_owned(),
    }
}

/// Where a run lives until it is finished.
pub fn unfinished(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    folder.with_file_name(name)
}

fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    let mut entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    Ok(entries.next().is_none())
}

/// Refuses a folder that holds something, unless it holds results and may be replaced.
pub(super) fn may_replace(folder: &Path, overwrite: bool) -> anyhow::Result<()> {
    if !folder.exists() || is_empty(folder)? {
        return Ok(());
    }
    let shown = folder.display();
    if !overwrite {
        bail!("{shown} is not empty\nhelp: give another --out, or --overwrite to replace it");
    }
    if !folder.join(super::MANIFEST).exists() && super::shards::of_folder(folder).is_none() {
        // A slip of the hand must not cost somebody their documents.
        bail!("{shown} is not a results folder, so it is not replaced\nhelp: give another --out");
    }
    Ok(())
}

/// Where results go that are replaced, until what replaces them has their name.
pub(super) fn replaced(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".replaced");
    folder.with_file_name(name)
}

/// Puts what is there out of the way of a finished run.
pub(super) fn put_aside(folder: &Path) -> anyhow::Result<()> {
    let context = || format!("cannot put {} aside", folder.display());
    if !folder.exists() {
        return Ok(());
    }
    if is_empty(folder)? {
        return disk::remove_dir(folder).with_context(context);
    }
    let old = replaced(folder);
    if old.exists() {
        disk::remove_dir_all(&old).with_context(context)?;
    }
    disk::rename(folder, &old).with_context(context)
}

/// Gives a finished run its name, and takes away what was put aside.
pub(super) fn take_name(work: &Path, folder: &Path) -> anyhow::Result<()> {
    disk::rename(work, folder)
        .with_context(|| format!("cannot rename {} to {}", work.display(), folder.display()))?;
    super::sync_folder(folder.parent().unwrap_or(Path::new("")));
    forget(folder)
}

/// Takes away what was put aside.
pub(super) fn forget(folder: &Path) -> anyhow::Result<()> {
    let old = replaced(folder);
    if old.exists() {
        disk::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    Ok(())
}

/// The first line in which two files differ, in words.
pub fn first_difference(before: &[u8], now: &[u8]) -> Option<String> {
    if before == now {
        return None;
    }
    let (before, now) = (String::from_utf8_lossy(before), String::from_utf8_lossy(now));
    let (mut before, mut now) = (before.lines(), now.lines());
    for line in 1.. {
        let quoted = |l: Option<&str>| l.map_or("nothing".to_owned(), |l| format!("`{l}`"));
        match (before.next(), now.next()) {
            (None, None) => break,
            (b, n) if b != n => {
                return Some(format!("line {line}: there {}, now {}", quoted(b), quoted(n)));
            }
            _ => {}
        }
    }
    Some("in how its lines end".to_owned())
}
