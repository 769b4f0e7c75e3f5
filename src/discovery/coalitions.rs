//! Regimes between two: each lever as one of them has it or as the other has it, by groups.

use crate::experiment::{Change, Experiment, Regime};
use crate::files;
use crate::levers::LEVERS;
use crate::problem::{listed, nearest};

/// Levers that are brought in together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Name in tables.
    pub id: String,
    /// Title.
    pub name: String,
    /// Its levers, by name, in the order of their declarations.
    pub levers: Vec<String>,
}

/// What levers are grouped by where nobody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The six strategies and three approaches of the source.
    Source,
    /// Each lever by itself.
    Levers,
}

/// The overlays that ship for the six strategies and three approaches.
pub const OF_THE_SOURCE: [&str; 9] = [
    "strategy-1-isf-default",
    "strategy-2-open-options",
    "strategy-3-national-indicators",
    "strategy-4-procurement-guidance",
    "strategy-5-planning",
    "strategy-6-auditing",
    "approach-community-sourcing",
    "approach-infrastructure",
    "approach-place-based",
];

/// Levers that contradict each other when only one of them is as in a regime: a default has
/// to be among what is offered.
const TOGETHER: [[&str; 2]; 1] = [["default_mechanism", "offered"]];

/// The group of levers that differ and belong to no strategy or approach.
const OTHER: [&str; 2] = ["other", "No strategy or approach of the source"];

/// Levers that two regimes have differently in some place and month, in the order of their
/// declarations.
pub fn differing(experiment: &Experiment, from: &Regime, to: &Regime) -> Vec<&'static str> {
    let mut months: Vec<i32> =
        from.changes.iter().chain(&to.changes).map(|change| change.month).collect();
    months.push(1);
    let in_some_place = |lever: &str| {
        experiment.places.iter().any(|place| {
            let setting = |regime: &Regime, month: i32| {
                let stages = regime.stages(&place.status_quo);
                let stage = stages.iter().rev().find(|(from, _)| *from <= month);
                stage.map_or(&place.status_quo, |(_, levers)| levers).get(lever)
            };
            months.iter().any(|month| setting(from, *month) != setting(to, *month))
        })
    };
    LEVERS.iter().map(|lever| lever.name).filter(|lever| in_some_place(lever)).collect()
}

/// The levers that differ, in groups: the user's own, then by what is asked for. A group of
/// which no lever differs drops out.
///
/// # Errors
///
/// When a group of the user's names what is no lever, or one that is in another.
pub fn groups(differing: &[&str], own: &[Group], by: By) -> Result<Vec<Group>, String> {
    let mut wrong = Vec::new();
    for (index, group) in own.iter().enumerate() {
        if own[..index].iter().any(|before| before.id == group.id) {
            wrong.push(format!("--group: `{}` is there twice", group.id));
        }
        for lever in &group.levers {
            if !LEVERS.iter().any(|known| known.name == lever) {
                let near = nearest(lever, LEVERS.iter().map(|known| known.name));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`commissim list levers` lists them".to_owned(),
                };
                wrong.push(format!(
                    "--group {}: there is no lever `{lever}`\nhelp: {help}",
                    group.id
                ));
            }
            let before = own[..index].iter().find(|before| before.levers.contains(lever));
            if let Some(before) = before {
                wrong.push(format!(
                    "--group: `{lever}` is in `{}` and in `{}`",
                    before.id, group.id
                ));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    let mut all = own.to_vec();
    let taken = |all: &[Group], lever: &str| {
        all.iter().any(|group| group.levers.iter().any(|one| one == lever))
    };
    if by == By::Source {
        let overlays = OF_THE_SOURCE.iter().filter_map(|id| files::regime(id).ok());
        for (regime, _) in overlays {
            let levers = regime.changes.iter().flat_map(|change| &change.settings);
            let levers = levers.map(|(lever, _)| lever.clone()).filter(|lever| !taken(&all, lever));
            let levers = levers.collect();
            all.push(Group { id: regime.id, name: regime.name, levers });
        }
    }
    for lever in differing.iter().filter(|lever| !taken(own, lever)) {
        if by == By::Levers {
            let name = (*lever).to_owned();
            all.push(Group { id: name.clone(), name: name.clone(), levers: vec![name] });
        }
    }
    let rest: Vec<String> =
        differing.iter().filter(|lever| !taken(&all, lever)).map(|l| (*l).to_owned()).collect();
    let [id, name] = OTHER.map(str::to_owned);
    all.push(Group { id, name, levers: rest });
    for [first, second] in TOGETHER {
        join(&mut all, first, second, differing);
    }
    for group in &mut all {
        let levers = differing.iter().filter(|lever| group.levers.iter().any(|one| one == *lever));
        group.levers = levers.map(|lever| (*lever).to_owned()).collect();
    }
    all.retain(|group| !group.levers.is_empty());
    Ok(all)
}

/// Moves the second lever to the group of the first, where both differ.
fn join(groups: &mut [Group], first: &str, second: &str, differing: &[&str]) {
    if ![first, second].iter().all(|lever| differing.contains(lever)) {
        return;
    }
    for group in groups {
        group.levers.retain(|lever| lever != second);
        if group.levers.iter().any(|lever| lever == first) {
            group.levers.push(second.to_owned());
        }
    }
}

/// The regime that is as `from`, but for the levers of the groups in a coalition, which are
/// as in `to`: group number g is in it if bit g is set. With none it is `from` itself, with
/// all of them `to`.
pub fn between(from: &Regime, to: &Regime, groups: &[Group], coalition: u64) -> Regime {
    if coalition == 0 {
        return from.clone();
    }
    if coalition.count_ones() as usize == groups.len() {
        return to.clone();
    }
    let is_in = |lever: &str| {
        let mut of = groups.iter().enumerate().filter(|(index, _)| coalition >> index & 1 == 1);
        of.any(|(_, group)| group.levers.iter().any(|one| one == lever))
    };
    let mut changes: Vec<Change> = Vec::new();
    for (regime, taken) in [(from, false), (to, true)] {
        for change in &regime.changes {
            let settings = change.settings.iter().filter(|(lever, _)| is_in(lever) == taken);
            let settings: Vec<_> = settings.cloned().collect();
            match changes.iter_mut().find(|there| there.month == change.month) {
                Some(there) => there.settings.extend(settings),
                None => changes.push(Change { month: change.month, settings }),
            }
        }
    }
    changes.retain(|change| !change.settings.is_empty());
    changes.sort_by_key(|change| change.month);
    let ids = groups.iter().enumerate().filter(|(index, _)| coalition >> index & 1 == 1);
    let ids = ids.map(|(_, group)| group.id.as_str());
    Regime {
        id: format!("coalition-{coalition}"),
        name: format!("{} with {} of {}", from.name, listed(ids, "and"), to.name),
        question: String::new(),
        source: String::new(),
        changes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;

    fn regime(id: &str) -> Regime {
        files::regime(id).expect("it ships").0
    }

    #[test]
    fn no_two_strategies_or_approaches_set_one_lever() {
        let mut seen = std::collections::BTreeSet::new();
        for id in OF_THE_SOURCE {
            for (lever, _) in regime(id).changes.iter().flat_map(|change| &change.settings) {
                assert!(seen.insert(lever.clone()), "{lever} is set by {id} and by another");
            }
        }
    }

    #[test]
    fn groups_hold_each_lever_that_differs_once() {
        let experiment = made_up::experiment(&["one"], 1);
        let regimes =
            ["status-quo", "tendering", "direct-payments", "community-sourcing", "scotland-sds"];
        for from in regimes {
            for to in regimes {
                let (a, b) = (regime(from), regime(to));
                let levers = differing(&experiment, &a, &b);
                for by in [By::Source, By::Levers] {
                    let groups = groups(&levers, &[], by).expect("groups");
                    let mut grouped: Vec<&str> =
                        groups.iter().flat_map(|g| &g.levers).map(String::as_str).collect();
                    let mut levers = levers.clone();
                    grouped.sort_unstable();
                    levers.sort_unstable();
                    assert_eq!(grouped, levers, "{from} {to}");
                }
                assert_eq!(levers.is_empty(), from == to, "{from} {to}");
            }
        }
    }

    #[test]
    fn the_whole_package_parts_into_the_strategies_and_approaches_it_is_made_of() {
        let experiment = made_up::experiment(&["one"], 1);
        let (a, b) = (regime("status-quo"), regime("community-sourcing"));
        let levers = differing(&experiment, &a, &b);
        let found = groups(&levers, &[], By::Source).expect("groups");
        let ids: Vec<&str> = found.iter().map(|group| group.id.as_str()).collect();
        let national = "strategy-3-national-indicators";
        let expected: Vec<&str> = OF_THE_SOURCE.into_iter().filter(|id| *id != national).collect();
        assert_eq!(ids, expected, "what a place cannot set drops out");
        let own = Group {
            id: "mine".to_owned(),
            name: "Mine".to_owned(),
            levers: vec!["catalysts".to_owned(), "plan_rigidity".to_owned()],
        };
        let with_own = groups(&levers, std::slice::from_ref(&own), By::Source).expect("groups");
        assert_eq!(with_own[0].levers, ["plan_rigidity", "catalysts"]);
        let all = |groups: &[Group]| groups.iter().map(|g| g.levers.len()).sum::<usize>();
        assert_eq!(all(&with_own), levers.len());
        let wrong = Group {
            levers: vec!["catalyst".to_owned(), "plan_rigidity".to_owned()],
            id: "other".to_owned(),
            ..own.clone()
        };
        assert_eq!(
            groups(&levers, &[own, wrong], By::Source).expect_err("refused"),
            "--group other: there is no lever `catalyst`\nhelp: did you mean `catalysts`?\n--group: `plan_rigidity` is in `mine` and in `other`"
        );
    }

    #[test]
    fn between_two_regimes_each_lever_is_as_in_one_of_them() {
        let experiment = made_up::experiment(&["one"], 1);
        let place = &experiment.places[0];
        let (a, mut b) = (regime("tendering"), regime("community-sourcing"));
        // And on another date.
        let late = vec![("catalysts".to_owned(), crate::declare::Setting::Number(2.0))];
        b.changes.push(Change { month: 37, settings: late });
        let found = groups(&differing(&experiment, &a, &b), &[], By::Source).expect("groups");
        let at = |regime: &Regime, month: i32| {
            let stages = regime.stages(&place.status_quo);
            let stage = stages.into_iter().rfind(|(from, _)| *from <= month);
            stage.map_or(place.status_quo.clone(), |(_, levers)| levers)
        };
        for coalition in 0..1u64 << found.len() {
            let mixed = between(&a, &b, &found, coalition);
            for month in [1, 40] {
                for lever in LEVERS {
                    let group = found.iter().position(|g| g.levers.iter().any(|l| l == lever.name));
                    let is_in = group.is_some_and(|group| coalition >> group & 1 == 1);
                    let expected = at(if is_in { &b } else { &a }, month).get(lever.name);
                    assert_eq!(
                        at(&mixed, month).get(lever.name),
                        expected,
                        "{coalition} {}",
                        lever.name
                    );
                }
            }
        }
    }
}
