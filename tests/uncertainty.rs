//! Parameter draws, from what is typed to the tables.

use crate::commands::commissim_in;
use crate::made_up;
use crate::small_worlds::town;
use commissim::cell::{self, Cell, CellId};
use commissim::councils::councils;
use commissim::designs::Design;
use commissim::experiment::Experiment;
use commissim::files::{self, Overrides};
use commissim::metrics::Metric;
use commissim::outcomes::{Outcomes, Stratum, Tally};
use commissim::parameters::{PARAMETERS, Parameters};
use commissim::place::MAKES_PLACES;
use commissim::run::{Done, Settings, run};
use commissim::store::Wanted;
use commissim::uncertainty::{Beliefs, Block, Uncertainty};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

type Table = Vec<BTreeMap<String, String>>;

fn read(path: &Path) -> Table {
    let mut reader = csv::Reader::from_path(path).expect("there");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// A made-up experiment with so many draws under agnostic and sceptical beliefs.
fn drawn(draws: u32) -> Experiment {
    let beliefs = [Beliefs::Agnostic, Beliefs::Sceptic];
    let uncertainty = Uncertainty::designed(Design::Sobol, draws, &beliefs, |_| false, 7);
    Experiment { uncertainty: Some(uncertainty), ..made_up::experiment(&["one", "two"], 2) }
}

fn ran(experiment: &Experiment, make: impl Fn(CellId) -> Cell + Sync, out: &Path) -> Table {
    let wanted = Wanted { out: Some(out.to_owned()), ..Wanted::default() };
    let settings =
        Settings { wanted, threads: Some(1), quiet: true, command: Vec::new(), briefing: false };
    let simulate = |unit: &[CellId]| unit.iter().map(|id| make(*id)).collect();
    let done = run(experiment, &simulate, &settings).expect("it runs");
    assert!(matches!(done, Done::Ran(_)));
    read(&out.join("differences.csv"))
}

/// The row of a headline, under some beliefs.
fn row<'a>(table: &'a Table, beliefs: &str, metric: &str) -> &'a BTreeMap<String, String> {
    let wanted = |row: &&BTreeMap<String, String>| {
        row["regime"] == "two"
            && row["beliefs"] == beliefs
            && row["metric"] == metric
            && row["headline"] == "true"
    };
    table.iter().find(wanted).expect("a row")
}

#[test]
fn cells_are_numbered_by_place_beliefs_draw_and_replicate() {
    let experiment = drawn(3);
    let ids: Vec<CellId> = cell::units(&experiment).into_iter().flatten().collect();
    assert_eq!((ids.len(), cell::count(&experiment)), (12, 12));
    assert!(ids.is_sorted());
    let mut more = drawn(5);
    more.replicates = 4;
    let more: Vec<CellId> = cell::units(&more).into_iter().flatten().collect();
    assert!(ids.iter().all(|id| more.contains(id)), "more of anything renumbers nothing");
}

#[test]
fn a_cell_has_the_parameters_of_its_draw_and_nothing_else() {
    let uncertainty =
        Uncertainty::designed(Design::Sobol, 3, &[Beliefs::Believer], |_| false, 2026);
    let regimes = vec![files::regime("community-sourcing").expect("it ships").0];
    let experiment = Experiment { years: 1, uncertainty: Some(uncertainty), ..town(regimes) };
    let id = CellId { system: 0, beliefs: 0, draw: 2, replicate: 1 };
    let cell = cell::simulate(&experiment, id);
    let mut alone = Experiment { uncertainty: None, ..experiment.clone() };
    experiment.uncertainty.as_ref().expect("drawn").set(0, 2, &mut alone.parameters);
    assert_ne!(alone.parameters, Parameters::default());
    let by_itself = cell::simulate(&alone, id);
    assert_eq!(cell.worlds, by_itself.worlds);
    assert_eq!(cell.gains, by_itself.gains);
    let other = cell::simulate(&experiment, CellId { draw: 1, ..id });
    assert_ne!(cell.worlds, other.worlds);
}

#[test]
fn all_beliefs_are_on_the_same_luck() {
    let rows = vec![vec![0.4], vec![0.5]];
    let block = |beliefs| Block { beliefs: Some(beliefs), rows: rows.clone() };
    let blocks = vec![block(Beliefs::Believer), block(Beliefs::Sceptic)];
    let names = vec!["default_effect"];
    let uncertainty = Uncertainty { design: None, draws: 2, names, blocks: Arc::new(blocks) };
    let experiment = Experiment { years: 1, uncertainty: Some(uncertainty), ..town(Vec::new()) };
    let of = |beliefs, draw| {
        cell::simulate(&experiment, CellId { system: 0, beliefs, draw, replicate: 0 }).worlds
    };
    assert_eq!(of(0, 1), of(1, 1));
    assert_ne!(of(0, 0), of(0, 1));
}

#[test]
fn tables_have_a_block_for_each_beliefs_and_count_draws() {
    let folder = tempfile::tempdir().expect("a folder");
    let experiment = drawn(24);
    let make = |id| made_up::cell(&experiment, id);
    let out = folder.path().join("mine");
    let table = ran(&experiment, make, &out);
    for beliefs in ["agnostic", "sceptic"] {
        let row = row(&table, beliefs, "choice.picked");
        for (column, expected) in [
            ("n", "24"),
            ("interval", "parameters"),
            ("draws", "24"),
            ("refused", "0"),
            ("replicates", "2"),
            ("verdict", "better"),
        ] {
            assert_eq!(row[column], expected, "{column}");
        }
    }
    for name in ["summary", "placebo", "gains", "costs", "economics", "acceptability", "plane"] {
        let table = read(&out.join(format!("{name}.csv")));
        let of = |beliefs: &str| table.iter().filter(|row| row["beliefs"] == beliefs).count();
        assert_eq!(of("agnostic") + of("sceptic"), table.len(), "{name}");
        assert_eq!(of("agnostic"), of("sceptic"), "{name}");
    }
    assert!(read(&out.join("refused.csv")).is_empty());
    assert_eq!(read(&out.join("draws.csv")).len(), 48);
}

/// A world whose money is no number.
fn world(years: usize, metric: Metric, sums: [f64; 2]) -> Outcomes {
    let (mut outcomes, mut tally) = (Outcomes::new(years), Tally::default());
    let stratum = Stratum::of(0, 0, 0, 0);
    for month in 0..12 * years {
        tally.live(stratum, 1.0);
        tally.add(stratum, metric, sums[0], sums[1]);
        outcomes.close_month(&mut tally);
        if month % 12 == 11 {
            outcomes.close_year(month / 12, &mut tally);
        }
    }
    outcomes
}

/// What a draw that is refused leaves is as if it had not been made, but for the count.
#[test]
fn refused_draws_are_left_out_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let experiment = drawn(24);
    let whole = ran(&experiment, |id| made_up::cell(&experiment, id), &folder.path().join("a"));
    // One draw's community feeds itself, and another's money is no number in one replicate.
    let refusing = |id: CellId| {
        let mut cell = made_up::cell(&experiment, id);
        if (id.beliefs, id.draw) == (0, 3) {
            (cell.runs_away, cell.worlds) = (Some(0.91), Vec::new());
        }
        if (id.beliefs, id.draw, id.replicate) == (0, 9, 1) {
            cell.worlds[0] = world(experiment.years, Metric::PublicPerPerson, [f64::NAN, 0.0]);
        }
        // And a third's council leaves a fifth of what it owes undelivered.
        if (id.beliefs, id.draw, id.replicate) == (0, 14, 0) {
            cell.worlds[0] = world(experiment.years, Metric::Unmet, [20.0, 100.0]);
        }
        cell
    };
    let out = folder.path().join("b");
    let some = ran(&experiment, refusing, &out);
    assert_eq!(row(&some, "sceptic", "choice.picked"), row(&whole, "sceptic", "choice.picked"));
    let left = row(&some, "agnostic", "choice.picked");
    assert_eq!((left["n"].as_str(), left["draws"].as_str()), ("21", "24"));
    assert_eq!((left["refused"].as_str(), left["verdict"].as_str()), ("3", "better"));
    assert_ne!(left["mean"], row(&whole, "agnostic", "choice.picked")["mean"]);
    let refused = read(&out.join("refused.csv"));
    let of = |row: &BTreeMap<String, String>| (row["beliefs"].clone(), row["draw"].clone());
    let draws: Vec<_> = refused.iter().map(of).collect();
    let agnostic = |draw: &str| ("agnostic".to_owned(), draw.to_owned());
    assert_eq!(draws, [agnostic("3"), agnostic("9"), agnostic("14")]);
    assert!(refused[0]["why"].contains("0.91"), "{refused:?}");
    assert!(refused[1]["why"].contains("cost.public_per_person"), "{refused:?}");
    assert!(refused[2]["why"].contains("20% of eligible hours undelivered"), "{refused:?}");
    let plane = read(&out.join("plane.csv"));
    assert!(!plane.iter().any(|row| row["beliefs"] == "agnostic" && row["draw"] == "3"));
}

#[test]
fn where_every_draw_is_refused_tables_are_empty_and_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let experiment = drawn(2);
    let refusing = |id| {
        let cell = made_up::cell(&experiment, id);
        Cell { runs_away: Some(1.2), worlds: Vec::new(), ..cell }
    };
    let table = ran(&experiment, refusing, &folder.path().join("mine"));
    let row = row(&table, "agnostic", "choice.picked");
    assert_eq!((row["refused"].as_str(), row["n"].as_str(), row["mean"].as_str()), ("2", "0", ""));
}

#[test]
fn blows_are_told_over_draws_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = "run stress-tests --place town --years 6 --regimes isf-default --draws 3 --out mine";
    let (code, text, err) = commissim_in(folder.path(), &typed(run));
    assert_eq!(code, 0, "{err}");
    assert!(text.contains("STRESS TESTS"), "{text}");
    for name in ["stress.csv", "recovery.csv"] {
        let table = read(&folder.path().join("mine").join(name));
        assert!(table.iter().all(|row| row["beliefs"] == "agnostic"), "{name}");
        assert!(table.iter().all(|row| row["interval"] == "parameters"), "{name}");
        assert!(table.iter().any(|row| row["n"] == "3" && !row["low"].is_empty()), "{name}");
    }
}

/// Words on a command line.
fn typed(words: &str) -> Vec<&str> {
    words.split(' ').collect()
}

#[test]
fn a_run_with_draws_is_had_again_from_its_folder_or_its_draws() {
    let folder = tempfile::tempdir().expect("a folder");
    let commissim = |words: &str| commissim_in(folder.path(), &typed(words));
    let run = "run --place town --regimes isf-default --years 1 --draws 3 --beliefs agnostic,sceptic --set self_funder_share=0.3";
    let (code, text, err) = commissim(&format!("{run} --out mine"));
    assert_eq!(code, 0, "{err}");
    assert!(text.contains("luck and parameters, 3 draws of 2 replicates"), "{text}");
    assert!(text.contains("BELIEFS: agnostic") && text.contains("BELIEFS: sceptic"), "{text}");
    assert!(text.contains("Under 20 parameter draws no verdict is passed."), "{text}");
    let (code, text, _) = commissim("verify mine --threads 1");
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("12 of 12 simulated again"), "{text}");
    assert_eq!(commissim("report mine --quiet").0, 0);

    // Resolved, it is the same experiment; and so are its draws as a set.
    assert_eq!(commissim("run mine/experiment.toml --quiet --no-briefing --out again").0, 0);
    let set = run.replace("--draws 3 --beliefs agnostic,sceptic", "--from mine/draws.csv");
    assert_eq!(commissim(&format!("{set} --quiet --no-briefing --out from")).0, 0);
    for name in ["differences.csv", "runs.parquet", "series.parquet", "draws.csv", "plane.csv"] {
        let of = |run: &str| std::fs::read(folder.path().join(run).join(name)).expect("there");
        assert!(of("mine") == of("again"), "{name} of the experiment run again");
        assert!(of("mine") == of("from"), "{name} of its draws as a set");
    }
    let draws = read(&folder.path().join("mine/draws.csv"));
    assert!(!draws[0].contains_key("self_funder_share"), "it is set, so not drawn");

    let (code, _, err) = commissim(&format!("{run} --out mine --resume"));
    assert!(code == 0 && err.contains("mine is complete already"), "{err}");
    let more = run.replace("--draws 3", "--draws 4");
    let (code, _, err) = commissim(&format!("{more} --out mine --resume"));
    assert!(code == 1 && err.contains("experiment.toml differs"), "{err}");

    let (code, story, err) = commissim("trace mine --beliefs sceptic --draw 2 --replicate 1");
    assert_eq!(code, 0, "{err}");
    assert!(story.contains("draw 2 (sceptic), replicate 1"), "{story}");
    assert!(story.contains("--beliefs sceptic --draw 2 --replicate 1"), "{story}");
    let (code, _, err) = commissim("trace mine --draw 3");
    assert_eq!(code, 1);
    insta::assert_snapshot!(err, @r"
    error: mine has no draw 3
    help: it has 3, draws 0 to 2
    ");
    let (_, json, _) = commissim("report mine --json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["interval"], "luck and parameters");
    assert_eq!(json["beliefs"][1]["beliefs"], "sceptic");
    assert_eq!(json["beliefs"][0]["headlines"], json["headlines"]);
}

#[test]
fn a_draw_whose_community_feeds_itself_is_refused_and_the_run_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let set = "draw,capital_connected,capital_half_life\n0,0.02,5\n1,5,40\n2,0.03,5\n";
    std::fs::write(folder.path().join("mine.csv"), set).expect("written");
    let run = "run quick --years 1 --from mine.csv --out mine";
    let (code, text, err) = commissim_in(folder.path(), &typed(run));
    assert_eq!(code, 0, "{err}");
    assert!(text.contains("1 of 3 draws is refused and left out of all of this:"), "{text}");
    assert!(text.contains("draw 1 in town: social capital feeds itself"), "{text}");
    let table = read(&folder.path().join("mine/differences.csv"));
    assert!(table.iter().all(|row| row["refused"] == "1" && row["beliefs"].is_empty()));
    let (code, text, _) = commissim_in(folder.path(), &["verify", "mine"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn what_is_typed_of_draws_is_held_to_the_same_rules() {
    let said = |words: &str| commissim_in(Path::new("."), &typed(words)).2;
    insta::assert_snapshot!(said("run quick --draws 1 --precision 2% --design sobl --beliefs agnostic,belever"), @r"
    error: --beliefs cannot be `belever`
    help: did you mean `believer`?

    error: --design cannot be `sobl`
    help: did you mean `sobol`?

    error: --precision is for runs without parameter draws
    help: more replicates would make luck smaller, not ignorance
    help: leave it out and say how many `draws`, and `replicates` of each; or run without draws

    error: `--draws` cannot be 1
    note: it must be a whole number from 2 to 65,536
    help: the smallest it may be is 2

    4 problems
    ");
    insta::assert_snapshot!(said("run quick --draws 4 --replicates 1"), @r"
    error: `--replicates` cannot be 1
    note: it must be a whole number from 2 to 1,000,000
    help: the smallest it may be is 2

    1 problem
    ");
    insta::assert_snapshot!(said("run quick --from nowhere.csv"), @r"
    error: --from: there is no file `nowhere.csv`
    help: a path starts from the folder you are in

    1 problem
    ");
}

#[test]
fn a_set_fixes_nothing_else_and_is_read_as_far_as_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.csv");
    let set = "\u{feff}draw,default_effect\r\n7,0.4\r\n3,0.5\r\n9,0.6\r\n";
    std::fs::write(&path, set).expect("written");
    let from = Some(path.to_string_lossy().into_owned());
    let typed = Overrides { from, draws: Some(2), replicates: Some(5), ..Overrides::default() };
    let (experiment, warnings) = files::experiment("quick", &typed).expect("sound");
    assert!(warnings.is_empty());
    assert_eq!((experiment.draws(), experiment.beliefs(), experiment.replicates), (2, 1, 5));
    let second = experiment.drawn(0, 1);
    let expected = Parameters { default_effect: 0.5, ..Parameters::default() };
    assert_eq!(second.parameters, expected);
    assert_eq!(experiment.believed(0), "");
}

/// The one way in which parameters enter a place before it is simulated.
#[test]
fn places_are_made_by_the_parameters_that_are_said_to_make_them() {
    let usual = Parameters::default();
    let made = |id: &str, p: &Parameters| commissim::place::place(id, p).expect("it is built in");
    // Hours by reason turn a Scottish council's own hours into a factor on them; they act in
    // the model too, and are drawn: hours there are then as many times the draw's own.
    let hours = ["hours_physical", "hours_learning", "hours_mental_health", "hours_older"];
    let scottish = [
        "people_a_neighbourhood",
        "hours_physical",
        "hours_learning",
        "hours_mental_health",
        "hours_older",
    ];
    assert!(hours.iter().all(|name| !MAKES_PLACES.contains(name)));
    for (place, makes) in [
        (councils()[0].id.as_str(), &MAKES_PLACES[..]),
        ("dorset-2009-10", &MAKES_PLACES[..]),
        ("glasgow-city", &scottish[..]),
        ("town", &[][..]),
    ] {
        let before = made(place, &usual);
        let moves = |name: &&str| {
            let declared = PARAMETERS.iter().find(|p| p.name == *name).expect("declared");
            let mut p = usual.clone();
            let value = p.get_mut(name).expect("declared");
            *value = if *value == declared.high { declared.low } else { declared.high };
            made(place, &p) != before
        };
        let moving: Vec<&str> = PARAMETERS.iter().map(|p| p.name).filter(moves).collect();
        let mut makes = makes.to_vec();
        makes.sort_by_key(|name| PARAMETERS.iter().position(|p| p.name == *name));
        assert_eq!(moving, makes, "{place}");
    }
}
