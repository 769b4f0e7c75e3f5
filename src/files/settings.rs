//! Lever settings and parameter values, read against their declarations.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::amounts::Wanted;
use super::keys::{self, Key, Kind, Thing};
use super::values::number;
use super::walk::{Reading, kind_of};
use crate::declare::{Lever, LeverKind, Parameter, Setting};
use crate::levers::LEVERS;
use crate::metrics::{self, METRICS, Metric};
use crate::parameters::PARAMETERS;
use crate::problem::{Problem, listed, nearest, suggestion};

/// One lever's setting and where it stands.
#[derive(Clone, Debug)]
pub struct Set {
    /// The lever.
    pub lever: &'static Lever,
    /// What it is set to.
    pub setting: Setting,
    /// Where the value stands.
    pub span: Range<usize>,
}

/// The lever called `name`.
pub fn lever(name: &str) -> Option<&'static Lever> {
    LEVERS.iter().find(|lever| lever.name == name)
}

/// The parameter called `name`.
pub fn parameter(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

/// Where a name belongs that does not belong here.
pub fn elsewhere(word: &str, here: &[Key]) -> Option<String> {
    let has = |kind: fn(&Kind) -> bool| here.iter().find(|key| kind(&key.kind)).map(|key| key.name);
    if lever(word).is_some() {
        return Some(match has(|kind| matches!(kind, Kind::Levers)) {
            Some(table) => format!("`{word}` is a lever: put it below a line [{table}]"),
            None => format!("`{word}` is a lever: set it in a regime's file, below [levers]"),
        });
    }
    if parameter(word).is_some() {
        return Some(match has(|kind| matches!(kind, Kind::Parameters)) {
            Some(table) => format!("`{word}` is a parameter: put it below a line [{table}]"),
            None => format!(
                "`{word}` is a parameter: set it in an experiment's file, below [parameters]"
            ),
        });
    }
    let belongs = |thing: &Thing| {
        let declared = keys::find(thing.keys(), word);
        declared.is_some() && !here.iter().any(|key| key.name == word)
    };
    let thing = Thing::ALL.into_iter().find(belongs)?;
    Some(format!("`{word}` is a key of {}'s file", thing.a()))
}

/// Reads lever settings; `table` is what the file calls them.
pub fn levers(inner: &DeTable<'_>, span: Range<usize>, table: &str, to: &mut Reading) -> Vec<Set> {
    if inner.is_empty() && table == "change.levers" {
        let problem = Problem::error("this [[change]] changes nothing").label("no lever is set");
        to.say(problem.help("set a lever, or take the change out"), span);
    }
    let mut sets = Vec::new();
    for (written, value) in inner.iter() {
        let word: &str = written.get_ref().as_ref();
        let Some(lever) = lever(word) else {
            let problem = Problem::error(format!("no lever is called `{word}`"));
            let help = match nearest(word, LEVERS.iter().map(|lever| lever.name)) {
                Some(name) => {
                    format!("did you mean `{name}`? `commissim explain {name}` says what it is")
                }
                None => elsewhere(word, &[])
                    .unwrap_or_else(|| "`commissim list levers` lists them".to_owned()),
            };
            to.say(problem.label(format!("in [{table}]")).help(help), written.span());
            continue;
        };
        if let Some(setting) = setting(lever, value, to) {
            sets.push(Set { lever, setting, span: value.span() });
        }
    }
    sets.sort_by_key(|set| set.span.start);
    sets
}

/// Reads widths by headline metric.
pub fn widths(inner: &DeTable<'_>, to: &mut Reading) -> Vec<(Metric, f64)> {
    let mut widths = Vec::new();
    for (written, value) in inner.iter() {
        let word: &str = written.get_ref().as_ref();
        let headlines: Vec<&str> =
            METRICS.iter().filter(|metric| metric.is_headline()).map(|metric| metric.id).collect();
        let Some(metric) = metrics::find(word).filter(|metric| metric.declaration().is_headline())
        else {
            let problem = Problem::error(format!("no headline is called `{word}`"));
            let help = suggestion(word, &headlines, "`commissim list metrics` says which are");
            to.say(problem.label("in [widths]").help(help), written.span());
            continue;
        };
        let unit = metric.declaration().unit;
        let wanted = Wanted { low: 1e-6, high: 1e9, whole: false, unit };
        if let Some(width) = number(word, &wanted, value, to) {
            widths.push((metric, width));
        }
    }
    widths
}

fn setting(
    lever: &'static Lever,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Setting> {
    let name = lever.name;
    match lever.kind {
        LeverKind::Number { low, high, whole } => {
            let wanted = Wanted { low, high, whole, unit: lever.unit };
            number(name, &wanted, value, to).map(Setting::Number)
        }
        LeverKind::Choice(words) => choice(name, words, value, to).map(Setting::Word),
        LeverKind::Set(words) => set(name, words, value, to).map(Setting::Words),
        LeverKind::Table { keys, low, high } => {
            let wanted = Wanted { low, high, whole: false, unit: lever.unit };
            parts(name, keys, &wanted, value, to).map(Setting::Table)
        }
    }
}

/// One of some words.
pub fn choice(
    name: &str,
    words: &[&str],
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<String> {
    let Some(word) = value.get_ref().as_str() else {
        let problem = Problem::error(format!("`{name}` must be one word, in quotation marks"));
        let label = format!("{}, where a word is wanted", kind_of(value.get_ref()));
        let help = format!("it may be {}", listed(words.iter().copied(), "or"));
        to.say(problem.label(label).help(help), value.span());
        return None;
    };
    if words.contains(&word) {
        return Some(word.to_owned());
    }
    let problem = match word {
        "" => Problem::error(format!("`{name}` is empty")),
        word => Problem::error(format!("`{name}` cannot be `{word}`")),
    };
    let label = format!("it may be {}", listed(words.iter().copied(), "or"));
    let near = nearest(word, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    to.say(problem.label(label).maybe_help(near), value.span());
    None
}

fn set(
    name: &str,
    words: &[&str],
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Vec<String>> {
    let DeValue::Array(array) = value.get_ref() else {
        let problem = Problem::error(format!("`{name}` must be a list"));
        let label = format!("{}, where a list is wanted", kind_of(value.get_ref()));
        let help = match value.get_ref().as_str() {
            Some(word) => format!("write [\"{word}\"]"),
            None => format!("write a list of {}", listed(words.iter().copied(), "and")),
        };
        to.say(problem.label(label).help(help), value.span());
        return None;
    };
    let mut chosen: Vec<(String, Range<usize>)> = Vec::new();
    let mut sound = true;
    for item in array.iter() {
        let Some(word) = choice_in(name, words, item, to) else {
            sound = false;
            continue;
        };
        match chosen.iter().find(|(earlier, _)| *earlier == word) {
            Some((_, earlier)) => {
                let problem = Problem::error(format!("`{word}` is twice in `{name}`"));
                let problem = problem.label("again").also(earlier.clone(), "first here");
                to.say(problem.help("take one out"), item.span());
            }
            None => chosen.push((word, item.span())),
        }
    }
    // A direct payment on request is law: no regime may leave it out.
    if sound && name == "offered" && !chosen.iter().any(|(word, _)| word == "direct_payment") {
        let problem = Problem::error("`offered` must hold `direct_payment`");
        let label = match array.is_empty() {
            true => "an empty list: nothing could be chosen",
            false => "a direct payment on request is the law",
        };
        let mut all: Vec<String> = chosen.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        all.push("\"direct_payment\"".to_owned());
        to.say(problem.label(label).help(format!("write [{}]", all.join(", "))), value.span());
        return None;
    }
    sound.then(|| chosen.into_iter().map(|(word, _)| word).collect())
}

fn choice_in(
    name: &str,
    words: &[&str],
    item: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<String> {
    match item.get_ref().as_str() {
        Some(word) if words.contains(&word) => Some(word.to_owned()),
        Some(word) => {
            let problem = Problem::error(format!("`{name}` cannot hold `{word}`"));
            let label = format!("it may hold {}", listed(words.iter().copied(), "and"));
            let near =
                nearest(word, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            to.say(problem.label(label).maybe_help(near), item.span());
            None
        }
        None => {
            let problem = Problem::error(format!("`{name}` is a list of words in quotation marks"));
            let label = format!("{}, where a word is wanted", kind_of(item.get_ref()));
            to.say(problem.label(label), item.span());
            None
        }
    }
}

fn parts(
    name: &str,
    keys: &[&str],
    wanted: &Wanted,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Vec<(String, f64)>> {
    let Some(table) = value.get_ref().as_table() else {
        let problem = Problem::error(format!("`{name}` needs a number for each of its words"));
        let label = format!("{}, where a table is wanted", kind_of(value.get_ref()));
        let written = to.words(&value.span()).to_owned();
        let example = match value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => written,
            _ => "0.5".to_owned(),
        };
        let rows: Vec<String> = keys.iter().map(|key| format!("{key} = {example}")).collect();
        let help = format!("write {{ {} }}, or only those that differ", rows.join(", "));
        to.say(problem.label(label).help(help), value.span());
        return None;
    };
    if table.is_empty() {
        let problem = Problem::error(format!("`{name}` is empty"));
        let help = format!("give a number to any of {}", listed(keys.iter().copied(), "and"));
        to.say(problem.label("sets nothing").help(help), value.span());
        return None;
    }
    let mut rows = Vec::new();
    let mut sound = true;
    for (written, value) in table.iter() {
        let word: &str = written.get_ref().as_ref();
        if !keys.contains(&word) {
            let problem = Problem::error(format!("`{name}` has no `{word}`"));
            let help = suggestion(word, keys, "");
            to.say(problem.label("not a word here").help(help), written.span());
            sound = false;
            continue;
        }
        match number(&format!("{name}.{word}"), wanted, value, to) {
            Some(number) => rows.push((word.to_owned(), number)),
            None => sound = false,
        }
    }
    sound.then_some(rows)
}

/// Reads parameter values; one outside its plausible range is a warning.
pub fn parameters(table: &DeTable<'_>, to: &mut Reading) -> Vec<(&'static str, f64)> {
    let mut values = Vec::new();
    for (written, value) in table.iter() {
        let word: &str = written.get_ref().as_ref();
        let Some(parameter) = parameter(word) else {
            to.say(unknown_parameter(word).label("in [parameters]"), written.span());
            continue;
        };
        let Some(number) = number(word, &wanted(parameter), value, to) else { continue };
        if let Some(warning) = implausible(parameter, number) {
            to.say(warning, value.span());
        }
        values.push((parameter.name, number));
    }
    values
}

/// Says that no parameter is called `word`.
pub fn unknown_parameter(word: &str) -> Problem {
    let problem = Problem::error(format!("no parameter is called `{word}`"));
    let near = nearest(word, PARAMETERS.iter().map(|parameter| parameter.name));
    problem.help(match near {
        Some(name) => format!("did you mean `{name}`? `commissim explain {name}` says what it is"),
        None => elsewhere(word, &[])
            .unwrap_or_else(|| "`commissim list parameters` lists them".to_owned()),
    })
}

/// What a parameter's number must be.
pub fn wanted(parameter: &Parameter) -> Wanted {
    Wanted {
        low: parameter.hard_low,
        high: parameter.hard_high,
        whole: false,
        unit: parameter.unit,
    }
}

/// A warning where a value is possible but outside what anybody has found.
pub fn implausible(parameter: &Parameter, value: f64) -> Option<Problem> {
    let Parameter { name, low, high, .. } = parameter;
    let problem = || Problem::warning(format!("`{name}` is outside its plausible range"));
    (!(*low <= value && value <= *high)).then(|| {
        problem().label(format!("plausible is {low} to {high}")).help(format!(
            "the run goes ahead; `commissim explain {name}` says where the range comes from"
        ))
    })
}
