//! Drawing: our own writer of SVG, with words that are measured before they are put.
//!
//! A unit is a CSS pixel, 1/96 inch. A figure is drawn in the size it is to have, so that
//! letters are as large in a narrow figure as in a wide one.

pub mod axis;
pub mod frame;
pub mod labels;
pub mod output;

use super::theme::{Colour, Look, Marker, Theme};
use rustybuzz::{Face, UnicodeBuffer};
use std::fmt::Write;

/// Units in a millimetre.
pub const MM: f64 = 96.0 / 25.4;
/// Units in a point, the measure of letters.
pub const POINT: f64 = 96.0 / 72.0;

/// Where words stand from the point they are put at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// About it.
    Middle,
    /// To the left of it.
    End,
}

/// How words are written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Size of letters.
    pub size: f64,
    /// Whether they are bold.
    pub bold: bool,
    /// Their colour.
    pub colour: Colour,
    /// Where they stand.
    pub anchor: Anchor,
    /// Whether they stand out from what lies under them by a rim of paper.
    pub halo: bool,
}

impl Style {
    /// The same in bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same in another colour.
    pub fn of(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same about its point.
    pub fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// The same to the left of its point.
    pub fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// The same with a rim of paper.
    pub fn halo(self) -> Self {
        Self { halo: true, ..self }
    }
}

/// A drawing in progress.
pub struct Canvas<'t> {
    /// Its looks.
    pub theme: &'t Theme,
    faces: [Option<Face<'t>>; 2],
    svg: String,
}

impl<'t> Canvas<'t> {
    /// Nothing drawn yet.
    pub fn new(theme: &'t Theme) -> Self {
        let faces = [0, 1].map(|weight| Face::from_slice(&theme.fonts[weight], 0));
        Self { theme, faces, svg: String::new() }
    }

    /// What was drawn.
    pub fn svg(self) -> String {
        self.svg
    }

    /// Words as most are.
    pub fn words(&self) -> Style {
        let size = self.theme.size * POINT;
        Style { size, bold: false, colour: self.theme.ink, anchor: Anchor::Start, halo: false }
    }

    /// Words on axes, a little smaller and quieter.
    pub fn small(&self) -> Style {
        Style { size: self.theme.size * POINT * 0.9, colour: self.theme.quiet, ..self.words() }
    }

    /// How wide words are.
    pub fn width(&self, words: &str, style: &Style) -> f64 {
        let Some(face) = &self.faces[usize::from(style.bold)] else {
            // Letters that cannot be read are refused with the theme; half a size is a guess.
            return words.chars().count() as f64 * style.size / 2.0;
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(words);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let advance: i64 = shaped.glyph_positions().iter().map(|g| i64::from(g.x_advance)).sum();
        advance as f64 * style.size / f64::from(face.units_per_em())
    }

    /// Words in lines no wider than `width`, broken between them, or within one that is
    /// wider by itself.
    pub fn wrap(&self, words: &str, style: &Style, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = vec![String::new()];
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            let last = lines.last_mut().expect("there is one from the start");
            let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
            if self.width(&longer, style) <= width {
                *last = longer;
                continue;
            }
            if !last.is_empty() {
                lines.push(String::new());
            }
            self.break_up(word, style, width, &mut lines);
        }
        lines
    }

    /// Puts a word on the last line, which is empty, and on as many as it needs.
    fn break_up(&self, word: &str, style: &Style, width: f64, lines: &mut Vec<String>) {
        for letter in word.chars() {
            let last = lines.last_mut().expect("there is one from the start");
            last.push(letter);
            if last.chars().count() > 1 && self.width(last, style) > width {
                last.pop();
                lines.push(letter.to_string());
            }
        }
    }

    /// Writes words.
    pub fn text(&mut self, x: f64, y: f64, words: &str, style: &Style) {
        if words.is_empty() {
            return;
        }
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if style.bold { " font-weight=\"600\"" } else { "" };
        let halo = if style.halo {
            let paper = self.theme.paper.hex();
            format!(
                " paint-order=\"stroke\" stroke=\"{paper}\" stroke-width=\"3\" stroke-linejoin=\"round\""
            )
        } else {
            String::new()
        };
        let (x, y, size, colour) = (put(x), put(y), put(style.size), style.colour.hex());
        let words = escaped(words);
        let _ = writeln!(
            self.svg,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{bold} fill=\"{colour}\"{anchor}{halo}>{words}</text>"
        );
    }

    /// Writes lines of words one below the other, the first on `y`; where the next would be.
    pub fn lines(&mut self, x: f64, y: f64, lines: &[String], style: &Style) -> f64 {
        let mut y = y;
        for line in lines {
            self.text(x, y, line, style);
            y += style.size * LEADING;
        }
        y
    }

    /// Draws a line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &Stroke) {
        let (x1, y1, x2, y2) = (put(from.0), put(from.1), put(to.0), put(to.1));
        let stroke = stroke.attributes();
        let _ =
            writeln!(self.svg, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{stroke}/>");
    }

    /// Draws a line through points, broken where one is missing.
    pub fn path(&mut self, points: &[Option<(f64, f64)>], stroke: &Stroke) {
        let mut d = String::new();
        let mut up = true;
        for point in points {
            match point {
                Some((x, y)) => {
                    let _ = write!(d, "{}{} {}", if up { "M" } else { "L" }, put(*x), put(*y));
                    up = false;
                }
                None => up = true,
            }
        }
        if !d.is_empty() {
            let stroke = stroke.attributes();
            let _ = writeln!(self.svg, "<path d=\"{d}\" fill=\"none\"{stroke}/>");
        }
    }

    /// Draws a band between two heights at each x; where one is missing, it begins anew.
    pub fn ribbon(&mut self, points: &[Option<(f64, f64, f64)>], colour: Colour, opacity: f64) {
        for stretch in points.split(Option::is_none) {
            let stretch: Vec<_> = stretch.iter().flatten().collect();
            if stretch.len() < 2 {
                continue;
            }
            let there = stretch.iter().map(|(x, low, _)| (x, low));
            let back = stretch.iter().rev().map(|(x, _, high)| (x, high));
            let points: Vec<String> =
                there.chain(back).map(|(x, y)| format!("{},{}", put(*x), put(*y))).collect();
            let (points, colour, opacity) = (points.join(" "), colour.hex(), put(opacity));
            let _ = writeln!(
                self.svg,
                "<polygon points=\"{points}\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>"
            );
        }
    }

    /// Draws a box.
    pub fn area(&mut self, x: f64, y: f64, width: f64, height: f64, colour: Colour) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let (x, y, width, height) = (put(x), put(y), put(width), put(height));
        let colour = colour.hex();
        let _ = writeln!(
            self.svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
        );
    }

    /// Draws a point as a regime's are, `size` across; hollow where it says so. `says` is
    /// what it tells who points at it.
    pub fn point(&mut self, at: (f64, f64), size: f64, look: &Look, hollow: bool, says: &str) {
        let (x, y) = at;
        let r = size / 2.0;
        let hollow = hollow || look.marker == Marker::Ring;
        let (fill, edge) = if hollow { (self.theme.paper, r * 0.45) } else { (look.colour, 0.0) };
        let polygon = |corners: &[(f64, f64)]| {
            let corners: Vec<String> = corners
                .iter()
                .map(|(dx, dy)| format!("{},{}", put(x + dx * r), put(y + dy * r)))
                .collect();
            format!("<polygon points=\"{}\"", corners.join(" "))
        };
        let shape = match look.marker {
            Marker::Circle | Marker::Ring => {
                format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", put(x), put(y), put(r))
            }
            Marker::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            Marker::Diamond => polygon(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Marker::Triangle => polygon(&[(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)]),
            Marker::Down => polygon(&[(0.0, 1.15), (1.1, -0.85), (-1.1, -0.85)]),
            Marker::Cross => polygon(&[
                (-0.4, -1.1),
                (0.4, -1.1),
                (0.4, -0.4),
                (1.1, -0.4),
                (1.1, 0.4),
                (0.4, 0.4),
                (0.4, 1.1),
                (-0.4, 1.1),
                (-0.4, 0.4),
                (-1.1, 0.4),
                (-1.1, -0.4),
                (-0.4, -0.4),
            ]),
        };
        let (fill, colour) = (fill.hex(), look.colour.hex());
        let edge = if edge > 0.0 {
            format!(" stroke=\"{colour}\" stroke-width=\"{}\"", put(edge))
        } else {
            String::new()
        };
        let _ = if says.is_empty() {
            writeln!(self.svg, "{shape} fill=\"{fill}\"{edge}/>")
        } else {
            let (element, says) = (&shape[1..shape.find(' ').unwrap_or(1)], escaped(says));
            writeln!(self.svg, "{shape} fill=\"{fill}\"{edge}><title>{says}</title></{element}>")
        };
    }

    /// Draws many small points of one look, quietly.
    pub fn cloud(&mut self, points: &[(f64, f64)], size: f64, look: &Look, opacity: f64) {
        let _ = writeln!(self.svg, "<g fill-opacity=\"{}\">", put(opacity));
        let filled = Look { marker: filled(look.marker), ..*look };
        for point in points {
            self.point(*point, size, &filled, false, "");
        }
        self.svg.push_str("</g>\n");
    }
}

/// A marker that does not need an edge.
fn filled(marker: Marker) -> Marker {
    if marker == Marker::Ring { Marker::Circle } else { marker }
}

/// Height of a line of words, in sizes of its letters.
pub const LEADING: f64 = 1.3;

/// How lines are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Their colour.
    pub colour: Colour,
    /// How wide.
    pub width: f64,
    /// Dashes, as `stroke-dasharray`.
    pub dash: &'static str,
}

impl Stroke {
    /// A whole line.
    pub fn plain(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: "" }
    }

    /// A line in a regime's looks.
    pub fn of(look: &Look, width: f64) -> Self {
        Self { colour: look.colour, width, dash: look.dash }
    }

    fn attributes(&self) -> String {
        let dash = if self.dash.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{}\"", self.dash)
        };
        let round = if self.dash.is_empty() { " stroke-linecap=\"round\"" } else { "" };
        format!(
            " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{round}{dash}",
            self.colour.hex(),
            put(self.width)
        )
    }
}

/// A length as written: hundredths are finer than any printer.
pub fn put(x: f64) -> String {
    let rounded = (x * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Words as they may stand in an element or in an attribute.
pub fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            // Nothing else below a space may stand in XML.
            c if c < ' ' && !"\t\n\r".contains(c) => {}
            c => text.push(c),
        }
    }
    text
}
