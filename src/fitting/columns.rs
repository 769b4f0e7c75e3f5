//! The tables of a calibration.

use super::chance::{Verdict, verdicts};
use super::emulator::{Emulator, Term};
use super::region::{Goal, TOO_FAR};
use super::space::{Side, Space};
use crate::analysis::moments::Moments;
use crate::analysis::nested::percentile;
use crate::outcomes::GROUPS;
use crate::parameters::Parameters;
use crate::table::{all, columns, csv, number, optional};
use crate::targets::Target;

/// What a calibration found.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// What was to be reached.
    pub targets: Vec<Target>,
    /// The same with luck's own spread.
    pub goals: Vec<Goal>,
    /// Fitted to every point that was run.
    pub emulators: Vec<Emulator>,
    /// Where parameters may lie.
    pub space: Space,
    /// What chance is keyed by.
    pub seed: u64,
    /// Every point that was run.
    pub points: Vec<Point>,
    /// Fitted parameters nearest to all targets, the others at their defaults.
    pub centre: Parameters,
    /// What the targets come to there.
    pub centre_values: Vec<f64>,
}

/// A point that was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Wave, from 0.
    pub wave: u32,
    /// Number within it.
    pub number: u32,
    /// Where in the unit cube; of a centre, the fitted parameters only.
    pub at: Vec<f64>,
    /// What emulators see of it.
    pub seen: Vec<f64>,
    /// Whether it was looked for as the centre, and so is none of the set.
    pub centre: bool,
    /// What each target comes to; empty where it was refused.
    pub values: Vec<f64>,
    /// Implausibility of the furthest target; infinite where it was refused.
    pub far: f64,
}

impl Point {
    /// Whether it is not ruled out, and part of the set.
    pub fn is_member(&self) -> bool {
        self.far <= TOO_FAR && !self.centre
    }
}

impl Calibration {
    /// Points that are not ruled out.
    pub fn members(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.is_member())
    }

    /// How each target was met.
    pub fn fits(&self) -> Vec<Fit> {
        let each = self.targets.iter().zip(&self.goals).zip(&self.emulators).enumerate();
        each.map(|(index, ((target, goal), emulator))| {
            let of = |point: &Point| point.values.get(index).copied();
            let all: Vec<f64> = self.points.iter().filter(|p| p.wave == 0).filter_map(of).collect();
            let set: Vec<f64> = self.members().filter_map(of).collect();
            Fit {
                target: target.clone(),
                goal: *goal,
                centre: self.centre_values.get(index).copied().unwrap_or(f64::NAN),
                before: range(all, 0.025),
                set: range(set, 0.0),
                explained: emulator.explains(),
            }
        })
        .collect()
    }

    /// What became of each parameter.
    pub fn moved(&self) -> Vec<Moved> {
        let sides = self.space.sides();
        let places = |index| self.members().map(|point| point.at[index]).collect();
        let places: Vec<Vec<f64>> = (0..sides.len()).map(places).collect();
        // What was fitted, and what was only drawn, are two questions.
        let mut found = vec![(Verdict::NotInformed, 1.0); sides.len()];
        for fitted in [true, false] {
            let these: Vec<usize> =
                (0..sides.len()).filter(|s| sides[*s].fitted == fitted).collect();
            let places: Vec<Vec<f64>> = these.iter().map(|side| places[*side].clone()).collect();
            for (side, verdict) in these.into_iter().zip(verdicts(&places, self.seed)) {
                found[side] = verdict;
            }
        }
        let each = sides.iter().enumerate().zip(found);
        each.map(|((index, side), (verdict, chance))| {
            let of = |point: &Point| side.value(point.at[index]);
            let set: Vec<f64> = self.members().map(of).collect();
            let before: Vec<f64> =
                self.points.iter().filter(|point| point.wave == 0).map(of).collect();
            let mut by: Vec<(f64, &str)> = self
                .targets
                .iter()
                .zip(&self.goals)
                .zip(&self.emulators)
                .map(|((target, goal), emulator)| {
                    (pull(emulator, index) / goal.tolerance, target.id.as_str())
                })
                .filter(|(pull, _)| *pull > TELLS)
                .collect();
            by.sort_by(|a, b| b.0.total_cmp(&a.0));
            Moved {
                side: *side,
                verdict,
                chance,
                at_ends: [side.parameter.low, side.parameter.high]
                    .map(|end| set.iter().filter(|value| **value == end).count()),
                centre: self.centre.get(side.parameter.name).unwrap_or(f64::NAN),
                before: range(before.clone(), 0.1),
                set: range(set.clone(), 0.1),
                narrower: narrower(&before, &set),
                by: by.iter().map(|(_, id)| *id).collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
    }
}

/// Of a target's tolerance, what a parameter must move it by from end to end of its range
/// for the target to tell anything of it.
const TELLS: f64 = 0.5;

/// How far a target moves from end to end of one input's range, as emulated.
fn pull(emulator: &Emulator, input: usize) -> f64 {
    let straight = emulator.terms().iter().find(|(term, _)| *term == Term::Straight(input));
    straight.map_or(0.0, |(_, by)| 2.0 * by.abs())
}

/// Middle and both quantiles that leave so much out at each end.
fn range(mut values: Vec<f64>, tail: f64) -> Option<[f64; 3]> {
    values.sort_by(f64::total_cmp);
    let at = |share| percentile(&values, share);
    (!values.is_empty()).then(|| [at(tail), at(0.5), at(1.0 - tail)])
}

/// Standard deviation in the set over that before; 1 is no narrower.
fn narrower(before: &[f64], set: &[f64]) -> Option<f64> {
    let sd = |values: &[f64]| {
        let mut moments = Moments::default();
        values.iter().for_each(|value| moments.add(Some(*value)));
        moments.sd()
    };
    sd(before).filter(|sd| *sd > 0.0).zip(sd(set)).map(|(before, set)| set / before)
}

/// How one target was met.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The target.
    pub target: Target,
    /// With luck's spread.
    pub goal: Goal,
    /// What it comes to at the centre.
    pub centre: f64,
    /// 95% range of the first wave, before anything was ruled out, and its middle.
    pub before: Option<[f64; 3]>,
    /// Range of the set, and its middle.
    pub set: Option<[f64; 3]>,
    /// How much of its variance over points its emulator explains.
    pub explained: f64,
}

/// What became of one parameter.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The parameter.
    pub side: Side,
    /// What the targets did to it.
    pub verdict: Verdict,
    /// Chance that so many draws would be as far off the middle, or as narrow.
    pub chance: f64,
    /// Its value at the centre.
    pub centre: f64,
    /// Members of the set at the low and at the high end of the range.
    pub at_ends: [usize; 2],
    /// Tenth to ninetieth percentile before, and the middle.
    pub before: Option<[f64; 3]>,
    /// The same in the set.
    pub set: Option<[f64; 3]>,
    /// Standard deviation in the set over that before.
    pub narrower: Option<f64>,
    /// Targets that tell something of it, the one that tells most first.
    pub by: String,
}

/// A group as a file writes it; empty for everybody.
pub fn group(target: &Target) -> String {
    let group = GROUPS[target.group];
    if target.group == 0 { String::new() } else { format!("{}={}", group.by.id(), group.id) }
}

/// Ids of a target's metrics, added.
pub fn metrics(target: &Target) -> String {
    let ids: Vec<&str> = target.metrics.iter().map(|metric| metric.declaration().id).collect();
    ids.join(" + ")
}

const FIT: &[crate::table::Column<Fit>] = columns! {
    "target", "text", "Name of the target.", |r: &Fit| r.target.id.clone();
    "what", "text", "What was observed.", |r: &Fit| r.target.what.clone();
    "metrics", "text", "Metrics of the model that are held against it.", |r: &Fit| metrics(&r.target);
    "group", "text", "Whom it is about; empty for everybody.", |r: &Fit| group(&r.target);
    "statistic", "text", "What of the metric.", |r: &Fit| r.target.statistic.id().to_owned();
    "observed", "number", "What was observed.", |r: &Fit| r.target.observed.written();
    "tolerance", "number", "How far off still counts as reached.", |r: &Fit| number(r.target.tolerance);
    "centre", "number", "What the model gives at the centre: fitted parameters nearest to all targets, the others at their defaults.", |r: &Fit| number(r.centre);
    "reached", "true or false", "Whether that is within the tolerance.", |r: &Fit| r.goal.reached(r.centre).to_string();
    "far", "number", "How far off it is, in standard deviations of what was observed and of luck.", |r: &Fit| number(r.goal.implausibility(r.centre));
    "set_low", "number", "Least of the set.", |r: &Fit| optional(r.set.map(|set| set[0]));
    "set_middle", "number", "Median of the set.", |r: &Fit| optional(r.set.map(|set| set[1]));
    "set_high", "number", "Most of the set.", |r: &Fit| optional(r.set.map(|set| set[2]));
    "before_low", "number", "2.5th percentile over the ranges of the ledger, before anything was ruled out.", |r: &Fit| optional(r.before.map(|all| all[0]));
    "before_high", "number", "97.5th percentile of the same.", |r: &Fit| optional(r.before.map(|all| all[2]));
    "luck_sd", "number", "Standard deviation of the model's value from luck alone.", |r: &Fit| number(r.goal.luck.sqrt());
    "explained", "number", "Share of its variance over points that its emulator explains, a point left out.", |r: &Fit| number(r.explained);
    "when", "text", "When it was observed.", |r: &Fit| r.target.when.clone();
    "source", "text", "Where it was observed.", |r: &Fit| r.target.source.clone();
};

const MOVED: &[crate::table::Column<Moved>] = columns! {
    "parameter", "text", "Name of the parameter.", |r: &Moved| r.side.parameter.name.to_owned();
    "unit", "text", "Its unit.", |r: &Moved| r.side.parameter.unit.to_owned();
    "fitted", "true or false", "Whether calibration moves it.", |r: &Moved| r.side.fitted.to_string();
    "verdict", "text", "Whether the targets moved it, narrowed it, or did nothing to it that chance would not do; all that was fitted is judged together, and so is all that was only drawn, so that of those said to be moved or narrowed one in ten may be chance's.", |r: &Moved| r.verdict.word().to_owned();
    "chance", "number", "Chance that so many draws of its range would be as far off the middle, or as narrow, if the targets told nothing.", |r: &Moved| number(r.chance);
    "centre", "number", "Its value at the centre of this calibration.", |r: &Moved| number(r.centre);
    "before_low", "number", "Tenth percentile before.", |r: &Moved| optional(r.before.map(|x| x[0]));
    "before_high", "number", "Ninetieth percentile before.", |r: &Moved| optional(r.before.map(|x| x[2]));
    "set_low", "number", "Tenth percentile in the set.", |r: &Moved| optional(r.set.map(|x| x[0]));
    "set_middle", "number", "Median in the set.", |r: &Moved| optional(r.set.map(|x| x[1]));
    "set_high", "number", "Ninetieth percentile in the set.", |r: &Moved| optional(r.set.map(|x| x[2]));
    "at_low", "number", "Points of the set at the low end of the plausible range.", |r: &Moved| r.at_ends[0].to_string();
    "at_high", "number", "Points of the set at the high end.", |r: &Moved| r.at_ends[1].to_string();
    "narrower", "number", "Standard deviation in the set over that before.", |r: &Moved| optional(r.narrower);
    "by", "text", "Targets that tell something of it, the one that tells most first.", |r: &Moved| r.by.clone();
};

/// The files of a calibration: names and bytes.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn tables(found: &Calibration) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    Ok(vec![
        ("set.csv", set(found)?),
        ("fit.csv", csv(&all(FIT), &found.fits())?),
        ("parameters.csv", csv(&all(MOVED), &found.moved())?),
        ("points.csv", points(found)?),
    ])
}

/// The set: a row a draw, as `run --from` reads it.
fn set(found: &Calibration) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = found.space.sides().iter().map(|side| side.parameter.name);
    writer.write_record(std::iter::once("draw").chain(names))?;
    for (draw, point) in found.members().enumerate() {
        let values = found
            .space
            .sides()
            .iter()
            .zip(&point.at)
            .map(|(side, u)| number(short(side.value(*u))));
        writer.write_record(std::iter::once(draw.to_string()).chain(values))?;
    }
    Ok(writer.into_inner()?)
}

/// Five figures are more than anything depends on.
fn short(x: f64) -> f64 {
    format!("{x:.4e}").parse().unwrap_or(x)
}

/// Every point that was run.
fn points(found: &Calibration) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let ids = found.targets.iter().map(|target| target.id.as_str());
    writer.write_record(["wave", "point", "far"].into_iter().chain(ids))?;
    for point in &found.points {
        let far = if point.far.is_finite() { number(point.far) } else { String::new() };
        let value = |index| optional(point.values.get(index).copied());
        let values = (0..found.targets.len()).map(value);
        let head = [point.wave.to_string(), point.number.to_string(), far];
        writer.write_record(head.into_iter().chain(values))?;
    }
    Ok(writer.into_inner()?)
}
