//! `verify` and `report` on a made-up town: every fault gets its own words.

use crate::made_up;
use crate::results::{commissim_run, says_how};
use commissim::cell::{Cell, CellId};
use commissim::cli::{Parts, start};
use commissim::experiment::{Experiment, Precision};
use commissim::run::Settings;
use commissim::store::Wanted;
use commissim::store::cells;
use commissim::store::files::{checksum, checksums};
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// A fresh results folder of two places and three replicates.
fn results() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&["--replicates", "3"], &out), 0);
    (parent, out)
}

/// Exit code and standard output of a command on a results folder.
fn typed(command: &str, folder: &Path, more: &[&str], simulate: &Simulate) -> (u8, String) {
    let mut words: Vec<OsString> = vec!["commissim".into(), command.into(), folder.into()];
    words.extend(more.iter().map(Into::into));
    let parts = Parts { read: &|_| unreachable!("nothing is run"), simulate };
    let mut out = Vec::new();
    let code = start(words, &parts, &mut out);
    (code, String::from_utf8(out).expect("text"))
}

type Simulate = dyn Fn(&Experiment, &[CellId]) -> Vec<Cell> + Sync;

/// Exit code of `verify`, and what it says from the first check that is not passed on;
/// the line about the code is left out, since it names the commit.
fn verified(folder: &Path) -> (u8, Vec<String>) {
    let (code, text) = typed("verify", folder, &["--threads", "1"], &made_up::cells);
    let shown = folder.display().to_string();
    let lines = text.lines().skip(1).map(|line| line.trim().replace(&shown, "RESULTS"));
    let fine = |line: &String| {
        line.ends_with("the manifest says") && line.starts_with("files   ")
            || line.ends_with("the same to the bit")
            || line.ends_with("the same to the byte")
            || line.starts_with("code")
    };
    (code, lines.filter(|line| !fine(line) || line.contains("FAILED")).collect())
}

/// Changes a file.
fn edit(path: &Path, change: impl Fn(String) -> String) {
    let text = fs::read_to_string(path).expect("there");
    let changed = change(text.clone());
    assert_ne!(text, changed);
    fs::write(path, changed).expect("written");
}

/// Makes a manifest agree with the files as they are now, as a forger would.
fn forge(folder: &Path) {
    let path = folder.join("manifest.json");
    let mut manifest: Value =
        serde_json::from_slice(&fs::read(&path).expect("there")).expect("JSON");
    for (file, sum) in checksums(folder).expect("read") {
        for of in ["inputs", "outputs"] {
            if let Some(entry) = manifest["what"][of].get_mut(&file) {
                *entry = sum.clone().into();
            }
        }
    }
    manifest.as_object_mut().expect("an object").remove("checksum");
    let pretty = |value: &Value| format!("{value:#}\n").into_bytes();
    manifest["checksum"] = checksum(&pretty(&manifest)).into();
    fs::write(&path, pretty(&manifest)).expect("written");
}

#[test]
fn what_a_run_left_passes() {
    let (_parent, folder) = results();
    assert_eq!(verified(&folder), (0, vec![]));
    let (code, text) = typed("verify", &folder, &[], &made_up::cells);
    assert_eq!(code, 0);
    let said = |line: &str| assert!(text.contains(line), "{line}:\n{text}");
    // Every file but those that say how it ran; every table, and inputs but places.
    let names: Vec<String> = checksums(&folder).expect("read").into_iter().map(|f| f.0).collect();
    let is_file = |name: &&String| !name.starts_with("cells/") && !says_how(name);
    let files = names.iter().filter(is_file).count();
    let places = names.iter().filter(|name| name.starts_with("places/")).count();
    said(&format!("  files   {files} files and 6 cells are what the manifest says\n"));
    said("  cells   6 of 6 simulated again, the same to the bit\n");
    said(&format!("  tables  {} rebuilt, the same to the byte\n", files - places));
    said("  code    the same: version ");
    let (code, text) = typed("verify", &folder, &["--sample", "2", "--json"], &made_up::cells);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((code, &json["verified"]), (0, &true.into()));
    assert_eq!(json["checks"][1]["said"], "2 of 6 simulated again, the same to the bit");
    assert_eq!(typed("verify", &folder, &["--quiet"], &made_up::cells), (0, String::new()));
}

#[test]
fn an_edited_summary_is_said_to_be_one() {
    let (_parent, folder) = results();
    edit(&folder.join("summary.csv"), |text| text.replacen(",up,", ",down,", 1));
    let (code, said) = verified(&folder);
    assert_eq!(code, 1);
    assert_eq!(
        said[..2],
        ["files   FAILED: not what the manifest says", "summary.csv was changed after the run",]
    );
    assert_eq!(said[2], "tables  FAILED: not what the cells and the experiment give");
    assert!(said[3].starts_with("summary.csv is not what the cells give: line 2: there `status-quo,choice.picked,choice,share,down,"), "{}", said[3]);
    assert_eq!(said.len(), 4);
}

#[test]
fn an_edited_input_is_said_to_be_one_and_nothing_is_made_from_it() {
    let (_parent, folder) = results();
    edit(&folder.join("regimes/one.toml"), |text| text.replace("catalysts = 2", "catalysts = 1"));
    let expected = [
        "files   FAILED: not what the manifest says",
        "regimes/one.toml was changed after the run",
        "cells   not done: regimes/one.toml is not that of the run",
        "tables  not done: regimes/one.toml is not that of the run",
    ];
    assert_eq!(verified(&folder), (1, expected.map(str::to_owned).to_vec()));
}

#[test]
fn another_seed_is_named_with_the_runs_own() {
    let (_parent, folder) = results();
    edit(&folder.join("experiment.toml"), |text| text.replace("seed = 7", "seed = 8"));
    let (code, said) = verified(&folder);
    assert_eq!((code, said.len()), (1, 4));
    assert_eq!(
        said[1],
        "experiment.toml was changed after the run: its seed is 8, the run's was 7"
    );

    // Even where the manifest has been made to agree.
    forge(&folder);
    let (code, said) = verified(&folder);
    assert_eq!((code, said.len()), (1, 9), "{said:?}");
    assert_eq!(said[0], "files   FAILED: not what the manifest says");
    assert_eq!(said[1], "experiment.toml is not of the run: its seed is 8, the run's was 7");
    assert_eq!(said[2], "cells   FAILED: not what is simulated again");
    let cell = "cells/000-0-00000-000000.cell is not what is simulated again: choice.picked in status-quo (all all, whole) is 0.";
    assert!(said[3].starts_with(cell), "{}", said[3]);
}

#[test]
fn what_is_missing_or_added_is_named() {
    let (_parent, folder) = results();
    fs::remove_file(folder.join("differences.csv")).expect("removed");
    fs::write(folder.join("notes.txt"), "mine").expect("written");
    let expected = [
        "files   FAILED: not what the manifest says",
        "differences.csv is missing",
        "notes.txt was added after the run: the manifest does not name it",
        "tables  FAILED: not what the cells and the experiment give",
        "differences.csv is missing; `commissim report RESULTS` makes it again",
    ];
    assert_eq!(verified(&folder), (1, expected.map(str::to_owned).to_vec()));
    fs::remove_file(folder.join("cells/001-0-00000-000002.cell")).expect("removed");
    let (_, said) = verified(&folder);
    assert!(said.contains(&"cells/001-0-00000-000002.cell is missing".to_owned()), "{said:?}");
}

#[test]
fn a_damaged_cell_and_a_forged_one_are_told_apart() {
    let (_parent, folder) = results();
    let id = CellId { system: 0, beliefs: 0, draw: 0, replicate: 1 };
    let path = cells::path(&folder, id);
    let good = fs::read(&path).expect("there");
    let mut bad = good.clone();
    bad[60] ^= 1;
    fs::write(&path, &bad).expect("written");
    let (code, said) = verified(&folder);
    assert_eq!(code, 1);
    assert_eq!(
        said,
        [
            "files   FAILED: not what the manifest says",
            "cells/000-0-00000-000001.cell was changed after the run",
            "cells   FAILED: not what is simulated again",
            "cells/000-0-00000-000001.cell is damaged: its checksum is wrong",
            "tables  not done: cells/000-0-00000-000001.cell is damaged: its checksum is wrong",
        ]
        .map(str::to_owned)
    );

    // A cell whose every checksum is right, of a luckier world.
    let experiment = Experiment { seed: 9, ..made_up::experiment(&["one", "two"], 3) };
    cells::write(&folder, &made_up::cell(&experiment, id), experiment.years).expect("written");
    forge(&folder);
    let (code, said) = verified(&folder);
    assert_eq!(code, 1);
    assert_eq!(said[0], "cells   FAILED: not what is simulated again");
    assert!(said[1].contains(" is not what is simulated again: choice.picked in status-quo"));
}

#[test]
fn an_edited_manifest_and_crate_are_noticed() {
    let (_parent, folder) = results();
    edit(&folder.join("manifest.json"), |text| text.replace("\"seed\": 7", "\"seed\": 8"));
    edit(&folder.join("ro-crate-metadata.json"), |text| text.replace("commissim", "Commissim"));
    let expected = [
        "files   FAILED: not what the manifest says",
        "manifest.json was changed after the run: it is not what its own checksum says",
        "ro-crate-metadata.json was changed after the run",
    ];
    assert_eq!(verified(&folder), (1, expected.map(str::to_owned).to_vec()));
    fs::write(folder.join("manifest.json"), "{").expect("written");
    let (code, said) = verified(&folder);
    assert_eq!((code, said[1].as_str()), (1, expected[1]));
    assert!(!said.iter().any(|line| line.starts_with("cells   FAILED")), "{said:?}");
}

#[test]
fn other_code_with_the_same_numbers_is_a_warning() {
    let (_parent, folder) = results();
    edit(&folder.join("manifest.json"), |text| {
        let at = text.find("\"commit\": \"").expect("a commit") + 11;
        let end = at + text[at..].find('"').expect("its end");
        format!("{}0123{}", &text[..at], &text[end..])
    });
    forge(&folder);
    let (code, text) = typed("verify", &folder, &[], &made_up::cells);
    assert_eq!(code, 0);
    assert!(
        text.contains("  code    warning: the run was made by version 0.1.0, commit 0123"),
        "{text}"
    );
    // Where its numbers are other ones, that is a fault, and why is said.
    let other: &Simulate =
        &|experiment, unit| made_up::cells(&Experiment { seed: 9, ..experiment.clone() }, unit);
    let (code, text) = typed("verify", &folder, &[], other);
    assert_eq!(code, 1);
    assert!(text.contains("other code made them: simulate them again with that code"), "{text}");
}

#[test]
fn what_is_no_results_folder_is_said_so() {
    let parent = tempfile::tempdir().expect("a folder");
    let code = |folder: &Path| typed("verify", folder, &[], &made_up::cells).0;
    assert_eq!(code(&parent.path().join("nowhere")), 1);
    assert_eq!(code(parent.path()), 1);
    let refused = |folder: &Path| {
        let error = commissim::store::folder::open(folder).expect_err("refused");
        format!("{error:#}").replace(&parent.path().display().to_string(), "HERE")
    };
    assert!(refused(&parent.path().join("nowhere")).starts_with("HERE/nowhere is not there\n"));
    let no_manifest = refused(parent.path());
    assert!(
        no_manifest.starts_with("HERE is not a results folder: it has no manifest.json\nhelp: ")
    );
    fs::create_dir(parent.path().join("mine.unfinished")).expect("made");
    assert!(refused(&parent.path().join("mine")).contains("with --resume"));
}

#[test]
fn report_mends_tables_and_makes_none_from_what_is_not_sound() {
    let (_parent, folder) = results();
    let before = checksums(&folder).expect("read");
    let report = |more: &[&str]| {
        typed("report", &folder, more, &|_, _| unreachable!("nothing is simulated"))
    };
    edit(&folder.join("summary.csv"), |text| text.replacen(",up,", ",down,", 1));
    fs::remove_file(folder.join("runs.parquet")).expect("removed");
    let (code, text) = report(&[]);
    assert_eq!(code, 0);
    for line in [
        "  runs.parquet      was missing; it is as the run left it again\n",
        "  summary.csv       had been changed; it is as the run left it again\n",
        "  differences.csv   the same as before\n",
        "  briefing.html     made now: the run had left none\n",
        "difference from status-quo",
    ] {
        assert!(text.contains(line), "{line}:\n{text}");
    }
    // What the run left is as it was, but for what names the briefing that it had not left.
    let after = checksums(&folder).expect("read");
    let is_same = |file: &(String, String)| says_how(&file.0) || after.contains(file);
    assert!(before.iter().all(is_same));
    let before = after;
    assert_eq!(report(&["--quiet"]), (0, String::new()));
    assert!(report(&["--json"]).1.starts_with('{'));

    for file in ["cells/001-0-00000-000001.cell", "regimes/two.toml", "manifest.json"] {
        let (path, was) = (folder.join(file), fs::read(folder.join(file)).expect("there"));
        fs::write(&path, "otherwise").expect("written");
        fs::remove_file(folder.join("summary.csv")).expect("removed");
        assert_eq!(report(&[]).0, 1, "{file}");
        assert!(!folder.join("summary.csv").exists(), "{file}: nothing is made");
        fs::write(&path, was).expect("written");
        assert_eq!(report(&[]).0, 0, "{file}");
    }
    assert_eq!(checksums(&folder).expect("read"), before);
}

#[test]
fn a_table_that_this_code_makes_differently_is_entered_in_the_manifest() {
    let (_parent, folder) = results();
    // As if the run's code had written this summary.
    edit(&folder.join("summary.csv"), |text| text.replacen(",up,", ",down,", 1));
    forge(&folder);
    let (code, text) = typed("report", &folder, &[], &made_up::cells);
    assert_eq!(code, 0);
    assert!(text.contains("  summary.csv       otherwise than the run left it"), "{text}");
    assert_eq!(verified(&folder), (0, vec![]));
    let manifest = fs::read(folder.join("manifest.json")).expect("there");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    assert_eq!(manifest["what"]["tables"], manifest["what"]["code"]);
}

#[test]
fn runs_by_precision_and_places_that_learn_pass() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let mut experiment = made_up::experiment(&["one"], 5);
    let town = commissim::place::Place::town();
    let code = town.code + 1;
    experiment.places.push(commissim::place::Place { id: "second".to_owned(), code, ..town });
    experiment.learning = true;
    let most = 40;
    experiment.precision = Some(Precision { share: 0.02, most, widths: Vec::new() });
    let wanted = Wanted { out: Some(out.clone()), ..Wanted::default() };
    let settings = Settings { wanted, quiet: true, ..Settings::default() };
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    commissim::run::run(&experiment, &simulate, &settings).expect("ran");
    assert_eq!(verified(&out), (0, vec![]));
    let (_, text) = typed("verify", &out, &["--sample", "3"], &made_up::cells);
    let cells = fs::read_dir(out.join("cells")).expect("there").count();
    let said = format!("  cells   4 of {cells} simulated again, the same to the bit\n");
    assert!(text.contains(&said), "two units of two places: {text}");
    assert_eq!(typed("report", &out, &["--quiet"], &made_up::cells).0, 0);
}
