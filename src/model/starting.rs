//! New providers: agencies, micro-enterprises and community ventures.

use super::Month;
use super::build;
use super::rings;
use super::world::{Kinds, MONTHS_A_YEAR, Neighbourhood, Person, Provider, ProviderKind, World};
use crate::draws::{Stream, birth};
use crate::levers::{EntryGate, Mechanism};
use crate::metrics::Metric;
use crate::parameters::Parameters;

/// Numbers the draw for whether a founder finds cover.
const COVER: u64 = 1;

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
    let eager = libm::exp(
        p.start_pressure * libm::log(pressure.clamp(1.0 / p.most_pressure, p.most_pressure)),
    );
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
    let raw = rings::raw_terms(&world.providers[row as usize], &month.levers, month.p);
    world.providers[row as usize].terms = world.scaled(&raw, month.p);
    for neighbourhood in 0..world.neighbourhoods.len() as u16 {
        world.join_ring(row, neighbourhood, month.luck.ring);
    }
}

/// Would-be founders, a finite pool in each neighbourhood, start enterprises and
/// ventures: more where social capital is high and demand unserved, and where a
/// catalyst has time for them.
pub fn founders_start(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    world.catalysts_choose(month);
    let usual_starts = world.usual_enterprises * p.enterprise_starting / f64::from(MONTHS_A_YEAR);
    let luck = world.facts.draws.of(Stream::Founder, month.number);
    let code = world.facts.place.code;
    let founders = founders_here(world, p);
    // What the burn-in starts in an ordinary month, shared among founders.
    let idle = (founders * world.neighbourhoods.len()) as f64 - world.usual_enterprises;
    let base = usual_starts / idle.max(1.0) / p.gate_framework;
    let additional = if month.s.labour_additionality { p.labour_additionality } else { 0.0 };
    let chances: Vec<f64> = (0..world.neighbourhoods.len())
        .map(|here| base * pull(world, here, month) * gate(world, here, month))
        .collect();
    let waiting = |(here, n): (usize, &Neighbourhood)| {
        chances[here] * (founders as f64 - f64::from(n.founded.count_ones()))
    };
    let usual: Vec<f64> = world.neighbourhoods.iter().enumerate().map(waiting).collect();
    let helped = world.catalysts_help(&usual, month);
    for (here, chance) in chances.into_iter().enumerate() {
        let chance = chance * (1.0 + helped[here]);
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
            // Nobody starts alone without cover.
            if luck.uniform_of(founder, COVER) < month.shock.sole_traders_lost {
                continue;
            }
            world.neighbourhoods[here].founded |= 1_u128 << slot;
            let mut provider = enterprise(world, p, founder, here as u16, month.number);
            provider.additional = additional;
            world.labour.looking -= provider.staff * (1.0 - additional);
            world.tally.add_whole(Metric::EnterpriseStarts, 1.0, 0.0);
            if month.s.makers && is_maker(world, p, founder, here) {
                world.tally.add_whole(Metric::Makers, 1.0, 0.0);
            }
            open(world, provider, month);
        }
    }
}

/// How far the entry gate lets would-be founders of a neighbourhood start: the rule that
/// has reached it, as it reaches its contracts.
fn gate(world: &World, here: usize, month: &Month<'_>) -> f64 {
    let code = u64::from(world.facts.place.code);
    let latent = world.facts.luck.arriving.uniform_of(code, here as u64 + 1);
    match month.reaching(latent).entry_gate {
        EntryGate::Framework => month.p.gate_framework,
        EntryGate::RegulatedOnly => month.p.gate_regulated,
        EntryGate::CommunityAccreditation => 1.0,
    }
}

/// How strongly a neighbourhood draws founders on: its social capital and its unserved
/// demand, over those of the burn-in.
fn pull(world: &World, here: usize, month: &Month<'_>) -> f64 {
    let neighbourhood = &world.neighbourhoods[here];
    let centres = &world.centres;
    let capital = if centres.social_capital > 0.0 {
        neighbourhood.social_capital / centres.social_capital
    } else {
        1.0
    };
    let unserved = if centres.unserved > 0.0 {
        let (least, most) = (month.p.least_demand_seen, month.p.most_demand_seen);
        let ratio = (neighbourhood.unserved / centres.unserved).clamp(least, most);
        libm::exp(month.p.starts_demand * libm::log(ratio))
    } else {
        1.0
    };
    capital * unserved
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
        home,
        does,
        regulated,
        since: month,
        listed_holder: false,
        willing_holder: holder,
        wants_growth,
        staff: (hours / p.hours_a_worker).min(p.enterprise_workers),
        hours_a_worker: p.hours_a_worker,
        private_price: price,
        pay: 1.0,
        own_pay: 0.0,
        turnover: p.enterprise_closing,
        quality,
        own_quality: quality,
        flexibility,
        own_flexibility: flexibility,
        own_rooted: p.rooted_enterprise,
        rooted: p.rooted_enterprise,
        ..Provider::BLANK
    }
}

impl World {
    /// Whoever founded an enterprise that closes may found another.
    pub fn founder_is_free(&mut self, row: usize) {
        let provider = &self.providers[row];
        if provider.is_small_and_local() {
            let slot = provider.key & birth::SLOTS;
            let home = provider.home as usize;
            self.neighbourhoods[home].founded &= !(1_u128 << slot.min(u64::from(u128::BITS) - 1));
        }
    }

    /// Whether a person knows of enterprises and may spend on them.
    pub fn could_buy_small(&self, person: &Person, month: &Month<'_>) -> bool {
        let may = match person.mechanism {
            Mechanism::DirectPayment | Mechanism::Mixed | Mechanism::SelfFunded => true,
            Mechanism::Isf | Mechanism::Managed => {
                let levers = month.reaching_whom(person.key);
                levers.entry_gate == EntryGate::CommunityAccreditation
                    && (person.mechanism == Mechanism::Isf
                        || levers.procurement == crate::levers::Procurement::FlexibleContract)
            }
        };
        may && self.knows_small(person, month)
    }
}
