//! A folder of work that is made piece by piece, and is whole or not there.

use super::files::{publish_bytes, sync_folder};
use super::hold;
use super::names::{Wanted, may_replace, swap, unfinished};
use anyhow::{Context, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What the work is made from: two are the same work where this is the same.
const ORIGIN: &str = "made-from.json";

/// Work in progress: pieces that are finished, each published by renaming.
#[derive(Debug)]
pub struct Workshop {
    folder: PathBuf,
    work: PathBuf,
    /// Held, so that nobody else works in it meanwhile.
    _lock: File,
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
        let same = |at: &Path| fs::read(at.join(ORIGIN)).is_ok_and(|before| before == origin);
        if work.exists() {
            if !resume && !overwrite {
                bail!(
                    "{shown} is there from before\nhelp: go on with it with --resume, or begin again with --overwrite"
                );
            }
            if resume && !same(&work) {
                bail!(
                    "{shown} was begun from something else: other targets, settings or code\nhelp: begin again with --overwrite, or give another --out"
                );
            }
        }
        if resume && folder.join(ORIGIN).exists() {
            if same(folder) {
                return Err(Complete(folder.to_owned()).into());
            }
            bail!(
                "{} was made from something else: other targets, settings or code\nhelp: give another --out, or --overwrite to replace it",
                folder.display()
            );
        }
        // Nobody's documents are replaced, whether work is begun or gone on with.
        may_replace(folder, overwrite && !resume)?;
        if work.exists() && !resume {
            // Held until it is gone, so that nobody else takes it up meanwhile.
            let _lock = hold(&work)?;
            fs::remove_dir_all(&work).with_context(|| format!("cannot empty {shown}"))?;
        }
        fs::create_dir_all(&work).with_context(|| format!("cannot make {shown}"))?;
        let lock = hold(&work)?;
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
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        publish_bytes(&path, bytes)
    }

    /// Takes away the pieces, and gives the folder its name.
    ///
    /// # Errors
    ///
    /// When the disk fails; the work is then as it was.
    pub fn finish(self, pieces: &str) -> anyhow::Result<PathBuf> {
        let gone = |path: &Path| match path.exists() {
            true => {
                fs::remove_dir_all(path).with_context(|| format!("cannot empty {}", path.display()))
            }
            false => Ok(()),
        };
        gone(&self.work.join(pieces))?;
        let _ = fs::remove_file(self.work.join(super::LOCK));
        swap(&self.work, &self.folder)?;
        sync_folder(self.folder.parent().unwrap_or(Path::new("")));
        Ok(self.folder)
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
            Workshop::open(&out, origin, &Wanted { out: None, overwrite, resume })
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
        shop.finish("pieces").expect("finished");
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
        let wanted = |overwrite, resume| Wanted { out: Some(own.clone()), overwrite, resume };
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
