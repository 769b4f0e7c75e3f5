//! Acceptability: how often each regime is the best buy, by what a year of quality of
//! life is taken to be worth.

use super::panels::{self, Dot, Grid, Line, Panel};
use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::appraisal::View;
use crate::briefing::book::Acceptability;
use crate::briefing::draw::axis::{labels, range, ticks};
use crate::briefing::words;
use crate::terminal::numbers::shown;
use serde_json::json;

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let here: Vec<&Acceptability> = book
        .acceptability
        .iter()
        .filter(|row| row.beliefs == book.beliefs() && row.probability_best.is_some())
        .collect();
    let Some(ends) = range(here.iter().map(|row| row.threshold)) else {
        return Err("no thresholds were looked at".to_owned());
    };
    let mut sheet = Sheet::new(&[
        "perspective",
        "regime",
        "regime_title",
        "threshold",
        "probability_best",
        "n",
    ]);
    let mut made = Vec::new();
    for view in View::ALL {
        let mut lines = Vec::new();
        for (index, regime) in book.regimes().enumerate() {
            let rows = here.iter().filter(|r| r.perspective == view.id() && r.regime == regime.id);
            let mut dots = Vec::new();
            for row in rows {
                let share = row.probability_best;
                let mean = share.map(|share| share * 100.0);
                dots.push(Dot { x: row.threshold, mean, interval: None });
                sheet.row(cells![
                    view.id(),
                    regime.id.as_str(),
                    regime.name.as_str(),
                    row.threshold,
                    share,
                    row.n,
                ]);
            }
            let look = asked.theme.look(index);
            lines.push(Line { name: regime.name.clone(), look, dots, marked: false });
        }
        let title = match view {
            View::Council => "Counting the council's costs",
            View::Public => "Counting public costs",
            View::Society => "Counting everybody's costs",
        };
        let unit = "% in which it has the most net benefit".to_owned();
        made.push(Panel { title: title.to_owned(), colour: None, unit, lines });
    }
    let marks = ticks(ends.0, ends.1, 4);
    let thousands: Vec<f64> = marks.iter().map(|mark| mark / 1000.0).collect();
    let grid = Grid {
        along: ends,
        marks: marks
            .iter()
            .zip(labels(&thousands))
            .map(|(m, l)| (*m, if *m == 0.0 { "£0".to_owned() } else { format!("£{l}k") }))
            .collect(),
        caption: "value of a year of full quality of life",
        before: None,
        upwards: Some((0.0, 100.0)),
        nought: true,
        height: 100.0,
    };
    let (n, kind) = here.first().map_or((0, "luck"), |row| (row.n, row.interval.as_str()));
    let of = if kind == "luck" { "replicates (luck only)" } else { "draws of the parameters" };
    let says = Says {
        title: title(asked, &here),
        what: format!(
            "Share of {n} {of} in which each regime has the most net benefit, by what a SCRQoL-year (a year at full social-care-related quality of life) is worth."
        ),
        files: "acceptability.csv",
        shows: "A panel for each way of counting costs, a line for each regime.".to_owned(),
    };
    let vega = json!({
        "facet": { "field": "perspective", "type": "nominal", "title": null, "sort": null },
        "columns": 3,
        "spec": { "mark": "line", "encoding": {
            "x": { "field": "threshold", "type": "quantitative", "title": "value of a SCRQoL-year, £" },
            "y": { "field": "probability_best", "type": "quantitative", "title": "share with the most net benefit" },
            "color": { "field": "regime_title", "type": "nominal", "title": null, "scale": asked.vega_colours() } } }
    });
    Ok(asked
        .figure(says, &sheet, vega, |canvas, top| panels::draw(asked, canvas, top, &made, &grid)))
}

/// Which regime is most often the best buy to the public, at the value that the
/// experiment takes a year to be worth.
fn title(asked: &Asked<'_>, here: &[&Acceptability]) -> String {
    let book = asked.book;
    let worth = book.experiment.economics.social_value;
    let public = || here.iter().filter(|row| row.perspective == View::Public.id());
    let nearest = public()
        .map(|row| row.threshold)
        .min_by(|a, b| (a - worth).abs().total_cmp(&(b - worth).abs()));
    let here: Vec<(&Acceptability, f64)> = public()
        .filter(|row| Some(row.threshold) == nearest)
        .filter_map(|row| Some((*row, row.probability_best?)))
        .collect();
    let shares: Vec<f64> = here.iter().map(|(_, share)| *share).collect();
    let n = here.first().map_or(0, |(row, _)| row.n);
    let best = words::commonest(&shares, n);
    let best: Vec<&(&Acceptability, f64)> = best.iter().filter_map(|at| here.get(*at)).collect();
    let name = |row: &Acceptability| match row.regime == book.experiment.comparator.id {
        true => about::comparator(book),
        false => words::within(book.title(&row.regime)),
    };
    let Some((row, share)) = best.first() else {
        return "What is the best buy could not be told".to_owned();
    };
    let of = if row.interval == "luck" { "replicates" } else { "draws" };
    let worth = format!("At £{} a year of quality of life", shown(row.threshold, Some(0)));
    if best.len() == 1 {
        let (name, share) = (name(row), words::percent(*share));
        return format!(
            "{worth}, {name} is most often the best buy to the public: in {share} of {n} {of}"
        );
    }
    let told = best.iter().map(|(row, share)| format!("{} {}", name(row), words::percent(*share)));
    let told: Vec<String> = told.collect();
    let told = words::listed(&told.iter().map(String::as_str).collect::<Vec<_>>());
    format!(
        "{worth}, no regime is clearly the best buy to the public most often: of {n} {of}, {told}"
    )
}
