//! What claims need, measured in the worlds of one draw and luck.

use super::{Figure, What};
use crate::analysis::{measure, stress};
use crate::outcomes::{Outcomes, Reads, Watch};
use serde::{Deserialize, Serialize};

/// What is kept of a draw under one luck: numbers, and no worlds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Why the draw is no place to compare regimes in; none where it is one.
    pub refused: Option<String>,
    /// The value of each figure, in their order; missing where nobody was there to measure
    /// it on, and where the draw is refused.
    pub values: Vec<Option<f64>>,
}

/// What the worlds of a draw left, over all places.
#[derive(Clone, Debug)]
pub struct Left {
    /// The comparator's world, then each regime's.
    pub worlds: Vec<Outcomes>,
    /// `[stress][world]`: twins, of the worlds that need one.
    pub twins: Vec<Vec<Option<Watch>>>,
    /// The comparator's world with one stranger more, where that is needed.
    pub placebo: Option<Outcomes>,
}

/// The value of a figure.
pub fn value(figure: &Figure, left: &Left) -> Option<f64> {
    let (world, comparator) = (left.worlds.get(figure.world)?, left.worlds.first()?);
    match figure.what {
        What::Level { metric, group, period } => {
            measure::value(metric, world, comparator, group, period)
        }
        What::Stress { stress, metric, said } => {
            let twin = left.twins.get(stress)?.get(figure.world)?.as_ref()?;
            let placebo = left.placebo.as_ref();
            stress::value((metric, said), twin, world, comparator, placebo)
        }
    }
}

/// What has to be read in the world of a regime, and in its twins.
pub fn reads(figures: &[Figure], world: usize) -> Reads {
    // What a twin shows is held against the comparator too.
    let beside = if world == 0 { reads_of_placebo(figures) } else { Reads::NOTHING };
    figures.iter().filter(|figure| figure.world == world).map(needs).fold(beside, Reads::and)
}

/// What has to be read in the placebo's world: what twins show.
pub fn reads_of_placebo(figures: &[Figure]) -> Reads {
    let shown = figures.iter().filter(|figure| matches!(figure.what, What::Stress { .. }));
    shown.map(needs).fold(Reads::NOTHING, Reads::and)
}

/// What has to be read for a figure.
fn needs(figure: &Figure) -> Reads {
    match figure.what {
        What::Level { metric, group, .. } => Reads::of(metric, group),
        What::Stress { metric, .. } => Reads::of(metric, 0),
    }
}

/// Whether the world of a regime has to have a twin under a stress.
pub fn needs_twin(figures: &[Figure], world: usize, stress: usize) -> bool {
    figures.iter().any(|figure| {
        figure.world == world
            && matches!(figure.what, What::Stress { stress: own, .. } if own == stress)
    })
}

/// Whether the placebo's world is needed.
pub fn needs_placebo(figures: &[Figure]) -> bool {
    figures.iter().any(|figure| match figure.what {
        What::Stress { said, .. } => stress::needs_placebo(said),
        What::Level { .. } => false,
    })
}
