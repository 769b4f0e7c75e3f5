//! How much would be lost if the largest providers went, without anybody losing
//! anything: hours that the room others have could not take up.

use crate::metrics::Metric;
use crate::model::Month;
use crate::model::world::{ProviderRow, World};

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
    let gone: Vec<ProviderRow> = rows.into_iter().take(largest).collect();
    // Hours by neighbourhood that must look elsewhere: personal care, and the rest.
    let mut looking = vec![[0.0; 2]; world.neighbourhoods.len()];
    let mut all = 0.0;
    for person in &world.people {
        for arrangement in world.arrangements(person).iter().filter(|a| a.exists()) {
            all += arrangement.promised();
            if gone.contains(&arrangement.provider) {
                let here = &mut looking[person.neighbourhood as usize];
                let personal = f64::from(arrangement.hours[0]);
                here[0] += personal;
                here[1] += arrangement.promised() - personal;
            }
        }
    }
    let mut room: Vec<f64> = world.providers.iter().map(|p| p.room().max(0.0)).collect();
    for row in &gone {
        room[*row as usize] = 0.0;
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
