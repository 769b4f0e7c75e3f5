//! Levels, differences and their ranges, in words.

use super::{At, Number, Phrase, Words};
use crate::analysis::verdict::Verdict;
use crate::metrics::Metric;
use crate::terminal::numbers::{places, shown, signed};

/// An estimate as a row of a table has it, in the row's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What was measured.
    pub metric: Metric,
    /// The mean; none where it could not be measured.
    pub mean: Option<f64>,
    /// The interval; none where there is one replicate.
    pub interval: Option<(f64, f64)>,
    /// Standard error of the mean from luck, where parameters were drawn.
    pub luck: Option<f64>,
    /// The verdict, where the table passes one.
    pub verdict: Option<Verdict>,
    /// The smallest difference worth a decision.
    pub matters: Option<f64>,
    /// Columns of mean, low and high.
    pub columns: [&'static str; 3],
    /// The row.
    pub at: At,
}

/// Places after the point that a row's range bears out: one rounding for all its numbers,
/// and the terminal's.
pub fn rounding(of: &Estimate, times: f64) -> Option<i32> {
    let mean = of.mean.unwrap_or(0.0) * times;
    match of.interval {
        None => places(mean, mean.abs() / 10.0, None),
        Some((low, high)) => {
            let half = ((high - low) / 2.0).max(2.0 * of.luck.unwrap_or(0.0)) * times;
            places(mean, half, of.matters.map(|matters| matters * times))
        }
    }
}

/// Whether nothing is left of a number once it is rounded.
fn is_nought(text: &str) -> bool {
    !text.contains(|c: char| ('1'..='9').contains(&c))
}

impl Estimate {
    fn number(&self, value: f64, times: f64, column: usize, text: String) -> Number {
        Number { text, value, times, at: self.at.column(self.columns[column]) }
    }

    /// Mean, low and high as numbers, written in some way.
    fn numbers(&self, times: f64, write: fn(f64, Option<i32>) -> String) -> [Option<Number>; 3] {
        let places = rounding(self, times);
        let of =
            |value: f64, column| self.number(value, times, column, write(value * times, places));
        let low = self.interval.map(|(low, _)| of(low, 1));
        let high = self.interval.map(|(_, high)| of(high, 2));
        [self.mean.map(|mean| of(mean, 0)), low, high]
    }

    /// The ends of its range as they are shown with signs; none where it has no range.
    pub fn ends(&self, times: f64) -> [Option<String>; 2] {
        let [_, low, high] = self.numbers(times, signed);
        [low, high].map(|end| end.filter(|_| !self.all_luck()).map(|end| end.text))
    }

    /// Whether draws differ no more than luck makes them, so that there is no range.
    fn all_luck(&self) -> bool {
        self.luck.is_some_and(|luck| luck > 0.0)
            && self.interval.is_some_and(|(low, high)| low == high)
    }
}

const ALL_LUCK: &str = "no range beyond luck";
const UNKNOWN: &str = "range unknown";

/// A difference with signs, as tables show it: the mean, and its range.
pub fn signed_range(of: &Estimate, times: f64) -> Option<(Words, Words)> {
    ranged(of, times, signed)
}

/// A level as tables show it: the mean, and its range.
pub fn level_range(of: &Estimate, times: f64) -> Option<(Words, Words)> {
    ranged(of, times, shown)
}

fn ranged(
    of: &Estimate,
    times: f64,
    write: fn(f64, Option<i32>) -> String,
) -> Option<(Words, Words)> {
    let [mean, low, high] = of.numbers(times, write);
    let range = match (low, high) {
        _ if of.all_luck() => Words::text(ALL_LUCK),
        (Some(low), Some(high)) => Words::default().number(low).say(" to ").number(high),
        _ => Words::text(UNKNOWN),
    };
    Some((Words::default().number(mean?), range))
}

/// Which way a number goes, once it is rounded: 1, −1 or 0.
fn sign(number: &Number) -> i8 {
    match number {
        _ if is_nought(&number.text) => 0,
        number if number.value > 0.0 => 1,
        _ => -1,
    }
}

/// A number without its sign, and in front of it what stands there.
fn bare(mut number: Number, phrase: &Phrase) -> Words {
    number.text = number.text.replace('−', "");
    Words::text(phrase.before).number(number).say(phrase.noun.clone())
}

fn way(phrase: &Phrase, sign: i8) -> String {
    match sign {
        1 => format!(" {}", phrase.way[0]),
        -1 => format!(" {}", phrase.way[1]),
        _ => String::new(),
    }
}

/// The range of a difference: `2.2 to 3.2 more`, or `0.3 fewer to 0.5 more`. The direction is
/// left out where it is `said` already.
fn ends(low: Number, high: Number, phrase: &Phrase, said: i8) -> Words {
    let (below, above) = (sign(&low), sign(&high));
    if below < 0 && above > 0 {
        let low = bare(low, phrase).say(way(phrase, -1));
        return low.say(" to ").and(bare(high, phrase)).say(way(phrase, 1));
    }
    let sign = if above > 0 || below > 0 { 1 } else { below.min(above) };
    // Of what is less than the comparator the smaller difference comes first too.
    let (near, far) = if sign < 0 { (high, low) } else { (low, high) };
    let near = Words::text(phrase.before)
        .and(Words::default().number(Number { text: near.text.replace('−', ""), ..near }));
    let words = near.say(" to ").and(bare(far, phrase));
    if sign == said { words } else { words.say(way(phrase, sign)) }
}

/// A difference in words: `2.7 more in every 100 people, range 2.2 to 3.2` where it is
/// `central`, and else its range alone; `unit` says whether what it is counted in is said.
pub fn difference(of: &Estimate, phrase: &Phrase, central: bool, unit: bool) -> Option<Words> {
    let [mean, low, high] = of.numbers(phrase.times, shown);
    let mean = mean?;
    let after = if unit { phrase.after.as_str() } else { "" };
    let said = if central { sign(&mean) } else { 0 };
    let range = match (low, high) {
        _ if of.all_luck() => Words::text(ALL_LUCK),
        (Some(low), Some(high)) => Words::text("range ").and(ends(low, high, phrase, said)),
        _ => Words::text(UNKNOWN),
    };
    if !central {
        return Some(range.say(after));
    }
    let words = bare(mean, phrase).say(way(phrase, said)).say(after);
    Some(words.say(", ").and(range))
}
