//! Levers that are set and change nothing.
//!
//! A world is lived on twice under the same luck, with everything that a regime sets and
//! with all but one lever; where the two leave the same to the last bit, that lever did
//! nothing there. What announcing costs is left out, since that is paid whatever is
//! announced, and so is what only shows a setting.

use crate::cell;
use crate::experiment::{Experiment, Regime};
use crate::levers::LEVERS;
use crate::metrics::{Histogram, Metric};
use crate::model::World;
use crate::outcomes::Outcomes;
use crate::system::System;

/// What only shows how a lever is set.
pub const SHOWS_A_SETTING: &[Metric] = &[Metric::RealAudit];

/// A lever that a regime sets, and what has come of it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The lever.
    pub lever: &'static str,
    /// Whether every place tried has it so already.
    pub already: bool,
}

/// Every lever that a regime sets, before any has been tried.
pub fn suspects(regime: &Regime) -> Vec<Idle> {
    let set = |lever: &&str| settings(regime).any(|name| name == *lever);
    let levers = LEVERS.iter().map(|lever| lever.name).filter(set);
    levers.map(|lever| Idle { lever, already: true }).collect()
}

/// The experiment as levers are tried in: places by themselves, and no price on change
/// as such.
pub fn bare(experiment: &Experiment) -> Experiment {
    let mut bare = Experiment {
        learning: false,
        stresses: Vec::new(),
        uncertainty: None,
        ..experiment.clone()
    };
    bare.parameters.programme_cost = 0.0;
    bare
}

/// Those of the suspects that change nothing from the fork of one place on, under a
/// [`bare`] experiment.
pub fn still(
    experiment: &Experiment,
    fork: &World,
    regime: &Regime,
    suspects: &[Idle],
) -> Vec<Idle> {
    let status_quo = fork.status_quo();
    let stages = regime.stages(status_quo);
    let is_so = |lever| stages.iter().all(|(_, levers)| levers.get(lever) == status_quo.get(lever));
    let with = match suspects.iter().all(|idle| is_so(idle.lever)) {
        true => None,
        false => Some(cell::lives_on(experiment, fork.clone(), regime)),
    };
    let mut idle = Vec::new();
    for suspect in suspects {
        let so = is_so(suspect.lever);
        let differs = |with| {
            let without = without(regime, suspect.lever);
            differs(experiment, fork, &without, with)
        };
        if so || !with.as_ref().is_some_and(differs) {
            idle.push(Idle { already: suspect.already && so, ..*suspect });
        }
    }
    idle
}

/// The names of the levers a regime sets, as often as it does.
fn settings(regime: &Regime) -> impl Iterator<Item = &str> {
    regime.changes.iter().flat_map(|change| &change.settings).map(|(lever, _)| lever.as_str())
}

/// A regime that leaves one lever alone.
fn without(regime: &Regime, lever: &str) -> Regime {
    let mut regime = regime.clone();
    for change in &mut regime.changes {
        change.settings.retain(|(name, _)| name != lever);
    }
    regime
}

/// Whether a world under a regime leaves anything else than another left; it is lived on
/// only as far as the first year that says so.
fn differs(experiment: &Experiment, fork: &World, regime: &Regime, other: &Outcomes) -> bool {
    let mut system = System::new(experiment, vec![fork.clone()], regime);
    for year in 0..experiment.years {
        let months = 12 * year..12 * (year + 1);
        system.lives(months.start as i32 + 1..=months.end as i32, &[]);
        let left = &system.worlds[0].outcomes;
        let counted = |month| {
            let metrics = Metric::ALL.iter().filter(|metric| !SHOWS_A_SETTING.contains(metric));
            metrics
                .copied()
                .any(|metric| left.month_sums(metric, month) != other.month_sums(metric, month))
        };
        let waited = |month| {
            let spells = |of| left.month_spells(of, month) != other.month_spells(of, month);
            // How a wait of the last year ends is not known before its end.
            year + 1 == experiment.years
                && [Histogram::ToSupport, Histogram::ToLeave].into_iter().any(spells)
        };
        if months.clone().any(counted) || (0..months.end).any(waited) {
            return true;
        }
    }
    false
}
