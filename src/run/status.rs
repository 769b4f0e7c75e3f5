//! Which cells of runs and shards are there, and the commands that run the others.

use crate::cell::{self, CellId};
use crate::experiment::Experiment;
use crate::shard::{Shard, shared_out};
use crate::store::cells::{self, Kept};
use crate::store::shards::{self, SHARD, Whole, experiment_in};
use crate::store::typed::Typed;
use crate::store::{self, files, folder};
use anyhow::{Context, anyhow, bail};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// One run, or one shard, and what is there of it.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Where it is, or is to be.
    pub folder: PathBuf,
    /// Which shard it is; none for a whole run.
    pub shard: Option<Shard>,
    /// What state it is in.
    pub state: State,
    /// Cells it is to have, as far as that is known.
    pub cells: usize,
    /// Cells that are not there, by path.
    pub missing: Vec<String>,
    /// Files that are not what the run left, and how.
    pub damaged: Vec<(String, String)>,
    /// The command that runs what is missing or damaged, and nothing else.
    pub command: Option<String>,
}

/// What state a run or a shard is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was finished, and is as its run left it.
    Complete,
    /// It was finished, and something is missing or damaged.
    Damaged,
    /// It was begun, or is being run now.
    Unfinished,
    /// It is not there at all.
    Absent,
}

impl State {
    /// In a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Damaged => "damaged",
            Self::Unfinished => "not finished",
            Self::Absent => "not there",
        }
    }
}

impl Looked {
    /// Cells that are there and whole.
    pub fn there(&self) -> usize {
        let damaged = self.damaged.iter().filter(|(path, _)| path.starts_with("cells/")).count();
        self.cells.saturating_sub(self.missing.len() + damaged)
    }

    fn as_json(&self) -> Value {
        let damaged = |(path, how): &(String, String)| json!({"file": path, "how": how});
        json!({
            "folder": self.folder.display().to_string(),
            "shard": self.shard.map(|shard| shard.to_string()),
            "state": self.state.word(),
            "cells": self.cells,
            "there": self.there(),
            "missing": self.missing,
            "damaged": self.damaged.iter().map(damaged).collect::<Vec<_>>(),
            "command": self.command,
        })
    }
}

/// What was found, in order of folder and shard.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Each run and each shard.
    pub looked: Vec<Looked>,
}

impl Status {
    /// Whether nothing is missing, damaged or unfinished.
    pub fn is_complete(&self) -> bool {
        self.looked.iter().all(|looked| looked.state == State::Complete)
    }

    /// Those that are not complete.
    pub fn wanting(&self) -> impl Iterator<Item = &Looked> {
        self.looked.iter().filter(|looked| looked.state != State::Complete)
    }

    /// Numbers of the shards that are not complete, as an array of a scheduler is asked for:
    /// `2,5-7`.
    pub fn indices(&self) -> String {
        let mut wanting: Vec<u32> =
            self.wanting().filter_map(|l| l.shard).map(|s| s.index).collect();
        wanting.sort_unstable();
        wanting.dedup();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for index in wanting {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == index => *last = index,
                _ => runs.push((index, index)),
            }
        }
        let written = |(first, last): (u32, u32)| match last - first {
            0 => first.to_string(),
            _ => format!("{first}-{last}"),
        };
        runs.into_iter().map(written).collect::<Vec<_>>().join(",")
    }

    /// All of it, for programs.
    pub fn as_json(&self) -> Value {
        json!({
            "complete": self.is_complete(),
            "cells": self.looked.iter().map(|looked| looked.cells).sum::<usize>(),
            "there": self.looked.iter().map(Looked::there).sum::<usize>(),
            "shards_wanting": self.indices(),
            "commands": self.wanting().filter_map(|looked| looked.command.clone()).collect::<Vec<_>>(),
            "folders": self.looked.iter().map(Looked::as_json).collect::<Vec<_>>(),
        })
    }
}

/// A run that shards are parts of.
struct Group {
    experiment: Experiment,
    of: u32,
    /// The cells of each shard that has any.
    shares: BTreeMap<u32, Vec<CellId>>,
    /// The shards of it that were begun.
    begun: BTreeSet<u32>,
    /// A shard's folder, by which the others are named, and the command of one.
    example: (Shard, PathBuf),
    typed: Option<Typed>,
}

/// Looks at runs and shards in folders, or in folders below these. Of shards those are
/// named that are not there at all, too; how many there are to be is `of`, where none may
/// have been begun.
///
/// # Errors
///
/// When nothing is there to look at, or something cannot be read.
pub fn look(paths: &[PathBuf], of: Option<u32>) -> anyhow::Result<Status> {
    let mut bases: Vec<PathBuf> = Vec::new();
    for path in paths {
        let found = below(path);
        if found.is_empty() && of.is_none() {
            bail!(nothing(path));
        }
        bases.extend(found.into_iter().filter(|base| !bases.contains(base)).collect::<Vec<_>>());
    }
    let mut status = Status::default();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for base in &bases {
        match at(base, &mut groups)? {
            Some(looked) => status.looked.push(looked),
            // What has not got as far as its first cell is as good as not there.
            None if of.is_some() || bases.len() > 1 => {}
            None => bail!(
                "{} was begun, and stopped before its first cell\nhelp: type its command again with --resume",
                base.display()
            ),
        }
    }
    let mut absent = Vec::new();
    for group in groups.values() {
        if let Some(of) = of.filter(|of| *of != group.of) {
            let (_, folder) = &group.example;
            bail!("{} is one of {} shards, and --of says {of}", folder.display(), group.of);
        }
        for (index, ids) in &group.shares {
            let shard = Shard { index: *index, of: group.of };
            if !group.begun.contains(index) {
                let folder = beside(&group.example, shard);
                let command = group.typed.as_ref().map(|typed| typed.again(Some(shard), &folder));
                let missing: Vec<String> = ids.iter().map(|id| cells::name(*id)).collect();
                let (cells, damaged) = (missing.len(), Vec::new());
                let (shard, state) = (Some(shard), State::Absent);
                absent.push(Looked { folder, shard, state, cells, missing, damaged, command });
            }
        }
    }
    if let (true, Some(of), Some(parent)) = (groups.is_empty(), of, paths.first()) {
        for index in 1..=of {
            let shard = Shard { index, of };
            let (missing, damaged, command) = Default::default();
            let (folder, state) = (parent.join(shard.name()), State::Absent);
            absent.push(Looked {
                folder,
                shard: Some(shard),
                state,
                cells: 0,
                missing,
                damaged,
                command,
            });
        }
    }
    status.looked.extend(absent);
    status.looked.sort_by_key(|looked| {
        (looked.shard.map(|shard| (shard.of, shard.index)), looked.folder.clone())
    });
    Ok(status)
}

/// Whether something is, or was begun, at a path.
fn is_something(base: &Path) -> bool {
    base.join(store::MANIFEST).exists()
        || base.join(SHARD).exists()
        || store::unfinished(base).is_dir()
}

/// A path without the end that marks what is not finished.
fn base_of(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str());
    match name.and_then(|name| name.strip_suffix(".unfinished")) {
        Some(base) => path.with_file_name(base),
        None => path.to_owned(),
    }
}

/// What is at a path: itself, or what lies below it.
fn below(path: &Path) -> Vec<PathBuf> {
    let base = base_of(path);
    if is_something(&base) {
        return vec![base];
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| base_of(&entry.path())).collect();
    let put_aside = |path: &PathBuf| path.extension().is_some_and(|end| end == "replaced");
    found.retain(|base| is_something(base) && !put_aside(base));
    found.sort();
    found.dedup();
    found
}

/// What to say of a path at which there is nothing to look at.
fn nothing(path: &Path) -> String {
    let shown = path.display();
    let what = match path.is_dir() {
        true => "holds no run and no shard, nor does a folder in it",
        false if path.exists() => "is a file",
        false => "is not there",
    };
    format!(
        "{shown} {what}\nhelp: name what `commissim run --out` named, or the folder it lies in; where no shard may have been begun, --of N says how many there are to be"
    )
}

/// Where a shard is to be, by where another is.
fn beside((other, folder): &(Shard, PathBuf), shard: Shard) -> PathBuf {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let number = other.index.to_string();
    // A name such as `s3`, of shard 3.
    let stem =
        name.strip_suffix(&number).filter(|stem| !stem.ends_with(|c: char| c.is_ascii_digit()));
    match stem.filter(|_| name != other.name()) {
        Some(stem) => folder.with_file_name(format!("{stem}{}", shard.index)),
        None => folder.with_file_name(shard.name()),
    }
}

/// What is at a folder; none where it has not got as far as its first cell.
fn at(base: &Path, groups: &mut BTreeMap<String, Group>) -> anyhow::Result<Option<Looked>> {
    if base.join(SHARD).exists() {
        return of_whole(&Whole::open(base)?, groups).map(Some);
    }
    if base.join(store::MANIFEST).exists() {
        return of_results(base).map(Some);
    }
    let work = store::unfinished(base);
    let copies = shards::copies(&work);
    if let Some(first) = copies.first() {
        return of_copies(base, first, &copies, groups).map(Some);
    }
    if store::has_begun(&work) { of_run(base, &work).map(Some) } else { Ok(None) }
}

/// Checksums of what a run was made from, in a folder: by these shards belong together.
fn inputs_in(folder: &Path) -> Vec<String> {
    let of = |path: PathBuf| std::fs::read(path).map(|bytes| files::checksum(&bytes)).ok();
    let below = |name: &str| {
        let entries = std::fs::read_dir(folder.join(name)).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let alone = ["experiment.toml", "parameters.csv", "draws.csv"].map(|name| folder.join(name));
    let paths = alone.into_iter().chain(["regimes", "places"].into_iter().flat_map(below));
    paths.filter_map(of).collect()
}

/// The run that a shard's inputs are of; read once for all that have the same.
fn group<'a>(
    groups: &'a mut BTreeMap<String, Group>,
    inputs: &Path,
    id: Option<&str>,
    example: (Shard, PathBuf),
    typed: Option<Typed>,
) -> anyhow::Result<&'a Group> {
    let of = example.0.of;
    let key = format!("{of} {}", inputs_in(inputs).join(" "));
    let index = example.0.index;
    if !groups.contains_key(&key) {
        let read = experiment_in(inputs, id);
        let experiment =
            read.map_err(|problems| anyhow!("what was run cannot be read\n{problems}"))?;
        let shares = shared_out(&experiment, of);
        let begun = BTreeSet::new();
        groups.insert(key.clone(), Group { experiment, of, shares, begun, example, typed: None });
    }
    let group = groups.get_mut(&key).context("it was put there")?;
    group.typed = group.typed.take().or(typed);
    group.begun.insert(index);
    Ok(group)
}

/// A shard that was finished.
fn of_whole(shard: &Whole, groups: &mut BTreeMap<String, Group>) -> anyhow::Result<Looked> {
    let (folder, which) = (shard.path.clone(), shard.shard);
    let typed = Typed::of(shard.how());
    let example = (which, folder.clone());
    let group = group(groups, &folder, Some(shard.id()), example, typed.clone())?;
    let mut damaged = Vec::new();
    let mut missing = Vec::new();
    for fault in shard.faults()? {
        let (path, how) = fault.split_once(' ').unwrap_or((&fault, ""));
        match how == "is missing" && path.starts_with("cells/") {
            true => missing.push(path.to_owned()),
            false => damaged.push((path.to_owned(), how.to_owned())),
        }
    }
    let state =
        if missing.is_empty() && damaged.is_empty() { State::Complete } else { State::Damaged };
    let typed = typed.filter(|_| state != State::Complete);
    let command = typed.map(|typed| typed.again(Some(which), &folder));
    let cells = group.shares.get(&which.index).map_or(0, Vec::len);
    Ok(Looked { folder, shard: Some(which), state, cells, missing, damaged, command })
}

/// Cells of a folder of work that are missing, and that cannot be read.
fn looked_at(ids: &[CellId], kept: &[Kept]) -> (Vec<String>, Vec<(String, String)>) {
    let (mut missing, mut damaged) = (Vec::new(), Vec::new());
    for id in ids {
        let found: Vec<_> = kept.iter().map(|kept| kept.read(*id)).collect();
        if found.iter().any(|found| matches!(found, Ok(Some(_)))) {
            continue;
        }
        match found.into_iter().find_map(Result::err) {
            Some(error) => damaged.push((cells::name(*id), format!("{error:#}"))),
            None => missing.push(cells::name(*id)),
        }
    }
    (missing, damaged)
}

/// A shard in progress, in one or several copies.
fn of_copies(
    base: &Path,
    first: &Path,
    copies: &[PathBuf],
    groups: &mut BTreeMap<String, Group>,
) -> anyhow::Result<Looked> {
    let which = shards::of_copy(first).context("it says which shard it is")?;
    let typed = copies.iter().rev().find_map(|copy| Typed::noted(copy));
    let group = group(groups, first, None, (which, base.to_owned()), typed.clone())?;
    let kept: Vec<Kept> = copies.iter().map(|copy| Kept::of(copy, &group.experiment)).collect();
    let ids = group.shares.get(&which.index).map_or(&[][..], Vec::as_slice);
    let (missing, damaged) = looked_at(ids, &kept);
    let command = typed.map(|typed| typed.again(Some(which), base));
    let (folder, cells, state) = (base.to_owned(), ids.len(), State::Unfinished);
    Ok(Looked { folder, shard: Some(which), state, cells, missing, damaged, command })
}

/// A run in progress, or stopped.
fn of_run(base: &Path, work: &Path) -> anyhow::Result<Looked> {
    let read = experiment_in(work, None);
    let experiment = read.map_err(|problems| anyhow!("what was run cannot be read\n{problems}"))?;
    let kept = Kept::of(work, &experiment);
    let mut ids: Vec<CellId> = cell::units(&experiment).into_iter().flatten().collect();
    if experiment.precision.is_some() {
        // How many there are to be is not known until they are there.
        ids.retain(|id| cells::path(work, *id).exists());
    }
    let (missing, damaged) = looked_at(&ids, &[kept]);
    let command = Typed::noted(work).map(|typed| typed.again(None, base));
    let (folder, cells, state) = (base.to_owned(), ids.len(), State::Unfinished);
    Ok(Looked { folder, shard: None, state, cells, missing, damaged, command })
}

/// Complete results.
fn of_results(base: &Path) -> anyhow::Result<Looked> {
    let there = folder::open(base)?;
    let (mut missing, mut damaged) = (Vec::new(), Vec::new());
    if !there.sound {
        damaged.push(("manifest.json".to_owned(), "was changed after the run".to_owned()));
    }
    let cells = there.outputs().filter(|path| path.starts_with("cells/")).count();
    for (path, how) in there.cells_wrong()? {
        match how {
            folder::Differs::Missing => missing.push(path),
            _ => damaged.push((path, "is damaged: it is not what the run left".to_owned())),
        }
    }
    let state =
        if missing.is_empty() && damaged.is_empty() { State::Complete } else { State::Damaged };
    let typed = Typed::of(there.how()).filter(|_| state != State::Complete && there.sound);
    let command = typed.map(|typed| typed.again(None, base));
    let folder = base.to_owned();
    Ok(Looked { folder, shard: None, state, cells, missing, damaged, command })
}
