//! New people: those who come whatever the regime, those who come out of the woodwork, a surge.

use super::Month;
use super::build::{self, Class};
use super::world::{DAYS_A_MONTH, Person, Stage, World};
use crate::draws::{Stream, birth};
use crate::levers::Mechanism;
use crate::parameters::Parameters;
use std::sync::Arc;

/// People come to live here and ask for support.
pub fn come(world: &mut World, month: &Month<'_>) {
    arrive(world, month);
    come_out_of_the_woodwork(world, month);
    surge(world, month);
}

/// Somebody who arrives in a month, whatever the regime.
#[derive(Clone, Debug)]
pub struct Newcomer {
    class: Class,
    /// Who it is.
    pub person: Person,
}

/// Those whose time it is arrive, but for those whom their community now carries.
fn arrive(world: &mut World, month: &Month<'_>) {
    let facts = Arc::clone(&world.facts);
    let foreseen = usize::try_from(month.number - 1).ok().and_then(|at| facts.newcomers.get(at));
    let worked_out;
    let all = match foreseen {
        Some(all) => all,
        None => {
            worked_out = world.newcomers(month.p, month.number);
            &worked_out
        }
    };
    let luck = facts.draws.of(Stream::Arrival, month.number);
    let kept_away = Class::ALL.map(|class| limited(world, class, month));
    for Newcomer { class, person } in all {
        let kept_away = kept_away[*class as usize];
        if kept_away <= 0.0 || luck.uniform_of(person.key, 1) >= kept_away {
            world.counts.arrivals += 1;
            match foreseen {
                Some(_) => world.joins(person.clone()),
                None => world.adds(person.clone(), month.p),
            }
        }
    }
}

impl World {
    /// Arrival slots that come to life in a month, the same ones in every regime.
    pub fn newcomers(&self, p: &Parameters, month: i32) -> Vec<Newcomer> {
        let (world, facts) = (self, &self.facts);
        let luck = facts.draws.of(Stream::Arrival, month);
        let mut all = Vec::new();
        for (class_number, class) in Class::ALL.into_iter().enumerate() {
            let here = world.neighbourhoods.len();
            let expected = world.arrivals[class_number] / here as f64;
            let slots = (expected * p.arrival_ceiling).max(1.0) as u32 + 1;
            for neighbourhood in 0..here as u16 {
                for slot in 0..slots {
                    let numbered = slot * Class::ALL.len() as u32 + class_number as u32;
                    let key = birth::key(
                        birth::Origin::Arrival,
                        facts.place.code,
                        neighbourhood,
                        month,
                        numbered,
                    );
                    if luck.uniform(key) * f64::from(slots) < expected {
                        let person = newcomer(world, p, key, class, neighbourhood, month);
                        all.push(Newcomer { class, person });
                    }
                }
            }
        }
        all
    }
}

/// Share of would-be arrivals at home whom their community now carries: social capital
/// above that of the burn-in, as far as community limits the demand for services.
fn limited(world: &World, class: Class, month: &Month<'_>) -> f64 {
    let at_home = (class as usize) <= Class::SelfFunder as usize;
    if !at_home || !month.s.community_limits_demand || month.number <= 0 {
        return 0.0;
    }
    month.p.community_limits_demand * (world.social_capital() - world.trend_capital())
}

/// People who now cope alone ask for support that is better liked than it was.
fn come_out_of_the_woodwork(world: &mut World, month: &Month<'_>) {
    if !month.s.woodwork || month.number <= 0 {
        return;
    }
    let better = (world.felt_lately - world.centres.fit).max(0.0);
    let more = (month.p.woodwork * better).min(1.0);
    let at_home = [Class::Physical, Class::Learning, Class::MentalHealth, Class::Older];
    more_come(world, birth::Origin::Woodwork, &at_home, more, month);
}

/// In a surge more of everybody asks.
fn surge(world: &mut World, month: &Month<'_>) {
    if month.shock.more_arrivals > 0.0 {
        more_come(world, birth::Origin::Surge, &Class::ALL, month.shock.more_arrivals, month);
    }
}

/// People come beside those who usually arrive, as a share of them: from slots of their
/// own, for as many again at most.
fn more_come(
    world: &mut World,
    origin: birth::Origin,
    classes: &[Class],
    more: f64,
    month: &Month<'_>,
) {
    let facts = Arc::clone(&world.facts);
    let luck = facts.draws.of(Stream::Arrival, month.number);
    for class in classes {
        let here = world.neighbourhoods.len() as u16;
        let expected = world.arrivals[*class as usize] / f64::from(here);
        let slots = expected as u32 + 1;
        for neighbourhood in 0..here {
            for slot in 0..slots {
                let numbered = slot * Class::COUNT as u32 + *class as u32;
                let key =
                    birth::key(origin, facts.place.code, neighbourhood, month.number, numbered);
                if luck.uniform(key) * f64::from(slots) < expected * more {
                    let person = newcomer(world, month.p, key, *class, neighbourhood, month.number);
                    world.counts.arrivals += 1;
                    world.adds(person, month.p);
                }
            }
        }
    }
}

/// Somebody new, as they are on arrival in a month.
fn newcomer(
    world: &World,
    p: &Parameters,
    key: u64,
    class: Class,
    neighbourhood: u16,
    month: i32,
) -> Person {
    let facts = &world.facts;
    let mut person = build::person(facts, p, key, class, neighbourhood, world);
    let luck = facts.draws.of(Stream::Day, month);
    let day = (month - 1) as f32 * DAYS_A_MONTH + luck.uniform(key) as f32 * DAYS_A_MONTH;
    person.asked_day = day;
    person.ready_day = day;
    if person.stage == Stage::AtHome && person.mechanism == Mechanism::SelfFunded {
        person.seeking = true;
        person.ready_day = day + p.own_start_days as f32;
    }
    person
}

impl World {
    /// One more self-funder, for the placebo: a stranger whom no regime knows of.
    pub fn add_stranger(&mut self, p: &Parameters) {
        let facts = Arc::clone(&self.facts);
        let key = birth::key(birth::Origin::Placebo, facts.place.code, 0, 0, 0);
        let mut person = build::person(&facts, p, key, Class::SelfFunder, 0, self);
        person.seeking = true;
        self.adds(person, p);
    }
}
