//! Shards that cannot be run or joined, and what is said of them.

use super::*;

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
