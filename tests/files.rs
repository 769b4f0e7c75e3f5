//! What is read from files: those built in pass, and what is typed stands over them.

use std::path::{Path, PathBuf};

use commissim::files::shipped::{SETS, SHIPPED};
use commissim::files::{self, Overrides, Thing};

/// Compares text with a pinned file; `UPDATE=1` writes it instead.
pub fn pinned(path: &Path, text: &str) -> Option<String> {
    if std::env::var_os("UPDATE").is_some() {
        if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
            std::fs::write(path, text).expect("the pinned file can be written");
        }
        return None;
    }
    let pinned = std::fs::read_to_string(path).unwrap_or_default();
    let shown = path.display();
    (pinned != text).then(|| format!("{shown} is stale; now:\n{text}\nUPDATE=1 refreshes it"))
}

pub fn toml_files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect(folder);
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_file_built_in_passes_and_none_on_disk_is_left_out() {
    let mut on_disk = Vec::new();
    for folder in std::fs::read_dir("scenarios").expect("scenarios") {
        let folder = folder.expect("a folder can be listed").path();
        on_disk.extend(toml_files(&folder.to_string_lossy()));
    }
    if let Ok(sets) = std::fs::read_dir("scenarios/sets") {
        on_disk.extend(sets.map(|set| set.expect("a folder can be listed").path()));
    }
    on_disk.sort();
    let mut built_in: Vec<PathBuf> = SHIPPED.iter().map(|file| file.path.into()).collect();
    built_in.extend(SETS.iter().map(|set| PathBuf::from(set.path)));
    built_in.sort();
    assert_eq!(on_disk, built_in, "src/files/shipped.rs lists the files built in");
    for set in SETS {
        let from = Some(set.id.to_owned());
        let typed = Overrides { from, ..Overrides::default() };
        assert!(files::experiment("quick", &typed).is_ok(), "{}", set.id);
    }
    for file in SHIPPED {
        for name in [file.id, file.path] {
            let checked = files::check(&[name.to_owned()]);
            assert!(checked.problems.is_empty(), "{name}:\n{}", checked.problems);
            assert_eq!(checked.files[0].1, file.thing, "{name}");
        }
    }
}

#[test]
fn the_default_experiment_is_what_its_file_says() {
    let (experiment, warnings) =
        files::experiment("four-regimes", &Overrides::default()).expect("it is built in");
    assert!(warnings.is_empty());
    assert_eq!(experiment.places.len(), 1);
    assert_eq!(experiment.places[0].id, "dorset");
    assert_eq!(experiment.comparator.id, "status-quo");
    assert!(experiment.comparator.changes.is_empty());
    assert_eq!(experiment.regimes.len(), 4);
    assert_eq!((experiment.years, experiment.burn_in_years), (10, 8));
    assert_eq!((experiment.replicates, experiment.seed), (100, 2026));
    assert_eq!(experiment.start, (2015, 4));
}

#[test]
fn what_is_typed_stands_over_the_file() {
    let typed = Overrides {
        places: vec!["england".to_owned()],
        regimes: vec!["tendering+isf-default".to_owned(), "isf-default".to_owned()],
        years: Some(3),
        replicates: Some(7),
        precision: None,
        seed: Some(1),
        draws: None,
        design: None,
        from: None,
        sets_yield: false,
        comparator_too: false,
        beliefs: Vec::new(),
        set: vec![("default_effect".to_owned(), "0.5".to_owned())],
    };
    let (experiment, _) = files::experiment("four-regimes", &typed).expect("all is sound");
    assert_eq!(experiment.places.len(), 152);
    assert!(experiment.places.is_sorted_by_key(|place| place.code));
    assert_eq!(experiment.regimes[0].id, "tendering+isf-default");
    assert_eq!((experiment.years, experiment.replicates, experiment.seed), (3, 7, 1));
    assert_eq!(experiment.parameters.default_effect, 0.5);
}

#[test]
fn what_is_typed_wrong_is_said_without_a_file() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let typed = Overrides {
        places: words(&["dorste"]),
        regimes: words(&[
            "tendring",
            "tendering+strategy-4-procurement-guidance",
            "mine.toml",
            "a+",
        ]),
        years: Some(99),
        replicates: Some(0),
        precision: None,
        seed: None,
        draws: None,
        design: None,
        from: None,
        sets_yield: false,
        comparator_too: false,
        beliefs: Vec::new(),
        set: vec![
            ("default_efect".to_owned(), "0.5".to_owned()),
            ("holding_fee".to_owned(), "8%".to_owned()),
            ("holding_fee".to_owned(), "0.5".to_owned()),
            ("lots".to_owned(), "3".to_owned()),
        ],
    };
    let problems = files::experiment("four-regimes", &typed).expect_err("much is wrong");
    let stale = pinned(Path::new("tests/gallery/typed.stderr"), &problems.to_string());
    assert!(stale.is_none(), "{}", stale.unwrap_or_default());
    let problems = files::experiment("four-regime", &Overrides::default()).expect_err("no such");
    assert!(problems.to_string().contains("did you mean `four-regimes`?"), "{problems}");
}

#[test]
fn the_experiment_that_init_writes_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let text = files::init_text();
    std::fs::write(&path, &text).expect("a file");
    let checked = files::check(&[path.to_string_lossy().into_owned()]);
    assert!(checked.problems.is_empty(), "{}\n{text}", checked.problems);
    assert_eq!(checked.files[0].1, Thing::Experiment);
    // With every remark that is a setting switched on, but for those that would clash.
    let draws = ["# [uncertainty]", "# draws", "# design", "# replicates", "# beliefs", "# from"];
    let precise =
        ["# precision", "# max_replicates", "# [widths]", "# \"choice.picked\"", "# from"];
    let clashes: [&[&str]; 2] = [&[&["replicates ="], &draws[..]].concat(), &precise];
    for clash in clashes {
        let clash = [&["# places =", "# blow"], clash].concat();
        let on: String = text
            .lines()
            .filter(|line| !clash.iter().any(|start| line.starts_with(start)))
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.contains(" = ") || rest.starts_with('[') => format!("{rest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        std::fs::write(&path, &on).expect("a file");
        let checked = files::check(&[path.to_string_lossy().into_owned()]);
        assert!(checked.problems.is_empty(), "{}\n{on}", checked.problems);
    }
}

#[test]
fn the_schemas_are_those_of_the_declarations() {
    let mut stale = Vec::new();
    for thing in Thing::ALL {
        let text = serde_json::to_string_pretty(&files::schema(thing)).expect("plain data") + "\n";
        let path = format!("docs/schema/{}.json", thing.word());
        stale.extend(pinned(Path::new(&path), &text));
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}

/// Every key of a table is a property of the schema, all the way down.
fn accepted(table: &toml::Table, schema: &serde_json::Value, file: &str) {
    for (key, value) in table {
        let property = &schema["properties"][key];
        assert!(property.is_object(), "{file}: the schema has no `{key}`");
        match value {
            toml::Value::Table(inner) => accepted(inner, property, file),
            toml::Value::Array(entries) => {
                for inner in entries.iter().filter_map(toml::Value::as_table) {
                    accepted(inner, &property["items"], file);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_schemas_accept_the_files_built_in() {
    for file in SHIPPED {
        let schema = files::schema(file.thing);
        let table: toml::Table = file.text.parse().expect(file.path);
        accepted(&table, &schema, file.path);
        for key in schema["required"].as_array().into_iter().flatten() {
            assert!(table.contains_key(key.as_str().unwrap_or_default()), "{}", file.path);
        }
        let named = format!("#:schema ../../docs/schema/{}.json\n", file.thing.word());
        assert!(file.text.starts_with(&named), "{} names its schema", file.path);
    }
}

/// A regime's settings in the first month, by lever and word.
fn settings(id: &str) -> std::collections::BTreeMap<String, String> {
    use commissim::declare::Setting;
    let (regime, _) = files::regime(id).expect(id);
    let mut all = std::collections::BTreeMap::new();
    for (name, setting) in regime.changes.iter().flat_map(|change| &change.settings) {
        match setting {
            Setting::Table(rows) => {
                all.extend(rows.iter().map(|(word, x)| (format!("{name}.{word}"), x.to_string())));
            }
            setting => {
                all.insert(name.clone(), setting.to_string());
            }
        }
    }
    all
}

#[test]
fn community_sourcing_can_be_taken_apart_and_its_rival_spends_the_same() {
    let whole = settings("community-sourcing");
    let mut parts = std::collections::BTreeMap::new();
    for file in
        SHIPPED.iter().filter(|f| f.id.starts_with("strategy-") || f.id.starts_with("approach-"))
    {
        for (name, setting) in settings(file.id) {
            assert!(parts.insert(name.clone(), setting).is_none(), "two single regimes set {name}");
        }
    }
    parts.remove("national_indicators");
    assert_eq!(whole, parts);
    let tendering = settings("tendering");
    for (name, setting) in settings("tendering-reformed") {
        let from = if whole.get(&name) == Some(&setting) { &whole } else { &tendering };
        assert_eq!(from.get(&name), Some(&setting), "{name}");
    }
}
