//! Who gains and who loses, on the terminal.

use super::draws::hidden;
use super::numbers::{places, shown, signed};
use super::{BOLD, DIM, Piece, line, styled};
use crate::analysis::Findings;
use crate::analysis::fates::{Row, Said};
use crate::experiment::Experiment;
use crate::metrics::Metric;
use std::fmt::Write;

/// What is shown: heading, metric, what is said of people.
const SHOWN: [(&str, Metric, Said); 4] = [
    ("life better", Metric::Scrqol, Said::Better),
    ("life worse", Metric::Scrqol, Said::Worse),
    ("life, net", Metric::Scrqol, Said::Net),
    ("fit, net", Metric::Fit, Said::Net),
];

const WIDTH: usize = 25;

/// The share of people better and worse off, less the placebo's.
pub fn table(text: &mut String, experiment: &Experiment, findings: &Findings) {
    if findings.gains.is_empty() {
        return;
    }
    let heading = "Who gains and who loses, person by person, beside the placebo";
    let _ = writeln!(text, "{} (percentage points of people)", styled(BOLD, heading));
    let names = experiment.regimes.iter().map(|r| r.id.chars().count() + 2).max().unwrap_or(0);
    let mut header: Vec<Piece> = vec![(String::new(), names, "")];
    header.extend(SHOWN.map(|(heading, ..)| (heading.to_owned(), WIDTH, DIM)));
    line(text, &header);
    for regime in &experiment.regimes {
        let mut pieces: Vec<Piece> = vec![(regime.id.clone(), names, "")];
        for (_, metric, said) in SHOWN {
            let found = findings.gains.iter().find(|row| {
                row.regime == regime.id
                    && row.group == 0
                    && row.metric == metric
                    && row.said == said
            });
            pieces.push((found.and_then(estimate).unwrap_or("–".to_owned()), WIDTH, ""));
        }
        line(text, &pieces);
    }
    let _ = writeln!(
        text,
        "Quality of life and fit better or worse by more than matters. A regime stirs luck, which moves as many up\n\
         as down: net, better less worse, is what it does.\n"
    );
}

/// The excess over the placebo and its interval, in percentage points.
fn estimate(row: &Row) -> Option<String> {
    let mean = row.excess.mean()? * 100.0;
    let Some((low, high)) = row.excess_interval else {
        let shown = signed(mean, places(mean, mean.abs() / 10.0, None));
        return Some(format!("{shown} (range unknown)"));
    };
    let luck = row.excess.luck_error().filter(|_| row.basis.drawn).unwrap_or(0.0);
    let places = places(mean, ((high - low) / 2.0).max(2.0 * luck) * 100.0, None);
    if let Some(hidden) = hidden(&row.excess, 100.0, |half| shown(half, places)) {
        return Some(format!("{} ({hidden})", signed(mean, places)));
    }
    let write = |x: f64| signed(x * 100.0, places);
    Some(format!("{} ({} to {})", signed(mean, places), write(low), write(high)))
}
