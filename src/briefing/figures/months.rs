//! Metrics month by month and year by year, as lines of panels.

use super::Asked;
use super::panels::{Dot, Grid, Line};
use crate::briefing::book::{Book, Month};
use crate::briefing::theme::Look;
use crate::briefing::words;
use crate::metrics::Metric;
use crate::outcomes::Period;

/// Months of before that are shown.
pub const BEFORE: i32 = 24;

/// A metric's months under a regime, those before the fork among them, when all are one;
/// under the first beliefs.
pub fn series<'a>(book: &'a Book, regime: &str, metric: Metric) -> Vec<&'a Month> {
    let comparator = book.experiment.comparator.id.as_str();
    book.series
        .iter()
        .filter(|row| {
            let of = if row.month < 1 { comparator } else { regime };
            row.metric == metric
                && row.month > -BEFORE
                && row.regime == of
                && row.beliefs == book.beliefs()
        })
        .collect()
}

/// The years that a month ends, from the fork.
pub fn years(month: i32) -> f64 {
    f64::from(month) / 12.0
}

/// A line of months.
pub fn line(name: &str, look: Look, months: &[&Month]) -> Line {
    // What is read only now and then is joined up over the months between.
    let dots = months
        .iter()
        .filter(|row| row.mean.is_some())
        .map(|row| {
            let times = words::phrase(row.metric).times;
            Dot {
                x: years(row.month),
                mean: row.mean.map(|mean| mean * times),
                interval: row.low.zip(row.high).map(|(l, h)| (l * times, h * times)),
            }
        })
        .collect();
    Line { name: name.to_owned(), look, dots, marked: false }
}

/// The grid of figures over time.
pub fn grid(asked: &Asked<'_>, before: bool, height: f64) -> Grid {
    let years = asked.book.experiment.years;
    let burn_in = 12 * asked.book.experiment.burn_in_years as i32;
    let from = if before { -f64::from(BEFORE.min(burn_in)) / 12.0 } else { 0.0 };
    let step = years.div_ceil(5).max(1);
    let marks = (0..=years).step_by(step).map(|year| (year as f64, year.to_string())).collect();
    Grid {
        along: (from, years as f64),
        marks,
        caption: "",
        before: before.then_some((from, 0.0, "before")),
        upwards: None,
        nought: false,
        height,
    }
}

/// The date at which regimes part, in words.
pub fn fork(book: &Book) -> String {
    let (year, month) = book.experiment.start;
    let name = crate::terminal::MONTHS.get((month as usize).wrapping_sub(1)).unwrap_or(&"");
    format!("{name} {year}")
}

/// A metric's single years under a regime; `aside` is how far its points stand from the
/// middle of the year, so that regimes do not lie on one another.
pub fn yearly(book: &Book, regime: &str, metric: Metric, aside: f64) -> Vec<(usize, Dot)> {
    (1..=book.experiment.years)
        .filter_map(|year| {
            let row = book.level(regime, metric, Period::Year(year))?;
            let times = words::phrase(metric).times;
            let dot = Dot {
                x: year as f64 - 0.5 + aside,
                mean: row.mean.map(|mean| mean * times),
                interval: row.low.zip(row.high).map(|(l, h)| (l * times, h * times)),
            };
            Some((year, dot))
        })
        .collect()
}
