//! The dissatisfied leave: the twin.

use super::Twin;
use commissim::draws::unit;
use commissim::levers::{Mechanism, Procurement};
use commissim::metrics::Histogram;
use commissim::model::world::{DAYS_A_MONTH, Route, Stage};

impl Twin<'_> {
    /// Everybody who wishes to leave tries at the pace of those who can, and stops wishing
    /// it once they have somebody else, or when the wish fades.
    pub fn lets_leave(&mut self) {
        let p = self.month.p;
        let today = (self.month.number - 1) as f32 * DAYS_A_MONTH;
        for i in self.line.clone() {
            let wished = self.people[i].wish_day;
            if wished.is_nan() {
                continue;
            }
            if self.people[i].stage != Stage::AtHome || self.ties[i].is_empty() {
                self.gives_up(i, today);
                continue;
            }
            let [tries, fades] = self.month.luck.event.words(self.people[i].key, 101);
            let council = matches!(self.people[i].mechanism, Mechanism::Managed | Mechanism::Mixed)
                && self.levers(i).procurement == Procurement::Tender;
            let pace = if council { p.leave_managed } else { p.leave_own };
            if unit(tries) >= pace {
                continue;
            }
            let before = self.key_of_main(i);
            let by_council = matches!(self.ties[i][0].route, Route::Contract | Route::Spot);
            let moved = if council && by_council {
                self.is_moved(i)
            } else {
                self.reconsider(i, p.leaving_threshold)
            };
            let now = self.key_of_main(i);
            if moved && now.is_some() && now != before {
                self.people[i].wish_day = f32::NAN;
                let began = self.ties[i][0].start_day;
                self.waited(Histogram::ToLeave, wished, began.max(wished), true);
            } else if unit(fades) < p.wish_fades {
                self.gives_up(i, today);
            }
        }
    }

    fn key_of_main(&self, i: usize) -> Option<u64> {
        self.ties[i].first().map(|tie| self.providers[tie.provider as usize].key)
    }

    /// The wish goes, unfulfilled.
    fn gives_up(&mut self, i: usize, today: f32) {
        let wished = std::mem::replace(&mut self.people[i].wish_day, f32::NAN);
        self.waited(Histogram::ToLeave, wished, today, false);
    }

    /// The council moves somebody to whoever it would allocate, other than the supporter
    /// they have: for the same hours.
    fn is_moved(&mut self, i: usize) -> bool {
        let main = self.ties[i][0];
        let row = main.provider as usize;
        let Some((to, route)) = self.allocated(i, &main.hours, Some(row)) else { return false };
        let key = self.people[i].key;
        let suits = self.world.facts.luck.pairs.bells(key, self.providers[to].key)[0];
        self.ties[i].retain(|tie| tie.provider != main.provider || tie.route != main.route);
        self.recount(i, &[main.provider]);
        self.begin(i, to, main.hours, route, suits, false);
        true
    }
}
