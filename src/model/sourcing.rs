//! People with unplaced hours look for support, or are allocated it.

use super::Month;
use super::placing::{council_places, person_finds, reconsider};
use super::world::{DAYS_A_MONTH, Kinds, Person, Stage, World, who};
use crate::levers::Mechanism;

/// Sets up the budgets that are ready, then places people with unplaced hours in
/// keyed random order, urgent first; the first choice with room wins.
pub fn places(world: &mut World, month: &Month<'_>) {
    let end = world.first_day() + DAYS_A_MONTH;
    let mut queue: Vec<(bool, u64, u32)> = Vec::new();
    let looks = |person: &Person| {
        let ready = (person.setup_day < end) | (person.seeking & (person.ready_day < end));
        (person.stage == Stage::AtHome) & ready
    };
    for index in who(world.at_home(), looks) {
        let person = &world.people[index as usize];
        let [order, _] = month.luck.queue.words(person.key, 0);
        queue.push((!person.urgent, order, index));
    }
    queue.sort_unstable();
    for (_, _, index) in queue {
        let index = index as usize;
        if world.people[index].setup_day < end {
            set_up(world, index, month);
        }
        if world.people[index].seeking {
            look(world, index, month);
        }
    }
}

/// A chosen mechanism comes into force: those who look may pick another supporter.
fn set_up(world: &mut World, index: usize, month: &Month<'_>) {
    let person = &mut world.people[index];
    person.mechanism = person.chosen;
    person.setup_day = f32::NAN;
    world.convert(index, month);
    let person = &world.people[index];
    let looks = match person.mechanism {
        Mechanism::DirectPayment => true,
        Mechanism::Isf => !person.in_name_only,
        _ => false,
    };
    if looks && person.main.exists() {
        reconsider(world, index, 0.0, month);
    }
}

/// Looks for whoever could give the hours nobody gives yet.
fn look(world: &mut World, index: usize, month: &Month<'_>) {
    let levers = month.reaching_whom(world.people[index].key);
    match world.people[index].mechanism {
        Mechanism::Managed => council_places(world, index, Kinds::ALL, levers, month),
        Mechanism::Mixed => {
            council_places(world, index, Kinds::PERSONAL_CARE, levers, month);
            person_finds(world, index, Kinds::UNREGULATED, levers, month);
        }
        Mechanism::Isf => {
            if world.people[index].in_name_only {
                council_places(world, index, Kinds::ALL, levers, month);
                world.convert(index, month);
            } else {
                person_finds(world, index, Kinds::ALL, levers, month);
            }
        }
        Mechanism::DirectPayment | Mechanism::SelfFunded => {
            person_finds(world, index, Kinds::ALL, levers, month);
        }
    }
    world.people[index].seeking = !world.short_of(index, month).is_empty();
}
