//! The sections of the briefing, from the tables of a results folder.

mod answer;
mod commands;
mod family;
mod later;
mod people;
mod trust;
mod value;

use super::book::Book;
use super::document::{Block, Document, Section};
use super::figures::Figure;
use super::words::{At, Estimate, Item, Number, Words, compared};
use crate::metrics::Metric;
use crate::outcomes::Period;
use serde_json::Value;

/// What a briefing is made from.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// The tables.
    pub book: &'a Book,
    /// The figures that the run holds.
    pub figures: &'a [Figure],
    /// The same, drawn for the width of a phone.
    pub narrow: &'a [Figure],
    /// Where the tables come from.
    pub origin: &'a Origin,
}

/// What made the tables: all there is in a briefing that is not in a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The code that made the cells, as the manifest has it.
    pub code: Value,
    /// Every input and its checksum, in order of path.
    pub inputs: Vec<(String, String)>,
    /// Every table and its checksum, in order of path.
    pub tables: Vec<(String, String)>,
}

/// The briefing.
pub fn document(made: &Made<'_>) -> Document {
    let experiment = &made.book.experiment;
    Document {
        title: experiment.name.clone(),
        under: answer::under(made),
        sections: vec![
            answer::question(made),
            answer::answer(made),
            answer::headlines(made),
            family::choice(made),
            family::cost(made),
            family::community(made),
            people::gains(made),
            people::stress(made),
            people::life(made),
            trust::flip(made),
            trust::trust(made),
            trust::method(made),
            trust::again(made),
        ],
    }
}

impl Made<'_> {
    /// A figure, where the run holds it; whether it does.
    fn figure(&self, name: &'static str, blocks: &mut Vec<Block>) -> bool {
        let there = self.figures.iter().any(|figure| figure.name == name);
        if there {
            blocks.push(Block::Figure(name));
        }
        there
    }

    /// A setting of the experiment, as its file has it.
    fn setting(&self, key: &'static str, value: f64) -> Number {
        let at = At { file: "experiment.toml".to_owned(), row: Vec::new(), column: key.to_owned() };
        Number { text: crate::table::number(value), value, times: 1.0, at }
    }

    /// A metric under every regime, for everybody and the whole of the time.
    fn compared(&self, metric: Metric) -> Words {
        let book = self.book;
        let items: Vec<Item<'_>> = book
            .experiment
            .regimes
            .iter()
            .map(|regime| Item {
                title: &regime.name,
                difference: book
                    .difference(&regime.id, metric, Period::Whole)
                    .map(Estimate::difference),
            })
            .collect();
        compared(metric, &book.experiment.comparator.name, &items)
    }
}

/// The headlines, in the order of tables.
fn headlines() -> impl Iterator<Item = Metric> {
    Metric::ALL.iter().copied().filter(|metric| metric.declaration().is_headline())
}

/// How many rows of a table have some cells.
fn count(file: &str, row: Vec<(&'static str, String)>, n: usize) -> Number {
    let at = At { file: file.to_owned(), row, column: String::new() };
    Number { text: n.to_string(), value: n as f64, times: 1.0, at }
}

fn section(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Section {
    Section { id, title, blocks }
}
