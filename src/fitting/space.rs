//! Where parameters lie when the model is fitted: a unit cube, a side for each.

use crate::declare::{Parameter, Shape};
use crate::parameters::{PARAMETERS, Parameters};
use crate::place;
use crate::uncertainty::{Beliefs, quantile};

/// The parameters that vary, and which of them are fitted.
#[derive(Clone, Debug)]
pub struct Space {
    sides: Vec<Side>,
}

/// One parameter that varies.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// What is declared about it.
    pub parameter: &'static Parameter,
    /// Whether it is fitted: every value of its range is then as good as another before
    /// the targets are looked at. Otherwise it is drawn as the agnostic would.
    pub fitted: bool,
}

impl Side {
    /// The value at `u`, from 0 to 1.
    pub fn value(&self, u: f64) -> f64 {
        let Parameter { low, high, shape, .. } = *self.parameter;
        if !self.fitted {
            return quantile(self.parameter, Beliefs::Agnostic, u);
        }
        match shape {
            Shape::Log => libm::exp(libm::log(low) + u * (libm::log(high) - libm::log(low))),
            _ => low + u * (high - low),
        }
        .clamp(low, high)
    }

    /// Where a value lies between the ends of the range, −1 to 1: what emulators see.
    pub fn coordinate(&self, value: f64) -> f64 {
        let Parameter { low, high, shape, .. } = *self.parameter;
        let scale = |x: f64| if matches!(shape, Shape::Log) { libm::log(x) } else { x };
        let (low, high) = (scale(low), scale(high));
        (2.0 * (scale(value) - low) / (high - low) - 1.0).clamp(-1.0, 1.0)
    }

    /// Where in its distribution the declared default lies, for a fitted parameter.
    pub fn place_of(&self, value: f64) -> f64 {
        (self.coordinate(value) + 1.0) / 2.0
    }
}

impl Space {
    /// Every parameter whose range is not a point, those named fitted. What places are
    /// made with is as it is when they are read.
    pub fn of(fit: &[&str]) -> Self {
        let varies =
            PARAMETERS.iter().filter(|p| p.low < p.high && !place::MAKES_PLACES.contains(&p.name));
        let side = |parameter| Side { parameter, fitted: fit.contains(&parameter.name) };
        Self { sides: varies.map(side).collect() }
    }

    /// Its sides.
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// What the emulators see of a point.
    pub fn coordinates(&self, point: &[f64]) -> Vec<f64> {
        self.sides.iter().zip(point).map(|(side, u)| side.coordinate(side.value(*u))).collect()
    }

    /// What the search starts from: fitted parameters half way between the ends of their
    /// ranges, all others at their defaults. Shipped defaults of what is fitted come of a
    /// calibration, so one that looked at them could not be repeated.
    pub fn middle(&self) -> Parameters {
        let mut parameters = Parameters::default();
        for side in self.sides.iter().filter(|side| side.fitted) {
            if let Some(place) = parameters.get_mut(side.parameter.name) {
                *place = side.value(0.5);
            }
        }
        parameters
    }

    /// The parameters at a point.
    pub fn parameters(&self, point: &[f64]) -> Parameters {
        let mut parameters = Parameters::default();
        for (side, u) in self.sides.iter().zip(point) {
            if let Some(place) = parameters.get_mut(side.parameter.name) {
                *place = side.value(*u);
            }
        }
        parameters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_side_are_those_of_the_range() {
        let space = Space::of(&["default_effect", "setting_up"]);
        assert_eq!(space.sides().iter().filter(|side| side.fitted).count(), 2);
        for side in space.sides() {
            let Parameter { low, high, name, .. } = *side.parameter;
            assert!((side.value(0.0) - low).abs() <= 1e-12 * low.abs().max(1.0), "{name}");
            assert!((side.value(1.0) - high).abs() <= 1e-12 * high.abs().max(1.0), "{name}");
            assert_eq!(side.coordinate(low), -1.0, "{name}");
            assert_eq!(side.coordinate(high), 1.0, "{name}");
            assert!((side.value(0.3) <= side.value(0.7)), "{name}");
            if side.fitted {
                assert!(
                    (side.value(side.place_of(high * 0.5 + low * 0.5)) - 0.5 * (low + high)).abs()
                        < 1e-9
                );
            }
        }
    }
}
