//! Figures, each with the numbers drawn in it.

mod about;
mod acceptability;
mod councils;
mod deprivation;
mod dots;
mod gains;
mod life;
mod market;
mod months;
mod panels;
mod plane;
mod recovery;
mod shares;
mod sheet;

use super::book::Book;
use super::draw::Canvas;
use super::draw::frame::{NARROW, Words, framed};
use super::theme::Theme;
use crate::metrics::Family;
use serde_json::{Value, json};
use sheet::Sheet;

/// A figure: a drawing, the words about it and the numbers in it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name, one of [`NAMES`]; what its files are called.
    pub name: &'static str,
    /// What it finds, as far as the tables' verdicts go.
    pub title: String,
    /// What is drawn: units, interval, n.
    pub what: String,
    /// Where the numbers come from: run, seed, file.
    pub source: String,
    /// What it shows, for who cannot see it; holds the finding.
    pub alt: String,
    /// Width, mm.
    pub width_mm: f64,
    /// Height, mm.
    pub height_mm: f64,
    /// The drawing: an `svg` element, to stand in a page or in a file of its own.
    pub svg: String,
    /// The numbers drawn, as CSV with a header.
    pub data: String,
    /// The figure as a Vega-Lite specification that holds its numbers, to restyle it.
    pub vega: Value,
}

/// A figure that a run does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Its name.
    pub name: &'static str,
    /// Why it is not there, and what would make it: a sentence without its full stop.
    pub why: String,
}

/// Every figure there may be, in the order of the briefing.
pub const NAMES: &[&str] = &[
    "differences-choice",
    "differences-cost",
    "differences-community",
    "mechanism-shares",
    "cost-outcome",
    "acceptability",
    "gains-losses",
    "deprivation",
    "market",
    "recovery",
    "life",
    "councils",
];

/// Draws a figure by its name, so wide; none where the run does not hold it.
///
/// # Errors
///
/// Why it is not there.
pub fn figure(book: &Book, theme: &Theme, width_mm: f64, name: &str) -> Result<Figure, Absent> {
    let Some(name) = NAMES.iter().find(|known| **known == name).copied() else {
        let why = format!("there is no figure `{name}`; there are {}", NAMES.join(", "));
        return Err(Absent { name: "", why });
    };
    let asked = Asked { book, theme, width_mm, name };
    let made = match name {
        "differences-choice" => dots::draw(&asked, Family::Choice),
        "differences-cost" => dots::draw(&asked, Family::Cost),
        "differences-community" => dots::draw(&asked, Family::Community),
        "mechanism-shares" => shares::draw(&asked),
        "cost-outcome" => plane::draw(&asked),
        "acceptability" => acceptability::draw(&asked),
        "gains-losses" => gains::draw(&asked),
        "deprivation" => deprivation::draw(&asked),
        "market" => market::draw(&asked),
        "recovery" => recovery::draw(&asked),
        "life" => life::draw(&asked),
        _ => councils::draw(&asked),
    };
    made.map_err(|why| Absent { name, why })
}

/// Draws every figure that the run holds.
pub fn figures(book: &Book, theme: &Theme, width_mm: f64) -> Vec<Figure> {
    NAMES.iter().filter_map(|name| figure(book, theme, width_mm, name).ok()).collect()
}

/// The figures that the run does not hold, and why.
pub fn absent(book: &Book, theme: &Theme) -> Vec<Absent> {
    NAMES.iter().filter_map(|name| figure(book, theme, 160.0, name).err()).collect()
}

/// Words in lines of about so many letters, as a specification takes them.
fn lines(words: &str) -> Vec<String> {
    const LETTERS: usize = 90;
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Puts the panels of a specification in the order of the table: left alone they would be
/// in that of letters.
fn in_order(facet: &mut Value, sheet: &Sheet) {
    for key in ["row", "column"] {
        facet.get_mut(key).into_iter().for_each(|facet| in_order(facet, sheet));
    }
    if let Some(field) = facet.get("field").and_then(Value::as_str) {
        facet["sort"] = sheet.different(field).into();
    }
}

/// A figure that is asked for.
struct Asked<'a> {
    book: &'a Book,
    theme: &'a Theme,
    width_mm: f64,
    name: &'static str,
}

/// What a figure says beside its drawing.
struct Says {
    title: String,
    what: String,
    /// The files its numbers are from.
    files: &'static str,
    /// What it shows besides the finding.
    shows: String,
}

impl Asked<'_> {
    /// Whether it is too narrow for words and drawing side by side.
    fn is_narrow(&self) -> bool {
        self.width_mm < NARROW
    }

    /// Frames a drawing and puts its numbers beside it; `vega` is what the specification
    /// has of its own.
    fn figure(
        &self,
        says: Says,
        sheet: &Sheet,
        vega: Value,
        body: impl FnOnce(&mut Canvas<'_>, f64) -> f64,
    ) -> Figure {
        let Says { title, what, files, shows } = says;
        let source = about::source(self.book, files);
        let alt = format!("{title}. {shows} {what}");
        let words = Words { title: &title, what: &what, source: &source, alt: &alt };
        let framed = framed(self.theme, self.width_mm, &words, body);
        let mut spec = json!({
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "description": alt,
            "title": { "text": lines(&title), "subtitle": lines(&what), "anchor": "start" },
            "config": {
                "axis": { "labelLimit": 300 },
                "legend": { "labelLimit": 300 },
                "header": { "labelLimit": 300 },
            },
            "data": { "values": sheet.values() },
        });
        if let (Some(spec), Value::Object(mut own)) = (spec.as_object_mut(), vega) {
            own.get_mut("facet").into_iter().for_each(|facet| in_order(facet, sheet));
            spec.extend(own);
        }
        Figure {
            name: self.name,
            title,
            what,
            source,
            alt,
            width_mm: self.width_mm,
            height_mm: framed.height_mm,
            svg: framed.svg,
            data: sheet.csv(),
            vega: spec,
        }
    }

    /// The colours of regimes for a specification, by title: domain and range.
    fn vega_colours(&self) -> Value {
        let titles: Vec<&str> = self.book.regimes().map(|r| r.name.as_str()).collect();
        let colours: Vec<String> =
            (0..titles.len()).map(|index| self.theme.look(index).colour.hex()).collect();
        json!({ "domain": titles, "range": colours })
    }
}
