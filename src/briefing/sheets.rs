//! The numbers of the briefing as a workbook: a sheet for each table and each figure.

use super::document::{Cell, Document, Table};
use super::sections::Made;
use super::words::{Finding, Piece, Words};
use anyhow::Context;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

/// Longest name that a sheet may have, in characters.
const LONGEST: usize = 31;
/// Widths of columns, in characters: of rows' headings, and of numbers.
const WIDTHS: [f64; 2] = [44.0, 15.0];

struct Styles {
    title: Format,
    plain: Format,
    head: Format,
    words: Format,
}

/// The bytes of `briefing.xlsx`.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn xlsx(made: &Made<'_>, document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    // A day that says nothing: no file but the manifest holds a time.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_title(&document.title).set_creation_datetime(&day);
    book.set_properties(&about);
    let styles = Styles {
        title: Format::new().set_bold().set_font_size(13),
        plain: Format::new(),
        head: Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin),
        words: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    };
    first(book.add_worksheet(), document, &styles)?;
    let mut names = vec!["About".to_owned()];
    for (section, table) in document.tables() {
        let sheet = book.add_worksheet();
        sheet.set_name(named(section.title, &mut names))?;
        of_table(sheet, table, &styles)?;
    }
    for figure in made.figures {
        let sheet = book.add_worksheet();
        sheet.set_name(named(figure.name, &mut names))?;
        sheet.write_with_format(0, 0, &figure.title, &styles.title)?;
        sheet.write_with_format(1, 0, &figure.what, &styles.plain)?;
        sheet.write_with_format(2, 0, &figure.source, &styles.plain)?;
        of_figure(sheet, &figure.data, &styles)?;
    }
    book.save_to_buffer().context("cannot make the workbook")
}

/// A name of a sheet that no other has.
fn named(title: &str, names: &mut Vec<String>) -> String {
    let short = |room: usize| -> String { title.chars().take(room).collect() };
    let mut name = short(LONGEST);
    let mut number = 2;
    while names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
        let ending = format!(" {number}");
        name = short(LONGEST - ending.len()) + &ending;
        number += 1;
    }
    names.push(name.clone());
    name
}

/// The first sheet: what it is, and the answer.
fn first(sheet: &mut Worksheet, document: &Document, styles: &Styles) -> anyhow::Result<()> {
    sheet.set_name("About")?;
    sheet.set_column_width(0, 110.0)?;
    sheet.write_with_format(0, 0, &document.title, &styles.title)?;
    sheet.write_with_format(1, 0, document.under.plain(), &styles.plain)?;
    let answer = document.sections.iter().find(|section| section.id == "answer");
    let mut row = 3;
    for block in answer.into_iter().flat_map(|section| &section.blocks) {
        use super::document::Block::{Answer, Note, Paragraph};
        if let Answer(words) | Note(words) | Paragraph(words) = block {
            sheet.write_with_format(row, 0, words.plain(), &styles.words)?;
            row += 1;
        }
    }
    Ok(())
}

/// The numbers of some words: every digit that tables have, in the unit that is shown, and how
/// many of them are to be seen.
fn numbers(words: &Words) -> Vec<(f64, Format)> {
    let number = |piece: &Piece| match piece {
        Piece::Number(number) => Some((number.value * number.times, seen(&number.text))),
        _ => None,
    };
    words.0.iter().filter_map(number).collect()
}

/// The format that shows as many places as a page does.
fn seen(text: &str) -> Format {
    let places = text.split_once('.').map_or(0, |(_, rest)| rest.len());
    let point = if places == 0 { "" } else { "." };
    Format::new().set_num_format(format!("#,##0{point}{}", "0".repeat(places)))
}

/// Stands between a number and half of its interval.
const BESIDE: &str = " ± ";

/// A table of the briefing; a cell of numbers takes a column for each of them.
fn of_table(sheet: &mut Worksheet, table: &Table, styles: &Styles) -> anyhow::Result<()> {
    sheet.write_with_format(0, 0, table.caption.plain(), &styles.title)?;
    sheet.set_column_width(0, WIDTHS[0])?;
    let head = 2;
    let any = |column: usize, is: &dyn Fn(&Cell) -> bool| {
        table.rows.iter().filter_map(|row| row.cells.get(column)).any(is)
    };
    let ranged = |column: usize| any(column, &|cell| !numbers(&cell.range).is_empty());
    let beside = |column: usize| any(column, &|cell| cell.words.plain().contains(BESIDE));
    // A second line that is no range, such as a unit.
    let noted = |column: usize| !ranged(column) && any(column, &|cell| !cell.range.0.is_empty());
    let judged = |column: usize| any(column, &|cell| cell.found.is_some());
    let mut titles = vec![table.head.first().cloned().unwrap_or_default(), "Unit".to_owned()];
    for (column, title) in table.head.iter().skip(1).enumerate() {
        titles.push(title.clone());
        if beside(column) {
            titles.push(format!("{title}: ±"));
        }
        if ranged(column) {
            titles.extend([format!("{title}: low"), format!("{title}: high")]);
        }
        if noted(column) {
            titles.push(format!("{title}: unit"));
        }
        if judged(column) {
            titles.push(format!("{title}: verdict"));
        }
    }
    for (column, title) in titles.iter().enumerate() {
        sheet.write_with_format(head, column as u16, title, &styles.head)?;
    }
    sheet.set_column_range_width(1, titles.len() as u16, WIDTHS[1])?;
    sheet.set_freeze_panes(head + 1, 1)?;
    for (at, row) in table.rows.iter().enumerate() {
        let at = head + 1 + at as u32;
        sheet.write_with_format(at, 0, row.head.plain(), &styles.words)?;
        sheet.write_with_format(at, 1, &row.unit, &styles.words)?;
        let mut column = 2;
        for (index, cell) in row.cells.iter().enumerate() {
            match numbers(&cell.words).as_slice() {
                [(one, format), ..] if beside(index) => {
                    sheet.write_with_format(at, column, *one, format)?
                }
                [(one, format)] => sheet.write_with_format(at, column, *one, format)?,
                _ => sheet.write_with_format(at, column, cell.words.plain(), &styles.words)?,
            };
            column += 1;
            if beside(index) {
                if let [_, (half, format)] = numbers(&cell.words).as_slice() {
                    sheet.write_with_format(at, column, *half, format)?;
                }
                column += 1;
            }
            if noted(index) {
                sheet.write_with_format(at, column, cell.range.plain(), &styles.words)?;
                column += 1;
            }
            if ranged(index) {
                if let [(low, from), (high, to)] = numbers(&cell.range).as_slice() {
                    sheet.write_with_format(at, column, *low, from)?;
                    sheet.write_with_format(at, column + 1, *high, to)?;
                } else {
                    sheet.write(at, column, cell.range.plain())?;
                }
                column += 2;
            }
            if judged(index) {
                sheet.write(at, column, cell.found.map(Finding::said).unwrap_or_default())?;
                column += 1;
            }
        }
    }
    Ok(())
}

/// The numbers drawn in a figure.
fn of_figure(sheet: &mut Worksheet, data: &str, styles: &Styles) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(data.as_bytes());
    for (row, record) in reader.records().enumerate() {
        for (column, text) in record?.iter().enumerate() {
            let (row, column) = (4 + row as u32, column as u16);
            match text.parse::<f64>() {
                _ if row == 4 => sheet.write_with_format(row, column, text, &styles.head)?,
                Ok(number) if number.is_finite() => sheet.write(row, column, number)?,
                _ => sheet.write(row, column, text)?,
            };
        }
    }
    sheet.set_freeze_panes(5, 0)?;
    Ok(())
}
