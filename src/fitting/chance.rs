//! Whether a set is elsewhere, or narrower, than so many draws would be by chance.
//!
//! A few dozen points drawn at random never lie evenly, and among hundreds of parameters some
//! will look moved. So what the set does on each side of the unit cube is held against made
//! sets of as many uniform numbers, and the chances of sides are judged together
//! (Benjamini and Hochberg, 1995): of the sides called moved or narrowed, no more than
//! [`FALSE`] are expected to be so by chance.

use crate::draws::{Draws, Stream};

/// Made sets that the set is held against.
const MADE: u32 = 20_000;
/// Most of the findings that may be expected to be chance's.
pub const FALSE: f64 = 0.1;

/// What the set did on a side, beyond what chance does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its mean is elsewhere.
    Moved,
    /// Its spread is less.
    Narrowed,
    /// Nothing that chance would not do.
    NotInformed,
}

impl Verdict {
    /// In tables.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Moved => "moved",
            Verdict::Narrowed => "narrowed",
            Verdict::NotInformed => "not clearly moved",
        }
    }
}

/// What chance makes of sets of uniform numbers: how far their means are from the middle, and
/// their variances, each in rising order.
struct Made {
    far: Vec<f64>,
    variance: Vec<f64>,
}

/// How far the mean is from the middle, and the variance about the mean.
fn shape(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|u| (u - mean) * (u - mean)).sum::<f64>() / n;
    ((mean - 0.5).abs(), variance)
}

impl Made {
    fn of(size: usize, seed: u64) -> Self {
        let luck = Draws { seed, draw: 0, replicate: 0 }.fixed(Stream::Resampling);
        let mut made = Made { far: Vec::new(), variance: Vec::new() };
        let mut values = vec![0.0; size];
        for number in 0..MADE {
            let mut chance = luck.about(u64::from(number));
            values.iter_mut().for_each(|u| *u = chance.uniform());
            let (far, variance) = shape(&values);
            made.far.push(far);
            made.variance.push(variance);
        }
        made.far.sort_by(f64::total_cmp);
        made.variance.sort_by(f64::total_cmp);
        made
    }

    /// How often chance goes as far, and how often it is as narrow; never nought, since the
    /// set itself may be chance's.
    fn chances(&self, values: &[f64]) -> (f64, f64) {
        let (far, variance) = shape(values);
        let further = self.far.len() - self.far.partition_point(|made| *made < far);
        let narrower = self.variance.partition_point(|made| *made <= variance);
        let share = |times: usize| (times + 1) as f64 / (self.far.len() + 1) as f64;
        (share(further), share(narrower))
    }
}

/// What became of each side, with the chance that draws alone would have done as much: the
/// set's places on each side, from 0 to 1.
pub fn verdicts(sides: &[Vec<f64>], seed: u64) -> Vec<(Verdict, f64)> {
    let size = sides.first().map_or(0, Vec::len);
    if size < 2 {
        return vec![(Verdict::NotInformed, 1.0); sides.len()];
    }
    let made = Made::of(size, seed);
    // Two ways to be found to have done something: the lesser chance counts twice.
    let chances: Vec<(f64, f64)> = sides.iter().map(|values| made.chances(values)).collect();
    let both: Vec<f64> =
        chances.iter().map(|(far, narrow)| (2.0 * far.min(*narrow)).min(1.0)).collect();
    let limit = limit(&both);
    let verdict = |((far, narrow), both): (&(f64, f64), &f64)| match *both <= limit {
        true if far <= narrow => Verdict::Moved,
        true => Verdict::Narrowed,
        false => Verdict::NotInformed,
    };
    chances.iter().zip(&both).map(|each| (verdict(each), *each.1)).collect()
}

/// The largest chance that is still a finding.
fn limit(chances: &[f64]) -> f64 {
    let mut sorted = chances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let of = sorted.len() as f64;
    let mut each = sorted.iter().enumerate().rev();
    let last = each.find(|(index, chance)| **chance <= FALSE * (*index + 1) as f64 / of);
    last.map_or(-1.0, |(_, chance)| *chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many numbers from `low` to `high`, drawn.
    fn drawn(side: u64, size: usize, low: f64, high: f64) -> Vec<f64> {
        let luck = Draws { seed: 7, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
        let mut chance = luck.about(side);
        (0..size).map(|_| low + (high - low) * chance.uniform()).collect()
    }

    #[test]
    fn what_chance_does_is_no_finding_and_what_it_does_not_is() {
        let mut sides: Vec<Vec<f64>> = (0..300).map(|side| drawn(side, 27, 0.0, 1.0)).collect();
        let found = |sides: &[Vec<f64>]| {
            let found = verdicts(sides, 1);
            found.into_iter().map(|(verdict, _)| verdict).collect::<Vec<_>>()
        };
        let by_chance = found(&sides).iter().filter(|v| **v != Verdict::NotInformed).count();
        assert!(by_chance <= 1, "{by_chance} of 300");
        sides[0] = drawn(400, 27, 0.6, 1.0);
        sides[1] = drawn(401, 27, 0.35, 0.65);
        assert_eq!(found(&sides)[..2], [Verdict::Moved, Verdict::Narrowed]);
    }

    /// Benjamini and Hochberg's own rule, by hand: of five, the third is the last that is
    /// below its share of a tenth.
    #[test]
    fn findings_are_judged_together() {
        assert_eq!(limit(&[0.5, 0.03, 0.059, 0.001, 0.9]), 0.059);
        assert_eq!(limit(&[0.5, 0.03, 0.061, 0.001, 0.9]), 0.03);
        assert_eq!(limit(&[0.5, 0.9]), -1.0);
    }

    /// Means of few uniform numbers are spread as theory has it: of two, the mean is a quarter
    /// or more off the middle a quarter of the time.
    #[test]
    fn chances_are_those_of_theory() {
        let (far, _) = Made::of(2, 3).chances(&[0.2, 0.3]);
        assert!((far - 0.25).abs() < 0.01, "{far}");
        assert_eq!(verdicts(&[vec![0.5]], 1), vec![(Verdict::NotInformed, 1.0)]);
    }
}
