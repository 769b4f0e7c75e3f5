//! Morris's trajectories, for screening many inputs with few runs.

use super::points::{Fault, Input, Plan, Table, category, checked, middle, within};
use crate::draws::{Draws, Sequence, Stream};

/// `size` trajectories. Each starts anywhere and moves every group once, in any order:
/// numbers by half of their `levels`, an even number, and inputs with categories from one
/// to any other (Morris, *Factorial sampling plans for preliminary computational
/// experiments*, 1991).
///
/// They are those of `candidates` that lie furthest apart, by Campolongo's distance (2007),
/// as far as exchanging one at a time finds them; with no more candidates than `size` they
/// are all there are. A candidate is the same however many there are. Work grows with the
/// square of the candidates, times groups, times inputs.
pub fn trajectories(
    seed: u64,
    inputs: &[Input],
    levels: u32,
    size: u32,
    candidates: u32,
) -> Result<Table, Fault> {
    let groups = checked(inputs)?;
    if levels < 2 || !levels.is_multiple_of(2) {
        return Err(Fault::Levels(levels));
    }
    within(size, groups + 1)?;
    if candidates < size {
        return Err(Fault::Size(candidates));
    }
    within(candidates, groups + 1)?;
    // Away from the keys of other designs.
    let luck = Draws { seed, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
    let one = |number: u32| {
        Trajectory::new(&mut luck.about(1 << (u32::BITS + 1) | u64::from(number)), inputs, levels)
    };
    let all: Vec<Trajectory> = (0..candidates).map(one).collect();
    let rows = furthest(&all, size as usize).into_iter().flat_map(|n| all[n].rows()).collect();
    Ok(Table { plan: Plan::Trajectories { levels }, inputs: inputs.to_vec(), rows })
}

/// How far a number moves in a step, as a share of its range.
pub fn stride(levels: u32) -> f64 {
    f64::from(levels / 2) / f64::from(levels.max(2) - 1)
}

struct Trajectory {
    start: Vec<f64>,
    end: Vec<f64>,
    /// Inputs that move, step by step.
    moves: Vec<Vec<usize>>,
}

impl Trajectory {
    fn new(chance: &mut Sequence, inputs: &[Input], levels: u32) -> Self {
        let mut ends = Vec::new();
        for input in inputs {
            let (one, other) = match input.categories {
                Some(categories) => {
                    let from = chance.below(categories as usize) as u32;
                    let on = 1 + chance.below(categories as usize - 1) as u32;
                    (middle(from, categories), middle((from + on) % categories, categories))
                }
                None => {
                    let low = chance.below(levels as usize / 2) as u32;
                    let at = |level: u32| f64::from(level) / f64::from(levels - 1);
                    (at(low), at(low + levels / 2))
                }
            };
            ends.push(if chance.below(2) == 0 { (one, other) } else { (other, one) });
        }
        let groups = inputs.iter().map(|input| input.group + 1).max().unwrap_or(0);
        let mut order: Vec<usize> = (0..groups).collect();
        for last in (1..groups).rev() {
            order.swap(last, chance.below(last + 1));
        }
        let of = |group: usize| (0..inputs.len()).filter(|n| inputs[*n].group == group).collect();
        let (start, end) = ends.into_iter().unzip();
        Self { start, end, moves: order.into_iter().map(of).collect() }
    }

    fn rows(&self) -> Vec<Vec<f64>> {
        let mut row = self.start.clone();
        let mut rows = vec![row.clone()];
        for moved in &self.moves {
            moved.iter().for_each(|n| row[*n] = self.end[*n]);
            rows.push(row.clone());
        }
        rows
    }

    /// Distances of each point of one from each of the other, added up.
    fn distance(&self, other: &Trajectory) -> f64 {
        let squared = |a: f64, b: f64| (a - b) * (a - b);
        let mut sum = 0.0;
        for own in self.rows() {
            let mut left: f64 = own.iter().zip(&other.start).map(|(a, b)| squared(*a, *b)).sum();
            sum += left.sqrt();
            for moved in &other.moves {
                for n in moved {
                    left += squared(own[*n], other.end[*n]) - squared(own[*n], other.start[*n]);
                }
                sum += left.max(0.0).sqrt();
            }
        }
        sum
    }
}

/// Those `size` of them whose squared distances add up to the most that exchanging one at
/// a time arrives at, in ascending order.
fn furthest(all: &[Trajectory], size: usize) -> Vec<usize> {
    if all.len() <= size {
        return (0..all.len()).collect();
    }
    let mut apart = vec![vec![0.0; all.len()]; all.len()];
    for a in 0..all.len() {
        for b in 0..a {
            let distance = all[a].distance(&all[b]);
            (apart[a][b], apart[b][a]) = (distance * distance, distance * distance);
        }
    }
    // How far one is from those chosen, but for one of them.
    let from = |n: usize, chosen: &[usize], but: Option<usize>| -> f64 {
        chosen.iter().filter(|other| Some(**other) != but).map(|other| apart[n][*other]).sum()
    };
    let mut chosen: Vec<usize> = (0..size).collect();
    loop {
        // The exchange that gains most; the first of those that gain alike.
        let mut best = (0.0, None);
        for (place, out) in chosen.iter().enumerate() {
            let before = from(*out, &chosen, None);
            for into in (0..all.len()).filter(|n| !chosen.contains(n)) {
                let gain = from(into, &chosen, Some(*out)) - before;
                if gain > best.0 + 1e-9 * before {
                    best = (gain, Some((place, into)));
                }
            }
        }
        let Some((place, into)) = best.1 else { break };
        chosen[place] = into;
    }
    chosen.sort_unstable();
    chosen
}

/// Whether a step takes an input to a higher level, or a later category.
pub(crate) fn rises(input: &Input, from: f64, to: f64) -> bool {
    match input.categories {
        Some(categories) => category(to, categories) > category(from, categories),
        None => to > from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs() -> Vec<Input> {
        let mut inputs: Vec<Input> = (0..6).map(|n| Input::number(n, n as usize)).collect();
        inputs.push(Input::switch(6, 6, 2));
        inputs.push(Input::switch(7, 6, 5));
        inputs
    }

    #[test]
    fn every_group_moves_once_and_by_the_stride() {
        let table = trajectories(3, &inputs(), 4, 50, 50).expect("trajectories");
        assert_eq!(table.step(), 8);
        let mut first = [0; 7];
        for rows in table.rows.chunks(8) {
            let mut moved = Vec::new();
            for step in rows.windows(2) {
                let changed: Vec<usize> = (0..8).filter(|n| step[0][*n] != step[1][*n]).collect();
                for n in changed.iter().filter(|n| **n < 6) {
                    assert!(((step[0][*n] - step[1][*n]).abs() - 2.0 / 3.0).abs() < 1e-12);
                }
                let group = table.inputs[changed[0]].group;
                assert_eq!(changed, if group == 6 { vec![6, 7] } else { vec![group] });
                moved.push(group);
            }
            first[moved[0]] += 1;
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4, 5, 6]);
        }
        assert!(first.iter().all(|n| *n > 1), "any group may go first: {first:?}");
        // Every level and every way is started from.
        let starts = |n: usize| {
            let mut starts: Vec<f64> = table.rows.chunks(8).map(|rows| rows[0][n]).collect();
            starts.sort_by(f64::total_cmp);
            starts.dedup();
            starts.len()
        };
        assert_eq!([starts(0), starts(6), starts(7)], [4, 2, 5]);
    }

    #[test]
    fn those_chosen_lie_further_apart_than_the_first() {
        let spread = |table: &Table| {
            let each: Vec<&[Vec<f64>]> = table.rows.chunks(8).collect();
            let mut sum = 0.0;
            for (n, one) in each.iter().enumerate() {
                for other in &each[..n] {
                    let between = |a: &Vec<f64>, b: &Vec<f64>| {
                        a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt()
                    };
                    let all = one.iter().flat_map(|a| other.iter().map(move |b| between(a, b)));
                    let distance: f64 = all.sum();
                    sum += distance * distance;
                }
            }
            sum
        };
        let plain = trajectories(3, &inputs(), 4, 6, 6).expect("trajectories");
        let chosen = trajectories(3, &inputs(), 4, 6, 60).expect("trajectories");
        assert!(spread(&chosen) > 1.1 * spread(&plain), "{} {}", spread(&chosen), spread(&plain));
        assert_eq!(chosen, trajectories(3, &inputs(), 4, 6, 60).expect("trajectories"));
        // No exchange is left that would gain: the same candidates, one chosen by hand.
        let luck = Draws { seed: 3, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
        let one = |n: u64| Trajectory::new(&mut luck.about(1 << 33 | n), &inputs(), 4);
        let all: Vec<Trajectory> = (0..60).map(one).collect();
        let best = spread(&chosen);
        for into in &all {
            let mut rows = chosen.rows.clone();
            rows.splice(0..8, into.rows());
            let other = Table { rows, ..chosen.clone() };
            assert!(spread(&other) <= best * (1.0 + 1e-8));
        }
    }

    #[test]
    fn levels_and_sizes_that_cannot_be_are_refused() {
        assert_eq!(trajectories(1, &inputs(), 3, 4, 4), Err(Fault::Levels(3)));
        assert_eq!(trajectories(1, &inputs(), 0, 4, 4), Err(Fault::Levels(0)));
        assert_eq!(trajectories(1, &inputs(), 4, 4, 3), Err(Fault::Size(3)));
    }
}
