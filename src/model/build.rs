//! From a place to the world at the start of its burn-in.

use super::commissioning;
use super::hazards::Ceilings;
use super::starting;
use super::ties;
use super::world::{
    Arrangement, Census, Centres, Commissioner, Counts, Facts, Kinds, Labour, Means, Money, NOBODY,
    Neighbourhood, Person, Provider, ProviderKind, ProviderRow, ROUTES, Reason, Stage, TERMS,
    World,
};
use crate::draws::{Draws, Luck, Sequence, Stream, birth};
use crate::levers::{Levers, Mechanism};
use crate::outcomes::{Outcomes, Stratum, Tally};
use crate::parameters::Parameters;
use crate::place::Place;
use crate::place::rows::{PersonRow, ProviderKind as OwnKind};
use std::sync::Arc;

/// Through which door somebody comes to be in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Council-funded at home, 18 to 64, physical, sensory, memory or social reason.
    Physical = 0,
    /// Council-funded at home, 18 to 64, learning disability.
    Learning = 1,
    /// Council-funded at home, 18 to 64, mental health.
    MentalHealth = 2,
    /// Council-funded at home, 65 or over.
    Older = 3,
    /// Pays for support at home.
    SelfFunder = 4,
    /// Council-funded, straight into a care home, 18 to 64.
    CareHomeWorkingAge = 5,
    /// Council-funded, straight into a care home, 65 or over.
    CareHomeOlder = 6,
    /// Pays for a care home.
    CareHomeSelfFunder = 7,
}

impl Class {
    /// How many there are.
    pub const COUNT: usize = 8;
    /// All of them, in order.
    pub const ALL: [Class; Class::COUNT] = [
        Class::Physical,
        Class::Learning,
        Class::MentalHealth,
        Class::Older,
        Class::SelfFunder,
        Class::CareHomeWorkingAge,
        Class::CareHomeOlder,
        Class::CareHomeSelfFunder,
    ];
}

/// How many people of each class live in a place at the start.
fn stock(place: &Place, p: &Parameters) -> [f64; Class::COUNT] {
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
fn arrivals(stock: &[f64; Class::COUNT], p: &Parameters) -> ([f64; Class::COUNT], [f64; 2]) {
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
fn all_hours(place: &Place, p: &Parameters, stock: &[f64; Class::COUNT]) -> f64 {
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
    let hours = (mean * libm::exp(log_need - below)).clamp(p.least_hours, p.most_hours);
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
    let household = [p.helper_household_working_age, p.helper_household_older][usize::from(older)];
    let (at_home, elsewhere) = (draw.uniform() < household, draw.uniform() < p.helper_other);
    let own = p.own_capacity + draw.bell();
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
    let connected = (p.connectedness + p.connectedness_spread * draw.bell()).clamp(0.0, 1.0);
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
        next: [i16::MAX; super::world::HAZARDS],
        soonest: i16::MAX,
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

/// A council's own culture: how far it welcomes change and informs people.
fn culture(draws: &Draws, code: u16) -> f64 {
    draws.fixed(Stream::Council).bells(u64::from(code), 0)[0]
}

/// The place's own settings, with what its planners tell people moved by its culture.
fn own_settings(place: &mut Place, p: &Parameters, culture: f64) {
    let told = &mut place.status_quo.option_awareness.direct_payment;
    if *told > 0.0 && *told < 1.0 {
        let logit = libm::log(*told / (1.0 - *told)) + p.culture_spread * culture;
        *told = 1.0 / (1.0 + libm::exp(-logit));
    }
}

/// The world of a place at the first month of its burn-in, the market not yet matched
/// with people: the burn-in's first months do that.
pub fn world(place: &Place, p: &Parameters, draws: Draws, first_month: i32) -> World {
    let mut place = place.clone();
    let culture = culture(&draws, place.code);
    own_settings(&mut place, p, culture);
    let neighbourhoods = neighbourhoods(&place, p, &draws);
    let at: Vec<_> = neighbourhoods.iter().map(|n| n.at).collect();
    let facts = Arc::new(Facts::new(place, draws, &at));
    let stock = stock(&facts.place, p);
    let at_home: f64 = stock[..5].iter().sum();
    let hours = all_hours(&facts.place, p, &stock);
    let funded: f64 = stock[..4].iter().sum();
    let (arrivals, moved) = arrivals(&stock, p);
    let assessments: f64 = arrivals[..4].iter().sum::<f64>()
        + stock[4] * p.savings_run_out
        + funded * p.reviewed * p.review_cost / 12.0;
    let mut world = World {
        facts: Arc::clone(&facts),
        month: first_month,
        people: Vec::new(),
        further: Vec::new(),
        free_further: Vec::new(),
        providers: Vec::new(),
        free_providers: Vec::new(),
        neighbourhoods,
        commissioner: Commissioner {
            culture,
            arrived: Vec::new(),
            trust: p.trust + p.culture_trust * culture,
            breaches: 0.0,
            spent: 0.0,
            budget: 0.0,
            held_back: 1.0,
            average_price: facts.place.contracted_hour,
            assessment_capacity: assessments * p.assessment_slack,
            assessment_credit: 0.0,
        },
        labour: Labour { looking: 0.0, usual: 0.0, filled: 1.0 },
        arrivals,
        audit_now: facts.place.status_quo.audit_intensity,
        felt_lately: 0.0,
        trend: 1.0,
        coverage: 0.0,
        usual_enterprises: 0.0,
        at_home_at_start: at_home,
        pay_index: 1.0,
        usual_agencies: 0.0,
        small_reach: p.small_reach as f32,
        enterprise_reach: p.enterprise_reach as f32,
        assessment_cost: facts.place.assessment_cost * (funded + stock[5] + stock[6])
            / (assessments * 12.0).max(1.0),
        panel_share: (p.panel_least / at_home.max(1.0)).max(p.panel_share).min(1.0),
        centres: Centres { term_sds: [1.0; TERMS], ..Centres::default() },
        money: Money::default(),
        census: Census::default(),
        due: Vec::new(),
        seen: Vec::new(),
        ceilings: Ceilings::of(p),
        counts: Counts::default(),
        tally: Tally::default(),
        outcomes: Outcomes::new(0),
    };
    people(&mut world, p, &stock, moved, first_month);
    if facts.place.own.providers.is_some() {
        own_providers(&mut world, p, first_month);
    } else {
        agencies(&mut world, p, hours);
        world.usual_agencies = world.providers.len() as f64;
        in_house(&mut world, p, hours);
        enterprises(&mut world, p, first_month);
    }
    world.scale_terms(p, &facts.place.status_quo);
    world.rebuild_rings(first_month);
    let employed: f64 = world.providers.iter().map(|provider| provider.staff).sum();
    world.labour.usual = employed * p.looking_share;
    world.labour.looking = world.labour.usual;
    commissioning::first_awards(&mut world, p, first_month);
    world
}

/// Neighbourhoods on a square grid, deprived and rural ones spread by keyed draws.
fn neighbourhoods(place: &Place, p: &Parameters, draws: &Draws) -> Vec<Neighbourhood> {
    let n = place.neighbourhoods.max(1);
    let side = (f64::from(n).sqrt() + 0.999) as i32;
    // Fifths of equal size: neighbourhoods ranked by a keyed draw.
    let luck = draws.fixed(Stream::Neighbourhood);
    let key = |i: u16| birth::key(birth::Origin::Neighbourhood, place.code, i, 0, 0);
    let mut ranked: Vec<u16> = (0..n).collect();
    ranked.sort_by(|a, b| luck.uniform(key(*a)).total_cmp(&luck.uniform(key(*b))));
    let mut fifth = vec![0_u8; n as usize];
    for (rank, i) in ranked.iter().enumerate() {
        fifth[*i as usize] = (rank * 5 / n as usize) as u8;
    }
    let own = |i: u16| place.own.neighbourhoods.as_ref().and_then(|rows| rows.get(i as usize));
    for i in 0..n {
        if let Some(given) = own(i).and_then(|row| row.deprivation_fifth) {
            fifth[i as usize] = given - 1;
        }
    }
    // Deprived neighbourhoods have less social capital to start from.
    let capital = |i: u16| {
        let above = f64::from(fifth[i as usize]) - 2.0;
        let drawn = p.social_capital
            + p.capital_deprivation * above
            + p.capital_spread * luck.bells(key(i), 3)[0];
        own(i).and_then(|row| row.social_capital).unwrap_or(drawn.clamp(0.05, 0.95))
    };
    (0..n)
        .map(|i| Neighbourhood {
            at: (i32::from(i) % side, i32::from(i) / side),
            fifth: fifth[i as usize],
            rural: own(i)
                .and_then(|row| row.rural)
                .unwrap_or(luck.uniform_of(key(i), 1) < p.rural_share),
            awards: Vec::new(),
            ends: i32::MAX,
            social_capital: capital(i),
            social_base: capital(i),
            unserved: 0.0,
            founded: 0,
            rooted_hours: 0.0,
            forced: 0.0,
            connected: p.connectedness,
            using: [0.0; 5],
            ring: Vec::new(),
        })
        .collect()
}

/// The starting population, row by row.
fn people(
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
const OWN: u16 = 0xFFF;

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
    let first_day = (month - 1) as f32 * super::world::DAYS_A_MONTH;
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
    world.ceilings.begin(facts.luck.candidates, &mut person, month);
    world.people.push(person);
}

/// A provider with everything drawn from its birth key but its size.
pub fn agency(
    world: &World,
    p: &Parameters,
    key: u64,
    home: u16,
    hours: f64,
    large: bool,
) -> Provider {
    let place = &world.facts.place;
    let mut draw = world.facts.draws.fixed(Stream::Provider).about(key);
    let own_quality = draw.bell();
    let size = libm::log(hours / p.hours_an_agency);
    let own_rooted = p.rooted_agency + p.rooted_spread * draw.bell();
    let own_flexibility = p.flexibility_spread * draw.bell();
    let price = place.contracted_hour * (p.private_price + p.private_price_spread * draw.bell());
    let pay = 1.0 + p.pay_spread * draw.bell();
    let listed = draw.uniform();
    let chain = if large { 1 + (draw.uniform() * p.chains) as u16 } else { 0 };
    let months = p.reserve_months * libm::exp(p.reserve_spread * draw.bell());
    let unit_overhead =
        place.contracted_hour * p.overhead_share * libm::exp(-p.scale_exponent * size);
    let monthly = hours * super::world::WEEKS_A_MONTH;
    Provider {
        key,
        kind: if large { ProviderKind::LargeAgency } else { ProviderKind::SmallAgency },
        open: true,
        home,
        chain,
        does: Kinds::ALL,
        regulated: true,
        accredited: false,
        since: i32::MIN / 2,
        guaranteed: 0.0,
        listed_holder: listed < p.listed_holders,
        willing_holder: listed < p.open_holders,
        wants_growth: draw.uniform() < p.wants_growth_agency,
        staff: hours / p.hours_a_worker,
        hours_a_worker: p.hours_a_worker,
        used: 0.0,
        turned_away: 0.0,
        sold: [0.0; ROUTES],
        revenue: 0.0,
        costs: 0.0,
        reliability: 1.0,
        contract_price: 0.0,
        private_price: price,
        pay,
        own_pay: pay - 1.0,
        unit_cost: 0.0,
        overhead: unit_overhead * monthly,
        reserves: months * monthly * place.contracted_hour,
        months_short: 0,
        turnover: p.turnover,
        quality: own_quality,
        own_quality,
        flexibility: own_flexibility,
        own_flexibility,
        own_rooted,
        rooted: (own_rooted - p.rooted_size * size).clamp(0.0, 1.0),
        lots: 0,
        terms: [0.0; TERMS],
    }
}

/// Agencies of a log-normal range of sizes; the largest serve the whole place.
fn agencies(world: &mut World, p: &Parameters, hours: f64) {
    let code = world.facts.place.code;
    let agency_hours = hours * p.agency_hours_share / p.target_utilisation;
    let count = (agency_hours / p.hours_an_agency + 0.5).max(1.0) as u32;
    let sizes: Vec<f64> = (0..count)
        .map(|slot| {
            let key = birth::key(birth::Origin::Provider, code, 0, 0, slot);
            world
                .facts
                .draws
                .fixed(Stream::Provider)
                .about(key ^ 1)
                .skewed(1.0, p.agency_size_spread)
        })
        .collect();
    let total: f64 = sizes.iter().sum();
    let n = world.neighbourhoods.len() as f64;
    for (slot, size) in sizes.iter().enumerate() {
        let key = birth::key(birth::Origin::Provider, code, 0, 0, slot as u32);
        let hours = agency_hours * size / total;
        let home = world.facts.draws.fixed(Stream::Provider).uniform_of(key, 9);
        let large = hours > p.large_agency * p.hours_an_agency;
        let provider = agency(world, p, key, (home * n) as u16, hours, large);
        world.admit(provider);
    }
}

/// Enterprises there already: there were some before there were catalysts.
fn enterprises(world: &mut World, p: &Parameters, month: i32) {
    let count = (world.at_home_at_start * p.enterprises_at_start / 1000.0 + 0.5) as u32;
    let founders = starting::founders_here(world, p);
    let code = world.facts.place.code;
    let n = world.neighbourhoods.len() as u32;
    let luck = world.facts.draws.fixed(Stream::Founder);
    let mut started = 0;
    // Founders in an order of their own, round the neighbourhoods.
    for slot in 0..founders as u32 {
        for here in 0..n {
            let founder = birth::key(birth::Origin::Founder, code, here as u16, 0, slot);
            let share = f64::from(count) / (founders as f64 * f64::from(n));
            if started >= count || luck.uniform(founder) >= share * p.arrival_ceiling {
                continue;
            }
            started += 1;
            world.neighbourhoods[here as usize].founded |= 1_u128 << slot;
            let mut provider = starting::enterprise(world, p, founder, here as u16, month);
            provider.since = month - p.enterprise_settling as i32;
            world.admit(provider);
        }
    }
    world.usual_enterprises = f64::from(count);
}

/// Providers that the place has row by row.
fn own_providers(world: &mut World, p: &Parameters, month: i32) {
    let facts = Arc::clone(&world.facts);
    let rows = facts.place.own.providers.iter().flat_map(|rows| rows.iter());
    for row in rows {
        let key = birth::key(birth::Origin::Provider, facts.place.code, OWN, 0, row.id);
        let luck = facts.draws.fixed(Stream::Provider);
        let n = world.neighbourhoods.len() as f64;
        let home = row.at.unwrap_or((luck.uniform_of(key, 9) * n) as u16);
        let small = matches!(row.kind, OwnKind::MicroEnterprise | OwnKind::Venture);
        let mut provider = if small {
            let mut provider = starting::enterprise(world, p, key, home, month);
            let venture = row.kind == OwnKind::Venture;
            provider.key = key;
            provider.kind =
                if venture { ProviderKind::Venture } else { ProviderKind::MicroEnterprise };
            provider.since = month - p.enterprise_settling as i32;
            if let Some(hours) = row.hours {
                provider.staff = (hours / p.hours_a_worker).min(p.enterprise_workers);
            }
            world.usual_enterprises += 1.0;
            provider
        } else {
            let drawn = luck.about(key ^ 1).skewed(p.hours_an_agency, p.agency_size_spread);
            let hours = row.hours.unwrap_or(drawn);
            let large = hours > p.large_agency * p.hours_an_agency;
            agency(world, p, key, home, hours, large)
        };
        if row.kind == OwnKind::InHouse {
            let cost = facts.place.in_house_hour;
            provider.private_price = if cost > 0.0 { cost } else { facts.place.contracted_hour };
            is_the_councils(&mut provider, p);
        } else if !small {
            world.usual_agencies += 1.0;
        }
        if let Some(price) = row.price {
            provider.private_price = price;
        }
        if let Some(regulated) = row.regulated {
            provider.regulated = regulated;
        }
        if let Some(holds) = row.holds_funds {
            provider.listed_holder = holds;
        }
        world.admit(provider);
    }
}

/// Makes a provider the council's own service.
fn is_the_councils(provider: &mut Provider, p: &Parameters) {
    provider.kind = ProviderKind::InHouse;
    provider.chain = 0;
    provider.turnover = p.in_house_turnover;
    provider.listed_holder = false;
    provider.willing_holder = false;
    provider.wants_growth = false;
}

/// The council's own service, where it has one.
fn in_house(world: &mut World, p: &Parameters, hours: f64) {
    let place = &world.facts.place;
    if place.in_house_hour <= 0.0 {
        return;
    }
    let key = birth::key(birth::Origin::Provider, place.code, 0, 1, 0);
    let hours = hours * p.in_house_share;
    let mut provider = agency(world, p, key, 0, hours, true);
    is_the_councils(&mut provider, p);
    provider.private_price = world.facts.place.in_house_hour;
    world.admit(provider);
}

impl World {
    /// Scales providers' raw terms to mean 0 and sd 1 over the place's providers.
    pub fn scale_terms(&mut self, p: &Parameters, levers: &Levers) {
        let raw: Vec<_> = self
            .providers
            .iter()
            .filter(|provider| provider.open && provider.kind != ProviderKind::Assistant)
            .map(|provider| raw_terms(provider, levers, p))
            .collect();
        let n = raw.len() as f64;
        if n >= 2.0 {
            for term in 0..TERMS {
                let mean = raw.iter().map(|r| r[term]).sum::<f64>() / n;
                let squares = raw.iter().map(|r| (r[term] - mean) * (r[term] - mean)).sum::<f64>();
                self.centres.term_means[term] = mean;
                self.centres.term_sds[term] = (squares / n).sqrt().max(p.least_term_sd);
            }
        }
        self.refresh_terms(p, levers);
    }

    /// Gives every provider its terms on the scale in force.
    pub fn refresh_terms(&mut self, p: &Parameters, levers: &Levers) {
        for row in 0..self.providers.len() {
            if self.providers[row].open && self.providers[row].kind != ProviderKind::Assistant {
                let raw = raw_terms(&self.providers[row], levers, p);
                self.providers[row].terms = self.scaled(&raw);
            }
        }
    }

    /// Puts every provider on the rings of the neighbourhoods it reaches, anew.
    pub fn rebuild_rings(&mut self, month: i32) {
        let luck = self.facts.draws.of(Stream::Ring, super::month::quarter(month));
        for here in 0..self.neighbourhoods.len() {
            let mut ring = std::mem::take(&mut self.neighbourhoods[here].ring);
            ring.clear();
            for (row, provider) in self.providers.iter().enumerate() {
                if self.reaches(provider, here as u16) {
                    let [word, _] = luck.words(provider.key, here as u64);
                    ring.push(((word >> 32) as u32, row as u32));
                }
            }
            ring.sort_unstable_by_key(|(at, row)| (*at, self.providers[*row as usize].key));
            self.neighbourhoods[here].ring = ring;
        }
    }

    /// Puts one provider on the ring of a neighbourhood, where it reaches it.
    pub fn join_ring(&mut self, row: ProviderRow, neighbourhood: u16, luck: Luck) {
        let provider = &self.providers[row as usize];
        if !self.reaches(provider, neighbourhood) {
            return;
        }
        let [word, _] = luck.words(provider.key, u64::from(neighbourhood));
        let at = (word >> 32) as u32;
        let ring = &mut self.neighbourhoods[neighbourhood as usize].ring;
        let place = ring.partition_point(|(other, _)| *other < at);
        ring.insert(place, (at, row));
    }

    /// Whether a provider would come to a neighbourhood, and can be found there.
    pub fn reaches(&self, provider: &Provider, neighbourhood: u16) -> bool {
        let within = |reach: f32| self.facts.between(provider.home, neighbourhood) <= reach;
        provider.open
            && match provider.kind {
                ProviderKind::LargeAgency => true,
                ProviderKind::SmallAgency => within(self.small_reach),
                ProviderKind::MicroEnterprise | ProviderKind::Venture => {
                    within(self.enterprise_reach)
                }
                ProviderKind::InHouse | ProviderKind::Assistant => false,
            }
    }
}

/// What describes a provider, before scaling: flexible, local, continuity, assurance, reputation.
pub fn raw_terms(provider: &Provider, levers: &Levers, p: &Parameters) -> [f64; TERMS] {
    let specified = if provider.lots != 0 { levers.standardisation } else { 0.0 };
    let assured = if provider.regulated {
        1.0
    } else if provider.accredited {
        p.assurance_accredited
    } else {
        0.0
    };
    [
        provider.flexibility * (1.0 - specified),
        provider.rooted,
        -provider.turnover,
        assured + p.assurance_quality * provider.quality + p.assurance_specified * specified,
        provider.quality,
    ]
}

/// A supporter's key as people remember it a year on.
pub fn remembered(provider: &Provider) -> u32 {
    ties::fold(provider.key)
}
