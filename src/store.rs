//! The results folder: complete, or not there.
//!
//! A run lives in `DIR.unfinished` and is renamed to `DIR` at its end. Whatever
//! stops it (a full disk, Ctrl-C, a lost machine), finished cells are kept and
//! `--resume` goes on from them.

pub mod cells;
pub mod dictionary;
pub mod files;
pub mod folder;
pub mod manifest;
mod names;
pub mod parquet;
pub mod resolved;
pub mod rocrate;
pub mod runs;
pub mod series;
pub mod workshop;

use crate::cell::{Cell, CellId};
use crate::experiment::Experiment;
use anyhow::{Context, anyhow, bail};
use files::{publish_bytes, sync_folder};
use manifest::How;
use rocrate::CRATE;
use serde_json::Value;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

pub use names::{Wanted, first_difference};

const LOCK: &str = "lock";
const CODE: &str = "code.json";
const MANIFEST: &str = "manifest.json";

/// A run in progress, held by this process alone.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    work: PathBuf,
    lock: File,
    inputs: Vec<(String, Vec<u8>)>,
    worlds: usize,
    years: usize,
    overwrite: bool,
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
    let inputs = resolved::files(experiment)?;
    let folder = wanted.folder(experiment)?;
    let work = names::unfinished(&folder);
    let run = |lock, inputs| {
        // Comparator, regimes, placebo.
        let worlds = experiment.regimes.len() + 2;
        let years = experiment.years;
        let (folder, work, overwrite) = (folder.clone(), work.clone(), wanted.overwrite);
        Ok(Opened::Run(Store { folder, work, lock, inputs, worlds, years, overwrite }))
    };
    if wanted.resume && work.exists() {
        names::may_replace(&folder, false)?;
        let lock = hold(&work)?;
        if !has_begun(&work) {
            fill(&work, &inputs)?;
        } else {
            same(&work, &inputs)?;
        }
        return run(lock, inputs);
    }
    if wanted.resume && folder.join(MANIFEST).exists() {
        same(&folder, &inputs)?;
        return Ok(Opened::Complete(folder));
    }
    names::may_replace(&folder, wanted.overwrite)?;
    if work.exists() {
        // Held until it is gone, so that no other run can take it up meanwhile.
        let _lock = hold(&work)?;
        if !wanted.overwrite && has_begun(&work) {
            bail!(stopped_before(&folder, &work, &inputs, experiment));
        }
        fs::remove_dir_all(&work).with_context(|| format!("cannot remove {}", work.display()))?;
    }
    if let Some(parent) = work.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    // Fails if another run has just made it.
    fs::create_dir(&work).with_context(|| format!("cannot make the folder {}", work.display()))?;
    let filled = hold(&work).and_then(|lock| fill(&work, &inputs).map(|()| lock));
    let lock = filled.inspect_err(|_| {
        // Nothing has been run yet: better no folder than one without its inputs.
        let _ = fs::remove_dir_all(&work);
    })?;
    run(lock, inputs)
}

/// Whether a run got as far as its first cell.
fn has_begun(work: &Path) -> bool {
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
    match same(work, inputs) {
        Ok(()) => {
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
        Err(other) => {
            let other = format!("{other:#}");
            let how = other.lines().next().unwrap_or_default();
            format!(
                "a run into {shown} was stopped before it was finished, and it is not this one: {how}\n\
                 help: give another --out, or --overwrite to throw away its {cells} finished cells"
            )
        }
    }
}

/// Writes what a new run starts with.
fn fill(work: &Path, inputs: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
    for (path, bytes) in inputs {
        let path = work.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        publish_bytes(&path, bytes)?;
    }
    let cells = work.join("cells");
    fs::create_dir_all(&cells)
        .with_context(|| format!("cannot make the folder {}", cells.display()))?;
    // Last: a folder without it never got as far as its first cell.
    publish_bytes(&work.join(CODE), manifest::code().to_string().as_bytes())?;
    sync_folder(work);
    Ok(())
}

/// Takes hold of an unfinished run.
fn hold(work: &Path) -> anyhow::Result<File> {
    let path = work.join(LOCK);
    let file = File::options().create(true).write(true).truncate(false).open(&path);
    let file = file.with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(anyhow!("another run is writing to {}", work.display()))
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

/// Checks that a folder holds a run of the same inputs by the same code.
fn same(folder: &Path, inputs: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
    let differs = |how: String| {
        anyhow!(
            "{} holds another run: {how}\nhelp: give another --out, or start afresh with --overwrite",
            folder.display()
        )
    };
    for (path, now) in inputs {
        let before = match fs::read(folder.join(path)) {
            Ok(before) => before,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(differs(format!("it has no {path}")));
            }
            Err(e) => return Err(e).with_context(|| format!("cannot read {path}")),
        };
        if let Some(how) = names::first_difference(&before, now) {
            return Err(differs(format!("{path} differs, {how}")));
        }
    }
    let before = fs::read(folder.join(CODE)).ok().and_then(|b| serde_json::from_slice(&b).ok());
    let before: Option<Value> = before.or_else(|| {
        let manifest = fs::read(folder.join(MANIFEST)).ok()?;
        let mut manifest: Value = serde_json::from_slice(&manifest).ok()?;
        Some(manifest["what"]["code"].take())
    });
    let (now, before) = (manifest::code(), before.unwrap_or_default());
    if before != now {
        return Err(differs(format!("it was made by other code, {before}; this is {now}")));
    }
    Ok(())
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
        if !cells::path(&self.work, id).exists() {
            return Ok(None);
        }
        cells::read(&self.work, id, self.worlds, self.years).map(Some)
    }

    /// Puts a finished cell on disk, whole or not at all.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn write(&self, cell: &Cell) -> anyhow::Result<()> {
        cells::write(&self.work, cell, self.years)
    }

    /// Begins a file that is written piece by piece.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn begin(&self, name: &str) -> anyhow::Result<files::Half> {
        files::Half::begin(&self.work.join(name))
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

    /// Writes tables, whole or not at all each.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn publish(&self, tables: &[(&str, Vec<u8>)]) -> anyhow::Result<()> {
        for (name, bytes) in tables {
            publish_bytes(&self.work.join(name), bytes)?;
        }
        Ok(())
    }

    /// Writes the tables and the manifest and gives the folder its name.
    ///
    /// # Errors
    ///
    /// When the file system fails; the run is then still there, unfinished.
    pub fn finish(
        self,
        experiment: &Experiment,
        tables: &[(&str, Vec<u8>)],
        how: &How,
    ) -> anyhow::Result<PathBuf> {
        self.publish(tables)?;
        let is_result =
            |path: &str| ![LOCK, CODE, MANIFEST, CRATE].contains(&path) && !path.ends_with(".tmp");
        let mut sums = files::checksums(&self.work)?;
        for (path, _) in sums.iter().filter(|(path, _)| path.ends_with(".tmp")) {
            // Half a file that an earlier, stopped run left behind.
            fs::remove_file(self.work.join(path))?;
        }
        sums.retain(|(path, _)| is_result(path));
        let is_input = |path: &str| self.inputs.iter().any(|(input, _)| input == path);
        let contents = manifest::contents(experiment, how, &sums, is_input);
        seal(experiment, contents, &self.work)?;
        drop(self.lock);
        for name in [CODE, LOCK] {
            let path = self.work.join(name);
            if path.exists() {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        sync_folder(&self.work);
        names::may_replace(&self.folder, self.overwrite)?;
        names::swap(&self.work, &self.folder)?;
        Ok(self.folder)
    }
}

#[cfg(test)]
mod tests;
