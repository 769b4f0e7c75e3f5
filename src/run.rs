//! Runs the cells of an experiment in parallel and makes the tables from them.
//!
//! The only module with threads. Cells are written to disk as they finish, and
//! tables are made by reading them back in order, so that no number depends on
//! how many threads there were or how often the run was interrupted.

pub mod attribute;
pub mod believe;
pub mod briefing;
pub mod calibrate;
pub mod idle;
pub mod interrupt;
pub mod merge;
mod pieces;
mod progress;
pub mod report;
pub mod sensitivity;
pub mod shard;
pub mod status;
mod tables;
pub mod trace;
pub mod validate;
pub mod verify;

use crate::analysis::precision::{BATCH, FIRST, Width};
use crate::analysis::{Analysis, Findings};
use crate::cell::{self, Cell, CellId};
use crate::experiment::Experiment;
use crate::scheduler;
use crate::store::cells::Kept;
use crate::store::manifest::How;
use crate::store::typed::Typed;
use crate::store::{self, Opened, Store, Wanted};
use crate::terminal::say;
use anyhow::{Context, anyhow};
use progress::Progress;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;
use tables::{Published, tables};

/// The model: the cells of a unit from their numbers.
pub type Simulate<'a> = &'a (dyn Fn(&[CellId]) -> Vec<Cell> + Sync);

/// How to run, on which no number depends.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where results go.
    pub wanted: Wanted,
    /// Threads; none for as many as a scheduler has granted, or the machine has.
    pub threads: Option<usize>,
    /// Whether to keep silent about progress.
    pub quiet: bool,
    /// The command as typed, for the manifest.
    pub command: Vec<String>,
    /// Whether the briefing is made: page and figures.
    pub briefing: bool,
}

/// What a run came to.
#[derive(Debug)]
pub enum Done {
    /// It ran.
    Ran(Box<Ran>),
    /// It had been run before, and is in this folder.
    AlreadyComplete(PathBuf),
}

/// What a run leaves.
#[derive(Debug)]
pub struct Ran {
    /// The results folder.
    pub folder: PathBuf,
    /// The experiment, with as many replicates as were run.
    pub experiment: Experiment,
    /// What was found; of rows, those that people read on the terminal.
    pub findings: Findings,
}

/// Runs an experiment, or goes on with it, and writes its results.
///
/// # Errors
///
/// When the results folder may not be used, or the disk is full or fails; finished
/// cells are then kept, and running again with `--resume` goes on from them.
pub fn run(
    experiment: &Experiment,
    simulate: Simulate<'_>,
    settings: &Settings,
) -> anyhow::Result<Done> {
    let started = SystemTime::now();
    let store = match store::open(experiment, &settings.wanted)? {
        Opened::Run(store) => store,
        Opened::Complete(folder) => return Ok(Done::AlreadyComplete(folder)),
    };
    let pool = pool(settings.threads)?;
    let how = How::new(&settings.command, pool.current_num_threads(), started);
    let work = store.work().to_owned();
    let ran = keeping(&work, || {
        store.note(&Typed::now(&settings.command))?;
        let more = |experiment: &Experiment| {
            cells(
                experiment,
                cell::units(experiment),
                simulate,
                store.cells(),
                &pool,
                settings.quiet,
            )
        };
        let settled = settle(experiment, more, |id| there(store.cells(), id), settings.quiet)?;
        store.adds(&settled.experiment)?;
        finished(store, settled, &pool, settings.briefing, &how)
    })?;
    Ok(Done::Ran(Box::new(ran)))
}

/// Does work whose finished cells are in a folder, which is told where it is cut short.
fn keeping<T>(work: &Path, finish: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    interrupt::kept_in(Some(work));
    let finished = finish();
    interrupt::kept_in(None);
    finished.map_err(|error| {
        if !work.exists() {
            return error;
        }
        let work = work.display();
        anyhow!("{error:#}\nhelp: finished cells are kept in {work}; go on with --resume")
    })
}

/// A cell that has been run.
fn there(cells: &Kept, id: CellId) -> anyhow::Result<Cell> {
    cells.read(id)?.with_context(|| format!("cell {id:?} has gone"))
}

/// Makes everything else of a run whose cells are all there, and gives its folder its name:
/// the one door to results, whether their cells were run here or came from elsewhere.
fn finished(
    store: Store,
    settled: Settled,
    pool: &rayon::ThreadPool,
    briefing: bool,
    how: &How,
) -> anyhow::Result<Ran> {
    let Settled { experiment, widths } = settled;
    let read = |id| there(store.cells(), id);
    let mut made = Published::within(store.work());
    let mut findings = tables(&experiment, read, &mut made)?;
    findings.widths = widths;
    if briefing && let Err(error) = pool.install(|| told(&store, &experiment, made.sums)) {
        // Better results without a page than no results.
        let folder = store.folder().display();
        say(&format!(
            "warning: the briefing was not made: {error:#}\nhelp: `commissim report {folder}` tries again"
        ));
    }
    let folder = store.finish(&experiment, how)?;
    Ok(Ran { folder, experiment, findings })
}

/// Makes the briefing of a run that is about to be finished, and writes it beside the tables.
fn told(store: &Store, experiment: &Experiment, sums: Vec<(String, String)>) -> anyhow::Result<()> {
    let origin = briefing::origin(store::manifest::code(), store.inputs(), sums);
    let briefing = briefing::Briefing::read(store.work(), experiment.clone(), origin)?;
    let mut files = briefing.plain()?;
    files.extend(briefing.pictures()?);
    briefing::publish(store.work(), &files)
}

/// So many threads, or as many as a scheduler has granted, or the machine has.
fn pool(threads: Option<usize>) -> anyhow::Result<rayon::ThreadPool> {
    let threads = threads.or_else(|| scheduler::processors(&scheduler::environment));
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0));
    builder.build().map_err(|error| {
        let many = threads.map_or("threads".to_owned(), |n| format!("{n} threads"));
        anyhow!(
            "cannot start {many}: {error}\nhelp: ask for fewer with --threads, or for more memory: this program may have no more of one or the other"
        )
    })
}

/// A run that has replicates enough.
pub struct Settled {
    /// The experiment with as many replicates as were run.
    pub experiment: Experiment,
    /// How wide headline intervals are, where a precision was asked for.
    pub widths: Vec<Width>,
}

/// Runs replicates until there are enough: so many, or in batches until headlines are as
/// precise as asked. The decision is a function of the cells alone.
///
/// # Errors
///
/// When a cell cannot be run or read.
pub fn settle(
    experiment: &Experiment,
    more: impl Fn(&Experiment) -> anyhow::Result<()>,
    read: impl Fn(CellId) -> anyhow::Result<Cell>,
    quiet: bool,
) -> anyhow::Result<Settled> {
    let Some(precision) = &experiment.precision else {
        more(experiment)?;
        return Ok(Settled { experiment: experiment.clone(), widths: Vec::new() });
    };
    let mut analysis = Analysis::new(experiment);
    let mut replicates = 0;
    loop {
        let next = if replicates == 0 { FIRST } else { replicates + BATCH };
        let batch = Experiment { replicates: next.min(precision.most), ..experiment.clone() };
        more(&batch)?;
        let new = cell::units(&batch).into_iter().flatten();
        for id in new.filter(|id| id.replicate >= replicates) {
            analysis.add(&read(id)?);
        }
        replicates = batch.replicates;
        let widths = analysis.widths(precision);
        let wide = widths.iter().filter(|width| !width.reached()).count();
        if wide == 0 || replicates >= precision.most {
            return Ok(Settled { experiment: batch, widths });
        }
        if !quiet {
            let widest = widths.iter().max_by(|a, b| a.times().total_cmp(&b.times()));
            let widest = widest.map_or(String::new(), |width| {
                let label = width.metric.declaration().label;
                format!("; widest is {label} under {}, {:.1} times", width.regime, width.times())
            });
            say(&format!(
                "after {replicates} replicates {wide} of {} intervals are wider than asked{widest}",
                widths.len()
            ));
        }
    }
}

/// Runs the cells of units that are not there yet, and those that are made with them.
fn cells(
    experiment: &Experiment,
    units: Vec<Vec<CellId>>,
    simulate: Simulate<'_>,
    kept: &Kept,
    pool: &rayon::ThreadPool,
    quiet: bool,
) -> anyhow::Result<()> {
    let is_there = |id: &CellId| match kept.read(*id) {
        Ok(cell) => cell.is_some(),
        Err(damage) => {
            say(&format!("warning: {damage:#}; it is run again"));
            false
        }
    };
    let (done, missing): (Vec<_>, Vec<_>) = units
        .into_iter()
        // Every cell is looked at, so that all damage is said.
        .partition(|unit| unit.iter().filter(|id| is_there(id)).count() == unit.len());
    let count = |units: &[Vec<CellId>]| units.iter().map(Vec::len).sum();
    let progress = Progress::new(experiment, count(&done), count(&missing), quiet);
    // A shared counter rather than halves of the list: replicates finish in
    // order, so the estimate on the way is over whole replicates.
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<anyhow::Error>> = Mutex::new(None);
    pool.broadcast(|_| {
        while let Some(unit) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
            for cell in simulate(unit) {
                if let Err(error) = kept.write(&cell) {
                    // One is enough, and the others would say the same.
                    next.store(missing.len(), Ordering::Relaxed);
                    if let Ok(mut failed) = failed.lock() {
                        failed.get_or_insert(error);
                    }
                    return;
                }
                progress.finished(&cell);
            }
        }
    });
    progress.end();
    let failed = failed.into_inner().map_err(|_| anyhow!("a thread stopped in mid-cell"))?;
    failed.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests;
