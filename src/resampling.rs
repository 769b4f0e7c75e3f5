//! Bootstrap and permutation, keyed by the seed, and the intervals made of them.

use crate::analysis::moments::TAIL;
use crate::analysis::nested::percentile;
use crate::draws::{Draws, Luck, Sequence, Stream};

/// A figure and its 95% interval, in the figure's unit. The interval of a bootstrap need
/// not hold the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged {
    /// The figure.
    pub at: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Resamples of one seed, numbered, so that more of them change none.
#[derive(Clone, Copy, Debug)]
pub struct Resampling(Luck);

impl Resampling {
    /// Resamples of a seed.
    pub fn of(seed: u64) -> Self {
        Self(Draws { seed, draw: 0, replicate: 0 }.fixed(Stream::Resampling))
    }

    fn chance(self, what: u64, number: u32) -> Sequence {
        self.0.about(what << u32::BITS | u64::from(number))
    }

    /// Which of `n` values resample `number` of the bootstrap takes: `n` of them, with
    /// replacement.
    pub fn taken(self, number: u32, n: usize) -> Vec<usize> {
        let mut chance = self.chance(0, number);
        (0..n).map(|_| chance.below(n)).collect()
    }

    /// Permutation `number` of `n` values.
    pub fn order(self, number: u32, n: usize) -> Vec<usize> {
        let mut chance = self.chance(1, number);
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            order.swap(last, chance.below(last + 1));
        }
        order
    }
}

/// The figure with the 2.5 and 97.5 percentiles of what resamples made of it; none without
/// resamples.
pub fn ranged(at: f64, mut resampled: Vec<f64>) -> Option<Ranged> {
    if resampled.is_empty() {
        return None;
    }
    resampled.sort_by(f64::total_cmp);
    let low = percentile(&resampled, TAIL);
    let high = percentile(&resampled, 1.0 - TAIL);
    Some(Ranged { at, low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bootstrap_of_a_mean_has_the_spread_that_theory_gives_it() {
        let values: Vec<f64> = (0..50).map(f64::from).collect();
        let mean = |of: &[usize]| of.iter().map(|i| values[*i]).sum::<f64>() / 50.0;
        let resampling = Resampling::of(4);
        let means: Vec<f64> = (0..4000).map(|number| mean(&resampling.taken(number, 50))).collect();
        let found = ranged(24.5, means).expect("resamples");
        // Variance of 0..50 is (50² − 1) ÷ 12; the interval is 1.96 errors to each side.
        let half = 1.96 * (2499.0 / 12.0 / 50.0_f64).sqrt();
        assert!((found.low - (24.5 - half)).abs() < 0.3, "{found:?} {half}");
        assert!((found.high - (24.5 + half)).abs() < 0.3, "{found:?} {half}");
    }

    #[test]
    fn every_order_of_three_is_as_likely() {
        let mut seen = std::collections::BTreeMap::new();
        for number in 0..6000 {
            *seen.entry(Resampling::of(1).order(number, 3)).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        // Standard deviation of each count is 29.
        assert!(seen.values().all(|n| (1000i32 - n).abs() < 120), "{seen:?}");
    }

    #[test]
    fn a_resample_is_of_its_seed_and_number() {
        let of = |seed, number| Resampling::of(seed).taken(number, 20);
        assert_eq!(of(1, 2), of(1, 2));
        assert_ne!(of(1, 2), of(2, 2));
        assert_ne!(of(1, 2), of(1, 3));
    }
}
