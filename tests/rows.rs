//! A place's own people, providers and neighbourhoods: read, simulated, written whole.

use commissim::cell;
use commissim::draws::Draws;
use commissim::files::{self, Overrides};
use commissim::levers::Mechanism;
use commissim::place::rows::{NeighbourhoodRow, PersonRow, ProviderRow, Row};
use std::path::Path;

const AREAS: &str = "id,deprivation_fifth,rural,social_capital\nNorth,1,no,\nSouth,5,yes,0.7\n";
const PROVIDERS: &str = "\
id,kind,neighbourhood,hours,price,regulated,holds_funds
1,agency,North,400,15,yes,yes
2,agency,South,300,16,yes,no
3,in-house,,100,,,
4,micro-enterprise,South,20,12.5,no,
";

/// Some people: two in three older, most of them funded by the council.
fn people() -> String {
    let mut text = "id,age,payer,setting,reason,neighbourhood,hours,mechanism\n".to_owned();
    for id in 0..60 {
        let (age, reason) = if id % 3 == 0 { ("18-64", "learning") } else { ("65+", "") };
        let payer = if id % 5 == 4 { "self" } else { "council" };
        let setting = if id % 10 == 7 { "care-home" } else { "home" };
        let home = if id % 2 == 0 { "North" } else { "South" };
        let mechanism = if id == 0 { "isf" } else { "" };
        let hours = if id < 30 { "12.5" } else { "" };
        text += &format!("{id},{age},{payer},{setting},{reason},{home},{hours},{mechanism}\n");
    }
    text
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("written");
}

/// A folder with a place of rows and an experiment in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let place = "like = \"town\"\ncode = 77\nneighbourhoods = \"areas.csv\"\n\
                 people = \"people.csv\"\nproviders = \"providers.csv\"\n";
    write(folder.path(), "mine.toml", place);
    write(folder.path(), "areas.csv", AREAS);
    write(folder.path(), "people.csv", &people());
    write(folder.path(), "providers.csv", PROVIDERS);
    let experiment = "place = \"mine.toml\"\nregimes = [\"direct-payments\"]\nyears = 1\n\
                      burn_in_years = 1\nreplicates = 1\n";
    write(folder.path(), "ours.toml", experiment);
    folder
}

fn experiment(folder: &Path) -> commissim::experiment::Experiment {
    let path = folder.join("ours.toml").to_string_lossy().into_owned();
    files::experiment(&path, &Overrides::default()).expect("sound").0
}

#[test]
fn rows_are_who_is_there() {
    let folder = folder();
    let experiment = experiment(folder.path());
    let place = &experiment.places[0];
    assert_eq!(place.neighbourhoods, 2);
    let draws = Draws { seed: 1, draw: 0, replicate: 0 };
    let world = commissim::model::build::world(place, &experiment.parameters, draws, -11);
    assert_eq!(world.people.len(), 60);
    assert_eq!(world.neighbourhoods.len(), 2);
    assert_eq!((world.neighbourhoods[0].fifth, world.neighbourhoods[1].fifth), (0, 4));
    assert_eq!(world.neighbourhoods[1].social_capital, 0.7);
    assert_eq!(world.people.iter().filter(|p| p.mechanism == Mechanism::Isf).count(), 1);
    assert_eq!(world.people.iter().filter(|p| p.neighbourhood == 0).count(), 30);
    assert_eq!(world.providers.len(), 4);
    let exact = world.people.iter().filter(|p| (p.needed() - 12.5).abs() < 1e-4).count();
    assert_eq!(exact, 30);
}

#[test]
fn a_row_keeps_its_luck_whatever_stands_beside_it() {
    let folder = folder();
    let built = || {
        let experiment = experiment(folder.path());
        let draws = Draws { seed: 1, draw: 0, replicate: 0 };
        let place = &experiment.places[0];
        commissim::model::build::world(place, &experiment.parameters, draws, -11)
    };
    let before = built();
    // The first row goes, and the others are turned round.
    let text = people();
    let mut lines: Vec<&str> = text.lines().collect();
    let header = lines.remove(0);
    lines.remove(0);
    lines.reverse();
    write(folder.path(), "people.csv", &format!("{header}\n{}\n", lines.join("\n")));
    let after = built();
    assert_eq!(after.people.len(), 59);
    for person in &after.people {
        let same = before.people.iter().find(|other| other.key == person.key).expect("the same");
        assert_eq!((same.need, same.capacity), (person.need, person.capacity));
    }
}

#[test]
fn a_place_of_rows_runs_and_its_results_can_be_run_again() {
    let folder = folder();
    let experiment = experiment(folder.path());
    let id = cell::CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };
    let first = cell::simulate(&experiment, id);
    let resolved = commissim::store::resolved::files(&experiment).expect("written");
    let again = tempfile::tempdir().expect("a folder");
    for (path, bytes) in &resolved {
        let path = again.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let path = again.path().join("experiment.toml").to_string_lossy().into_owned();
    let read = files::experiment(&path, &Overrides::default()).expect("sound").0;
    assert_eq!(read.places[0].own, experiment.places[0].own);
    assert!(cell::simulate(&read, id) == first);
}

#[test]
fn columns_are_plain_and_say_what_they_are() {
    fn check<R: Row>() {
        let mut seen = std::collections::BTreeSet::new();
        for column in R::COLUMNS {
            assert!(seen.insert(column.name), "{} is declared twice", column.name);
            assert!(column.meaning.ends_with('.'), "{}", column.name);
        }
        assert_eq!(R::COLUMNS[0].name, "id");
    }
    check::<PersonRow>();
    check::<ProviderRow>();
    check::<NeighbourhoodRow>();
}
