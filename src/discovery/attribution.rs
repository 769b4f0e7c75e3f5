//! What each part of a difference is due to.
//!
//! Every coalition of groups of levers is run, on common random numbers, and a group's part
//! is Shapley's: what it adds, averaged over all orders in which groups could be brought in.
//! Of all ways to share out a difference it is the only one whose parts add up, that treats
//! alike groups alike, gives nought to what does nothing, and adds over figures (Shapley, *A
//! value for n-person games*, 1953).

use crate::analysis::moments::{Moments, Quantiles};
use crate::resampling::{Ranged, Resampling};
use std::collections::{BTreeMap, BTreeSet};

/// Most groups: their coalitions double with each.
pub const MOST_GROUPS: usize = 12;

/// What one group accounts for, in the figure's unit; intervals are over replicates (t).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Shapley's value.
    pub value: Ranged,
    /// What it does alone: brought in first.
    pub alone: Ranged,
    /// What it still adds once all others are there: brought in last.
    pub last: Ranged,
}

/// A difference, shared out.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// All groups less none: what is shared out.
    pub difference: Ranged,
    /// By group. Their values add up to the difference.
    pub parts: Vec<Part>,
    /// What two groups do only together (Grabisch and Roubens's index, 1999): above nought
    /// where each adds more with the other there. The lower number first.
    pub pairs: Vec<((usize, usize), Ranged)>,
    /// Replicates in which every coalition has a value; the others are left out.
    pub whole: u32,
}

/// Shares out a difference. `runs` are `[replicate][coalition]`, 2 to the power of `groups`
/// of them, where coalition number c has group g if bit g of c is set. With draws of
/// parameters a replicate here is a draw, with the mean of its own replicates. None if there
/// are no groups or too many, if some replicate has another number of coalitions, or if
/// fewer than two replicates have all their values.
pub fn attribution(groups: usize, runs: &[Vec<Option<f64>>]) -> Option<Attribution> {
    if !(1..=MOST_GROUPS).contains(&groups) || runs.iter().any(|run| run.len() != 1 << groups) {
        return None;
    }
    let whole = |run: &Vec<Option<f64>>| run.iter().copied().collect::<Option<Vec<f64>>>();
    let whole: Vec<Vec<f64>> = runs.iter().filter_map(whole).collect();
    let mut quantiles = Quantiles::default();
    let mut over = |of: &dyn Fn(&[f64]) -> f64| -> Option<Ranged> {
        over(whole.iter().map(|run| of(run)), &mut quantiles)
    };
    let all = (1usize << groups) - 1;
    let mut parts = Vec::new();
    for group in 0..groups {
        parts.push(Part {
            value: over(&|run| value(run, groups, group))?,
            alone: over(&|run| run[1 << group] - run[0])?,
            last: over(&|run| run[all] - run[all ^ 1 << group])?,
        });
    }
    let mut pairs = Vec::new();
    for one in 0..groups {
        for other in one + 1..groups {
            pairs.push(((one, other), over(&|run| together(run, groups, one, other))?));
        }
    }
    let difference = over(&|run| run[all] - run[0])?;
    Some(Attribution { difference, parts, pairs, whole: whole.len() as u32 })
}

/// The mean over replicates and its t interval; none under two.
fn over(values: impl Iterator<Item = f64>, quantiles: &mut Quantiles) -> Option<Ranged> {
    let mut moments = Moments::default();
    values.for_each(|value| moments.add(Some(value)));
    let (low, high) = quantiles.interval(&moments)?;
    Some(Ranged { at: moments.mean()?, low, high })
}

/// What is known of one replicate where not all coalitions were run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sampled {
    /// Orders in which groups are brought in, each of all groups; as many in each replicate.
    pub orders: Vec<Vec<usize>>,
    /// The figure by coalition.
    pub worth: BTreeMap<u64, Option<f64>>,
}

impl Sampled {
    /// Orders of a replicate and each of them backwards, so that who comes early comes as
    /// often late, with no figure yet.
    pub fn drawn(seed: u64, groups: usize, replicate: u32, pairs: u32) -> Self {
        let resampling = Resampling::of(seed);
        let mut orders = Vec::new();
        for pair in 0..pairs {
            let order = resampling.order(replicate * pairs + pair, groups);
            let backwards = order.iter().rev().copied().collect();
            orders.extend([order, backwards]);
        }
        Self { orders, worth: BTreeMap::new() }
    }

    /// The coalitions that its orders go through, and those of one group and of all but one,
    /// in order.
    pub fn coalitions(&self, groups: usize) -> Vec<u64> {
        let all = everybody(groups);
        let mut wanted: BTreeSet<u64> = [0, all].into();
        wanted.extend((0..groups).flat_map(|group| [1 << group, all ^ 1 << group]));
        for order in &self.orders {
            let mut there = 0;
            wanted.extend(order.iter().map(|group| {
                there |= 1 << group;
                there
            }));
        }
        wanted.into_iter().collect()
    }

    fn worth(&self, coalition: u64) -> Option<f64> {
        *self.worth.get(&coalition)?
    }

    /// By group, what it adds, averaged over the orders. Within each order these add up to
    /// the whole difference.
    fn values(&self, groups: usize) -> Option<Vec<f64>> {
        let mut values = vec![0.0; groups];
        for order in &self.orders {
            let (mut there, mut before) = (0, self.worth(0)?);
            for group in order {
                there |= 1 << group;
                let after = self.worth(there)?;
                values[*group] += (after - before) / self.orders.len() as f64;
                before = after;
            }
        }
        Some(values)
    }
}

/// The coalition of all groups.
pub fn everybody(groups: usize) -> u64 {
    if groups == 0 { 0 } else { u64::MAX >> (u64::BITS as usize - groups.min(64)) }
}

/// [`attribution`] over orders drawn by chance, for more groups than all coalitions can be
/// run of. Values still add up; their intervals are over replicates, each with orders of its
/// own, and so hold what the drawing of orders adds. What groups do only together is not
/// known then. None under the same conditions.
pub fn sampled(groups: usize, runs: &[Sampled]) -> Option<Attribution> {
    let all = everybody(groups);
    let whole: Vec<(&Sampled, Vec<f64>)> = runs
        .iter()
        .filter(|run| run.coalitions(groups).iter().all(|one| run.worth(*one).is_some()))
        .filter_map(|run| Some((run, run.values(groups)?)))
        .collect();
    let mut quantiles = Quantiles::default();
    let mut between = |from: u64, to: u64| {
        let step = |(run, _): &(&Sampled, Vec<f64>)| {
            run.worth(to).zip(run.worth(from)).map(|(to, from)| to - from)
        };
        over(whole.iter().filter_map(step), &mut quantiles)
    };
    let difference = between(0, all)?;
    let mut parts = Vec::new();
    for group in 0..groups {
        let (alone, last) = (between(0, 1 << group)?, between(all ^ 1 << group, all)?);
        parts.push(Part { value: difference, alone, last });
    }
    for (group, part) in parts.iter_mut().enumerate() {
        part.value = over(whole.iter().map(|(_, values)| values[group]), &mut quantiles)?;
    }
    (groups > 0).then_some(Attribution {
        difference,
        parts,
        pairs: Vec::new(),
        whole: whole.len() as u32,
    })
}

/// Shapley's value of a group in one replicate.
fn value(run: &[f64], groups: usize, group: usize) -> f64 {
    let own = 1 << group;
    let weights = weights(groups);
    let without = (0..run.len()).filter(|coalition| coalition & own == 0);
    without.map(|c| weights[c.count_ones() as usize] * (run[c | own] - run[c])).sum()
}

/// Interaction index of two groups in one replicate.
fn together(run: &[f64], groups: usize, one: usize, other: usize) -> f64 {
    let (a, b) = (1 << one, 1 << other);
    let weights = weights(groups - 1);
    let without = (0..run.len()).filter(|coalition| coalition & (a | b) == 0);
    let both = |c: usize| run[c | a | b] - run[c | a] - run[c | b] + run[c];
    without.map(|c| weights[c.count_ones() as usize] * both(c)).sum()
}

/// By how many of the others are there before: the share of all orders of so many groups in
/// which just those are.
fn weights(groups: usize) -> Vec<f64> {
    // 1 ÷ (groups × ways to choose so many of the others).
    let mut ways = 1.0;
    let mut weights = Vec::new();
    for before in 0..groups {
        weights.push(1.0 / (groups as f64 * ways));
        ways *= (groups - 1 - before) as f64 / (before + 1) as f64;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(
        groups: usize,
        replicates: usize,
        of: impl Fn(usize, usize) -> f64,
    ) -> Vec<Vec<Option<f64>>> {
        let run = |r: usize| (0..1 << groups).map(|c| Some(of(r, c))).collect();
        (0..replicates).map(run).collect()
    }

    fn has(coalition: usize, group: usize) -> f64 {
        (coalition >> group & 1) as f64
    }

    #[test]
    fn a_game_of_gloves_comes_out_as_in_the_textbook() {
        // One left glove and two right ones: a pair is worth 1.
        let worth = |c: usize| has(c, 0) * has(c, 1).max(has(c, 2));
        let found = attribution(3, &runs(3, 2, |_, c| worth(c))).expect("a game");
        let values: Vec<f64> = found.parts.iter().map(|part| part.value.at).collect();
        for (value, by_hand) in values.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((value - by_hand).abs() < 1e-12, "{values:?}");
        }
        // The right ones stand in for each other, and each needs the left one.
        let pair = |n: usize| found.pairs[n].1.at;
        assert_eq!(found.pairs.iter().map(|p| p.0).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
        assert!((pair(0) - 0.5).abs() < 1e-12 && (pair(2) + 0.5).abs() < 1e-12, "{found:?}");
        assert_eq!((found.parts[0].alone.at, found.parts[0].last.at), (0.0, 1.0));
    }

    #[test]
    fn what_adds_up_is_shared_out_as_it_adds_up() {
        let slopes = [3.0, -1.0, 0.0, 0.25];
        let found = attribution(
            4,
            &runs(4, 5, |r, c| {
                (0..4).map(|g| (slopes[g] + g as f64 * (r as f64 - 2.0)) * has(c, g)).sum()
            }),
        )
        .expect("shared out");
        for (g, part) in found.parts.iter().enumerate() {
            assert!((part.value.at - slopes[g]).abs() < 1e-12);
            assert!((part.alone.at - part.last.at).abs() < 1e-12);
            // Over replicates g × (−2, −1, 0, 1, 2): sd 1.5811 g, t on 4 degrees 2.776445.
            let half = g as f64 * 2.5_f64.sqrt() / 5.0_f64.sqrt() * 2.776_445;
            assert!((part.value.high - part.value.at - half).abs() < 1e-5, "{part:?}");
        }
        assert!(found.pairs.iter().all(|(_, pair)| pair.at.abs() < 1e-12));
    }

    /// The definition, word for word: every order in turn.
    fn over_orders(run: &[f64], groups: usize, group: usize) -> f64 {
        fn orders(left: &[usize], before: usize, group: usize, run: &[f64]) -> (f64, f64) {
            let mut sum = (0.0, 0.0);
            for next in left {
                if *next == group {
                    // All orders of the rest give the same.
                    let rest: f64 = (1..left.len()).map(|n| n as f64).product();
                    sum.0 += rest * (run[before | 1 << group] - run[before]);
                    sum.1 += rest;
                    continue;
                }
                let rest: Vec<usize> = left.iter().copied().filter(|g| g != next).collect();
                let (gain, orders) = orders(&rest, before | 1 << next, group, run);
                sum = (sum.0 + gain, sum.1 + orders);
            }
            sum
        }
        let (gain, orders) = orders(&(0..groups).collect::<Vec<_>>(), 0, group, run);
        gain / orders
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn values_add_up_and_are_means_over_all_orders(
            groups in 1usize..7,
            values in prop::collection::vec(-1e6..1e6f64, 3 * 64),
        ) {
            let of = |r: usize, c: usize| values[64 * r + c];
            let runs = runs(groups, 3, of);
            let found = attribution(groups, &runs).expect("shared out");
            let sum: f64 = found.parts.iter().map(|part| part.value.at).sum();
            prop_assert!((sum - found.difference.at).abs() < 1e-9 * 1e6, "{sum}");
            for group in 0..groups {
                let mean = (0..3)
                    .map(|r| over_orders(&values[64 * r..64 * r + (1 << groups)], groups, group))
                    .sum::<f64>() / 3.0;
                prop_assert!((found.parts[group].value.at - mean).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn parts_of_nine_groups_add_up_to_a_billionth() {
        let of = |r: usize, c: usize| {
            let part =
                |g: usize| has(c, g) * (0.37 + g as f64) / (1.0 + r as f64 + has(c, (g + 1) % 9));
            (0..9).map(part).sum::<f64>() * (1.0 + 0.1 * has(c, 3) * has(c, 5))
        };
        let found = attribution(9, &runs(9, 20, of)).expect("shared out");
        let sum: f64 = found.parts.iter().map(|part| part.value.at).sum();
        assert!((sum - found.difference.at).abs() < 1e-9);
    }

    /// Replicates of a game of which only the coalitions that orders go through are played.
    fn played(groups: usize, of: impl Fn(u32, u64) -> f64) -> Vec<Sampled> {
        let one = |replicate: u32| {
            let mut run = Sampled::drawn(9, groups, replicate, 6);
            let coalitions = run.coalitions(groups);
            run.worth = coalitions.into_iter().map(|c| (c, Some(of(replicate, c)))).collect();
            run
        };
        (0..30).map(one).collect()
    }

    #[test]
    fn sampled_values_add_up_and_have_the_exact_ones_in_their_intervals() {
        let of = |r: u32, c: u64| {
            let sum: f64 = (0..9).map(|g| has(c as usize, g) * (1.0 + g as f64)).sum();
            sum * (1.0 + 0.2 * sum / 45.0)
                + has(c as usize, 2) * has(c as usize, 7) * 4.0
                + has(c as usize, 1) * f64::from(r % 5)
        };
        let found = sampled(9, &played(9, of)).expect("shared out");
        let sum: f64 = found.parts.iter().map(|part| part.value.at).sum();
        assert!((sum - found.difference.at).abs() < 1e-9, "{sum} {:?}", found.difference);
        let exact = runs(9, 30, |r, c| of(r as u32, c as u64));
        let exact = attribution(9, &exact).expect("shared out");
        assert!((exact.difference.at - found.difference.at).abs() < 1e-12);
        let covered = found.parts.iter().zip(&exact.parts).filter(|(one, exact)| {
            one.value.low <= exact.value.at + 1e-9 && exact.value.at <= one.value.high + 1e-9
        });
        assert!(covered.count() >= 8, "{found:?} {exact:?}");
        for (one, exact) in found.parts.iter().zip(&exact.parts) {
            assert!((one.alone.at - exact.alone.at).abs() < 1e-9);
            assert!((one.last.at - exact.last.at).abs() < 1e-9);
        }
        assert!(found.pairs.is_empty());
    }

    #[test]
    fn many_groups_are_shared_out_over_orders_and_a_missing_figure_leaves_its_replicate_out() {
        let of = |_: u32, c: u64| f64::from(c.count_ones());
        let mut games = played(64, of);
        let found = sampled(64, &games).expect("shared out");
        assert!(found.parts.iter().all(|part| (part.value.at - 1.0).abs() < 1e-12));
        assert_eq!((found.whole, found.difference.at), (30, 64.0));
        *games[3].worth.get_mut(&everybody(64)).expect("there") = None;
        assert_eq!(sampled(64, &games).expect("shared out").whole, 29);
        assert_eq!(sampled(64, &games[3..5]), None);
        assert_eq!((everybody(0), everybody(1), everybody(64)), (0, 1, u64::MAX));
    }

    #[test]
    fn what_is_missing_is_left_out_and_what_does_not_fit_is_refused() {
        let mut some = runs(2, 4, |r, c| (r * c) as f64);
        some[1][2] = None;
        assert_eq!(attribution(2, &some).expect("three").whole, 3);
        assert_eq!(attribution(3, &some), None);
        assert_eq!(attribution(0, &[]), None);
        assert_eq!(attribution(13, &[]), None);
        assert_eq!(attribution(2, &some[..1]), None, "one replicate has no interval");
    }
}
