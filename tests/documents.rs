//! What the documents say can be found: links, tests and examples.

use std::path::{Path, PathBuf};

/// The documents that people write, and their texts.
pub fn all() -> Vec<(PathBuf, String)> {
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
    let documents = all();
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
    for (path, text) in all() {
        for words in text.split('`').skip(1).step_by(2) {
            let is_path = ["src/", "tests/", "data/", "docs/", "scenarios/", "cluster/", ".ci/"]
                .iter()
                .any(|folder| words.starts_with(folder));
            if is_path && !words.contains(['*', ' ', '<']) && !Path::new(words).exists() {
                missing.push(format!("{}: {words}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Every file of Rust below a folder, and its text.
fn rust_files(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            files.push((path, text));
        }
    }
}

/// Documents that name tests: (path, how many at least).
const NAME_TESTS: &[(&str, usize)] = &[
    ("ARCHITECTURE.md", 12),
    ("docs/model.md", 1),
    ("docs/trace.md", 40),
    ("docs/validation.md", 7),
    ("docs/decisions/0004-history-matching.md", 3),
];

#[test]
fn every_test_that_a_document_names_is_there() {
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        rust_files(Path::new(folder), &mut files);
    }
    let mut wrong = Vec::new();
    for (path, fewest) in NAME_TESTS {
        let text = std::fs::read_to_string(path).expect("there");
        let mut named = 0;
        let words = text.split('`').skip(1).step_by(2);
        for words in words.filter(|words| words.contains("::") && !words.contains(' ')) {
            let (module, test) = words.rsplit_once("::").expect("two colons");
            let module = module.trim_end_matches("::tests").rsplit("::").next().unwrap_or(module);
            let header = format!("#[test]\n{{}}fn {test}(");
            let there = files.iter().any(|(file, text)| {
                let mut parts = file.iter().rev().take(2).map(|part| part.to_string_lossy());
                let inside = parts.any(|part| part.trim_end_matches(".rs") == module);
                let headers = ["", "    "].map(|indent| header.replace("{}", indent));
                inside && headers.iter().any(|header| text.contains(header))
            });
            if !there {
                wrong.push(format!("{path}: there is no test {words}"));
            }
            named += 1;
        }
        if named < *fewest {
            wrong.push(format!("{path} names {named} tests only"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
