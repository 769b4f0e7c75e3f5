//! Tenders and awards, uplifts, the average price, and the arrival of change.

use super::Month;
use super::market::{labour_cost, unit_cost};
use super::world::{Arrangement, Award, MONTHS_A_YEAR, ProviderRow, Route, World};
use crate::levers::Procurement;
use crate::metrics::Metric;
use crate::parameters::Parameters;

/// The council buys: tenders what has run out, pays uplifts, moves towards what was announced.
pub fn buys(world: &mut World, month: &Month<'_>) {
    change_arrives(world, month);
    for lot in 0..world.commissioner.lots.len() {
        if world.commissioner.lots[lot].ends <= month.number {
            contract_ends(world, lot, month);
        }
    }
    if month.closes_year() {
        uplift(world, month);
    }
    follow_average_price(world, month);
}

/// Each announced change spreads by word and example: slow, then fast, then slow.
fn change_arrives(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    world.commissioner.arrived.resize(month.announced.len(), 0.0);
    let welcome = libm::exp(p.culture_pace * world.commissioner.culture);
    let helped = 1.0
        + p.guidance_pace * month.levers.procurement_guidance
        + p.indicator_pace * month.levers.national_indicators;
    let pace = p.arrival_pace / f64::from(MONTHS_A_YEAR) * welcome * helped;
    for (arrived, (from, _)) in world.commissioner.arrived.iter_mut().zip(month.announced) {
        if month.number < *from {
            continue;
        }
        *arrived = if *arrived == 0.0 { p.arrival_start } else { *arrived };
        *arrived += pace * *arrived * (1.0 - *arrived);
        if *arrived > p.arrival_complete {
            *arrived = 1.0;
        }
    }
}

/// The first frameworks, at the start of the burn-in: contract dates are staggered,
/// so that the fork falls at no special point of the tender cycle.
pub fn first_awards(world: &mut World, p: &Parameters, month: i32) {
    let luck = world.facts.draws.of(crate::draws::Stream::Bid, month);
    let levers = world.status_quo().clone();
    let term = levers.contract_years * f64::from(MONTHS_A_YEAR);
    for lot in 0..world.commissioner.lots.len() {
        world.commissioner.lots[lot].ends = month + (luck.uniform(lot as u64) * term) as i32;
        let rows: Vec<ProviderRow> = ranked_by_size(world, lot);
        let most = levers.awards_per_lot as usize;
        let price = world.facts.place.contracted_hour;
        for row in rows.into_iter().take(most) {
            let provider = &mut world.providers[row as usize];
            provider.contract_price = price * p.first_price;
            provider.lots |= 1 << lot;
            let (key, price) = (provider.key, provider.contract_price);
            world.commissioner.lots[lot].awards.push(Award { provider: row, key, price });
        }
    }
}

/// Agencies that reach a lot, the largest first.
fn ranked_by_size(world: &World, lot: usize) -> Vec<ProviderRow> {
    let mut rows: Vec<ProviderRow> = (0..world.providers.len() as ProviderRow)
        .filter(|row| {
            let provider = &world.providers[*row as usize];
            provider.open && provider.is_agency() && reaches_lot(world, *row, lot)
        })
        .collect();
    rows.sort_by(|a, b| {
        let (a, b) = (&world.providers[*a as usize], &world.providers[*b as usize]);
        b.capacity().total_cmp(&a.capacity()).then(a.key.cmp(&b.key))
    });
    rows
}

/// Whether a provider would come to any of a lot's neighbourhoods.
fn reaches_lot(world: &World, row: ProviderRow, lot: usize) -> bool {
    world.neighbourhoods.iter().enumerate().any(|(here, neighbourhood)| {
        neighbourhood.lot as usize % world.commissioner.lots.len() == lot
            && world.reaches(&world.providers[row as usize], here as u16)
    })
}

/// A lot's contract runs out: it is tendered again, or bought flexibly from now on.
fn contract_ends(world: &mut World, lot: usize, month: &Month<'_>) {
    let latent =
        world.facts.luck.arriving.uniform_of(u64::from(world.facts.place.code), lot as u64 + 1);
    let levers = month.reaching(latent).clone();
    let before = std::mem::take(&mut world.commissioner.lots[lot].awards);
    for award in &before {
        world.providers[award.provider as usize].lots &= !(1 << lot);
    }
    let term = (levers.contract_years * f64::from(MONTHS_A_YEAR)).max(1.0);
    world.commissioner.lots[lot].ends = month.number + term as i32;
    if levers.procurement == Procurement::FlexibleContract {
        return;
    }
    let awards = tender(world, lot, &levers, month);
    for award in &awards {
        let provider = &mut world.providers[award.provider as usize];
        provider.lots |= 1 << lot;
        provider.contract_price = award.price;
    }
    let losers: Vec<ProviderRow> = before
        .iter()
        .map(|award| award.provider)
        .filter(|row| awards.iter().all(|award| award.provider != *row))
        .collect();
    world.commissioner.lots[lot].awards = awards;
    for row in losers {
        transfer(world, row, lot, month);
        let provider = &mut world.providers[row as usize];
        if provider.lots == 0 {
            provider.contract_price = 0.0;
        }
    }
}

/// Bids and awards: the best by the council's weights of price and quality, in rank.
fn tender(
    world: &mut World,
    lot: usize,
    levers: &crate::levers::Levers,
    month: &Month<'_>,
) -> Vec<Award> {
    let p = month.p;
    let bidders: Vec<ProviderRow> = ranked_by_size(world, lot)
        .into_iter()
        .filter(|row| {
            let provider = &world.providers[*row as usize];
            let bids = month.luck.bid.uniform_of(provider.key, lot as u64) < p.bids;
            provider.capacity() >= levers.turnover_threshold && bids
        })
        .collect();
    let rivals = bidders.len().saturating_sub(1) as f64;
    let ceiling = world.commissioner.average_price * p.bid_ceiling;
    let mut scored: Vec<(f64, Award)> = bidders
        .iter()
        .map(|row| {
            let provider = &world.providers[*row as usize];
            let cost = unit_cost(world, provider, month);
            let idle = 1.0 - (provider.used / provider.capacity().max(1e-9)).min(1.0);
            let hungry = month.luck.bid.bells(provider.key, lot as u64 + 1000)[0];
            let wish = cost * (1.0 + p.bid_margin / (1.0 + rivals) - p.bid_idle * idle)
                + cost * p.bid_spread * hungry;
            let floor = (labour_cost(world, provider, month) * p.bid_floor).min(ceiling);
            let price = wish.clamp(floor, ceiling);
            let cheap = (ceiling - price) / ceiling / p.price_scale;
            let good = provider.quality / p.quality_scale;
            let score = levers.price_weight * cheap + (1.0 - levers.price_weight) * good;
            (score, Award { provider: *row, key: provider.key, price })
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.key.cmp(&b.1.key)));
    let council = p.tender_cost + p.tender_bid_cost * bidders.len() as f64;
    world.tally.add_whole(Metric::Procurement, council, 0.0);
    world.tally.add_whole(Metric::CouncilPerPerson, council, 0.0);
    world.tally.add_whole(Metric::PublicPerPerson, council, 0.0);
    world.tally.add_whole(Metric::PublicNetPerPerson, council, 0.0);
    world.tally.add_whole(Metric::PerScrqolYear, council, 0.0);
    for row in &bidders {
        world.providers[*row as usize].reserves -= p.bid_cost;
    }
    scored.into_iter().take(levers.awards_per_lot as usize).map(|(_, award)| award).collect()
}

/// People of an outgoing provider go to the winner with most room, with the staff
/// who serve them where those move too; the law moves both.
fn transfer(world: &mut World, from: ProviderRow, lot: usize, month: &Month<'_>) {
    let p = month.p;
    let rows: Vec<ProviderRow> =
        world.commissioner.lots[lot].awards.iter().map(|a| a.provider).collect();
    if rows.is_empty() {
        return;
    }
    for index in 0..world.people.len() {
        if world.lot_of(&world.people[index]) != lot {
            continue;
        }
        let all = world.arrangements(&world.people[index]);
        let affected =
            |a: &Arrangement| a.exists() && a.provider == from && a.route == Route::Contract;
        if !all.iter().any(affected) {
            continue;
        }
        let Some(to) = rows.iter().copied().max_by(|a, b| {
            let (a, b) = (&world.providers[*a as usize], &world.providers[*b as usize]);
            a.room().total_cmp(&b.room()).then(b.key.cmp(&a.key))
        }) else {
            continue;
        };
        let key = world.people[index].key;
        let with_staff = month.luck.day.uniform_of(key, 5) < p.staff_move;
        let main = all[0].provider == from;
        let new_suits =
            world.facts.luck.pairs.bells(key, world.providers[to as usize].key)[0] as f32;
        let mut moved = all;
        for arrangement in moved.iter_mut().filter(|a| affected(a)) {
            let hours = arrangement.promised();
            arrangement.provider = to;
            let outgoing = &mut world.providers[from as usize];
            outgoing.used = (outgoing.used - hours).max(0.0);
            let staff = (hours / outgoing.hours_a_worker).min(outgoing.staff)
                * f64::from(u8::from(with_staff));
            outgoing.staff -= staff;
            let incoming = &mut world.providers[to as usize];
            incoming.used += hours;
            incoming.staff += staff;
            if !with_staff {
                arrangement.strength = 0.0;
                arrangement.suits = new_suits;
            }
            arrangement.picked = false;
        }
        if main && !with_staff {
            world.people[index].lost = true;
        }
        world.set_arrangements(index, moved);
    }
}

/// Once a year contracted prices follow the uplift.
fn uplift(world: &mut World, month: &Month<'_>) {
    let factor = 1.0 + month.levers.fee_uplift / 100.0;
    for provider in world.providers.iter_mut().filter(|provider| provider.open) {
        provider.contract_price *= factor;
    }
}

/// The average price of a contracted hour follows what is paid under contract.
fn follow_average_price(world: &mut World, month: &Month<'_>) {
    let (mut pounds, mut hours, mut spot) = (0.0, 0.0, 0.0);
    for provider in world.providers.iter().filter(|p| p.open && p.is_agency()) {
        if provider.contract_price > 0.0 {
            pounds += provider.contract_price * provider.sold[Route::Contract as usize];
            hours += provider.sold[Route::Contract as usize];
        }
        spot += provider.sold[Route::Spot as usize];
    }
    world.tally.add_whole(Metric::SpotShare, spot, spot + hours);
    if hours > 0.0 {
        let average = &mut world.commissioner.average_price;
        *average += month.p.average_price_follows * (pounds / hours - *average);
    }
}

impl World {
    /// Takes a provider off every framework it has a place on.
    pub fn leave_framework(&mut self, row: ProviderRow) {
        for lot in &mut self.commissioner.lots {
            lot.awards.retain(|award| award.provider != row);
        }
        self.providers[row as usize].lots = 0;
    }
}
