//! New people arrive, people die or leave, needs drift, acute events strike.

use super::almanac::Entry;
use super::hazards::Chance;
use super::roll::Stand;
use super::world::{DAYS_A_MONTH, Hazard, Means, Person, Provider, Stage, World, who};
use super::{Month, arrivals};
use crate::draws::Luck;
use crate::metrics::Metric;
use crate::parameters::Parameters;

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
    let struck = struck(world, month);
    let those: Vec<&[Struck]> = struck.chunk_by(|a, b| a.turn == b.turn).collect();
    let mut left = 0..those.len();
    while let Some(next) = left.next() {
        let mut entries = those[next];
        while let Fate::Goes(index) = lives(world, entries, month) {
            world.remove_person(index);
            // Whoever was last in line has the place now, and is next if struck too.
            let last = left.clone().next_back();
            let is_last = |last: &usize| those[*last][0].turn as usize == world.roll.len();
            let Some(moved) = last.filter(is_last) else { break };
            left.end = moved;
            entries = those[moved];
        }
    }
}

/// What may strike somebody, and their place in line.
#[derive(Clone, Copy)]
struct Struck {
    turn: u32,
    entry: Entry,
}

/// What may strike people this month, as things stand when it begins: in line, and for each
/// in the order of hazards.
fn struck(world: &World, month: &Month<'_>) -> Vec<Struck> {
    let (number, plain) = (month.number, world.ceilings.plain);
    let mut those: Vec<Struck> = Vec::new();
    // How many of them stand before each place in line.
    let mut before = vec![0_usize; world.roll.len() + 1];
    for hazard in Hazard::ALL {
        let pages = [&world.facts.pages, world.almanac.own()];
        for entry in pages.into_iter().flat_map(|pages| pages.of(number, hazard)) {
            let Some(stand) = world.roll.stand(entry.row) else { continue };
            let (turn, person) = (stand.turn(), &world.people[stand.place()]);
            // What comes before may change the chances of what comes after, and what strikes
            // whatever is done is written down where it does.
            let open = plain || before[turn + 1] > 0;
            let strikes = open || whatever_is_done(month.p, person, hazard).is_some() || {
                let chance = chance(world, person, hazard, month);
                world.ceilings.strikes(entry.uniform, hazard, chance, &mut 0)
            };
            if strikes {
                those.push(Struck { turn: turn as u32, entry: *entry });
                before[turn + 1] += 1;
            }
        }
    }
    for turn in 1..before.len() {
        before[turn] += before[turn - 1];
    }
    let mut in_line = those.clone();
    for one in those {
        let place = &mut before[one.turn as usize];
        in_line[*place] = one;
        *place += 1;
    }
    in_line
}

/// Lets the month's candidate events strike one person, in a fixed order.
fn lives(world: &mut World, struck: &[Struck], month: &Month<'_>) -> Fate {
    let p = month.p;
    for Struck { entry: Entry { uniform, hazard, row, step }, .. } in struck {
        let Some(index) = world.roll.stand(*row).map(Stand::place) else { break };
        let person = &world.people[index];
        let key = person.key;
        let chance = chance(world, person, *hazard, month);
        let over = &mut world.counts.over_ceiling;
        if !world.ceilings.strikes(*uniform, *hazard, chance, over) {
            continue;
        }
        match hazard {
            Hazard::Dying | Hazard::Leaving => return Fate::Goes(index),
            Hazard::NeedChange => {
                let plain = world.ceilings.plain;
                let worked_out = || NeedStep::of(&world.people[index], p, month.luck.need);
                let step = if plain { worked_out() } else { *step };
                need_changes(world, index, step, month);
            }
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
fn need_changes(world: &mut World, index: usize, step: NeedStep, month: &Month<'_>) {
    let person = &mut world.people[index];
    person.steps(step);
    if person.stage != Stage::AtHome {
        return;
    }
    let (key, funded) = (person.key, person.funded());
    // Whoever pays plans for themselves.
    let luck = world.facts.luck.arriving;
    let living = !funded || luck.uniform_of(key, 2) >= month.levers.plan_rigidity;
    // Hours creep up: what is no longer needed is not always given back, least where
    // nobody checks.
    let creeps = || {
        let unchecked = 1.0 - month.levers.audit_intensity;
        month.luck.need.uniform_of(key, 1) < month.p.plan_creep * unchecked
    };
    if living && !(funded && step.is_down() && creeps()) {
        world.people[index].plan = world.people[index].need;
        world.follow_plan(index, month);
    }
}

/// A step of need, up or down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeedStep {
    /// As many times as many hours are needed.
    times: f32,
    /// Its logarithm, by which severity goes up.
    log: f32,
}

impl NeedStep {
    /// No step.
    pub const NONE: NeedStep = NeedStep { times: 1.0, log: 0.0 };

    /// Somebody's next, by the luck of its month.
    pub fn of(person: &Person, p: &Parameters, luck: Luck) -> Self {
        let step = p.need_drift + p.need_step * luck.bells(person.key, 0)[0];
        let most = p.most_hours;
        let now = f64::from(person.needed());
        let times = (libm::exp(step) * now).clamp(p.least_hours.min(most), most) / now;
        Self { times: times as f32, log: libm::log(times) as f32 }
    }

    fn is_down(self) -> bool {
        self.log < 0.0
    }
}

impl Person {
    /// Needs so many more or fewer hours from now on.
    pub fn steps(&mut self, step: NeedStep) {
        for hours in &mut self.need {
            *hours *= step.times;
        }
        self.severity += step.log;
    }
}
