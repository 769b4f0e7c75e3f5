//! Saltelli's blocks, for shares of variance.

use super::points::{Fault, Input, Plan, Table, checked, within};
use super::{ABREAST, sobol};
use crate::draws::{Draws, Luck, Stream};

/// `size` blocks. Each is a point A, then for each group A with that group from another
/// point B, with `both_ways` then for each group B with that group from A, and B at last
/// (Saltelli, *Making best use of model evaluations to compute sensitivity indices*, 2002).
/// A block is the same however many there are. Sizes that are powers of two are spread most
/// evenly.
pub fn blocks(seed: u64, inputs: &[Input], size: u32, both_ways: bool) -> Result<Table, Fault> {
    let groups = checked(inputs)?;
    let step = if both_ways { 2 * groups + 2 } else { groups + 2 };
    within(size, step)?;
    let luck = Draws { seed, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
    let mut rows = Vec::with_capacity(size as usize * step);
    for point in 0..size {
        let [a, b] = [0, ABREAST / 2].map(|half| base(luck, inputs, half, point));
        // The group of `from` in the place of that of `into`.
        let with = |into: &[f64], from: &[f64], group: usize| -> Vec<f64> {
            let each = inputs.iter().zip(into.iter().zip(from));
            each.map(|(input, (own, other))| *if input.group == group { other } else { own })
                .collect()
        };
        let changed = (0..groups).map(|group| with(&a, &b, group));
        let back = (0..if both_ways { groups } else { 0 }).map(|group| with(&b, &a, group));
        let middle: Vec<Vec<f64>> = changed.chain(back).collect();
        rows.push(a);
        rows.extend(middle);
        rows.push(b);
    }
    Ok(Table { plan: Plan::Blocks { both_ways }, inputs: inputs.to_vec(), rows })
}

/// A point A, or with the other `half` of dimensions B. An input has two dimensions of one
/// Sobol sequence, so that A and B are spread evenly over eight inputs at a time; the next
/// eight have a sequence of their own, since far dimensions of one are alike.
fn base(luck: Luck, inputs: &[Input], half: u32, point: u32) -> Vec<f64> {
    let a_sequence = ABREAST / 2;
    let dimension = |own: u32| own / a_sequence * ABREAST + half + own % a_sequence;
    inputs.iter().map(|input| input.at(sobol(luck, dimension(input.dimension), point))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_changes_one_group_at_a_time() {
        let inputs =
            [Input::number(0, 0), Input::number(9, 1), Input::switch(2, 0, 3), Input::number(3, 2)];
        let table = blocks(7, &inputs, 4, true).expect("blocks");
        assert_eq!((table.rows.len(), table.step()), (32, 8));
        for block in table.rows.chunks(8) {
            let (a, b) = (&block[0], &block[7]);
            for group in 0..3 {
                for (n, input) in inputs.iter().enumerate() {
                    let moved = input.group == group;
                    assert_eq!(block[1 + group][n], if moved { b[n] } else { a[n] });
                    assert_eq!(block[4 + group][n], if moved { a[n] } else { b[n] });
                }
            }
            assert!([0.5 / 3.0, 0.5, 2.5 / 3.0].contains(&a[2]), "{}", a[2]);
        }
        let more = blocks(7, &inputs, 9, true).expect("blocks");
        assert_eq!(more.rows[..32], table.rows[..]);
        assert_ne!(blocks(8, &inputs, 4, true).expect("blocks"), table);
    }

    #[test]
    fn both_points_are_even_and_unlike_each_other_in_far_dimensions() {
        let inputs: Vec<Input> = (0..100).map(|n| Input::number(n * 3, n as usize)).collect();
        let table = blocks(1, &inputs, 256, false).expect("blocks");
        let column = |of: usize, n: usize| -> Vec<f64> {
            table.rows.chunks(table.step()).map(|block| block[of][n] - 0.5).collect()
        };
        let last = table.step() - 1;
        let all: Vec<Vec<f64>> = (0..100).flat_map(|n| [column(0, n), column(last, n)]).collect();
        for (n, one) in all.iter().enumerate() {
            let mut parts = vec![0; 256];
            one.iter().for_each(|u| parts[((u + 0.5) * 256.0) as usize] += 1);
            assert_eq!(parts, [1; 256]);
            for other in &all[..n] {
                let product: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
                // Of 19,900 pairs chance alone has one at about 4.1 ÷ √256, or 0.26.
                assert!((12.0 * product / 256.0).abs() < 0.4, "{product}");
            }
        }
    }
}
