//! Providers and the people they support part: contracts handed back, doors closed.

use super::Month;
use super::world::{Arrangement, NOBODY, Person, Route, World, who};
use crate::metrics::Metric;

/// What becomes of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It goes on.
    GoesOn,
    /// It hands back its contracts and goes on without them.
    HandsBack,
    /// It closes.
    Closes,
}

impl World {
    /// Those who hand back contracts or close lose their people, who must look again.
    pub fn part(&mut self, decisions: &[Decision], month: &Month<'_>) {
        if decisions.iter().all(|decision| *decision == Decision::GoesOn) {
            return;
        }
        let parts = |a: &Arrangement| {
            a.exists()
                && match decisions[a.provider as usize] {
                    Decision::GoesOn => false,
                    Decision::HandsBack => a.route == Route::Contract,
                    Decision::Closes => true,
                }
        };
        // Nobody stands after the last provider, and parts from nobody.
        let last = decisions.len();
        let mut ends: Vec<bool> = decisions.iter().map(|d| *d != Decision::GoesOn).collect();
        ends.push(false);
        let ends = &ends[..=last];
        let may = |person: &Person| {
            ends[(person.main.provider as usize).min(last)] | (person.more != NOBODY)
        };
        for index in who(self.at_home(), may) {
            let index = index as usize;
            let all = self.arrangements(&self.people[index]);
            if !all.iter().any(parts) {
                continue;
            }
            // A fund whose holder fails loses part of what is in it.
            let failed = |a: &Arrangement| {
                a.exists()
                    && a.route == Route::Fund
                    && decisions[a.provider as usize] == Decision::Closes
                    && self.holds(&self.providers[a.provider as usize], month)
            };
            if all.iter().any(failed) {
                self.lose_money(index, month.p.lost_with_holder);
            }
            self.end(index, true, parts);
            self.people[index].seeking = true;
        }
        for (row, decision) in decisions.iter().enumerate() {
            match decision {
                Decision::GoesOn => {}
                Decision::HandsBack => {
                    let provider = &mut self.providers[row];
                    provider.contract_price = 0.0;
                    provider.months_short = 0;
                    self.commissioner.breaches += month.p.handback_breach;
                    self.tally.add_whole(Metric::Handbacks, 1.0, 0.0);
                    self.leave_framework(row as u32, month);
                }
                Decision::Closes => self.shut(row, month),
            }
        }
    }

    /// Closes a provider whose people have been told.
    fn shut(&mut self, row: usize, month: &Month<'_>) {
        self.leave_framework(row as u32, month);
        // An assistant whose employer left is shut already.
        if !self.providers[row].open {
            return;
        }
        self.founder_is_free(row);
        if self.providers[row].is_agency() {
            self.tally.add_whole(Metric::ProviderClosures, 1.0, 0.0);
        } else if self.providers[row].is_small_and_local() {
            self.tally.add_whole(Metric::EnterpriseClosures, 1.0, 0.0);
        }
        self.close(row as u32);
    }
}
