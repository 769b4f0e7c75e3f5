//! Claims from what is typed to what is said: messages about bad ones, and a small run.

use crate::commands::commissim_in;
use crate::files::pinned;
use commissim::analysis::{Analysis, Findings, nested::Basis};
use commissim::cell;
use commissim::claims::answer::Effort;
use commissim::claims::counting::Held;
use commissim::claims::losing::By;
use commissim::claims::names::{self, Asked, Typed};
use commissim::experiment::Experiment;
use commissim::files::Overrides;
use commissim::metrics::Metric;
use commissim::outcomes::Period;
use commissim::run::Settings;
use commissim::run::believe::{self, believe};
use commissim::store::Wanted;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Claims with something wrong in them.
const BAD: &[&str] = &[
    "",
    "   ",
    "isf-default",
    "isf-default cost.public_per_person",
    "isf-default cost.public_per_person status-quo",
    "isf-default cost.public_per_person = status-quo",
    "isf-default cost.public_per_person == status-quo",
    "isf-default cost.public_per_person <=",
    "isf-default <= status-quo",
    "isf-defualt cost.public_per_person <= status-quo",
    "isf-default cost.public_per_persn <= statusquo",
    "isf-default public_per_person <= status-quo",
    "isf-default choice.weather <= status-quo",
    "nobody choice.fit > status-quo",
    "isf-default+tendring choice.fit > status-quo",
    "no-such-file.toml choice.fit > status-quo",
    "isf-default choice.fit > status-quo+1%",
    "isf-default choice.fit > status-quo +much",
    "isf-default choice.fit > status-quo 1%",
    "isf-default choice.fit > status-quo +1% more",
    "isf-default cost.public_per_person < 9,000",
    "isf-default cost.public_per_person < £9000",
    "isf-default cost.public_per_person < 5%",
    "isf-default cost.public_per_person < 9000 +1%",
    "isf-default choice.fit > 1e999",
    "isf-default choice.good_options[age] > status-quo",
    "isf-default choice.good_options[age=65+ > status-quo",
    "isf-default choice.good_options[ages=65+] > status-quo",
    "isf-default choice.good_options[age=65] > status-quo",
    "isf-default choice.good_options[mechanism=isf] > status-quo",
    "isf-default community.concentration[age=65+] < status-quo",
    "isf-default choice.fit@final > status-quo",
    "isf-default choice.fit@year-11 > status-quo",
    "isf-default choice.fit[deprivation=1]@year-2 > status-quo",
    "isf-default choice.fit@ > status-quo",
    "isf-default stress.collapse > status-quo",
    "isf-default stress.budget-cuts.depth.choice.unmet > status-quo",
    "isf-default stress.budget-cut.deep.choice.unmet > status-quo",
    "isf-default stress.budget-cut.depth.choice.unmt > status-quo",
    "isf-default stress.budget-cut.depth.choice.control > status-quo",
    "isf-default stress.budget-cut.total.choice.unmet > status-quo",
    "isf-default stress.budget-cut.depth.choice.unmet[age=65+]@year-5 > status-quo",
    "isf-default choice.fit > status-quo and",
    "isf-defualt choice.fitt > status-qo and tendering cost.public < 5% and x",
];

fn typed(claims: &[&str], overrides: &Overrides, every_regime: bool) -> Result<Asked, String> {
    let claims: Vec<String> = claims.iter().map(|claim| (*claim).to_owned()).collect();
    let experiment = "four-regimes";
    let typed = Typed { experiment, claims: &claims, overrides, every_regime };
    names::read(&typed).map_err(|problems| problems.to_string())
}

#[test]
fn every_bad_claim_gets_its_exact_message() {
    let mut said = String::new();
    for claim in BAD {
        let problems = typed(&[claim], &Overrides::default(), false);
        let problems = problems.err().unwrap_or_else(|| panic!("`{claim}` passes"));
        said += &format!("== {claim}\n\n{problems}\n");
    }
    let stale = pinned(Path::new("tests/gallery/claims.stderr"), &said);
    assert_eq!(stale, None);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 64, ..Default::default() })]

    #[test]
    fn no_text_brings_the_reader_of_claims_down(text in "[ a-z<>=@.+%é£−\\[\\]0-9]{0,40}") {
        let _ = typed(&[&text], &Overrides::default(), false);
    }
}

#[test]
fn what_is_wrong_anywhere_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = [
        "believe",
        "a choice.fit > b",
        "isf-default choice.fitt > status-quo",
        "--place",
        "dorst",
        "--regret",
        "--weights",
        "x=1",
    ];
    let (code, out, err) = commissim_in(folder.path(), &words);
    assert_eq!((code, out.as_str()), (1, ""));
    for word in ["dorset", "claim 1:1:1", "claim 2:1:13", "`x`"] {
        assert!(err.contains(word), "{word} is missing:\n{err}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 0, "nothing is left");
    assert_eq!(commissim_in(folder.path(), &["believe"]).0, 2, "a claim is wanted");
}

const SMALL: &str = r#"
place = "town"
regimes = ["isf-default", "tendering"]
years = 2
burn_in_years = 1
seed = 7
"#;

const CLAIMS: [&str; 3] = [
    "isf-default cost.public_per_person <= status-quo",
    "tendering stress.largest-provider-collapse.months_to_recover.choice.unmet < isf-default",
    "isf-default choice.scrqol >= status-quo and isf-default choice.good_options[age=65+]@final-year > tendering",
];

fn small(folder: &Path) -> Asked {
    fs::write(folder.join("small.toml"), SMALL).expect("written");
    let path = folder.join("small.toml").to_string_lossy().into_owned();
    let overrides = Overrides { draws: Some(12), replicates: Some(2), ..Overrides::default() };
    let claims = CLAIMS.map(str::to_owned);
    let typed =
        Typed { experiment: &path, claims: &claims, overrides: &overrides, every_regime: true };
    names::read(&typed).unwrap_or_else(|problems| panic!("{problems}"))
}

fn settings(folder: &Path, name: &str, threads: usize) -> believe::Settings {
    let wanted = Wanted { out: Some(folder.join(name)), ..Wanted::default() };
    let how = Settings { wanted, threads: Some(threads), quiet: true, ..Settings::default() };
    let effort = Effort { permutations: 19, resamples: 20, halves: 2 };
    let weights = vec![(Metric::Scrqol, 1.0), (Metric::PublicPerPerson, -0.001)];
    believe::Settings { how, structures: 2, regret: Some(weights), effort }
}

fn bytes(folder: &PathBuf) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).expect("it is there").map(|file| file.expect("a file"));
    let read = |file: fs::DirEntry| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, fs::read(file.path()).expect("it can be read"))
    };
    files.map(read).collect()
}

/// What `run` would find of the same draws, of the first beliefs, but those refused.
fn run(experiment: &Experiment, refused: &[u32]) -> Findings {
    let basis = Basis::of(experiment, 0, refused.len() as u32);
    let mut analysis = Analysis::of(experiment, basis);
    let ids = cell::units(experiment).into_iter().flatten().filter(|id| id.beliefs == 0);
    for id in ids.filter(|id| !refused.contains(&id.draw)) {
        analysis.add(&cell::simulate(experiment, id));
    }
    analysis.findings()
}

#[test]
fn claims_are_held_against_what_a_run_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let asked = small(folder);
    let (one, found) =
        believe(&asked.experiment, &asked.claims, &settings(folder, "one", 1)).expect("it runs");
    let (two, _) =
        believe(&asked.experiment, &asked.claims, &settings(folder, "two", 2)).expect("it runs");
    assert_eq!(bytes(&one), bytes(&two), "threads change no byte");
    let names: Vec<String> = bytes(&one).into_keys().collect();
    let wanted = "beliefs.csv boxes.csv claims.csv deciding.csv draws.csv made-from.json manifest.json pareto.csv parts.csv regret.csv structures.csv switching.csv worth.csv";
    assert_eq!(names.join(" "), wanted);

    let [main, other, _] = found.simulated.beliefs.as_slice() else { panic!("three beliefs") };
    let refused: Vec<u32> = main.refused.iter().map(|refused| refused.draw).collect();
    assert!(main.draws.len() > 3, "most draws are a place to compare regimes in: {refused:?}");
    assert_eq!((main.draws.len() + refused.len(), other.asked), (12, 3));
    let run = run(&asked.experiment, &refused);
    let mean = |claim: usize, part: usize| {
        let draws = &found.answers[claim].counted[0].draws;
        draws.iter().map(|draw| draw.margins[part]).sum::<f64>() / draws.len() as f64
    };
    let row =
        Findings::find(&run.differences, "isf-default", Metric::PublicPerPerson, Period::Whole);
    let difference = row.and_then(|row| row.estimate.mean()).expect("measured");
    assert!((mean(0, 0) + difference).abs() < 1e-8 * difference.abs(), "{difference}");
    let recover = |regime: &str| {
        let is = |row: &&commissim::analysis::stress::Row| {
            row.regime == regime
                && row.metric == Metric::Unmet
                && row.said.id() == "months_to_recover"
        };
        run.stress.iter().find(is).and_then(|row| row.value.mean()).expect("measured")
    };
    let slower = recover("isf-default") - recover("tendering");
    assert!((mean(1, 0) - slower).abs() < 1e-9, "{slower}");

    for answer in &found.answers {
        for counted in &answer.counted {
            let all = [Held::Holds, Held::Fails, Held::Undecided].map(|held| counted.count(held));
            assert_eq!(all.iter().sum::<usize>(), counted.n());
        }
    }
    let links = found.answers[0].without.iter().filter(|row| row.part.is_none());
    assert!(links.clone().count() > 10 && links.clone().all(|row| row.n <= 2));
    assert!(!links.clone().any(|row| row.link == "peer-learning"), "nobody is there to learn from");
    assert!(
        found.answers[0].without.iter().any(|row| row.change.is_some_and(|c| c.at != 0.0)),
        "some link does something"
    );
    let losses = found.losses.expect("it was asked");
    assert_eq!(losses.regimes, ["status-quo", "isf-default", "tendering"]);
    let by: Vec<&str> = losses.lost.iter().map(|lost| lost.by.id()).collect();
    assert!(by.contains(&By::Weights.id()) && by.contains(&"community"));
}

#[test]
fn a_believe_that_was_stopped_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("small.toml"), SMALL.replace("years = 2", "years = 1")).expect("written");
    let words = |out: &'static str| {
        let claim = "isf-default cost.public_per_person <= status-quo +1%";
        let few = ["--draws", "4", "--structures", "0", "--beliefs", "agnostic", "--quiet"];
        [&["believe", claim, "--experiment", "./small.toml", "--out", out][..], &few].concat()
    };
    assert_eq!(commissim_in(folder, &words("whole")).0, 0);
    assert_eq!(commissim_in(folder, &words("part")).0, 0);
    // As if it had been stopped before the last pieces.
    let (done, work) = (folder.join("part"), folder.join("part.unfinished"));
    fs::rename(&done, &work).expect("renamed");
    let mut resumed = words("part");
    let (code, _, err) = commissim_in(folder, &resumed);
    assert_eq!(code, 1);
    assert!(err.contains("--resume"), "{err}");
    resumed.push("--resume");
    assert_eq!(commissim_in(folder, &resumed).0, 0);
    assert_eq!(bytes(&folder.join("whole")), bytes(&done));
}
