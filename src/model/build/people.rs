//! The starting population, and who arrives: people drawn from their own keys.

use super::Class;
use crate::draws::{Sequence, Stream, birth};
use crate::levers::Mechanism;
use crate::model::world::{
    Arrangement, Facts, MONTHS_A_YEAR, Means, NOBODY, Person, Reason, Stage, World,
};
use crate::outcomes::Stratum;
use crate::parameters::Parameters;
use crate::place::Place;
use crate::place::rows::PersonRow;
use std::sync::Arc;

/// How many people of each class live in a place at the start.
pub(super) fn stock(place: &Place, p: &Parameters) -> [f64; Class::COUNT] {
    if let Some(people) = &place.own.people {
        return people.counts();
    }
    let at_home: f64 = place.clients.iter().sum();
    let in_homes = place.residents[0] + place.residents[1];
    let alongside = |share: f64| share / (1.0 - share);
    [
        place.clients[0],
        place.clients[1],
        place.clients[2],
        place.clients[3],
        at_home * alongside(p.self_funder_share),
        place.residents[0],
        place.residents[1],
        in_homes * alongside(p.self_funder_share_care_home),
    ]
}

/// How many arrive a month, so that the stock holds: as many as go. And how many
/// residents of care homes moved there from home, whose stays are longer.
pub(super) fn arrivals(
    stock: &[f64; Class::COUNT],
    p: &Parameters,
) -> ([f64; Class::COUNT], [f64; 2]) {
    let months = 12.0;
    let young = p.dying_working_age + p.leaving_working_age + p.care_home_working_age / months;
    let old = p.dying_older + p.leaving_older + p.care_home_older / months;
    let payers = p.self_funder_working_age * young + (1.0 - p.self_funder_working_age) * old;
    let [physical, learning, mental, older, payer, home_young, home_old, home_payer] = *stock;
    let turned = payer * p.savings_run_out;
    let moves = [
        (physical + learning + mental) * p.care_home_working_age / months,
        (older + payer) * p.care_home_older / months,
    ];
    let moved = [
        moves[0] / (p.dying_working_age + p.leaving_working_age),
        moves[1] / (p.dying_older + p.leaving_older),
    ];
    // Those whose savings run out join the older council-funded, in homes too.
    let home_turned = home_payer * p.savings_run_out;
    let all_old = home_old + home_payer;
    let old_from_start = (all_old - moved[1]).max(0.0) / all_old.max(1.0);
    let a_month = [
        physical * young,
        learning * young,
        mental * young,
        (older * old - turned).max(0.0),
        payer * (payers + p.savings_run_out),
        (home_young - moved[0]).max(0.0) * p.care_home_leaving_working_age,
        (home_old * old_from_start * p.care_home_leaving_older - home_turned).max(0.0),
        home_payer * old_from_start * p.care_home_leaving_older + home_turned,
    ];
    (a_month, moved)
}

/// The mean hours a week of a class in a place.
fn mean_hours(place: &Place, p: &Parameters, class: Class) -> f64 {
    let [young, old] = place.hours_factor;
    match class {
        Class::Physical | Class::CareHomeWorkingAge => p.hours_physical * young,
        Class::Learning => p.hours_learning * young,
        Class::MentalHealth => p.hours_mental_health * young,
        Class::Older | Class::CareHomeOlder | Class::CareHomeSelfFunder => p.hours_older * old,
        Class::SelfFunder => p.hours_older * old * p.hours_self_funder,
    }
}

/// Hours a week that everybody at home needs between them.
pub(super) fn all_hours(place: &Place, p: &Parameters, stock: &[f64; Class::COUNT]) -> f64 {
    let at_home = &Class::ALL[..5];
    let Some(people) = &place.own.people else {
        return at_home.iter().map(|c| stock[*c as usize] * mean_hours(place, p, *c)).sum();
    };
    let of_class = |class: &Class| -> f64 {
        let usual = mean_hours(place, p, *class);
        people.of_class(*class as usize).iter().map(|row| row.hours.unwrap_or(usual)).sum()
    };
    at_home.iter().map(of_class).sum()
}

/// Numbers the draw of the row that somebody who arrives is like.
const LIKE: u64 = u64::MAX;

/// Makes a person from a birth key: the same person in every regime. Where the place
/// has people of its own, somebody who arrives is like one of them of their class.
pub fn person(
    facts: &Facts,
    p: &Parameters,
    key: u64,
    class: Class,
    neighbourhood: u16,
    world: &World,
) -> Person {
    let rows = facts.place.own.people.as_ref().map_or(&[][..], |all| all.of_class(class as usize));
    let row = if rows.is_empty() {
        None
    } else {
        let drawn = facts.draws.fixed(Stream::Traits).uniform_of(key, LIKE) * rows.len() as f64;
        rows.get(drawn as usize)
    };
    person_like(facts, p, key, class, neighbourhood, world, row)
}

/// Makes a person from a birth key; what the row gives stands in for what is drawn.
fn person_like(
    facts: &Facts,
    p: &Parameters,
    key: u64,
    class: Class,
    neighbourhood: u16,
    world: &World,
    row: Option<&PersonRow>,
) -> Person {
    let neighbourhood = row.and_then(|row| row.at).unwrap_or(neighbourhood);
    let mut draw = facts.draws.fixed(Stream::Traits).about(key);
    let in_care_home = matches!(
        class,
        Class::CareHomeWorkingAge | Class::CareHomeOlder | Class::CareHomeSelfFunder
    );
    let pays = matches!(class, Class::SelfFunder | Class::CareHomeSelfFunder);
    let young_payer = draw.uniform() < p.self_funder_working_age;
    let older = match class {
        Class::Older | Class::CareHomeOlder | Class::CareHomeSelfFunder => true,
        Class::SelfFunder => !young_payer,
        _ => false,
    };
    let older = row.map_or(older, |row| row.older);
    let reason = reason(&mut draw, p, class, older);
    let reason = row.and_then(|row| row.reason).map_or(reason, |index| Reason::ALL[index]);
    let mean = mean_hours(&facts.place, p, class);
    let below = 0.5 * p.hours_spread * p.hours_spread;
    let log_need = p.hours_spread * draw.bell();
    let given = row.and_then(|row| row.hours);
    let log_need = given.map_or(log_need, |hours| libm::log(hours / mean) + below);
    let hours =
        (mean * libm::exp(log_need - below)).clamp(p.least_hours.min(p.most_hours), p.most_hours);
    let personal = row.and_then(|row| row.personal_care_share);
    let need = split_need(hours, reason, older, personal, p, &mut draw);
    let lean = |mean: f64, draw: &mut Sequence| {
        (mean * (1.0 + p.wants_spread * draw.bell())).max(0.0) as f32
    };
    let wants = [
        lean(p.wants_flexible, &mut draw),
        lean(p.wants_local, &mut draw),
        lean(p.wants_continuity, &mut draw),
        lean(p.wants_hours, &mut draw),
        lean(p.wants_assurance, &mut draw),
    ];
    let (household, other, own) = match (reason, older) {
        (Reason::Learning, _) => {
            (p.helper_household_learning, p.helper_other_learning, p.own_capacity_learning)
        }
        (_, true) => (p.helper_household_older, p.helper_other_older, p.own_capacity_older),
        (_, false) => {
            (p.helper_household_working_age, p.helper_other_working_age, p.own_capacity_working_age)
        }
    };
    let (at_home, elsewhere) = (draw.uniform() < household, draw.uniform() < other);
    let own = own + draw.bell();
    let helped = if at_home {
        p.helper_capacity
    } else if elsewhere {
        p.helper_capacity_other
    } else {
        0.0
    };
    let capacity = row.and_then(|row| row.capacity).unwrap_or(own + helped);
    let informal = if at_home {
        draw.skewed(p.informal_household, p.hours_spread)
    } else if elsewhere {
        draw.skewed(p.informal_other, p.hours_spread)
    } else {
        0.0
    };
    let informal = row.and_then(|row| row.unpaid_hours).unwrap_or(informal);
    let charged = draw.uniform() < p.charged_share;
    let control_taste = (p.control_taste + p.control_taste_spread * draw.bell()) as f32;
    let from_hospital = [p.hospital_start_working_age, p.hospital_start_older][usize::from(older)];
    let urgent = !pays && draw.uniform() < from_hospital;
    let here = &world.neighbourhoods[neighbourhood as usize];
    let usual = p.connectedness - if older { p.connectedness_older } else { 0.0 };
    let connected = (usual + p.connectedness_spread * draw.bell()).clamp(0.0, 1.0);
    let connected = row.and_then(|row| row.connectedness).unwrap_or(connected);
    let on_panel = draw.uniform() < world.panel_share;
    let employs = draw.uniform() < p.would_employ;
    // Thirds of the capacity that people of the place have between them.
    let third = if capacity < p.capacity_low_third {
        0
    } else if capacity < p.capacity_high_third {
        1
    } else {
        2
    };
    let stage = match (in_care_home, pays) {
        (true, _) => Stage::CareHome,
        (false, true) => Stage::AtHome,
        (false, false) => Stage::Asked,
    };
    Person {
        key,
        account: 0.0,
        need,
        plan: need,
        wants,
        control_taste,
        capacity: capacity as f32,
        informal: informal as f32,
        connected: connected as f32,
        connected_base: connected as f32,
        severity: log_need as f32,
        fit: 0.0,
        satisfaction: 0.0,
        met: 0.0,
        life: 0.0,
        asked_day: 0.0,
        ready_day: 0.0,
        wish_day: f32::NAN,
        setup_day: f32::NAN,
        main: Arrangement::NONE,
        more: NOBODY,
        anchor: 0,
        row: 0,
        anniversary: ((key >> 3 & 0xFFFF) % MONTHS_A_YEAR as u64) as u8,
        neighbourhood,
        stratum: Stratum::of(usize::from(older), reason as usize, here.fifth as usize, third),
        reason,
        stage,
        means: if pays {
            Means::PaysInFull
        } else if charged {
            Means::PaysCharge
        } else {
            Means::PaysNothing
        },
        mechanism: if pays { Mechanism::SelfFunded } else { Mechanism::Managed },
        chosen: if pays { Mechanism::SelfFunded } else { Mechanism::Managed },
        older,
        urgent,
        review_due: false,
        in_care_home_from_start: in_care_home,
        on_panel,
        employs,
        begun: false,
        lost: false,
        seeking: false,
        in_name_only: false,
        answered: false,
        knew: 0,
        assistants: 0,
    }
}

/// A person's primary support reason.
fn reason(draw: &mut Sequence, p: &Parameters, class: Class, older: bool) -> Reason {
    match class {
        Class::Learning => Reason::Learning,
        Class::MentalHealth => Reason::MentalHealth,
        _ if older => {
            let weights = [
                p.reason_older_physical,
                p.reason_older_sensory,
                p.reason_older_memory,
                p.reason_older_learning,
                p.reason_older_mental_health,
                p.reason_older_social,
            ];
            Reason::ALL[draw.among(&weights)]
        }
        _ => {
            let weights = [
                p.reason_working_age_physical,
                p.reason_working_age_sensory,
                p.reason_working_age_memory,
                p.reason_working_age_social,
            ];
            let among = [Reason::Physical, Reason::Sensory, Reason::Memory, Reason::Social];
            among[draw.among(&weights)]
        }
    }
}

/// Hours a week by kind.
fn split_need(
    hours: f64,
    reason: Reason,
    older: bool,
    given: Option<f64>,
    p: &Parameters,
    draw: &mut Sequence,
) -> [f32; 3] {
    let bodily = older || matches!(reason, Reason::Physical | Reason::Memory);
    let mean = if bodily { p.personal_care_physical } else { p.personal_care_other };
    // Some need none, some nothing else: the person's share spreads around the mean.
    let personal = (mean + p.personal_care_spread * draw.bell()).clamp(0.0, 1.0);
    let personal = given.unwrap_or(personal);
    let company = (1.0 - personal) * p.company_share;
    [
        (hours * personal) as f32,
        (hours * (1.0 - personal - company)) as f32,
        (hours * company) as f32,
    ]
}

/// The starting population, row by row.
pub(super) fn people(
    world: &mut World,
    p: &Parameters,
    stock: &[f64; Class::COUNT],
    moved: [f64; 2],
    month: i32,
) {
    let residents = [stock[5], stock[6] + stock[7]];
    let facts = Arc::clone(&world.facts);
    if let Some(people) = &facts.place.own.people {
        for class in Class::ALL {
            for row in people.of_class(class as usize) {
                let spread = (row.id % world.neighbourhoods.len() as u32) as u16;
                let key = birth::key(birth::Origin::Row, facts.place.code, OWN, 0, row.id);
                let person = person_like(&facts, p, key, class, spread, world, Some(row));
                let mechanism = row.mechanism.filter(|_| person.funded());
                is_there(world, p, person, class, moved, residents, mechanism, month);
            }
        }
        return;
    }
    let mut row = 0;
    for class in Class::ALL {
        for _ in 0..(stock[class as usize] + 0.5) as u32 {
            let neighbourhood = (row % world.neighbourhoods.len() as u32) as u16;
            let key = birth::key(birth::Origin::Row, facts.place.code, neighbourhood, 0, row);
            let person = person(&facts, p, key, class, neighbourhood, world);
            row += 1;
            is_there(world, p, person, class, moved, residents, None, month);
        }
    }
}

/// In place of a neighbourhood, in the keys of people and providers that have rows of
/// their own: their luck stays theirs wherever they live.
pub(super) const OWN: u16 = 0xFFF;

/// Somebody is there when the burn-in begins.
#[expect(clippy::too_many_arguments, reason = "what is known of somebody at the start")]
fn is_there(
    world: &mut World,
    p: &Parameters,
    mut person: Person,
    class: Class,
    moved: [f64; 2],
    residents: [f64; 2],
    mechanism: Option<Mechanism>,
    month: i32,
) {
    let facts = Arc::clone(&world.facts);
    let key = person.key;
    let first_day = (month - 1) as f32 * crate::model::world::DAYS_A_MONTH;
    person.asked_day = first_day;
    person.ready_day = first_day;
    person.urgent = false;
    if person.stage == Stage::Asked {
        person.stage = Stage::AtHome;
    }
    if person.in_care_home_from_start {
        let share = moved[person.age()] / residents[person.age()].max(1.0);
        let luck = facts.draws.fixed(Stream::Arrival);
        person.in_care_home_from_start = luck.uniform(key) >= share;
    }
    person.seeking = person.stage == Stage::AtHome;
    if (class as usize) < facts.place.clients.len() {
        let holds = facts.draws.fixed(Stream::Mechanism).uniform(key);
        let able = f64::from(person.capacity) >= p.capacity_needed;
        // The place's own share, among those able to hold the money.
        let share = facts.place.direct_payment_share[class as usize];
        if able && holds * p.able_share < share {
            person.mechanism = Mechanism::DirectPayment;
            person.chosen = Mechanism::DirectPayment;
        }
        if let Some(given) = mechanism {
            person.mechanism = given;
            person.chosen = given;
        }
    }
    world.adds(person, p);
}
