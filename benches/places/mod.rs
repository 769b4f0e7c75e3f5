//! The default experiment in places of other sizes, for benches.

use commissim::cell;
use commissim::draws::Draws;
use commissim::experiment::Experiment;
use commissim::files::{self, Overrides};
use commissim::model::World;
use commissim::outcomes::Outcomes;

/// The default experiment.
pub fn default_experiment() -> Experiment {
    files::experiment("four-regimes", &Overrides::default()).expect("it ships").0
}

/// The default experiment over one year, in a place of about so many people, and its world at
/// the fork.
pub fn at_fork(people: f64) -> (Experiment, World) {
    let mut experiment = default_experiment();
    experiment.years = 1;
    let luck = Draws { seed: experiment.seed, draw: 0, replicate: 0 };
    let first = cell::burn_in(&experiment, &experiment.places[0], luck);
    let times = people / first.people.len() as f64;
    let place = &mut experiment.places[0];
    for number in place.clients.iter_mut().chain(&mut place.residents) {
        *number *= times;
    }
    place.neighbourhoods = (f64::from(place.neighbourhoods) * times).clamp(1.0, 60.0) as u16;
    let mut world = cell::burn_in(&experiment, &experiment.places[0], luck);
    world.outcomes = Outcomes::new(experiment.years);
    (experiment, world)
}
