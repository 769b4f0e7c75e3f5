//! Two values that come together, their means, and the ratio of the means.

use crate::analysis::moments::{Moments, Quantiles, TAIL};

/// Moments of two values that come in pairs, and how they vary together; updated in
/// the order in which pairs come (Welford), so that nothing has to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pair {
    /// The first of each pair.
    pub first: Moments,
    /// The second of each pair.
    pub second: Moments,
    products: f64,
}

/// A mean, or a ratio of means, with its 95% interval.
pub type Estimate = Option<(f64, Option<(f64, f64)>)>;

impl Pair {
    /// Takes in a pair.
    pub fn add(&mut self, first: f64, second: f64) {
        let from_old = first - self.first.mean().unwrap_or(0.0);
        self.first.add(Some(first));
        self.second.add(Some(second));
        self.products += from_old * (second - self.second.mean().unwrap_or(0.0));
    }

    /// Covariance of the two means, from two pairs up.
    fn covariance(&self) -> Option<f64> {
        let n = f64::from(self.first.n());
        (n > 1.0).then(|| self.products / (n - 1.0) / n)
    }

    /// The mean of the first over the mean of the second, with Fieller's 95%
    /// interval (1954): all ratios r at which the mean of first − r·second does not
    /// differ from 0 by a t-test. None unless the interval of the second mean leaves
    /// out 0, for just then Fieller's set has two ends.
    pub fn ratio(&self, quantiles: &mut Quantiles) -> Option<(f64, (f64, f64))> {
        let (first, second) = (self.first.mean()?, self.second.mean()?);
        let t = quantiles.half(self.first.n(), TAIL)?;
        let square = |error: f64| t * t * error * error;
        let firsts = first * first - square(self.first.standard_error()?);
        let seconds = second * second - square(self.second.standard_error()?);
        let both = first * second - t * t * self.covariance()?;
        if seconds <= 0.0 {
            return None;
        }
        // Not negative but for rounding, since the ratio itself is in the set.
        let root = (both * both - firsts * seconds).max(0.0).sqrt();
        Some((first / second, ((both - root) / seconds, (both + root) / seconds)))
    }

    /// The pairs the other way round.
    pub fn swapped(&self) -> Self {
        Self { first: self.second, second: self.first, products: self.products }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COSTS: [f64; 6] = [120.0, 80.0, 150.0, 60.0, 130.0, 90.0];
    const EFFECTS: [f64; 6] = [0.9, 0.7, 1.4, 1.0, 1.1, 0.6];

    fn pair(costs: &[f64], effects: &[f64]) -> Pair {
        let mut pair = Pair::default();
        costs.iter().zip(effects).for_each(|(c, e)| pair.add(*c, *e));
        pair
    }

    /// Fieller's set and net benefit say the same (Heitjan 2000, Health Economics 9):
    /// at either end of the interval, net benefit's own interval ends at 0.
    #[test]
    fn at_the_ends_of_the_interval_net_benefit_is_on_the_brink() {
        let mut quantiles = Quantiles::default();
        let (mean, ends) = pair(&COSTS, &EFFECTS).ratio(&mut quantiles).expect("clear of 0");
        assert!((mean - 105.0 / 0.95).abs() < 1e-9, "{mean}");
        let net = |threshold: f64| {
            let mut net = Moments::default();
            COSTS.iter().zip(EFFECTS).for_each(|(c, e)| net.add(Some(threshold * e - c)));
            net
        };
        let (low, _) = quantiles.interval(&net(ends.1)).expect("six values");
        let (_, high) = quantiles.interval(&net(ends.0)).expect("six values");
        assert!(low.abs() < 1e-9 && high.abs() < 1e-9, "{low} {high}");
        assert!(ends.0 < mean && mean < ends.1);
    }

    #[test]
    fn there_is_no_ratio_where_the_divisor_may_be_nought() {
        let mut quantiles = Quantiles::default();
        let unclear = pair(&COSTS, &[0.5, -0.4, 0.6, -0.3, 0.2, -0.1]);
        assert!(quantiles.interval(&unclear.second).is_some_and(|(l, h)| l < 0.0 && h > 0.0));
        assert_eq!(unclear.ratio(&mut quantiles), None);
        assert_eq!(pair(&[0.0; 4], &[0.0; 4]).ratio(&mut quantiles), None);
        assert_eq!(pair(&[1.0], &[1.0]).ratio(&mut quantiles), None);
        assert!(unclear.swapped().ratio(&mut quantiles).is_some());
    }
}
