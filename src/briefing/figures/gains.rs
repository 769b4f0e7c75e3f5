//! Who gains and who loses: people better and worse off, by group, a panel a regime.

use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::briefing::book::Gain;
use crate::briefing::draw::axis::{Scale, labels, range};
use crate::briefing::draw::frame::MARGIN;
use crate::briefing::draw::{Canvas, MM, Stroke};
use crate::briefing::words::{self, Estimate, Side};
use crate::metrics::Metric;
use crate::terminal::numbers::shown;
use serde_json::json;

/// What people gain or lose in.
const METRIC: Metric = Metric::Scrqol;

/// The groups: (division, its words, [(group, its words)]).
type Division = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Groups that no regime changes, in the order drawn.
pub const GROUPS: &[Division] = &[
    ("all", "", &[("all", "Everybody")]),
    ("age", "Age", &[("18-64", "18 to 64"), ("65+", "65 and over")]),
    (
        "deprivation",
        "Neighbourhood",
        &[
            ("1", "most deprived fifth"),
            ("2", "second"),
            ("3", "third"),
            ("4", "fourth"),
            ("5", "least deprived fifth"),
        ],
    ),
    (
        "capacity",
        "Managing a budget",
        &[("low", "hardest third"), ("middle", "middle third"), ("high", "easiest third")],
    ),
    (
        "reason",
        "Reason for support",
        &[
            ("physical", "physical"),
            ("sensory", "sensory"),
            ("memory", "memory and cognition"),
            ("learning", "learning disability"),
            ("mental-health", "mental health"),
            ("social", "social"),
        ],
    ),
];

/// Shares are told of a hundred people.
const EVERY: f64 = 100.0;

/// A regime's people of one group.
struct Bar<'a> {
    better: Option<&'a Gain>,
    worse: Option<&'a Gain>,
    net: Option<&'a Gain>,
}

impl Bar<'_> {
    /// Net gain beyond the placebo's, in percentage points, with its interval.
    fn excess(&self) -> Option<(f64, f64, f64)> {
        let net = self.net?;
        Some((net.excess? * EVERY, net.excess_low? * EVERY, net.excess_high? * EVERY))
    }

    /// Whether more gain or more lose, where the interval says so.
    fn side(&self) -> Option<Side> {
        Estimate::gain(self.net?, true).side()
    }

    /// The same in words.
    fn net_text(&self) -> String {
        let net = self.net.map(|row| words::signed_text(&Estimate::gain(row, true), EVERY));
        net.unwrap_or_default()
    }
}

fn bar<'a>(asked: &Asked<'a>, regime: &str, by: &str, group: &str) -> Bar<'a> {
    let of = |fate: &str| {
        asked.book.gains.iter().find(|row| {
            row.regime == regime
                && row.metric == METRIC
                && row.group_by == by
                && row.group == group
                && row.fate == fate
                && row.beliefs == asked.book.beliefs()
                && row.share.is_some()
        })
    };
    Bar { better: of("better off"), worse: of("worse off"), net: of("net") }
}

/// The groups that somebody is in.
fn groups(asked: &Asked<'_>) -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    let all = GROUPS.iter().flat_map(|(by, heading, groups)| {
        groups.iter().map(move |(group, words)| (*by, *heading, *group, *words))
    });
    all.filter(|(by, _, group, _)| {
        let regimes = &asked.book.experiment.regimes;
        regimes.iter().any(|regime| bar(asked, &regime.id, by, group).net.is_some())
    })
    .collect()
}

pub(super) fn draw(asked: &Asked<'_>) -> Result<Figure, String> {
    let book = asked.book;
    let groups = groups(asked);
    if groups.is_empty() {
        return Err("nobody was in need in two worlds at once, so nobody gained or lost".to_owned());
    }
    let mut sheet = Sheet::new(&[
        "regime",
        "regime_title",
        "group_by",
        "group",
        "label",
        "fate",
        "share",
        "low",
        "high",
        "excess",
        "excess_low",
        "excess_high",
        "people",
        "n",
    ]);
    let (mut n, mut kind) = (0, "luck");
    for regime in &book.experiment.regimes {
        for (by, heading, group, words) in &groups {
            let bar = bar(asked, &regime.id, by, group);
            for row in [bar.better, bar.worse, bar.net].into_iter().flatten() {
                n = n.max(row.n);
                kind = &row.interval;
                let label = if heading.is_empty() {
                    (*words).to_owned()
                } else {
                    format!("{heading}: {words}")
                };
                sheet.row(cells![
                    regime.id.as_str(),
                    regime.name.as_str(),
                    *by,
                    *group,
                    label,
                    row.fate.as_str(),
                    row.share,
                    row.low,
                    row.high,
                    row.excess,
                    row.excess_low,
                    row.excess_high,
                    row.people,
                    row.n,
                ]);
            }
        }
    }
    let matters = METRIC.declaration().matters().map_or(String::new(), |m| shown(m, None));
    let comparator = about::comparator(book);
    let says = Says {
        title: title(asked),
        what: format!(
            "% of people whose quality of life (SCRQoL) is better (right) or worse (left) by more than {matters} points of 24 than the same person's under {comparator}. Point: better less worse, beyond what a stranger's arrival does by luck; {}.",
            about::interval(kind, n)
        ),
        files: "gains.csv",
        shows: shows(asked),
    };
    let vega = json!({
        "facet": { "column": { "field": "regime_title", "type": "nominal", "title": null, "sort": null } },
        "spec": { "width": 140, "height": { "step": 14 },
            "encoding": { "y": { "field": "label", "type": "nominal", "title": null, "sort": null } },
            "layer": [
            { "transform": [{ "filter": "datum.fate != 'net'" }, { "calculate": "datum.fate == 'worse off' ? -datum.share : datum.share", "as": "signed" }],
              "mark": { "type": "bar", "opacity": 0.45 }, "encoding": {
                "x": { "field": "signed", "type": "quantitative", "stack": null, "title": "share of people" },
                "color": { "field": "fate", "type": "nominal", "title": null, "scale": { "domain": ["better off", "worse off"], "range": [asked.theme.better.hex(), asked.theme.worse.hex()] } } } },
            { "transform": [{ "filter": "datum.fate == 'net'" }], "mark": "rule", "encoding": {
                "x": { "field": "excess_low", "type": "quantitative" }, "x2": { "field": "excess_high" } } },
            { "transform": [{ "filter": "datum.fate == 'net'" }], "mark": { "type": "point", "filled": true, "color": "black" }, "encoding": {
                "x": { "field": "excess", "type": "quantitative" } } }
        ] }
    });
    Ok(asked.figure(says, &sheet, vega, |canvas, top| body(asked, canvas, top, &groups)))
}

/// Whether more people gain than lose, where the interval says so.
fn title(asked: &Asked<'_>) -> String {
    let (mut gain, mut lose, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
    for regime in &asked.book.experiment.regimes {
        let name = words::within(&regime.name);
        let bar = bar(asked, &regime.id, "all", "all");
        match bar.side() {
            Some(Side::Above) => gain.push(format!("{name}, {}", bar.net_text())),
            Some(Side::Below) => lose.push(format!("{name}, {}", bar.net_text())),
            None => unclear.push(name),
        }
    }
    if gain.is_empty() && lose.is_empty() {
        return "No regime clearly leaves more people with a better life than with a worse one"
            .to_owned();
    }
    let with =
        |what: &str, names: &str| (!names.is_empty()).then(|| format!("{what} with {names}"));
    let unclear: Vec<&str> = unclear.iter().map(String::as_str).collect();
    let clauses = [
        with("more people gain than lose", &gain.join(", and ")),
        with("more people lose than gain", &lose.join(", and ")),
        with("no clear difference", &words::listed(&unclear)),
    ];
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    words::capital(&clauses.join("; "))
}

fn shows(asked: &Asked<'_>) -> String {
    let each = asked.book.experiment.regimes.iter().map(|regime| {
        let bar = bar(asked, &regime.id, "all", "all");
        let share = |row: Option<&Gain>| {
            row.map_or("not measured".to_owned(), |row| {
                let text = words::level_text(&Estimate::gain(row, false), EVERY);
                text.replacen(" (", "% (", 1)
            })
        };
        format!(
            "{}: {} better off, {} worse off.",
            regime.name,
            share(bar.better),
            share(bar.worse)
        )
    });
    each.collect::<Vec<_>>().join(" ")
}

fn body(
    asked: &Asked<'_>,
    canvas: &mut Canvas<'_>,
    top: f64,
    groups: &[(&'static str, &'static str, &'static str, &'static str)],
) -> f64 {
    let regimes = &asked.book.experiment.regimes;
    let (words, small) = (canvas.words(), canvas.small());
    let width = asked.width_mm * MM;
    let widest = groups.iter().map(|g| canvas.width(g.3, &words)).fold(0.0, f64::max);
    let left = MARGIN + widest + 14.0;
    let least = if asked.is_narrow() { 74.0 } else { 92.0 };
    let gap = 10.0;
    let columns =
        (((width - MARGIN - left + gap) / (least + gap)) as usize).clamp(1, regimes.len().max(1));
    let rows = regimes.len().div_ceil(columns);
    let columns = regimes.len().div_ceil(rows);
    let panel = (width - MARGIN - left + gap) / columns as f64 - gap;
    let extent = range(regimes.iter().flat_map(|regime| {
        groups.iter().flat_map(|(by, _, group, _)| {
            let bar = bar(asked, &regime.id, by, group);
            let share = |row: Option<&Gain>| row.and_then(|row| row.share).unwrap_or(0.0) * 100.0;
            let net = bar.excess().map(|(_, low, high)| [low, high]);
            [-share(bar.worse), share(bar.better)].into_iter().chain(net.into_iter().flatten())
        })
    }));
    let (low, high) = extent.unwrap_or((-1.0, 1.0));
    let most = high.max(-low).max(0.5) * 1.04;
    let step = words.size * 1.4;
    let mut y = top;
    for (band, regimes_here) in regimes.chunks(columns).enumerate() {
        let heads: Vec<Vec<String>> =
            regimes_here.iter().map(|r| canvas.wrap(&r.name, &words.bold(), panel)).collect();
        let head = heads.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let base = y + words.size * 1.3 * head + 4.0;
        let mut places = Vec::new();
        let mut at = base;
        let mut before = "";
        for (by, heading, _, label) in groups {
            if *by != before && !heading.is_empty() {
                at += step * 0.25;
                canvas.text(MARGIN, at + step * 0.75, heading, &words.bold());
                at += step;
            }
            before = by;
            let is_all = heading.is_empty();
            let (x, style) = if is_all { (MARGIN, words.bold()) } else { (MARGIN + 8.0, words) };
            canvas.text(x, at + step * 0.7, label, &style);
            places.push(at + step / 2.0);
            at += step;
        }
        for (column, regime) in regimes_here.iter().enumerate() {
            let look = asked.theme.look(1 + band * columns + column);
            let x = left + (panel + gap) * column as f64;
            canvas.lines(x, y + words.size, &heads[column], &words.bold().of(look.words));
            let scale = Scale::new((-most, most), x, x + panel);
            let theme = asked.theme;
            let ticks = scale.ticks(if panel > 130.0 { 5 } else { 3 });
            let said: Vec<String> = labels(&ticks)
                .iter()
                .map(|said| format!("{}%", said.trim_start_matches('−')))
                .collect();
            let widest = said.iter().map(|said| canvas.width(said, &small)).fold(0.0, f64::max);
            let crowded = (widest + 4.0) * said.len() as f64 > panel;
            for (index, (tick, said)) in ticks.iter().zip(&said).enumerate() {
                let stroke = if *tick == 0.0 {
                    Stroke::plain(theme.quiet, 0.9)
                } else {
                    Stroke::plain(theme.rule, 0.75)
                };
                canvas.line((scale.at(*tick), base), (scale.at(*tick), at), &stroke);
                // Where there is no room for all, nought and the ends tell the scale.
                if !crowded || *tick == 0.0 || index == 0 || index + 1 == ticks.len() {
                    let half = canvas.width(said, &small) / 2.0;
                    let middle = scale.at(*tick).clamp(x + half, x + panel - half);
                    canvas.text(middle, at + small.size * 1.2, said, &small.middle());
                }
            }
            for ((by, _, group, label), y) in groups.iter().zip(&places) {
                let bar = bar(asked, &regime.id, by, group);
                let zero = scale.at(0.0);
                let share =
                    |row: Option<&Gain>| row.and_then(|row| row.share).unwrap_or(0.0) * 100.0;
                let (right, wrong) = (scale.at(share(bar.better)), scale.at(-share(bar.worse)));
                let thick = step * 0.62;
                let pale = |c: crate::briefing::theme::Colour| theme.paper.towards(c, 0.42);
                canvas.area(zero, y - thick / 2.0, right - zero, thick, pale(theme.better));
                canvas.area(wrong, y - thick / 2.0, zero - wrong, thick, pale(theme.worse));
                if let Some((mean, low, high)) = bar.excess() {
                    let stroke = Stroke::plain(theme.ink, 1.3);
                    canvas.line((scale.at(low), *y), (scale.at(high), *y), &stroke);
                    let says = format!("{}, {label}: {} points", regime.name, bar.net_text());
                    let ink = crate::briefing::theme::Look {
                        colour: theme.ink,
                        words: theme.ink,
                        marker: crate::briefing::theme::Marker::Circle,
                        dash: "",
                    };
                    canvas.point(
                        (scale.at(mean), *y),
                        words.size * 0.5,
                        &ink,
                        bar.side().is_none(),
                        &says,
                    );
                }
            }
            let foot = at + small.size * 2.5;
            canvas.text(x, foot, "← worse", &small);
            canvas.text(x + panel, foot, "better →", &small.end());
        }
        y = at + small.size * 3.4;
    }
    y - small.size * 0.6
}
