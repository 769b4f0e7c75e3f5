//! New providers: agencies, micro-enterprises and community ventures.

use super::Month;
use super::build;
use super::world::{Kinds, MONTHS_A_YEAR, Person, Provider, ProviderKind, ROUTES, TERMS, World};
use crate::draws::{Stream, birth};
use crate::levers::{EntryGate, Mechanism};
use crate::metrics::Metric;
use crate::parameters::Parameters;

/// Would-be founders of one neighbourhood, at most: they are bits of a set.
const MOST_FOUNDERS: usize = 128;

/// Agencies start, more of them where those there are are full.
pub fn agencies_start(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let (mut used, mut capacity) = (0.0, 0.0);
    for provider in world.providers.iter().filter(|p| p.open && p.is_agency()) {
        used += provider.used;
        capacity += provider.capacity();
    }
    let pressure = if capacity > 0.0 { used / capacity / p.target_utilisation } else { 1.0 };
    let eager = libm::exp(p.start_pressure * libm::log(pressure.clamp(0.1, 3.0)));
    let usual = world.usual_agencies * p.starting / f64::from(MONTHS_A_YEAR);
    let expected = usual * eager;
    let slots = (usual * p.arrival_ceiling) as u32 + 2;
    let luck = world.facts.draws.of(Stream::Founder, month.number);
    let here = world.neighbourhoods.len() as f64;
    for slot in 0..slots {
        let code = world.facts.place.code;
        let key = birth::key(birth::Origin::Agency, code, 0, month.number, slot);
        if luck.uniform(key) * f64::from(slots) >= expected {
            continue;
        }
        let home = (luck.uniform_of(key, 1) * here) as u16;
        let hours = p.hours_an_agency * p.starting_size;
        let mut provider = build::agency(world, p, key, home, hours, false);
        provider.since = month.number;
        provider.staff = provider.staff.min(world.labour.looking.max(0.0) * p.starter_share);
        provider.reserves *= p.starting_reserves;
        world.labour.looking -= provider.staff;
        world.tally.add_whole(Metric::ProviderStarts, 1.0, 0.0);
        open(world, provider, month);
    }
}

/// Lets a provider into the market: scaled, and on the rings it reaches.
fn open(world: &mut World, provider: Provider, month: &Month<'_>) {
    let row = world.admit(provider);
    let raw = build::raw_terms(&world.providers[row as usize], &month.levers, month.p);
    world.providers[row as usize].terms = world.scaled(&raw);
    for neighbourhood in 0..world.neighbourhoods.len() as u16 {
        world.join_ring(row, neighbourhood, month.luck.ring);
    }
}

/// Would-be founders, a finite pool in each neighbourhood, start enterprises and
/// ventures: more where social capital is high and demand unserved, and where a
/// catalyst has time for them.
pub fn founders_start(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let enterprises =
        world.providers.iter().filter(|p| p.open && p.is_small_and_local()).count() as f64;
    let supported = world.people.iter().filter(|p| p.main.exists()).count() as f64;
    let catalysts = month.levers.catalysts * supported / 1000.0;
    world.coverage = (p.enterprises_a_catalyst * catalysts / enterprises.max(1.0)).min(1.0);
    let helped = if catalysts > 0.0 { 1.0 + p.catalyst_starts * world.coverage } else { 1.0 };
    // One catalyst has time for so many starts a year.
    let usual_starts = world.usual_enterprises * p.enterprise_closing / f64::from(MONTHS_A_YEAR);
    let most = usual_starts + catalysts * p.starts_per_catalyst / f64::from(MONTHS_A_YEAR);
    let gate = match month.reaching(0.5).entry_gate {
        EntryGate::Framework => p.gate_framework,
        EntryGate::RegulatedOnly => p.gate_regulated,
        EntryGate::CommunityAccreditation => 1.0,
    };
    let luck = world.facts.draws.of(Stream::Founder, month.number);
    let code = world.facts.place.code;
    let founders = founders_here(world, p);
    // What the burn-in starts in an ordinary month, shared among founders.
    let base =
        usual_starts / (founders * world.neighbourhoods.len()).max(1) as f64 / p.gate_framework;
    let additional = if month.s.labour_additionality { p.labour_additionality } else { 0.0 };
    let mut started = 0.0;
    for here in 0..world.neighbourhoods.len() {
        let n = &world.neighbourhoods[here];
        let capital = if world.centres.social_capital > 0.0 {
            n.social_capital / world.centres.social_capital
        } else {
            1.0
        };
        let unserved = if world.centres.unserved > 0.0 {
            let ratio = (n.unserved / world.centres.unserved).clamp(0.01, 10.0);
            libm::exp(p.starts_demand * libm::log(ratio))
        } else {
            1.0
        };
        let chance = base * capital * unserved * gate * helped;
        if chance > p.ceiling_founding {
            world.counts.over_ceiling += 1;
        }
        for slot in 0..founders {
            if world.neighbourhoods[here].founded & 1_u128 << slot != 0 {
                continue;
            }
            let founder = birth::key(birth::Origin::Founder, code, here as u16, 0, slot as u32);
            if luck.uniform(founder) >= chance.min(p.ceiling_founding) {
                continue;
            }
            // Beyond what usually starts, only so many find a catalyst with time.
            if started >= most.max(1.0) {
                continue;
            }
            started += 1.0;
            world.neighbourhoods[here].founded |= 1_u128 << slot;
            let provider = enterprise(world, p, founder, here as u16, month.number);
            world.labour.looking -= provider.staff * (1.0 - additional);
            world.tally.add_whole(Metric::EnterpriseStarts, 1.0, 0.0);
            if month.s.makers && is_maker(world, p, founder, here) {
                world.tally.add_whole(Metric::Makers, 1.0, 0.0);
            }
            open(world, provider, month);
        }
    }
}

/// Would-be founders of each neighbourhood.
pub fn founders_here(world: &World, p: &Parameters) -> usize {
    let people: f64 = world.at_home_at_start / world.neighbourhoods.len() as f64;
    ((people * p.founders / 1000.0 + 0.999) as usize).clamp(1, MOST_FOUNDERS)
}

/// Whether a founder is somebody who draws on support, or cares for somebody who does:
/// more of them where people are connected.
fn is_maker(world: &World, p: &Parameters, founder: u64, here: usize) -> bool {
    let usual = world.centres.connected.max(1e-9);
    let connected = world.neighbourhoods[here].connected / usual;
    let latent = world.facts.draws.fixed(Stream::Founder).uniform_of(founder, 2);
    latent < p.maker_share * connected
}

/// An enterprise or venture, all of it drawn from the founder's key.
pub fn enterprise(world: &World, p: &Parameters, founder: u64, home: u16, month: i32) -> Provider {
    let place = &world.facts.place;
    let mut draw = world.facts.draws.fixed(Stream::Provider).about(founder);
    let venture = draw.uniform() < p.venture_share;
    let quality = draw.bell();
    let flexibility = p.enterprise_flexibility + p.flexibility_spread * draw.bell();
    let hours = draw.skewed(p.enterprise_hours, p.enterprise_hours_spread);
    let price = place.contracted_hour
        * world.pay_index
        * if venture { p.venture_price } else { p.enterprise_price }
        * (1.0 + p.private_price_spread * draw.bell());
    let regulated = draw.uniform() < p.enterprise_regulated;
    let does = match (regulated, venture) {
        (_, true) => Kinds::COMPANY,
        (true, false) => Kinds::ALL,
        // Somebody whom a person engages directly may give personal care unregulated.
        (false, false) if draw.uniform() < p.enterprise_personal_care => Kinds::ALL,
        (false, false) => Kinds::UNREGULATED,
    };
    let wants_growth = draw.uniform() < p.wants_growth_enterprise;
    let holder = draw.uniform() < p.open_holders * p.enterprise_holds;
    Provider {
        key: founder ^ (month as u64 & 0xFFF) << 24,
        kind: if venture { ProviderKind::Venture } else { ProviderKind::MicroEnterprise },
        open: true,
        home,
        chain: 0,
        does,
        regulated,
        accredited: false,
        since: month,
        guaranteed: 0.0,
        listed_holder: false,
        willing_holder: holder,
        wants_growth,
        staff: (hours / p.hours_a_worker).min(p.enterprise_workers),
        hours_a_worker: p.hours_a_worker,
        used: 0.0,
        turned_away: 0.0,
        sold: [0.0; ROUTES],
        revenue: 0.0,
        costs: 0.0,
        reliability: 1.0,
        contract_price: 0.0,
        private_price: price,
        pay: 1.0,
        own_pay: 0.0,
        unit_cost: 0.0,
        overhead: 0.0,
        reserves: 0.0,
        months_short: 0,
        turnover: p.enterprise_closing,
        quality,
        own_quality: quality,
        flexibility,
        own_flexibility: flexibility,
        own_rooted: p.rooted_enterprise,
        rooted: p.rooted_enterprise,
        lots: 0,
        terms: [0.0; TERMS],
    }
}

impl World {
    /// Whether a person knows of enterprises and may spend on them.
    pub fn could_buy_small(&self, person: &Person, month: &Month<'_>) -> bool {
        let may = match person.mechanism {
            Mechanism::DirectPayment | Mechanism::Mixed | Mechanism::SelfFunded => true,
            Mechanism::Isf | Mechanism::Managed => {
                let latent = self.facts.luck.arriving.uniform(person.key);
                let levers = month.reaching(latent);
                levers.entry_gate == EntryGate::CommunityAccreditation
                    && (person.mechanism == Mechanism::Isf
                        || levers.procurement == crate::levers::Procurement::FlexibleContract)
            }
        };
        may && self.knows_small(person, month)
    }
}
