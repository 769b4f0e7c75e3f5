//! Colours, and whether words in one can be read on another.

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// A colour written `#RRGGBB`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// As a file has it: `#RRGGBB`.
    pub fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// Relative luminance, 0 to 1, by WCAG 2.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast with another colour, 1 to 21, by WCAG 2.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// So much of the way from this colour to another: 0 is this one, 1 the other.
    pub fn towards(self, other: Self, share: f64) -> Self {
        let part = |a: u8, b: u8| {
            (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round().clamp(0.0, 255.0) as u8
        };
        Self(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }

    /// Least contrast of words with what they stand on, by WCAG 2 at level AA.
    pub const READABLE: f64 = 4.5;

    /// The colour, made as much darker or lighter as words in it need to be read on
    /// `paper`: a contrast of at least [`Colour::READABLE`].
    pub fn for_words(self, paper: Self) -> Self {
        self.apart(paper, Self::READABLE)
    }

    /// The colour, made as much darker or lighter as it takes to have this contrast with
    /// `paper`.
    pub fn apart(self, paper: Self, contrast: f64) -> Self {
        let away = if paper.is_dark() { Colour(255, 255, 255) } else { Colour(0, 0, 0) };
        let steps = (0..=20).map(|step| self.towards(away, f64::from(step) / 20.0));
        steps.into_iter().find(|c| c.contrast(paper) >= contrast).unwrap_or(away)
    }

    /// Whether light colours stand out on it rather than dark ones.
    pub fn is_dark(self) -> bool {
        self.luminance() <= 0.4
    }
}
