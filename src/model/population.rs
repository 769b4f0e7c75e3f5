//! New people arrive, people die or leave, needs drift, acute events strike.

use super::almanac::Entry;
use super::hazards::Chance;
use super::world::{DAYS_A_MONTH, Hazard, Means, Person, Provider, Stage, World, who};
use super::{Month, arrivals};
use crate::draws::Luck;
use crate::metrics::Metric;
use crate::parameters::Parameters;
use std::sync::Arc;

/// What becomes of somebody this month.
enum Fate {
    StaysHere,
    /// From this place in the list of people.
    Goes(usize),
}

/// People arrive, die or leave; needs drift; crises strike.
pub fn changes(world: &mut World, month: &Month<'_>) {
    world.looks_ahead(month.p);
    strike(world, month);
    world.due = who(world.at_home(), |person| person.review_due);
    arrivals::come(world, month);
}

/// Lets the month's candidate events strike, person by person.
fn strike(world: &mut World, month: &Month<'_>) {
    let facts = Arc::clone(&world.facts);
    let own = world.almanac.own(month.number).to_vec();
    let those = struck(world, [facts.pages.of(month.number), &own], month);
    let mut left = 0..those.len();
    while let Some(next) = left.next() {
        let mut entries = those[next].1;
        while let Fate::Goes(index) = lives(world, entries, month) {
            world.remove_person(index);
            // Whoever was last in line has the place now, and is next if struck too.
            let last = left.clone().next_back();
            let is_last = |last: &usize| those[*last].0 == world.roll.len();
            let Some(moved) = last.filter(is_last) else { break };
            left.end = moved;
            entries = those[moved].1;
        }
    }
}

/// What may strike people this month, with their place in line, in line.
fn struck<'a>(
    world: &World,
    pages: [&'a [Entry]; 2],
    month: &Month<'_>,
) -> Vec<(usize, &'a [Entry])> {
    let mut those: Vec<&[Entry]> = Vec::new();
    let mut in_line = vec![0; world.roll.len()];
    for of_one in pages.into_iter().flat_map(|page| page.chunk_by(|a, b| a.row == b.row)) {
        let row = of_one[0].row;
        let Some(index) = world.roll.place(row) else { continue };
        // Of several the first may change the chances of the others.
        if let ([entry], false) = (of_one, world.ceilings.plain)
            && !may_strike(world, &world.people[index], entry, month)
        {
            continue;
        }
        those.push(of_one);
        in_line[world.roll.turn(row)] = those.len();
    }
    let numbered = in_line.into_iter().enumerate();
    numbered.filter_map(|(turn, number)| Some((turn, those[number.checked_sub(1)?]))).collect()
}

/// Whether something may strike somebody, as things stand when the month begins.
fn may_strike(world: &World, person: &Person, entry: &Entry, month: &Month<'_>) -> bool {
    // What strikes people whatever is done is written down where it does.
    let written = matches!(
        entry.hazard,
        Hazard::Dying | Hazard::Leaving | Hazard::NeedChange | Hazard::SavingsRunOut
    );
    let strikes = || {
        let chance = chance(world, person, entry.hazard, month);
        world.ceilings.strikes(entry.uniform, entry.hazard, chance, &mut 0)
    };
    written || strikes()
}

/// Lets the month's candidate events strike one person, in a fixed order.
fn lives(world: &mut World, entries: &[Entry], month: &Month<'_>) -> Fate {
    let p = month.p;
    for Entry { uniform, hazard, row } in entries {
        let Some(index) = world.roll.place(*row) else { break };
        let person = &world.people[index];
        let key = person.key;
        let chance = chance(world, person, *hazard, month);
        let over = &mut world.counts.over_ceiling;
        if !world.ceilings.strikes(*uniform, *hazard, chance, over) {
            continue;
        }
        match hazard {
            Hazard::Dying | Hazard::Leaving => return Fate::Goes(index),
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
                world.people[index].seeking = false;
                world.settle_account(index);
                world.moves_into_care_home(index);
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
pub fn chance(world: &World, person: &Person, hazard: Hazard, month: &Month<'_>) -> Chance {
    let p = month.p;
    if let Some(chance) = whatever_is_done(p, person, hazard) {
        return chance;
    }
    let at_home = person.stage == Stage::AtHome || person.stage == Stage::Asked;
    match hazard {
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
        _ => Chance::NONE,
    }
}

/// The chance this month of what depends on nothing that a regime can change; none for what
/// does.
pub fn whatever_is_done(p: &Parameters, person: &Person, hazard: Hazard) -> Option<Chance> {
    Some(match hazard {
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
        Hazard::SavingsRunOut if person.means == Means::PaysInFull => {
            Chance::a_month(p.savings_run_out)
        }
        Hazard::SavingsRunOut => Chance::NONE,
        _ => return None,
    })
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
    let factor = need_steps(person, p, month.luck.need);
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

/// Lets somebody's need step up or down; returns by what factor.
pub fn need_steps(person: &mut Person, p: &Parameters, luck: Luck) -> f64 {
    let step = p.need_drift + p.need_step * luck.bells(person.key, 0)[0];
    let most = p.most_hours;
    let now = f64::from(person.needed());
    let factor = (libm::exp(step) * now).clamp(p.least_hours.min(most), most) / now;
    for hours in &mut person.need {
        *hours *= factor as f32;
    }
    person.severity += libm::log(factor) as f32;
    factor
}
