//! New people arrive, people die or leave, needs drift, acute events strike.

use super::hazards::{Chance, review_chance};
use super::world::{DAYS_A_MONTH, Hazard, Hazards, Means, Person, Provider, Stage, World, who};
use super::{Month, arrivals};
use crate::metrics::Metric;
use crate::parameters::Parameters;

/// What becomes of somebody this month.
enum Fate {
    StaysHere,
    Goes,
}

/// People arrive, die or leave; needs drift; crises strike.
pub fn changes(world: &mut World, month: &Month<'_>) {
    strike(world, month);
    world.due = who(&world.people, |person| person.review_due);
    arrivals::come(world, month);
}

/// Lets the month's candidate events strike, person by person.
fn strike(world: &mut World, month: &Month<'_>) {
    let now = month.number as i16;
    let those = who(&world.people, |person| person.soonest <= now);
    let mut left = 0..those.len();
    while let Some(next) = left.next() {
        let index = those[next] as usize;
        while let Fate::Goes = lives(world, index, month) {
            world.remove_person(index);
            // Whoever was last in the list has the place now, and is next if struck too.
            let last = left.clone().next_back();
            let is_last = |last: &usize| those[*last] as usize == world.people.len();
            let Some(moved) = last.filter(is_last) else { break };
            left.end = moved;
        }
    }
}

/// Lets the month's candidate events strike one person, in a fixed order.
fn lives(world: &mut World, index: usize, month: &Month<'_>) -> Fate {
    let (p, now) = (month.p, month.number as i16);
    let luck = world.facts.luck.candidates;
    for hazard in Hazards::due(&world.people[index].next, now).each() {
        let person = &world.people[index];
        let key = person.key;
        let candidate = world.ceilings.candidate(luck, key, hazard, now);
        let chance = chance(world, person, hazard, month);
        let most = most(p, month.review_chance, person, hazard);
        let next = world.ceilings.after(luck, key, hazard, candidate, most);
        let over = &mut world.counts.over_ceiling;
        let strikes = world.ceilings.strikes(candidate.uniform, hazard, chance, over);
        world.people[index].next[hazard as usize] = next;
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
    world.people[index].refresh_soonest();
    Fate::StaysHere
}

/// The chance this month of what a hazard brings.
pub fn chance(world: &World, person: &Person, hazard: Hazard, month: &Month<'_>) -> Chance {
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

/// As high as the chance this month or later of what a hazard brings can be for somebody,
/// whatever becomes of them; infinite where nothing is known of it.
pub fn most(p: &Parameters, review_chance: f64, person: &Person, hazard: Hazard) -> f64 {
    // Nobody comes back from a care home, and nobody has their savings back.
    let in_care_home = person.stage == Stage::CareHome;
    match hazard {
        Hazard::Dying | Hazard::Leaving if person.in_care_home_from_start => {
            let ends = [p.care_home_leaving_working_age, p.care_home_leaving_older][person.age()];
            if hazard == Hazard::Dying { ends } else { 0.0 }
        }
        Hazard::Dying => {
            let base = [p.dying_working_age, p.dying_older][person.age()];
            // Need goes up and down between bounds, and severity with it.
            let (now, least) = (f64::from(person.needed()), p.least_hours.min(p.most_hours));
            let worst = if p.dying_need > 0.0 { p.most_hours.max(now) } else { least.min(now) };
            let severity = f64::from(person.severity) + libm::log(worst / now);
            Chance::a_month(base).times_exp(p.dying_need * severity + SEVERITY_DRIFTS).at_most()
        }
        Hazard::Leaving => [p.leaving_working_age, p.leaving_older][person.age()],
        Hazard::NeedChange => p.need_change,
        Hazard::SavingsRunOut if person.means != Means::PaysInFull => 0.0,
        Hazard::SavingsRunOut => p.savings_run_out,
        _ if in_care_home => 0.0,
        Hazard::Review => review_chance,
        _ => f64::INFINITY,
    }
}

/// More than the logarithm of a chance drifts while severity, kept in single precision, goes
/// up and down.
const SEVERITY_DRIFTS: f64 = 0.01;

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

impl World {
    /// Gives everybody their first candidate months once more, from this month on: where what
    /// their chances rest on has been changed from outside.
    pub fn begins_anew(&mut self, p: &Parameters) {
        for mut person in std::mem::take(&mut self.people) {
            begins(&mut person, self, p, self.month);
            self.people.push(person);
        }
    }

    /// The same world, in which what strikes people is found the plain way from this month on.
    pub fn plainly(mut self, p: &Parameters) -> Self {
        self.ceilings = self.ceilings.plainly();
        self.begins_anew(p);
        self
    }
}

/// Gives somebody new their first candidate months.
pub fn begins(person: &mut Person, world: &World, p: &Parameters, month: i32) {
    let review_chance = review_chance(p);
    let most = |person: &Person, hazard| most(p, review_chance, person, hazard);
    world.ceilings.begin(world.facts.luck.candidates, person, month, most);
}
