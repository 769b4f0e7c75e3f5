//! Themes: what differs from the house's colours and letters.

use std::sync::Arc;

use rustybuzz::Face;

use super::desk::{Desk, Reference, beside};
use super::keys::{THEME, find};
use super::walk::{Found, Word};
use crate::colour::Colour;
use crate::problem::{Problem, Source};

/// What a theme's file says.
#[derive(Clone, Debug, Default)]
pub struct ThemeFile {
    found: Found,
    /// The family of its letters, and the font files: regular and bold.
    pub fonts: Option<(String, [Vec<u8>; 2])>,
}

impl ThemeFile {
    /// The colours under a key; one, where it holds one.
    pub fn colours(&self, name: &str) -> Option<&[Colour]> {
        self.found.colours(name)
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.found.number(name)
    }
}

/// Reads the theme a reference means.
pub fn theme(desk: &mut Desk, reference: &Reference) -> Option<ThemeFile> {
    let source = desk.open_path(reference)?;
    let errors = desk.errors();
    let found = desk.read(&source, THEME, true);
    readable(desk, &source, &found);
    let fonts = fonts(desk, &source, &found);
    (desk.errors() == errors).then_some(ThemeFile { found, fonts })
}

/// Words have to be read on what they stand on.
fn readable(desk: &mut Desk, source: &Arc<Source>, found: &Found) {
    // What is given and wrong is said already.
    let colour = |name: &str| match found.has(name) {
        true => found.colours(name)?.first().copied(),
        false => Colour::parse(find(THEME, name)?.default.trim_matches('"')),
    };
    let (Some(ink), Some(paper)) = (colour("ink"), colour("paper")) else { return };
    if ink.contrast(paper) >= Colour::READABLE {
        return;
    }
    let (ink_at, paper_at) = (found.span_of("ink"), found.span_of("paper"));
    let problem =
        Problem::error(format!("ink {} can hardly be read on paper {}", ink.hex(), paper.hex()));
    let problem = problem
        .label(format!("their contrast is {:.1}", ink.contrast(paper)))
        .help(format!("choose two whose contrast is {} or more", Colour::READABLE));
    let problem = match (&ink_at, &paper_at) {
        (Some(_), Some(paper)) => problem.also(paper.clone(), "the paper"),
        _ => problem,
    };
    desk.say(problem.at(source, ink_at.or(paper_at).unwrap_or_default()));
}

/// The font files that a theme names.
fn fonts(desk: &mut Desk, source: &Arc<Source>, found: &Found) -> Option<(String, [Vec<u8>; 2])> {
    let (regular, bold) = match (found.word("regular"), found.word("bold")) {
        (Some(regular), Some(bold)) => (regular, bold),
        (regular, bold) => {
            let (there, other) = match (&regular, &bold) {
                (Some(_), _) if !found.has("bold") => ("regular", "bold"),
                (_, Some(_)) if !found.has("regular") => ("bold", "regular"),
                _ => return None,
            };
            let problem = Problem::error(format!("`{there}` is given without `{other}`"));
            let problem = problem.label("letters are of one family, regular and bold");
            let problem = problem.help(format!("add a line `{other} = …`, or leave both out"));
            desk.say(problem.at(source, found.span_of(there).unwrap_or_default()));
            return None;
        }
    };
    let (one, other) = (font(desk, source, &regular), font(desk, source, &bold));
    let ((family, regular), (other, bytes)) = (one?, other?);
    if family != other {
        let problem = Problem::error("`regular` and `bold` are of two families");
        let problem = problem.label(format!("of {other}, where `regular` is of {family}"));
        desk.say(problem.help("name two files of one family").at(source, bold.1));
        return None;
    }
    Some((family, [regular, bytes]))
}

/// Where a font file says its family.
const FAMILY: u16 = 1;

/// A font file: its family and its bytes.
fn font(desk: &mut Desk, source: &Arc<Source>, (text, span): &Word) -> Option<(String, Vec<u8>)> {
    let reference = Reference::in_file(text, source, span.clone());
    let path = beside(&reference);
    let wrong = match desk.bytes(&path) {
        Ok(bytes) => {
            let family = Face::from_slice(&bytes, 0).map(|face| {
                let names = face.names().into_iter();
                let mut names = names.filter(|name| name.name_id == FAMILY && name.is_unicode());
                names.next().and_then(|name| name.to_string())
            });
            match family {
                Some(Some(family)) => return Some((family, bytes)),
                Some(None) => format!("`{path}` does not say its family"),
                None => format!("`{path}` holds no letters"),
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let problem = reference.error(format!("there is no file `{path}`"));
            desk.say(problem.help("a path starts from the folder of the theme"));
            return None;
        }
        Err(error) => format!("`{path}` could not be read: {error}"),
    };
    desk.say(reference.error(wrong).help("name a TrueType or OpenType file"));
    None
}
