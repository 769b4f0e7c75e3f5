//! Nothing that a file or a flag may hold brings the program down: every format that is
//! read, mutated with the structure in mind.
//!
//! A case is a function of [`SEED`], its target and its number, and takes neither more than
//! [`LONGEST`] nor, where the whole is run below a limit of memory, more than that. A short
//! form runs with the other tests; `FULL=1 cargo test --test house -- --nocapture fuzz::`
//! runs the long one, a million and more. What was found is mended, and has a test whose name
//! begins so.

mod mutate;
mod results;

use commissim::claims::names::{self, Typed};
use commissim::claims::{language, losing};
use commissim::declare::LeverKind;
use commissim::files::shipped::{SETS, SHIPPED};
use commissim::files::{self, Overrides, Thing};
use mutate::{Luck, mutated, typed};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Decides all cases.
const SEED: u64 = 2026;
/// Most time that a case may take, on a slow machine that does other things too.
pub const LONGEST: Duration = Duration::from_secs(60);

/// How many cases to try: (in every test, in the long form).
fn cases(short: u64, long: u64) -> u64 {
    if std::env::var_os("FULL").is_some() { long } else { short }
}

/// Tries cases of a target, and says how many there were. `case` gives whether it passed as
/// good, which some must: else nothing behind the reader would be reached.
pub fn tried(
    target: &str,
    (short, long): (u64, u64),
    mut case: impl FnMut(&mut Luck) -> (bool, Vec<u8>),
) {
    let (all, begun) = (cases(short, long), Instant::now());
    let (mut good, mut slowest) = (0u64, Duration::ZERO);
    let key = target.bytes().fold(SEED, |key, byte| key.wrapping_mul(131) + u64::from(byte));
    for number in 0..all {
        let started = Instant::now();
        let mut luck = Luck::of(key, number);
        let came = catch_unwind(AssertUnwindSafe(|| case(&mut luck)));
        let took = started.elapsed();
        slowest = slowest.max(took);
        match came {
            Ok((passed, bytes)) => {
                good += u64::from(passed);
                assert!(
                    took < LONGEST,
                    "{target} {number} took {took:?}: {}",
                    kept(target, &bytes)
                );
            }
            Err(_) => panic!("{target} {number} brought it down"),
        }
    }
    let rate = all as f64 / begun.elapsed().as_secs_f64();
    println!(
        "{target}: {all} cases, {good} of them good, none brought it down; {rate:.0} a second, the slowest {slowest:.1?}"
    );
    assert!(good > 0 || all < 100, "{target}: not one case passed");
}

/// Keeps a case for whoever mends what it found.
fn kept(target: &str, bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("{target}.case"));
    let _ = std::fs::write(&path, bytes);
    path.display().to_string()
}

/// A folder for a case's files, in memory where there is such a place.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).expect("a folder")
}

fn path_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Files built in of one kind, and those of the gallery.
fn corpus(thing: Thing, gallery: &str) -> Vec<Vec<u8>> {
    let built_in = SHIPPED.iter().filter(|file| file.thing == thing);
    let mut all: Vec<Vec<u8>> = built_in.map(|file| file.text.as_bytes().to_vec()).collect();
    let bad = crate::files::toml_files("tests/gallery");
    let bad = bad.iter().filter(|path| path_of(path).contains(gallery));
    all.extend(bad.map(|path| std::fs::read(path).expect("a file of the gallery")));
    // A dozen councils take as long as a hundred cases.
    let quick = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text.replace("english-dozen", "quick").into_bytes(),
        Err(error) => error.into_bytes(),
    };
    all.into_iter().map(quick).collect()
}

/// Reads a file in every way that it may be read, and says all that is wrong with it.
fn read_as(thing: Thing, path: &Path) -> bool {
    let path = path_of(path);
    let checked = files::check(std::slice::from_ref(&path));
    let _ = (checked.problems.render(false), checked.problems.render(true));
    let said = |problems: commissim::problem::Problems| _ = problems.render(false);
    match thing {
        Thing::Experiment => {
            files::experiment(&path, &Overrides::default()).map(drop).map_err(said).is_ok()
        }
        Thing::Regime => files::regime(&path).map(drop).map_err(said).is_ok(),
        Thing::Targets => {
            files::targets(&path, &Overrides::default()).map(drop).map_err(said).is_ok()
        }
        Thing::Theme => files::theme(&path).map(drop).map_err(said).is_ok(),
        Thing::Place => {
            let places = vec![path];
            let typed = Overrides { places, ..Overrides::default() };
            files::experiment("quick", &typed).map(drop).map_err(said).is_ok()
        }
    }
}

fn written(thing: Thing, gallery: &str, name: &str, cases: (u64, u64), more: &[&str]) {
    let folder = folder();
    let path = folder.path().join("mine.toml");
    let mut corpus = corpus(thing, gallery);
    corpus.extend(more.iter().map(|text| text.as_bytes().to_vec()));
    tried(name, cases, |luck| {
        let bytes = mutated(luck, &corpus);
        std::fs::write(&path, &bytes).expect("written");
        (read_as(thing, &path), bytes)
    });
}

#[test]
fn no_experiment_brings_it_down() {
    written(Thing::Experiment, "experiment-", "experiments", (600, 60_000), &[&files::init_text()]);
}

#[test]
fn no_regime_brings_it_down() {
    written(Thing::Regime, "regime-", "regimes", (800, 150_000), &[]);
}

const PLACE: &str = "like = \"town\"\nneighbourhoods = 3\ncode = 77\nin_house_share = 0.2\n\
     [clients]\nworking_age = 10\n[status_quo]\ncatalysts = 2\n";

#[test]
fn no_place_brings_it_down() {
    written(Thing::Place, "place-", "places", (300, 25_000), &[PLACE]);
}

#[test]
fn no_theme_brings_it_down() {
    let theme = "ground = \"#ffffff\"\nink = \"#111111\"\nregimes = [\"#004C86\"]\nsize = 8\n";
    written(Thing::Theme, "theme-", "themes", (300, 150_000), &[theme]);
}

#[test]
fn no_targets_bring_it_down() {
    // Those built in are of a dozen councils: these are read in less time.
    let few = "name = \"Few\"\nexperiment = \"quick\"\nfit = [\"default_effect\"]\n[[target]]\nname = \"one\"\n\
               what = \"Quality of life\"\nmetrics = [\"choice.scrqol\"]\nvalue = 19\ntolerance = 0.2\n\
               role = \"calibrate\"\nsource = \"E0213\"\nwhen = \"2014-15\"\n";
    written(Thing::Targets, "targets-", "targets", (40, 3_000), &[few]);
}

/// A file of rows beside a place that names it.
fn rows(name: &'static str, rows: &str, cases: (u64, u64)) {
    let folder = folder();
    let place = folder.path().join("mine.toml");
    let named = format!("like = \"town\"\ncode = 77\n{name} = \"rows.csv\"\n");
    std::fs::write(&place, named).expect("written");
    let corpus = vec![rows.as_bytes().to_vec()];
    let path = folder.path().join("rows.csv");
    tried(name, cases, |luck| {
        let bytes = mutated(luck, &corpus);
        std::fs::write(&path, &bytes).expect("written");
        let checked = files::check(&[path_of(&place)]);
        let _ = checked.problems.render(false);
        (checked.passed(), bytes)
    });
}

#[test]
fn no_rows_bring_it_down() {
    rows(
        "people",
        "id,age,payer,setting,reason,neighbourhood,hours,personal_care_share,unpaid_hours,capacity,connectedness,mechanism\n\
         1,65+,council,home,,1,12.5,0.5,3,0.1,0.5,isf\n2,18-64,council,home,learning,2,,,,,,\n3,65+,self,care-home,,,,,,,,\n",
        (500, 80_000),
    );
    rows(
        "providers",
        "id,kind,neighbourhood,hours,price,regulated,holds_funds\n1,agency,1,400,15,yes,yes\n2,micro-enterprise,2,20,12.5,no,\n3,in-house,,100,,,\n",
        (300, 80_000),
    );
    rows(
        "neighbourhoods",
        "id,deprivation_fifth,rural,social_capital\nNorth,1,no,\n\"South, by the \"\"sea\"\"\",5,yes,0.7\n",
        (300, 80_000),
    );
}

#[test]
fn no_set_brings_it_down() {
    let folder = folder();
    let path = folder.path().join("set.csv");
    let shipped: String = SETS[0].text.lines().take(4).map(|line| format!("{line}\n")).collect();
    let small = "draw,beliefs,default_effect,self_funder_share\n0,agnostic,0.5,0.3\n1,agnostic,0.6,0.25\n0,sceptic,0.2,0.3\n1,sceptic,0.1,0.3\n";
    let corpus = [small.as_bytes().to_vec(), small.as_bytes().to_vec(), shipped.into_bytes()];
    tried("sets", (100, 5_000), |luck| {
        let bytes = mutated(luck, &corpus);
        std::fs::write(&path, &bytes).expect("written");
        let typed = Overrides { from: Some(path_of(&path)), ..Overrides::default() };
        let read = files::experiment("quick", &typed);
        let read = read.map_err(|problems| problems.render(false)).is_ok();
        (read, bytes)
    });
}

/// Words of claims.
const CLAIMED: &[&str] = &[
    "isf-default cost.public_per_person <= status-quo",
    "tendering choice.good_options[age=65+]@final-year > status-quo +1% and ",
    "community-sourcing stress.largest-provider-collapse.depth.choice.unmet < tendering −2",
    "direct-payments choice.fit@year-1 ≥ 0.3",
    " and ",
    "[",
    "=",
    "]",
    "@",
    "whole",
    " +1%",
    "stress.",
    "deprivation=1",
    ">=",
    " ",
];

#[test]
fn no_claim_brings_it_down() {
    let corpus: Vec<Vec<u8>> = CLAIMED[..4].iter().map(|claim| claim.as_bytes().to_vec()).collect();
    let text = |luck: &mut Luck| match luck.one_in(3) {
        true => typed(luck, CLAIMED),
        _ if luck.one_in(20) => CLAIMED[luck.below(4)].trim_end_matches(" and ").to_owned(),
        false => String::from_utf8_lossy(&mutated(luck, &corpus)).into_owned(),
    };
    tried("the language of claims", (2_000, 400_000), |luck| {
        let text = text(luck);
        let good = language::parts(&text).iter().all(|part| language::read(&text, part).is_ok());
        (good, text.into_bytes())
    });
    tried("claims", (30, 20_000), |luck| {
        let claims = [text(luck)];
        let overrides = Overrides { draws: Some(2), ..Overrides::default() };
        let asked = Typed {
            experiment: "quick",
            claims: &claims,
            overrides: &overrides,
            every_regime: false,
        };
        let read = names::read(&asked).map_err(|problems| problems.render(false));
        let [text] = claims;
        (read.is_ok(), text.into_bytes())
    });
    let weighed = ["choice.fit=1", "cost.public_per_person=-0.5", "=", ","];
    tried("weights", (200, 50_000), |luck| {
        let words: Vec<String> = (0..luck.below(4)).map(|_| typed(luck, &weighed)).collect();
        let read = losing::weights(&words).map_err(|problems| problems.render(false));
        (read.is_ok(), words.join(" ").into_bytes())
    });
}

#[test]
fn nothing_typed_brings_it_down() {
    let known =
        ["town", "quick", "tendering", "isf-default", "sobol", "agnostic", "2%", "0.5", "8"];
    tried("what is typed", (400, 60_000), |luck| {
        let mut overrides = Overrides::default();
        let words = |luck: &mut Luck| (0..=luck.below(2)).map(|_| typed(luck, &known)).collect();
        let number = |luck: &mut Luck| Some(luck.next() >> luck.below(64));
        for _ in 0..=luck.below(2) {
            match luck.below(10) {
                0 => overrides.places = words(luck),
                1 => overrides.regimes = words(luck),
                2 => overrides.years = number(luck),
                3 => overrides.replicates = number(luck),
                4 => overrides.precision = Some(typed(luck, &known)),
                5 => overrides.seed = number(luck),
                // Tens of thousands of draws are many and may be asked for.
                6 => overrides.draws = number(luck).filter(|n| *n < 500 || *n > 65_536),
                7 => overrides.design = Some(typed(luck, &known)),
                8 => overrides.beliefs = words(luck),
                _ => {
                    let parameters = commissim::parameters::PARAMETERS;
                    let name = match luck.one_in(3) {
                        true => typed(luck, &known),
                        false => parameters[luck.below(parameters.len())].name.to_owned(),
                    };
                    overrides.set.push((name, typed(luck, &known)));
                }
            }
        }
        let read = files::experiment("quick", &overrides)
            .map(|(experiment, _)| commissim::cell::count(&experiment));
        (
            read.map_err(|problems| problems.render(false)).is_ok(),
            format!("{overrides:?}").into_bytes(),
        )
    });
}

/// What files may say is not only read: worlds under it can be lived, however odd.
#[test]
fn no_setting_that_is_read_brings_a_world_down() {
    let folder = folder();
    let (place, path) = (folder.path().join("hamlet.toml"), folder.path().join("mine.toml"));
    let small = "like = \"town\"\ncode = 77\nneighbourhoods = 3\n[clients]\nphysical = 6\nlearning = 4\n\
                 mental_health = 3\nolder = 30\n[residents]\nworking_age = 2\nolder = 6\n";
    tried("worlds", (12, 3_000), |luck| {
        let mut text = small.to_owned();
        if luck.one_in(2) {
            number_of(luck, &mut text);
        }
        std::fs::write(&place, &text).expect("written");
        let parameters = commissim::parameters::PARAMETERS;
        let set = (0..luck.below(6)).map(|_| {
            let parameter = &parameters[luck.below(parameters.len())];
            let ends = [parameter.low, parameter.high, parameter.hard_low, parameter.hard_high];
            format!("{} = {:?}\n", parameter.name, ends[luck.below(4)])
        });
        let set: String = set.collect();
        let mut levers = String::new();
        for _ in 0..luck.below(4) {
            let lever = &commissim::levers::LEVERS[luck.below(commissim::levers::LEVERS.len())];
            levers += &lever_line(luck, lever);
        }
        let regime = format!("[levers]\n{levers}");
        std::fs::write(folder.path().join("odd.toml"), &regime).expect("written");
        let whole = format!(
            "place = \"hamlet.toml\"\nregimes = [\"odd.toml\"]\nyears = 1\nburn_in_years = 1\nreplicates = 1\n\
             seed = {}\n[parameters]\n{set}[[stress]]\nkind = \"equal-blow\"\nyear = 1\n",
            luck.below(1000)
        );
        std::fs::write(&path, &whole).expect("written");
        let all = format!("{text}\n---\n{regime}\n---\n{whole}").into_bytes();
        let Ok((experiment, _)) = files::experiment(&path_of(&path), &Overrides::default()) else {
            return (false, all);
        };
        let people: f64 =
            experiment.places[0].clients.iter().chain(&experiment.places[0].residents).sum();
        if people > 3_000.0 {
            return (false, all);
        }
        let id = commissim::cell::CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };
        let cell = commissim::cell::simulate(&experiment, id);
        let mut analysis = commissim::analysis::Analysis::new(&experiment);
        analysis.add(&cell);
        let _ = analysis.findings();
        (true, all)
    });
}

/// Replaces a number in some text.
fn number_of(luck: &mut Luck, text: &mut String) {
    let new = luck.of_these(&["0", "1", "2", "40", "300", "0.5"]);
    for old in ["6", "30", "3"] {
        if luck.one_in(3) {
            *text = text.replacen(&format!(" = {old}\n"), &format!(" = {new}\n"), 1);
        }
    }
}

/// A line that sets a lever to something, allowed or nearly so.
fn lever_line(luck: &mut Luck, lever: &commissim::declare::Lever) -> String {
    let number = |luck: &mut Luck, low: f64, high: f64| {
        let within = low + (high - low) * luck.below(1_000) as f64 / 999.0;
        [low, high, within, within.round(), high + 1.0][luck.below(5)]
    };
    let value = match lever.kind {
        LeverKind::Number { low, high, .. } => format!("{:?}", number(luck, low, high)),
        LeverKind::Choice(words) => format!("{:?}", luck.of_these(words)),
        LeverKind::Set(words) => {
            let some: Vec<&str> = words.iter().copied().filter(|_| luck.one_in(2)).collect();
            format!("{some:?}")
        }
        LeverKind::Table { keys, low, high } => {
            let some = keys.iter().filter(|_| luck.one_in(2)).copied().collect::<Vec<&str>>();
            let entry = |key: &&str| format!("{key:?} = {:?}", number(luck, low, high));
            format!("{{ {} }}", some.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    };
    format!("{} = {value}\n", lever.name)
}

/// A file of two thousand lines that are not TOML took minutes to be told of, and more than
/// anybody reads was said.
#[test]
fn what_was_found_a_file_of_faults_is_told_of_at_once() {
    let folder = folder();
    let path = folder.path().join("mine.toml");
    let begun = Instant::now();
    let files = [
        "levers =]]\nyear = 5\n".repeat(2_000),
        (0..5_000).map(|n| format!("no_such_key_{n} = {n}\n")).collect(),
        format!("place = \"town\"\nregimes = [{}]", "\"nowhere\", ".repeat(3_000)),
    ];
    for text in files {
        std::fs::write(&path, text).expect("written");
        let said = files::check(&[path_of(&path)]).problems;
        assert!(said.errors() > 0 && said.list().len() < 110, "{} are said", said.list().len());
        let said = said.to_string();
        assert!(said.contains(" more problem") || said.contains(" more line"), "{said}");
    }
    assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
}

/// More cells than there is memory for a list of were begun.
#[test]
fn what_was_found_more_cells_than_can_be_are_refused() {
    let million =
        Overrides { replicates: Some(1_000_000), draws: Some(64), ..Overrides::default() };
    let refused = files::experiment("quick", &million).expect_err("64 million cells").to_string();
    let told = "this run has 64000000 cells, and 10000000 are the most there may be";
    assert!(refused.contains(told) && refused.contains("help: "), "{refused}");
    let many = Overrides { replicates: Some(1_000_000), ..Overrides::default() };
    assert!(files::experiment("quick", &many).is_ok(), "a million are many, and can be");
}

/// Whole files were read however large they were, and some have no end.
#[test]
fn what_was_found_no_file_without_end_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let file = std::fs::File::create(&path).expect("made");
    file.set_len(1 << 40).expect("a file with nothing in it");
    let said = files::check(&[path_of(&path)]).problems.to_string();
    assert!(said.contains("is larger than a gigabyte"), "{said}");
}

/// As many chains as may be set, and a number of one more than there are numbers for.
#[test]
fn what_was_found_there_may_be_as_many_chains_as_there_are() {
    let most = commissim::parameters::PARAMETERS.iter().find(|p| p.name == "chains");
    let most = most.expect("a parameter").hard_high;
    let parameters = commissim::parameters::Parameters { chains: most, ..Default::default() };
    let place = commissim::place::Place::town();
    for replicate in 0..20 {
        let draws = commissim::draws::Draws { seed: 1, draw: 0, replicate };
        let world = commissim::model::build::world(&place, &parameters, draws, -11);
        assert!(!world.people.is_empty());
    }
}
