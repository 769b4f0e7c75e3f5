//! Who holds the budget, month by month, a panel a regime.

use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about, months, panels};
use crate::briefing::draw::axis::round_range;
use crate::briefing::theme::{Look, Marker};
use crate::briefing::words::{self, Estimate};
use crate::metrics::Metric;
use crate::outcomes::Period;
use panels::Panel;
use serde_json::json;

/// Who holds the budget, in short, with the dash of its line.
pub const BUDGETS: [(Metric, &str, &str); 4] = [
    (Metric::ShareManaged, "Council", ""),
    (Metric::ShareIsf, "Individual service fund", ""),
    (Metric::ShareDirectPayment, "Direct payment", ""),
    (Metric::ShareMixed, "Part direct payment", "3 2"),
];

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let mut sheet = Sheet::new(&[
        "regime",
        "regime_title",
        "metric",
        "budget",
        "month",
        "mean",
        "low",
        "high",
        "n",
    ]);
    let mut made = Vec::new();
    let (mut n, mut kind) = (0, "luck");
    for (index, regime) in book.regimes().enumerate() {
        let mut lines = Vec::new();
        for ((metric, name, dash), colour) in BUDGETS.iter().zip(asked.theme.budgets) {
            let months = months::series(book, &regime.id, *metric);
            for row in &months {
                n = n.max(row.n);
                kind = &row.interval;
                sheet.row(cells![
                    regime.id.as_str(),
                    regime.name.as_str(),
                    metric.declaration().id,
                    *name,
                    row.month,
                    row.mean,
                    row.low,
                    row.high,
                    row.n,
                ]);
            }
            let words = colour.for_words(asked.theme.paper);
            let look = Look { colour, words, marker: Marker::Circle, dash };
            lines.push(months::line(name, look, &months));
        }
        let colour = Some(asked.theme.look(index).words);
        made.push(Panel {
            title: regime.name.clone(),
            colour,
            unit: "% of people at home whom the council funds".to_owned(),
            lines,
        });
    }
    let Some((_, high)) = panels::extent(&made) else {
        return Err("who holds the budget was not measured".to_owned());
    };
    let mut grid = months::grid(asked, true, 92.0);
    grid.upwards = Some((0.0, round_range((0.0, high), 4).1.min(100.0)));
    let says = Says {
        title: title(asked),
        what: format!(
            "Share of people, by years before and after regimes part in {}. Bands: {}.",
            months::fork(book),
            about::interval(kind, n as u32)
        ),
        files: "series.parquet, summary.csv and differences.csv",
        shows: "A panel for each regime.".to_owned(),
    };
    let vega = json!({
        "facet": { "field": "regime_title", "type": "nominal", "title": null, "sort": null },
        "columns": 2,
        "spec": { "layer": [
            { "mark": { "type": "area", "opacity": 0.2 }, "encoding": {
                "x": { "field": "month", "type": "quantitative", "title": "months after regimes part" },
                "y": { "field": "low", "type": "quantitative", "title": "share of people" },
                "y2": { "field": "high" },
                "color": { "field": "budget", "type": "nominal", "sort": null } } },
            { "mark": "line", "encoding": {
                "x": { "field": "month", "type": "quantitative" },
                "y": { "field": "mean", "type": "quantitative" },
                "color": { "field": "budget", "type": "nominal", "sort": null } } }
        ] }
    });
    Ok(asked
        .figure(says, &sheet, vega, |canvas, top| panels::draw(asked, canvas, top, &made, &grid)))
}

/// The largest clear change in who holds the budget, with its range: of one regime where it
/// can be told from the next, and else of all that cannot.
fn title(asked: &Asked<'_>) -> String {
    let book = asked.book;
    let comparator = &book.experiment.comparator;
    let change = |id: &str, metric: Metric| {
        book.difference(id, metric, Period::FinalYear).map(Estimate::difference)
    };
    // Of each regime the change that is largest.
    let clear: Vec<(&str, Metric, &str, Estimate)> = book
        .experiment
        .regimes
        .iter()
        .filter_map(|regime| {
            let all: Vec<(Metric, &str, Estimate)> = BUDGETS
                .iter()
                .filter_map(|(metric, name, _)| {
                    Some((*metric, *name, change(&regime.id, *metric)?))
                })
                .collect();
            let sizes: Vec<Estimate> = all.iter().map(|(.., of)| of.clone()).collect();
            let (metric, name, of) = all.get(*words::largest(&sizes).first()?)?.clone();
            Some((regime.id.as_str(), metric, name, of))
        })
        .collect();
    let sizes: Vec<Estimate> = clear.iter().map(|(.., of)| of.clone()).collect();
    let largest: Vec<_> =
        words::largest(&sizes).into_iter().filter_map(|at| clear.get(at)).collect();
    if largest.is_empty() {
        return "No regime clearly changes who holds the budget".to_owned();
    }
    let level = |id: &str, metric: Metric| {
        let row = book.level(id, metric, Period::FinalYear);
        let range =
            row.map(|row| words::level_text(&Estimate::level(row), words::phrase(metric).times));
        range.map_or("not measured".to_owned(), |range| range.replacen(" (", "% (", 1))
    };
    let names: Vec<String> = largest.iter().map(|(id, ..)| words::within(book.title(id))).collect();
    let names = words::listed(&names.iter().map(String::as_str).collect::<Vec<_>>());
    // Where none stands out, none is said to.
    let most = if largest.len() > 1 && largest.len() == clear.len() { "" } else { " most" };
    let title = format!("Who holds the budget changes{most} with {names}");
    // Levels are told where it is plain which is whose.
    if largest.iter().any(|(_, metric, ..)| Some(*metric) != largest.first().map(|of| of.1)) {
        return title;
    }
    let mut said = Vec::new();
    for (metric, name, _) in BUDGETS {
        let levels = largest.iter().filter(|(_, of, ..)| *of == metric);
        let levels: Vec<String> = levels.map(|(id, ..)| level(id, metric)).collect();
        if levels.is_empty() {
            continue;
        }
        let levels = words::listed(&levels.iter().map(String::as_str).collect::<Vec<_>>());
        let before = level(&comparator.id, metric);
        said.push(format!("{} {levels}, against {before}", words::within(name)));
    }
    format!("{title}: in the final year {} under {}", said.join("; "), about::comparator(book),)
}
