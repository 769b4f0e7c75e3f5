//! Every parameter, lever, metric and causal link is soundly declared, and does something.

use crate::sources::{self, has_word};
use commissim::declare::{Grade, LeverKind, Setting, Shape};
use commissim::levers::{LEVERS, Levers};
use commissim::metrics::{self, METRICS, Measure, Metric};
use commissim::parameters::{PARAMETERS, Parameters};
use commissim::structures::{STRUCTURES, Structures};
use std::collections::BTreeSet;

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    text.ends_with('.') && text.starts_with(|c: char| !c.is_lowercase())
}

#[test]
fn names_are_unique_and_plain() {
    let mut seen = BTreeSet::new();
    let names = PARAMETERS.iter().map(|p| p.name).chain(LEVERS.iter().map(|l| l.name));
    for name in names {
        assert!(seen.insert(name), "{name} is declared twice");
        assert!(is_snake_case(name), "{name}");
    }
    // A link may be named after the parameter that says how strong it is.
    let mut seen = BTreeSet::new();
    for (id, meaning) in STRUCTURES {
        assert!(seen.insert(*id), "{id} is declared twice");
        assert!(is_snake_case(&id.replace('-', "_")), "{id}");
        assert!(is_sentence(meaning), "{id}: {meaning}");
    }
    for metric in METRICS {
        assert!(seen.insert(metric.id), "{} is declared twice", metric.id);
        assert!(metric.id.split('.').all(is_snake_case), "{}", metric.id);
    }
}

/// Assumed for a reason of one word.
const THIN: &[&str] = &[];

#[test]
fn parameters_lie_within_their_ranges_and_say_where_they_come_from() {
    for p in PARAMETERS {
        let name = p.name;
        assert!(p.low <= p.default && p.default <= p.high, "{name}: the value leaves its range");
        assert!(p.hard_low <= p.low && p.high <= p.hard_high, "{name}: the range leaves its unit");
        assert!(is_sentence(p.meaning), "{name}: {}", p.meaning);
        assert!(!p.grade.source().trim().is_empty(), "{name} has no source");
        if let Grade::Assumed(why) = p.grade {
            let says = why.trim().contains(' ') != THIN.contains(&name);
            assert!(says, "{name}: `{why}`: a word does not say why; more comes off the list");
        }
        if p.shape == Shape::Log {
            assert!(p.low > 0.0, "{name}: orders of magnitude need a range above nought");
        }
        if let Shape::Claim { none, believer, sceptic } = p.shape {
            for end in [none, believer.0, believer.1, sceptic.0, sceptic.1] {
                assert!((p.hard_low..=p.hard_high).contains(&end), "{name}: {end}");
            }
            assert!(believer.0 <= believer.1 && sceptic.0 <= sceptic.1, "{name}");
        }
    }
    let defaults = Parameters::default();
    for p in PARAMETERS {
        assert_eq!(defaults.get(p.name), Some(p.default), "{}", p.name);
    }
}

#[test]
fn levers_lie_within_their_ranges_and_name_their_price() {
    let levers = Levers::default();
    let processes = sources::model();
    for lever in LEVERS {
        let name = lever.name;
        assert!(is_sentence(lever.meaning), "{name}: {}", lever.meaning);
        assert!(is_sentence(lever.price), "{name} names no price: `{}`", lever.price);
        let place = processes.iter().any(|file| file.stem() == lever.acts_in);
        assert!(place, "{name} acts in {}, which is no part of the model", lever.acts_in);
        let within = |x: f64, low: f64, high: f64| low <= x && x <= high;
        match (lever.kind, levers.get(name).expect(name)) {
            (LeverKind::Number { low, high, whole }, Setting::Number(x)) => {
                assert!(within(x, low, high), "{name}: {x}");
                assert!(!whole || x.fract() == 0.0, "{name}: {x}");
            }
            (LeverKind::Choice(words), Setting::Word(word)) => {
                assert!(words.contains(&word.as_str()), "{name}: {word}");
            }
            (LeverKind::Set(known), Setting::Words(words)) => {
                assert!(words.iter().all(|word| known.contains(&word.as_str())), "{name}");
            }
            (LeverKind::Table { keys, low, high }, Setting::Table(rows)) => {
                for (key, x) in rows {
                    assert!(keys.contains(&key.as_str()) && within(x, low, high), "{name}.{key}");
                }
            }
            (kind, setting) => panic!("{name} is declared as {kind:?} and set to {setting}"),
        }
    }
}

#[test]
fn metrics_are_defined_in_a_sentence() {
    for metric in METRICS {
        assert!(is_sentence(metric.definition), "{}: {}", metric.id, metric.definition);
        assert!(!metric.label.is_empty() && !metric.unit.is_empty(), "{}", metric.id);
        let matters = metric.matters().unwrap_or(1.0);
        assert!(matters > 0.0, "{}: every difference matters", metric.id);
    }
}

/// Declared, but read by nothing yet. A name that is read after all has to come off.
const NOT_READ_YET: &[&str] = &[];

/// Holds that what is declared and not used is what the list says.
fn only_these_are_idle<'a>(what: &str, idle: impl Iterator<Item = &'a str>, known: &[&str]) {
    let idle: BTreeSet<&str> = idle.collect();
    let known: BTreeSet<&str> = known.iter().copied().collect();
    let fresh: Vec<_> = idle.difference(&known).collect();
    let gone: Vec<_> = known.difference(&idle).collect();
    assert!(fresh.is_empty(), "{what} that change nothing in the model: {fresh:?}");
    assert!(gone.is_empty(), "{what} that do something now and can come off the list: {gone:?}");
}

/// The code in which declared numbers act.
fn acting() -> String {
    let mut files = sources::model();
    files.extend(sources::below("src").into_iter().filter(|file| file.path == "src/place.rs"));
    files.into_iter().map(|file| file.code).collect()
}

/// Whether code has `holder.name` for any of the holders.
fn is_read_off(code: &str, holders: &[&str], name: &str) -> bool {
    holders.iter().any(|holder| has_word(code, &format!("{holder}.{name}")))
}

#[test]
fn every_parameter_is_read() {
    let mut code = acting();
    // What an hour or a life outside is worth matters only once a cell is done.
    let appraising = |file: &sources::File| {
        file.path == "src/appraisal.rs" || file.path.starts_with("src/economics")
    };
    code.extend(sources::below("src").into_iter().filter(appraising).map(|file| file.code));
    let idle = PARAMETERS.iter().map(|p| p.name);
    let idle = idle.filter(|name| !is_read_off(&code, &["p", "parameters"], name));
    only_these_are_idle("parameters", idle, NOT_READ_YET);
}

/// Levers that are declared, but read by nothing yet.
const LEVERS_NOT_READ_YET: &[&str] = &[];

#[test]
fn every_lever_is_read() {
    let code = acting();
    // A world has lots and catalysts of its own: a lever is read off the levers.
    let holders = ["levers", "own", "rules", "status_quo", "reaching(latent)"];
    let idle = LEVERS.iter().map(|lever| lever.name);
    let idle = idle.filter(|name| !is_read_off(&code, &holders, name));
    only_these_are_idle("levers", idle, LEVERS_NOT_READ_YET);
}

/// Metrics that are declared, but counted by nothing yet.
const NOT_COUNTED_YET: &[&str] = &[];

#[test]
fn every_metric_is_counted() {
    let code = acting();
    let is_counted = |metric: &Metric| match metric.declaration().measure {
        Measure::Wait { histogram, .. } => has_word(&code, &format!("Histogram::{histogram:?}")),
        // What it is worked out from is counted.
        Measure::Concentration { of, .. } => metrics::find(of).is_some(),
        _ => has_word(&code, &format!("Metric::{metric:?}")),
    };
    let idle = Metric::ALL.iter().filter(|metric| !is_counted(metric));
    only_these_are_idle("metrics", idle.map(|m| m.declaration().id), NOT_COUNTED_YET);
}

#[test]
fn every_causal_link_is_read_and_can_be_switched_off() {
    let code = acting();
    let mut idle = Vec::new();
    for (id, _) in STRUCTURES {
        let mut structures = Structures::default();
        *structures.get_mut(id).expect(id) = false;
        assert_eq!(structures.off(), [*id]);
        // The only switch that is off names the field.
        let shown = format!("{structures:?}");
        let before = shown.split(": false").next().unwrap_or_default();
        let field = before.rsplit([' ', '{']).next().unwrap_or_default();
        if !has_word(&code, &format!(".{field}")) {
            idle.push(*id);
        }
    }
    only_these_are_idle("causal links", idle.into_iter(), &[]);
}
