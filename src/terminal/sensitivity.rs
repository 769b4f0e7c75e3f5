//! Which inputs a figure depends on, for a terminal.

use super::numbers::{places, shown, signed};
use super::{BOLD, DIM, styled, unit};
use crate::metrics::Metric;
use crate::resampling::Ranged;
use crate::sensitivity::Found;
use crate::sensitivity::effects::Effect;
use crate::sensitivity::inputs::{Grouped, LUCK};
use crate::sensitivity::shares::Shares;
use std::fmt::Write;
use std::path::Path;

/// What was asked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Places and years.
    pub where_: String,
    /// The figure, as typed.
    pub said: &'a str,
    /// Its metric.
    pub metric: Metric,
    /// The groups.
    pub groups: &'a [Grouped],
    /// Rows of the design.
    pub rows: usize,
}

/// Groups that are told, at most; the table has them all.
const MOST: usize = 20;

/// What was found, the most important first. It holds styles; print it through `anstream`.
pub fn told(asked: &Asked<'_>, found: &Found, folder: &Path) -> String {
    let mut text = format!(
        "\n{}\n{}; {} runs\n\n",
        styled(BOLD, &format!("{}: {}", asked.said, asked.metric.declaration().label)),
        asked.where_,
        asked.rows
    );
    match found {
        Found::Effects(found) => effects(&mut text, asked, found),
        Found::Shares(found) => shares(&mut text, asked, found),
    }
    let _ = writeln!(text, "\nThe table is in {}", folder.join("sensitivity.csv").display());
    text
}

fn widest(asked: &Asked<'_>) -> usize {
    asked.groups.iter().map(|group| group.id.chars().count()).max().unwrap_or(0)
}

fn effects(text: &mut String, asked: &Asked<'_>, found: &[Effect]) {
    let (unit, times) = unit(asked.metric);
    let widest = widest(asked);
    let mut each: Vec<(&Grouped, &Effect, Ranged)> = asked
        .groups
        .iter()
        .zip(found)
        .filter_map(|(group, effect)| Some((group, effect, effect.size?)))
        .collect();
    each.sort_by(|a, b| b.2.at.total_cmp(&a.2.at));
    let heading = format!("{:widest$}  size of the effect, {unit:<14}  mean effect", "");
    let _ = writeln!(text, "{}", styled(DIM, &heading));
    for (group, effect, size) in each.iter().take(MOST) {
        let digits = digits(size, times);
        let write = |x: f64| shown(x * times, digits);
        let size = format!("{} ({} to {})", write(size.at), write(size.low), write(size.high));
        let mean = effect.mean.map_or("–".to_owned(), |mean| signed(mean * times, digits));
        let _ = writeln!(text, "{:widest$}  {size:<34}  {mean}", group.id);
    }
    left_out(text, each.len());
    let _ = writeln!(
        text,
        "\nThe effect is that of going over the whole of a range, from low to high; its size is the mean over\n\
         starting points whichever way it went, with a 95% interval of which these were. Where size and mean\n\
         effect part, it raises the figure here and lowers it there."
    );
    if let Some((_, _, size)) = each.iter().find(|(group, ..)| group.id == LUCK) {
        let louder = each.iter().filter(|(group, _, other)| group.id != LUCK && other.at > size.at);
        let _ = writeln!(
            text,
            "Other luck alone moves it by {}: {} of {} other inputs move it by more.",
            shown(size.at * times, digits(size, times)),
            louder.count(),
            each.len() - 1
        );
    }
}

fn digits(of: &Ranged, times: f64) -> Option<i32> {
    places(of.at * times, (of.high - of.low) / 2.0 * times, None)
}

fn shares(text: &mut String, asked: &Asked<'_>, found: &Shares) {
    let widest = widest(asked);
    let mut each: Vec<_> = asked.groups.iter().zip(&found.groups).collect();
    each.sort_by(|(_, a), (_, b)| b.total.at.total_cmp(&a.total.at));
    let percent = |of: &Ranged| {
        let write = |x: f64| shown(x * 100.0, Some(0));
        format!("{} ({} to {})", write(of.at), write(of.low), write(of.high))
    };
    let heading = format!("{:widest$}  {:<20}  in all, % of variance", "", "alone");
    let _ = writeln!(text, "{}", styled(DIM, &heading));
    for (group, share) in each.iter().take(MOST) {
        let (alone, total) = (percent(&share.alone), percent(&share.total));
        let _ = writeln!(text, "{:widest$}  {alone:<20}  {total}", group.id);
    }
    left_out(text, each.len());
    let (unit, times) = unit(asked.metric);
    let deviation = found.variance.sqrt() * times;
    let _ = writeln!(
        text,
        "\nAlone: what knowing the group would take off the variance. In all: what is left of it when all else is\n\
         known, so that what groups do together counts for each of them. Chance may carry a share a little below 0.\n\
         The figure's standard deviation over all inputs is {} {unit}; 95% intervals are over {} blocks (bootstrap).",
        shown(deviation, places(deviation, deviation / 10.0, None)),
        found.whole
    );
    if let Some((_, luck)) = each.iter().find(|(group, _)| group.id == LUCK) {
        let _ = writeln!(
            text,
            "Luck has {}% of the variance alone, and {}% in all.",
            percent(&luck.alone),
            percent(&luck.total)
        );
    }
}

fn left_out(text: &mut String, all: usize) {
    if all > MOST {
        let _ = writeln!(text, "and {} more, each with less", all - MOST);
    }
}
