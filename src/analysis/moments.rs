//! Mean, spread and 95% intervals of values that come one at a time.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// How many values, their mean, and their squared deviations from it; updated in
/// the order in which values come (Welford), so that the same order gives the
/// same bits and nothing has to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u32,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes in a value; one that is missing is left out, and `n` does not grow.
    pub fn add(&mut self, value: Option<f64>) {
        let Some(value) = value else { return };
        self.n += 1;
        let from_old = value - self.mean;
        self.mean += from_old / f64::from(self.n);
        self.squares += from_old * (value - self.mean);
    }

    /// Squared deviations from the mean, added up.
    pub fn squares(&self) -> f64 {
        self.squares.max(0.0)
    }

    /// Number of values that were there.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// Their mean, if there are any.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// Their standard deviation (over n − 1), from two values up.
    pub fn sd(&self) -> Option<f64> {
        (self.n > 1).then(|| (self.squares.max(0.0) / f64::from(self.n - 1)).sqrt())
    }

    /// Standard error of the mean, from two values up.
    pub fn standard_error(&self) -> Option<f64> {
        self.sd().map(|sd| sd / f64::from(self.n).sqrt())
    }
}

/// Half-widths of 95% intervals in standard errors, each number of values worked
/// out once.
#[derive(Debug, Default)]
pub struct Quantiles(std::collections::BTreeMap<(u32, u64), f64>);

impl Quantiles {
    /// The 95% t interval of a mean, from two values up.
    pub fn interval(&mut self, of: &Moments) -> Option<(f64, f64)> {
        let (mean, error) = (of.mean()?, of.standard_error()?);
        let half = self.half(of.n, TAIL)? * error;
        Some((mean - half, mean + half))
    }

    /// The quantile of Student's t on n − 1 degrees of freedom that leaves so much in
    /// its upper tail.
    pub fn half(&mut self, n: u32, tail: f64) -> Option<f64> {
        let key = (n, tail.to_bits());
        if let Some(t) = self.0.get(&key) {
            return Some(*t);
        }
        let t = StudentsT::new(0.0, 1.0, f64::from(n.checked_sub(1)?)).ok()?;
        let t = t.inverse_cdf(1.0 - tail);
        // The last bits come from the platform's mathematics library; without
        // them tables are the same everywhere.
        let t = (t * 1e8).round() / 1e8;
        self.0.insert(key, t);
        Some(t)
    }
}

/// What a 95% interval leaves out at each end.
pub const TAIL: f64 = 0.025;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nested::Estimate;

    fn of(values: &[f64]) -> Moments {
        let mut moments = Moments::default();
        values.iter().for_each(|x| moments.add(Some(*x)));
        moments
    }

    /// Student's own data: extra hours of sleep, drug 2 less drug 1, ten patients
    /// (The probable error of a mean, 1908). R's `t.test(paired = TRUE)` gives
    /// t = 4.0621, p = 0.002833, interval 0.7001142 to 2.4598858.
    #[test]
    fn interval_and_test_agree_with_students_sleep_data() {
        let sleep = of(&[1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]);
        let (low, high) = Quantiles::default().interval(&sleep).expect("ten values");
        assert!((low - 0.700_114_2).abs() < 1e-7, "{low}");
        assert!((high - 2.459_885_8).abs() < 1e-7, "{high}");
        let p_value = |of: &Moments| Estimate::of(of).p_value();
        assert!((p_value(&sleep).expect("ten values") - 0.002_833).abs() < 1e-6);
        assert!((sleep.mean().expect("ten") - 1.58).abs() < 1e-12);
    }

    #[test]
    fn t_quantiles_agree_with_published_tables() {
        let mut quantiles = Quantiles::default();
        for (n, t) in [(2, 12.706), (10, 2.262), (20, 2.093), (31, 2.042), (200, 1.972)] {
            let got = quantiles.half(n, TAIL).expect("n > 1");
            assert!((got - t).abs() < 5e-4, "{n}: {got}");
        }
    }

    #[test]
    fn missing_values_are_left_out() {
        let mut moments = of(&[1.0, 3.0]);
        moments.add(None);
        assert_eq!((moments.n(), moments.mean()), (2, Some(2.0)));
        assert_eq!(Moments::default().mean(), None);
        assert_eq!(of(&[1.0]).sd(), None);
        assert_eq!(Quantiles::default().interval(&of(&[1.0])), None);
    }

    #[test]
    fn what_never_differs_has_no_width() {
        let zero = of(&[0.0; 30]);
        assert_eq!(Quantiles::default().interval(&zero), Some((0.0, 0.0)));
        assert_eq!(Estimate::of(&zero).p_value(), Some(1.0));
        assert_eq!(Estimate::of(&of(&[0.5; 30])).p_value(), Some(0.0));
    }
}
