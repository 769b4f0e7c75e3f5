//! One person's life as parallel ribbons: who holds the budget, who comes, and how many
//! of the hours needed, a ribbon a regime.

use super::shares::BUDGETS;
use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::briefing::book::LifeMonth;
use crate::briefing::draw::axis::{Scale, range};
use crate::briefing::draw::frame::MARGIN;
use crate::briefing::draw::{Canvas, MM, Stroke};
use crate::briefing::theme::Colour;
use crate::briefing::words;
use crate::levers::Mechanism;
use crate::terminal::numbers::{places, shown};
use serde_json::json;

/// A regime's ribbon.
struct Ribbon<'a> {
    /// Index among regimes, the comparator being 0.
    regime: usize,
    name: &'a str,
    months: Vec<&'a LifeMonth>,
}

impl Ribbon<'_> {
    fn supporters(&self) -> usize {
        let mut met: Vec<&str> = Vec::new();
        for month in &self.months {
            let who = month.supporter.as_str();
            if !who.is_empty() && !met.contains(&who) {
                met.push(who);
            }
        }
        met.len()
    }

    /// Share of the hours needed at home that were delivered.
    fn met(&self) -> Option<f64> {
        let home = || self.months.iter().filter(|month| month.stage == "at_home");
        let needed: f64 = home().map(|month| month.hours_needed).sum();
        let delivered: f64 = home().map(|month| month.hours_delivered).sum();
        (needed > 0.0).then(|| delivered / needed)
    }
}

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    if book.life.is_empty() {
        return Err("nobody's life was told; `commissim report` tells one with --life".to_owned());
    }
    let regimes = book.regimes().enumerate();
    let ribbons: Vec<Ribbon<'_>> = regimes
        .map(|(regime, about)| Ribbon {
            regime,
            name: &about.name,
            months: book.life.iter().filter(|month| month.regime == about.id).collect(),
        })
        .filter(|ribbon| !ribbon.months.is_empty())
        .collect();
    let mut sheet = Sheet::new(&[
        "regime",
        "regime_title",
        "month",
        "date",
        "stage",
        "mechanism",
        "supporter",
        "picked",
        "hours_needed",
        "hours_delivered",
        "scrqol",
    ]);
    for ribbon in &ribbons {
        for month in &ribbon.months {
            sheet.row(cells![
                month.regime.as_str(),
                ribbon.name,
                month.month,
                month.date.as_str(),
                month.stage.as_str(),
                month.mechanism.as_str(),
                month.supporter.as_str(),
                month.picked.map_or(String::new(), |picked| picked.to_string()),
                month.hours_needed,
                month.hours_delivered,
                month.scrqol,
            ]);
        }
    }
    let says = Says {
        title: title(asked, &ribbons),
        what: format!(
            "One simulated person's months, by years since regimes part{}; chosen because regimes differ most in this life: an illustration, from which nothing follows for others. Strip: who holds the budget. Blocks: the main supporter. Area: hours a week delivered, up to the line of hours needed.",
            asked_in(&ribbons)
        ),
        files: "one life lived again, as `commissim trace` tells it",
        shows: shows(&ribbons),
    };
    let vega = json!({
        "facet": { "row": { "field": "regime_title", "type": "nominal", "title": null, "sort": null } },
        "spec": { "width": 520, "height": 60, "layer": [
            { "mark": { "type": "area", "opacity": 0.4 }, "encoding": {
                "x": { "field": "month", "type": "quantitative", "title": "months since regimes part" },
                "y": { "field": "hours_delivered", "type": "quantitative", "title": "hours a week" } } },
            { "mark": { "type": "line", "interpolate": "step" }, "encoding": {
                "x": { "field": "month", "type": "quantitative" },
                "y": { "field": "hours_needed", "type": "quantitative" } } },
            { "mark": "tick", "encoding": {
                "x": { "field": "month", "type": "quantitative" },
                "color": { "field": "supporter", "type": "nominal", "title": null } } }
        ] }
    });
    Ok(asked.figure(says, &sheet, vega, |canvas, top| body(asked, canvas, top, &ribbons)))
}

fn counted(n: usize) -> String {
    match n {
        0 => "no supporter".to_owned(),
        1 => "1 supporter".to_owned(),
        n => format!("{n} supporters"),
    }
}

/// How many supporters the person had under each regime: counted, of one life, so there
/// is no range.
fn title(asked: &Asked<'_>, ribbons: &[Ribbon<'_>]) -> String {
    let mut counts: Vec<usize> = ribbons.iter().map(Ribbon::supporters).collect();
    counts.sort_unstable();
    counts.dedup();
    let of = |n: &usize| {
        let alike = ribbons.iter().filter(|ribbon| ribbon.supporters() == *n);
        let names: Vec<String> = alike
            .map(|ribbon| match ribbon.regime {
                0 => about::comparator(asked.book),
                _ => words::within(ribbon.name),
            })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("{} with {}", counted(*n), words::listed(&names))
    };
    if let [n] = counts.as_slice() {
        let met = range(ribbons.iter().filter_map(Ribbon::met));
        let met = met.map_or(String::new(), |(least, most)| {
            let (least, most) = (words::percent(least), words::percent(most));
            let met = if least == most { most } else { format!("{least} to {most}") };
            format!(", and {met} of the hours needed")
        });
        return format!("One life: {} with every regime{met}", counted(*n));
    }
    let each: Vec<String> = counts.iter().map(of).collect();
    format!("One life: {}", each.join("; "))
}

fn shows(ribbons: &[Ribbon<'_>]) -> String {
    let of = |ribbon: &Ribbon<'_>| {
        let met = ribbon.met().map_or("no hours needed at home".to_owned(), |share| {
            format!("{} of hours needed at home delivered", words::percent(share))
        });
        format!("{}: {}, {met}.", ribbon.name, counted(ribbon.supporters()))
    };
    ribbons.iter().map(of).collect::<Vec<_>>().join(" ")
}

/// Stretches of months that are alike: (first, months, of the first).
fn stretches<'a, K: PartialEq>(
    months: &[&'a LifeMonth],
    key: impl Fn(&LifeMonth) -> K,
) -> Vec<(i32, i32, &'a LifeMonth)> {
    let mut found: Vec<(i32, i32, &'a LifeMonth)> = Vec::new();
    for month in months {
        match found.last_mut() {
            Some(last) if key(last.2) == key(month) && last.0 + last.1 == month.month => {
                last.1 += 1
            }
            _ => found.push((month.month, 1, month)),
        }
    }
    found
}

/// Who holds the budget, in short, and its colour.
fn budget(asked: &Asked<'_>, id: &str) -> Option<(&'static str, Colour)> {
    let at = match Mechanism::ALL.iter().find(|m| m.id() == id)? {
        Mechanism::Managed => 0,
        Mechanism::Isf => 1,
        Mechanism::DirectPayment => 2,
        Mechanism::Mixed => 3,
        Mechanism::SelfFunded => return Some(("Pays for all of it", asked.theme.comparator)),
    };
    Some((BUDGETS[at].1, asked.theme.budgets[at]))
}

fn body(asked: &Asked<'_>, canvas: &mut Canvas<'_>, top: f64, ribbons: &[Ribbon<'_>]) -> f64 {
    let theme = asked.theme;
    let (words, small) = (canvas.words(), canvas.small());
    let width = asked.width_mm * MM;
    let most = range(
        ribbons
            .iter()
            .flat_map(|r| &r.months)
            .filter(|m| m.stage == "at_home")
            .flat_map(|m| [m.hours_needed, m.hours_delivered]),
    );
    let most = most.map_or(1.0, |(_, high)| high.max(1.0));
    let (begin, years) = stretch(ribbons);
    let said = shown(most, places(most, 1.0, Some(10.0)));
    let left = MARGIN + canvas.width(&format!("{said} h"), &small) + 6.0;
    let along = Scale::new((f64::from(begin), f64::from(years)), left, width - MARGIN);
    let strip = words.size * 1.35;
    let block = words.size * 1.5;
    let hours = 40.0;
    let mut y = top;
    for ribbon in ribbons {
        let look = theme.look(ribbon.regime);
        canvas.text(MARGIN, y + words.size, ribbon.name, &words.bold().of(look.words));
        let base = y + words.size * 1.5;
        for (first, n, month) in
            stretches(&ribbon.months, |m| (m.stage.clone(), m.mechanism.clone()))
        {
            let (from, to) = (along.at(f64::from(first - 1)), along.at(f64::from(first - 1 + n)));
            let away = match month.stage.as_str() {
                "care_home" => Some("In a care home"),
                "gone" => Some("Gone"),
                "asked" => Some("Waiting for assessment"),
                _ => None,
            };
            let (said, colour) = match away {
                Some(said) => (said, theme.rule),
                None => budget(asked, &month.mechanism).unwrap_or(("", theme.rule)),
            };
            canvas.area(from, base, to - from, strip, colour);
            let ink = if theme.paper.contrast(colour) >= 4.5 { theme.paper } else { theme.ink };
            fitted(canvas, said, (from, to), base + strip * 0.72, ink);
        }
        let at = base + strip + 1.5;
        let mut met: Vec<&str> = Vec::new();
        for (first, n, month) in stretches(&ribbon.months, |m| m.supporter.clone()) {
            if month.supporter.is_empty() {
                continue;
            }
            if !met.contains(&month.supporter.as_str()) {
                met.push(&month.supporter);
            }
            let nth = met.iter().position(|who| *who == month.supporter).unwrap_or(0);
            let (from, to) = (along.at(f64::from(first - 1)), along.at(f64::from(first - 1 + n)));
            let pale = if nth % 2 == 0 { 0.28 } else { 0.12 };
            canvas.area(from, at, to - from - 0.8, block, theme.paper.towards(look.colour, pale));
            fitted(canvas, &month.supporter, (from, to), at + block * 0.7, theme.ink);
        }
        let (low, high) = (at + block + 4.0 + hours, at + block + 4.0);
        let up = Scale::new((0.0, most), low, high);
        let step = |of: fn(&LifeMonth) -> f64| -> Vec<Option<(f64, f64)>> {
            // Hours are those of support at home.
            let ends = ribbon.months.iter().flat_map(|m| {
                let y = (m.stage == "at_home").then(|| up.at(of(m)));
                [(f64::from(m.month - 1), y), (f64::from(m.month), y)]
            });
            ends.map(|(x, y)| Some((along.at(x), y?))).collect()
        };
        let delivered: Vec<_> = step(|m| m.hours_delivered)
            .into_iter()
            .map(|point| point.map(|(x, y)| (x, low, y)))
            .collect();
        canvas.ribbon(&delivered, look.colour, 0.35);
        canvas.path(&step(|m| m.hours_needed), &Stroke::plain(theme.ink, 0.9));
        canvas.line((left, low), (width - MARGIN, low), &Stroke::plain(theme.quiet, 0.75));
        canvas.text(left - 4.0, high + small.size * 0.7, &format!("{said} h"), &small.end());
        canvas.text(left - 4.0, low, "0", &small.end());
        y = low + words.size * 0.7;
    }
    let (first, last) = ((begin + 11) / 12, years / 12);
    for year in (first..=last).step_by(((last - first) / 10 + 1) as usize) {
        let x = along.at(f64::from(year * 12));
        canvas.line(
            (x, y - words.size * 0.7),
            (x, y - words.size * 0.7 + 3.0),
            &Stroke::plain(theme.quiet, 0.75),
        );
        let said = if year == first { format!("year {year}") } else { year.to_string() };
        let half = canvas.width(&said, &small) / 2.0;
        let x = x.clamp(MARGIN + half, width - MARGIN - half);
        canvas.text(x, y + small.size * 0.9, &said, &small.middle());
    }
    y + small.size
}

/// When the person asked for support, where that is told.
fn asked_in(ribbons: &[Ribbon<'_>]) -> String {
    match stretch(ribbons) {
        (0, _) => String::new(),
        (begin, _) => {
            format!(", from year {}, in which the person asked for support", begin / 12 + 1)
        }
    }
}

/// Months after regimes part at which what is drawn begins and ends: nothing is drawn of the
/// time in which this life has nothing to tell.
fn stretch(ribbons: &[Ribbon<'_>]) -> (i32, i32) {
    let months = || ribbons.iter().flat_map(|ribbon| &ribbon.months).map(|month| month.month);
    let (first, last) = (months().min().unwrap_or(1), months().max().unwrap_or(12));
    ((first - 1).max(0), last)
}

/// Words within a stretch, where they fit.
fn fitted(canvas: &mut Canvas<'_>, said: &str, (from, to): (f64, f64), y: f64, ink: Colour) {
    let small = canvas.small().of(ink);
    if canvas.width(said, &small) + 6.0 <= to - from {
        canvas.text(from + 3.0, y, said, &small);
    }
}
