//! Cost against outcome: the cost-effectiveness plane with its cloud and quadrants.

use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::analysis::verdict::FEWEST;
use crate::appraisal::View;
use crate::briefing::book::{Economic, Point};
use crate::briefing::draw::axis::{Scale, labels, range, round_range};
use crate::briefing::draw::frame::MARGIN;
use crate::briefing::draw::{Canvas, MM, Stroke};
use crate::briefing::words::{self, Estimate, Finding};
use crate::metrics::{Metric, PRICE_YEAR};
use crate::outcomes::Period;
use serde_json::json;

/// A regime on the plane.
struct Cloud<'a> {
    /// Index among regimes, the comparator being 0.
    regime: usize,
    name: &'a str,
    points: Vec<&'a Point>,
    cost: Option<&'a Economic>,
    outcome: Option<&'a Economic>,
    /// What it is to who pays and to who is supported, by the verdicts.
    bought: String,
}

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let view = View::Public.id();
    let found = |regime: &str, measure: &str| {
        book.economics.iter().find(|row| {
            row.regime == regime
                && row.measure == measure
                && row.perspective == view
                && row.discounting == "standard"
                && row.beliefs == book.beliefs()
        })
    };
    let verdict = |regime: &str, metric| {
        let row = book.difference(regime, metric, Period::Whole)?;
        Finding::of(&Estimate::difference(row))
    };
    let regimes = book.experiment.regimes.iter().enumerate();
    let clouds: Vec<Cloud<'_>> = regimes
        .map(|(index, regime)| Cloud {
            regime: index + 1,
            name: &regime.name,
            points: book
                .plane
                .iter()
                .filter(|p| {
                    p.regime == regime.id && p.perspective == view && p.beliefs == book.beliefs()
                })
                .collect(),
            cost: found(&regime.id, "incremental_cost"),
            outcome: found(&regime.id, "incremental_outcome"),
            bought: words::bought(
                verdict(&regime.id, Metric::PublicPerPerson),
                verdict(&regime.id, Metric::Scrqol),
            ),
        })
        .collect();
    let mut sheet = Sheet::new(&[
        "what",
        "regime",
        "regime_title",
        "draw",
        "replicate",
        "incremental_outcome",
        "incremental_cost",
        "outcome_low",
        "outcome_high",
        "cost_low",
        "cost_high",
        "quadrant",
    ]);
    for (cloud, regime) in clouds.iter().zip(&book.experiment.regimes) {
        let of = |row: Option<&Economic>, end: fn(&Economic) -> Option<f64>| row.and_then(end);
        sheet.row(cells![
            "mean",
            regime.id.as_str(),
            cloud.name,
            None::<f64>,
            None::<f64>,
            of(cloud.outcome, |r| r.mean),
            of(cloud.cost, |r| r.mean),
            of(cloud.outcome, |r| r.low),
            of(cloud.outcome, |r| r.high),
            of(cloud.cost, |r| r.low),
            of(cloud.cost, |r| r.high),
            cloud.cost.map_or("", |row| row.quadrant.as_str()),
        ]);
        for point in &cloud.points {
            sheet.row(cells![
                "point",
                regime.id.as_str(),
                cloud.name,
                point.draw,
                point.replicate.map(f64::from),
                point.incremental_outcome,
                point.incremental_cost,
                None::<f64>,
                None::<f64>,
                None::<f64>,
                None::<f64>,
                "",
            ]);
        }
    }
    if clouds.iter().all(|cloud| cloud.points.is_empty()) {
        return Err("costs and outcomes could not be set against each other".to_owned());
    }
    let comparator = about::comparator(book);
    let kind = clouds.iter().find_map(|cloud| cloud.cost).map_or("luck", |row| &row.interval);
    let n = clouds.iter().find_map(|cloud| cloud.cost).map_or(0, |row| row.n);
    let each = match kind {
        "luck" => "a replicate",
        _ => "a draw of the parameters, in the mean of its replicates",
    };
    let ranges = about::interval(kind, n);
    let says = Says {
        title: title(&clouds),
        what: format!(
            "Public cost (£ at {PRICE_YEAR} prices) and SCRQoL-years (years at full social-care-related quality of life) less those of {comparator}, over {}, discounted. A small point is {each}; large ones are means, with {ranges}. The title goes by the verdicts on public cost and quality of life a person.",
            about::whole(book)
        ),
        files: "plane.csv and economics.csv",
        shows: shows(&clouds),
    };
    let vega = json!({
        "layer": [
            { "transform": [{ "filter": "datum.what == 'point'" }],
              "mark": { "type": "point", "filled": true, "size": 12, "opacity": 0.35 }, "encoding": {
                "x": { "field": "incremental_outcome", "type": "quantitative", "title": "SCRQoL-years, difference" },
                "y": { "field": "incremental_cost", "type": "quantitative", "title": "public cost, difference, £" },
                "color": { "field": "regime_title", "type": "nominal", "title": null, "scale": asked.vega_colours() } } },
            { "transform": [{ "filter": "datum.what == 'mean'" }],
              "mark": { "type": "point", "filled": true, "size": 90 }, "encoding": {
                "x": { "field": "incremental_outcome", "type": "quantitative" },
                "y": { "field": "incremental_cost", "type": "quantitative" },
                "color": { "field": "regime_title", "type": "nominal", "scale": asked.vega_colours() },
                "tooltip": [{ "field": "regime_title", "type": "nominal" }, { "field": "quadrant", "type": "nominal" }] } }
        ],
        "width": 520, "height": 340
    });
    Ok(asked.figure(says, &sheet, vega, |canvas, top| body(asked, canvas, top, &clouds)))
}

/// What regimes are by the verdicts, those that are alike together.
fn title(clouds: &[Cloud<'_>]) -> String {
    if clouds.iter().all(|cloud| cloud.bought == words::NO_VERDICT) {
        return format!(
            "Public cost and quality of life: under {FEWEST} replicates or draws, so no verdict is passed"
        );
    }
    let said = clouds.iter().map(|cloud| {
        let is =
            ["dearer", "cheaper", "better", "worse"].iter().any(|w| cloud.bought.starts_with(w));
        (cloud.name, if is { format!("it is {}", cloud.bought) } else { cloud.bought.clone() })
    });
    format!("To the public, {}", words::together(said))
}

fn shows(clouds: &[Cloud<'_>]) -> String {
    let of = |row: Option<&Economic>| {
        let range = row.map(|r| words::signed_text(&Estimate::economic(r), 1.0));
        range.unwrap_or("not measured".to_owned())
    };
    let each = clouds.iter().map(|cloud| {
        let name = words::capital(cloud.name);
        let cost = cloud.cost.map(|row| words::signed_money(&Estimate::economic(row)));
        let cost = cost.unwrap_or("not measured".to_owned());
        format!("{name}: cost {cost}, outcome {} SCRQoL-years.", of(cloud.outcome))
    });
    each.collect::<Vec<_>>().join(" ")
}

/// A scale of money: what it is divided by, and in which words.
fn money(most: f64) -> (f64, &'static str) {
    match most {
        m if m >= 2e6 => (1e6, "£ million"),
        m if m >= 2e3 => (1e3, "£ thousand"),
        _ => (1.0, "£"),
    }
}

fn body(asked: &Asked<'_>, canvas: &mut Canvas<'_>, top: f64, clouds: &[Cloud<'_>]) -> f64 {
    let theme = asked.theme;
    let (words, small) = (canvas.words(), canvas.small());
    let width = asked.width_mm * MM;
    let ends = |mean: &dyn Fn(&Cloud<'_>) -> [Option<f64>; 3], point: fn(&Point) -> f64| {
        let means = clouds.iter().flat_map(mean).flatten();
        let points = clouds.iter().flat_map(|c| c.points.iter().map(|p| point(p)));
        let (low, high) = range(means.chain(points).chain([0.0])).unwrap_or((0.0, 0.0));
        let air = (high - low).max(1e-9) * 0.09;
        round_range((low - air, high + air), 10)
    };
    let of = |row: Option<&Economic>| row.map_or([None; 3], |r| [r.mean, r.low, r.high]);
    let x_ends = ends(&|c| of(c.outcome), |p| p.incremental_outcome);
    let y_ends = ends(&|c| of(c.cost), |p| p.incremental_cost);
    let (unit, money) = money(y_ends.1.max(-y_ends.0));
    let height = (width * 0.56).clamp(210.0, 400.0);
    let head = top + small.size * 1.2;
    canvas.text(MARGIN, head, &format!("Public cost, difference, {money}"), &small);
    let (y_top, y_bottom) = (head + small.size * 0.8, head + height);
    let y_scale = Scale::new(y_ends, y_bottom, y_top);
    let y_ticks = y_scale.ticks(6);
    let in_units: Vec<f64> = y_ticks.iter().map(|tick| tick / unit).collect();
    let said_y = labels(&in_units);
    let left = said_y.iter().map(|l| canvas.width(l, &small)).fold(0.0, f64::max);
    let (from, to) = (MARGIN + left + 6.0, width - MARGIN);
    let x_scale = Scale::new(x_ends, from, to);
    for (tick, said) in y_ticks.iter().zip(&said_y) {
        let y = y_scale.at(*tick);
        let stroke = if *tick == 0.0 {
            Stroke::plain(theme.quiet, 1.0)
        } else {
            Stroke::plain(theme.rule, 0.75)
        };
        canvas.line((from, y), (to, y), &stroke);
        canvas.text(from - 5.0, y + small.size * 0.35, said, &small.end());
    }
    let x_ticks = x_scale.ticks(if asked.is_narrow() { 3 } else { 6 });
    for (tick, said) in x_ticks.iter().zip(labels(&x_ticks)) {
        let x = x_scale.at(*tick);
        let stroke = if *tick == 0.0 {
            Stroke::plain(theme.quiet, 1.0)
        } else {
            Stroke::plain(theme.rule, 0.75)
        };
        canvas.line((x, y_top), (x, y_bottom), &stroke);
        let half = canvas.width(&said, &small) / 2.0;
        let at = x.clamp(from, to - half);
        canvas.text(at, y_bottom + small.size * 1.3, &said, &small.middle());
    }
    let caption = "SCRQoL-years, difference; further right is better";
    let base = y_bottom + small.size * 2.7;
    canvas.text(from, base, caption, &small);
    let mut points = Vec::new();
    for cloud in clouds {
        let at: Vec<(f64, f64)> = cloud
            .points
            .iter()
            .map(|p| (x_scale.at(p.incremental_outcome), y_scale.at(p.incremental_cost)))
            .collect();
        canvas.cloud(&at, 4.2, &theme.look(cloud.regime), 0.4);
        points.extend(at);
    }
    let corners = corners(canvas, (&x_scale, &y_scale), (from, to), (y_top, y_bottom));
    let mut named = Vec::new();
    for cloud in clouds {
        let look = theme.look(cloud.regime);
        let (Some(cost), Some(outcome)) = (cloud.cost, cloud.outcome) else { continue };
        let (Some(y), Some(x)) = (cost.mean, outcome.mean) else { continue };
        let (x, y) = (x_scale.at(x), y_scale.at(y));
        let stroke = Stroke::plain(look.colour, 1.6);
        if let Some((low, high)) = cost.low.zip(cost.high) {
            canvas.line((x, y_scale.at(low)), (x, y_scale.at(high)), &stroke);
        }
        if let Some((low, high)) = outcome.low.zip(outcome.high) {
            canvas.line((x_scale.at(low), y), (x_scale.at(high), y), &stroke);
        }
        let says = format!("{}: {}", cloud.name, cloud.bought);
        canvas.point((x, y), words.size * 0.95, &look, false, &says);
        named.push((cloud, look, x, y));
    }
    names(canvas, &named, &points, corners, (from, to), (y_top, y_bottom));
    base + small.size * 0.3
}

/// What each quadrant means, in its corner, where it has room; where that is said.
fn corners(
    canvas: &mut Canvas<'_>,
    (x, y): (&Scale, &Scale),
    (from, to): (f64, f64),
    (top, bottom): (f64, f64),
) -> Vec<Place> {
    let small = canvas.small().halo();
    let mut taken = Vec::new();
    let (zero_x, zero_y) = (x.within(0.0), y.within(0.0));
    let corners = [
        ("dearer and worse", from, true, true),
        ("dearer and better", to, false, true),
        ("cheaper and worse", from, true, false),
        ("cheaper and better", to, false, false),
    ];
    for (said, at, is_left, is_top) in corners {
        let wide = if is_left { zero_x - from } else { to - zero_x };
        let high = if is_top { zero_y - top } else { bottom - zero_y };
        if wide < canvas.width(said, &small) + 8.0 || high < small.size * 1.6 {
            continue;
        }
        let y = if is_top { top + small.size * 1.1 } else { bottom - small.size * 0.5 };
        let (at, style) = if is_left { (at + 4.0, small) } else { (at - 4.0, small.end()) };
        canvas.text(at, y, said, &style);
        let wide = canvas.width(said, &small) + 8.0;
        let left = if is_left { at } else { at - wide };
        taken.push((left, y - small.size * 1.3, left + wide, y + small.size * 0.5));
    }
    taken
}

/// A box: left, top, right, bottom.
type Place = (f64, f64, f64, f64);

/// Where a name may stand, by where its middle is.
fn place((x, y): (f64, f64), wide: f64, high: f64) -> Place {
    (x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0)
}

fn meet(a: Place, b: Place) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Names near the means, where they cover fewest of the points, and no other name nor `taken`.
fn names(
    canvas: &mut Canvas<'_>,
    named: &[(&Cloud<'_>, crate::briefing::theme::Look, f64, f64)],
    points: &[(f64, f64)],
    mut taken: Vec<Place>,
    (from, to): (f64, f64),
    (top, bottom): (f64, f64),
) {
    /// A point that is covered weighs as much as so many pixels from the mean.
    const COVERED: f64 = 12.0;
    let style = canvas.words().bold().halo();
    let high = style.size * 1.25;
    taken.extend(named.iter().map(|(.., x, y)| place((*x, *y), style.size, style.size)));
    for (cloud, look, x, y) in named {
        let wide = canvas.width(cloud.name, &style);
        let beside = x + 12.0 + wide / 2.0;
        let mut best = (f64::INFINITY, (beside.min(to - wide / 2.0), *y));
        let (across, down) = ((to - from - wide).max(0.0), (bottom - top - high).max(0.0));
        let grid = (0..=24).flat_map(|i| (0..=24).map(move |j| (f64::from(i), f64::from(j))));
        let grid = grid.map(|(i, j)| {
            (from + wide / 2.0 + across * i / 24.0, top + high / 2.0 + down * j / 24.0)
        });
        let near = [beside, x - 12.0 - wide / 2.0].map(|at| (at, *y));
        for at in near.into_iter().chain(grid) {
            let here = place(at, wide + 4.0, high);
            let inside = here.0 >= from - 2.0 && here.2 <= to + 2.0;
            if !inside || taken.iter().any(|other| meet(here, *other)) {
                continue;
            }
            let covered = points.iter().filter(|p| meet(here, place(**p, 4.0, 4.0))).count();
            let cost = covered as f64 * COVERED + away(here, (*x, *y));
            if cost < best.0 {
                best = (cost, at);
            }
        }
        let at = best.1;
        let here = place(at, wide, high);
        taken.push(place(at, wide + 4.0, high));
        if away(here, (*x, *y)) > 14.0 {
            let edge = (x.clamp(here.0, here.2), y.clamp(here.1, here.3));
            canvas.line((*x, *y), edge, &Stroke::plain(look.colour, 0.7));
        }
        canvas.text(here.0, at.1 + style.size * 0.35, cloud.name, &style.of(look.words));
    }
}

/// How far a point is from a box.
fn away(of: Place, (x, y): (f64, f64)) -> f64 {
    let (across, down) = (x - x.clamp(of.0, of.2), y - y.clamp(of.1, of.3));
    libm::hypot(across, down)
}
