//! The page: the briefing as one HTML file that loads nothing.

mod rows;

use super::document::{Block, Cell, Document};
use super::figures::Figure;
use super::sections::Made;
use super::theme::Theme;
use super::words::{Finding, Piece, Words};
use crate::analysis::verdict::Verdict;
use anyhow::Context;
use askama::Template;

#[derive(Template)]
#[template(path = "briefing/page.html")]
struct Page<'a> {
    document: &'a Document,
    figures: &'a [Figure],
    narrow: &'a [Figure],
    rows: String,
    style: String,
    script: &'static str,
}

#[derive(Template)]
#[template(path = "briefing/blocks.html")]
struct Blocks<'a> {
    blocks: &'a [Block],
    figures: &'a [Figure],
    narrow: &'a [Figure],
}

const STYLE: &str = include_str!("../../templates/briefing/page.css");
const SCRIPT: &str = include_str!("../../templates/briefing/page.js");

/// The bytes of `briefing.html`: a function of the tables, the inputs, and the code and
/// checksums that the manifest names.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn page(made: &Made<'_>, document: &Document) -> anyhow::Result<String> {
    let rows = rows::rows(made.book).to_string();
    // Within a script element no tag may end it.
    let rows = rows.replace('<', "\\u003c");
    let (figures, narrow) = (made.figures, made.narrow);
    // Figures are measured in these letters, so the page brings them along.
    let style = format!("{}\n{STYLE}", Theme::default().font_faces());
    let page = Page { document, figures, narrow, rows, style, script: SCRIPT };
    page.render().context("cannot make the page")
}

impl Page<'_> {
    fn blocks<'b>(&'b self, blocks: &'b [Block]) -> Blocks<'b> {
        Blocks { blocks, figures: self.figures, narrow: self.narrow }
    }
}

impl Blocks<'_> {
    fn inner<'b>(&'b self, blocks: &'b [Block]) -> Blocks<'b> {
        Blocks { blocks, figures: self.figures, narrow: self.narrow }
    }

    fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.name == name)
    }

    fn narrow(&self, name: &str) -> Option<&Figure> {
        self.narrow.iter().find(|figure| figure.name == name)
    }
}

/// Text with the characters of markup written out.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            letter => html.push(letter),
        }
    }
    html
}

impl Words {
    /// As HTML, each number with the cell it comes from.
    fn html(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => escaped(text),
            Piece::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
            Piece::Code(text) => format!("<code>{}</code>", escaped(text)),
            Piece::Link(text, to) => format!("<a href=\"#{to}\">{}</a>", escaped(text)),
            Piece::Number(number) => {
                let times = match number.times {
                    1.0 => String::new(),
                    times => format!(" data-times=\"{}\"", crate::table::number(times)),
                };
                format!(
                    "<data value=\"{}\"{times} data-at=\"{}\">{}</data>",
                    crate::table::number(number.value),
                    escaped(&number.at.written()),
                    escaped(&number.text)
                )
            }
        });
        pieces.collect()
    }
}

/// How a finding looks.
fn class(found: Finding) -> &'static str {
    match found.verdict() {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::Same => "same",
        Verdict::Unclear => "unclear",
    }
}

impl Cell {
    fn html(&self) -> String {
        let mut html = self.words.html();
        if !self.range.0.is_empty() {
            html.push_str(&format!("<span class=\"range\">{}</span>", self.range.html()));
        }
        let Some(found) = self.found else { return format!("<div>{html}</div>") };
        format!(
            "<div class=\"{}\">{html}<span class=\"verdict\">{}</span></div>",
            class(found),
            found.said()
        )
    }
}
