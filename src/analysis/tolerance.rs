//! Draws that are refused: their worlds are no place to compare regimes in.
//!
//! A refused draw is left out of every table and counted, and none is made in its stead, so
//! that no cell depends on another. Where one place or replicate is refused its whole draw
//! is, for the parameters are what is at fault.

use super::measure;
use crate::cell::{Cell, CellId};
use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::model::gain;
use crate::outcomes::{Outcomes, Period};
use crate::table::{Column, columns};

/// Most of the eligible hours that the status quo may leave undelivered over all years, as a
/// share: twice what England left in the worst quarter on record (E0161: 5.2%, January to
/// March 2022). Judgement: no figure of a single council is published.
const MOST_UNMET: f64 = 2.0 * 0.052;

/// Why the status quo of a cell is out of tolerance, in words; none where it is not: a
/// headline of the comparator is no number, or too many hours go undelivered.
pub fn out_of_tolerance(cell: &Cell) -> Option<String> {
    no_place_to_compare(cell.worlds.first()?)
}

/// The same, of the comparator's world.
pub fn no_place_to_compare(comparator: &Outcomes) -> Option<String> {
    let headlines = Metric::ALL.iter().filter(|metric| metric.declaration().is_headline());
    let no_number = |metric: &&Metric| {
        let sums = comparator.sums(**metric, 0, Period::Whole);
        sums.is_some_and(|sums| sums.iter().any(|sum| !sum.is_finite()))
    };
    if let Some(metric) = headlines.into_iter().find(no_number) {
        return Some(format!("{} of the status quo is no number", metric.declaration().id));
    }
    let unmet = measure::value(Metric::Unmet, comparator, comparator, 0, Period::Whole)?;
    (unmet > MOST_UNMET).then(|| {
        format!(
            "the status quo leaves {:.0}% of eligible hours undelivered, more than twice England's worst quarter on record",
            100.0 * unmet
        )
    })
}

/// Why a cell's draw is refused, in words; none where it is not.
fn why(cell: &Cell) -> Option<String> {
    cell.runs_away.map(feeds_itself).or_else(|| out_of_tolerance(cell))
}

/// Why a draw is refused whose community's loop has so large a gain, in words.
pub fn feeds_itself(gain: f64) -> String {
    let limit = gain::TOO_MUCH;
    format!(
        "social capital feeds itself: the gain of the loop is {gain:.2}, and from {limit} on nothing is simulated"
    )
}

/// A draw that is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Index of the beliefs.
    pub beliefs: u32,
    /// The beliefs, as tables have them.
    pub believed: &'static str,
    /// The draw, from 0.
    pub draw: u32,
    /// Id of the place that shows it first.
    pub place: String,
    /// Why, in words.
    pub why: String,
}

/// The draws of an experiment that are refused, in order; none where no parameters are
/// drawn.
///
/// # Errors
///
/// When a cell cannot be read.
pub fn refused(
    experiment: &Experiment,
    read: impl Fn(CellId) -> anyhow::Result<Cell>,
) -> anyhow::Result<Vec<Refused>> {
    let mut refused: Vec<Refused> = Vec::new();
    if experiment.uncertainty.is_none() {
        return Ok(refused);
    }
    for id in crate::cell::units(experiment).into_iter().flatten() {
        let known = refused.last().is_some_and(|last| is_of(last, id));
        if known {
            continue;
        }
        if let Some(why) = why(&read(id)?) {
            let place = experiment.places[id.system as usize].id.clone();
            let believed = experiment.believed(id.beliefs);
            refused.push(Refused { beliefs: id.beliefs, believed, draw: id.draw, place, why });
        }
    }
    Ok(refused)
}

/// Whether a cell is of a refused draw.
pub fn is_of(refused: &Refused, id: CellId) -> bool {
    (refused.beliefs, refused.draw) == (id.beliefs, id.draw)
}

/// The columns of `refused.csv`, in order.
pub const COLUMNS: &[Column<Refused>] = columns! {
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where a set does not say.", |r| r.believed.to_owned();
    "draw", "whole number", "Parameter draw, from 0.", |r| r.draw.to_string();
    "place", "text", "The place that shows it.", |r| r.place.clone();
    "why", "text", "Why the draw is left out of every other table.", |r| r.why.clone();
};
