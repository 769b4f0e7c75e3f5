//! The results folder: complete, or not there.
//!
//! A run lives in `DIR.unfinished` and is renamed to `DIR` at its end. Whatever
//! stops it (a full disk, Ctrl-C, a lost machine), finished cells are kept and
//! `--resume` goes on from them. A run that is extended, or replaced, stays in `DIR`
//! until then; at that moment it steps aside to `DIR.replaced`, and goes at last.

pub mod cells;
pub mod dictionary;
pub(crate) mod disk;
pub mod extension;
pub mod files;
pub mod folder;
pub mod manifest;
mod names;
pub mod parquet;
pub mod resolved;
pub mod rocrate;
pub mod runs;
pub mod series;
pub mod shards;
pub mod typed;
pub mod workshop;

use crate::cell::{Cell, CellId};
use crate::experiment::Experiment;
use crate::terminal::say;
use anyhow::{Context, anyhow, bail};
use cells::Kept;
use extension::Earlier;
use files::{publish_bytes, sync_folder};
use manifest::How;
use rocrate::CRATE;
use serde_json::{Value, json};
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use typed::Typed;

pub use names::{Wanted, first_difference, unfinished};

const LOCK: &str = "lock";
const CODE: &str = "code.json";
/// What complete results have.
pub const MANIFEST: &str = "manifest.json";
/// That the run takes the place of another: of which, where it is extended.
const REPLACES: &str = "replaces.json";
/// What keeps track of a run, and is not among its results.
const KEEPS_TRACK: [&str; 4] = [LOCK, CODE, REPLACES, typed::TYPED];

/// Resolved inputs: their paths in a folder, and bytes.
pub type Inputs = Vec<(String, Vec<u8>)>;

/// A run in progress, held by this process alone.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    work: PathBuf,
    lock: Held,
    inputs: Inputs,
    cells: Kept,
    /// Whether it takes the place of results that are there.
    replaces: bool,
    earlier: Option<Earlier>,
}

/// What was found where results are to go.
#[derive(Debug)]
pub enum Opened {
    /// A run, new or taken up again.
    Run(Store),
    /// The same run, finished already, in this folder.
    Complete(PathBuf),
}

/// Opens the folder a run writes to.
///
/// # Errors
///
/// When it holds something else, is in use, or cannot be written.
pub fn open(experiment: &Experiment, wanted: &Wanted) -> anyhow::Result<Opened> {
    open_of(experiment, resolved::files(experiment)?, wanted)
}

/// [`open`], with inputs that were resolved before.
///
/// # Errors
///
/// As [`open`].
pub fn open_of(experiment: &Experiment, inputs: Inputs, wanted: &Wanted) -> anyhow::Result<Opened> {
    let folder = wanted.folder(experiment)?;
    let work = names::unfinished(&folder);
    let run = |lock, inputs, replaces, earlier| {
        let cells = Kept::of(&work, experiment);
        let (folder, work) = (folder.clone(), work.clone());
        Ok(Opened::Run(Store { folder, work, lock, inputs, cells, replaces, earlier }))
    };
    if work.exists() {
        shards::no_shard_in(&work)?;
        // Held until it is gone, so that no other run can take it up meanwhile.
        let lock = hold(&work)?;
        if has_begun(&work) && (wanted.resume || wanted.extend) {
            same(&work, &inputs, &taken_up(wanted, &folder))?;
            let marked = fs::read(work.join(REPLACES)).ok();
            names::may_replace(&folder, marked.is_some())?;
            let earlier = marked.and_then(|bytes| serde_json::from_slice(&bytes).ok());
            return run(lock, inputs, folder.exists(), earlier);
        }
        if has_begun(&work) && !wanted.overwrite {
            bail!(stopped_before(&folder, &work, &inputs, experiment));
        }
        disk::remove_dir_all(&work).map_err(|error| match error.kind() {
            // Another run has come in as this one cleared out.
            ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound => in_use(&work),
            _ => anyhow!(error).context(format!("cannot remove {}", work.display())),
        })?;
    }
    let is_there = folder.join(MANIFEST).exists();
    // Cells to keep of a complete run that has lost some.
    let mut mends: Option<Vec<String>> = None;
    if is_there && (wanted.resume || wanted.extend) && difference(&folder, &inputs)?.is_none() {
        // What it took the place of may be there still.
        names::forget(&folder)?;
        mends = folder::open(&folder)?.whole_cells()?;
        if mends.is_none() {
            return Ok(Opened::Complete(folder));
        }
        say(&format!(
            "warning: cells of {} are missing or damaged; they are run again",
            folder.display()
        ));
    }
    let earlier = match wanted.extend && mends.is_none() {
        true => Some(extension::earlier(&folder, experiment)?),
        false => None,
    };
    if is_there && mends.is_none() && wanted.resume && !wanted.extend {
        let could = extension::earlier(&folder, experiment).is_ok();
        let help = match could {
            true => "add to it with --extend, or give another --out",
            false => "give another --out, or start afresh with --overwrite",
        };
        same(&folder, &inputs, help)?;
    }
    let replaces = wanted.overwrite || earlier.is_some() || mends.is_some();
    names::may_replace(&folder, replaces)?;
    if let Some(parent) = work.parent() {
        disk::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    disk::create_dir(&work).map_err(|error| match error.kind() {
        // Made a moment ago.
        ErrorKind::AlreadyExists => in_use(&work),
        _ => anyhow!(error).context(format!("cannot make the folder {}", work.display())),
    })?;
    let replaces = replaces && folder.exists();
    let lock = hold(&work)?;
    let filled = || -> anyhow::Result<()> {
        if replaces {
            publish_bytes(&work.join(REPLACES), &serde_json::to_vec(&earlier)?)?;
        }
        let keeps = earlier.as_ref().map(|earlier| earlier.cells.as_slice()).or(mends.as_deref());
        let of_folder = |cell: &String| folder.join(cell);
        fill(&work, &inputs, keeps.unwrap_or_default().iter().map(of_folder))
    };
    filled().inspect_err(|_| {
        // Nothing has been run yet: better no folder than one without its inputs.
        let _ = disk::remove_dir_all(&work);
    })?;
    run(lock, inputs, replaces, earlier)
}

/// What to do where the unfinished run is another than the one typed.
fn taken_up(wanted: &Wanted, folder: &Path) -> String {
    match wanted.extend && folder.exists() {
        true => "finish that one first, by its own command with --resume".to_owned(),
        false => "give another --out, or start afresh with --overwrite".to_owned(),
    }
}

/// Whether a run got as far as its first cell.
pub fn has_begun(work: &Path) -> bool {
    work.join(CODE).exists() || work.join(MANIFEST).exists()
}

/// What to say where a run that was stopped stands in the way.
fn stopped_before(
    folder: &Path,
    work: &Path,
    inputs: &[(String, Vec<u8>)],
    experiment: &Experiment,
) -> String {
    let (shown, work_shown) = (folder.display(), work.display());
    let cells = fs::read_dir(work.join("cells")).into_iter().flatten().flatten();
    let is_cell = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".cell");
    let cells = cells.filter(|entry| is_cell(&entry.file_name())).count();
    match difference(work, inputs) {
        Ok(None) => {
            // With a precision nobody knows yet how many there will be.
            let all = crate::cell::count(experiment);
            let all = if experiment.precision.is_none() {
                format!(" of its {all}")
            } else {
                String::new()
            };
            format!(
                "this run was stopped before it was finished: {cells}{all} cells are kept in {work_shown}\n\
                 help: type the command again with --resume to go on with it, or with --overwrite to throw them away and start afresh"
            )
        }
        other => {
            let how = match other {
                Ok(how) => how.unwrap_or_default(),
                Err(error) => format!("{error:#}"),
            };
            format!(
                "a run into {shown} was stopped before it was finished, and it is not this one: {how}\n\
                 help: give another --out, or --overwrite to throw away its {cells} finished cells"
            )
        }
    }
}

/// Writes what a new run starts with: its inputs, and cells that are there already.
fn fill(
    work: &Path,
    inputs: &[(String, Vec<u8>)],
    keeps: impl Iterator<Item = PathBuf>,
) -> anyhow::Result<()> {
    for (path, bytes) in inputs {
        let path = work.join(path);
        if let Some(parent) = path.parent() {
            disk::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        publish_bytes(&path, bytes)?;
    }
    let cells = work.join("cells");
    disk::create_dir_all(&cells)
        .with_context(|| format!("cannot make the folder {}", cells.display()))?;
    for cell in keeps {
        let name = cell.file_name().unwrap_or_default();
        // Cells are never written into, so that both folders may have the same file.
        disk::link_or_copy(&cell, &cells.join(name))
            .with_context(|| format!("cannot take over {}", cell.display()))?;
    }
    sync_folder(&cells);
    // Last: a folder without it never got as far as its first cell.
    publish_bytes(&work.join(CODE), manifest::code().to_string().as_bytes())?;
    sync_folder(work);
    Ok(())
}

/// A lock that is held until this goes.
#[derive(Debug)]
struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Closing it would not do: a program that is just being started has it open too.
        let _ = self.0.unlock();
    }
}

/// Takes hold of an unfinished run.
fn hold(work: &Path) -> anyhow::Result<Held> {
    let path = work.join(LOCK);
    let file = disk::open_lock(&path).map_err(|error| match error.kind() {
        // The folder has just been taken away, by whoever makes it anew.
        ErrorKind::NotFound => in_use(work),
        _ => anyhow!(error).context(format!("cannot write {}", path.display())),
    })?;
    match file.try_lock() {
        // Whoever held it may have taken it away meanwhile, and another made its own.
        Ok(()) if is_at(&file, &path) => Ok(Held(file)),
        Ok(()) | Err(TryLockError::WouldBlock) => Err(in_use(work)),
        Err(TryLockError::Error(error)) => {
            // Disks that many machines share may have no locks.
            say(&format!(
                "warning: {} cannot be locked ({error}), so nothing keeps another run from writing there too",
                work.display()
            ));
            Ok(Held(file))
        }
    }
}

fn in_use(work: &Path) -> anyhow::Error {
    let shown = work.display();
    anyhow!("another run is writing to {shown}\nhelp: wait for it, or give another --out")
}

/// Whether an open file is the one that a path leads to.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let one = |found: fs::Metadata| (found.dev(), found.ino());
    let (open, there) = (file.metadata().map(one), fs::metadata(path).map(one));
    matches!((open, there), (Ok(open), Ok(there)) if open == there)
}

/// Other systems let nobody take away what is open.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Checks that a folder holds a run of the same inputs by the same code.
fn same(folder: &Path, inputs: &[(String, Vec<u8>)], help: &str) -> anyhow::Result<()> {
    match difference(folder, inputs)? {
        Some(how) => Err(anyhow!("{} holds another run: {how}\nhelp: {help}", folder.display())),
        None => Ok(()),
    }
}

/// How a folder's run differs from that of some inputs by the code that runs now, in words;
/// none where it is the same run.
fn difference(folder: &Path, inputs: &[(String, Vec<u8>)]) -> anyhow::Result<Option<String>> {
    for (path, now) in inputs {
        let before = match fs::read(folder.join(path)) {
            Ok(before) => before,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Some(format!("it has no {path}")));
            }
            Err(e) => return Err(e).with_context(|| format!("cannot read {path}")),
        };
        if let Some(how) = names::first_difference(&before, now) {
            return Ok(Some(format!("{path} differs, {how}")));
        }
    }
    let before = fs::read(folder.join(CODE)).ok().and_then(|b| serde_json::from_slice(&b).ok());
    let before: Option<Value> = before.or_else(|| {
        let manifests = [MANIFEST, shards::SHARD].map(|name| folder.join(name));
        let manifest = manifests.iter().find_map(|path| fs::read(path).ok())?;
        let mut manifest: Value = serde_json::from_slice(&manifest).ok()?;
        Some(manifest["what"]["code"].take())
    });
    let (now, before) = (manifest::code(), before.unwrap_or_default());
    Ok((before != now).then(|| format!("it was made by other code, {before}; this is {now}")))
}

/// Writes the crate and the manifest, whose contents are given.
fn seal(experiment: &Experiment, mut contents: Value, folder: &Path) -> anyhow::Result<()> {
    let described = rocrate::bytes(experiment, &contents, folder)?;
    contents["how"][CRATE] = files::checksum(&described).into();
    publish_bytes(&folder.join(CRATE), &described)?;
    publish_bytes(&folder.join(MANIFEST), &manifest::sealed(contents)?)
}

impl Store {
    /// Where the run lives until it is finished.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// Reads a finished cell; none where it has not been run.
    ///
    /// # Errors
    ///
    /// When it is damaged or cannot be read.
    pub fn read(&self, id: CellId) -> anyhow::Result<Option<Cell>> {
        self.cells.read(id)
    }

    /// Its finished cells.
    pub fn cells(&self) -> &Kept {
        &self.cells
    }

    /// Takes over a cell that was finished elsewhere.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn take(&self, from: &Path, id: CellId) -> anyhow::Result<()> {
        let to = cells::path(&self.work, id);
        let taken = || {
            if to.exists() {
                disk::remove_file(&to)?;
            }
            disk::link_or_copy(from, &to)
        };
        taken().with_context(|| format!("cannot take over {}", from.display()))
    }

    /// Notes the command that runs it, until it is finished.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn note(&self, typed: &Typed) -> anyhow::Result<()> {
        typed.note(&self.work)
    }

    /// Where the run will be when it is finished.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What went in, and its checksums, in order of path.
    pub fn inputs(&self) -> Vec<(String, String)> {
        let sums = self.inputs.iter().map(|(path, bytes)| (path.clone(), files::checksum(bytes)));
        let mut sums: Vec<_> = sums.collect();
        sums.sort();
        sums
    }

    /// Writes the manifest and gives the folder its name.
    ///
    /// # Errors
    ///
    /// When the file system fails; the run is then still there, unfinished.
    pub fn finish(self, experiment: &Experiment, how: &How) -> anyhow::Result<PathBuf> {
        let is_result = |path: &str| {
            !KEEPS_TRACK.contains(&path)
                && ![MANIFEST, CRATE].contains(&path)
                && !path.ends_with(".tmp")
        };
        let mut sums = files::checksums(&self.work)?;
        for (path, _) in sums.iter().filter(|(path, _)| path.ends_with(".tmp")) {
            // Half a file that an earlier, stopped run left behind.
            disk::remove_file(&self.work.join(path))?;
        }
        sums.retain(|(path, _)| is_result(path));
        let is_input = |path: &str| self.inputs.iter().any(|(input, _)| input == path);
        let mut contents = manifest::contents(experiment, how, &sums, is_input);
        if let Some(earlier) = &self.earlier {
            contents["how"]["extends"] =
                json!({ "replicates": earlier.replicates, "how": earlier.how });
        }
        seal(experiment, contents, &self.work)?;
        names::may_replace(&self.folder, self.replaces)?;
        // First, so that whenever it is stopped it is known what may be replaced.
        names::put_aside(&self.folder)?;
        drop(self.lock);
        for name in KEEPS_TRACK {
            let path = self.work.join(name);
            if path.exists() {
                disk::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        sync_folder(&self.work);
        names::take_name(&self.work, &self.folder)?;
        Ok(self.folder)
    }

    /// Refuses a run with fewer replicates than the one that it adds to, and leaves that one
    /// as it is.
    ///
    /// # Errors
    ///
    /// When it has fewer.
    pub fn adds(&self, experiment: &Experiment) -> anyhow::Result<()> {
        let there = self.earlier.as_ref().map_or(0, |earlier| earlier.replicates);
        if experiment.replicates >= there {
            return Ok(());
        }
        // Its cells are in the other folder too.
        disk::remove_dir_all(&self.work)?;
        bail!(
            "{} has {there} replicates, and {} are as many as that precision takes: there is nothing to add",
            self.folder.display(),
            experiment.replicates
        )
    }
}

#[cfg(test)]
mod tests;
