//! What may strike, by thinning.
//!
//! For each agent and hazard, candidate months come at a declared ceiling, the same
//! in every regime; at a candidate the event happens if its own uniform lies below
//! chance ÷ ceiling. So two worlds that have drifted apart are in step again at the
//! next candidate, and nobody pays for a draw in a month without one. The almanac holds
//! whom they are to strike, and when.

use super::world::{HAZARDS, Hazard};
use crate::draws::{Luck, unit};
use crate::parameters::Parameters;
use std::sync::Arc;

/// Ceilings of the monthly chances, and what turns a uniform into a gap.
#[derive(Clone, Debug)]
pub struct Ceilings {
    ceiling: [f64; HAZARDS],
    log_of_none: [f64; HAZARDS],
    /// Gaps by the first bits of the word that decides them; [`OPEN`] where those bits
    /// do not tell.
    gaps: Arc<[[i16; 1 << FIRST_BITS]; HAZARDS]>,
    /// Whether everything is worked out the plain way.
    pub plain: bool,
}

/// Bits of a word that a gap is looked up by: for most words they decide it, so that the
/// logarithm is asked for few.
const FIRST_BITS: u32 = 10;
/// No gap: a candidate is always a month away at least.
const OPEN: i16 = 0;

impl Ceilings {
    /// From the declared ceilings.
    pub fn of(p: &Parameters) -> Self {
        let ceiling = [
            p.ceiling_dying,
            p.ceiling_leaving,
            p.ceiling_need_change,
            p.ceiling_review,
            p.ceiling_admission,
            p.ceiling_care_home_move,
            p.ceiling_wish_to_leave,
            p.ceiling_savings_run_out,
            p.ceiling_incident,
        ];
        let log_of_none = ceiling.map(|c| libm::log(1.0 - c));
        let of = |log: f64| {
            std::array::from_fn(|first| {
                // Gaps fall as words rise: where both ends agree, so do all between.
                let from = (first as u64) << (u64::BITS - FIRST_BITS);
                let (long, short) = (gap(from, log), gap(from | u64::MAX >> FIRST_BITS, log));
                if long == short { long } else { OPEN }
            })
        };
        Self { ceiling, log_of_none, gaps: Arc::new(log_of_none.map(of)), plain: false }
    }

    /// The same ceilings, with every candidate month looked at, and every gap and chance
    /// worked out: what the quicker way has to agree with.
    pub fn plainly(self) -> Self {
        Self { plain: true, ..self }
    }

    /// What luck holds at a candidate month: a uniform for the event, and the candidate
    /// month after it.
    #[inline]
    pub fn candidate(&self, luck: Luck, key: u64, hazard: Hazard, month: i16) -> Candidate {
        let which = (hazard as u64) << 32 | u64::from(month as u16);
        let [event, word] = luck.words(key, which);
        let known = self.gaps[hazard as usize][(word >> (u64::BITS - FIRST_BITS)) as usize];
        let open = known == OPEN || self.plain;
        let gap = if open { gap(word, self.log_of_none[hazard as usize]) } else { known };
        Candidate { uniform: unit(event), next: month.saturating_add(gap) }
    }

    /// Whether a chance reaches a candidate.
    #[inline]
    pub fn reaches(&self, uniform: f64, hazard: Hazard, chance: f64) -> bool {
        uniform * self.ceiling[hazard as usize] < chance
    }

    /// Whether the event may happen at a candidate month, or a bound on its chance tells that
    /// it does not, as it does for most.
    #[inline]
    pub fn may_strike(&self, uniform: f64, hazard: Hazard, chance: Chance) -> bool {
        let ceiling = self.ceiling[hazard as usize];
        let most = chance.at_most();
        self.plain || most > ceiling || self.reaches(uniform, hazard, most)
    }

    /// Whether the event happens at a candidate month; a chance above its ceiling is counted.
    #[inline]
    pub fn strikes(&self, uniform: f64, hazard: Hazard, chance: Chance, over: &mut u64) -> bool {
        if !self.may_strike(uniform, hazard, chance) {
            return false;
        }
        let (ceiling, chance) = (self.ceiling[hazard as usize], chance.value());
        if chance > ceiling {
            *over += 1;
        }
        self.reaches(uniform, hazard, chance)
    }
}

/// The chance of an event in a month, worked out only where a bound does not tell.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    /// A chance, or a yearly hazard.
    rate: f64,
    /// Log of what it is multiplied by.
    log: f64,
    yearly: bool,
}

impl Chance {
    /// It cannot happen.
    pub const NONE: Chance = Chance { rate: 0.0, log: 0.0, yearly: false };

    /// A chance in a month.
    #[inline]
    pub fn a_month(rate: f64) -> Self {
        Self { rate, ..Self::NONE }
    }

    /// The chance in a month of what has a hazard so high a year.
    #[inline]
    pub fn a_year(rate: f64) -> Self {
        Self { rate, yearly: true, ..Self::NONE }
    }

    /// The same, so much higher in logarithms.
    #[inline]
    pub fn times_exp(self, log: f64) -> Self {
        Self { log, ..self }
    }

    /// The chance.
    #[inline]
    pub fn value(self) -> f64 {
        let rate = if self.log == 0.0 { self.rate } else { self.rate * libm::exp(self.log) };
        if self.yearly { monthly(rate) } else { rate }
    }

    /// A number the chance does not exceed, at most a sixteenth and a little above a chance,
    /// or above a twelfth of a yearly hazard.
    #[inline]
    pub fn at_most(self) -> f64 {
        let rate = self.rate * exp_at_most(self.log);
        // The chance of an event is below the number of events expected.
        let (times, more) = [(SLACK, 0.0), (SLACK / 12.0, ROUNDING)][usize::from(self.yearly)];
        rate * times + more
    }
}

/// Makes up for what rounding takes away from a bound.
const SLACK: f64 = 1.0 + 1e-9;
/// More than a chance near nought is rounded by, when it is worked out from one near 1.
const ROUNDING: f64 = 1e-15;

/// A number that the exponential does not exceed, less than 6.2% above it: `2^(n + f)`, with
/// `f` in [0, 1), is at most `2^n·(1 + f)`, which is how a processor writes numbers down.
#[inline]
fn exp_at_most(x: f64) -> f64 {
    const EXPONENT_OF_ONE: f64 = 1023.0;
    const LARGEST: f64 = 700.0;
    if x.abs() > LARGEST {
        return f64::INFINITY;
    }
    let exponent = x * std::f64::consts::LOG2_E + EXPONENT_OF_ONE;
    f64::from_bits((exponent * (1_u64 << 52) as f64) as i64 as u64)
}

/// What luck holds at a candidate month.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Held against chance ÷ ceiling.
    pub uniform: f64,
    /// The candidate month after this.
    pub next: i16,
}

/// Months to the next candidate, 1 at least, by a word; `log_of_none` is the logarithm of
/// the chance that a month has none.
fn gap(word: u64, log_of_none: f64) -> i16 {
    let uniform = unit(word).max(LEAST_UNIFORM);
    (1.0 + libm::log(uniform) / log_of_none).min(f64::from(i16::MAX)) as i16
}

/// Keeps the logarithm of a uniform finite.
const LEAST_UNIFORM: f64 = f64::EPSILON;

/// The chance in a month of an event whose hazard is `yearly` a year.
#[inline]
pub fn monthly(yearly: f64) -> f64 {
    1.0 - libm::exp(-yearly / 12.0)
}

/// The chance in a month of a review falling due.
pub fn review_chance(p: &Parameters) -> f64 {
    monthly(-libm::log(1.0 - p.reviewed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Draws, Stream};

    /// The plain form and the table agree, at the ends of what the first bits cover and within.
    #[test]
    fn a_gap_looked_up_is_the_gap_worked_out() {
        let ceilings = Ceilings::of(&Parameters::default());
        let luck = Draws { seed: 9, draw: 0, replicate: 0 }.fixed(Stream::Candidate);
        let mut open = 0;
        for (hazard, log) in Hazard::ALL.into_iter().zip(ceilings.log_of_none) {
            for key in 0..20_000 {
                let next = ceilings.candidate(luck, key, hazard, 7).next;
                let [_, word] = luck.words(key, (hazard as u64) << 32 | 7);
                assert_eq!(next, 7 + gap(word, log), "{hazard:?} {key}");
            }
            for (first, known) in ceilings.gaps[hazard as usize].into_iter().enumerate() {
                open += usize::from(known == OPEN);
                let from = (first as u64) << (u64::BITS - FIRST_BITS);
                for word in (0..8).map(|part| from | part << (u64::BITS - FIRST_BITS - 3)) {
                    assert!(known == OPEN || known == gap(word, log), "{hazard:?} {first}");
                }
            }
        }
        let looked_up = (1 << FIRST_BITS) * HAZARDS;
        assert!(open < looked_up / 4, "{open} of {looked_up} are open");
    }

    /// What the bound lets through and what the chance does are the same events.
    #[test]
    fn a_bound_is_above_the_chance_and_near_it() {
        for step in -3_000..=3_000 {
            let log = f64::from(step) * 0.01;
            let bound = exp_at_most(log) / libm::exp(log);
            assert!((1.0 - 1e-12..1.062).contains(&bound), "{log}: {bound}");
            for chance in [Chance::a_month(0.3), Chance::a_year(1.7)] {
                let chance = chance.times_exp(log);
                assert!(chance.at_most() >= chance.value(), "{chance:?}");
            }
        }
        assert!(exp_at_most(-800.0) > 0.0 && exp_at_most(800.0) == f64::INFINITY);
        assert_eq!(Chance::NONE.at_most(), 0.0);
    }

    #[test]
    fn thinned_events_come_at_the_chance_asked_for() {
        let ceilings = Ceilings::of(&Parameters::default());
        let draws = Draws { seed: 9, draw: 0, replicate: 0 };
        let luck = draws.fixed(Stream::Candidate);
        let (chance, months, mut events, mut over) = (0.03, 400_i16, 0, 0);
        let people = 2_000;
        for key in 0..people {
            let mut month = ceilings.candidate(luck, key, Hazard::Admission, 0).next;
            while month <= months {
                let candidate = ceilings.candidate(luck, key, Hazard::Admission, month);
                let monthly = Chance::a_month(chance);
                let strikes =
                    ceilings.strikes(candidate.uniform, Hazard::Admission, monthly, &mut over);
                events += u32::from(strikes);
                month = candidate.next;
            }
        }
        let expected = chance * f64::from(months) * people as f64;
        assert!((f64::from(events) / expected - 1.0).abs() < 0.03, "{events} of {expected}");
        assert_eq!(over, 0);
    }
}
