//! Changes of the input whose effect is known, whatever the result is.

use commissim::analysis::moments::Moments;
use commissim::cell::{self, Cell, CellId};
use commissim::experiment::{Experiment, Regime};
use commissim::files::keys::{self, Kind};
use commissim::levers::LEVERS;
use commissim::metrics::{HISTOGRAMS, Histogram, Metric};
use commissim::outcomes::{GROUPS, Outcomes, Period, Sums};
use commissim::parameters::PARAMETERS;
use commissim::place::Place;

use crate::apart::{Levels, compares, county, levels, shipped};
use crate::small_worlds::{all_at_once, announces, any_levers, drawn, number, town};

const FIRST: CellId = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };

fn is_pounds(unit: &str) -> bool {
    unit.starts_with('£')
}

/// Everything that a world leaves for every group and period, and by month: whose it is,
/// and the two sums.
fn all_sums(outcomes: &Outcomes, metric: Metric) -> Vec<(String, Sums)> {
    let mut all = Vec::new();
    for (group, named) in GROUPS.iter().enumerate() {
        for period in Period::of(named.by, outcomes.years) {
            let sums = outcomes.sums(metric, group, period).expect("it is kept");
            all.push((format!("{}, {}", named.id, period.id()), sums));
        }
    }
    let months = (0..outcomes.months()).map(|month| {
        (format!("month {}", month + 1), outcomes.month_sums(metric, month).expect("it was lived"))
    });
    all.extend(months);
    all
}

/// Spells of waiting of every group and period.
fn all_spells(outcomes: &Outcomes) -> String {
    let of = [Histogram::ToSupport, Histogram::ToLeave];
    assert_eq!(of.len(), HISTOGRAMS);
    let mut text = String::new();
    for histogram in of {
        for (group, named) in GROUPS.iter().enumerate() {
            for period in Period::of(named.by, outcomes.years) {
                text += &format!("{:?}", outcomes.spells(histogram, group, period));
            }
        }
    }
    text
}

/// Figures of a place that its files declare in pounds.
fn place_keys_in_pounds() -> Vec<&'static str> {
    let is = |kind: &Kind| match kind {
        Kind::Number { unit, .. } | Kind::Numbers { unit, .. } => is_pounds(unit),
        Kind::Table(keys) => {
            keys.iter().any(|key| matches!(key.kind, Kind::Number { unit, .. } if is_pounds(unit)))
        }
        _ => false,
    };
    keys::PLACE.iter().filter(|key| is(&key.kind)).map(|key| key.name).collect()
}

/// The same place where everything costs so many times as much.
fn dearer_place(place: &Place, times: f64) -> Place {
    let dearer = Place {
        care_home_week: place.care_home_week.map(|pounds| pounds * times),
        contracted_hour: place.contracted_hour * times,
        in_house_hour: place.in_house_hour * times,
        assessment_cost: place.assessment_cost * times,
        ..place.clone()
    };
    // What the keys of a place's file say is in pounds is what has been multiplied.
    let (was, is) = (
        serde_json::to_value(place).expect("it can be written"),
        serde_json::to_value(&dearer).expect("it can be written"),
    );
    for (key, value) in was.as_object().expect("a table") {
        let pounds = place_keys_in_pounds().contains(&key.as_str());
        assert_eq!(is[key] != *value, pounds, "is {key} in pounds?");
    }
    dearer
}

/// The same experiment where everything costs so many times as much: what the ledger, the
/// keys of places and the list of levers declare in pounds.
fn dearer(experiment: &Experiment, times: f64) -> Experiment {
    let mut dearer = experiment.clone();
    let mut in_pounds = 0;
    for parameter in PARAMETERS.iter().filter(|p| is_pounds(p.unit)) {
        *dearer.parameters.get_mut(parameter.name).expect("declared") *= times;
        in_pounds += 1;
    }
    assert!(in_pounds > 10, "the ledger knows pounds");
    for place in &mut dearer.places {
        *place = dearer_place(place, times);
        for lever in LEVERS.iter().filter(|lever| is_pounds(lever.unit)) {
            let mut setting = place.status_quo.get(lever.name).expect("declared");
            times_as_much(times, &mut setting);
            assert!(place.status_quo.set(lever.name, &setting));
        }
    }
    let changes = dearer.regimes.iter_mut().flat_map(|regime| &mut regime.changes);
    for (name, setting) in changes.flat_map(|change| &mut change.settings) {
        if LEVERS.iter().any(|lever| lever.name == name && is_pounds(lever.unit)) {
            times_as_much(times, setting);
        }
    }
    dearer
}

fn times_as_much(times: f64, setting: &mut commissim::declare::Setting) {
    if let commissim::declare::Setting::Number(pounds) = setting {
        *pounds *= times;
    }
}

/// Where a world in which everything costs so many times as much differs in anything but
/// pounds, or in pounds by anything but that: not by a bit.
fn not_just_dearer(was: &Outcomes, is: &Outcomes, times: f64) -> Vec<String> {
    let mut found = Vec::new();
    for metric in Metric::ALL {
        let declared = metric.declaration();
        for ((whose, a), (_, b)) in all_sums(was, *metric).iter().zip(all_sums(is, *metric)) {
            let same = if is_pounds(declared.unit) {
                [a[0] * times, a[1]] == b
            } else {
                // A share of money is one of sums that are both in pounds.
                *a == b || [a[0] * times, a[1] * times] == b
            };
            if !same {
                found.push(format!("{} of {whose}: {a:?}, then {b:?}", declared.id));
            }
        }
    }
    if all_spells(was) != all_spells(is) {
        found.push("waits".to_owned());
    }
    found
}

/// The made-up town for a year and a half under everything at once and under settings from
/// anywhere, with parameters from anywhere.
fn restless_town(seed: u64, invested: f64) -> Experiment {
    let mut experiment = town(vec![]);
    experiment.seed = seed;
    experiment.burn_in_years = 1;
    experiment.parameters = drawn(seed, 0.7);
    for settings in [all_at_once(), any_levers(seed), any_levers(seed + 1)] {
        let mut settings: Vec<_> =
            settings.into_iter().filter(|(lever, _)| *lever != "community_investment").collect();
        settings.push(("community_investment", number(invested)));
        experiment.regimes.push(announces(2, &settings));
    }
    experiment
}

#[test]
fn where_everything_costs_twice_as_much_all_else_is_the_same_to_the_bit() {
    for seed in [1, 2] {
        let experiment = restless_town(seed, 0.0);
        let was = cell::simulate(&experiment, FIRST);
        let is = cell::simulate(&dearer(&experiment, 2.0), FIRST);
        for (world, (was, is)) in was.worlds.iter().zip(&is.worlds).enumerate() {
            let found = not_just_dearer(was, is, 2.0);
            assert!(found.is_empty(), "world {world}: {:#?}", &found[..found.len().min(5)]);
        }
        assert_eq!(was.gains, is.gains, "nobody is better or worse off");
    }
}

/// Community investment is not the same in other pounds, in two ways that are meant: what it
/// adds to social capital goes with the root of the money over £100, so that fourfold money
/// needs half the push for the rest to be the same; and the programme that brings a change
/// about is the larger, the more of the lever's range of £0 to £500 is moved through, so that
/// here programmes cost nothing.
#[test]
fn where_everything_costs_four_times_as_much_investment_pushes_by_its_root() {
    let mut experiment = restless_town(3, 60.0);
    experiment.parameters.programme_cost = 0.0;
    let was = cell::simulate(&experiment, FIRST);
    let mut four = dearer(&experiment, 4.0);
    let unchanged = cell::simulate(&four, FIRST);
    four.parameters.capital_invested /= 2.0;
    let is = cell::simulate(&four, FIRST);
    for (was, is) in was.worlds.iter().zip(&is.worlds) {
        let found = not_just_dearer(was, is, 4.0);
        assert!(found.is_empty(), "{:#?}", &found[..found.len().min(5)]);
    }
    let pushed = not_just_dearer(&was.worlds[1], &unchanged.worlds[1], 4.0);
    assert!(!pushed.is_empty(), "investment pushes as hard whatever a pound is worth");
}

/// What is in one cell for a regime: its world, its twins and who gains.
fn of_regime(cell: &Cell, regime: usize) -> String {
    let (world, gains) = (&cell.worlds[regime + 1], &cell.gains[regime]);
    let twins: Vec<_> = cell.twins.iter().map(|twins| &twins[regime + 1]).collect();
    format!("{world:?}{gains:?}{twins:?}")
}

#[test]
fn names_and_order_of_regimes_change_nothing() {
    let regimes = ["tendering", "community-sourcing", "direct-payments"].map(shipped);
    let mut experiment = town(regimes.to_vec());
    (experiment.years, experiment.burn_in_years) = (1, 1);
    let was = cell::simulate(&experiment, FIRST);
    let renamed = |regime: &Regime| Regime {
        id: format!("z-{}", regime.id.len()),
        name: "Another name".to_owned(),
        question: "Another question?".to_owned(),
        ..regime.clone()
    };
    let order = [2, 0, 1];
    experiment.regimes = order.iter().map(|regime| renamed(&regimes[*regime])).collect();
    let is = cell::simulate(&experiment, FIRST);
    for (place, regime) in order.into_iter().enumerate() {
        assert!(of_regime(&was, regime) == of_regime(&is, place), "{}", regimes[regime].id);
    }
    assert!(of_regime(&was, 0) != of_regime(&was, 1), "regimes differ");
    assert!(was.worlds[0] == is.worlds[0] && was.worlds[4] == is.worlds[4]);
}

#[test]
fn a_longer_horizon_leaves_the_first_years_alone() {
    let mut experiment = town(vec![announces(1, &all_at_once())]);
    (experiment.years, experiment.burn_in_years) = (1, 1);
    let short = cell::simulate(&experiment, FIRST);
    experiment.years = 3;
    let long = cell::simulate(&experiment, FIRST);
    assert_eq!(short.burn_in, long.burn_in);
    for (short, long) in short.worlds.iter().zip(&long.worlds) {
        for metric in Metric::ALL {
            let id = metric.declaration().id;
            for month in 0..12 {
                let of = |world: &Outcomes| world.month_sums(*metric, month);
                assert_eq!(of(short), of(long), "{id} in month {}", month + 1);
            }
            for group in (0..GROUPS.len()).filter(|group| GROUPS[*group].by.has_years()) {
                let of = |world: &Outcomes| world.sums(*metric, group, Period::Year(1));
                assert_eq!(of(short), of(long), "{id} of {}", GROUPS[group].id);
            }
        }
        // A spell that is over by then is over; what was cut off goes on, and no spell is
        // lost or found.
        for histogram in [Histogram::ToSupport, Histogram::ToLeave] {
            let of = |world: &Outcomes| world.spells(histogram, 0, Period::Year(1)).expect("kept");
            let (short, long) = (of(short), of(long));
            let count = |bins: &[u32]| bins.iter().sum::<u32>();
            let pairs = || short.ended.iter().zip(&long.ended);
            assert!(pairs().all(|(short, long)| short <= long), "{histogram:?}");
            let all = |of: &commissim::outcomes::Spells| count(&of.ended) + count(&of.censored);
            assert_eq!(all(&short), all(&long), "{histogram:?}");
        }
    }
}

#[test]
fn a_year_before_any_change_is_the_status_quo_to_the_bit() {
    let ids = ["tendering", "direct-payments", "isf-default", "community-sourcing", "scotland-sds"];
    let mut regimes: Vec<Regime> = ids.map(shipped).to_vec();
    for regime in &mut regimes {
        regime.changes.iter_mut().for_each(|change| change.month += 12);
    }
    let mut experiment = town(regimes);
    experiment.burn_in_years = 1;
    let cell = cell::simulate(&experiment, FIRST);
    let comparator = &cell.worlds[0];
    for (id, world) in ids.iter().zip(&cell.worlds[1..]) {
        let mut later = false;
        for metric in Metric::ALL {
            for month in 0..24 {
                let of = |world: &Outcomes| world.month_sums(*metric, month);
                let same = of(world) == of(comparator);
                let name = metric.declaration().id;
                assert!(same || month >= 12, "{id}: {name} in month {}", month + 1);
                later |= !same;
            }
            for group in (0..GROUPS.len()).filter(|group| GROUPS[*group].by.has_years()) {
                let of = |world: &Outcomes| world.sums(*metric, group, Period::Year(1));
                assert_eq!(of(world), of(comparator), "{id}: {}", metric.declaration().id);
            }
        }
        assert!(later, "{id} changes nothing when its time has come");
    }
}

/// The same place, twice: people, neighbourhoods and lots; agencies, enterprises and the
/// labour pool follow from the people.
fn twice(place: &Place) -> Place {
    let mut twice = Place {
        neighbourhoods: place.neighbourhoods * 2,
        clients: place.clients.map(|people| people * 2.0),
        residents: place.residents.map(|people| people * 2.0),
        ..place.clone()
    };
    twice.status_quo.lots *= 2.0;
    twice
}

/// What depends on how large a place is, and why; all else has to be the same share, cost or
/// wait in a place twice the size.
const OF_SIZE: &[(&str, &str)] = &[
    ("choice.supported", "a count"),
    ("choice.council_funded", "a count"),
    ("choice.in_care_homes", "a count"),
    ("choice.waiting", "a count"),
    ("community.makers", "a count"),
    ("choice.well_matched", "to be among the best three of twice as many is rarer"),
    ("choice.fit", "large agencies come from further away"),
    ("community.redundancy", "twice as many large agencies come to everybody"),
    ("community.concentration", "hours are shared among twice as many"),
    ("community.fragility", "the three largest are a smaller part"),
    ("cost.per_hour", "twice as many large agencies bid for a lot, and bid lower"),
    ("cost.bidders", "they bid more"),
    ("community.losing_money", "they win at lower prices"),
    ("community.handbacks", "they cannot keep to them"),
    ("community.provider_closures", "more of them close"),
    ("community.lost_supporter", "their people lose them"),
    ("community.supporters_lost", "their people lose them"),
    ("community.continuity", "their people lose them"),
    ("community.continuity_worker", "their people lose them"),
];

#[test]
fn twice_the_place_has_the_same_shares_costs_and_waits() {
    let replicates = 8;
    let once = compares(county(), &["community-sourcing"], 2, 3);
    let large = Experiment { places: vec![twice(&once.places[0])], ..once.clone() };
    let of = |experiment: &Experiment| -> Vec<Levels> {
        (0..replicates).map(|replicate| levels(experiment, replicate)).collect()
    };
    let (once, large) = (of(&once), of(&large));
    let moments = |levels: &[Levels], arm: usize, metric: Metric| {
        let mut moments = Moments::default();
        levels.iter().for_each(|levels| moments.add(levels[arm][metric as usize]));
        moments
    };
    let (mut compared, mut found) = (0, Vec::new());
    for metric in Metric::ALL {
        let id = metric.declaration().id;
        for arm in 0..2 {
            let (a, b) = (moments(&once, arm, *metric), moments(&large, arm, *metric));
            let errors = a.standard_error().zip(b.standard_error());
            let Some((((a, b), (of_a, of_b)), false)) =
                a.mean().zip(b.mean()).zip(errors).map(|all| (all, of_size(id)))
            else {
                continue;
            };
            // Luck's own spread over replicates.
            let error = of_a.hypot(of_b);
            compared += 1;
            if (a - b).abs() > 4.0 * error {
                found.push(format!("{id} in world {arm}: {a}, twice the place {b}, ± {error}"));
            }
        }
    }
    assert!(compared > 100, "{compared} compared");
    assert!(found.is_empty(), "{found:#?}");
    let supported = |levels: &[Levels]| moments(levels, 0, Metric::Supported).mean();
    let ratio = supported(&large).zip(supported(&once)).map(|(large, once)| large / once);
    assert!(ratio.is_some_and(|ratio| (ratio - 2.0).abs() < 0.05), "{ratio:?} times the people");
}

fn of_size(id: &str) -> bool {
    OF_SIZE.iter().any(|(named, _)| *named == id)
}
