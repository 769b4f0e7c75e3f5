//! One life: who looks on changes nothing, what is told adds up to what the cell counts,
//! and things come in their order with their cause.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use commissim::cell::{self, CellId};
use commissim::experiment::{Experiment, Regime};
use commissim::gains::PERSONAL;
use commissim::levers::Mechanism;
use commissim::metrics::Metric;
use commissim::model::World;
use commissim::model::world::{Means, Route, Stage};
use commissim::outcomes::{Outcomes, Stratum};
use commissim::place::Place;
use commissim::system::System;
use commissim::trace::{
    self, Asked, Event, Finding, Life, MonthOfLife, Recorder, SHARE_IN_NEED, Trace, shown_key,
};

use crate::commands::commissim_in;
use crate::small_worlds::{Hamlet, at_fork, number, status_quo, town, word, words};

const CELL: CellId = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };

fn ships(id: &str) -> Regime {
    commissim::files::regime(id).expect("it ships").0
}

/// The made-up town for some years under direct payments and community sourcing.
fn lively(years: usize) -> Experiment {
    let regimes = vec![ships("direct-payments"), ships("community-sourcing")];
    Experiment { years, ..town(regimes) }
}

fn asked(experiment: &Experiment, citizen: Option<u64>) -> Asked {
    let regimes = (0..experiment.regimes.len()).collect();
    Asked { place: 0, beliefs: 0, draw: 0, replicate: 0, citizen, regimes }
}

fn told(experiment: &Experiment, citizen: Option<u64>) -> Trace {
    trace::trace(experiment, &asked(experiment, citizen), &mut || {}).expect("somebody")
}

/// A system lived to its end while somebody looks on at one person of a place.
fn looked_at(
    experiment: &Experiment,
    worlds: Vec<World>,
    regime: &Regime,
    at: usize,
    mut recorder: Recorder,
) -> Vec<World> {
    let mut system = System::new(experiment, worlds, regime);
    recorder.begins(&system.worlds[at]);
    let end = 12 * experiment.years as i32;
    system.lives_by(1..=end, &[], &mut |place, world, settings, month| {
        if place == at {
            recorder.lives(world, settings, month);
        } else {
            commissim::model::run(world, settings, month..=month);
        }
    });
    let life = recorder.ends(&system.worlds[at], "looked at");
    assert!(life.months.len() > 3, "there was somebody to look at");
    system.worlds
}

#[test]
fn whoever_looks_on_changes_no_byte_of_the_cell() {
    let experiment = lively(2);
    let cell = cell::simulate(&experiment, CELL);
    let (worlds, at) = trace::at_fork(&experiment, &asked(&experiment, None));
    let key = worlds[at].people[11].key;
    let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    for (regime, outcomes) in regimes.zip(&cell.worlds) {
        let recorder = Recorder::new(key, experiment.start);
        let left = looked_at(&experiment, worlds.clone(), regime, at, recorder);
        assert!(left[0].outcomes == *outcomes, "{}", regime.id);
    }
}

#[test]
fn whoever_looks_on_changes_no_byte_where_places_learn() {
    let mut experiment = Experiment { learning: true, ..town(vec![ships("community-sourcing")]) };
    let other = Place { id: "other".to_owned(), code: 4001, ..Place::town() };
    experiment.places.push(other);
    experiment.parameters.adaptive_share = 1.0;
    let cells = cell::together(&experiment, &cell::units(&experiment)[0]);
    let asked = Asked { place: 1, ..asked(&experiment, None) };
    let (worlds, at) = trace::at_fork(&experiment, &asked);
    assert_eq!((worlds.len(), at), (2, 1));
    let recorder = Recorder::new(worlds[at].people[5].key, experiment.start);
    let left = looked_at(&experiment, worlds, &experiment.regimes[0], at, recorder);
    for (cell, world) in cells.iter().zip(&left) {
        assert!(world.outcomes == cell.worlds[1]);
    }
    let told = trace::trace(&experiment, &asked, &mut || {}).expect("somebody");
    let code = commissim::draws::birth::place(told.citizen.key);
    assert_eq!(code, 4001, "somebody of the place that was asked about");
}

/// People and providers of a world, whatever strata people are in.
fn who_is_there(world: &World) -> String {
    let mut people = world.people.clone();
    people.iter_mut().for_each(|person| person.stratum = Stratum::of(0, 0, 0, 0));
    format!("{people:?} {:?} {:?} {:?}", world.further, world.providers, world.money)
}

#[test]
fn a_person_put_apart_lives_in_the_same_world() {
    let experiment = lively(2);
    let community = &experiment.regimes[1];
    let world = at_fork(&experiment);
    let mut plain = System::new(&experiment, vec![world.clone()], community);
    plain.lives(1..=24, &[]);
    for person in [3, 40, 200] {
        let key = world.people[person].key;
        let mut apart = world.clone();
        let mut recorder = Recorder::new(key, experiment.start);
        recorder.follows(&mut apart);
        let worlds = looked_at(&experiment, vec![apart], community, 0, recorder);
        assert!(who_is_there(&plain.worlds[0]) == who_is_there(&worlds[0]));
        // Everybody's sums take them in; only the order of adding up is another.
        let (one, other) = (&plain.worlds[0].outcomes, &worlds[0].outcomes);
        for month in 0..24 {
            let sums = |of: &Outcomes, metric| of.month_sums(metric, month).expect("lived");
            for metric in Metric::ALL {
                let pairs = sums(one, *metric).into_iter().zip(sums(other, *metric));
                for (one, other) in pairs {
                    let close = (one - other).abs() <= 1e-9 * one.abs().max(1.0);
                    assert!(close, "{}: {one}, {other}", metric.declaration().id);
                }
            }
        }
    }
}

fn close(one: f64, other: f64, what: &str) {
    let wide = one.abs().max(other.abs()).max(1e-3);
    assert!((one - other).abs() <= 1e-9 * wide, "{what}: {one}, {other}");
}

/// Holds what the looker counted against the metrics of the same months, restricted.
fn adds_up(life: &Life) {
    let key = life.citizen.as_ref().map_or(0, |citizen| citizen.key);
    let mut totals = [[0.0; 2]; 7];
    for month in &life.months {
        let (ledger, sums) = (&month.ledger, &month.restricted);
        let pairs = [
            (ledger.months, sums[Metric::PublicPerPerson as usize][1] * 12.0),
            (ledger.hours, sums[Metric::HoursPerPerson as usize][0]),
            (ledger.planned, sums[Metric::Unmet as usize][1]),
            (ledger.unmet, sums[Metric::Unmet as usize][0]),
            (ledger.support, sums[Metric::Support as usize][0]),
            (ledger.own, sums[Metric::Private as usize][0]),
            (ledger.care_home, sums[Metric::Residential as usize][0]),
        ];
        for (total, (own, metric)) in totals.iter_mut().zip(pairs) {
            let what = format!("{} in month {}", shown_key(key), month.number);
            close(own, metric, &what);
            total[0] += own;
            total[1] += metric;
        }
        close(month.delivered, ledger.hours, "delivered");
        close(month.own, ledger.own, "own");
        close(month.lived, ledger.months, "lived");
        // What is spent on them is support, a care home, what it took to arrange it, harm.
        let sum = |metric: Metric| sums[metric as usize][0];
        let parts = [
            Metric::Support,
            Metric::Residential,
            Metric::Assessment,
            Metric::Brokerage,
            Metric::Safeguarding,
            Metric::Change,
        ];
        close(month.council, parts.into_iter().map(sum).sum(), "council");
        close(month.public, month.council + sum(Metric::Hospital), "public");
    }
    totals.iter().for_each(|[own, metric]| close(*own, *metric, "the whole life"));
}

#[test]
fn what_is_told_adds_up_to_what_the_cell_counts() {
    let experiment = lively(3);
    let world = at_fork(&experiment);
    let community = &experiment.regimes[1];
    let mut keys: Vec<u64> = world.people.iter().step_by(5).map(|person| person.key).collect();
    let mut lived = System::new(&experiment, vec![world.clone()], community);
    lived.lives(1..=20, &[]);
    let there = |key: u64| world.people.iter().any(|person| person.key == key);
    let came: Vec<u64> =
        lived.worlds[0].people.iter().map(|person| person.key).filter(|key| !there(*key)).collect();
    keys.extend(came.iter().step_by(5));

    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for (turn, key) in keys.into_iter().enumerate() {
        let regime = &experiment.regimes[turn % 2];
        let life = trace::life(&experiment, vec![world.clone()], 0, regime, key);
        adds_up(&life);
        // Who comes under one regime may cope alone under the other.
        let Some(citizen) = &life.citizen else { continue };
        let has = |is: &dyn Fn(&Event) -> bool| life.events.iter().any(|e| is(&e.event));
        let by = |m: Mechanism| life.months.iter().any(|month| month.mechanism == Some(m));
        let held = life.months.iter().map(|month| month.account).collect::<Vec<_>>();
        let settled = held.windows(2).any(|pair| pair[0] > 1.0 && pair[1] == 0.0);
        for (kind, is) in [
            ("dies", has(&|e| matches!(e, Event::Died))),
            ("moves away", has(&|e| matches!(e, Event::MovedAway))),
            ("moves into a care home", has(&|e| matches!(e, Event::MovedToCareHome))),
            ("has a direct payment", by(Mechanism::DirectPayment)),
            ("has a fund", by(Mechanism::Isf)),
            ("has part as a direct payment", by(Mechanism::Mixed)),
            ("pays for themselves", citizen.means == Means::PaysInFull),
            ("comes after the fork", citizen.came > 0),
            ("is audited", has(&|e| matches!(e, Event::TakenBack { .. }))),
            ("leaves money in a budget that ends", settled),
        ] {
            *kinds.entry(kind).or_default() += u32::from(is);
        }
    }
    assert!(kinds.values().all(|n| *n > 0), "every kind of life is among them: {kinds:?}");
}

#[test]
fn states_that_are_told_are_those_that_groups_read() {
    let experiment = lively(2);
    let world = at_fork(&experiment);
    let supported =
        |p: &&commissim::model::world::Person| p.main.exists() && p.means != Means::PaysInFull;
    let key = world.people.iter().filter(supported).nth(20).expect("somebody").key;
    let life = trace::life(&experiment, vec![world], 0, &experiment.regimes[1], key);
    let mut read = 0;
    for month in &life.months {
        let of = |metric: Metric| {
            let [sum, times] = month.restricted[metric as usize];
            (times > 0.0).then(|| sum / times)
        };
        if let Some(scrqol) = of(Metric::Scrqol) {
            read += 1;
            assert_eq!(month.scrqol, Some(scrqol));
            assert_eq!(month.connected, of(Metric::Connectedness));
            assert_eq!(month.fit, of(Metric::Fit));
            let picked = month.picked.map(|picked| f64::from(u8::from(picked)));
            assert_eq!(picked, of(Metric::Picked));
        }
    }
    assert!(read > 2, "groups read states each quarter");
}

/// What each person of a town was like at the end of each quarter.
fn quarters(experiment: &Experiment, regime: &Regime) -> Vec<BTreeMap<u64, [f64; 4]>> {
    let mut quarters = Vec::new();
    let look = &mut |_: usize, world: &World| {
        let at_home = world.people.iter().filter(|person| person.stage == Stage::AtHome);
        let states = at_home.map(|person| {
            let of = |x: f64| if person.main.exists() { x } else { f64::NAN };
            let picked = of(f64::from(u8::from(person.main.picked)));
            let state =
                [picked, of(person.fit.into()), person.life.into(), (1.0 - person.met).into()];
            (person.key, state)
        });
        quarters.push(states.collect());
    };
    cell::with_twins(experiment, vec![at_fork(experiment)], regime, &[], look);
    quarters
}

#[test]
fn the_person_chosen_is_the_one_a_plain_comparison_finds() {
    let experiment = lively(2);
    let comparator = quarters(&experiment, &experiment.comparator);
    let mut scores: BTreeMap<u64, f64> = BTreeMap::new();
    let mut fewest: BTreeMap<u64, usize> = BTreeMap::new();
    for regime in &experiment.regimes {
        let here = quarters(&experiment, regime);
        let keys: Vec<u64> = comparator.iter().flat_map(|people| people.keys().copied()).collect();
        for key in keys.into_iter().collect::<std::collections::BTreeSet<u64>>() {
            let pairs: Vec<([f64; 4], [f64; 4])> = comparator
                .iter()
                .zip(&here)
                .filter_map(|(there, here)| Some((*there.get(&key)?, *here.get(&key)?)))
                .collect();
            let least = fewest.entry(key).or_insert(usize::MAX);
            *least = (*least).min(pairs.len());
            for (index, metric) in PERSONAL.iter().enumerate() {
                let gaps: Vec<f64> = pairs
                    .iter()
                    .map(|(there, here)| here[index] - there[index])
                    .filter(|gap| !gap.is_nan())
                    .collect();
                if !gaps.is_empty() {
                    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
                    let matters = metric.declaration().matters().expect("an outcome");
                    *scores.entry(key).or_default() += mean.abs() / matters;
                }
            }
        }
    }
    let enough = (SHARE_IN_NEED * comparator.len() as f64) as usize;
    scores.retain(|key, _| fewest[key] >= enough);
    let most = scores.iter().max_by(|a, b| a.1.total_cmp(b.1)).expect("somebody");
    let chosen = told(&experiment, None).chosen.expect("nobody was asked for");
    assert_eq!(chosen.key, *most.0);
    assert!((chosen.score / most.1 - 1.0).abs() < 1e-4, "{} {}", chosen.score, most.1);
    assert_eq!(chosen.among, scores.len());
}

#[test]
fn a_provider_has_one_name_in_every_life_and_a_name_means_one_provider() {
    let experiment = lively(3);
    let trace = told(&experiment, None);
    assert_eq!(trace.lives.len(), 3);
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    for life in &trace.lives {
        for happening in &life.events {
            for who in happening.event.clone().providers() {
                assert!(!who.name.is_empty());
                let name = names.entry(who.key).or_insert_with(|| who.name.clone());
                assert_eq!(*name, who.name);
            }
        }
        let supporters = life.months.iter().filter_map(|month| month.supporter.as_ref());
        assert!(supporters.into_iter().all(|who| names.get(&who.key) == Some(&who.name)));
    }
    assert!(names.len() > 1);
    let distinct: std::collections::BTreeSet<&String> = names.values().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
}

#[test]
fn lives_are_the_same_until_something_differs_and_the_key_finds_the_same_person() {
    let experiment = lively(2);
    let first = told(&experiment, None);
    let again = told(&experiment, Some(first.citizen.key));
    assert_eq!(again.chosen, None);
    for (one, other) in first.lives.iter().zip(&again.lives) {
        assert_eq!((&one.months, &one.events), (&other.months, &other.events));
    }
    let itself = Regime { id: "itself".to_owned(), ..status_quo() };
    let twice = told(&Experiment { regimes: vec![itself], ..experiment.clone() }, None);
    assert_eq!(twice.lives[0].months, twice.lives[1].months);
    assert_eq!(twice.lives[0].events, twice.lives[1].events);
    let nobody = trace::trace(&experiment, &asked(&experiment, Some(7)), &mut || {});
    let some = nobody.expect_err("nobody has that key").some;
    assert!(!some.is_empty());
    told(&experiment, Some(some[0]));
}

/// What happened, without what stands at the fork and the end.
fn happened(life: &Life) -> Vec<(i32, &Event)> {
    let within = |event: &Event| !matches!(event, Event::AtFork(_) | Event::AtEnd(_));
    life.events.iter().map(|e| (e.month, &e.event)).filter(|(_, e)| within(e)).collect()
}

#[test]
fn a_contract_that_is_handed_back_is_told_in_order_and_with_its_cause() {
    let mut hamlet = Hamlet::new(None);
    let poor = hamlet.agency(200.0, |provider| {
        provider.contract_price = 5.0;
        provider.reserves = -1e6;
    });
    let person = hamlet.person(7.0, |_| {});
    let other = hamlet.agency(200.0, |provider| provider.contract_price = 25.0);
    let life = hamlet.tells(person, 8);
    adds_up(&life);
    let events = happened(&life);
    let short = hamlet.p.months_to_hand_back as u32;
    assert!(matches!(events[0], (1, Event::Assessed { hours: 7.0, .. })), "{events:?}");
    assert!(
        matches!(events[1], (1, Event::Chose { mechanism: Mechanism::Managed, first: true, .. })),
        "{events:?}"
    );
    let Event::Started { support, found: Finding::Placed, weeks: Some(_) } = events[2].1 else {
        panic!("{events:?}");
    };
    assert_eq!((support.who.key, support.route), (poor, Route::Contract));
    let (month, Event::HandedBack { who, months, hours: 7.0 }) = events[3] else {
        panic!("{events:?}");
    };
    assert_eq!((who.key, *months, month), (poor, short, short as i32));
    let (again, Event::Started { support, weeks: None, .. }) = events[4] else {
        panic!("{events:?}");
    };
    assert_eq!((support.who.key, again), (other, month + 1));
    assert_eq!(events.len(), 5, "{events:?}");
}

#[test]
fn an_agency_that_runs_out_of_money_and_one_that_nobody_replaces_are_told_as_such() {
    let mut hamlet = Hamlet::new(None);
    // Paid well enough to keep the contract, too deep in debt to go on.
    let poor = hamlet.agency(200.0, |provider| {
        provider.contract_price = 60.0;
        provider.reserves = -1e9;
    });
    let person = hamlet.person(7.0, |_| {});
    let life = hamlet.tells(person, 15);
    let events = happened(&life);
    let close = hamlet.p.months_to_close as u32;
    let ran_out = events.iter().find_map(|(month, event)| match event {
        Event::RanOutOfMoney { who, months, hours } => Some((*month, who.key, *months, *hours)),
        _ => None,
    });
    assert_eq!(ran_out, Some((close as i32, poor, close, 7.0)), "{events:?}");
    let (month, last) = events.last().expect("something");
    assert!(
        matches!(last, Event::NobodyFound { hours: 7.0, in_part: false }),
        "told once: {events:?}"
    );
    assert_eq!(*month, close as i32 + 1);
}

#[test]
fn a_tender_that_moves_somebody_is_told_with_whether_the_worker_moved_along() {
    for (staff_move, with) in [(1.0, true), (0.0, false)] {
        let mut hamlet = Hamlet::new(None);
        hamlet.p.staff_move = staff_move;
        hamlet.p.tender_cost = 0.0;
        let incumbent = hamlet.agency(200.0, |provider| provider.contract_price = 18.0);
        let person = hamlet.person(7.0, |_| {});
        hamlet.lives(2, &mut |_| {});
        let rival = hamlet.agency(400.0, |provider| {
            provider.quality = 3.0;
            provider.own_quality = 3.0;
        });
        let settings =
            [("awards_per_lot", number(1.0)), ("lots", number(1.0)), ("price_weight", number(0.0))];
        hamlet.announce(&settings);
        hamlet.world.neighbourhoods[0].ends = 4;
        let life = hamlet.tells(person, 4);
        let events = happened(&life);
        let tendered = events.iter().find_map(|(month, event)| match event {
            Event::Tendered { from, to: Some(to), with_worker } => {
                Some((*month, from.key, to.key, *with_worker))
            }
            _ => None,
        });
        assert_eq!(tendered, Some((4, incumbent, rival, with)), "{events:?}");
        adds_up(&life);
    }
}

#[test]
fn an_assistant_who_leaves_and_the_next_are_told() {
    let rules = [
        ("offered", words(&["managed", "direct_payment"])),
        ("default_mechanism", word("direct_payment")),
    ];
    let mut hamlet = Hamlet::under(None, &rules);
    hamlet.p.default_effect = 1e6;
    hamlet.p.direct_payment_lead = 0.0;
    hamlet.p.assistant_turnover = 12.0;
    let person = hamlet.person(7.0, |person| person.employs = true);
    let life = hamlet.tells(person, 4);
    adds_up(&life);
    let events = happened(&life);
    let kinds: Vec<&str> = events
        .iter()
        .map(|(_, event)| match event {
            Event::Assessed { .. } => "assessed",
            Event::Chose { mechanism: Mechanism::DirectPayment, default: true, .. } => "chose",
            Event::InForce { mechanism: Mechanism::DirectPayment } => "set up",
            Event::Started { support, .. } if support.route == Route::DirectPayment => "employed",
            Event::AssistantLeft { .. } => "left",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds[..6], ["assessed", "chose", "set up", "employed", "left", "employed"]);
}

/// Results of the made-up town in a folder of their own.
fn results() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let words = "run --place town --regimes tendering,isf-default --years 2 --replicates 2 --quiet --out mine";
    let (code, _, err) = commissim_in(folder.path(), &words.split(' ').collect::<Vec<_>>());
    assert_eq!((code, err.as_str()), (0, ""));
    folder
}

#[test]
fn a_trace_is_a_story_a_table_or_json_of_the_same_life() {
    let folder = results();
    let trace = |more: &[&str]| {
        let (code, out, err) = commissim_in(folder.path(), &[&["trace", "mine"], more].concat());
        // A slow machine says how far it is.
        let progress = |line: &str| line.ends_with(" runs") && line.contains(" of ");
        assert!(code == 0 && err.lines().all(progress), "{err}");
        out
    };
    let story = trace(&[]);
    for said in [
        "One life: ",
        "WHAT HAPPENED, AND WHY\n",
        "year 1   year 2",
        "Quality of life (SCRQoL)\n  status-quo ",
        "Chosen as the person in whose life the regimes differ most",
    ] {
        assert!(story.to_lowercase().contains(&said.to_lowercase()), "{said}:\n{story}");
    }
    assert!(story.lines().all(|line| line.chars().count() <= 122), "{story}");
    let json: serde_json::Value =
        serde_json::from_str(&trace(&["--format", "json"])).expect("JSON");
    let key = json["citizen"]["key"].as_str().expect("a key").to_owned();
    assert!(story.contains(&format!("--replicate 0 --citizen {key}")), "{story}");
    let lives = json["lives"].as_array().expect("lives");
    let regimes: Vec<_> = lives.iter().map(|life| life["regime"].as_str()).collect();
    assert_eq!(regimes, [Some("status-quo"), Some("tendering"), Some("isf-default")]);
    // Every event is in the story in the words of the JSON.
    let plain: String = story.split_whitespace().collect::<Vec<_>>().join(" ");
    let event = &lives[0]["events"][0];
    assert!(event["event"].is_string() && event["date"].is_string(), "{event}");
    let first_words = event["said"].as_str().expect("words").split(' ').take(4);
    assert!(plain.contains(&first_words.collect::<Vec<_>>().join(" ")), "{plain}");

    let said = trace(&["--citizen", &key, "--regimes", "isf-default", "--out", "life.csv"]);
    assert_eq!(said, "Written to life.csv\n");
    let mut reader = csv::Reader::from_path(folder.path().join("life.csv")).expect("CSV");
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let rows: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().expect("whole rows");
    for life in [&lives[0], &lives[2]] {
        let of = |row: &&csv::StringRecord| Some(&row[column("regime")]) == life["regime"].as_str();
        let rows: Vec<_> = rows.iter().filter(of).collect();
        let months = life["months"].as_array().expect("months");
        assert_eq!(rows.len(), months.len());
        for (row, month) in rows.iter().zip(months) {
            assert_eq!(&row[column("citizen")], key);
            for name in ["hours_delivered", "public_pounds", "unpaid_hours"] {
                let written: f64 = row[column(name)].parse().expect("a number");
                // Reading JSON rounds the last bit.
                let gap = (written - month[name].as_f64().expect("a number")).abs();
                assert!(gap <= 1e-12 * written.abs(), "{name}");
            }
        }
    }
    assert!(rows.iter().all(|row| &row[column("regime")] != "tendering"));
}

#[test]
fn what_cannot_be_traced_is_said_plainly_and_leaves_nothing() {
    let folder = results();
    fs::create_dir(folder.path().join("empty")).expect("made");
    fs::write(folder.path().join("there.csv"), "mine").expect("written");
    let before = list(folder.path());
    let refused = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        let (code, out, err) = commissim_in(folder.path(), &words);
        assert_eq!((code, out.as_str()), (1, ""), "{words:?}");
        err
    };
    let some = refused("trace mine --citizen 7");
    let (said, help) = some.split_once('\n').expect("two lines");
    assert_eq!(said, "error: nobody in replicate 0 of town is 0000000000000007");
    assert!(help.starts_with("help: these are, among others: "), "{help}");
    let key = help.split('`').nth(1).expect("a key");
    let words = ["trace", "mine", "--citizen", key, "--format", "json"];
    assert_eq!(commissim_in(folder.path(), &words).0, 0, "{key}");
    insta::assert_snapshot!(refused("trace nowhere"), @r"
    error: nowhere is not there
    help: name a results folder, such as results/four-regimes
    ");
    insta::assert_snapshot!(refused("trace empty"), @r"
    error: empty is not a results folder: it has no manifest.json
    help: name a folder that a run made, such as results/four-regimes
    ");
    insta::assert_snapshot!(refused("trace mine --replicate 2"), @r"
    error: mine has no replicate 2
    help: it has 2, replicates 0 to 1
    ");
    insta::assert_snapshot!(refused("trace mine --place dorset"), @r"
    error: the results have no place `dorset`
    help: these are there: `town`
    ");
    insta::assert_snapshot!(refused("trace mine --regimes tenderin"), @r"
    error: the results have no regime `tenderin`
    help: did you mean `tendering`?
    ");
    insta::assert_snapshot!(refused("trace mine --out there.csv"), @r"
    error: there.csv is there already
    help: name a file that is not there yet; nothing was written
    ");
    insta::assert_snapshot!(refused("trace mine --out no/life.csv"), @r"
    error: there is no folder no
    help: make it first; nothing was written
    ");
    insta::assert_snapshot!(refused("trace mine --out mine/life.csv"), @r"
    error: mine/life.csv would be among the results of mine, which hold what their run left and nothing else
    help: name a file outside that folder; nothing was written
    ");
    let (code, _, err) = commissim_in(folder.path(), &["trace", "mine", "--citizen", "Jane"]);
    assert!(code == 2 && err.contains("the key that a trace gives"), "{err}");
    assert_eq!(list(folder.path()), before, "nothing was left behind");
    let path = folder.path().join("mine/regimes/tendering.toml");
    let text = fs::read_to_string(&path).expect("there");
    fs::write(&path, text + "\n").expect("written");
    insta::assert_snapshot!(refused("trace mine"), @r"
    error: nothing is told, since regimes/tendering.toml was changed after the run
    help: `commissim verify mine` says everything that is wrong
    ");
}

/// Every file below a folder.
fn list(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(list(&path));
        }
        found.push(path.display().to_string());
    }
    found.sort();
    found
}

#[test]
fn months_are_those_in_which_the_person_is_there() {
    let experiment = lively(2);
    let trace = told(&experiment, None);
    for life in &trace.lives {
        let numbers: Vec<i32> =
            life.months.iter().map(|month: &MonthOfLife| month.number).collect();
        let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
        assert_eq!(numbers, (first..=last).collect::<Vec<_>>(), "one after the other");
        assert_eq!(first, trace.citizen.came.max(1));
        let gone = |month: &MonthOfLife| month.stage.is_none();
        let going = life.months.iter().position(gone);
        assert!(going.is_none_or(|at| at + 1 == life.months.len()));
        assert!(going.is_some() || last == 24);
    }
}
