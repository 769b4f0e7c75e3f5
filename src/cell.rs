//! The unit of work: one place under one luck, with its burn-in, every regime and
//! the placebo. A pure function of the resolved experiment and its number.

use crate::draws::Draws;
use crate::experiment::{Experiment, Regime};
use crate::levers::Levers;
use crate::model::{self, Settings, World, build};
use crate::outcomes::Outcomes;
use serde::{Deserialize, Serialize};

/// Which cell: numbered by system, draw and replicate, in that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellId {
    /// Index of the place in the experiment.
    pub system: u32,
    /// Parameter draw, from 0.
    pub draw: u32,
    /// Replicate, from 0.
    pub replicate: u32,
}

/// What a cell leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Which cell.
    pub id: CellId,
    /// One for the comparator, one for each regime in order, and one for the placebo.
    pub worlds: Vec<Outcomes>,
}

/// Simulates a cell: a burn-in under the place's own ways, then one world forked
/// into each regime and the placebo, all under the same luck.
pub fn simulate(experiment: &Experiment, id: CellId) -> Cell {
    let place = &experiment.places[id.system as usize];
    let draws = Draws { seed: experiment.seed, draw: id.draw, replicate: id.replicate };
    let burnt_in = burn_in(experiment, place, draws);
    let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    let mut worlds: Vec<Outcomes> =
        regimes.map(|regime| lives_on(experiment, burnt_in.clone(), regime)).collect();
    let mut placebo = burnt_in;
    placebo.add_stranger(&experiment.parameters);
    worlds.push(lives_on(experiment, placebo, &experiment.comparator));
    Cell { id, worlds }
}

/// The world of a place at the fork.
pub fn burn_in(experiment: &Experiment, place: &crate::place::Place, draws: Draws) -> World {
    let months = 12 * experiment.burn_in_years as i32;
    let mut world = build::world(place, &experiment.parameters, draws, 1 - months);
    let settings = Settings {
        parameters: &experiment.parameters,
        structures: &experiment.structures,
        stages: &[],
        years: 0,
    };
    model::run(&mut world, &settings, 1 - months..=0);
    world
}

/// What a world leaves under a regime, from the fork to the horizon.
pub fn lives_on(experiment: &Experiment, mut world: World, regime: &Regime) -> Outcomes {
    let stages: Vec<(i32, Levers)> = regime.stages(world.status_quo());
    world.outcomes = Outcomes::new(experiment.years);
    let settings = Settings {
        parameters: &experiment.parameters,
        structures: &experiment.structures,
        stages: &stages,
        years: experiment.years,
    };
    model::run(&mut world, &settings, 1..=12 * experiment.years as i32);
    world.outcomes
}
