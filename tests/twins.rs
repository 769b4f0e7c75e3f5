//! Stress tests: a blow of size nought is none, each kind strikes what it says, and the
//! world beside its twin is not touched.

use commissim::cell::{self, CellId};
use commissim::declare::Setting;
use commissim::experiment::{Blow, Experiment, Stress};
use commissim::metrics::Metric;
use commissim::model::{self, Settings};
use commissim::outcomes::{Reads, Watch, watched};
use commissim::stresses::{KINDS, Shock};

use crate::small_worlds::{at_fork, number, town};

const CELL: CellId = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };

/// Every built-in kind, in the month given, at so many times its usual size.
fn every_kind(month: i32, times: f64) -> Vec<Stress> {
    let stress = |kind: &commissim::stresses::Kind| {
        let mut shock = Shock::default();
        *shock.get_mut(kind.rate).expect("declared") = kind.size * times;
        let blow = Blow { month, months: kind.months, shock, levers: Vec::new() };
        Stress { id: kind.id.to_owned(), blows: vec![blow] }
    };
    KINDS.iter().map(stress).collect()
}

fn stressed(stresses: Vec<Stress>) -> Experiment {
    let community = commissim::files::regime("community-sourcing").expect("it ships").0;
    let mut experiment = Experiment { stresses, ..town(vec![community]) };
    experiment.years = 3;
    experiment
}

#[test]
fn a_blow_of_size_nought_changes_exactly_nothing() {
    let experiment = stressed(every_kind(13, 0.0));
    let cell = cell::simulate(&experiment, CELL);
    for (stress, twins) in experiment.stresses.iter().zip(&cell.twins) {
        assert_eq!(twins.len(), 2, "one for the comparator, one for the regime");
        for (world, twin) in cell.worlds.iter().zip(twins) {
            assert_eq!(*twin, Watch::of(world, 12), "{}", stress.id);
        }
    }
    let findings = {
        let mut analysis = commissim::analysis::Analysis::new(&experiment);
        analysis.add(&cell);
        analysis.findings()
    };
    assert!(findings.stress.len() > 7 * 2 * 40);
    let mut read = 0;
    for row in findings.stress.iter().filter(|row| row.regime != "placebo") {
        assert!(row.value.mean().is_none_or(|mean| mean == 0.0), "{row:?}");
        read += u32::from(row.value.n() > 0);
    }
    assert!(read > 7 * 2 * 40, "{read} rows say something");
}

#[test]
fn worlds_live_on_as_if_they_had_no_twins() {
    let with = cell::simulate(&stressed(every_kind(13, 1.0)), CELL);
    let without = cell::simulate(&stressed(Vec::new()), CELL);
    assert_eq!(with.worlds, without.worlds);
    assert_eq!(with.burn_in, without.burn_in);
    assert_eq!(with.burn_in.len(), 24, "two years of burn-in, month by month");
}

/// A watched metric in the twin of each world, less that in its world, month by month.
fn gaps(experiment: &Experiment, metric: Metric) -> Vec<Vec<Vec<f64>>> {
    let cell = cell::simulate(experiment, CELL);
    let index = watched().position(|m| m == metric).expect("watched");
    let of = |stress: usize, world: usize| {
        let twin = &cell.twins[stress][world];
        let without = Watch::of(&cell.worlds[world], twin.before);
        let value = |of: &Watch, month| of.value(index, metric, month, of).unwrap_or(0.0);
        (0..twin.len()).map(|month| value(twin, month) - value(&without, month)).collect()
    };
    (0..cell.twins.len()).map(|stress| (0..2).map(|world| of(stress, world)).collect()).collect()
}

#[test]
fn each_kind_of_blow_is_felt_and_only_from_its_month_on() {
    let experiment = stressed(every_kind(13, 1.0));
    let unmet = gaps(&experiment, Metric::Unmet);
    let lost = gaps(&experiment, Metric::SupportersLost);
    let spent = gaps(&experiment, Metric::PublicPerPerson);
    let of = |id: &str| KINDS.iter().position(|kind| kind.id == id).expect("built in");
    let most = |gaps: &[f64]| gaps.iter().copied().fold(f64::MIN, f64::max);

    // Whoever loses a supporter does so in the month of the blow.
    for id in ["largest-provider-collapse", "equal-blow"] {
        for world in 0..2 {
            assert!(lost[of(id)][world][0] > 0.0, "{id}");
            assert!(most(&unmet[of(id)][world]) > 0.0, "{id}");
        }
    }
    let alone = &lost[of("sole-traders-uninsured")];
    assert!(alone[1][0] > 0.0, "there are sole traders under community sourcing");

    // Workers are off for three months and then back.
    let off = &unmet[of("workers-off")];
    for world in off {
        assert_eq!(world[0], 0.0, "felt from the next month on");
        assert!(world[1..=3].iter().all(|gap| *gap > 0.02), "{world:?}");
        assert!(world[5..].iter().all(|gap| *gap < world[1] / 2.0), "{world:?}");
    }

    // Catalysts can only be withdrawn where there are any.
    let withdrawn = of("catalysts-withdrawn");
    assert!(spent[withdrawn][0].iter().all(|gap| *gap == 0.0));
    assert!(spent[withdrawn][1][1] < 0.0, "they need not be paid");
}

#[test]
fn a_budget_that_is_cut_is_kept_to() {
    let mut experiment = stressed(every_kind(13, 1.0));
    experiment.years = 5;
    experiment.stresses.retain(|stress| stress.id == "budget-cut");
    let spent = gaps(&experiment, Metric::PublicPerPerson);
    for world in &spent[0] {
        let last_year: f64 = world[world.len() - 12..].iter().sum();
        assert!(last_year < 0.0, "{world:?}");
    }
}

#[test]
fn a_custom_stress_sets_levers_for_as_long_as_it_lasts() {
    let levers: Vec<(String, Setting)> = vec![("fee_uplift".to_owned(), number(-5.0))];
    let blow = Blow { month: 13, months: Some(12), shock: Shock::default(), levers };
    let custom = |blow| Stress { id: "custom".to_owned(), blows: vec![blow] };
    let mut experiment = stressed(vec![custom(blow.clone())]);
    let spent = gaps(&experiment, Metric::PublicPerPerson);
    // Contracts are uplifted at the end of year 2, in the window: from year 3 on less is paid.
    assert!(spent[0][0][..12].iter().all(|gap| *gap == 0.0), "{:?}", spent[0][0]);
    assert!(spent[0][0][13..].iter().sum::<f64>() < 0.0, "{:?}", spent[0][0]);
    // A window that no uplift falls into changes nothing.
    experiment.stresses = vec![custom(Blow { months: Some(3), ..blow })];
    assert!(gaps(&experiment, Metric::PublicPerPerson)[0][0].iter().all(|gap| *gap == 0.0));
}

#[test]
fn in_a_surge_more_people_come_and_then_no_more_than_usual() {
    let experiment = stressed(Vec::new());
    let arrivals = |size: f64| -> Vec<u64> {
        let mut world = at_fork(&experiment);
        let shock = Shock { more_arrivals: size, ..Shock::default() };
        let blow = Blow { month: 1, months: Some(6), shock, levers: Vec::new() };
        let settings = Settings {
            parameters: &experiment.parameters,
            structures: &experiment.structures,
            stages: &[],
            years: experiment.years,
            blows: &[blow],
            reads: Reads::ALL,
        };
        let mut before = world.counts.arrivals;
        let mut come = Vec::new();
        for month in 1..=12 {
            model::run(&mut world, &settings, month..=month);
            come.push(world.counts.arrivals - before);
            before = world.counts.arrivals;
        }
        come
    };
    let (usual, twice) = (arrivals(0.0), arrivals(1.0));
    assert_eq!(usual[0], twice[0], "it strikes at the end of its month");
    assert_eq!(usual[7..], twice[7..], "six months and no longer");
    let (usual, twice): (u64, u64) = (usual[1..7].iter().sum(), twice[1..7].iter().sum());
    assert!(usual > 20 && (twice as f64 / usual as f64 - 2.0).abs() < 0.4, "{usual}, {twice}");
}

#[test]
fn an_equal_blow_takes_the_same_share_of_hours_in_every_regime() {
    let mut experiment = stressed(Vec::new());
    experiment.regimes.push(commissim::files::regime("direct-payments").expect("it ships").0);
    let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    for regime in regimes {
        let mut world = at_fork(&experiment);
        let stages = regime.stages(world.status_quo());
        let shock = Shock { hours_lost: 0.2, ..Shock::default() };
        let blow = Blow { month: 12, months: Some(1), shock, levers: Vec::new() };
        let blows = [blow];
        let settings = Settings {
            parameters: &experiment.parameters,
            structures: &experiment.structures,
            stages: &stages,
            years: experiment.years,
            blows: &blows,
            reads: Reads::ALL,
        };
        model::run(&mut world, &settings, 1..=11);
        let mut struck = 0.0;
        world.month = 12;
        let month = model::Month::of(&world, &settings);
        for (name, process) in model::PROCESSES {
            let open: Vec<bool> = world.providers.iter().map(|provider| provider.open).collect();
            process(&mut world, &month);
            if *name == "shocks" {
                let hours = |closed: bool| -> f64 {
                    let rows = world.providers.iter().zip(&open).filter(|(_, open)| **open);
                    rows.filter(|(p, _)| !closed || !p.open).flat_map(|(p, _)| p.sold).sum()
                };
                struck = hours(true) / hours(false);
            }
        }
        assert!((0.17..=0.2).contains(&struck), "{}: {struck}", regime.id);
    }
}
