//! How strongly the community feeds itself: the gain of the loop from social capital over
//! starts of enterprises and people's connectedness back to social capital.

use super::build;
use super::world::{Provider, World};
use crate::draws::Draws;
use crate::parameters::Parameters;
use crate::place::Place;

/// The gain from which on a place is not simulated: with social capital that all but
/// holds itself up, what comes out is the loop and not the rules that are compared.
pub const TOO_MUCH: f64 = 0.8;

/// The parameters that the gain rises with, strongest first where all stand at their
/// defaults.
pub const DRIVERS: [&str; 5] = [
    "capital_connected",
    "capital_connects",
    "capital_half_life",
    "capital_rooted",
    "rooted_connects",
];

/// What the loop meets in a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// Mean social capital of neighbourhoods, 0 to 1.
    pub social_capital: f64,
    /// Mean connectedness, 0 to 1.
    pub connected: f64,
    /// Mean rootedness of an hour of capacity, 0 to 1.
    pub rooted: f64,
    /// Enterprises' and ventures' share of rooted hours, 0 to 1.
    pub started: f64,
}

impl Start {
    /// As a place is when its world is made.
    pub fn of(world: &World, p: &Parameters) -> Self {
        let open = || world.providers.iter().filter(|provider| provider.open);
        let rooted = |provider: &Provider| provider.capacity() * provider.rooted;
        let all: f64 = open().map(rooted).sum();
        let small: f64 = open().filter(|provider| provider.is_small_and_local()).map(rooted).sum();
        let capacity: f64 = open().map(Provider::capacity).sum();
        Self {
            social_capital: world.social_capital(),
            connected: p.connectedness,
            rooted: if capacity > 0.0 { all / capacity } else { 0.0 },
            started: if all > 0.0 { small / all } else { 0.0 },
        }
    }

    /// The gain of the loop: how much social capital a unit more of it comes to hold up,
    /// of itself, once all has settled. From 1 on it would run away.
    ///
    /// Social capital rests where what brings it back, `λ·(S0 − S)`, balances what pushes
    /// it, `S·(1 − S)·Σ a·(x/x̄ − 1)`; so a share `y` more of what pushes with weight `a`
    /// holds up `S·(1 − S)·a·y/λ` more of it. Starts go with `S/S̄`, and so, as far as they
    /// are enterprises' and ventures', do rooted hours; connectedness goes with `S` and with
    /// rooted support. What slows the loop as it goes on (demand that is served, founders
    /// who have started) is left out, so that the gain is what it is at most near the start.
    pub fn gain(&self, p: &Parameters) -> f64 {
        let s = self.social_capital;
        let back = libm::log(2.0) / p.capital_half_life;
        let held = s * (1.0 - s) / back;
        let hours = self.started / s;
        let connected = p.capital_connects + p.rooted_connects * self.rooted * hours;
        held * (p.capital_rooted * hours + p.capital_connected * connected / self.connected)
    }
}

/// The gain in a place at its start, under the luck of the first replicate of a draw.
pub fn of_place(place: &Place, p: &Parameters, seed: u64, draw: u32) -> f64 {
    let world = build::world(place, p, Draws { seed, draw, replicate: 0 }, 1);
    Start::of(&world, p).gain(p)
}

/// The largest gain of some places where it is too much, so that they are not simulated.
pub fn too_much<'a>(
    places: impl IntoIterator<Item = &'a Place>,
    p: &Parameters,
    seed: u64,
    draw: u32,
) -> Option<f64> {
    let gains = places.into_iter().map(|place| of_place(place, p, seed, draw));
    gains.filter(|gain| *gain >= TOO_MUCH).max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: half of what is lost comes back in `ln 2 × 10` years, so a tenth a year.
    #[test]
    fn the_gain_is_that_of_a_worked_example() {
        let start = Start { social_capital: 0.5, connected: 0.4, rooted: 0.5, started: 0.1 };
        let p = Parameters {
            capital_half_life: 10.0 * libm::log(2.0),
            capital_rooted: 0.08,
            capital_connected: 0.1,
            capital_connects: 0.2,
            rooted_connects: 0.3,
            ..Parameters::default()
        };
        // 0.25 ÷ 0.1 = 2.5 held up by a push of 1. A unit of social capital more is 0.2 more
        // rooted hours of themselves, and 0.2 + 0.3 × 0.5 × 0.2 = 0.23 more connectedness,
        // 0.575 of itself: 2.5 × (0.08 × 0.2 + 0.1 × 0.575).
        assert!((start.gain(&p) - 0.18375).abs() < 1e-12, "{}", start.gain(&p));
    }

    #[test]
    fn every_driver_raises_it_and_without_claims_there_is_no_loop() {
        let p = Parameters::default();
        let world = build::world(&Place::town(), &p, Draws { seed: 1, draw: 0, replicate: 0 }, 1);
        let start = Start::of(&world, &p);
        let usual = start.gain(&p);
        assert!(usual > 0.0 && usual < TOO_MUCH, "{usual}");
        for driver in DRIVERS {
            let mut more = p.clone();
            *more.get_mut(driver).expect("declared") *= 1.5;
            assert!(start.gain(&more) > usual, "{driver}");
        }
        let none = Parameters { capital_rooted: 0.0, capital_connected: 0.0, ..p };
        assert_eq!(start.gain(&none), 0.0);
    }
}
