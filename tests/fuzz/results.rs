//! Results folders read back: manifests, cells, tables, and what unfinished runs keep.

use super::mutate::{Luck, mutated};
use super::{folder, tried};
use crate::made_up;
use crate::results::commissim_run;
use commissim::analysis::Analysis;
use commissim::briefing::book::Book;
use commissim::cell::CellId;
use commissim::economics::Economics;
use commissim::files::Overrides;
use commissim::store::{self, Wanted, cells, manifest};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Tables that are read back, and how much of each: enough for a row of every kind.
const ROWS: usize = 40;

/// A small results folder: cells and inputs, and the beginnings of its tables.
fn results(parent: &Path) -> std::path::PathBuf {
    let out = parent.join("mine");
    assert_eq!(commissim_run(&["--replicates", "2"], &out), 0);
    for entry in fs::read_dir(&out).expect("read") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "csv") {
            let text = fs::read_to_string(&path).expect("text");
            let few: String = text.split_inclusive('\n').take(ROWS).collect();
            fs::write(&path, few).expect("written");
        }
    }
    fs::remove_file(out.join("runs.parquet")).expect("removed");
    out
}

/// The manifest's bytes with a checksum that is right again, where it is JSON still.
fn sealed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    value.as_object_mut()?.remove("checksum");
    manifest::sealed(value).ok()
}

#[test]
fn no_manifest_brings_it_down() {
    let parent = folder();
    let out = results(parent.path());
    for big in ["summary.csv", "differences.csv", "placebo.csv", "columns.csv", "series.parquet"] {
        fs::remove_file(out.join(big)).expect("removed");
    }
    let path = out.join("manifest.json");
    let corpus = [fs::read(&path).expect("there")];
    let (asked, _) =
        commissim::files::experiment("quick", &Overrides::default()).expect("built in");
    tried("manifests", (150, 30_000), |luck| {
        let mut bytes = mutated(luck, &corpus);
        if luck.one_in(2) {
            bytes = sealed(&bytes).unwrap_or(bytes);
        }
        fs::write(&path, &bytes).expect("written");
        let opened = store::folder::open(&out);
        let passed = opened.is_ok();
        if let Ok(folder) = opened {
            let differ = folder.differences().expect("it can be read");
            let _ =
                (folder.wrong(&differ, |_| true), folder.counts(), folder.inputs(), folder.seed());
            let _ = (folder.code().to_string(), folder.outputs().count());
            if luck.one_in(8) {
                let _ = folder.experiment();
                let _ = store::extension::earlier(&out, &asked);
            }
        }
        (passed, bytes)
    });
}

/// Begins and mark of the file of a cell: what stands before what is compressed.
const BEFORE: usize = "commissim cell 3\n".len() + 16;

fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = blake3::hash(&bytes);
    bytes.extend_from_slice(checksum.as_bytes());
    bytes
}

#[test]
fn no_cell_brings_it_down() {
    let folder = folder();
    fs::create_dir(folder.path().join("cells")).expect("made");
    let experiment = made_up::experiment(&["one"], 1);
    let id = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };
    let cell = made_up::cell(&experiment, id);
    let whole = cells::encode(&cell, experiment.years).expect("encoded");
    let plain = postcard::to_stdvec(&cell).expect("encoded");
    let (whole, plain) = ([whole], [plain]);
    let path = cells::path(folder.path(), id);
    tried("cells", (150, 20_000), |luck| {
        let bytes = match luck.below(4) {
            0 => mutated(luck, &whole),
            1 => {
                let body = whole[0][..whole[0].len() - blake3::OUT_LEN].to_vec();
                with_checksum(mutated(luck, &[body]))
            }
            _ => {
                let body = few_flips(luck, &plain);
                let packed = zstd::encode_all(body.as_slice(), 1).expect("packed");
                with_checksum([&whole[0][..BEFORE], &packed].concat())
            }
        };
        fs::write(&path, &bytes).expect("written");
        let read = cells::read(folder.path(), id, 3, experiment.years);
        let passed = read.is_ok();
        if let Ok(cell) = read {
            let mut analysis = Analysis::new(&experiment);
            analysis.add(&cell);
            let mut economics = Economics::new(&experiment);
            economics.add(&cell);
            if luck.one_in(4) {
                let _ = (analysis.findings(), economics.findings());
            }
        }
        (passed, bytes)
    });
}

/// Bytes with a few changed, or with anything done to them.
fn few_flips(luck: &mut Luck, plain: &[Vec<u8>; 1]) -> Vec<u8> {
    if luck.one_in(4) {
        return mutated(luck, plain);
    }
    let mut bytes = plain[0].clone();
    for _ in 0..=luck.below(3) {
        let at = luck.below(bytes.len());
        bytes[at] = luck.next() as u8;
    }
    bytes
}

#[test]
fn no_table_brings_it_down() {
    let parent = folder();
    let out = results(parent.path());
    let experiment = made_up::experiment(&["one", "two"], 2);
    let tables: Vec<String> = fs::read_dir(&out)
        .expect("read")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| {
            let read_back = name.ends_with(".csv") && name != "columns.csv";
            read_back || name == "series.parquet"
        })
        .collect();
    assert!(tables.len() >= 9, "{tables:?}");
    let whole: Vec<Vec<u8>> =
        tables.iter().map(|name| fs::read(out.join(name)).expect("there")).collect();
    tried("tables", (60, 4_000), |luck| {
        let at = luck.below(tables.len());
        let path = out.join(&tables[at]);
        let bytes = mutated(luck, &whole[at..=at]);
        fs::write(&path, &bytes).expect("written");
        let book = Book::of(&out, experiment.clone(), Value::Null);
        let passed = book.is_ok();
        if let Ok(mut book) = book {
            let _ = book.tell(&bytes);
        }
        fs::write(&path, &whole[at]).expect("written");
        (passed, bytes)
    });
}

#[test]
fn nothing_that_an_unfinished_run_keeps_brings_it_down() {
    let parent = folder();
    let out = parent.path().join("mine");
    let experiment = made_up::experiment(&["one"], 1);
    let wanted = |resume| Wanted { out: Some(out.clone()), resume, ..Wanted::default() };
    drop(store::open(&experiment, &wanted(false)).expect("begun"));
    let work = parent.path().join("mine.unfinished");
    let earlier = br#"{"replicates":2,"how":{"command":["commissim"],"threads":2}}"#.to_vec();
    let kept = [
        ("code.json", fs::read(work.join("code.json")).expect("there")),
        ("replaces.json", earlier),
        ("experiment.toml", fs::read(work.join("experiment.toml")).expect("there")),
    ];
    tried("what is kept", (100, 20_000), |luck| {
        let (name, whole) = &kept[luck.below(kept.len())];
        let bytes = mutated(luck, std::slice::from_ref(whole));
        fs::write(work.join(name), &bytes).expect("written");
        let passed = store::open(&experiment, &wanted(true)).is_ok();
        let _ = store::open(&experiment, &wanted(false)).map_err(|error| format!("{error:#}"));
        match *name {
            "replaces.json" => fs::remove_file(work.join(name)).expect("removed"),
            name => fs::write(work.join(name), whole).expect("written"),
        }
        (passed, bytes)
    });
}
