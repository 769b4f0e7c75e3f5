//! Searches the declared ranges for reverse worlds: parameter values under which a
//! regime is best, and others under which it is worst, on a headline of each family.
//!
//! ```text
//! cargo run --release --example reverse_worlds -- tests/reverse_worlds.toml
//! ```
//!
//! Each vector of a Latin hypercube moves a keyed share of the parameters, half of the
//! vectors to the ends of their ranges, and is lived through under one luck by every
//! regime. What looks best or worst there is lived again over more luck, and kept where
//! the difference from every other arm leaves 0 out of its 95% interval. A test of the
//! house replays what is kept.

#![allow(clippy::unwrap_used, reason = "a tool for the desk: what cannot be done stops it")]

#[path = "../tests/apart/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod apart;

use apart::reverse::{self, ARMS, Case, End, MEANT};
use commissim::declare::{Parameter, Shape};
use commissim::draws::{philox, unit};
use commissim::metrics::Metric;
use commissim::parameters::{PARAMETERS, Parameters};
use std::fmt::Write as _;

/// Vectors drawn.
const VECTORS: usize = 200;
/// Replicates of the search, and of what it keeps.
const FEW: u32 = 2;
const MANY: u32 = 20;
/// Share of the parameters that a vector moves.
const MOVED: f64 = 0.35;
/// Vectors lived again at most.
const LIVED_AGAIN: usize = 5;
/// Parameters put at an end at once, when a case is gone after.
const COMPOSED: [usize; 2] = [12, 40];
/// Seed of the design.
const SEED: u64 = 2026;

/// Sections of the ledger whose parameters are about ways of commissioning, rather than
/// about who lives there.
const SECTIONS: &[&str] = &[
    "Assessment",
    "Choosing a mechanism",
    "Search",
    "Individual service funds",
    "Switching",
    "Providers",
    "Care workers",
    "Tenders",
    "Change",
    "Audit",
    "Enterprises and ventures",
    "Community",
    "Community capital",
    "Incidents and trust",
    "What ways cost",
];

fn searched() -> Vec<&'static Parameter> {
    let contested =
        |p: &Parameter| matches!(p.shape, Shape::Claim { .. } | Shape::Objection { .. });
    PARAMETERS
        .iter()
        .filter(|p| p.low < p.high && (SECTIONS.contains(&p.section) || contested(p)))
        .collect()
}

/// A number between 0 and 1 for a vector and a parameter.
fn keyed(vector: usize, parameter: usize, what: u64) -> f64 {
    unit(philox([vector as u64, parameter as u64], SEED ^ what << 32)[0])
}

/// Parameters moved, and where to.
type Vector = Vec<(&'static str, f64)>;
/// Cases that hold in a world, each with the headline and the margin.
type Found = Vec<(usize, Metric, f64)>;

/// A headline on which a case might hold.
struct Aim {
    case: usize,
    metric: Metric,
}

impl Aim {
    /// How far it is held, in units of what matters.
    fn margin(&self, cases: &[Case], levels: &[apart::Levels]) -> f64 {
        let matters = self.metric.declaration().matters().unwrap();
        cases[self.case].margin(self.metric, levels) / matters
    }
}

fn aims(cases: &[Case]) -> Vec<Aim> {
    let of = |(case, named): (usize, &Case)| {
        reverse::headlines(named.family).map(move |metric| Aim { case, metric }).collect::<Vec<_>>()
    };
    cases.iter().enumerate().flat_map(of).collect()
}

/// The headline on which a regime is further out than every other arm by more than luck,
/// and the margin: the 95% interval of each difference leaves 0 out.
fn holds(case: &Case, levels: &[apart::Levels]) -> Option<(Metric, f64)> {
    let clear = |metric: &Metric| {
        let ahead = case.ahead(*metric, levels);
        ahead.iter().all(|ahead| apart::interval(ahead, 0.95).is_some_and(|(low, _)| low > 0.0))
    };
    let matters = |metric: Metric| metric.declaration().matters().unwrap();
    reverse::headlines(case.family)
        .filter(clear)
        .map(|metric| (metric, case.margin(metric, levels)))
        .max_by(|a, b| (a.1 / matters(a.0)).total_cmp(&(b.1 / matters(b.0))))
}

/// The parameters by which margins moved most, put at the ends that help.
fn composed(
    parameters: &[&'static Parameter],
    vectors: &[Vector],
    margins: &[f64],
    most: usize,
) -> Vector {
    let defaults = Parameters::default();
    let mut sorted = margins.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted[sorted.len() / 2];
    let spread = sorted[sorted.len() * 9 / 10] - sorted[sorted.len() / 10];
    let mut pulls: Vec<(f64, Vector)> = Vec::new();
    for parameter in parameters {
        let usual = defaults.get(parameter.name).unwrap();
        let span = parameter.high - parameter.low;
        // Slope through the default of the margin on where the parameter was moved to.
        let (mut with, mut square) = (0.0, 1e-9);
        for (vector, margin) in vectors.iter().zip(margins) {
            let Some((_, value)) = vector.iter().find(|(name, _)| *name == parameter.name) else {
                continue;
            };
            let moved = (value - usual) / span;
            with += moved * (margin - middle).clamp(-2.0 * spread, 2.0 * spread);
            square += moved * moved;
        }
        let slope = with / square;
        let end = if slope > 0.0 { parameter.high } else { parameter.low };
        if end != usual {
            pulls.push((slope * (end - usual) / span, vec![(parameter.name, end)]));
        }
    }
    pulls.sort_by(|a, b| b.0.total_cmp(&a.0));
    pulls.into_iter().take(most).flat_map(|(_, vector)| vector).collect()
}

/// The design: for each vector, the parameters it moves and where to.
fn design(parameters: &[&'static Parameter]) -> Vec<Vector> {
    let mut vectors: Vec<Vector> = vec![Vec::new(); VECTORS];
    for (column, parameter) in parameters.iter().enumerate() {
        // The order of keyed numbers is a permutation: one stratum for each vector.
        let mut order: Vec<usize> = (0..VECTORS).collect();
        order.sort_by(|a, b| keyed(*a, column, 1).total_cmp(&keyed(*b, column, 1)));
        for (stratum, vector) in order.into_iter().enumerate() {
            if keyed(vector, column, 2) >= MOVED {
                continue;
            }
            let at = (stratum as f64 + keyed(vector, column, 3)) / VECTORS as f64;
            let at = if vector % 2 == 0 { at } else { at.round() };
            let value = match parameter.shape {
                Shape::Log => parameter.low * libm::pow(parameter.high / parameter.low, at),
                _ => parameter.low + (parameter.high - parameter.low) * at,
            };
            // Four figures are as many as a range has meaning for.
            let value: f64 = format!("{value:.3e}").parse().unwrap();
            vectors[vector].push((parameter.name, value.clamp(parameter.low, parameter.high)));
        }
    }
    vectors
}

fn moved(vector: &Vector) -> Parameters {
    let mut parameters = Parameters::default();
    for (name, value) in vector {
        *parameters.get_mut(name).unwrap() = *value;
    }
    parameters
}

fn main() {
    let path = std::env::args().nth(1).expect("the file to write");
    let parameters = searched();
    let vectors = design(&parameters);
    eprintln!("{} parameters, {VECTORS} vectors", parameters.len());

    // Few replicates, by vector: how far each aim is held, in units of what matters.
    let cases = reverse::cases();
    let aims = aims(&cases);
    let mut held: Vec<Vec<f64>> = Vec::with_capacity(VECTORS);
    for (number, vector) in vectors.iter().enumerate() {
        let levels = reverse::levels(&moved(vector), FEW);
        held.push(aims.iter().map(|aim| aim.margin(&cases, &levels)).collect());
        if number % 40 == 0 {
            eprintln!("{number}");
        }
    }

    // The vectors that look as if they held most of what is not yet held are lived again.
    let mut open: Vec<usize> = (0..cases.len()).collect();
    let mut tried = [false; VECTORS];
    let mut kept: Vec<(Vector, Found)> = Vec::new();
    let mut live_again = |vector: &Vector, open: &mut Vec<usize>| {
        let levels = reverse::levels(&moved(vector), MANY);
        let held = |case: &usize| {
            let (metric, margin) = holds(&cases[*case], &levels)?;
            Some((*case, metric, margin))
        };
        let found: Found = open.iter().filter_map(held).collect();
        open.retain(|case| found.iter().all(|(held, _, _)| held != case));
        eprintln!("{} held, {} open", found.len(), open.len());
        if !found.is_empty() {
            kept.push((vector.clone(), found));
        }
    };
    for _ in 0..LIVED_AGAIN {
        let promise = |vector: usize| -> f64 {
            let best = |case: &usize| {
                let of_case = aims.iter().zip(&held[vector]).filter(|(aim, _)| aim.case == *case);
                of_case.map(|(_, margin)| margin.clamp(0.0, 1.0)).fold(0.0, f64::max)
            };
            open.iter().map(best).sum()
        };
        let best = (0..VECTORS)
            .filter(|vector| !tried[*vector])
            .max_by(|a, b| promise(*a).total_cmp(&promise(*b)).then(b.cmp(a)));
        let Some(vector) = best.filter(|vector| promise(*vector) > 0.0) else { break };
        tried[vector] = true;
        live_again(&vectors[vector], &mut open);
    }
    // What is still open is gone after: the parameters that moved an aim most are put at
    // the ends of their ranges that help it.
    for case in open.clone() {
        let mut nearest: Option<(f64, Vector)> = None;
        for (index, aim) in aims.iter().enumerate().filter(|(_, aim)| aim.case == case) {
            let margins: Vec<f64> = held.iter().map(|margins| margins[index]).collect();
            for most in COMPOSED {
                let vector = composed(&parameters, &vectors, &margins, most);
                let margin = aim.margin(&cases, &reverse::levels(&moved(&vector), 2 * FEW));
                if nearest.as_ref().is_none_or(|(best, _)| margin > *best) {
                    nearest = Some((margin, vector));
                }
            }
        }
        if let Some((margin, vector)) = nearest {
            eprintln!("{:?}: {margin:.3} of what matters", cases[case]);
            if margin > 0.0 && open.contains(&case) {
                live_again(&vector, &mut open);
            }
        }
    }
    std::fs::write(&path, written(&cases, &kept, &open, parameters.len())).unwrap();
}

/// What was found, and what was not, as a file.
fn written(cases: &[Case], kept: &[(Vector, Found)], open: &[usize], parameters: usize) -> String {
    let mut text = String::new();
    let arms = ARMS.join(", ");
    let _ = writeln!(
        text,
        "# Reverse worlds: parameter values within their declared ranges under which a regime is\n\
         # best, or worst, of all ({arms})\n\
         # on a headline of a family. Written by examples/reverse_worlds.rs from {VECTORS} vectors of\n\
         # a Latin hypercube over {parameters} parameters; margins are the smallest mean difference from\n\
         # any other arm over {MANY} replicates, and each leaves 0 out of its 95% interval.\n\
         # What only counts what a rule allows ({}) is left out.\n",
        MEANT.join(", ")
    );
    for (vector, found) in kept {
        let _ = writeln!(text, "[[world]]");
        let _ = writeln!(text, "cases = [");
        for (case, metric, margin) in found {
            let Case { regime, family, end } = &cases[*case];
            let end = if *end == End::Best { "best" } else { "worst" };
            let (family, headline) = (family.id(), metric.declaration().id);
            let _ = writeln!(
                text,
                "    {{ regime = \"{regime}\", family = \"{family}\", end = \"{end}\", \
                 headline = \"{headline}\", margin = {margin:.4} }},"
            );
        }
        let _ = writeln!(text, "]\n[world.parameters]");
        for (name, value) in vector {
            let _ = writeln!(text, "{name} = {value:?}");
        }
        let _ = writeln!(text);
    }
    for case in open {
        let Case { regime, family, end } = &cases[*case];
        let end = if *end == End::Best { "best" } else { "worst" };
        let family = family.id();
        let _ = writeln!(
            text,
            "[[not_found]]\nregime = \"{regime}\"\nfamily = \"{family}\"\nend = \"{end}\"\n\
             why = \"\"\n"
        );
    }
    text
}
