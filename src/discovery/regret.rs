//! Regret: what each regime loses against the best there is, draw by draw.
//!
//! Figures of several metrics are put on one scale by what of each is worth a decision
//! (their `matters`), never by the range that happened to come out: by that, a regime that
//! nobody would choose could turn the order of two others.

use crate::analysis::moments::{Moments, Quantiles};
use crate::resampling::Ranged;

/// One metric, or a family of them, at every regime and draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Goods {
    /// `[regime][draw]`, more is better, in any unit; a value may be missing.
    pub values: Vec<Vec<Option<f64>>>,
}

/// One metric within a weighted sum.
#[derive(Clone, Copy, Debug)]
pub struct Weighed<'a> {
    /// `[regime][draw]`, in the metric's unit.
    pub values: &'a [Vec<Option<f64>>],
    /// Whether more is better.
    pub more: bool,
    /// What of it is worth a decision, in its unit, above 0.
    pub matters: f64,
    /// The user's weight for as much as matters, 0 or more.
    pub weight: f64,
}

impl Goods {
    /// A metric by itself, in its unit.
    pub fn metric(values: &[Vec<Option<f64>>], more: bool) -> Self {
        let sign = if more { 1.0 } else { -1.0 };
        let signed = |draws: &Vec<Option<f64>>| draws.iter().map(|v| v.map(|v| sign * v)).collect();
        Self { values: values.iter().map(signed).collect() }
    }

    /// A weighted sum of metrics, in what matters. It is missing where one of them is, unless
    /// that has no weight. None if they are not of as many regimes and draws.
    pub fn weighed(metrics: &[Weighed<'_>]) -> Option<Self> {
        let shape = |of: &Weighed<'_>| of.values.iter().map(Vec::len).collect::<Vec<usize>>();
        let first = shape(metrics.first()?);
        if metrics.iter().any(|of| shape(of) != first || of.matters <= 0.0) {
            return None;
        }
        let mut values: Vec<Vec<Option<f64>>> = first.iter().map(|n| vec![Some(0.0); *n]).collect();
        for of in metrics.iter().filter(|of| of.weight > 0.0) {
            let by = if of.more { of.weight } else { -of.weight } / of.matters;
            for (sums, own) in values.iter_mut().flatten().zip(of.values.iter().flatten()) {
                *sums = sums.zip(*own).map(|(sum, own)| sum + by * own);
            }
        }
        Some(Self { values })
    }

    fn draws(&self) -> usize {
        self.values.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// Draws in which every regime has a value.
    fn whole(&self) -> impl Iterator<Item = Vec<f64>> {
        (0..self.draws()).filter_map(|draw| self.values.iter().map(|regime| regime[draw]).collect())
    }
}

/// What one regime loses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regret {
    /// Mean over draws, with its interval (t).
    pub expected: Ranged,
    /// The most over draws.
    pub worst: f64,
    /// Share of draws in which no regime is better: 0 is never best.
    pub best: f64,
}

/// Regret by regime, of draws in which every regime has a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Regrets {
    /// By regime, in the unit of the goods.
    pub regimes: Vec<Regret>,
    /// Draws with a value of each regime.
    pub whole: u32,
}

impl Regrets {
    /// Of some goods; none if fewer than two draws have a value of every regime.
    pub fn of(goods: &Goods) -> Option<Self> {
        let draws: Vec<Vec<f64>> = goods.whole().collect();
        let mut quantiles = Quantiles::default();
        let mut regimes = Vec::new();
        for regime in 0..goods.values.len() {
            let (mut moments, mut worst, mut best) = (Moments::default(), 0.0_f64, 0);
            for draw in &draws {
                let most = draw.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let lost = most - draw[regime];
                moments.add(Some(lost));
                worst = worst.max(lost);
                best += usize::from(lost <= 0.0);
            }
            let (low, high) = quantiles.interval(&moments)?;
            let expected = Ranged { at: moments.mean()?, low: low.max(0.0), high };
            regimes.push(Regret { expected, worst, best: best as f64 / draws.len() as f64 });
        }
        Some(Self { regimes, whole: draws.len() as u32 })
    }

    /// The regime whose worst draw loses least; the first of several.
    pub fn least_worst(&self) -> Option<usize> {
        self.first_least(|regret| regret.worst)
    }

    /// The regime that loses least on average; the first of several.
    pub fn least_expected(&self) -> Option<usize> {
        self.first_least(|regret| regret.expected.at)
    }

    /// Regimes that are best in no draw.
    pub fn never_best(&self) -> Vec<usize> {
        (0..self.regimes.len()).filter(|regime| self.regimes[*regime].best <= 0.0).collect()
    }

    fn first_least(&self, of: impl Fn(&Regret) -> f64) -> Option<usize> {
        (0..self.regimes.len())
            .min_by(|a, b| of(&self.regimes[*a]).total_cmp(&of(&self.regimes[*b])))
    }
}

/// Whether each of some points is undominated: no other is at least as good in everything
/// and better in something. More is better; points are `[point][family]`.
pub fn undominated(points: &[Vec<f64>]) -> Vec<bool> {
    let beats = |one: &Vec<f64>, other: &Vec<f64>| {
        one.iter().zip(other).all(|(a, b)| a >= b) && one.iter().zip(other).any(|(a, b)| a > b)
    };
    points.iter().map(|own| !points.iter().any(|other| beats(other, own))).collect()
}

/// Where a regime stands between families that are not weighed against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Mean of each family over draws, in the order given; more is better.
    pub means: Vec<f64>,
    /// Whether no regime is better on these means.
    pub undominated: bool,
    /// Share of draws in which no regime is better.
    pub share: f64,
}

/// The Pareto front: how each regime stands in several families at once, over draws in which
/// every regime has a value of each. None if there is no such draw, or if families are not
/// of as many regimes.
pub fn standings(families: &[Goods]) -> Option<Vec<Standing>> {
    let regimes = families.first()?.values.len();
    if families.iter().any(|family| family.values.len() != regimes) {
        return None;
    }
    let draws = families.iter().map(Goods::draws).min()?;
    let points = |draw: usize| -> Option<Vec<Vec<f64>>> {
        let point = |regime: usize| families.iter().map(|f| f.values[regime][draw]).collect();
        (0..regimes).map(point).collect()
    };
    let all: Vec<Vec<Vec<f64>>> = (0..draws).filter_map(points).collect();
    if all.is_empty() {
        return None;
    }
    let over =
        |of: &dyn Fn(&Vec<Vec<f64>>) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let means: Vec<Vec<f64>> = (0..regimes)
        .map(|regime| (0..families.len()).map(|family| over(&|p| p[regime][family])).collect())
        .collect();
    let each: Vec<Vec<bool>> = all.iter().map(|points| undominated(points)).collect();
    let front = undominated(&means);
    let standing = |(regime, means): (usize, Vec<f64>)| {
        let times = each.iter().filter(|front| front[regime]).count();
        let share = times as f64 / all.len() as f64;
        Standing { means, undominated: front[regime], share }
    };
    Some(means.into_iter().enumerate().map(standing).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f64]]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
    }

    #[test]
    fn regret_is_as_worked_out_by_hand() {
        // Costs, so less is better: the best of each draw are 1, 2 and 3.
        let costs =
            table(&[&[1.0, 5.0, 9.0], &[4.0, 4.0, 4.0], &[2.0, 2.0, 8.0], &[3.0, 9.0, 3.0]]);
        let found = Regrets::of(&Goods::metric(&costs, false)).expect("regrets");
        let expected: Vec<f64> = found.regimes.iter().map(|r| r.expected.at).collect();
        assert_eq!(expected, [3.0, 2.0, 2.0, 3.0]);
        let worst: Vec<f64> = found.regimes.iter().map(|r| r.worst).collect();
        assert_eq!(worst, [6.0, 3.0, 5.0, 7.0]);
        assert_eq!(found.least_worst(), Some(1));
        assert_eq!(found.least_expected(), Some(1), "the first of those alike");
        assert_eq!(found.never_best(), [1], "and yet it is the one to choose");
        // Losses of regime 1 are 3, 2, 1: sd 1, t on 2 degrees of freedom 4.302653.
        let half = 4.302_653 / 3.0_f64.sqrt();
        assert!((found.regimes[1].expected.high - 2.0 - half).abs() < 1e-5);
        assert_eq!(found.regimes[1].expected.low, 0.0, "no regret is below nought");
    }

    #[test]
    fn weights_are_of_what_matters() {
        let outcome = table(&[&[10.0, 12.0], &[11.0, 11.0]]);
        let cost = table(&[&[100.0, 300.0], &[200.0, 200.0]]);
        let of = |weight: f64| {
            let outcome = Weighed { values: &outcome, more: true, matters: 0.5, weight: 1.0 };
            Goods::weighed(&[
                outcome,
                Weighed { values: &cost, more: false, matters: 50.0, weight },
            ])
        };
        // 10 ÷ 0.5 − 100 ÷ 50 and so on.
        assert_eq!(of(1.0).expect("goods").values, table(&[&[18.0, 18.0], &[18.0, 18.0]]));
        assert_eq!(of(0.0).expect("goods").values, table(&[&[20.0, 24.0], &[22.0, 22.0]]));
        assert_eq!(Goods::weighed(&[]), None);
    }

    #[test]
    fn a_draw_with_a_value_missing_is_left_out_for_all() {
        let mut values = table(&[&[1.0, 5.0, 3.0], &[2.0, 2.0, 2.0]]);
        values[0][1] = None;
        let found = Regrets::of(&Goods::metric(&values, true)).expect("regrets");
        assert_eq!((found.whole, found.regimes[1].worst), (2, 1.0));
        values[1][0] = None;
        assert_eq!(Regrets::of(&Goods::metric(&values, true)), None);
    }

    #[test]
    fn the_front_has_what_nothing_beats() {
        let points = [[3.0, 0.0, 1.0], [0.0, 3.0, 1.0], [2.0, 0.0, 1.0], [3.0, 0.0, 1.0]];
        let points: Vec<Vec<f64>> = points.iter().map(|point| point.to_vec()).collect();
        assert_eq!(
            undominated(&points),
            [true, true, false, true],
            "equals do not beat each other"
        );
        let goods = |rows: &[&[f64]]| Goods { values: table(rows) };
        // On average the third is beaten by the first; in the second draw by none.
        let families = [
            goods(&[&[3.0, 1.0], &[0.0, 0.0], &[1.0, 1.5]]),
            goods(&[&[2.0, 2.0], &[5.0, 5.0], &[2.0, 2.0]]),
        ];
        let found = standings(&families).expect("standings");
        let front: Vec<(bool, f64)> = found.iter().map(|s| (s.undominated, s.share)).collect();
        assert_eq!(front, [(true, 0.5), (true, 1.0), (false, 0.5)]);
        assert_eq!(found[2].means, [1.25, 2.0]);
        assert_eq!(standings(&[]), None);
    }
}
