//! Shards, and the run that they are joined to.

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

/// What a shard's folder holds, but for how it was made.
fn held(folder: &Path) -> Vec<(String, String)> {
    let mut files = checksums(folder).expect("read");
    files.retain(|(path, _)| path != SHARD);
    files
}

#[test]
fn two_copies_of_a_shard_at_once_leave_it_whole_and_neither_is_refused() {
    let (experiment, shard) = (short(4), Shard { index: 1, of: 1 });
    let parent = tempfile::tempdir().expect("a folder");
    let whole = parent.path().join("whole");
    sharded(&experiment, shard, &settings(&whole)).expect("ran");
    // A replacement runs from beginning to end while the first copy, whose machine was taken
    // for lost, lives its cell of this number.
    for at in 0..4 {
        let mine = parent.path().join(format!("mine-{at}"));
        let replaced = AtomicU32::new(0);
        let first = |unit: &[CellId]| {
            if unit[0].replicate == at {
                let lived = |unit: &[CellId]| {
                    replaced.fetch_add(1, Ordering::Relaxed);
                    made_up::cells(&experiment, unit)
                };
                let done = shard::run(&experiment, shard, &lived, &resuming(&mine));
                assert!(!done.expect("not refused").was_there);
                assert_eq!(held(&mine), held(&whole), "whole while the first is still alive");
            }
            made_up::cells(&experiment, unit)
        };
        let done = shard::run(&experiment, shard, &first, &resuming(&mine)).expect("no fault");
        assert!(done.was_there, "another was first");
        assert_eq!(replaced.into_inner(), 4 - at, "it takes over what the first had finished");
        assert_eq!(held(&mine), held(&whole));
        assert!(!store::unfinished(&mine).exists(), "nothing else is left");
    }
}

#[test]
fn whoever_finishes_second_finds_the_same_bytes_and_is_content() {
    let (experiment, shard) = (short(2), Shard { index: 1, of: 1 });
    let parent = tempfile::tempdir().expect("a folder");
    let mine = parent.path().join("mine");
    let beside = store::unfinished(&mine);
    let aside = parent.path().join("aside");
    let first = |unit: &[CellId]| {
        if unit[0].replicate == 0 {
            // It cannot take the first one's folder away, as on a disk that still has it open.
            sharded(&experiment, shard, &resuming(&parent.path().join("other"))).expect("ran");
            std::fs::rename(parent.path().join("other"), &aside).expect("moved");
        } else {
            std::fs::rename(&aside, &mine).expect("moved");
        }
        made_up::cells(&experiment, unit)
    };
    let done = shard::run(&experiment, shard, &first, &resuming(&mine)).expect("no fault");
    assert_eq!(done.folder, mine);
    assert!(!beside.exists());
    assert!(Whole::open(&mine).expect("there").faults().expect("read").is_empty());
}

#[test]
fn what_an_orphan_of_another_experiment_writes_lands_nowhere() {
    let shard = Shard { index: 1, of: 1 };
    let (old, new) = (short(3), Experiment { seed: 8, ..short(3) });
    let parent = tempfile::tempdir().expect("a folder");
    let (mine, whole) = (parent.path().join("mine"), parent.path().join("whole"));
    sharded(&new, shard, &settings(&whole)).expect("ran");
    let orphan = |unit: &[CellId]| {
        let live = |unit: &[CellId]| {
            // The new one is in mid-run as the orphan's next cell is written.
            made_up::cells(&new, unit)
        };
        if unit[0].replicate == 1 {
            let mut afresh = settings(&mine);
            afresh.wanted.overwrite = true;
            shard::run(&new, shard, &live, &afresh).expect("ran");
        }
        made_up::cells(&old, unit)
    };
    let error = shard::run(&old, shard, &orphan, &resuming(&mine)).expect_err("its folder went");
    assert!(format!("{error:#}").contains("cannot write"), "{error:#}");
    assert_eq!(held(&mine), held(&whole), "untouched");
}

/// What is refused, with the folder it is in left out.
fn refusal<T: std::fmt::Debug>(result: anyhow::Result<T>, here: &Path) -> String {
    let error = result.expect_err("refused");
    format!("{error:#}").replace(&here.display().to_string(), "HERE")
}

#[test]
fn what_cannot_be_had_of_a_shard_is_refused_with_the_reason() {
    let parent = tempfile::tempdir().expect("a folder");
    let here = parent.path();
    let (experiment, shard) = (short(4), Shard { index: 1, of: 2 });
    let refused = |experiment: &Experiment, shard, settings: &Settings| {
        let said = refusal(sharded(experiment, shard, settings), here);
        let left: Vec<_> = std::fs::read_dir(here).expect("read").collect();
        (said, left.len())
    };
    let mine = here.join("mine");
    let precision = Some(crate::experiment::Precision { share: 0.5, most: 40, widths: Vec::new() });
    let precise = Experiment { precision, ..experiment.clone() };
    assert_eq!(refused(&precise, shard, &settings(&mine)), (
        "a precision cannot be asked of a shard: how many replicates it takes is decided as all cells of a run come in, and a shard has only its own\nhelp: say how many replicates there are to be, such as --replicates 200, and give --precision to a run that is not in shards".to_owned(), 0
    ));
    let mut extending = settings(&mine);
    extending.wanted.extend = true;
    assert_eq!(refused(&experiment, shard, &extending), (
        "--extend cannot be used with --shard: what it adds to is a whole run, and a shard is part of one\nhelp: run every shard of the larger experiment, each into a folder of its own, and merge them; or merge what there is, and extend that by a run that is not in shards".to_owned(), 0
    ));

    sharded(&experiment, shard, &settings(&mine)).expect("ran");
    assert_eq!(
        refused(&experiment, shard, &settings(&mine)).0,
        "HERE/mine is not empty\nhelp: give another --out, or --overwrite to replace it"
    );
    // The same folder for all tasks of an array.
    let other = Shard { index: 2, of: 2 };
    let own = "help: give each shard a folder of its own, as --out results/mine/{shard} does; --overwrite throws away what is there";
    assert_eq!(
        refused(&experiment, other, &resuming(&mine)).0,
        format!("HERE/mine holds shard 1/2, and this is shard 2/2\n{own}")
    );
    let seed = Experiment { seed: 8, ..experiment.clone() };
    assert_eq!(
        refused(&seed, shard, &resuming(&mine)).0,
        format!(
            "HERE/mine holds a shard of another run: experiment.toml differs, line 9: there `seed = 7`, now `seed = 8`\n{own}"
        )
    );
    // A run is no shard, and the other way about.
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    assert_eq!(
        refusal(run(&experiment, &simulate, &resuming(&mine)), here),
        "HERE/mine is not empty\nhelp: give another --out, or --overwrite to replace it"
    );
    let stopped = |unit: &[CellId]| {
        let (name, other) = ("mine", Shard { index: 2, of: 2 });
        let at = here.join("begun");
        if unit[0].replicate == 0 {
            let said = [
                refusal(sharded(&experiment, other, &resuming(&at)), here),
                refusal(sharded(&seed, shard, &resuming(&at)), here),
                refusal(sharded(&experiment, shard, &settings(&at)), here),
                refusal(run(&experiment, &simulate, &resuming(&at)), here),
            ];
            assert_eq!(said, [
                format!("a shard into HERE/begun was begun before, and it is not this one: it is shard 1/2, and this is shard 2/2\n{own}"),
                format!("a shard into HERE/begun was begun before, and it is not this one: experiment.toml differs, line 9: there `seed = 7`, now `seed = 8`\n{own}"),
                "this shard was begun before: what is finished of it is kept in HERE/begun.unfinished\nhelp: type the command again with --resume to go on with it, or with --overwrite to throw it away and start afresh".to_owned(),
                "HERE/begun.unfinished holds shard 1/2 of a run, not finished\nhelp: give another --out, or go on with the shard by its own command with --resume".to_owned(),
            ], "{name}");
        }
        made_up::cells(&experiment, unit)
    };
    shard::run(&experiment, shard, &stopped, &resuming(&here.join("begun"))).expect("ran");
    let at = here.join("run");
    let begun = |unit: &[CellId]| {
        if unit[0].replicate == 0 {
            assert_eq!(
                refusal(sharded(&experiment, shard, &resuming(&at)), here),
                "HERE/run.unfinished is a run that was not finished, and no shard\nhelp: give another --out, or --overwrite to throw it away"
            );
        }
        made_up::cells(&experiment, unit)
    };
    run(&experiment, &begun, &settings(&at)).expect("ran");
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

#[test]
fn status_does_not_make_one_run_of_the_shards_of_two() {
    let parent = tempfile::tempdir().expect("a folder");
    let experiment = short(6);
    let seed = Experiment { seed: 8, ..experiment.clone() };
    let below = parent.path().join("shards");
    for (experiment, index) in [(&experiment, 1), (&seed, 2)] {
        let shard = Shard { index, of: 2 };
        sharded(experiment, shard, &settings(&below.join(shard.name()))).expect("ran");
    }
    let status = status::look(&[below], None).expect("looked");
    assert!(!status.is_complete());
    let wanting: Vec<_> = status.wanting().filter_map(|looked| looked.shard).collect();
    assert_eq!(wanting, [Shard { index: 1, of: 2 }, Shard { index: 2, of: 2 }]);
}

#[test]
fn shards_that_do_not_make_one_run_are_refused_with_every_reason() {
    let parent = tempfile::tempdir().expect("a folder");
    let here = parent.path();
    let experiment = short(6);
    let folders = all(&experiment, 3, &here.join("shards"));
    let merged = here.join("merged");
    let refused = |folders: &[PathBuf]| {
        let said = refusal(merge::merge(folders, &settings(&merged)), here);
        assert!(!merged.exists() && !store::unfinished(&merged).exists(), "nothing was written");
        said
    };
    let path = |name: &str| here.join(name);
    let begins = "these shards do not make one run, and nothing was written\n";
    let ends = "prints the commands that run what is missing or damaged; shards of another run go elsewhere";

    assert_eq!(
        refused(&folders[..1]),
        format!(
            "{begins}  shards 2 and 3 of 3 are not among them: 4 cells\nhelp: `commissim status HERE/shards/1-of-3` {ends}"
        )
    );
    // Everything that is wrong with several, at once.
    let seed = Experiment { seed: 8, ..experiment.clone() };
    sharded(&seed, Shard { index: 2, of: 3 }, &settings(&path("seed"))).expect("ran");
    let mut lever = experiment.clone();
    lever.regimes[0].changes[0].settings[0].1 = crate::declare::Setting::Number(3.0);
    lever.id = "other".to_owned();
    sharded(&lever, Shard { index: 2, of: 3 }, &settings(&path("lever"))).expect("ran");
    sharded(&experiment, Shard { index: 1, of: 2 }, &settings(&path("two"))).expect("ran");
    let mixed =
        [&folders[..1], &folders[2..], &[path("seed"), path("lever"), path("two")]].concat();
    assert_eq!(
        refused(&mixed),
        format!(
            "{begins}\
             \x20 HERE/seed: experiment.toml is not that of HERE/shards/1-of-3, line 9: there `seed = 7`, here `seed = 8`\n\
             \x20 HERE/lever: it is of the experiment `other`, and HERE/shards/1-of-3 of `made-up`\n\
             \x20 HERE/lever: regimes/one.toml is not that of HERE/shards/1-of-3, line 6: there `catalysts = 2`, here `catalysts = 3`\n\
             \x20 HERE/two: it is one of 2 shards, and HERE/shards/1-of-3 one of 3\n\
             \x20 shard 2 of 3 is not among them: 2 cells\n\
             help: `commissim status HERE/shards/1-of-3 HERE/shards/3-of-3 HERE/seed`, with the others, {ends}"
        )
    );
    // What is no shard.
    run(&experiment, &|unit| made_up::cells(&experiment, unit), &settings(&path("whole")))
        .expect("ran");
    std::fs::create_dir(path("empty")).expect("made");
    std::fs::write(path("file"), "").expect("written");
    let name = "help: name folders that `commissim run --shard` made";
    assert_eq!(
        refused(&[path("whole"), path("empty"), path("file"), path("none")]),
        format!(
            "HERE/whole is a whole run, and no shard: there is nothing to join\n{name}\n\
             HERE/empty holds no shard, nor does a folder in it\n{name}, or the folder they lie in\n\
             HERE/file is a file\n{name}, or the folder they lie in\n\
             HERE/none is not there\n{name}, or the folder they lie in"
        )
    );

    // The same shard twice, with the same bytes, is fine.
    let twice = path("twice");
    sharded(&experiment, Shard { index: 2, of: 3 }, &settings(&twice)).expect("ran");
    let ok = path("ok");
    merge::merge(&[&folders[..], std::slice::from_ref(&twice)].concat(), &settings(&ok))
        .expect("merged");
    assert_eq!(numbers(&ok), numbers(&path("whole")));
    // With other bytes it is not; nor is what other code made.
    let other = |folder: &Path, change: &dyn Fn(&mut Value)| {
        let manifest = std::fs::read(folder.join(SHARD)).expect("there");
        let mut manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
        manifest.as_object_mut().expect("an object").remove("checksum");
        change(&mut manifest);
        let sealed = crate::store::manifest::sealed(manifest).expect("sealed");
        std::fs::write(folder.join(SHARD), sealed).expect("written");
    };
    let cell = "cells/000-0-00000-000001.cell";
    let from = made_up::cell(&seed, CellId { system: 0, beliefs: 0, draw: 0, replicate: 1 });
    store::cells::write(&twice, &from, 1).expect("written");
    let sum = store::files::checksum_of(&twice.join(cell)).expect("read");
    other(&twice, &|manifest| manifest["what"]["cells"][cell] = sum.clone().into());
    assert_eq!(
        refused(&[&folders[..], std::slice::from_ref(&twice)].concat()),
        format!(
            "{begins}  {cell} is in HERE/shards/2-of-3 and in HERE/twice, and they differ\nhelp: `commissim status HERE/shards/1-of-3 HERE/shards/2-of-3 HERE/shards/3-of-3`, with the others, {ends}"
        )
    );
    std::fs::remove_dir_all(&twice).expect("removed");
    sharded(&experiment, Shard { index: 2, of: 3 }, &settings(&twice)).expect("ran");
    other(&twice, &|manifest| manifest["what"]["code"]["version"] = "0.0.9".into());
    let said = refused(&[folders[0].clone(), twice.clone(), folders[2].clone()]);
    assert!(
        said.contains("HERE/twice: it was made by other code than HERE/shards/1-of-3: {"),
        "{said}"
    );
    assert!(said.contains("0.0.9"), "{said}");
    // All by other code.
    let outside = path("outside");
    sharded(&experiment, Shard { index: 2, of: 3 }, &settings(&outside)).expect("ran");
    other(&outside, &|manifest| manifest["what"]["inputs"]["../evil.toml"] = "00".into());
    assert_eq!(
        refused(std::slice::from_ref(&outside)),
        "HERE/outside names files outside itself: shard.json was changed"
    );
    std::fs::write(outside.join(SHARD), "[1, 2").expect("written");
    assert_eq!(
        refused(std::slice::from_ref(&outside)),
        "HERE/outside does not say which shard it is: shard.json was changed"
    );
    for folder in &folders {
        other(folder, &|manifest| manifest["what"]["code"]["version"] = "0.0.9".into());
    }
    let said = refused(&folders);
    assert!(said.contains("  the shards were made by other code, {"), "{said}");
    assert!(said.contains(", whose tables may be others\n"), "{said}");
}

#[test]
fn shards_that_are_damaged_are_refused_and_mended() {
    let parent = tempfile::tempdir().expect("a folder");
    let here = parent.path();
    let experiment = short(6);
    let folders = all(&experiment, 2, &here.join("shards"));
    let (merged, whole) = (here.join("merged"), here.join("whole"));
    run(&experiment, &|unit| made_up::cells(&experiment, unit), &settings(&whole)).expect("ran");
    let [one, two] = [&folders[0], &folders[1]];
    std::fs::write(one.join("cells/000-0-00000-000002.cell"), "nonsense").expect("written");
    std::fs::remove_file(one.join("cells/000-0-00000-000004.cell")).expect("removed");
    std::fs::write(two.join("parameters.csv"), "nonsense").expect("written");
    assert_eq!(
        refusal(merge::merge(&folders, &settings(&merged)), here),
        "these shards do not make one run, and nothing was written\n  \
         HERE/shards/1-of-2: cells/000-0-00000-000002.cell is damaged: it is not what the run left\n  \
         HERE/shards/1-of-2: cells/000-0-00000-000004.cell is missing\n  \
         HERE/shards/2-of-2: parameters.csv is damaged: it is not what the run left\n\
         help: `commissim status HERE/shards/1-of-2 HERE/shards/2-of-2` prints the commands that run what is missing or damaged; shards of another run go elsewhere"
    );
    let lived = AtomicU32::new(0);
    let counting = |unit: &[CellId]| {
        lived.fetch_add(1, Ordering::Relaxed);
        made_up::cells(&experiment, unit)
    };
    let first = Shard { index: 1, of: 2 };
    shard::run(&experiment, first, &counting, &resuming(one)).expect("mended");
    assert_eq!(lived.into_inner(), 2, "only what was missing or damaged");
    let parameters = whole.join("parameters.csv");
    std::fs::copy(parameters, two.join("parameters.csv")).expect("copied");
    merge::merge(&folders, &settings(&merged)).expect("merged");
    assert_eq!(numbers(&merged), numbers(&whole));
    // A manifest that was changed says nothing of cells any more: all are run again.
    let text = std::fs::read_to_string(one.join(SHARD)).expect("read");
    std::fs::write(one.join(SHARD), text.replacen("\"threads\": 1", "\"threads\": 9", 1))
        .expect("written");
    let said = refusal(merge::merge(&folders, &settings(&here.join("again"))), here);
    assert!(said.contains("HERE/shards/1-of-2: shard.json was changed after the run\n"), "{said}");
    sharded(&experiment, first, &resuming(one)).expect("mended");
    merge::merge(&folders, &settings(&here.join("again"))).expect("merged");
}

#[test]
fn complete_results_that_lose_cells_are_mended() {
    let parent = tempfile::tempdir().expect("a folder");
    let mine = parent.path().join("mine");
    let experiment = short(5);
    let simulate = |unit: &[CellId]| made_up::cells(&experiment, unit);
    run(&experiment, &simulate, &settings(&mine)).expect("ran");
    let before = numbers(&mine);
    std::fs::write(mine.join("cells/000-0-00000-000002.cell"), "nonsense").expect("written");
    std::fs::remove_file(mine.join("cells/000-0-00000-000004.cell")).expect("removed");
    let lived = AtomicU32::new(0);
    let counting = |unit: &[CellId]| {
        lived.fetch_add(1, Ordering::Relaxed);
        made_up::cells(&experiment, unit)
    };
    let done = run(&experiment, &counting, &resuming(&mine)).expect("mended");
    assert!(matches!(done, Done::Ran(_)));
    assert_eq!(lived.load(Ordering::Relaxed), 2, "only what was missing or damaged");
    assert_eq!(numbers(&mine), before);
    let done = run(&experiment, &counting, &resuming(&mine)).expect("complete");
    assert!(matches!(done, Done::AlreadyComplete(_)));
    assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 1);
}
