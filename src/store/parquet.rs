//! Tables as Parquet files: a column is declared once, rows come one at a time, and
//! only one group of them is kept in memory.

use anyhow::Context;
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};
use std::io::Write;
use std::sync::Arc;

/// Rows that are kept and written together: memory grows up to here and no further.
const GROUP: usize = 8_192;
/// How hard zstd tries.
const LEVEL: i32 = 3;
/// Who wrote it. No version: the same numbers are to give the same bytes.
const CREATED_BY: &str = "commissim";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words, never missing.
    Text,
    /// Whole numbers that may be missing.
    Whole,
    /// Numbers that may be missing.
    Number,
}

/// A column of a table whose rows are made from `R`.
pub struct Field<R: ?Sized + 'static> {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// What it holds in a row.
    pub value: for<'r> fn(&'r R) -> Value<'r>,
}

/// What a column holds in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'r> {
    /// Words.
    Text(&'r str),
    /// A whole number.
    Whole(Option<i32>),
    /// A number.
    Number(Option<f64>),
}

impl Holds {
    /// In the words of `columns.csv`.
    pub fn words(self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::Whole => "whole number",
            Holds::Number => "number",
        }
    }

    fn column(self, name: &str) -> parquet::errors::Result<Type> {
        let (physical, logical, repetition) = match self {
            Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
            Holds::Whole => (Physical::INT32, None, Repetition::OPTIONAL),
            Holds::Number => (Physical::DOUBLE, None, Repetition::OPTIONAL),
        };
        let column = Type::primitive_type_builder(name, physical);
        column.with_logical_type(logical).with_repetition(repetition).build()
    }

    fn kept(self) -> Kept {
        match self {
            Holds::Text => Kept::Text(Vec::new()),
            Holds::Whole => Kept::Whole(Vec::new(), Vec::new()),
            Holds::Number => Kept::Number(Vec::new(), Vec::new()),
        }
    }
}

/// The rows of a column that are not written yet: values, and for each row whether
/// there is one (1) or not (0).
enum Kept {
    Text(Vec<ByteArray>),
    Whole(Vec<i32>, Vec<i16>),
    Number(Vec<f64>, Vec<i16>),
}

impl Kept {
    fn push(&mut self, value: Value<'_>) -> anyhow::Result<()> {
        match (self, value) {
            (Kept::Text(kept), Value::Text(text)) => {
                // Most rows say what the one before them says.
                let same = kept.last().filter(|last| last.data() == text.as_bytes()).cloned();
                kept.push(same.unwrap_or_else(|| ByteArray::from(text)));
            }
            (Kept::Whole(kept, there), Value::Whole(number)) => {
                there.push(i16::from(number.is_some()));
                kept.extend(number);
            }
            (Kept::Number(kept, there), Value::Number(number)) => {
                there.push(i16::from(number.is_some()));
                // Minus nought is nought, as in the CSV files.
                kept.extend(number.map(|x| if x == 0.0 { 0.0 } else { x }));
            }
            (_, value) => anyhow::bail!("{value:?} is of another kind than its column"),
        }
        Ok(())
    }

    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> anyhow::Result<()> {
        match self {
            Kept::Text(kept) => put::<ByteArrayType, W>(group, kept, None),
            Kept::Whole(kept, there) => put::<Int32Type, W>(group, kept, Some(there)),
            Kept::Number(kept, there) => put::<DoubleType, W>(group, kept, Some(there)),
        }
    }
}

fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &mut Vec<T::T>,
    there: Option<&mut Vec<i16>>,
) -> anyhow::Result<()> {
    let column = group.next_column()?;
    let mut column = column.context("there are more columns than the schema has")?;
    column.typed::<T>().write_batch(values, there.as_deref().map(Vec::as_slice), None)?;
    values.clear();
    if let Some(there) = there {
        there.clear();
    }
    Ok(column.close()?)
}

/// A table that is being written, row by row.
pub struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    kept: Vec<Kept>,
    rows: usize,
}

impl<W: Write + Send> Table<W> {
    /// Begins a table of the columns named; `says` goes into the file's metadata.
    ///
    /// # Errors
    ///
    /// When `to` fails.
    pub fn begin(to: W, columns: &[(&str, Holds)], says: &[(&str, &str)]) -> anyhow::Result<Self> {
        let fields = columns.iter().map(|(name, holds)| Ok(Arc::new(holds.column(name)?)));
        let fields = fields.collect::<anyhow::Result<Vec<_>>>()?;
        let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
        let says =
            says.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), (*value).to_owned()));
        let mut properties = WriterProperties::builder()
            .set_created_by(CREATED_BY.to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
            .set_key_value_metadata(Some(says.collect()))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true);
        for (name, _) in columns.iter().filter(|(_, holds)| *holds == Holds::Number) {
            // Numbers of a simulation hardly repeat: lists of those seen, and least and
            // largest, would cost more than they save.
            let path = ColumnPath::from(*name);
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path.clone(), Encoding::PLAIN)
                .set_column_statistics_enabled(path, EnabledStatistics::None);
        }
        let writer = SerializedFileWriter::new(to, schema, Arc::new(properties.build()))?;
        let kept = columns.iter().map(|(_, holds)| holds.kept()).collect();
        Ok(Self { writer, kept, rows: 0 })
    }

    /// Takes in a row: a value for each column, in order.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn put<'r>(&mut self, row: impl Iterator<Item = Value<'r>>) -> anyhow::Result<()> {
        for (kept, value) in self.kept.iter_mut().zip(row) {
            kept.push(value)?;
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> anyhow::Result<()> {
        let mut group = self.writer.next_row_group()?;
        for kept in &mut self.kept {
            kept.write(&mut group)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Writes what is left and the file's end, and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn finish(mut self) -> anyhow::Result<W> {
        if self.rows > 0 {
            self.write_group()?;
        }
        Ok(self.writer.into_inner()?)
    }
}
