//! Stress tests on the terminal: a table for each blow.

use super::draws::hidden;
use super::numbers::{places, shown};
use super::{BOLD, DIM, Piece, line, styled};
use crate::analysis::Findings;
use crate::analysis::stress::{Row, Said};
use crate::experiment::{Experiment, Stress};
use crate::metrics::Metric;
use std::fmt::Write;

/// What is shown: heading, metric, what is said of it, and what numbers are multiplied by.
const SHOWN: [(&str, Metric, Said, f64); 5] = [
    ("unmet, % points", Metric::Unmet, Said::Depth, 100.0),
    ("months to recover", Metric::Unmet, Said::MonthsToRecover, 1.0),
    ("lost their supporter", Metric::SupportersLost, Said::Total, 1.0),
    ("SCRQoL, points", Metric::Scrqol, Said::Depth, 1.0),
    ("public £ thousand", Metric::PublicPerPerson, Said::Total, 0.001),
];

const WIDTH: usize = 23;

/// A table for each stress: the largest harm of any month, how long it lasts, and what
/// comes of it.
pub fn tables(text: &mut String, experiment: &Experiment, findings: &Findings) {
    if experiment.stresses.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "{}\nWhat each blow did, in a twin of each world with the same people and luck: largest harm of any month to\n\
         eligible hours and to quality of life, months until unmet hours recover, and totals to the end of the run.\n\
         `placebo` is what one person more does with no blow: as much of any figure may be luck.\n",
        styled(BOLD, "STRESS TESTS")
    );
    for stress in &experiment.stresses {
        table(text, stress, findings);
    }
}

fn table(text: &mut String, stress: &Stress, findings: &Findings) {
    let rows: Vec<&Row> = findings.stress.iter().filter(|row| row.stress == stress.id).collect();
    let mut regimes: Vec<&str> = rows.iter().map(|row| row.regime.as_str()).collect();
    regimes.dedup();
    let names = regimes.iter().map(|id| id.chars().count() + 2).max().unwrap_or(0).max(20);
    let (year, month) = ((stress.month() - 1) / 12 + 1, (stress.month() - 1) % 12 + 1);
    let _ = writeln!(text, "{} (year {year}, month {month})", styled(BOLD, &stress.title()));
    let mut header: Vec<Piece> = vec![(String::new(), names, "")];
    header.extend(SHOWN.map(|(heading, ..)| (heading.to_owned(), WIDTH, DIM)));
    line(text, &header);
    for regime in regimes {
        let mut pieces: Vec<Piece> = vec![(regime.to_owned(), names, "")];
        for (_, metric, said, times) in SHOWN {
            let row = rows
                .iter()
                .find(|row| row.regime == regime && row.metric == metric && row.said == said);
            pieces.push((row.map_or("–".to_owned(), |row| estimate(row, times)), WIDTH, ""));
        }
        line(text, &pieces);
    }
    text.push('\n');
}

/// A mean and its interval, to the figures that the interval bears out.
fn estimate(row: &Row, times: f64) -> String {
    let Some(mean) = row.value.mean().map(|mean| mean * times) else { return "–".to_owned() };
    let Some((low, high)) = row.interval else {
        return format!("{} (range unknown)", shown(mean, places(mean, mean.abs() / 10.0, None)));
    };
    let luck = row.value.luck_error().filter(|_| row.basis.drawn).unwrap_or(0.0);
    let places = places(mean, ((high - low) / 2.0).max(2.0 * luck) * times, None);
    if let Some(hidden) = hidden(&row.value, times, |half| shown(half, places)) {
        return format!("{} ({hidden})", shown(mean, places));
    }
    let write = |x| shown(x, places);
    format!("{} ({} to {})", write(mean), write(low * times), write(high * times))
}
