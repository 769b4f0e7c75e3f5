//! What each group of levers accounts for, from the command line to the table.

use commissim::cell::{Cell, CellId, together};
use commissim::cli::{self, Parts, start};
use commissim::experiment::{Experiment, Regime};
use commissim::levers::{DefaultMechanism, Levers};
use commissim::metrics::Metric;
use commissim::outcomes::{Outcomes, Stratum, Tally};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

pub type Simulate<'a> = &'a (dyn Fn(&Experiment, &[CellId]) -> Vec<Cell> + Sync);

/// What a command prints, and its exit code.
pub fn commissim(words: &[&str], out: &Path, simulate: Simulate<'_>) -> (u8, String) {
    let mut typed: Vec<OsString> = vec!["commissim".into()];
    typed.extend(words.iter().map(Into::into));
    typed.extend(["--out".into(), out.into()]);
    let mut printed = Vec::new();
    let code = start(typed, &Parts { read: &cli::read, simulate }, &mut printed);
    (code, String::from_utf8(printed).expect("text"))
}

/// Rows of a table: column to cell.
pub fn rows(folder: &Path, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(file)).expect("there");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

pub fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

/// Of how many a person picks, in a world that is made up: an answer that is known.
fn picked(levers: &Levers, luck: f64) -> f64 {
    let isf = f64::from(u8::from(levers.default_mechanism == DefaultMechanism::Isf));
    let light = f64::from(u8::from(levers.audit_intensity < 0.5));
    let living = f64::from(u8::from(levers.plan_rigidity < 0.5));
    0.3 + 0.01 * luck + (0.10 + 0.005 * luck) * isf + 0.05 * light + 0.04 * isf * living
}

/// Cells of that world.
fn made_up(experiment: &Experiment, unit: &[CellId]) -> Vec<Cell> {
    let cell = |id: &CellId| {
        let place = &experiment.places[id.system as usize];
        let world = |regime: &Regime| {
            let stages = regime.stages(&place.status_quo);
            let levers = stages.last().map_or(&place.status_quo, |(_, levers)| levers);
            let (mut outcomes, mut tally) = (Outcomes::new(experiment.years), Tally::default());
            let stratum = Stratum::of(0, 0, 0, 0);
            for month in 0..12 * experiment.years {
                tally.live(stratum, 1.0);
                let value = picked(levers, f64::from(id.replicate % 5) - 2.0);
                tally.add(stratum, Metric::Picked, value, 1.0);
                outcomes.close_month(&mut tally);
                if month % 12 == 11 {
                    outcomes.close_year(month / 12, &mut tally);
                }
            }
            outcomes
        };
        let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
        let worlds = regimes.chain([&experiment.comparator]).map(world).collect();
        let (burn_in, twins, gains) = Default::default();
        Cell { id: *id, runs_away: None, burn_in, worlds, twins, gains }
    };
    unit.iter().map(cell).collect()
}

const TOWN: [&str; 6] = ["--place", "town", "--years", "1", "--of", "choice.picked"];

#[test]
fn parts_are_those_of_a_closed_form_and_add_up_to_the_difference() {
    let parent = tempfile::tempdir().expect("a folder");
    let attribute = ["attribute", "status-quo", "community-sourcing", "--replicates", "5"];
    for more in [&["--threads", "1"][..], &["--orders", "40"]] {
        let out = parent.path().join(more.join(""));
        let words = [&attribute[..], &TOWN, more].concat();
        let (code, printed) = commissim(&words, &out, &made_up);
        assert_eq!(code, 0);
        let rows = rows(&out, "attribution.csv");
        let value = |part: &str, group: &str| {
            let found = rows.iter().find(|row| row["part"] == part && row["group"] == group);
            number(found.expect("a row"), "value")
        };
        let groups: Vec<_> = rows.iter().filter(|row| row["part"] == "group").collect();
        assert_eq!(groups.len(), 8);
        let sum: f64 = groups.iter().map(|row| number(row, "value")).sum();
        assert!((sum - value("difference", "")).abs() < 1e-9);
        assert!((sum - 0.19).abs() < 1e-9, "{sum}");
        let near = |group: &str, by_hand: f64| {
            let found = value("group", group);
            assert!((found - by_hand).abs() < 1e-9, "{group}: {found}");
        };
        near("strategy-1-isf-default", 0.10 + 0.04 / 2.0);
        near("strategy-5-planning", 0.04 / 2.0);
        near("strategy-6-auditing", 0.05);
        near("approach-place-based", 0.0);
        assert!(
            printed
                .contains("“Strategy 1: individual service funds by default” accounts for +12.0"),
            "{printed}"
        );
        let pair = rows.iter().find(|row| {
            row["part"] == "together"
                && [&row["group"], &row["with"]]
                    == ["strategy-1-isf-default", "strategy-5-planning"]
        });
        match pair {
            Some(pair) => assert!((number(pair, "value") - 0.04).abs() < 1e-9),
            None => assert_eq!(more[0], "--orders", "orders do not say what two do together"),
        }
    }
}

#[test]
fn the_difference_is_that_of_a_run_and_parts_add_up_to_it_in_every_headline() {
    let parent = tempfile::tempdir().expect("a folder");
    let (run, shared) = (parent.path().join("run"), parent.path().join("shared"));
    let how = ["--place", "town", "--years", "1", "--replicates", "3", "--quiet"];
    let words = [&["run", "--regimes", "isf-default", "--no-briefing"][..], &how].concat();
    assert_eq!(commissim(&words, &run, &together).0, 0);
    let words = [&["attribute", "status-quo", "isf-default"][..], &how].concat();
    assert_eq!(commissim(&words, &shared, &together).0, 0);
    let differences = rows(&run, "differences.csv");
    let rows = rows(&shared, "attribution.csv");
    let whole: Vec<_> = rows.iter().filter(|row| row["part"] == "difference").collect();
    assert!(whole.len() >= 10, "{}", whole.len());
    for row in whole {
        let of_run = differences.iter().find(|other| {
            other["metric"] == row["metric"]
                && other["group_by"] == "all"
                && other["period"] == "whole"
        });
        assert_eq!(row["value"], of_run.expect("it has been run")["mean"], "{}", row["metric"]);
        let parts =
            rows.iter().filter(|part| part["part"] == "group" && part["metric"] == row["metric"]);
        let sum: f64 = parts.map(|part| number(part, "value")).sum();
        assert!((sum - number(row, "value")).abs() < 1e-9, "{}: {sum}", row["metric"]);
    }
}

#[test]
fn one_that_was_stopped_goes_on_and_lives_nothing_twice() {
    let parent = tempfile::tempdir().expect("a folder");
    let (whole, stopped) = (parent.path().join("whole"), parent.path().join("stopped"));
    let words = [
        &[
            "attribute",
            "status-quo",
            "isf-default",
            "--replicates",
            "6",
            "--threads",
            "1",
            "--quiet",
        ][..],
        &TOWN,
    ]
    .concat();
    assert_eq!(commissim(&words, &whole, &made_up).0, 0);
    let lived = AtomicUsize::new(0);
    let pieces = stopped.with_file_name("stopped.unfinished").join("pieces");
    let counting = |experiment: &Experiment, unit: &[CellId]| {
        // The disk fails before the fourth cell: a file stands where pieces go.
        if lived.fetch_add(1, Ordering::Relaxed) == 3 && pieces.is_dir() {
            std::fs::rename(&pieces, parent.path().join("aside")).expect("moved");
            std::fs::write(&pieces, "in the way").expect("written");
        }
        made_up(experiment, unit)
    };
    assert_eq!(commissim(&words, &stopped, &counting).0, 1);
    assert!(!stopped.exists());
    std::fs::remove_file(&pieces).expect("removed");
    std::fs::rename(parent.path().join("aside"), &pieces).expect("moved");
    let resumed = [&words[..], &["--resume"]].concat();
    lived.store(100, Ordering::Relaxed);
    assert_eq!(commissim(&resumed, &stopped, &counting).0, 0);
    assert_eq!(lived.into_inner(), 103, "three were kept");
    let table = |folder: &Path| std::fs::read(folder.join("attribution.csv")).expect("there");
    assert_eq!(table(&stopped), table(&whole));
}

#[test]
fn what_cannot_be_shared_out_is_said() {
    let said = |words: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let (code, out, err) = crate::commands::commissim_in(folder.path(), words);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 0);
        err
    };
    insta::assert_snapshot!(said(&["attribute", "tendering", "tendering"]), @"error: `tendering` and `tendering` are the same regime: there is no difference to share out");
    insta::assert_snapshot!(said(&["attribute", "status-quo", "tendering", "--group", "mine=catalyst,lots", "--group", "more=lots"]), @r"
    error: --group mine: there is no lever `catalyst`
    help: did you mean `catalysts`?
    --group: `lots` is in `mine` and in `more`
    ");
    insta::assert_snapshot!(said(&["attribute", "status-quo", "no-such-regime"]), @r"
    error: --regimes: no regime is called `no-such-regime`
    help: `commissim list regimes` lists them; a file of your own is named by its path, `no-such-regime.toml`

    1 problem
    ");
}
