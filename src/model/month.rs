//! What every process may see of a month: levers in force, parameters, luck.

use super::hazards::review_chance;
use super::world::{TERMS, World};
use crate::draws::{Draws, Luck, Stream};
use crate::experiment::Blow;
use crate::levers::Levers;
use crate::outcomes::Reads;
use crate::parameters::Parameters;
use crate::stresses::Shock;
use crate::structures::Structures;

/// What holds for a whole run of a world.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Parameter values.
    pub parameters: &'a Parameters,
    /// Named causal links, on or off.
    pub structures: &'a Structures,
    /// Lever settings by the month they are announced, in order.
    pub stages: &'a [(i32, Levers)],
    /// Years after the fork; 0 while burning in.
    pub years: usize,
    /// Blows the world is dealt.
    pub blows: &'a [Blow],
    /// What is read of people.
    pub reads: Reads,
}

impl<'a> Settings<'a> {
    /// Nothing announced, no blow dealt and no year counted, as while burning in.
    pub fn quiet(parameters: &'a Parameters, structures: &'a Structures) -> Self {
        let reads = Reads::ALL;
        Self { parameters, structures, stages: &[], years: 0, blows: &[], reads }
    }
}

/// A month: the context of every process.
#[derive(Debug)]
pub struct Month<'a> {
    /// 1 is the first month after the fork; months before it are 0 and below.
    pub number: i32,
    /// Parameter values.
    pub p: &'a Parameters,
    /// Named causal links, on or off.
    pub s: &'a Structures,
    /// Numbers as far as they have moved, and the rules of the place's own status quo.
    pub levers: Levers,
    /// Lever settings by stage, with how far each stage has arrived.
    stages: Vec<(f64, Levers)>,
    /// Whether every stage has reached everybody.
    settled: bool,
    /// Arrival of rules, by person and contract.
    arriving: Luck,
    /// How far what differs from the place's own ways has arrived.
    changed: f64,
    /// Announced changes: (month, arrival so far).
    pub announced: &'a [(i32, Levers)],
    /// The cell's luck.
    pub draws: Draws,
    /// This month's luck, by stream.
    pub luck: MonthLuck,
    /// Months a whole year is counted over, 0 while burning in.
    pub years: usize,
    /// Blows the world is dealt.
    pub blows: &'a [Blow],
    /// What is read of people.
    pub reads: Reads,
    /// How hard those that are felt this month are.
    pub shock: Shock,
    /// Chance of a review falling due.
    pub review_chance: f64,
    /// How much of how well a supporter suits is seen beforehand: a correlation.
    pub seen: f64,
    /// What is made up by noise instead: of the same spread, all in all.
    pub unseen: f64,
    /// What an offer of a personal assistant is worth but for the pair.
    pub assistant_terms: [f32; TERMS],
    /// Gain in quality of life by hours received over hours needed.
    gain: [f64; GAIN_STEPS + 1],
}

/// Steps in which the gain from hours is laid out between none and the most received;
/// between steps it is interpolated, within a thousandth of a point.
const GAIN_STEPS: usize = 128;

/// The gain at each step: steep for the first hours, flat for the last.
fn gains(p: &Parameters) -> [f64; GAIN_STEPS + 1] {
    let mut gains = [0.0; GAIN_STEPS + 1];
    for (step, gain) in gains.iter_mut().enumerate() {
        let received = (1.0 + p.extra_hours) * step as f64 / GAIN_STEPS as f64;
        *gain = p.life_gain * (1.0 - libm::exp(-received / p.life_gain_scale));
    }
    gains
}

/// Streams of luck keyed to the month.
#[derive(Clone, Copy, Debug)]
pub struct MonthLuck {
    /// Whether events happen at candidate months.
    pub event: Luck,
    /// Days and delays.
    pub day: Luck,
    /// Order of placing.
    pub queue: Luck,
    /// Unexplained part of choosing a mechanism.
    pub mechanism: Luck,
    /// Which offers come to mind, the same through a quarter.
    pub search: Luck,
    /// Where providers stand on the ring, the same through a quarter.
    pub ring: Luck,
    /// Whether a review reopens the choice.
    pub reopen: Luck,
    /// Whether what people are told reaches them.
    pub hearing: Luck,
    /// Steps of need.
    pub need: Luck,
    /// Bids.
    pub bid: Luck,
    /// Owners' life events.
    pub closing: Luck,
}

/// The quarter in which the same offers come to mind: rings are made anew at the end
/// of the first month of a year's quarter, so each serves the three months after it.
pub fn quarter(number: i32) -> i32 {
    (number - 2).div_euclid(3)
}

impl<'a> Month<'a> {
    /// The month a world is in.
    pub fn of(world: &World, settings: &Settings<'a>) -> Month<'a> {
        let number = world.month;
        let draws = world.facts.draws;
        let quarter = quarter(number);
        let own = world.status_quo();
        let mut levers = own.clone();
        let arrived = |index: usize| world.commissioner.arrived.get(index).copied().unwrap_or(0.0);
        // Each change moves numbers by what it changes, at its own pace: a later one
        // does not hasten what an earlier one announced.
        let mut before = own;
        for (index, (_, stage)) in settings.stages.iter().enumerate() {
            if arrived(index) > 0.0 {
                levers = levers.shifted(before, stage, arrived(index));
            }
            before = stage;
        }
        let mut stages = vec![(1.0, levers.clone())];
        let mut changed = 0.0_f64;
        for (index, (_, stage)) in settings.stages.iter().enumerate() {
            if arrived(index) > 0.0 {
                stages.push((arrived(index), levers.ruled_by(stage)));
                if stage != own {
                    changed = changed.max(arrived(index));
                }
            }
        }
        let mut shock = Shock::default();
        for blow in settings.blows.iter().filter(|blow| blow.lasts(number)) {
            shock = shock.and(&blow.shock);
            let every = stages.iter_mut().map(|(_, stage)| stage).chain([&mut levers]);
            every.for_each(|levers| {
                for (name, setting) in &blow.levers {
                    // Names and kinds were checked when the file was read.
                    levers.set(name, setting);
                }
            });
        }
        let every = stages.iter_mut().map(|(_, stage)| stage).chain([&mut levers]);
        every.for_each(|levers| levers.catalysts *= 1.0 - shock.catalysts_lost);
        let p = settings.parameters;
        let seen = if settings.structures.choosers_see_match { p.match_seen } else { 0.0 };
        Month {
            number,
            p,
            s: settings.structures,
            levers,
            settled: stages.iter().all(|(arrived, _)| *arrived >= 1.0),
            stages,
            arriving: world.facts.luck.arriving,
            changed,
            announced: settings.stages,
            draws,
            luck: MonthLuck {
                event: draws.of(Stream::Event, number),
                day: draws.of(Stream::Day, number),
                queue: draws.of(Stream::Queue, number),
                mechanism: draws.of(Stream::Mechanism, number),
                search: draws.of(Stream::Search, quarter),
                ring: draws.of(Stream::Ring, quarter),
                reopen: draws.of(Stream::Reopen, number),
                hearing: draws.of(Stream::Hearing, number),
                need: draws.of(Stream::Need, number),
                bid: draws.of(Stream::Bid, number),
                closing: draws.of(Stream::Closing, number),
            },
            years: settings.years,
            blows: settings.blows,
            reads: settings.reads,
            shock,
            review_chance: review_chance(p),
            seen,
            unseen: (1.0 - seen * seen).sqrt(),
            assistant_terms: world.assistant_terms(p),
            gain: gains(p),
        }
    }

    /// The gain in quality of life from hours received over hours needed, in points.
    #[inline]
    pub fn gain(&self, received: f64) -> f64 {
        let at = received / (1.0 + self.p.extra_hours) * GAIN_STEPS as f64;
        let step = (at as usize).min(GAIN_STEPS - 1);
        let (low, high) = (self.gain[step], self.gain[step + 1]);
        low + (high - low) * (at - step as f64)
    }

    /// A lead over the usual one: as much shorter, or longer, as leads are spread.
    #[inline]
    pub fn lead(&self, uniform: f64) -> f64 {
        let spread = self.p.lead_spread;
        1.0 - spread + 2.0 * spread * uniform
    }

    /// The levers that have reached somebody, by a latent in [0, 1) fixed for the
    /// person or the contract: rules arrive for the lowest latents first.
    #[inline]
    pub fn reaching(&self, latent: f64) -> &Levers {
        let mut reached = &self.levers;
        for (arrived, levers) in &self.stages {
            if latent < *arrived {
                reached = levers;
            }
        }
        reached
    }

    /// The levers that have reached whoever has this birth key; their latent is drawn where
    /// it decides.
    #[inline]
    pub fn reaching_whom(&self, key: u64) -> &Levers {
        match self.stages.last() {
            Some((_, all)) if self.settled => all,
            _ => self.reaching(self.arriving.uniform(key)),
        }
    }

    /// Whether a change from the place's own ways has reached somebody, by the same latent.
    #[inline]
    pub fn change_has_reached(&self, latent: f64) -> bool {
        latent < self.changed
    }

    /// Whether this is the first month of a quarter.
    #[inline]
    pub fn opens_quarter(&self) -> bool {
        self.number.rem_euclid(3) == 1
    }

    /// Whether this is the last month of a year, counted from the fork.
    #[inline]
    pub fn closes_year(&self) -> bool {
        self.number.rem_euclid(12) == 0
    }

    /// The year after the fork, from 0; none while burning in.
    #[inline]
    pub fn year(&self) -> Option<usize> {
        if self.years == 0 || self.number < 1 {
            return None;
        }
        let year = ((self.number - 1) / 12) as usize;
        (year < self.years).then_some(year)
    }
}
