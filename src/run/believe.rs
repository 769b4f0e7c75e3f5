//! Simulates what claims need, and says what one would have to believe.
//!
//! Several claims share one set of cells. A cell is one draw of the parameters under one
//! luck, over all places, with every causal link on or with one off; it burns in by itself,
//! lives on under the regimes that claims name, and leaves only their numbers.

use super::pieces::{self, Pieces};
use crate::analysis::tolerance::{Refused, feeds_itself, no_place_to_compare};
use crate::cell::{burn_in, foresee, with_twins};
use crate::claims::answer::{Answer, Believed, Effort, Simulated, answer};
use crate::claims::columns::{self, Told};
use crate::claims::counting::Values;
use crate::claims::losing::{self, Losses};
use crate::claims::reading::{self, Left, Seen};
use crate::claims::{Claim, Claims, Figure};
use crate::draws::Draws;
use crate::experiment::{Experiment, Stress};
use crate::model::World;
use crate::model::gain;
use crate::outcomes::{Outcomes, Reads, Watch};
use crate::store::files::checksum;
use crate::structures::{STRUCTURES, Structures};
use anyhow::Context;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How to ask; all but `how` decides the numbers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and how, on which no number depends.
    pub how: super::Settings,
    /// Draws with each causal link off; none to leave that out.
    pub structures: u32,
    /// Whether regret is worked out, and by which weights.
    pub regret: Option<losing::Weights>,
    /// How much is looked for in what was simulated.
    pub effort: Effort,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What is said of each claim.
    pub answers: Vec<Answer>,
    /// What each regime loses, where it was asked.
    pub losses: Option<Losses>,
    /// What all of it rests on.
    pub simulated: Simulated,
}

/// Asks, or goes on with it, and writes what was found.
///
/// # Errors
///
/// When the folder may not be used, the disk fails, or every draw is refused; finished cells
/// are then kept.
pub fn believe(
    experiment: &Experiment,
    claims: &Claims,
    settings: &Settings,
) -> anyhow::Result<(PathBuf, Findings)> {
    let mut claims = claims.clone();
    let goods = settings
        .regret
        .as_ref()
        .map(|weights| losing::Goods::of(experiment, weights, &mut |figure| claims.figure(figure)));
    let origin = json!({
        "claims": format!("{claims:?}"),
        "experiment": checksum(format!("{experiment:?}").as_bytes()),
        "structures": settings.structures,
        "regret": format!("{:?}", settings.regret),
        "effort": format!("{:?}", settings.effort),
    });
    let usual = Path::new("results").join(format!("believe-{}", experiment.id));
    pieces::done(&usual, &origin, &settings.how, |pieces| {
        let simulated = simulated(experiment, &claims.figures, settings.structures, pieces)?;
        let main = simulated.beliefs.first().context("nobody's beliefs were asked for")?;
        if let (true, Some(first)) = (main.draws.is_empty(), main.refused.first()) {
            anyhow::bail!(
                "every draw is refused, so that there is nothing to compare: {}",
                first.why
            );
        }
        let answers = pieces.pool.install(|| {
            use rayon::prelude::*;
            let one = |claim: &Claim| answer(&claims, claim, &simulated, &settings.effort);
            claims.claims.par_iter().map(one).collect::<Vec<Answer>>()
        });
        let losses = goods.as_ref().map(|goods| goods.losses(&simulated));
        let told = Told {
            experiment,
            claims: &claims,
            answers: &answers,
            losses: losses.as_ref(),
            simulated: &simulated,
        };
        let tables = columns::tables(&told)?;
        Ok((Findings { answers, losses, simulated }, tables))
    })
}

/// One draw under one luck.
#[derive(Clone, Copy, Debug)]
struct Job {
    beliefs: u32,
    draw: u32,
    replicate: u32,
    off: Option<&'static str>,
}

/// Of the draws of the first beliefs, those of each further: one in so many, and two at least.
const FURTHER: u32 = 4;

/// The links that can do anything in an experiment.
fn links(experiment: &Experiment) -> Vec<&'static str> {
    let off = experiment.structures.off();
    let acts = |id: &&'static str| {
        // Nobody learns from peers where there is nobody to learn from.
        !off.contains(id) && (*id != "peer-learning" || experiment.learning)
    };
    STRUCTURES.iter().map(|(id, _)| *id).filter(acts).collect()
}

fn simulated(
    experiment: &Experiment,
    figures: &[Figure],
    structures: u32,
    pieces: &Pieces<'_>,
) -> anyhow::Result<Simulated> {
    let uncertainty = experiment.uncertainty.as_ref().context("no parameters are drawn")?;
    let all = uncertainty.draws;
    let asked = |block: usize| if block == 0 { all } else { (all / FURTHER).max(2).min(all) };
    let mut jobs = Vec::new();
    for beliefs in 0..uncertainty.blocks.len() {
        for draw in 0..asked(beliefs) {
            let of = |replicate| Job { beliefs: beliefs as u32, draw, replicate, off: None };
            jobs.extend((0..experiment.replicates).map(of));
        }
    }
    let name = |job: &Job| {
        let (beliefs, what) = (experiment.believed(job.beliefs), job.off.unwrap_or("all"));
        format!("{beliefs}-{what}-{:05}-{}", job.draw, job.replicate)
    };
    let make = |job: &Job| seen(experiment, figures, *job);
    let made: Vec<Seen> = pieces.made(&jobs, name, make)?;
    let mut beliefs: Vec<Believed> = (0..uncertainty.blocks.len())
        .map(|block| Believed {
            id: experiment.believed(block as u32),
            asked: asked(block),
            draws: BTreeMap::new(),
            refused: Vec::new(),
            names: uncertainty.names.clone(),
            parameters: uncertainty.blocks[block].rows.clone(),
        })
        .collect();
    // Where one replicate is refused its whole draw is.
    for (job, seen) in jobs.iter().zip(&made) {
        let believed = &mut beliefs[job.beliefs as usize];
        let known = believed.refused.last().is_some_and(|refused| refused.draw == job.draw);
        if let (Some(why), false) = (&seen.refused, known) {
            believed.refused.push(Refused {
                beliefs: job.beliefs,
                believed: believed.id,
                draw: job.draw,
                place: places(experiment),
                why: why.clone(),
            });
        }
    }
    for (job, seen) in jobs.iter().zip(made) {
        let believed = &mut beliefs[job.beliefs as usize];
        if !believed.refused.iter().any(|refused| refused.draw == job.draw) {
            believed.draws.entry(job.draw).or_default().push(seen.values);
        }
    }
    // The first draws that are not refused: a draw that is has nothing to be held against.
    let kept = beliefs.first().map(|believed| believed.draws.keys().copied().collect::<Vec<u32>>());
    let few: Vec<u32> = kept.unwrap_or_default().into_iter().take(structures as usize).collect();
    let jobs: Vec<Job> = links(experiment)
        .into_iter()
        .filter(|_| structures > 0)
        .flat_map(|link| {
            few.iter().map(move |draw| Job {
                beliefs: 0,
                draw: *draw,
                replicate: 0,
                off: Some(link),
            })
        })
        .collect();
    let made: Vec<Seen> = pieces.made(&jobs, name, make)?;
    let mut without: Vec<(&'static str, BTreeMap<u32, Values>)> = Vec::new();
    for (job, seen) in jobs.iter().zip(made) {
        let Some(link) = job.off else { continue };
        if without.last().is_none_or(|(last, _)| *last != link) {
            without.push((link, BTreeMap::new()));
        }
        if let (Some((_, draws)), None) = (without.last_mut(), seen.refused) {
            draws.insert(job.draw, vec![seen.values]);
        }
    }
    Ok(Simulated { beliefs, without, seed: experiment.seed })
}

/// Ids of the places.
fn places(experiment: &Experiment) -> String {
    experiment.places.iter().map(|place| place.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// One cell.
fn seen(experiment: &Experiment, figures: &[Figure], job: Job) -> Seen {
    let mut experiment = experiment.drawn(job.beliefs, job.draw).into_owned();
    if let Some(switch) = job.off.and_then(|id| Structures::get_mut(&mut experiment.structures, id))
    {
        *switch = false;
    }
    let refused = |why: String| Seen { refused: Some(why), values: vec![None; figures.len()] };
    let (p, seed) = (&experiment.parameters, experiment.seed);
    if let Some(gain) = gain::too_much(&experiment.places, p, seed, job.draw) {
        return refused(feeds_itself(gain));
    }
    let draws = Draws { seed, draw: job.draw, replicate: job.replicate };
    let until_then = Experiment { reads: Reads::NOTHING, ..experiment.clone() };
    let mut burnt_in: Vec<World> =
        experiment.places.iter().map(|place| burn_in(&until_then, place, draws)).collect();
    for world in &mut burnt_in {
        world.outcomes.take_months();
    }
    foresee(&mut burnt_in, &experiment);
    let lives = |world: usize| {
        lived(&experiment, figures, reading::reads(figures, world), burnt_in.clone(), world)
    };
    let comparator = lives(0);
    // Nobody asks what regimes would have left.
    if let Some(why) = no_place_to_compare(&comparator.0) {
        return refused(why);
    }
    let regimes = (1..=experiment.regimes.len()).map(lives);
    let all: Vec<(Outcomes, Vec<Option<Watch>>)> =
        std::iter::once(comparator).chain(regimes).collect();
    let placebo = reading::needs_placebo(figures).then(|| {
        burnt_in.iter_mut().for_each(|world| world.add_stranger(p));
        lived(&experiment, &[], reading::reads_of_placebo(figures), burnt_in, 0).0
    });
    let (worlds, twins): (Vec<Outcomes>, Vec<Vec<Option<Watch>>>) = all.into_iter().unzip();
    let of_stress = |stress: usize| twins.iter().map(|own| own[stress].clone()).collect();
    let twins = (0..experiment.stresses.len()).map(of_stress).collect();
    let left = Left { worlds, twins, placebo };
    let values = figures.iter().map(|figure| reading::value(figure, &left)).collect();
    Seen { refused: None, values }
}

/// What the worlds of all places leave together under a regime, with only what is needed
/// read, and the twins that figures need, by stress; none of the others.
fn lived(
    experiment: &Experiment,
    figures: &[Figure],
    reads: Reads,
    worlds: Vec<World>,
    world: usize,
) -> (Outcomes, Vec<Option<Watch>>) {
    let regime = match world.checked_sub(1) {
        None => &experiment.comparator,
        Some(index) => &experiment.regimes[index],
    };
    let needed: Vec<usize> = (0..experiment.stresses.len())
        .filter(|stress| reading::needs_twin(figures, world, *stress))
        .collect();
    let stresses: Vec<Stress> =
        needed.iter().map(|stress| experiment.stresses[*stress].clone()).collect();
    // Commissioners who learn from one another look at everybody's states.
    let reads = Reads { states: reads.states || experiment.learning, ..reads };
    let experiment = &Experiment { reads, ..experiment.clone() };
    let left = with_twins(experiment, worlds, regime, &stresses, &mut |_, _| {});
    let mut twins: Vec<Option<Watch>> = vec![None; experiment.stresses.len()];
    let mut together: Option<Outcomes> = None;
    for (outcomes, watches) in left {
        match &mut together {
            Some(all) => all.merge(&outcomes),
            None => together = Some(outcomes),
        }
        for (stress, watch) in needed.iter().zip(watches) {
            match &mut twins[*stress] {
                Some(all) => all.merge(&watch),
                own => *own = Some(watch),
            }
        }
    }
    (together.unwrap_or_else(|| Outcomes::new(experiment.years)), twins)
}
