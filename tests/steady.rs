//! The burn-in comes to rest: nothing a comparison rests on still drifts at the fork.

use commissim::metrics::{Measure, Metric};
use commissim::model::{self, Month, Settings, World, build, observe};
use commissim::outcomes::{Outcomes, Period};
use commissim::parameters::Parameters;
use commissim::place::{self, Place};
use commissim::structures::Structures;

use crate::small_worlds::luck_of;

/// A burn-in, with each of its years counted as years after the fork are.
struct BurnIn {
    counted: Outcomes,
    /// Agencies open at the end of each year, the start first.
    agencies: Vec<f64>,
    world: World,
}

fn burn_in(place: &Place, years: usize, replicate: u32) -> BurnIn {
    let (parameters, structures) = (&Parameters::default(), &Structures::default());
    let first = 1 - 12 * years as i32;
    let mut world = build::world(place, parameters, luck_of(2026, replicate), first);
    let settings = Settings::quiet(parameters, structures);
    let agencies =
        |world: &World| world.providers.iter().filter(|p| p.open && p.is_agency()).count() as f64;
    let mut counted = Outcomes::new(years);
    let mut open = vec![agencies(&world)];
    for number in first..=0 {
        world.month = number;
        let month = Month::of(&world, &settings);
        for (name, process) in model::PROCESSES {
            if *name == "observe" && month.closes_year() {
                // Nothing is counted before the fork, so the year's end is lived a second
                // time, by a copy that takes it for a year after it.
                let mut copy = world.clone();
                copy.outcomes = counted;
                let mut after = Month::of(&world, &settings);
                after.number = number + 12 * years as i32;
                after.years = years;
                observe::counts(&mut copy, &after);
                counted = copy.outcomes;
                open.push(agencies(&world));
            }
            process(&mut world, &month);
        }
    }
    BurnIn { counted, agencies: open, world }
}

/// Years of burn-in of the experiment that ships.
fn usual_years() -> usize {
    let typed = commissim::files::Overrides::default();
    let (experiment, _) = commissim::files::experiment("four-regimes", &typed).expect("it ships");
    experiment.burn_in_years
}

fn burn_ins(id: &str, replicates: u32) -> Vec<BurnIn> {
    let place = place::place(id, &Parameters::default()).expect("there is such a place");
    (0..replicates).map(|replicate| burn_in(&place, usual_years(), replicate)).collect()
}

#[test]
fn no_headline_drifts_at_the_fork() {
    // With ten, one seed in thirty would have a headline that seems to drift.
    let runs = burn_ins("dorset", 30);
    let (n, years) = (runs.len() as f64, usual_years());
    let mut found = Vec::new();
    for metric in Metric::ALL.iter().filter(|metric| metric.declaration().is_headline()) {
        let declared = metric.declaration();
        // Waits are counted by the year they began in, from the fork on.
        let waits = matches!(declared.measure, Measure::Wait { .. });
        if waits {
            continue;
        }
        let value = |run: &BurnIn, year| {
            let sums = run.counted.sums(*metric, 0, Period::Year(year)).expect("kept");
            sums[0] / sums[1]
        };
        let steps: Vec<f64> =
            runs.iter().map(|run| value(run, years) - value(run, years - 1)).collect();
        let mean = steps.iter().sum::<f64>() / n;
        let squares: f64 = steps.iter().map(|step| (step - mean) * (step - mean)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        let level = runs.iter().map(|run| value(run, years)).sum::<f64>() / n;
        // The zero of fit is where providers are average: its unit is its scale.
        let scale = if *metric == Metric::Fit { 1.0 } else { level.abs() };
        // Beyond what luck alone would show in one headline of many.
        if mean.abs() > 0.01 * scale + 3.0 * error {
            let id = declared.id;
            found.push(format!("{id} is {level:.4} and moves by {mean:.4} ± {error:.4}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn agencies_close_and_start_and_there_are_as_many() {
    for (id, replicates) in [("town", 20), ("dorset", 10)] {
        let runs = burn_ins(id, replicates);
        let n = f64::from(replicates);
        let years = usual_years();
        let a_year = |metric| {
            let sums = runs.iter().flat_map(|run| {
                (years - 2..=years).filter_map(|y| run.counted.sums(metric, 0, Period::Year(y)))
            });
            let [events, lived] = sums.fold([0.0; 2], |all, s| [all[0] + s[0], all[1] + s[1]]);
            events / lived
        };
        let closures = a_year(Metric::ProviderClosures);
        let starts = a_year(Metric::ProviderStarts);
        assert!((0.07..0.25).contains(&closures), "{id}: {closures:.3} of agencies close a year");
        assert!((0.07..0.25).contains(&starts), "{id}: {starts:.3} of agencies start a year");
        let agencies =
            |at: fn(&[f64]) -> f64| runs.iter().map(|run| at(&run.agencies)).sum::<f64>() / n;
        let (first, last) = (agencies(|all| all[0]), agencies(|all| all[all.len() - 1]));
        assert!((last / first - 1.0).abs() < 0.35, "{id}: {first:.1} agencies become {last:.1}");
        let over: u64 = runs.iter().map(|run| run.world.counts.over_ceiling).sum();
        let lived: u64 = runs.iter().map(|run| run.world.counts.citizen_months).sum();
        assert!(over * 20_000 <= lived, "{id}: {over} chances above their ceiling");
    }
}
