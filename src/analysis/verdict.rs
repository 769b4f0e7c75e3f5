//! When a difference is called one.

use super::nested::Estimate;
use crate::metrics::{Better, Declaration};

/// Fewest replicates for a verdict; with many draws, fewest draws.
pub const FEWEST: u32 = 20;
/// Chance of calling any headline different when none is.
pub const ALPHA: f64 = 0.05;

/// What a paired difference amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Better than the comparator, by enough to matter.
    Better,
    /// Worse than the comparator, by enough to matter.
    Worse,
    /// Too small to matter, whichever way it goes.
    Same,
    /// Neither of these can be said.
    Unclear,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 4] =
        [Verdict::Better, Verdict::Worse, Verdict::Same, Verdict::Unclear];

    /// The word in tables.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Same => "same",
            Verdict::Unclear => "no clear difference",
        }
    }

    /// What it says, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Verdict::Better => {
                "The interval leaves out 0, the mean is at least what matters and goes the good way; over luck, headlines also survive Holm's correction at 5% over headlines × regimes; over parameters, the mean's own 95% interval over draws leaves out 0 too."
            }
            Verdict::Worse => {
                "The interval leaves out 0, the mean is at least what matters and goes the bad way; over luck, headlines also survive Holm's correction at 5% over headlines × regimes; over parameters, the mean's own 95% interval over draws leaves out 0 too."
            }
            Verdict::Same => {
                "The whole interval is smaller than what matters; over parameters, that of the mean over draws too."
            }
            Verdict::Unclear => {
                "Neither better, worse nor the same can be said from these replicates, or draws."
            }
        }
    }
}

/// The verdict on a paired difference: none for what only describes, nor under
/// [`FEWEST`] replicates or draws. `survives` says whether it stands after correcting for
/// the number of headlines; for what is no headline it is true.
pub fn verdict(
    metric: &Declaration,
    difference: &Estimate,
    interval: Option<(f64, f64)>,
    survives: bool,
) -> Option<Verdict> {
    let matters = metric.matters()?;
    let (mean, (low, high)) = (difference.mean()?, interval?);
    if difference.n() < FEWEST {
        return None;
    }
    let excludes_nought = low > 0.0 || high < 0.0;
    Some(if excludes_nought && mean.abs() >= matters && survives {
        if (mean > 0.0) == (metric.better == Better::Up) { Verdict::Better } else { Verdict::Worse }
    } else if low >= -matters && high <= matters {
        Verdict::Same
    } else {
        Verdict::Unclear
    })
}

/// Which of several tests stand at `alpha` over all of them (Holm, 1979); a test
/// that could not be made is given as none, counts, and does not stand.
pub fn holm(p_values: &[Option<f64>], alpha: f64) -> Vec<bool> {
    let p = |i: usize| p_values[i].unwrap_or(1.0);
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p(*a).total_cmp(&p(*b)));
    let mut stands = vec![false; p_values.len()];
    for (rank, i) in order.into_iter().enumerate() {
        if p(i) > alpha / (p_values.len() - rank) as f64 {
            break;
        }
        stands[i] = true;
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::moments::{Moments, Quantiles};
    use crate::metrics::Metric;

    /// n values of the given mean, half above and half below by `spread`.
    fn values(n: u32, mean: f64, spread: f64) -> Moments {
        let mut moments = Moments::default();
        for i in 0..n {
            moments.add(Some(if i % 2 == 0 { mean + spread } else { mean - spread }));
        }
        moments
    }

    #[test]
    fn the_rule_case_by_case() {
        let up = Metric::Picked.declaration(); // up, 0.02 matters
        let down = Metric::Unmet.declaration(); // down, 0.01 matters
        let described = Metric::ShareIsf.declaration();
        use Verdict::*;
        let cases = [
            ("large and clear", up, 30, 0.05, 0.01, true, Some(Better)),
            ("large, clear, the other way", up, 30, -0.05, 0.01, true, Some(Worse)),
            ("less is better", down, 30, -0.05, 0.01, true, Some(Better)),
            ("more is worse", down, 30, 0.05, 0.01, true, Some(Worse)),
            ("clear but did not stand", up, 30, 0.05, 0.01, false, Some(Unclear)),
            ("clear but too small", up, 30, 0.01, 0.001, true, Some(Same)),
            ("nought", up, 30, 0.0, 0.0, true, Some(Same)),
            ("small, but might matter", up, 30, 0.019, 0.01, true, Some(Unclear)),
            ("wide", up, 30, 0.05, 0.5, true, Some(Unclear)),
            ("exactly what matters", up, 30, 0.02, 0.0, true, Some(Better)),
            ("too few replicates", up, 19, 0.05, 0.01, true, None),
            ("nought, too few replicates", up, 19, 0.0, 0.0, true, None),
            ("just enough replicates", up, 20, 0.05, 0.01, true, Some(Better)),
            ("descriptive", described, 30, 0.05, 0.01, true, None),
        ];
        for (case, metric, n, mean, spread, survives, expected) in cases {
            let difference = values(n, mean, spread);
            let interval = Quantiles::default().interval(&difference);
            let difference = Estimate::of(&difference);
            assert_eq!(verdict(metric, &difference, interval, survives), expected, "{case}");
        }
    }

    /// p = 0.01, 0.04, 0.03, 0.005 at 5%: 0.005 ≤ 0.05/4 and 0.01 ≤ 0.05/3 stand,
    /// 0.03 > 0.05/2 stops, and 0.04 falls with it though it is below 0.05.
    #[test]
    fn holm_agrees_with_a_worked_example() {
        let p = [0.01, 0.04, 0.03, 0.005].map(Some);
        assert_eq!(holm(&p, 0.05), [true, false, false, true]);
        // A test that could not be made still counts: 0.02 > 0.05/3.
        assert_eq!(holm(&[Some(0.02), None, None], 0.05), [false; 3]);
        assert_eq!(holm(&[], 0.05), Vec::<bool>::new());
    }
}
