//! Made-up worlds for tests of everything that comes after the model.

use commissim::cell::{Cell, CellId};
use commissim::experiment::{Change, Experiment, Regime};
use commissim::metrics::{Histogram, Metric};
use commissim::outcomes::{Outcomes, Stratum, Tally};
use commissim::parameters::Parameters;
use commissim::place::Place;
use commissim::structures::Structures;

/// A regime that sets nothing.
pub fn regime(id: &str) -> Regime {
    Regime {
        id: id.to_owned(),
        name: format!("The {id} regime"),
        question: String::new(),
        source: "made up".to_owned(),
        changes: Vec::new(),
    }
}

/// An experiment in a made-up town with the regimes named.
pub fn experiment(regimes: &[&str], replicates: u32) -> Experiment {
    let mut regimes: Vec<Regime> = regimes.iter().map(|id| regime(id)).collect();
    if let Some(first) = regimes.first_mut() {
        let setting = commissim::declare::Setting::Number(2.0);
        first.changes.push(Change { month: 1, settings: vec![("catalysts".to_owned(), setting)] });
    }
    Experiment {
        id: "made-up".to_owned(),
        name: "A made-up experiment".to_owned(),
        places: vec![Place::town()],
        comparator: regime("status-quo"),
        regimes,
        start: (2015, 4),
        years: 2,
        burn_in_years: 1,
        replicates,
        seed: 7,
        learning: false,
        parameters: Parameters::default(),
        uncertainty: None,
        structures: Structures::default(),
        stresses: Vec::new(),
        precision: None,
        economics: Default::default(),
        reads: commissim::outcomes::Reads::ALL,
    }
}

/// A number between 0 and 1 that looks like chance and is a function of its key.
fn noise(key: [u64; 3]) -> f64 {
    let bits = commissim::draws::philox([key[0], key[1]], key[2])[0];
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

/// The made-up cells of a unit.
pub fn cells(experiment: &Experiment, unit: &[CellId]) -> Vec<Cell> {
    unit.iter().map(|id| cell(experiment, *id)).collect()
}

/// A cell in which world w's people are better off by w, apart from the placebo's,
/// who are as in the comparator's but for a hair.
pub fn cell(experiment: &Experiment, id: CellId) -> Cell {
    let worlds = experiment.regimes.len() + 2;
    let world = |w: usize| {
        // Where parameters are drawn, what a regime does is a matter of the draw.
        let drawn = match &experiment.uncertainty {
            Some(_) => noise([u64::from(id.draw), u64::from(id.beliefs), 1]),
            None => 0.0,
        };
        let gain = if w + 1 == worlds { 1e-6 } else { w as f64 * (1.0 + drawn) };
        let (mut outcomes, mut tally) = (Outcomes::new(experiment.years), Tally::default());
        for month in 0..12 * experiment.years {
            for person in 0..40u64 {
                let luck =
                    u64::from(id.draw) << 40 | u64::from(id.replicate) << 8 | u64::from(id.system);
                let chance = noise([experiment.seed ^ luck, person, (month / 12) as u64]);
                let stratum = Stratum::of((person % 2) as usize, (person % 6) as usize, 0, 0);
                tally.live(stratum, 1.0);
                tally.add(stratum, Metric::Picked, 0.3 * chance + 0.1 * gain, 1.0);
                tally.add(stratum, Metric::Unmet, 0.1 * chance + 0.05 * gain, 1.0);
                tally.add(stratum, Metric::Fit, chance, 1.0);
                tally.add(stratum, Metric::PublicPerPerson, 750.0 * chance + 8.0 * gain, 0.0);
                tally.add(stratum, Metric::ShareManaged, chance, 1.0);
                // What a regime does here it does late: nothing to speak of but in the last year.
                let late = if month / 12 + 1 == experiment.years { 0.012 * gain } else { 0.0 };
                tally.add(stratum, Metric::LostSupporter, 0.001 * chance + late, 1.0);
                let weeks = 8.0 * chance + gain;
                outcomes.spell(Histogram::ToSupport, stratum, month, weeks, true);
            }
            outcomes.close_month(&mut tally);
            if month % 12 == 11 {
                outcomes.close_year(month / 12, &mut tally);
            }
        }
        outcomes
    };
    let worlds = (0..worlds).map(world).collect();
    let (burn_in, twins, gains) = Default::default();
    Cell { id, runs_away: None, burn_in, worlds, twins, gains }
}
