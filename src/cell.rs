//! The unit of work: one place under one luck, with its burn-in, every regime and
//! the placebo. A pure function of the resolved experiment and its number.

use crate::draws::Draws;
use crate::experiment::{Experiment, Regime, Stress};
use crate::gains::{Beside, Gains, Lives};
use crate::model::{self, Settings, World, build, gain};
use crate::outcomes::{Outcomes, Sums, Watch};
use crate::system::System;
use serde::{Deserialize, Serialize};

/// Which cell: numbered by system, beliefs, draw and replicate, in that order. Luck goes by
/// draw and replicate, and is the same for all beliefs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellId {
    /// Index of the place in the experiment.
    pub system: u32,
    /// Index of the beliefs that parameters are drawn by; 0 where none are drawn.
    pub beliefs: u32,
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
    /// The gain of the community's loop, where a draw makes it too much: then nothing was
    /// simulated, and there is nothing else here.
    pub runs_away: Option<f64>,
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

/// Cells that have to be made together, by beliefs, draw and replicate, and within it by
/// place: in a row they are in the order that tables are made in.
pub fn units(experiment: &Experiment) -> Vec<Vec<CellId>> {
    let places = experiment.places.len() as u32;
    let mut ids = Vec::new();
    for beliefs in 0..experiment.beliefs() {
        for draw in 0..experiment.draws() {
            for replicate in 0..experiment.replicates {
                let of = |system| CellId { system, beliefs, draw, replicate };
                ids.extend((0..places).map(of));
            }
        }
    }
    let together = if experiment.learning { places.max(1) as usize } else { 1 };
    ids.chunks(together).map(<[CellId]>::to_vec).collect()
}

/// How many cells an experiment has.
pub fn count(experiment: &Experiment) -> usize {
    let luck = u64::from(experiment.beliefs())
        * u64::from(experiment.draws())
        * u64::from(experiment.replicates);
    luck as usize * experiment.places.len()
}

/// Simulates the cell of a place by itself.
pub fn simulate(experiment: &Experiment, id: CellId) -> Cell {
    together(experiment, &[id]).swap_remove(0)
}

/// Simulates the cells of a unit: a burn-in under each place's own ways, then one world
/// forked into each regime and the placebo, and each regime's into its twins, all under
/// the same luck.
pub fn together(experiment: &Experiment, unit: &[CellId]) -> Vec<Cell> {
    let Some(first) = unit.first() else { return Vec::new() };
    if let Some(gain) = runs_away(experiment, unit) {
        let empty = |id: &CellId| Cell { runs_away: Some(gain), ..Cell::begun(*id) };
        return unit.iter().map(empty).collect();
    }
    let experiment = &*experiment.drawn(first.beliefs, first.draw);
    let (mut burnt_in, mut cells) = (Vec::new(), Vec::new());
    for id in unit {
        let place = &experiment.places[id.system as usize];
        let draws = Draws { seed: experiment.seed, draw: id.draw, replicate: id.replicate };
        let mut world = self::burn_in(experiment, place, draws);
        let burn_in = world.outcomes.take_months();
        let twins = vec![Vec::new(); experiment.stresses.len()];
        cells.push(Cell { burn_in, twins, ..Cell::begun(*id) });
        burnt_in.push(world);
    }
    foresee(&mut burnt_in, experiment);
    let (comparator, stresses) = (&experiment.comparator, experiment.stresses.as_slice());
    let mut lives: Vec<Lives> = unit.iter().map(|_| Lives::default()).collect();
    let read = &mut |place: usize, world: &World| lives[place].read(world);
    let left = with_twins(experiment, burnt_in.clone(), comparator, stresses, read);
    cells.iter_mut().zip(left).for_each(|(cell, left)| cell.keep(left));
    let mut compare = |worlds: Vec<World>, regime: &Regime, stresses: &[Stress]| {
        let mut beside: Vec<Beside<'_>> = lives.iter().map(Beside::new).collect();
        let read = &mut |place: usize, world: &World| beside[place].read(world);
        let left = with_twins(experiment, worlds, regime, stresses, read);
        for ((cell, left), beside) in cells.iter_mut().zip(left).zip(beside) {
            cell.keep(left);
            cell.gains.push(beside.counts());
        }
    };
    for regime in &experiment.regimes {
        compare(burnt_in.clone(), regime, stresses);
    }
    burnt_in.iter_mut().for_each(|world| world.add_stranger(&experiment.parameters));
    compare(burnt_in, comparator, &[]);
    cells
}

/// The largest gain of the community's loop in the places of a unit, where parameters are
/// drawn and it is too much. It is that of the draw's first replicate, so that a draw goes
/// whole; where nothing is drawn, whoever reads the experiment has looked.
fn runs_away(experiment: &Experiment, unit: &[CellId]) -> Option<f64> {
    experiment.uncertainty.as_ref()?;
    let first = unit.first()?;
    let drawn = experiment.drawn(first.beliefs, first.draw);
    let places = unit.iter().map(|id| &drawn.places[id.system as usize]);
    gain::too_much(places, &drawn.parameters, drawn.seed, first.draw)
}

/// What a world leaves, and what each of its twins leaves.
pub type Left = (Outcomes, Vec<Watch>);

impl Cell {
    /// Nothing lived yet.
    fn begun(id: CellId) -> Self {
        let (burn_in, worlds, twins, gains) = Default::default();
        Self { id, runs_away: None, burn_in, worlds, twins, gains }
    }

    /// Takes in what the next world and its twins left.
    fn keep(&mut self, (outcomes, twins): Left) {
        self.worlds.push(outcomes);
        self.twins.iter_mut().zip(twins).for_each(|(all, twin)| all.push(twin));
    }
}

/// The world of a place at the fork.
pub fn burn_in(experiment: &Experiment, place: &crate::place::Place, draws: Draws) -> World {
    let months = 12 * experiment.burn_in_years as i32;
    let mut world = build::world(place, &experiment.parameters, draws, 1 - months);
    let quiet = Settings::quiet(&experiment.parameters, &experiment.structures);
    let settings = Settings { reads: experiment.reads, ..quiet };
    model::run(&mut world, &settings, 1 - months..=0);
    world
}

/// Writes down what is the same in every world forked from these, where they are few: places
/// that live side by side have to keep all of theirs at once.
pub fn foresee(burnt_in: &mut [World], experiment: &Experiment) {
    if burnt_in.len() <= FEW {
        let foresee =
            |world: &mut World| world.foresees(&experiment.parameters, 12 * experiment.years);
        burnt_in.iter_mut().for_each(foresee);
    }
}

/// Places that are few: 100 MB between them, where each is as large as Dorset.
const FEW: usize = 10;

/// What a world leaves under a regime, from the fork to the horizon, by itself.
pub fn lives_on(experiment: &Experiment, world: World, regime: &Regime) -> Outcomes {
    let mut left = with_twins(experiment, vec![world], regime, &[], &mut |_, _| {});
    left.swap_remove(0).0
}

/// What each world of a system leaves under a regime, and what each of its twins leaves
/// from the month of its first blow. `look` sees the worlds, by place, and not the twins,
/// at the end of each quarter.
pub fn with_twins(
    experiment: &Experiment,
    worlds: Vec<World>,
    regime: &Regime,
    stresses: &[Stress],
    look: &mut dyn FnMut(usize, &World),
) -> Vec<Left> {
    let mut system = System::new(experiment, worlds, regime);
    let mut twins = vec![Vec::new(); stresses.len()];
    let end = 12 * experiment.years as i32;
    for month in 1..=end {
        // Up to the month of the blow the two are one system.
        for (stress, left) in stresses.iter().zip(&mut twins) {
            if stress.month() == month {
                let mut twin = system.clone();
                twin.lives(month..=end, &stress.blows);
                let watched = |world: &World| Watch::of(&world.outcomes, month as usize - 1);
                *left = twin.worlds.iter().map(watched).collect();
            }
        }
        system.lives(month..=month, &[]);
        if month % MONTHS_A_QUARTER == 0 {
            system.worlds.iter().enumerate().for_each(|(place, world)| look(place, world));
        }
    }
    let mut left: Vec<Left> =
        system.worlds.into_iter().map(|world| (world.outcomes, Vec::new())).collect();
    for twin in twins {
        left.iter_mut().zip(twin).for_each(|((_, all), watch)| all.push(watch));
    }
    left
}

const MONTHS_A_QUARTER: i32 = 3;
