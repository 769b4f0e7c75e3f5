use super::*;
use crate::made_up;

fn wanted(out: &Path) -> Wanted {
    Wanted { out: Some(out.to_owned()), ..Wanted::default() }
}

fn run(opened: Opened) -> Store {
    match opened {
        Opened::Run(store) => store,
        Opened::Complete(folder) => panic!("{} is complete", folder.display()),
    }
}

fn how() -> How {
    How::new(&[], 1, std::time::SystemTime::now())
}

fn complaint<T: std::fmt::Debug>(result: anyhow::Result<T>) -> String {
    format!("{:#}", result.expect_err("refused"))
}

#[test]
fn a_folder_is_complete_or_not_there() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let experiment = made_up::experiment(&["one"], 1);
    let store = run(open(&experiment, &wanted(&out)).expect("opened"));
    assert!(!out.exists() && parent.path().join("mine.unfinished").exists());
    let again = complaint(open(&experiment, &wanted(&out)));
    assert!(again.contains("another run is writing"), "{again}");
    publish_bytes(&store.work().join("summary.csv"), b"a\n").expect("written");
    store.finish(&experiment, &how()).expect("finished");
    assert!(out.exists() && !parent.path().join("mine.unfinished").exists());
    let there: Vec<String> =
        files::checksums(&out).expect("read").into_iter().map(|(path, _)| path).collect();
    let expected = [
        "experiment.toml",
        "manifest.json",
        "parameters.csv",
        "places/town.toml",
        "regimes/one.toml",
        "regimes/status-quo.toml",
        "ro-crate-metadata.json",
        "summary.csv",
    ];
    assert_eq!(there, expected);
    assert!(manifest::is_sound(&fs::read(out.join(MANIFEST)).expect("there")));
}

#[cfg(unix)]
#[test]
fn of_results_behind_a_link_the_link_is_replaced_and_they_stay() {
    let parent = tempfile::tempdir().expect("a folder");
    let (there, out) = (parent.path().join("there"), parent.path().join("mine"));
    let experiment = made_up::experiment(&["one"], 1);
    let leaves = |folder: &Path| {
        let forced = Wanted { overwrite: true, ..wanted(folder) };
        let store = run(open(&experiment, &forced).expect("opened"));
        store.finish(&experiment, &how()).expect("finished");
    };
    leaves(&there);
    std::os::unix::fs::symlink(&there, &out).expect("linked");
    leaves(&out);
    assert!(there.join(MANIFEST).exists() && out.join(MANIFEST).exists());
    assert!(!out.is_symlink() && !parent.path().join("mine.replaced").is_symlink());
}

#[test]
fn what_is_there_is_only_replaced_when_asked_and_only_if_it_is_results() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let experiment = made_up::experiment(&["one"], 1);
    fs::create_dir(&out).expect("made");
    fs::write(out.join("letter.txt"), "Dear").expect("written");
    let refused = complaint(open(&experiment, &wanted(&out)));
    assert!(refused.contains("not empty"), "{refused}");
    let forced = Wanted { overwrite: true, ..wanted(&out) };
    let refused = complaint(open(&experiment, &forced));
    assert!(refused.contains("not a results folder"), "{refused}");
    assert!(!parent.path().join("mine.unfinished").exists());

    fs::remove_file(out.join("letter.txt")).expect("removed");
    let leaves = |store: Store, table: &str| {
        publish_bytes(&store.work().join(table), b"").expect("written");
        store.finish(&experiment, &how()).expect("finished");
    };
    leaves(run(open(&experiment, &wanted(&out)).expect("empty, so free")), "old.csv");
    assert!(open(&experiment, &wanted(&out)).is_err());
    leaves(run(open(&experiment, &forced).expect("replaces")), "new.csv");
    assert!(out.join("new.csv").exists() && !out.join("old.csv").exists());
    assert_eq!(fs::read_dir(parent.path()).expect("read").count(), 1);
}

#[test]
fn resuming_starts_goes_on_says_it_is_complete_or_refuses() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let resume = Wanted { resume: true, ..wanted(&out) };
    let experiment = made_up::experiment(&["one"], 2);
    let id = CellId { system: 0, beliefs: 0, draw: 0, replicate: 1 };

    let store = run(open(&experiment, &resume).expect("nothing there: starts"));
    store.cells().write(&made_up::cell(&experiment, id)).expect("written");
    drop(store);

    let plain = complaint(open(&experiment, &wanted(&out)));
    assert!(plain.contains("--resume"), "{plain}");
    let mut other = experiment.clone();
    other.seed = 8;
    let refused = complaint(open(&other, &resume));
    assert!(refused.contains("there `seed = 7`, now `seed = 8`"), "{refused}");
    let more = complaint(open(&made_up::experiment(&["one", "two"], 2), &resume));
    assert!(more.contains("experiment.toml differs"), "{more}");

    let store = run(open(&experiment, &resume).expect("goes on"));
    assert!(store.read(id).expect("sound").is_some());
    assert!(store.read(CellId { replicate: 0, ..id }).expect("sound").is_none());
    store.finish(&experiment, &how()).expect("finished");
    assert!(matches!(open(&experiment, &resume), Ok(Opened::Complete(_))));
    assert!(complaint(open(&other, &resume)).contains("seed"));
}

#[test]
fn other_code_is_not_gone_on_from() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let experiment = made_up::experiment(&["one"], 2);
    drop(run(open(&experiment, &wanted(&out)).expect("opened")));
    let code = parent.path().join("mine.unfinished").join(CODE);
    fs::write(code, br#"{"commit":"x","modified":false,"version":"0"}"#).expect("written");
    let resume = Wanted { resume: true, ..wanted(&out) };
    let refused = complaint(open(&experiment, &resume));
    assert!(refused.contains("other code"), "{refused}");
}

#[test]
fn a_run_stopped_before_it_began_can_be_taken_up() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    fs::create_dir(parent.path().join("mine.unfinished")).expect("made");
    let resume = Wanted { resume: true, ..wanted(&out) };
    let store = run(open(&made_up::experiment(&["one"], 2), &resume).expect("taken up"));
    assert!(store.work().join("cells").is_dir() && store.work().join(CODE).is_file());
}

#[test]
fn where_nothing_can_be_written_nothing_is_left() {
    let parent = tempfile::tempdir().expect("a folder");
    let file = parent.path().join("file");
    fs::write(&file, "in the way").expect("written");
    let experiment = made_up::experiment(&["one"], 2);
    let refused = complaint(open(&experiment, &wanted(&file.join("mine"))));
    assert!(refused.contains("cannot"), "{refused}");
    assert!(complaint(open(&experiment, &wanted(Path::new("..")))).contains("name a folder"));
    assert_eq!(fs::read_dir(parent.path()).expect("read").count(), 1);
}

#[test]
fn a_run_that_was_killed_says_what_is_kept_and_how_to_go_on() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let experiment = made_up::experiment(&["one"], 5);
    let store = run(open(&experiment, &wanted(&out)).expect("opened"));
    for replicate in 0..2 {
        let id = CellId { system: 0, beliefs: 0, draw: 0, replicate };
        store.cells().write(&made_up::cell(&experiment, id)).expect("written");
    }
    // As when it is killed: nothing is tidied up, and the lock goes with the process.
    drop(store);
    let said = |experiment: &Experiment| {
        let said = complaint(open(experiment, &wanted(&out)));
        said.replace(&parent.path().display().to_string(), "HERE")
    };
    assert_eq!(
        said(&experiment),
        "this run was stopped before it was finished: 2 of its 5 cells are kept in HERE/mine.unfinished\n\
         help: type the command again with --resume to go on with it, or with --overwrite to throw them away and start afresh"
    );
    let other = Experiment { seed: 8, ..experiment };
    let other = said(&other);
    assert!(
        other.starts_with(
            "a run into HERE/mine was stopped before it was finished, and it is not this one: "
        ),
        "{other}"
    );
    assert!(other.contains("there `seed = 7`, now `seed = 8`"), "{other}");
    assert!(other.ends_with("or --overwrite to throw away its 2 finished cells"), "{other}");
}
