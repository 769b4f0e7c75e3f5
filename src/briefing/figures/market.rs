//! The market: concentration, enterprises, births and deaths.

use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about, months, panels};
use crate::briefing::words::{self, Estimate, Side};
use crate::metrics::Metric;
use crate::outcomes::Period;
use panels::{Line, Panel};
use serde_json::json;

/// What is drawn month by month.
const MONTHLY: [Metric; 3] =
    [Metric::EnterprisesPer1000, Metric::Concentration, Metric::ShareSmallHours];

/// What is counted over a year, or read too seldom to be drawn month by month.
const YEARLY: [Metric; 5] = [
    Metric::Redundancy,
    Metric::EnterpriseStarts,
    Metric::EnterpriseClosures,
    Metric::ProviderStarts,
    Metric::ProviderClosures,
];

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let mut sheet = Sheet::new(&[
        "metric",
        "label",
        "unit",
        "regime",
        "regime_title",
        "years",
        "mean",
        "low",
        "high",
    ]);
    let mut made = Vec::new();
    let (mut n, mut kind) = (0, "luck");
    let regimes = book.regimes().count();
    for metric in MONTHLY.into_iter().chain(YEARLY) {
        let declared = metric.declaration();
        let mut lines = Vec::new();
        for (index, regime) in book.regimes().enumerate() {
            let look = asked.theme.look(index);
            let mut put = |years: f64, mean: Option<f64>, low: Option<f64>, high: Option<f64>| {
                sheet.row(cells![
                    declared.id,
                    declared.label,
                    declared.unit,
                    regime.id.as_str(),
                    regime.name.as_str(),
                    years,
                    mean,
                    low,
                    high,
                ]);
            };
            if MONTHLY.contains(&metric) {
                let mut months = months::series(book, &regime.id, metric);
                // Before the fork all are one world, which is drawn once.
                months.retain(|row| index == 0 || row.month >= 0);
                for row in &months {
                    n = n.max(row.n);
                    kind = &row.interval;
                    put(months::years(row.month), row.mean, row.low, row.high);
                }
                lines.push(months::line(&regime.name, look, &months));
            } else {
                let aside = (index as f64 - regimes as f64 / 2.0) * 0.09;
                let years = months::yearly(book, &regime.id, metric, aside);
                for (year, dot) in &years {
                    if let Some(row) = book.level(&regime.id, metric, Period::Year(*year)) {
                        put(dot.x - aside, row.mean, row.low, row.high);
                    }
                }
                let dots = years.into_iter().map(|(_, dot)| dot).collect();
                lines.push(Line { name: regime.name.clone(), look, dots, marked: true });
            }
        }
        let unit = words::level_unit(metric);
        made.push(Panel { title: declared.label.to_owned(), colour: None, unit, lines });
    }
    if panels::extent(&made).is_none() {
        return Err("nothing of the market was measured".to_owned());
    }
    let mut grid = months::grid(asked, true, 84.0);
    grid.nought = true;
    let says = Says {
        title: title(asked),
        what: format!(
            "Levels, by years before and after regimes part in {}; starts and closures a year. Bands and bars: {}.",
            months::fork(book),
            about::interval(kind, n as u32)
        ),
        files: "series.parquet, summary.csv and differences.csv",
        shows: shows(asked),
    };
    let vega = json!({
        "facet": { "field": "label", "type": "nominal", "title": null, "sort": null },
        "columns": 2,
        "spec": { "layer": [
            { "mark": { "type": "area", "opacity": 0.15 }, "encoding": {
                "x": { "field": "years", "type": "quantitative", "title": "years after regimes part" },
                "y": { "field": "low", "type": "quantitative", "title": null },
                "y2": { "field": "high" },
                "color": { "field": "regime_title", "type": "nominal", "title": null, "scale": asked.vega_colours() } } },
            { "mark": "line", "encoding": {
                "x": { "field": "years", "type": "quantitative" },
                "y": { "field": "mean", "type": "quantitative" },
                "color": { "field": "regime_title", "type": "nominal", "scale": asked.vega_colours() } } }
        ] },
        "resolve": { "scale": { "y": "independent" } }
    });
    Ok(asked
        .figure(says, &sheet, vega, |canvas, top| panels::draw(asked, canvas, top, &made, &grid)))
}

/// What is clearly more or less than under the comparator, in the final year.
const TITLED: [(Metric, [&str; 2], &str); 2] = [
    (
        Metric::EnterprisesPer1000,
        ["more enterprises for every 1,000 people", "fewer enterprises for every 1,000 people"],
        "no clear difference in the number of enterprises",
    ),
    (
        Metric::Concentration,
        ["hours more concentrated", "hours less concentrated"],
        "no clear difference in how concentrated hours are",
    ),
];

/// The differences of a metric in the final year, with the titles of their regimes.
fn final_year<'a>(asked: &Asked<'a>, metric: Metric) -> Vec<(&'a str, Estimate)> {
    let book = asked.book;
    let regimes = book.experiment.regimes.iter();
    let found = regimes.filter_map(|regime| {
        let row = book.difference(&regime.id, metric, Period::FinalYear)?;
        Some((regime.name.as_str(), Estimate::difference(row)))
    });
    found.collect()
}

/// Every regime that clearly has more or less; how much is in words beside the figure.
fn title(asked: &Asked<'_>) -> String {
    let said = TITLED.map(|(metric, ways, none)| {
        let found = final_year(asked, metric);
        let clauses = [Side::Above, Side::Below].into_iter().zip(ways).filter_map(|(side, way)| {
            let names: Vec<String> = found
                .iter()
                .filter(|(_, of)| of.side() == Some(side))
                .map(|(name, _)| words::within(name))
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            (!names.is_empty()).then(|| format!("{way} with {}", words::listed(&names)))
        });
        let clauses: Vec<String> = clauses.collect();
        if clauses.is_empty() { none.to_owned() } else { clauses.join(", ") }
    });
    format!("In the final year {}", said.join("; "))
}

/// How much more or less, with ranges.
fn shows(asked: &Asked<'_>) -> String {
    let each = TITLED.map(|(metric, ..)| {
        let said = final_year(asked, metric).into_iter().map(|(name, of)| {
            format!(
                "{} {}",
                words::within(name),
                words::signed_text(&of, words::phrase(metric).times)
            )
        });
        let said = said.collect::<Vec<_>>().join("; ");
        format!("{}, {}: {said}.", metric.declaration().label, words::phrase(metric).unit)
    });
    let comparator = about::comparator(asked.book);
    format!(
        "A panel for each measure of the market, a line for each regime. In the final year, against {comparator}: {}",
        each.join(" ")
    )
}
