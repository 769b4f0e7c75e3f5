//! The offers a person considers: at most ten, each valued where it could be taken.
//!
//! One considered set a person and month serves the choice of mechanism, the
//! search for a supporter and the wish to leave. It is found by walks from keyed
//! points on a ring of the neighbourhood's offers, so one closure touches only
//! the sets it was in, and nobody scans the market.

use super::Month;
use super::world::{Kinds, Person, Provider, ProviderKind, ProviderRow, Route, TERMS, World};
use crate::draws::birth;
use crate::levers::{EntryGate, IsfHolders, Levers, Mechanism, Procurement};
use crate::parameters::Parameters;

/// Stands for somebody the person would employ, in place of a provider's row.
pub const ASSISTANT: ProviderRow = u32::MAX - 1;
/// The most offers anybody considers.
pub const MOST: usize = 10;

/// One offer, as a person sees it.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Whose it is; [`ASSISTANT`] for somebody the person would employ.
    pub provider: ProviderRow,
    /// Which kinds of the hours wanted it covers.
    pub covers: Kinds,
    /// Value but for price, as seen before starting, in standard deviations.
    pub value: f64,
    /// What the seen value holds of noise.
    pub noise: f64,
    /// How well the two suit each other.
    pub suits: f64,
}

/// Whose offers a person considers.
#[derive(Clone, Copy, Debug)]
pub struct Considered {
    list: [(ProviderRow, Kinds); MOST],
    count: usize,
}

impl Considered {
    /// In the order they came to mind: whose, and which kinds of the hours wanted it covers.
    pub fn iter(&self) -> impl Iterator<Item = (ProviderRow, Kinds)> {
        self.list[..self.count].iter().copied()
    }
}

/// What the person can buy through a mechanism, and how it would be paid for;
/// none where the rules do not let the provider be used.
pub fn route(
    provider: &Provider,
    mechanism: Mechanism,
    levers: &Levers,
    kinds: Kinds,
) -> Option<Route> {
    let regulated_enough = provider.regulated || !kinds.has(0);
    match mechanism {
        Mechanism::Managed | Mechanism::Mixed => {
            (regulated_enough && gate(provider, levers)).then_some(Route::Contract)
        }
        // Personal care bought by a holder must be regulated.
        Mechanism::Isf => (regulated_enough && gate(provider, levers)).then_some(Route::Fund),
        Mechanism::DirectPayment => Some(Route::DirectPayment),
        Mechanism::SelfFunded => Some(Route::Private),
    }
}

/// Whether the entry gate lets a provider offer support with public money that
/// the council or a holder spends.
fn gate(provider: &Provider, levers: &Levers) -> bool {
    match levers.entry_gate {
        // Where nothing is tendered there is no framework to be on.
        EntryGate::Framework if levers.procurement == Procurement::FlexibleContract => {
            provider.regulated
        }
        EntryGate::Framework => provider.lots != 0,
        EntryGate::RegulatedOnly => provider.regulated,
        EntryGate::CommunityAccreditation => provider.regulated || provider.accredited,
    }
}

/// Whether a provider holds individual service funds.
pub fn holds_funds(provider: &Provider, levers: &Levers) -> bool {
    match levers.isf_holders {
        IsfHolders::Listed => provider.listed_holder,
        IsfHolders::Open => provider.listed_holder || provider.willing_holder,
    }
}

impl World {
    /// Whether a provider holds individual service funds, under the rules that have
    /// reached it.
    pub fn holds(&self, provider: &Provider, month: &Month<'_>) -> bool {
        let latent = self.facts.luck.arriving.uniform(provider.key);
        holds_funds(provider, month.reaching(latent))
    }

    /// Whose offers a person considers this month for hours of these kinds; each is valued
    /// where it could be taken.
    pub fn considered(&mut self, index: usize, kinds: Kinds, month: &Month<'_>) -> Considered {
        self.counts.searches += 1;
        let person = &self.people[index];
        let p = month.p;
        // The fraction of an offer is a chance, by a latent fixed for the person.
        let digital = if person.older { 1.0 - p.digital_divide } else { 1.0 };
        let wanted = p.considered
            + p.considered_digital * month.levers.digital_infrastructure * digital
            + p.considered_connected * f64::from(person.connected);
        let latent = self.facts.luck.arriving.uniform_of(person.key, 1);
        let most = ((wanted + latent) as usize).clamp(1, MOST);
        let ring = &self.neighbourhoods[person.neighbourhood as usize].ring;
        let knows_small = self.knows_small(person, month);
        let mut points = [0; MOST];
        for (walk, point) in points[..most].iter_mut().enumerate() {
            *point = (month.luck.search.words(person.key, walk as u64)[0] >> 32) as u32;
        }
        let mut found = [(0, Kinds(0)); MOST];
        let mut count = 0;
        for from in &points[..most] {
            let first = ring.partition_point(|(at, _)| at < from);
            let (before, after) = ring.split_at(first);
            let next = after.iter().chain(before).find_map(|(_, row)| {
                let provider = &self.providers[*row as usize];
                let covers = provider.does.and(kinds);
                let heard = knows_small || !provider.is_small_and_local();
                let known = || found[..count].iter().any(|(found, _)| found == row);
                (heard && !covers.is_empty() && !known()).then_some((*row, covers))
            });
            if let Some(next) = next {
                found[count] = next;
                count += 1;
            }
        }
        Considered { list: found, count }
    }

    /// Whether a person knows that a budget, or their own money, can buy support from
    /// an individual, an enterprise or a community organisation.
    pub fn knows_small(&self, person: &Person, month: &Month<'_>) -> bool {
        let p = month.p;
        let digital = if person.older { 1.0 - p.digital_divide } else { 1.0 };
        let told = if person.funded() { month.levers.micro_awareness } else { 0.0 };
        let missed = (1.0 - p.enterprise_known)
            * (1.0 - told)
            * (1.0 - p.connected_awareness * f64::from(person.connected))
            * (1.0 - p.digital_awareness * digital * month.levers.digital_infrastructure);
        self.facts.luck.awareness.uniform_of(person.key, SMALL) < 1.0 - missed
    }

    /// One provider's offer to a person.
    pub fn offer(
        &self,
        person: &Person,
        row: ProviderRow,
        covers: Kinds,
        month: &Month<'_>,
    ) -> Offer {
        let provider = &self.providers[row as usize];
        let distance = self.facts.between(person.neighbourhood, provider.home);
        let near = f64::from(distance) / month.p.local_distance;
        self.valued(person, row, provider.key, covers, &provider.terms, near, month)
    }

    /// The offer of somebody the person would employ: the same somebody in every
    /// regime, until that one has been employed.
    pub fn assistant_offer(&self, person: &Person, covers: Kinds, month: &Month<'_>) -> Offer {
        let key = birth::assistant(person.key, u32::from(person.assistants));
        let terms = &month.assistant_terms;
        let mut offer = self.valued(person, ASSISTANT, key, covers, terms, 0.0, month);
        offer.value -= month.p.employing_effort;
        offer
    }

    /// The terms of a personal assistant, on the scale of the place's providers.
    pub fn assistant_terms(&self, p: &Parameters) -> [f32; TERMS] {
        let raw = [p.assistant_flexibility, 1.0, -p.assistant_turnover, 0.0, 0.0];
        self.scaled(&raw, p)
    }

    /// Raw terms on the scale of the place's providers: mean 0, sd 1.
    pub fn scaled(&self, raw: &[f64; TERMS], p: &Parameters) -> [f32; TERMS] {
        let mut terms = [0.0; TERMS];
        for (index, term) in terms.iter_mut().enumerate() {
            let sd = self.centres.term_sds[index];
            if sd > 0.0 {
                // Somebody quite unlike the rest is still judged on a bounded scale.
                let scaled = (raw[index] - self.centres.term_means[index]) / sd;
                *term = scaled.clamp(-p.term_limit, p.term_limit) as f32;
            }
        }
        terms
    }

    #[expect(clippy::too_many_arguments, reason = "an offer is made of the two sides and the tie")]
    #[inline(always)]
    fn valued(
        &self,
        person: &Person,
        row: ProviderRow,
        key: u64,
        covers: Kinds,
        terms: &[f32; TERMS],
        distance: f64,
        month: &Month<'_>,
    ) -> Offer {
        let p = month.p;
        let [suits, noise] = self.facts.luck.pairs.bells(person.key, key);
        let (seen, blurred) = (month.seen, month.unseen * noise);
        let wants = &person.wants;
        let [flexible, local, continuity, assurance, reputation] = terms.map(f64::from);
        let known = f64::from(wants[0]) * flexible * (1.0 - month.levers.plan_rigidity)
            + f64::from(wants[1]) * (local - distance)
            + f64::from(wants[2]) * continuity
            + f64::from(wants[4]) * assurance
            + p.reputation_weight * reputation;
        Offer {
            provider: row,
            covers,
            value: known + p.match_weight * (seen * suits + blurred),
            noise: p.match_weight * blurred,
            suits,
        }
    }

    /// What fewer or more hours for the money take from or add to an offer.
    pub fn hours_term(&self, person: &Person, bought: f32, month: &Month<'_>) -> f64 {
        f64::from(person.wants[3]) * f64::from(bought - 1.0) / month.p.hours_deviation
    }

    /// Hours a week, of those wanted, that fall to kinds an offer covers.
    pub fn covered(wanted: &[f32; 3], covers: Kinds) -> [f32; 3] {
        let mut hours = [0.0; 3];
        for (kind, hours) in hours.iter_mut().enumerate() {
            if covers.has(kind) {
                *hours = wanted[kind];
            }
        }
        hours
    }

    /// Whether a provider has room for hours and would take them at what the route
    /// pays: when nearly full, room goes first to the better-paying route.
    #[inline(always)]
    pub fn would_take(
        &self,
        row: ProviderRow,
        hours: f32,
        route: Route,
        month: &Month<'_>,
    ) -> bool {
        let provider = &self.providers[row as usize];
        if !provider.open || provider.room() < f64::from(hours) {
            return false;
        }
        let obliged = route == Route::Contract && provider.guaranteed > 0.0;
        if provider.kind == ProviderKind::InHouse || provider.is_small_and_local() || obliged {
            return true;
        }
        let kept_back = month.p.kept_for_better_payers * provider.capacity();
        let best = provider.private_price;
        let pays = self.price(provider, route, month);
        pays >= best
            || provider.room() - f64::from(hours) >= kept_back * (best / pays - 1.0).min(1.0)
    }
}

/// Numbers the latent of knowing of enterprises among a person's latents of awareness.
const SMALL: u64 = 10;
