//! From a place to the world at the start of its burn-in.

mod people;
mod providers;

pub use people::person;
pub use providers::agency;

use super::almanac::Almanac;
use super::commissioning;
use super::hazards::Ceilings;
use super::roll::Roll;
use super::world::{
    Census, Centres, Commissioner, Counts, Facts, Labour, Money, Neighbourhood, TERMS, World,
};
use crate::draws::{Draws, Stream, birth};
use crate::outcomes::{Outcomes, Tally};
use crate::parameters::Parameters;
use crate::place::Place;
use people::{all_hours, arrivals, people, stock};
use providers::{agencies, enterprises, in_house, own_providers};
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

/// A council's own culture: how far it welcomes change and informs people, in standard
/// deviations.
pub fn culture(draws: &Draws, code: u16) -> f64 {
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
        homes: 0,
        roll: Roll::default(),
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
        catalysts: Vec::new(),
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
        almanac: Almanac::from(first_month),
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
        own(i)
            .and_then(|row| row.social_capital)
            .unwrap_or(drawn.clamp(p.capital_end, 1.0 - p.capital_end))
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
            coverage: 0.0,
            connected: p.connectedness,
            using: [[0.0; 5]; 2],
            ring: Vec::new(),
        })
        .collect()
}
