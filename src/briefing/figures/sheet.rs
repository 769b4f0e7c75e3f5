//! The numbers drawn in a figure, as a table.

use crate::table::optional;
use serde_json::{Map, Value};

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number; none where there is none.
    Number(Option<f64>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(Some(number))
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        Cell::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Number(Some(f64::from(number)))
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Cell::Number(Some(f64::from(number)))
    }
}

/// A table of what is drawn: numbers as the results folder's tables have them.
#[derive(Clone, Debug)]
pub struct Sheet {
    columns: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty table.
    pub fn new(columns: &'static [&'static str]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row, a cell a column.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        debug_assert_eq!(N, self.columns.len());
        self.rows.push(cells.into());
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The different words of a column, in order.
    pub fn different(&self, column: &str) -> Vec<String> {
        let at = self.columns.iter().position(|name| *name == column);
        let mut found: Vec<String> = Vec::new();
        for cell in self.rows.iter().filter_map(|row| row.get(at?)) {
            if let Cell::Text(text) = cell
                && !found.contains(text)
            {
                found.push(text.clone());
            }
        }
        found
    }

    /// The table as CSV.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let written = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => optional(*number),
        };
        // Memory does not fail, and every row has a cell for each column.
        let _ = writer.write_record(self.columns);
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(written));
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// The table as the values of a specification.
    pub fn values(&self) -> Value {
        let value = |cell: &Cell| match cell {
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::Number(number) => number.map_or(Value::Null, Value::from),
        };
        let row = |row: &Vec<Cell>| {
            let cells = self.columns.iter().zip(row);
            Value::Object(
                cells.map(|(c, cell)| ((*c).to_owned(), value(cell))).collect::<Map<_, _>>(),
            )
        };
        self.rows.iter().map(row).collect()
    }
}

/// A row of cells of different kinds.
macro_rules! cells {
    ($($cell:expr),+ $(,)?) => { [$(crate::briefing::figures::sheet::Cell::from($cell)),+] };
}
pub(crate) use cells;
