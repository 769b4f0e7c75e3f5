//! The pages of `docs/reference` say what the declarations say.

use crate::documents;
use crate::files::pinned;
use commissim::reference::Found;
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
        moved: read("calibration.csv"),
        structures: read("structures.csv"),
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
