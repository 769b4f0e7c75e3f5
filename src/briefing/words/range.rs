//! Levels, differences and their ranges, in words.

use super::{At, Number, Phrase, Side, Words};
use crate::analysis::verdict::Verdict;
use crate::metrics;
use crate::terminal::numbers::{places, shown, signed};

/// An estimate as a row of a table has it, in the row's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The mean; none where it could not be measured.
    pub mean: Option<f64>,
    /// The interval; none where there is one replicate.
    pub interval: Option<(f64, f64)>,
    /// Whether the interval is over draws of parameters, and not over luck.
    pub drawn: bool,
    /// Standard error of the mean from luck, where parameters were drawn and the table has it.
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

/// Places after the point that a row's range bears out, but no more than tell what matters:
/// one rounding for all its numbers. Where that would hide on which sides of nought its ends
/// lie, or that they are two, as many more as show it, within what the range bears out.
pub fn rounding(of: &Estimate, times: f64) -> Option<i32> {
    let mean = of.mean.unwrap_or(0.0) * times;
    let places = match of.interval {
        None => places(mean, mean.abs() / 10.0, None),
        _ if of.all_luck() && of.luck.is_none() => places(mean, mean.abs() / 10.0, None),
        Some((low, high)) => {
            let half = ((high - low) / 2.0).max(2.0 * of.luck.unwrap_or(0.0)) * times;
            let coarse = places(mean, half, of.matters.map(|matters| matters * times));
            let fine = places(mean, half, None);
            // The side of nought is worth a place more than the range bears out.
            let several = coarse.zip(fine).map(|(coarse, fine)| coarse..=fine + 1);
            several.and_then(|mut places| places.find(|p| of.shows(times, *p))).or(coarse)
        }
    };
    // Nobody writes tenths of a pound.
    places.map(|places| if places == 1 && of.is_money() { 2 } else { places })
}

/// The one rounding of several rows of one unit, so that a column reads well: the coarsest
/// of theirs at which every one still shows on which side of nought its ends lie, and no mean
/// is lost.
pub fn rounding_of_all<'e>(
    rows: impl Iterator<Item = &'e Estimate> + Clone,
    times: f64,
) -> Option<i32> {
    let each = rows.clone().filter_map(|of| rounding(of, times));
    let (least, most) = (each.clone().min()?, each.max()?);
    let is_told = |of: &Estimate, places: i32| {
        let text = |places| shown(of.mean.unwrap_or(0.0) * times, places);
        of.shows(times, places)
            && (!is_nought(&text(Some(places))) || is_nought(&text(rounding(of, times))))
    };
    (least..=most).find(|places| rows.clone().all(|of| is_told(of, *places)))
}

/// Whether nothing is left of a number once it is rounded.
fn is_nought(text: &str) -> bool {
    !text.contains(|c: char| ('1'..='9').contains(&c))
}

impl Estimate {
    fn number(&self, value: f64, times: f64, column: usize, text: String) -> Number {
        Number { text, value, times, at: self.at.column(self.columns[column]) }
    }

    /// Whether so many places show on which sides of nought the ends of the range lie, and
    /// that they are two. What is next to nothing whole is told as that.
    fn shows(&self, times: f64, places: i32) -> bool {
        let Some((low, high)) = self.interval.filter(|_| !self.all_luck()) else { return true };
        let [from, to] = [low, high].map(|end| shown(end * times, Some(places)));
        let lost = |end: f64, text: &str| end != 0.0 && is_nought(text);
        (is_nought(&from) && is_nought(&to))
            || !(lost(low, &from) || lost(high, &to) || (from == to && low != high))
    }

    /// Whether it is of a metric that is counted in pounds.
    fn is_money(&self) -> bool {
        let metric = self.at.row.iter().find(|(column, _)| *column == "metric");
        let metric = metric.and_then(|(_, id)| metrics::find(id));
        metric.is_some_and(|metric| metric.declaration().unit.starts_with('£'))
    }

    /// Mean, low and high as numbers, written in some way.
    fn numbers(&self, times: f64, write: fn(f64, Option<i32>) -> String) -> [Option<Number>; 3] {
        self.rounded(times, rounding(self, times), write)
    }

    /// The same, to so many places.
    fn rounded(
        &self,
        times: f64,
        places: Option<i32>,
        write: fn(f64, Option<i32>) -> String,
    ) -> [Option<Number>; 3] {
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
    pub(in crate::briefing) fn all_luck(&self) -> bool {
        let varies = self.luck.is_some_and(|luck| luck > 0.0) || self.mean != Some(0.0);
        self.drawn && varies && self.interval.is_some_and(|(low, high)| low == high)
    }

    /// On which side of nought all of the interval lies; none where it takes nought in.
    pub fn side(&self) -> Option<Side> {
        match self.interval? {
            _ if self.all_luck() => None,
            (low, _) if low > 0.0 => Some(Side::Above),
            (_, high) if high < 0.0 => Some(Side::Below),
            _ => None,
        }
    }

    /// Whether nothing differed at all, in any replicate.
    pub fn is_unchanged(&self) -> bool {
        self.mean == Some(0.0) && self.interval == Some((0.0, 0.0)) && !self.all_luck()
    }
}

/// What is said where draws differ by no more than luck makes them.
pub const ALL_LUCK: &str = "no range beyond luck";
/// The same in a small cell, which the words beside it explain.
pub const LUCK_ALONE: &str = "luck alone";
/// What is said where there is but one replicate.
pub const UNKNOWN: &str = "range unknown";

/// A difference with signs, as tables show it: the mean, and its range.
pub fn signed_range(of: &Estimate, times: f64) -> Option<(Words, Words)> {
    ranged(of, of.numbers(times, signed))
}

/// The same for a column of one unit, all to the same places; levels bear no signs.
pub fn column(rows: &[Option<Estimate>], times: f64, signs: bool) -> Vec<Option<(Words, Words)>> {
    let common = rounding_of_all(rows.iter().flatten(), times);
    let write = if signs { signed } else { shown };
    let one = |of: &Option<Estimate>| {
        let of = of.as_ref()?;
        ranged(of, of.rounded(times, common.or_else(|| rounding(of, times)), write))
    };
    rows.iter().map(one).collect()
}

/// A level as tables show it: the mean, and its range.
pub fn level_range(of: &Estimate, times: f64) -> Option<(Words, Words)> {
    ranged(of, of.numbers(times, shown))
}

fn ranged(of: &Estimate, [mean, low, high]: [Option<Number>; 3]) -> Option<(Words, Words)> {
    let range = match (low, high) {
        _ if of.all_luck() => Words::text(LUCK_ALONE),
        (Some(low), Some(high)) => Words::default().number(low).say(" to ").number(high),
        _ => Words::text(UNKNOWN),
    };
    Some((Words::default().number(mean?), range))
}

/// A difference with signs on one line, as figures show it: `+1.2 (+1.0 to +1.4)`.
pub fn signed_text(of: &Estimate, times: f64) -> String {
    text(signed_range(of, times))
}

/// A level on one line: `1.2 (1.0 to 1.4)`.
pub fn level_text(of: &Estimate, times: f64) -> String {
    text(level_range(of, times))
}

/// The same of a sum of money: `−£30,000 (−£190,000 to +£130,000)`.
pub fn signed_money(of: &Estimate) -> String {
    let [mean, low, high] = of.numbers(1.0, signed);
    let pounds = |number: Number| match number.text.strip_prefix(['+', '−']) {
        Some(rest) => format!("{}£{rest}", if number.value < 0.0 { '−' } else { '+' }),
        None => format!("£{}", number.text),
    };
    match (mean.map(pounds), low.map(pounds), high.map(pounds)) {
        (Some(mean), Some(low), Some(high)) if !of.all_luck() => {
            format!("{mean} ({low} to {high})")
        }
        (Some(mean), ..) if of.all_luck() => format!("{mean} ({ALL_LUCK})"),
        (Some(mean), ..) => format!("{mean} ({UNKNOWN})"),
        _ => text(None),
    }
}

fn text(numbers: Option<(Words, Words)>) -> String {
    match numbers {
        Some((mean, range)) => {
            let range = range.plain().replace(LUCK_ALONE, ALL_LUCK);
            format!("{} ({range})", mean.plain())
        }
        None => "not measured".to_owned(),
    }
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
    Words::text(phrase.before).number(number)
}

fn way(phrase: &Phrase, sign: i8) -> String {
    match sign {
        1 => format!(" {}", phrase.way[0]),
        -1 => format!(" {}", phrase.way[1]),
        _ => String::new(),
    }
}

/// Whether a mean and both ends of its range are nothing once they are rounded.
pub fn is_nothing(of: &Estimate, phrase: &Phrase) -> bool {
    let numbers = of.numbers(phrase.times, shown);
    numbers.iter().all(|number| number.as_ref().is_some_and(|number| is_nought(&number.text)))
}

/// The range of a difference: `2.2 to 3.2 more`, or `0.3 fewer to 0.5 more`. The direction is
/// left out where it is `said` already; `noun` is what is counted, where it is to be said.
fn ends(low: Number, high: Number, phrase: &Phrase, said: i8, noun: &str) -> Words {
    let (below, above) = (sign(&low), sign(&high));
    if below < 0 && above > 0 {
        let low = bare(low, phrase).say(noun).say(way(phrase, -1));
        return low.say(" to ").and(bare(high, phrase)).say(way(phrase, 1));
    }
    let sign = if above > 0 || below > 0 { 1 } else { below.min(above) };
    // Of what is less than the comparator the smaller difference comes first too.
    let (near, far) = if sign < 0 { (high, low) } else { (low, high) };
    let words = bare(near, phrase).say(" to ").and(bare(far, phrase)).say(noun);
    if sign == said { words } else { words.say(way(phrase, sign)) }
}

/// The range of a difference in words: `range 2.2 to 3.2 more in every 100 people`. The
/// direction is left out where it is that of the mean and `said` already; `unit` is whether
/// what it is counted in is to be said.
pub fn range(of: &Estimate, phrase: &Phrase, said: bool, unit: bool) -> Words {
    let [mean, low, high] = of.numbers(phrase.times, shown);
    let said = mean.filter(|_| said).map_or(0, |mean| sign(&mean));
    let (noun, after) = if unit { (phrase.noun.as_str(), phrase.after.as_str()) } else { ("", "") };
    match (low, high) {
        _ if of.all_luck() => Words::text(ALL_LUCK),
        (Some(low), Some(high)) if is_nought(&low.text) && is_nought(&high.text) => {
            let ends = bare(low, phrase).say(" to ").and(bare(high, phrase));
            Words::text("range ").and(ends).say(", rounded")
        }
        (Some(low), Some(high)) => {
            Words::text("range ").and(ends(low, high, phrase, said, noun)).say(after)
        }
        _ => Words::text(UNKNOWN),
    }
}

/// A mean in words: `2.7 more`, with what is counted where `unit` says so.
pub fn mean(of: &Estimate, phrase: &Phrase, unit: bool) -> Option<Words> {
    let [mean, ..] = of.numbers(phrase.times, shown);
    let mean = mean?;
    // What is nothing once it is rounded is told as no more than that.
    let way = way(phrase, if sign(&mean) < 0 { -1 } else { 1 });
    let noun = if unit { phrase.noun.as_str() } else { "" };
    Some(bare(mean, phrase).say(noun).say(way))
}
