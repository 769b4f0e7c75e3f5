//! A folder of work that is made piece by piece, and is whole or not there.

use super::files::{publish_bytes, sync_folder};
use super::names::{Wanted, may_replace, unfinished};
use anyhow::{Context, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What the work is made from: two are the same work where this is the same.
const ORIGIN: &str = "made-from.json";

/// Work in progress: pieces that are finished, each published by renaming.
#[derive(Debug)]
pub struct Workshop {
    folder: PathBuf,
    work: PathBuf,
}

impl Workshop {
    /// Begins the work that is to be in the folder asked for, or in `usual`, or goes on with it.
    ///
    /// # Errors
    ///
    /// When the folder may not be used, other work is in the way, or the disk fails.
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
        if work.exists() {
            if !resume && !overwrite {
                bail!(
                    "{shown} is there from before\nhelp: go on with it with --resume, or begin again with --overwrite"
                );
            }
            let same = fs::read(work.join(ORIGIN)).is_ok_and(|before| before == origin);
            if resume && !same {
                bail!(
                    "{shown} was begun from something else: other targets, settings or code\nhelp: begin again with --overwrite, or give another --out"
                );
            }
            if !resume {
                fs::remove_dir_all(&work).with_context(|| format!("cannot empty {shown}"))?;
            }
        }
        if !resume {
            may_replace(folder, overwrite)?;
        }
        fs::create_dir_all(&work).with_context(|| format!("cannot make {shown}"))?;
        publish_bytes(&work.join(ORIGIN), origin)?;
        Ok(Self { folder: folder.to_owned(), work })
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
        gone(&self.folder)?;
        fs::rename(&self.work, &self.folder)
            .with_context(|| format!("cannot make {}", self.folder.display()))?;
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
        let said = open(b"one", false, false).expect_err("not empty").to_string();
        assert!(said.contains("--overwrite"), "{said}");
        let shop = open(b"two", true, false);
        assert!(shop.is_err(), "what is no results folder is not replaced");
    }
}
