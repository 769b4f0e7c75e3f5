//! Providers and people part against people's wish: the twin.

use super::Twin;
use commissim::levers::Procurement;
use commissim::model::World;
use commissim::model::world::{Provider, ProviderKind, Route};

/// What became of a provider in a month of the market.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Stays,
    HandsBack,
    Closes,
}

impl Twin<'_> {
    /// People of providers that close, or hand their contracts back, look again. Who does so
    /// is read off what the market left.
    pub fn parts(&mut self, after: &World) {
        let fates: Vec<Fate> = self
            .providers
            .iter()
            .zip(&after.providers)
            .map(|(was, is)| {
                // A founder may start again in the month they close, in the same row; in the
                // first month of a world with the same key.
                let same = is.key == was.key && is.since == was.since;
                let gone = was.open && !(is.open && same);
                // A contract price that is gone has been handed back.
                let handed = was.open && was.contract_price > 0.0 && is.contract_price == 0.0;
                match (gone, handed) {
                    (true, _) => Fate::Closes,
                    (false, true) => Fate::HandsBack,
                    (false, false) => Fate::Stays,
                }
            })
            .collect();
        for i in 0..self.people.len() {
            let Some(main) = self.ties[i].first().copied() else { continue };
            let parting: Vec<bool> = self.ties[i]
                .iter()
                .map(|tie| match fates[tie.provider as usize] {
                    Fate::Stays => false,
                    Fate::HandsBack => tie.route == Route::Contract,
                    Fate::Closes => true,
                })
                .collect();
            if !parting.contains(&true) {
                continue;
            }
            // Part of what a fund's holder held goes down with it.
            let failed = self.ties[i].iter().any(|tie| {
                let holder = &self.providers[tie.provider as usize];
                tie.route == Route::Fund
                    && fates[tie.provider as usize] == Fate::Closes
                    && self.world.holds(holder, self.month)
            });
            let person = &mut self.people[i];
            if failed {
                person.account -= person.account.max(0.0) * self.month.p.lost_with_holder;
            }
            let mut parts = self.ties[i].iter().zip(&parting);
            person.lost |= parts.any(|(tie, parts)| *parts && tie.provider == main.provider);
            person.seeking = true;
            let mut parting = parting.into_iter();
            self.ties[i].retain(|_| !parting.next().unwrap_or_default());
        }
    }

    /// People of a provider that has lost its place on a framework go to the winner with
    /// most room, some with their workers. Who has won is read off what the tender left.
    pub fn moves_on(&mut self, after: &World) {
        let here = self.world.neighbourhoods.len();
        let lots = ((self.month.levers.lots + 0.5) as usize).clamp(1, here);
        for lot in 0..lots {
            let ended: Vec<usize> = (0..here)
                .filter(|n| n * lots / here == lot)
                .filter(|n| self.world.neighbourhoods[*n].ends <= self.month.number)
                .collect();
            let Some(first) = ended.first() else { continue };
            let code = u64::from(self.world.facts.place.code);
            let latent = self.world.facts.luck.arriving.uniform_of(code, *first as u64 + 1);
            let tendered = self.month.reaching(latent).procurement == Procurement::Tender;
            if !tendered || !self.month.s.tenders_move_people {
                continue;
            }
            let named = |world: &World| {
                let mut rows = Vec::new();
                for award in ended.iter().flat_map(|n| &world.neighbourhoods[*n].awards) {
                    if !rows.contains(&award.provider) {
                        rows.push(award.provider);
                    }
                }
                rows
            };
            let won = named(after);
            for from in named(self.world).into_iter().filter(|row| !won.contains(row)) {
                for i in self.line.clone() {
                    if ended.contains(&(self.people[i].neighbourhood as usize)) {
                        self.is_handed_on(i, from, after);
                    }
                }
            }
        }
    }

    fn is_handed_on(&mut self, i: usize, from: u32, after: &World) {
        let here = &after.neighbourhoods[self.people[i].neighbourhood as usize];
        let held = |tie: &super::Arrangement| tie.provider == from && tie.route == Route::Contract;
        if !self.ties[i].iter().any(held) || here.awards.is_empty() {
            return;
        }
        let room = |provider: &Provider| provider.staff * provider.hours_a_worker - provider.used;
        let mut winners: Vec<u32> = here.awards.iter().map(|award| award.provider).collect();
        winners.sort_by(|a, b| {
            let (a, b) = (&self.providers[*a as usize], &self.providers[*b as usize]);
            room(b).total_cmp(&room(a)).then(a.key.cmp(&b.key))
        });
        let to = winners[0];
        let key = self.people[i].key;
        let worker_comes = self.month.luck.day.uniform_of(key, 5) < self.month.p.staff_move;
        let is_main = self.ties[i][0].provider == from;
        let new = self.providers[to as usize].key;
        let suits = self.world.facts.luck.pairs.bells(key, new)[0] as f32;
        for place in 0..self.ties[i].len() {
            if !held(&self.ties[i][place]) {
                continue;
            }
            let hours = super::promised(&[&self.ties[i][place]]);
            let tie = &mut self.ties[i][place];
            (tie.provider, tie.picked) = (to, false);
            if worker_comes {
                let outgoing = &mut self.providers[from as usize];
                let staff = (hours / outgoing.hours_a_worker).min(outgoing.staff);
                outgoing.staff -= staff;
                self.providers[to as usize].staff += staff;
            } else {
                (tie.strength, tie.worker, tie.suits) = (0.0, 0, suits);
            }
        }
        self.people[i].lost |= is_main && !worker_comes;
        self.recount(i, &[from, to]);
    }

    /// What agencies are paid for guaranteed hours that nobody used, £ this month.
    pub fn topped_up(&self, after: &World) -> Vec<f64> {
        let of = |row: usize| {
            let provider = &after.providers[row];
            let promised: f64 = after
                .neighbourhoods
                .iter()
                .flat_map(|n| &n.awards)
                .filter(|award| award.provider as usize == row)
                .map(|award| award.guaranteed)
                .sum();
            let unused = promised - provider.sold[Route::Contract as usize];
            let weeks = commissim::model::world::WEEKS_A_MONTH;
            let open = provider.open && provider.kind != ProviderKind::Assistant;
            if open { unused.max(0.0) * weeks * provider.contract_price } else { 0.0 }
        };
        (0..after.providers.len()).map(of).collect()
    }
}
