//! Runs the regimes between two, and says what each group of levers accounts for.
//!
//! A cell of coalitions is like any other: one burn-in, then a fork into each regime under
//! the same luck. A replicate has several cells, so that a long one can be gone on with.

use super::pieces::{self, Pieces};
use crate::analysis::measure::value;
use crate::cell::{Cell, CellId};
use crate::discovery::attribution::{self, Attribution, Sampled, attribution, everybody};
use crate::discovery::coalitions::{Group, between};
use crate::experiment::{Experiment, Regime};
use crate::metrics::{Metric, PRICE_YEAR};
use crate::outcomes::{Outcomes, Period};
use crate::resampling::Ranged;
use crate::store::files::checksum;
use crate::store::resolved;
use crate::table::{Column, all, columns, csv, optional};
use crate::terminal::attribution::Asked;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The model: the cells of a unit of an experiment.
pub type Simulate<'a> = &'a (dyn Fn(&Experiment, &[CellId]) -> Vec<Cell> + Sync);

/// Coalitions of one cell: beside them the comparator and the placebo are lived too.
const ABREAST: usize = 32;

/// What is to be shared out.
#[derive(Clone, Debug)]
pub struct Question {
    /// Place, years, luck and parameters; its regimes are not looked at.
    pub experiment: Experiment,
    /// The regime that the difference is from.
    pub from: Regime,
    /// The other one.
    pub to: Regime,
    /// The levers that differ.
    pub groups: Vec<Group>,
    /// What is measured, for everybody and the whole period.
    pub metrics: Vec<Metric>,
    /// Pairs of orders in each replicate, one of the two the other backwards; none where all
    /// coalitions are run.
    pub orders: Option<u32>,
}

/// The differences, shared out.
#[derive(Clone, Debug)]
pub struct Found {
    /// By metric; none where it was not measured in two replicates.
    pub by_metric: Vec<(Metric, Option<Attribution>)>,
}

impl Question {
    /// Coalitions of a replicate, in order.
    pub fn coalitions(&self, replicate: u32) -> Vec<u64> {
        let groups = self.groups.len();
        match self.orders {
            None => (0..=everybody(groups)).collect(),
            Some(_) => self.sampled(replicate).coalitions(groups),
        }
    }

    /// What was asked, for a terminal.
    pub fn told(&self) -> Asked<'_> {
        Asked {
            where_: places_and_years(&self.experiment),
            regimes: [&self.from.id, &self.to.id],
            groups: &self.groups,
            orders: self.orders.map(|pairs| 2 * pairs),
            replicates: self.experiment.replicates,
        }
    }

    fn sampled(&self, replicate: u32) -> Sampled {
        let pairs = self.orders.unwrap_or(0);
        Sampled::drawn(self.experiment.seed, self.groups.len(), replicate, pairs)
    }

    /// The experiment in which some coalitions are the regimes.
    fn of(&self, coalitions: &[u64]) -> Experiment {
        let regime = |one: &u64| between(&self.from, &self.to, &self.groups, *one);
        Experiment {
            regimes: coalitions.iter().map(regime).collect(),
            uncertainty: None,
            precision: None,
            stresses: Vec::new(),
            ..self.experiment.clone()
        }
    }
}

/// Where an experiment is, and for how long, in words.
pub fn places_and_years(experiment: &Experiment) -> String {
    let places: Vec<&str> = experiment.places.iter().map(|place| place.name.as_str()).collect();
    let places = match places.as_slice() {
        few @ ([_] | [_, _] | [_, _, _]) => few.join(", "),
        many => format!("{} places", many.len()),
    };
    let years = if experiment.years == 1 { "year" } else { "years" };
    format!("{places}; {} {years}; £ at {PRICE_YEAR} prices", experiment.years)
}

/// Shares out the differences, or goes on with it, and writes what was found.
///
/// # Errors
///
/// When the folder may not be used, or the disk fails; what is finished is then kept.
pub fn attribute(
    question: &Question,
    simulate: Simulate<'_>,
    settings: &super::Settings,
) -> anyhow::Result<(PathBuf, Found)> {
    let inputs = resolved::files(&question.of(&[0, everybody(question.groups.len())]))?;
    let sums = inputs.iter().map(|(path, bytes)| (path.as_str(), checksum(bytes)));
    let origin = json!({
        "inputs": sums.collect::<std::collections::BTreeMap<_, _>>(),
        "from": question.from.id,
        "to": question.to.id,
        "groups": question.groups.iter().map(|g| (&g.id, &g.levers)).collect::<Vec<_>>(),
        "metrics": question.metrics.iter().map(|m| m.declaration().id).collect::<Vec<_>>(),
        "orders": question.orders,
    });
    let usual = format!("attribute-{}-{}", question.from.id, question.to.id);
    pieces::done(&Path::new("results").join(usual), &origin, settings, |pieces| {
        let found = found(question, simulate, pieces)?;
        let rows = rows(question, &found);
        Ok((found, vec![("attribution.csv", csv(&all(COLUMNS), &rows)?)]))
    })
}

/// Some coalitions of one replicate.
struct Job {
    replicate: u32,
    part: usize,
    coalitions: Vec<u64>,
}

/// `[coalition][metric]`; none where it could not be measured.
type Worths = Vec<Vec<Option<f64>>>;

fn found(
    question: &Question,
    simulate: Simulate<'_>,
    pieces: &Pieces<'_>,
) -> anyhow::Result<Found> {
    let replicates = question.experiment.replicates;
    let mut jobs = Vec::new();
    for replicate in 0..replicates {
        let coalitions = question.coalitions(replicate);
        let parts = coalitions.chunks(ABREAST).map(<[u64]>::to_vec).enumerate();
        jobs.extend(parts.map(|(part, coalitions)| Job { replicate, part, coalitions }));
    }
    let name = |job: &Job| format!("{:06}-{:04}", job.replicate, job.part);
    let made: Vec<Worths> = pieces.made(&jobs, name, |job| worths(question, simulate, job))?;
    let by_metric = question.metrics.iter().enumerate().map(|(index, metric)| {
        let mut runs: Vec<Sampled> = (0..replicates).map(|r| question.sampled(r)).collect();
        for (job, worths) in jobs.iter().zip(&made) {
            let each = job.coalitions.iter().zip(worths).map(|(one, of)| (*one, of[index]));
            runs[job.replicate as usize].worth.extend(each);
        }
        let groups = question.groups.len();
        let shared = match question.orders {
            Some(_) => attribution::sampled(groups, &runs),
            None => {
                let values = |run: &Sampled| run.worth.values().copied().collect();
                attribution(groups, &runs.iter().map(values).collect::<Vec<_>>())
            }
        };
        (*metric, shared)
    });
    Ok(Found { by_metric: by_metric.collect() })
}

/// What the metrics come to in each coalition, over all places.
fn worths(question: &Question, simulate: Simulate<'_>, job: &Job) -> Worths {
    let experiment = question.of(&job.coalitions);
    let places = experiment.places.len() as u32;
    let of = |system| CellId { system, beliefs: 0, draw: 0, replicate: job.replicate };
    let together = if experiment.learning { places.max(1) as usize } else { 1 };
    let ids: Vec<CellId> = (0..places).map(of).collect();
    // One after another, so that not all places' worlds are held at once.
    let mut over_places: Vec<Outcomes> = Vec::new();
    for cell in ids.chunks(together).flat_map(|unit| simulate(&experiment, unit)) {
        match over_places.is_empty() {
            true => over_places = cell.worlds,
            false => over_places.iter_mut().zip(&cell.worlds).for_each(|(all, one)| all.merge(one)),
        }
    }
    let Some((comparator, regimes)) = over_places.split_first() else { return Vec::new() };
    let of = |world: &Outcomes| {
        let metric = |metric: &Metric| value(*metric, world, comparator, 0, Period::Whole);
        question.metrics.iter().map(metric).collect()
    };
    regimes.iter().take(job.coalitions.len()).map(of).collect()
}

/// A row of `attribution.csv`.
#[derive(Debug)]
pub struct Row {
    regimes: [String; 2],
    metric: Metric,
    part: &'static str,
    groups: [String; 2],
    levers: String,
    /// Value, alone, last.
    figures: [Option<Ranged>; 3],
    orders: Option<u32>,
    whole: u32,
}

fn rows(question: &Question, found: &Found) -> Vec<Row> {
    let mut rows = Vec::new();
    let id = |index: &usize| question.groups.get(*index).map_or("", |group| &group.id).to_owned();
    for (metric, shared) in &found.by_metric {
        let Some(shared) = shared else { continue };
        let mut row = |part, groups, levers, figures| {
            rows.push(Row {
                regimes: [question.from.id.clone(), question.to.id.clone()],
                metric: *metric,
                part,
                groups,
                levers,
                figures,
                orders: question.orders.map(|pairs| 2 * pairs),
                whole: shared.whole,
            });
        };
        row("difference", Default::default(), String::new(), [Some(shared.difference), None, None]);
        for (index, part) in shared.parts.iter().enumerate() {
            let levers = question.groups.get(index).map_or(String::new(), |g| g.levers.join(" "));
            let figures = [part.value, part.alone, part.last].map(Some);
            row("group", [id(&index), String::new()], levers, figures);
        }
        for ((one, other), together) in &shared.pairs {
            row("together", [id(one), id(other)], String::new(), [Some(*together), None, None]);
        }
    }
    rows
}

fn figure(of: &Row, which: usize, end: fn(&Ranged) -> f64) -> String {
    optional(of.figures[which].as_ref().map(end))
}

/// The columns of `attribution.csv`.
pub const COLUMNS: &[Column<Row>] = columns! {
    "from", "text", "Regime that the difference is from.", |r| r.regimes[0].clone();
    "to", "text", "Regime that the difference is of.", |r| r.regimes[1].clone();
    "metric", "text", "Whole id of the metric.", |r| r.metric.declaration().id.to_owned();
    "unit", "text", "Unit of all figures of the row.", |r| r.metric.declaration().unit.to_owned();
    "better", "text", "Which way is better.", |r| r.metric.declaration().better.id().to_owned();
    "part", "text", "`difference`: the whole, which the rows `group` add up to; `group`: what one group accounts for; `together`: what two groups do only together.", |r| r.part.to_owned();
    "group", "text", "The group of levers.", |r| r.groups[0].clone();
    "with", "text", "The other group, of two together.", |r| r.groups[1].clone();
    "levers", "text", "Levers of the group that differ between the two regimes, parted by spaces.", |r| r.levers.clone();
    "value", "number", "The difference; of a group, what it adds, averaged over all orders in which groups could be brought in (Shapley's value); of two, their interaction (Grabisch and Roubens's index).", |r| figure(r, 0, |x| x.at);
    "low", "number", "Lower end of the 95% interval of `value`, over replicates.", |r| figure(r, 0, |x| x.low);
    "high", "number", "Upper end.", |r| figure(r, 0, |x| x.high);
    "alone", "number", "What the group does brought in first.", |r| figure(r, 1, |x| x.at);
    "alone_low", "number", "Lower end of its 95% interval.", |r| figure(r, 1, |x| x.low);
    "alone_high", "number", "Upper end.", |r| figure(r, 1, |x| x.high);
    "last", "number", "What the group still adds once all others are there.", |r| figure(r, 2, |x| x.at);
    "last_low", "number", "Lower end of its 95% interval.", |r| figure(r, 2, |x| x.low);
    "last_high", "number", "Upper end.", |r| figure(r, 2, |x| x.high);
    "orders", "whole number", "Orders that were drawn in each replicate; empty where all coalitions were run.", |r| r.orders.map_or_else(String::new, |orders| orders.to_string());
    "replicates", "whole number", "Replicates in which every coalition has a value.", |r| r.whole.to_string();
};
