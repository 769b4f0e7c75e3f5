//! Which few inputs decide.
//!
//! One after another that input is taken which explains most of what those before have left:
//! by a parabola over the ranks of a number, which sees what rises, falls or turns once, or
//! by the means of categories. It stays only if chance does as well in few permutations,
//! where chance may take the best of all the inputs that were looked at (Westfall and Young,
//! 1993; residuals permuted as in Freedman and Lane, 1983). So among two hundred inputs that
//! do nothing one is named in one case in twenty, not ten in each.
//!
//! For a claim give the ranks of its margin: how far a draw is off says more than on which
//! side it is, and ranks keep one wild draw from deciding.

use super::Column;
use crate::resampling::Resampling;
use statrs::function::beta::beta_reg;
use std::collections::BTreeMap;

/// An input that decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decider {
    /// Number of the input.
    pub input: usize,
    /// Share of the figure's variance that it explains beyond those before it, less what an
    /// input without effect would.
    pub share: f64,
    /// Rank correlation with what those before it have left, from −1 to 1: whether the
    /// figure rises with it. None for categories.
    pub trend: Option<f64>,
    /// Share of permutations in which the best of all inputs left does as well.
    pub p: f64,
}

/// How deciders are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Most inputs that are named.
    pub most: usize,
    /// The p above which none is named, in (0, 1).
    pub level: f64,
    /// Permutations of each step; 1 ÷ level of them at least, or none can pass.
    pub permutations: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { most: 8, level: 0.05, permutations: 999 }
    }
}

/// Ranks of values from 1, those alike sharing the mean of theirs.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for alike in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let mean = before as f64 + (alike.len() + 1) as f64 / 2.0;
        alike.iter().for_each(|n| ranks[*n] = mean);
        before += alike.len();
    }
    ranks
}

/// The inputs that decide a figure, `values` of which there is one a draw, in the order in
/// which they were taken. Columns of another length, and those that never differ, are not.
pub fn deciders(columns: &[Column], values: &[f64], terms: &Terms, seed: u64) -> Vec<Decider> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n.max(1) as f64;
    let mut left: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let whole = dot(&left, &left);
    let mut candidates: Vec<(usize, Vec<Vec<f64>>)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.len() == n)
        .map(|(input, column)| (input, features(column)))
        .collect();
    let mut chosen: Vec<Vec<f64>> = Vec::new();
    let mut found = Vec::new();
    let resampling = Resampling::of(seed);
    while found.len() < terms.most && whole > 0.0 {
        candidates.retain_mut(|(_, features)| {
            *features = orthonormal(std::mem::take(features), &chosen);
            !features.is_empty()
        });
        let free = (n as f64) - 1.0 - chosen.len() as f64;
        let fits = |of: &[f64]| best(&candidates, of, free);
        let squares = dot(&left, &left);
        if squares <= whole * NOTHING {
            break;
        }
        let Some(best) = fits(&left) else { break };
        let as_well = (0..terms.permutations).filter(|number| {
            let order = resampling.order(*number, n);
            let mut permuted: Vec<f64> = order.iter().map(|draw| left[*draw]).collect();
            remove(&mut permuted, &chosen);
            fits(&permuted).is_some_and(|other| !best.beats(&other))
        });
        let p = (1 + as_well.count()) as f64 / f64::from(terms.permutations + 1);
        if p > terms.level {
            break;
        }
        let (input, features) = candidates.remove(best.place);
        let error = (1.0 - best.explained) * squares / (free - features.len() as f64);
        let share = (best.explained * squares - features.len() as f64 * error) / whole;
        let trend = match &columns[input] {
            // Of the features of a number the first is its rank.
            Column::Number(_) => Some(dot(&features[0], &left) / squares.sqrt()),
            Column::Category(_) => None,
        };
        remove(&mut left, &features);
        chosen.extend(features);
        found.push(Decider { input, share, trend, p });
    }
    found
}

/// Of a length before, what counts as nothing left.
const NOTHING: f64 = 1e-12;

/// How well one candidate explains what is left.
#[derive(Clone, Copy)]
struct Fit {
    place: usize,
    /// Share of what is left, from 0 to 1.
    explained: f64,
    /// How likely a column without effect would do as well, by Fisher's F: candidates of
    /// more features are held to more.
    tail: f64,
}

impl Fit {
    fn beats(&self, other: &Fit) -> bool {
        let by_tail = other.tail.total_cmp(&self.tail);
        by_tail.then(self.explained.total_cmp(&other.explained)).is_gt()
    }
}

/// The candidate that explains best what is left, with so many degrees of freedom.
fn best(candidates: &[(usize, Vec<Vec<f64>>)], left: &[f64], free: f64) -> Option<Fit> {
    let squares = dot(left, left);
    // By number of features: among those alike the share decides, and its tail is needed of
    // the best only.
    let mut most: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    for (place, (_, features)) in candidates.iter().enumerate() {
        let along = |q: &Vec<f64>| dot(q, left) * dot(q, left);
        let explained = (features.iter().map(along).sum::<f64>() / squares).clamp(0.0, 1.0);
        let own = most.entry(features.len()).or_insert((place, explained));
        if explained > own.1 {
            *own = (place, explained);
        }
    }
    let fit = |(features, (place, explained)): (usize, (usize, f64))| {
        let rest = free - features as f64;
        let tail = || beta_reg(rest / 2.0, features as f64 / 2.0, 1.0 - explained);
        (rest >= 1.0 && squares > 0.0).then(|| Fit { place, explained, tail: tail() })
    };
    most.into_iter()
        .filter_map(fit)
        .reduce(|one, other| if other.beats(&one) { other } else { one })
}

/// What a column may explain by: rank and its square, or whether it is in each category.
fn features(column: &Column) -> Vec<Vec<f64>> {
    match column {
        Column::Number(values) => {
            let n = values.len().max(1) as f64;
            let scaled = |rank: f64| (2.0 * rank - 1.0) / n - 1.0;
            let ranks: Vec<f64> = ranks(values).into_iter().map(scaled).collect();
            let squares = ranks.iter().map(|rank| rank * rank).collect();
            vec![ranks, squares]
        }
        Column::Category(ways) => {
            let mut all = ways.clone();
            all.sort_unstable();
            all.dedup();
            let is = |way: &u32| ways.iter().map(|own| f64::from(u8::from(own == way))).collect();
            all.iter().skip(1).map(is).collect()
        }
    }
}

/// What of some vectors is at right angles to a constant, to those chosen and to one
/// another, each of length 1; without those of which nothing is left.
fn orthonormal(vectors: Vec<Vec<f64>>, chosen: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut kept: Vec<Vec<f64>> = Vec::new();
    for mut vector in vectors {
        let before = dot(&vector, &vector);
        // Twice, since once leaves what rounding made.
        for _ in 0..2 {
            let mean = vector.iter().sum::<f64>() / vector.len() as f64;
            vector.iter_mut().for_each(|x| *x -= mean);
            remove(&mut vector, chosen);
            remove(&mut vector, &kept);
        }
        let length = dot(&vector, &vector);
        if length > NOTHING * before {
            vector.iter_mut().for_each(|x| *x /= length.sqrt());
            kept.push(vector);
        }
    }
    kept
}

fn remove(from: &mut [f64], basis: &[Vec<f64>]) {
    for q in basis {
        let along = dot(q, from);
        from.iter_mut().zip(q).for_each(|(x, q)| *x -= along * q);
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;

    fn inputs(inputs: u32, draws: u32, seed: u64) -> Vec<Column> {
        let column = |d| Column::Number(Design::LatinHypercube.dimension(seed, d, draws));
        (0..inputs).map(column).collect()
    }

    fn figure(columns: &[Column], of: impl Fn(&dyn Fn(usize) -> f64) -> f64) -> Vec<f64> {
        let at = |draw: usize, input: usize| match &columns[input] {
            Column::Number(values) => values[draw],
            Column::Category(ways) => f64::from(ways[draw]),
        };
        (0..columns[0].len()).map(|draw| of(&|input| at(draw, input))).collect()
    }

    const QUICK: Terms = Terms { most: 8, level: 0.05, permutations: 199 };

    #[test]
    fn those_that_decide_are_named_in_order_with_their_shares() {
        let mut columns = inputs(100, 1024, 4);
        let Column::Number(u) = &columns[5] else { panic!("a number") };
        columns[5] = Column::Category(u.iter().map(|u| (u * 4.0) as u32).collect());
        // Variances: 9/12, 4/12 × 3/4 of a switch at one way in four, 1/5 − 1/9 times 4, 1/12.
        let values = figure(&columns, |x| {
            let turned = 2.0 * (2.0 * x(40) - 1.0);
            3.0 * x(7) + if x(5) == 2.0 { 1.2 } else { 0.0 } - 0.5 * turned * turned + x(99) - x(98)
        });
        let found = deciders(&columns, &values, &QUICK, 1);
        let named: Vec<usize> = found.iter().map(|decider| decider.input).collect();
        assert_eq!(named[..3], [7, 40, 5], "{found:?}");
        assert_eq!(named.iter().filter(|n| [98, 99].contains(n)).count(), named.len() - 3);
        let parts = [9.0 / 12.0, 4.0 * 4.0 / 45.0, 1.44 * 3.0 / 16.0, 1.0 / 12.0, 1.0 / 12.0];
        let whole: f64 = parts.iter().sum();
        for (decider, part) in found.iter().zip(parts) {
            assert!((decider.share - part / whole).abs() < 0.06, "{decider:?} {}", part / whole);
        }
        assert!(found[0].trend > Some(0.6) && found[1].trend.is_some_and(|t| t.abs() < 0.2));
        assert_eq!((found[2].trend, found[0].p), (None, 1.0 / 200.0));
    }

    #[test]
    fn among_inputs_that_do_nothing_one_is_seldom_named() {
        let terms = Terms { permutations: 59, ..QUICK };
        let named = (0..60).filter(|seed| {
            let columns = inputs(61, 128, *seed);
            let Column::Number(luck) = &columns[60] else { panic!("a number") };
            !deciders(&columns[..60], luck, &terms, *seed).is_empty()
        });
        // Three are to be expected; nine or more come in one case of four hundred.
        let named = named.count();
        assert!(named < 9, "{named}");
    }

    #[test]
    fn what_explains_all_ends_the_search() {
        let columns = inputs(3, 64, 1);
        let ranked = ranks(&figure(&columns, |x| x(1)));
        let found = deciders(&columns, &ranked, &QUICK, 1);
        assert_eq!(found.len(), 1);
        assert!((found[0].share - 1.0).abs() < 1e-9 && found[0].trend > Some(1.0 - 1e-9));
        assert!(deciders(&columns, &[1.0; 64], &QUICK, 1).is_empty());
        assert!(deciders(&columns, &[], &QUICK, 1).is_empty());
        let same = [Column::Number(vec![2.0; 64]), Column::Category(vec![1; 64])];
        assert!(deciders(&same, &ranked, &QUICK, 1).is_empty());
    }

    #[test]
    fn ranks_of_values_alike_are_shared() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0, 3.0]), [4.0, 1.0, 4.0, 2.0, 4.0]);
    }
}
