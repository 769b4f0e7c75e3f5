//! A theme file: what differs from the house's looks.

use super::{Colour, Theme};
use crate::files;
use crate::problem::Problems;
use std::borrow::Cow;

/// Reads a theme file.
///
/// # Errors
///
/// Everything that is wrong with it, each with its place.
pub fn read(path: &str) -> Result<Theme, Problems> {
    let file = files::theme(path)?;
    let mut theme = Theme::default();
    let one = |name: &str| file.colours(name).and_then(|colours| colours.first().copied());
    for (name, colour) in [
        ("ink", &mut theme.ink),
        ("quiet", &mut theme.quiet),
        ("rule", &mut theme.rule),
        ("shade", &mut theme.shade),
        ("paper", &mut theme.paper),
        ("comparator", &mut theme.comparator),
        ("better", &mut theme.better),
        ("worse", &mut theme.worse),
    ] {
        *colour = one(name).unwrap_or(*colour);
    }
    if let Some(colours) = file.colours("regimes") {
        theme.regimes = colours.to_vec();
    }
    if let Some(colours) = file.colours("budgets").and_then(|of| of.try_into().ok()) {
        theme.budgets = colours;
    }
    theme.size = file.number("size").unwrap_or(theme.size);
    theme.title = file.number("title").unwrap_or(theme.title);
    if theme.paper.is_dark() {
        on_dark(&mut theme, &|name| file.colours(name).is_some());
    }
    theme.quiet = theme.quiet.for_words(theme.paper);
    if let Some((family, fonts)) = file.fonts {
        theme.family = family;
        theme.fonts = fonts.map(Cow::Owned);
    }
    Ok(theme)
}

/// Least contrast of lines and areas with the paper.
const SEEN: f64 = 3.0;

/// On dark paper what the house has for white would not be seen, or would glare: what is not
/// `given` is made for it.
fn on_dark(theme: &mut Theme, given: &dyn Fn(&str) -> bool) {
    let (paper, ink) = (theme.paper, theme.ink);
    let seen = |name: &str, colours: &mut [Colour]| {
        if !given(name) {
            colours.iter_mut().for_each(|colour| *colour = colour.apart(paper, SEEN));
        }
    };
    seen("comparator", std::slice::from_mut(&mut theme.comparator));
    seen("regimes", &mut theme.regimes);
    seen("budgets", &mut theme.budgets);
    seen("better", std::slice::from_mut(&mut theme.better));
    seen("worse", std::slice::from_mut(&mut theme.worse));
    for (name, colour, share) in [("rule", &mut theme.rule, 0.22), ("shade", &mut theme.shade, 0.1)]
    {
        if !given(name) {
            *colour = paper.towards(ink, share);
        }
    }
}
