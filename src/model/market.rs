//! Providers pay, price, hire, hand back and close; others start.

use super::Month;
use super::parting::Decision;
use super::starting;
use super::world::{MONTHS_A_YEAR, Provider, ProviderKind, WEEKS_A_MONTH, World};
use crate::draws::Stream;
use crate::levers::EntryGate;
use crate::metrics::Metric;

/// Settles every provider's month, and lets others start.
pub fn adjusts(world: &mut World, month: &Month<'_>) {
    let decisions: Vec<Decision> = (0..world.providers.len())
        .map(|row| {
            if !world.providers[row].open {
                return Decision::GoesOn;
            }
            match world.providers[row].kind {
                ProviderKind::LargeAgency | ProviderKind::SmallAgency => {
                    settles_accounts(world, row, month)
                }
                ProviderKind::Assistant => may_leave(&world.providers[row], month),
                ProviderKind::InHouse => {
                    pays_own_staff(world, row, month);
                    Decision::GoesOn
                }
                ProviderKind::MicroEnterprise | ProviderKind::Venture => {
                    carries_on(world, row, month)
                }
            }
        })
        .collect();
    hire(world, month);
    world.part(&decisions, month);
    starting::agencies_start(world, month);
    starting::founders_start(world, month);
    if month.opens_quarter() {
        world.refresh_terms(month.p, &month.levers);
        world.rebuild_rings(month.number + 1);
    }
}

/// The council's own staff are paid whether there is work for them or not.
fn pays_own_staff(world: &mut World, row: usize, month: &Month<'_>) {
    let provider = &world.providers[row];
    let delivered: f64 = provider.sold.iter().sum();
    let idle = (provider.capacity() * month.p.target_utilisation - delivered).max(0.0);
    let pounds = idle * WEEKS_A_MONTH * provider.private_price;
    world.spend_whole(Metric::OwnStaffIdle, pounds);
}

/// A personal assistant stays, or leaves the employer.
fn may_leave(provider: &Provider, month: &Month<'_>) -> Decision {
    let leaves = provider.turnover / f64::from(MONTHS_A_YEAR);
    if month.luck.closing.uniform(provider.key) < leaves {
        Decision::Closes
    } else {
        Decision::GoesOn
    }
}

/// An enterprise or venture carries on, grows a little where it wants to, is accredited
/// where that is to be had, or closes: its owner's life, too little income, no cover.
fn carries_on(world: &mut World, row: usize, month: &Month<'_>) -> Decision {
    let p = month.p;
    let coverage = world.neighbourhoods[world.providers[row].home as usize].coverage;
    let key = world.providers[row].key;
    let gate = month.reaching_whom(key).entry_gate;
    let provider = &mut world.providers[row];
    let months = f64::from(month.number - provider.since);
    if gate == EntryGate::CommunityAccreditation && months >= p.accreditation_months {
        provider.accredited = true;
    }
    let used = (provider.used / provider.capacity().max(1e-9)).min(1.0);
    if provider.wants_growth && used > p.target_utilisation {
        let grown = provider.staff * (1.0 + p.enterprise_growth);
        provider.staff = grown.min(p.enterprise_workers);
    }
    let young = months < p.enterprise_settling;
    let short = if young { 0.0 } else { p.closing_low_income * (1.0 - used) };
    let helped =
        (1.0 - p.catalyst_survival * coverage) * (1.0 - p.host_survival * month.levers.hosting);
    let chance = p.enterprise_closing / f64::from(MONTHS_A_YEAR) * (1.0 + short) * helped;
    let year = 1.0 / f64::from(MONTHS_A_YEAR);
    world.tally.add_whole(Metric::EnterpriseStarts, 0.0, year);
    world.tally.add_whole(Metric::EnterpriseClosures, 0.0, year);
    if month.luck.closing.uniform(key) < chance { Decision::Closes } else { Decision::GoesOn }
}

/// Cost of an hour of support in wages, on-costs, paid travel and gaps, £.
pub fn labour_cost(world: &World, provider: &Provider, month: &Month<'_>) -> f64 {
    world.facts.place.contracted_hour * month.p.labour_share * provider.pay * world.pay_index
}

/// Cost of an hour all in, at the size a provider has, £.
pub fn unit_cost(world: &World, provider: &Provider, month: &Month<'_>) -> f64 {
    let hours = (provider.capacity() * month.p.target_utilisation * WEEKS_A_MONTH).max(1.0);
    labour_cost(world, provider, month) + provider.overhead / hours
}

/// Pays staff and overhead, draws up accounts, sets price, pay and quality.
fn settles_accounts(world: &mut World, row: usize, month: &Month<'_>) -> Decision {
    let p = month.p;
    let provider = &world.providers[row];
    let delivered: f64 = provider.sold.iter().sum();
    let idle = (provider.capacity() - delivered).max(0.0);
    // Part of idle time is paid for: not everyone is on a zero-hours contract.
    let paid_idle = if month.s.idle_hours_cost { p.guaranteed_pay * idle } else { 0.0 };
    let paid_hours = (delivered + paid_idle) * WEEKS_A_MONTH;
    // Overhead falls on every hour there is room for, sold or not.
    let planned = (provider.capacity() * p.target_utilisation).max(1e-9);
    let borne = if month.s.idle_hours_cost { 1.0 } else { (delivered / planned).min(1.0) };
    let labour = labour_cost(world, provider, month);
    let unit = unit_cost(world, provider, month);
    let place_price = world.facts.place.contracted_hour;
    let pay_index = world.pay_index;
    let provider = &mut world.providers[row];
    provider.unit_cost = unit;
    provider.costs = paid_hours * labour + borne * provider.overhead;
    let surplus = provider.revenue + provider.topped_up - provider.costs;
    provider.reserves += surplus;
    let kept = p.reserve_months * provider.costs;
    if provider.reserves > kept {
        provider.reserves -= p.drawings * (provider.reserves - kept);
    }
    let size = libm::log((provider.capacity() / p.hours_an_agency).max(0.01));
    let scale = if month.s.scale_economies { libm::exp(-p.scale_exponent * size) } else { 1.0 };
    let overhead = place_price * p.overhead_share * scale * provider.capacity() * WEEKS_A_MONTH;
    provider.overhead += p.overhead_follows * (overhead - provider.overhead);
    // A provider that loses money cuts pay and quality before anything else.
    let squeezed = if month.s.underbidding_starves_quality && provider.revenue > 0.0 {
        (-surplus / provider.revenue / p.full_squeeze).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let quality = provider.own_quality - p.squeeze_quality * squeezed;
    provider.quality += p.squeeze_pace * (quality - provider.quality);
    let pay = 1.0 + provider.own_pay - p.squeeze_pay * squeezed;
    provider.pay += p.squeeze_pace * (pay - provider.pay);
    provider.turnover =
        (p.turnover * libm::exp(-p.turnover_pay * (provider.pay - 1.0))).min(p.most_turnover);
    let used = provider.used / provider.capacity().max(1e-9);
    let pressure = p.price_pressure * (used - p.target_utilisation);
    let (floor, ceiling) = (unit, place_price * p.most_private_price * pay_index);
    provider.private_price =
        (provider.private_price * (1.0 + pressure)).clamp(floor.min(ceiling), ceiling);
    let size_lost = if month.s.rootedness_falls_with_size { size } else { 0.0 };
    provider.flexibility = provider.own_flexibility - p.flexibility_size * size_lost;
    provider.rooted = (provider.own_rooted - p.rooted_size * size_lost).clamp(0.0, 1.0);
    // Who grows large works everywhere in the place; who shrinks goes home.
    let large = p.large_agency * p.hours_an_agency;
    if provider.capacity() > large {
        provider.kind = ProviderKind::LargeAgency;
    } else if provider.capacity() < large * p.stays_large {
        provider.kind = ProviderKind::SmallAgency;
    }
    provider.months_short = if provider.reserves < 0.0 { provider.months_short + 1 } else { 0 };
    let agencies = f64::from(MONTHS_A_YEAR);
    world.tally.add_whole(Metric::Handbacks, 0.0, 1.0 / agencies);
    world.tally.add_whole(Metric::LosingMoney, f64::from(u8::from(surplus < 0.0)), 1.0);
    world.tally.add_whole(Metric::Utilisation, delivered, world.providers[row].capacity());
    world.tally.add_whole(Metric::ProviderClosures, 0.0, 1.0 / agencies);
    world.tally.add_whole(Metric::ProviderStarts, 0.0, 1.0 / agencies);
    let provider = &world.providers[row];
    let months = f64::from(provider.months_short);
    // A national chain fails everywhere at once.
    let fails = p.chain_fails / f64::from(MONTHS_A_YEAR);
    let of_chains = world.facts.draws.of(Stream::Chain, month.number);
    let chain = provider.chain != 0 && of_chains.uniform(u64::from(provider.chain)) < fails;
    let life_event =
        chain || month.luck.closing.uniform(provider.key) < p.closing / f64::from(MONTHS_A_YEAR);
    if months >= p.months_to_close || life_event {
        Decision::Closes
    } else if months >= p.months_to_hand_back
        && provider.contract_price > 0.0
        && provider.contract_price < unit
    {
        Decision::HandsBack
    } else {
        Decision::GoesOn
    }
}

/// Workers leave; agencies hire from those in the place who look for care work.
fn hire(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let mut wanted = vec![0.0; world.providers.len()];
    let mut total = 0.0;
    let mut left = 0.0;
    for (row, provider) in world.providers.iter_mut().enumerate() {
        let hires = provider.is_agency() || provider.kind == ProviderKind::InHouse;
        if !provider.open || !hires {
            continue;
        }
        let leavers = provider.staff * provider.turnover / f64::from(MONTHS_A_YEAR);
        let before = provider.staff;
        provider.staff -= leavers;
        left += leavers;
        if provider.is_agency() {
            world.tally.add_whole(Metric::Turnover, leavers, before / f64::from(MONTHS_A_YEAR));
        }
        let growth = if provider.wants_growth && provider.reserves > 0.0 { p.growth } else { 0.0 };
        // Work that had to be turned away is staffed for, as far as it pays.
        let pays = provider.contract_price >= provider.unit_cost * p.worth_growing_for;
        let away = std::mem::take(&mut provider.turned_away);
        let more = if pays { away } else { 0.0 };
        let hours = provider.used.max(p.least_agency_hours) * (1.0 + growth) + more * p.staffs_for;
        let posts = hours / p.target_utilisation / provider.hours_a_worker;
        wanted[row] = (posts - provider.staff).max(0.0).min(before * p.fastest_hiring + 1.0);
        if provider.kind == ProviderKind::InHouse {
            // The council replaces those who leave as far as there is work for them.
            let posts = provider.used / p.target_utilisation / provider.hours_a_worker;
            wanted[row] = leavers.min((posts - provider.staff).max(0.0));
        }
        total += wanted[row];
    }
    let labour = &mut world.labour;
    labour.looking += left * p.stays_in_care;
    labour.looking += p.labour_returns * (labour.usual - labour.looking);
    labour.filled = if total > 0.0 { (labour.looking.max(0.0) / total).min(1.0) } else { 1.0 };
    labour.looking -= total * labour.filled;
    for (provider, wanted) in world.providers.iter_mut().zip(&wanted) {
        provider.staff += wanted * labour.filled;
    }
}
