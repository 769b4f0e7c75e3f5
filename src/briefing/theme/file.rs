//! A theme file: what differs from the house's looks.

use super::{Colour, Theme};
use crate::problem::{listed, nearest};
use anyhow::{Context, bail};
use rustybuzz::Face;
use std::borrow::Cow;
use std::fs;
use std::path::Path;
use toml::{Table, Value};

/// What a theme file may hold: (key, what it holds, what it is).
pub const KEYS: &[(&str, &str, &str)] = &[
    ("ink", COLOUR, "Titles and labels."),
    ("quiet", COLOUR, "Units, axes and source."),
    ("rule", COLOUR, "Grid lines."),
    ("shade", COLOUR, "What is too small to matter, and what was before regimes parted."),
    ("paper", COLOUR, "What all stands on."),
    ("comparator", COLOUR, "The comparator."),
    (
        "regimes",
        "a list of colours",
        "Regimes, in order; with more regimes than colours they begin again, with other markers.",
    ),
    (
        "budgets",
        "four colours",
        "Who holds the budget: council, fund, direct payment, part direct payment.",
    ),
    ("better", COLOUR, "What is better for people."),
    ("worse", COLOUR, "What is worse for people."),
    ("size", "points, 5 to 20", "Size of letters."),
    ("title", "points, 5 to 40", "Size of titles."),
    ("regular", FONT, "Letters; `bold` goes with it."),
    ("bold", FONT, "Bold letters; `regular` goes with it."),
];

const COLOUR: &str = "a colour, as \"#004C86\"";
const FONT: &str = "the path of a TrueType or OpenType file, from the theme's own folder";

/// Reads a theme file.
///
/// # Errors
///
/// Everything that is wrong with it, a line each.
pub fn read(path: &Path) -> anyhow::Result<Theme> {
    let shown = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => bail!("{shown} is no TOML\n{error}"),
    };
    let mut theme = Theme::default();
    let mut wrong = Vec::new();
    for (key, value) in &table {
        if let Err(why) = set(&mut theme, key, value) {
            wrong.push(format!("{shown}: {why}"));
        }
    }
    if let Err(why) = fonts(&mut theme, &table, path.parent().unwrap_or(Path::new(""))) {
        wrong.push(format!("{shown}: {why:#}"));
    }
    if theme.ink.contrast(theme.paper) < READABLE {
        wrong.push(format!(
            "{shown}: ink {} can hardly be read on paper {}",
            theme.ink.hex(),
            theme.paper.hex()
        ));
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    theme.quiet = theme.quiet.for_words(theme.paper);
    Ok(theme)
}

/// Least contrast of letters and paper.
const READABLE: f64 = 4.5;

fn set(theme: &mut Theme, key: &str, value: &Value) -> Result<(), String> {
    let refused = |wanted: &str| format!("`{key}` is {value}, and should be {wanted}");
    let colour = |value: &Value| value.as_str().and_then(Colour::parse);
    let one = || colour(value).ok_or_else(|| refused(COLOUR));
    let several = || -> Option<Vec<Colour>> { value.as_array()?.iter().map(colour).collect() };
    let points = |most: f64| {
        let number = value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
        number
            .filter(|points| (5.0..=most).contains(points))
            .ok_or_else(|| refused(&format!("a size of 5 to {most} points")))
    };
    match key {
        "ink" => theme.ink = one()?,
        "quiet" => theme.quiet = one()?,
        "rule" => theme.rule = one()?,
        "shade" => theme.shade = one()?,
        "paper" => theme.paper = one()?,
        "comparator" => theme.comparator = one()?,
        "better" => theme.better = one()?,
        "worse" => theme.worse = one()?,
        "regimes" => {
            let colours = several().filter(|colours| !colours.is_empty());
            theme.regimes =
                colours.ok_or_else(|| refused("a list of colours, as [\"#004C86\"]"))?;
        }
        "budgets" => {
            let colours = several().and_then(|colours| colours.try_into().ok());
            theme.budgets = colours.ok_or_else(|| refused("four colours"))?;
        }
        "size" => theme.size = points(20.0)?,
        "title" => theme.title = points(40.0)?,
        "regular" | "bold" => {
            if value.as_str().is_none() {
                return Err(refused(FONT));
            }
        }
        _ => {
            let known = || KEYS.iter().map(|(key, ..)| *key);
            let help = match nearest(key, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it may hold {}", listed(known(), "and")),
            };
            return Err(format!("there is no `{key}` in a theme\nhelp: {help}"));
        }
    }
    Ok(())
}

/// Reads the font files that a theme names.
fn fonts(theme: &mut Theme, table: &Table, folder: &Path) -> anyhow::Result<()> {
    let of = |key: &str| table.get(key).and_then(Value::as_str);
    let (regular, bold) = match (of("regular"), of("bold")) {
        (None, None) => return Ok(()),
        (Some(regular), Some(bold)) => (regular, bold),
        (Some(_), None) => bail!("`regular` is given without `bold`"),
        (None, Some(_)) => bail!("`bold` is given without `regular`"),
    };
    let read = |name: &str| -> anyhow::Result<(Vec<u8>, String)> {
        let path = folder.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let face = Face::from_slice(&bytes, 0);
        let face = face.with_context(|| format!("{} holds no letters", path.display()))?;
        let family =
            face.names().into_iter().find(|name| name.name_id == FAMILY && name.is_unicode());
        let family = family.and_then(|name| name.to_string());
        let family =
            family.with_context(|| format!("{} does not say its family", path.display()))?;
        Ok((bytes, family))
    };
    let ((regular, family), (bold, other)) = (read(regular)?, read(bold)?);
    if family != other {
        bail!("`regular` is of the family {family} and `bold` of {other}: they should be of one");
    }
    theme.family = family;
    theme.fonts = [Cow::Owned(regular), Cow::Owned(bold)];
    Ok(())
}

/// Where a font file says its family.
const FAMILY: u16 = 1;
