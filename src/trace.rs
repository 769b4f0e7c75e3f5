//! One life: the same person under the comparator and under each regime, month by month,
//! with what happened and why.
//!
//! No person's rows are stored: the cell is lived again, with somebody looking on between
//! any two processes. The looker stands outside the model and changes nothing in it; that
//! the person's own numbers can be read, the person is put in a stratum of their own.

mod choose;
mod citizen;
mod event;
mod ledger;
pub mod months;
mod recorder;
mod seen;

pub use choose::{Chosen, SHARE_IN_NEED};
pub use citizen::{Citizen, key_of, shown_key};
pub use event::{Date, Door, Event, Finding, Standing, Support, Who};
pub use ledger::Ledger;
pub use months::MonthOfLife;
pub use recorder::{Happening, Life, Recorder};

use crate::cell;
use crate::draws::Draws;
use crate::experiment::{Experiment, Regime};
use crate::gains::{Beside, Lives};
use crate::model::World;
use crate::model::world::ProviderKind;
use crate::system::System;
use std::collections::BTreeMap;

/// Whose life to tell, out of which cell.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Index of the place in the experiment.
    pub place: usize,
    /// Index of the beliefs that parameters are drawn by; 0 where none are drawn.
    pub beliefs: u32,
    /// Parameter draw, from 0.
    pub draw: u32,
    /// Replicate, from 0.
    pub replicate: u32,
    /// Birth key; none for the person in whose life the regimes differ most.
    pub citizen: Option<u64>,
    /// Indices of the regimes to tell of beside the comparator.
    pub regimes: Vec<usize>,
}

/// One person's life under the comparator and each regime.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Index of the place in the experiment.
    pub place: usize,
    /// The beliefs that parameters are drawn by; empty where none are drawn.
    pub beliefs: &'static str,
    /// Parameter draw, from 0.
    pub draw: u32,
    /// Replicate, from 0.
    pub replicate: u32,
    /// Who it is.
    pub citizen: Citizen,
    /// How the person was chosen; none where they were asked for.
    pub chosen: Option<Chosen>,
    /// The comparator's first, then each regime's in order.
    pub lives: Vec<Life>,
}

impl Trace {
    /// A month as a row of the CSV file; `place` is the place's id.
    pub fn line(&self, place: String, life: &Life, month: &MonthOfLife) -> months::Line {
        let citizen = self.citizen.key;
        let (beliefs, draw, replicate) = (self.beliefs, self.draw, self.replicate);
        let (regime, month) = (life.regime.clone(), month.clone());
        months::Line { citizen, place, beliefs, draw, replicate, regime, month }
    }
}

/// Nobody to tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nobody {
    /// Birth keys of a few who are there.
    pub some: Vec<u64>,
}

/// How many are named where somebody is not there.
const A_FEW: usize = 5;

/// How many worlds are lived through in telling: for a bar of progress.
pub fn worlds(asked: &Asked) -> usize {
    let once = 1 + asked.regimes.len();
    if asked.citizen.is_some() { once } else { 2 * once }
}

/// Lives the cell again and tells of one person; `done` hears of each world that is
/// finished.
///
/// # Errors
///
/// When the person is in none of the worlds, or there is nobody to choose.
pub fn trace(
    experiment: &Experiment,
    asked: &Asked,
    done: &mut dyn FnMut(),
) -> Result<Trace, Nobody> {
    let (worlds, at) = at_fork(experiment, asked);
    let beliefs = experiment.believed(asked.beliefs);
    let experiment = &*experiment.drawn(asked.beliefs, asked.draw);
    let regimes: Vec<&Regime> = std::iter::once(&experiment.comparator)
        .chain(asked.regimes.iter().map(|index| &experiment.regimes[*index]))
        .collect();
    let some = || worlds[at].people.iter().map(|person| person.key).take(A_FEW).collect();
    let (key, chosen) = match asked.citizen {
        Some(key) => (key, None),
        None => match choose(experiment, &worlds, at, &regimes, done) {
            Some(chosen) => (chosen.key, Some(chosen)),
            None => return Err(Nobody { some: some() }),
        },
    };
    let mut lives: Vec<Life> = Vec::new();
    for regime in regimes {
        lives.push(life(experiment, worlds.clone(), at, regime, key));
        done();
    }
    let citizen = lives.iter().find_map(|life| life.citizen.clone());
    let Some(citizen) = citizen else { return Err(Nobody { some: some() }) };
    name(&mut lives);
    let Asked { place, draw, replicate, .. } = *asked;
    Ok(Trace { place, beliefs, draw, replicate, citizen, chosen, lives })
}

/// The worlds that are lived together, at the fork, and which of them is asked about.
pub fn at_fork(experiment: &Experiment, asked: &Asked) -> (Vec<World>, usize) {
    let experiment = &*experiment.drawn(asked.beliefs, asked.draw);
    let draws = Draws { seed: experiment.seed, draw: asked.draw, replicate: asked.replicate };
    let burnt_in = |place| {
        let mut world = cell::burn_in(experiment, place, draws);
        world.outcomes.take_months();
        world
    };
    if experiment.learning {
        (experiment.places.iter().map(burnt_in).collect(), asked.place)
    } else {
        (vec![burnt_in(&experiment.places[asked.place])], 0)
    }
}

/// The person in whose life regimes differ most from the comparator.
fn choose(
    experiment: &Experiment,
    worlds: &[World],
    at: usize,
    regimes: &[&Regime],
    done: &mut dyn FnMut(),
) -> Option<Chosen> {
    let mut lived = |regime: &Regime, look: &mut dyn FnMut(&World)| {
        let look = &mut |place: usize, world: &World| {
            if place == at {
                look(world);
            }
        };
        cell::with_twins(experiment, worlds.to_vec(), regime, &[], look);
        done();
    };
    let (comparator, others) = regimes.split_first()?;
    let mut lives = Lives::default();
    lived(comparator, &mut |world| lives.read(world));
    let mut differences = Vec::new();
    for regime in others {
        let mut beside = Beside::new(&lives);
        lived(regime, &mut |world| beside.read(world));
        differences.push(beside.differences().collect());
    }
    if differences.is_empty() {
        // Beside itself: nothing differs, and whoever is in need longest is as good as any.
        let beside = Beside::new(&lives);
        differences.push(beside.differences().collect());
    }
    choose::most_different(&differences, 4 * experiment.years)
}

/// The life of one person under a regime; `worlds` are at the fork.
pub fn life(
    experiment: &Experiment,
    worlds: Vec<World>,
    at: usize,
    regime: &Regime,
    key: u64,
) -> Life {
    let mut recorder = Recorder::new(key, experiment.start);
    let mut system = System::new(experiment, worlds, regime);
    recorder.follows(&mut system.worlds[at]);
    recorder.begins(&system.worlds[at]);
    let end = 12 * experiment.years as i32;
    system.lives_by(1..=end, &[], &mut |place, world, settings, month| {
        if place == at {
            recorder.lives(world, settings, month);
        } else {
            crate::model::run(world, settings, month..=month);
        }
    });
    recorder.ends(&system.worlds[at], &regime.id)
}

/// Gives providers their names, in the order in which they come into the lives: the same
/// provider has the same name in each.
fn name(lives: &mut [Life]) {
    let mut met: Vec<(i32, usize, usize, u64, ProviderKind)> = Vec::new();
    for (index, life) in lives.iter_mut().enumerate() {
        let whos = life.providers().into_iter().enumerate();
        met.extend(whos.map(|(order, (month, who))| (month, index, order, who.key, who.kind)));
    }
    met.sort_by_key(|(month, life, order, ..)| (*month, *life, *order));
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    let mut counts = [0_u32; 6];
    for (.., key, kind) in met {
        names.entry(key).or_insert_with(|| {
            counts[kind as usize] += 1;
            event::named(kind, counts[kind as usize])
        });
    }
    for life in lives {
        for (_, who) in life.providers() {
            if let Some(name) = names.get(&who.key) {
                who.name.clone_from(name);
            }
        }
    }
}
