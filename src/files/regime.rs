//! Regimes: a file's levers laid over those of its overlays, by date.

use std::ops::Range;
use std::sync::Arc;

use super::desk::{Desk, Reference, beside, stem};
use super::keys::{REGIME, Thing};
use super::overlay::{Dated, lay};
use super::walk::Found;
use crate::experiment::{Change, Regime};
use crate::problem::{Problem, Source};

/// A regime's file, read, with everything it overlays.
#[derive(Clone, Debug)]
pub struct RegimeFile {
    /// Its name: the file's stem, or `a+b`.
    pub id: String,
    /// Title.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// Where it comes from.
    pub origin: String,
    /// What it sets and when, overlays included, in order of date.
    pub sets: Vec<Dated>,
    /// Where each `[[change]]` stands: source, year, span.
    pub years: Vec<(Arc<Source>, f64, Range<usize>)>,
}

impl RegimeFile {
    /// As a run uses it.
    pub fn regime(&self) -> Regime {
        let mut changes: Vec<Change> = Vec::new();
        for set in &self.sets {
            if changes.last().is_none_or(|change| change.month != set.month) {
                changes.push(Change { month: set.month, settings: Vec::new() });
            }
            if let Some(change) = changes.last_mut() {
                set.add_to(&mut change.settings);
            }
        }
        Regime {
            id: self.id.clone(),
            name: self.name.clone(),
            question: self.question.clone(),
            source: self.origin.clone(),
            changes,
        }
    }
}

/// The regime a reference means: a name, a path, or several joined by `+`.
pub fn regime(desk: &mut Desk, reference: &Reference) -> Option<Arc<RegimeFile>> {
    regime_within(desk, reference, &mut Vec::new())
}

fn regime_within(
    desk: &mut Desk,
    reference: &Reference,
    within: &mut Vec<String>,
) -> Option<Arc<RegimeFile>> {
    let text = &reference.text;
    // The file of an overlay that was run keeps the overlay's name.
    if !text.contains('+') || std::path::Path::new(&beside(reference)).is_file() {
        return one(desk, reference, within);
    }
    let mut layers: Vec<(String, Arc<RegimeFile>)> = Vec::new();
    let mut sound = true;
    if text.split('+').any(str::is_empty) {
        let problem = reference.error(format!("`{text}` has nothing on one side of a `+`"));
        desk.say(problem.help("an overlay is written `tendering+isf-default`"));
        return None;
    }
    for part in text.split('+') {
        let part = Reference { text: part.to_owned(), ..reference.clone() };
        match one(desk, &part, within) {
            Some(file) if layers.iter().any(|(id, _)| *id == file.id) => {
                desk.say(reference.error(format!("`{}` is twice in `{text}`", file.id)));
                sound = false;
            }
            Some(file) => layers.push((file.id.clone(), file)),
            None => sound = false,
        }
    }
    if !sound {
        return None;
    }
    let names: Vec<&str> = layers.iter().map(|(_, file)| file.name.as_str()).collect();
    let questions: Vec<&str> = layers.iter().map(|(_, file)| file.question.as_str()).collect();
    let origins: Vec<&str> = layers.iter().map(|(_, file)| file.origin.as_str()).collect();
    let ids: Vec<&str> = layers.iter().map(|(id, _)| id.as_str()).collect();
    let words = |parts: Vec<&str>, between: &str| {
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    let (id, name) = (ids.join("+"), words(names, " + "));
    let (question, origin) = (words(questions, " "), words(origins, "; "));
    let years = layers.iter().flat_map(|(_, file)| file.years.clone()).collect();
    let (sets, conflicts) = lay(&layers, &[]);
    for conflict in conflicts {
        let problem = reference.error(conflict.title());
        let help = "make a regime file with both as overlays and set the lever there";
        desk.say(problem.label(conflict.label()).help(help));
    }
    Some(Arc::new(RegimeFile { id, name, question, origin, sets, years }))
}

fn one(
    desk: &mut Desk,
    reference: &Reference,
    within: &mut Vec<String>,
) -> Option<Arc<RegimeFile>> {
    let source = desk.open(Thing::Regime, reference)?;
    if let Some(at) = within.iter().position(|path| *path == source.path) {
        let mut way: Vec<String> = within[at..].iter().map(|path| stem(path)).collect();
        way.push(stem(&source.path));
        let problem = reference.error(format!("`{}` is laid over itself", stem(&source.path)));
        desk.say(problem.label(way.join(" → ")).help("take this overlay out"));
        return None;
    }
    if let Some(read) = desk.regimes.get(&source.path) {
        return read.clone();
    }
    let id = stem(&source.path);
    let name_is_sound = sound_name(desk, Thing::Regime, &id, reference);
    within.push(source.path.clone());
    let file = name_is_sound.then(|| file(desk, &source, id, within));
    within.pop();
    let file = file.map(Arc::new);
    desk.regimes.insert(source.path.clone(), file.clone());
    file
}

/// Names become columns and parts of `a+b`, so they are kept plain.
pub fn sound_name(desk: &mut Desk, thing: Thing, id: &str, reference: &Reference) -> bool {
    let plus = |c: char| c == '+' && thing == Thing::Regime;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || plus(c);
    let word = thing.word();
    if id.is_empty() || !id.chars().all(plain) {
        let problem = reference.error(format!("`{id}` cannot be the name of a {word}"));
        let help = "name the file with letters, digits, - and _ only: its name goes into tables";
        desk.say(problem.help(help));
        return false;
    }
    if thing == Thing::Regime && id == "placebo" {
        let problem = reference.error("`placebo` is the name of the model's own control");
        desk.say(problem.help("give the regime's file another name"));
        return false;
    }
    true
}

fn file(desk: &mut Desk, source: &Arc<Source>, id: String, within: &mut Vec<String>) -> RegimeFile {
    let found = desk.read(source, REGIME, true);
    let mut layers: Vec<(String, Arc<RegimeFile>)> = Vec::new();
    for (text, span) in found.words("overlays") {
        let reference = Reference::in_file(text, source, span.clone());
        if let Some(layer) = regime_within(desk, &reference, within) {
            layers.push((layer.id.clone(), layer));
        }
    }
    let (own, years) = own(desk, source, &found);
    let (sets, conflicts) = lay(&layers, &own);
    for conflict in conflicts {
        let span = found.span_of("overlays").unwrap_or_default();
        let help = format!("set `{}` in this file, below [levers]", conflict.name());
        let problem = Problem::error(conflict.title()).label(conflict.label()).help(help);
        desk.say(problem.at(source, span));
    }
    let years = layers.iter().flat_map(|(_, layer)| layer.years.clone()).chain(years).collect();
    let text = |key: &str| found.text(key).unwrap_or_default().to_owned();
    let name = found.text("name").unwrap_or(&id).to_owned();
    RegimeFile { id, name, question: text("question"), origin: text("source"), sets, years }
}

type Years = Vec<(Arc<Source>, f64, Range<usize>)>;

/// What the file itself sets, in order of date, and its `[[change]]` years.
fn own(desk: &mut Desk, source: &Arc<Source>, found: &Found) -> (Vec<Dated>, Years) {
    let mut own: Vec<Dated> = Vec::new();
    let mut years = Vec::new();
    let first = found.levers("levers");
    own.extend(first.iter().flat_map(|set| Dated::of(1, set, source)));
    // Dates so far, with where they stand; [levers] is the first month.
    let mut last: Option<(i32, Range<usize>)> =
        (!first.is_empty()).then(|| (1, found.span_of("levers").unwrap_or_default()));
    for change in found.tables("change") {
        let levers = change.levers("levers");
        let Some(year) = change.number("year") else { continue };
        if change.has("month") && change.number("month").is_none() {
            continue;
        }
        let span = change.span_of("year").unwrap_or_default();
        years.push((source.clone(), year, span.clone()));
        let month = (year as i32 - 1) * 12 + change.number("month").unwrap_or(1.0) as i32;
        match &last {
            Some((earlier, at)) if *earlier == month => {
                let problem = Problem::error("two changes have the same date");
                let help = match month {
                    1 => "put its settings below [levers]: they are announced in month 1 of year 1",
                    _ => "put their settings into one [[change]]",
                };
                let problem = problem.label("the same date again").also(at.clone(), "first here");
                desk.say(problem.help(help).at(source, span.clone()));
            }
            Some((earlier, at)) if *earlier > month => {
                let problem = Problem::error("the changes are not in order of date");
                let problem = problem.label("earlier than the one before it");
                let problem = problem.also(at.clone(), "the one before it");
                desk.say(problem.help("put the earliest first").at(source, span.clone()));
            }
            _ => {}
        }
        last = Some((month, span));
        own.extend(levers.iter().flat_map(|set| Dated::of(month, set, source)));
    }
    own.sort_by_key(|set| set.month);
    (own, years)
}
