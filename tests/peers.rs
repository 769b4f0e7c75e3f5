//! Commissioners who learn from one another, and those who may not.

use commissim::cell::{self, Cell, CellId};
use commissim::declare::Setting;
use commissim::experiment::{Blow, Experiment, Regime, Stress};
use commissim::levers::{LEVERS, Levers};
use commissim::metrics::Metric;
use commissim::model::learning::Plan;
use commissim::outcomes::{Period, Watch};
use commissim::place::Place;
use commissim::system::System;
use commissim::{files, run, store};

use crate::small_worlds::{announces, luck, number, shares, status_quo, town, word};

/// Two towns of one region. The second buys dear and has ways of its own, of which its
/// file sets some; everybody learns, and learns much.
fn two_towns(regimes: Vec<Regime>) -> Experiment {
    let mut experiment = town(regimes);
    let dear = Place { id: "dear".to_owned(), code: 4001, contracted_hour: 24.0, ..Place::town() };
    experiment.places.push(dear);
    experiment.years = 4;
    experiment.replicates = 1;
    experiment.learning = true;
    experiment.parameters.adaptive_share = 1.0;
    experiment.parameters.learning_pace = 0.5;
    experiment
}

/// Sets a place's own levers, as its file would.
fn own(place: &mut Place, settings: &[(&str, Setting)]) {
    for (lever, setting) in settings {
        assert!(place.status_quo.set(lever, setting), "{lever}");
        place.keeps.push((*lever).to_owned());
    }
}

/// The cheap town has much that the dear one could copy.
fn with_ways(mut experiment: Experiment) -> Experiment {
    let ways = [
        ("catalysts", number(2.0)),
        ("plan_rigidity", number(0.2)),
        ("hosting", number(0.9)),
        ("audit_intensity", number(0.1)),
    ];
    own(&mut experiment.places[0], &ways);
    own(&mut experiment.places[1], &[("audit_intensity", number(0.9))]);
    experiment
}

fn cells(experiment: &Experiment) -> Vec<Cell> {
    let units = cell::units(experiment);
    units.iter().flat_map(|unit| cell::together(experiment, unit)).collect()
}

fn alone(experiment: &Experiment) -> Vec<Cell> {
    let ids = cell::units(experiment).concat();
    ids.into_iter().map(|id| cell::simulate(experiment, id)).collect()
}

/// A system a year after the fork, when all have met once.
fn after_a_year<'a>(experiment: &'a Experiment, regime: &Regime) -> System<'a> {
    let burnt_in = |place| cell::burn_in(experiment, place, luck(experiment, 0));
    let worlds = experiment.places.iter().map(burnt_in).collect();
    let mut system = System::new(experiment, worlds, regime);
    system.lives(1..=12, &[]);
    system
}

/// What each place has announced after the first meeting, where it is something new.
fn announced(experiment: &Experiment, regime: &Regime) -> Vec<Option<Levers>> {
    let new = |plan: &Plan| {
        let stage = plan.stages.iter().find(|(month, _)| *month == 13);
        stage.map(|(_, levers)| levers.clone())
    };
    after_a_year(experiment, regime).plans.iter().map(new).collect()
}

#[test]
fn without_learning_places_are_systems_of_their_own() {
    let mut experiment = with_ways(two_towns(vec![announces(1, &[("hosting", number(0.5))])]));
    experiment.learning = false;
    assert!(cell::units(&experiment).iter().all(|unit| unit.len() == 1));
    assert_eq!(cells(&experiment), alone(&experiment));
}

#[test]
fn one_place_has_nobody_to_learn_from() {
    let mut experiment = with_ways(two_towns(vec![announces(1, &[("hosting", number(0.5))])]));
    experiment.places.truncate(1);
    assert_eq!(cells(&experiment), alone(&experiment));
}

#[test]
fn the_link_switched_off_is_exactly_off() {
    let mut experiment = with_ways(two_towns(vec![]));
    let learnt = cells(&experiment);
    experiment.structures.peer_learning = false;
    let off = cells(&experiment);
    assert_eq!(off, alone(&experiment));
    assert_eq!(learnt[0], off[0], "the town that is ahead has nothing to learn");
    assert_ne!(learnt[1], off[1], "the other learns");
    // Nobody has met before the end of the first year.
    let first = |cell: &Cell| cell.worlds[0].sums(Metric::PublicPerPerson, 0, Period::Year(1));
    assert_eq!(first(&learnt[1]), first(&off[1]));
}

#[test]
fn who_is_behind_goes_part_of_the_way_and_leaves_alone_what_is_not_free() {
    let experiment = with_ways(two_towns(vec![]));
    let regime = announces(1, &[("plan_rigidity", number(0.7))]);
    let announced = announced(&experiment, &regime);
    assert_eq!(announced[0], None, "who is ahead changes nothing");
    let levers = announced[1].clone().expect("who is behind changes something");
    let usual = Levers::default();
    // Half way from what it has to what the other does.
    assert_eq!(levers.catalysts, 1.0);
    assert!((levers.hosting - f64::midpoint(usual.hosting, 0.9)).abs() < 1e-12);
    assert_eq!(levers.audit_intensity, 0.9, "its own file sets it");
    assert_eq!(levers.plan_rigidity, 0.7, "what is compared sets it");
}

#[test]
fn a_lever_set_at_any_time_is_never_moved() {
    let experiment = with_ways(two_towns(vec![]));
    let regime = announces(25, &[("catalysts", number(4.0))]);
    let system = after_a_year(&experiment, &regime);
    let stages = &system.plans[1].stages;
    let catalysts: Vec<_> = stages.iter().map(|(m, l)| (*m, l.catalysts)).collect();
    assert_eq!(catalysts, [(13, 0.0), (25, 4.0)]);
    assert!(stages[1].1.hosting > 0.4, "what was learnt is not unlearnt by a later change");
}

#[test]
fn learning_is_paid_for_as_any_change_is() {
    let experiment = with_ways(two_towns(vec![]));
    let learnt = cells(&experiment);
    let paid = |cell: &Cell, year| {
        cell.worlds[0].sums(Metric::Change, 0, Period::Year(year)).expect("kept")[0]
    };
    assert_eq!(paid(&learnt[1], 1), 0.0);
    assert!(paid(&learnt[1], 2) > 0.0);
    assert_eq!(paid(&learnt[0], 2), 0.0, "who changes nothing pays nothing");
}

#[test]
fn a_peer_has_to_be_ahead_by_enough_and_differ_enough() {
    let mut experiment = with_ways(two_towns(vec![]));
    let does = |experiment: &Experiment| announced(experiment, &status_quo())[1].is_some();
    assert!(does(&experiment));
    experiment.parameters.learning_lead = 90.0;
    assert!(!does(&experiment), "not far enough ahead");
    experiment.parameters.learning_lead = 1.0;
    experiment.parameters.adaptive_share = 0.0;
    assert!(!does(&experiment), "nobody adapts");
    // Ways that are nearly alike are left alone, and nothing is announced or paid for.
    let mut alike = two_towns(vec![]);
    own(&mut alike.places[0], &[("catalysts", number(0.2))]);
    for place in &mut alike.places {
        own(place, &[("option_awareness", shares(&[("direct_payment", 1.0)]))]);
    }
    assert!(!does(&alike));
}

#[test]
fn national_indicators_turn_eyes_to_budgets_whoever_chose_them() {
    // The dear town gives everybody a fund, which nobody looks for: in name only.
    let mut experiment = two_towns(vec![]);
    let funds = [
        ("default_mechanism", word("isf")),
        ("option_awareness", shares(&[("isf", 1.0), ("direct_payment", 0.0), ("mixed", 0.0)])),
    ];
    own(&mut experiment.places[1], &funds);
    experiment.parameters.default_effect = 5.0;
    experiment.parameters.looks_for_holder = 0.0;
    experiment.parameters.looks_with_capacity = 0.0;
    // Quality of life is the same business everywhere.
    experiment.parameters.indicators_count_budgets = 1.0;
    experiment.parameters.learning_pace = 1.0;
    let defaults = |experiment: &Experiment| {
        announced(experiment, &status_quo())
            .into_iter()
            .map(|levers| levers.map(|levers| levers.default_mechanism))
            .collect::<Vec<_>>()
    };
    use commissim::levers::DefaultMechanism::Isf;
    assert_ne!(defaults(&experiment)[0], Some(Isf), "of its own accord it watches money");
    for place in &mut experiment.places {
        own(place, &[("national_indicators", number(1.0))]);
    }
    assert_eq!(defaults(&experiment), [Some(Isf), None]);
    let system = after_a_year(&experiment, &status_quo());
    let sums =
        system.worlds[1].outcomes.sums(Metric::IsfNameOnly, 0, Period::Year(1)).expect("kept");
    assert!(sums[0] > 0.99 * sums[1] && sums[1] > 0.0, "what was copied is a name: {sums:?}");
}

#[test]
fn twins_of_a_system_meet_too() {
    let mut experiment = with_ways(two_towns(vec![]));
    let nothing = Blow { month: 20, months: Some(3), ..Blow::default() };
    let id = "nothing".to_owned();
    experiment.stresses = vec![Stress { id, blows: vec![nothing] }];
    for cell in cells(&experiment) {
        // Dealt nothing, a twin stays what its world is, to the last thing learnt.
        let before = experiment.stresses[0].month() as usize - 1;
        assert_eq!(cell.twins[0][0], Watch::of(&cell.worlds[0], before));
    }
}

#[test]
fn the_order_of_places_decides_nothing() {
    let experiment = with_ways(two_towns(vec![]));
    let mut other = experiment.clone();
    other.places.reverse();
    let (mut one, two) = (cells(&experiment), cells(&other));
    one.reverse();
    for (one, two) in one.iter().zip(&two) {
        assert_eq!(one.worlds, two.worlds);
    }
}

#[test]
fn only_councils_of_the_region_are_looked_at_where_there_are_any() {
    let mut experiment = with_ways(two_towns(vec![]));
    let moves = |experiment: &Experiment| announced(experiment, &status_quo())[1].is_some();
    // A third that is just like the dear one, in its region; the cheap one is far away.
    let third = Place { id: "third".to_owned(), code: 4002, ..experiment.places[1].clone() };
    experiment.places[0].region = "far away".to_owned();
    assert!(moves(&experiment), "with nobody near all are peers");
    experiment.places.push(third);
    let levers = announced(&experiment, &status_quo())[1].clone();
    let catalysts = levers.map_or(0.0, |levers| levers.catalysts);
    assert_eq!(catalysts, 0.0, "the far town is not looked at");
}

#[test]
fn threads_and_a_part_of_a_unit_change_no_byte() {
    let parent = tempfile::tempdir().expect("a folder");
    let mut experiment = with_ways(two_towns(vec![]));
    experiment.years = 3;
    experiment.replicates = 2;
    let simulate = |unit: &[CellId]| cell::together(&experiment, unit);
    let ran = |name: &str, threads, resume| {
        let out = parent.path().join(name);
        let wanted = store::Wanted { out: Some(out.clone()), resume, ..Default::default() };
        let settings = run::Settings {
            wanted,
            threads: Some(threads),
            quiet: true,
            command: Vec::new(),
            briefing: false,
        };
        run::run(&experiment, &simulate, &settings).expect("ran");
        let mut files = store::files::checksums(&out).expect("read");
        // Both tell how it ran.
        files.retain(|(path, _)| path != "manifest.json" && path != "ro-crate-metadata.json");
        files
    };
    let one = ran("one", 1, false);
    assert_eq!(one, ran("two", 2, false));
    // A run that stopped between the two places of a unit goes on to the same bytes.
    let (out, work) = (parent.path().join("stopped"), parent.path().join("stopped.unfinished"));
    let last = work.join("cells/001-0-00000-000001.cell");
    let breaks = |unit: &[CellId]| {
        if unit[0].replicate == 1 {
            // A folder in the way of the second place's file.
            std::fs::create_dir(&last).expect("made");
        }
        cell::together(&experiment, unit)
    };
    let wanted = store::Wanted { out: Some(out), ..Default::default() };
    let settings = run::Settings {
        wanted,
        threads: Some(1),
        quiet: true,
        command: Vec::new(),
        briefing: false,
    };
    run::run(&experiment, &breaks, &settings).expect_err("stopped");
    assert!(work.join("cells/000-0-00000-000001.cell").is_file());
    std::fs::remove_dir(&last).expect("removed");
    assert_eq!(one, ran("stopped", 1, true));
}

/// A run reads again what it wrote, and knows which levers a place's file had set.
#[test]
fn resolved_inputs_learn_the_same_again() {
    let parent = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(parent.path().join(name), text).expect("written");
    };
    write("cheap.toml", "like = \"town\"\n[status_quo]\ncatalysts = 2\nhosting = 0.9\n");
    let dear = "like = \"town\"\ncode = 4001\ncontracted_hour = 24\n";
    write("dear.toml", &format!("{dear}[status_quo]\nhosting = 0.3\n"));
    let experiment = "places = [\"cheap.toml\", \"dear.toml\"]\nregimes = [\"tendering\"]\n\
        years = 3\nburn_in_years = 2\nreplicates = 1\nlearning = true\n\
        [parameters]\nadaptive_share = 1.0\n";
    write("mine.toml", experiment);
    let read = |path: std::path::PathBuf| {
        let path = path.to_string_lossy().into_owned();
        files::experiment(&path, &files::Overrides::default()).expect("read").0
    };
    let first = read(parent.path().join("mine.toml"));
    assert!(first.learning);
    assert_eq!(first.places[1].keeps, ["hosting"]);
    for (path, bytes) in store::resolved::files(&first).expect("written") {
        let path = parent.path().join("again").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let again = read(parent.path().join("again/experiment.toml"));
    let (first, again) = (cells(&first), cells(&again));
    assert_eq!(first, again);
    let mut separate = read(parent.path().join("mine.toml"));
    separate.learning = false;
    assert_ne!(first, cells(&separate), "something was learnt");
}

#[test]
fn every_lever_is_free_or_has_a_reason() {
    let experiment = two_towns(vec![]);
    let world = cell::burn_in(&experiment, &experiment.places[0], luck(&experiment, 0));
    let system = System::new(&experiment, vec![world], &status_quo());
    let shown = format!("{:?}", system.plans);
    for lever in LEVERS {
        let free = shown.contains(&format!("\"{}\"", lever.name));
        assert_eq!(free, lever.name != "national_indicators", "{}", lever.name);
    }
}
