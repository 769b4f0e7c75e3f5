//! A folder of work that is made piece by piece, and is whole or not there.

use super::files::publish_bytes;
use super::names::{Wanted, forget, may_replace, put_aside, take_name, unfinished};
use super::{Held, LOCK, REPLACES, disk, hold};
use anyhow::{Context, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What the work is made from: two are the same work where this is the same.
const ORIGIN: &str = "made-from.json";
/// Folder of pieces, while work is in progress.
pub const PIECES: &str = "pieces";

/// Work in progress: pieces that are finished, each published by renaming.
#[derive(Debug)]
pub struct Workshop {
    folder: PathBuf,
    work: PathBuf,
    /// Held, so that nobody else works in it meanwhile.
    _lock: Held,
}

/// The work was done before, and is in this folder.
#[derive(Debug)]
pub struct Complete(pub PathBuf);

impl std::fmt::Display for Complete {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let folder = self.0.display();
        write!(f, "{folder} is complete already: there is nothing to go on with")
    }
}

impl std::error::Error for Complete {}

impl Workshop {
    /// Begins the work that is to be in the folder asked for, or in `usual`, or goes on with it.
    ///
    /// # Errors
    ///
    /// When the folder may not be used, other work is in the way, or the disk fails;
    /// [`Complete`], where it is to be gone on with and is done.
    pub fn open(usual: &Path, origin: &[u8], wanted: &Wanted) -> anyhow::Result<Self> {
        let (overwrite, resume) = (wanted.overwrite, wanted.resume);
        let folder = wanted.out.as_deref().unwrap_or(usual);
        if folder.file_name().is_none() || (folder.exists() && !folder.is_dir()) {
            bail!(
                "{} does not name a folder\nhelp: give --out a name of its own, such as results/mine",
                folder.display()
            );
        }
        let work = unfinished(folder);
        let shown = work.display();
        let made_from = |at: &Path| fs::read(at.join(ORIGIN)).ok();
        if work.exists() {
            if !resume && !overwrite {
                bail!(
                    "{shown} is there from before\nhelp: go on with it with --resume, or begin again with --overwrite"
                );
            }
            // Without it, it was stopped before it had begun.
            if resume && made_from(&work).is_some_and(|before| before != origin) {
                bail!(
                    "{shown} was begun from something else: other targets, settings or code\nhelp: begin again with --overwrite, or give another --out"
                );
            }
        }
        // What was to be replaced when the work was begun may be, when it is gone on with.
        let replaces = if resume { work.join(REPLACES).exists() } else { overwrite };
        if resume && !replaces && folder.join(ORIGIN).exists() {
            if made_from(folder).is_some_and(|before| before == origin) {
                // It may have been stopped as it tidied up.
                forget(folder)?;
                gone(&folder.join(PIECES))?;
                return Err(Complete(folder.to_owned()).into());
            }
            bail!(
                "{} was made from something else: other targets, settings or code\nhelp: give another --out, or --overwrite to replace it",
                folder.display()
            );
        }
        // Nobody's documents are replaced, whether work is begun or gone on with.
        may_replace(folder, replaces)?;
        if work.exists() && !resume {
            // Held until it is gone, so that nobody else takes it up meanwhile.
            let _lock = hold(&work)?;
            disk::remove_dir_all(&work).with_context(|| format!("cannot empty {shown}"))?;
        }
        disk::create_dir_all(&work).with_context(|| format!("cannot make {shown}"))?;
        let lock = hold(&work)?;
        if replaces && !resume {
            publish_bytes(&work.join(REPLACES), b"null")?;
        }
        publish_bytes(&work.join(ORIGIN), origin)?;
        Ok(Self { folder: folder.to_owned(), work, _lock: lock })
    }

    /// Where finished pieces are meanwhile.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// A piece, if it is there.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.work.join(name)).ok()
    }

    /// Puts a piece in place.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.work.join(name);
        if let Some(parent) = path.parent() {
            disk::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        publish_bytes(&path, bytes)
    }

    /// Gives the folder its name, and takes away the pieces.
    ///
    /// # Errors
    ///
    /// When the disk fails; what is finished is then still there.
    pub fn finish(self) -> anyhow::Result<PathBuf> {
        // First, so that whenever it is stopped it is known what may be replaced.
        put_aside(&self.folder)?;
        for name in [REPLACES, LOCK] {
            let path = self.work.join(name);
            if path.exists() {
                disk::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        take_name(&self.work, &self.folder)?;
        gone(&self.folder.join(PIECES))?;
        Ok(self.folder)
    }
}

fn gone(path: &Path) -> anyhow::Result<()> {
    match path.exists() {
        true => {
            disk::remove_dir_all(path).with_context(|| format!("cannot empty {}", path.display()))
        }
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_gone_on_with_only_where_it_is_the_same_work() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("mine");
        let open = |origin: &[u8], overwrite, resume| {
            Workshop::open(&out, origin, &Wanted { overwrite, resume, ..Wanted::default() })
        };
        let shop = open(b"one", false, false).expect("it is begun");
        shop.write("pieces/a.json", b"1").expect("written");
        assert!(!out.exists(), "whole or not there");
        drop(shop);
        let said = open(b"one", false, false).expect_err("there from before").to_string();
        assert!(said.contains("--resume"), "{said}");
        let said = open(b"two", false, true).expect_err("other work").to_string();
        assert!(said.contains("begun from something else"), "{said}");
        let shop = open(b"one", false, true).expect("the same work");
        assert_eq!(shop.read("pieces/a.json").as_deref(), Some(&b"1"[..]));
        assert_eq!(shop.read("pieces/b.json"), None);
        shop.write("table.csv", b"x").expect("written");
        shop.finish().expect("finished");
        assert!(out.join("table.csv").exists() && !out.join("pieces").exists());
        let done = open(b"one", false, true).expect_err("there is nothing to go on with");
        assert!(done.downcast_ref::<Complete>().is_some_and(|done| done.0 == out), "{done}");
        let said = open(b"two", false, true).expect_err("other work").to_string();
        assert!(said.contains("was made from something else"), "{said}");
        assert!(out.join("table.csv").exists(), "and it is still there");
        // A folder of somebody's own is never taken for a result.
        let own = folder.path().join("documents");
        fs::create_dir(&own).expect("a folder");
        fs::write(own.join("thesis.txt"), "years").expect("a file");
        let wanted = |overwrite, resume| Wanted {
            out: Some(own.clone()),
            overwrite,
            resume,
            ..Wanted::default()
        };
        for (overwrite, resume) in [(false, true), (true, true), (true, false), (false, false)] {
            Workshop::open(&out, b"one", &wanted(overwrite, resume)).expect_err("not a result");
            assert_eq!(fs::read(own.join("thesis.txt")).expect("kept"), b"years");
        }
        let said = open(b"one", false, false).expect_err("not empty").to_string();
        assert!(said.contains("--overwrite"), "{said}");
        let shop = open(b"two", true, false);
        assert!(shop.is_err(), "what is no results folder is not replaced");
    }
}
