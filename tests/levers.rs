//! What each lever does, where it does nothing, and what it costs: one row each.

use commissim::cell::{self, CellId};
use commissim::declare::Setting;
use commissim::experiment::Experiment;
use commissim::levers::LEVERS;
use commissim::metrics::{Measure, Metric};
use commissim::outcomes::{Outcomes, Period};

use crate::small_worlds::{announces, number, shares, town, word, words};

/// What a lever is held to.
struct Row {
    lever: &'static str,
    /// A setting other than the status quo's, moved the source's way.
    to: Setting,
    /// A town in which that moves something.
    moves: fn(&mut Experiment),
    /// A town in which it moves nothing, and why not.
    inert: Option<(&'static str, fn(&mut Experiment))>,
    /// What goes up (1) or down (-1) as its price.
    price: Option<(Metric, f64)>,
}

/// Levers that nothing in the model asks about yet. Whoever makes one act gives it a row.
const NOT_YET: &[&str] = &[
    "micro_awareness",
    "lots",
    "procurement_months",
    "entry_gate",
    "guaranteed_volume",
    "centralisation",
    "community_weight",
    "community_investment",
    "catalysts",
    "hosting",
    "budget_rule",
];

fn as_it_is(_: &mut Experiment) {}

fn own(experiment: &mut Experiment, lever: &str, setting: &Setting) {
    assert!(experiment.places[0].status_quo.set(lever, setting), "{lever} = {setting}");
}

fn flexible(experiment: &mut Experiment) {
    own(experiment, "procurement", &word("flexible_contract"));
}

fn funds(experiment: &mut Experiment) {
    own(experiment, "default_mechanism", &word("isf"));
    own(experiment, "option_awareness", &told(0.9));
}

/// Everybody's support is arranged by the council.
fn only_managed(experiment: &mut Experiment) {
    own(experiment, "offered", &words(&["managed"]));
    experiment.places[0].direct_payment_share = [0.0; 4];
}

fn no_funds(experiment: &mut Experiment) {
    own(experiment, "offered", &words(&["managed", "direct_payment", "mixed"]));
}

fn told(share: f64) -> Setting {
    shares(&[("isf", share), ("direct_payment", share), ("mixed", share)])
}

/// Many bid, so that rules about bids bite.
fn keen_bidders(experiment: &mut Experiment) {
    experiment.parameters.bids = 1.0;
}

/// Another change is announced later, which this one may hasten.
fn slow_change(experiment: &mut Experiment) {
    experiment.parameters.arrival_start = 0.1;
    experiment.comparator = announces(6, &[("default_mechanism", word("isf"))]);
}

fn rows() -> Vec<Row> {
    let tendering = Some(("nothing is tendered", flexible as fn(&mut Experiment)));
    let managed = Some(("nobody holds a budget", only_managed as fn(&mut Experiment)));
    let without_funds = Some(("there are no funds", no_funds as fn(&mut Experiment)));
    vec![
        Row {
            lever: "default_mechanism",
            to: word("isf"),
            moves: as_it_is,
            inert: Some(("nothing else is offered", only_managed)),
            price: Some((Metric::IsfNameOnly, 1.0)),
        },
        Row {
            lever: "dp_rate",
            to: number(1.2),
            moves: as_it_is,
            inert: managed,
            price: Some((Metric::PublicPerPerson, 1.0)),
        },
        Row {
            lever: "isf_rate",
            to: number(1.2),
            moves: funds,
            inert: without_funds,
            price: Some((Metric::PublicPerPerson, 1.0)),
        },
        Row {
            lever: "offered",
            to: words(&["managed", "direct_payment"]),
            moves: as_it_is,
            inert: Some(("nobody knows of the rest", |experiment| {
                let told = shares(&[("isf", 0.0), ("direct_payment", 0.7), ("mixed", 0.0)]);
                own(experiment, "option_awareness", &told);
                let p = &mut experiment.parameters;
                (p.peer_awareness, p.connected_awareness, p.digital_awareness) = (0.0, 0.0, 0.0);
            })),
            price: None,
        },
        Row {
            lever: "option_awareness",
            to: told(1.0),
            moves: as_it_is,
            inert: Some(("there is nothing to tell of, and telling takes no time", |experiment| {
                only_managed(experiment);
                experiment.parameters.telling_time = 0.0;
            })),
            price: None,
        },
        Row {
            lever: "procurement",
            to: word("flexible_contract"),
            moves: as_it_is,
            inert: None,
            price: None,
        },
        Row {
            lever: "contract_years",
            to: number(1.0),
            moves: as_it_is,
            inert: tendering,
            price: Some((Metric::LostSupporter, 1.0)),
        },
        Row {
            lever: "awards_per_lot",
            to: number(1.0),
            moves: keen_bidders,
            inert: tendering,
            price: None,
        },
        Row {
            lever: "price_weight",
            to: number(0.0),
            moves: keen_bidders,
            inert: tendering,
            price: None,
        },
        Row {
            lever: "turnover_threshold",
            to: number(2000.0),
            moves: keen_bidders,
            inert: tendering,
            price: None,
        },
        Row {
            lever: "isf_holders",
            to: word("open"),
            moves: funds,
            inert: without_funds,
            price: None,
        },
        Row {
            lever: "standardisation",
            to: number(0.0),
            moves: as_it_is,
            inert: Some(("nobody minds flexibility", |experiment| {
                experiment.parameters.wants_flexible = 0.0;
            })),
            price: None,
        },
        Row {
            lever: "procurement_guidance",
            to: number(1.0),
            moves: slow_change,
            inert: Some(("nothing else changes", as_it_is)),
            price: None,
        },
        Row {
            lever: "national_indicators",
            to: number(1.0),
            moves: slow_change,
            inert: Some(("nothing else changes", as_it_is)),
            price: None,
        },
        Row {
            lever: "plan_rigidity",
            to: number(0.0),
            moves: as_it_is,
            inert: Some((
                "need is steady, and nobody minds rigidity or writes plans",
                |experiment| {
                    let p = &mut experiment.parameters;
                    (p.need_change, p.wants_flexible, p.planning_time) = (0.0, 0.0, 0.0);
                },
            )),
            price: Some((Metric::PublicPerPerson, 1.0)),
        },
        Row {
            lever: "audit_intensity",
            to: number(0.0),
            moves: as_it_is,
            inert: managed,
            price: Some((Metric::PublicPerPerson, 1.0)),
        },
        Row { lever: "dp_support", to: number(1.0), moves: as_it_is, inert: managed, price: None },
        Row {
            lever: "digital_infrastructure",
            to: number(1.0),
            moves: as_it_is,
            inert: Some(("it widens no search, tells nobody and lifts nothing", |experiment| {
                let p = &mut experiment.parameters;
                (p.considered_digital, p.digital_awareness, p.digital_lifts) = (0.0, 0.0, 0.0);
            })),
            price: None,
        },
        Row {
            lever: "fee_uplift",
            to: number(5.0),
            moves: as_it_is,
            inert: None,
            price: Some((Metric::PublicPerPerson, 1.0)),
        },
    ]
}

/// The comparator's world and that of the row's regime, whole from the first month's end.
fn pair(row: &Row, settle: fn(&mut Experiment), replicate: u32) -> [Outcomes; 2] {
    let mut experiment = town(vec![]);
    experiment.parameters.arrival_start = 1.0;
    settle(&mut experiment);
    let mut regime = announces(1, &[(row.lever, row.to.clone())]);
    regime.changes.extend(experiment.comparator.changes.clone());
    let place = &experiment.places[0];
    let now = place.status_quo.get(row.lever).expect("declared");
    assert_ne!(now, row.to, "{}: that is what it is already", row.lever);
    let draws = crate::small_worlds::luck(&experiment, replicate);
    let fork = cell::burn_in(&experiment, place, draws);
    [experiment.comparator.clone(), regime].map(|r| cell::lives_on(&experiment, fork.clone(), &r))
}

#[test]
fn every_lever_has_a_row_or_is_known_to_do_nothing_yet() {
    let rows = rows();
    for lever in LEVERS {
        let rows = rows.iter().filter(|row| row.lever == lever.name).count();
        let not_yet = usize::from(NOT_YET.contains(&lever.name));
        assert_eq!(rows + not_yet, 1, "{} wants one row", lever.name);
        assert!(lever.price.len() > 5 && lever.price.ends_with('.'), "{}", lever.name);
    }
}

#[test]
fn every_lever_moves_something_somewhere_and_nothing_where_it_is_inert() {
    for row in rows() {
        let [without, with] = pair(&row, row.moves, 0);
        assert!(without != with, "{} = {} moves nothing", row.lever, row.to);
        if let Some((why, town)) = row.inert {
            let [without, with] = pair(&row, town, 0);
            assert!(without == with, "{} = {} moves something where {why}", row.lever, row.to);
        }
    }
}

#[test]
fn levers_that_do_nothing_yet_do_nothing() {
    let base = town(vec![]);
    for lever in LEVERS.iter().filter(|lever| NOT_YET.contains(&lever.name)) {
        let mut experiment = base.clone();
        experiment.parameters.arrival_start = 1.0;
        let settings = crate::small_worlds::others(lever, &experiment.places[0].status_quo);
        experiment.regimes =
            settings.iter().map(|to| announces(1, &[(lever.name, to.clone())])).collect();
        let cell = cell::simulate(&experiment, CellId { system: 0, draw: 0, replicate: 0 });
        for world in &cell.worlds[1..=settings.len()] {
            assert!(cell.worlds[0] == *world, "{} acts now: give it a row", lever.name);
        }
    }
}

/// A metric of one world, counted over the comparator's people where it says so.
fn value(world: &Outcomes, comparator: &Outcomes, metric: Metric) -> f64 {
    let sums = |of: &Outcomes| of.sums(metric, 0, Period::Whole).expect("kept");
    match metric.declaration().measure {
        Measure::PerComparator => sums(world)[0] / sums(comparator)[1],
        _ => sums(world)[0] / sums(world)[1],
    }
}

#[test]
fn what_a_lever_costs_is_felt() {
    for row in rows() {
        let Some((metric, sign)) = row.price else { continue };
        let replicates = 4;
        let gain: f64 = (0..replicates)
            .map(|replicate| {
                let [without, with] = pair(&row, row.moves, replicate);
                value(&with, &without, metric) - value(&without, &without, metric)
            })
            .sum();
        let mean = gain / f64::from(replicates);
        let id = metric.declaration().id;
        assert!(mean * sign > 0.0, "{} = {}: {id} moves by {mean}", row.lever, row.to);
    }
}
