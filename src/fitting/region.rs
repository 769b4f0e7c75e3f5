//! What the targets do not rule out: history matching (Craig, Goldstein, Seheult and
//! Smith, 1997).
//!
//! A point is ruled out where some target is further off than three standard deviations of
//! everything that is not known: what was observed, luck, and, where the model was only
//! emulated, the emulator.

use super::emulator::Emulator;
use super::space::{Side, Space};
use crate::draws::Luck;
use crate::parameters::Parameters;

/// Standard deviations beyond which a target rules a point out.
pub const TOO_FAR: f64 = 3.0;

/// A number to be reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// What was observed.
    pub observed: f64,
    /// Twice the standard error of what was observed and of what the model leaves out.
    pub tolerance: f64,
    /// Variance of the model's value from luck alone.
    pub luck: f64,
}

impl Goal {
    /// How far off a value is, in standard deviations; `error` is the emulator's, 0 where
    /// the model was run. What the model could not give is infinitely far.
    pub fn implausibility(&self, value: f64, error: f64) -> f64 {
        let known = 0.5 * self.tolerance;
        let variance = known * known + self.luck + error * error;
        let far = (value - self.observed).abs() / variance.sqrt();
        if far.is_nan() { f64::INFINITY } else { far }
    }

    /// Whether a value is within the tolerance.
    pub fn reached(&self, value: f64) -> bool {
        (value - self.observed).abs() <= self.tolerance
    }
}

/// The furthest off that any target is.
pub fn furthest(goals: &[Goal], values: &[f64]) -> f64 {
    let each = goals.iter().zip(values).map(|(goal, value)| goal.implausibility(*value, 0.0));
    each.fold(0.0, f64::max)
}

/// The sum of squares of how far off targets are.
pub fn misses(goals: &[Goal], values: &[f64]) -> f64 {
    let each = goals.iter().zip(values).map(|(goal, value)| goal.implausibility(*value, 0.0));
    each.map(|far| far * far).sum()
}

/// What is not ruled out as far as emulators can tell.
#[derive(Clone, Debug)]
pub struct Region<'a> {
    space: &'a Space,
    goals: &'a [Goal],
    emulators: &'a [Emulator],
    /// Sides that some emulator uses.
    active: Vec<usize>,
}

/// A point at which all but the fitted parameters are at their defaults.
#[derive(Clone, Debug)]
pub struct Centre {
    /// Where in the unit cube, fitted parameters only.
    pub at: Vec<f64>,
    /// What emulators see of it.
    pub seen: Vec<f64>,
    /// The parameters.
    pub parameters: Parameters,
}

/// Times every active side is drawn anew for each point.
const SWEEPS: usize = 12;
/// Times that are spent on coming into the region from a point outside.
const APPROACHES: usize = 60;

impl<'a> Region<'a> {
    /// Of these goals, one emulator each.
    pub fn new(space: &'a Space, goals: &'a [Goal], emulators: &'a [Emulator]) -> Self {
        let used = |side: &usize| emulators.iter().any(|emulator| emulator.uses(*side));
        let active = (0..space.sides().len()).filter(used).collect();
        Self { space, goals, emulators, active }
    }

    /// How far off the furthest target is at a point, emulated.
    pub fn furthest(&self, coordinates: &[f64]) -> f64 {
        let far = |(goal, emulator): (&Goal, &Emulator)| {
            goal.implausibility(emulator.at(coordinates), emulator.error)
        };
        self.goals.iter().zip(self.emulators).map(far).fold(0.0, f64::max)
    }

    /// A point of the region near to even over it, begun from `from`; or, where none is
    /// found, the least implausible that was met. What no emulator uses is drawn afresh.
    pub fn point(&self, from: &[f64], luck: Luck, number: u64) -> Vec<f64> {
        let mut chance = luck.about(number);
        let mut point: Vec<f64> = from.iter().map(|_| chance.uniform()).collect();
        self.active.iter().for_each(|side| point[*side] = from[*side]);
        let mut seen = self.space.coordinates(&point);
        let mut far = self.furthest(&seen);
        let sides = self.space.sides();
        let (mut sweep, mut inside) = (0, 0);
        while inside < SWEEPS && sweep < SWEEPS + APPROACHES {
            for side in &self.active {
                // Small steps find the way in, large ones the way about.
                let u = match sweep % 3 {
                    0 => chance.uniform(),
                    _ => near(point[*side], chance.bell()),
                };
                let before = seen[*side];
                seen[*side] = sides[*side].coordinate(sides[*side].value(u));
                let now = self.furthest(&seen);
                if now <= TOO_FAR.max(far) && (far > TOO_FAR || now <= TOO_FAR) {
                    point[*side] = u;
                    far = now;
                } else {
                    seen[*side] = before;
                }
            }
            inside += usize::from(far <= TOO_FAR);
            sweep += 1;
        }
        point
    }
}

/// What being at an end of the range counts for, beside targets that are one standard
/// deviation off: enough to leave what the targets do not see in the middle.
const MIDDLE: f64 = 0.05;
/// Smallest step of looking for the centre.
const FINE: f64 = 0.004;
/// Figures that a fitted value is rounded to.
const FIGURES: i32 = 3;

impl Region<'_> {
    /// The fitted parameters that come nearest to all targets as far as emulators can tell,
    /// all others at their defaults: the point, and the parameters, rounded to three figures.
    pub fn centre(&self) -> Centre {
        let sides = self.space.sides();
        let defaults = Parameters::default();
        let value = |side: &Side| defaults.get(side.parameter.name).unwrap_or_default();
        let mut point: Vec<f64> = sides.iter().map(|_| 0.5).collect();
        let mut seen: Vec<f64> = sides
            .iter()
            .map(|side| match side.fitted {
                true => side.coordinate(side.value(0.5)),
                false => side.coordinate(value(side)),
            })
            .collect();
        let fitted: Vec<usize> = (0..sides.len()).filter(|side| sides[*side].fitted).collect();
        let cost = |point: &[f64], seen: &[f64]| {
            let far = |(goal, emulator): (&Goal, &Emulator)| {
                let far = goal.implausibility(emulator.at(seen), 0.0);
                far * far
            };
            let misses: f64 = self.goals.iter().zip(self.emulators).map(far).sum();
            let ends = fitted.iter().map(|side| {
                let off = 2.0 * point[*side] - 1.0;
                MIDDLE * off * off
            });
            misses + ends.sum::<f64>()
        };
        let mut least = cost(&point, &seen);
        let mut step = 0.25;
        while step > FINE {
            let mut better = false;
            for side in &fitted {
                for way in [step, -step] {
                    let (was, saw) = (point[*side], seen[*side]);
                    point[*side] = (was + way).clamp(0.0, 1.0);
                    seen[*side] = sides[*side].coordinate(sides[*side].value(point[*side]));
                    let now = cost(&point, &seen);
                    if now < least {
                        (least, better) = (now, true);
                    } else {
                        (point[*side], seen[*side]) = (was, saw);
                    }
                }
            }
            if !better {
                step /= 2.0;
            }
        }
        let mut parameters = defaults;
        for (side, u) in sides.iter().zip(&mut point).filter(|(side, _)| side.fitted) {
            let rounded = rounded(side.value(*u));
            if let Some(place) = parameters.get_mut(side.parameter.name) {
                *place = rounded.clamp(side.parameter.low, side.parameter.high);
                *u = side.place_of(*place);
            }
        }
        let seen = |side: &Side| {
            side.coordinate(parameters.get(side.parameter.name).unwrap_or_default())
        };
        Centre { at: point, seen: sides.iter().map(seen).collect(), parameters }
    }
}

/// A number to three figures.
fn rounded(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let digits = FIGURES - 1 - libm::floor(libm::log10(x.abs())) as i32;
    format!("{x:.0$}", digits.max(0) as usize).parse().unwrap_or(x)
}

/// A step from `u` of about a tenth, turned back at the ends.
fn near(u: f64, bell: f64) -> f64 {
    const STEP: f64 = 0.12;
    let there = (u + STEP * bell).rem_euclid(2.0);
    if there > 1.0 { 2.0 - there } else { there }
}
