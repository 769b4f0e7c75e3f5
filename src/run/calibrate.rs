//! Finds the parameters that what was observed does not rule out.
//!
//! Waves of history matching: points spread over the ranges are run, and an emulator is
//! fitted to each target. Then fresh points are drawn, and the fitted parameters of each
//! moved to where the emulators put the targets; it is run, and where some target rules it
//! out it is moved again, the emulators put right by what the model gave. Every point meets
//! the same people with the same luck. Points that were run and are not ruled out are the
//! set. `docs/decisions` says why it is done so.

use super::pieces::{self, Pieces};
use crate::analysis::moments::Moments;
use crate::cell::{burn_in, lives_on};
use crate::designs::Design;
use crate::draws::{Draws, Stream};
use crate::experiment::Experiment;
use crate::fitting::columns::{self, Calibration, Point};
use crate::fitting::emulator::Emulator;
use crate::fitting::even;
use crate::fitting::reading::Seen;
use crate::fitting::region::{Centre, Goal, Region, Track, Typical, furthest, misses};
use crate::fitting::space::Space;
use crate::model::gain;
use crate::parameters::Parameters;
use crate::problem::listed;
use crate::store::files::checksum;
use crate::targets::{Observed, Role, Target, Targets};
use crate::terminal::say;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How to calibrate; all but `how` decides the numbers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and how, on which no number depends.
    pub how: super::Settings,
    /// Points of the first wave.
    pub first: u32,
    /// Points of each later wave.
    pub points: u32,
    /// Most waves after the first.
    pub waves: u32,
    /// Points not ruled out that are enough.
    pub members: u32,
    /// Runs of the middle of the ranges under as many lucks, from which luck's own spread is
    /// read.
    pub luck: u32,
    /// Times that the centre is looked for and run.
    pub centres: u32,
}

/// Calibrates, or goes on with it, and writes what was found.
///
/// # Errors
///
/// When the folder may not be used, or the disk fails; finished points are then kept.
pub fn calibrate(targets: &Targets, settings: &Settings) -> anyhow::Result<(PathBuf, Calibration)> {
    let mine: Vec<Target> = targets.of(Role::Calibrate).cloned().collect();
    let experiment = targets.experiments.first().context("targets have an experiment")?;
    let space = Space::of(&targets.fit);
    let origin = origin(targets, &mine, settings, experiment);
    let usual = Path::new("results").join(format!("calibrate-{}", targets.id));
    pieces::done(&usual, &origin, &settings.how, |pieces| {
        let lucks = even::most_even(&experiment.places, experiment.seed, settings.luck.max(1));
        let bench = Bench { experiment, targets: &mine, space: &space, pieces, settings, lucks };
        let found = bench.waves()?;
        let tables = columns::tables(&found)?;
        Ok((found, tables))
    })
}

/// What the numbers depend on.
fn origin(
    targets: &Targets,
    mine: &[Target],
    settings: &Settings,
    experiment: &Experiment,
) -> Value {
    let Settings { first, points, waves, members, luck, centres, .. } = settings;
    json!({
        "targets": format!("{mine:?}"),
        "fit": targets.fit,
        "experiment": checksum(format!("{experiment:?}").as_bytes()),
        "first": first, "points": points, "waves": waves, "members": members,
        "luck": luck, "centres": centres,
    })
}

struct Bench<'a> {
    experiment: &'a Experiment,
    targets: &'a [Target],
    space: &'a Space,
    pieces: &'a Pieces<'a>,
    settings: &'a Settings,
    /// Replicates whose councils are most even; every point is run under the first.
    lucks: Vec<u32>,
}

/// What is to be run: a name, the parameters, and whose luck.
struct Job {
    name: String,
    parameters: Parameters,
    replicate: u32,
}

/// What the model gave at a point beyond what emulators say.
fn beyond(point: &Point, emulators: &[Emulator]) -> Vec<f64> {
    let each = point.values.iter().zip(emulators);
    each.map(|(value, emulator)| value - emulator.at(&point.seen)).collect()
}

/// What each target comes to; none where there was nobody to measure it on.
type Values = Vec<Option<f64>>;

/// The values, where there is one for every target.
fn whole(values: Option<Values>) -> Option<Vec<f64>> {
    values?.into_iter().collect()
}

impl Bench<'_> {
    fn waves(&self) -> anyhow::Result<Calibration> {
        let Settings { first, points, waves, members, .. } = *self.settings;
        let goals = self.goals()?;
        let mut all: Vec<Point> = Vec::new();
        let spread: Vec<Vec<f64>> = (0..self.space.sides().len() as u32)
            .map(|side| Design::LatinHypercube.dimension(self.experiment.seed, side, first))
            .collect();
        let wave = (0..first)
            .map(|number| (number, spread.iter().map(|side| side[number as usize]).collect()))
            .collect();
        all.extend(self.wave(0, wave, &goals)?);
        // Fresh points, each drawn where nothing was run yet.
        let seed = self.experiment.seed.wrapping_add(1);
        let fresh: Vec<Vec<f64>> = (0..self.space.sides().len() as u32)
            .map(|side| Design::LatinHypercube.dimension(seed, side, points))
            .collect();
        let mut tracks: Vec<(u32, Track)> = (0..points)
            .map(|number| {
                let drawn: Vec<f64> = fresh.iter().map(|side| side[number as usize]).collect();
                let beyond = vec![0.0; goals.len()];
                (number, Track { at: drawn.clone(), drawn, beyond })
            })
            .collect();
        let luck = Draws { seed, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
        for wave in 1..=waves {
            let emulators = self.emulators(&all);
            let region = Region { space: self.space, goals: &goals, emulators: &emulators };
            self.put_right(&mut tracks, &all, &emulators);
            let next: Vec<Vec<f64>> = self.pieces.pool.install(|| {
                use rayon::prelude::*;
                let one =
                    |(number, track): &(u32, Track)| region.next(track, luck, u64::from(*number));
                tracks.par_iter().map(one).collect()
            });
            for ((_, track), at) in tracks.iter_mut().zip(next) {
                track.at = at;
            }
            let at = tracks.iter().map(|(number, track)| (*number, track.at.clone())).collect();
            let run = self.wave(wave, at, &goals)?;
            // What is not ruled out stays as it is; the rest is tried again.
            tracks.retain(|(number, _)| {
                run.iter().any(|point| point.number == *number && !point.is_member())
            });
            all.extend(run);
            let kept = all.iter().filter(|point| point.is_member()).count();
            self.say(&format!("wave {wave}: {kept} points of {} are not ruled out", all.len()));
            if kept >= members as usize || tracks.is_empty() {
                break;
            }
        }
        let (centre, values) = self.centre(&mut all, &goals)?;
        Ok(Calibration {
            targets: self.targets.to_vec(),
            goals,
            emulators: self.emulators(&all),
            space: self.space.clone(),
            seed: self.experiment.seed,
            points: all,
            centre,
            centre_values: values,
        })
    }

    fn say(&self, line: &str) {
        if !self.settings.how.quiet {
            say(line);
        }
    }

    /// What is to be reached, with luck's own spread in the middle of the ranges.
    fn goals(&self) -> anyhow::Result<Vec<Goal>> {
        let jobs = self
            .lucks
            .iter()
            .map(|&replicate| Job {
                name: format!("luck-{replicate:05}"),
                parameters: self.space.middle(),
                replicate,
            })
            .collect();
        let runs = self.run(jobs)?;
        let unread = |index: &usize| runs.iter().flatten().any(|values| values[*index].is_none());
        let ids: Vec<&str> =
            (0..self.targets.len()).filter(unread).map(|i| self.targets[i].id.as_str()).collect();
        if !ids.is_empty() {
            bail!(
                "the model gives no value for {}\nhelp: not every metric is kept for every group and period; `commissim explain` says of whom a metric is",
                listed(ids, "and")
            );
        }
        let goal = |(index, target): (usize, &Target)| {
            let mut spread = Moments::default();
            runs.iter().flatten().for_each(|values| spread.add(values[index]));
            let observed = match target.observed {
                Observed::Value(value) => value,
                Observed::Sign(_) => 0.0,
            };
            let sd = spread.sd().unwrap_or(0.0);
            Goal { observed, tolerance: target.tolerance, luck: sd * sd }
        };
        Ok(self.targets.iter().enumerate().map(goal).collect())
    }

    /// Runs a wave.
    fn wave(
        &self,
        wave: u32,
        at: Vec<(u32, Vec<f64>)>,
        goals: &[Goal],
    ) -> anyhow::Result<Vec<Point>> {
        let job = |(number, at): &(u32, Vec<f64>)| Job {
            name: format!("wave-{wave}-{number:05}"),
            parameters: self.space.parameters(at),
            replicate: self.lucks[0],
        };
        let runs = self.run(at.iter().map(job).collect())?;
        Ok(at
            .into_iter()
            .zip(runs)
            .map(|((number, at), values)| {
                let values = whole(values);
                let far = values.as_deref().map_or(f64::INFINITY, |values| furthest(goals, values));
                let seen = self.space.coordinates(&at);
                let values = values.unwrap_or_default();
                Point { wave, number, at, seen, centre: false, values, far }
            })
            .collect())
    }

    fn emulators(&self, points: &[Point]) -> Vec<Emulator> {
        use rayon::prelude::*;
        let there: Vec<&Point> = points.iter().filter(|point| point.far.is_finite()).collect();
        let inputs: Vec<Vec<f64>> = there.iter().map(|point| point.seen.clone()).collect();
        self.pieces.pool.install(|| {
            (0..self.targets.len())
                .into_par_iter()
                .map(|target| {
                    let values: Vec<f64> = there.iter().map(|p| p.values[target]).collect();
                    Emulator::fit(&inputs, &values)
                })
                .collect()
        })
    }

    /// Tells points that have been run what the model gave there beyond the emulators.
    fn put_right(&self, tracks: &mut [(u32, Track)], all: &[Point], emulators: &[Emulator]) {
        for (number, track) in tracks {
            let last = all.iter().rev().find(|p| p.wave > 0 && !p.centre && p.number == *number);
            let Some(last) = last.filter(|point| point.far.is_finite()) else { continue };
            track.beyond = beyond(last, emulators);
        }
    }

    /// The values of fitted parameters that come nearest to all targets without being unlike
    /// the set, with all others at their defaults: run, learnt from, and looked for again.
    fn centre(
        &self,
        all: &mut Vec<Point>,
        goals: &[Goal],
    ) -> anyhow::Result<(Parameters, Vec<f64>)> {
        let wave = self.settings.waves + 1;
        let side = |side: usize| {
            Typical::of(all.iter().filter(|p| p.is_member()).map(|p| p.at[side]).collect())
        };
        let set: Vec<Typical> = (0..self.space.sides().len()).map(side).collect();
        let mut best: Option<(f64, Parameters, Vec<f64>)> = None;
        for round in 0..self.settings.centres {
            let emulators = self.emulators(all);
            let region = Region { space: self.space, goals, emulators: &emulators };
            // The mean over all looks so far, since the last alone overshoots where the model
            // is steeper than its emulators.
            let looks = all.iter().filter(|point| point.centre && point.far.is_finite());
            let mut mean = vec![Moments::default(); goals.len()];
            for point in looks {
                let each = mean.iter_mut().zip(self::beyond(point, &emulators));
                each.for_each(|(mean, beyond)| mean.add(Some(beyond)));
            }
            let beyond: Vec<f64> = mean.iter().map(|m| m.mean().unwrap_or_default()).collect();
            let Centre { at, seen, parameters } = region.centre(&set, &beyond);
            let name = format!("centre-{round:05}");
            let job = Job { name, parameters: parameters.clone(), replicate: self.lucks[0] };
            let Some(values) = whole(self.run(vec![job])?.pop().flatten()) else { continue };
            let far = furthest(goals, &values);
            let cost = misses(goals, &values) + region.unlike(&set, &at);
            if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
                best = Some((cost, parameters, values.clone()));
            }
            all.push(Point { wave, number: round, at, seen, centre: true, values, far });
        }
        let (_, parameters, values) = best.context("no centre could be run")?;
        Ok((parameters, values))
    }

    /// What each job comes to; none where the community would all but hold itself up, so
    /// that it is not run.
    fn run(&self, jobs: Vec<Job>) -> anyhow::Result<Vec<Option<Values>>> {
        self.pieces.made(&jobs, |job| job.name.clone(), |job| self.simulate(job))
    }

    fn simulate(&self, job: &Job) -> Option<Values> {
        let experiment =
            Experiment { parameters: job.parameters.clone(), ..self.experiment.clone() };
        let seed = experiment.seed;
        if gain::too_much(&experiment.places, &job.parameters, seed, 0).is_some() {
            return None;
        }
        let draws = Draws { seed, draw: 0, replicate: job.replicate };
        let places = experiment.places.iter().map(|place| {
            let world = burn_in(&experiment, place, draws);
            vec![lives_on(&experiment, world, &experiment.comparator)]
        });
        let seen = Seen::of(places.collect());
        Some(self.targets.iter().map(|target| seen.value(target)).collect())
    }
}
