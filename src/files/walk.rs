//! Walks a file against the declared keys and collects everything that is wrong.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::amounts::Wanted;
use super::keys::{self, Key, Kind};
use super::settings::{self, Set};
use crate::problem::{Problem, Source, listed, nearest, suggestion};
use crate::structures::STRUCTURES;

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
    /// A list of words.
    Words(Vec<Word>),
    /// Year and month.
    Month(i32, u32),
    /// Lever settings.
    Levers(Vec<Set>),
    /// Parameter values: name, value.
    Parameters(Vec<(&'static str, f64)>),
    /// A table.
    Table(Found),
    /// Tables.
    Tables(Vec<Found>),
}

/// What was found under the keys of one table.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Where the table begins.
    pub span: Range<usize>,
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
    let mut found = Found { span: span.clone(), ..Found::default() };
    for (written, value) in table.iter() {
        let word: &str = written.get_ref().as_ref();
        let Some(key) = keys::find(keys, word) else {
            to.say(unknown(word, keys, name), written.span());
            continue;
        };
        let value = read(key, value, written.span(), (name, whole), to);
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
    let known: Vec<&str> =
        keys.iter().filter(|key| !matches!(key.kind, Kind::NotBuilt)).map(|key| key.name).collect();
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
    key_span: Range<usize>,
    (table, whole): (&str, bool),
    to: &mut Reading,
) -> (Range<usize>, Option<Value>) {
    let span = value.span();
    let name = path(table, key.name);
    let passed = match key.kind {
        Kind::NotBuilt => {
            let problem = Problem::error(format!("`{name}` is not built yet in this version"));
            to.say(
                problem.label("remove it").help("everything else in the file is read"),
                key_span,
            );
            None
        }
        Kind::Text | Kind::One(_) => text(&name, key.kind, value, to).map(Value::Text),
        Kind::Many(_) | Kind::Links => words(&name, key, value, to).map(Value::Words),
        Kind::Places => match value.get_ref().as_str() {
            Some("england") => Some(Value::Text("england".to_owned())),
            _ => words(&name, key, value, to).map(Value::Words),
        },
        Kind::Number { low, high, whole: round, unit } => {
            let wanted = Wanted { low, high, whole: round, unit };
            number(&name, &wanted, value, to).map(Value::Number)
        }
        Kind::Month => month(&name, value, to),
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

fn text(name: &str, kind: Kind, value: &Spanned<DeValue<'_>>, to: &mut Reading) -> Option<String> {
    if let Some(text) = value.get_ref().as_str() {
        if !text.trim().is_empty() {
            return Some(text.to_owned());
        }
        let problem = Problem::error(format!("`{name}` is empty"));
        to.say(problem.label("no words between the quotation marks"), value.span());
        return None;
    }
    let written = to.words(&value.span()).to_owned();
    let problem = Problem::error(format!("`{name}` must be text, in quotation marks"));
    let problem = problem.label(format!("{}, where text is wanted", kind_of(value.get_ref())));
    let problem = match (value.get_ref(), kind) {
        (DeValue::Array(_), Kind::One(_)) if name == "place" => {
            problem.help("for several places write `places` in place of `place`")
        }
        (DeValue::Array(_), Kind::One(thing)) => {
            problem.help(format!("`{name}` is a single {}, without brackets", thing.word()))
        }
        (DeValue::Integer(_) | DeValue::Float(_), _) => {
            problem.help(format!("write \"{written}\""))
        }
        _ => problem,
    };
    to.say(problem, value.span());
    None
}

/// A list of words that is not empty and holds none twice.
fn words(
    name: &str,
    key: &Key,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Vec<Word>> {
    let DeValue::Array(array) = value.get_ref() else {
        let problem = Problem::error(format!("`{name}` must be a list"));
        let problem =
            problem.label(format!("{}, where a list is wanted", kind_of(value.get_ref())));
        let help = match value.get_ref().as_str() {
            Some(word) => format!("write [\"{word}\"]"),
            None => format!("write it like {}", key.example),
        };
        to.say(problem.help(help), value.span());
        return None;
    };
    let mut words: Vec<Word> = Vec::new();
    let mut sound = true;
    for item in array.iter() {
        match item.get_ref().as_str() {
            Some(word) => match words.iter().find(|(earlier, _)| earlier == word) {
                Some((_, earlier)) => {
                    let problem = Problem::error(format!("`{word}` is twice in `{name}`"));
                    let problem = problem.label("again").also(earlier.clone(), "first here");
                    to.say(problem.help("take one out"), item.span());
                }
                None => words.push((word.to_owned(), item.span())),
            },
            None => {
                let problem =
                    Problem::error(format!("`{name}` is a list of names in quotation marks"));
                let kind = kind_of(item.get_ref());
                to.say(problem.label(format!("{kind}, where a name is wanted")), item.span());
                sound = false;
            }
        }
    }
    if array.is_empty() {
        let problem = Problem::error(format!("`{name}` is empty"));
        let help = match key.required {
            true => format!("name at least one, such as {}", key.example),
            false => "name at least one, or leave the line out".to_owned(),
        };
        to.say(problem.label("an empty list").help(help), value.span());
        return None;
    }
    if matches!(key.kind, Kind::Links) {
        for (word, span) in &words {
            let known: Vec<&str> = STRUCTURES.iter().map(|(id, _)| *id).collect();
            if !known.contains(&word.as_str()) {
                let problem = Problem::error(format!("no causal link is called `{word}`"));
                let help = suggestion(word, &known, "`commissim list structures` lists them");
                to.say(problem.label("cannot be switched off").help(help), span.clone());
                sound = false;
            }
        }
    }
    sound.then_some(words)
}

/// A number within its bounds.
pub fn number(
    name: &str,
    wanted: &Wanted,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<f64> {
    let number = match value.get_ref() {
        DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix())
            .map_or(f64::INFINITY, |n| n as f64),
        DeValue::Float(digits) => digits.as_str().parse().unwrap_or(f64::NAN),
        DeValue::String(text) => {
            to.say(wanted.judge_text(name, text), value.span());
            return None;
        }
        other => {
            let problem = Problem::error(format!("`{name}` must be a number"));
            let label = format!("{}; it must be {}", kind_of(other), wanted.words());
            to.say(problem.label(label), value.span());
            return None;
        }
    };
    let written = to.words(&value.span()).to_owned();
    match wanted.judge(name, number, &written) {
        None => Some(number),
        Some(problem) => {
            let problem = match name {
                "years" if number < 1.0 => problem.help("the run would end before it begins"),
                "change.year" => problem.help("years count from the fork: 1 is the first"),
                _ => problem,
            };
            to.say(problem, value.span());
            None
        }
    }
}

/// A month of a year, `2015-04`.
fn month(name: &str, value: &Spanned<DeValue<'_>>, to: &mut Reading) -> Option<Value> {
    let written = match value.get_ref() {
        DeValue::String(text) => Cow::Borrowed(text.as_ref()),
        _ => Cow::Owned(to.words(&value.span()).to_owned()),
    };
    let parts = written.split_once('-').and_then(|(year, month)| {
        Some((year.trim().parse::<i32>().ok()?, month.trim().parse::<u32>().ok()?))
    });
    let good =
        parts.filter(|(year, month)| (1990..=2100).contains(year) && (1..=12).contains(month));
    match (good, value.get_ref()) {
        (Some((year, month)), DeValue::String(_)) => return Some(Value::Month(year, month)),
        _ => {
            let problem =
                Problem::error(format!("`{name}` must be a year and a month, in quotation marks"));
            let problem = problem.label(match parts {
                Some((_, month)) if !(1..=12).contains(&month) => {
                    format!("there is no month {month}")
                }
                Some((year, _)) if !(1990..=2100).contains(&year) => {
                    format!("{year} is outside 1990 to 2100")
                }
                _ => "not a year and a month".to_owned(),
            });
            let year: String = written.chars().take_while(char::is_ascii_digit).take(4).collect();
            let year = match year.parse::<i32>() {
                Ok(year @ 1990..=2100) => year,
                _ => 2015,
            };
            let month: String = written.split('-').nth(1).unwrap_or("04").chars().take(2).collect();
            let month = match month.parse::<u32>() {
                Ok(month @ 1..=12) => format!("{month:02}"),
                _ => "04".to_owned(),
            };
            to.say(problem.help(format!("write it like \"{year}-{month}\"")), value.span());
        }
    }
    None
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
