//! The log of assumptions: a row for each parameter, and what the headlines rest on.

use commissim::assumptions::effects::{self, Effects, End, shipped};
use commissim::assumptions::{self, Reliability, at, movable};
use commissim::declare::{Grade, Parameter};
use commissim::metrics::Metric;
use commissim::parameters::PARAMETERS;
use std::path::Path;
use std::process::Command;

use crate::files::pinned;
use crate::small_worlds::{all_at_once, announces, town};

fn named(name: &str) -> &'static Parameter {
    PARAMETERS.iter().find(|parameter| parameter.name == name).expect("declared")
}

/// What moving some parameters does in the made-up town in a year.
fn measured(names: &[&str]) -> Effects {
    let mut experiment = town(vec![announces(1, &all_at_once())]);
    (experiment.years, experiment.burn_in_years, experiment.replicates) = (1, 1, 3);
    let default = effects::differences(&experiment);
    let mut rows = effects::defaults(&experiment, &default);
    for name in names {
        let end = |end| {
            let mut moved = experiment.clone();
            *moved.parameters.get_mut(name).expect("declared") = at(named(name), end);
            effects::differences(&moved)
        };
        rows.extend(effects::rows(&experiment, named(name), &end(End::Low), &end(End::High)));
    }
    Effects::new(rows)
}

/// A table by heading: what each parameter's row holds.
fn table(effects: &Effects) -> Vec<std::collections::BTreeMap<String, String>> {
    let bytes = assumptions::csv(effects).expect("written");
    let rows = csv::Reader::from_reader(bytes.as_slice()).into_deserialize().collect();
    let rows: Result<Vec<_>, csv::Error> = rows;
    rows.expect("a table")
}

#[test]
fn what_is_measured_is_written_and_read_back() {
    let effects = measured(&["life_gain", "own_hour"]);
    let bytes = effects.written().expect("written");
    let text = String::from_utf8(bytes).expect("text");
    assert_eq!(Effects::read(&text).expect("read"), effects);
    let rows = table(&effects);
    assert_eq!(rows.len(), PARAMETERS.len());
    let row = |name: &str| rows.iter().find(|row| row["parameter"] == name).expect("a row");
    // One regime, at the defaults and each parameter at its low and its high end.
    assert_eq!(text.lines().count(), 1 + 5);
    // What the life gained from hours is worth moves quality of life, and nothing before it.
    let moved = |name: &str, metric: &str| row(name)[&format!("told: {metric}")].clone();
    assert_ne!(moved("life_gain", "choice.scrqol"), "0");
    assert_eq!(moved("life_gain", "choice.fit"), "0");
    // What people's own hours are worth is counted after the run: it moves nothing.
    assert_eq!(moved("own_hour", "choice.scrqol"), "0");
    assert_eq!(row("own_hour")["impact"], "low");
    assert_eq!(row("lead_spread")["impact"], "not measured");
    assert_eq!(moved("lead_spread", "choice.scrqol"), "");
}

/// Rows made up so that what they rest on is known.
fn made_up(swings: &[(&str, f64)], error: f64) -> Effects {
    let experiment = town(vec![announces(1, &all_at_once())]);
    let headlines = Metric::ALL.iter().filter(|m| m.declaration().is_headline()).count();
    // Three replicates whose mean and standard error are those asked for.
    let seen = |mean: f64| -> effects::Differences {
        let off = error * 3.0_f64.sqrt();
        [mean - off, mean, mean + off].map(|x| vec![vec![Some(x); headlines]]).to_vec()
    };
    let mut rows = effects::defaults(&experiment, &seen(0.5));
    for (name, swing) in swings {
        rows.extend(effects::rows(
            &experiment,
            named(name),
            &vec![vec![vec![Some(0.0); headlines]]; 3],
            &seen(*swing),
        ));
    }
    Effects::new(rows)
}

#[test]
fn shares_and_names_are_those_of_a_hand_calculation() {
    // An even range from 0.2 to 0.8, assumed, and a triangle from 0.35 to 0.5 about 0.43,
    // measured: variances of the distributions times squared slopes, less luck's.
    let (spread, helpers) = (named("lead_spread"), named("helper_household_working_age"));
    assert_eq!((spread.low, spread.high, helpers.low, helpers.high), (0.2, 0.8, 0.35, 0.5));
    let effects = made_up(&[("lead_spread", 3.0), ("helper_household_working_age", -6.0)], 0.5);
    let assumed = (0.6 * 0.6 / 12.0) * (9.0 - 0.25) / (0.6 * 0.6);
    let (a, b, c) = (0.35, 0.5, helpers.default);
    let triangle = (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0;
    let measured = triangle * (36.0 - 0.25) / (0.15 * 0.15);
    let total: f64 = assumed + measured;
    let page = assumptions::page(&effects);
    let line = page
        .lines()
        .skip_while(|line| !line.contains("(`choice.picked`)"))
        .find(|line| line.starts_with("| told |"))
        .expect("a line for the regime");
    let share = format!("{:.0}%", 100.0 * assumed / total);
    let both = format!(
        "| {share} | `helper_household_working_age` {:.0}% (good), `lead_spread` {share} (guess) | `lead_spread` {share} (guess) |",
        100.0 * measured / total
    );
    assert!(line.ends_with(&both), "{line}\nand not {both}");
    let sd: f64 = format!("{:.1e}", total.sqrt()).parse().expect("a number");
    assert!(line.starts_with(&format!("| told | +0.5 ± 0.5 | {sd} |")), "{line}");
}

#[test]
fn a_link_is_named_with_the_headlines_that_hang_on_it() {
    let experiment = town(vec![announces(1, &all_at_once())]);
    let headlines = Metric::ALL.iter().filter(|m| m.declaration().is_headline()).count();
    let seen = |shift: f64| -> effects::Differences {
        [0.4, 0.5, 0.6].map(|x| vec![vec![Some(x + shift); headlines]]).to_vec()
    };
    let mut rows = effects::defaults(&experiment, &seen(0.0));
    for (link, shift) in [("makers", -3.0), ("woodwork", 0.0)] {
        rows.extend(effects::without(&experiment, link, &seen(0.0), &seen(shift)));
    }
    let effects = Effects::new(rows);
    let text = String::from_utf8(effects.written().expect("written")).expect("text");
    assert_eq!(Effects::read(&text).expect("read"), effects);
    let page = assumptions::page(&effects);
    let line = page.lines().find(|line| line.starts_with("| `makers` |")).expect("a line");
    assert!(line.contains("told: `choice.picked` +0.5, −2.5"), "{line}");
    assert!(page.contains("No headline difference was seen to hang on: `woodwork`."), "{page}");
}

#[test]
fn what_luck_explains_does_not_matter() {
    let words = |error: f64| {
        let rows = table(&made_up(&[("lead_spread", 3.0)], error));
        let row = rows.into_iter().find(|row| row["parameter"] == "lead_spread").expect("a row");
        (
            row["impact"].clone(),
            row["matters_to"].contains("choice.picked"),
            row["may_matter_to"].contains("choice.picked"),
        )
    };
    // Two degrees of freedom: 4.3 standard errors.
    assert_eq!(words(0.6), ("high".to_owned(), true, false));
    assert_eq!(words(0.8), ("perhaps".to_owned(), false, true));
    let page = assumptions::page(&made_up(&[("lead_spread", 3.0)], 3.5));
    assert!(page.contains("no more than luck"), "{page}");
}

#[test]
fn a_changed_range_makes_what_was_measured_stale() {
    let text = String::from_utf8(made_up(&[("lead_spread", 3.0)], 0.5).written().expect("written"))
        .expect("text");
    let elsewhere = Effects::read(&text.replace(",high,0.8,", ",high,0.9,")).expect("read");
    let rows = table(&elsewhere);
    let row = rows.iter().find(|row| row["parameter"] == "lead_spread").expect("a row");
    assert_eq!(row["impact"], "not measured");
    assert!(assumptions::page(&elsewhere).contains("`lead_spread`"), "and the page says so");
}

#[test]
fn reliability_is_that_of_what_is_cited() {
    for parameter in PARAMETERS {
        let word = Reliability::of(parameter);
        let assumed = matches!(parameter.grade, Grade::Assumed(_));
        assert_eq!(word == Reliability::Guess, assumed, "{}", parameter.name);
        let good = matches!(parameter.grade, Grade::Measured(_));
        assert!(word != Reliability::Good || good, "{}", parameter.name);
        if parameter.grade.source().contains("unverified") {
            assert!(word <= Reliability::Weak, "{} cites what nobody read", parameter.name);
        }
    }
    assert_eq!(Reliability::of(named("helper_household_working_age")), Reliability::Good);
    assert_eq!(Reliability::of(named("admission_cost")), Reliability::Weak);
}

#[test]
fn the_page_is_that_of_the_ledger_and_what_was_measured() {
    let page = assumptions::page(shipped());
    let stale = pinned(Path::new("docs/assumptions.md"), &page).is_some();
    assert!(!stale, "docs/assumptions.md is stale; UPDATE=1 cargo test assumptions");
    // What ships is of the default experiment and of parameters that there are.
    let bytes = shipped().written().expect("written");
    let again = Effects::read(&String::from_utf8(bytes).expect("text")).expect("read");
    assert_eq!(&again, shipped());
    assert!(movable().count() > 300);
}

#[test]
fn the_log_is_printed_or_written_and_nothing_is_overwritten() {
    let commissim = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_commissim"));
        command.arg("assumptions").args(args).output().expect("it starts")
    };
    let printed = commissim(&[]);
    assert_eq!(printed.status.code(), Some(0));
    assert_eq!(printed.stdout, assumptions::csv(shipped()).expect("written"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.csv");
    let path = path.to_str().expect("text");
    assert_eq!(commissim(&["--out", path]).status.code(), Some(0));
    assert_eq!(std::fs::read(path).expect("written"), printed.stdout);
    let again = commissim(&["--out", path]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
}
