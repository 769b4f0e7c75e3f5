//! Places that affect one another, living side by side under a regime.
//!
//! Each place is a system of its own, or, where commissioners learn from one another,
//! all places of the experiment are one: they meet only at each year's end.

use crate::experiment::{Blow, Experiment, Regime};
use crate::model::learning::{self, Plan};
use crate::model::world::MONTHS_A_YEAR;
use crate::model::{self, Settings, World};
use crate::outcomes::Outcomes;
use std::ops::RangeInclusive;

/// The worlds of a system after the fork, and what their councils plan.
#[derive(Clone, Debug)]
pub struct System<'a> {
    experiment: &'a Experiment,
    /// The worlds, in order of their councils' codes.
    pub worlds: Vec<World>,
    /// What each of them has announced.
    pub plans: Vec<Plan>,
}

impl<'a> System<'a> {
    /// Worlds at the fork set out under a regime. What the regime sets, whenever it does,
    /// is not free to learn, nor is what a place keeps.
    pub fn new(experiment: &'a Experiment, mut worlds: Vec<World>, regime: &Regime) -> Self {
        let set = |lever: &str| {
            let mut settings = regime.changes.iter().flat_map(|change| &change.settings);
            settings.any(|(name, _)| name == lever)
        };
        let plan = |world: &World| {
            let keeps = &world.facts.place.keeps;
            let kept = |lever: &str| set(lever) || keeps.iter().any(|kept| kept == lever);
            Plan::new(regime.stages(world.status_quo()), kept)
        };
        let plans = worlds.iter().map(plan).collect();
        worlds.iter_mut().for_each(|world| world.outcomes = Outcomes::new(experiment.years));
        Self { experiment, worlds, plans }
    }

    /// Lives on through months, dealt some blows, with a meeting at each year's end.
    pub fn lives(&mut self, months: RangeInclusive<i32>, blows: &[Blow]) {
        self.lives_by(months, blows, &mut |_, world, settings, month| {
            model::run(world, settings, month..=month);
        });
    }

    /// The same, each month of each place lived the way that is given.
    pub fn lives_by(
        &mut self,
        months: RangeInclusive<i32>,
        blows: &[Blow],
        live: &mut dyn FnMut(usize, &mut World, &Settings<'_>, i32),
    ) {
        for month in months {
            for (place, (world, plan)) in self.worlds.iter_mut().zip(&self.plans).enumerate() {
                let settings = Settings {
                    parameters: &self.experiment.parameters,
                    structures: &self.experiment.structures,
                    stages: &plan.stages,
                    years: self.experiment.years,
                    blows,
                    reads: self.experiment.reads,
                };
                live(place, world, &settings, month);
            }
            if self.experiment.learning && month % MONTHS_A_YEAR == 0 {
                let (p, s) = (&self.experiment.parameters, &self.experiment.structures);
                learning::meet(&self.worlds, &mut self.plans, p, s);
            }
        }
    }
}
