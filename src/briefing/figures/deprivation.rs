//! A heat map: differences by fifths of neighbourhoods, from the most deprived to the
//! least, a panel a regime.

use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::analysis::verdict::Verdict;
use crate::briefing::book::Difference;
use crate::briefing::draw::frame::MARGIN;
use crate::briefing::draw::{Canvas, MM};
use crate::briefing::theme::{Colour, Theme};
use crate::briefing::words::{self, Estimate, Finding, Tally};
use crate::metrics::{Better, Metric};
use crate::outcomes::Period;
use serde_json::json;

/// Fifths, the most deprived first.
const FIFTHS: [&str; 5] = ["1", "2", "3", "4", "5"];
/// A difference so many times what matters has the full colour.
const FULL: f64 = 2.0;

/// Headlines that are about people.
fn metrics() -> impl Iterator<Item = Metric> {
    let of = |m: &Metric| m.declaration().is_headline() && m.declaration().of_people;
    Metric::ALL.iter().copied().filter(of)
}

fn cell<'a>(
    asked: &Asked<'a>,
    regime: &str,
    metric: Metric,
    fifth: &str,
) -> Option<&'a Difference> {
    asked.book.differences.iter().find(|row| {
        row.metric == metric
            && row.group_by == "deprivation"
            && row.group == fifth
            && row.period == Period::Whole
            && row.regime == regime
            && row.beliefs == asked.book.beliefs()
    })
}

/// How far a difference is towards the better, in units of what matters.
pub fn towards_better(row: &Difference) -> Option<f64> {
    let sign = if row.metric.declaration().better == Better::Down { -1.0 } else { 1.0 };
    Some(sign * row.mean? / row.metric.declaration().matters()?)
}

/// The colour of a difference, so many times what matters towards the better.
pub fn shade(theme: &Theme, towards: f64, full: f64) -> Colour {
    let share = (towards.abs() / full).min(1.0);
    theme.paper.towards(if towards > 0.0 { theme.better } else { theme.worse }, share * 0.85)
}

/// What stands for what a difference amounts to in a cell.
pub fn mark(row: &Difference) -> &'static str {
    words::mark(Finding::of(&Estimate::difference(row)))
}

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let mut sheet = Sheet::new(&[
        "regime",
        "regime_title",
        "metric",
        "label",
        "unit",
        "matters",
        "fifth",
        "mean",
        "low",
        "high",
        "towards_better",
        "verdict",
        "n",
    ]);
    let (mut n, mut kind) = (0, "luck");
    for regime in &book.experiment.regimes {
        for metric in metrics() {
            let declared = metric.declaration();
            for fifth in FIFTHS {
                let Some(row) = cell(asked, &regime.id, metric, fifth) else { continue };
                n = n.max(row.n);
                kind = &row.interval;
                sheet.row(cells![
                    regime.id.as_str(),
                    regime.name.as_str(),
                    declared.id,
                    declared.label,
                    declared.unit,
                    declared.matters(),
                    fifth,
                    row.mean,
                    row.low,
                    row.high,
                    towards_better(row),
                    row.verdict.map_or("", Verdict::id),
                    row.n,
                ]);
            }
        }
    }
    if sheet.is_empty() {
        return Err("nothing was measured by deprivation".to_owned());
    }
    let comparator = about::comparator(book);
    let beyond = beyond(metrics());
    let says = Says {
        title: title(asked),
        what: format!(
            "Difference from {comparator} over {}, by fifths of neighbourhoods from the most deprived (1) to the least (5). Colour: how many times what matters. {}. {}; exploratory.{beyond} Numbers with their ranges are in the figure's CSV file.",
            about::whole(book),
            words::MARKS,
            words::capital(&about::interval(kind, n))
        ),
        files: "differences.csv",
        shows: "A panel for each regime, a row for each headline, a column for each fifth."
            .to_owned(),
    };
    let vega = json!({
        "facet": { "column": { "field": "regime_title", "type": "nominal", "title": null, "sort": null } },
        "spec": { "mark": "rect", "width": { "step": 22 }, "encoding": {
            "x": { "field": "fifth", "type": "ordinal", "title": "fifth, 1 the most deprived" },
            "y": { "field": "label", "type": "nominal", "title": null, "sort": null },
            "color": { "field": "towards_better", "type": "quantitative", "title": "× what matters",
                "scale": { "domain": [-FULL, 0, FULL], "clamp": true, "range": [asked.theme.worse.hex(), asked.theme.paper.hex(), asked.theme.better.hex()] } },
            "tooltip": [{ "field": "mean", "type": "quantitative" }, { "field": "low", "type": "quantitative" }, { "field": "high", "type": "quantitative" }, { "field": "verdict", "type": "nominal" }]
        } }
    });
    Ok(asked.figure(says, &sheet, vega, |canvas, top| body(asked, canvas, top)))
}

/// What the fifths leave out of some metrics, and of which.
fn beyond(metrics: impl Iterator<Item = Metric>) -> String {
    let declared = metrics.map(Metric::declaration);
    let mut said: Vec<(&str, Vec<String>)> = Vec::new();
    for (left_out, label) in declared.filter_map(|m| m.beyond_groups().map(|b| (b, m.label))) {
        match said.iter_mut().find(|(known, _)| *known == left_out) {
            Some((_, labels)) => labels.push(words::within(label)),
            None => said.push((left_out, vec![label.to_owned()])),
        }
    }
    let of = |(left_out, labels): &(&str, Vec<String>)| {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        format!(" {}: {}", words::listed(&labels), words::within(left_out))
    };
    said.iter().map(of).collect()
}

/// The fifths in which somebody lives.
fn fifths(asked: &Asked<'_>) -> Vec<&'static str> {
    let regimes = &asked.book.experiment.regimes;
    let lives = |fifth: &&str| {
        let here = |m| {
            regimes
                .iter()
                .any(|r| cell(asked, &r.id, m, fifth).is_some_and(|row| row.mean.is_some()))
        };
        metrics().any(here)
    };
    FIFTHS.into_iter().filter(lives).collect()
}

/// How many headlines are better and worse in the most and the least deprived fifth.
fn title(asked: &Asked<'_>) -> String {
    let of = |regime: &str, fifth: &str| -> Tally {
        let rows = metrics().filter_map(|metric| cell(asked, regime, metric, fifth));
        Tally::of(rows.map(|row| Finding::of(&Estimate::difference(row))))
    };
    let regimes = &asked.book.experiment.regimes;
    let each = regimes.iter().flat_map(|r| FIFTHS.into_iter().map(move |f| of(&r.id, f)));
    let all = each.fold(Tally::default(), Tally::and);
    if all.all() == 0 {
        return "By deprivation: too few replicates or draws, so no verdict is passed".to_owned();
    }
    if let Some(alike) = all.alike("headlines in every fifth of neighbourhoods") {
        return alike;
    }
    let fifths = fifths(asked);
    let (first, last) =
        (fifths.first().copied().unwrap_or("1"), fifths.last().copied().unwrap_or("5"));
    let sum = |fifth: &str| {
        regimes.iter().map(|r| of(&r.id, fifth)).fold(Tally::default(), Tally::and).judged()
    };
    let (most, least) = (sum(first), sum(last));
    let said = match most == least {
        true => format!("in the most and the least deprived fifth alike {most}"),
        false => format!("in the most deprived fifth {most}, in the least {least}"),
    };
    format!(
        "Of {} comparisons, {said}; the rest are the same or not clear",
        metrics().count() * regimes.len()
    )
}

fn body(asked: &Asked<'_>, canvas: &mut Canvas<'_>, top: f64) -> f64 {
    let theme = asked.theme;
    let regimes = &asked.book.experiment.regimes;
    let (words, small) = (canvas.words(), canvas.small());
    let width = asked.width_mm * MM;
    let metrics: Vec<Metric> = metrics().collect();
    let label = |m: &Metric| canvas.width(m.declaration().label, &words);
    let widest = metrics.iter().map(label).fold(0.0, f64::max);
    let left = MARGIN + widest + 10.0;
    let (gap, least) = (10.0, 80.0);
    let room = width - MARGIN - left + gap;
    let columns = ((room / (least + gap)) as usize).clamp(1, regimes.len().max(1));
    let columns = regimes.len().div_ceil(regimes.len().div_ceil(columns));
    let panel = (room / columns as f64 - gap).min(170.0);
    let fifths_here = fifths(asked);
    let (wide, high) = (panel / fifths_here.len().max(1) as f64, words.size * 1.55);
    let mut y = top;
    for (band, here) in regimes.chunks(columns).enumerate() {
        let heads: Vec<_> =
            here.iter().map(|r| canvas.wrap(&r.name, &words.bold(), panel)).collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let fifths = y + words.size * 1.3 * lines + small.size * 0.9;
        let base = fifths + small.size * 0.5;
        for (row, metric) in metrics.iter().enumerate() {
            let y = base + high * row as f64 + high / 2.0 + words.size * 0.35;
            canvas.text(MARGIN, y, metric.declaration().label, &words);
        }
        for (column, regime) in here.iter().enumerate() {
            let look = theme.look(1 + band * columns + column);
            let x = left + (panel + gap) * column as f64;
            canvas.lines(x, y + words.size, &heads[column], &words.bold().of(look.words));
            for (index, fifth) in fifths_here.iter().enumerate() {
                let middle = x + wide * (index as f64 + 0.5);
                canvas.text(middle, fifths, fifth, &small.middle());
                for (row, metric) in metrics.iter().enumerate() {
                    let Some(found) = cell(asked, &regime.id, *metric, fifth) else { continue };
                    let Some(towards) = towards_better(found) else { continue };
                    let colour = shade(theme, towards, FULL);
                    let top = base + high * row as f64;
                    let at = x + wide * index as f64;
                    canvas.area(at, top, wide, high, theme.rule);
                    canvas.area(at + 0.4, top + 0.4, wide - 0.8, high - 0.8, colour);
                    let ink =
                        if theme.ink.contrast(colour) >= 4.5 { theme.ink } else { theme.paper };
                    canvas.text(
                        middle,
                        top + high / 2.0 + small.size * 0.35,
                        mark(found),
                        &small.middle().of(ink),
                    );
                }
            }
        }
        y = base + high * metrics.len() as f64 + words.size;
    }
    key(canvas, (left, width - MARGIN), y, FULL)
}

/// The colours in words, from `left` if they have room before `right`; their bottom.
pub fn key(canvas: &mut Canvas<'_>, (left, right): (f64, f64), y: f64, full: f64) -> f64 {
    let theme = canvas.theme;
    let small = canvas.small();
    let words = format!("{full}× what matters, worse better, {full}×");
    let wide = canvas.width(&words, &small) + 5.0 * 16.0 + 8.0;
    let mut x = left.min(right - wide);
    let base = y + small.size;
    let before = format!("{full}× what matters, worse");
    canvas.text(x, base, &before, &small);
    x += canvas.width(&before, &small) + 4.0;
    for times in [-1.0, -0.5, 0.0, 0.5, 1.0] {
        canvas.area(x, y + 1.0, 16.0, small.size, theme.rule);
        let colour = shade(theme, times * full, full);
        canvas.area(x + 0.4, y + 1.4, 15.2, small.size - 0.8, colour);
        x += 16.0;
    }
    canvas.text(x + 4.0, base, &format!("better, {full}×"), &small);
    base + small.size * 0.4
}
