//! Chance, keyed by what it decides.
//!
//! Every draw is a pure function of (seed, luck, stream, birth key, month) and,
//! where it is about two agents, of the other's birth key. There is no generator
//! whose state could be shifted by something that happened to a stranger, so the
//! same person meets the same luck in every regime, on any number of threads.
//!
//! The generator is Philox2x64 with ten rounds (Salmon, Moraes, Dror and Shaw,
//! *Parallel random numbers: as easy as 1, 2, 3*, 2011). Seed, luck, stream and
//! month are mixed into its key word once a month; the counter holds the birth
//! keys. Nothing here calls the platform's mathematics library: `exp` and `log`
//! come from `libm`, which is plain Rust and gives the same bits everywhere.

use core::convert::Infallible;
use rand::{TryRng, rand_core::utils};

/// What a draw decides. A number, once given, is never given to anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Stream {
    /// A person's fixed traits.
    Traits = 1,
    /// Whether an arrival slot comes to life.
    Arrival = 2,
    /// Gaps between candidate months of a hazard.
    Candidate = 3,
    /// Whether the event happens at a candidate month.
    Event = 4,
    /// The latent that awareness of enterprises is held against.
    Awareness = 5,
    /// The unexplained part of choosing a mechanism.
    Mechanism = 6,
    /// Which offers come to mind.
    Search = 7,
    /// How well a supporter suits a person.
    Match = 8,
    /// The order in which people are placed.
    Queue = 9,
    /// The day of a month something happens, and how long it takes.
    Day = 10,
    /// A provider's fixed traits.
    Provider = 11,
    /// Whether a would-be founder starts.
    Founder = 12,
    /// The latent that a lever's arrival is held against.
    Arriving = 13,
    /// A neighbourhood's fixed traits.
    Neighbourhood = 14,
    /// A council's fixed traits.
    Council = 15,
    /// A provider's bid.
    Bid = 16,
    /// A provider's closing and other events of its life.
    Closing = 17,
    /// Changes of need.
    Need = 18,
    /// Whether a review reopens the choice of mechanism.
    Reopen = 19,
    /// Membership of the panel that is asked survey questions.
    Panel = 20,
    /// Positions on the ring of offers.
    Ring = 21,
    /// A safeguarding incident.
    Incident = 22,
    /// Which draw of the parameters.
    Parameters = 23,
    /// A national chain's own luck, the same in all places.
    Chain = 24,
    /// Whom a stress strikes.
    Stress = 25,
    /// Whether a commissioner learns from peers, and which rules it takes over.
    Learning = 26,
    /// Whether what people are told of their options reaches them.
    Hearing = 27,
    /// Which values a bootstrap takes, and how a permutation orders them.
    Resampling = 28,
}

const ROUNDS: usize = 10;
const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
const WEYL: u64 = 0x9E37_79B9_7F4A_7C15;

/// One block of Philox2x64-10.
#[inline(always)]
pub fn philox(mut counter: [u64; 2], mut key: u64) -> [u64; 2] {
    for round in 0..ROUNDS {
        if round > 0 {
            key = key.wrapping_add(WEYL);
        }
        let product = u128::from(MULTIPLIER) * u128::from(counter[0]);
        let (high, low) = ((product >> 64) as u64, product as u64);
        counter = [high ^ key ^ counter[1], low];
    }
    counter
}

/// Which luck a cell has: parameter draw and replicate, never a running count,
/// so that extending a run changes no cell already made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// The experiment's seed.
    pub seed: u64,
    /// Number of the parameter draw, from 0.
    pub draw: u32,
    /// Number of the replicate, from 0.
    pub replicate: u32,
}

impl Draws {
    /// The luck of one stream in one month. Months before the fork are negative.
    #[inline]
    pub fn of(&self, stream: Stream, month: i32) -> Luck {
        let luck = u64::from(self.draw) << 32 | u64::from(self.replicate);
        let when = (stream as u64) << 32 | u64::from(month as u32);
        let [a, b] = philox([luck, when], self.seed);
        Luck { key: a ^ b.rotate_left(32) }
    }

    /// The luck of something that never changes: traits and pairs.
    #[inline]
    pub fn fixed(&self, stream: Stream) -> Luck {
        self.of(stream, i32::MIN)
    }
}

/// One stream's luck: a key, to be asked about agents.
#[derive(Clone, Copy, Debug)]
pub struct Luck {
    key: u64,
}

impl Luck {
    /// Two words about one agent; `block` numbers further words about it.
    #[inline(always)]
    pub fn words(self, agent: u64, block: u64) -> [u64; 2] {
        philox([agent, block], self.key)
    }

    /// A uniform in [0, 1) about one agent.
    #[inline(always)]
    pub fn uniform(self, agent: u64) -> f64 {
        unit(self.words(agent, 0)[0])
    }

    /// A uniform in [0, 1) about two agents, or about an agent and a number.
    #[inline(always)]
    pub fn uniform_of(self, agent: u64, other: u64) -> f64 {
        unit(self.words(agent, other)[0])
    }

    /// Two independent bell-shaped draws about a pair of agents, mean 0, sd 1.
    #[inline(always)]
    pub fn bells(self, agent: u64, other: u64) -> [f64; 2] {
        let [a, b] = self.words(agent, other);
        [bell(a), bell(b)]
    }

    /// Many draws about one agent, in order.
    #[inline]
    pub fn about(self, agent: u64) -> Sequence {
        Sequence { luck: self, agent, block: 0, spare: None }
    }
}

/// A sequence of draws about one agent, for the making of its traits.
///
/// It is a `rand` generator, but results rest on its words only, since `rand`
/// may change how it turns words into numbers.
#[derive(Clone, Debug)]
pub struct Sequence {
    luck: Luck,
    agent: u64,
    block: u64,
    spare: Option<u64>,
}

impl Sequence {
    fn word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let [a, b] = self.luck.words(self.agent, self.block);
        self.block += 1;
        self.spare = Some(b);
        a
    }

    /// A uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        unit(self.word())
    }

    /// A bell-shaped draw, mean 0, sd 1.
    pub fn bell(&mut self) -> f64 {
        bell(self.word())
    }

    /// One of the numbers below `n`, each as likely; 0 where there is none.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// A log-normal-like draw with the given mean and log-sd.
    pub fn skewed(&mut self, mean: f64, log_sd: f64) -> f64 {
        mean * libm::exp(log_sd * self.bell() - 0.5 * log_sd * log_sd)
    }

    /// The index drawn from weights that need not sum to 1.
    pub fn among(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut left = self.uniform() * total;
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }
}

impl TryRng for Sequence {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.word() >> 32) as u32)
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word())
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        utils::fill_bytes_via_next_word(bytes, || Ok(self.word()))
    }
}

/// A word as a uniform in [0, 1), 53 bits.
#[inline(always)]
pub fn unit(word: u64) -> f64 {
    (word >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// A word as a bell-shaped draw: four 16-bit uniforms summed and scaled to mean 0
/// and sd 1 (Irwin–Hall). Near normal, bounded at ±3.46, and free of logarithms,
/// so it costs a nanosecond and has the same bits everywhere.
#[inline(always)]
pub fn bell(word: u64) -> f64 {
    const SCALE: f64 = 1.732_050_807_568_877_2; // √3: the sum of four has variance 4/12
    let quarter = |shift: u32| ((word >> shift) & 0xFFFF) as f64;
    let sum = quarter(0) + quarter(16) + quarter(32) + quarter(48);
    ((sum + 2.0) / 65_536.0 - 2.0) * SCALE
}

/// A uniform as a standard Gumbel draw.
#[inline]
pub fn gumbel(uniform: f64) -> f64 {
    -libm::log(-libm::log(uniform.max(1e-300)))
}

/// A birth key: 64 bits packed from what made the agent, so that the same agent
/// has the same key in every regime that lets it come to life.
pub mod birth {
    /// What kind of event made an agent.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(u64)]
    pub enum Origin {
        /// A row of the starting population.
        Row = 1,
        /// A person arriving with need.
        Arrival = 2,
        /// A provider there at the start.
        Provider = 3,
        /// A would-be founder of an enterprise or venture.
        Founder = 4,
        /// An agency that starts.
        Agency = 5,
        /// A personal assistant, by employer.
        Assistant = 6,
        /// Somebody who now copes alone and asks if better-liked support is to be had.
        Woodwork = 7,
        /// The placebo's extra self-funder.
        Placebo = 8,
        /// A neighbourhood.
        Neighbourhood = 9,
        /// A person who asks in a surge.
        Surge = 10,
    }

    /// The bits of a key that hold its slot.
    pub const SLOTS: u64 = 0xFF_FFFF;

    /// Key of an agent made by a place, at a month, in a numbered slot.
    ///
    /// Bits: origin 4, place 12, neighbourhood 12, month 12, slot 24.
    pub fn key(origin: Origin, place: u16, neighbourhood: u16, month: i32, slot: u32) -> u64 {
        const MONTH_OFFSET: i32 = 1200;
        (origin as u64) << 60
            | u64::from(place & 0xFFF) << 48
            | u64::from(neighbourhood & 0xFFF) << 36
            | u64::from((month + MONTH_OFFSET) as u32 & 0xFFF) << 24
            | u64::from(slot) & SLOTS
    }

    /// Code of the place that made an agent, but for an assistant's.
    pub fn place(key: u64) -> u16 {
        (key >> 48 & 0xFFF) as u16
    }

    /// Key of a personal assistant: the employer's, folded with how many that
    /// employer has had, so the same employer meets the same assistants everywhere.
    pub fn assistant(employer: u64, number: u32) -> u64 {
        let [word, _] = super::philox([employer, u64::from(number)], Origin::Assistant as u64);
        (Origin::Assistant as u64) << 60 | word >> 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_answers() {
        // Random123's known-answer vectors for philox2x64, ten rounds.
        assert_eq!(philox([0, 0], 0), [0xca00_a045_9843_d731, 0x66c2_4222_c9a8_45b5]);
        assert_eq!(
            philox([u64::MAX, u64::MAX], u64::MAX),
            [0x65b0_21d6_0cd8_310f, 0x4d02_f322_2f86_df20]
        );
        assert_eq!(
            philox([0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344], 0xa409_3822_299f_31d0),
            [0x0a5e_742c_2997_341c, 0xb0f8_83d3_8000_de5d]
        );
    }

    #[test]
    fn a_draw_depends_on_every_part_of_its_key() {
        let draws = Draws { seed: 1, draw: 0, replicate: 0 };
        let base = draws.of(Stream::Event, 5).uniform(7);
        assert_eq!(base, draws.of(Stream::Event, 5).uniform(7));
        for other in [
            Draws { seed: 2, ..draws }.of(Stream::Event, 5).uniform(7),
            Draws { draw: 1, ..draws }.of(Stream::Event, 5).uniform(7),
            Draws { replicate: 1, ..draws }.of(Stream::Event, 5).uniform(7),
            draws.of(Stream::Need, 5).uniform(7),
            draws.of(Stream::Event, 6).uniform(7),
            draws.of(Stream::Event, 5).uniform(8),
            draws.of(Stream::Event, 5).uniform_of(7, 1),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn the_bell_has_mean_0_and_sd_1() {
        let luck = Draws { seed: 3, draw: 0, replicate: 0 }.fixed(Stream::Match);
        let n = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for agent in 0..n {
            let [x, y] = luck.bells(agent, 1);
            sum += x + y;
            squares += x * x + y * y;
        }
        let count = 2.0 * n as f64;
        assert!((sum / count).abs() < 0.01);
        assert!((squares / count - 1.0).abs() < 0.01);
    }
}
