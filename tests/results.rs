//! What a run leaves, from the command line to the bytes on disk, on made-up worlds.

use crate::made_up;
use commissim::cli::{Parts, RunArgs, start};
use commissim::store::files::{checksum, checksums};
use commissim::store::manifest::is_sound;
use serde_json::Value;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// Runs a made-up experiment of two places as typed, and gives the exit code; a briefing is
/// made only where `--briefing` is among the words, since it takes longer than the run.
pub fn commissim_run(words: &[&str], out: &Path) -> u8 {
    let read = |args: &RunArgs| {
        let replicates = args.replicates.unwrap_or(20) as u32;
        let mut experiment = made_up::experiment(&["one", "two"], replicates);
        let town = commissim::place::Place::town();
        let code = town.code + 1;
        experiment.places.push(commissim::place::Place { id: "second".to_owned(), code, ..town });
        Ok(experiment)
    };
    let mut typed: Vec<OsString> = ["commissim", "run", "--quiet", "--out"].map(Into::into).into();
    typed.push(out.into());
    if !words.contains(&"--briefing") {
        typed.push("--no-briefing".into());
    }
    typed.extend(words.iter().filter(|word| **word != "--briefing").map(Into::into));
    start(typed, &Parts { read: &read, simulate: &made_up::cells }, &mut Vec::new())
}

fn manifest(folder: &Path) -> Value {
    let bytes = std::fs::read(folder.join("manifest.json")).expect("there");
    assert!(is_sound(&bytes));
    serde_json::from_slice(&bytes).expect("JSON")
}

/// The two files that say how it ran.
pub fn says_how(path: &str) -> bool {
    ["manifest.json", "ro-crate-metadata.json"].contains(&path)
}

#[test]
fn only_the_manifest_says_how_it_ran() {
    let parent = tempfile::tempdir().expect("a folder");
    let (one, two) = (parent.path().join("one"), parent.path().join("two"));
    assert_eq!(commissim_run(&["--threads", "1"], &one), 0);
    assert_eq!(commissim_run(&["--threads", "2"], &two), 0);
    let (in_one, in_two) = (checksums(&one).expect("read"), checksums(&two).expect("read"));
    for (a, b) in in_one.iter().zip(&in_two) {
        assert_eq!(a.0, b.0);
        assert_eq!(a.1 == b.1, !says_how(&a.0), "{}", a.0);
    }
    let (one, two) = (manifest(&one), manifest(&two));
    assert_eq!(one["what"], two["what"]);
    assert_eq!((&one["how"]["threads"], &two["how"]["threads"]), (&1.into(), &2.into()));
}

#[test]
fn the_manifest_names_every_file_with_its_checksum() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&["--replicates", "2"], &out), 0);
    let what = &manifest(&out)["what"];
    let sum = |path: &str| {
        let listed = what["inputs"].get(path).or(what["outputs"].get(path));
        listed.and_then(Value::as_str).map(str::to_owned)
    };
    for (path, found) in checksums(&out).expect("read") {
        assert_eq!(sum(&path), (!says_how(&path)).then_some(found), "{path}");
    }
    for input in ["experiment.toml", "parameters.csv", "places/second.toml", "regimes/two.toml"] {
        assert!(what["inputs"].get(input).is_some(), "{input}");
    }
    let cell = std::fs::read(out.join("cells/001-0-00000-000001.cell")).expect("there");
    assert_eq!(sum("cells/001-0-00000-000001.cell"), Some(checksum(&cell)));
}

#[test]
fn the_placebo_has_a_file_of_its_own() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&[], &out), 0);
    let regimes = |file: &str| {
        let mut reader = csv::Reader::from_path(out.join(file)).expect("there");
        let rows = reader.records().map(|row| row.expect("a row")[0].to_owned());
        rows.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(regimes("summary.csv"), ["one", "status-quo", "two"]);
    assert_eq!(regimes("differences.csv"), ["one", "two"]);
    assert_eq!(regimes("placebo.csv"), ["placebo"]);
}

/// What a run wrote of its inputs is read again, and makes the same cells.
#[test]
fn resolved_inputs_make_the_same_cells_again() {
    let parent = tempfile::tempdir().expect("a folder");
    let run = |experiment: &str, out: &Path, more: &[&str]| {
        let words = ["commissim", "run", "--quiet", "--no-briefing"];
        let mut typed: Vec<OsString> = words.map(Into::into).into();
        typed.extend([experiment.into(), "--out".into(), out.into()]);
        typed.extend(more.iter().map(Into::into));
        let parts = Parts { read: &commissim::cli::read, simulate: &commissim::cell::together };
        assert_eq!(start(typed, &parts, &mut Vec::new()), 0);
    };
    let (first, again) = (parent.path().join("first"), parent.path().join("again"));
    let regimes = "tendering+strategy-1-isf-default,community-sourcing";
    let set = "self_funder_share=0.3";
    run("quick", &first, &["--replicates", "2", "--regimes", regimes, "--set", set]);
    run(&first.join("experiment.toml").to_string_lossy(), &again, &[]);
    let (first, again) = (checksums(&first).expect("read"), checksums(&again).expect("read"));
    for (a, b) in first.iter().zip(&again) {
        assert_eq!(a.0, b.0);
        // Remarks in a place's file say where its figures were from: another file now.
        if !says_how(&a.0) && !a.0.starts_with("places/") {
            assert_eq!(a.1, b.1, "{}", a.0);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_said_plainly() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().expect("a folder");
    let locked = parent.path().join("locked");
    std::fs::create_dir(&locked).expect("made");
    let permissions = |mode| std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(&locked, permissions(0o500)).expect("set");
    // The administrator may write anywhere, and has nothing to be told.
    let may_write = std::fs::write(locked.join("try"), "").is_ok();
    if !may_write {
        assert_eq!(commissim_run(&["--replicates", "1"], &locked.join("mine")), 1);
        assert_eq!(std::fs::read_dir(&locked).expect("read").count(), 0);
    }
    std::fs::set_permissions(&locked, permissions(0o700)).expect("set");
}

#[test]
fn help_is_success_and_a_slip_is_usage() {
    let code = |words: &[&str]| {
        let command = Command::new(env!("CARGO_BIN_EXE_commissim")).args(words).output();
        let output = command.expect("ran");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (done, help) = code(&["run", "--help"]);
    assert_eq!(done, Some(0));
    assert!(help.contains("Examples:") && help.contains("--resume"), "{help}");
    assert_eq!(code(&["run", "--no-such-flag"]).0, Some(2));
    assert_eq!(code(&["no-such-command"]).0, Some(2));
    assert_eq!(code(&[]).0, Some(2));
}
