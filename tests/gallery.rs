//! Bad files, each with its exact message beside it.

use std::path::{Path, PathBuf};

use commissim::files::{self, shipped::SHIPPED};
use proptest::prelude::*;

use crate::files::{pinned, toml_files};

/// Whether a file only serves others.
fn is_helper(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("helper"))
}

#[test]
fn every_bad_file_gets_its_exact_message() {
    let files = toml_files("tests/gallery");
    let bad: Vec<&PathBuf> = files.iter().filter(|path| !is_helper(path)).collect();
    assert!(bad.len() >= 45, "only {} bad files", bad.len());
    let mut stale = Vec::new();
    for path in bad {
        let name = path.to_string_lossy().into_owned();
        let checked = files::check(std::slice::from_ref(&name));
        assert!(!checked.problems.is_empty(), "{name} passes");
        stale.extend(pinned(&path.with_extension("stderr"), &checked.problems.to_string()));
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}

/// What `check` says about a file with this text.
fn said(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("any.toml");
    std::fs::write(&path, text).expect("a file");
    files::check(&[path.to_string_lossy().into_owned()]).problems.to_string()
}

/// Words that a file may hold in the wrong place.
const PIECES: [&str; 24] = [
    "",
    "\n",
    "=",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "#",
    ",",
    "é",
    "“",
    "-",
    "1e999",
    "nan",
    "0x",
    "true",
    "2015-04-01",
    "levers",
    "like = \"any.toml\"\n",
    "overlays = [\"any.toml\"]\n",
    "\r",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_brings_the_reader_down(text in "\\PC{0,60}") {
        said(&text);
    }

    #[test]
    fn no_slip_in_a_good_file_brings_the_reader_down(
        file in 0..SHIPPED.len(), from in 0usize..600, length in 0usize..12, piece in 0..PIECES.len(),
    ) {
        let chars: Vec<char> = SHIPPED[file].text.chars().collect();
        let from = from.min(chars.len());
        let to = (from + length).min(chars.len());
        let before: String = chars[..from].iter().collect();
        let after: String = chars[to..].iter().collect();
        said(&format!("{before}{}{after}", PIECES[piece]));
    }
}

#[test]
fn what_is_no_file_is_said_so() {
    let check = |name: &str| files::check(&[name.to_owned()]).problems.to_string();
    assert!(check("tendring").contains("did you mean `tendering`?"));
    assert!(check("dorset").is_empty());
    assert!(check("nowhere.toml").contains("there is no file `nowhere.toml`"));
    assert!(check("tests").contains("is a folder"));
}
