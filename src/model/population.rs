//! New people arrive, people die or leave, needs drift, acute events strike.

use super::Month;
use super::build::{self, Class};
use super::hazards::monthly;
use super::world::{DAYS_A_MONTH, Hazard, Means, Person, Provider, Stage, World};
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
    world.due.clear();
    let mut index = 0;
    while index < world.people.len() {
        if i32::from(world.people[index].soonest) <= month.number {
            if let Fate::Goes = lives(world, index, month) {
                world.remove_person(index);
                continue;
            }
            world.people[index].refresh_soonest();
        }
        // Whoever goes is replaced from the end of the list, so places already passed stand.
        if world.people[index].review_due {
            world.due.push(index as u32);
        }
        index += 1;
    }
    arrive(world, month);
    come_out_of_the_woodwork(world, month);
    surge(world, month);
}

/// Lets the month's candidate events strike one person, in a fixed order.
fn lives(world: &mut World, index: usize, month: &Month<'_>) -> Fate {
    let p = month.p;
    for hazard in Hazard::ALL {
        if i32::from(world.people[index].next[hazard as usize]) > month.number {
            continue;
        }
        let person = &world.people[index];
        let key = person.key;
        let chance = chance(world, person, hazard, month);
        let ceilings = &world.ceilings;
        let luck = world.facts.luck.candidates;
        let candidate = ceilings.candidate(luck, key, hazard, month.number as i16);
        let strikes = ceilings.strikes(candidate, hazard, chance, &mut world.counts.over_ceiling);
        world.people[index].next[hazard as usize] = candidate.next;
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
fn chance(world: &World, person: &Person, hazard: Hazard, month: &Month<'_>) -> f64 {
    let p = month.p;
    let severity = f64::from(person.severity);
    let at_home = person.stage == Stage::AtHome || person.stage == Stage::Asked;
    match hazard {
        // Deaths and leavings depend on nothing a regime can change.
        Hazard::Dying | Hazard::Leaving if person.in_care_home_from_start => {
            let ends = [p.care_home_leaving_working_age, p.care_home_leaving_older][person.age()];
            if hazard == Hazard::Dying { ends } else { 0.0 }
        }
        Hazard::Dying => {
            let base = [p.dying_working_age, p.dying_older][person.age()];
            base * libm::exp(p.dying_need * severity)
        }
        Hazard::Leaving => [p.leaving_working_age, p.leaving_older][person.age()],
        Hazard::NeedChange => p.need_change,
        Hazard::Review => {
            let supported = person.stage == Stage::AtHome && person.funded();
            if supported { month.review_chance } else { 0.0 }
        }
        Hazard::Admission if at_home => {
            let base = [p.admissions_working_age, p.admissions_older][person.age()];
            monthly(base * crisis(world, person, month))
        }
        Hazard::CareHomeMove if at_home => {
            let base = [p.care_home_working_age, p.care_home_older][person.age()];
            monthly(base * crisis(world, person, month))
        }
        Hazard::WishToLeave => {
            let content = !person.main.exists() || person.wishes_to_leave();
            if content || person.stage != Stage::AtHome {
                return 0.0;
            }
            let gap = world.centres.fit - f64::from(person.satisfaction);
            let most = p.most_dissatisfied;
            p.wish_to_leave * libm::exp((p.wish_dissatisfied * gap).clamp(-most, most))
        }
        Hazard::Incident if at_home && person.main.exists() => {
            let provider = &world.providers[person.main.provider as usize];
            monthly(p.incidents * risk(provider, month))
        }
        Hazard::SavingsRunOut if person.means == Means::PaysInFull => p.savings_run_out,
        _ => 0.0,
    }
}

/// The multiple of the risk of an incident: less assured, more isolated and less
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
    libm::exp(log)
}

/// The multiple of a crisis' base hazard that a person's support makes, each link
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
    libm::exp(log)
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
