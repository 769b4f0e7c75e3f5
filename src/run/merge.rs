//! Shards joined to the run that they are parts of.

use super::{Settings, Settled, finished, keeping, pool};
use crate::cell::{self, CellId};
use crate::experiment::Experiment;
use crate::problem::listed;
use crate::shard::shared_out;
use crate::store::manifest::{self, How};
use crate::store::shards::Whole;
use crate::store::typed::{Typed, quoted};
use crate::store::{self, Opened, cells, first_difference};
use crate::terminal::say;
use anyhow::{anyhow, bail};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Reasons that are said at once.
const SAID: usize = 30;

/// Joins the shards that lie in folders, or in folders below these, and writes the results
/// of the run: byte for byte those of running it in one.
///
/// # Errors
///
/// When the shards do not make one run, with every reason; when the results folder may not
/// be used, or the disk fails.
pub fn merge(folders: &[PathBuf], settings: &Settings) -> anyhow::Result<super::Done> {
    let started = SystemTime::now();
    let shards = shards(folders)?;
    let joined = joined(&shards)?;
    let Joined { experiment, reference, from } = joined;
    let mut inputs = reference.inputs()?;
    // In the order that a run has them, by which nothing but messages goes.
    inputs.sort_by_key(|(path, _)| path != "experiment.toml");
    let store = match store::open_of(&experiment, inputs, &settings.wanted)? {
        Opened::Run(store) => store,
        Opened::Complete(folder) => return Ok(super::Done::AlreadyComplete(folder)),
    };
    let pool = pool(settings.threads)?;
    let threads = pool.current_num_threads();
    let how_of = |shard: &Whole| json!({ "shard": shard.shard.to_string(), "how": shard.how() });
    let mut used: Vec<&Whole> = from.values().copied().collect();
    used.sort_by_key(|shard| shard.shard);
    used.dedup_by_key(|shard| shard.shard);
    let how = How {
        shards: used.into_iter().map(how_of).collect(),
        ..How::new(&settings.command, threads, started)
    };
    let work = store.work().to_owned();
    let ran = keeping(&work, || {
        store.note(&Typed::now(&settings.command))?;
        for id in cell::units(&experiment).into_iter().flatten() {
            let there = store.read(id).unwrap_or_else(|damage| {
                say(&format!("warning: {damage:#}; it is taken again"));
                None
            });
            if let (None, Some(shard)) = (there, from.get(&cells::name(id))) {
                store.take(&cells::path(&shard.path, id), id)?;
            }
        }
        let settled = Settled { experiment: experiment.clone(), widths: Vec::new() };
        finished(store, settled, &pool, settings.briefing, &how)
    })?;
    Ok(super::Done::Ran(Box::new(ran)))
}

/// The shards that lie in folders, or in folders below these.
fn shards(folders: &[PathBuf]) -> anyhow::Result<Vec<Whole>> {
    let mut shards: Vec<Whole> = Vec::new();
    let mut faults = Vec::new();
    for folder in folders {
        let found = below(folder);
        if found.is_empty() {
            faults.push(no_shard(folder));
        }
        for path in found {
            // One folder may be named in two ways.
            let same = |other: &Whole| other.path.canonicalize().ok() == path.canonicalize().ok();
            if shards.iter().any(same) {
                continue;
            }
            match Whole::open(&path) {
                Ok(shard) => shards.push(shard),
                Err(error) => faults.push(format!("{error:#}")),
            }
        }
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(shards)
}

/// The whole shards at a path: itself, or those below it.
fn below(folder: &Path) -> Vec<PathBuf> {
    let is_shard = |path: &PathBuf| path.join(store::shards::SHARD).exists();
    let own = folder.to_owned();
    if is_shard(&own) {
        return vec![own];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let put_aside = |path: &PathBuf| path.extension().is_some_and(|end| end == "replaced");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.retain(|path| is_shard(path) && !put_aside(path));
    found.sort();
    found
}

/// Why a folder has no shard.
fn no_shard(folder: &Path) -> String {
    let shown = folder.display();
    let beside = store::unfinished(folder);
    if !folder.exists() && beside.exists() {
        return format!(
            "{shown} was not finished: what it has so far is in {}\nhelp: `commissim status {shown}` says how to go on with it",
            beside.display()
        );
    }
    if folder.join(store::MANIFEST).exists() {
        return format!(
            "{shown} is a whole run, and no shard: there is nothing to join\nhelp: name folders that `commissim run --shard` made"
        );
    }
    let what = match folder.is_dir() {
        true => "holds no shard, nor does a folder in it",
        false if folder.exists() => "is a file",
        false => "is not there",
    };
    format!(
        "{shown} {what}\nhelp: name folders that `commissim run --shard` made, or the folder they lie in"
    )
}

/// What shards come to, joined.
struct Joined<'a> {
    experiment: Experiment,
    /// One of them, for the inputs they share.
    reference: &'a Whole,
    /// The shard that each cell is taken from, by the cell's path.
    from: BTreeMap<String, &'a Whole>,
}

/// What shards come to, joined.
fn joined(shards: &[Whole]) -> anyhow::Result<Joined<'_>> {
    let mut faults = Vec::new();
    let reference = most(shards).ok_or_else(|| anyhow!("there are no shards to join"))?;
    for shard in shards {
        let shown = shard.path.display();
        let wrong = shard.faults()?;
        faults.extend(wrong.iter().map(|fault| format!("{shown}: {fault}")));
        // Otherwise its inputs are not those that it was run from.
        if wrong.is_empty() && shard.run() != reference.run() {
            let how = others(shard, reference)?;
            faults.extend(how.into_iter().map(|how| format!("{shown}: {how}")));
        }
    }
    let now = manifest::code();
    if *reference.code() != now && reference.sound {
        faults.push(format!(
            "the shards were made by other code, {}; this is {now}, whose tables may be others",
            reference.code()
        ));
    }
    let mut from: BTreeMap<String, &Whole> = BTreeMap::new();
    let alike: Vec<&Whole> = shards.iter().filter(|shard| shard.run() == reference.run()).collect();
    for shard in &alike {
        for (cell, sum) in shard.cells() {
            let Some(other) = from.get(cell) else {
                from.insert(cell.to_owned(), shard);
                continue;
            };
            if other.cells().any(|(path, there)| path == cell && there != sum) {
                let (one, other) = (other.path.display(), shard.path.display());
                faults.push(format!("{cell} is in {one} and in {other}, and they differ"));
            }
        }
    }
    let experiment = match reference.faults()?.is_empty() {
        true => reference.experiment(),
        false => Err(String::new()),
    };
    match &experiment {
        Ok(experiment) => {
            let shares = shared_out(experiment, reference.shard.of);
            for shard in &alike {
                let shown = shard.path.display();
                let share = shares.get(&shard.shard.index).map_or(&[][..], Vec::as_slice);
                let wrong = shard.misfits(share).into_iter();
                faults.extend(wrong.map(|fault| format!("{shown}: {fault}")));
            }
            faults.extend(missing(&shares, reference.shard.of, &alike));
        }
        Err(problems) if !problems.is_empty() => {
            faults.push(format!("what was run cannot be read\n{problems}"));
        }
        // What is wrong with its inputs has been said.
        Err(_) => {}
    }
    match experiment {
        Ok(experiment) if faults.is_empty() => Ok(Joined { experiment, reference, from }),
        _ => Err(refused(shards, &faults)),
    }
}

/// The shard that most are of one run with.
fn most(shards: &[Whole]) -> Option<&Whole> {
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    shards.iter().for_each(|shard| *alike.entry(shard.run()).or_default() += 1);
    let number = |shard: &&Whole| alike.get(&shard.run()).copied().unwrap_or_default();
    // The first of those, not the last.
    shards.iter().rev().max_by_key(number)
}

/// How a shard is of another run.
fn others(shard: &Whole, reference: &Whole) -> anyhow::Result<Vec<String>> {
    let of = reference.path.display();
    let mut found = Vec::new();
    if shard.id() != reference.id() {
        found.push(format!(
            "it is of the experiment `{}`, and {of} of `{}`",
            shard.id(),
            reference.id()
        ));
    }
    if shard.code() != reference.code() {
        found.push(format!(
            "it was made by other code than {of}: {}, there {}",
            shard.code(),
            reference.code()
        ));
    }
    if shard.shard.of != reference.shard.of {
        found.push(format!(
            "it is one of {} shards, and {of} one of {}",
            shard.shard.of, reference.shard.of
        ));
    }
    let (here, there) = (shard.inputs()?, reference.inputs()?);
    for (path, bytes) in &here {
        let Some((_, other)) = there.iter().find(|(other, _)| other == path) else {
            found.push(format!("{path} is not among the inputs of {of}"));
            continue;
        };
        if let Some(how) = first_difference(other, bytes) {
            let how = how.replace(", now ", ", here ");
            found.push(format!("{path} is not that of {of}, {how}"));
        }
    }
    let lacks = there.iter().filter(|(path, _)| !here.iter().any(|(other, _)| other == path));
    found.extend(lacks.map(|(path, _)| format!("it has no {path}, and {of} has")));
    Ok(found)
}

/// The shards that are not among them; where there are more shards than cells, the last have
/// none and are not missed.
fn missing(shares: &BTreeMap<u32, Vec<CellId>>, of: u32, there: &[&Whole]) -> Option<String> {
    let there: BTreeSet<u32> = there.iter().map(|shard| shard.shard.index).collect();
    let absent = shares.iter().filter(|(index, _)| !there.contains(index));
    let absent: Vec<(u32, usize)> = absent.map(|(index, cells)| (*index, cells.len())).collect();
    if absent.is_empty() {
        return None;
    }
    let cells: usize = absent.iter().map(|(_, cells)| cells).sum();
    let names: Vec<String> = absent.iter().take(SAID).map(|(index, _)| index.to_string()).collect();
    let named = listed(names.iter().map(String::as_str), "and").replace('`', "");
    let more = absent.len().saturating_sub(SAID);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let [shard, is, cell] = [
        if absent.len() == 1 { "shard" } else { "shards" },
        if absent.len() == 1 { "is" } else { "are" },
        if cells == 1 { "cell" } else { "cells" },
    ];
    Some(format!("{shard} {named}{more} of {of} {is} not among them: {cells} {cell}"))
}

/// What to say of shards that do not make one run.
fn refused(shards: &[Whole], faults: &[String]) -> anyhow::Error {
    let mut text = "these shards do not make one run, and nothing was written".to_owned();
    for fault in faults.iter().take(SAID) {
        text.push_str("\n  ");
        text.push_str(fault);
    }
    if faults.len() > SAID {
        text.push_str(&format!("\n  and {} more", faults.len() - SAID));
    }
    let folders: Vec<String> =
        shards.iter().take(3).map(|shard| quoted(&shard.path.to_string_lossy())).collect();
    let more = if shards.len() > folders.len() { ", with the others," } else { "" };
    anyhow!(
        "{text}\nhelp: `commissim status {}`{more} prints the commands that run what is missing or damaged; shards of another run go elsewhere",
        folders.join(" ")
    )
}
