//! Rows of the tables as estimates that words and figures are made from.

use super::{At, Estimate};
use crate::briefing::book::{Difference, Economic, Gain, Level, Stress};
use crate::outcomes::Period;

/// Columns of a mean and its interval.
pub const COLUMNS: [&str; 3] = ["mean", "low", "high"];

/// The word of tables for intervals over parameters.
const PARAMETERS: &str = "parameters";

/// The word of tables for intervals of the mean over draws, which are narrower than what
/// the draws came to.
pub const MEAN_OF_DRAWS: &str = "mean over draws";

/// What is said of such an interval.
pub const NARROWER: &str = "narrower than how far draws differ";

/// Finer than a tenth of this nobody reads shares of people.
const POINT: f64 = 0.01;

impl Estimate {
    /// A row of `differences.csv`.
    pub fn difference(row: &Difference) -> Self {
        Self {
            mean: row.mean,
            interval: row.low.zip(row.high),
            drawn: row.interval == PARAMETERS,
            luck: row.luck_se.filter(|_| row.interval == PARAMETERS),
            verdict: row.verdict,
            matters: row.matters,
            columns: COLUMNS,
            at: At::metric(
                "differences.csv",
                [&row.regime, row.metric.declaration().id, &row.group_by, &row.group],
                row.period,
                &row.beliefs,
            ),
        }
    }

    /// A row of `summary.csv`.
    pub fn level(row: &Level) -> Self {
        Self {
            mean: row.mean,
            interval: row.low.zip(row.high),
            drawn: row.interval == PARAMETERS,
            luck: row.luck_se.filter(|_| row.interval == PARAMETERS),
            verdict: None,
            matters: row.metric.declaration().matters(),
            columns: COLUMNS,
            at: At::metric(
                "summary.csv",
                [&row.regime, row.metric.declaration().id, &row.group_by, &row.group],
                row.period,
                &row.beliefs,
            ),
        }
    }

    /// A row of `economics.csv`.
    pub fn economic(row: &Economic) -> Self {
        let mut cells = vec![
            ("regime", row.regime.clone()),
            ("perspective", row.perspective.clone()),
            ("discounting", row.discounting.clone()),
            ("measure", row.measure.clone()),
            ("beliefs", row.beliefs.clone()),
        ];
        if let Some(threshold) = row.threshold {
            cells.push(("threshold", crate::table::number(threshold)));
        }
        let at = At { file: "economics.csv".to_owned(), row: cells, column: String::new() };
        Self::unjudged([row.mean, row.low, row.high], COLUMNS, None, &row.interval, at)
    }

    /// A row of `gains.csv`: the share of people, or what of it is beyond the placebo's.
    pub fn gain(row: &Gain, beyond: bool) -> Self {
        let cells = vec![
            ("regime", row.regime.clone()),
            ("metric", row.metric.declaration().id.to_owned()),
            ("group_by", row.group_by.clone()),
            ("group", row.group.clone()),
            ("fate", row.fate.clone()),
            ("beliefs", row.beliefs.clone()),
        ];
        let at = At { file: "gains.csv".to_owned(), row: cells, column: String::new() };
        let (values, columns) = if beyond {
            let columns = ["excess", "excess_low", "excess_high"];
            ([row.excess, row.excess_low, row.excess_high], columns)
        } else {
            ([row.share, row.low, row.high], ["share", "low", "high"])
        };
        Self::unjudged(values, columns, Some(POINT), &row.interval, at)
    }

    /// A row of `stress.csv`.
    pub fn stress(row: &Stress) -> Self {
        let cells = vec![
            ("regime", row.regime.clone()),
            ("stress", row.stress.clone()),
            ("metric", row.metric.declaration().id.to_owned()),
            ("measure", row.measure.clone()),
            ("beliefs", row.beliefs.clone()),
        ];
        let at = At { file: "stress.csv".to_owned(), row: cells, column: String::new() };
        Self::unjudged([row.mean, row.low, row.high], COLUMNS, None, &row.interval, at)
    }

    fn unjudged(
        [mean, low, high]: [Option<f64>; 3],
        columns: [&'static str; 3],
        matters: Option<f64>,
        kind: &str,
        at: At,
    ) -> Self {
        let (interval, drawn) = (low.zip(high), kind == PARAMETERS);
        Self { mean, interval, drawn, luck: None, verdict: None, matters, columns, at }
    }
}

impl At {
    fn metric(
        file: &str,
        [regime, metric, group_by, group]: [&str; 4],
        period: Period,
        beliefs: &str,
    ) -> Self {
        let row = vec![
            ("regime", regime.to_owned()),
            ("metric", metric.to_owned()),
            ("group_by", group_by.to_owned()),
            ("group", group.to_owned()),
            ("period", period.id()),
            ("beliefs", beliefs.to_owned()),
        ];
        At { file: file.to_owned(), row, column: String::new() }
    }
}
