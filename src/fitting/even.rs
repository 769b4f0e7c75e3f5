//! Which luck a few councils stand for all under.

use crate::draws::Draws;
use crate::model::build;
use crate::place::Place;

/// How many lucks are looked at.
const LOOKED_AT: u32 = 1000;

/// The replicates, among the first thousand, whose councils have the most even cultures, the
/// most even first: in a dozen the mean of what is drawn once a council is off by a third of
/// a standard deviation as often as not, and whatever is fitted to the dozen would make up
/// for it everywhere. Looks at what is drawn before anything is simulated, never at what
/// comes of it.
pub fn most_even(places: &[Place], seed: u64, count: u32) -> Vec<u32> {
    let off = |replicate: u32| {
        let draws = Draws { seed, draw: 0, replicate };
        let one =
            |place: &Place| (build::culture(&draws, place.code), place.clients.iter().sum::<f64>());
        uneven(&places.iter().map(one).collect::<Vec<_>>())
    };
    let mut lucks: Vec<(f64, u32)> = (0..LOOKED_AT).map(|luck| (off(luck), luck)).collect();
    lucks.sort_by(|a, b| a.0.total_cmp(&b.0));
    lucks.into_iter().take(count as usize).map(|(_, luck)| luck).collect()
}

/// How far cultures, each with the people who live under it, are from mean nought and
/// standard deviation one: councils counted alike, and people counted alike.
fn uneven(cultures: &[(f64, f64)]) -> f64 {
    let people: f64 = cultures.iter().map(|(_, people)| people).sum();
    let off = |weight: &dyn Fn(f64) -> f64| {
        let sum = |power: i32| -> f64 {
            cultures
                .iter()
                .map(|(c, people)| weight(*people) * if power == 1 { *c } else { c * c })
                .sum()
        };
        let mean = sum(1);
        let sd = (sum(2) - mean * mean).max(0.0).sqrt();
        mean.abs() + (sd - 1.0).abs()
    };
    off(&|_| 1.0 / cultures.len() as f64) + off(&|n| n / people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::place::{self, sets};

    #[test]
    fn even_cultures_are_nought_off() {
        assert!(uneven(&[(1.0, 3.0), (-1.0, 3.0)]) < 1e-12);
        // Mean a half: half off, and the spread a half off; people weigh as councils do.
        assert!((uneven(&[(1.0, 1.0), (0.0, 1.0)]) - 2.0).abs() < 1e-12);
        assert!(uneven(&[(1.0, 9.0), (-1.0, 1.0)]) > 0.8);
    }

    #[test]
    fn the_lucks_found_are_the_most_even() {
        let dozen = sets::members("dozen").expect("a set");
        let place = |id: &String| place::place(id, &Parameters::default()).expect("a place");
        let places: Vec<Place> = dozen.iter().map(place).collect();
        let found = most_even(&places, 2026, 3);
        let mean = |luck: u32| {
            let draws = Draws { seed: 2026, draw: 0, replicate: luck };
            let each = places.iter().map(|place| build::culture(&draws, place.code));
            (each.sum::<f64>() / places.len() as f64).abs()
        };
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|luck| mean(*luck) < 0.1), "{found:?}");
        assert!((0..20).any(|luck| mean(luck) > 0.3), "no luck is uneven");
    }
}
