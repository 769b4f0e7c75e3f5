//! Those assessed or reviewed choose who holds the budget.

use super::Month;
use super::burden::{months_ahead, weighted_burden};
use super::offers::{self, Considered, Offer};
use super::ties;
use super::world::{Kinds, Person, Stage, World};
use crate::draws::gumbel;
use crate::levers::{Levers, Mechanism, Procurement};
use crate::metrics::Metric;

/// Lets everybody seen this month choose, where there is reason to.
pub fn is_chosen(world: &mut World, month: &Month<'_>) {
    let seen = std::mem::take(&mut world.seen);
    for index in &seen {
        let index = *index as usize;
        let person = &world.people[index];
        if person.stage != Stage::AtHome {
            continue;
        }
        let key = person.key;
        let levers = month.reaching_whom(key);
        let known = knows(world, person, levers, month);
        let default = levers.default_mechanism as u8;
        let remembered = known | default << 5;
        let news = known & !person.knew & ONLY_MECHANISMS != 0;
        let first = !person.begun || person.mechanism == Mechanism::SelfFunded;
        let reopened = first
            || remembered != person.knew
            || f64::from(person.satisfaction) < world.centres.fit - month.p.dissatisfied
            || month.luck.reopen.uniform(key) < month.p.reopened;
        world.people[index].knew = remembered;
        if reopened {
            let unasked = first.then(|| arranged_unasked(world, index, levers, month)).flatten();
            world.people[index].answered |= answers(world, index, known, levers, month);
            let chosen = unasked.unwrap_or_else(|| {
                choose(world, index, known, levers, Occasion { first, news }, month)
            });
            if !first && month.change_has_reached(world.facts.luck.arriving.uniform(key)) {
                plans_anew(world, index, chosen, month);
            }
            settle(world, index, chosen, levers, unasked.is_some(), month);
        }
    }
    world.seen = seen;
}

/// The mechanisms a person knows of and may choose, as bits: what they have heard of once
/// they keep, so that whoever draws on support for long comes to know more.
fn knows(world: &World, person: &Person, levers: &Levers, month: &Month<'_>) -> u8 {
    let p = month.p;
    let using = &world.neighbourhoods[person.neighbourhood as usize].using[person.age()];
    let digital = if person.older { 1.0 - p.digital_divide } else { 1.0 };
    // On leaving hospital there is little time to tell.
    let hurry = if person.urgent && !person.begun { p.told_in_hurry } else { 1.0 };
    let heard = p.telling_reaches * hurry;
    let mut known = 1 << Mechanism::Managed as u8;
    for mechanism in [Mechanism::Isf, Mechanism::DirectPayment, Mechanism::Mixed] {
        if !levers.offered.has(mechanism) {
            continue;
        }
        let default = levers.default_mechanism.mechanism() == Some(mechanism);
        if default || person.knew & 1 << mechanism as u8 != 0 {
            known |= 1 << mechanism as u8;
            continue;
        }
        let peers = if month.s.peer_awareness { p.peer_awareness } else { 0.0 };
        let told = month.levers.option_awareness.of(mechanism);
        // Word of mouth and listings pass on what is told; they know no more than is.
        let word = p.connected_awareness * f64::from(person.connected) * told;
        let listed = p.digital_awareness * digital * month.levers.digital_infrastructure * told;
        // Each source of information may miss a person that the others reach.
        let missed = (1.0 - heard * told)
            * (1.0 - peers * f64::from(using[mechanism as usize]))
            * (1.0 - word)
            * (1.0 - listed);
        let latent = month.luck.hearing.uniform_of(person.key, mechanism as u64);
        if latent < 1.0 - missed {
            known |= 1 << mechanism as u8;
        }
    }
    known
}

/// What somebody who is asked and states no wish gets, where nothing is the default: what
/// planners here most often arrange, of what is offered and the person could hold; of two
/// arranged as often, the earlier of the list.
fn arranged_unasked(
    world: &World,
    index: usize,
    levers: &Levers,
    month: &Month<'_>,
) -> Option<Mechanism> {
    let person = &world.people[index];
    let states = world.facts.luck.arriving.uniform_of(person.key, WISH) >= month.p.states_no_wish;
    if levers.default_mechanism.mechanism().is_some() || states {
        return None;
    }
    let mut most = (f64::NEG_INFINITY, Mechanism::Managed);
    for mechanism in Mechanism::OFFERED {
        let often = world.census.arranged[mechanism as usize];
        let may =
            levers.offered.has(mechanism) && may_hold(person, mechanism, month.p.capacity_needed);
        if may && often > most.0 {
            most = (often, mechanism);
        }
    }
    Some(most.1)
}

/// Whether somebody seen is asked, with nothing as the default, and chooses between two ways
/// or more: who states no wish, or knows of one way only, does not.
fn answers(world: &World, index: usize, known: u8, levers: &Levers, month: &Month<'_>) -> bool {
    let latent = world.facts.luck.arriving.uniform_of(world.people[index].key, WISH);
    levers.default_mechanism.mechanism().is_none()
        && latent >= month.p.states_no_wish
        && known.count_ones() > 1
}

/// Numbers the latent of wanting no choice among those fixed for a person: who answers
/// that they want none states no wish.
const WISH: u64 = 4;

/// The bits of what a person knew that stand for mechanisms.
const ONLY_MECHANISMS: u8 = (1 << Mechanism::ALL.len()) - 1;

/// What brings somebody to choose.
#[derive(Clone, Copy)]
struct Occasion {
    /// They choose for the first time.
    first: bool,
    /// They have heard of a mechanism that they did not know of.
    news: bool,
}

/// The mechanism that looks best to a person among those known.
fn choose(
    world: &mut World,
    index: usize,
    known: u8,
    levers: &Levers,
    occasion: Occasion,
    month: &Month<'_>,
) -> Mechanism {
    let p = month.p;
    let person = &world.people[index];
    let open = Mechanism::OFFERED.map(|mechanism| {
        let knows = known & 1 << mechanism as u8 != 0;
        (knows && may_hold(person, mechanism, p.capacity_needed)).then_some(mechanism)
    });
    let mut ways = open.into_iter().flatten();
    if let (Some(only), None) = (ways.next(), ways.next()) {
        return only;
    }
    let kinds = Kinds::of(&person.need);
    let considered = world.considered(index, kinds, month);
    let mut offers = Weighed { considered, offers: [None; offers::MOST] };
    let person = &world.people[index];
    let capacity = f64::from(person.capacity);
    let default = levers.default_mechanism.mechanism();
    let audit = world.audit_now;
    // Planners who welcome change press the old default less and a new one more.
    let steer = p.culture_steers * world.commissioner.culture;
    let pull = p.default_effect + if default == Some(Mechanism::Managed) { -steer } else { steer };
    let using = &world.neighbourhoods[person.neighbourhood as usize].using[person.age()];
    let example = if month.s.peer_awareness { p.peer_example } else { 0.0 };
    let stake = libm::pow(f64::from(person.needed()) / p.hours_older, p.options_hours);
    // What is yet to be set up is worth the more the longer it will serve.
    let setting_up = p.setting_up / months_ahead(p, person.older);
    // The council buys alike for all of a package and for part of it.
    let mut council = None;
    let mut best = (f64::NEG_INFINITY, Mechanism::Managed);
    for mechanism in open.into_iter().flatten() {
        let mut worth = || options_value(world, index, &mut offers, mechanism, levers, month);
        let options = match mechanism {
            Mechanism::Managed | Mechanism::Mixed => *council.get_or_insert_with(worth),
            _ => worth(),
        };
        let noise = gumbel(month.luck.mechanism.uniform_of(person.key, mechanism as u64));
        let has = !occasion.first && mechanism == person.mechanism;
        let burden = weighted_burden(p, &month.levers, audit, mechanism, capacity);
        let setting_up = if has { 0.0 } else { setting_up };
        let mut utility = p.options_weight * stake * options
            + f64::from(person.control_taste) * control(p, mechanism)
            - p.burden_weight * burden * (1.0 + setting_up)
            // Whoever sees people like themselves manage it takes heart.
            + example * example_of(using, mechanism)
            + noise;
        if default == Some(mechanism) {
            utility += pull;
        }
        // What one has holds against what one has weighed before, not against news.
        if has && !occasion.news {
            utility += p.inertia;
        }
        if utility > best.0 {
            best = (utility, mechanism);
        }
    }
    best.1
}

/// Whether a person can hold money a mechanism puts into their hands; and mixing
/// takes two kinds of need to mix.
fn may_hold(person: &Person, mechanism: Mechanism, needed: f64) -> bool {
    let able = f64::from(person.capacity) >= needed;
    match mechanism {
        Mechanism::DirectPayment => able,
        Mechanism::Mixed => able && person.need[0] > 0.0 && person.need[1] + person.need[2] > 0.0,
        _ => true,
    }
}

/// Share of people of one's own age in the neighbourhood who show how a mechanism is lived
/// with: whoever holds money in part shows it as well as whoever holds all of it.
fn example_of(using: &[f32; 5], mechanism: Mechanism) -> f64 {
    let share = |mechanism: Mechanism| f64::from(using[mechanism as usize]);
    match mechanism {
        Mechanism::DirectPayment | Mechanism::Mixed => {
            share(Mechanism::DirectPayment) + share(Mechanism::Mixed)
        }
        other => share(other),
    }
}

/// Control over one's support that a mechanism gives, over council-arranged support.
fn control(p: &crate::parameters::Parameters, mechanism: Mechanism) -> f64 {
    match mechanism {
        Mechanism::Isf => p.control_isf,
        Mechanism::DirectPayment => p.control_direct_payment,
        Mechanism::Mixed => p.control_direct_payment * p.mixed_part,
        Mechanism::Managed | Mechanism::SelfFunded => 0.0,
    }
}

/// The offers somebody considers, each valued at most once.
struct Weighed {
    considered: Considered,
    offers: [Option<Offer>; offers::MOST],
}

/// What the offers a mechanism opens are worth: the best of them, and the others as
/// far as more of the same is worth anything, less the effort of considering them.
fn options_value(
    world: &World,
    index: usize,
    offers: &mut Weighed,
    mechanism: Mechanism,
    levers: &Levers,
    month: &Month<'_>,
) -> f64 {
    let p = month.p;
    let person = &world.people[index];
    let allocated = levers.procurement == Procurement::Tender
        && matches!(mechanism, Mechanism::Managed | Mechanism::Mixed);
    let kinds = Kinds::of(&person.need);
    let mut sum = 0.0;
    let mut count = 0.0;
    let mut add = |value: f64| {
        sum += libm::exp(value);
        count += 1.0;
    };
    // What one has is known, and is worth what it has turned out to be, where the
    // mechanism would let one keep it.
    let kept = person.main.exists().then(|| {
        let provider = &world.providers[person.main.provider as usize];
        let covers = Kinds::of(&person.main.hours);
        let route = ties::kept_by(provider, person.neighbourhood, mechanism, covers)?;
        // A fund or payment may buy fewer hours of the same supporter, or more.
        let bought = world.hours_bought(provider, route, month);
        Some(world.felt(person, month) + world.hours_term(person, bought, month))
    });
    if let Some(Some(worth)) = kept {
        add(worth);
    } else if allocated {
        // Whoever brokerage finds: an average provider that suits nobody in particular.
        add(0.0);
    }
    if !allocated {
        for ((row, covers), offer) in offers.considered.iter().zip(&mut offers.offers) {
            if row == person.main.provider {
                continue;
            }
            let provider = &world.providers[row as usize];
            let Some(by) = offers::route(provider, mechanism, levers, covers) else {
                continue;
            };
            let hours: f32 = World::covered(&person.need, covers).iter().sum();
            if world.would_take(row, hours, by, month) {
                let offer = offer.get_or_insert_with(|| world.offer(person, row, covers, month));
                let bought = world.hours_bought(provider, by, month);
                add(offer.value + world.hours_term(person, bought, month));
            }
        }
        if mechanism == Mechanism::DirectPayment {
            let offer = world.assistant_offer(person, kinds, month);
            let bought = world.assistant_hours_bought(month);
            add(offer.value + world.hours_term(person, bought, month));
        }
    }
    if count == 0.0 {
        return -p.nothing_found;
    }
    let (same, effort) =
        if month.s.choice_overload { (p.more_of_the_same, p.effort_per_offer) } else { (0.0, 0.0) };
    libm::log(sum) - same * libm::log(count) - effort * count
}

/// Whoever moves to another mechanism under a change plans with somebody once more.
fn plans_anew(world: &mut World, index: usize, chosen: Mechanism, month: &Month<'_>) {
    let person = &world.people[index];
    if chosen == person.mechanism || chosen == person.chosen {
        return;
    }
    let (stratum, spent) = (person.stratum, month.p.planning_session_cost);
    world.tally.add(stratum, Metric::Change, spent, 0.0);
    world.spend_council(stratum, spent);
}

/// Puts a choice into effect, or begins to set it up; `unasked` where the person stated no
/// wish.
fn settle(
    world: &mut World,
    index: usize,
    chosen: Mechanism,
    levers: &Levers,
    unasked: bool,
    month: &Month<'_>,
) {
    let p = month.p;
    let person = &mut world.people[index];
    if chosen == person.mechanism && person.mechanism != Mechanism::SelfFunded {
        person.chosen = chosen;
        person.setup_day = f32::NAN;
        return;
    }
    person.chosen = chosen;
    let weeks = match chosen {
        Mechanism::DirectPayment | Mechanism::Mixed => p.direct_payment_lead,
        Mechanism::Isf => p.isf_lead,
        Mechanism::Managed | Mechanism::SelfFunded => 0.0,
    };
    let lead = month.lead(month.luck.day.uniform_of(person.key, 3));
    let from = (month.number - 1) as f32 * super::world::DAYS_A_MONTH;
    person.setup_day = person.asked_day.max(from) + (weeks * 7.0 * lead) as f32;
    if chosen == Mechanism::Isf {
        let by_default = levers.default_mechanism.mechanism() == Some(Mechanism::Isf);
        // Indicators count funds, so they also buy relabelling.
        let looks = p.looks_for_holder + p.looks_with_capacity * f64::from(person.capacity)
            - p.relabelling * month.levers.national_indicators;
        let latent = world.facts.luck.arriving.uniform_of(person.key, 3);
        person.in_name_only = (by_default || unasked) && latent >= looks;
    }
    // Managed support meanwhile.
    if person.mechanism == Mechanism::SelfFunded {
        person.mechanism = Mechanism::Managed;
        world.convert(index, month);
    }
}
