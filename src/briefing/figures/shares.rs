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

/// The largest clear change in who holds the budget, with its range.
fn title(asked: &Asked<'_>) -> String {
    let book = asked.book;
    let comparator = &book.experiment.comparator;
    let clear = book.experiment.regimes.iter().flat_map(|regime| {
        BUDGETS.iter().filter_map(move |(metric, name, _)| {
            let row = book.difference(&regime.id, *metric, Period::FinalYear)?;
            Estimate::difference(row).side()?;
            Some((row.mean?, regime, *metric, *name))
        })
    });
    let most = clear.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    let Some((_, regime, metric, name)) = most else {
        return "No regime clearly changes who holds the budget".to_owned();
    };
    let level = |id: &str| {
        let row = book.level(id, metric, Period::FinalYear);
        let range =
            row.map(|row| words::level_text(&Estimate::level(row), words::phrase(metric).times));
        range.map_or("not measured".to_owned(), |range| range.replacen(" (", "% (", 1))
    };
    format!(
        "Who holds the budget changes most with {}: {} {} in the final year, against {} under {}",
        words::within(&regime.name),
        words::within(name),
        level(&regime.id),
        level(&comparator.id),
        about::comparator(book),
    )
}
