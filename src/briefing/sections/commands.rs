//! Commands that answer what a run does not.

use crate::experiment::Experiment;
use crate::files::{self, Overrides};
use crate::place::Place;
use crate::place::sets;

/// The set of places that these are, if they are one.
pub(super) fn set(places: &[Place]) -> Option<&'static sets::Set> {
    let is = |set: &&sets::Set| set.members().into_iter().eq(places.iter().map(|p| p.id.as_str()));
    sets::SETS.iter().find(is)
}

/// What of an experiment has to be typed to ask something else of the same: its name, and
/// what differs from its file. Its copy in a results folder would not do: that gives every
/// parameter a value, which then stands over whatever is drawn.
pub(super) fn asked(experiment: &Experiment) -> (String, String) {
    let name = &experiment.id;
    let built_in = files::shipped::find(files::Thing::Experiment, name).is_some();
    let held = built_in.then(|| files::experiment(name, &Overrides::default()).ok()).flatten();
    let Some((held, _)) = held else { return (format!("{name}.toml"), String::new()) };
    let mut more = String::new();
    let ids = |of: &[Place]| of.iter().map(|place| place.id.clone()).collect::<Vec<_>>();
    if ids(&held.places) != ids(&experiment.places) {
        let places = set(&experiment.places).map(|set| set.id.to_owned());
        let places = places.unwrap_or_else(|| ids(&experiment.places).join(","));
        more.push_str(&format!(" --place {places}"));
    }
    if held.years != experiment.years {
        more.push_str(&format!(" --years {}", experiment.years));
    }
    (name.clone(), more)
}

/// Its regimes, where they have to be typed.
fn regimes(experiment: &Experiment) -> String {
    let ids = |of: &Experiment| of.regimes.iter().map(|r| r.id.clone()).collect::<Vec<_>>();
    let held = files::experiment(&experiment.id, &Overrides::default());
    match held {
        Ok((held, _)) if ids(&held) != ids(experiment) => {
            format!(" --regimes {}", ids(experiment).join(","))
        }
        _ => String::new(),
    }
}

/// Runs the same experiment with more typed beside it.
pub(super) fn run(experiment: &Experiment, beside: &str) -> String {
    let (name, more) = asked(experiment);
    format!("commissim run {name}{more}{} {beside}", regimes(experiment))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(overrides: Overrides) -> String {
        let (experiment, _) = files::experiment("four-regimes", &overrides).expect("built in");
        run(&experiment, "--draws 2")
    }

    #[test]
    fn what_differs_from_an_experiments_file_is_typed() {
        let all = Overrides::default();
        assert_eq!(typed(all.clone()), "commissim run four-regimes --draws 2");
        let places = vec!["england".to_owned()];
        let regimes = vec!["tendering".to_owned()];
        assert_eq!(
            typed(Overrides { places, regimes, years: Some(1), ..all }),
            "commissim run four-regimes --place england --years 1 --regimes tendering --draws 2"
        );
    }

    /// A command that drew nothing would show the same narrow ranges again.
    #[test]
    fn what_is_to_show_wider_ranges_draws_parameters() {
        let from = Some("england".to_owned());
        let typed = Overrides { from, draws: Some(27), ..Overrides::default() };
        let (experiment, warnings) = files::experiment("four-regimes", &typed).expect("built in");
        assert!(experiment.uncertainty.is_some());
        let few = warnings.iter().all(|warning| warning.title.matches('`').count() < 20);
        assert!(few, "{warnings:?}");
    }
}
