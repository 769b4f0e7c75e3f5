//! The tables of money against a second implementation in Python, whose output is
//! kept in `tests/economics`, and against what must hold in any world.

use crate::{made_up, small_worlds};
use commissim::appraisal::{COSTS, Choices, Payer};
use commissim::cell::{Cell, CellId, simulate};
use commissim::economics::Economics;
use commissim::economics::columns::{ACCEPTABILITY, COST, ECONOMIC, PLANE};
use commissim::economics::rows::Findings;
use commissim::experiment::Experiment;
use commissim::metrics::Metric;
use commissim::outcomes::{Outcomes, Period, Stratum, Tally};
use commissim::place::Place;
use commissim::table::{all, csv};
use std::collections::BTreeMap;

/// Rows by name of column.
type Table = Vec<BTreeMap<String, String>>;

fn table(bytes: &[u8]) -> Table {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn from_file(name: &str) -> Table {
    table(&std::fs::read(format!("tests/economics/{name}")).expect(name))
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// The experiment that the Python script is told of.
fn settings() -> Experiment {
    let text = std::fs::read_to_string("tests/economics/settings.json").expect("there");
    let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let at = |name: &str| told[name].as_f64().expect("a number");
    let regimes: Vec<&str> =
        told["regimes"].as_array().expect("a list").iter().filter_map(|r| r.as_str()).collect();
    let mut experiment = made_up::experiment(&regimes[1..], at("replicates") as u32);
    experiment.years = at("years") as usize;
    experiment.places = (0..at("places") as u16)
        .map(|n| Place { id: format!("place-{n}"), code: n + 1, ..Place::town() })
        .collect();
    let thresholds = told["thresholds"].as_array().expect("a list").iter();
    let mut choices = Choices {
        thresholds: thresholds.filter_map(serde_json::Value::as_f64).collect(),
        social_value: at("social_value"),
        ..Choices::default()
    };
    for (line, percent) in COSTS.iter().zip(&mut choices.optimism_bias) {
        *percent = told["optimism_bias"][line.id].as_f64().unwrap_or(0.0);
    }
    experiment.economics = choices;
    experiment.parameters.own_hour = at("own_hour");
    experiment.parameters.life_care_home = at("life_care_home");
    experiment.parameters.life_outside = at("life_outside");
    experiment
}

/// The cells that the input describes.
fn cells(experiment: &Experiment) -> Vec<Cell> {
    let input = from_file("input.csv");
    let mut cells = Vec::new();
    for replicate in 0..experiment.replicates {
        for system in 0..experiment.places.len() as u32 {
            let here = |row: &&BTreeMap<String, String>| {
                row["replicate"] == replicate.to_string() && row["place"] == system.to_string()
            };
            let here: Table = input.iter().filter(here).cloned().collect();
            // One regime is the comparator once more; the placebo is not looked at.
            let worlds = ["status-quo", "dearer", "cheaper", "dominated", "status-quo", "dearer"];
            let worlds = worlds.map(|regime| world(experiment.years, &here, regime)).into();
            let id = CellId { system, beliefs: 0, draw: 0, replicate };
            cells.push(Cell { worlds, ..made_up::cell(&made_up::experiment(&[], 1), id) });
        }
    }
    cells
}

fn world(years: usize, rows: &Table, regime: &str) -> Outcomes {
    let mut outcomes = Outcomes::new(years);
    let mut seen = 0;
    for row in rows.iter().filter(|row| row["regime"] == regime) {
        let mut tally = Tally::default();
        for line in &COSTS {
            tally.add_whole(line.metric, number(row, line.id), 0.0);
        }
        tally.add_whole(Metric::UnpaidHours, number(row, "unpaid_hours"), 0.0);
        tally.add_whole(Metric::EmergencyAdmissions, 0.0, number(row, "at_home"));
        tally.add_whole(Metric::PerScrqolYear, 0.0, number(row, "life"));
        for month in 0..number(row, "lived_months") as usize {
            tally.live(Stratum::of(month % 2, 0, 0, 0), 1.0);
        }
        outcomes.close_month(&mut tally);
        outcomes.close_year(number(row, "year") as usize - 1, &mut tally);
        seen += 1;
    }
    assert_eq!(seen, years, "{regime}");
    outcomes
}

fn findings(experiment: &Experiment, cells: &[Cell]) -> Findings {
    let mut economics = Economics::new(experiment);
    cells.iter().for_each(|cell| economics.add(cell));
    economics.findings()
}

/// The program's tables, by name.
fn tables(experiment: &Experiment, cells: &[Cell]) -> [(&'static str, Table); 4] {
    let found = findings(experiment, cells);
    [
        ("costs", table(&csv(&all(COST), &found.costs).expect("written"))),
        ("economics", table(&csv(&all(ECONOMIC), &found.economics).expect("written"))),
        ("plane", table(&csv(&all(PLANE), &found.plane).expect("written"))),
        ("acceptability", table(&csv(&all(ACCEPTABILITY), &found.acceptability).expect("written"))),
    ]
}

/// Columns by which a row is known.
const KEYS: &[&str] = &[
    "regime",
    "line",
    "discounting",
    "basis",
    "perspective",
    "measure",
    "threshold",
    "replicate",
    "quadrant",
];

#[test]
fn money_is_what_an_independent_implementation_makes_of_the_same_cells() {
    let experiment = settings();
    let cells = cells(&experiment);
    let mut compared = 0;
    for (name, found) in tables(&experiment, &cells) {
        let golden = from_file(&format!("{name}.csv"));
        assert_eq!(found.len(), golden.len(), "rows of {name}.csv");
        let key = |row: &BTreeMap<String, String>| -> Vec<String> {
            let known = KEYS.iter().filter(|k| golden[0].contains_key(**k));
            known.map(|k| row[*k].clone()).collect()
        };
        let found: BTreeMap<_, _> = found.iter().map(|row| (key(row), row)).collect();
        for row in &golden {
            let ours = found.get(&key(row)).unwrap_or_else(|| panic!("{name}: no {:?}", key(row)));
            for (column, theirs) in row.iter().filter(|(c, _)| !KEYS.contains(&c.as_str())) {
                assert_eq!(ours[column].is_empty(), theirs.is_empty(), "{column} of {row:?}");
                if theirs.is_empty() {
                    continue;
                }
                let (a, b) = (number(ours, column), number(row, column));
                let close = (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
                assert!(close, "{name}: {column} is {a}, not {b}: {row:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 4_000, "only {compared} numbers");
}

#[test]
fn a_regime_against_itself_costs_and_gains_exactly_nought() {
    let experiment = settings();
    let [(_, costs), (_, economics), (_, plane), (_, acceptability)] =
        tables(&experiment, &cells(&experiment));
    let itself = |row: &&BTreeMap<String, String>| row["regime"] == "itself";
    for row in costs.iter().filter(itself) {
        for column in ["difference", "difference_low", "difference_high"] {
            assert_eq!(number(row, column), 0.0, "{row:?}");
        }
    }
    for row in economics.iter().filter(itself) {
        match row["measure"].as_str() {
            "cost" | "outcome" | "cost_per_scrqol_year" => {}
            "probability_cost_effective" => assert_eq!(number(row, "mean"), 0.5),
            "icer" | "switching_threshold" => assert_eq!(row["mean"], ""),
            measure if measure.ends_with("percent") => assert_eq!(row["mean"], ""),
            _ => assert_eq!((number(row, "low"), number(row, "high")), (0.0, 0.0), "{row:?}"),
        }
    }
    assert!(plane.iter().filter(itself).all(|row| number(row, "incremental_cost") == 0.0));
    assert!(acceptability.iter().filter(itself).all(|row| number(row, "probability") == 0.5));
}

#[test]
fn what_the_council_spends_is_the_sum_of_its_lines() {
    let experiment =
        small_worlds::town(vec![small_worlds::announces(1, &small_worlds::all_at_once())]);
    let cell = simulate(&experiment, CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 });
    let sum = |world: &Outcomes, metric| {
        world.sums(metric, 0, Period::Whole).expect("everybody, over all years")[0]
    };
    for world in &cell.worlds {
        let of = |payer| {
            let lines = COSTS.iter().filter(|line| line.payer == payer);
            lines.map(|line| sum(world, line.metric)).sum::<f64>()
        };
        let (council, health) = (of(Payer::Council), of(Payer::HealthService));
        let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-12;
        assert!(close(council, sum(world, Metric::CouncilPerPerson)), "{council}");
        assert!(close(council + health, sum(world, Metric::PublicPerPerson)));
        let net = council + health - sum(world, Metric::Charges);
        assert!(close(net, sum(world, Metric::PublicNetPerPerson)));
        // Holding fees come out of budgets, which are under support already.
        assert!(COSTS.iter().all(|line| line.metric != Metric::HoldingFees));
    }
}

#[test]
fn a_charge_moves_a_bill_and_costs_society_nothing() {
    let cost_of = |charged: f64| {
        let mut experiment = small_worlds::town(vec![small_worlds::status_quo()]);
        experiment.parameters.charge_home = charged;
        let id = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };
        let [(_, costs), ..] = tables(&experiment, &[simulate(&experiment, id)]);
        let view = |line: &str| {
            let wanted = |row: &&BTreeMap<String, String>| {
                row["line"] == line && row["discounting"] == "standard" && row["basis"] == "total"
            };
            number(costs.iter().find(wanted).expect("a row"), "mean")
        };
        ["council", "public", "society", "council_gross"].map(view)
    };
    let (little, much) = (cost_of(0.05), cost_of(0.25));
    assert!(much[0] < little[0] && much[1] < little[1], "{little:?} {much:?}");
    assert_eq!(much[2..], little[2..]);
}
