//! An organisation or person who supports people.

use super::person::{Kinds, ROUTES, TERMS};

/// What kind of organisation or person supports people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ProviderKind {
    /// An agency that serves the whole place, or a branch of a national chain.
    LargeAgency = 0,
    /// An agency that serves the neighbourhoods around its own.
    SmallAgency = 1,
    /// Somebody a person employs.
    Assistant = 2,
    /// The council's own service.
    InHouse = 3,
    /// Up to five people, often one, working near home.
    MicroEnterprise = 4,
    /// A community venture, largely voluntary.
    Venture = 5,
}

/// An organisation or person who supports people.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// Birth key.
    pub key: u64,
    /// Kind.
    pub kind: ProviderKind,
    /// Whether it works; a row that does not may be used again.
    pub open: bool,
    /// Home neighbourhood.
    pub home: u16,
    /// National chain, or 0.
    pub chain: u16,
    /// What it does.
    pub does: Kinds,
    /// Registered with the national regulator.
    pub regulated: bool,
    /// Accredited by the community.
    pub accredited: bool,
    /// Month in which it started.
    pub since: i32,
    /// Hours a week paid for whether used or not.
    pub guaranteed: f64,
    /// Paid last month for guaranteed hours that nobody used, £.
    pub topped_up: f64,
    /// Holds individual service funds where holders are listed.
    pub listed_holder: bool,
    /// Would hold individual service funds where any accredited organisation can.
    pub willing_holder: bool,
    /// Wants to grow.
    pub wants_growth: bool,
    /// Care workers.
    pub staff: f64,
    /// Share of them who would not otherwise do care work.
    pub additional: f64,
    /// Hours of support a week that one worker gives.
    pub hours_a_worker: f64,
    /// Hours a week promised in arrangements.
    pub used: f64,
    /// Hours a week that its framework would have given it this month, had it had room.
    pub turned_away: f64,
    /// Hours a week delivered last month, by route.
    pub sold: [f64; ROUTES],
    /// Revenue of the last month, £.
    pub revenue: f64,
    /// Costs of the last month, £.
    pub costs: f64,
    /// Share of promised hours that staff can deliver.
    pub reliability: f64,
    /// Price under contract, £ an hour; 0 where it has none.
    pub contract_price: f64,
    /// Price to private customers, £ an hour.
    pub private_price: f64,
    /// Pay over the place's usual pay.
    pub pay: f64,
    /// How far above the usual it pays while its accounts allow.
    pub own_pay: f64,
    /// Cost of an hour all in, £.
    pub unit_cost: f64,
    /// Overhead a month, £.
    pub overhead: f64,
    /// Reserves, £.
    pub reserves: f64,
    /// Months in a row with reserves below zero.
    pub months_short: u32,
    /// Share of workers who leave in a year.
    pub turnover: f64,
    /// Quality, in standard deviations of providers.
    pub quality: f64,
    /// Quality it has while its accounts allow.
    pub own_quality: f64,
    /// Flexibility, in standard deviations.
    pub flexibility: f64,
    /// Flexibility it has by nature.
    pub own_flexibility: f64,
    /// Rootedness at average size.
    pub own_rooted: f64,
    /// Rootedness: how far staff, ties and spending are local, 0 to 1.
    pub rooted: f64,
    /// Neighbourhoods for which it holds a place on the framework, as bits.
    pub lots: u64,
    /// What an offer of it is worth but for place, price and pair, in standard
    /// deviations: flexible, local, continuity, assurance, reputation.
    pub terms: [f32; TERMS],
}

impl Provider {
    /// A provider of whom nothing is said yet but that it works.
    pub const BLANK: Provider = Provider {
        key: 0,
        kind: ProviderKind::SmallAgency,
        open: true,
        home: 0,
        chain: 0,
        does: Kinds(0),
        regulated: false,
        accredited: false,
        since: 0,
        guaranteed: 0.0,
        topped_up: 0.0,
        listed_holder: false,
        willing_holder: false,
        wants_growth: false,
        staff: 0.0,
        additional: 0.0,
        hours_a_worker: 0.0,
        used: 0.0,
        turned_away: 0.0,
        sold: [0.0; ROUTES],
        revenue: 0.0,
        costs: 0.0,
        reliability: 1.0,
        contract_price: 0.0,
        private_price: 0.0,
        pay: 0.0,
        own_pay: 0.0,
        unit_cost: 0.0,
        overhead: 0.0,
        reserves: 0.0,
        months_short: 0,
        turnover: 0.0,
        quality: 0.0,
        own_quality: 0.0,
        flexibility: 0.0,
        own_flexibility: 0.0,
        own_rooted: 0.0,
        rooted: 0.0,
        lots: 0,
        terms: [0.0; TERMS],
    };

    /// Hours a week that its staff can give.
    #[inline(always)]
    pub fn capacity(&self) -> f64 {
        self.staff * self.hours_a_worker
    }

    /// Hours a week it could still take on.
    #[inline(always)]
    pub fn room(&self) -> f64 {
        self.capacity() - self.used
    }

    /// Whether it is a micro-enterprise or a community venture.
    #[inline(always)]
    pub fn is_small_and_local(&self) -> bool {
        matches!(self.kind, ProviderKind::MicroEnterprise | ProviderKind::Venture)
    }

    /// Whether one person is the whole provider, where so many workers cover for each other.
    #[inline(always)]
    pub fn is_one_person(&self, covers_itself: f64) -> bool {
        self.kind == ProviderKind::Assistant
            || self.is_small_and_local() && self.staff < covers_itself
    }

    /// Whether it is an agency.
    #[inline(always)]
    pub fn is_agency(&self) -> bool {
        matches!(self.kind, ProviderKind::LargeAgency | ProviderKind::SmallAgency)
    }
}
