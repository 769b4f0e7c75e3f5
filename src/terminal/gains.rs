//! Who gains and who loses, on the terminal.

use super::numbers::{places, signed};
use super::{BOLD, DIM, Piece, line, styled};
use crate::analysis::Findings;
use crate::analysis::fates::Row;
use crate::experiment::Experiment;
use crate::gains::Fate;
use crate::metrics::Metric;
use std::fmt::Write;

/// What is shown: heading, metric, what became of people.
const SHOWN: [(&str, Metric, Fate); 4] = [
    ("quality of life: better", Metric::Scrqol, Fate::Gains),
    ("worse", Metric::Scrqol, Fate::Loses),
    ("felt fit: better", Metric::Fit, Fate::Gains),
    ("worse", Metric::Fit, Fate::Loses),
];

const WIDTH: usize = 25;

/// The share of people better and worse off, beyond what luck alone does to people.
pub fn table(text: &mut String, experiment: &Experiment, findings: &Findings) {
    if findings.gains.is_empty() {
        return;
    }
    let heading = "Who gains and who loses, person by person, beyond what luck alone does";
    let _ = writeln!(text, "{} (% of people)", styled(BOLD, heading));
    let names = experiment.regimes.iter().map(|r| r.id.chars().count() + 2).max().unwrap_or(0);
    let mut header: Vec<Piece> = vec![(String::new(), names, "")];
    header.extend(SHOWN.map(|(heading, ..)| (heading.to_owned(), WIDTH, DIM)));
    line(text, &header);
    for regime in &experiment.regimes {
        let mut pieces: Vec<Piece> = vec![(regime.id.clone(), names, "")];
        for (_, metric, fate) in SHOWN {
            let found = findings.gains.iter().find(|row| {
                row.regime == regime.id
                    && row.group == 0
                    && row.metric == metric
                    && row.fate == fate
            });
            pieces.push((found.and_then(estimate).unwrap_or("–".to_owned()), WIDTH, ""));
        }
        line(text, &pieces);
    }
    text.push('\n');
}

/// The excess over the placebo and its interval, in percentage points.
fn estimate(row: &Row) -> Option<String> {
    let mean = row.excess.mean()? * 100.0;
    let Some((low, high)) = row.excess_interval else {
        let shown = signed(mean, places(mean, mean.abs() / 10.0, None));
        return Some(format!("{shown} (range unknown)"));
    };
    let places = places(mean, (high - low) * 50.0, None);
    let write = |x: f64| signed(x * 100.0, places);
    Some(format!("{} ({} to {})", signed(mean, places), write(low), write(high)))
}
