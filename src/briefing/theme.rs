//! Colours and letters of figures, and the small file in which a person changes them.

mod file;

pub use crate::colour::Colour;
pub use file::read;

use std::borrow::Cow;
use std::sync::OnceLock;

/// The shape that stands for a regime beside its colour, so that neither colour-blind
/// readers nor a photocopier lose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle on its base.
    Triangle,
    /// A triangle on its tip.
    Down,
    /// A cross.
    Cross,
    /// A disc with nothing in it: the comparator's.
    Ring,
}

/// Markers of regimes, in order.
const MARKERS: [Marker; 6] = [
    Marker::Circle,
    Marker::Square,
    Marker::Diamond,
    Marker::Triangle,
    Marker::Down,
    Marker::Cross,
];

/// Dashes of regimes' lines, in order; the first is none.
const DASHES: [&str; 6] = ["", "6 2", "2 2", "7 2 2 2", "4 3", "1 2"];

/// How something is drawn wherever it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Of lines and markers.
    pub colour: Colour,
    /// Of words.
    pub words: Colour,
    /// Of points.
    pub marker: Marker,
    /// Of lines, as `stroke-dasharray`; empty for a whole line.
    pub dash: &'static str,
}

/// How figures look; [`Theme::default`] is the house's.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Titles and labels.
    pub ink: Colour,
    /// Units, axes, source.
    pub quiet: Colour,
    /// Grid lines.
    pub rule: Colour,
    /// What is too small to matter, and what was before the fork.
    pub shade: Colour,
    /// What all stands on.
    pub paper: Colour,
    /// The comparator.
    pub comparator: Colour,
    /// Regimes, in order; more regimes than colours begin again, with other markers.
    pub regimes: Vec<Colour>,
    /// Who holds the budget: council, fund, direct payment, part direct payment.
    pub budgets: [Colour; 4],
    /// What is better for people.
    pub better: Colour,
    /// What is worse for people.
    pub worse: Colour,
    /// Size of words, points.
    pub size: f64,
    /// Size of titles, points.
    pub title: f64,
    /// Family of letters.
    pub family: String,
    /// The font files: regular and bold.
    pub fonts: [Cow<'static, [u8]>; 2],
}

const REGULAR: &[u8] = include_bytes!("../../data/fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../data/fonts/Inter-SemiBold.ttf");
/// The same letters for browsers, smaller.
const WOFF: [&[u8]; 2] = [
    include_bytes!("../../data/fonts/Inter-Regular.woff2"),
    include_bytes!("../../data/fonts/Inter-SemiBold.woff2"),
];

impl Default for Theme {
    fn default() -> Self {
        Self {
            ink: Colour(0x1A, 0x1A, 0x1A),
            quiet: Colour(0x59, 0x59, 0x59),
            rule: Colour(0xDD, 0xDD, 0xDD),
            shade: Colour(0xF0, 0xEF, 0xEC),
            paper: Colour(0xFF, 0xFF, 0xFF),
            // Near Okabe and Ito's, moved apart in lightness: a test measures how far.
            comparator: Colour(0x7C, 0x7C, 0x7C),
            regimes: vec![
                Colour(0x00, 0x4C, 0x86),
                Colour(0xB0, 0x48, 0x0C),
                Colour(0x22, 0xA3, 0x67),
                Colour(0xDB, 0x93, 0xBE),
                Colour(0xF0, 0xBE, 0x45),
                Colour(0x62, 0xB0, 0xE8),
            ],
            budgets: [
                Colour(0x40, 0x40, 0x40),
                Colour(0xD5, 0x5E, 0x00),
                Colour(0x00, 0x72, 0xB2),
                Colour(0x8F, 0xC6, 0xEE),
            ],
            better: Colour(0x00, 0x72, 0xB2),
            worse: Colour(0xD5, 0x5E, 0x00),
            size: 7.5,
            title: 11.0,
            family: "Inter".to_owned(),
            fonts: [Cow::Borrowed(REGULAR), Cow::Borrowed(BOLD)],
        }
    }
}

impl Theme {
    /// How a regime is drawn: 0 is the comparator, then the others in order.
    pub fn look(&self, index: usize) -> Look {
        let Some(regime) = index.checked_sub(1) else {
            return self.looks(self.comparator, Marker::Ring, "3 2");
        };
        let colours = self.regimes.len().max(1);
        let colour = self.regimes.get(regime % colours).copied().unwrap_or(self.ink);
        // Where colours begin again, the marker and the dash are still others.
        let turn = regime + regime / colours;
        self.looks(colour, MARKERS[turn % MARKERS.len()], DASHES[turn % DASHES.len()])
    }

    fn looks(&self, colour: Colour, marker: Marker, dash: &'static str) -> Look {
        Look { colour, words: colour.for_words(self.paper), marker, dash }
    }

    /// Style rules that bring a page the house's letters, for figures within it; empty
    /// where the theme has letters of its own.
    pub fn font_faces(&self) -> &'static str {
        static FACES: OnceLock<String> = OnceLock::new();
        if self.fonts[0].as_ref() != REGULAR {
            return "";
        }
        FACES.get_or_init(|| {
            let faces = [400, 600].iter().zip(WOFF).map(|(weight, bytes)| {
                let bytes = base64(bytes);
                format!(
                    "@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{bytes})format('woff2')}}"
                )
            });
            faces.collect()
        })
    }
}

/// Bytes as text for a data address.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let of = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = of(0) << 16 | of(1) << 8 | of(2);
        for place in 0..4 {
            let digit = char::from(DIGITS[(bits >> (18 - 6 * place) & 63) as usize]);
            text.push(if place <= three.len() { digit } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests;
