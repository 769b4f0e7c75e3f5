//! Tries, at the end of a run, the levers that its regimes set, and says which changed
//! nothing.

use crate::cell;
use crate::draws::Draws;
use crate::experiment::{Experiment, Regime};
use crate::idle::{Idle, bare, still, suspects};
use crate::problem::listed;
use rayon::prelude::*;

/// Further places are tried for as long as all trials take at most this part of the
/// months that a run's own cells live.
const SHARE_OF_RUN: f64 = 0.05;

/// A regime, with the levers it sets that changed nothing in the places tried.
type Found<'a> = (&'a Regime, Vec<Idle>);

/// What to tell of levers that are set and changed nothing, a line each.
///
/// One replicate is tried, place after place, until every lever has changed something
/// somewhere or the trials would become a burden; the first place is tried always.
///
/// # Errors
///
/// When no threads are to be had.
pub fn told(experiment: &Experiment, threads: Option<usize>) -> anyhow::Result<Vec<String>> {
    let pool = super::pool(threads)?;
    let bare = bare(experiment);
    let regimes = std::iter::once(&bare.comparator).chain(&bare.regimes);
    let mut found: Vec<Found<'_>> = regimes.map(|regime| (regime, suspects(regime))).collect();
    let worlds = experiment.regimes.len() + 2;
    let of_place = (experiment.burn_in_years + worlds * experiment.years) as f64;
    let of_run = of_place * cell::count(experiment) as f64;
    let mut tried = 0;
    let mut lived = 0.0;
    for place in &bare.places {
        found.retain(|(_, idle)| !idle.is_empty());
        let trials: usize = found.iter().map(|(_, idle)| idle.len() + 1).sum();
        let years = (bare.burn_in_years + trials * bare.years) as f64;
        if found.is_empty() || tried > 0 && lived + years > SHARE_OF_RUN * of_run {
            break;
        }
        let draws = Draws { seed: bare.seed, draw: 0, replicate: 0 };
        let fork = cell::burn_in(&bare, place, draws);
        let left = |(regime, idle): &mut Found<'_>| *idle = still(&bare, &fork, regime, idle);
        pool.install(|| found.par_iter_mut().for_each(left));
        (tried, lived) = (tried + 1, lived + years);
    }
    let names: Vec<&str> = bare.places.iter().take(tried).map(|p| p.name.as_str()).collect();
    let places = match names.as_slice() {
        few @ ([_] | [_, _]) => listed(few.iter().copied(), "or").replace('`', ""),
        many => format!("the {} places tried", many.len()),
    };
    let years = match experiment.years {
        1 => "1 year".to_owned(),
        years => format!("{years} years"),
    };
    let years = match &experiment.uncertainty {
        Some(_) => format!("{years} with every parameter at its usual value"),
        None => years,
    };
    Ok(found.iter().flat_map(|found| lines(found, &places, &years)).collect())
}

/// What to tell of one regime.
fn lines((regime, idle): &Found<'_>, places: &str, years: &str) -> Vec<String> {
    let of = |already: bool| -> Vec<&str> {
        idle.iter().filter(|idle| idle.already == already).map(|idle| idle.lever).collect()
    };
    let mut lines = Vec::new();
    let (so, nothing) = (of(true), of(false));
    if !so.is_empty() {
        let levers = listed(so.iter().copied(), "and");
        let them = if so.len() == 1 { "it is" } else { "they are" };
        lines.push(format!(
            "note: {} sets {levers} as {them} in {places} already, which changes nothing there",
            regime.id
        ));
    }
    if !nothing.is_empty() {
        let levers = listed(nothing.iter().copied(), "and");
        let (was, it) = match nothing.len() {
            1 => ("was", "it acts"),
            _ => ("were, each by itself,", "they act"),
        };
        lines.push(format!(
            "note: {} sets {levers}, and the run is the same as if that {was} left out: nothing {it} on happens in {places} in {years}",
            regime.id
        ));
    }
    lines
}
