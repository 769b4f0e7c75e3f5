//! Finding support: what a person takes from the offers there are, and whom
//! brokerage allocates. Used when people first look and when they leave.

use super::Month;
use super::offers::{self, ASSISTANT, Offer};
use super::world::{
    Arrangement, Award, DAYS_A_MONTH, HOURS_LEFT, Kinds, NOBODY, Person, ProviderKind, ProviderRow,
    Route, World,
};
use crate::levers::{Levers, Mechanism, Procurement};
use crate::metrics::{Histogram, Metric};

/// Weighs the present supporter against others; returns whether the person moved.
/// `threshold` is how much better another must look.
pub fn reconsider(world: &mut World, index: usize, threshold: f64, month: &Month<'_>) -> bool {
    let levers = month.reaching_whom(world.people[index].key);
    let plan = world.people[index].plan;
    let options = options(world, index, &plan, levers, month);
    let person = &world.people[index];
    let held = if month.s.choosing_by_what_shows {
        let provider = &world.providers[person.main.provider as usize];
        let bought = world.hours_bought(provider, person.main.route, month);
        world.felt(person, month) + world.hours_term(person, bought, month)
    } else {
        0.0
    };
    let main = person.main;
    let best = options
        .iter()
        .filter(|o| o.offer.provider != main.provider)
        .max_by(|a, b| a.value.total_cmp(&b.value));
    let Some(best) = best.copied() else { return false };
    if best.value <= held + threshold {
        // Staying with a known supporter, where another was to be had, is a choice too.
        world.people[index].main.picked = true;
        return false;
    }
    world.end(index, false, |a| a.provider == main.provider);
    let left = world.unplaced(&world.people[index]);
    take(world, index, &best, &left, true, month);
    // Whoever was chosen may not do all that the other did.
    world.people[index].seeking = !world.short_of(index, month).is_empty();
    true
}

/// One offer that could be taken now.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    offer: Offer,
    route: Route,
    value: f64,
}

/// The offers a person may use, that have room, with their value all in all.
fn options(
    world: &mut World,
    index: usize,
    wanted: &[f32; 3],
    levers: &Levers,
    month: &Month<'_>,
) -> Vec<Choice> {
    let kinds = Kinds::of(wanted);
    let considered = world.considered(index, kinds, month);
    let person = &world.people[index];
    let total: f32 = wanted.iter().sum();
    let mut options = Vec::with_capacity(offers::MOST + 1);
    for (row, covers) in considered.iter() {
        let provider = &world.providers[row as usize];
        let Some(route) = offers::route(provider, person.mechanism, levers, covers) else {
            continue;
        };
        let covered: f32 = World::covered(wanted, covers).iter().sum();
        if !world.would_take(row, covered, route, month) {
            continue;
        }
        let offer = world.offer(person, row, covers, month);
        let cover = month.p.cover_weight * f64::from(covered / total - 1.0);
        let bought = world.hours_bought(provider, route, month);
        // A holder leans to its own supply; others are reached through it.
        let others = if route == Route::Fund && !offers::holds_funds(provider, levers) {
            month.p.own_supply_bias * (1.0 - month.levers.hosting)
        } else {
            0.0
        };
        let value = if month.s.choosing_by_what_shows {
            offer.value + world.hours_term(person, bought, month) + cover - others
        } else {
            offer.noise
        };
        options.push(Choice { offer, route, value });
    }
    if person.mechanism == Mechanism::DirectPayment {
        // Whether anybody answers the advertisement depends on the place's workers.
        let answered = month.luck.queue.uniform_of(person.key, 1) < world.labour.filled;
        let able = person.employs;
        if answered && able {
            let offer = world.assistant_offer(person, kinds, month);
            let bought = world.assistant_hours_bought(month);
            let value = if month.s.choosing_by_what_shows {
                offer.value + world.hours_term(person, bought, month)
            } else {
                offer.noise
            };
            options.push(Choice { offer, route: Route::DirectPayment, value });
        }
    }
    options
}

/// Hours of some kinds still to be placed.
fn wanted(world: &World, index: usize, kinds: Kinds, month: &Month<'_>) -> Option<[f32; 3]> {
    let kinds = world.short_of(index, month).and(kinds);
    if kinds.is_empty() {
        return None;
    }
    let mut hours = world.unplaced(&world.people[index]);
    for (kind, hours) in hours.iter_mut().enumerate() {
        if !kinds.has(kind) {
            *hours = 0.0;
        }
    }
    Some(hours)
}

/// The person takes the best of the offers that have room.
pub fn person_finds(
    world: &mut World,
    index: usize,
    kinds: Kinds,
    levers: &Levers,
    month: &Month<'_>,
) {
    let Some(hours) = wanted(world, index, kinds, month) else { return };
    let options = options(world, index, &hours, levers, month);
    let best = options.iter().max_by(|a, b| a.value.total_cmp(&b.value));
    if let Some(best) = best.copied() {
        take(world, index, &best, &hours, options.len() >= 2, month);
    }
}

/// Takes an offer: the supporter promises the hours it covers.
fn take(
    world: &mut World,
    index: usize,
    option: &Choice,
    wanted: &[f32; 3],
    picked: bool,
    month: &Month<'_>,
) {
    let mut hours = World::covered(wanted, option.offer.covers);
    let row = if option.offer.provider == ASSISTANT {
        if world.arrangements(&world.people[index]).iter().all(Arrangement::exists) {
            // A full package has no place for somebody new.
            return;
        }
        let bought = world.assistant_hours_bought(month);
        for hours in &mut hours {
            *hours *= bought;
        }
        world.employ(index, f64::from(hours.iter().sum::<f32>()), month)
    } else {
        let provider = &world.providers[option.offer.provider as usize];
        let bought = world.hours_bought(provider, option.route, month);
        for hours in &mut hours {
            *hours *= bought;
        }
        option.offer.provider
    };
    begin(world, index, row, hours, option.route, option.offer.suits, picked, month);
}

/// The council places the person: under tender by rank of the winners and room, then
/// with its own service, then spot; under a flexible contract the person and the
/// broker look together.
pub fn council_places(
    world: &mut World,
    index: usize,
    kinds: Kinds,
    levers: &Levers,
    month: &Month<'_>,
) {
    let Some(hours) = wanted(world, index, kinds, month) else { return };
    let total: f32 = hours.iter().sum();
    if levers.procurement == Procurement::FlexibleContract {
        // The council's own service goes on: first for those leaving hospital, last for all.
        let urgent = world.people[index].urgent;
        let mut own = urgent.then(|| in_house(world, index, total, NOBODY, month)).flatten();
        if own.is_none() {
            if found_together(world, index, &hours, levers, month) {
                return;
            }
            own = in_house(world, index, total, NOBODY, month);
        }
        if let Some(row) = own {
            let suits = suits(world, &world.people[index], row);
            begin(world, index, row, hours, Route::Contract, suits, false, month);
        }
        return;
    }
    let found = allocated(world, index, &hours, NOBODY, month);
    turn_away(world, index, total, found);
    if let Some((row, route)) = found {
        let suits = suits(world, &world.people[index], row);
        begin(world, index, row, hours, route, suits, false, month);
    }
}

/// Winners who went before whoever was found, and had no room, know what they missed.
fn turn_away(world: &mut World, index: usize, hours: f32, found: Option<(ProviderRow, Route)>) {
    let here = world.people[index].neighbourhood as usize;
    if found.is_some_and(|(_, route)| route == Route::Contract) {
        return;
    }
    let winners = world.neighbourhoods[here].awards.len() as f64;
    for place in 0..world.neighbourhoods[here].awards.len() {
        let row = world.neighbourhoods[here].awards[place].provider;
        world.providers[row as usize].turned_away += f64::from(hours) / winners;
    }
}

/// Whom brokerage finds for hours, other than `not`.
pub fn allocated(
    world: &World,
    index: usize,
    wanted: &[f32; 3],
    not: ProviderRow,
    month: &Month<'_>,
) -> Option<(ProviderRow, Route)> {
    let person = &world.people[index];
    let (hours, kinds) = (wanted.iter().sum::<f32>(), Kinds::of(wanted));
    let here = &world.neighbourhoods[person.neighbourhood as usize];
    let has_room =
        |row: ProviderRow, route| row != not && world.would_take(row, hours, route, month);
    let own = || in_house(world, index, hours, not, month);
    // People leaving hospital go to the council's own service first, where there is one.
    if person.urgent
        && let Some(row) = own()
    {
        return Some((row, Route::Contract));
    }
    // By rank; with weight on the community, the more rooted go before their rank.
    let place = |rank: usize, award: &Award| {
        rank as f64
            - month.levers.community_weight
                * month.p.rooted_ranks
                * world.providers[award.provider as usize].rooted
    };
    let winner = here
        .awards
        .iter()
        .enumerate()
        .filter(|(_, award)| has_room(award.provider, Route::Contract))
        .min_by(|(i, a), (j, b)| place(*i, a).total_cmp(&place(*j, b)).then(i.cmp(j)))
        .map(|(_, award)| award);
    if let Some(award) = winner {
        return Some((award.provider, Route::Contract));
    }
    if let Some(row) = own() {
        return Some((row, Route::Contract));
    }
    // Spot: whoever comes first from a keyed point on the ring and does all of it.
    let [point, _] = month.luck.search.words(person.key, offers::MOST as u64);
    let from = (point >> 32) as u32;
    let first = here.ring.partition_point(|(at, _)| *at < from);
    (0..here.ring.len())
        .map(|step| here.ring[(first + step) % here.ring.len()].1)
        .find(|row| {
            let provider = &world.providers[*row as usize];
            provider.regulated && provider.does.and(kinds) == kinds && has_room(*row, Route::Spot)
        })
        .map(|row| (row, Route::Spot))
}

/// Under a flexible contract person and broker look together: a person who looks
/// takes the best; for one who does not, the broker suggests, with whatever weight
/// there is on the community.
fn found_together(
    world: &mut World,
    index: usize,
    hours: &[f32; 3],
    levers: &Levers,
    month: &Month<'_>,
) -> bool {
    let p = month.p;
    let options = options(world, index, hours, levers, month);
    let person = &world.people[index];
    let looks = p.looks_for_holder + p.looks_with_capacity * f64::from(person.capacity);
    let looks = world.facts.luck.arriving.uniform_of(person.key, 3) < looks;
    let worth = |option: &Choice| {
        if looks {
            return option.value;
        }
        // What a broker goes by: reputation, distance and room, not the person's own taste.
        let row = option.offer.provider;
        if row == ASSISTANT {
            return f64::NEG_INFINITY;
        }
        let provider = &world.providers[row as usize];
        f64::from(provider.terms[4])
            + month.levers.community_weight * p.rooted_ranks * provider.rooted
    };
    let best = options.iter().max_by(|a, b| worth(a).total_cmp(&worth(b))).copied();
    if let Some(best) = best {
        let picked = looks && options.len() >= 2;
        take(world, index, &best, hours, picked, month);
    }
    best.is_some()
}

/// The council's own service, where it has room for hours and is not `not`. A fund
/// cannot buy it.
fn in_house(
    world: &World,
    index: usize,
    hours: f32,
    not: ProviderRow,
    month: &Month<'_>,
) -> Option<ProviderRow> {
    if world.people[index].mechanism == Mechanism::Isf {
        return None;
    }
    let own = world.providers.iter().position(|p| p.kind == ProviderKind::InHouse);
    own.map(|row| row as ProviderRow)
        .filter(|row| *row != not && world.would_take(*row, hours, Route::Contract, month))
}

/// How well a person and a provider suit each other.
pub fn suits(world: &World, person: &Person, row: ProviderRow) -> f64 {
    world.facts.luck.pairs.bells(person.key, world.providers[row as usize].key)[0]
}

/// Begins an arrangement on the first day it can.
#[expect(clippy::too_many_arguments, reason = "an arrangement is what these say")]
pub fn begin(
    world: &mut World,
    index: usize,
    row: ProviderRow,
    hours: [f32; 3],
    route: Route,
    suits: f64,
    picked: bool,
    month: &Month<'_>,
) {
    if hours.iter().sum::<f32>() < HOURS_LEFT {
        return;
    }
    let first_day = world.first_day();
    let person = &mut world.people[index];
    // Somebody who has waited from an earlier month is placed on a keyed day of this one.
    let start_day = if person.ready_day >= first_day {
        person.ready_day
    } else {
        first_day + month.luck.day.uniform_of(person.key, 4) as f32 * DAYS_A_MONTH
    };
    let arrangement = Arrangement {
        provider: row,
        hours,
        start_day,
        strength: 0.0,
        suits: suits as f32,
        worker: 0,
        route,
        picked,
    };
    if !world.start(index, arrangement) {
        return;
    }
    if matches!(route, Route::Contract | Route::Spot) {
        let stratum = world.people[index].stratum;
        let spent = month.p.brokerage_cost * world.commissioner.average_price;
        world.tally.add(stratum, Metric::Brokerage, spent, 0.0);
        world.spend_council(stratum, spent);
    }
    // Who has support is no longer on the way out of hospital.
    world.people[index].urgent = false;
    if !world.people[index].begun {
        world.people[index].begun = true;
        let from = world.people[index].asked_day;
        world.spell(index, Histogram::ToSupport, from, start_day, true);
    }
}
