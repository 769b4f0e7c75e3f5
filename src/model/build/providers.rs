//! The market at the start: agencies, enterprises and the council's own service.

use super::people::OWN;
use crate::draws::{Stream, birth};
use crate::model::starting;
use crate::model::world::{Kinds, Provider, ProviderKind, WEEKS_A_MONTH, World};
use crate::parameters::Parameters;
use crate::place::rows::ProviderKind as OwnKind;
use std::sync::Arc;

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
    let chain = if large { 1u16.saturating_add((draw.uniform() * p.chains) as u16) } else { 0 };
    let months = p.reserve_months * libm::exp(p.reserve_spread * draw.bell());
    let unit_overhead =
        place.contracted_hour * p.overhead_share * libm::exp(-p.scale_exponent * size);
    let monthly = hours * WEEKS_A_MONTH;
    Provider {
        key,
        kind: if large { ProviderKind::LargeAgency } else { ProviderKind::SmallAgency },
        home,
        chain,
        does: Kinds::ALL,
        regulated: true,
        since: i32::MIN / 2,
        listed_holder: listed < p.listed_holders,
        willing_holder: listed < p.open_holders,
        wants_growth: draw.uniform() < p.wants_growth_agency,
        staff: hours / p.hours_a_worker,
        hours_a_worker: p.hours_a_worker,
        private_price: price,
        pay,
        own_pay: pay - 1.0,
        overhead: unit_overhead * monthly,
        reserves: months * monthly * place.contracted_hour,
        turnover: p.turnover,
        quality: own_quality,
        own_quality,
        flexibility: own_flexibility,
        own_flexibility,
        own_rooted,
        rooted: (own_rooted - p.rooted_size * size).clamp(0.0, 1.0),
        ..Provider::BLANK
    }
}

/// Agencies of a log-normal range of sizes; the largest serve the whole place.
pub(super) fn agencies(world: &mut World, p: &Parameters, hours: f64) {
    let code = world.facts.place.code;
    // Where the council's own service gives more than is usual, agencies give less.
    let left = (1.0 - own_share(world, p)) / (1.0 - p.in_house_share);
    let agency_hours = hours * p.agency_hours_share * left / p.target_utilisation;
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
pub(super) fn enterprises(world: &mut World, p: &Parameters, month: i32) {
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
pub(super) fn own_providers(world: &mut World, p: &Parameters, month: i32) {
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

/// Share of hours at the start that the council's own service gives, where it has one.
fn own_share(world: &World, p: &Parameters) -> f64 {
    world.facts.place.in_house_share.unwrap_or(p.in_house_share)
}

/// The council's own service, where it has one.
pub(super) fn in_house(world: &mut World, p: &Parameters, hours: f64) {
    let place = &world.facts.place;
    if place.in_house_hour <= 0.0 {
        return;
    }
    let key = birth::key(birth::Origin::Provider, place.code, 0, 1, 0);
    let hours = hours * own_share(world, p);
    let mut provider = agency(world, p, key, 0, hours, true);
    is_the_councils(&mut provider, p);
    provider.private_price = world.facts.place.in_house_hour;
    world.admit(provider);
}
