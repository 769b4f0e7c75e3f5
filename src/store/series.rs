//! `series.parquet`: every metric month by month, with its interval.

use super::parquet::{Field, Holds, Table, Value};
use crate::analysis::series::{Row, Series};
use std::io::Write;

macro_rules! columns {
    ($($name:literal, $holds:ident, $meaning:literal, $value:expr;)+) => {
        &[$(Field { name: $name, holds: Holds::$holds, meaning: $meaning, value: $value },)+]
    };
}

/// The columns of the file, in order.
pub const COLUMNS: &[Field<Row>] = columns! {
    "regime", Text, "Id of the regime. Months before the fork, when all regimes are one world, stand under the comparator.", |r| Value::Text(&r.regime);
    "metric", Text, "Id of the metric, family.name; for everybody in all places.", |r| Value::Text(r.metric.declaration().id);
    "unit", Text, "Unit of mean, low, high and the difference; what is counted a year is as if the month went on for one.", |r| Value::Text(r.metric.declaration().unit);
    "month", Whole, "Month after the fork, from 1; 0 is the last before it, and below are the burn-in's.", |r| Value::Whole(Some(r.month));
    "date", Text, "The month's date, such as 2015-04.", |r| Value::Text(&r.date);
    "mean", Number, "Mean over replicates; missing in months in which it was not read.", |r| Value::Number(r.level.mean());
    "low", Number, "Low end of the 95% interval: of the mean over luck, or the range over parameters.", |r| Value::Number(r.interval.map(|i| i.0));
    "high", Number, "High end of the same interval.", |r| Value::Number(r.interval.map(|i| i.1));
    "n", Whole, "Replicates in which it could be measured; where parameters are drawn, draws.", |r| Value::Whole(r.level.n().try_into().ok());
    "difference", Number, "Mean paired difference from the comparator; missing for the comparator itself.", |r| Value::Number(r.difference.mean());
    "difference_low", Number, "Low end of the 95% interval of the mean difference.", |r| Value::Number(r.difference_interval.map(|i| i.0));
    "difference_high", Number, "High end of the 95% interval of the mean difference.", |r| Value::Number(r.difference_interval.map(|i| i.1));
    "interval", Text, "What the intervals take in: luck, or parameters.", |r| Value::Text(r.basis.interval());
    "beliefs", Text, "Whose ranges parameters were drawn from; empty where none were drawn.", |r| Value::Text(r.basis.beliefs);
};

/// The file while it is being made.
pub struct File<W: Write + Send>(Table<W>);

impl<W: Write + Send> File<W> {
    /// Begins the file.
    ///
    /// # Errors
    ///
    /// When `to` fails.
    pub fn begin(to: W) -> anyhow::Result<Self> {
        let columns: Vec<_> = COLUMNS.iter().map(|c| (c.name, c.holds)).collect();
        Ok(Self(Table::begin(to, &columns, &[])?))
    }

    /// Adds every month under one beliefs.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn add(&mut self, series: &Series<'_>) -> anyhow::Result<()> {
        series.rows(|row| self.0.put(COLUMNS.iter().map(|c| (c.value)(row))))
    }

    /// Writes the end of the file, and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn finish(self) -> anyhow::Result<W> {
        self.0.finish()
    }
}
