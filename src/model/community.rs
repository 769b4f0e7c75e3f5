//! Connectedness moves, and peers' ways become known.

use super::Month;
use super::world::{Stage, World};

/// Moves people's connectedness, and counts who uses what around them.
pub fn moves(world: &mut World, month: &Month<'_>) {
    if month.opens_quarter() {
        peers(world);
    }
    let p = month.p;
    let back = p.connected_returns;
    for person in &mut world.people {
        if person.stage != Stage::AtHome {
            continue;
        }
        let rooted = if person.main.exists() {
            world.providers[person.main.provider as usize].rooted
        } else {
            world.centres.rooted
        };
        let missed = 1.0 - f64::from(person.met) - world.centres.unmet;
        let target = f64::from(person.connected_base)
            + p.rooted_connects * (rooted - world.centres.rooted)
            - p.waiting_isolates * missed;
        let now = f64::from(person.connected);
        person.connected = (now + back * (target - now)).clamp(0.0, 1.0) as f32;
    }
}

/// Shares of council-funded people at home with each mechanism, by neighbourhood.
fn peers(world: &mut World) {
    let mut counts = vec![[0.0_f32; 5]; world.neighbourhoods.len()];
    for person in world.people.iter().filter(|p| p.stage == Stage::AtHome && p.funded()) {
        counts[person.neighbourhood as usize][person.mechanism as usize] += 1.0;
    }
    for (neighbourhood, counts) in world.neighbourhoods.iter_mut().zip(counts) {
        let total: f32 = counts.iter().sum();
        neighbourhood.using = counts.map(|n| if total > 0.0 { n / total } else { 0.0 });
    }
}
