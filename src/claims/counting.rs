//! In which draws a claim holds.
//!
//! It holds in a draw if the mean over its replicates does. How far such a mean may be off by
//! luck is read from how replicates of one draw differ, pooled over all draws (in so few
//! replicates no draw tells it by itself), and a draw whose mean is nearer to the edge than
//! its 95% t interval is wide is counted apart, as undecided.

use super::Claim;
use crate::analysis::moments::{Moments, Quantiles, TAIL};
use crate::resampling::Ranged;

/// Values of figures under each luck of one draw: `[replicate][figure]`.
pub type Values = Vec<Vec<Option<f64>>>;

/// What a claim comes to in a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// Luck leaves it open.
    Undecided,
}

impl Held {
    /// The word in tables.
    pub fn id(self) -> &'static str {
        match self {
            Held::Holds => "holds",
            Held::Fails => "fails",
            Held::Undecided => "undecided",
        }
    }
}

/// A claim in a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The draw, from 0.
    pub draw: u32,
    /// By how much each part holds: mean over replicates, in its unit.
    pub margins: Vec<f64>,
    /// What it comes to.
    pub held: Held,
}

/// How far margins may be off by luck.
#[derive(Clone, Debug, PartialEq)]
pub struct Luck {
    /// Standard deviation of one replicate's margin, by part; nought where no draw has two
    /// replicates, which leaves nothing undecided.
    pub sd: Vec<f64>,
    /// Standard errors that a 95% interval is wide to each side, by part.
    pub times: Vec<f64>,
}

/// Margins of one draw: `[part][replicate]`; none where a part could be measured in no
/// replicate.
fn margins(claim: &Claim, values: &Values) -> Option<Vec<Vec<f64>>> {
    let of = |part: &super::Part| -> Vec<f64> {
        values.iter().filter_map(|values| part.margin(values)).collect()
    };
    let all: Vec<Vec<f64>> = claim.parts.iter().map(of).collect();
    all.iter().all(|of| !of.is_empty()).then_some(all)
}

fn moments(values: &[f64]) -> Moments {
    let mut moments = Moments::default();
    values.iter().for_each(|value| moments.add(Some(*value)));
    moments
}

impl Luck {
    /// From the replicates of draws.
    pub fn of<'a>(claim: &Claim, draws: impl Iterator<Item = &'a Values>) -> Self {
        let mut within = vec![(0.0, 0u32); claim.parts.len()];
        for margins in draws.filter_map(|values| margins(claim, values)) {
            for ((squares, free), margins) in within.iter_mut().zip(&margins) {
                *squares += moments(margins).squares();
                *free += margins.len() as u32 - 1;
            }
        }
        let mut quantiles = Quantiles::default();
        let sd = |(squares, free): &(f64, u32)| match free {
            0 => 0.0,
            free => (squares / f64::from(*free)).sqrt(),
        };
        let mut times =
            |(_, free): &(f64, u32)| quantiles.half(free + 1, TAIL).filter(|t| t.is_finite());
        Self {
            sd: within.iter().map(sd).collect(),
            times: within.iter().map(|of| times(of).unwrap_or(0.0)).collect(),
        }
    }
}

/// A claim over draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The draws in which it could be measured, in order.
    pub draws: Vec<Drawn>,
    /// Draws in which nobody was there to measure it on.
    pub unmeasured: u32,
}

impl Counted {
    /// Counts a claim over draws: their numbers, and their values.
    pub fn of<'a>(
        claim: &Claim,
        luck: &Luck,
        draws: impl Iterator<Item = (u32, &'a Values)>,
    ) -> Self {
        let mut counted = Self { draws: Vec::new(), unmeasured: 0 };
        for (draw, values) in draws {
            let Some(margins) = margins(claim, values) else {
                counted.unmeasured += 1;
                continue;
            };
            let parts = claim.parts.iter().zip(&margins).enumerate();
            let each = parts.map(|(index, (part, margins))| {
                let mean = margins.iter().sum::<f64>() / margins.len() as f64;
                let error = luck.sd[index] / (margins.len() as f64).sqrt();
                // Where no replicate differs there is no luck in it.
                let alike = margins.iter().all(|margin| *margin == 0.0);
                let held = match () {
                    () if alike && part.op.holds_at_nought() => Held::Holds,
                    () if alike => Held::Fails,
                    () if mean.abs() <= luck.times[index] * error => Held::Undecided,
                    () if mean > 0.0 => Held::Holds,
                    () => Held::Fails,
                };
                (mean, held)
            });
            let each: Vec<(f64, Held)> = each.collect();
            let any = |held: Held| each.iter().any(|(_, own)| *own == held);
            let held = match () {
                () if any(Held::Fails) => Held::Fails,
                () if any(Held::Undecided) => Held::Undecided,
                () => Held::Holds,
            };
            let margins = each.into_iter().map(|(margin, _)| margin).collect();
            counted.draws.push(Drawn { draw, margins, held });
        }
        counted
    }

    /// Number of draws that it was measured in.
    pub fn n(&self) -> usize {
        self.draws.len()
    }

    /// Draws in which it comes to this.
    pub fn count(&self, held: Held) -> usize {
        self.draws.iter().filter(|draw| draw.held == held).count()
    }

    /// Share of draws in which it comes to this, with its interval; none without draws.
    pub fn share(&self, held: Held) -> Option<Ranged> {
        share(self.count(held), self.n())
    }

    /// Standard deviation of each part's margin over draws; 1 where it never differs.
    pub fn spreads(&self) -> Vec<f64> {
        let parts = self.draws.first().map_or(0, |draw| draw.margins.len());
        let of = |part: usize| {
            let all: Vec<f64> = self.draws.iter().map(|draw| draw.margins[part]).collect();
            moments(&all).sd().filter(|sd| *sd > 0.0).unwrap_or(1.0)
        };
        (0..parts).map(of).collect()
    }
}

impl Drawn {
    /// The margin of the part that is nearest to failing, each in units of its spread.
    pub fn weakest(&self, spreads: &[f64]) -> f64 {
        let each = self.margins.iter().zip(spreads).map(|(margin, spread)| margin / spread);
        each.fold(f64::INFINITY, f64::min)
    }
}

/// A share with its 95% interval, as of as many independent draws (Wilson, 1927), which
/// draws of a design are spread more evenly than; none of no draws.
pub fn share(k: usize, n: usize) -> Option<Ranged> {
    // The normal quantile that leaves a fortieth in each tail.
    const Z: f64 = 1.959_963_985;
    if n == 0 {
        return None;
    }
    let (k, n) = (k as f64, n as f64);
    let (at, squared) = (k / n, Z * Z / n);
    let middle = (at + squared / 2.0) / (1.0 + squared);
    let half = (Z / (1.0 + squared)) * (at * (1.0 - at) / n + squared / (4.0 * n)).sqrt();
    Some(Ranged {
        at,
        low: (middle - half).max(0.0).min(at),
        high: (middle + half).min(1.0).max(at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Against, Allowance, Op, Part};

    fn claim(ops: &[Op]) -> Claim {
        let part = |(n, op): (usize, &Op)| Part {
            text: String::new(),
            left: 2 * n,
            op: *op,
            right: Against::Figure(2 * n + 1, Allowance::Amount(0.0)),
        };
        Claim { text: String::new(), parts: ops.iter().enumerate().map(part).collect() }
    }

    /// Draws of two replicates, by how much the left is above nought.
    fn draws(of: &[[f64; 2]]) -> Vec<Values> {
        of.iter().map(|two| two.iter().map(|x| vec![Some(*x), Some(0.0)]).collect()).collect()
    }

    fn counted(claim: &Claim, draws: &[Values]) -> (Luck, Counted) {
        let luck = Luck::of(claim, draws.iter());
        let counted = Counted::of(claim, &luck, (0..).zip(draws));
        (luck, counted)
    }

    #[test]
    fn a_draw_within_lucks_error_is_undecided() {
        // Squares within: 2, 2, 2 and 0 on four degrees of freedom, so the variance is 1.5;
        // of a mean of two 0.75, and t is 2.776: ± 2.404.
        let of = draws(&[[4.0, 6.0], [1.4, 3.4], [-4.0, -2.0], [0.0, 0.0]]);
        let (luck, found) = counted(&claim(&[Op::More]), &of);
        assert_eq!(luck.sd, [1.5f64.sqrt()]);
        assert!((luck.times[0] - 2.776_445).abs() < 1e-5);
        let held: Vec<Held> = found.draws.iter().map(|draw| draw.held).collect();
        assert_eq!(held, [Held::Holds, Held::Undecided, Held::Fails, Held::Fails]);
        let (_, found) = counted(&claim(&[Op::AtLeast]), &of);
        assert_eq!(found.draws[3].held, Held::Holds, "nothing differs, which is enough for this");
        let (_, found) = counted(&claim(&[Op::Less]), &of);
        assert_eq!(found.count(Held::Holds), 1);
    }

    #[test]
    fn every_part_has_to_hold_and_one_that_fails_is_enough() {
        let sure = |x: f64| [Some(x), Some(0.0)];
        let values = |a: f64, b: f64| -> Values {
            [0.1, -0.1].map(|luck| [sure(a + luck), sure(b - luck)].concat()).to_vec()
        };
        let of = [values(5.0, -5.0), values(5.0, 0.05), values(5.0, 5.0), values(0.05, -5.0)];
        let (_, found) = counted(&claim(&[Op::More, Op::More]), &of);
        let held: Vec<Held> = found.draws.iter().map(|draw| draw.held).collect();
        assert_eq!(held, [Held::Fails, Held::Undecided, Held::Holds, Held::Fails]);
        assert!(found.draws[0].weakest(&[1.0, 2.0]) < -2.4);
    }

    #[test]
    fn what_could_not_be_measured_is_left_out_and_counted() {
        let mut of = draws(&[[1.0, 1.0], [1.0, 1.0]]);
        of[0].iter_mut().for_each(|values| values[1] = None);
        of[1][0][0] = None;
        let (luck, found) = counted(&claim(&[Op::More]), &of);
        assert_eq!((found.n(), found.unmeasured, luck.sd[0]), (1, 1, 0.0));
        assert_eq!(found.draws[0].held, Held::Holds, "one replicate is left");
    }

    #[test]
    fn shares_have_the_intervals_of_tables() {
        // Newcombe (1998), table I: 81 of 263, and 0 of 20.
        let found = share(81, 263).expect("draws");
        assert!((found.low - 0.2553).abs() < 5e-5 && (found.high - 0.3662).abs() < 5e-5);
        let none = share(0, 20).expect("draws");
        assert_eq!((none.at, none.low), (0.0, 0.0));
        assert!((none.high - 0.1611).abs() < 5e-5);
        assert_eq!(share(0, 0), None);
    }
}
