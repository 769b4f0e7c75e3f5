//! What the documents say can be found: links, tests and examples.

use crate::sources;
use std::path::{Path, PathBuf};

/// The documents that people write, and their texts.
fn documents() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    for folder in [".", "docs", "docs/decisions", "data"] {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a folder can be listed").path();
            if path.extension().is_some_and(|end| end == "md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a document");
    paths.iter().map(|path| (path.clone(), read(path))).collect()
}

#[test]
fn links_lead_somewhere() {
    let documents = documents();
    assert!(documents.len() >= 8, "only {} documents", documents.len());
    let mut broken = Vec::new();
    for (path, text) in &documents {
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap_or_default();
            let folder = path.parent().unwrap_or(Path::new("."));
            if !target.is_empty() && !target.contains("://") && !folder.join(target).exists() {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_that_are_named_are_there() {
    let mut missing = Vec::new();
    for (path, text) in documents() {
        for words in text.split('`').skip(1).step_by(2) {
            let is_path = ["src/", "tests/", "data/", "docs/", "scenarios/", ".ci/"]
                .iter()
                .any(|folder| words.starts_with(folder));
            if is_path && !words.contains(['*', ' ', '<']) && !Path::new(words).exists() {
                missing.push(format!("{}: {words}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_invariant_names_a_test_that_is_there() {
    let text = std::fs::read_to_string("ARCHITECTURE.md").expect("there");
    let rows = text.split("| what holds | test |").nth(1).expect("a table of invariants");
    let mut code = String::new();
    for folder in ["src", "tests"] {
        code.extend(sources::below(folder).into_iter().map(|file| file.text));
    }
    let mut named = 0;
    for words in rows.split('`').skip(1).step_by(2).filter(|words| words.contains("::")) {
        let test = words.rsplit("::").next().unwrap_or_default();
        assert!(code.contains(&format!("fn {test}()")), "there is no test {words}");
        named += 1;
    }
    assert!(named >= 12, "only {named}");
}

#[test]
fn the_regime_of_the_readme_passes() {
    let text = std::fs::read_to_string("README.md").expect("there");
    let folder = tempfile::tempdir().expect("a folder");
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).collect();
    assert!(!blocks.is_empty());
    for (index, block) in blocks.iter().enumerate() {
        let path = folder.path().join(format!("example-{index}.toml"));
        std::fs::write(&path, block.split("```").next().unwrap_or_default()).expect("written");
        let checked = commissim::files::check(&[path.to_string_lossy().into_owned()]);
        assert!(checked.problems.is_empty(), "{}", checked.problems);
    }
}
