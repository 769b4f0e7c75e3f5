//! The log of assumptions: what every parameter rests on, and what the headlines rest on.
//!
//! `commissim assumptions` writes a row for each parameter; `docs/assumptions.md` says which
//! of them carry each headline difference. What moving a parameter does is measured ahead
//! ([`effects`]) and shipped as `data/effects.csv`.

pub mod effects;
mod luck;
mod page;
mod weights;
pub mod worth;

pub use page::page;

use crate::declare::{Grade, Parameter};
use crate::evidence;
use crate::explain::{self, Entry};
use crate::metrics::Metric;
use crate::parameters::PARAMETERS;
use effects::{Effects, End};
use weights::{Swing, headlines};

/// How far a parameter's value can be relied on: the evidence's standing, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliability {
    /// Measured by nobody: an assumption with its reason.
    Guess,
    /// Rests on a figure that was recalled and not read in its source, or was fitted within a
    /// range that nobody measured.
    Weak,
    /// Worked out from figures that were read, or fitted within a range of such.
    Fair,
    /// Read in a source.
    Good,
}

impl Reliability {
    /// Every word, from the least to be relied on.
    pub const ALL: [Reliability; 4] =
        [Reliability::Guess, Reliability::Weak, Reliability::Fair, Reliability::Good];

    /// How far a parameter can be relied on.
    pub fn of(parameter: &Parameter) -> Reliability {
        let recalled = || {
            let cited = evidence::cited(parameter.grade.source());
            cited.iter().filter_map(|id| evidence::find(id)).any(|row| !row.was_read())
        };
        match parameter.grade {
            Grade::Assumed(_) => Reliability::Guess,
            Grade::Fitted(_) => Reliability::Weak,
            _ if recalled() => Reliability::Weak,
            Grade::Estimated(_) | Grade::Calibrated(_) => Reliability::Fair,
            Grade::Measured(_) => Reliability::Good,
        }
    }

    /// In tables.
    pub fn word(self) -> &'static str {
        match self {
            Reliability::Guess => "guess",
            Reliability::Weak => "weak",
            Reliability::Fair => "fair",
            Reliability::Good => "good",
        }
    }

    /// What the word says.
    pub fn meaning(self) -> &'static str {
        match self {
            Reliability::Guess => "nobody measured it: the value has a reason and no source",
            Reliability::Weak => {
                "rests on a figure that was recalled and not read in its source, or was fitted within a range that nobody measured"
            }
            Reliability::Fair => {
                "worked out from figures that were read, or fitted within a range of such"
            }
            Reliability::Good => "read in a source",
        }
    }
}

/// How much a parameter's plausible range weighs with some headline difference, in a word.
fn impact(swings: &[Swing]) -> &'static str {
    let most = |of: fn(&Swing) -> bool| swings.iter().any(of);
    if swings.is_empty() {
        "not measured"
    } else if most(Swing::matters) {
        "high"
    } else if most(Swing::may_matter) {
        "perhaps"
    } else {
        "low"
    }
}

/// The column of the log that says how a headline difference moves.
pub fn column(regime: &str, metric: Metric) -> String {
    format!("{regime}: {}", metric.declaration().id)
}

/// The column beside it: half of the 95% interval over replicates.
pub fn half_column(column: &str) -> String {
    format!("{column}, ±")
}

/// The log as the bytes of a CSV file: a row for each parameter, in the ledger's order, with
/// how each headline difference moves as the parameter goes from the low to the high end of
/// its plausible range, and half of the 95% interval of that over replicates (±).
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn csv(effects: &Effects) -> anyhow::Result<Vec<u8>> {
    let entries = explain::entries(explain::Kind::Parameter);
    let said = |name: &str, label: &str| -> String {
        let entry = entries.iter().find(|entry| entry.name == name);
        let facts = |entry: &Entry| {
            let all = entry.facts.iter().filter(|fact| fact.label == label);
            all.map(|fact| fact.text.clone()).collect::<Vec<_>>().join("; ")
        };
        entry.map(facts).unwrap_or_default()
    };
    let lines: Vec<(&str, Metric)> = effects
        .regimes()
        .into_iter()
        .flat_map(|regime| headlines().map(move |metric| (regime, metric)))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let plain = [
        "parameter",
        "section",
        "meaning",
        "unit",
        "default",
        "low",
        "high",
        "drawn",
        "grade",
        "source_or_why",
        "reliability",
        "impact",
        "matters_to",
        "may_matter_to",
        "worth_knowing",
    ];
    let columns = lines.iter().flat_map(|(regime, metric)| {
        let column = column(regime, *metric);
        [column.clone(), half_column(&column)]
    });
    writer.write_record(plain.iter().map(|name| (*name).to_owned()).chain(columns))?;
    for parameter in PARAMETERS {
        let swings: Vec<Option<Swing>> = lines
            .iter()
            .map(|(regime, metric)| Swing::of(effects, parameter, regime, *metric))
            .collect();
        let named = |is: fn(&Swing) -> bool| {
            let pairs = lines.iter().zip(&swings);
            let named = pairs.filter(|(_, swing)| swing.as_ref().is_some_and(is));
            let named = named.map(|((regime, metric), _)| column(regime, *metric));
            named.collect::<Vec<_>>().join("; ")
        };
        let known: Vec<Swing> = swings.iter().flatten().copied().collect();
        let row = [
            parameter.name.to_owned(),
            parameter.section.to_owned(),
            parameter.meaning.trim().to_owned(),
            parameter.unit.to_owned(),
            parameter.default.to_string(),
            parameter.low.to_string(),
            parameter.high.to_string(),
            said(parameter.name, "drawn"),
            parameter.grade.word().to_owned(),
            parameter.grade.source().to_owned(),
            Reliability::of(parameter).word().to_owned(),
            impact(&known).to_owned(),
            named(Swing::matters),
            named(Swing::may_matter),
            worth::of_parameter(worth::shipped(), parameter.name),
        ];
        let written = |number: Option<f64>| number.map_or(String::new(), |x| x.to_string());
        let moved = swings.iter().flat_map(|swing| {
            let half = swing.and_then(|swing| swing.half());
            [written(swing.map(|swing| swing.moved)), written(half)]
        });
        writer.write_record(row.into_iter().chain(moved))?;
    }
    Ok(writer.into_inner()?)
}

/// A parameter that moves a headline difference by more than is worth a decision, and by
/// more than luck explains, as it goes from the low to the high end of its plausible range.
#[derive(Clone, Debug)]
pub struct Turning<'a> {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Id of the regime.
    pub regime: &'a str,
    /// The headline.
    pub metric: Metric,
    /// How far the difference moves, in the metric's unit.
    pub moved: f64,
    /// Half of the 95% interval of that over replicates.
    pub half: f64,
}

/// Every parameter that turns some headline difference, with the differences it turns.
pub fn turning(effects: &Effects) -> Vec<Turning<'_>> {
    let mut found = Vec::new();
    for parameter in movable() {
        for regime in effects.regimes() {
            for metric in headlines() {
                let swing = Swing::of(effects, parameter, regime, metric);
                let half = swing.and_then(|swing| swing.half());
                if let Some((swing, half)) = swing.filter(Swing::matters).zip(half) {
                    found.push(Turning { parameter, regime, metric, moved: swing.moved, half });
                }
            }
        }
    }
    found
}

/// Parameters whose plausible range has two ends: the others cannot be moved.
pub fn movable() -> impl Iterator<Item = &'static Parameter> {
    PARAMETERS.iter().filter(|parameter| parameter.low < parameter.high)
}

/// The value of a parameter at an end of its plausible range.
pub fn at(parameter: &Parameter, end: End) -> f64 {
    match end {
        End::Default | End::Off => parameter.default,
        End::Low => parameter.low,
        End::High => parameter.high,
    }
}
