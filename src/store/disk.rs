//! Every change that is made to the disk, through one door.
//!
//! What stops a run can stop it between any two of these; tests freeze the disk there, at
//! each in turn.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Makes a file, or empties it.
///
/// # Errors
///
/// As [`File::create`].
pub fn create(path: &Path) -> io::Result<File> {
    through(path, || File::create(path))
}

/// Opens a file that processes take hold of, made where it is not there.
///
/// # Errors
///
/// As [`fs::OpenOptions::open`].
pub fn open_lock(path: &Path) -> io::Result<File> {
    through(path, || File::options().create(true).write(true).truncate(false).open(path))
}

/// Makes a folder that is not there yet.
///
/// # Errors
///
/// As [`fs::create_dir`].
pub fn create_dir(path: &Path) -> io::Result<()> {
    through(path, || fs::create_dir(path))
}

/// Makes a folder and those that it lies in.
///
/// # Errors
///
/// As [`fs::create_dir_all`].
pub fn create_dir_all(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    through(path, || fs::create_dir_all(path))
}

/// Gives a file or folder another name.
///
/// # Errors
///
/// As [`fs::rename`].
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    through(to, || fs::rename(from, to))
}

/// Gives a file a second name, or, on disks that cannot, makes a copy of it.
///
/// # Errors
///
/// When neither can be done.
pub fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    through(to, || fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)))
}

/// Takes a file away.
///
/// # Errors
///
/// As [`fs::remove_file`].
pub fn remove_file(path: &Path) -> io::Result<()> {
    through(path, || fs::remove_file(path))
}

/// Takes an empty folder away.
///
/// # Errors
///
/// As [`fs::remove_dir`]: also when there is something in it.
pub fn remove_dir(path: &Path) -> io::Result<()> {
    through(path, || fs::remove_dir(path))
}

/// Takes a folder away with all that is in it, file by file in order of name.
///
/// # Errors
///
/// When one of them cannot be taken away; those before it are gone.
pub fn remove_dir_all(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return remove_file(path);
    }
    let mut entries: Vec<_> = fs::read_dir(path)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        // Of a link the link goes, never what it points to.
        match entry.file_type()?.is_dir() {
            true => remove_dir_all(&entry.path())?,
            false => remove_file(&entry.path())?,
        }
    }
    remove_dir(path)
}

#[cfg(not(test))]
fn through<T>(_: &Path, change: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    change()
}

#[cfg(test)]
fn through<T>(path: &Path, change: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    frost::may_change(path)?;
    change()
}

/// A disk that freezes: from some change on, none below a folder is made, and all fail.
#[cfg(test)]
pub mod frost {
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;

    struct Watched {
        below: PathBuf,
        made: usize,
        most: usize,
    }

    static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());

    /// Does something with a disk that freezes below a folder after `most` changes, and
    /// gives what came of it and how many changes were made.
    pub fn after<T>(most: usize, below: &Path, something: impl FnOnce() -> T) -> (T, usize) {
        let watched = || WATCHED.lock().expect("no test stops in here");
        watched().push(Watched { below: below.to_owned(), made: 0, most });
        let came = something();
        let mut all = watched();
        let at = all.iter().position(|one| one.below == below).expect("it is watched");
        (came, all.remove(at).made)
    }

    pub(super) fn may_change(path: &Path) -> io::Result<()> {
        let mut all = WATCHED.lock().expect("no test stops in here");
        let Some(one) = all.iter_mut().find(|one| path.starts_with(&one.below)) else {
            return Ok(());
        };
        if one.made == one.most {
            return Err(io::Error::other("the disk is frozen"));
        }
        one.made += 1;
        Ok(())
    }
}
