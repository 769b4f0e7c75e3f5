//! What the scenario scheduled: blows that a twin of the world is dealt.
//!
//! Lasting blows are read where they are felt (`month.shock`); what strikes at once
//! strikes here, at the end of the month it is scheduled for.

use super::Month;
use super::parting::Decision;
use super::world::{Provider, ProviderKind, ProviderRow, World};
use crate::draws::Stream;
use crate::stresses::Shock;

/// Deals what was scheduled for this month.
pub fn strike(world: &mut World, month: &Month<'_>) {
    for blow in month.blows.iter().filter(|blow| blow.month == month.number) {
        let closing = closing(world, &blow.shock, month);
        if closing.is_empty() {
            continue;
        }
        let mut decisions = vec![Decision::GoesOn; world.providers.len()];
        for row in closing {
            decisions[row as usize] = Decision::Closes;
        }
        world.part(&decisions, month);
    }
}

/// Providers that a blow closes.
fn closing(world: &World, shock: &Shock, month: &Month<'_>) -> Vec<ProviderRow> {
    let luck = world.facts.draws.fixed(Stream::Stress);
    let works = |row: &ProviderRow| {
        let provider = &world.providers[*row as usize];
        provider.open && provider.kind != ProviderKind::InHouse
    };
    let working: Vec<ProviderRow> =
        (0..world.providers.len() as ProviderRow).filter(works).collect();
    let provider = |row: ProviderRow| &world.providers[row as usize];
    let hours = |row: ProviderRow| provider(row).sold.iter().sum::<f64>();
    let mut closing: Vec<ProviderRow> = Vec::new();
    if shock.largest_lost > 0.0 {
        let mut largest = working.clone();
        largest.sort_by(|a, b| {
            hours(*b).total_cmp(&hours(*a)).then(provider(*a).key.cmp(&provider(*b).key))
        });
        closing.extend(largest.into_iter().take(shock.largest_lost as usize));
    }
    if shock.hours_lost > 0.0 {
        let all: f64 = world.providers.iter().filter(|p| p.open).flat_map(|p| p.sold).sum();
        let mut by_lot = working.clone();
        by_lot.sort_by_key(|row| luck.words(provider(*row).key, BY_LOT));
        let most = shock.hours_lost * all;
        let mut gone: f64 = closing.iter().map(|row| hours(*row)).sum();
        // Whoever would take it beyond the share is passed over, so that the blow is no
        // harder where providers are large.
        for row in by_lot {
            if !closing.contains(&row) && gone + hours(row) <= most {
                gone += hours(row);
                closing.push(row);
            }
        }
    }
    if shock.sole_traders_lost > 0.0 {
        let uninsured = |row: &ProviderRow| {
            provider(*row).is_one_person(month.p.covers_itself)
                && provider(*row).is_small_and_local()
                && luck.uniform_of(provider(*row).key, UNINSURED) < shock.sole_traders_lost
        };
        closing.extend(working.iter().copied().filter(uninsured));
    }
    closing
}

/// Numbers the draws of a provider: the order in which providers go, and who loses cover.
const BY_LOT: u64 = 0;
const UNINSURED: u64 = 1;
const OFF: u64 = 2;

impl World {
    /// Share of its workers that a provider has this month.
    pub fn share_at_work(&self, provider: &Provider, month: &Month<'_>) -> f64 {
        let off = month.shock.workers_off;
        if off <= 0.0 {
            1.0
        } else if provider.is_one_person(month.p.covers_itself) {
            let luck = self.facts.draws.fixed(Stream::Stress);
            f64::from(u8::from(luck.uniform_of(provider.key, OFF) >= off))
        } else {
            1.0 - off
        }
    }
}
