//! Screening: how much the figure changes as one group moves (Morris, 1991; absolute
//! effects, Campolongo, Cariboni and Saltelli, 2007).

use super::Unfit;
use crate::analysis::moments::Moments;
use crate::designs::points::{Plan, Table};
use crate::designs::trajectories::{rises, stride};
use crate::resampling::{Ranged, Resampling, ranged};

/// What moving one group does, in the figure's unit for the whole of a range: a number's
/// change is divided by the share of its range that it moves, a switch's is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Trajectories with a value before and after the group moved.
    pub n: u32,
    /// μ, the mean effect of raising it; near nought also where it raises the figure here
    /// and lowers it there. Of a group of several inputs there is none, since some rise
    /// while others fall, nor of more than two categories, which have no order.
    pub mean: Option<f64>,
    /// μ*, the mean size of the effect, with its interval over trajectories (bootstrap).
    pub size: Option<Ranged>,
    /// σ, the standard deviation of the effect: what is not straight, or depends on other
    /// inputs, or both. None where there is no mean.
    pub deviation: Option<f64>,
}

/// The effects of a table's groups on a figure. Steps with a value missing before or after
/// are left out.
pub fn effects(
    table: &Table,
    values: &[Option<f64>],
    seed: u64,
    resamples: u32,
) -> Result<Vec<Effect>, Unfit> {
    let Plan::Trajectories { levels } = table.plan else { return Err(Unfit::Plan) };
    if values.len() != table.rows.len() {
        return Err(Unfit::Values(values.len(), table.rows.len()));
    }
    let groups = table.groups();
    let mut each: Vec<Vec<f64>> = vec![Vec::new(); groups];
    for (rows, values) in table.rows.chunks(table.step()).zip(values.chunks(table.step())) {
        for (step, ends) in rows.windows(2).zip(values.windows(2)) {
            let moved = (0..table.inputs.len()).find(|n| step[0][*n] != step[1][*n]);
            let (Some(moved), [Some(before), Some(after)]) = (moved, ends) else { continue };
            let input = &table.inputs[moved];
            let up = if rises(input, step[0][moved], step[1][moved]) { 1.0 } else { -1.0 };
            each[input.group].push(up * (after - before) / moves(table, input.group, levels));
        }
    }
    let resampling = Resampling::of(seed);
    let one = |(group, effects): (usize, &Vec<f64>)| {
        let mut of = Moments::default();
        let mut sizes = Moments::default();
        effects.iter().for_each(|effect| of.add(Some(*effect)));
        effects.iter().for_each(|effect| sizes.add(Some(effect.abs())));
        let signed = has_direction(table, group);
        let resampled = |number: u32| {
            let taken = resampling.taken(number, effects.len());
            taken.iter().map(|n| effects[*n].abs()).sum::<f64>() / effects.len() as f64
        };
        let size = sizes.mean().and_then(|at| ranged(at, (0..resamples).map(resampled).collect()));
        let mean = of.mean().filter(|_| signed);
        Effect { n: of.n(), mean, size, deviation: of.sd().filter(|_| signed) }
    };
    Ok(each.iter().enumerate().map(one).collect())
}

/// How far a group moves, as a share of its range: with a switch in it, all the way.
fn moves(table: &Table, group: usize, levels: u32) -> f64 {
    let mut of = table.inputs.iter().filter(|input| input.group == group);
    if of.any(|input| input.categories.is_some()) { 1.0 } else { stride(levels) }
}

fn has_direction(table: &Table, group: usize) -> bool {
    let mut of = table.inputs.iter().filter(|input| input.group == group);
    let first = of.next().is_some_and(|input| input.categories.is_none_or(|n| n == 2));
    first && of.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::points::{Input, category};
    use crate::designs::trajectories::trajectories;

    #[test]
    fn effects_of_a_straight_figure_are_its_slopes() {
        let inputs = [
            Input::number(0, 0),
            Input::number(1, 1),
            Input::switch(2, 2, 2),
            Input::number(3, 3),
            Input::number(4, 3),
            Input::switch(5, 4, 4),
        ];
        let table = trajectories(5, &inputs, 6, 40, 40).expect("trajectories");
        let value = |x: &Vec<f64>| {
            let way = f64::from(category(x[5], 4));
            Some(3.0 * x[0] - 2.0 * x[1] + 1.5 * f64::from(category(x[2], 2)) + x[3] - x[4] + way)
        };
        let mut values: Vec<Option<f64>> = table.rows.iter().map(value).collect();
        let found = effects(&table, &values, 1, 100).expect("effects");
        let near = |a: Option<f64>, b: f64| assert!((a.expect("one") - b).abs() < 1e-9, "{a:?}");
        for (group, slope) in [(0, 3.0), (1, -2.0), (2, 1.5)] {
            near(found[group].mean, slope);
            near(found[group].deviation, 0.0);
            near(found[group].size.map(|size| size.at), slope.abs());
            near(found[group].size.map(|size| size.high), slope.abs());
        }
        // Two that move together, as often against each other as not: nought or two.
        assert_eq!((found[3].mean, found[4].mean), (None, None));
        let size = found[3].size.expect("a size");
        assert!(size.low < 1.0 && 1.0 < size.high && size.high - size.low > 0.1, "{size:?}");
        // What is missing is left out of the two steps it belongs to.
        values[table.step() + 3] = None;
        let found = effects(&table, &values, 1, 100).expect("effects");
        assert_eq!(found.iter().map(|effect| effect.n).sum::<u32>(), 40 * 5 - 2);
        assert_eq!(effects(&table, &values[1..], 1, 9), Err(Unfit::Values(239, 240)));
    }

    #[test]
    fn what_acts_on_both_sides_has_size_and_spread_and_no_mean() {
        let inputs = [Input::number(0, 0), Input::number(1, 1)];
        let table = trajectories(2, &inputs, 4, 400, 400).expect("trajectories");
        let value = |x: &Vec<f64>| Some(if x[1] > 0.5 { x[0] } else { -x[0] });
        let values: Vec<Option<f64>> = table.rows.iter().map(value).collect();
        let found = effects(&table, &values, 1, 200).expect("effects")[0];
        assert!(found.mean.expect("a mean").abs() < 0.15);
        assert!((found.size.expect("a size").at - 1.0).abs() < 1e-9);
        assert!((found.deviation.expect("a deviation") - 1.0).abs() < 0.02);
    }
}
