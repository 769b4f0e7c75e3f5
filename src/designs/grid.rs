//! Every level with every other.

use super::points::{Fault, Input, MOST_ROWS, Plan, Table, checked};

/// A grid: `levels` of each group with all levels of every other, the last group's changing
/// fastest. Numbers lie evenly from 0 to 1, both ends among them (one level alone in the
/// middle); of inputs with categories each comes as often, if levels are as many.
pub fn grid(inputs: &[Input], levels: &[u32]) -> Result<Table, Fault> {
    let groups = checked(inputs)?;
    if levels.len() != groups {
        return Err(Fault::LevelsOf(levels.len(), groups));
    }
    if let Some(none) = levels.iter().find(|levels| **levels == 0) {
        return Err(Fault::Levels(*none));
    }
    let rows: f64 = levels.iter().copied().map(f64::from).product();
    if rows > f64::from(MOST_ROWS) {
        return Err(Fault::Rows(rows));
    }
    let row = |number: u32| {
        let mut left = number;
        let mut level = vec![0; groups];
        for (level, of) in level.iter_mut().zip(levels).rev() {
            (*level, left) = (left % of, left / of);
        }
        inputs.iter().map(|input| at(input, level[input.group], levels[input.group])).collect()
    };
    let rows = (0..rows as u32).map(row).collect();
    Ok(Table { plan: Plan::Grid, inputs: inputs.to_vec(), rows })
}

fn at(input: &Input, level: u32, levels: u32) -> f64 {
    match (input.categories, levels) {
        (Some(_), _) | (None, 1) => input.at((f64::from(level) + 0.5) / f64::from(levels)),
        (None, _) => f64::from(level) / f64::from(levels - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_grid_is_as_written_out_by_hand() {
        let inputs = [Input::number(0, 0), Input::switch(1, 1, 2), Input::number(2, 0)];
        let table = grid(&inputs, &[3, 2]).expect("a grid");
        let by_hand = [
            [0.0, 0.25, 0.0],
            [0.0, 0.75, 0.0],
            [0.5, 0.25, 0.5],
            [0.5, 0.75, 0.5],
            [1.0, 0.25, 1.0],
            [1.0, 0.75, 1.0],
        ];
        assert_eq!(table.rows, by_hand);
        assert_eq!(grid(&[Input::number(0, 0)], &[1]).expect("a grid").rows, [[0.5]]);
    }

    #[test]
    fn grids_that_cannot_be_run_are_refused() {
        let inputs: Vec<Input> = (0..40).map(|n| Input::number(n, n as usize)).collect();
        assert_eq!(grid(&inputs, &[2; 40]), Err(Fault::Rows(1_099_511_627_776.0)));
        assert_eq!(grid(&inputs, &[2; 3]), Err(Fault::LevelsOf(3, 40)));
        assert_eq!(grid(&inputs[..1], &[0]), Err(Fault::Levels(0)));
    }
}
