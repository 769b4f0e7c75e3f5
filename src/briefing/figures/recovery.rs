//! Recovery of the twin worlds: the gap that a blow opens, month by month.

use super::panels::{self, Dot, Grid, Line, Panel};
use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::analysis::verdict::FEWEST;
use crate::briefing::book::Stress;
use crate::briefing::draw::axis::range;
use crate::briefing::words;
use crate::metrics::Metric;
use serde_json::json;

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    if book.experiment.stresses.is_empty() {
        return Err(
            "no stress test was run; an experiment with [[stress]] has them, such as stress-tests"
                .to_owned(),
        );
    }
    let mut sheet = Sheet::new(&[
        "stress",
        "stress_title",
        "metric",
        "unit",
        "regime",
        "regime_title",
        "months",
        "mean",
        "low",
        "high",
        "n",
    ]);
    let mut made = Vec::new();
    let (mut n, mut kind) = (0, "luck");
    for stress in &book.experiment.stresses {
        let Some(metric) = hardest_hit(asked, &stress.id) else { continue };
        let declared = metric.declaration();
        let times = words::phrase(metric).times;
        let mut lines = Vec::new();
        for (index, regime) in book.regimes().enumerate() {
            let rows = book.recovery.iter().filter(|row| {
                row.stress == stress.id
                    && row.metric == metric
                    && row.regime == regime.id
                    && row.beliefs == book.beliefs()
            });
            let mut dots = Vec::new();
            for row in rows {
                n = n.max(row.n);
                kind = &row.interval;
                dots.push(Dot {
                    x: f64::from(row.months),
                    mean: row.mean.map(|mean| mean * times),
                    interval: row.low.zip(row.high).map(|(l, h)| (l * times, h * times)),
                });
                sheet.row(cells![
                    stress.id.as_str(),
                    stress.title(),
                    declared.id,
                    declared.unit,
                    regime.id.as_str(),
                    regime.name.as_str(),
                    row.months,
                    row.mean,
                    row.low,
                    row.high,
                    row.n,
                ]);
            }
            let look = asked.theme.look(index);
            lines.push(Line { name: regime.name.clone(), look, dots, marked: false });
        }
        let unit = format!("{}, {}", declared.label, words::phrase(metric).unit);
        made.push(Panel { title: stress.title(), colour: None, unit, lines });
    }
    let months = made.iter().flat_map(|p| &p.lines).flat_map(|l| &l.dots).map(|dot| dot.x);
    let Some((first, last)) = range(months) else {
        return Err("no blow was followed for a month".to_owned());
    };
    let years = (last / 12.0).floor() as i32;
    let step = (years / 5).max(1);
    let marks = (0..=years).step_by(step as usize);
    let grid = Grid {
        along: (first.min(0.0), last),
        marks: marks.map(|year| (f64::from(year) * 12.0, year.to_string())).collect(),
        caption: "",
        before: None,
        upwards: None,
        nought: true,
        height: 84.0,
    };
    let says = Says {
        title: title(asked),
        what: format!(
            "Gap between a world that was dealt a blow and the same world without it, in the headline in which its mean depth is most times what matters under {}, by years since the blow; 0 is as if nothing had happened. Bands: {}.",
            about::comparator(book),
            about::interval(kind, n)
        ),
        files: "recovery.csv and stress.csv",
        shows: "A panel for each stress test, a line for each regime.".to_owned(),
    };
    let vega = json!({
        "facet": { "field": "stress_title", "type": "nominal", "title": null, "sort": null },
        "columns": 2,
        "spec": { "layer": [
            { "mark": { "type": "area", "opacity": 0.15 }, "encoding": {
                "x": { "field": "months", "type": "quantitative", "title": "months since the blow" },
                "y": { "field": "low", "type": "quantitative", "title": "gap" },
                "y2": { "field": "high" },
                "color": { "field": "regime_title", "type": "nominal", "title": null, "scale": asked.vega_colours() } } },
            { "mark": "line", "encoding": {
                "x": { "field": "months", "type": "quantitative" },
                "y": { "field": "mean", "type": "quantitative" },
                "color": { "field": "regime_title", "type": "nominal", "scale": asked.vega_colours() } } }
        ] },
        "resolve": { "scale": { "y": "independent" } }
    });
    Ok(asked
        .figure(says, &sheet, vega, |canvas, top| panels::draw(asked, canvas, top, &made, &grid)))
}

fn rows<'a>(
    asked: &'a Asked<'_>,
    stress: &'a str,
    measure: &'a str,
) -> impl Iterator<Item = &'a Stress> {
    asked.book.stress.iter().filter(move |row| {
        row.stress == stress && row.measure == measure && row.beliefs == asked.book.beliefs()
    })
}

/// The metric in which a blow goes deepest under the comparator, in units of what matters.
fn hardest_hit(asked: &Asked<'_>, stress: &str) -> Option<Metric> {
    let comparator = &asked.book.experiment.comparator.id;
    let depth = |row: &Stress| Some(row.mean? / row.metric.declaration().matters()?);
    rows(asked, stress, "depth")
        .filter(|row| row.regime == *comparator)
        .filter_map(|row| Some((row.metric, depth(row)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(metric, _)| metric)
}

/// In how many stress tests each regime loses clearly less or more than the comparator.
fn title(asked: &Asked<'_>) -> String {
    let book = asked.book;
    let stresses = &book.experiment.stresses;
    let comparator = about::comparator(book);
    let mut clauses = Vec::new();
    for regime in &book.experiment.regimes {
        let count = |is: &dyn Fn(f64, f64) -> bool| {
            let clear = stresses.iter().filter(|stress| {
                let metric = hardest_hit(asked, &stress.id);
                let row = rows(asked, &stress.id, "area")
                    .find(|row| row.regime == regime.id && Some(row.metric) == metric);
                row.and_then(|row| row.difference_low.zip(row.difference_high))
                    .is_some_and(|(low, high)| is(low, high))
            });
            clear.count()
        };
        let less = count(&|_, high| high < 0.0);
        let more = count(&|low, _| low > 0.0);
        let name = words::within(&regime.name);
        match (less, more) {
            (0, 0) => {}
            (less, 0) => clauses.push(format!("with {name} less harm in {less}")),
            (0, more) => clauses.push(format!("with {name} more harm in {more}")),
            (less, more) => {
                clauses.push(format!("with {name} less harm in {less} and more in {more}"))
            }
        }
    }
    let tests = match stresses.len() {
        1 => "the stress test".to_owned(),
        n => format!("{n} stress tests"),
    };
    let n = book.stress.iter().map(|row| row.n).max().unwrap_or_default();
    if n < FEWEST {
        return format!("Recovery after {tests}: {}", words::too_few());
    }
    if clauses.is_empty() {
        return format!(
            "In {tests} no regime clearly comes through better or worse than {comparator}"
        );
    }
    format!("Of {tests}, against {comparator}: {}", clauses.join("; "))
}
