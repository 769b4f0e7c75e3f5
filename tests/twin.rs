//! A slow, plain twin of all that decides who gets whose hours and when: assessment and
//! review, sourcing and allocation, and leaving for another. It is written from what the
//! model says it does: every provider of the place is looked at for every person, nothing
//! is indexed, and nothing is shared with the model but its data and its luck. Who supports
//! whom, for which hours, by which route and from which day, who waits and since when must
//! be the same to the bit; so must hours promised and turned away, the pool of those who
//! look for care work, what is spent on it, and the waits that are counted.

mod assessing;
mod leaving;
mod parting;

use commissim::draws::{Stream, birth};
use commissim::levers::{EntryGate, IsfHolders, Levers, Mechanism, Procurement};
use commissim::metrics::{BINS, HISTOGRAMS, Histogram};
use commissim::model::month::quarter;
use commissim::model::world::{
    Arrangement, DAYS_A_MONTH, HOURS_LEFT, Person, Provider, ProviderKind, Route, Stage,
};
use commissim::model::{Month, Settings, World, build};
use commissim::outcomes::{Outcomes, Period, Spells};
use proptest::prelude::*;
use std::collections::BTreeMap;

use crate::small_worlds::{announces, any_levers, any_structures, cases, drawn, luck, noise, town};

/// Everyone and everything as the month's sourcing leaves it.
struct Twin<'a> {
    world: &'a World,
    month: &'a Month<'a>,
    people: Vec<Person>,
    /// Places of people, in line: where one's gain is another's loss.
    line: Vec<usize>,
    /// Packages, most hours first.
    ties: Vec<Vec<Arrangement>>,
    providers: Vec<Provider>,
    /// People in the place who look for care work.
    looking: f64,
    /// What the council has spent this year, £.
    spent: f64,
    /// Assessments that planners have begun and not used.
    credit: f64,
    /// Rows of the people assessed or reviewed, in turn.
    seen: Vec<u32>,
    /// Waits for support, and for another supporter.
    waits: [Spells; HISTOGRAMS],
}

/// An offer to a person: whose, for which kinds, by which route, and what it is worth.
#[derive(Clone, Debug)]
struct Offer {
    /// Row of a provider; none for somebody the person would employ.
    row: Option<usize>,
    covers: [bool; 3],
    route: Route,
    suits: f64,
    value: f64,
}

/// How well two suit each other, and how that looks before anything has begun.
struct Seen {
    suits: f64,
    value: f64,
    /// What the value holds of mere chance.
    noise: f64,
}

fn total(hours: &[f32; 3]) -> f32 {
    hours[0] + hours[1] + hours[2]
}

fn promised(ties: &[&Arrangement]) -> f64 {
    ties.iter().flat_map(|tie| tie.hours).map(f64::from).sum()
}

/// Keeps the hours of some kinds only.
fn only(hours: &[f32; 3], kinds: [bool; 3]) -> [f32; 3] {
    std::array::from_fn(|kind| if kinds[kind] { hours[kind] } else { 0.0 })
}

fn some(hours: &[f32; 3]) -> [bool; 3] {
    hours.map(|hours| hours > HOURS_LEFT)
}

impl<'a> Twin<'a> {
    fn of(world: &'a World, month: &'a Month<'a>) -> Self {
        let ties = |person| -> Vec<Arrangement> {
            world.arrangements(person).into_iter().filter(Arrangement::exists).collect()
        };
        Self {
            world,
            month,
            people: world.people.clone(),
            line: world.roll.places().collect(),
            ties: world.people.iter().map(ties).collect(),
            providers: world.providers.clone(),
            looking: world.labour.looking,
            spent: world.commissioner.spent,
            credit: world.commissioner.assessment_credit,
            seen: Vec::new(),
            waits: waits(world),
        }
    }

    /// The month's placing: budgets that are ready are set up, then those who have hours
    /// unplaced are placed; in keyed random order, urgent first.
    fn places(&mut self) {
        let end = (self.month.number - 1) as f32 * DAYS_A_MONTH + DAYS_A_MONTH;
        let mut queue: Vec<usize> = (0..self.people.len())
            .filter(|i| {
                let person = &self.people[*i];
                let waits = person.seeking && person.ready_day < end;
                person.stage == Stage::AtHome && (person.setup_day < end || waits)
            })
            .collect();
        queue.sort_by_key(|i| {
            let person = &self.people[*i];
            (!person.urgent, self.month.luck.queue.words(person.key, 0)[0], *i)
        });
        for i in queue {
            if self.people[i].setup_day < end {
                self.people[i].mechanism = self.people[i].chosen;
                self.people[i].setup_day = f32::NAN;
                self.carry_over(i);
                let looks = match self.people[i].mechanism {
                    Mechanism::DirectPayment => true,
                    Mechanism::Isf => !self.people[i].in_name_only,
                    _ => false,
                };
                if looks && !self.ties[i].is_empty() {
                    self.reconsider(i, 0.0);
                }
            }
            if self.people[i].seeking {
                self.look(i);
            }
        }
    }

    /// The rules that have reached a person.
    fn levers(&self, i: usize) -> Levers {
        let latent = self.world.facts.luck.arriving.uniform(self.people[i].key);
        self.month.reaching(latent).clone()
    }

    fn look(&mut self, i: usize) {
        let (all, care, rest) = ([true; 3], [true, false, false], [false, true, true]);
        match self.people[i].mechanism {
            Mechanism::Managed => self.council_finds(i, all),
            Mechanism::Mixed => {
                self.council_finds(i, care);
                self.person_finds(i, rest);
            }
            // A fund in name only: the council's suggestion holds it.
            Mechanism::Isf if self.people[i].in_name_only => {
                self.council_finds(i, all);
                self.carry_over(i);
            }
            _ => self.person_finds(i, all),
        }
        self.people[i].seeking = self.short(i) != [false; 3];
    }

    /// Hours planned that nobody gives.
    fn unplaced(&self, i: usize) -> [f32; 3] {
        std::array::from_fn(|kind| {
            let planned = self.people[i].plan[kind];
            self.ties[i].iter().fold(planned, |left, tie| (left - tie.hours[kind]).max(0.0))
        })
    }

    /// Kinds of which hours are unplaced that there is money for: where the main supporter
    /// is dear, the money buys less than was planned.
    fn short(&self, i: usize) -> [bool; 3] {
        let mut left = self.unplaced(i);
        if let Some(main) = self.ties[i].first() {
            let bought = self.bought(&self.providers[main.provider as usize], main.route).min(1.0);
            for (left, planned) in left.iter_mut().zip(self.people[i].plan) {
                *left -= planned * (1.0 - bought);
            }
        }
        some(&left)
    }

    fn wanted(&self, i: usize, kinds: [bool; 3]) -> Option<[f32; 3]> {
        let short = self.short(i);
        let kinds = std::array::from_fn(|kind| short[kind] && kinds[kind]);
        (kinds != [false; 3]).then(|| only(&self.unplaced(i), kinds))
    }

    fn person_finds(&mut self, i: usize, kinds: [bool; 3]) {
        let Some(hours) = self.wanted(i, kinds) else { return };
        let offers = self.offers(i, &hours);
        if let Some(best) = best_by(&offers, |offer| offer.value) {
            self.take(i, &best, &hours, offers.len() >= 2);
        }
    }

    fn council_finds(&mut self, i: usize, kinds: [bool; 3]) {
        let Some(hours) = self.wanted(i, kinds) else { return };
        let (p, person) = (self.month.p, &self.people[i]);
        let own = (0..self.providers.len())
            .find(|row| self.providers[*row].kind == ProviderKind::InHouse)
            .filter(|_| person.mechanism != Mechanism::Isf)
            .filter(|row| self.would_take(*row, total(&hours), Route::Contract));
        if self.levers(i).procurement == Procurement::FlexibleContract {
            if let (true, Some(row)) = (person.urgent, own) {
                let key = self.providers[row].key;
                let suits = self.world.facts.luck.pairs.bells(person.key, key)[0];
                return self.begin(i, row, hours, Route::Contract, suits, false);
            }
            let offers = self.offers(i, &hours);
            let looks = self.world.facts.luck.arriving.uniform_of(person.key, 3)
                < p.looks_for_holder + p.looks_with_capacity * f64::from(person.capacity);
            let weight = self.month.levers.community_weight * p.rooted_ranks;
            let suggested = |offer: &Offer| {
                offer.row.map_or(f64::NEG_INFINITY, |row| {
                    let provider = &self.providers[row];
                    f64::from(provider.terms[4]) + weight * provider.rooted
                })
            };
            let best = if looks {
                best_by(&offers, |offer| offer.value)
            } else {
                best_by(&offers, suggested)
            };
            if let Some(best) = best {
                self.take(i, &best, &hours, looks && offers.len() >= 2);
            } else if let Some(row) = own {
                let key = self.providers[row].key;
                let suits = self.world.facts.luck.pairs.bells(person.key, key)[0];
                self.begin(i, row, hours, Route::Contract, suits, false);
            }
            return;
        }
        let found = self.allocated(i, &hours, None);
        if found.is_none_or(|(_, route)| route == Route::Spot) {
            self.turns_away(i, total(&hours));
        }
        if let Some((row, route)) = found {
            let suits =
                self.world.facts.luck.pairs.bells(self.people[i].key, self.providers[row].key)[0];
            self.begin(i, row, hours, route, suits, false);
        }
    }

    /// Under tender: the winners by rank, moved forward by rootedness as far as the
    /// community weighs; then the council's own service; then spot. Whoever comes from
    /// hospital tries the council's own service first.
    fn allocated(&self, i: usize, wanted: &[f32; 3], not: Option<usize>) -> Option<(usize, Route)> {
        let hours = total(wanted);
        let person = &self.people[i];
        let here = &self.world.neighbourhoods[person.neighbourhood as usize];
        let own = (0..self.providers.len())
            .find(|row| self.providers[*row].kind == ProviderKind::InHouse)
            .filter(|_| person.mechanism != Mechanism::Isf)
            .filter(|row| Some(*row) != not && self.would_take(*row, hours, Route::Contract));
        if person.urgent && own.is_some() {
            return own.map(|row| (row, Route::Contract));
        }
        let forward = self.month.levers.community_weight * self.month.p.rooted_ranks;
        let mut winners: Vec<(f64, usize)> = here
            .awards
            .iter()
            .enumerate()
            .map(|(rank, award)| {
                let row = award.provider as usize;
                (rank as f64 - forward * self.providers[row].rooted, row)
            })
            .collect();
        winners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let winner = winners
            .into_iter()
            .map(|(_, row)| row)
            .find(|row| Some(*row) != not && self.would_take(*row, hours, Route::Contract));
        if let Some(row) = winner.or(own) {
            return Some((row, Route::Contract));
        }
        let eligible = |row: usize| {
            let provider = &self.providers[row];
            let wants = some(wanted);
            let does = (0..3).all(|kind| !wants[kind] || provider.does.has(kind));
            let takes = self.would_take(row, hours, Route::Spot);
            Some(row) != not && provider.regulated && does && takes
        };
        self.next_on_ring(person, 10, eligible).map(|row| (row, Route::Spot))
    }

    /// Every winner of the lot hears of its part of the hours that none of them had room for.
    fn turns_away(&mut self, i: usize, hours: f32) {
        let here = self.people[i].neighbourhood as usize;
        let awards = &self.world.neighbourhoods[here].awards;
        for award in awards {
            let provider = &mut self.providers[award.provider as usize];
            provider.turned_away += f64::from(hours) / awards.len() as f64;
        }
    }

    /// The provider that stands next, clockwise, from the person's keyed point, of those
    /// that come to the neighbourhood: by looking at each in the place.
    fn next_on_ring(
        &self,
        person: &Person,
        walk: u64,
        eligible: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let quarter = quarter(self.month.number);
        let draws = self.world.facts.draws;
        let high = |[word, _]: [u64; 2]| (word >> 32) as u32;
        let from = high(draws.of(Stream::Search, quarter).words(person.key, walk));
        let ring = draws.of(Stream::Ring, quarter);
        let here = u64::from(person.neighbourhood);
        (0..self.providers.len())
            .filter(|row| self.comes_to(&self.providers[*row], person.neighbourhood))
            .filter(|row| eligible(*row))
            .min_by_key(|row| {
                let key = self.providers[*row].key;
                (high(ring.words(key, here)).wrapping_sub(from), key)
            })
    }

    fn distance(&self, a: u16, b: u16) -> f32 {
        let at = |n: u16| self.world.neighbourhoods[n as usize].at;
        let (dx, dy) = (f64::from(at(a).0 - at(b).0), f64::from(at(a).1 - at(b).1));
        dx.hypot(dy) as f32
    }

    fn comes_to(&self, provider: &Provider, here: u16) -> bool {
        let far = self.distance(provider.home, here);
        provider.open
            && match provider.kind {
                ProviderKind::LargeAgency => true,
                ProviderKind::SmallAgency => far <= self.month.p.small_reach as f32,
                ProviderKind::MicroEnterprise | ProviderKind::Venture => {
                    far <= self.month.p.enterprise_reach as f32
                }
                ProviderKind::Assistant | ProviderKind::InHouse => false,
            }
    }

    /// Whom a person considers: as many walks as they consider offers, each to the next
    /// who does something wanted, whom they have heard of, and who is not yet considered.
    fn considered(&self, i: usize, wanted: &[f32; 3]) -> Vec<usize> {
        let (person, p, levers) = (&self.people[i], self.month.p, &self.month.levers);
        let digital = if person.older { 1.0 - p.digital_divide } else { 1.0 };
        let how_many = p.considered
            + p.considered_digital * levers.digital_infrastructure * digital
            + p.considered_connected * f64::from(person.connected)
            + self.world.facts.luck.arriving.uniform_of(person.key, 1);
        let heard = self.has_heard_of_small(person, digital);
        let wants = some(wanted);
        let mut set = Vec::new();
        for walk in 0..(how_many as u64).clamp(1, 10) {
            let next = self.next_on_ring(person, walk, |row| {
                let provider = &self.providers[row];
                let does = (0..3).any(|kind| wants[kind] && provider.does.has(kind));
                does && !set.contains(&row) && (heard || !provider.is_small_and_local())
            });
            set.extend(next);
        }
        set
    }

    fn has_heard_of_small(&self, person: &Person, digital: f64) -> bool {
        let (p, levers) = (self.month.p, &self.month.levers);
        let told = if person.funded() { levers.micro_awareness } else { 0.0 };
        // Each source of information may miss a person whom the others reach.
        let reaches = [
            p.enterprise_known,
            told,
            p.connected_awareness * f64::from(person.connected),
            p.digital_awareness * digital * levers.digital_infrastructure,
        ];
        let missed: f64 = reaches.iter().map(|share| 1.0 - share).product();
        self.world.facts.luck.awareness.uniform_of(person.key, 10) < 1.0 - missed
    }

    /// The offers that a person could take now.
    fn offers(&self, i: usize, wanted: &[f32; 3]) -> Vec<Offer> {
        let (person, p) = (&self.people[i], self.month.p);
        let levers = self.levers(i);
        let wants = some(wanted);
        // Where that link is off, offers differ by nothing but chance.
        let by_what_shows = self.month.s.choosing_by_what_shows;
        let mut offers = Vec::new();
        for row in self.considered(i, wanted) {
            let provider = &self.providers[row];
            let covers = std::array::from_fn(|kind| wants[kind] && provider.does.has(kind));
            let hours = total(&only(wanted, covers));
            let Some(route) = self.route(person.mechanism, provider, &levers, covers) else {
                continue;
            };
            if !self.would_take(row, hours, route) {
                continue;
            }
            let holds = provider.listed_holder
                || levers.isf_holders == IsfHolders::Open && provider.willing_holder;
            let away = f64::from(self.distance(person.neighbourhood, provider.home));
            let seen = self.worth(person, provider.key, &provider.terms, away / p.local_distance);
            // A fund's holder leans to its own supply, less where small ones are hosted.
            let leaning = if route == Route::Fund && !holds {
                p.own_supply_bias * (1.0 - self.month.levers.hosting)
            } else {
                0.0
            };
            let known = seen.value
                + self.hours_for_money(person, self.bought(provider, route))
                + p.cover_weight * f64::from(hours / total_in_order(wanted) - 1.0)
                - leaning;
            let value = if by_what_shows { known } else { seen.noise };
            let suits = seen.suits;
            offers.push(Offer { row: Some(row), covers, route, suits, value });
        }
        let answered = self.month.luck.queue.uniform_of(person.key, 1) < self.world.labour.filled;
        if person.mechanism == Mechanism::DirectPayment && person.employs && answered {
            let raw = [p.assistant_flexibility, 1.0, -p.assistant_turnover, 0.0, 0.0];
            let key = birth::assistant(person.key, u32::from(person.assistants));
            let seen = self.worth(person, key, &self.world.scaled(&raw, p), 0.0);
            let known = seen.value - p.employing_effort
                + self.hours_for_money(person, self.assistant_bought());
            let value = if by_what_shows { known } else { seen.noise };
            let suits = seen.suits;
            let route = Route::DirectPayment;
            offers.push(Offer { row: None, covers: wants, route, suits, value });
        }
        offers
    }

    /// How an offer would be paid for, where the rules let it be used at all.
    fn route(
        &self,
        mechanism: Mechanism,
        provider: &Provider,
        levers: &Levers,
        covers: [bool; 3],
    ) -> Option<Route> {
        let admitted = match levers.entry_gate {
            EntryGate::Framework if levers.procurement == Procurement::Tender => provider.lots != 0,
            EntryGate::CommunityAccreditation => provider.regulated || provider.accredited,
            _ => provider.regulated,
        };
        let by_others = admitted && (provider.regulated || !covers[0]);
        match mechanism {
            Mechanism::Managed | Mechanism::Mixed => by_others.then_some(Route::Contract),
            Mechanism::Isf => by_others.then_some(Route::Fund),
            Mechanism::DirectPayment => Some(Route::DirectPayment),
            Mechanism::SelfFunded => Some(Route::Private),
        }
    }

    /// What an offer is worth but for its price and the hours it covers.
    fn worth(&self, person: &Person, key: u64, terms: &[f32; 5], away: f64) -> Seen {
        let (p, s) = (self.month.p, self.month.s);
        let [suits, noise] = self.world.facts.luck.pairs.bells(person.key, key);
        let rho = if s.choosers_see_match { p.match_seen } else { 0.0 };
        let [flexible, local, continuity, assurance, reputation] = terms.map(f64::from);
        let wants = person.wants.map(f64::from);
        let known = wants[0] * flexible * (1.0 - self.month.levers.plan_rigidity)
            + wants[1] * (local - away)
            + wants[2] * continuity
            + wants[4] * assurance
            + p.reputation_weight * reputation;
        let noise = (1.0 - rho * rho).sqrt() * noise;
        let value = known + p.match_weight * (rho * suits + noise);
        Seen { suits, value, noise: p.match_weight * noise }
    }

    fn hours_for_money(&self, person: &Person, bought: f32) -> f64 {
        f64::from(person.wants[3]) * f64::from(bought - 1.0) / self.month.p.hours_deviation
    }

    fn price(&self, provider: &Provider, route: Route) -> f64 {
        let (p, average) = (self.month.p, self.world.commissioner.average_price);
        let gap = if self.month.s.going_rate { p.individual_price_gap } else { 0.0 };
        let going_rate = average + gap * (provider.private_price - average).max(0.0);
        match provider.kind {
            ProviderKind::InHouse | ProviderKind::Assistant => return provider.private_price,
            _ => {}
        }
        match route {
            Route::Contract if provider.contract_price > 0.0 => provider.contract_price,
            Route::Spot => average * p.spot_premium,
            Route::Private => provider.private_price,
            _ if provider.is_small_and_local() => {
                provider.private_price * (1.0 + p.host_fee * self.month.levers.hosting)
            }
            _ => going_rate,
        }
    }

    /// Hours bought for each hour planned.
    fn bought(&self, provider: &Provider, route: Route) -> f32 {
        let (p, levers) = (self.month.p, &self.month.levers);
        let money = match route {
            Route::Fund => levers.isf_rate * (1.0 - p.holding_fee),
            Route::DirectPayment => levers.dp_rate,
            _ => return 1.0,
        } * self.world.commissioner.average_price;
        (money / self.price(provider, route)).min(1.0 + p.extra_hours) as f32
    }

    fn assistant_price(&self) -> f64 {
        let world = self.world;
        world.facts.place.contracted_hour * self.month.p.assistant_price * world.pay_index
    }

    fn assistant_bought(&self) -> f32 {
        let money = self.month.levers.dp_rate * self.world.commissioner.average_price;
        (money / self.assistant_price()).min(1.0 + self.month.p.extra_hours) as f32
    }

    /// Whether there is room, and the room is not kept for those who pay better.
    fn would_take(&self, row: usize, hours: f32, route: Route) -> bool {
        let provider = &self.providers[row];
        let room = provider.staff * provider.hours_a_worker - provider.used;
        let left = room - f64::from(hours);
        if !provider.open || room < f64::from(hours) {
            return false;
        }
        let takes_all = provider.kind == ProviderKind::InHouse || provider.is_small_and_local();
        if takes_all || route == Route::Contract && provider.guaranteed > 0.0 {
            return true;
        }
        let pays = self.price(provider, route);
        let better = (provider.private_price / pays - 1.0).min(1.0);
        let capacity = provider.staff * provider.hours_a_worker;
        better <= 0.0 || left >= self.month.p.kept_for_better_payers * capacity * better
    }

    /// Whoever is held is weighed against others; the person moves to one who looks better by
    /// more than a threshold, and it is said whether they do.
    fn reconsider(&mut self, i: usize, threshold: f64) -> bool {
        let plan = self.people[i].plan;
        let main = self.ties[i][0];
        let offers = self.offers(i, &plan);
        let others: Vec<Offer> =
            offers.into_iter().filter(|o| o.row != Some(main.provider as usize)).collect();
        let Some(best) = best_by(&others, |offer| offer.value) else { return false };
        let mut held = self.felt(i);
        if self.month.s.choosing_by_what_shows {
            let bought = self.bought(&self.providers[main.provider as usize], main.route);
            let wish = f64::from(self.people[i].wants[3]);
            held += wish * f64::from(bought - 1.0) / self.month.p.hours_deviation;
        }
        if best.value <= held + threshold {
            self.ties[i][0].picked = true;
            return false;
        }
        self.end(i, main.provider);
        let left = self.unplaced(i);
        self.take(i, &best, &left, true);
        self.people[i].seeking = self.short(i) != [false; 3];
        true
    }

    fn felt(&self, i: usize) -> f64 {
        if !self.month.s.choosing_by_what_shows {
            return 0.0;
        }
        let (person, main) = (&self.people[i], &self.ties[i][0]);
        let (p, s) = (self.month.p, self.month.s);
        let provider = &self.providers[main.provider as usize];
        let away = match provider.kind {
            ProviderKind::Assistant => 0.0,
            _ => f64::from(self.distance(person.neighbourhood, provider.home)) / p.local_distance,
        };
        let grown = if s.relationships_grow { f64::from(main.strength) } else { 0.0 };
        let wants = person.wants.map(f64::from);
        let [flexible, local, continuity, assurance, reputation] = provider.terms.map(f64::from);
        wants[0] * flexible * (1.0 - self.month.levers.plan_rigidity)
            + wants[1] * (local - away)
            + wants[2] * continuity
            + wants[4] * assurance
            + p.reputation_weight * reputation
            + p.match_weight * f64::from(main.suits)
            + p.relationship_weight * grown
    }

    fn take(&mut self, i: usize, offer: &Offer, wanted: &[f32; 3], picked: bool) {
        let covered = only(wanted, offer.covers);
        let Some(row) = offer.row else {
            if self.ties[i].len() == 3 {
                return;
            }
            let hours = covered.map(|hours| hours * self.assistant_bought());
            let row = self.employ(i, &hours);
            return self.begin(i, row, hours, offer.route, offer.suits, picked);
        };
        let bought = self.bought(&self.providers[row], offer.route);
        let hours = covered.map(|hours| hours * bought);
        self.begin(i, row, hours, offer.route, offer.suits, picked);
    }

    fn employ(&mut self, i: usize, hours: &[f32; 3]) -> usize {
        let person = &mut self.people[i];
        let key = birth::assistant(person.key, u32::from(person.assistants));
        person.assistants += 1;
        let mut assistant = self.providers[0].clone();
        assistant.key = key;
        assistant.kind = ProviderKind::Assistant;
        assistant.open = true;
        assistant.regulated = false;
        assistant.accredited = false;
        assistant.guaranteed = 0.0;
        assistant.private_price = self.assistant_price();
        assistant.home = self.people[i].neighbourhood;
        assistant.used = 0.0;
        assistant.staff = f64::from(total_in_order(hours)) / self.month.p.hours_a_worker;
        assistant.hours_a_worker = self.month.p.hours_a_worker;
        assistant.lots = 0;
        assistant.turned_away = 0.0;
        // Some of those who assist would not otherwise do care work.
        let (p, s) = (self.month.p, self.month.s);
        assistant.additional = if s.labour_additionality { p.labour_additionality } else { 0.0 };
        self.looking -= assistant.staff * (1.0 - assistant.additional);
        self.providers.push(assistant);
        self.providers.len() - 1
    }

    fn begin(
        &mut self,
        i: usize,
        row: usize,
        hours: [f32; 3],
        route: Route,
        suits: f64,
        picked: bool,
    ) {
        if total_in_order(&hours) < HOURS_LEFT {
            return;
        }
        let person = &self.people[i];
        let first_day = (self.month.number - 1) as f32 * DAYS_A_MONTH;
        let keyed = self.month.luck.day.uniform_of(person.key, 4) as f32 * DAYS_A_MONTH;
        // Who has waited from an earlier month begins on a keyed day of this one.
        let start_day =
            if person.ready_day < first_day { first_day + keyed } else { person.ready_day };
        let ties = &mut self.ties[i];
        let provider = row as u32;
        let full = ties.len() == 3;
        match ties.iter_mut().find(|tie| tie.provider == provider && tie.route == route) {
            Some(tie) => {
                for (held, more) in tie.hours.iter_mut().zip(hours) {
                    *held += more;
                }
            }
            None if full => return,
            None => ties.push(Arrangement {
                provider,
                hours,
                start_day,
                strength: 0.0,
                suits: suits as f32,
                worker: 0,
                route,
                picked,
            }),
        }
        if matches!(route, Route::Contract | Route::Spot) {
            self.spent += self.month.p.brokerage_cost * self.world.commissioner.average_price;
        }
        self.people[i].urgent = false;
        if !self.people[i].begun {
            self.people[i].begun = true;
            self.waited(Histogram::ToSupport, self.people[i].asked_day, start_day, true);
        }
        self.recount(i, &[provider]);
    }

    /// A wait that has ended or was cut off, by whole weeks; what began before the fork is
    /// left out.
    fn waited(&mut self, of: Histogram, from: f32, to: f32, ended: bool) {
        let years = self.world.outcomes.years as f32;
        if from >= 0.0 && from < years * 12.0 * DAYS_A_MONTH {
            let week = (f64::from(to - from).max(0.0) / 7.0) as usize;
            let waits = &mut self.waits[of as usize];
            let weeks = if ended { &mut waits.ended } else { &mut waits.censored };
            weeks[week.min(BINS - 1)] += 1;
        }
    }

    /// The largest first, and what providers have promised added up anew.
    fn recount(&mut self, i: usize, changed: &[u32]) {
        self.ties[i].sort_by(|a, b| total(&b.hours).total_cmp(&total(&a.hours)));
        for row in changed {
            let all: Vec<&Arrangement> =
                self.ties.iter().flatten().filter(|tie| tie.provider == *row).collect();
            self.providers[*row as usize].used = promised(&all);
        }
    }

    fn end(&mut self, i: usize, row: u32) {
        self.ties[i].retain(|tie| tie.provider != row);
        let provider = &mut self.providers[row as usize];
        if provider.kind == ProviderKind::Assistant {
            provider.open = false;
            // Who came to care for this person goes; others look for other work.
            self.looking += provider.staff * (1.0 - provider.additional);
        }
        self.recount(i, &[row]);
    }

    /// The same supporters, paid for in the way that holds now, where the rules allow it.
    fn carry_over(&mut self, i: usize) {
        let person = self.people[i].clone();
        let here = person.neighbourhood;
        for tie in self.ties[i].clone() {
            let provider = &self.providers[tie.provider as usize];
            let own = provider.kind == ProviderKind::InHouse;
            let on_framework = provider.lots >> here & 1 == 1;
            let may_hold = provider.regulated || provider.accredited && tie.hours[0] <= HOURS_LEFT;
            let route = match person.mechanism {
                Mechanism::Managed | Mechanism::Mixed => provider
                    .regulated
                    .then_some(if own || on_framework { Route::Contract } else { Route::Spot }),
                _ if own => None,
                Mechanism::Isf => may_hold.then_some(Route::Fund),
                Mechanism::DirectPayment => Some(Route::DirectPayment),
                Mechanism::SelfFunded => Some(Route::Private),
            };
            match route {
                None => self.end(i, tie.provider),
                Some(route) => {
                    for held in self.ties[i].iter_mut().filter(|held| **held == tie) {
                        held.route = route;
                    }
                }
            }
        }
        match person.mechanism {
            Mechanism::Mixed => self.split(i),
            // Nobody holds money any more: what is left goes back.
            Mechanism::Managed | Mechanism::SelfFunded => {
                self.spent -= std::mem::take(&mut self.people[i].account);
            }
            _ => {}
        }
        self.follow_plan(i);
    }

    /// The council pays for the personal care, the person's part for the rest.
    fn split(&mut self, i: usize) {
        let ties = &mut self.ties[i];
        let Some(main) = ties.first().copied() else { return };
        let own = self.providers[main.provider as usize].kind == ProviderKind::InHouse;
        let council = main.route == Route::Contract || main.route == Route::Spot;
        let rest = [0.0, main.hours[1], main.hours[2]];
        if ties.len() == 3 || own || !council {
            return;
        }
        if main.hours[0] <= 0.0 {
            ties[0].route = Route::DirectPayment;
        } else if total(&rest) > HOURS_LEFT {
            ties[0].hours = [main.hours[0], 0.0, 0.0];
            ties.push(Arrangement { hours: rest, route: Route::DirectPayment, ..main });
        }
        self.recount(i, &[main.provider]);
    }

    /// All give less where the plan is less; where it is more the main supporter gives
    /// more, as far as there is room.
    fn follow_plan(&mut self, i: usize) {
        if self.ties[i].is_empty() {
            self.people[i].seeking = true;
            return;
        }
        let main = self.ties[i][0];
        let bought = self.bought(&self.providers[main.provider as usize], main.route);
        let changed: Vec<u32> = self.ties[i].iter().map(|tie| tie.provider).collect();
        for kind in 0..3 {
            let held: f32 = self.ties[i].iter().map(|tie| tie.hours[kind]).sum();
            let target = self.people[i].plan[kind] * bought;
            if held > target {
                for tie in &mut self.ties[i] {
                    tie.hours[kind] -= tie.hours[kind] * (1.0 - target / held);
                }
            } else if self.ties[i][0].hours[kind] > 0.0 {
                let provider = &self.providers[main.provider as usize];
                let room = provider.staff * provider.hours_a_worker - provider.used;
                let more = f64::from(target - held).min(room.max(0.0));
                self.ties[i][0].hours[kind] += more as f32;
            }
            self.keep_order(i, &changed);
        }
        self.recount(i, &[]);
        self.people[i].seeking = self.short(i) != [false; 3];
    }

    /// Adds up what providers have promised, and leaves the order of a package alone.
    fn keep_order(&mut self, i: usize, changed: &[u32]) {
        let order = self.ties[i].clone();
        self.recount(i, changed);
        self.ties[i] = order;
    }
}

/// As the model adds up hours it is asked for: from nothing, in order.
fn total_in_order(hours: &[f32; 3]) -> f32 {
    hours.iter().sum()
}

fn best_by(offers: &[Offer], worth: impl Fn(&Offer) -> f64) -> Option<Offer> {
    offers.iter().max_by(|a, b| worth(a).total_cmp(&worth(b))).cloned()
}

/// A person after the month's sourcing, to be compared: whom they have by birth key, for
/// which hours, from which day and by which route.
fn placed(person: &Person, ties: &[Arrangement], providers: &[Provider]) -> String {
    let ties: Vec<String> = ties
        .iter()
        .map(|tie| {
            let key = providers[tie.provider as usize].key;
            let (hours, day) = (tie.hours.map(f32::to_bits), tie.start_day.to_bits());
            let (suits, route, picked) = (tie.suits.to_bits(), tie.route, tie.picked);
            let grown = (tie.strength.to_bits(), tie.worker);
            format!("{key:x} {:?} {hours:?} {day} {route:?} {suits} {picked} {grown:?}", tie.hours)
        })
        .collect();
    // Days that have not come are not numbers, so they are compared by their bits.
    let days = [person.asked_day, person.ready_day, person.setup_day, person.wish_day];
    let person = Person {
        main: Arrangement::NONE,
        more: 0,
        setup_day: 0.0,
        wish_day: 0.0,
        ..person.clone()
    };
    format!("{person:?}, {:?}: {}", days.map(f32::to_bits), ties.join("; "))
}

/// Waits of everybody in a world's first year.
fn waits(world: &World) -> [Spells; HISTOGRAMS] {
    [Histogram::ToSupport, Histogram::ToLeave]
        .map(|of| world.outcomes.spells(of, 0, Period::Year(1)).unwrap_or_default())
}

/// Providers that are open, by birth key: hours promised and turned away, and staff.
fn open(providers: &[Provider]) -> BTreeMap<u64, [f64; 3]> {
    let open = providers.iter().filter(|provider| provider.open);
    open.map(|p| (p.key, [p.used, p.turned_away, p.staff])).collect()
}

/// Where people and their supporters differ between the model and its twin.
fn people_apart(world: &World, twin: &Twin<'_>, providers: &[Provider]) -> Vec<String> {
    let mut found = Vec::new();
    for (i, person) in world.people.iter().enumerate() {
        let ties: Vec<Arrangement> =
            world.arrangements(person).into_iter().filter(Arrangement::exists).collect();
        let model = placed(person, &ties, &world.providers);
        let plain = placed(&twin.people[i], &twin.ties[i], providers);
        if model != plain {
            found.push(format!("{model}\n and not {plain}\n was {:?}", twin.world.people[i]));
        }
    }
    found
}

/// Where the model and its twin differ after a process.
fn apart(world: &World, twin: &Twin<'_>) -> Vec<String> {
    let mut found = people_apart(world, twin, &twin.providers);
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    let (model, plain) = (open(&world.providers), open(&twin.providers));
    if !model.keys().eq(plain.keys()) {
        found.push("other providers are open".to_owned());
    }
    for ((key, a), b) in model.iter().zip(plain.values()) {
        if !a.iter().zip(b).all(|(a, b)| same(*a, *b)) {
            found.push(format!("provider {key:x}: {a:?} and not {b:?}"));
        }
    }
    let commissioner = &world.commissioner;
    for (what, a, b) in [
        ("look for care work", world.labour.looking, twin.looking),
        ("is spent", commissioner.spent, twin.spent),
        ("of an assessment is left", commissioner.assessment_credit, twin.credit),
    ] {
        if !same(a, b) {
            found.push(format!("{a} {what}, and not {b}"));
        }
    }
    if waits(world) != twin.waits {
        found.push(format!("waits {:?}\n and not {:?}", waits(world), twin.waits));
    }
    found
}

/// Where a tender has left other hours, workers or payments for nothing than the twin says.
fn staff_apart(world: &World, twin: &Twin<'_>) -> Vec<String> {
    let topped_up = twin.topped_up(world);
    let rows = world.providers.iter().zip(&twin.providers).zip(topped_up);
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    rows.filter(|((a, b), paid)| {
        !same(a.used, b.used) || !same(a.staff, b.staff) || !same(a.topped_up, *paid)
    })
    .map(|((a, b), paid)| format!("{a:?}\n and not {b:?}, topped up by {paid}"))
    .collect()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_plain_twin_places_everybody_alike(
        seed in 0_u64..1_000_000,
        far in 0.0_f64..1.0,
        levers in 0_u64..1_000_000,
        size in 0.1_f64..0.5,
        months in 1_i32..8,
    ) {
        let mut experiment = town(vec![]);
        experiment.seed = seed;
        experiment.parameters = drawn(seed, far);
        experiment.structures = any_structures(levers);
        // Half of the rules are the place's own, half are arriving.
        for (lever, setting) in any_levers(levers) {
            prop_assert!(experiment.places[0].status_quo.set(lever, &setting));
        }
        for clients in &mut experiment.places[0].clients {
            *clients *= size;
        }
        experiment.parameters.enterprises_at_start = 40.0;
        experiment.parameters.founders = 60.0;
        let parameters = &experiment.parameters;
        let mut world = build::world(&experiment.places[0], parameters, luck(&experiment, 0), 1);
        let stages = announces(1, &any_levers(levers + 1)).stages(world.status_quo());
        let structures = &experiment.structures;
        let settings = Settings { parameters, structures, stages: &stages, years: 0, blows: &[], reads: commissim::outcomes::Reads::ALL };
        world.commissioner.arrived = vec![noise(seed, 1)];
        // Planners are short of time, or have it; waits are counted from the first month.
        world.commissioner.assessment_capacity *= 0.3 + noise(seed, 2);
        world.outcomes = Outcomes::new(1);
        // What would take years to come about is there from the start.
        for provider in &mut world.providers {
            let (guaranteed, accredited) = (noise(seed, provider.key), noise(seed, !provider.key));
            provider.guaranteed = if guaranteed < 0.3 { 50.0 } else { 0.0 };
            provider.accredited = provider.is_small_and_local() && accredited < 0.7;
            if provider.is_agency() && noise(seed ^ 1, provider.key) < 0.3 {
                // In debt, and under contract for less than it costs: it hands back.
                (provider.reserves, provider.contract_price) = (-1e6, 5.0);
            }
        }
        for number in 1..=months {
            world.month = number;
            let month = Month::of(&world, &settings);
            // Who has grown since the quarter began is not yet looked for elsewhere; the
            // twin knows only who comes where now.
            world.rebuild_rings(number);
            for (process, run) in commissim::model::PROCESSES {
                let before = world.clone();
                let mut twin = Twin::of(&before, &month);
                match *process {
                    "assessment" => twin.assesses(),
                    "sourcing" => twin.places(),
                    "switching" => twin.lets_leave(),
                    "market" | "commissioning" => {
                        run(&mut world, &month);
                        let found = if *process == "market" {
                            twin.parts(&world);
                            people_apart(&world, &twin, &before.providers)
                        } else {
                            twin.moves_on(&world);
                            let mut found = people_apart(&world, &twin, &before.providers);
                            found.extend(staff_apart(&world, &twin));
                            found
                        };
                        prop_assert!(found.is_empty(), "month {number}, {process}: {}", found[0]);
                        continue;
                    }
                    _ => {
                        run(&mut world, &month);
                        continue;
                    }
                }
                run(&mut world, &month);
                let found = apart(&world, &twin);
                prop_assert!(found.is_empty(), "month {number}, {process}: {}", found[0]);
                if *process == "assessment" {
                    prop_assert_eq!(&world.seen, &twin.seen, "month {}", number);
                }
            }
        }
    }
}
