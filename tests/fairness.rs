//! Who gains and who loses, held against a plain pairing of every person by hand.

use std::collections::BTreeMap;

use commissim::cell::{self, CellId};
use commissim::gains::{Fate, PERSONAL, groups};
use commissim::metrics::{Better, Family, Metric};
use commissim::model::World;
use commissim::model::world::Stage;
use commissim::outcomes::{GROUPS, GroupBy, Period, Stratum};

use crate::small_worlds::{all_at_once, announces, at_fork, status_quo, town};

const CELL: CellId = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };

#[test]
fn nobody_gains_or_loses_where_nothing_differs() {
    let itself = commissim::experiment::Regime { id: "itself".to_owned(), ..status_quo() };
    let cell = cell::simulate(&town(vec![itself]), CELL);
    let gains = &cell.gains[0];
    assert!(gains.only_here.iter().chain(&gains.only_there).all(|people| *people == 0));
    for counts in gains.people.iter().flatten() {
        assert_eq!((counts[0], counts[1]), (0, 0));
    }
    assert!(gains.people[0][0][2] > 100, "they are compared");
    let placebo = &cell.gains[1];
    assert_eq!(placebo.only_here[0], 1, "the stranger is compared with nobody");
}

/// A person in a quarter: stratum, picked, fit, quality of life, hours not delivered.
type Seen = BTreeMap<u64, (Stratum, [Option<f32>; 4])>;

fn seen(world: &World) -> Seen {
    let at_home = world.people.iter().filter(|person| person.stage == Stage::AtHome);
    at_home
        .map(|person| {
            let supported = person.main.exists();
            let picked = if person.main.picked { 1.0 } else { 0.0 };
            let states = [
                supported.then_some(picked),
                supported.then_some(person.fit),
                Some(person.life),
                Some(1.0 - person.met),
            ];
            (person.key, (person.stratum, states))
        })
        .collect()
}

#[test]
fn gains_and_losses_are_those_of_a_plain_pairing() {
    let regime = commissim::files::regime("community-sourcing").expect("it ships").0;
    let experiment = town(vec![regime.clone()]);
    let quarters = |regime| {
        let mut quarters: Vec<Seen> = Vec::new();
        let look = &mut |_: usize, world: &World| quarters.push(seen(world));
        cell::with_twins(&experiment, vec![at_fork(&experiment)], regime, &[], look);
        quarters
    };
    let (there, here) = (quarters(&experiment.comparator), quarters(&regime));
    assert_eq!(there.len(), 8, "four a year for two years");

    let gains = &cell::simulate(&experiment, CELL).gains[0];
    let keys = |quarters: &[Seen]| -> BTreeMap<u64, Stratum> {
        quarters.iter().flatten().map(|(key, (stratum, _))| (*key, *stratum)).collect()
    };
    for (index, metric) in PERSONAL.into_iter().enumerate() {
        let declared = metric.declaration();
        let matters = declared.matters().expect("an outcome");
        let mut counts = vec![[0_u32; 3]; groups()];
        for (key, stratum) in keys(&there) {
            let pairs: Vec<f32> = here
                .iter()
                .zip(&there)
                .filter_map(|(here, there)| {
                    Some(here.get(&key)?.1[index]? - there.get(&key)?.1[index]?)
                })
                .collect();
            if pairs.is_empty() {
                continue;
            }
            let mean = f64::from(pairs.iter().sum::<f32>()) / pairs.len() as f64;
            let good = if declared.better == Better::Up { mean } else { -mean };
            let fate = match good {
                good if good > matters => Fate::Gains,
                good if good < -matters => Fate::Loses,
                _ => Fate::Same,
            };
            counts[0][fate as usize] += 1;
            stratum.groups().iter().for_each(|group| counts[*group][fate as usize] += 1);
        }
        assert_eq!(gains.people[index], counts, "{}", declared.id);
        assert!(counts[0][0] + counts[0][1] > 0, "{} moves nobody", declared.id);
    }
    let only = |quarters: &[Seen], others: &[Seen]| {
        let others = keys(others);
        keys(quarters).keys().filter(|key| !others.contains_key(key)).count() as u32
    };
    assert_eq!(gains.only_here[0], only(&here, &there));
    assert_eq!(gains.only_there[0], only(&there, &here));
}

#[test]
fn groups_that_share_people_out_add_up_to_everybody() {
    let regime = commissim::files::regime("direct-payments").expect("it ships").0;
    let cell = cell::simulate(&town(vec![regime]), CELL);
    for gains in &cell.gains {
        for counts in &gains.people {
            let mut by: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
            for (group, counts) in GROUPS.iter().zip(counts) {
                let sums = by.entry(group.by.id()).or_default();
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
            assert_eq!(by.len(), 6, "all, age, reason, deprivation, capacity and client group");
            assert!(by.values().all(|sums| *sums == counts[0]), "{by:?}");
        }
    }
}

/// Groups add up to everybody but where a metric says that they do not, since what is spent
/// for the place as a whole is nobody's in particular.
#[test]
fn costs_that_groups_do_not_add_up_to_say_so() {
    let experiment = town(vec![announces(1, &all_at_once())]);
    let cell = cell::simulate(&experiment, CELL);
    let mut short = 0;
    for metric in Metric::ALL.iter().copied() {
        let declared = metric.declaration();
        if declared.family != Family::Cost || !declared.of_people {
            continue;
        }
        let of = |by: GroupBy| -> f64 {
            let groups = GROUPS.iter().enumerate().filter(|(_, group)| group.by == by);
            let worlds = cell.worlds.iter();
            let sums = worlds.flat_map(|world| {
                groups.clone().filter_map(|(at, _)| world.sums(metric, at, Period::Whole))
            });
            sums.map(|[first, _]| first).sum()
        };
        let (all, fifths) = (of(GroupBy::All), of(GroupBy::Deprivation));
        let whole = (all - fifths).abs() <= 1e-9 * all.abs().max(1.0);
        assert_eq!(whole, declared.beyond_groups().is_none(), "{}: {all}, {fifths}", declared.id);
        short += usize::from(!whole);
    }
    assert!(short >= 4, "{short}");
}
