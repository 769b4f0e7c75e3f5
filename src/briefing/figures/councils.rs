//! A grid of tiles that stands for a map: a tile a council, by region, a grid a regime.
//!
//! Where tiles stand is schematic and ours: each region is a block, about where it lies,
//! and within it councils are in order of the number by which statistics know them.

use super::deprivation::{key, mark, shade, towards_better};
use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::analysis::verdict::Verdict;
use crate::briefing::book::Difference;
use crate::briefing::draw::frame::MARGIN;
use crate::briefing::draw::{Canvas, MM};
use crate::briefing::words::{self, Estimate, Finding, Side, Tally};
use crate::metrics::Metric;
use crate::outcomes::Period;
use crate::place::Place;
use crate::terminal::numbers::shown;
use serde_json::json;

/// Where regions' blocks stand: (region, first column, first row, columns), in tiles.
const REGIONS: &[(&str, usize, f64, usize)] = &[
    ("North East", 7, 0.0, 4),
    ("North West", 1, 3.0, 5),
    ("Yorkshire and the Humber", 7, 4.2, 5),
    ("East Midlands", 8, 8.4, 3),
    ("West Midlands", 3, 9.2, 4),
    ("East of England", 12, 8.4, 4),
    ("London", 13, 12.6, 6),
    ("South East", 7, 13.4, 5),
    ("South West", 1, 14.4, 5),
];
/// Columns and rows of the whole grid, tiles.
const COLUMNS: f64 = 19.0;
const ROWS: f64 = 19.4;
/// Fewest councils that make a map.
const FEWEST: usize = 20;
/// A difference so many times what matters has the full colour.
const FULL: f64 = 2.0;

/// Where a council's tile stands: column and row.
fn tile(places: &[&Place], place: &Place) -> Option<(f64, f64)> {
    let (_, column, row, wide) = REGIONS.iter().find(|(region, ..)| *region == place.region)?;
    let nth = places.iter().filter(|p| p.region == place.region && p.code < place.code).count();
    Some(((column + nth % wide) as f64, row + (nth / wide) as f64))
}

/// The differences of single councils in a metric, over the whole.
fn rows<'a>(asked: &Asked<'a>, metric: Metric) -> Vec<&'a Difference> {
    let of = |row: &&Difference| {
        row.metric == metric
            && row.period == Period::Whole
            && row.group_by == "place"
            && row.beliefs == asked.book.beliefs()
    };
    asked.book.differences.iter().filter(of).collect()
}

fn cell<'a>(rows: &[&'a Difference], regime: &str, place: &str) -> Option<&'a Difference> {
    rows.iter().find(|row| row.group == place && row.regime == regime).copied()
}

/// The headline on which most councils are better or worse off.
fn metric(asked: &Asked<'_>) -> Metric {
    let headlines = Metric::ALL.iter().copied().filter(|m| m.declaration().is_headline());
    let judged = |row: &&&Difference| matches!(row.verdict, Some(Verdict::Better | Verdict::Worse));
    let counted = headlines.map(|m| (m, rows(asked, m).iter().filter(judged).count()));
    // The first of those with most.
    let most = counted.fold(None, |most: Option<(Metric, usize)>, next| match most {
        Some(most) if most.1 >= next.1 => Some(most),
        _ => Some(next),
    });
    match most {
        Some((metric, n)) if n > 0 => metric,
        // Where there are no verdicts, the one in which councils differ by most of what matters.
        _ => {
            let all = Metric::ALL.iter().copied().filter(|m| m.declaration().is_headline());
            let sized = all.map(|metric| {
                let sizes = rows(asked, metric).into_iter().filter_map(towards_better);
                (metric, sizes.map(f64::abs).sum::<f64>())
            });
            sized.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Metric::Picked, |(metric, _)| metric)
        }
    }
}

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let places: Vec<&Place> = book.experiment.places.iter().collect();
    let mapped = places.iter().filter(|place| tile(&places, place).is_some()).count();
    if mapped < FEWEST {
        return Err(format!(
            "{mapped} of England's councils ran, and a map takes {FEWEST}; `--place england` runs all"
        ));
    }
    let metric = metric(asked);
    let rows = rows(asked, metric);
    let declared = metric.declaration();
    let mut sheet = Sheet::new(&[
        "regime",
        "regime_title",
        "metric",
        "unit",
        "place",
        "place_title",
        "region",
        "column",
        "row",
        "mean",
        "low",
        "high",
        "towards_better",
        "verdict",
        "n",
    ]);
    let (mut n, mut kind) = (0, "luck");
    for regime in &book.experiment.regimes {
        for place in &places {
            let Some((column, row)) = tile(&places, place) else { continue };
            let Some(found) = cell(&rows, &regime.id, &place.id) else { continue };
            n = n.max(found.n);
            kind = &found.interval;
            sheet.row(cells![
                regime.id.as_str(),
                regime.name.as_str(),
                declared.id,
                declared.unit,
                place.id.as_str(),
                place.name.as_str(),
                place.region.as_str(),
                column,
                row,
                found.mean,
                found.low,
                found.high,
                towards_better(found),
                found.verdict.map_or("", Verdict::id),
                found.n,
            ]);
        }
    }
    if sheet.is_empty() {
        return Err("no council was measured by itself".to_owned());
    }
    let matters =
        declared.matters().map_or(String::new(), |m| shown(m * words::phrase(metric).times, None));
    let says = Says {
        title: title(asked, metric, &rows, mapped),
        what: format!(
            "{}: difference from {} over {}, {} (matters from {matters}). A tile is a council, by region; where it stands is schematic. {}. {}; exploratory.",
            declared.label,
            about::comparator(book),
            about::whole(book),
            words::phrase(metric).unit,
            words::MARKS,
            words::capital(&about::interval(kind, n)),
        ),
        files: "differences.csv",
        shows: "A grid for each regime, a tile for each council.".to_owned(),
    };
    let vega = json!({
        "facet": { "field": "regime_title", "type": "nominal", "title": null, "sort": null },
        "columns": 2,
        "spec": { "mark": { "type": "rect", "stroke": "white" }, "width": { "step": 14 }, "height": { "step": 14 }, "encoding": {
            "x": { "field": "column", "type": "ordinal", "axis": null },
            "y": { "field": "row", "type": "ordinal", "axis": null },
            "color": { "field": "towards_better", "type": "quantitative", "title": "× what matters",
                "scale": { "domain": [-FULL, 0, FULL], "clamp": true, "range": [asked.theme.worse.hex(), asked.theme.paper.hex(), asked.theme.better.hex()] } },
            "tooltip": [{ "field": "place_title", "type": "nominal" }, { "field": "mean", "type": "quantitative" }, { "field": "low", "type": "quantitative" }, { "field": "high", "type": "quantitative" }]
        } }
    });
    Ok(asked.figure(says, &sheet, vega, |canvas, top| body(asked, canvas, top, &places, &rows)))
}

/// What is said of councils in which it goes one way and may not matter.
const LEANING: &str = " (perhaps too little to matter, or chance)";

/// In how many councils a regime is better, worse, not clear and the same.
fn title(asked: &Asked<'_>, metric: Metric, rows: &[&Difference], mapped: usize) -> String {
    let label = format!("“{}”", metric.declaration().label);
    let regimes = &asked.book.experiment.regimes;
    let tallies = regimes.iter().map(|regime| {
        let of = rows.iter().filter(|row| row.regime == regime.id);
        let found = of.map(|row| Finding::of(&Estimate::difference(row)));
        (regime.name.as_str(), Tally::of(found))
    });
    let tallies: Vec<(&str, Tally)> = tallies.collect();
    let all = tallies.iter().fold(Tally::default(), |sum, (_, of)| sum.and(*of));
    if all.all() == 0 {
        return format!(
            "{label}, by council: too few replicates or draws, so no verdict is passed"
        );
    }
    if let Some(alike) = all.alike(&format!("{label}, in each of {mapped} councils")) {
        return alike;
    }
    let clauses = tallies.iter().map(|(name, tally)| {
        let leaning = |side| {
            tally.count(|of| matches!(of, Finding::Small(s) | Finding::Chance(s) if s == side))
        };
        let parts = [
            ("better in", tally.verdict(Verdict::Better), ""),
            ("worse in", tally.verdict(Verdict::Worse), ""),
            ("higher in", leaning(Side::Above), LEANING),
            ("lower in", leaning(Side::Below), LEANING),
            ("not clear in", tally.count(|of| of == Finding::Unclear), ""),
            ("the same in", tally.verdict(Verdict::Same), ""),
        ];
        let parts = parts.iter().filter(|(_, n, _)| *n > 0);
        let parts: Vec<String> = parts.map(|(said, n, more)| format!("{said} {n}{more}")).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        (*name, format!("it is {}", words::listed(&parts)))
    });
    format!("{label} in {mapped} councils: {}", words::together(clauses))
}

fn body(
    asked: &Asked<'_>,
    canvas: &mut Canvas<'_>,
    top: f64,
    places: &[&Place],
    rows: &[&Difference],
) -> f64 {
    let theme = asked.theme;
    let regimes = &asked.book.experiment.regimes;
    let (words, small) = (canvas.words(), canvas.small());
    let width = asked.width_mm * MM - 2.0 * MARGIN;
    let gap = 16.0;
    let room = if asked.is_narrow() {
        1
    } else if asked.width_mm < 220.0 {
        2
    } else {
        3
    };
    let abreast = room.min(regimes.len().max(1));
    let panel = (width - gap * (abreast as f64 - 1.0)) / abreast as f64;
    // One regime alone has room for tiles that are larger.
    let size = (panel / COLUMNS).min(if abreast == 1 { 27.0 } else { 20.0 });
    let mut y = top;
    for (band, here) in regimes.chunks(abreast).enumerate() {
        let heads: Vec<_> =
            here.iter().map(|r| canvas.wrap(&r.name, &words.bold(), panel)).collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let base = y + words.size * 1.3 * lines + small.size * 1.6;
        for (column, regime) in here.iter().enumerate() {
            let look = theme.look(1 + band * abreast + column);
            let x = MARGIN + (panel + gap) * column as f64;
            canvas.lines(x, y + words.size, &heads[column], &words.bold().of(look.words));
            for (region, column, row, _) in REGIONS {
                if places.iter().any(|place| place.region == *region) {
                    let at = (x + size * *column as f64, base + size * row - 2.5);
                    let tiny = crate::briefing::draw::Style { size: small.size * 0.82, ..small };
                    canvas.text(at.0, at.1, region, &tiny);
                }
            }
            for place in places {
                let Some((column, row)) = tile(places, place) else { continue };
                let Some(found) = cell(rows, &regime.id, &place.id) else { continue };
                let colour = shade(theme, towards_better(found).unwrap_or(0.0), FULL);
                let (left, top) = (x + size * column, base + size * row);
                canvas.area(left, top, size - 1.0, size - 1.0, theme.rule);
                canvas.area(left + 0.4, top + 0.4, size - 1.8, size - 1.8, colour);
                let ink = if theme.ink.contrast(colour) >= 4.5 { theme.ink } else { theme.paper };
                let style =
                    crate::briefing::draw::Style { size: size * 0.5, ..small.middle().of(ink) };
                let said = mark(found);
                canvas.text(left + size / 2.0 - 0.5, top + size * 0.65, said, &style);
            }
        }
        y = base + size * ROWS;
    }
    key(canvas, (MARGIN, MARGIN + width), y, FULL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn every_council_of_england_has_a_tile_of_its_own_within_the_grid() {
        let parameters = Parameters::default();
        let all = crate::place::sets::members("england").expect("a set of places");
        let places: Vec<Place> =
            all.iter().filter_map(|id| crate::place::place(id, &parameters)).collect();
        let places: Vec<&Place> = places.iter().collect();
        assert!(places.len() > 140, "{}", places.len());
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for place in &places {
            let (column, row) = tile(&places, place).expect("a tile");
            assert!(column + 1.0 <= COLUMNS && row + 1.0 <= ROWS, "{} {column} {row}", place.id);
            for other in &taken {
                let near = |a: f64, b: f64| (a - b).abs() < 0.999;
                let apart = !(near(other.0, column) && near(other.1, row));
                assert!(apart, "{} lies on another tile", place.id);
            }
            taken.push((column, row));
        }
    }
}
