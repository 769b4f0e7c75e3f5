//! Designs: where in each parameter's range the draws lie.
//!
//! A design gives each draw a uniform number for each dimension, spread more evenly than
//! chance would have it. What a uniform comes to in a parameter's own range is the matter
//! of [`crate::uncertainty`].

pub mod blocks;
pub mod grid;
pub mod points;
pub mod trajectories;

use crate::draws::{Draws, Luck, Stream};
use sobol_burley::sample;

/// Most draws of a design: as many points as the Sobol sequence is tabled for.
pub const MOST_DRAWS: u32 = 1 << 16;

/// How draws are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Sobol's sequence, Owen-scrambled (Burley, *Practical hash-based Owen scrambling*,
    /// 2020): each draw is the same however many there are.
    Sobol,
    /// One draw in each of as many equal parts of every dimension as there are draws
    /// (McKay, Beckman and Conover, 1979).
    LatinHypercube,
}

impl Design {
    /// Every design.
    pub const ALL: [Design; 2] = [Design::Sobol, Design::LatinHypercube];

    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Design::Sobol => "sobol",
            Design::LatinHypercube => "latin-hypercube",
        }
    }

    /// The design called `id`.
    pub fn find(id: &str) -> Option<Design> {
        Design::ALL.into_iter().find(|design| design.id() == id)
    }

    /// One dimension of `draws` draws, [`MOST_DRAWS`] at most: uniforms in [0, 1).
    pub fn dimension(self, seed: u64, dimension: u32, draws: u32) -> Vec<f64> {
        // Designs are of the seed alone: no draw's own luck enters them.
        let luck = Draws { seed, draw: 0, replicate: 0 }.fixed(Stream::Parameters);
        match self {
            Design::Sobol => (0..draws).map(|draw| sobol(luck, dimension, draw)).collect(),
            Design::LatinHypercube => latin(luck, dimension, draws),
        }
    }
}

/// Dimensions of one Sobol sequence; the next have one of their own. There are tables for
/// more, but of few points two far dimensions of one sequence may be all but the same: with
/// 64 draws and 256 dimensions some pair has a correlation of 0.9 and more.
const ABREAST: u32 = 16;

/// One number of the sequence. Each further sixteen dimensions are the same ones under
/// another seed. A seed scrambles the values and also shuffles, in nested blocks, the order
/// of the points; with the values alone scrambled, a dimension would fall into the same parts
/// of its range, draw by draw, as the one whose table it shares.
fn sobol(luck: Luck, dimension: u32, draw: u32) -> f64 {
    let (sequence, tabled) = (dimension / ABREAST, dimension % ABREAST);
    let seed = (luck.words(u64::from(sequence), 0)[0] >> u32::BITS) as u32;
    f64::from(sample(draw, tabled, seed))
}

/// A number in each of as many equal parts as there are draws, in keyed order.
fn latin(luck: Luck, dimension: u32, draws: u32) -> Vec<f64> {
    // Away from the keys of the other design.
    let mut chance = luck.about(1 << u32::BITS | u64::from(dimension));
    let mut parts: Vec<u32> = (0..draws).collect();
    for last in (1..parts.len()).rev() {
        let with = (chance.uniform() * (last + 1) as f64) as usize;
        parts.swap(last, with.min(last));
    }
    // Rounding may carry the last part's end to 1, which is not below it.
    let within = |part: u32| (f64::from(part) + chance.uniform()) / f64::from(draws);
    parts.into_iter().map(within).map(|u| u.min(BELOW_ONE)).collect()
}

/// The largest number below 1.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws in each of so many equal parts.
    fn counts(uniforms: &[f64], parts: usize) -> Vec<usize> {
        let mut counts = vec![0; parts];
        uniforms.iter().for_each(|u| counts[(u * parts as f64) as usize] += 1);
        counts
    }

    /// More dimensions than the ledger has parameters.
    const DIMENSIONS: u32 = 512;

    #[test]
    fn every_part_of_every_dimension_has_its_draw() {
        for dimension in 0..DIMENSIONS {
            for draws in [2, 16, 64, 256] {
                let sobol = Design::Sobol.dimension(5, dimension, draws);
                assert_eq!(counts(&sobol, draws as usize), vec![1; draws as usize], "{dimension}");
            }
            for draws in [2, 7, 100] {
                let latin = Design::LatinHypercube.dimension(5, dimension, draws);
                assert_eq!(counts(&latin, draws as usize), vec![1; draws as usize], "{dimension}");
            }
        }
    }

    #[test]
    fn a_sobol_draw_is_the_same_however_many_there_are() {
        for dimension in [0, 1, 255, 256, 300] {
            let many = Design::Sobol.dimension(9, dimension, 1000);
            for draws in [1, 3, 64, 65] {
                let few = Design::Sobol.dimension(9, dimension, draws);
                assert_eq!(few[..], many[..draws as usize]);
            }
        }
    }

    #[test]
    fn designs_go_by_the_seed_and_nothing_else() {
        for design in Design::ALL {
            let of = |seed| design.dimension(seed, 3, 32);
            assert_eq!(of(1), of(1));
            assert_ne!(of(1), of(2));
            assert_eq!(Design::find(design.id()), Some(design));
        }
    }

    /// Pearson's statistic of independence of two dimensions over so many parts of each,
    /// over its degrees of freedom: near 1 where they are independent, up to draws ÷
    /// (parts − 1) where one says all about the other.
    fn dependence(one: &[f64], other: &[f64], parts: usize) -> f64 {
        let mut cells = vec![0.0; parts * parts];
        let part = |u: f64| (u * parts as f64) as usize;
        one.iter().zip(other).for_each(|(a, b)| cells[part(*a) * parts + part(*b)] += 1.0);
        let expected = one.len() as f64 / (parts * parts) as f64;
        let chi: f64 = cells.iter().map(|n| (n - expected) * (n - expected) / expected).sum();
        chi / ((parts - 1) * (parts - 1)) as f64
    }

    #[test]
    fn dimensions_that_share_a_table_are_independent() {
        let (draws, parts, seeds) = (256, 8, 40);
        let mut shared = 0.0;
        let mut in_order = 0.0;
        for seed in 0..seeds {
            let of = |dimension| Design::Sobol.dimension(seed, dimension, draws);
            for tabled in [0, 7, 15] {
                shared += dependence(&of(tabled), &of(ABREAST + tabled), parts);
            }
            // What they would be with their values scrambled and their order kept: a part
            // of one is then always the same part of the other.
            let one = of(0);
            let flipped: Vec<f64> = one.iter().map(|u| 1.0 - f64::EPSILON - u).collect();
            in_order += dependence(&one, &flipped, parts);
        }
        let (shared, in_order) = (shared / (3 * seeds) as f64, in_order / seeds as f64);
        assert!(in_order > 30.0, "the statistic sees it: {in_order}");
        assert!(shared < 1.5, "{shared}");
    }

    #[test]
    fn no_two_dimensions_are_all_but_the_same() {
        // Of 38,781 pairs chance alone has one at about 4.2 ÷ √draws: 0.13 and 0.53.
        for (design, draws, most) in [
            (Design::Sobol, 1024, 0.25),
            (Design::LatinHypercube, 1024, 0.17),
            (Design::Sobol, 64, 0.8),
            (Design::LatinHypercube, 64, 0.65),
        ] {
            let all: Vec<Vec<f64>> =
                (0..279).map(|dimension| design.dimension(3, dimension, draws)).collect();
            let mut worst: f64 = 0.0;
            for (index, one) in all.iter().enumerate() {
                for other in &all[..index] {
                    let product: f64 =
                        one.iter().zip(other).map(|(a, b)| (a - 0.5) * (b - 0.5)).sum();
                    worst = worst.max((12.0 * product / f64::from(draws)).abs());
                }
            }
            assert!(worst < most, "{}, {draws}: {worst}", design.id());
        }
    }
}
