//! What stands around every figure: its finding above, its source below.

use super::{Canvas, LEADING, MM, Style, escaped, put};
use crate::briefing::theme::Theme;

/// Below so many millimetres a figure is narrow.
pub const NARROW: f64 = 120.0;
/// Room left at the sides.
pub const MARGIN: f64 = 6.0;

/// The words about a figure.
pub struct Words<'a> {
    /// What it finds.
    pub title: &'a str,
    /// What is drawn.
    pub what: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// What it shows, for who cannot see it.
    pub alt: &'a str,
}

/// A finished drawing and how high it is, in millimetres.
pub struct Framed {
    /// The `svg` element.
    pub svg: String,
    /// Its height, mm.
    pub height_mm: f64,
}

/// Draws a figure `width_mm` wide: `body` draws between the top it is given and the
/// bottom it gives back.
pub fn framed(
    theme: &Theme,
    width_mm: f64,
    words: &Words<'_>,
    body: impl FnOnce(&mut Canvas<'_>, f64) -> f64,
) -> Framed {
    let width = width_mm * MM;
    let room = width - 2.0 * MARGIN;
    let mut canvas = Canvas::new(theme);
    // In a narrow figure a title of the same size would be most of it.
    let size = theme.title * super::POINT * if width_mm < NARROW { 0.85 } else { 1.0 };
    let title = Style { size, ..canvas.words() }.bold();
    let what = canvas.words().of(theme.quiet);
    let source = canvas.small();
    let mut y = MARGIN + title.size * 0.8;
    let lines = canvas.wrap(words.title, &title, room);
    y = canvas.lines(MARGIN, y, &lines, &title);
    y += what.size * 0.05;
    let lines = canvas.wrap(words.what, &what, room);
    y = canvas.lines(MARGIN, y, &lines, &what);
    y = body(&mut canvas, y + what.size * 0.4);
    y += source.size * 1.5;
    let lines = canvas.wrap(words.source, &source, room);
    y = canvas.lines(MARGIN, y, &lines, &source);
    let height = (y - source.size * (LEADING - 0.4) + MARGIN).ceil();
    let height_mm = height / MM;
    let (w, h) = (put(width), put(height));
    let (wide, high) = (put(width_mm), put(height_mm));
    let (alt, paper) = (escaped(words.alt), theme.paper.hex());
    let family = escaped(&theme.family);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}mm\" height=\"{high}mm\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{alt}\" font-family=\"{family}, Helvetica, Arial, sans-serif\">\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"{paper}\"/>\n{}</svg>\n",
        canvas.svg()
    );
    Framed { svg, height_mm }
}
