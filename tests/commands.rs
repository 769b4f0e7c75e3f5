//! What the commands that do not simulate print, and their exit codes, from the
//! program itself. Their help is pinned in `docs/reference/command-line.md`.

use std::path::Path;
use std::process::Command;

/// What a command gave: exit code, standard output, standard error.
pub type Given = (i32, String, String);

pub fn commissim_in(folder: &Path, words: &[&str]) -> Given {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commissim"));
    // A page is as wide as the terminal; here there is none.
    let command = command.args(words).current_dir(folder).env_remove("COLUMNS");
    let output = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("it ended by itself"), text(output.stdout), text(output.stderr))
}

fn commissim(words: &[&str]) -> Given {
    commissim_in(Path::new("."), words)
}

#[test]
fn check_says_what_was_read_and_that_it_is_fine() {
    let (code, out, err) =
        commissim(&["check", "four-regimes", "scenarios/regimes/tendering.toml"]);
    insta::assert_snapshot!(out, @r"
    four-regimes: an experiment; nothing wrong
    scenarios/regimes/tendering.toml: a regime; nothing wrong
    ");
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn check_says_everything_that_is_wrong_with_every_file() {
    let (code, out, err) = commissim(&[
        "check",
        "tests/gallery/experiment-unknown-place.toml",
        "tests/gallery/regime-lots-without-tender.toml",
        "no-such-file.toml",
    ]);
    for file in ["experiment-unknown-place.toml:", "regime-lots-without-tender.toml:", "no-such"] {
        assert!(err.contains(file), "{file} is missing:\n{err}");
    }
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(commissim(&["check"]).0, 2, "a file is wanted");
}

#[test]
fn lists_are_for_people_and_for_programs() {
    let (code, out, _) = commissim(&["list", "mechanisms"]);
    let first = "  managed         The council holds the budget and contracts for support.\n";
    assert!(out.starts_with(first), "{out}");
    assert_eq!(code, 0);
    for what in ["places", "regimes", "levers", "parameters", "metrics", "experiments"] {
        let (code, out, err) = commissim(&["list", what, "--json"]);
        let rows: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert!(rows.as_array().is_some_and(|rows| rows.len() > 1), "{what}");
        assert_eq!((code, err.as_str()), (0, ""), "{what}");
    }
}

#[test]
fn a_list_that_is_not_there_gets_a_suggestion() {
    let (code, out, err) = commissim(&["list", "levrs"]);
    insta::assert_snapshot!(err, @r"
    error: there is no list of `levrs`
    help: did you mean `levers`?
    ");
    assert_eq!((code, out.as_str()), (2, ""));
}

#[test]
fn explain_says_what_a_name_means() {
    let (code, out, err) = commissim(&["explain", "fit_prevents_crisi"]);
    insta::assert_snapshot!(err, @r"
    error: nothing is called `fit_prevents_crisi`
    help: did you mean `fit-prevents-crisis`?
    ");
    assert_eq!((code, out.as_str()), (1, ""));
    let (code, out, err) = commissim(&["explain", "fit-prevents-crisis"]);
    insta::assert_snapshot!(out, @r#"
    fit-prevents-crisis  (structure)

    Fit lowers the hazards of crisis.

      switch off      [structure] off = ["fit-prevents-crisis"] in an experiment
    "#);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn init_writes_an_experiment_that_passes_and_replaces_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = commissim_in(folder.path(), &["init", "mine.toml"]);
    insta::assert_snapshot!(out, @r"
    mine.toml is an experiment to start from: edit it, then
      commissim check mine.toml
      commissim run mine.toml
    ");
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(commissim_in(folder.path(), &["check", "mine.toml"]).0, 0);

    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "a week's work").expect("written");
    let (code, out, err) = commissim_in(folder.path(), &["init", "mine.toml"]);
    insta::assert_snapshot!(err, @r"
    error: `mine.toml` is there already
    help: name a file that is not there yet; nothing was written
    ");
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(std::fs::read_to_string(&path).expect("there"), "a week's work");

    let (code, _, err) = commissim_in(folder.path(), &["init", "nowhere/mine.toml"]);
    assert_eq!(
        (code, err.as_str()),
        (
            1,
            "error: there is no folder `nowhere`\nhelp: a folder on the way there does not exist: make it first, or name another\n"
        )
    );
    let left = std::fs::read_dir(folder.path()).expect("read").count();
    assert_eq!(left, 1, "nothing else is left behind");
}

#[test]
fn slips_are_usage_and_get_a_suggestion() {
    let (code, _, err) = commissim(&["chek", "mine.toml"]);
    assert!(code == 2 && err.contains("'check'"), "{err}");
    let (code, _, err) = commissim(&["list", "levers", "--jsn"]);
    assert!(code == 2 && err.contains("--json"), "{err}");
    let (code, out, _) = commissim(&["--version"]);
    assert_eq!((code, out), (0, format!("commissim {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn an_empty_file_is_said_to_be_taken_for_a_regime() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("empty.toml"), "# nothing yet\n").expect("written");
    std::fs::write(folder.path().join("named.toml"), "name = \"Mine\"\n").expect("written");
    let (code, out, err) = commissim_in(folder.path(), &["check", "empty.toml", "named.toml"]);
    insta::assert_snapshot!(out, @r"
    empty.toml: empty, so it is taken for a regime that changes nothing; nothing wrong
    named.toml: a regime; nothing wrong
    ");
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn numbers_that_cannot_be_get_their_bounds() {
    for (option, bounds) in [
        ("--seed", "a whole number, 0 or more"),
        ("--years", "a whole number, 0 or more"),
        ("--threads", "a whole number from 1 to 1024"),
    ] {
        for value in ["-1", "2.5", "many"] {
            let (code, _, err) = commissim(&["run", option, value]);
            assert_eq!(code, 2, "{option} {value}");
            assert!(err.contains(&format!("invalid value '{value}'")), "{err}");
            assert!(err.contains(bounds), "{err}");
        }
    }
    let (code, _, err) = commissim(&["run", "--resume", "--overwrite"]);
    assert!(code == 2 && err.contains("cannot be used with"), "{err}");
}

#[test]
fn where_results_cannot_go_is_said_plainly() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("file"), "mine").expect("written");
    let small = ["run", "--place", "town", "--years", "1", "--replicates", "1", "--out"];
    let run = |out: &str, more: &[&str]| {
        commissim_in(folder.path(), &[&small[..], &[out], more].concat())
    };
    let (code, out, err) = run("file", &[]);
    insta::assert_snapshot!(err, @r"
    error: `--out file` is a file, and results need a folder
    help: give another name; nothing was written
    ");
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(std::fs::read_to_string(folder.path().join("file")).expect("there"), "mine");
}
