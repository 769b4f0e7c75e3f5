//! Whether results are what their run left: four checks.

mod against;

use super::briefing::{self, Briefing, PAGE, is_table};
use super::progress::Progress;
use super::tables::tables;
use super::{Settled, Simulate, settle};
use crate::analysis::PLACEBO;
use crate::analysis::measure::value;
use crate::cell::{self, Cell, CellId};
use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::outcomes::{GROUPS, Period};
use crate::store::folder::{Differs, Folder};
use crate::store::{cells, first_difference, manifest};
use against::{There, missing};
use anyhow::anyhow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

/// The file of the experiment.
const EXPERIMENT: &str = "experiment.toml";

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is wrong.
    Passed,
    /// Worth knowing; nothing is wrong.
    Warned,
    /// It could not be made, because of what another found.
    NotDone,
    /// Something is wrong.
    Failed,
}

/// One of the four checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked: `files`, `cells`, `tables` or `code`.
    pub name: &'static str,
    /// What it came to.
    pub outcome: Outcome,
    /// That in a few words.
    pub said: String,
    /// What is wrong, one by one.
    pub faults: Vec<String>,
}

/// How to check, on which no answer depends but that of a sample.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How many cells to simulate again, at random; none for all.
    pub sample: Option<usize>,
    /// Threads; none for as many as the machine has.
    pub threads: Option<usize>,
    /// Whether to keep silent about progress.
    pub quiet: bool,
}

impl Check {
    fn new(name: &'static str, faults: Vec<String>, fine: String, wrong: &str) -> Self {
        let outcome = if faults.is_empty() { Outcome::Passed } else { Outcome::Failed };
        let said = if faults.is_empty() { fine } else { wrong.to_owned() };
        Self { name, outcome, said, faults }
    }

    fn not_done(name: &'static str, why: &str) -> Self {
        Self { name, outcome: Outcome::NotDone, said: format!("not done: {why}"), faults: vec![] }
    }
}

/// Makes the four checks.
///
/// # Errors
///
/// When the folder cannot be read, or threads cannot be started.
pub fn verify(
    folder: &Folder,
    simulate: &(dyn Fn(&Experiment, &[CellId]) -> Vec<Cell> + Sync),
    settings: &Settings,
) -> anyhow::Result<[Check; 4]> {
    let differ = folder.differences()?;
    let files = files(folder, &differ);
    let code = code(folder);
    // Without a manifest to rely on, nothing says which inputs are those of the run.
    let changed = differ.iter().find(|(path, _)| folder.sound && folder.is_input(path));
    let (cells, tables) = if let Some((path, _)) = changed {
        let why = format!("{path} is not that of the run");
        (Check::not_done("cells", &why), Check::not_done("tables", &why))
    } else {
        match settled(folder) {
            Ok(Settled { experiment, .. }) => {
                let simulate = |unit: &[CellId]| simulate(&experiment, unit);
                let cells = simulated(folder, &experiment, &simulate, settings, &code)?;
                (cells, rebuilt(folder, &experiment)?)
            }
            Err(problems) => {
                let wrong = "what was run cannot be read";
                let cells = Check::new("cells", vec![problems], String::new(), wrong);
                (cells, Check::not_done("tables", wrong))
            }
        }
    };
    Ok([files, cells, tables, code])
}

/// Every file against the manifest, and the manifest against its own checksum.
fn files(folder: &Folder, differ: &[(String, Differs)]) -> Check {
    let mut faults = Vec::new();
    if !folder.sound {
        faults.push(
            "manifest.json was changed after the run: it is not what its own checksum says"
                .to_owned(),
        );
    }
    let seed = seed(folder);
    let is_changed = |path: &str| differ.iter().any(|(changed, _)| changed == path);
    if let Some(seed) = seed.as_ref().filter(|_| folder.sound && !is_changed(EXPERIMENT)) {
        faults.push(format!("{EXPERIMENT} is not of the run: {seed}"));
    }
    faults.extend(differ.iter().map(|(path, differs)| match differs {
        Differs::Changed if path == EXPERIMENT => {
            let seed = seed.as_ref().map_or(String::new(), |seed| format!(": {seed}"));
            format!("{path} was changed after the run{seed}")
        }
        Differs::Changed => format!("{path} was changed after the run"),
        Differs::Missing => format!("{path} is missing"),
        Differs::Added => format!("{path} was added after the run: the manifest does not name it"),
    }));
    let (files, cells) = folder.counts();
    let fine = format!("{files} files and {cells} cells are what the manifest says");
    Check::new("files", faults, fine, "not what the manifest says")
}

/// How the seed of the inputs differs from the run's, if it does.
fn seed(folder: &Folder) -> Option<String> {
    let (now, then) = (folder.experiment().ok()?.seed, folder.seed()?);
    (now != then).then(|| format!("its seed is {now}, the run's was {then}"))
}

/// Cells simulated again.
fn simulated(
    folder: &Folder,
    experiment: &Experiment,
    simulate: Simulate<'_>,
    settings: &Settings,
    code: &Check,
) -> anyhow::Result<Check> {
    let pool = super::pool(settings.threads)?;
    let all = cell::units(experiment);
    let count = |units: &[Vec<CellId>]| -> usize { units.iter().map(Vec::len).sum() };
    let number = count(&all);
    // Cells of one unit can only be made together.
    let together = all.first().map_or(1, Vec::len);
    let units = match settings.sample {
        Some(sample) if sample < number => sampled(all, sample.div_ceil(together)),
        _ => all,
    };
    let progress = Progress::plain(count(&units), settings.quiet);
    let next = AtomicUsize::new(0);
    let faults: Mutex<BTreeMap<CellId, String>> = Mutex::default();
    pool.broadcast(|_| {
        while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = again(&folder.path, experiment, unit, simulate);
            if let Ok(mut faults) = faults.lock() {
                faults.extend(found);
            }
            unit.iter().for_each(|_| progress.counted());
        }
    });
    progress.end();
    let faults = faults.into_inner().map_err(|_| anyhow!("a thread stopped in mid-cell"))?;
    let fine = format!("{} of {number} simulated again, the same to the bit", count(&units));
    let mut check =
        Check::new("cells", faults.into_values().collect(), fine, "not what is simulated again");
    if check.outcome == Outcome::Failed && code.outcome == Outcome::Warned {
        check.faults.push("other code made them: simulate them again with that code".to_owned());
    }
    Ok(check)
}

/// So many of the units, at random, in order.
fn sampled(mut all: Vec<Vec<CellId>>, sample: usize) -> Vec<Vec<CellId>> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let luck = |at: usize| crate::draws::philox([now.as_nanos() as u64, at as u64], 0)[0];
    let sample = sample.min(all.len());
    for at in 0..sample {
        // The remainder favours nobody by more than one in a thousand million million.
        let with = at + (luck(at) % (all.len() - at) as u64) as usize;
        all.swap(at, with);
    }
    all.truncate(sample);
    all.sort();
    all
}

/// What is wrong with the cells of a unit, if anything.
fn again(
    folder: &Path,
    experiment: &Experiment,
    unit: &[CellId],
    simulate: Simulate<'_>,
) -> Vec<(CellId, String)> {
    let name = |id| cells::path(Path::new(""), id).display().to_string();
    let mut faults = Vec::new();
    let mut stored = Vec::new();
    for id in unit.iter().copied() {
        match read(folder, experiment, id) {
            Ok(cell) => stored.push(cell),
            Err(_) if !cells::path(folder, id).exists() => {
                faults.push((id, format!("{} is missing", name(id))));
            }
            Err(error) => faults.push((id, within(folder, &error))),
        }
    }
    if stored.is_empty() {
        return faults;
    }
    let again = simulate(unit);
    for stored in &stored {
        let Some(again) = again.iter().find(|cell| cell.id == stored.id) else { continue };
        if !cells::same(stored, again) {
            let differs = first(experiment, stored, again)
                .unwrap_or_else(|| "it differs in what no table shows".to_owned());
            let name = name(stored.id);
            faults.push((stored.id, format!("{name} is not what is simulated again: {differs}")));
        }
    }
    faults
}

/// What was run, from the folder's inputs and, where a precision was asked for, from its
/// cells: they decide how many replicates that took.
pub(super) fn settled(folder: &Folder) -> Result<Settled, String> {
    let asked = folder.experiment()?;
    let read = |id| read(&folder.path, &asked, id);
    settle(&asked, |_| Ok(()), read, true).map_err(|error| within(&folder.path, &error))
}

/// An error, with files named as the manifest names them.
fn within(folder: &Path, error: &anyhow::Error) -> String {
    let here = folder.join("").display().to_string();
    format!("{error:#}").replace(&here, "")
}

/// A cell of a results folder.
fn read(folder: &Path, experiment: &Experiment, id: CellId) -> anyhow::Result<Cell> {
    // Comparator, regimes, placebo.
    let worlds = experiment.regimes.len() + 2;
    cells::read(folder, id, worlds, experiment.years)
}

/// The first number in which two cells differ, in words.
fn first(experiment: &Experiment, stored: &Cell, again: &Cell) -> Option<String> {
    let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    let regimes = regimes.map(|regime| regime.id.as_str()).chain([PLACEBO]);
    let (there_base, now_base) = (stored.worlds.first()?, again.worlds.first()?);
    for ((regime, there), now) in regimes.zip(&stored.worlds).zip(&again.worlds) {
        for metric in Metric::ALL {
            for (group, of) in GROUPS.iter().enumerate() {
                for period in Period::of(of.by, experiment.years) {
                    let there = value(*metric, there, there_base, group, period);
                    let now = value(*metric, now, now_base, group, period);
                    if there.map(f64::to_bits) != now.map(f64::to_bits) {
                        let id = metric.declaration().id;
                        let shown = |x: Option<f64>| x.map_or("none".to_owned(), |x| x.to_string());
                        return Some(format!(
                            "{id} in {regime} ({} {}, {}) is {} there and {} now",
                            of.by.id(),
                            of.id,
                            period.id(),
                            shown(there),
                            shown(now)
                        ));
                    }
                }
            }
        }
    }
    None
}

/// Every table rebuilt from the cells.
fn rebuilt(folder: &Folder, experiment: &Experiment) -> anyhow::Result<Check> {
    let read = |id| read(&folder.path, experiment, id);
    let mut there = There::of(&folder.path);
    if let Err(error) = tables(experiment, read, &mut there) {
        return Ok(Check::not_done("tables", &within(&folder.path, &error)));
    }
    let missing = |name: &str| missing(&folder.path, name);
    let There { mut faults, mut number, .. } = there;
    for (name, bytes) in folder.written_again(experiment)? {
        number += 1;
        let Ok(stored) = std::fs::read(folder.path.join(&name)) else {
            faults.push(missing(&name));
            continue;
        };
        let text = std::str::from_utf8(&bytes).is_ok();
        if let Some(how) = first_difference(&stored, &bytes) {
            let how = if text { format!(": {how}") } else { String::new() };
            faults.push(format!("{name} is not what the experiment says{how}"));
        }
    }
    // Made of tables that are wrong, a briefing would be wrong for that reason.
    if faults.is_empty() && folder.output(PAGE).is_some() {
        let sums = folder.outputs().filter(|path| is_table(path));
        let sums = sums.filter_map(|path| Some((path.to_owned(), folder.output(path)?.to_owned())));
        let origin = briefing::origin(folder.code().clone(), folder.inputs(), sums.collect());
        let told = Briefing::read(&folder.path, experiment.clone(), origin)?;
        for (name, bytes) in told.plain()? {
            number += 1;
            match std::fs::read(folder.path.join(&name)) {
                Err(_) => faults.push(missing(&name)),
                Ok(stored) => {
                    if let Some(how) = first_difference(&stored, &bytes) {
                        // Lines of a page are long: where they part is enough.
                        let line = how.split(": there").next().unwrap_or_default();
                        faults.push(format!("{name} is not what the tables give: {line}"));
                    }
                }
            }
        }
    }
    let fine = format!("{number} rebuilt, the same to the byte");
    Ok(Check::new("tables", faults, fine, "not what the cells and the experiment give"))
}

/// The code that runs now against that of the run.
fn code(folder: &Folder) -> Check {
    let (then, now) = (folder.code(), manifest::code());
    if *then == now {
        let said = format!("the same: {}", named(&now));
        return Check { name: "code", outcome: Outcome::Passed, said, faults: vec![] };
    }
    if then.is_null() {
        return Check::not_done("code", "the manifest does not say which it was");
    }
    let said = format!("the run was made by {}; this is {}", named(then), named(&now));
    Check { name: "code", outcome: Outcome::Warned, said, faults: vec![] }
}

fn named(code: &serde_json::Value) -> String {
    let word = |key: &str| code[key].as_str().unwrap_or("unknown").to_owned();
    let modified = if code["modified"] == true { ", changed since" } else { "" };
    format!("version {}, commit {}{modified}", word("version"), word("commit"))
}
