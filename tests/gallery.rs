//! Bad files, each with its exact message beside it.

use std::path::{Path, PathBuf};

use commissim::files;

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
