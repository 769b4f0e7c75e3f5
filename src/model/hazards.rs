//! What may strike, by thinning.
//!
//! For each agent and hazard, candidate months come at a declared ceiling, the same
//! in every regime; at a candidate the event happens if its own uniform lies below
//! chance ÷ ceiling. So two worlds that have drifted apart are in step again at the
//! next candidate, and nobody pays for a draw in a month without one.

use super::world::{HAZARDS, Hazard, Person};
use crate::draws::{Luck, unit};
use crate::parameters::Parameters;

/// Ceilings of the monthly chances, and what turns a uniform into a gap.
#[derive(Clone, Copy, Debug)]
pub struct Ceilings {
    ceiling: [f64; HAZARDS],
    log_of_none: [f64; HAZARDS],
}

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
        Self { ceiling, log_of_none: ceiling.map(|c| libm::log(1.0 - c)) }
    }

    /// First candidate months of somebody born in `month`.
    pub fn begin(&self, luck: Luck, person: &mut Person, month: i32) {
        for hazard in Hazard::ALL {
            let candidate = self.candidate(luck, person.key, hazard, month as i16);
            person.next[hazard as usize] = candidate.next;
        }
        person.refresh_soonest();
    }

    /// What luck holds at a candidate month: a uniform for the event, and the candidate
    /// month after it.
    #[inline]
    pub fn candidate(&self, luck: Luck, key: u64, hazard: Hazard, month: i16) -> Candidate {
        let which = (hazard as u64) << 32 | u64::from(month as u16);
        let [event, gap] = luck.words(key, which);
        let uniform = unit(gap).max(LEAST_UNIFORM);
        let gap = 1.0 + libm::log(uniform) / self.log_of_none[hazard as usize];
        let next = month.saturating_add(gap.min(f64::from(i16::MAX)) as i16);
        Candidate { uniform: unit(event), next }
    }

    /// Whether the event happens at a candidate month; a chance above its ceiling is counted.
    #[inline]
    pub fn strikes(
        &self,
        candidate: Candidate,
        hazard: Hazard,
        chance: f64,
        over: &mut u64,
    ) -> bool {
        let ceiling = self.ceiling[hazard as usize];
        if chance > ceiling {
            *over += 1;
        }
        candidate.uniform * ceiling < chance
    }
}

/// What luck holds at a candidate month.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Held against chance ÷ ceiling.
    pub uniform: f64,
    /// The candidate month after this.
    pub next: i16,
}

/// Keeps the logarithm of a uniform finite.
const LEAST_UNIFORM: f64 = f64::EPSILON;

/// The chance in a month of an event whose hazard is `yearly` a year.
#[inline]
pub fn monthly(yearly: f64) -> f64 {
    1.0 - libm::exp(-yearly / 12.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Draws, Stream};

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
                let strikes = ceilings.strikes(candidate, Hazard::Admission, chance, &mut over);
                events += u32::from(strikes);
                month = candidate.next;
            }
        }
        let expected = chance * f64::from(months) * people as f64;
        assert!((f64::from(events) / expected - 1.0).abs() < 0.03, "{events} of {expected}");
        assert_eq!(over, 0);
    }
}
