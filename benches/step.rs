//! What a citizen-month costs: `cargo bench --bench step`.
//!
//! Places of 1,000 to 1,000,000 people, a burn-in, then each regime of the default experiment
//! for a year on one thread. Printed beside the time is how much happened, since a model in
//! which less happens is faster; and the time of each process, since one of them is the next
//! to make faster. What is measured is kept in `docs/performance.md`.

mod places;

use commissim::experiment::{Experiment, Regime};
use commissim::model::{self, Month, Settings, World};
use commissim::outcomes::Reads;
use criterion::{Criterion, criterion_group, criterion_main};
use places::at_fork;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// People places are scaled to; the second is the one that is looked at closely.
const PEOPLE: [f64; 4] = [1e3, 1e4, 1e5, 1e6];
/// Months a regime is lived for.
const MONTHS: i32 = 12;

/// Lives a year on under a regime; adds up the time each process takes.
fn lives(experiment: &Experiment, world: &mut World, regime: &Regime, spent: &mut [Duration]) {
    let stages = regime.stages(world.status_quo());
    let settings = Settings {
        parameters: &experiment.parameters,
        structures: &experiment.structures,
        stages: &stages,
        years: experiment.years,
        blows: &[],
        reads: Reads::ALL,
    };
    for number in 1..=MONTHS {
        world.month = number;
        let month = Month::of(world, &settings);
        for ((_, process), spent) in model::PROCESSES.iter().zip(spent.iter_mut()) {
            let start = Instant::now();
            process(world, &month);
            *spent += start.elapsed();
        }
    }
}

/// Prints how long a citizen-month takes and what happens in it, over all regimes.
fn report(experiment: &Experiment, fork: &World) {
    let mut spent = vec![Duration::ZERO; model::PROCESSES.len()];
    let mut counts = [0_u64; 5];
    for regime in std::iter::once(&experiment.comparator).chain(&experiment.regimes) {
        let mut world = fork.clone();
        lives(experiment, &mut world, regime, &mut spent);
        let (now, then) = (&world.counts, &fork.counts);
        counts[0] += now.citizen_months - then.citizen_months;
        counts[1] += now.reviews - then.reviews;
        counts[2] += now.searches - then.searches;
        counts[3] += now.starts - then.starts;
        counts[4] += now.endings - then.endings;
    }
    let months = counts[0] as f64;
    let each = |duration: Duration| duration.as_secs_f64() * 1e9 / months;
    println!("\n{} people at the fork, five regimes, {MONTHS} months", fork.people.len());
    println!("{:7.1} ns a citizen-month", each(spent.iter().sum()));
    for ((name, _), spent) in model::PROCESSES.iter().zip(&spent) {
        println!("{:7.1} ns {name}", each(*spent));
    }
    for (name, count) in ["reviews", "searches", "starts", "endings"].iter().zip(&counts[1..]) {
        println!("{:7.4} {name} a citizen-month", *count as f64 / months);
    }
}

fn step(criterion: &mut Criterion) {
    for people in PEOPLE {
        let (experiment, fork) = at_fork(people);
        report(&experiment, &fork);
    }
    let (experiment, fork) = at_fork(PEOPLE[1]);
    let mut group = criterion.benchmark_group("a year of 10,000 people");
    group.sample_size(10);
    for regime in std::iter::once(&experiment.comparator).chain(&experiment.regimes) {
        group.bench_function(&regime.id, |bencher| {
            bencher.iter_batched_ref(
                || fork.clone(),
                |world| {
                    let mut spent = vec![Duration::ZERO; model::PROCESSES.len()];
                    lives(&experiment, black_box(world), regime, &mut spent);
                },
                criterion::BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, step);
criterion_main!(benches);
