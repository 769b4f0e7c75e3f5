//! What a figure depends on, from the command line to the table, in a model that is made up
//! and whose answers are known.

use crate::attribute::{commissim, number, rows};
use commissim::cell::{Cell, CellId, together};
use commissim::declare::{Parameter, Setting, Shape};
use commissim::experiment::Experiment;
use commissim::metrics::Metric;
use commissim::outcomes::{Outcomes, Stratum, Tally};
use commissim::parameters::PARAMETERS;
use std::collections::BTreeMap;
use std::path::Path;

/// Two parameters of different sections, even over their ranges.
fn two() -> [&'static Parameter; 2] {
    let mut even = PARAMETERS.iter().filter(|parameter| {
        parameter.shape == Shape::Uniform
            && !commissim::place::MAKES_PLACES.contains(&parameter.name)
    });
    let first = even.next().expect("one");
    let second = even.find(|other| other.section != first.section).expect("another");
    [first, second]
}

/// What is picked beyond the comparator: 0.10 × one + 0.05 × the other, each from 0 to 1 over
/// its range, 0.06 with a causal link, 0.04 × a lever, and 0.03 by luck.
fn gained(experiment: &Experiment, replicate: u32) -> f64 {
    let drawn = experiment.drawn(0, 0);
    let [one, other] = two().map(|parameter| {
        let value = drawn.parameters.get(parameter.name).expect("a parameter");
        (value - parameter.low) / (parameter.high - parameter.low)
    });
    let link = f64::from(u8::from(drawn.structures.off().is_empty()));
    let set = experiment.regimes[0].changes.iter().flat_map(|change| &change.settings);
    let lever = set.filter(|(lever, _)| lever == "centralisation");
    let lever = lever.map(|(_, setting)| match setting {
        Setting::Number(value) => *value,
        _ => f64::NAN,
    });
    let luck = f64::from(replicate % 2);
    0.10 * one + 0.05 * other + 0.06 * link + 0.04 * lever.sum::<f64>() + 0.03 * luck
}

fn made_up(experiment: &Experiment, unit: &[CellId]) -> Vec<Cell> {
    let world = |gain: f64| {
        let (mut outcomes, mut tally) = (Outcomes::new(experiment.years), Tally::default());
        for month in 0..12 * experiment.years {
            let stratum = Stratum::of(0, 0, 0, 0);
            tally.live(stratum, 1.0);
            tally.add(stratum, Metric::Picked, 0.3 + gain, 1.0);
            outcomes.close_month(&mut tally);
            if month % 12 == 11 {
                outcomes.close_year(month / 12, &mut tally);
            }
        }
        outcomes
    };
    let cell = |id: &CellId| {
        let worlds = vec![world(0.0), world(gained(experiment, id.replicate)), world(0.0)];
        let (burn_in, twins, gains) = Default::default();
        Cell { id: *id, runs_away: None, burn_in, worlds, twins, gains }
    };
    unit.iter().map(cell).collect()
}

const FIGURE: [&str; 7] = [
    "sensitivity",
    "--place",
    "town",
    "--years",
    "1",
    "--of",
    "isf-default - status-quo choice.picked",
];

/// By group, the rows of one measure.
fn measured(out: &Path, measure: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let of = rows(out, "sensitivity.csv").into_iter().filter(|row| row["measure"] == measure);
    of.map(|row| (row["group"].clone(), row)).collect()
}

#[test]
fn screening_finds_the_slopes_of_a_straight_figure_and_nothing_else() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let more = ["--design", "morris", "--size", "4", "--levers", "centralisation", "--luck", "2"];
    let (code, printed) = commissim(&[&FIGURE[..], &more].concat(), &out, &made_up);
    assert_eq!(code, 0);
    let sizes = measured(&out, "size");
    let [one, other] = two().map(|parameter| parameter.name);
    for (group, row) in &sizes {
        let expected = match group.as_str() {
            group if group == one => 0.10,
            group if group == other => 0.05,
            "centralisation" => 0.04,
            "luck" => 0.03,
            _ => 0.0,
        };
        assert!((number(row, "value") - expected).abs() < 1e-9, "{group}: {row:?}");
    }
    assert!(sizes.len() > 100, "every parameter by itself: {}", sizes.len());
    assert!(printed.contains("Other luck alone moves it by 3.000: 3 of "), "{printed}");

    let design = rows(&out, "design.csv");
    let values = rows(&out, "values.csv");
    assert_eq!(design.len(), 4 * (sizes.len() + 1));
    assert_eq!(design.len(), values.len());
    for (row, value) in design.iter().zip(&values) {
        let share = |parameter: &Parameter| {
            (number(row, parameter.name) - parameter.low) / (parameter.high - parameter.low)
        };
        let [first, second] = two().map(share);
        let by_hand = 0.10 * first
            + 0.05 * second
            + 0.06
            + 0.04 * number(row, "centralisation")
            + 0.03 * number(row, "luck");
        assert!((number(value, "value") - by_hand).abs() < 1e-9, "what is run is what is written");
    }
}

#[test]
fn shares_of_variance_are_those_of_the_closed_form() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let [one, other] = two().map(|parameter| parameter.name);
    let mine = format!("mine={one},centralisation");
    let more =
        ["--design", "saltelli", "--size", "256", "--levers", "centralisation", "--luck", "2"];
    let own = ["--links", "--group", &mine, "--quiet"];
    assert_eq!(commissim(&[&FIGURE[..], &more, &own].concat(), &out, &made_up).0, 0);
    let totals = measured(&out, "total");
    // Links are on all at once in next to no row: they do nothing then.
    let (mine, section) = (0.01 / 12.0 + 0.0016 / 12.0, 0.0025 / 12.0);
    let luck = 0.0009 / 4.0;
    let whole = mine + section + luck;
    let of_other = PARAMETERS.iter().find(|parameter| parameter.name == other).expect("there");
    for (group, row) in &totals {
        let expected = match group.as_str() {
            "mine" => mine,
            "luck" => luck,
            group if group == of_other.section => section,
            _ => 0.0,
        };
        let (expected, low, high) = (expected / whole, number(row, "low"), number(row, "high"));
        assert!(low - 0.02 <= expected && expected <= high + 0.02, "{group}: {expected} {row:?}");
        assert!(high - low < 0.4, "{group}: {row:?}");
    }
    assert!(totals.contains_key("causal-links"));
    assert!(totals["mine"]["inputs"].contains(one));
}

#[test]
fn the_model_is_run_at_every_row_and_goes_on_where_it_was_stopped() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let fixed: Vec<String> = PARAMETERS
        .iter()
        .filter(|parameter| !two().iter().any(|one| one.name == parameter.name))
        .map(|parameter| format!("--set={}={}", parameter.name, parameter.default))
        .collect();
    let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
    let more = ["--design", "morris", "--size", "2", "--luck", "2", "--quiet"];
    let words = [&FIGURE[..], &more, &fixed].concat();
    assert_eq!(commissim(&words, &out, &together).0, 0);
    let values = rows(&out, "values.csv");
    assert_eq!(values.len(), 2 * (3 + 1), "two parameters and luck");
    assert!(values.iter().all(|row| !row["value"].is_empty()));
    let again = parent.path().join("again");
    assert_eq!(commissim(&[&words[..], &["--threads", "1"]].concat(), &again, &together).0, 0);
    let table = |out: &Path| std::fs::read(out.join("sensitivity.csv")).expect("there");
    assert_eq!(table(&out), table(&again));
}

#[test]
fn figures_and_inputs_that_there_are_not_are_said() {
    let said = |words: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let all = [&["sensitivity", "--design", "morris", "--size", "4"][..], words].concat();
        let (code, out, err) = crate::commands::commissim_in(folder.path(), &all);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 0);
        err
    };
    insta::assert_snapshot!(said(&["--of", "one two three"]), @r#"
    error: --of: `one two three` is no figure
    help: write METRIC, REGIME METRIC, or REGIME - REGIME METRIC, such as "isf-default - status-quo choice.picked"
    "#);
    insta::assert_snapshot!(said(&["--of", "tendering choice.pickd"]), @"error: --of: `choice.pickd`: there is no such metric; did you mean `choice.picked`?");
    insta::assert_snapshot!(said(&["--of", "tendering - tendering choice.picked"]), @"error: --of: `tendering` less itself is nought whatever is varied");
    let inputs = ["--levers", "lotts,offered", "--group", "mine=default_efect"];
    insta::assert_snapshot!(said(&[&["--of", "choice.picked"][..], &inputs].concat()), @r"
    error: --levers: there is no lever `lotts`
    help: did you mean `lots`?
    --levers: `offered` is neither a number nor one word of some
    help: name two regimes that differ in it to `commissim attribute`
    --group mine: `default_efect` is not varied
    help: did you mean `default_effect`?
    ");
    insta::assert_snapshot!(said(&["--of", "choice.picked", "--pairs"]), @"error: --pairs is for saltelli: trajectories do not say what two groups do only together");
}
