//! Measures what moving one parameter at a time does to headline differences, for the log
//! of assumptions.
//!
//! ```text
//! cargo run --release --example effects -- data/effects.csv
//! cargo run --release --example effects -- some.csv town 2 2 holding_fee,lead_spread
//! ```
//!
//! The words after the file are the place, years after the fork, replicates and parameters;
//! without them the default experiment is taken, as `commissim::assumptions::effects` says,
//! and every parameter whose range has two ends; then each causal link is switched off.
//! Every run has the same luck.

#![allow(clippy::unwrap_used, reason = "a tool for the desk: what cannot be done stops it")]

use commissim::assumptions::effects::{
    self, Differences, EXPERIMENT, Effects, End, REPLICATES, YEARS,
};
use commissim::assumptions::{at, movable};
use commissim::declare::Parameter;
use commissim::experiment::Experiment;
use commissim::files::{self, Overrides};
use commissim::structures::STRUCTURES;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The experiment with some parameters at other values; places are made anew, since they
/// are made from parameters too. Nothing where the values are refused together.
fn experiment(words: &[String], set: &[(&str, f64)], off: Option<&str>) -> Option<Experiment> {
    let number = |word: usize, usual| words.get(word).map_or(usual, |n| n.parse().unwrap());
    let overrides = Overrides {
        places: words.get(1).into_iter().cloned().collect(),
        years: Some(number(2, YEARS)),
        replicates: Some(number(3, REPLICATES)),
        set: set.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect(),
        ..Overrides::default()
    };
    match files::experiment(EXPERIMENT, &overrides) {
        Ok((mut experiment, _)) => {
            if let Some(switch) = off.and_then(|id| experiment.structures.get_mut(id)) {
                *switch = false;
            }
            Some(experiment)
        }
        Err(problems) => {
            eprintln!("{set:?}: {problems}");
            None
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let path = words.first().expect("the file to write");
    let named = |p: &&Parameter| words.get(4).is_none_or(|all| all.split(',').any(|n| n == p.name));
    let parameters: Vec<&Parameter> = movable().filter(named).collect();
    let default = experiment(&words, &[], None).unwrap();
    let links = || STRUCTURES.iter().map(|(id, _)| *id).filter(|_| words.len() < 5);
    eprintln!("{} parameters at two ends, {} replicates", parameters.len(), default.replicates);

    // All parameters at their defaults, then each at its low and its high end, then with each
    // link off.
    let ends = 1 + 2 * parameters.len();
    let runs = ends + links().count();
    let seen: Mutex<Vec<Option<Differences>>> = Mutex::new(vec![None; runs]);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= runs {
                        break;
                    }
                    let off = run.checked_sub(ends).and_then(|index| links().nth(index));
                    let moved = run.checked_sub(1).filter(|_| off.is_none());
                    let set = moved.map(|moved| {
                        let parameter = parameters[moved / 2];
                        let end = if moved % 2 == 0 { End::Low } else { End::High };
                        (parameter.name, at(parameter, end))
                    });
                    let differences =
                        experiment(&words, set.as_slice(), off).as_ref().map(effects::differences);
                    seen.lock().unwrap()[run] = differences;
                    if run.is_multiple_of(40) {
                        eprintln!("{run} of {runs}");
                    }
                }
            });
        }
    });
    let seen = seen.into_inner().unwrap();
    let mut rows = effects::defaults(&default, seen[0].as_ref().unwrap());
    for (parameter, ends) in parameters.into_iter().zip(seen[1..ends].chunks(2)) {
        if let [Some(low), Some(high)] = ends {
            rows.extend(effects::rows(&default, parameter, low, high));
        }
    }
    for (link, off) in links().zip(&seen[ends..]) {
        let on = seen[0].as_ref().unwrap();
        rows.extend(effects::without(&default, link, on, off.as_ref().unwrap()));
    }
    std::fs::write(path, Effects::new(rows).written().unwrap()).unwrap();
}
