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
//! and every parameter whose range has two ends. Every run has the same luck.

#![allow(clippy::unwrap_used, reason = "a tool for the desk: what cannot be done stops it")]

use commissim::assumptions::effects::{
    self, Differences, EXPERIMENT, Effects, End, REPLICATES, YEARS,
};
use commissim::assumptions::{at, movable};
use commissim::declare::Parameter;
use commissim::experiment::Experiment;
use commissim::files::{self, Overrides};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The experiment with some parameters at other values; places are made anew, since they
/// are made from parameters too. Nothing where the values are refused together.
fn experiment(words: &[String], set: &[(&str, f64)]) -> Option<Experiment> {
    let number = |word: usize, usual| words.get(word).map_or(usual, |n| n.parse().unwrap());
    let overrides = Overrides {
        places: words.get(1).into_iter().cloned().collect(),
        years: Some(number(2, YEARS)),
        replicates: Some(number(3, REPLICATES)),
        set: set.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect(),
        ..Overrides::default()
    };
    match files::experiment(EXPERIMENT, &overrides) {
        Ok((experiment, _)) => Some(experiment),
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
    let default = experiment(&words, &[]).unwrap();
    eprintln!("{} parameters at two ends, {} replicates", parameters.len(), default.replicates);

    // All parameters at their defaults, then each at its low and its high end.
    let runs = 1 + 2 * parameters.len();
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
                    let set = run.checked_sub(1).map(|moved| {
                        let parameter = parameters[moved / 2];
                        let end = if moved % 2 == 0 { End::Low } else { End::High };
                        (parameter.name, at(parameter, end))
                    });
                    let differences =
                        experiment(&words, set.as_slice()).as_ref().map(effects::differences);
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
    for (parameter, ends) in parameters.into_iter().zip(seen[1..].chunks(2)) {
        if let [Some(low), Some(high)] = ends {
            rows.extend(effects::rows(&default, parameter, low, high));
        }
    }
    std::fs::write(path, Effects::new(rows).written().unwrap()).unwrap();
}
