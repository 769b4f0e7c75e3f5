//! Superlatives, which are said only of what can be told from the next.

use super::Estimate;

/// Which of several differences is the largest, whichever way it goes: their places, the
/// largest first. Others are among them that cannot be told from it, so that where there is
/// more than one, no one of them may be called the largest.
///
/// What two regimes differ by from one another is in no table. Where the intervals of both
/// do not meet, that of the difference between them leaves out nought, however they go
/// together.
pub fn largest(of: &[Estimate]) -> Vec<usize> {
    let ends = |of: &Estimate| {
        let mean = of.mean?.abs();
        let (low, high) = of.interval.filter(|_| of.side().is_some())?;
        Some((low.abs().min(high.abs()), mean, low.abs().max(high.abs())))
    };
    let mut sizes: Vec<_> =
        of.iter().enumerate().filter_map(|(at, of)| Some((at, ends(of)?))).collect();
    sizes.sort_by(|(_, a), (_, b)| b.1.total_cmp(&a.1));
    let Some((_, (least, ..))) = sizes.first().copied() else { return Vec::new() };
    sizes.into_iter().filter(|(_, (.., most))| *most >= least).map(|(at, _)| at).collect()
}

/// Which of several shares of `n` is the largest, no two of which are of the same case:
/// their places, the largest first, with those that cannot be told from it.
pub fn commonest(shares: &[f64], n: u32) -> Vec<usize> {
    /// Of the normal curve, for 95%.
    const TWO_SIDED: f64 = 1.959_963_984_540_054;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
    let Some(first) = order.first().map(|at| shares[*at]) else { return Vec::new() };
    let is_told = |share: f64| {
        let apart = first - share;
        let error = ((first + share - apart * apart) / f64::from(n.max(1))).max(0.0).sqrt();
        apart > TWO_SIDED * error
    };
    let (top, rest) = order.split_at(1);
    top.iter().chain(rest.iter().filter(|at| !is_told(shares[**at]))).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::super::At;
    use super::*;
    use proptest::prelude::*;

    fn of(mean: f64, half: f64) -> Estimate {
        Estimate {
            mean: Some(mean),
            interval: Some((mean - half, mean + half)),
            drawn: false,
            luck: None,
            verdict: None,
            matters: None,
            columns: super::super::COLUMNS,
            at: At { file: String::new(), row: Vec::new(), column: String::new() },
        }
    }

    #[test]
    fn the_most_is_named_alone_only_where_it_can_be_told_from_the_next() {
        assert_eq!(largest(&[of(-29.16, 1.6), of(-29.06, 1.5), of(-3.0, 0.2)]), [0, 1]);
        assert_eq!(largest(&[of(3.0, 0.2), of(-29.0, 1.0)]), [1]);
        assert!(largest(&[of(0.5, 1.0)]).is_empty(), "nothing is clear");
        assert_eq!(commonest(&[0.62, 0.34, 0.03, 0.01], 100), [0]);
        assert_eq!(commonest(&[0.26, 0.3, 0.15, 0.04], 27), [1, 0, 2]);
        assert_eq!(commonest(&[1.0, 0.0], 20), [0]);
    }

    proptest! {
        /// Of two regimes measured in the same replicates: where one is named alone, the
        /// paired difference leaves out nought.
        #[test]
        fn what_is_named_alone_stands_in_pairs(
            a in proptest::collection::vec(-2.0..2.0_f64, 20),
            b in proptest::collection::vec(-2.0..2.0_f64, 20),
            up in 0.0..4.0_f64,
        ) {
            let over = |of: &[f64]| {
                let n = of.len() as f64;
                let mean = of.iter().sum::<f64>() / n;
                let spread = of.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
                (mean, 2.0 * (spread / n).sqrt())
            };
            let a: Vec<f64> = a.iter().map(|x| x + 3.0 + up).collect();
            let b: Vec<f64> = b.iter().map(|x| x + 3.0).collect();
            let apart: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
            let ((one, half), (other, wide)) = (over(&a), over(&b));
            if largest(&[of(one, half), of(other, wide)]).len() == 1 {
                let (mean, half) = over(&apart);
                prop_assert!(mean.abs() > half);
            }
        }
    }
}
