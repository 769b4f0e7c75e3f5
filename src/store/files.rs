//! Files that are whole or not there.

use super::disk;
use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A file that is being written under another name, and takes its own when it is
/// whole and synced: a full disk or a lost machine leaves the old file or none.
#[derive(Debug)]
pub struct Half {
    file: BufWriter<File>,
    half: PathBuf,
    path: PathBuf,
    whole: bool,
}

impl Half {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn begin(path: &Path) -> anyhow::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".tmp");
        let half = path.with_file_name(name);
        let file =
            HALVES.begin(&half, || disk::create(&half)).with_context(|| cannot_write(path))?;
        let file = BufWriter::new(file);
        Ok(Self { file, half, path: path.to_owned(), whole: false })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// When the file system fails; nothing is then left of it.
    pub fn finish(mut self) -> anyhow::Result<()> {
        let mut put = || {
            self.file.flush()?;
            self.file.get_ref().sync_all()?;
            disk::rename(&self.half, &self.path)
        };
        put().with_context(|| cannot_write(&self.path))?;
        self.whole = true;
        HALVES.end(&self.half);
        Ok(())
    }
}

impl Write for Half {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        if !self.whole {
            // What could not be written is of no use, and the first error says why.
            let _ = disk::remove_file(&self.half);
            HALVES.end(&self.half);
        }
    }
}

/// Files that are being written under other names.
#[derive(Debug)]
struct Halves(Mutex<Vec<PathBuf>>);

static HALVES: Halves = Halves(Mutex::new(Vec::new()));

impl Halves {
    /// Takes a file up, which `make` makes: never while all are removed.
    fn begin<T>(&self, half: &Path, make: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let mut all = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let made = make()?;
        all.push(half.to_owned());
        Ok(made)
    }

    fn end(&self, half: &Path) {
        let mut all = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(at) = all.iter().position(|other| other == half) {
            all.swap_remove(at);
        }
    }

    /// Removes all, and then does what is `last`, during which none is begun.
    fn remove<T>(&self, last: impl FnOnce() -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for half in all.drain(..) {
            // One that has just taken its own name is gone already.
            let _ = disk::remove_file(&half);
        }
        last()
    }
}

/// Does what is `last` of a program that is stopped: nothing half written is left of it.
pub fn leaving<T>(last: impl FnOnce() -> T) -> T {
    HALVES.remove(last)
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// Puts a file in place, whole or not at all.
///
/// # Errors
///
/// When `write` or the file system fails; the file is then as it was.
pub fn publish(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let mut half = Half::begin(path)?;
    write(&mut half).with_context(|| cannot_write(path))?;
    half.finish()
}

/// [`publish`], from bytes.
///
/// # Errors
///
/// When the file system fails.
pub fn publish_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    publish(path, |to| to.write_all(bytes))
}

/// Makes the names in a folder last, where the system can.
pub fn sync_folder(folder: &Path) {
    // Not every system lets a folder be synced; the rename has happened all the same.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Checksum of some bytes, in hexadecimal (BLAKE3).
pub fn checksum(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Checksum of a file, in hexadecimal (BLAKE3), however large it is.
///
/// # Errors
///
/// When it cannot be read.
pub fn checksum_of(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Every file under a folder with its checksum, by path relative to it, in order.
///
/// # Errors
///
/// When a file cannot be read.
pub fn checksums(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found).with_context(|| format!("cannot read {}", folder.display()))?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, under: &str, found: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push((name, checksum_of(&entry.path())?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with room for so many bytes.
    struct Disk<'a>(usize, &'a mut dyn Write);

    impl Write for Disk<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let room = bytes.len().min(self.0);
            if room == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0 -= room;
            self.1.write(&bytes[..room])
        }
        fn flush(&mut self) -> io::Result<()> {
            self.1.flush()
        }
    }

    #[test]
    fn what_is_half_written_when_a_program_is_stopped_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let [whole, half, other] = ["whole", "half", "other"].map(|name| folder.path().join(name));
        let halves = Halves(Mutex::new(Vec::new()));
        for path in [&whole, &half] {
            halves.begin(path, || File::create(path)).expect("written");
        }
        fs::write(&other, "of somebody").expect("written");
        halves.end(&whole);
        assert!(halves.remove(|| !half.exists()), "it is gone before the last word");
        assert!(whole.exists() && other.exists());
        assert!(halves.begin(&half, || File::open(&half)).is_err());
        assert!(halves.0.lock().expect("free").is_empty(), "what was not made is not taken up");
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("table.csv");
        let full = |to: &mut dyn Write| Disk(5, to).write_all(b"far too much");
        assert!(publish(&path, full).is_err());
        assert!(checksums(folder.path()).expect("read").is_empty(), "nothing is left");
        publish_bytes(&path, b"old").expect("written");
        let error = publish(&path, full).expect_err("full");
        assert!(format!("{error:#}").contains("table.csv"));
        assert_eq!(fs::read(&path).expect("there"), b"old");
        assert_eq!(checksums(folder.path()).expect("read").len(), 1);
    }
}
