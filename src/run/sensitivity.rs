//! Runs the rows of a design, and says which inputs a figure depends on.

use super::attribute::Simulate;
use super::pieces::{self, Pieces};
use crate::analysis::measure::value;
use crate::cell::CellId;
use crate::designs::blocks::blocks;
use crate::designs::points::{Fault, Table};
use crate::designs::trajectories::trajectories;
use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::outcomes::{Outcomes, Period};
use crate::resampling::Ranged;
use crate::sensitivity::Found;
use crate::sensitivity::effects::effects;
use crate::sensitivity::inputs::{Grouped, Inputs};
use crate::sensitivity::shares::shares;
use crate::store::files::checksum;
use crate::store::resolved;
use crate::table::{Column, all, columns, csv, number, optional};
use crate::terminal::sensitivity::Asked;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Rows of one piece of work.
const ABREAST: usize = 8;
/// Resamples from which intervals are read.
const RESAMPLES: u32 = 1000;
/// Levels of each number of a trajectory.
const LEVELS: u32 = 4;
/// Candidates of which trajectories are chosen, for each that is wanted.
const CANDIDATES: u32 = 10;
/// Most candidates, unless more trajectories are wanted.
const CANDIDATES_IN_ALL: u32 = 100;

/// The design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Morris's trajectories.
    Trajectories,
    /// Saltelli's blocks.
    Blocks {
        /// Whether what two groups do only together is asked for.
        pairs: bool,
    },
}

/// The figure that is looked at, for everybody and the whole period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The metric.
    pub metric: Metric,
    /// World that it is read in: 0 is the comparator's, 1 the first regime's.
    pub world: usize,
    /// World that it is compared with, where it is a paired difference.
    pub less: Option<usize>,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is run: its regimes are those that the figure is about.
    pub experiment: Experiment,
    /// The figure, as typed.
    pub said: String,
    /// The figure.
    pub figure: Figure,
    /// What is varied.
    pub inputs: Inputs,
    /// How.
    pub design: Design,
    /// Trajectories or blocks.
    pub size: u32,
}

impl Question {
    /// What was asked, for a terminal.
    pub fn told(&self) -> Asked<'_> {
        Asked {
            where_: super::attribute::places_and_years(&self.experiment),
            said: &self.said,
            metric: self.figure.metric,
            groups: &self.inputs.groups,
            rows: self.table().map_or(0, |table| table.rows.len()),
        }
    }

    /// The design, written whole.
    ///
    /// # Errors
    ///
    /// When there can be no such design.
    pub fn table(&self) -> Result<Table, Fault> {
        let (seed, columns) = (self.experiment.seed, self.inputs.columns());
        match self.design {
            Design::Trajectories => {
                // Choosing takes longer by the square of these.
                let most = CANDIDATES_IN_ALL.max(self.size);
                let candidates = self.size.saturating_mul(CANDIDATES).min(most);
                trajectories(seed, &columns, LEVELS, self.size, candidates)
            }
            Design::Blocks { pairs } => blocks(seed, &columns, self.size, pairs),
        }
    }
}

/// Runs the design, or goes on with it, and writes what was found.
///
/// # Errors
///
/// When there can be no such design, the folder may not be used, the disk fails, or too few
/// repetitions of the design have a value; what is finished is then kept.
pub fn sensitivity(
    question: &Question,
    simulate: Simulate<'_>,
    settings: &super::Settings,
) -> anyhow::Result<(PathBuf, Found)> {
    let table = question.table()?;
    let written = question.inputs.written(&table)?;
    let plain = Experiment { uncertainty: None, ..question.experiment.clone() };
    let inputs = resolved::files(&plain)?;
    let sums = inputs.iter().map(|(path, bytes)| (path.as_str(), checksum(bytes)));
    let origin = json!({
        "inputs": sums.collect::<std::collections::BTreeMap<_, _>>(),
        "design": checksum(&written),
        "groups": question.inputs.groups.iter().map(|g| (&g.id, &g.inputs)).collect::<Vec<_>>(),
        "of": format!("{:?}", question.figure),
    });
    let usual = format!("sensitivity-{}", question.experiment.id);
    pieces::done(&Path::new("results").join(usual), &origin, settings, |pieces| {
        // Before anything runs: a run is a function of it.
        pieces.write("design.csv", &written)?;
        let values = values(question, &table, simulate, pieces)?;
        let seed = question.experiment.seed;
        let found = match question.design {
            Design::Trajectories => Found::Effects(effects(&table, &values, seed, RESAMPLES)?),
            Design::Blocks { .. } => Found::Shares(shares(&table, &values, seed, RESAMPLES)?),
        };
        let rows = rows(question, &found);
        let tables = vec![
            ("sensitivity.csv", csv(&all(COLUMNS), &rows)?),
            (
                "values.csv",
                csv(&all(VALUES), &values.iter().copied().enumerate().collect::<Vec<_>>())?,
            ),
        ];
        Ok((found, tables))
    })
}

fn values(
    question: &Question,
    table: &Table,
    simulate: Simulate<'_>,
    pieces: &Pieces<'_>,
) -> anyhow::Result<Vec<Option<f64>>> {
    let jobs: Vec<(usize, &[Vec<f64>])> = table.rows.chunks(ABREAST).enumerate().collect();
    let name = |job: &(usize, &[Vec<f64>])| format!("{:07}", job.0);
    let of = |row: &Vec<f64>| at(question, row, simulate);
    let made: Vec<Vec<Option<f64>>> =
        pieces.made(&jobs, name, |(_, rows)| rows.iter().map(of).collect::<Vec<_>>())?;
    Ok(made.concat())
}

/// The figure at a row of the design, over all places; none where the community would all
/// but hold itself up.
fn at(question: &Question, row: &[f64], simulate: Simulate<'_>) -> Option<f64> {
    let (experiment, replicate) = question.inputs.applied(&question.experiment, row);
    let places = experiment.places.len() as u32;
    let of = |system| CellId { system, beliefs: 0, draw: 0, replicate };
    let together = if experiment.learning { places.max(1) as usize } else { 1 };
    let ids: Vec<CellId> = (0..places).map(of).collect();
    let mut over_places: Vec<Outcomes> = Vec::new();
    for cell in ids.chunks(together).flat_map(|unit| simulate(&experiment, unit)) {
        if cell.runs_away.is_some() {
            return None;
        }
        match over_places.is_empty() {
            true => over_places = cell.worlds,
            false => over_places.iter_mut().zip(&cell.worlds).for_each(|(all, one)| all.merge(one)),
        }
    }
    let comparator = over_places.first()?;
    let Figure { metric, world, less } = question.figure;
    let of = |world: usize| value(metric, over_places.get(world)?, comparator, 0, Period::Whole);
    match less {
        Some(less) => of(world).zip(of(less)).map(|(one, other)| one - other),
        None => of(world),
    }
}

/// A row of `sensitivity.csv`.
#[derive(Debug)]
pub struct Row {
    of: String,
    unit: &'static str,
    groups: [String; 2],
    inputs: String,
    measure: &'static str,
    at: Option<f64>,
    range: Option<(f64, f64)>,
    n: u32,
}

fn rows(question: &Question, found: &Found) -> Vec<Row> {
    let unit = question.figure.metric.declaration().unit;
    let mut rows = Vec::new();
    let group = |index: usize| question.inputs.groups.get(index);
    let mut put = |groups: [usize; 2], measure, at: Option<f64>, range: Option<&Ranged>, n| {
        let [one, other] = groups.map(group);
        let id = |of: Option<&Grouped>| of.map_or(String::new(), |group| group.id.clone());
        rows.push(Row {
            of: question.said.clone(),
            unit,
            groups: [id(one), if groups[0] == groups[1] { String::new() } else { id(other) }],
            inputs: one.map_or(String::new(), |group| group.inputs.join(" ")),
            measure,
            at,
            range: range.map(|range| (range.low, range.high)),
            n,
        });
    };
    match found {
        Found::Effects(effects) => {
            for (index, effect) in effects.iter().enumerate() {
                let size = effect.size.as_ref();
                put([index; 2], "size", size.map(|size| size.at), size, effect.n);
                put([index; 2], "mean", effect.mean, None, effect.n);
                put([index; 2], "deviation", effect.deviation, None, effect.n);
            }
        }
        Found::Shares(shares) => {
            let n = shares.whole as u32;
            for (index, share) in shares.groups.iter().enumerate() {
                put([index; 2], "alone", Some(share.alone.at), Some(&share.alone), n);
                put([index; 2], "total", Some(share.total.at), Some(&share.total), n);
            }
            for ((one, other), pair) in &shares.pairs {
                put([*one, *other], "together", Some(pair.at), Some(pair), n);
            }
        }
    }
    rows
}

/// The columns of `sensitivity.csv`.
pub const COLUMNS: &[Column<Row>] = columns! {
    "of", "text", "The figure, as it was asked for.", |r| r.of.clone();
    "unit", "text", "Its unit.", |r| r.unit.to_owned();
    "group", "text", "The group of inputs; `luck` is one.", |r| r.groups[0].clone();
    "with", "text", "The other group, of two together.", |r| r.groups[1].clone();
    "inputs", "text", "Inputs of the group, parted by spaces.", |r| r.inputs.clone();
    "measure", "text", "Of trajectories, in the figure's unit for the whole of a range: `size`, the mean size of the effect (Morris's μ*); `mean`, the mean effect (μ); `deviation`, its standard deviation (σ). Of blocks, shares of variance: `alone` (first order), `total`, `together` (second order, of two groups).", |r| r.measure.to_owned();
    "value", "number", "What it is; empty where there is none: a group of several inputs has no direction.", |r| optional(r.at);
    "low", "number", "Lower end of its 95% interval (bootstrap over trajectories or blocks).", |r| optional(r.range.map(|range| range.0));
    "high", "number", "Upper end.", |r| optional(r.range.map(|range| range.1));
    "n", "whole number", "Trajectories or blocks that have a value for it.", |r| r.n.to_string();
};

/// The columns of `values.csv`.
pub const VALUES: &[Column<(usize, Option<f64>)>] = columns! {
    "row", "whole number", "Row of design.csv.", |r| r.0.to_string();
    "value", "number", "The figure there; empty where the community would all but hold itself up, or nobody was there to measure it on.", |r| r.1.map_or_else(String::new, number);
};
