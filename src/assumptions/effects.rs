//! What moving one parameter at a time does to headline differences.
//!
//! Every run has the same luck, so that what a parameter does is the difference between
//! two ends in the same replicate. `cargo run --release --example effects` measures all of
//! it and writes `data/effects.csv`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use csv::StringRecord;
use serde::{Deserialize, Serialize};

use crate::analysis::measure;
use crate::analysis::moments::Moments;
use crate::cell;
use crate::declare::Parameter;
use crate::draws::Draws;
use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::outcomes::{Outcomes, Period};

use super::at;
use super::weights::headlines;

const SHIPPED: &str = include_str!("../../data/effects.csv");

/// The experiment that the shipped effects were measured in.
pub const EXPERIMENT: &str = "four-regimes";
/// Years after the fork there.
pub const YEARS: u64 = 5;
/// Replicates there.
pub const REPLICATES: u64 = 3;

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// At its default, like all others.
    Default,
    /// At the low end of its plausible range.
    Low,
    /// At the high end.
    High,
    /// No parameter is meant but a causal link, which is switched off.
    Off,
}

/// A headline difference with one parameter at an end of its range, and all else at default.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The parameter, or the causal link; empty where all stand at their defaults.
    pub parameter: String,
    /// Where it stands.
    pub end: End,
    /// Its value there; nothing where all stand at their defaults.
    pub value: Option<f64>,
    /// The regime.
    pub regime: String,
    /// The headline's id.
    pub metric: String,
    /// Mean difference from the comparator, in the metric's unit.
    pub difference: f64,
    /// Its standard error over replicates, where all stand at their defaults.
    pub standard_error: Option<f64>,
    /// At the high end: standard error of the difference there less that at the low end,
    /// paired by replicate. With a link off: less that with every link on.
    pub error_of_swing: Option<f64>,
    /// Replicates.
    pub n: u32,
}

/// All that was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    rows: Vec<Effect>,
    /// Indices of the rows of each parameter.
    of: BTreeMap<String, Vec<usize>>,
}

/// Headline differences by replicate: `[replicate][regime][headline]`.
pub type Differences = Vec<Vec<Vec<Option<f64>>>>;

/// Headline differences of each regime from the comparator over the whole time, in every
/// replicate; of an experiment in one place.
pub fn differences(experiment: &Experiment) -> Differences {
    let of_replicate = |replicate| {
        let draws = Draws { seed: experiment.seed, draw: 0, replicate };
        let fork = cell::burn_in(experiment, &experiment.places[0], draws);
        let comparator = cell::lives_on(experiment, fork.clone(), &experiment.comparator);
        let level =
            |metric, world: &Outcomes| measure::value(metric, world, &comparator, 0, Period::Whole);
        let of_regime = |regime| {
            let world = cell::lives_on(experiment, fork.clone(), regime);
            let apart = |metric| Some(level(metric, &world)? - level(metric, &comparator)?);
            headlines().map(apart).collect()
        };
        experiment.regimes.iter().map(of_regime).collect()
    };
    (0..experiment.replicates).map(of_replicate).collect()
}

/// Mean and spread over replicates of what `of` gives for each; none where a replicate
/// has no value.
fn over(n: usize, of: impl Fn(usize) -> Option<f64>) -> Option<Moments> {
    let mut moments = Moments::default();
    for replicate in 0..n {
        moments.add(Some(of(replicate)?));
    }
    moments.mean().map(|_| moments)
}

/// Three figures are as many as a few replicates have meaning for.
fn figures(x: f64) -> f64 {
    format!("{x:.2e}").parse().unwrap_or(x)
}

/// Rows for one parameter at both ends.
pub fn rows(
    experiment: &Experiment,
    parameter: &Parameter,
    low: &Differences,
    high: &Differences,
) -> Vec<Effect> {
    let mut rows = Vec::new();
    for (end, seen) in [(End::Low, low), (End::High, high)] {
        rows.extend(of_end(experiment, parameter.name, end, Some(at(parameter, end)), seen));
    }
    let half = rows.len() / 2;
    swings(experiment, &mut rows[half..], low, high);
    rows
}

/// Rows with one causal link off, all parameters at their defaults; `on` with every link.
pub fn without(
    experiment: &Experiment,
    link: &str,
    on: &Differences,
    off: &Differences,
) -> Vec<Effect> {
    let mut rows = of_end(experiment, link, End::Off, None, off);
    swings(experiment, &mut rows, on, off);
    rows
}

/// Enters how well it is known how far each row's difference, `to`, is from that in `from`.
fn swings(experiment: &Experiment, rows: &mut [Effect], from: &Differences, to: &Differences) {
    for row in rows {
        let regime = experiment.regimes.iter().position(|regime| regime.id == row.regime);
        let headline = headlines().position(|metric| metric.declaration().id == row.metric);
        let swing = regime.zip(headline).and_then(|(regime, headline)| {
            over(from.len().min(to.len()), |replicate| {
                let of = |seen: &Differences| seen[replicate][regime][headline];
                Some(of(to)? - of(from)?)
            })
        });
        row.error_of_swing = swing.and_then(|swing| swing.standard_error()).map(figures);
    }
}

/// Rows with all parameters at their defaults.
pub fn defaults(experiment: &Experiment, seen: &Differences) -> Vec<Effect> {
    of_end(experiment, "", End::Default, None, seen)
}

fn of_end(
    experiment: &Experiment,
    parameter: &str,
    end: End,
    value: Option<f64>,
    seen: &Differences,
) -> Vec<Effect> {
    let mut rows = Vec::new();
    for (r, regime) in experiment.regimes.iter().enumerate() {
        for (h, metric) in headlines().enumerate() {
            let Some(moments) = over(seen.len(), |replicate| seen[replicate][r][h]) else {
                continue;
            };
            rows.push(Effect {
                parameter: parameter.to_owned(),
                end,
                value,
                regime: regime.id.clone(),
                metric: metric.declaration().id.to_owned(),
                difference: figures(moments.mean().unwrap_or_default()),
                standard_error: moments
                    .standard_error()
                    .map(figures)
                    .filter(|_| end == End::Default),
                error_of_swing: None,
                n: moments.n(),
            });
        }
    }
    rows
}

impl Effects {
    /// From rows, in any order.
    pub fn new(rows: Vec<Effect>) -> Self {
        let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            of.entry(row.parameter.clone()).or_default().push(index);
        }
        Self { rows, of }
    }

    /// From the text of a CSV file.
    ///
    /// # Errors
    ///
    /// Where a row cannot be read.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers()?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            let head: Head = StringRecord::from_iter(record.iter().take(HEAD.len()))
                .deserialize(Some(&StringRecord::from(HEAD.to_vec())))?;
            for at in (HEAD.len()..record.len()).step_by(2) {
                let number = |cell: usize| -> anyhow::Result<Option<f64>> {
                    let text = record.get(cell).filter(|text| !text.is_empty());
                    Ok(text.map(str::parse).transpose()?)
                };
                let (Some(metric), Some(difference)) = (headers.get(at), number(at)?) else {
                    continue;
                };
                let error = number(at + 1)?;
                let alone = head.end == End::Default;
                rows.push(Effect {
                    parameter: head.parameter.clone(),
                    end: head.end,
                    value: head.value,
                    regime: head.regime.clone(),
                    metric: metric.to_owned(),
                    difference,
                    standard_error: error.filter(|_| alone),
                    error_of_swing: error.filter(|_| !alone),
                    n: head.n,
                });
            }
        }
        Ok(Self::new(rows))
    }

    /// As the bytes of a CSV file: a row for each parameter, end and regime, and two columns
    /// for each headline, the difference and its error.
    ///
    /// # Errors
    ///
    /// Writing to memory does not fail; the error is passed on all the same.
    pub fn written(&self) -> anyhow::Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        let of_headlines = headlines().flat_map(|metric| {
            let id = metric.declaration().id;
            [id.to_owned(), format!("{id}.error")]
        });
        writer.write_record(HEAD.iter().map(|name| (*name).to_owned()).chain(of_headlines))?;
        let together = |a: &Effect, b: &Effect| {
            (&a.parameter, a.end, &a.regime) == (&b.parameter, b.end, &b.regime)
        };
        for rows in self.rows.chunk_by(together) {
            let first = &rows[0];
            let head = Head {
                parameter: first.parameter.clone(),
                end: first.end,
                value: first.value,
                regime: first.regime.clone(),
                n: first.n,
            };
            let numbers: Vec<Option<f64>> = headlines()
                .flat_map(|metric| {
                    let row = rows.iter().find(|row| row.metric == metric.declaration().id);
                    let error = row.and_then(|row| row.error_of_swing.or(row.standard_error));
                    [row.map(|row| row.difference), error]
                })
                .collect();
            writer.serialize((head, numbers))?;
        }
        Ok(writer.into_inner()?)
    }

    /// Regimes, in the order in which they come.
    pub fn regimes(&self) -> Vec<&str> {
        let mut regimes: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !regimes.contains(&row.regime.as_str()) {
                regimes.push(&row.regime);
            }
        }
        regimes
    }

    /// The difference with a parameter at an end, if it was measured at the value that the
    /// ledger has there now.
    pub fn find(
        &self,
        parameter: &Parameter,
        end: End,
        regime: &str,
        metric: Metric,
    ) -> Option<&Effect> {
        let id = metric.declaration().id;
        self.of(parameter.name).find(|row| {
            row.end == end
                && row.value == Some(at(parameter, end))
                && row.regime == regime
                && row.metric == id
        })
    }

    /// The difference with all parameters at their defaults.
    pub fn default_of(&self, regime: &str, metric: Metric) -> Option<&Effect> {
        let id = metric.declaration().id;
        self.of("").find(|row| row.regime == regime && row.metric == id)
    }

    /// The difference with a causal link off.
    pub fn without(&self, link: &str, regime: &str, metric: Metric) -> Option<&Effect> {
        let id = metric.declaration().id;
        let mut rows = self.of(link).filter(|row| row.end == End::Off);
        rows.find(|row| row.regime == regime && row.metric == id)
    }

    fn of(&self, parameter: &str) -> impl Iterator<Item = &Effect> {
        self.of.get(parameter).into_iter().flatten().map(|index| &self.rows[*index])
    }

    /// Whether nothing has been measured.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// What stands before the headlines in a row of the file.
#[derive(Serialize, Deserialize)]
struct Head {
    parameter: String,
    end: End,
    value: Option<f64>,
    regime: String,
    n: u32,
}

/// Its columns.
const HEAD: [&str; 5] = ["parameter", "end", "value", "regime", "n"];

/// What was measured ahead and ships.
///
/// # Panics
/// Never for the table built in, which a test reads in full.
pub fn shipped() -> &'static Effects {
    static ALL: OnceLock<Effects> = OnceLock::new();
    ALL.get_or_init(|| Effects::read(SHIPPED).expect("the built-in effects can be read"))
}
