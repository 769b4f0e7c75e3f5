//! What a lever, parameter, metric, regime, place, mechanism, link, experiment or
//! stress is, and lists of them. Everything said here comes from the declarations.

mod entries;
mod layout;

use serde_json::{Map, Value, json};

pub use entries::{Entry, Fact, Kind};

use crate::problem::{Problem, Problems, listed, nearest};

/// What `name` is, for a terminal; nothing where there is no such thing. A name
/// that stands for several things gets them all.
pub fn explain(name: &str) -> Option<String> {
    let found = entries::named(name);
    let pages: Vec<String> = found.iter().map(layout::page).collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// Everything there is of a kind, with all that is said about it.
pub fn entries(kind: Kind) -> Vec<Entry> {
    entries::of(kind)
}

/// Says that nothing is called `name`, with what may have been meant.
pub fn unknown(name: &str) -> Problems {
    let known: Vec<String> = Kind::ALL
        .into_iter()
        .flat_map(entries::of)
        .flat_map(|entry| {
            let short = entry.name.split_once('.').map(|(_, short)| short.to_owned());
            std::iter::once(entry.name).chain(short)
        })
        .collect();
    let problem = Problem::error(format!("nothing is called `{name}`"));
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let kinds = listed(Kind::ALL.map(Kind::plural), "or");
            format!("`commissim list WHAT` lists names; WHAT is {kinds}")
        }
    };
    problem.help(help).into()
}

/// The list called `what`, such as `levers`, for a terminal or as JSON.
pub fn list(what: &str, json: bool) -> Result<String, Problems> {
    let found = Kind::ALL.into_iter().find(|kind| kind.plural() == what || kind.word() == what);
    let Some(kind) = found else {
        let plurals = Kind::ALL.map(Kind::plural);
        let problem = Problem::error(format!("there is no list of `{what}`"));
        let help = match nearest(what, plurals) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the lists are {}", listed(plurals, "and")),
        };
        return Err(problem.help(help).into());
    };
    let entries = entries::of(kind);
    if json {
        let all: Vec<Value> = entries.iter().map(as_json).collect();
        return Ok(format!("{:#}\n", Value::Array(all)));
    }
    Ok(layout::table(&entries))
}

/// An entry for programs.
fn as_json(entry: &Entry) -> Value {
    let mut map = Map::new();
    map.insert("name".to_owned(), json!(entry.name));
    map.insert("kind".to_owned(), json!(entry.kind.word()));
    map.insert("meaning".to_owned(), json!(entry.meaning));
    if !entry.group.is_empty() {
        map.insert("group".to_owned(), json!(entry.group));
    }
    for fact in &entry.facts {
        map.insert(fact.label.replace(' ', "_"), fact.value.clone());
    }
    if !entry.sources.is_empty() {
        let ids: Vec<&str> = entry.sources.iter().map(|row| row.id.as_str()).collect();
        map.insert("sources".to_owned(), json!(ids));
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_listed_is_explained_and_fits_a_terminal() {
        for kind in Kind::ALL {
            let listed = list(kind.plural(), false).expect("a list");
            assert!(!listed.is_empty());
            for entry in entries::of(kind) {
                let page = explain(&entry.name).expect(&entry.name);
                assert!(page.contains(&entry.name), "{page}");
                for line in page.lines().filter(|line| !line.contains("http")) {
                    assert!(line.chars().count() <= 100, "{line}");
                }
            }
        }
    }

    #[test]
    fn a_parameter_is_explained_with_its_sources() {
        let page = explain("default_effect").expect("a parameter");
        for words in ["logits", "0.8", "0 to 1.2", "estimated", "Jachimowicz", "https://"] {
            assert!(page.contains(words), "{words} is missing:\n{page}");
        }
    }

    #[test]
    fn levers_metrics_and_overlays_are_explained() {
        assert!(explain("lots").expect("a lever").contains("whole number from 1 to 40"));
        assert!(explain("scrqol").expect("a metric").contains("choice.scrqol"));
        let overlay = explain("tendering+isf-default").expect("an overlay");
        assert!(overlay.contains("awards_per_lot") && overlay.contains("default_mechanism"));
    }

    #[test]
    fn unknown_names_get_a_suggestion() {
        assert!(explain("catalist").is_none());
        assert!(unknown("catalist").to_string().contains("did you mean `catalysts`?"));
        assert!(unknown("the weather").to_string().contains("`levers`"));
        let problems = list("metric5", false).expect_err("no such list");
        assert!(problems.to_string().contains("did you mean `metrics`?"));
    }

    #[test]
    fn lists_for_programs_are_json_with_numbers() {
        let text = list("parameters", true).expect("a list");
        let all: Value = serde_json::from_str(&text).expect("JSON");
        let fee = all.as_array().and_then(|all| all.iter().find(|p| p["name"] == "holding_fee"));
        let fee = fee.expect("a parameter");
        assert!(fee["value"].is_number() && fee["low"].is_number() && fee["sources"].is_array());
    }
}
