//! What must hold whatever the numbers are.

use commissim::analysis::measure;
use commissim::cell::{self, Cell, CellId};
use commissim::draws::Draws;
use commissim::experiment::Experiment;
use commissim::levers::LEVERS;
use commissim::metrics::Metric;
use commissim::model::hazards::Ceilings;
use commissim::model::roll::Stand;
use commissim::model::world::{Hazard, NOBODY, Person, Provider, ProviderKind, Stage};
use commissim::model::{self, Settings, World, build};
use commissim::outcomes::{GROUPS, Outcomes, Period, Reads};
use commissim::parameters::Parameters;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use crate::small_worlds::{
    all_at_once, all_of, announces, any_levers, any_structures, at_fork, cases, drawn, lives,
    number, others, status_quo, town, watched,
};

fn first_cell(experiment: &commissim::experiment::Experiment) -> Cell {
    cell::simulate(experiment, CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 })
}

#[test]
fn a_regime_differs_from_itself_by_exactly_nothing() {
    let full = announces(1, &all_at_once());
    let experiment = town(vec![status_quo(), full.clone(), full]);
    let cell = first_cell(&experiment);
    let [comparator, empty, one, again, placebo] = &cell.worlds[..] else { panic!("five worlds") };
    assert_eq!(comparator, empty, "a regime that sets nothing is the status quo");
    assert_eq!(one, again, "a regime is itself");
    assert_ne!(comparator, one, "a regime that sets much differs");
    assert_ne!(comparator, placebo, "one self-funder more is felt");
}

#[test]
fn one_seed_gives_one_result_and_another_another() {
    let experiment = town(vec![announces(1, &all_at_once())]);
    let cell = |seed: u64, replicate: u32, draw: u32| {
        let experiment = Experiment { seed, ..experiment.clone() };
        cell::simulate(&experiment, CellId { system: 0, beliefs: 0, draw, replicate }).worlds
    };
    let first = cell(1, 0, 0);
    assert_eq!(first, cell(1, 0, 0));
    for (seed, replicate, draw) in [(2, 0, 0), (1, 1, 0), (1, 0, 1)] {
        let other = cell(seed, replicate, draw);
        for (a, b) in first.iter().zip(&other) {
            assert_ne!(a, b, "seed {seed}, replicate {replicate}, draw {draw}");
        }
    }
}

#[test]
fn the_processes_in_order_are_the_step() {
    let experiment = town(vec![]);
    let mut stepped = at_fork(&experiment);
    let mut listed = stepped.clone();
    let settings = Settings {
        parameters: &experiment.parameters,
        structures: &experiment.structures,
        stages: &[],
        years: experiment.years,
        blows: &[],
        reads: Reads::ALL,
    };
    model::run(&mut stepped, &settings, 1..=12);
    lives(&experiment, &mut listed, &status_quo(), 1..=12);
    assert!(all_of(&stepped) == all_of(&listed), "model::PROCESSES is not model::step");
}

#[test]
fn what_is_not_read_changes_nothing_that_is() {
    let experiment = town(vec![]);
    let fork = at_fork(&experiment);
    let regime = announces(1, &all_at_once());
    let left = |reads: Reads| {
        let experiment = Experiment { reads, ..experiment.clone() };
        cell::lives_on(&experiment, fork.clone(), &regime)
    };
    let full = left(Reads::ALL);
    for bits in 0..31 {
        let has = |bit: u32| bits >> bit & 1 == 1;
        // Who is asked what they say is asked what they could have.
        let (panel, survey) = (has(2), has(2) && has(4));
        if has(4) != survey {
            continue;
        }
        let reads = Reads { groups: has(0), fragility: has(1), panel, survey, states: has(3) };
        let part = left(reads);
        let mut missing = 0;
        for metric in Metric::ALL {
            for (group, what) in GROUPS.iter().enumerate() {
                let value = |world| measure::value(*metric, world, &full, group, Period::Whole);
                let (all, now) = (value(&full), value(&part));
                if Reads::of(*metric, group).and(reads) == reads {
                    let of = (metric.declaration().id, what.by.id(), what.id);
                    assert_eq!(all, now, "{of:?} with {reads:?} only");
                } else {
                    missing += usize::from(all != now);
                }
            }
        }
        assert!(missing > 0, "{reads:?} leave nothing out");
    }
}

/// What strikes people is the hot process: its quick way, beside the plain one.
#[test]
fn what_strikes_people_is_what_plainly_strikes_them() {
    let experiment = town(vec![]);
    let luck = Draws { seed: experiment.seed, draw: 0, replicate: 3 };
    let from = -11;
    let mut quick = build::world(&experiment.places[0], &experiment.parameters, luck, from);
    let mut plain = quick.clone().plainly(&experiment.parameters);
    let written = |world: &World| {
        let of = |hazard| {
            let pages = [&world.facts.pages, world.almanac.own()];
            pages.map(|pages| pages.of(world.month, hazard).len()).iter().sum::<usize>()
        };
        Hazard::ALL.into_iter().map(of).sum::<usize>()
    };
    let looked_at = [(&mut quick, 18), (&mut plain, 0)].map(|(world, foreseen)| {
        lives(&experiment, world, &status_quo(), from..=0);
        world.outcomes = Outcomes::new(experiment.years);
        // The last months are looked up as they come.
        world.foresees(&experiment.parameters, foreseen);
        let mut looked_at = 0;
        let regime = announces(1, &all_at_once());
        watched(&experiment, world, &regime, 1..=24, &mut |process, world, _| {
            if process == "month" {
                looked_at += written(world);
            }
        });
        world.ceilings = Ceilings::of(&experiment.parameters);
        looked_at
    });
    assert!(all_of(&quick) == all_of(&plain));
    assert!(quick.counts.exits > 0 && looked_at[0] < looked_at[1], "{looked_at:?}");
}

#[test]
fn everybody_stands_where_the_roll_says() {
    let experiment = town(vec![]);
    let mut world = at_fork(&experiment);
    let in_care_homes = |world: &World| world.in_care_homes().len();
    let (before, mut changed) = (in_care_homes(&world), false);
    let regime = announces(1, &all_at_once());
    watched(&experiment, &mut world, &regime, 1..=36, &mut |process, world, month| {
        let when = (process, month.number);
        for (place, person) in world.people.iter().enumerate() {
            let stand = world.roll.stand(person.row).map(Stand::place);
            assert_eq!(stand, Some(place), "{when:?}");
            assert_eq!(person.stage == Stage::CareHome, place >= world.homes, "{when:?}");
        }
        let mut line: Vec<usize> = world.roll.places().collect();
        for (turn, place) in line.iter().enumerate() {
            let stand = world.roll.stand(world.people[*place].row).map(Stand::turn);
            assert_eq!(stand, Some(turn), "{when:?}");
        }
        line.sort_unstable();
        assert!(line.into_iter().eq(0..world.people.len()), "{when:?}");
        changed |= in_care_homes(world) != before;
    });
    let counts = &world.counts;
    assert!(changed && counts.exits > 0 && counts.arrivals > 0, "{changed}, {counts:?}");
}

#[test]
fn who_was_foreseen_is_who_would_have_come() {
    let experiment = town(vec![]);
    let (mut found, mut foreseen) = (at_fork(&experiment), at_fork(&experiment));
    foreseen.foresees(&experiment.parameters, 18);
    assert!(foreseen.facts.newcomers.iter().all(|newcomers| !newcomers.is_empty()));
    let regime = announces(1, &all_at_once());
    // The last months are not foreseen, and people come in them as ever.
    lives(&experiment, &mut found, &regime, 1..=24);
    lives(&experiment, &mut foreseen, &regime, 1..=24);
    assert!(all_of(&found) == all_of(&foreseen));
    assert!(found.counts.arrivals > 0);
}

#[test]
fn every_lever_changes_exactly_nothing_before_it_is_announced() {
    let experiment = town(vec![]);
    let fork = at_fork(&experiment);
    let announced = 15;
    let mut quiet = fork.clone();
    lives(&experiment, &mut quiet, &status_quo(), 1..=announced - 1);
    let expected = all_of(&quiet);
    for lever in LEVERS {
        for setting in others(lever, fork.status_quo()) {
            let regime = announces(announced, &[(lever.name, setting.clone())]);
            let mut world = fork.clone();
            lives(&experiment, &mut world, &regime, 1..=announced - 1);
            world.commissioner.arrived.clear();
            assert!(
                all_of(&world) == expected,
                "{} = {setting}, announced in month {announced}, changes something before it",
                lever.name
            );
        }
    }
}

#[test]
fn the_same_people_arrive_die_and_leave_in_every_regime() {
    let mut experiment = town(vec![]);
    // The two links through which a regime may change who comes.
    experiment.structures.community_limits_demand = false;
    experiment.structures.woodwork = false;
    let keys = |settings: &[(&str, commissim::declare::Setting)]| {
        let mut world = at_fork(&experiment);
        let mut by_month = Vec::new();
        watched(
            &experiment,
            &mut world,
            &announces(1, settings),
            1..=24,
            &mut |process, world, _| {
                if process == "population" {
                    let need: f32 = world.people.iter().map(Person::needed).sum();
                    let keys: Vec<u64> = world.people.iter().map(|person| person.key).collect();
                    by_month.push((keys, need));
                }
            },
        );
        by_month
    };
    let quiet = keys(&[]);
    let other = keys(&all_at_once());
    assert!(quiet.windows(2).any(|pair| pair[0].0 != pair[1].0), "people come and go");
    for (month, (a, b)) in quiet.iter().zip(&other).enumerate() {
        assert_eq!(a, b, "month {}: other people, or other need", month + 1);
    }
}

/// What is not as it should be in a world at the end of a month.
fn disorder(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |what: String| found.push(what);
    let mut promised: BTreeMap<u32, f64> = BTreeMap::new();
    let mut rows: BTreeMap<u32, u32> = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for person in &world.people {
        if !keys.insert(person.key) {
            say(format!("two people with key {:x}", person.key));
        }
        if person.more != NOBODY {
            *rows.entry(person.more).or_default() += 1;
            if !world.further[person.more as usize][0].exists() {
                say(format!("{:x} keeps an empty row", person.key));
            }
        }
        let all = world.arrangements(person);
        for arrangement in all.iter().filter(|a| a.exists()) {
            *promised.entry(arrangement.provider).or_default() += arrangement.promised();
            if !world.providers[arrangement.provider as usize].open {
                say(format!("{:x} is supported by a provider that is closed", person.key));
            }
            if arrangement.hours.iter().any(|hours| *hours < 0.0) {
                say(format!("{:x} has less than no hours", person.key));
            }
        }
        if all[1..].iter().any(|a| a.exists() && a.total() > all[0].total()) {
            say(format!("{:x}: the main arrangement is not the largest", person.key));
        }
        if person.stage == Stage::CareHome && all[0].exists() {
            say(format!("{:x} lives in a care home and has support at home", person.key));
        }
        if person.plan.iter().chain(&person.need).any(|hours| *hours < 0.0) {
            say(format!("{:x} needs less than nothing", person.key));
        }
        // NaN there means that there is no such day.
        let plain = Person { wish_day: 0.0, setup_day: 0.0, ..person.clone() };
        if !is_finite(&plain) {
            say(format!("not a number: {plain:?}"));
        }
    }
    for row in &world.free_further {
        *rows.entry(*row).or_default() += 1;
    }
    if rows.len() != world.further.len() || rows.values().any(|uses| *uses != 1) {
        say("a row of further arrangements is used twice or by nobody".to_owned());
    }
    let mut free = BTreeMap::new();
    for row in &world.free_providers {
        *free.entry(*row).or_insert(0) += 1;
    }
    for (row, provider) in world.providers.iter().enumerate() {
        let sum = promised.get(&(row as u32)).copied().unwrap_or(0.0);
        if (provider.used - sum).abs() > 1e-9 * sum.max(1.0) {
            let kind = provider.kind;
            say(format!("{kind:?} {row} has promised {sum} and thinks it is {}", provider.used));
        }
        let times = free.get(&(row as u32)).copied().unwrap_or(0);
        if times != u32::from(!provider.open) {
            say(format!("provider {row} is open: {}, and free {times} times", provider.open));
        }
        if !is_finite(provider) {
            say(format!("not a number: {provider:?}"));
        }
        if provider.staff < 0.0 || provider.used < 0.0 {
            say(format!("less than none: {provider:?}"));
        }
        if provider.kind == ProviderKind::Assistant && provider.open && sum == 0.0 {
            say(format!("assistant {row} has nobody to assist"));
        }
    }
    found.extend(disorder_on_rings(world));
    found
}

/// Rings and frameworks hold providers that are open, once each.
fn disorder_on_rings(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for (here, neighbourhood) in world.neighbourhoods.iter().enumerate() {
        let ring = &neighbourhood.ring;
        let on_ring: BTreeSet<u32> = ring.iter().map(|(_, row)| *row).collect();
        if !ring.is_sorted_by_key(|(at, _)| *at) || on_ring.len() != ring.len() {
            found.push(format!("the ring of {here} is out of order"));
        }
        for row in on_ring {
            if !world.providers[row as usize].open {
                found.push(format!("the ring of {here} has {row}, which is closed"));
            }
        }
    }
    for (here, neighbourhood) in world.neighbourhoods.iter().enumerate() {
        for award in &neighbourhood.awards {
            let winner = &world.providers[award.provider as usize];
            if !winner.open || winner.key != award.key || winner.lots & 1 << here == 0 {
                found.push(format!("the framework of {here} names {winner:?}"));
            }
        }
    }
    for (row, provider) in world.providers.iter().enumerate().filter(|(_, p)| p.open) {
        for (here, neighbourhood) in world.neighbourhoods.iter().enumerate() {
            let named = neighbourhood.awards.iter().any(|award| award.provider == row as u32);
            if named != (provider.lots & 1 << here != 0) {
                found.push(format!("{row} thinks it is on the framework of {here}: {}", !named));
            }
        }
    }
    found
}

/// Whether no number in something is not a number or without bounds.
fn is_finite(thing: &impl std::fmt::Debug) -> bool {
    let text = format!("{thing:?}");
    text.split(|c: char| !c.is_alphanumeric()).all(|token| token != "NaN" && token != "inf")
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// What has gone missing, or come from nowhere, in the money of a run.
fn lost_money(world: &World) -> Vec<String> {
    let m = &world.money;
    let paid = m.council_to_providers + m.budgets_to_providers + m.people_to_providers;
    let out = m.budgets_to_providers + m.budgets_to_holders + m.budgets_to_council;
    let accounts: f64 = world.people.iter().map(|person| person.account).sum();
    let mut found = Vec::new();
    if !near(paid, m.providers_received) {
        found.push(format!("paid to providers {paid}, received {}", m.providers_received));
    }
    if !near(m.council_to_budgets, out + m.budgets_gained) {
        found.push(format!("into budgets {}, out {out}", m.council_to_budgets));
    }
    // Accounts are a small difference of large sums.
    if (accounts - m.budgets_gained).abs() > 1e-9 * m.council_to_budgets.max(1.0) + 1e-3 {
        found.push(format!("accounts hold {accounts}, and gained {}", m.budgets_gained));
    }
    found
}

/// What is wrong with the hours of a month: those promised are delivered or not, none
/// twice, and nobody delivers more than the staff there are.
fn lost_hours(world: &World, delivered: &[Provider], p: &Parameters) -> Vec<String> {
    let first_day = world.first_day();
    let mut expected = vec![0.0; world.providers.len()];
    for person in &world.people {
        for arrangement in world.arrangements(person).iter().filter(|a| a.exists()) {
            let row = arrangement.provider as usize;
            let running = f64::from(arrangement.share_of_month(first_day));
            let bought = f64::from(arrangement.total()) * running;
            // What staff cannot give, nobody gives: every client goes short alike.
            let provider = &world.providers[row];
            let mut short = (provider.capacity() / provider.used).min(1.0);
            if provider.is_small_and_local() && provider.staff < p.covers_itself {
                short *= 1.0 - p.sole_trader_absence;
            }
            expected[row] += bought * short;
        }
    }
    let mut found = Vec::new();
    for (row, provider) in delivered.iter().enumerate().filter(|(_, p)| p.open) {
        let sold: f64 = provider.sold.iter().sum();
        if sold > provider.capacity() * (1.0 + 1e-6) + 1e-6 {
            found.push(format!("{row} delivers {sold} with staff for {}", provider.capacity()));
        }
        if !near(sold, expected[row]) {
            found.push(format!("{row} delivers {sold} of {} it could", expected[row]));
        }
    }
    found
}

/// What is wrong with a ring: it holds those open that reach it, and no others.
fn wrong_rings(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for (here, neighbourhood) in world.neighbourhoods.iter().enumerate() {
        for (row, provider) in world.providers.iter().enumerate() {
            let there = neighbourhood.ring.iter().any(|(_, on_ring)| *on_ring == row as u32);
            if there != world.reaches(provider, here as u16) {
                found.push(format!("provider {row} on the ring of {here}: {there}"));
            }
        }
    }
    found
}

/// The town, with parameters and causal links from anywhere in their ranges.
fn anywhere(seed: u64, far: f64, links: u64) -> Experiment {
    Experiment {
        seed,
        burn_in_years: 1,
        parameters: drawn(seed, far),
        structures: any_structures(links),
        ..town(vec![])
    }
}

proptest! {
    #![proptest_config(cases(12))]

    /// What is written down ahead leaves out what comes to nothing in every world: with any
    /// parameters, links and levers people live as where nothing is left out.
    #[test]
    fn nothing_is_left_out_of_the_almanac_that_would_have_struck(
        seed in 0_u64..1_000_000,
        far in 0.0_f64..1.0,
        levers in 0_u64..1_000_000,
    ) {
        let experiment = anywhere(seed, far, levers);
        let mut quick = at_fork(&experiment);
        let mut plain = quick.clone().plainly(&experiment.parameters);
        quick.begins_anew(&experiment.parameters);
        let regime = announces(2, &any_levers(levers));
        for world in [&mut quick, &mut plain] {
            world.foresees(&experiment.parameters, 18);
            lives(&experiment, world, &regime, 1..=24);
            world.ceilings = Ceilings::of(&experiment.parameters);
        }
        prop_assert!(all_of(&quick) == all_of(&plain));
        prop_assert!(quick.counts.exits > 0);
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn nothing_is_lost_and_nothing_comes_from_nowhere(
        seed in 0_u64..1_000_000,
        far in 0.0_f64..1.0,
        levers in 0_u64..1_000_000,
        size in 0.15_f64..1.0,
        months in 3_i32..16,
    ) {
        let mut experiment = anywhere(seed, far, levers);
        for clients in &mut experiment.places[0].clients {
            *clients *= size;
        }
        let mut world = at_fork(&experiment);
        let regime = announces(2, &any_levers(levers));
        let mut found: Vec<(i32, String)> = Vec::new();
        let (mut before, mut promised) = (world.clone(), world.clone());
        watched(&experiment, &mut world, &regime, 1..=months, &mut |process, world, month| {
            let mut say = |what: Vec<String>| {
                found.extend(what.into_iter().map(|what| (month.number, format!("{process}: {what}"))));
            };
            match process {
                "month" => before = world.clone(),
                "population" => {
                    let arrived = world.counts.arrivals - before.counts.arrivals;
                    let gone = world.counts.exits - before.counts.exits;
                    let expected = before.people.len() as u64 + arrived - gone;
                    if world.people.len() as u64 != expected {
                        say(vec![format!("{} people, not {expected}", world.people.len())]);
                    }
                }
                "sourcing" => promised = world.clone(),
                "delivery" => say(lost_hours(&promised, &world.providers, month.p)),
                "market" if month.opens_quarter() => say(wrong_rings(world)),
                _ => {}
            }
            // Numbers and ties are looked at where they change; the whole once a month.
            if ["sourcing", "switching", "market", "observe"].contains(&process) {
                say(disorder(world));
                say(lost_money(world));
            }
        });
        prop_assert!(found.is_empty(), "{} faults, first {:#?}", found.len(), &found[..found.len().min(5)]);
    }
}

/// What the council's spending is made of.
const COUNCIL: &[Metric] = &[
    Metric::Support,
    Metric::Residential,
    Metric::Assessment,
    Metric::Brokerage,
    Metric::Procurement,
    Metric::Guarantees,
    Metric::OwnStaffIdle,
    Metric::Audit,
    Metric::DpSupport,
    Metric::Digital,
    Metric::Catalysts,
    Metric::CommunityInvestment,
    Metric::Teams,
    Metric::Safeguarding,
    Metric::Change,
];

#[test]
fn costs_are_the_sum_of_their_parts_and_support_is_what_was_paid() {
    let experiment = town(vec![]);
    let mut world = at_fork(&experiment);
    let before = world.money.clone();
    lives(&experiment, &mut world, &announces(1, &all_at_once()), 1..=24);
    for (group, named) in GROUPS.iter().enumerate() {
        let sum = |metric| world.outcomes.sums(metric, group, Period::Whole).expect("kept")[0];
        let parts: f64 = COUNCIL.iter().map(|metric| sum(*metric)).sum();
        let id = named.id;
        assert!(near(sum(Metric::CouncilPerPerson), parts), "{id}: council");
        assert!(near(sum(Metric::NhsPerPerson), sum(Metric::Hospital)), "{id}: health service");
        let public = sum(Metric::CouncilPerPerson) + sum(Metric::NhsPerPerson);
        assert!(near(sum(Metric::PublicPerPerson), public), "{id}: public");
        assert!(near(sum(Metric::PerScrqolYear), public), "{id}: public, a SCRQoL-year");
        let net = public - sum(Metric::Charges);
        assert!(near(sum(Metric::PublicNetPerPerson), net), "{id}: net");
        assert!(near(sum(Metric::PerHour), sum(Metric::Support)), "{id}: an hour");
    }
    let support = world.outcomes.sums(Metric::Support, 0, Period::Whole).expect("kept")[0];
    let paid = |m: &commissim::model::world::Money| {
        m.council_to_providers + m.council_to_budgets - m.budgets_to_council
    };
    assert!(near(support, paid(&world.money) - paid(&before)));
}

#[test]
fn a_person_is_small() {
    // A million people, with their further arrangements, stay within a laptop's memory.
    let size = std::mem::size_of::<Person>();
    assert!(size <= 200, "a person takes {size} bytes");
}

#[test]
fn a_later_change_does_not_hasten_an_earlier_one() {
    let first = announces(1, &[("catalysts", number(2.0))]);
    let mut both = first.clone();
    both.changes.extend(announces(13, &[("hosting", number(0.9))]).changes);
    let experiment = town(vec![]);
    let fork = at_fork(&experiment);
    let seen = |regime| {
        let mut seen = Vec::new();
        let mut world = fork.clone();
        watched(&experiment, &mut world, regime, 1..=24, &mut |name, _, month| {
            if name == "month" {
                seen.push((month.levers.catalysts, month.levers.hosting));
            }
        });
        seen
    };
    let (alone, with_another) = (seen(&first), seen(&both));
    assert!(with_another[23].1 > alone[23].1, "the later change arrives");
    let catalysts = |seen: &[(f64, f64)]| seen.iter().map(|now| now.0).collect::<Vec<_>>();
    // Culture and trust pace both alike for as long as hosting has moved nothing.
    assert_eq!(catalysts(&alone)[..14], catalysts(&with_another)[..14]);
    for (a, b) in alone.iter().zip(&with_another).skip(14) {
        assert!((a.0 - b.0).abs() < 0.01, "{a:?} {b:?}");
    }
}
