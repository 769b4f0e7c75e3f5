//! Shares of a figure's variance (Sobol): what one group does alone, and what it does alone
//! and together with others.
//!
//! Alone by the estimator of Saltelli and others (*Variance based sensitivity analysis of
//! model output*, 2010), in all by Jansen's (1999), pairs by Saltelli's of 2002, on values
//! from which their mean is taken. Estimates may lie a little outside 0 to 1; they are not
//! cut off there, so that what is nought is not made to look like something.

use super::Unfit;
use crate::designs::points::{Plan, Table};
use crate::resampling::{Ranged, Resampling, ranged};

/// Shares of variance of one group. Intervals are over resampled blocks; with points of a
/// Sobol sequence they are if anything too wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// First order: what knowing it alone takes off the variance.
    pub alone: Ranged,
    /// Total: what is left of the variance when all else is known.
    pub total: Ranged,
}

/// Shares of variance of every group.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// Variance of the figure over points A and B, in its unit squared.
    pub variance: f64,
    /// By group.
    pub groups: Vec<Share>,
    /// What two groups do only together (second order), the lower number first; empty if
    /// blocks go one way.
    pub pairs: Vec<((usize, usize), Ranged)>,
    /// Blocks with all their values; the others are left out.
    pub whole: usize,
}

/// The shares of a table's groups in a figure's variance.
pub fn shares(
    table: &Table,
    values: &[Option<f64>],
    seed: u64,
    resamples: u32,
) -> Result<Shares, Unfit> {
    let Plan::Blocks { both_ways } = table.plan else { return Err(Unfit::Plan) };
    if values.len() != table.rows.len() {
        return Err(Unfit::Values(values.len(), table.rows.len()));
    }
    let whole = |block: &[Option<f64>]| block.iter().copied().collect::<Option<Vec<f64>>>();
    let mut blocks: Vec<Vec<f64>> = values.chunks(table.step()).filter_map(whole).collect();
    if blocks.len() < 2 {
        return Err(Unfit::Few(blocks.len(), values.len() / table.step().max(1)));
    }
    let all = (blocks.len() * table.step()) as f64;
    let mean = blocks.iter().flatten().sum::<f64>() / all;
    blocks.iter_mut().flatten().for_each(|value| *value -= mean);
    let every: Vec<usize> = (0..blocks.len()).collect();
    let at = Indices::of(&blocks, &every, table.groups(), both_ways).ok_or(Unfit::NeverDiffers)?;
    let resampling = Resampling::of(seed);
    let resampled: Vec<Indices> = (0..resamples)
        .filter_map(|number| {
            let taken = resampling.taken(number, blocks.len());
            Indices::of(&blocks, &taken, table.groups(), both_ways)
        })
        .collect();
    let with = |of: &dyn Fn(&Indices) -> f64| {
        let at = of(&at);
        ranged(at, resampled.iter().map(of).collect()).unwrap_or(Ranged { at, low: at, high: at })
    };
    let share = |n: usize| Share { alone: with(&|i| i.alone[n]), total: with(&|i| i.total[n]) };
    let pair = |(n, (names, _)): (usize, &((usize, usize), f64))| (*names, with(&|i| i.pairs[n].1));
    Ok(Shares {
        variance: at.variance,
        groups: (0..table.groups()).map(share).collect(),
        pairs: at.pairs.iter().enumerate().map(pair).collect(),
        whole: blocks.len(),
    })
}

struct Indices {
    variance: f64,
    alone: Vec<f64>,
    total: Vec<f64>,
    pairs: Vec<((usize, usize), f64)>,
}

impl Indices {
    /// Of those blocks that are taken; none if A and B never differ.
    fn of(blocks: &[Vec<f64>], taken: &[usize], groups: usize, both_ways: bool) -> Option<Self> {
        let n = taken.len() as f64;
        let last = blocks.first()?.len() - 1;
        let mean_of = |of: &dyn Fn(&[f64]) -> f64| -> f64 {
            taken.iter().map(|block| of(&blocks[*block])).sum::<f64>() / n
        };
        let mean = mean_of(&|y| (y[0] + y[last]) / 2.0);
        let squared = |x: f64| x * x;
        let variance = mean_of(&|y| (squared(y[0] - mean) + squared(y[last] - mean)) / 2.0);
        if variance <= 0.0 {
            return None;
        }
        let alone: Vec<f64> =
            (1..=groups).map(|g| mean_of(&|y| y[last] * (y[g] - y[0])) / variance).collect();
        let total = (1..=groups).map(|g| mean_of(&|y| squared(y[0] - y[g])) / 2.0 / variance);
        let total = total.collect();
        let mut pairs = Vec::new();
        for one in 0..if both_ways { groups } else { 0 } {
            for other in one + 1..groups {
                let both = mean_of(&|y| y[1 + groups + one] * y[1 + other] - y[0] * y[last]);
                pairs.push(((one, other), both / variance - alone[one] - alone[other]));
            }
        }
        Some(Self { variance, alone, total, pairs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::blocks::blocks;
    use crate::designs::points::{Input, category};
    use std::f64::consts::PI;

    fn alone(numbers: u32) -> Vec<Input> {
        (0..numbers).map(|n| Input::number(n, n as usize)).collect()
    }

    fn of(table: &Table, value: impl Fn(&[f64]) -> f64) -> Shares {
        let values: Vec<Option<f64>> = table.rows.iter().map(|row| Some(value(row))).collect();
        shares(table, &values, 1, 100).expect("shares")
    }

    /// Ishigami and Homma (1990), with a = 7 and b = 0.1.
    fn ishigami(u: &[f64]) -> f64 {
        let [x, y, z] = [0, 1, 2].map(|n| PI * (2.0 * u[n] - 1.0));
        x.sin() + 7.0 * y.sin() * y.sin() + 0.1 * z * z * z * z * x.sin()
    }

    #[test]
    fn ishigamis_shares_are_those_of_its_closed_form() {
        let found = of(&blocks(11, &alone(3), 4096, true).expect("blocks"), ishigami);
        let (a, b) = (7.0, 0.1);
        let [pi4, pi8] = [PI * PI * PI * PI, PI * PI * PI * PI * PI * PI * PI * PI];
        let first = 0.5 * (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0);
        let (second, together) = (a * a / 8.0, b * b * pi8 * (1.0 / 18.0 - 1.0 / 50.0));
        let variance = first + second + together;
        // Of plain chance its error would be 1.7%.
        assert!((found.variance / variance - 1.0).abs() < 0.02, "{}", found.variance);
        for (n, (single, with)) in
            [(first, together), (second, 0.0), (0.0, together)].into_iter().enumerate()
        {
            let share = found.groups[n];
            assert!((share.alone.at - single / variance).abs() < 0.01, "{n}: {share:?}");
            assert!((share.total.at - (single + with) / variance).abs() < 0.01, "{n}: {share:?}");
            assert!(share.alone.low <= single / variance && single / variance <= share.alone.high);
        }
        let pair = |a, b| found.pairs.iter().find(|(of, _)| *of == (a, b)).expect("a pair").1.at;
        assert!((pair(0, 2) - together / variance).abs() < 0.02, "{}", pair(0, 2));
        assert!(pair(0, 1).abs() < 0.02 && pair(1, 2).abs() < 0.02);
    }

    #[test]
    fn shares_of_sobols_g_are_those_of_its_closed_form() {
        let weights: Vec<f64> =
            (0..20).map(|n| [0.0, 1.0, 4.5, 9.0, 99.0].get(n).copied().unwrap_or(99.0)).collect();
        let g = |u: &[f64]| -> f64 {
            u.iter().zip(&weights).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
        };
        let found = of(&blocks(2, &alone(20), 8192, false).expect("blocks"), g);
        let own: Vec<f64> = weights.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
        let whole: f64 = own.iter().map(|v| 1.0 + v).product();
        for (n, share) in found.groups.iter().enumerate() {
            let alone = own[n] / (whole - 1.0);
            let total = own[n] * whole / (1.0 + own[n]) / (whole - 1.0);
            assert!((share.alone.at - alone).abs() < 0.02, "{n}: {share:?} {alone}");
            assert!((share.total.at - total).abs() < 0.02, "{n}: {share:?} {total}");
        }
    }

    #[test]
    fn a_group_has_the_share_of_all_that_its_inputs_do_and_luck_has_its_own() {
        // x + y in one group, a switch that turns their sum about, luck of ten kinds.
        let inputs = [
            Input::number(0, 0),
            Input::number(1, 0),
            Input::switch(2, 1, 2),
            Input::switch(3, 2, 10),
        ];
        let table = blocks(3, &inputs, 4096, false).expect("blocks");
        let found = of(&table, |u| {
            let sign = if category(u[2], 2) == 0 { 1.0 } else { -1.0 };
            sign * (u[0] + u[1] - 1.0) + f64::from(category(u[3], 10)) / 9.0
        });
        // Variances: of the sum 1/6, all of it together with the switch; of luck 99/12/81.
        let luck = 99.0 / 12.0 / 81.0;
        let whole = 1.0 / 6.0 + luck;
        let close = |found: Ranged, by_hand: f64| {
            assert!((found.at - by_hand).abs() < 0.015, "{found:?} {by_hand}");
            assert!(found.low < by_hand + 0.01 && by_hand - 0.01 < found.high, "{found:?}");
        };
        for group in [0, 1] {
            close(found.groups[group].alone, 0.0);
            close(found.groups[group].total, 1.0 - luck / whole);
        }
        close(found.groups[2].alone, luck / whole);
        close(found.groups[2].total, luck / whole);
    }

    #[test]
    fn intervals_cover_the_truth_about_as_often_as_they_say() {
        let truth = 0.8;
        let covered = (0..60u64).filter(|seed| {
            let table = blocks(*seed, &alone(2), 64, false).expect("blocks");
            let value = |u: &Vec<f64>| Some(2.0 * u[0] + u[1]);
            let values: Vec<Option<f64>> = table.rows.iter().map(value).collect();
            let share = shares(&table, &values, *seed, 200).expect("shares").groups[0];
            share.total.low <= truth && truth <= share.total.high
        });
        assert!(covered.count() >= 54);
    }

    #[test]
    fn blocks_with_a_value_missing_are_left_out_and_what_never_differs_is_said() {
        let table = blocks(1, &alone(2), 64, false).expect("blocks");
        let mut values: Vec<Option<f64>> = table.rows.iter().map(|row| Some(row[0])).collect();
        let found = shares(&table, &values, 1, 10).expect("shares");
        assert_eq!(found.whole, 64);
        assert_eq!(found.groups[1].total.at, 0.0);
        values[5] = None;
        assert_eq!(shares(&table, &values, 1, 10).expect("shares").whole, 63);
        assert_eq!(shares(&table, &vec![Some(1.0); 256], 1, 9), Err(Unfit::NeverDiffers));
        assert_eq!(shares(&table, &[None; 256], 1, 9), Err(Unfit::Few(0, 64)));
        assert_eq!(shares(&table, &values[..9], 1, 9), Err(Unfit::Values(9, 256)));
    }
}
