//! Catalysts: co-ordinators of micro-enterprise, and where they choose to work.

use super::Month;
use super::world::{Catalyst, MONTHS_A_YEAR, World};

/// Catalysts that a place employs, in whole posts and part of one.
pub fn employed(world: &World, month: &Month<'_>) -> f64 {
    month.levers.catalysts * world.census.supported / 1000.0
}

impl World {
    /// Each catalyst in turn takes on the neighbourhoods where most is asked for that the
    /// enterprises there do not give, as far as enterprises, places and time go; whoever
    /// comes next takes what is left.
    pub fn catalysts_choose(&mut self, month: &Month<'_>) {
        let p = month.p;
        self.catalysts.clear();
        let mut posts = employed(self, month);
        if posts <= 0.0 {
            for neighbourhood in &mut self.neighbourhoods {
                neighbourhood.coverage = 0.0;
            }
            return;
        }
        let mut enterprises = vec![0.0; self.neighbourhoods.len()];
        for provider in self.providers.iter().filter(|p| p.open && p.is_small_and_local()) {
            enterprises[provider.home as usize] += 1.0;
        }
        let asked = |here: usize| self.neighbourhoods[here].unserved / (1.0 + enterprises[here]);
        let mut ranked: Vec<usize> = (0..enterprises.len()).collect();
        ranked.sort_by(|a, b| asked(*b).total_cmp(&asked(*a)).then(a.cmp(b)));
        let mut left = vec![1.0; ranked.len()];
        while posts > 0.0 {
            let time = posts.min(1.0);
            posts -= time;
            let mut places = p.neighbourhoods_a_catalyst * time;
            let mut room = p.enterprises_a_catalyst * time;
            let mut works_in = Vec::new();
            for here in &ranked {
                let (open, there): (&mut f64, f64) = (&mut left[*here], enterprises[*here]);
                let share = if there > 0.0 { (room / there).min(places) } else { places };
                let share = share.min(*open);
                if share > 0.0 {
                    works_in.push((*here as u16, share));
                    *open -= share;
                    places -= share;
                    room = (room - share * there).max(0.0);
                }
            }
            if works_in.is_empty() {
                // Nothing is left to do for whoever comes now.
                break;
            }
            self.catalysts.push(Catalyst { time, works_in });
        }
        for (neighbourhood, left) in self.neighbourhoods.iter_mut().zip(&left) {
            neighbourhood.coverage = 1.0 - left;
        }
    }

    /// How much likelier founders of each neighbourhood start for the help they get, as a
    /// multiple added, where `usual` is how many would start this month without: a catalyst
    /// helps only so many.
    pub fn catalysts_help(&self, usual: &[f64], month: &Month<'_>) -> Vec<f64> {
        let p = month.p;
        let mut added = vec![0.0; usual.len()];
        for catalyst in &self.catalysts {
            let most = p.starts_per_catalyst * catalyst.time / f64::from(MONTHS_A_YEAR);
            let more =
                |(here, share): &(u16, f64)| p.catalyst_starts * share * usual[*here as usize];
            let asked: f64 = catalyst.works_in.iter().map(more).sum();
            let served = if asked > most { most / asked } else { 1.0 };
            for (here, share) in &catalyst.works_in {
                added[*here as usize] += p.catalyst_starts * share * served;
            }
        }
        added
    }
}
