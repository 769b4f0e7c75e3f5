//! The pages of `docs/reference` say what the declarations say.

use crate::documents;
use crate::files::pinned;
use commissim::files::{self, Overrides};
use commissim::reference::Found;
use commissim::targets::{Role, Target};
use std::path::Path;
use std::process::Command;

#[test]
fn the_reference_is_that_of_the_declarations() {
    let pages = commissim::reference::pages().expect("pages");
    let mut stale = Vec::new();
    std::fs::create_dir_all("docs/reference").expect("a folder");
    for (name, text) in &pages {
        let path = format!("docs/reference/{name}");
        if pinned(Path::new(&path), text).is_some() {
            stale.push(path);
        }
    }
    assert!(stale.is_empty(), "stale: {}; UPDATE=1 cargo test reference", stale.join(", "));
    let on_disk = std::fs::read_dir("docs/reference").expect("a folder").count();
    assert_eq!(on_disk, pages.len(), "a page there is made by nobody");
}

/// What calibration and validation left, where it has been kept.
fn found() -> Found {
    let read = |name: &str| std::fs::read_to_string(Path::new("data").join(name)).ok();
    Found {
        validation: read("validation.csv"),
        fit: read("calibration_fit.csv"),
        everywhere: read("england_at_centre.csv"),
        moved: read("calibration.csv"),
        structures: read("structures.csv"),
    }
}

/// What is kept of a validation is of the targets that ship, word for word.
#[test]
fn what_was_validated_is_what_the_targets_say() {
    let (targets, _) = files::targets("england", &Overrides::default()).expect("they ship");
    let wanted: Vec<&Target> = targets.of(Role::Validate).collect();
    for file in ["data/validation.csv", "data/structures.csv"] {
        let mut reader = csv::Reader::from_path(file).expect("it is kept");
        let mut seen = std::collections::BTreeSet::new();
        for row in reader.deserialize() {
            let row: std::collections::BTreeMap<String, String> = row.expect("a row");
            let name = row["target"].as_str();
            let target = wanted.iter().find(|t| t.id == name);
            let target = target.unwrap_or_else(|| panic!("{file}: {name} is no target"));
            assert_eq!(row["what"], target.what, "{file}");
            assert_eq!(row["observed"], target.observed.written(), "{file}: {name}");
            assert_eq!(row["tolerance"].parse(), Ok(target.tolerance), "{file}: {name}");
            let reason = if row["verdict"] == "fail" { target.reason.as_str() } else { "" };
            assert_eq!(row["reason"], reason, "{file}: {name}");
            seen.insert(name.to_owned());
        }
        assert_eq!(seen.len(), wanted.len(), "{file}: some targets are missing");
    }
}

#[test]
fn stretches_that_are_made_say_what_they_are_made_from() {
    let found = found();
    let (mut stale, mut stretches) = (Vec::new(), 0);
    for (path, text) in documents::all() {
        let new = commissim::reference::filled(&text, &found);
        let new = new.unwrap_or_else(|error| panic!("{}: {error:#}", path.display()));
        stretches += text.lines().filter(|line| line.starts_with("<!-- generated: ")).count();
        if new != text && pinned(&path, &new).is_some() {
            stale.push(path.display().to_string());
        }
    }
    assert!(stale.is_empty(), "stale: {}; UPDATE=1 cargo test reference", stale.join(", "));
    assert!(stretches >= 12, "only {stretches}");
}

#[test]
fn help_is_what_the_program_prints() {
    for (typed, page) in commissim::cli::help() {
        let words = typed.split(' ').skip(1).chain(["--help"]);
        let mut command = Command::new(env!("CARGO_BIN_EXE_commissim"));
        let output = command.args(words).env_remove("COLUMNS").output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{typed}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), page, "{typed}");
        assert!(page.contains("\nExample") || page.contains("\nStart with:"), "{typed}");
    }
}
