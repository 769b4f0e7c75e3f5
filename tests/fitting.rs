//! Calibration and validation from end to end, small.

use commissim::declare::{Grade, Parameter};
use commissim::files::{self, Overrides};
use commissim::parameters::PARAMETERS;
use commissim::run::{Settings, calibrate, validate};
use commissim::store::Wanted;
use commissim::targets::{Role, Targets};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A town for two years, and three figures of which one was never fitted to.
const TARGETS: &str = r#"
experiment = "small.toml"
fit = ["life_gain", "self_funder_share"]

[[target]]
name = "life"
metrics = ["choice.scrqol"]
value = 18.9
tolerance = 1.5
role = "calibrate"
source = "made up"
when = "never"

[[target]]
name = "payers"
metrics = ["choice.share_self_funded"]
value = 0.26
tolerance = 0.06
role = "calibrate"
source = "made up"
when = "never"

[[target]]
name = "life-with-funds"
metrics = ["choice.scrqol"]
statistic = "difference"
sign = "none"
tolerance = 5.0
role = "validate"
source = "made up"
when = "never"
regime = "isf-default"
"#;

const EXPERIMENT: &str = r#"
place = "town"
regimes = ["isf-default"]
years = 1
burn_in_years = 1
"#;

fn targets(folder: &Path, overrides: &Overrides) -> Targets {
    fs::write(folder.join("small.toml"), EXPERIMENT).expect("written");
    let path = folder.join("made-up.toml");
    fs::write(&path, TARGETS).expect("written");
    let read = files::targets(&path.to_string_lossy(), overrides);
    read.unwrap_or_else(|problems| panic!("{problems}")).0
}

fn how(folder: &Path, name: &str, threads: usize) -> Settings {
    let wanted = Wanted { out: Some(folder.join(name)), ..Wanted::default() };
    Settings { wanted, threads: Some(threads), quiet: true, command: Vec::new(), briefing: false }
}

fn settings(folder: &Path, name: &str, threads: usize) -> calibrate::Settings {
    calibrate::Settings {
        how: how(folder, name, threads),
        first: 30,
        points: 8,
        waves: 2,
        members: 8,
        luck: 3,
        centres: 2,
    }
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).expect("it is there").map(|file| file.expect("a file"));
    let read = files.filter(|file| file.path().is_file()).map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, fs::read(file.path()).expect("it can be read"))
    });
    read.collect()
}

#[test]
fn a_calibration_keeps_what_is_not_ruled_out_and_validation_takes_it_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let targets = self::targets(folder, &Overrides::default());
    assert_eq!(targets.of(Role::Calibrate).count(), 2);
    let (one, found) =
        calibrate::calibrate(&targets, &settings(folder, "one", 1)).expect("it runs");
    let (two, _) = calibrate::calibrate(&targets, &settings(folder, "two", 2)).expect("it runs");
    assert_eq!(bytes(&one), bytes(&two), "threads change no byte");
    assert!(!one.join("pieces").exists(), "what was kept meanwhile is taken away");

    let members = found.members().count();
    assert!(members > 0, "wide tolerances leave something");
    for point in found.members() {
        for ((value, goal), target) in point.values.iter().zip(&found.goals).zip(&found.targets) {
            assert!(goal.implausibility(*value) <= 3.0, "{}: {value}", target.id);
        }
    }
    let set = fs::read_to_string(one.join("set.csv")).expect("the set");
    assert_eq!(set.lines().count(), members + 1, "a row a draw");
    let fits = found.fits();
    assert!(fits.iter().all(|fit| fit.explained > 0.5), "two targets that two parameters move");

    let set = one.join("set.csv").to_string_lossy().into_owned();
    let from = Overrides { from: Some(set), draws: Some(2), ..Overrides::default() };
    let targets = self::targets(folder, &from);
    let settings = validate::Settings { how: how(folder, "three", 1), structures: 0 };
    let (three, validation) = validate::validate(&targets, &settings).expect("it runs");
    let [only] = validation.predictions.as_slice() else { panic!("one target") };
    assert_eq!((only.draws, only.verdict()), (2, "pass"));
    assert!(only.mean.expect("two draws") != 0.0, "the regime does something");
    let table = fs::read_to_string(three.join("validation.csv")).expect("the table");
    assert!(table.lines().count() == 2 && table.contains("life-with-funds"), "{table}");

    let again = validate::validate(&targets, &settings).expect_err("it is there already");
    assert!(again.to_string().contains("--overwrite"), "{again}");
}

/// What is wrong is said once, and not again of every target.
#[test]
fn an_experiment_that_cannot_be_read_is_said_once() {
    let typed = Overrides {
        from: Some("england".to_owned()),
        draws: Some(500),
        sets_yield: true,
        ..Overrides::default()
    };
    let problems = files::targets("england", &typed).expect_err("the set has fewer");
    let said = problems.to_string();
    assert!(said.contains("500 draws are asked for"), "{said}");
    assert_eq!(said.matches("error: ").count(), said.matches("500 draws").count(), "{said}");
    let held = files::targets("england", &Overrides { draws: None, ..typed }).expect("it ships");
    assert_eq!(held.1, Vec::new(), "no warning of what the experiments mean to set");
}

/// Groups differ by capacity, helpers, need, awareness and what is on offer; how people
/// choose is the same for everybody.
#[test]
fn nobody_chooses_by_age_reason_or_council() {
    // Awareness, not choice: how far listings and search reach.
    let aware = ["digital_awareness", "digital_divide"];
    // One pull for everybody, by what others of the same age do: it names an age of nobody.
    let example = "peer_example";
    let words = [
        "older",
        "working_age",
        "physical",
        "sensory",
        "memory",
        "learning",
        "mental",
        "social",
        "18 to 64",
        "65",
        "aged",
        "own age",
        "young",
        "disability",
        "reason",
    ];
    let choosing: Vec<&Parameter> =
        PARAMETERS.iter().filter(|p| p.section == "Choosing a mechanism").collect();
    assert!(choosing.len() > 20, "the section is there");
    for p in choosing.iter().filter(|p| !aware.contains(&p.name) && p.name != example) {
        let said = format!("{} {}", p.name, p.meaning);
        let found: Vec<&str> = words.into_iter().filter(|word| said.contains(word)).collect();
        assert!(found.is_empty(), "{}: {found:?}", p.name);
        let council = commissim::councils::councils().iter().find(|c| said.contains(&c.name));
        assert!(council.is_none(), "{}", p.name);
    }
    assert!(choosing.iter().any(|p| p.name == example), "the one that is left out is there");
    // What is fitted to who holds the budget is of that section, or of people's capacity.
    let (targets, _) = files::targets("england", &Overrides::default()).expect("it ships");
    assert!(targets.fit.iter().any(|name| choosing.iter().any(|p| p.name == *name)));
}

/// What ships is what the calibration found: its centre for what was fitted, and the grade
/// of having been fitted only where the targets tell something of it.
#[test]
fn shipped_defaults_are_the_centre_of_the_calibration() {
    let was_fitted = |p: &Parameter| matches!(p.grade, Grade::Calibrated(_) | Grade::Fitted(_));
    let mut table = csv::Reader::from_path("data/calibration.csv").expect("it is kept");
    let rows: Vec<BTreeMap<String, String>> =
        table.deserialize().map(|row| row.expect("a row")).collect();
    let (targets, _) = files::targets("england", &Overrides::default()).expect("it ships");
    let fitted: Vec<&str> = rows
        .iter()
        .filter(|row| row["fitted"] == "true")
        .map(|row| {
            let name = row["parameter"].as_str();
            let p = PARAMETERS.iter().find(|p| p.name == name).expect("declared");
            assert_eq!(p.default.to_string(), row["centre"], "{name}");
            let told = ["moved", "narrowed"].contains(&row["verdict"].as_str());
            assert_eq!(was_fitted(p), told, "{name}: {}", row["verdict"]);
            // Where nobody measured the range, fitting within it makes it no evidence.
            let assumed = p.grade.source().contains("with its range assumed: ");
            assert_eq!(matches!(p.grade, Grade::Fitted(_)), assumed, "{name}");
            name
        })
        .collect();
    let all = PARAMETERS.iter().filter(|p| was_fitted(p));
    assert!(
        all.into_iter().all(|p| fitted.contains(&p.name)),
        "only what was fitted is calibrated"
    );
    let mut asked: Vec<&str> = targets.fit.to_vec();
    let mut found = fitted.clone();
    asked.sort_unstable();
    found.sort_unstable();
    assert_eq!(asked, found, "what the targets' file has fitted");
    // The set that ships is that calibration's: its medians, at the figures it is written to.
    let mut set = csv::Reader::from_path("scenarios/sets/england.csv").expect("it ships");
    let members: Vec<BTreeMap<String, f64>> =
        set.deserialize().map(|row| row.expect("a row")).collect();
    for row in &rows {
        let name = row["parameter"].as_str();
        let mut values: Vec<f64> = members.iter().map(|member| member[name]).collect();
        values.sort_by(f64::total_cmp);
        let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        let (median, held) = ((low + high) / 2.0, row["set_middle"].parse::<f64>());
        let held = held.expect("a number");
        assert!((median - held).abs() <= 1e-4 * held.abs(), "{name}: {median}, not {held}");
    }
}
