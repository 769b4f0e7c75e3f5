//! Shards, and the run that they are joined to.

mod copies;
mod refused;

use super::*;
use crate::files::{self, Overrides};
use crate::shard::Shard;
use crate::store::disk::frost;
use crate::store::shards::{SHARD, Whole};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn resuming(out: &Path) -> Settings {
    let mut settings = settings(out);
    settings.wanted.resume = true;
    settings
}

fn sharded(
    experiment: &Experiment,
    shard: Shard,
    settings: &Settings,
) -> anyhow::Result<shard::Done> {
    shard::run(experiment, shard, &|unit| made_up::cells(experiment, unit), settings)
}

/// All shards of so many, in folders below one, in order.
fn all(experiment: &Experiment, of: u32, below: &Path) -> Vec<PathBuf> {
    let one = |index| {
        let shard = Shard { index, of };
        let folder = below.join(shard.name());
        sharded(experiment, shard, &settings(&folder)).expect("ran");
        folder
    };
    (1..=of).map(one).collect()
}

/// What a manifest says was run.
fn what(folder: &Path) -> Value {
    let manifest = std::fs::read(folder.join("manifest.json")).expect("there");
    let mut manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    manifest["what"].take()
}

/// What a shard's folder holds, but for how it was made.
fn held(folder: &Path) -> Vec<(String, String)> {
    let mut files = checksums(folder).expect("read");
    files.retain(|(path, _)| path != SHARD);
    files
}

/// An experiment of 24 cells: two places, two sets of beliefs, three draws, two replicates.
fn of_24_cells(folder: &Path) -> Experiment {
    let second = folder.join("second.toml");
    std::fs::write(&second, "like = \"town\"\nname = \"Second\"\ncode = 4001\n").expect("written");
    let overrides = Overrides {
        places: vec!["town".to_owned(), second.display().to_string()],
        regimes: vec!["isf-default".to_owned()],
        years: Some(1),
        replicates: Some(2),
        draws: Some(3),
        beliefs: vec!["agnostic".to_owned(), "sceptic".to_owned()],
        ..Overrides::default()
    };
    let read = files::experiment("quick", &overrides);
    let experiment = read.map_err(|problems| problems.to_string()).expect("read").0;
    assert_eq!(cell::count(&experiment), 24);
    experiment
}

#[test]
fn every_split_of_24_cells_merges_to_the_bytes_of_the_run_in_one() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = of_24_cells(parent.path());
    // Each cell is lived once: the same cell is a copy from then on.
    let ids: Vec<CellId> = cell::units(&experiment).into_iter().flatten().collect();
    let lived: BTreeMap<CellId, Cell> =
        ids.iter().map(|id| (*id, cell::simulate(&experiment, *id))).collect();
    let simulate = |unit: &[CellId]| unit.iter().map(|id| lived[id].clone()).collect();
    let whole = parent.path().join("whole");
    run(&experiment, &simulate, &settings(&whole)).expect("ran");
    let (bytes, what_was_run) = (numbers(&whole), what(&whole));
    for of in 1..=24 {
        let below = parent.path().join(format!("in-{of}"));
        let mut folders: Vec<PathBuf> = Vec::new();
        for index in 1..=of {
            let shard = Shard { index, of };
            let folder = below.join(shard.name());
            let done = shard::run(&experiment, shard, &simulate, &settings(&folder)).expect("ran");
            assert_eq!(done.cells, (24 - index as usize) / of as usize + 1);
            folders.push(folder);
        }
        // In another order each time.
        folders.sort_by_key(|folder| {
            crate::draws::philox([u64::from(of), 0], folder.as_os_str().len() as u64)[0]
                ^ crate::draws::philox([u64::from(of), 1], folders_number(folder))[0]
        });
        let merged = parent.path().join(format!("merged-{of}"));
        merge::merge(&folders, &settings(&merged)).expect("merged");
        assert!(numbers(&merged) == bytes, "in {of}");
        assert_eq!(what(&merged), what_was_run, "in {of}");
    }
}

fn folders_number(folder: &Path) -> u64 {
    let name = folder.file_name().expect("a name").to_string_lossy();
    Shard::named(&name).map_or(0, |shard| u64::from(shard.index))
}

#[test]
fn places_that_learn_from_one_another_stay_together_in_a_shard() {
    let parent = tempfile::tempdir().expect("a folder");
    let mut experiment = made_up::experiment(&["one"], 5);
    let town = crate::place::Place::town();
    let code = town.code + 1;
    experiment.places.push(crate::place::Place { id: "second".to_owned(), code, ..town });
    experiment.learning = true;
    let whole = parent.path().join("whole");
    run(&experiment, &|unit| made_up::cells(&experiment, unit), &settings(&whole)).expect("ran");
    let folders = all(&experiment, 3, &parent.path().join("shards"));
    assert_eq!(numbers(&folders[0].join("cells")).len(), 4, "two replicates of two places");
    let merged = parent.path().join("merged");
    merge::merge(&folders, &settings(&merged)).expect("merged");
    assert_eq!(numbers(&merged), numbers(&whole));
}

#[test]
fn a_briefing_of_shards_is_that_of_the_run_in_one() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = made_up::experiment(&["one", "two"], 20);
    let briefed = |out: &Path| Settings { briefing: true, ..settings(out) };
    let (whole, merged) = (parent.path().join("whole"), parent.path().join("merged"));
    run(&experiment, &|unit| made_up::cells(&experiment, unit), &briefed(&whole)).expect("ran");
    let below = parent.path().join("shards");
    all(&experiment, 2, &below);
    merge::merge(&[below], &briefed(&merged)).expect("merged");
    assert_eq!(numbers(&merged), numbers(&whole));
    assert!(merged.join("briefing.html").exists());
}

#[test]
fn the_manifest_says_how_each_shard_ran() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = made_up::experiment(&["one"], 3);
    let below = parent.path().join("shards");
    for index in [2, 1] {
        let shard = Shard { index, of: 2 };
        let command = vec!["commissim".to_owned(), format!("shard {shard}")];
        let settings = Settings { command, ..settings(&below.join(shard.name())) };
        sharded(&experiment, shard, &settings).expect("ran");
    }
    let merged = parent.path().join("merged");
    merge::merge(&[below], &settings(&merged)).expect("merged");
    let manifest = std::fs::read(merged.join("manifest.json")).expect("there");
    assert!(crate::store::manifest::is_sound(&manifest));
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let shards = manifest["how"]["shards"].as_array().expect("a list");
    let told: Vec<_> = shards.iter().map(|s| (&s["shard"], &s["how"]["command"][1])).collect();
    assert_eq!(told, [(&"1/2".into(), &"shard 1/2".into()), (&"2/2".into(), &"shard 2/2".into())]);
}

#[test]
fn more_shards_than_cells_are_as_good() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = made_up::experiment(&["one"], 2);
    let whole = parent.path().join("whole");
    run(&experiment, &|unit| made_up::cells(&experiment, unit), &settings(&whole)).expect("ran");
    let folders = all(&experiment, 4, &parent.path().join("shards"));
    let (with, without) = (parent.path().join("with"), parent.path().join("without"));
    merge::merge(&folders, &settings(&with)).expect("merged");
    merge::merge(&folders[..2], &settings(&without)).expect("the last two have no cells");
    assert_eq!(numbers(&with), numbers(&whole));
    assert_eq!(numbers(&without), numbers(&whole));
}

/// An experiment as short as can be.
fn short(replicates: u32) -> Experiment {
    Experiment { years: 1, ..made_up::experiment(&["one"], replicates) }
}

#[test]
fn a_shard_goes_on_to_the_same_bytes_wherever_it_was_stopped() {
    let (experiment, shard) = (short(5), Shard { index: 2, of: 2 });
    let parent = tempfile::tempdir().expect("a folder");
    let whole = parent.path().join("whole");
    sharded(&experiment, shard, &settings(&whole)).expect("ran");
    let whole = held(&whole);
    assert!(whole.iter().any(|(path, _)| path == "cells/000-0-00000-000003.cell"));
    for most in 0.. {
        let parent = tempfile::tempdir().expect("a folder");
        let mine = parent.path().join("mine");
        let (ran, made) =
            frost::after(most, parent.path(), || sharded(&experiment, shard, &resuming(&mine)));
        if made < most {
            ran.expect("nothing stopped it");
            assert!(most > 30, "{most}");
            break;
        }
        assert!(!mine.exists() || held(&mine) == whole, "whole or not there after {most}");
        let again = sharded(&experiment, shard, &resuming(&mine));
        again.unwrap_or_else(|error| panic!("{most}: {error:#}"));
        assert_eq!(held(&mine), whole, "after {most} changes");
        let left = std::fs::read_dir(parent.path()).expect("read").count();
        assert_eq!(left, 1, "nothing else is left after {most} changes");
    }
}

#[test]
fn a_merge_goes_on_to_the_same_bytes_wherever_it_was_stopped() {
    let experiment = short(3);
    let parent = tempfile::tempdir().expect("a folder");
    let (whole, below) = (parent.path().join("whole"), parent.path().join("shards"));
    run(&experiment, &|unit| made_up::cells(&experiment, unit), &settings(&whole)).expect("ran");
    let folders = all(&experiment, 2, &below);
    let before: Vec<_> = folders.iter().map(|folder| held(folder)).collect();
    for most in 0.. {
        let parent = tempfile::tempdir().expect("a folder");
        let mine = parent.path().join("mine");
        let merged = || merge::merge(&folders, &resuming(&mine));
        let (ran, made) = frost::after(most, parent.path(), merged);
        if made < most {
            ran.expect("nothing stopped it");
            assert!(most > 40, "{most}");
            break;
        }
        assert!(!mine.exists() || numbers(&mine) == numbers(&whole), "after {most}");
        merged().unwrap_or_else(|error| panic!("{most}: {error:#}"));
        assert_eq!(numbers(&mine), numbers(&whole), "after {most} changes");
        assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 1, "{most}");
    }
    let after: Vec<_> = folders.iter().map(|folder| held(folder)).collect();
    assert_eq!(before, after, "shards are left as they are");
}

#[test]
fn a_shard_that_was_finished_but_for_its_name_is_not_run_again() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = short(6);
    let shard = Shard { index: 1, of: 2 };
    let out = parent.path().join("mine");
    let stray = out.join("stray");
    let simulate = |unit: &[CellId]| {
        // Something comes to stand where the shard is to be.
        std::fs::create_dir_all(&out).expect("made");
        std::fs::write(&stray, "").expect("written");
        made_up::cells(&experiment, unit)
    };
    shard::run(&experiment, shard, &simulate, &settings(&out)).expect_err("no place for it");
    std::fs::remove_file(&stray).expect("removed");
    let again = |_: &[CellId]| panic!("every cell is there");
    shard::run(&experiment, shard, &again, &resuming(&out)).expect("taken up");
    let whole = parent.path().join("whole");
    sharded(&experiment, shard, &settings(&whole)).expect("ran");
    assert_eq!(numbers(&out.join("cells")), numbers(&whole.join("cells")));
}
