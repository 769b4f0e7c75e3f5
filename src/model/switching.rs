//! The dissatisfied leave, where they are free to and there is somewhere to go.

use super::Month;
use super::placing;
use super::world::{Person, Route, Stage, World, who};
use crate::levers::{Mechanism, Procurement};
use crate::metrics::Histogram;

/// Lets those who wish to change supporter try to.
pub fn lets_leave(world: &mut World, month: &Month<'_>) {
    for index in world.in_line(who(world.at_home(), Person::wishes_to_leave)) {
        let index = index as usize;
        let person = &world.people[index];
        if person.stage != Stage::AtHome || !person.main.exists() {
            // Nobody to leave any more.
            world.close_spells(index);
            continue;
        }
        let (tries, fades) = {
            let [a, b] = month.luck.event.words(person.key, TRIES);
            (crate::draws::unit(a), crate::draws::unit(b))
        };
        let asks_council = matches!(person.mechanism, Mechanism::Managed | Mechanism::Mixed)
            && month.reaching_whom(person.key).procurement == Procurement::Tender;
        let pace = if asks_council { month.p.leave_managed } else { month.p.leave_own };
        if tries >= pace {
            continue;
        }
        let key = world.providers[person.main.provider as usize].key;
        let from = person.wish_day;
        let moved = if asks_council {
            is_moved(world, index, month)
        } else {
            looks_elsewhere(world, index, month)
        };
        let person = &world.people[index];
        let other =
            person.main.exists() && world.providers[person.main.provider as usize].key != key;
        if moved && other {
            let to = person.main.start_day.max(from);
            world.people[index].wish_day = f32::NAN;
            world.spell(index, Histogram::ToLeave, from, to, true);
        } else if fades < month.p.wish_fades {
            world.close_spells(index);
        }
    }
}

/// Numbers the draws for trying to leave among a person's events of the month.
const TRIES: u64 = 101;

/// The person looks for somebody better, and goes if there is.
fn looks_elsewhere(world: &mut World, index: usize, month: &Month<'_>) -> bool {
    placing::reconsider(world, index, month.p.leaving_threshold, month)
}

/// The council finds somebody else, whoever has room.
fn is_moved(world: &mut World, index: usize, month: &Month<'_>) -> bool {
    let person = &world.people[index];
    let main = person.main;
    let hours = main.hours;
    let council = matches!(main.route, Route::Contract | Route::Spot);
    if !council {
        return looks_elsewhere(world, index, month);
    }
    let Some((row, route)) = placing::allocated(world, index, &hours, main.provider, month) else {
        return false;
    };
    let suits = placing::suits(world, &world.people[index], row);
    world.end(index, false, |a| a.provider == main.provider && a.route == main.route);
    placing::begin(world, index, row, hours, route, suits, false, month);
    true
}
