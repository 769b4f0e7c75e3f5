//! The unit of work: one place under one luck, with its burn-in, every regime and
//! the placebo. A pure function of the resolved experiment and its number.

use crate::draws::Draws;
use crate::experiment::{Experiment, Regime, Stress};
use crate::gains::{Beside, Gains, Lives};
use crate::levers::Levers;
use crate::model::{self, Settings, World, build};
use crate::outcomes::{Outcomes, Sums, Watch};
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
    /// `[month][metric]`: everybody's sums while burning in, the last month just before
    /// the fork.
    pub burn_in: Vec<Vec<Sums>>,
    /// One for the comparator, one for each regime in order, and one for the placebo.
    pub worlds: Vec<Outcomes>,
    /// `[stress][world]`: twins of the comparator and of each regime in order.
    pub twins: Vec<Vec<Watch>>,
    /// Who gains and who loses beside the comparator: one for each regime in order, and
    /// one for the placebo.
    pub gains: Vec<Gains>,
}

/// Simulates a cell: a burn-in under the place's own ways, then one world forked
/// into each regime and the placebo, and each regime's into its twins, all under the
/// same luck.
pub fn simulate(experiment: &Experiment, id: CellId) -> Cell {
    let place = &experiment.places[id.system as usize];
    let draws = Draws { seed: experiment.seed, draw: id.draw, replicate: id.replicate };
    let mut burnt_in = burn_in(experiment, place, draws);
    let burn_in = burnt_in.outcomes.take_months();
    let (mut worlds, mut gains) = (Vec::new(), Vec::new());
    let mut twins = vec![Vec::new(); experiment.stresses.len()];
    let mut lives = Lives::default();
    let mut keep = |outcomes, twins_of: Vec<Watch>| {
        worlds.push(outcomes);
        twins.iter_mut().zip(twins_of).for_each(|(all, twin)| all.push(twin));
    };
    let stresses = experiment.stresses.as_slice();
    let comparator = &experiment.comparator;
    let read = &mut |world: &World| lives.read(world);
    let (outcomes, of_comparator) =
        with_twins(experiment, burnt_in.clone(), comparator, stresses, read);
    keep(outcomes, of_comparator);
    for regime in &experiment.regimes {
        let mut beside = Beside::new(&lives);
        let read = &mut |world: &World| beside.read(world);
        let (outcomes, of_regime) =
            with_twins(experiment, burnt_in.clone(), regime, stresses, read);
        keep(outcomes, of_regime);
        gains.push(beside.counts());
    }
    burnt_in.add_stranger(&experiment.parameters);
    let mut beside = Beside::new(&lives);
    let read = &mut |world: &World| beside.read(world);
    keep(with_twins(experiment, burnt_in, comparator, &[], read).0, Vec::new());
    gains.push(beside.counts());
    Cell { id, burn_in, worlds, twins, gains }
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
        blows: &[],
    };
    model::run(&mut world, &settings, 1 - months..=0);
    world
}

/// What a world leaves under a regime, from the fork to the horizon.
pub fn lives_on(experiment: &Experiment, world: World, regime: &Regime) -> Outcomes {
    with_twins(experiment, world, regime, &[], &mut |_| {}).0
}

/// What a world leaves under a regime, and what each of its twins leaves from the month
/// of its first blow. `look` sees the world, not the twins, at the end of each quarter.
pub fn with_twins(
    experiment: &Experiment,
    mut world: World,
    regime: &Regime,
    stresses: &[Stress],
    look: &mut dyn FnMut(&World),
) -> (Outcomes, Vec<Watch>) {
    let stages: Vec<(i32, Levers)> = regime.stages(world.status_quo());
    world.outcomes = Outcomes::new(experiment.years);
    let end = 12 * experiment.years as i32;
    let settings = Settings {
        parameters: &experiment.parameters,
        structures: &experiment.structures,
        stages: &stages,
        years: experiment.years,
        blows: &[],
    };
    let mut twins = vec![None; stresses.len()];
    for month in 1..=end {
        // Up to the month of the blow the two are one world.
        for (stress, left) in stresses.iter().zip(&mut twins) {
            if stress.month() == month {
                let mut twin = world.clone();
                let settings = Settings { blows: &stress.blows, ..settings };
                model::run(&mut twin, &settings, month..=end);
                *left = Some(Watch::of(&twin.outcomes, month as usize - 1));
            }
        }
        model::run(&mut world, &settings, month..=month);
        if month % MONTHS_A_QUARTER == 0 {
            look(&world);
        }
    }
    (world.outcomes, twins.into_iter().flatten().collect())
}

const MONTHS_A_QUARTER: i32 = 3;
