//! Holds the model against what it was never fitted to.

use super::pieces::{self, Pieces};
use crate::cell::{burn_in, lives_on};
use crate::draws::Draws;
use crate::experiment::Experiment;
use crate::fitting::predicted::{Prediction, tables};
use crate::fitting::reading::Seen;
use crate::model::gain;
use crate::outcomes::Outcomes;
use crate::store::files::checksum;
use crate::structures::{STRUCTURES, Structures};
use crate::targets::{Role, Target, Targets};
use serde_json::json;
use std::path::{Path, PathBuf};

/// How to validate; all but `how` decides the numbers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and how, on which no number depends.
    pub how: super::Settings,
    /// Draws for each causal link that is switched off; none to leave that out.
    pub structures: u32,
}

/// What a validation found.
#[derive(Clone, Debug)]
pub struct Validation {
    /// Each target of the role, as predicted.
    pub predictions: Vec<Prediction>,
    /// The same of a few of the draws: first with every causal link on, then with one off, by
    /// link.
    pub without: Vec<(&'static str, Vec<Prediction>)>,
    /// Draws of the set.
    pub draws: u32,
}

/// Validates, or goes on with it, and writes what was found.
///
/// # Errors
///
/// When the folder may not be used, or the disk fails; what is finished is then kept.
pub fn validate(targets: &Targets, settings: &Settings) -> anyhow::Result<(PathBuf, Validation)> {
    let mine: Vec<&Target> = targets.of(Role::Validate).collect();
    let origin = json!({
        "targets": format!("{mine:?}"),
        "experiments": checksum(format!("{:?}", targets.experiments).as_bytes()),
        "structures": settings.structures,
    });
    let usual = Path::new("results").join(format!("validate-{}", targets.id));
    pieces::done(&usual, &origin, &settings.how, |pieces| {
        let found = predictions(targets, &mine, settings, pieces)?;
        let tables = tables(&found.predictions, &found.without)?;
        Ok((found, tables))
    })
}

/// One draw of one experiment, with one causal link off or none.
struct Job {
    experiment: usize,
    draw: u32,
    off: Option<&'static str>,
}

/// What each target comes to in a draw; none where it could not be read.
type Values = Vec<Option<f64>>;

fn predictions(
    targets: &Targets,
    mine: &[&Target],
    settings: &Settings,
    pieces: &Pieces<'_>,
) -> anyhow::Result<Validation> {
    let used = |experiment: &usize| mine.iter().any(|target| target.experiment == *experiment);
    let experiments: Vec<usize> = (0..targets.experiments.len()).filter(used).collect();
    let draws = targets.experiments.iter().map(Experiment::draws).max().unwrap_or(1);
    let links = STRUCTURES.iter().map(|(id, _)| Some(*id)).filter(|_| settings.structures > 0);
    let mut jobs = Vec::new();
    for off in std::iter::once(None).chain(links) {
        for experiment in &experiments {
            let most = targets.experiments[*experiment].draws();
            let most = if off.is_some() { settings.structures.min(most) } else { most };
            jobs.extend((0..most).map(|draw| Job { experiment: *experiment, draw, off }));
        }
    }
    let name = |job: &Job| {
        let off = job.off.unwrap_or("all");
        format!("{}-{off}-{:05}", targets.experiments[job.experiment].id, job.draw)
    };
    let values: Vec<Values> =
        pieces.made(&jobs, name, |job| values(&targets.experiments[job.experiment], job, mine))?;
    let predict = |off: Option<&'static str>, most: u32| -> Vec<Prediction> {
        let of = |index: usize, target: &Target| {
            let each = jobs.iter().zip(&values);
            let wanted = |job: &Job| {
                job.off == off && job.draw < most && job.experiment == target.experiment
            };
            each.filter(|(job, _)| wanted(job))
                .filter_map(|(_, values)| values[index])
                .collect::<Vec<f64>>()
        };
        let each = mine.iter().enumerate();
        each.map(|(index, target)| Prediction::of((*target).clone(), &of(index, target))).collect()
    };
    let few = settings.structures;
    let links = std::iter::once("").chain(STRUCTURES.iter().map(|(id, _)| *id));
    let without = links.filter(|_| few > 0).map(|id| {
        let off = Some(id).filter(|id| !id.is_empty());
        (id, predict(off, few))
    });
    Ok(Validation { predictions: predict(None, draws), without: without.collect(), draws })
}

/// What the targets of an experiment come to in one draw, under luck of its own.
fn values(experiment: &Experiment, job: &Job, mine: &[&Target]) -> Values {
    let mut experiment = experiment.drawn(0, job.draw).into_owned();
    if let Some(switch) = job.off.and_then(|id| Structures::get_mut(&mut experiment.structures, id))
    {
        *switch = false;
    }
    let (p, seed) = (&experiment.parameters, experiment.seed);
    let wanted = |target: &&Target| target.experiment == job.experiment;
    if gain::too_much(&experiment.places, p, seed, job.draw).is_some() {
        return vec![None; mine.len()];
    }
    let needed = |world: usize| world == 0 || mine.iter().any(|t| wanted(t) && t.world == world);
    let draws = Draws { seed, draw: job.draw, replicate: 0 };
    let regimes = || std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    let places = experiment.places.iter().map(|place| {
        let burnt_in = burn_in(&experiment, place, draws);
        let lives = |(world, regime)| match needed(world) {
            true => lives_on(&experiment, burnt_in.clone(), regime),
            // Nobody asks what it would have left.
            false => Outcomes::new(experiment.years),
        };
        regimes().enumerate().map(lives).collect()
    });
    let seen = Seen::of(places.collect());
    mine.iter().map(|target| seen.value(target).filter(|_| wanted(target))).collect()
}
