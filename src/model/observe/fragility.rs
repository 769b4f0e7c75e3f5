//! How much would be lost if the largest providers went, without anybody losing
//! anything: hours that the room others have could not take up.

use crate::metrics::Metric;
use crate::model::Month;
use crate::model::world::{Arrangement, NOBODY, ProviderRow, World};

/// Reads how fragile the place is.
pub fn is_read(world: &mut World, month: &Month<'_>) {
    let (lost, all) = lost(world, month.p.largest_lost as usize);
    world.tally.add_whole(Metric::Fragility, lost, all);
}

/// Hours a week that would find no room if so many of the largest providers went, and
/// all hours arranged.
fn lost(world: &World, largest: usize) -> (f64, f64) {
    let mut rows: Vec<ProviderRow> = (0..world.providers.len() as ProviderRow)
        .filter(|row| world.providers[*row as usize].open)
        .collect();
    rows.sort_by(|a, b| {
        let (a, b) = (&world.providers[*a as usize], &world.providers[*b as usize]);
        b.used.total_cmp(&a.used).then(a.key.cmp(&b.key))
    });
    let mut room: Vec<f64> = world.providers.iter().map(|p| p.room().max(0.0)).collect();
    let mut gone = vec![false; world.providers.len()];
    for row in rows.into_iter().take(largest) {
        gone[row as usize] = true;
        room[row as usize] = 0.0;
    }
    // Hours by neighbourhood that must look elsewhere: personal care, and the rest.
    let mut looking = vec![[0.0; 2]; world.neighbourhoods.len()];
    let mut all = 0.0;
    for person in world.at_home() {
        let here = &mut looking[person.neighbourhood as usize];
        let mut counts = |arrangement: &Arrangement| {
            if arrangement.exists() {
                all += arrangement.promised();
                if gone[arrangement.provider as usize] {
                    let personal = f64::from(arrangement.hours[0]);
                    here[0] += personal;
                    here[1] += arrangement.promised() - personal;
                }
            }
        };
        counts(&person.main);
        if person.more != NOBODY {
            world.further[person.more as usize].iter().for_each(counts);
        }
    }
    // Personal care first, since fewer may give it; neighbourhood by neighbourhood.
    let mut unplaced = 0.0;
    for regulated in [true, false] {
        for (here, looking) in looking.iter().enumerate() {
            let mut left = looking[usize::from(!regulated)];
            for (_, row) in &world.neighbourhoods[here].ring {
                let provider = &world.providers[*row as usize];
                if regulated && !provider.regulated {
                    continue;
                }
                let taken = room[*row as usize].min(left);
                room[*row as usize] -= taken;
                left -= taken;
            }
            unplaced += left;
        }
    }
    (unplaced, all)
}
