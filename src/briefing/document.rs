//! The briefing before it takes a form: sections of words, tables and figures, from which
//! the page, the Word document and Markdown are made.

use super::words::{Finding, Words};

/// A briefing.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Title of the experiment.
    pub title: String,
    /// Where, how long, how often: one line below the title.
    pub under: Words,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its id in the page.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the section's.
    Heading(String),
    /// A paragraph.
    Paragraph(Words),
    /// A sentence of the answer.
    Answer(Words),
    /// A list.
    Bullets(Vec<Words>),
    /// What must not be overlooked.
    Note(Words),
    /// A table.
    Table(Table),
    /// A figure, by its name.
    Figure(&'static str),
    /// Something to type.
    Command(String),
    /// Blocks that are taken whole from a document of the project.
    From(&'static str, Vec<Block>),
    /// Where readers with scripts choose what they see.
    Explorer,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: Words,
    /// Headings of the columns; the first is of the rows' headings.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether cells hold numbers.
    pub numeric: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its heading.
    pub head: Words,
    /// A second line of the heading: a unit.
    pub unit: String,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub words: Words,
    /// A second line: a range.
    pub range: Words,
    /// What it amounts to, which is said in words too.
    pub found: Option<Finding>,
}

impl Table {
    /// The cells of a row, each with the heading of its column.
    pub fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a str, &'a Cell)> {
        self.head.iter().skip(1).map(String::as_str).zip(&row.cells)
    }
}

impl Cell {
    /// A cell of words.
    pub fn of(words: Words) -> Self {
        Self { words, ..Self::default() }
    }

    /// A cell of a number and its range, where it was measured.
    pub fn ranged(numbers: Option<(Words, Words)>) -> Self {
        let (words, range) =
            numbers.unwrap_or_else(|| (Words::text("not measured"), Words::default()));
        Self { words, range, found: None }
    }
}

impl Document {
    /// The figures it shows, in order.
    pub fn figures(&self) -> impl Iterator<Item = &'static str> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks.filter_map(|block| match block {
            Block::Figure(name) => Some(*name),
            _ => None,
        })
    }

    /// The tables it shows, in order, with the sections they stand in.
    pub fn tables(&self) -> impl Iterator<Item = (&Section, &Table)> {
        self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(move |block| match block {
                Block::Table(table) => Some((section, table)),
                _ => None,
            })
        })
    }
}
