//! Walks a file against the declared keys and collects everything that is wrong.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::amounts::Wanted;
use super::keys::{self, Key, Kind};
use super::settings::{self, Set};
use super::values::{colour, colours, month, number, numbers, percent, switch, text, words};
use crate::colour::Colour;
use crate::metrics::Metric;
use crate::place::sets::members;
use crate::problem::{Problem, Source, listed, nearest};

/// A file being read, and what was found wrong with it so far.
pub struct Reading {
    /// The file.
    pub source: Arc<Source>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Whether it could not be read to its end, so that keys may only seem missing.
    pub broken: bool,
}

impl Reading {
    /// Records a problem at `span`.
    pub fn say(&mut self, problem: Problem, span: Range<usize>) {
        let problem = problem.at(&self.source, span);
        self.problems.push(problem);
    }

    /// The words of the file at `span`.
    pub fn words(&self, span: &Range<usize>) -> &str {
        self.source.text.get(span.clone()).unwrap_or("")
    }
}

/// Text and where it stands.
pub type Word = (String, Range<usize>);

/// A value that passed.
#[derive(Clone, Debug)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Switch(bool),
    /// Numbers in rising order.
    Numbers(Vec<f64>),
    /// A list of words.
    Words(Vec<Word>),
    /// Year and month.
    Month(i32, u32),
    /// Lever settings.
    Levers(Vec<Set>),
    /// Parameter values: name, value.
    Parameters(Vec<(&'static str, f64)>),
    /// Widths by metric.
    Widths(Vec<(Metric, f64)>),
    /// Colours; one, where one is wanted.
    Colours(Vec<Colour>),
    /// A table.
    Table(Found),
    /// Tables.
    Tables(Vec<Found>),
}

/// What was found under the keys of one table.
#[derive(Clone, Debug, Default)]
pub struct Found {
    items: BTreeMap<&'static str, (Range<usize>, Option<Value>)>,
}

impl Found {
    /// The value under `name`, if it was given and passed.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.items.get(name)?.1.as_ref()
    }
    /// Where the value under `name` stands, right or wrong.
    pub fn span_of(&self, name: &str) -> Option<Range<usize>> {
        self.items.get(name).map(|(span, _)| span.clone())
    }
    /// Whether the key was given, right or wrong.
    pub fn has(&self, name: &str) -> bool {
        self.items.contains_key(name)
    }
    /// Text under `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
    /// A word and where it stands.
    pub fn word(&self, name: &str) -> Option<Word> {
        Some((self.text(name)?.to_owned(), self.span_of(name)?))
    }
    /// A number under `name`.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }
    /// Whether `name` is switched on, if it was given.
    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(Value::Switch(on)) => Some(*on),
            _ => None,
        }
    }
    /// Numbers under `name`.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        match self.get(name) {
            Some(Value::Numbers(numbers)) => Some(numbers),
            _ => None,
        }
    }
    /// Colours under `name`; one, where it holds one.
    pub fn colours(&self, name: &str) -> Option<&[Colour]> {
        match self.get(name) {
            Some(Value::Colours(colours)) => Some(colours),
            _ => None,
        }
    }
    /// Words under `name`.
    pub fn words(&self, name: &str) -> &[Word] {
        match self.get(name) {
            Some(Value::Words(words)) => words,
            _ => &[],
        }
    }
    /// Settings under `name`.
    pub fn levers(&self, name: &str) -> &[Set] {
        match self.get(name) {
            Some(Value::Levers(levers)) => levers,
            _ => &[],
        }
    }
    /// The table under `name`.
    pub fn table(&self, name: &str) -> Option<&Found> {
        match self.get(name) {
            Some(Value::Table(table)) => Some(table),
            _ => None,
        }
    }
    /// The tables under `name`.
    pub fn tables(&self, name: &str) -> &[Found] {
        match self.get(name) {
            Some(Value::Tables(tables)) => tables,
            _ => &[],
        }
    }
}

/// A value as a sentence calls it.
pub fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Reads `table` against `keys`. `name` is its own name, empty for the whole file;
/// `whole` says whether keys declared as required must be there.
pub fn walk(
    table: &DeTable<'_>,
    span: Range<usize>,
    keys: &'static [Key],
    name: &str,
    whole: bool,
    to: &mut Reading,
) -> Found {
    let mut found = Found::default();
    for (written, value) in table.iter() {
        let word: &str = written.get_ref().as_ref();
        let Some(key) = keys::find(keys, word) else {
            to.say(unknown(word, keys, name), written.span());
            continue;
        };
        let value = read(key, value, (name, whole), to);
        found.items.insert(key.name, value);
    }
    if whole && !to.broken {
        for key in keys.iter().filter(|key| key.required && !found.has(key.name)) {
            let missing = Problem::error(format!("`{}` is missing", key.name));
            let example = if key.example.is_empty() { "…" } else { key.example };
            let problem = match key.kind {
                Kind::Table(inner) => {
                    let inner = listed(inner.iter().map(|key| key.name), "and");
                    missing.help(format!("add a table [{}] with {inner}", path(name, key.name)))
                }
                Kind::Levers => missing.help(format!("add `{} = {{ … }}`", key.name)),
                _ => missing.help(format!("add a line `{} = {example}`", key.name)),
            };
            let problem = match keys.iter().any(|key| key.name == "like") {
                true => {
                    problem.help("or begin with `like = \"dorset\"` and give only what differs")
                }
                false => problem,
            };
            let here = if name.is_empty() { "this file" } else { "this table" };
            to.say(problem.label(format!("{here} has no `{}`", key.name)), span.clone());
        }
    }
    found
}

fn path(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

fn unknown(word: &str, keys: &'static [Key], table: &str) -> Problem {
    let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
    let title = match table {
        "" => format!("there is no key `{word}`"),
        table => format!("there is no key `{word}` in [{table}]"),
    };
    let help = match nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => settings::elsewhere(word, keys).unwrap_or_else(|| match known.as_slice() {
            [only] => format!("the only key here is `{only}`"),
            _ => format!("the keys here are {}", listed(known, "and")),
        }),
    };
    Problem::error(title).label("not a key here").help(help)
}

/// The value of `key` and where it stands; nothing where it is wrong, after saying so.
fn read(
    key: &'static Key,
    value: &Spanned<DeValue<'_>>,
    (table, whole): (&str, bool),
    to: &mut Reading,
) -> (Range<usize>, Option<Value>) {
    let span = value.span();
    let name = path(table, key.name);
    let passed = match key.kind {
        Kind::NumberOrRows { high } if value.get_ref().as_str().is_none_or(|t| !is_rows(t)) => {
            let wanted = Wanted { low: 1.0, high, whole: true, unit: "" };
            number(&name, &wanted, value, to).map(Value::Number)
        }
        Kind::Rows if value.get_ref().as_str().is_some_and(|t| !is_rows(t)) => {
            let problem = Problem::error(format!("`{name}` must be the path of a CSV file"));
            to.say(problem.help(format!("write it like {}", key.example)), value.span());
            None
        }
        Kind::Text | Kind::One(_) | Kind::Set | Kind::Rows | Kind::NumberOrRows { .. } => {
            text(&name, key.kind, value, to).map(Value::Text)
        }
        Kind::Choice(words) => settings::choice(&name, words, value, to).map(Value::Text),
        Kind::Switch => switch(&name, value, to).map(Value::Switch),
        Kind::Many(_)
        | Kind::Links
        | Kind::LeverNames
        | Kind::ParameterNames
        | Kind::MetricIds
        | Kind::Beliefs => words(&name, key, value, to).map(Value::Words),
        Kind::Places => match value.get_ref().as_str() {
            Some(text) if members(text).is_some() => Some(Value::Text(text.to_owned())),
            _ => words(&name, key, value, to).map(Value::Words),
        },
        Kind::Number { low, high, whole: round, unit } => {
            let wanted = Wanted { low, high, whole: round, unit };
            number(&name, &wanted, value, to).map(Value::Number)
        }
        Kind::Numbers { low, high, unit } => {
            let wanted = Wanted { low, high, whole: false, unit };
            numbers(&name, &wanted, value, to).map(Value::Numbers)
        }
        Kind::Colour => colour(&name, value, to).map(|colour| Value::Colours(vec![colour])),
        Kind::Colours { fewest, most } => {
            colours(&name, key, (fewest, most), value, to).map(Value::Colours)
        }
        Kind::Month => month(&name, value, to),
        Kind::Percent => percent(&name, value, to).map(Value::Number),
        Kind::Widths => {
            as_table(&name, value, to).map(|inner| Value::Widths(settings::widths(inner, to)))
        }
        Kind::Levers => as_table(&name, value, to)
            .map(|inner| Value::Levers(settings::levers(inner, span.clone(), &name, to))),
        Kind::Parameters => as_table(&name, value, to)
            .map(|inner| Value::Parameters(settings::parameters(inner, to))),
        Kind::Table(inner) => as_table(&name, value, to)
            .map(|table| Value::Table(walk(table, span.clone(), inner, &name, whole, to))),
        Kind::Tables(inner) => tables(&name, inner, value, to),
    };
    (span, passed)
}

/// Whether text is the path of a file of rows.
fn is_rows(text: &str) -> bool {
    text.to_lowercase().ends_with(".csv")
}

fn as_table<'a, 'i>(
    name: &str,
    value: &'a Spanned<DeValue<'i>>,
    to: &mut Reading,
) -> Option<&'a DeTable<'i>> {
    if let Some(table) = value.get_ref().as_table() {
        return Some(table);
    }
    let problem = Problem::error(format!("`{name}` must be a table"));
    let problem = problem.label(format!("{}, where a table is wanted", kind_of(value.get_ref())));
    let help = match value.get_ref() {
        DeValue::Array(_) => format!("write [{name}] with single brackets: there is only one"),
        _ => format!("write a line [{name}] and the settings below it"),
    };
    to.say(problem.help(help), value.span());
    None
}

fn tables(
    name: &str,
    keys: &'static [Key],
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Value> {
    let entries: Option<Vec<_>> = match value.get_ref() {
        DeValue::Array(array) => {
            array.iter().map(|item| Some((item.get_ref().as_table()?, item.span()))).collect()
        }
        _ => None,
    };
    let Some(entries) = entries else {
        let problem = Problem::error(format!("`{name}` must be written [[{name}]]"));
        let label = format!("{}, where a list of tables is wanted", kind_of(value.get_ref()));
        let help = "two brackets on each side: there may be several";
        to.say(problem.label(label).help(help), value.span());
        return None;
    };
    let read =
        |(table, span): (&DeTable<'_>, Range<usize>)| walk(table, span, keys, name, true, to);
    Some(Value::Tables(entries.into_iter().map(read).collect()))
}
