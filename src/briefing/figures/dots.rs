//! Differences from the comparator as dots with intervals, a block a metric, in units of
//! the smallest difference that is worth a decision.

use super::sheet::{Sheet, cells};
use super::{Asked, Figure, Says, about};
use crate::analysis::verdict::Verdict;
use crate::briefing::book::Difference;
use crate::briefing::draw::axis::{Scale, labels, range, round_range};
use crate::briefing::draw::frame::MARGIN;
use crate::briefing::draw::{Canvas, MM, Stroke};
use crate::briefing::words::{self, Estimate, Finding};
use crate::metrics::{Better, Family, Metric};
use crate::outcomes::Period;
use crate::terminal::numbers::shown;
use serde_json::json;

/// Beyond so many times what matters, each metric has a scale of its own.
const COMMON: f64 = 12.0;

/// Where there is no room beside, how many rows marks stand below their words: clear of them.
const BELOW: f64 = 0.95;

/// A dot: a regime under one beliefs.
struct Dot<'a> {
    /// Index among regimes, the comparator being 0.
    regime: usize,
    title: String,
    /// Whether it is under the first beliefs, which the words go by.
    first: bool,
    row: &'a Difference,
}

impl Dot<'_> {
    fn found(&self) -> Option<Finding> {
        Finding::of(&Estimate::difference(self.row))
    }
}

/// A metric with its dots.
struct Block<'a> {
    metric: Metric,
    matters: f64,
    dots: Vec<Dot<'a>>,
}

impl Block<'_> {
    /// How far a value is towards the better, in units of what matters.
    fn towards_better(&self, value: f64) -> f64 {
        let sign = if self.metric.declaration().better == Better::Down { -1.0 } else { 1.0 };
        let towards = sign * value / self.matters;
        // Minus nought would be written.
        if towards == 0.0 { 0.0 } else { towards }
    }

    /// The interval, the end towards the worse first.
    fn ends(&self, row: &Difference) -> Option<(f64, f64)> {
        let (low, high) = (self.towards_better(row.low?), self.towards_better(row.high?));
        Some((low.min(high), low.max(high)))
    }

    fn extent(&self) -> Option<(f64, f64)> {
        range(self.dots.iter().flat_map(|dot| {
            let ends = self.ends(dot.row).map(|(low, high)| [low, high]);
            ends.into_iter().flatten().chain(dot.row.mean.map(|mean| self.towards_better(mean)))
        }))
    }
}

const COLUMNS: &[&str] = &[
    "metric",
    "label",
    "unit",
    "better",
    "matters",
    "regime",
    "regime_title",
    "beliefs",
    "mean",
    "low",
    "high",
    "towards_better",
    "towards_better_low",
    "towards_better_high",
    "n",
    "verdict",
    "interval",
];

pub(super) fn draw(asked: &Asked<'_>, family: Family) -> Result<Figure, String> {
    let book = asked.book;
    let blocks = blocks(asked, family);
    let Some(row) = blocks.first().and_then(|block| block.dots.first()).map(|dot| dot.row) else {
        return Err(format!("no headline of {} was measured", family.id()));
    };
    let mut sheet = Sheet::new(COLUMNS);
    for block in &blocks {
        let declared = block.metric.declaration();
        for Dot { row, .. } in &block.dots {
            let ends = block.ends(row);
            sheet.row(cells![
                declared.id,
                declared.label,
                declared.unit,
                declared.better.id(),
                block.matters,
                row.regime.as_str(),
                book.title(&row.regime),
                row.beliefs.as_str(),
                row.mean,
                row.low,
                row.high,
                row.mean.map(|mean| block.towards_better(mean)),
                ends.map(|(low, _)| low),
                ends.map(|(_, high)| high),
                row.n,
                row.verdict.map_or("", Verdict::id),
                row.interval.as_str(),
            ]);
        }
    }
    let of = |regime: &str| {
        let first = blocks.iter().flat_map(|block| &block.dots).filter(|dot| dot.first);
        first.filter(|dot| dot.row.regime == regime).map(|dot| dot.found()).collect::<Vec<_>>()
    };
    let findings: Vec<_> =
        book.experiment.regimes.iter().map(|r| (r.name.as_str(), of(&r.id))).collect();
    let comparator = about::comparator(book);
    let beliefs = if book.beliefs().is_empty() || book.experiment.beliefs() < 2 {
        String::new()
    } else {
        format!(" The title goes by {} beliefs.", book.beliefs())
    };
    let says = Says {
        title: words::tallied(&format!("measures of {}", family.id()), &findings),
        what: format!(
            "Difference from {comparator} over {}; right is better. {}. In the shaded band a difference is too small to matter. Points: large and filled, better or worse; small, the same; hollow, not clear or perhaps too little to matter.{beliefs}",
            about::whole(book),
            words::capital(&about::interval(&row.interval, row.n)),
        ),
        files: "differences.csv",
        shows: shows(asked, &blocks),
    };
    let vega = json!({
        "facet": { "row": { "field": "label", "type": "nominal", "title": null, "sort": null, "header": { "labelAngle": 0, "labelAlign": "left" } } },
        "spec": {
            "height": { "step": 16 },
            "width": 320,
            "encoding": { "y": { "field": "regime_title", "type": "nominal", "title": null, "sort": null } },
            "layer": [
                { "mark": { "type": "rule" }, "encoding": {
                    "x": { "field": "towards_better_low", "type": "quantitative", "title": "× what matters; right is better" },
                    "x2": { "field": "towards_better_high" },
                    "color": { "field": "regime_title", "type": "nominal", "scale": asked.vega_colours(), "legend": null } } },
                { "mark": { "type": "point", "filled": true, "size": 60 }, "encoding": {
                    "x": { "field": "towards_better", "type": "quantitative" },
                    "color": { "field": "regime_title", "type": "nominal", "scale": asked.vega_colours(), "legend": null },
                    "tooltip": [{ "field": "mean", "type": "quantitative" }, { "field": "low", "type": "quantitative" }, { "field": "high", "type": "quantitative" }, { "field": "verdict", "type": "nominal" }] } }
            ]
        }
    });
    Ok(asked.figure(says, &sheet, vega, |canvas, top| body(asked, canvas, top, &blocks)))
}

fn blocks<'a>(asked: &Asked<'a>, family: Family) -> Vec<Block<'a>> {
    let book = asked.book;
    let mut blocks = Vec::new();
    for metric in Metric::ALL.iter().copied() {
        let declared = metric.declaration();
        let Some(matters) = declared.matters() else { continue };
        if declared.family != family || !declared.is_headline() {
            continue;
        }
        let mut dots = Vec::new();
        for (index, regime) in book.experiment.regimes.iter().enumerate() {
            let rows = book.differences.iter().filter(|row| {
                row.regime == regime.id
                    && row.metric == metric
                    && row.group_by == "all"
                    && row.period == Period::Whole
                    && row.mean.is_some()
            });
            for row in rows {
                let first = row.beliefs == book.beliefs();
                let title = match first {
                    true => regime.name.clone(),
                    false => format!("as a {} has it", row.beliefs),
                };
                dots.push(Dot { regime: index + 1, title, first, row });
            }
        }
        if !dots.is_empty() {
            blocks.push(Block { metric, matters, dots });
        }
    }
    blocks
}

/// The numbers in words.
fn shows(asked: &Asked<'_>, blocks: &[Block<'_>]) -> String {
    let of = |block: &Block<'_>| {
        let said = block.dots.iter().filter(|dot| dot.first).map(|dot| {
            let found = dot.found().map_or("no verdict", Finding::said);
            format!(
                "{} {}, {found}",
                words::within(asked.book.title(&dot.row.regime)),
                value(block.metric, dot.row)
            )
        });
        format!(
            "{} ({}): {}.",
            block.metric.declaration().label,
            words::phrase(block.metric).unit,
            said.collect::<Vec<_>>().join("; ")
        )
    };
    blocks.iter().map(of).collect::<Vec<_>>().join(" ")
}

fn value(metric: Metric, row: &Difference) -> String {
    words::signed_text(&Estimate::difference(row), words::phrase(metric).times)
}

/// The ends of a scale: what is drawn, what matters, and a little air.
fn ends((low, high): (f64, f64)) -> (f64, f64) {
    let air = (high - low) * 0.04;
    (f64::min(low - air, -1.35), f64::max(high + air, 1.35))
}

fn body(asked: &Asked<'_>, canvas: &mut Canvas<'_>, top: f64, blocks: &[Block<'_>]) -> f64 {
    let width = asked.width_mm * MM;
    let narrow = asked.is_narrow();
    let small = canvas.small();
    let words = if narrow { small.of(asked.theme.ink) } else { canvas.words() };
    let texts = |block: &Block<'_>| -> Vec<String> {
        block.dots.iter().map(|dot| value(block.metric, dot.row)).collect()
    };
    let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
    let values =
        widest(&mut blocks.iter().flat_map(&texts).map(|text| canvas.width(&text, &words)));
    let names = blocks.iter().flat_map(|block| block.dots.iter().map(|dot| dot.title.as_str()));
    let names = widest(&mut names.map(|name| canvas.width(name, &words.bold())));
    let (left, right) = if narrow {
        (MARGIN, width - MARGIN)
    } else {
        (MARGIN + names.min(width * 0.36) + 10.0, width - MARGIN - values - 10.0)
    };
    let all = range(blocks.iter().filter_map(Block::extent).flat_map(|(low, high)| [low, high]));
    let all = ends(all.unwrap_or((0.0, 0.0)));
    let common = all.1.max(-all.0) <= COMMON;
    let step = words.size * 1.55;
    let mut y = top;
    for (index, block) in blocks.iter().enumerate() {
        let extent = if common { all } else { ends(block.extent().unwrap_or((0.0, 0.0))) };
        let scale = Scale::new(extent, left, right);
        let head = heading(canvas, block, y + words.size, width);
        let high = step * if narrow { 1.0 + BELOW } else { 1.0 } * block.dots.len() as f64;
        let base = head + words.size * 0.4;
        ground(canvas, &scale, base, base + high, extent);
        let mut row = base + step / 2.0;
        for (dot, text) in block.dots.iter().zip(texts(block)) {
            let look = asked.theme.look(dot.regime);
            let middle = row + words.size * 0.35;
            let name = if dot.first { words.bold().of(look.words) } else { words.of(look.words) };
            let lines = if narrow {
                Vec::new()
            } else {
                canvas.wrap(&dot.title, &name, left - MARGIN - 10.0)
            };
            if narrow {
                canvas.text(MARGIN, middle, &dot.title, &name.halo());
                canvas.text(width - MARGIN, middle, &text, &words.end().halo());
                row += step * BELOW;
            } else {
                // A name of two lines stands about its row.
                let up = (lines.len() as f64 - 1.0) * words.size * 0.5;
                for (line, name_line) in lines.iter().enumerate() {
                    let down = line as f64 * words.size;
                    canvas.text(MARGIN, middle - up + down, name_line, &name);
                }
                canvas.text(width - MARGIN, middle, &text, &words.end());
            }
            let mark = dot.row.mean.map(|mean| scale.at(block.towards_better(mean)));
            if let Some((low, high)) = block.ends(dot.row) {
                let stroke = Stroke::plain(look.colour, if dot.first { 2.0 } else { 1.0 });
                canvas.line((scale.at(low), row), (scale.at(high), row), &stroke);
            }
            if let Some(x) = mark {
                let found = dot.found();
                let same = found.is_some_and(|found| found.verdict() == Verdict::Same);
                let filled = same || found.is_some_and(Finding::is_clear);
                let size = words.size * if !dot.first || same { 0.55 } else { 0.8 };
                let says = format!("{}: {text}", asked.book.title(&dot.row.regime));
                canvas.point((x, row), size, &look, !filled, &says);
            }
            row += step;
        }
        y = base + high;
        if !common || index + 1 == blocks.len() {
            y = under(canvas, &scale, y, extent, common);
        }
        y += words.size * 0.5;
    }
    if blocks.is_empty() { y } else { y - small.size * 0.5 }
}

/// The metric's name, its unit and what matters of it; the base line of the last line.
fn heading(canvas: &mut Canvas<'_>, block: &Block<'_>, y: f64, width: f64) -> f64 {
    let bold = canvas.words().bold();
    let small = canvas.small();
    let label = block.metric.declaration().label;
    canvas.text(MARGIN, y, label, &bold);
    let matters = shown(block.matters * words::phrase(block.metric).times, None);
    let unit = words::phrase(block.metric).unit;
    let about = format!("{unit}; matters from {matters}");
    let after = MARGIN + canvas.width(label, &bold) + 8.0;
    if after + canvas.width(&about, &small) <= width - MARGIN {
        canvas.text(after, y, &about, &small);
        return y;
    }
    let next = y + small.size * 1.3;
    canvas.text(MARGIN, next, &about, &small);
    next
}

/// The band of what is too small to matter, the grid and the line of no difference.
fn ground(canvas: &mut Canvas<'_>, scale: &Scale, top: f64, bottom: f64, extent: (f64, f64)) {
    let theme = canvas.theme;
    let (from, to) = (scale.at(-1.0), scale.at(1.0));
    canvas.area(from, top, to - from, bottom - top, theme.shade);
    for tick in marks(extent) {
        let x = scale.at(tick);
        let stroke = if tick == 0.0 {
            Stroke::plain(theme.quiet, 1.0)
        } else {
            Stroke::plain(theme.rule, 0.75)
        };
        canvas.line((x, top), (x, bottom), &stroke);
    }
}

/// Whole multiples of what matters.
fn marks((low, high): (f64, f64)) -> Vec<f64> {
    let (from, to) = round_range((low, high), 6);
    crate::briefing::draw::axis::ticks(from, to, 6)
        .into_iter()
        .filter(|tick| (low..=high).contains(tick) && tick.fract() == 0.0)
        .collect()
}

/// The axis under a block.
fn under(canvas: &mut Canvas<'_>, scale: &Scale, y: f64, extent: (f64, f64), common: bool) -> f64 {
    let small = canvas.small();
    let base = y + small.size * 1.2;
    let marks = marks(extent);
    for (tick, label) in marks.iter().zip(labels(&marks)) {
        let label =
            if *tick == 0.0 { label } else { format!("{}×", label.trim_start_matches('−')) };
        canvas.text(scale.at(*tick), base, &label, &small.middle());
    }
    if !common {
        return base + small.size * 0.3;
    }
    let next = base + small.size * 1.35;
    let (left, right) = (scale.at(extent.0), scale.at(extent.1));
    let middle = "times what matters";
    canvas.text(left, next, "← worse", &small);
    canvas.text(right, next, "better →", &small.end());
    let room = right - left - canvas.width("← worse better →", &small);
    let zero = (left + right) / 2.0;
    let half = canvas.width(middle, &small) / 2.0;
    let left_end = left + canvas.width("← worse", &small) + 6.0;
    let right_end = right - canvas.width("better →", &small) - 6.0;
    if room > 2.0 * half + 16.0 && zero - half > left_end && zero + half < right_end {
        canvas.text(zero, next, middle, &small.middle());
    }
    next + small.size * 0.3
}
