//! Words that follow the numbers: sentences made from rows of tables by rules.
//!
//! `better` and `worse` are said only where the table's verdict says so, a central value
//! never without its range, and `no clear difference` and `the same`, which are two
//! findings, as loudly as a difference. Every number knows the cell it comes from.
//! Sentences, tables and figures all have their words from here.

mod bought;
mod compared;
mod finding;
mod most;
mod names;
mod phrases;
mod range;
mod rows;

pub use bought::{NO_VERDICT, bought};
pub use compared::{Item, amount, compared};
pub use finding::{Finding, MARKS, Side, Tally, mark, tallied, together, too_few};
pub use most::{commonest, largest};
pub use names::{capital, comparator, listed, percent, within};
pub use phrases::{Phrase, level_unit, phrase};
pub use range::{
    Estimate, LUCK_ALONE, UNKNOWN, column, level_range, level_text, rounding, signed_money,
    signed_range, signed_text,
};
pub use rows::{COLUMNS, MEAN_OF_DRAWS, NARROWER};

/// Where a number stands: a table of the results folder, its row by the columns that name
/// it, and the column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// File of the results folder.
    pub file: String,
    /// Columns and cells that only this row has.
    pub row: Vec<(&'static str, String)>,
    /// The column; empty for a count of the rows that have these cells.
    pub column: String,
}

impl At {
    /// The same row, at another column.
    pub fn column(&self, column: impl Into<String>) -> At {
        At { column: column.into(), ..self.clone() }
    }

    /// As it is written in a page: `file?column=cell&column=cell#column`.
    pub fn written(&self) -> String {
        let cells = self.row.iter().map(|(column, cell)| format!("{column}={cell}"));
        let cells = cells.collect::<Vec<_>>().join("&");
        format!("{}?{cells}#{}", self.file, self.column)
    }
}

/// A number as people read it, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// As it is shown, rounded.
    pub text: String,
    /// What the cell holds.
    pub value: f64,
    /// What the cell was multiplied by to be shown.
    pub times: f64,
    /// Where it stands.
    pub at: At,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// Words that stand out.
    Strong(String),
    /// Something that is typed, or the name of a file.
    Code(String),
    /// A number from a table.
    Number(Number),
    /// Words that lead to another place of the page, by its id.
    Link(String, String),
}

/// Sentences, piece by piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(pub Vec<Piece>);

impl Words {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// These, and then plain words.
    pub fn say(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Text(text.into()));
        self
    }

    /// These, and then words that stand out.
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(text.into()));
        self
    }

    /// These, and then something that is typed.
    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Code(text.into()));
        self
    }

    /// These, and then a number.
    pub fn number(mut self, number: Number) -> Self {
        self.0.push(Piece::Number(number));
        self
    }

    /// These, and then words that lead to a place of the page.
    pub fn link(mut self, text: impl Into<String>, to: impl Into<String>) -> Self {
        self.0.push(Piece::Link(text.into(), to.into()));
        self
    }

    /// These, and then others.
    pub fn and(mut self, others: Words) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Several in a list as in a sentence: `a, b and c`.
    pub fn listed(several: Vec<Words>) -> Self {
        let last = several.len().saturating_sub(1);
        several.into_iter().enumerate().fold(Words::default(), |so_far, (at, words)| {
            let between = match at {
                0 => "",
                _ if at == last => " and ",
                _ => ", ",
            };
            so_far.say(between).and(words)
        })
    }

    /// As plain text.
    pub fn plain(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Strong(text) | Piece::Code(text) | Piece::Link(text, _) => {
                text.as_str()
            }
            Piece::Number(number) => number.text.as_str(),
        });
        pieces.collect()
    }
}

#[cfg(test)]
mod tests;
