//! What more evidence would be worth: how much better one would choose, knowing.
//!
//! The worth of knowing some parameters is the mean of the best regime's expected utility
//! once they are known, less that of the one regime chosen without. What a regime's utility
//! is expected to be once they are known is found by regression over the draws (Strong,
//! Oakley and Brennan, *Estimating multiparameter partial expected value of perfect
//! information from a probabilistic sensitivity analysis sample*, 2014), here on a sparse
//! polynomial, [`Emulator`], whose terms are chosen by a strict criterion. Two biases:
//! terms fitted to luck raise the worth, since the best of several noisy figures is too
//! high, and few get in; what the polynomial does not follow lowers it, among it products of
//! inputs that do nothing alone. A group that explains nothing is worth nought exactly.

use super::Column;
use crate::fitting::emulator::{Emulator, Term};
use crate::resampling::{Ranged, Resampling, ranged};
use nalgebra::{DMatrix, DVector};

/// Utility, say pounds of net benefit a person and year, `[regime][draw]`.
pub type Utilities = [Vec<f64>];

/// What it would be worth to know everything before choosing (expected value of perfect
/// information), in the utility's unit, with an interval over draws (bootstrap).
///
/// Everything is what differs between draws. If utilities are means over few replicates,
/// luck is part of it, though no study could foretell it, and makes this too high:
/// [`worth_of`] all parameters is what can be known. None if there are no regimes, or if they
/// have not the same number of draws, or none.
pub fn worth_of_all(utilities: &Utilities, seed: u64, resamples: u32) -> Option<Ranged> {
    let n = draws(utilities)?;
    let over = |taken: &[usize]| {
        let most =
            |draw: usize| utilities.iter().map(|of| of[draw]).fold(f64::NEG_INFINITY, f64::max);
        let knowing = taken.iter().map(|draw| most(*draw)).sum::<f64>();
        let mean = |of: &Vec<f64>| taken.iter().map(|draw| of[*draw]).sum::<f64>();
        let without = utilities.iter().map(mean).fold(f64::NEG_INFINITY, f64::max);
        ((knowing - without) / taken.len() as f64).max(0.0)
    };
    let resampling = Resampling::of(seed);
    let resampled = (0..resamples).map(|number| over(&resampling.taken(number, n))).collect();
    let at = over(&(0..n).collect::<Vec<usize>>());
    Some(ranged(at, resampled).unwrap_or(Ranged { at, low: at, high: at }))
}

/// What knowing some parameters would be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// In the utility's unit, with an interval over draws (bootstrap; the polynomials keep
    /// their terms, so that what choosing them adds is not in it).
    pub worth: Ranged,
    /// Share of draws in which one would choose otherwise, knowing.
    pub otherwise: f64,
    /// Largest share of variance, over regimes' differences from the one chosen without,
    /// that the parameters explain in draws left out.
    pub explains: f64,
}

/// What it would be worth to know the parameters in `columns` before choosing (expected
/// value of partial perfect information). None as for [`worth_of_all`], or if a column has
/// another number of draws.
pub fn worth_of(
    columns: &[Column],
    utilities: &Utilities,
    seed: u64,
    resamples: u32,
) -> Option<Worth> {
    let n = draws(utilities)?;
    if columns.iter().any(|column| column.len() != n) {
        return None;
    }
    let mean = |of: &Vec<f64>| of.iter().sum::<f64>();
    let chosen = (0..utilities.len())
        .max_by(|a, b| mean(&utilities[*a]).total_cmp(&mean(&utilities[*b])).then(b.cmp(a)))?;
    let features: Vec<Vec<f64>> = columns.iter().flat_map(scaled).collect();
    let rows: Vec<Vec<f64>> =
        (0..n).map(|draw| features.iter().map(|of| of[draw]).collect()).collect();
    let mut rivals = Vec::new();
    let mut explains: f64 = 0.0;
    for rival in (0..utilities.len()).filter(|rival| *rival != chosen) {
        let ahead = utilities[rival].iter().zip(&utilities[chosen]).map(|(own, of)| own - of);
        let ahead: Vec<f64> = ahead.collect();
        let emulator = Emulator::fit(&rows, &ahead);
        if emulator.sd > 0.0 {
            explains = explains.max(emulator.explains());
        }
        rivals.push(Rival::new(&emulator, &rows, ahead));
    }
    let every: Vec<usize> = (0..n).collect();
    let (at, otherwise) = expected(&rivals, &every)?;
    let resampling = Resampling::of(seed);
    let resampled = (0..resamples)
        .filter_map(|number| expected(&rivals, &resampling.taken(number, n)))
        .map(|(worth, _)| worth);
    let worth = ranged(at, resampled.collect()).unwrap_or(Ranged { at, low: at, high: at });
    Some(Worth { worth, otherwise, explains })
}

fn draws(utilities: &Utilities) -> Option<usize> {
    let n = utilities.first()?.len();
    (n > 0 && utilities.iter().all(|of| of.len() == n)).then_some(n)
}

/// A column from −1 to 1, as emulators take them; of categories one for each but the first.
fn scaled(column: &Column) -> Vec<Vec<f64>> {
    match column {
        Column::Number(values) => {
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if high <= low {
                return Vec::new();
            }
            vec![values.iter().map(|x| 2.0 * (x - low) / (high - low) - 1.0).collect()]
        }
        Column::Category(ways) => {
            let mut all = ways.clone();
            all.sort_unstable();
            all.dedup();
            let is = |way| ways.iter().map(|own| if own == way { 1.0 } else { -1.0 }).collect();
            all.iter().skip(1).map(is).collect()
        }
    }
}

/// How far ahead of the regime chosen another is, and the terms that tell it.
struct Rival {
    /// `[draw][term]`, the first constant.
    terms: Vec<Vec<f64>>,
    ahead: Vec<f64>,
}

impl Rival {
    fn new(emulator: &Emulator, rows: &[Vec<f64>], ahead: Vec<f64>) -> Self {
        let of = |term: &(Term, f64), row: &Vec<f64>| term.0.of(row);
        let row = |row: &Vec<f64>| {
            std::iter::once(1.0).chain(emulator.terms().iter().map(|term| of(term, row))).collect()
        };
        Self { terms: rows.iter().map(row).collect(), ahead }
    }

    /// How far ahead it is expected to be at each of some draws, by least squares over them;
    /// none if they are too few for the terms.
    fn expected(&self, taken: &[usize]) -> Option<Vec<f64>> {
        let width = self.terms.first()?.len();
        let x = DMatrix::from_fn(taken.len(), width, |row, term| self.terms[taken[row]][term]);
        let y = DVector::from_fn(taken.len(), |row, _| self.ahead[taken[row]]);
        let solved = x.tr_mul(&x).cholesky()?.solve(&x.tr_mul(&y));
        Some((x * solved).iter().copied().collect())
    }
}

/// Mean gain over the best single choice, and how often another choice is made.
fn expected(rivals: &[Rival], taken: &[usize]) -> Option<(f64, f64)> {
    let ahead: Vec<Vec<f64>> = rivals.iter().map(|of| of.expected(taken)).collect::<Option<_>>()?;
    let n = taken.len() as f64;
    // Where no rival is ahead, the regime chosen stays, which is ahead of itself by nought.
    let knowing = |draw: usize| ahead.iter().map(|of| of[draw]).fold(0.0, f64::max);
    let mean = (0..taken.len()).map(knowing).sum::<f64>() / n;
    let without = ahead.iter().map(|of| of.iter().sum::<f64>() / n).fold(0.0, f64::max);
    let otherwise = (0..taken.len()).filter(|draw| knowing(*draw) > 0.0).count();
    Some(((mean - without).max(0.0), otherwise as f64 / n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use statrs::distribution::{Continuous, ContinuousCDF, Normal};

    fn bells(dimension: u32, n: u32) -> Vec<f64> {
        let normal = Normal::standard();
        let u = Design::Sobol.dimension(6, dimension, n);
        u.into_iter().map(|u| normal.inverse_cdf(u.max(1e-9))).collect()
    }

    /// The mean of what of a bell-shaped figure is above nought, less what its mean is above.
    fn closed_form(mean: f64, sd: f64) -> f64 {
        let normal = Normal::standard();
        mean * normal.cdf(mean / sd) + sd * normal.pdf(mean / sd) - mean.max(0.0)
    }

    #[test]
    fn worths_are_those_of_the_closed_form() {
        let n = 2048;
        let [x, y, z, luck] = [0, 1, 2, 3].map(|d| bells(d, n));
        // The second is behind by 40 and gains 100 with x and 60 with y; luck is 80.
        let second = (0..n as usize).map(|i| -40.0 + 100.0 * x[i] + 60.0 * y[i] + 80.0 * luck[i]);
        let utilities = [vec![0.0; n as usize], second.collect()];
        let of = |columns: &[&Vec<f64>]| {
            let columns: Vec<Column> =
                columns.iter().map(|c| Column::Number((*c).clone())).collect();
            worth_of(&columns, &utilities, 1, 100).expect("a worth")
        };
        let close = |found: Ranged, truth: f64| {
            assert!((found.at / truth - 1.0).abs() < 0.06, "{found:?} {truth}");
            assert!(found.low < truth && truth < found.high, "{found:?} {truth}");
        };
        close(of(&[&x]).worth, closed_form(-40.0, 100.0));
        close(of(&[&y]).worth, closed_form(-40.0, 60.0));
        let both = 13_600.0_f64.sqrt();
        close(of(&[&x, &y, &z]).worth, closed_form(-40.0, both));
        assert_eq!(of(&[&z]).worth.at, 0.0, "what does nothing is worth nought");
        let all = worth_of_all(&utilities, 1, 100).expect("a worth");
        close(all, closed_form(-40.0, 20_000.0_f64.sqrt()));
        let normal = Normal::standard();
        let found = of(&[&x]);
        assert!((found.otherwise - normal.cdf(-0.4)).abs() < 0.03);
        assert!((found.explains - 0.5).abs() < 0.05, "{found:?}");
    }

    #[test]
    fn a_switch_and_a_curve_are_followed() {
        let n = 1024;
        let u = Design::Sobol.dimension(6, 0, n);
        let way: Vec<u32> =
            Design::Sobol.dimension(6, 1, n).iter().map(|u| (u * 4.0) as u32).collect();
        // Three regimes: nought; 1 in one way of four and −1 else; 3 u² − 1.5.
        let utilities = [
            vec![0.0; n as usize],
            way.iter().map(|way| if *way == 2 { 1.0 } else { -1.0 }).collect(),
            u.iter().map(|u| 3.0 * u * u - 1.5).collect(),
        ];
        let found = worth_of(&[Column::Category(way)], &utilities, 1, 50).expect("a worth");
        assert!((found.worth.at - 0.25).abs() < 1e-3, "{found:?}");
        // Above nought where u > √½: 1 − 1.5 − (√½³ − 1.5 √½).
        let root = 0.5_f64.sqrt();
        let truth = -0.5 - (root * root * root - 1.5 * root);
        let found = worth_of(&[Column::Number(u)], &utilities, 1, 50).expect("a worth");
        assert!((found.worth.at - truth).abs() < 0.005, "{found:?} {truth}");
    }

    #[test]
    fn among_many_parameters_that_do_nothing_next_to_no_worth_is_found() {
        let columns: Vec<Column> =
            (0..100).map(|d| Column::Number(Design::LatinHypercube.dimension(4, d, 256))).collect();
        let luck = Design::LatinHypercube.dimension(4, 500, 256);
        let utilities = [vec![0.0; 256], luck.iter().map(|u| u - 0.5).collect()];
        let found = worth_of(&columns, &utilities, 1, 20).expect("a worth");
        let all = worth_of_all(&utilities, 1, 20).expect("a worth");
        assert!(all.at > 0.12 && found.worth.at < 0.1 * all.at, "{found:?} {all:?}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(worth_of_all(&[], 1, 9), None);
        assert_eq!(worth_of_all(&[vec![1.0], vec![]], 1, 9), None);
        let short = [Column::Number(vec![1.0])];
        assert_eq!(worth_of(&short, &[vec![1.0, 2.0]], 1, 9), None);
        let one = worth_of(&short, &[vec![3.0]], 1, 9).expect("a worth");
        assert_eq!((one.worth.at, one.otherwise), (0.0, 0.0), "one regime leaves no choice");
    }
}
