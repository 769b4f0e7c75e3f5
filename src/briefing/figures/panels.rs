//! Small multiples: panels of lines with bands, each line named where it ends.

use super::Asked;
use crate::briefing::draw::axis::{Scale, labels, range, round_range};
use crate::briefing::draw::frame::{MARGIN, NARROW};
use crate::briefing::draw::labels::pushed_apart;
use crate::briefing::draw::{Canvas, LEADING, MM, Stroke};
use crate::briefing::theme::{Colour, Look};

/// A point of a line: where, how high, and its interval.
#[derive(Clone, Copy, Debug)]
pub struct Dot {
    /// Along the panel.
    pub x: f64,
    /// How high; none where nothing was measured.
    pub mean: Option<f64>,
    /// Its interval, where there is one.
    pub interval: Option<(f64, f64)>,
}

/// A line of a panel.
pub struct Line {
    /// Its name, which stands at its end.
    pub name: String,
    /// How it is drawn.
    pub look: Look,
    /// Its points, in order.
    pub dots: Vec<Dot>,
    /// Whether points are marked.
    pub marked: bool,
}

/// A panel.
pub struct Panel {
    /// What it is of.
    pub title: String,
    /// Colour of the title, where it stands for a regime.
    pub colour: Option<Colour>,
    /// The unit.
    pub unit: String,
    /// Lines, the first at the bottom.
    pub lines: Vec<Line>,
}

/// What panels have in common.
pub struct Grid {
    /// Ends of the axis along.
    pub along: (f64, f64),
    /// Where it is marked, and with what.
    pub marks: Vec<(f64, String)>,
    /// What the axis along is of.
    pub caption: &'static str,
    /// What is shaded, being of before; with its words.
    pub before: Option<(f64, f64, &'static str)>,
    /// Ends of the axis upwards, where all panels have the same; otherwise from the lines.
    pub upwards: Option<(f64, f64)>,
    /// Whether the axis upwards takes in 0.
    pub nought: bool,
    /// Height of a panel's drawing, at least.
    pub height: f64,
}

/// How many panels stand side by side.
pub fn abreast(asked: &Asked<'_>, panels: usize) -> usize {
    let room = match asked.width_mm {
        w if w < NARROW => 1,
        w if w < 210.0 => 2,
        _ => 3,
    };
    room.min(panels.max(1))
}

/// Draws panels from `top`; their bottom.
pub fn draw(
    asked: &Asked<'_>,
    canvas: &mut Canvas<'_>,
    top: f64,
    panels: &[Panel],
    grid: &Grid,
) -> f64 {
    let columns = abreast(asked, panels.len());
    let gap = 14.0;
    let room = asked.width_mm * MM - 2.0 * MARGIN;
    let width = (room - gap * (columns as f64 - 1.0)) / columns as f64;
    let mut y = top;
    for row in panels.chunks(columns) {
        let mut bottom = y;
        let heads = row.iter().map(|panel| heading_lines(canvas, panel, width).len());
        let heads = heads.max().unwrap_or(1);
        for (column, panel) in row.iter().enumerate() {
            let x = MARGIN + (width + gap) * column as f64;
            bottom = f64::max(bottom, one(canvas, panel, grid, (x, y, width), heads));
        }
        y = bottom + canvas.words().size * 0.9;
    }
    y - canvas.words().size * 0.9
}

fn heading_lines(canvas: &Canvas<'_>, panel: &Panel, width: f64) -> Vec<String> {
    canvas.wrap(&panel.title, &canvas.words().bold(), width)
}

/// The name of a line in lines of words, and how high they are.
type Name = (Vec<String>, f64);

/// Names in as much room as a third of the panel has.
fn names(canvas: &Canvas<'_>, panel: &Panel, width: f64) -> (Vec<Name>, f64) {
    let style = canvas.small().bold();
    let room = width * 0.36;
    let wrapped = panel.lines.iter().map(|line| canvas.wrap(&line.name, &style, room));
    let names: Vec<Name> = wrapped
        .map(|lines| {
            let high = lines.len() as f64 * style.size * 1.12 + 1.5;
            (lines, high)
        })
        .collect();
    let lines = names.iter().flat_map(|(lines, _)| lines);
    let widest = lines.map(|line| canvas.width(line, &style)).fold(0.0, f64::max);
    (names, widest)
}

fn one(
    canvas: &mut Canvas<'_>,
    panel: &Panel,
    grid: &Grid,
    (x, y, width): (f64, f64, f64),
    heads: usize,
) -> f64 {
    let theme = canvas.theme;
    let (words, small) = (canvas.words(), canvas.small());
    let title = words.bold().of(panel.colour.unwrap_or(theme.ink));
    let lines = heading_lines(canvas, panel, width);
    canvas.lines(x, y + words.size, &lines, &title);
    let head = y + words.size * (1.0 + 1.3 * (heads as f64 - 1.0));
    let unit = head + small.size * 1.35;
    let lines = canvas.wrap(&panel.unit, &small, width);
    let after = canvas.lines(x, unit, &lines, &small);
    let top = after - small.size * LEADING + small.size * 0.9;

    let (low, high) = upwards(panel, grid);
    let scale = Scale::new((low, high), 0.0, 1.0);
    let ticks = scale.ticks(5);
    let ticks_said = labels(&ticks);
    let left = ticks_said.iter().map(|l| canvas.width(l, &small)).fold(0.0, f64::max) + 5.0;
    let (names, widest) = names(canvas, panel, width);
    let named: f64 = names.iter().map(|(_, high)| high).sum();
    let height = grid.height.max(named - small.size * 0.6);
    let bottom = top + height;
    let (from, to) = (x + left, x + width - if widest > 0.0 { widest + 11.0 } else { 4.0 });
    // A panel that shows nothing of before has no room for it.
    let dots = panel.lines.iter().flat_map(|line| &line.dots);
    let before = grid.before.filter(|_| dots.clone().any(|dot| dot.x < 0.0));
    let begin = if grid.before.is_some() && before.is_none() { 0.0 } else { grid.along.0 };
    let along = Scale::new((begin, grid.along.1), from, to);
    let up = Scale::new((low, high), bottom, top);

    if let Some((begin, end, said)) = before {
        let (begin, end) = (along.within(begin), along.within(end));
        canvas.area(begin, top, end - begin, height, theme.shade);
        // The first mark stands where it ends, with half of its words on this side.
        let first = grid.marks.first().map_or(0.0, |(_, said)| canvas.width(said, &small));
        let below = end - first / 2.0 - 4.0;
        let wide = canvas.width(said, &small);
        if wide <= below - begin {
            canvas.text(below, bottom + 3.0 + small.size, said, &small.end());
        } else if wide <= end - begin {
            let middle = (begin + end) / 2.0;
            let taken: Vec<(f64, f64)> = dots
                .filter(|dot| dot.x <= 0.0)
                .flat_map(|dot| {
                    let ends = dot.interval.map(|(low, high)| (up.within(high), up.within(low)));
                    let mean = dot.mean.map(|mean| (up.within(mean), up.within(mean)));
                    ends.into_iter().chain(mean)
                })
                .collect();
            let half = small.size * 0.5;
            let at = clearest((top + half, bottom - half), half, &taken);
            canvas.text(middle, at + small.size * 0.35, said, &small.middle().halo());
        }
    }
    for (tick, said) in ticks.iter().zip(&ticks_said) {
        let y = up.at(*tick);
        let stroke = if *tick == 0.0 {
            Stroke::plain(theme.quiet, 0.9)
        } else {
            Stroke::plain(theme.rule, 0.75)
        };
        canvas.line((from, y), (to, y), &stroke);
        canvas.text(from - 4.0, y + small.size * 0.35, said, &small.end());
    }
    canvas.line((from, bottom), (to, bottom), &Stroke::plain(theme.quiet, 0.75));
    let mut free = f64::NEG_INFINITY;
    for (mark, said) in &grid.marks {
        let at = along.at(*mark);
        canvas.line((at, bottom), (at, bottom + 3.0), &Stroke::plain(theme.quiet, 0.75));
        let half = canvas.width(said, &small) / 2.0;
        if at - half > free {
            canvas.text(at, bottom + 3.0 + small.size, said, &small.middle());
            free = at + half + 3.0;
        }
    }
    curves(canvas, panel, &along, &up);
    ends(canvas, panel, names, (&along, &up), to, (top - small.size * 0.6, bottom));
    let mut base = bottom + 3.0 + small.size * 1.1;
    if !grid.caption.is_empty() {
        base += small.size * 1.2;
        canvas.text(from, base, grid.caption, &small);
    }
    base
}

/// The middle of words so high, between these, that is farthest from what is drawn, or at the
/// top where all of it is free.
fn clearest((from, to): (f64, f64), half: f64, taken: &[(f64, f64)]) -> f64 {
    const STEPS: i32 = 12;
    let away = |at: f64| {
        let apart = taken.iter().map(|(top, bottom)| (top - at).max(at - bottom).max(0.0));
        apart.fold(f64::INFINITY, f64::min).min(half * 4.0)
    };
    let places = (0..=STEPS).map(|step| from + (to - from) * f64::from(step) / f64::from(STEPS));
    places.fold(from, |best, at| if away(at) > away(best) { at } else { best })
}

/// The ends of the axis upwards.
fn upwards(panel: &Panel, grid: &Grid) -> (f64, f64) {
    if let Some(ends) = grid.upwards {
        return ends;
    }
    let (low, high) = extent(std::slice::from_ref(panel)).unwrap_or((0.0, 1.0));
    let (low, high) = if grid.nought { (low.min(0.0), high.max(0.0)) } else { (low, high) };
    let (round_low, round_high) = round_range((low, high), 5);
    // A scale in whole round steps, but not one that is mostly empty.
    let air = (high - low) * 0.06;
    let least = if grid.nought && low >= 0.0 { 0.0 } else { (low - air).max(round_low) };
    (least, (high + air).min(round_high))
}

/// The least and the largest of all that is drawn.
pub fn extent(panels: &[Panel]) -> Option<(f64, f64)> {
    range(panels.iter().flat_map(|p| &p.lines).flat_map(|l| &l.dots).flat_map(|dot| {
        let ends = dot.interval.map(|(low, high)| [low, high]).into_iter().flatten();
        ends.chain(dot.mean)
    }))
}

fn curves(canvas: &mut Canvas<'_>, panel: &Panel, along: &Scale, up: &Scale) {
    for line in &panel.lines {
        let band: Vec<_> = line
            .dots
            .iter()
            .map(|d| d.interval.map(|(low, high)| (along.at(d.x), up.within(low), up.within(high))))
            .collect();
        if !line.marked {
            canvas.ribbon(&band, line.look.colour, 0.11);
        }
    }
    for line in &panel.lines {
        let points: Vec<_> =
            line.dots.iter().map(|d| d.mean.map(|mean| (along.at(d.x), up.within(mean)))).collect();
        canvas.path(&points, &Stroke::of(&line.look, if line.marked { 1.0 } else { 1.6 }));
        if line.marked {
            for (dot, at) in line.dots.iter().zip(&points) {
                let Some(at) = at else { continue };
                if let Some((low, high)) = dot.interval {
                    let stroke = Stroke::plain(line.look.colour, 0.9);
                    canvas.line((at.0, up.within(low)), (at.0, up.within(high)), &stroke);
                }
                canvas.point(*at, 4.4, &line.look, false, "");
            }
        }
    }
}

/// Names at the ends of lines, pushed apart.
fn ends(
    canvas: &mut Canvas<'_>,
    panel: &Panel,
    names: Vec<Name>,
    (along, up): (&Scale, &Scale),
    to: f64,
    (low, high): (f64, f64),
) {
    let small = canvas.small().bold();
    let ended: Vec<_> = panel
        .lines
        .iter()
        .zip(names)
        .filter_map(|(line, name)| {
            let last = line.dots.iter().rev().find(|dot| dot.mean.is_some())?;
            Some((line, name, along.at(last.x), up.within(last.mean?)))
        })
        .collect();
    let wanted: Vec<(f64, f64)> = ended.iter().map(|(_, (_, high), _, y)| (*y, *high)).collect();
    for ((line, (lines, high), x, y), at) in ended.iter().zip(pushed_apart(&wanted, low, high)) {
        let quiet = Stroke::plain(line.look.colour, 0.7);
        canvas.line((x + 1.5, *y), (to + 7.5, at), &quiet);
        let mut base = at - high / 2.0 + small.size * 0.95;
        for words in lines {
            canvas.text(to + 9.5, base, words, &small.of(line.look.words));
            base += small.size * 1.12;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clearest;

    #[test]
    fn words_stand_clear_of_what_is_drawn() {
        assert_eq!(clearest((0.0, 120.0), 5.0, &[]), 0.0);
        let at = clearest((0.0, 120.0), 5.0, &[(0.0, 8.0), (90.0, 95.0)]);
        assert!((28.0..=70.0).contains(&at), "{at}");
        let at = clearest((0.0, 120.0), 5.0, &[(2.0, 50.0), (100.0, 119.0)]);
        assert!((60.0..=90.0).contains(&at), "{at}");
    }
}
