//! Tables as files: a column is declared once, and header, rows and data
//! dictionary come from the declaration.

use std::io::Write;

/// One column of a table whose rows are made from `R`.
pub struct Column<R: 'static> {
    /// Name in the header.
    pub name: &'static str,
    /// What it holds: `text`, `number`, `whole number` or `true or false`.
    pub holds: &'static str,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// The cell as written; empty where it is missing.
    pub value: fn(&R) -> String,
}

/// Columns: name, what it holds, what it is, and its cell, for each.
macro_rules! columns {
    ($($name:literal, $holds:literal, $meaning:literal, $value:expr;)+) => {
        &[$($crate::table::Column { name: $name, holds: $holds, meaning: $meaning, value: $value },)+]
    };
}
pub(crate) use columns;

/// A table as the bytes of a CSV file.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn csv<R>(columns: &[&Column<R>], rows: &[R]) -> anyhow::Result<Vec<u8>> {
    let mut table = Rows::begin(Vec::new(), columns.to_vec())?;
    rows.iter().try_for_each(|row| table.put(row))?;
    table.end()
}

/// A table that is written as a CSV file, row by row.
pub struct Rows<'c, R: 'static, W: Write> {
    columns: Vec<&'c Column<R>>,
    writer: csv::Writer<W>,
}

impl<'c, R, W: Write> Rows<'c, R, W> {
    /// Begins a table with its header.
    ///
    /// # Errors
    ///
    /// When `to` fails.
    pub fn begin(to: W, columns: Vec<&'c Column<R>>) -> anyhow::Result<Self> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(columns.iter().map(|c| c.name)).map_err(plain)?;
        Ok(Self { columns, writer })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn put(&mut self, row: &R) -> anyhow::Result<()> {
        for column in &self.columns {
            self.writer.write_field((column.value)(row)).map_err(plain)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(plain)
    }

    /// Writes what is left, and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn end(self) -> anyhow::Result<W> {
        Ok(self.writer.into_inner().map_err(csv::IntoInnerError::into_error)?)
    }
}

/// An error of the file system as such, so that what to do about it can be said.
fn plain(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("{other:?}"),
    }
}

/// Every column of a table.
pub fn all<R>(columns: &'static [Column<R>]) -> Vec<&'static Column<R>> {
    columns.iter().collect()
}

/// A number in the shortest form that reads back the same; minus nought is nought.
pub fn number(x: f64) -> String {
    if x == 0.0 { "0".to_owned() } else { x.to_string() }
}

/// A number that may be missing: then empty, never 0.
pub fn optional(x: Option<f64>) -> String {
    x.map(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_the_same_and_missing_is_empty() {
        for x in [0.1 + 0.2, 1e-9, 1.0 / 3.0, 12_345.678, -2.5e10] {
            assert_eq!(number(x).parse(), Ok(x));
        }
        assert_eq!(number(-0.0), "0");
        assert_eq!(optional(None), "");
    }

    #[test]
    fn header_and_rows_come_from_the_columns() {
        let columns = [
            Column { name: "a", holds: "number", meaning: "", value: |r: &f64| number(*r) },
            Column { name: "b", holds: "text", meaning: "", value: |_| "x,y".to_owned() },
        ];
        let columns: Vec<&Column<f64>> = columns.iter().collect();
        let bytes = csv(&columns, &[0.5]).expect("written");
        assert_eq!(String::from_utf8_lossy(&bytes), "a,b\n0.5,\"x,y\"\n");
    }
}
