//! Scales, and the round numbers on them.

/// A straight scale: from values to places on the drawing.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// The scale that puts `low` at `from` and `high` at `to`.
    pub fn new((low, high): (f64, f64), from: f64, to: f64) -> Self {
        // Values that are all one lie in the middle.
        let (low, high) = if high > low { (low, high) } else { (low - 1.0, low + 1.0) };
        Self { low, high, from, to }
    }

    /// Where a value lies.
    pub fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Where a value lies, or the end it lies beyond.
    pub fn within(&self, value: f64) -> f64 {
        self.at(value.clamp(self.low, self.high))
    }

    /// Round values on the scale, about so many.
    pub fn ticks(&self, about: usize) -> Vec<f64> {
        ticks(self.low, self.high, about)
    }
}

/// The step between round numbers, about so many from `low` to `high`.
fn step(low: f64, high: f64, about: usize) -> f64 {
    let rough = (high - low) / about.max(1) as f64;
    let unit = libm::pow(10.0, libm::log10(rough).floor());
    let times = rough / unit;
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|round| times <= round * 1.000_001);
    unit * round.unwrap_or(10.0)
}

/// Round numbers from `low` to `high`, about so many, and at least two: one alone is no scale.
pub fn ticks(low: f64, high: f64, about: usize) -> Vec<f64> {
    if high <= low || !(high - low).is_finite() {
        return vec![low];
    }
    let finer = (about..about + 20).map(|about| steps(low, high, about));
    finer.into_iter().find(|ticks| ticks.len() > 1).unwrap_or_else(|| steps(low, high, about))
}

fn steps(low: f64, high: f64, about: usize) -> Vec<f64> {
    let step = step(low, high, about);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    // Through whole numbers, so that 0.3 is not 0.30000000000000004.
    let (up, down) = if step < 1.0 { (1.0, (1.0 / step).round()) } else { (step.round(), 1.0) };
    (first..=last).map(|n| n as f64 * up / down).collect()
}

/// The ends of the round steps about values: the least first.
pub fn round_range((low, high): (f64, f64), about: usize) -> (f64, f64) {
    if high <= low {
        return (low - 0.5, high + 0.5);
    }
    let step = step(low, high, about);
    ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step)
}

/// The least and the largest of some values; none where there are none.
pub fn range(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let mut range = None;
    for value in values {
        let (low, high) = range.unwrap_or((value, value));
        range = Some((f64::min(low, value), f64::max(high, value)));
    }
    range
}

/// Places after the point that tell round numbers apart.
fn places(ticks: &[f64]) -> usize {
    let whole = |places: usize| {
        let times = (0..places).fold(1.0, |times, _| times * 10.0);
        ticks.iter().all(|tick| ((tick * times).round() - tick * times).abs() < 1e-6)
    };
    (0..6).find(|places| whole(*places)).unwrap_or(6)
}

/// Round numbers in words, all to the same places, with thousands apart.
pub fn labels(ticks: &[f64]) -> Vec<String> {
    let places = Some(places(ticks) as i32);
    ticks.iter().map(|tick| crate::terminal::numbers::shown(*tick, places)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(-3.2, 7.9, 5), [0.0, 5.0]);
        assert_eq!(labels(&ticks(0.0, 0.3, 3)), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(&ticks(-2000.0, 2000.0, 2)), ["−2,000", "0", "2,000"]);
        assert_eq!(ticks(1.0, 1.0, 5), [1.0]);
        assert_eq!(round_range((0.2, 9.1), 5), (0.0, 10.0));
        assert_eq!(ticks(-46.0, 46.0, 3), [-40.0, -20.0, 0.0, 20.0, 40.0]);
    }

    proptest! {
        /// One mark alone tells nobody how long the axis is.
        #[test]
        fn a_scale_has_two_marks_at_least(low in -100.0..100.0_f64, wide in 0.01..300.0_f64, about in 2..8_usize) {
            let marks = ticks(low, low + wide, about);
            prop_assert!((2..=3 * about).contains(&marks.len()), "{marks:?}");
            let around = ticks(-wide, wide, about);
            prop_assert!(around.len() >= 3 && around.contains(&0.0), "{around:?}");
        }
    }
}
