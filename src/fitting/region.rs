//! What the targets do not rule out: history matching (Craig, Goldstein, Seheult and
//! Smith, 1997).
//!
//! A point is ruled out where the model was run and some target was further off than three
//! standard deviations of what is not known: what was observed, what the model leaves out,
//! and luck. Emulators only say where to look.

use super::emulator::Emulator;
use super::space::{Side, Space};
use crate::analysis::moments::Moments;
use crate::analysis::nested::percentile;
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
    /// Standard deviation of what is not known: of what was observed, of what the model
    /// leaves out, and luck.
    pub fn sd(&self) -> f64 {
        let known = 0.5 * self.tolerance;
        (known * known + self.luck).sqrt()
    }

    /// How far off a value is, in standard deviations. What the model could not give is
    /// infinitely far.
    pub fn implausibility(&self, value: f64) -> f64 {
        let far = (value - self.observed).abs() / self.sd();
        if far.is_nan() { f64::INFINITY } else { far }
    }

    /// Whether a value is within the tolerance.
    pub fn reached(&self, value: f64) -> bool {
        (value - self.observed).abs() <= self.tolerance
    }
}

/// The furthest off that any target is.
pub fn furthest(goals: &[Goal], values: &[f64]) -> f64 {
    let each = goals.iter().zip(values).map(|(goal, value)| goal.implausibility(*value));
    each.fold(0.0, f64::max)
}

/// The sum of squares of how far off targets are.
pub fn misses(goals: &[Goal], values: &[f64]) -> f64 {
    let each = goals.iter().zip(values).map(|(goal, value)| goal.implausibility(*value));
    each.map(|far| far * far).sum()
}

/// The targets and the emulators of them: where points are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Region<'a> {
    /// Where parameters may lie.
    pub space: &'a Space,
    /// What is to be reached.
    pub goals: &'a [Goal],
    /// One for each goal.
    pub emulators: &'a [Emulator],
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

/// A point that was drawn from the ledger's ranges, and where it has come to since.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Where it was drawn: what it is drawn back to, as far as the targets let it.
    pub drawn: Vec<f64>,
    /// Where it is.
    pub at: Vec<f64>,
    /// What the model gave there beyond what the emulators say; nought before it was run.
    pub beyond: Vec<f64>,
}

/// Where the set lies on one side of the unit cube.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typical {
    /// Median of the set.
    pub middle: f64,
    /// Its standard deviation.
    pub sd: f64,
}

impl Typical {
    /// Of the points of a set; of a uniform number where they are too few to tell.
    pub fn of(mut values: Vec<f64>) -> Self {
        let mut spread = Moments::default();
        values.iter().for_each(|value| spread.add(Some(*value)));
        values.sort_by(f64::total_cmp);
        let middle = if values.is_empty() { 0.5 } else { percentile(&values, 0.5) };
        Self { middle, sd: spread.sd().filter(|sd| *sd > 0.0).unwrap_or(UNIFORM) }
    }
}

/// Standard deviation of a uniform number: what a fitted side is known by beforehand.
const UNIFORM: f64 = 0.288_675;
/// Most standard deviations that a point aims beside what was observed.
const AIM: f64 = 2.0;
/// What being one of the set's standard deviations from its middle counts for when the centre
/// is looked for, beside a target that is one standard deviation off: as much.
const TYPICAL: f64 = 1.0;
/// Largest and smallest step of looking.
const STEPS: (f64, f64) = (0.25, 0.004);
/// Figures that a fitted value is rounded to.
const FIGURES: i32 = 3;

impl Region<'_> {
    /// Where a point goes next: its fitted sides move to where the emulators, put right by
    /// what the model gave, come nearest to what the point aims at, which is what was
    /// observed with an error of the point's own, and stay near to where they were drawn
    /// (randomised maximum likelihood: Oliver, He and Reynolds, 1996). All others stay.
    pub fn next(&self, track: &Track, luck: Luck, number: u64) -> Vec<f64> {
        let mut chance = luck.about(number);
        let aims: Vec<f64> = self
            .goals
            .iter()
            .map(|goal| goal.observed + goal.sd() * chance.bell().clamp(-AIM, AIM))
            .collect();
        let fitted = self.fitted();
        let cost = |point: &[f64], seen: &[f64]| {
            let each = self.goals.iter().zip(self.emulators).zip(&aims).zip(&track.beyond);
            let misses = each.map(|(((goal, emulator), aim), beyond)| {
                let far = (emulator.at(seen) + beyond - aim) / goal.sd();
                far * far
            });
            let moved = fitted.iter().map(|side| {
                let far = (point[*side] - track.drawn[*side]) / UNIFORM;
                far * far
            });
            misses.sum::<f64>() + moved.sum::<f64>()
        };
        let mut point = track.at.clone();
        let mut seen = self.space.coordinates(&point);
        self.descend(&mut point, &mut seen, &fitted, cost);
        point
    }

    /// The fitted parameters that come nearest to all targets as far as emulators can tell,
    /// put right by `beyond`, and stay as near to the middle of the set as that allows, all
    /// others at their defaults: the point, and the parameters, rounded to three figures.
    pub fn centre(&self, set: &[Typical], beyond: &[f64]) -> Centre {
        let sides = self.space.sides();
        let defaults = Parameters::default();
        let value = |side: &Side| defaults.get(side.parameter.name).unwrap_or_default();
        let mut point: Vec<f64> = set.iter().map(|typical| typical.middle).collect();
        let see = |(side, u): (&Side, &f64)| match side.fitted {
            true => side.coordinate(side.value(*u)),
            false => side.coordinate(value(side)),
        };
        let mut seen: Vec<f64> = sides.iter().zip(&point).map(see).collect();
        let fitted = self.fitted();
        let cost = |point: &[f64], seen: &[f64]| {
            let each = self.goals.iter().zip(self.emulators).zip(beyond);
            let misses = each.map(|((goal, emulator), beyond)| {
                let far = goal.implausibility(emulator.at(seen) + beyond);
                far * far
            });
            misses.sum::<f64>() + self.unlike(set, point)
        };
        self.descend(&mut point, &mut seen, &fitted, cost);
        let mut parameters = defaults;
        for (side, u) in sides.iter().zip(&mut point).filter(|(side, _)| side.fitted) {
            let rounded = rounded(side.value(*u));
            if let Some(place) = parameters.get_mut(side.parameter.name) {
                *place = rounded.clamp(side.parameter.low, side.parameter.high);
                *u = side.place_of(*place);
            }
        }
        let seen =
            |side: &Side| side.coordinate(parameters.get(side.parameter.name).unwrap_or_default());
        Centre { at: point, seen: sides.iter().map(seen).collect(), parameters }
    }

    /// What a point's distance from the middle of the set counts for.
    pub fn unlike(&self, set: &[Typical], point: &[f64]) -> f64 {
        let each = self.fitted().into_iter().map(|side| {
            let off = (point[side] - set[side].middle) / set[side].sd;
            TYPICAL * off * off
        });
        each.sum()
    }

    fn fitted(&self) -> Vec<usize> {
        let sides = self.space.sides();
        (0..sides.len()).filter(|side| sides[*side].fitted).collect()
    }

    /// Moves one side after another by ever smaller steps, as long as that costs less.
    fn descend(
        &self,
        point: &mut [f64],
        seen: &mut [f64],
        movable: &[usize],
        cost: impl Fn(&[f64], &[f64]) -> f64,
    ) {
        let sides = self.space.sides();
        let mut least = cost(point, seen);
        let mut step = STEPS.0;
        while step > STEPS.1 {
            let mut better = false;
            for side in movable {
                for way in [step, -step] {
                    let (was, saw) = (point[*side], seen[*side]);
                    point[*side] = (was + way).clamp(0.0, 1.0);
                    seen[*side] = sides[*side].coordinate(sides[*side].value(point[*side]));
                    let now = cost(point, seen);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use crate::draws::{Draws, Stream};

    /// Two targets that two fitted parameters and one that is not decide between them.
    #[test]
    fn points_come_to_where_the_targets_are_and_the_rest_stays() {
        let space = Space::of(&["default_effect", "inertia"]);
        let side = |name: &str| {
            space.sides().iter().position(|s| s.parameter.name == name).expect("declared")
        };
        let (one, other, third) = (side("default_effect"), side("inertia"), side("hours_older"));
        let truth = |x: &[f64]| vec![2.0 * x[one] + x[third], x[other] - 0.5 * x[one]];
        let columns: Vec<Vec<f64>> = (0..space.sides().len() as u32)
            .map(|side| Design::LatinHypercube.dimension(1, side, 300))
            .collect();
        let points: Vec<Vec<f64>> =
            (0..300).map(|run| columns.iter().map(|column| column[run]).collect()).collect();
        let inputs: Vec<Vec<f64>> = points.iter().map(|at| space.coordinates(at)).collect();
        let values: Vec<Vec<f64>> = inputs.iter().map(|x| truth(x)).collect();
        let of = |target: usize| -> Vec<f64> { values.iter().map(|v| v[target]).collect() };
        let emulators = [Emulator::fit(&inputs, &of(0)), Emulator::fit(&inputs, &of(1))];
        let goal = |observed| Goal { observed, tolerance: 0.1, luck: 0.0 };
        let goals = [goal(1.0), goal(-0.2)];
        let region = Region { space: &space, goals: &goals, emulators: &emulators };
        let luck = Draws { seed: 1, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
        let mut kept = 0;
        for (number, at) in points.iter().take(40).enumerate() {
            let track = Track { drawn: at.clone(), at: at.clone(), beyond: vec![0.0; 2] };
            let next = region.next(&track, luck, number as u64);
            for (index, (before, after)) in at.iter().zip(&next).enumerate() {
                assert!(before == after || [one, other].contains(&index), "{index}");
            }
            kept += usize::from(furthest(&goals, &truth(&space.coordinates(&next))) <= TOO_FAR);
        }
        assert!(kept > 35, "{kept} of 40");
        let set = vec![Typical { middle: 0.5, sd: UNIFORM }; space.sides().len()];
        let centre = region.centre(&set, &[0.0; 2]);
        assert!(furthest(&goals, &truth(&centre.seen)) < 1.0);
        let hours = centre.parameters.hours_older;
        assert_eq!(hours, Parameters::default().hours_older, "what is not fitted stays");
    }

    #[test]
    fn what_is_too_far_is_as_declared() {
        let goal = Goal { observed: 0.4, tolerance: 0.04, luck: 0.000_225 };
        // √(0.02² + 0.015²) = 0.025.
        assert!((goal.implausibility(0.45) - 2.0).abs() < 1e-9);
        assert!(goal.reached(0.43) && !goal.reached(0.45));
        assert_eq!(goal.implausibility(f64::NAN), f64::INFINITY);
        assert_eq!(rounded(0.123_456), 0.123);
        assert_eq!(rounded(-12.3456), -12.3);
        assert_eq!(rounded(1234.5), 1234.0);
        assert_eq!(rounded(0.0), 0.0);
    }
}
