//! Figures, each with the numbers drawn in it.

use super::book::Book;
use super::theme::Theme;
use serde_json::Value;

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
    let _ = (book, theme, width_mm);
    let name = NAMES.iter().find(|known| **known == name).copied().unwrap_or("");
    Err(Absent { name, why: "it is not drawn yet".to_owned() })
}

/// Draws every figure that the run holds.
pub fn figures(book: &Book, theme: &Theme, width_mm: f64) -> Vec<Figure> {
    NAMES.iter().filter_map(|name| figure(book, theme, width_mm, name).ok()).collect()
}

/// The figures that the run does not hold, and why.
pub fn absent(book: &Book, theme: &Theme) -> Vec<Absent> {
    NAMES.iter().filter_map(|name| figure(book, theme, 160.0, name).err()).collect()
}
