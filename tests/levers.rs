//! What each lever does, where it does nothing, and what it costs: one row each.

use commissim::cell;
use commissim::declare::Setting;
use commissim::experiment::Experiment;
use commissim::idle::SHOWS_A_SETTING;
use commissim::levers::LEVERS;
use commissim::metrics::{Measure, Metric};
use commissim::outcomes::{GROUPS, Outcomes, Period};

use crate::small_worlds::{announces, number, shares, town, word, words};

/// Changes a town so that a lever has, or has not, something to act on.
type Settle = fn(&mut Experiment);

/// What a lever is held to.
struct Row {
    lever: &'static str,
    /// A setting other than the status quo's, moved the source's way.
    to: Setting,
    /// A town in which that moves something.
    moves: Settle,
    /// A town in which it moves nothing, and why not.
    inert: Option<(&'static str, Settle)>,
    /// What goes up as its price, on the mean of so many replicates; none where the price
    /// that the lever declares is not seen in a small town.
    price: Option<(Metric, u32)>,
}

fn as_it_is(_: &mut Experiment) {}

fn own(experiment: &mut Experiment, lever: &str, setting: &Setting) {
    assert!(experiment.places[0].status_quo.set(lever, setting), "{lever} = {setting}");
}

/// Support has been bought flexibly for so long that no framework is left.
fn flexible(experiment: &mut Experiment) {
    own(experiment, "procurement", &word("flexible_contract"));
    own(experiment, "contract_years", &number(2.0));
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

/// Nobody has started an enterprise, and nobody will.
fn no_enterprises(experiment: &mut Experiment) {
    experiment.parameters.enterprises_at_start = 0.0;
}

fn rows() -> Vec<Row> {
    let tendering = Some(("nothing is tendered", flexible as Settle));
    let managed = Some(("nobody holds a budget", only_managed as Settle));
    let without_funds = Some(("there are no funds", no_funds as Settle));
    vec![
        Row {
            lever: "default_mechanism",
            to: word("isf"),
            moves: as_it_is,
            inert: Some(("nothing else is offered", only_managed)),
            price: Some((Metric::IsfNameOnly, 4)),
        },
        Row {
            lever: "dp_rate",
            to: number(1.2),
            moves: as_it_is,
            inert: managed,
            price: Some((Metric::PublicPerPerson, 4)),
        },
        Row {
            lever: "isf_rate",
            to: number(1.2),
            moves: funds,
            inert: without_funds,
            price: Some((Metric::PublicPerPerson, 4)),
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
            price: Some((Metric::Unmet, 8)),
        },
        Row {
            lever: "micro_awareness",
            to: number(1.0),
            moves: as_it_is,
            inert: Some(("there is nothing to tell of, and telling takes no time", |experiment| {
                no_enterprises(experiment);
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
            price: Some((Metric::Procurement, 4)),
        },
        Row {
            lever: "lots",
            to: number(4.0),
            moves: |experiment| {
                own(experiment, "lots", &number(1.0));
                own(experiment, "contract_years", &number(1.0));
            },
            inert: tendering,
            price: Some((Metric::Procurement, 4)),
        },
        Row {
            lever: "awards_per_lot",
            to: number(20.0),
            moves: keen_bidders,
            inert: tendering,
            price: Some((Metric::PublicPerPerson, 12)),
        },
        Row {
            lever: "price_weight",
            to: number(0.0),
            moves: keen_bidders,
            inert: tendering,
            price: Some((Metric::PublicPerPerson, 24)),
        },
        Row {
            lever: "turnover_threshold",
            to: number(0.0),
            moves: keen_bidders,
            inert: tendering,
            price: Some((Metric::LosingMoney, 24)),
        },
        Row {
            lever: "procurement_months",
            to: number(1.0),
            moves: keen_bidders,
            inert: tendering,
            price: Some((Metric::PerHour, 8)),
        },
        Row {
            lever: "entry_gate",
            to: word("community_accreditation"),
            moves: funds,
            inert: Some(("there is nobody to let in", |experiment| {
                no_enterprises(experiment);
                only_managed(experiment);
            })),
            price: Some((Metric::Catalysts, 4)),
        },
        Row {
            lever: "isf_holders",
            to: word("open"),
            moves: funds,
            inert: without_funds,
            price: None,
        },
        Row {
            lever: "guaranteed_volume",
            to: number(1.0),
            moves: as_it_is,
            inert: tendering,
            price: Some((Metric::Guarantees, 4)),
        },
        Row {
            lever: "standardisation",
            to: number(0.0),
            moves: as_it_is,
            inert: Some(("nobody minds flexibility or assurance", |experiment| {
                let p = &mut experiment.parameters;
                (p.wants_flexible, p.wants_assurance) = (0.0, 0.0);
            })),
            price: None,
        },
        Row {
            lever: "procurement_guidance",
            to: number(1.0),
            moves: slow_change,
            inert: Some(("nothing else changes, and advice is free", |experiment| {
                flexible(experiment);
                experiment.parameters.guidance_cost = 0.0;
            })),
            price: Some((Metric::Change, 4)),
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
            // Hours creep; what planners no longer write saves elsewhere.
            price: Some((Metric::Support, 6)),
        },
        Row {
            lever: "audit_intensity",
            to: number(0.0),
            moves: as_it_is,
            inert: Some(("nobody holds a budget or minds", |experiment| {
                only_managed(experiment);
                let p = &mut experiment.parameters;
                (p.trust_audit, p.need_change) = (0.0, 0.0);
            })),
            // Money that nobody asks back is little beside luck, so more replicates.
            price: Some((Metric::PublicPerPerson, 16)),
        },
        Row {
            lever: "dp_support",
            to: number(1.0),
            moves: as_it_is,
            inert: managed,
            price: Some((Metric::DpSupport, 4)),
        },
        Row {
            lever: "centralisation",
            to: number(0.0),
            moves: as_it_is,
            inert: Some(("teams are free, and it weighs on nothing", |experiment| {
                let p = &mut experiment.parameters;
                (p.team_cost, p.different_answers, p.small_buyer, p.capital_centralised) =
                    (0.0, 0.0, 0.0, 0.0);
            })),
            price: Some((Metric::Teams, 4)),
        },
        Row {
            lever: "community_weight",
            to: number(1.0),
            moves: flexible,
            inert: Some(("nobody suggests by it", |experiment| {
                experiment.parameters.rooted_ranks = 0.0;
            })),
            price: None,
        },
        Row {
            lever: "community_investment",
            to: number(500.0),
            moves: as_it_is,
            inert: None,
            price: Some((Metric::CommunityInvestment, 4)),
        },
        Row {
            lever: "catalysts",
            to: number(5.0),
            moves: as_it_is,
            inert: None,
            price: Some((Metric::Catalysts, 4)),
        },
        Row {
            lever: "hosting",
            to: number(1.0),
            moves: as_it_is,
            inert: Some(("there is nobody to host, and holders lean to nobody", |experiment| {
                no_enterprises(experiment);
                experiment.parameters.own_supply_bias = 0.0;
            })),
            price: None,
        },
        Row {
            lever: "digital_infrastructure",
            to: number(1.0),
            moves: as_it_is,
            inert: Some((
                "it is free, widens no search, tells nobody and lifts nothing",
                |experiment| {
                    let p = &mut experiment.parameters;
                    (p.digital_cost, p.considered_digital, p.digital_awareness, p.digital_lifts) =
                        (0.0, 0.0, 0.0, 0.0);
                },
            )),
            price: Some((Metric::Digital, 4)),
        },
        Row {
            lever: "national_indicators",
            to: number(1.0),
            moves: slow_change,
            inert: Some(("nothing else changes, and reporting is free", |experiment| {
                experiment.parameters.indicator_cost = 0.0;
            })),
            price: Some((Metric::Change, 4)),
        },
        Row {
            lever: "fee_uplift",
            to: number(5.0),
            moves: as_it_is,
            inert: None,
            price: Some((Metric::PublicPerPerson, 4)),
        },
        Row {
            lever: "budget_rule",
            to: word("cash_limit"),
            moves: |experiment| experiment.years = 4,
            inert: Some(("it has no grip", |experiment| {
                experiment.parameters.budget_grip = 0.0;
            })),
            price: None,
        },
    ]
}

/// The comparator's world and that of the row's regime, whole from the first month's end.
fn pair(row: &Row, settle: Settle, replicate: u32) -> [Outcomes; 2] {
    let mut experiment = town(vec![]);
    experiment.parameters.arrival_start = 1.0;
    // What announcing costs is not what is announced.
    experiment.parameters.programme_cost = 0.0;
    experiment.parameters.planning_session_cost = 0.0;
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
fn every_lever_has_a_row_and_a_price() {
    let rows = rows();
    for lever in LEVERS {
        let rows = rows.iter().filter(|row| row.lever == lever.name).count();
        assert_eq!(rows, 1, "{} wants one row", lever.name);
        assert!(lever.price.len() > 5 && lever.price.ends_with('.'), "{}", lever.name);
    }
}

/// Metrics that differ between two worlds, in any group and at any time.
fn moved(a: &Outcomes, b: &Outcomes) -> Vec<&'static str> {
    let mut moved = Vec::new();
    for metric in Metric::ALL.iter().filter(|metric| !SHOWS_A_SETTING.contains(metric)) {
        let declared = metric.declaration();
        let differ = (0..GROUPS.len()).any(|group| {
            Period::of(GROUPS[group].by, a.years).into_iter().any(|period| match declared.measure {
                Measure::Wait { histogram, .. } => {
                    a.spells(histogram, group, period) != b.spells(histogram, group, period)
                }
                _ => a.sums(*metric, group, period) != b.sums(*metric, group, period),
            })
        });
        if differ {
            moved.push(declared.id);
        }
    }
    moved
}

#[test]
fn every_lever_moves_something_somewhere_and_nothing_where_it_is_inert() {
    let mut wrong = Vec::new();
    for row in rows() {
        let [without, with] = pair(&row, row.moves, 0);
        if moved(&without, &with).is_empty() {
            wrong.push(format!("{} = {} moves nothing", row.lever, row.to));
        }
        if let Some((why, settle)) = row.inert {
            let [without, with] = pair(&row, settle, 0);
            let moved = moved(&without, &with);
            if !moved.is_empty() {
                wrong.push(format!("{} = {} moves {moved:?} where {why}", row.lever, row.to));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    let mut wrong = Vec::new();
    for row in rows() {
        let Some((metric, replicates)) = row.price else { continue };
        let gain: f64 = (0..replicates)
            .map(|replicate| {
                let [without, with] = pair(&row, row.moves, replicate);
                value(&with, &without, metric) - value(&without, &without, metric)
            })
            .sum();
        let mean = gain / f64::from(replicates);
        if mean <= 0.0 || mean.is_nan() {
            let id = metric.declaration().id;
            wrong.push(format!("{} = {}: {id} moves by {mean}", row.lever, row.to));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn support_bought_flexibly_is_still_to_be_had() {
    // Long after the last framework has run out, people find somebody as they did.
    let mut experiment = town(vec![announces(1, &[("procurement", word("flexible_contract"))])]);
    experiment.parameters.arrival_start = 1.0;
    experiment.years = 7;
    let world = |replicate| {
        let fork = cell::burn_in(
            &experiment,
            &experiment.places[0],
            crate::small_worlds::luck(&experiment, replicate),
        );
        let unmet = |regime| {
            let world = cell::lives_on(&experiment, fork.clone(), regime);
            let sums = world.sums(Metric::Unmet, 0, Period::FinalYear).expect("kept");
            sums[0] / sums[1]
        };
        unmet(&experiment.regimes[0]) - unmet(&experiment.comparator)
    };
    let mean = (0..4).map(world).sum::<f64>() / 4.0;
    assert!(mean < 0.02, "share of hours not delivered rises by {mean}");
}
