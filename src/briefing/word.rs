//! The briefing as a Word document, which is where briefings are edited: true headings,
//! lists and tables, and the figures as pictures with their alternative text.

use super::document::{Block, Cell, Document, Table};
use super::figures::Figure;
use super::sections::Made;
use super::words::{Piece, Words};
use anyhow::Context;
use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelText, LineSpacing, NumberFormat,
    Numbering, NumberingId, PageMargin, Paragraph, Pic, Run, RunFonts, Shading, SpecialIndentType,
    Start, Style, StyleType, Table as WordTable, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableRow, WidthType,
};
use std::io::Cursor;

/// An A4 page and its margins, in twentieths of a point.
const PAGE: [u32; 2] = [11_906, 16_838];
const MARGIN: i32 = 1_134;
/// Twentieths of a point, and English Metric Units, in a millimetre.
const TWIPS: f64 = 56.692_9;
const EMU: f64 = 36_000.0;
/// Width of the text, mm.
const TEXT: f64 = 170.0;
/// Sizes of letters, in half points.
const SIZES: [usize; 4] = [44, 30, 24, 21];
const SMALL: usize = 17;
const DEEP: &str = "0B4A75";
const QUIET: &str = "4F5B66";
const RULE: &str = "C9D1D9";
const LIST: usize = 2;

/// The bytes of `briefing.docx`, with the pictures of its figures.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn docx(
    made: &Made<'_>,
    document: &Document,
    pictures: &[(String, Vec<u8>)],
) -> anyhow::Result<Vec<u8>> {
    let mut file = styled(Docx::new())
        .add_paragraph(plain(&document.title, "Title"))
        .add_paragraph(paragraph(&document.under, "Subtitle"));
    let mut drawn: Vec<&Figure> = Vec::new();
    for section in &document.sections {
        file = file.add_paragraph(plain(section.title, "Heading1"));
        file = blocks(file, &section.blocks, &mut |name| {
            let figure = made.figures.iter().find(|figure| figure.name == name)?;
            let ending = format!("/{name}.png");
            let (_, picture) = pictures.iter().find(|(path, _)| path.ends_with(&ending))?;
            drawn.push(figure);
            Some((drawn.len(), figure, picture.clone()))
        });
    }
    let mut built = file.build();
    built.document = with_alternatives(built.document, &drawn)?;
    built.styles = with_default(built.styles)?;
    let mut bytes = Cursor::new(Vec::new());
    built.pack(&mut bytes).context("cannot make the Word document")?;
    Ok(bytes.into_inner())
}

/// Says which style paragraphs have that name none: the library does not, and writes a
/// `Normal` of its own before ours.
fn with_default(styles: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    const NORMAL: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Normal\">";
    const END: &str = "</w:style>";
    let text = String::from_utf8(styles).context("the styles are no text")?;
    let text = match (text.matches(NORMAL).count(), text.split_once(NORMAL)) {
        (2, Some((before, rest))) => {
            let after = rest.split_once(END).map_or("", |(_, after)| after);
            format!("{before}{after}")
        }
        _ => text,
    };
    let named = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">";
    Ok(text.replacen(NORMAL, named, 1).into_bytes())
}

/// What the library writes for every picture.
const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";

/// Gives each picture its number, its name and what it shows, which the library does not.
fn with_alternatives(document: Vec<u8>, drawn: &[&Figure]) -> anyhow::Result<Vec<u8>> {
    let text = String::from_utf8(document).context("the Word document is no text")?;
    let mut parts = text.split(PICTURE);
    let mut with = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        let written = |text: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            text.replace('"', "&quot;")
        };
        let (name, alt) = drawn.get(index).map_or(("", ""), |f| (f.name, f.alt.as_str()));
        with.push_str(&format!(
            "<wp:docPr id=\"{}\" name=\"{}\" descr=\"{}\" />",
            index + 1,
            written(name),
            written(alt)
        ));
        with.push_str(part);
    }
    Ok(with.into_bytes())
}

/// Page, letters, headings and lists.
fn styled(file: Docx) -> Docx {
    let fonts = || RunFonts::new().ascii("Calibri").hi_ansi("Calibri");
    let heading = |id: &str, name: &str, level: usize, size: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .q_format(true)
            .fonts(fonts())
            .bold()
            .color(DEEP)
            .size(size)
            .outline_lvl(level)
            .line_spacing(LineSpacing::new().before(320).after(100))
    };
    let bullets = AbstractNumbering::new(LIST).add_level(
        Level::new(
            0,
            Start::new(1),
            NumberFormat::new("bullet"),
            LevelText::new("•"),
            LevelJc::new("left"),
        )
        .indent(Some(340), Some(SpecialIndentType::Hanging(260)), None, None),
    );
    file.page_size(PAGE[0], PAGE[1])
        .page_margin(PageMargin::new().top(MARGIN).bottom(MARGIN).left(MARGIN).right(MARGIN))
        .default_fonts(fonts())
        .default_size(SIZES[3])
        .add_style(
            Style::new("Normal", StyleType::Paragraph)
                .name("Normal")
                .q_format(true)
                .line_spacing(LineSpacing::new().after(120)),
        )
        .add_style(
            Style::new("Title", StyleType::Paragraph)
                .name("Title")
                .based_on("Normal")
                .q_format(true)
                .bold()
                .size(SIZES[0]),
        )
        .add_style(
            Style::new("Subtitle", StyleType::Paragraph)
                .name("Subtitle")
                .based_on("Normal")
                .q_format(true)
                .color(QUIET),
        )
        .add_style(
            Style::new("Caption", StyleType::Paragraph)
                .name("caption")
                .based_on("Normal")
                .q_format(true)
                .color(QUIET)
                .size(SMALL + 1)
                .line_spacing(LineSpacing::new().before(160).after(80)),
        )
        .add_style(
            Style::new("Note", StyleType::Paragraph)
                .name("Note")
                .based_on("Normal")
                .q_format(true)
                .indent(Some(340), None, None, None),
        )
        .add_style(heading("Heading1", "heading 1", 0, SIZES[1]))
        .add_style(heading("Heading2", "heading 2", 1, SIZES[2]))
        .add_abstract_numbering(bullets)
        .add_numbering(Numbering::new(LIST, LIST))
}

fn plain(text: &str, style: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(Run::new().add_text(text)).keep_next(true)
}

fn runs(words: &Words) -> impl Iterator<Item = Run> {
    words.0.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Link(text, _) => Run::new().add_text(text),
        Piece::Strong(text) => Run::new().add_text(text).bold(),
        Piece::Code(text) => {
            Run::new().add_text(text).fonts(RunFonts::new().ascii("Consolas").hi_ansi("Consolas"))
        }
        Piece::Number(number) => Run::new().add_text(&number.text),
    })
}

fn paragraph(words: &Words, style: &str) -> Paragraph {
    runs(words).fold(Paragraph::new().style(style), Paragraph::add_run)
}

type Drawn<'f> = Option<(usize, &'f Figure, Vec<u8>)>;

fn blocks<'f>(
    mut file: Docx,
    blocks: &[Block],
    figure: &mut impl FnMut(&str) -> Drawn<'f>,
) -> Docx {
    for block in blocks {
        file = match block {
            Block::Heading(text) => file.add_paragraph(plain(text, "Heading2")),
            Block::Paragraph(words) | Block::Answer(words) => {
                file.add_paragraph(paragraph(words, "Normal"))
            }
            Block::Note(words) => file.add_paragraph(paragraph(words, "Note")),
            Block::Bullets(items) => items.iter().fold(file, |file, item| {
                let item = paragraph(item, "Normal");
                file.add_paragraph(item.numbering(NumberingId::new(LIST), IndentLevel::new(0)))
            }),
            Block::Command(text) => {
                let words = Words::default().code(text);
                file.add_paragraph(paragraph(&words, "Note"))
            }
            Block::From(_, inner) => self::blocks(file, inner, figure),
            Block::Table(table) => {
                let file = file.add_paragraph(paragraph(&table.caption, "Caption").keep_next(true));
                // A table needs a paragraph after it, or it runs into the next.
                file.add_table(word_table(table)).add_paragraph(Paragraph::new())
            }
            Block::Figure(name) => match figure(name) {
                Some((number, figure, picture)) => {
                    file.add_paragraph(pictured(number, figure, picture))
                }
                None => file,
            },
            // It needs a script.
            Block::Explorer => file,
        };
    }
    file
}

fn pictured(number: usize, figure: &Figure, picture: Vec<u8>) -> Paragraph {
    let width = figure.width_mm.min(TEXT);
    let height = figure.height_mm * width / figure.width_mm;
    let emu = |mm: f64| (mm * EMU).round() as u32;
    let pic = Pic::new_with_dimensions(picture, 1, 1)
        .id(format!("rIdImage{number}"))
        .size(emu(width), emu(height));
    Paragraph::new().add_run(Run::new().add_image(pic))
}

/// A table with rules between its rows.
fn word_table(table: &Table) -> WordTable {
    let rule = |position| TableBorder::new(position).color(RULE).size(4);
    let borders = TableBorders::with_empty()
        .set(rule(TableBorderPosition::InsideH))
        .set(rule(TableBorderPosition::Top))
        .set(rule(TableBorderPosition::Bottom));
    let columns = table.head.len().max(1);
    // The first column holds headings, which are longer.
    let share = TEXT / (columns as f64 + 0.6);
    let width = |column: usize| {
        let share = if column == 0 { share * 1.6 } else { share };
        (share * TWIPS).round() as usize
    };
    let cell = |column: usize, lines: Vec<Paragraph>| {
        lines
            .into_iter()
            .fold(TableCell::new().width(width(column), WidthType::Dxa), TableCell::add_paragraph)
    };
    let small = |words: &Words, bold: bool| {
        runs(words).fold(tight(), |line, run| {
            line.add_run(if bold { run.bold().size(SMALL) } else { run.size(SMALL) })
        })
    };
    let head = table.head.iter().enumerate().map(|(column, text)| {
        cell(column, vec![small(&Words::text(text), true)]).shading(Shading::new().fill("F4F6F8"))
    });
    let mut rows = vec![TableRow::new(head.collect()).cant_split()];
    for row in &table.rows {
        let mut first = vec![small(&row.head, true)];
        if !row.unit.is_empty() {
            let unit = Run::new().add_text(&row.unit).size(SMALL).color(QUIET);
            first.push(tight().add_run(unit));
        }
        let cells = row.cells.iter().enumerate().map(|(index, of)| {
            cell(index + 1, lines(of).iter().map(|line| small(line, false)).collect())
        });
        let cells = std::iter::once(cell(0, first)).chain(cells).collect();
        rows.push(TableRow::new(cells).cant_split());
    }
    WordTable::new(rows)
        .set_grid((0..columns).map(width).collect())
        .width((TEXT * TWIPS) as usize, WidthType::Dxa)
        .set_borders(borders)
}

fn tight() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().before(20).after(20))
}

/// A cell line by line: the number, its range, what it amounts to.
fn lines(of: &Cell) -> Vec<Words> {
    let mut lines = vec![of.words.clone()];
    if !of.range.0.is_empty() {
        lines.push(of.range.clone());
    }
    if let Some(found) = of.found {
        lines.push(Words::default().strong(found.said()));
    }
    lines
}
