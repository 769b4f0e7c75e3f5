//! New people arrive, people die or leave, needs drift, acute events strike.

use super::Month;
use super::build::{self, Class};
use super::hazards::Chance;
use super::world::{DAYS_A_MONTH, HAZARDS, Hazard, Hazards, Means, Person, Provider, Stage, World};
use crate::draws::{Stream, birth};
use crate::levers::Mechanism;
use crate::metrics::Metric;

/// What becomes of somebody this month.
enum Fate {
    StaysHere,
    Goes,
}

/// People arrive, die or leave; needs drift; crises strike.
pub fn changes(world: &mut World, month: &Month<'_>) {
    strike(world, month);
    world.due.clear();
    let reviewed = world.people.iter().enumerate().filter(|(_, person)| person.review_due);
    world.due.extend(reviewed.map(|(index, _)| index as u32));
    arrive(world, month);
    come_out_of_the_woodwork(world, month);
    surge(world, month);
}

/// Lets the month's candidate events strike, person by person.
fn strike(world: &mut World, month: &Month<'_>) {
    let struck = those_struck(world, month);
    let mut left = 0..struck.len();
    while let Some(mut next) = left.next() {
        let index = struck[next].index as usize;
        while let Fate::Goes = lives(world, index, struck[next].due, month) {
            world.remove_person(index);
            // Whoever was last in the list has the place now, and is next if struck too.
            let last = left.clone().next_back();
            let is_last = |last: &usize| struck[*last].index as usize == world.people.len();
            let moved = last.filter(is_last);
            let Some(moved) = moved else { break };
            left.end = moved;
            next = moved;
        }
    }
}

/// Somebody whom something may strike this month.
struct Struck {
    /// Place in the list of people.
    index: u32,
    /// The hazards that may.
    due: Hazards,
}

/// Moves everybody who has a candidate event on to the next, and finds those whom something
/// may strike, as they are now. What happens to one person changes no chance of another's,
/// so the others are through with the month.
fn those_struck(world: &mut World, month: &Month<'_>) -> Vec<Struck> {
    let now = month.number as i16;
    let mut looked_at = looked_at(world, now);
    // Hazard by hazard, since the processor goes the same way for all people of one.
    let mut asked: [Vec<u32>; HAZARDS] = Default::default();
    for Struck { index, due } in &looked_at {
        due.each().for_each(|hazard| asked[hazard as usize].push(*index));
    }
    let luck = world.facts.luck.candidates;
    let mut may = vec![false; world.people.len()];
    for (hazard, asked) in Hazard::ALL.into_iter().zip(asked) {
        for index in asked {
            let person = &world.people[index as usize];
            let candidate = world.ceilings.candidate(luck, person.key, hazard, now);
            let chance = chance(world, person, hazard, month);
            may[index as usize] |= world.ceilings.may_strike(candidate, hazard, chance);
            world.people[index as usize].next[hazard as usize] = candidate.next;
        }
    }
    for Struck { index, .. } in &looked_at {
        world.people[*index as usize].refresh_soonest();
    }
    looked_at.retain(|struck| may[struck.index as usize]);
    looked_at
}

/// Those with a candidate event this month.
fn looked_at(world: &World, now: i16) -> Vec<Struck> {
    // Written for everybody and kept for some: quicker than to guess who.
    let mut places = vec![0; world.people.len()];
    let mut count = 0;
    for (index, person) in world.people.iter().enumerate() {
        places[count] = index as u32;
        count += usize::from(person.soonest <= now);
    }
    places.truncate(count);
    let due = |index| Hazards::due(&world.people[index as usize].next, now);
    places.into_iter().map(|index| Struck { index, due: due(index) }).collect()
}

/// Lets the month's candidate events strike one person, in a fixed order.
fn lives(world: &mut World, index: usize, due: Hazards, month: &Month<'_>) -> Fate {
    let p = month.p;
    for hazard in due.each() {
        let person = &world.people[index];
        let key = person.key;
        let luck = world.facts.luck.candidates;
        let candidate = world.ceilings.candidate(luck, key, hazard, month.number as i16);
        let chance = chance(world, person, hazard, month);
        let over = &mut world.counts.over_ceiling;
        let strikes = world.ceilings.strikes(candidate, hazard, chance, over);
        if !strikes {
            continue;
        }
        match hazard {
            Hazard::Dying | Hazard::Leaving => return Fate::Goes,
            Hazard::NeedChange => need_changes(world, index, month),
            Hazard::Review => world.people[index].review_due = true,
            Hazard::Admission => {
                let stratum = world.people[index].stratum;
                world.tally.add(stratum, Metric::EmergencyAdmissions, 1.0, 0.0);
                world.tally.add(stratum, Metric::Hospital, p.admission_cost, 0.0);
                world.tally.add(stratum, Metric::NhsPerPerson, p.admission_cost, 0.0);
                world.spend_public(stratum, p.admission_cost);
            }
            Hazard::CareHomeMove => {
                let stratum = world.people[index].stratum;
                world.tally.add(stratum, Metric::CareHomeMoves, 1.0, 0.0);
                world.close_spells(index);
                world.end(index, false, |_| true);
                world.people[index].stage = Stage::CareHome;
                world.people[index].seeking = false;
                world.settle_account(index);
            }
            Hazard::WishToLeave => {
                let day =
                    world.first_day() + month.luck.day.uniform_of(key, 1) as f32 * DAYS_A_MONTH;
                world.people[index].wish_day = day;
            }
            Hazard::Incident => {
                let person = &mut world.people[index];
                person.satisfaction -= p.incident_harm as f32;
                person.main.strength = 0.0;
                let stratum = person.stratum;
                world.commissioner.breaches += 1.0;
                world.tally.add(stratum, Metric::Incidents, 1.0, 0.0);
                world.tally.add(stratum, Metric::Safeguarding, p.incident_cost, 0.0);
                world.spend_council(stratum, p.incident_cost);
            }
            Hazard::SavingsRunOut => {
                let person = &mut world.people[index];
                person.means = Means::PaysCharge;
                if person.stage == Stage::AtHome {
                    // The council arranges until the person is assessed and chooses.
                    person.stage = Stage::Asked;
                    person.asked_day = (month.number - 1) as f32 * DAYS_A_MONTH;
                }
            }
        }
    }
    Fate::StaysHere
}

/// The chance this month of what a hazard brings.
fn chance(world: &World, person: &Person, hazard: Hazard, month: &Month<'_>) -> Chance {
    let p = month.p;
    let at_home = person.stage == Stage::AtHome || person.stage == Stage::Asked;
    match hazard {
        // Deaths and leavings depend on nothing a regime can change.
        Hazard::Dying | Hazard::Leaving if person.in_care_home_from_start => {
            let ends = [p.care_home_leaving_working_age, p.care_home_leaving_older][person.age()];
            if hazard == Hazard::Dying { Chance::a_month(ends) } else { Chance::NONE }
        }
        Hazard::Dying => {
            let base = [p.dying_working_age, p.dying_older][person.age()];
            Chance::a_month(base).times_exp(p.dying_need * f64::from(person.severity))
        }
        Hazard::Leaving => Chance::a_month([p.leaving_working_age, p.leaving_older][person.age()]),
        Hazard::NeedChange => Chance::a_month(p.need_change),
        Hazard::Review => {
            let supported = person.stage == Stage::AtHome && person.funded();
            if supported { Chance::a_month(month.review_chance) } else { Chance::NONE }
        }
        Hazard::Admission if at_home => {
            let base = [p.admissions_working_age, p.admissions_older][person.age()];
            Chance::a_year(base).times_exp(crisis(world, person, month))
        }
        Hazard::CareHomeMove if at_home => {
            let base = [p.care_home_working_age, p.care_home_older][person.age()];
            Chance::a_year(base).times_exp(crisis(world, person, month))
        }
        Hazard::WishToLeave => {
            let content = !person.main.exists() || person.wishes_to_leave();
            if content || person.stage != Stage::AtHome {
                return Chance::NONE;
            }
            let gap = world.centres.fit - f64::from(person.satisfaction);
            let most = p.most_dissatisfied;
            let log = (p.wish_dissatisfied * gap).clamp(-most, most);
            Chance::a_month(p.wish_to_leave).times_exp(log)
        }
        Hazard::Incident if at_home && person.main.exists() => {
            let provider = &world.providers[person.main.provider as usize];
            Chance::a_year(p.incidents).times_exp(risk(provider, month))
        }
        Hazard::SavingsRunOut if person.means == Means::PaysInFull => {
            Chance::a_month(p.savings_run_out)
        }
        _ => Chance::NONE,
    }
}

/// The log of the multiple of the risk of an incident: less assured, more isolated and less
/// settled supporters harm more often.
fn risk(provider: &Provider, month: &Month<'_>) -> f64 {
    let p = month.p;
    let mut log = p.incident_turnover * (provider.turnover - p.turnover);
    if !provider.regulated {
        log += if provider.accredited { p.incident_accredited } else { p.incident_unregulated };
    }
    if provider.staff < p.covers_itself {
        log += p.incident_isolated;
    }
    log
}

/// The log of the multiple of a crisis' base hazard that a person's support makes, each link
/// counted once and centred on the burn-in, so that no effect moves the status quo.
fn crisis(world: &World, person: &Person, month: &Month<'_>) -> f64 {
    let (p, s, centres) = (month.p, month.s, &world.centres);
    let mut log = p.crisis_need * f64::from(person.severity);
    if s.unmet_hours_cause_crisis {
        log += p.crisis_unmet * (1.0 - f64::from(person.met) - centres.unmet);
    }
    if s.fit_prevents_crisis && person.main.exists() {
        let net = f64::from(person.fit) - p.relationship_weight * f64::from(person.main.strength);
        let centre = centres.fit - p.relationship_weight * centres.strength;
        log += p.crisis_fit * (net - centre);
        log += p.crisis_continuity * (f64::from(person.main.strength) - centres.strength);
    }
    if s.connection_prevents_crisis {
        log += p.crisis_connection * (f64::from(person.connected) - centres.connected);
    }
    log
}

/// Need steps up or down, the same in every regime; under a living plan the plan
/// follows at once, otherwise at the next review.
fn need_changes(world: &mut World, index: usize, month: &Month<'_>) {
    let p = month.p;
    let person = &mut world.people[index];
    let step = p.need_drift + p.need_step * month.luck.need.bells(person.key, 0)[0];
    let most = p.most_hours;
    let now = f64::from(person.needed());
    let factor = (libm::exp(step) * now).clamp(p.least_hours.min(most), most) / now;
    for hours in &mut person.need {
        *hours *= factor as f32;
    }
    person.severity += libm::log(factor) as f32;
    let living = world.facts.luck.arriving.uniform_of(person.key, 2) >= month.levers.plan_rigidity;
    // Hours creep up: what is no longer needed is not always given back, least where
    // nobody checks.
    let unchecked = 1.0 - month.levers.audit_intensity;
    let creeps = month.luck.need.uniform_of(person.key, 1) < p.plan_creep * unchecked;
    let kept = factor < 1.0 && living && person.funded() && creeps;
    if person.stage == Stage::AtHome && !kept && (living || !person.funded()) {
        person.plan = person.need;
        world.follow_plan(index, month);
    }
}

/// Arrival slots come to life, the same ones in every regime.
fn arrive(world: &mut World, month: &Month<'_>) {
    let facts = std::sync::Arc::clone(&world.facts);
    let luck = facts.draws.of(Stream::Arrival, month.number);
    for (class_number, class) in Class::ALL.into_iter().enumerate() {
        let a_month = world.arrivals[class_number];
        let kept_away = limited(world, class, month);
        let here = world.neighbourhoods.len();
        let expected = a_month / here as f64;
        let slots = (expected * month.p.arrival_ceiling).max(1.0) as u32 + 1;
        for neighbourhood in 0..here as u16 {
            for slot in 0..slots {
                let numbered = slot * Class::ALL.len() as u32 + class_number as u32;
                let key = birth::key(
                    birth::Origin::Arrival,
                    facts.place.code,
                    neighbourhood,
                    month.number,
                    numbered,
                );
                let kept_at_bay = kept_away > 0.0 && luck.uniform_of(key, 1) < kept_away;
                if luck.uniform(key) * f64::from(slots) < expected && !kept_at_bay {
                    come(world, key, class, neighbourhood, month);
                }
            }
        }
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
    let facts = std::sync::Arc::clone(&world.facts);
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
                    come(world, key, *class, neighbourhood, month);
                }
            }
        }
    }
}

/// Somebody arrives.
fn come(world: &mut World, key: u64, class: Class, neighbourhood: u16, month: &Month<'_>) {
    let facts = std::sync::Arc::clone(&world.facts);
    let mut person = build::person(&facts, month.p, key, class, neighbourhood, world);
    let day = world.first_day() + month.luck.day.uniform(key) as f32 * DAYS_A_MONTH;
    person.asked_day = day;
    person.ready_day = day;
    if person.stage == Stage::AtHome && person.mechanism == Mechanism::SelfFunded {
        person.seeking = true;
        person.ready_day = day + month.p.own_start_days as f32;
    }
    world.ceilings.begin(facts.luck.candidates, &mut person, month.number);
    world.counts.arrivals += 1;
    world.people.push(person);
}

impl World {
    /// One more self-funder, for the placebo: a stranger whom no regime knows of.
    pub fn add_stranger(&mut self, p: &crate::parameters::Parameters) {
        let facts = std::sync::Arc::clone(&self.facts);
        let key = birth::key(birth::Origin::Placebo, facts.place.code, 0, 0, 0);
        let mut person = build::person(&facts, p, key, Class::SelfFunder, 0, self);
        person.seeking = true;
        self.ceilings.begin(facts.luck.candidates, &mut person, self.month);
        self.people.push(person);
    }
}
