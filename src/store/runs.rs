//! `runs.parquet`: every replicate by itself, a column a metric.

use super::parquet::{Field, Holds, Table, Value};
use crate::analysis::PLACEBO;
use crate::analysis::measure::value;
use crate::cell::Cell;
use crate::experiment::Experiment;
use crate::metrics::{METRICS, Metric, PRICE_YEAR};
use crate::outcomes::{GROUPS, Outcomes, Period};
use std::io::Write;

/// The place of rows about all of several places together; no place can be called so.
pub const ALL_PLACES: &str = "(all)";

/// What a row is about.
#[derive(Debug)]
pub struct Row {
    regime: String,
    place: String,
    beliefs: &'static str,
    draw: u32,
    replicate: u32,
    /// Index into [`GROUPS`].
    group: usize,
    period: String,
    /// The year, where the period is a single one.
    year: Option<usize>,
}

/// A whole number; none of ours comes near the end of what fits.
fn whole(n: impl TryInto<i32>) -> Value<'static> {
    Value::Whole(n.try_into().ok())
}

/// The columns that say what a row is about; a column for each metric follows.
pub const KEYS: &[Field<Row>] = &[
    Field {
        name: "regime",
        holds: Holds::Text,
        meaning: "Id of the regime; the comparator and the placebo are among them.",
        value: |r| Value::Text(&r.regime),
    },
    Field {
        name: "beliefs",
        holds: Holds::Text,
        meaning: "Whose ranges parameters were drawn from; empty where none were drawn, or a set does not say.",
        value: |r| Value::Text(r.beliefs),
    },
    Field {
        name: "draw",
        holds: Holds::Whole,
        meaning: "Parameter draw, from 0; draws that were refused have no rows.",
        value: |r| whole(r.draw),
    },
    Field {
        name: "replicate",
        holds: Holds::Whole,
        meaning: "Replicate, from 0: rows of one draw, replicate and place are on the same luck, whatever the beliefs, so regimes are compared row by row.",
        value: |r| whole(r.replicate),
    },
    Field {
        name: "place",
        holds: Holds::Text,
        meaning: "The place; (all) is all of several places together.",
        value: |r| Value::Text(&r.place),
    },
    Field {
        name: "group_by",
        holds: Holds::Text,
        meaning: "How people are divided into groups.",
        value: |r| Value::Text(GROUPS[r.group].by.id()),
    },
    Field {
        name: "group",
        holds: Holds::Text,
        meaning: "The group of people.",
        value: |r| Value::Text(GROUPS[r.group].id),
    },
    Field {
        name: "period",
        holds: Holds::Text,
        meaning: "Stretch of time after the fork: whole, final-year (its last twelve months) or year-1 and so on. Single years exist for group_by all, age and mechanism.",
        value: |r| Value::Text(&r.period),
    },
    Field {
        name: "year",
        holds: Holds::Whole,
        meaning: "The year after the fork, from 1, where the period is a single year; missing for whole and final-year, so that no year is counted twice.",
        value: |r| Value::Whole(r.year.and_then(|year| year.try_into().ok())),
    },
];

/// The file while it is being written.
pub struct Runs<'a, W: Write + Send> {
    experiment: &'a Experiment,
    table: Table<W>,
    /// Groups and periods a world has rows for.
    slots: Vec<(usize, Period)>,
}

impl<'a, W: Write + Send> Runs<'a, W> {
    /// Begins the file.
    ///
    /// # Errors
    ///
    /// When `to` fails.
    pub fn begin(experiment: &'a Experiment, to: W) -> anyhow::Result<Self> {
        let mut columns: Vec<_> = KEYS.iter().map(|key| (key.name, key.holds)).collect();
        columns.extend(METRICS.iter().map(|metric| (metric.id, Holds::Number)));
        let units: serde_json::Map<String, serde_json::Value> =
            METRICS.iter().map(|metric| (metric.id.to_owned(), metric.unit.into())).collect();
        let (year, month) = experiment.start;
        let says = [
            ("commissim.name", experiment.name.as_str()),
            ("commissim.comparator", &experiment.comparator.id),
            ("commissim.first_month", &format!("{year:04}-{month:02}")),
            ("commissim.price_year", PRICE_YEAR),
            ("commissim.units", &serde_json::Value::from(units).to_string()),
        ];
        let slots = GROUPS.iter().enumerate().flat_map(|(group, of)| {
            Period::of(of.by, experiment.years).into_iter().map(move |period| (group, period))
        });
        let table = Table::begin(to, &columns, &says)?;
        Ok(Self { experiment, table, slots: slots.collect() })
    }

    /// Takes in a cell, and where it completes a replicate of several places the worlds
    /// of all of them together. Cells come by replicate, and within it by place.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn add(&mut self, cell: &Cell, together: Option<&[Outcomes]>) -> anyhow::Result<()> {
        let place = &self.experiment.places[cell.id.system as usize].id;
        self.rows(cell, place, &cell.worlds)?;
        together.map_or(Ok(()), |worlds| self.rows(cell, ALL_PLACES, worlds))
    }

    fn rows(&mut self, cell: &Cell, place: &str, worlds: &[Outcomes]) -> anyhow::Result<()> {
        let Some(comparator) = worlds.first() else { return Ok(()) };
        let experiment = self.experiment;
        let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
        let regimes = regimes.map(|regime| regime.id.as_str()).chain([PLACEBO]);
        for (regime, world) in regimes.zip(worlds) {
            for (group, period) in &self.slots {
                let year = match period {
                    Period::Year(year) => Some(*year),
                    _ => None,
                };
                let row = Row {
                    regime: regime.to_owned(),
                    place: place.to_owned(),
                    beliefs: experiment.believed(cell.id.beliefs),
                    draw: cell.id.draw,
                    replicate: cell.id.replicate,
                    group: *group,
                    period: period.id(),
                    year,
                };
                let measured = Metric::ALL.iter().map(|metric| {
                    // What is not about people exists for everybody only.
                    let is_there = metric.declaration().of_people || *group == 0;
                    let of = || value(*metric, world, comparator, *group, *period);
                    Value::Number(if is_there { of() } else { None })
                });
                self.table.put(KEYS.iter().map(|key| (key.value)(&row)).chain(measured))?;
            }
        }
        Ok(())
    }

    /// Writes the end of the file, and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn finish(self) -> anyhow::Result<W> {
        self.table.finish()
    }
}
