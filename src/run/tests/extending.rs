//! Runs that are added to.

use super::*;
use crate::designs::Design;
use crate::experiment::Precision;
use crate::store::files::publish_bytes;
use crate::store::manifest;
use crate::uncertainty::{Beliefs, Uncertainty};
use serde_json::Value;

fn extending(out: &Path) -> Settings {
    let mut settings = settings(out);
    settings.wanted.extend = true;
    settings
}

fn drawn(design: Design, draws: u32, replicates: u32) -> Experiment {
    let beliefs = [Beliefs::Agnostic, Beliefs::Sceptic];
    let mut experiment = made_up::experiment(&["one"], replicates);
    experiment.uncertainty = Some(Uncertainty::designed(design, draws, &beliefs, |_| false, 7));
    experiment
}

/// The first rows of a set of draws that stand in no design.
fn of_a_set(draws: u32) -> Experiment {
    let mut experiment = drawn(Design::LatinHypercube, 9, 2);
    let drawn = experiment.uncertainty.as_mut().expect("drawn");
    drawn.design = None;
    drawn.draws = draws;
    let blocks = std::sync::Arc::make_mut(&mut drawn.blocks);
    blocks.iter_mut().for_each(|block| block.rows.truncate(draws as usize));
    experiment
}

/// Runs, and says how many cells that took.
fn ran(experiment: &Experiment, settings: &Settings) -> usize {
    ran_with(experiment, settings, &|unit| made_up::cells(experiment, unit))
}

fn ran_with(experiment: &Experiment, settings: &Settings, cells: Simulate<'_>) -> usize {
    let lived = AtomicUsize::new(0);
    let simulate = |unit: &[CellId]| {
        lived.fetch_add(unit.len(), Ordering::Relaxed);
        cells(unit)
    };
    run(experiment, &simulate, settings).expect("ran");
    lived.into_inner()
}

fn what(folder: &Path) -> Value {
    let manifest = std::fs::read(folder.join("manifest.json")).expect("there");
    assert!(manifest::is_sound(&manifest));
    let mut manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    manifest["what"].take()
}

#[test]
fn extended_runs_are_those_of_asking_for_all_at_once() {
    use Design::{LatinHypercube, Sobol};
    let plain = |replicates| made_up::experiment(&["one", "two"], replicates);
    let cases = [
        ("replicates", plain(3), plain(7), 4),
        ("enough for verdicts", plain(1), plain(20), 19),
        ("draws", drawn(Sobol, 3, 2), drawn(Sobol, 6, 2), 2 * 3 * 2),
        ("replicates of draws", drawn(Sobol, 3, 2), drawn(Sobol, 3, 3), 2 * 3),
        ("both", drawn(Sobol, 3, 2), drawn(Sobol, 4, 3), 2 * (3 + 3)),
        ("replicates of a hypercube", drawn(LatinHypercube, 4, 2), drawn(LatinHypercube, 4, 3), 8),
        ("rows of a set", of_a_set(4), of_a_set(7), 2 * 3 * 2),
    ];
    for (case, few, many, more) in cases {
        let parent = tempfile::tempdir().expect("a folder");
        let (mine, at_once) = (parent.path().join("mine"), parent.path().join("at-once"));
        ran(&few, &settings(&mine));
        assert_eq!(ran(&many, &extending(&mine)), more, "{case}: only what was missing");
        ran(&many, &settings(&at_once));
        assert_eq!(numbers(&mine), numbers(&at_once), "{case}");
        assert_eq!(what(&mine), what(&at_once), "{case}");
        assert_eq!(ran(&many, &extending(&mine)), 0, "{case}: there is nothing more to add");
        assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 2, "{case}");
    }
}

#[test]
fn the_manifest_says_what_was_added_to() {
    let parent = tempfile::tempdir().expect("a folder");
    let mine = parent.path().join("mine");
    let few = Settings { command: vec!["few".to_owned()], ..settings(&mine) };
    ran(&made_up::experiment(&["one"], 2), &few);
    ran(&made_up::experiment(&["one"], 3), &extending(&mine));
    let manifest = std::fs::read(mine.join("manifest.json")).expect("there");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let extends = &manifest["how"]["extends"];
    assert_eq!(extends["replicates"], 2);
    assert_eq!(extends["how"]["command"][0], "few");
}

#[test]
fn runs_with_a_precision_are_extended_to_a_finer_one_and_to_a_number() {
    let parent = tempfile::tempdir().expect("a folder");
    let mine = parent.path().join("mine");
    let to = |share, most| {
        let precision = Some(Precision { share, most, widths: Vec::new() });
        Experiment { precision, ..made_up::experiment(&["one"], 100) }
    };
    let steps = [
        ("coarse", to(1.0, 20), 20),
        ("fine", to(0.000_1, 50), 30),
        ("more", to(0.000_1, 60), 10),
        ("a number", made_up::experiment(&["one"], 61), 1),
    ];
    for (case, experiment, more) in &steps {
        // Differences that vary from replicate to replicate.
        let noisy = |unit: &[CellId]| {
            let mut cells = made_up::cells(experiment, unit);
            for cell in &mut cells {
                let other = CellId { replicate: cell.id.replicate + 1000, ..cell.id };
                cell.worlds[1] = made_up::cell(experiment, other).worlds.swap_remove(1);
            }
            cells
        };
        let how = if *case == "coarse" { settings(&mine) } else { extending(&mine) };
        assert_eq!(ran_with(experiment, &how, &noisy), *more, "{case}");
        let at_once = parent.path().join("at-once");
        ran_with(experiment, &settings(&at_once), &noisy);
        assert_eq!(numbers(&mine), numbers(&at_once), "{case}");
        std::fs::remove_dir_all(&at_once).expect("removed");
    }
    let before = numbers(&mine);
    let simulate = |unit: &[CellId]| made_up::cells(&steps[0].1, unit);
    let refused = run(&steps[0].1, &simulate, &extending(&mine)).expect_err("refused");
    assert_eq!(
        format!("{refused:#}").replace(&mine.display().to_string(), "MINE"),
        "MINE has 61 replicates, and 20 are as many as that precision takes: there is nothing to add"
    );
    assert_eq!(numbers(&mine), before);
    assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 1);
}

#[test]
fn what_cannot_be_added_to_is_refused_with_the_reason_and_left_as_it_is() {
    use Design::{LatinHypercube, Sobol};
    let parent = tempfile::tempdir().expect("a folder");
    let here = parent.path().display().to_string();
    let mine = |name: &str| parent.path().join(name);
    let refused = |name: &str, experiment: &Experiment| {
        let before = mine(name).exists().then(|| checksums(&mine(name)).expect("read"));
        let simulate = |_: &[CellId]| panic!("nothing is simulated");
        let error = run(experiment, &simulate, &extending(&mine(name))).expect_err("refused");
        let after = mine(name).exists().then(|| checksums(&mine(name)).expect("read"));
        assert!(before == after && !mine(&format!("{name}.unfinished")).exists(), "{name}");
        format!("{error:#}").replace(&here, "HERE")
    };
    let afresh = "help: --extend adds replicates or draws to the same experiment, run by the same code; run this one into a folder of its own with --out";
    let plain = made_up::experiment(&["one"], 4);
    assert_eq!(
        refused("none", &plain),
        "there are no results in HERE/none to add to\nhelp: leave --extend out to run it"
    );
    std::fs::create_dir(mine("other")).expect("made");
    assert_eq!(
        refused("other", &plain),
        "HERE/other is not a results folder: it has no manifest.json\nhelp: name a folder that a run made, such as results/four-regimes"
    );

    ran(&plain, &settings(&mine("plain")));
    let more = made_up::experiment(&["one"], 6);
    let seed = Experiment { seed: 8, ..more.clone() };
    assert_eq!(
        refused("plain", &seed),
        format!(
            "HERE/plain cannot be extended to this run: experiment.toml differs, line 9: there `seed = 7`, now `seed = 8`\n{afresh}"
        )
    );
    let mut lever = more.clone();
    lever.regimes[0].changes[0].settings[0].1 = crate::declare::Setting::Number(3.0);
    assert_eq!(
        refused("plain", &lever),
        format!(
            "HERE/plain cannot be extended to this run: regimes/one.toml differs, line 6: there `catalysts = 2`, now `catalysts = 3`\n{afresh}"
        )
    );
    assert_eq!(
        refused("plain", &made_up::experiment(&["one"], 3)),
        "HERE/plain has 4 replicates already, and 3 are asked for\nhelp: --replicates says how many there are to be in all, the 4 among them"
    );
    let now_drawn = refused("plain", &drawn(Sobol, 2, 4));
    assert!(now_drawn.contains("cannot be extended to this run: experiment.toml"), "{now_drawn}");

    ran(&drawn(LatinHypercube, 4, 2), &settings(&mine("latin")));
    assert_eq!(
        refused("latin", &drawn(LatinHypercube, 6, 2)),
        "HERE/latin has 4 draws of a Latin hypercube, to which none can be added: each lies in one of 4 equal parts of its range, and with 6 of them every draw would be another\nhelp: add replicates with --replicates, or run it into a folder of its own with --design sobol, whose draws stay the same however many there are"
    );
    assert_eq!(
        refused("latin", &drawn(LatinHypercube, 3, 2)),
        "HERE/latin has 4 draws already, and 3 are asked for\nhelp: --draws says how many there are to be in all, the 4 among them"
    );
    assert_eq!(
        refused("latin", &drawn(Sobol, 6, 2)),
        format!(
            "HERE/latin cannot be extended to this run: experiment.toml differs, line {}: there `design = \"latin-hypercube\"`, now `design = \"sobol\"`\n{afresh}",
            line_of(&mine("latin"), "design")
        )
    );

    // Other code made it.
    let manifest = mine("plain").join("manifest.json");
    let good = std::fs::read(&manifest).expect("there");
    let mut other: Value = serde_json::from_slice(&good).expect("JSON");
    other.as_object_mut().expect("an object").remove("checksum");
    other["what"]["code"]["version"] = "0.0.9".into();
    publish_bytes(&manifest, &manifest::sealed(other).expect("sealed")).expect("written");
    let other = refused("plain", &more);
    assert!(other.contains("this run: it was made by other code, {"), "{other}");
    assert!(other.contains("0.0.9") && other.ends_with(afresh), "{other}");
    publish_bytes(&manifest, &good).expect("written");

    let cell = mine("plain").join("cells/000-0-00000-000001.cell");
    std::fs::copy(mine("plain").join("cells/000-0-00000-000002.cell"), cell).expect("copied");
    assert_eq!(
        refused("plain", &more),
        "HERE/plain is not extended, since cells/000-0-00000-000001.cell was changed after the run\nhelp: `commissim verify HERE/plain` says everything that is wrong"
    );
}

fn line_of(folder: &Path, key: &str) -> usize {
    let text = std::fs::read_to_string(folder.join("experiment.toml")).expect("there");
    1 + text.lines().position(|line| line.starts_with(key)).expect("there")
}

#[test]
fn resuming_says_where_a_run_could_be_extended() {
    let parent = tempfile::tempdir().expect("a folder");
    let mine = parent.path().join("mine");
    ran(&made_up::experiment(&["one"], 2), &settings(&mine));
    let mut resume = settings(&mine);
    resume.wanted.resume = true;
    let simulate = |_: &[CellId]| panic!("nothing is simulated");
    let more = made_up::experiment(&["one"], 3);
    let refused = run(&more, &simulate, &resume).expect_err("refused");
    let refused = format!("{refused:#}");
    assert!(refused.contains("there `replicates = 2`, now `replicates = 3`"), "{refused}");
    assert!(refused.ends_with("help: add to it with --extend, or give another --out"), "{refused}");
}
