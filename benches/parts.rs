//! What the parts take: `cargo bench --bench parts`.
//!
//! Each process of the step in a place of 10,000 people, the quick way of finding what strikes
//! them beside the plain one, a small experiment on one thread and on all, and results
//! written and read again.

mod places;

use commissim::cell::{self, Cell, CellId};
use commissim::experiment::Experiment;
use commissim::model::{self, Month, Settings, World, population};
use commissim::run::{self, report};
use commissim::store::{Wanted, folder};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

/// People of the place whose processes are looked at.
const PEOPLE: f64 = 1e4;
/// Replicates of the small experiment, and its years.
const REPLICATES: u32 = 8;
/// See [`REPLICATES`].
const YEARS: usize = 2;

fn settings<'a>(experiment: &'a Experiment) -> Settings<'a> {
    let quiet = Settings::quiet(&experiment.parameters, &experiment.structures);
    Settings { years: experiment.years, ..quiet }
}

/// Each process by itself, in the state that those before it leave.
fn processes(criterion: &mut Criterion) {
    let (experiment, mut world) = places::at_fork(PEOPLE);
    // A month that ends a quarter, so that nothing rests.
    let settings = settings(&experiment);
    model::run(&mut world, &settings, 1..=2);
    world.month = 3;
    let month = Month::of(&world, &settings);
    let mut group = criterion.benchmark_group("a month of 10,000 people");
    group.sample_size(20).measurement_time(Duration::from_secs(2));
    for (name, process) in model::PROCESSES {
        group.bench_function(*name, |bencher| {
            bencher.iter_batched_ref(
                || world.clone(),
                |world| process(black_box(world), &month),
                BatchSize::LargeInput,
            );
        });
        process(&mut world, &month);
    }
    group.finish();
}

/// What strikes people, found the quick way and the plain one, over a year.
fn strikes(criterion: &mut Criterion) {
    let (experiment, quick) = places::at_fork(PEOPLE);
    let plain = quick.clone().plainly(&experiment.parameters);
    let settings = settings(&experiment);
    let year = |world: &mut World| {
        for number in 1..=12 {
            world.month = number;
            population::changes(world, &Month::of(world, &settings));
        }
    };
    let mut group = criterion.benchmark_group("what strikes 10,000 people in a year");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for (name, world) in [("quick", &quick), ("plain", &plain)] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(|| world.clone(), |world| year(world), BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// The default experiment, small.
fn small() -> Experiment {
    Experiment { years: YEARS, replicates: REPLICATES, ..places::default_experiment() }
}

/// Runs into a folder, without the briefing.
fn runs(
    experiment: &Experiment,
    folder: &Path,
    threads: Option<usize>,
    simulate: run::Simulate<'_>,
) {
    let wanted = Wanted { out: Some(folder.to_owned()), ..Wanted::default() };
    let settings = run::Settings { wanted, threads, quiet: true, ..run::Settings::default() };
    run::run(experiment, simulate, &settings).expect("a folder that can be written");
}

/// A small experiment, simulated and kept.
fn experiments(criterion: &mut Criterion) {
    let experiment = small();
    let mut group = criterion.benchmark_group("the default experiment, 8 replicates of 2 years");
    group.sample_size(10).measurement_time(Duration::from_secs(20));
    for (name, threads) in [("one thread", Some(1)), ("all threads", None)] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || tempfile::tempdir().expect("a folder"),
                |folder| {
                    let simulate = |ids: &[CellId]| cell::together(&experiment, ids);
                    runs(&experiment, &folder.path().join("results"), threads, &simulate);
                    folder
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// Results of cells that are there: written, with their tables; and read again, with tables
/// and briefing made anew.
fn results(criterion: &mut Criterion) {
    let experiment = small();
    let cells: Vec<Cell> = cell::units(&experiment)
        .iter()
        .flat_map(|unit| cell::together(&experiment, unit))
        .collect();
    let kept = |ids: &[CellId]| -> Vec<Cell> {
        cells.iter().filter(|cell| ids.contains(&cell.id)).cloned().collect()
    };
    let mut group = criterion.benchmark_group("results of 8 replicates");
    group.sample_size(10);
    group.bench_function("written", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |folder| {
                runs(&experiment, &folder.path().join("results"), Some(1), &kept);
                folder
            },
            BatchSize::PerIteration,
        );
    });
    let there = tempfile::tempdir().expect("a folder");
    let there = there.path().join("results");
    runs(&experiment, &there, Some(1), &kept);
    group.bench_function("read, tables and briefing made anew", |bencher| {
        bencher.iter(|| {
            let mut results = folder::open(&there).expect("results");
            report::report(&mut results, &[], false).expect("results that are whole")
        });
    });
    group.finish();
}

criterion_group!(benches, processes, strikes, experiments, results);
criterion_main!(benches);
