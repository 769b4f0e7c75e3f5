//! Whether a box would be found again, and how it fares on draws it was not found in.
//!
//! Among many inputs and few draws some box is dense by chance, and its density and quasi-p
//! do not show it. So boxes are looked for in half of the draws, again and again (Bryant and
//! Lempert's resampling), and are held against the other half.

use super::Sample;
use super::prim::{Settings, search};
use crate::analysis::moments::Moments;
use crate::resampling::Resampling;

/// What became of boxes found in half of the draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Steadiness {
    /// Share of the halves whose box restricts an input, by input.
    pub restricted: Vec<f64>,
    /// Mean density in the half that a box was found in; none if no box held a draw.
    pub density: Option<f64>,
    /// Mean density in the other half; none if no box held a draw there.
    pub kept_back: Option<f64>,
    /// Mean coverage in the other half.
    pub coverage: Option<f64>,
}

/// Looks for a box of at most `most` inputs in so many halves of the draws.
pub fn steadiness(
    draws: &Sample,
    settings: &Settings,
    most: usize,
    seed: u64,
    halves: u32,
) -> Steadiness {
    let resampling = Resampling::of(seed);
    let mut restricted = vec![0.0; draws.columns.len()];
    let mut of = [Moments::default(); 3];
    for half in 0..halves {
        let order = resampling.order(half, draws.holds.len());
        let (found_in, kept_back) = order.split_at(order.len() / 2);
        let known = draws.at(found_in);
        let found = search(&known, settings).chosen(most, &known);
        found.restricted().into_iter().for_each(|input| restricted[input] += 1.0);
        let (n, k) = found.counts(draws, kept_back);
        let interesting = kept_back.iter().filter(|draw| draws.holds[**draw]).count();
        let share = |part: usize, of: usize| (of > 0).then(|| part as f64 / of as f64);
        for (of, value) in
            of.iter_mut().zip([share(found.k, found.n), share(k, n), share(k, interesting)])
        {
            of.add(value);
        }
    }
    let each = restricted.iter().map(|times| times / f64::from(halves.max(1)));
    let [density, kept_back, coverage] = of.map(|moments| moments.mean());
    Steadiness { restricted: each.collect(), density, kept_back, coverage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use crate::discovery::Column;

    fn draws(inputs: u32, n: u32, holds: impl Fn(&[f64]) -> bool) -> Sample {
        let all: Vec<Vec<f64>> =
            (0..inputs).map(|d| Design::LatinHypercube.dimension(3, d, n)).collect();
        let row = |i: usize| all.iter().map(|of| of[i]).collect::<Vec<f64>>();
        let holds = (0..n as usize).map(|i| holds(&row(i))).collect();
        Sample::new(all.into_iter().map(Column::Number).collect(), holds).expect("draws")
    }

    #[test]
    fn what_is_there_is_found_again_and_what_is_chance_is_not() {
        let there = draws(40, 256, |u| u[0] > 0.5 && u[1] > 0.4);
        let found = steadiness(&there, &Settings::default(), 3, 1, 10);
        assert!(found.restricted[0] > 0.95 && found.restricted[1] > 0.95);
        assert!(found.kept_back > Some(0.85), "{found:?}");
        assert!(found.coverage > Some(0.7), "{found:?}");
        // Of luck alone nothing is restricted half the time, and the box is not denser in
        // draws that it has not seen than any draws are.
        let luck = draws(41, 256, |u| u[40] > 0.7);
        let luck = Sample { columns: luck.columns[..40].to_vec(), ..luck };
        let found = steadiness(&luck, &Settings::default(), 3, 1, 10);
        assert!((found.kept_back.expect("one") - 0.3).abs() < 0.05, "{found:?}");
        assert!(found.density > found.kept_back, "{found:?}");
        assert!(found.restricted.iter().all(|share| *share < 0.5), "{found:?}");
    }
}
