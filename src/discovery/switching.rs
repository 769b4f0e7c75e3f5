//! The value of a parameter at which a claim is as likely to hold as not.
//!
//! How likely the claim is to hold, over all else that is not known, is taken to rise or
//! fall with the parameter and nothing more: a monotone regression (isotonic, its steps
//! joined at their middles; Oron and Flournoy's centred isotonic regression, 2017, made for
//! finding the dose at which half respond), but between the two steps on either side of one
//! half no further than the draws that part them, so that where the likelihood jumps the
//! value is at the jump. A logistic curve would add a shape that nobody knows, and where half
//! of the draws are at no effect would let the others bend it.

use crate::analysis::moments::TAIL;
use crate::resampling::Resampling;

/// A switching value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Switching {
    /// The value, in the parameter's unit.
    pub at: f64,
    /// Lower end of its 95% interval (bootstrap over draws); none where that lies beyond all
    /// values drawn.
    pub low: Option<f64>,
    /// Upper end, in the same way.
    pub high: Option<f64>,
    /// Whether the claim is likelier to hold above it than below.
    pub holds_above: bool,
    /// Share of draws below it in which the claim holds, and share above.
    pub shares: (f64, f64),
}

/// Least share of draws on either side of a switching value, and of the ends of its
/// interval: with fewer they would be made of a handful of draws at an end.
pub const EITHER_SIDE: f64 = 0.05;

/// The switching value of a parameter, `values` of which there is one a draw, for a claim
/// that `holds` in some of them. There is none where the claim does not fail in most draws on
/// one side and hold in most on the other, or where too few lie on a side. Asked of a
/// parameter that does not decide the claim, it says little: look first which do.
pub fn switching(values: &[f64], holds: &[bool], seed: u64, resamples: u32) -> Option<Switching> {
    if values.len() != holds.len() || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut draws: Vec<(f64, bool)> = values.iter().copied().zip(holds.iter().copied()).collect();
    draws.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let up = Monotone::rising(&draws);
    let mirrored = mirror(&draws);
    let down = Monotone::rising(&mirrored);
    let holds_above = up.missed <= down.missed;
    let (sign, draws, fit) = if holds_above { (1.0, draws, up) } else { (-1.0, mirrored, down) };
    let at = fit.crossing(&draws);
    if !at.is_finite() {
        return None;
    }
    let side = |of: &dyn Fn(f64) -> bool| {
        let n = draws.iter().filter(|(x, _)| of(*x)).count() as f64;
        draws.iter().filter(|(x, holds)| of(*x) && *holds).count() as f64 / n
    };
    let (less, more) = (side(&|x| x < at), side(&|x| x > at));
    if less >= 0.5 || more <= 0.5 {
        return None;
    }
    let resampling = Resampling::of(seed);
    let resampled = |number: u32| {
        let mut taken = resampling.taken(number, draws.len());
        taken.sort_unstable();
        let taken: Vec<(f64, bool)> = taken.into_iter().map(|draw| draws[draw]).collect();
        Monotone::rising(&taken).crossing(&taken)
    };
    let mut crossings: Vec<f64> = (0..resamples).map(resampled).collect();
    crossings.sort_by(f64::total_cmp);
    // No value between two: one of them may be beyond the range.
    let last = crossings.len().saturating_sub(1) as f64;
    let end = |place: f64| {
        crossings.get(place as usize).copied().filter(|x| x.is_finite()).map(|x| sign * x)
    };
    let ends = [end((TAIL * last).floor()), end(((1.0 - TAIL) * last).ceil())];
    let [low, high] = if holds_above { ends } else { [ends[1], ends[0]] };
    let shares = if holds_above { (less, more) } else { (more, less) };
    Some(Switching { at: sign * at, low, high, holds_above, shares })
}

/// The draws with the parameter's sign turned, in rising order again.
fn mirror(draws: &[(f64, bool)]) -> Vec<(f64, bool)> {
    draws.iter().rev().map(|(x, holds)| (-x, *holds)).collect()
}

/// Neighbouring draws in which the claim is taken to be equally likely to hold.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The middle of their values.
    middle: f64,
    /// The first and the last of them.
    ends: (f64, f64),
    /// How often the claim holds.
    share: f64,
}

/// A likelihood that rises with the parameter.
struct Monotone {
    /// Its steps, in order.
    steps: Vec<Step>,
    /// Squared deviations of draws from it.
    missed: f64,
}

impl Monotone {
    /// By pooling neighbours that fall (Ayer and others, 1955); draws in rising order.
    fn rising(draws: &[(f64, bool)]) -> Self {
        // Draws, those in which it holds, values added up, and the first and last of them.
        let mut pools: Vec<(f64, f64, f64, (f64, f64))> = Vec::new();
        for alike in draws.chunk_by(|a, b| a.0 == b.0) {
            let n = alike.len() as f64;
            let k = alike.iter().filter(|(_, holds)| *holds).count() as f64;
            let mut pool = (n, k, n * alike[0].0, (alike[0].0, alike[0].0));
            // Shares compared without dividing: those alike are exactly so.
            while let Some(last) = pools.pop_if(|last| last.1 * pool.0 >= pool.1 * last.0) {
                let ends = (last.3.0, pool.3.1);
                pool = (last.0 + pool.0, last.1 + pool.1, last.2 + pool.2, ends);
            }
            pools.push(pool);
        }
        let missed = pools.iter().map(|(n, k, ..)| k * (n - k) / n).sum();
        let step = |(n, k, x, ends)| Step { middle: x / n, ends, share: k / n };
        let steps = pools.into_iter().map(step).collect();
        Self { steps, missed }
    }

    /// Where it is one half: infinite where that is beyond all draws but a few, since the
    /// last of them always look certain.
    fn crossing(&self, draws: &[(f64, bool)]) -> f64 {
        let at = self.steps.partition_point(|step| step.share < 0.5);
        let at = match (at.checked_sub(1).map(|n| self.steps[n]), self.steps.get(at)) {
            (Some(below), Some(above)) => {
                let rise = (0.5 - below.share) / (above.share - below.share);
                let at = below.middle + (above.middle - below.middle) * rise;
                at.clamp(below.ends.1, above.ends.0)
            }
            (None, _) => f64::NEG_INFINITY,
            (_, None) => f64::INFINITY,
        };
        let few = (EITHER_SIDE * draws.len() as f64).max(1.0);
        let below = draws.partition_point(|(x, _)| *x < at);
        let above = draws.len() - draws.partition_point(|(x, _)| *x <= at);
        match () {
            () if (above as f64) < few => f64::INFINITY,
            () if (below as f64) < few => f64::NEG_INFINITY,
            () => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;

    /// Draws whose chance to hold is as given.
    fn draws(seed: u64, n: u32, chance: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<bool>) {
        let x = Design::Sobol.dimension(seed, 0, n);
        let u = Design::LatinHypercube.dimension(seed, 1, n);
        let holds = x.iter().zip(&u).map(|(x, u)| *u < chance(*x)).collect();
        (x, holds)
    }

    #[test]
    fn a_small_case_is_as_worked_out_by_hand() {
        // Pools: 1 at 0; 2, 3 and 4 at a third; 5 and 6 at one: middles 1, 3 and 5.5. Joined
        // they come to one half at 3.625, which is within the lower pool: its last draw is 4.
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let holds = [false, true, false, false, true, true];
        let found = switching(&values, &holds, 1, 200).expect("one");
        assert_eq!(found.at, 4.0, "{found:?}");
        assert!(found.holds_above);
        assert_eq!(found.shares, (1.0 / 3.0, 1.0));
        // Turned about, it is the same from the other side.
        let turned = values.map(|x| 7.0 - x);
        let other = switching(&turned, &holds, 1, 200).expect("one");
        assert!(other.at == 3.0 && !other.holds_above);
        assert_eq!(other.shares, (1.0, 1.0 / 3.0));
    }

    #[test]
    fn the_value_is_found_and_its_interval_covers_it() {
        let step = |x: f64| if x < 0.3 { 0.15 } else { 0.85 };
        let slope = |x: f64| 0.2 + 0.75 * x;
        let falls = |x: f64| 1.0 / (1.0 + libm::exp(6.0 * (x - 0.6)));
        let cases: [(&dyn Fn(f64) -> f64, f64); 3] = [(&step, 0.3), (&slope, 0.4), (&falls, 0.6)];
        for (chance, truth) in cases {
            let (mut covered, mut off) = (0, 0.0);
            for seed in 0..30 {
                let (x, holds) = draws(seed, 256, chance);
                let found = switching(&x, &holds, seed, 100).expect("one");
                off += (found.at - truth) / 30.0;
                let low = found.low.unwrap_or(f64::NEG_INFINITY);
                covered +=
                    usize::from(low <= truth && truth <= found.high.unwrap_or(f64::INFINITY));
            }
            assert!(covered >= 27, "{truth}: {covered} of 30");
            // One is off by 0.04 to 0.07 (root mean square).
            assert!(off.abs() < 0.03, "{truth}: {off}");
        }
    }

    #[test]
    fn half_the_draws_at_no_effect_are_no_hindrance() {
        let (x, _) = draws(1, 512, |x| x);
        let heaped: Vec<f64> = x.iter().map(|x| (2.0 * x - 1.0).max(0.0)).collect();
        let (_, holds) = draws(1, 512, |x| if 2.0 * x - 1.0 > 0.4 { 0.9 } else { 0.1 });
        let found = switching(&heaped, &holds, 1, 200).expect("one");
        assert!((found.at - 0.4).abs() < 0.02, "{found:?}");
        assert!(found.low < Some(0.4) && found.high > Some(0.4), "{found:?}");
    }

    #[test]
    fn there_is_none_where_it_does_not_cross() {
        // By chance the draws of an end may all but cross; that is seldom.
        let likely = |seed| draws(seed, 256, |x| 0.7 + 0.2 * x);
        let found = (0..60).filter(|seed| {
            let (x, holds) = likely(*seed);
            switching(&x, &holds, *seed, 0).is_some()
        });
        assert!(found.count() <= 6);
        let (x, holds) = likely(1);
        assert_eq!(switching(&x, &[false; 256], 1, 100), None);
        assert_eq!(switching(&[], &[], 1, 100), None);
        assert_eq!(switching(&x, &holds[1..], 1, 100), None);
        assert_eq!(switching(&[f64::NAN], &[true], 1, 100), None);
        // Three draws at the end are not enough.
        let mut x: Vec<f64> = x;
        x.sort_by(f64::total_cmp);
        let holds: Vec<bool> = (0..256).map(|n| n >= 3).collect();
        assert_eq!(switching(&x, &holds, 1, 100), None);
    }

    #[test]
    fn an_end_beyond_all_draws_is_not_made_up() {
        // It hardly crosses: in many resamples it does not.
        let half_open = (0..30).filter(|seed| {
            let (x, holds) = draws(*seed, 128, |x| 0.2 + 0.35 * x);
            let found = switching(&x, &holds, *seed, 100);
            found.is_some_and(|found| found.low.is_some() && found.high.is_none())
        });
        assert!(half_open.count() > 5);
    }
}
