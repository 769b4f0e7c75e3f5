mod extending;
mod shards;
mod stopped;

use super::*;
use crate::made_up;
use crate::store::files::checksums;
use std::path::Path;
use std::sync::atomic::AtomicU32;

fn settings(out: &Path) -> Settings {
    let wanted = Wanted { out: Some(out.to_owned()), ..Wanted::default() };
    Settings { wanted, threads: Some(1), quiet: true, command: Vec::new(), briefing: false }
}

/// Every file but those that say how it ran, with its checksum.
fn numbers(folder: &Path) -> Vec<(String, String)> {
    let mut files = checksums(folder).expect("read");
    files.retain(|(path, _)| path != "manifest.json" && path != "ro-crate-metadata.json");
    files
}

#[test]
fn threads_change_no_byte() {
    let parent = tempfile::tempdir().expect("a folder");
    let mut experiment = made_up::experiment(&["one", "two"], 20);
    let second = crate::place::Place { id: "second".to_owned(), ..crate::place::Place::town() };
    experiment.places.push(second);
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    let (one, two) = (parent.path().join("one"), parent.path().join("two"));
    run(&experiment, &simulate, &settings(&one)).expect("ran");
    let threads = Settings { threads: Some(2), ..settings(&two) };
    run(&experiment, &simulate, &threads).expect("ran");
    assert_eq!(numbers(&one), numbers(&two));
    assert!(one.join("placebo.csv").exists());
    assert_eq!(numbers(&one).len(), 20 * 2 + 11 + 1 + 2 + 3 + 1);
}

#[test]
fn a_run_that_was_stopped_goes_on_to_the_same_bytes() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = made_up::experiment(&["one"], 6);
    let (whole, stopped) = (parent.path().join("whole"), parent.path().join("stopped"));
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    run(&experiment, &simulate, &settings(&whole)).expect("ran");

    // The disk fails before the fourth cell: a file stands where cells go.
    let cells = parent.path().join("stopped.unfinished").join("cells");
    let aside = parent.path().join("aside");
    let failing = |unit: &[CellId]| {
        if unit[0].replicate == 3 {
            std::fs::rename(&cells, &aside).expect("moved");
            std::fs::write(&cells, "in the way").expect("written");
        }
        made_up::cells(&experiment, unit)
    };
    let error = run(&experiment, &failing, &settings(&stopped)).expect_err("stopped");
    assert!(format!("{error:#}").contains("--resume"), "{error:#}");
    assert!(!stopped.exists(), "never half there");
    std::fs::remove_file(&cells).expect("removed");
    std::fs::rename(&aside, &cells).expect("moved");
    // One of the cells that were kept is damaged, and half a file is left over.
    let damaged = cells.join("000-0-00000-000001.cell");
    std::fs::write(&damaged, "nonsense").expect("written");
    std::fs::write(cells.join("000-0-00000-000004.cell.tmp"), "half").expect("written");

    let ran = AtomicU32::new(0);
    let counting = |unit: &[CellId]| {
        ran.fetch_add(1, Ordering::Relaxed);
        made_up::cells(&experiment, unit)
    };
    let mut again = settings(&stopped);
    again.wanted.resume = true;
    run(&experiment, &counting, &again).expect("went on");
    assert_eq!(ran.load(Ordering::Relaxed), 4, "three that were missing, one damaged");
    assert_eq!(numbers(&stopped), numbers(&whole));
    let done = run(&experiment, &counting, &again).expect("complete");
    assert!(matches!(done, Done::AlreadyComplete(_)));
    assert_eq!(ran.load(Ordering::Relaxed), 4);
}

#[test]
fn a_run_that_stops_when_precise_enough_is_the_run_of_that_many_replicates() {
    let parent = tempfile::tempdir().expect("a folder");
    let mut experiment = made_up::experiment(&["one", "two"], 100);
    let widths = Vec::new();
    experiment.precision = Some(crate::experiment::Precision { share: 0.5, most: 40, widths });
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    let ran = |experiment: &Experiment, name: &str| match run(
        experiment,
        &simulate,
        &settings(&parent.path().join(name)),
    )
    .expect("ran")
    {
        Done::Ran(ran) => *ran,
        Done::AlreadyComplete(_) => panic!("it was not there"),
    };
    let asked = ran(&experiment, "asked");
    assert_eq!(asked.experiment.replicates, 20, "the first batch is enough, whatever was written");
    assert_eq!(asked.findings.differences[0].basis.replicates, 20);
    let headlines = crate::metrics::METRICS.iter().filter(|metric| metric.is_headline()).count();
    assert_eq!(asked.findings.widths.len(), 2 * headlines);
    let plain = Experiment { replicates: 20, precision: None, ..experiment.clone() };
    let plain = ran(&plain, "plain");
    let tables = |ran: &Ran| {
        let mut files = numbers(&ran.folder);
        // What was asked for is another thing.
        files.retain(|(path, _)| path != "experiment.toml");
        files
    };
    assert_eq!(tables(&asked), tables(&plain));
}

#[test]
fn of_many_places_what_is_kept_of_rows_is_what_the_terminal_shows() {
    let parent = tempfile::tempdir().expect("a folder");
    let mut experiment = made_up::experiment(&["one", "two"], 2);
    let numbered = |n| crate::place::Place { id: format!("p{n}"), ..crate::place::Place::town() };
    experiment.places = (0..12).map(numbered).collect();
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    let out = parent.path().join("many");
    let Done::Ran(ran) = run(&experiment, &simulate, &settings(&out)).expect("ran") else {
        panic!("it was not there")
    };
    let mut analysis = Analysis::new(&experiment);
    for id in cell::units(&experiment).into_iter().flatten() {
        made_up::cells(&experiment, &[id]).iter().for_each(|cell| _ = analysis.add(cell));
    }
    let all = analysis.findings();
    let shown = |findings| crate::terminal::table(&experiment, findings, &out);
    assert_eq!(shown(&ran.findings), shown(&all));
    assert!(shown(&all).contains("Councils differ in direct payments"));
    assert!(ran.findings.summary.len() * 10 < all.summary.len(), "places are left to the table");
    let rows = std::fs::read_to_string(out.join("summary.csv")).expect("text");
    assert_eq!(rows.lines().count(), all.summary.len() + 1);
}
