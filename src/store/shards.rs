//! A shard on disk: its inputs, its cells, and which shard of which run they are.
//!
//! Like results it is whole or not there. A scheduler may run two copies of one shard at
//! once: a lost machine's task goes on while its replacement runs elsewhere, on a disk whose
//! locks may not reach from one to the other. So nothing here rests on locks. Each copy
//! works in a folder of its own below `DIR.unfinished`, takes over the cells that others
//! have finished, and gives its folder the name `DIR` by renaming: whoever comes second
//! finds the same bytes there. Names of copies are never used again, so that what an
//! orphan writes lands nowhere else.

use super::files::{checksums, publish_bytes, sync_folder};
use super::folder::{EXPERIMENT, sum_of};
use super::manifest::{self, How, SCHEMA, is_sound};
use super::typed::Typed;
use super::{CODE, Inputs, LOCK, cells::Kept, difference, disk, fill, has_begun, names};
use crate::cell::CellId;
use crate::experiment::Experiment;
use crate::files::{self as written, Overrides};
use crate::shard::Shard;
use crate::store::{cells, first_difference, resolved};
use crate::terminal::say;
use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// What a whole shard has in place of a manifest.
pub const SHARD: &str = "shard.json";
/// Which shard a copy is of, while it is in progress.
const WHICH: &str = "which.json";
/// Attempts to begin, where another copy finishes meanwhile.
const ATTEMPTS: usize = 5;

/// What was found where a shard is to go.
#[derive(Debug)]
pub enum Opened {
    /// A shard in progress.
    Begun(Begun),
    /// The same shard, finished already, in this folder.
    Whole(PathBuf),
}

/// A copy of a shard in progress.
#[derive(Debug)]
pub struct Begun {
    shard: Shard,
    folder: PathBuf,
    work: PathBuf,
    cells: Kept,
    inputs: Inputs,
    /// Whether it takes the place of what is there.
    replaces: bool,
}

/// Opens the folder that a shard goes to.
///
/// # Errors
///
/// When it holds something else or cannot be written.
pub fn open(experiment: &Experiment, shard: Shard, to: &names::Wanted) -> anyhow::Result<Opened> {
    let inputs = resolved::files(experiment)?;
    let folder = to.folder_of(experiment, shard)?;
    let mut attempt = 0;
    loop {
        attempt += 1;
        match begun(experiment, shard, to, &folder, &inputs) {
            // Another copy may have finished in between, and tidied up.
            Err(_) if attempt < ATTEMPTS && to.resume && of_folder(&folder) == Some(shard) => {}
            opened => return opened,
        }
    }
}

fn begun(
    experiment: &Experiment,
    shard: Shard,
    to: &names::Wanted,
    folder: &Path,
    inputs: &Inputs,
) -> anyhow::Result<Opened> {
    let (shown, beside) = (folder.display(), names::unfinished(folder));
    if has_begun(&beside) && !to.overwrite {
        bail!(
            "{} is a run that was not finished, and no shard\nhelp: give another --out, or --overwrite to throw it away",
            beside.display()
        );
    }
    let (mut keeps, mut replaces) = (Vec::new(), to.overwrite);
    if folder.join(SHARD).exists() && to.resume {
        let there = Whole::open(folder)?;
        there.is_of(shard, inputs)?;
        let Some(whole) = there.whole_cells()? else {
            names::forget(folder)?;
            tidy(&beside);
            return Ok(Opened::Whole(folder.to_owned()));
        };
        say(&format!(
            "warning: {shown} is not what its run left: what is missing or damaged is run again"
        ));
        keeps.extend(whole.iter().map(|cell| folder.join(cell)));
        replaces = true;
    }
    names::may_replace(folder, replaces)?;
    if to.overwrite && beside.exists() {
        disk::remove_dir_all(&beside)
            .with_context(|| format!("cannot remove {}", beside.display()))?;
    }
    for copy in copies(&beside) {
        let other = of_copy(&copy).filter(|other| *other != shard);
        let differs = match other {
            Some(other) => Some(format!("it is shard {other}, and this is shard {shard}")),
            None => difference(&copy, inputs)?,
        };
        if let Some(how) = differs {
            bail!(
                "a shard into {shown} was begun before, and it is not this one: {how}\nhelp: give each shard a folder of its own, as --out results/mine/{{shard}} does; --overwrite throws away what is there"
            );
        }
        if !to.resume {
            bail!(
                "this shard was begun before: what is finished of it is kept in {}\nhelp: type the command again with --resume to go on with it, or with --overwrite to throw it away and start afresh",
                beside.display()
            );
        }
        let kept = Kept::of(&copy, experiment);
        for id in shard.cells(experiment) {
            let path = cells::path(&copy, id);
            if keeps.iter().any(|other: &PathBuf| other.file_name() == path.file_name()) {
                continue;
            }
            match kept.read(id) {
                Ok(Some(_)) => keeps.push(path),
                Ok(None) => {}
                Err(damage) => say(&format!("warning: {damage:#}; it is run again")),
            }
        }
    }
    let work = beside.join(name_of_copy());
    disk::create_dir_all(&beside)
        .with_context(|| format!("cannot make the folder {}", beside.display()))?;
    disk::create_dir(&work)
        .with_context(|| format!("cannot make the folder {}", work.display()))?;
    let which = serde_json::to_vec(&as_json(shard))?;
    let filled = publish_bytes(&work.join(WHICH), &which)
        .and_then(|()| fill(&work, inputs, keeps.into_iter()));
    filled.inspect_err(|_| {
        // Nothing has been run yet: better no folder than one without its inputs.
        let _ = disk::remove_dir_all(&work);
    })?;
    let cells = Kept::of(&work, experiment);
    let (folder, inputs) = (folder.to_owned(), inputs.clone());
    Ok(Opened::Begun(Begun { shard, folder, work, cells, inputs, replaces }))
}

/// A name that no copy had before or will have.
fn name_of_copy() -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}-{}", now.as_nanos(), std::process::id())
}

/// Copies in progress, or left behind, that got as far as their first cell; one that was
/// finished but for its name is among them.
pub fn copies(beside: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(beside).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let begun = |copy: &PathBuf| copy.join(WHICH).exists() && copy.join(CODE).exists();
    copies.retain(|copy| begun(copy) || copy.join(SHARD).exists());
    copies.sort();
    copies
}

/// The shard that a copy in progress is of.
pub fn of_copy(copy: &Path) -> Option<Shard> {
    let begun = || from_json(&serde_json::from_slice(&fs::read(copy.join(WHICH)).ok()?).ok()?);
    begun().or_else(|| of_folder(copy))
}

/// The shard that a whole shard's folder holds, if it is one.
pub fn of_folder(folder: &Path) -> Option<Shard> {
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join(SHARD)).ok()?).ok()?;
    from_json(&manifest["what"]["shard"])
}

/// Refuses a folder of work in which a shard was begun.
pub(super) fn no_shard_in(work: &Path) -> anyhow::Result<()> {
    let Some(shard) = copies(work).first().and_then(|copy| of_copy(copy)) else { return Ok(()) };
    bail!(
        "{} holds shard {shard} of a run, not finished\nhelp: give another --out, or go on with the shard by its own command with --resume",
        work.display()
    )
}

/// Takes away what copies left, as far as it can: one may be alive, and is told by it.
fn tidy(beside: &Path) {
    if beside.exists() {
        let _ = disk::remove_dir_all(beside);
    }
}

fn as_json(shard: Shard) -> Value {
    json!({ "index": shard.index, "of": shard.of })
}

fn from_json(value: &Value) -> Option<Shard> {
    Shard::new(value["index"].as_u64()?, value["of"].as_u64()?).ok()
}

impl Begun {
    /// Where the copy works until it is finished.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// Its finished cells.
    pub fn cells(&self) -> &Kept {
        &self.cells
    }

    /// Notes the command that runs it, until it is finished.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn note(&self, typed: &Typed) -> anyhow::Result<()> {
        typed.note(&self.work)
    }

    /// The folder of this shard, where another copy has finished it.
    pub fn finished_elsewhere(&self) -> Option<PathBuf> {
        let there = Whole::open(&self.folder).ok()?;
        there.is_of(self.shard, &self.inputs).ok()?;
        let whole = there.whole_cells().ok()?.is_none();
        (whole && !self.replaces).then(|| self.folder.clone())
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    ///
    /// When the file system fails, or something else has come to stand there.
    pub fn finish(self, experiment: &Experiment, how: &How) -> anyhow::Result<PathBuf> {
        let sums = checksums(&self.work)?;
        let of = |folder: &str| -> Map<String, Value> {
            let mine = sums.iter().filter(|(path, _)| match folder {
                "cells/" => path.starts_with(folder) && path.ends_with(".cell"),
                _ => self.inputs.iter().any(|(input, _)| input == path),
            });
            mine.map(|(path, sum)| (path.clone(), json!(sum))).collect()
        };
        let contents = json!({
            "what": {
                "schema": SCHEMA,
                "experiment": experiment.id,
                "seed": experiment.seed,
                "code": manifest::code(),
                "checksums": "BLAKE3",
                "shard": as_json(self.shard),
                "inputs": of("inputs"),
                "cells": of("cells/"),
            },
            "how": how.value(),
        });
        for (path, _) in sums.iter().filter(|(path, _)| path.ends_with(".tmp")) {
            disk::remove_file(&self.work.join(path))?;
        }
        publish_bytes(&self.work.join(SHARD), &manifest::sealed(contents.clone())?)?;
        for name in [WHICH, CODE, LOCK, super::typed::TYPED] {
            let path = self.work.join(name);
            if path.exists() {
                disk::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        sync_folder(&self.work);
        if self.replaces {
            names::put_aside(&self.folder)?;
        }
        let beside = names::unfinished(&self.folder);
        if let Err(error) = disk::rename(&self.work, &self.folder) {
            // Another copy has come first, with the same bytes or not.
            let same = Whole::open(&self.folder)
                .is_ok_and(|there| there.manifest["what"] == contents["what"]);
            if !same {
                names::may_replace(&self.folder, false)?;
                return Err(error).with_context(|| {
                    format!("cannot rename {} to {}", self.work.display(), self.folder.display())
                });
            }
        }
        sync_folder(self.folder.parent().unwrap_or(Path::new("")));
        tidy(&beside);
        names::forget(&self.folder)?;
        Ok(self.folder)
    }
}

/// A whole shard: what it says of itself, and what is there.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Where it is.
    pub path: PathBuf,
    /// Which shard it is.
    pub shard: Shard,
    /// Whether what it says of itself is as it was written.
    pub sound: bool,
    manifest: Value,
}

impl Whole {
    /// Opens the folder of a shard.
    ///
    /// # Errors
    ///
    /// When it is none, or was laid out by another version.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let file = path.join(SHARD);
        let shown = path.display();
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let manifest: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let sound = is_sound(&bytes);
        let what = &manifest["what"];
        let Some(shard) = from_json(&what["shard"]) else {
            bail!("{shown} does not say which shard it is: {SHARD} was changed");
        };
        match what["schema"].as_u64() {
            Some(schema) if schema == u64::from(SCHEMA) => {
                let whole = Self { path: path.to_owned(), shard, sound, manifest };
                // Whoever wrote such a thing means no good.
                let outside = |path: &str| {
                    let mut parts = Path::new(path).components();
                    !parts.all(|part| matches!(part, Component::Normal(_)))
                };
                if whole.files("inputs").chain(whole.cells()).any(|(path, _)| outside(path)) {
                    bail!("{shown} names files outside itself: {SHARD} was changed");
                }
                Ok(whole)
            }
            schema => bail!(
                "{shown} was laid out by another version of the program: layout {}, this one reads {SCHEMA}\nhelp: use the version that made it: {}",
                schema.unwrap_or_default(),
                what["code"]
            ),
        }
    }

    fn files(&self, of: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self.manifest["what"][of].as_object().into_iter().flatten();
        files.map(|(path, sum)| (path.as_str(), sum.as_str().unwrap_or_default()))
    }

    /// The cells it says it has, by path, and their checksums.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files("cells")
    }

    /// How it was made.
    pub fn how(&self) -> &Value {
        &self.manifest["how"]
    }

    /// The code that made it.
    pub fn code(&self) -> &Value {
        &self.manifest["what"]["code"]
    }

    /// The id of its experiment.
    pub fn id(&self) -> &str {
        self.manifest["what"]["experiment"].as_str().unwrap_or_default()
    }

    /// What shards of one run have in common, as it says.
    pub fn run(&self) -> String {
        let what = &self.manifest["what"];
        json!([what["experiment"], what["seed"], what["code"], what["shard"]["of"], what["inputs"]])
            .to_string()
    }

    /// The inputs, as they are there.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn inputs(&self) -> anyhow::Result<Inputs> {
        let read = |(path, _): (&str, &str)| {
            let bytes = fs::read(self.path.join(path));
            Ok((
                path.to_owned(),
                bytes.with_context(|| format!("cannot read {}", self.path.join(path).display()))?,
            ))
        };
        self.files("inputs").map(read).collect()
    }

    /// The experiment, from its inputs.
    ///
    /// # Errors
    ///
    /// In full what is wrong with them.
    pub fn experiment(&self) -> Result<Experiment, String> {
        experiment_in(&self.path, Some(self.id()))
    }

    /// Refuses a shard of another run.
    fn is_of(&self, shard: Shard, inputs: &Inputs) -> anyhow::Result<()> {
        let help = "help: give each shard a folder of its own, as --out results/mine/{shard} does; --overwrite throws away what is there";
        let shown = self.path.display();
        if self.shard != shard {
            bail!("{shown} holds shard {}, and this is shard {shard}\n{help}", self.shard);
        }
        for (path, now) in inputs {
            let how = match fs::read(self.path.join(path)) {
                Ok(before) => {
                    first_difference(&before, now).map(|how| format!("{path} differs, {how}"))
                }
                Err(_) => Some(format!("it has no {path}")),
            };
            if let Some(how) = how {
                bail!("{shown} holds a shard of another run: {how}\n{help}");
            }
        }
        let (then, now) = (self.code(), manifest::code());
        if *then != now {
            bail!(
                "{shown} holds a shard of another run: it was made by other code, {then}; this is {now}\n{help}"
            );
        }
        Ok(())
    }

    /// The cells that are what the shard says, by path, where it is not whole; none where it
    /// is.
    ///
    /// # Errors
    ///
    /// When a file is there and cannot be read.
    pub fn whole_cells(&self) -> anyhow::Result<Option<Vec<String>>> {
        if !self.sound {
            return Ok(Some(Vec::new()));
        }
        let mut whole = Vec::new();
        for (path, sum) in self.cells() {
            if sum_of(&self.path.join(path))?.as_deref() == Some(sum) {
                whole.push(path.to_owned());
            }
        }
        Ok((whole.len() < self.cells().count()).then_some(whole))
    }

    /// Everything that is not as the shard's run left it.
    ///
    /// # Errors
    ///
    /// When a file is there and cannot be read.
    pub fn faults(&self) -> anyhow::Result<Vec<String>> {
        let mut faults = Vec::new();
        if !self.sound {
            faults.push(format!("{SHARD} was changed after the run"));
        }
        for (path, sum) in self.files("inputs").chain(self.cells()) {
            match sum_of(&self.path.join(path))? {
                None => faults.push(format!("{path} is missing")),
                Some(found) if found != sum => {
                    faults.push(format!("{path} is damaged: it is not what the run left"))
                }
                Some(_) => {}
            }
        }
        Ok(faults)
    }

    /// How the cells it says it has are not those that it should have.
    pub fn misfits(&self, should: &[CellId]) -> Vec<String> {
        let should: BTreeSet<String> = should.iter().map(|id| cells::name(*id)).collect();
        let has: BTreeSet<String> = self.cells().map(|(path, _)| path.to_owned()).collect();
        let lacks = should.difference(&has).map(|path| format!("{SHARD} does not name {path}"));
        let extra = has.difference(&should).map(|path| format!("{path} is not one of its cells"));
        lacks.chain(extra).collect()
    }
}

/// The experiment whose resolved inputs lie in a folder; its id, where it is known.
///
/// # Errors
///
/// In full what is wrong with them.
pub fn experiment_in(folder: &Path, id: Option<&str>) -> Result<Experiment, String> {
    let read = match folder.join(EXPERIMENT).to_str() {
        Some(path) => written::experiment(path, &Overrides::default()),
        None => written::experiment_within(folder, EXPERIMENT),
    };
    let (mut experiment, _) = read.map_err(|problems| problems.to_string())?;
    if let Some(id) = id {
        experiment.id = id.to_owned();
    }
    Ok(experiment)
}
