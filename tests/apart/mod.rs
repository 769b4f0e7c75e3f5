//! How far regimes lie apart in worlds in which claims, or more, are switched off.
//! Shared by the tests of construction and the search for reverse worlds.

pub mod reverse;

use commissim::analysis::measure;
use commissim::analysis::moments::Moments;
use commissim::cell::{self, CellId};
use commissim::declare::Shape;
use commissim::draws::Draws;
use commissim::experiment::{Experiment, Regime};
use commissim::metrics::Metric;
use commissim::outcomes::{Outcomes, Period};
use commissim::parameters::{PARAMETERS, Parameters};
use commissim::place::Place;
use commissim::structures::Structures;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// A made-up county: large enough for luck to leave something to see, small enough to
/// live through often.
pub fn county() -> Place {
    Place {
        id: "county".to_owned(),
        name: "A made-up county".to_owned(),
        neighbourhoods: 12,
        clients: [290.0, 260.0, 100.0, 1150.0],
        residents: [210.0, 760.0],
        ..Place::town()
    }
}

/// A regime that ships.
pub fn shipped(id: &str) -> Regime {
    commissim::files::regime(id).expect("it ships").0
}

/// An experiment in one place with regimes that ship.
pub fn compares(place: Place, regimes: &[&str], years: usize, burn_in_years: usize) -> Experiment {
    Experiment {
        id: "apart".to_owned(),
        name: "How far regimes lie apart".to_owned(),
        places: vec![place],
        comparator: shipped("status-quo"),
        regimes: regimes.iter().map(|id| shipped(id)).collect(),
        start: (2015, 4),
        years,
        burn_in_years,
        replicates: 1,
        seed: 2026,
        learning: false,
        parameters: Parameters::default(),
        uncertainty: None,
        structures: Structures::default(),
        stresses: Vec::new(),
        precision: None,
        economics: Default::default(),
        reads: commissim::outcomes::Reads::ALL,
    }
}

/// Sets every claim of the source to no effect.
pub fn without_claims(parameters: &mut Parameters) {
    for parameter in PARAMETERS {
        if let Shape::Claim { none, .. } = parameter.shape {
            *parameters.get_mut(parameter.name).expect("it is declared") = none;
        }
    }
}

/// Sets every objection to the source to no effect.
pub fn without_objections(parameters: &mut Parameters) {
    for parameter in PARAMETERS {
        if let Shape::Objection { none, .. } = parameter.shape {
            *parameters.get_mut(parameter.name).expect("it is declared") = none;
        }
    }
}

/// Switches off a named link.
pub fn switch_off(structures: &mut Structures, link: &str) {
    *structures.get_mut(link).unwrap_or_else(|| panic!("no link is called {link}")) = false;
}

/// Differences of the regimes from the comparator, over replicates from 0:
/// `[regime][metric]`.
pub fn differences(experiment: &Experiment, replicates: u32) -> Vec<Vec<Moments>> {
    let arms = experiment.regimes.len() + 1;
    let cells = cells(replicates, |replicate| levels(experiment, replicate));
    (1..arms).map(|arm| apart(&cells, 0, arm)).collect()
}

/// Differences of the comparator with one person more from the comparator, over
/// replicates from 0, by metric.
pub fn with_placebo(experiment: &Experiment, replicates: u32) -> Vec<Moments> {
    let cells = cells(replicates, |replicate| {
        let worlds =
            cell::simulate(experiment, CellId { system: 0, beliefs: 0, draw: 0, replicate }).worlds;
        measured(&worlds)
    });
    let last = experiment.regimes.len() + 1;
    apart(&cells, 0, last)
}

/// Levels of one replicate: `[world][metric]`, the comparator first.
pub type Levels = Vec<Vec<Option<f64>>>;

/// How far one world of each replicate lies from another, by metric.
fn apart(cells: &[Levels], from: usize, to: usize) -> Vec<Moments> {
    let mut differences = vec![Moments::default(); Metric::ALL.len()];
    for levels in cells {
        for (difference, pair) in differences.iter_mut().zip(levels[from].iter().zip(&levels[to])) {
            difference.add(pair.0.zip(*pair.1).map(|(from, to)| to - from));
        }
    }
    differences
}

/// Levels of every arm in one replicate: the comparator, and each regime.
pub fn levels(experiment: &Experiment, replicate: u32) -> Levels {
    let draws = Draws { seed: experiment.seed, draw: 0, replicate };
    let burnt_in = cell::burn_in(experiment, &experiment.places[0], draws);
    let arms = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    let worlds: Vec<Outcomes> =
        arms.map(|arm| cell::lives_on(experiment, burnt_in.clone(), arm)).collect();
    measured(&worlds)
}

/// Every metric of each world for everybody over the whole time.
fn measured(worlds: &[Outcomes]) -> Levels {
    let level = |metric: Metric, world| measure::value(metric, world, &worlds[0], 0, Period::Whole);
    let levels = |world| Metric::ALL.iter().map(|metric| level(*metric, world)).collect();
    worlds.iter().map(levels).collect()
}

/// What each replicate gives, in order, worked out on as many threads as there are
/// processors.
fn cells(replicates: u32, of: impl Fn(u32) -> Levels + Sync) -> Vec<Levels> {
    let next = AtomicU32::new(0);
    let found: Mutex<Vec<Levels>> = Mutex::new(vec![Vec::new(); replicates as usize]);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let replicate = next.fetch_add(1, Ordering::Relaxed);
                    if replicate >= replicates {
                        break;
                    }
                    let levels = of(replicate);
                    found.lock().expect("no thread fails")[replicate as usize] = levels;
                }
            });
        }
    });
    found.into_inner().expect("no thread fails")
}

/// Student's t for an interval of this share, so many values.
fn quantile(share: f64, values: u32) -> f64 {
    use statrs::distribution::{ContinuousCDF, StudentsT};
    let t = StudentsT::new(0.0, 1.0, f64::from(values - 1)).expect("two values or more");
    t.inverse_cdf(0.5 + share / 2.0)
}

/// The interval of a mean, of this share.
pub fn interval(moments: &Moments, share: f64) -> Option<(f64, f64)> {
    let (mean, error) = (moments.mean()?, moments.standard_error()?);
    let half = quantile(share, moments.n()) * error;
    Some((mean - half, mean + half))
}
