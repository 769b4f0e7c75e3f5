//! Starting and ending the ties between people and their supporters.
//!
//! Every change of an arrangement goes through here, so that the hours a provider
//! has promised are always the sum of its arrangements.

use super::Month;
use super::world::{
    Arrangement, Facts, HOURS_LEFT, Kinds, NOBODY, NeedKind, Person, Provider, ProviderKind,
    ProviderRow, Route, TERMS, World,
};
use crate::draws::birth;
use crate::levers::Mechanism;
use crate::metrics::{Histogram, Metric};
use crate::outcomes::Stratum;

/// How a supporter one has would be paid through a mechanism; none where the rules do
/// not let the money reach it.
pub fn kept_by(
    provider: &Provider,
    neighbourhood: u16,
    mechanism: Mechanism,
    covers: Kinds,
) -> Option<Route> {
    let on_framework = provider.lots & 1 << neighbourhood != 0;
    let own = provider.kind == ProviderKind::InHouse;
    let contract = if on_framework || own { Route::Contract } else { Route::Spot };
    let enough = provider.regulated || !covers.has(NeedKind::PersonalCare as usize);
    let gate = provider.regulated || provider.accredited;
    match mechanism {
        Mechanism::Managed | Mechanism::Mixed => provider.regulated.then_some(contract),
        Mechanism::Isf => (enough && gate && !own).then_some(Route::Fund),
        Mechanism::DirectPayment => (!own).then_some(Route::DirectPayment),
        Mechanism::SelfFunded => (!own).then_some(Route::Private),
    }
}

/// A birth key folded to 32 bits, never 0, to recognise a supporter a year on.
pub fn fold(key: u64) -> u32 {
    ((key ^ key >> 32) as u32).max(1)
}

/// What a provider is to those it supports, beside how the two suit each other.
#[derive(Clone, Copy, Debug)]
pub struct Shows {
    terms: [f32; TERMS],
    home: u16,
    /// It is nobody's way to go: an assistant comes to one person.
    comes: bool,
}

impl Provider {
    /// What it is to those it supports.
    pub fn shows(&self) -> Shows {
        let comes = self.kind == ProviderKind::Assistant;
        Shows { terms: self.terms, home: self.home, comes }
    }
}

impl Facts {
    /// What a main supporter is worth to a person, as it has turned out: in standard
    /// deviations, on the scale of offers.
    #[inline]
    pub fn felt(&self, person: &Person, supporter: &Shows, month: &Month<'_>) -> f64 {
        let p = month.p;
        let [flexible, local, continuity, assurance, reputation] = supporter.terms.map(f64::from);
        let distance = f64::from(self.between(person.neighbourhood, supporter.home));
        let near = if supporter.comes { 0.0 } else { distance / p.local_distance };
        let grown = if month.s.relationships_grow { f64::from(person.main.strength) } else { 0.0 };
        f64::from(person.wants[0]) * flexible * (1.0 - month.levers.plan_rigidity)
            + f64::from(person.wants[1]) * (local - near)
            + f64::from(person.wants[2]) * continuity
            + f64::from(person.wants[4]) * assurance
            + p.reputation_weight * reputation
            + p.match_weight * f64::from(person.main.suits)
            + p.relationship_weight * grown
    }
}

impl World {
    /// Adds an arrangement to a person's package; the provider promises the hours.
    /// Returns false where the package is full.
    pub fn start(&mut self, index: usize, arrangement: Arrangement) -> bool {
        let mut all = self.arrangements(&self.people[index]);
        // More of the same supporter by the same route is the same arrangement.
        let same =
            |a: &Arrangement| a.provider == arrangement.provider && a.route == arrangement.route;
        let mut promised = arrangement.promised();
        if let Some(held) = all.iter_mut().find(|a| a.exists() && same(a)) {
            promised = -held.promised();
            for (held, more) in held.hours.iter_mut().zip(arrangement.hours) {
                *held += more;
            }
            promised += held.promised();
        } else if let Some(free) = all.iter_mut().find(|a| !a.exists()) {
            *free = arrangement;
        } else {
            return false;
        }
        self.providers[arrangement.provider as usize].used += promised;
        self.counts.starts += 1;
        self.set_arrangements(index, all);
        true
    }

    /// Ends those arrangements of a person for which `ends` says so; `against_wish`
    /// when the person did not want it.
    pub fn end(&mut self, index: usize, against_wish: bool, ends: impl Fn(&Arrangement) -> bool) {
        let main = self.people[index].main.provider;
        let mut all = self.arrangements(&self.people[index]);
        let mut ended = false;
        for arrangement in &mut all {
            if arrangement.exists() && ends(arrangement) {
                ended = true;
                if against_wish && arrangement.provider == main {
                    self.loses_supporter(index);
                }
                self.release(arrangement);
                *arrangement = Arrangement::NONE;
            }
        }
        if ended {
            self.set_arrangements(index, all);
        }
    }

    /// Takes an arrangement's hours off its provider; an assistant without an
    /// employer stops being one.
    fn release(&mut self, arrangement: &Arrangement) {
        self.counts.endings += 1;
        let provider = &mut self.providers[arrangement.provider as usize];
        provider.used = (provider.used - arrangement.promised()).max(0.0);
        if provider.kind == ProviderKind::Assistant && provider.used < f64::from(HOURS_LEFT) {
            self.close(arrangement.provider);
        }
    }

    /// A provider stops working. Its arrangements must have been ended.
    pub fn close(&mut self, row: ProviderRow) {
        let provider = &mut self.providers[row as usize];
        debug_assert!(provider.open);
        provider.open = false;
        provider.used = 0.0;
        // Workers look for other work in the place, but for those who came to care for this.
        self.labour.looking += provider.staff * (1.0 - provider.additional);
        provider.staff = 0.0;
        if provider.kind != ProviderKind::Assistant {
            for neighbourhood in &mut self.neighbourhoods {
                neighbourhood.ring.retain(|(_, on_ring)| *on_ring != row);
            }
        }
        self.free_providers.push(row);
    }

    /// Hours bought for each hour of the plan by a route at a price: a fund or direct
    /// payment is money, and buys more or fewer hours as its supporter is cheap or dear.
    pub fn hours_bought(&self, provider: &Provider, route: Route, month: &Month<'_>) -> f32 {
        let (rate, fee) = match route {
            Route::Contract | Route::Spot | Route::Private => return 1.0,
            Route::Fund => (month.levers.isf_rate, month.p.holding_fee),
            Route::DirectPayment => (month.levers.dp_rate, 0.0),
        };
        let money = rate * (1.0 - fee) * self.commissioner.average_price;
        let price = self.price(provider, route, month).max(f64::MIN_POSITIVE);
        (money / price).min(1.0 + month.p.extra_hours) as f32
    }

    /// Fits a person's arrangements to the plan: all give less where it has shrunk;
    /// where it has grown, the main supporter takes on more as far as there is room.
    pub fn follow_plan(&mut self, index: usize, month: &Month<'_>) {
        let person = &self.people[index];
        if !person.main.exists() {
            self.people[index].seeking = true;
            return;
        }
        let plan = person.plan;
        let mut all = self.arrangements(person);
        let main = all[0].provider as usize;
        let bought = self.hours_bought(&self.providers[main], all[0].route, month);
        for (kind, planned) in plan.iter().enumerate() {
            let held: f32 = all.iter().map(|a| a.hours[kind]).sum();
            let target = planned * bought;
            if held > target {
                for arrangement in all.iter_mut().filter(|a| a.exists()) {
                    let before = arrangement.hours[kind];
                    arrangement.hours[kind] -= before * (1.0 - target / held);
                    let less = f64::from(before) - f64::from(arrangement.hours[kind]);
                    let provider = &mut self.providers[arrangement.provider as usize];
                    provider.used = (provider.used - less).max(0.0);
                }
            } else if all[0].hours[kind] > 0.0 {
                let wanted = f64::from(target - held);
                let more = self.providers[main].room().max(0.0).min(wanted);
                let before = f64::from(all[0].hours[kind]);
                all[0].hours[kind] += more as f32;
                self.providers[main].used += f64::from(all[0].hours[kind]) - before;
            }
        }
        self.set_arrangements(index, all);
        self.people[index].seeking = !self.short_of(index, month).is_empty();
    }

    /// The kinds of which a person's plan has hours that nobody has been found for
    /// and that there is money for.
    pub fn short_of(&self, index: usize, month: &Month<'_>) -> Kinds {
        let person = &self.people[index];
        let mut left = self.unplaced(person);
        if Kinds::of(&left).is_empty() {
            return Kinds(0);
        }
        if person.main.exists() {
            let provider = &self.providers[person.main.provider as usize];
            let bought = self.hours_bought(provider, person.main.route, month).min(1.0);
            for (left, planned) in left.iter_mut().zip(person.plan) {
                *left -= planned * (1.0 - bought);
            }
        }
        Kinds::of(&left)
    }

    /// Takes a person out of the world.
    pub fn remove_person(&mut self, index: usize) {
        self.end(index, false, |_| true);
        self.settle_account(index);
        let person = &self.people[index];
        debug_assert_eq!(person.more, NOBODY);
        self.close_spells(index);
        self.parts_with(index);
        self.counts.exits += 1;
    }

    /// What the present main supporter is worth to a person, as it has turned out:
    /// in standard deviations, on the scale of offers.
    pub fn felt(&self, person: &Person, month: &Month<'_>) -> f64 {
        let provider = &self.providers[person.main.provider as usize];
        self.facts.felt(person, &provider.shows(), month)
    }

    /// Carries a person's arrangements over to the mechanism that holds now: the same
    /// supporters, paid for in another way, where the rules allow it.
    pub fn convert(&mut self, index: usize, month: &Month<'_>) {
        let person = &self.people[index];
        let mechanism = person.mechanism;
        let here = person.neighbourhood;
        let mut all = self.arrangements(person);
        let mut ended = [false; 3];
        for (place, arrangement) in all.iter_mut().enumerate().filter(|(_, a)| a.exists()) {
            let provider = &self.providers[arrangement.provider as usize];
            let covers = Kinds::of(&arrangement.hours);
            match kept_by(provider, here, mechanism, covers) {
                Some(route) => arrangement.route = route,
                None => ended[place] = true,
            }
        }
        self.set_arrangements(index, all);
        for (place, arrangement) in all.iter().enumerate() {
            if ended[place] {
                let provider = arrangement.provider;
                self.end(index, false, |a| a.provider == provider);
            }
        }
        match mechanism {
            Mechanism::Mixed => self.split(index),
            // Nobody holds a budget any more, so what is in it goes back.
            Mechanism::Managed | Mechanism::SelfFunded => self.settle_account(index),
            Mechanism::Isf | Mechanism::DirectPayment => {}
        }
        self.follow_plan(index, month);
    }

    /// Of a package the council arranged, what is not personal care is paid for out
    /// of the person's own part of the budget: the same supporter, by two routes.
    fn split(&mut self, index: usize) {
        let mut all = self.arrangements(&self.people[index]);
        let Some(free) = all.iter().position(|a| !a.exists()) else { return };
        let mut own = all[0];
        if !own.exists() {
            return;
        }
        let by_council = matches!(own.route, Route::Contract | Route::Spot);
        let in_house = self.providers[own.provider as usize].kind == ProviderKind::InHouse;
        if !by_council || in_house {
            return;
        }
        if own.hours[0] <= 0.0 {
            all[0].route = Route::DirectPayment;
        } else {
            own.hours[0] = 0.0;
            if own.total() > HOURS_LEFT {
                own.route = Route::DirectPayment;
                all[0].hours[1] = 0.0;
                all[0].hours[2] = 0.0;
                all[free] = own;
            }
        }
        self.set_arrangements(index, all);
    }

    /// Price of an hour of a personal assistant, £.
    pub fn assistant_price(&self, month: &Month<'_>) -> f64 {
        self.facts.place.contracted_hour * month.p.assistant_price * self.pay_index
    }

    /// Hours of an assistant that a direct payment buys for each hour of the plan.
    pub fn assistant_hours_bought(&self, month: &Month<'_>) -> f32 {
        let money = month.levers.dp_rate * self.commissioner.average_price;
        (money / self.assistant_price(month)).min(1.0 + month.p.extra_hours) as f32
    }

    /// A person employs somebody from the place's care workers, or somebody who would
    /// not otherwise do care work.
    pub fn employ(&mut self, index: usize, hours: f64, month: &Month<'_>) -> ProviderRow {
        let p = month.p;
        let person = &self.people[index];
        let key = birth::assistant(person.key, u32::from(person.assistants));
        let neighbourhood = person.neighbourhood;
        self.people[index].assistants = self.people[index].assistants.wrapping_add(1);
        let staff = hours / p.hours_a_worker;
        let additional = if month.s.labour_additionality { p.labour_additionality } else { 0.0 };
        self.labour.looking -= staff * (1.0 - additional);
        let price = self.assistant_price(month);
        self.admit(Provider {
            key,
            kind: ProviderKind::Assistant,
            home: neighbourhood,
            does: Kinds::ALL,
            regulated: false,
            since: month.number,
            listed_holder: false,
            willing_holder: false,
            wants_growth: false,
            staff,
            additional,
            hours_a_worker: p.hours_a_worker,
            private_price: price,
            pay: 1.0,
            own_pay: 0.0,
            turnover: p.assistant_turnover,
            quality: 0.0,
            own_quality: 0.0,
            flexibility: p.assistant_flexibility,
            own_flexibility: p.assistant_flexibility,
            own_rooted: 1.0,
            rooted: 1.0,
            terms: month.assistant_terms,
            ..Provider::BLANK
        })
    }

    /// What is left of a person's budget goes back to the council.
    pub fn settle_account(&mut self, index: usize) {
        let left = std::mem::take(&mut self.people[index].account);
        if left != 0.0 {
            self.money.budgets_to_council += left;
            self.money.budgets_gained -= left;
            let stratum = self.people[index].stratum;
            self.tally.add(stratum, Metric::Support, -left, 0.0);
            self.tally.add(stratum, Metric::PerHour, -left, 0.0);
            self.spend_council(stratum, -left);
        }
    }

    /// Part of what is in a person's budget is lost.
    pub fn lose_money(&mut self, index: usize, share: f64) {
        let lost = self.people[index].account.max(0.0) * share;
        self.people[index].account -= lost;
        self.money.budgets_to_holders += lost;
        self.money.budgets_gained -= lost;
    }

    /// Counts public spending by the council on a person.
    #[inline]
    pub fn spend_council(&mut self, stratum: Stratum, pounds: f64) {
        self.commissioner.spent += pounds;
        self.tally.add(stratum, Metric::CouncilPerPerson, pounds, 0.0);
        self.spend_public(stratum, pounds);
    }

    /// Counts public spending on a person, whoever made it.
    #[inline]
    pub fn spend_public(&mut self, stratum: Stratum, pounds: f64) {
        for metric in [Metric::PublicPerPerson, Metric::PublicNetPerPerson, Metric::PerScrqolYear] {
            self.tally.add(stratum, metric, pounds, 0.0);
        }
    }

    /// Ends open spells of waiting without the event: cut off, not finished.
    pub fn close_spells(&mut self, index: usize) {
        let now = self.first_day();
        let person = &self.people[index];
        if !person.begun && person.stage == super::world::Stage::AtHome {
            self.spell(index, Histogram::ToSupport, person.asked_day, now, false);
        }
        let person = &self.people[index];
        if person.wishes_to_leave() {
            self.spell(index, Histogram::ToLeave, person.wish_day, now, false);
            self.people[index].wish_day = f32::NAN;
        }
    }

    /// The main supporter is gone against the person's wish.
    pub fn loses_supporter(&mut self, index: usize) {
        let person = &mut self.people[index];
        person.lost = true;
        let stratum = person.stratum;
        self.tally.add(stratum, Metric::SupportersLost, 1.0, 0.0);
    }

    /// Records a spell of waiting by the month it began in; spells that began before
    /// the fork are not counted.
    pub fn spell(&mut self, index: usize, of: Histogram, from: f32, to: f32, ended: bool) {
        let years = self.outcomes.years;
        if from < 0.0 || years == 0 {
            return;
        }
        let month = (from / super::world::DAYS_A_MONTH) as usize;
        if month < 12 * years {
            let weeks = f64::from((to - from).max(0.0)) / 7.0;
            let stratum = self.people[index].stratum;
            self.outcomes.spell(of, stratum, month, weeks, ended);
        }
    }
}
