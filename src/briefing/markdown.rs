//! The briefing as Markdown, to stand beside the folder of figures.

use super::document::{Block, Cell, Document, Table};
use super::sections::Made;
use super::words::{Piece, Words};
use std::fmt::Write;

/// The text of `briefing.md`.
pub fn markdown(made: &Made<'_>, document: &Document) -> String {
    let mut text = format!("# {}\n\n{}\n", marked(&document.title), line(&document.under));
    for section in &document.sections {
        let _ = writeln!(text, "\n## {}\n", section.title);
        blocks(&mut text, made, &section.blocks);
    }
    text
}

fn blocks(text: &mut String, made: &Made<'_>, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading(heading) => _ = writeln!(text, "### {}\n", marked(heading)),
            Block::Paragraph(words) | Block::Answer(words) => {
                _ = writeln!(text, "{}\n", line(words));
            }
            Block::Note(words) => _ = writeln!(text, "> {}\n", line(words)),
            Block::Bullets(items) => {
                for item in items {
                    let _ = writeln!(text, "- {}", line(item));
                }
                text.push('\n');
            }
            Block::Command(command) => _ = writeln!(text, "```\n{command}\n```\n"),
            Block::From(_, inner) => self::blocks(text, made, inner),
            Block::Table(table) => self::table(text, table),
            Block::Figure(name) => {
                let found = made.figures.iter().find(|figure| figure.name == *name);
                if let Some(figure) = found {
                    let alt = figure.alt.replace(['[', ']'], "");
                    let _ = writeln!(text, "![{alt}](figures/{name}.png)\n");
                }
            }
            // It needs a script.
            Block::Explorer => {}
        }
    }
}

fn table(text: &mut String, table: &Table) {
    let _ = writeln!(text, "{}\n", line(&table.caption));
    let head: Vec<String> = table.head.iter().map(|head| in_table(marked(head))).collect();
    let _ = writeln!(text, "| {} |\n|{}", head.join(" | "), "---|".repeat(head.len()));
    for row in &table.rows {
        let mut head = line(&row.head);
        if !row.unit.is_empty() {
            let _ = write!(head, " ({})", marked(&row.unit));
        }
        let cells = row.cells.iter().map(|of| in_table(cell(of)));
        let cells: Vec<String> = std::iter::once(in_table(head)).chain(cells).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text.push('\n');
}

/// A cell on one line: the number, its range in brackets, what it amounts to.
fn cell(of: &Cell) -> String {
    let mut text = line(&of.words);
    if !of.range.0.is_empty() {
        let _ = write!(text, " ({})", line(&of.range));
    }
    if let Some(found) = of.found {
        let _ = write!(text, ", {}", found.said());
    }
    text
}

fn in_table(text: String) -> String {
    text.replace('|', "\\|")
}

/// Text with the characters that Markdown would read as marks written out.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    for letter in text.chars() {
        if ['*', '_', '`', '[', ']', '<', '#', '\\'].contains(&letter) {
            marked.push('\\');
        }
        marked.push(letter);
    }
    marked
}

fn line(words: &Words) -> String {
    let pieces = words.0.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Link(text, _) => marked(text),
        Piece::Strong(text) => {
            // Marks stand against words, not against spaces.
            let inner = text.trim_end();
            format!("**{}**{}", marked(inner), &text[inner.len()..])
        }
        Piece::Code(text) => format!("`{text}`"),
        Piece::Number(number) => number.text.clone(),
    });
    pieces.collect()
}
