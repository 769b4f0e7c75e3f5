//! State, and nothing else: people, providers, neighbourhoods, the commissioner.

use super::build::Class;
use super::hazards::Ceilings;
use crate::draws::{Draws, Luck, Stream};
use crate::levers::{Levers, Mechanism};
use crate::outcomes::{Outcomes, Stratum, Tally};
use crate::place::Place;
use std::sync::Arc;

/// Days in a month of the model.
pub const DAYS_A_MONTH: f32 = 30.4375;
/// Weeks in a month of the model.
pub const WEEKS_A_MONTH: f64 = 4.348_125;
/// Months in a year.
pub const MONTHS_A_YEAR: i32 = 12;

/// What a person needs help with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NeedKind {
    /// Washing, dressing, eating: regulated.
    PersonalCare = 0,
    /// Help at home.
    HelpAtHome = 1,
    /// Company and activity.
    Company = 2,
}

/// A set of kinds of need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Kinds(pub u8);

impl Kinds {
    /// All three.
    pub const ALL: Kinds = Kinds(0b111);
    /// Everything but personal care.
    pub const UNREGULATED: Kinds = Kinds(0b110);
    /// Company and activity alone.
    pub const COMPANY: Kinds = Kinds(0b100);
    /// Personal care alone.
    pub const PERSONAL_CARE: Kinds = Kinds(0b001);

    /// Whether a kind is in the set.
    #[inline(always)]
    pub fn has(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }

    /// Those in both sets.
    #[inline(always)]
    pub fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    /// Whether there are none.
    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds of which some hours are left.
    #[inline(always)]
    pub fn of(hours: &[f32; 3]) -> Kinds {
        Kinds((0..3).fold(0, |set, k| set | u8::from(hours[k] > HOURS_LEFT) << k))
    }
}

/// Hours a week below which nothing is left to place.
pub const HOURS_LEFT: f32 = 1e-3;

/// Primary support reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Reason {
    /// Physical support.
    Physical = 0,
    /// Sensory support.
    Sensory = 1,
    /// Support with memory and cognition.
    Memory = 2,
    /// Learning disability support.
    Learning = 3,
    /// Mental health support.
    MentalHealth = 4,
    /// Social support.
    Social = 5,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Reason; 6] = [
        Reason::Physical,
        Reason::Sensory,
        Reason::Memory,
        Reason::Learning,
        Reason::MentalHealth,
        Reason::Social,
    ];
}

/// Where a person is on the way to support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Asked, and waiting for assessment.
    Asked,
    /// Eligible, at home, with or without support yet.
    AtHome,
    /// Living in a care home.
    CareHome,
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The person, in full.
    PaysInFull,
    /// The council, and the person a charge.
    PaysCharge,
    /// The council.
    PaysNothing,
}

/// How an arrangement is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Route {
    /// By the council, under contract.
    Contract = 0,
    /// By the council, outside the framework.
    Spot = 1,
    /// Out of an individual service fund.
    Fund = 2,
    /// Out of a direct payment.
    DirectPayment = 3,
    /// By the person.
    Private = 4,
}

/// Number of routes.
pub const ROUTES: usize = 5;

/// Number of terms that describe a provider: flexible, local, continuity,
/// assurance, reputation.
pub const TERMS: usize = 5;

/// A place in the list of providers.
pub type ProviderRow = u32;
/// No provider.
pub const NOBODY: ProviderRow = u32::MAX;

/// Support by one provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrangement {
    /// Who supports.
    pub provider: ProviderRow,
    /// Hours a week, by kind of need.
    pub hours: [f32; 3],
    /// Day it starts, counted from the fork.
    pub start_day: f32,
    /// Strength of the relationship, 0 to 1.
    pub strength: f32,
    /// How well this supporter suits this person, sd 1.
    pub suits: f32,
    /// How it is paid for.
    pub route: Route,
    /// Whether the person took it from two or more offers, known and with room.
    pub picked: bool,
}

impl Arrangement {
    /// No arrangement.
    pub const NONE: Arrangement = Arrangement {
        provider: NOBODY,
        hours: [0.0; 3],
        start_day: 0.0,
        strength: 0.0,
        suits: 0.0,
        route: Route::Contract,
        picked: false,
    };

    /// Whether there is one.
    #[inline(always)]
    pub fn exists(&self) -> bool {
        self.provider != NOBODY
    }

    /// Hours a week of all kinds.
    #[inline(always)]
    pub fn total(&self) -> f32 {
        self.hours[0] + self.hours[1] + self.hours[2]
    }

    /// The same, to be added up: sums of single precision are exact in double, so what
    /// a provider has promised does not drift.
    #[inline(always)]
    pub fn promised(&self) -> f64 {
        self.hours.iter().map(|hours| f64::from(*hours)).sum()
    }

    /// Share of a month that begins on `first_day` in which it runs.
    #[inline(always)]
    pub fn share_of_month(&self, first_day: f32) -> f32 {
        (1.0 - (self.start_day - first_day) / DAYS_A_MONTH).clamp(0.0, 1.0)
    }
}

/// What may strike a person: each has candidate months of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Hazard {
    /// Death.
    Dying = 0,
    /// Recovery, or moving away.
    Leaving = 1,
    /// Need steps up or down.
    NeedChange = 2,
    /// A review is due.
    Review = 3,
    /// Emergency admission to hospital.
    Admission = 4,
    /// A lasting move to a care home.
    CareHomeMove = 5,
    /// The wish to change supporter.
    WishToLeave = 6,
    /// A self-funder's savings run out.
    SavingsRunOut = 7,
    /// A safeguarding incident.
    Incident = 8,
}

/// Number of hazards.
pub const HAZARDS: usize = 9;

impl Hazard {
    /// Every hazard, in order.
    pub const ALL: [Hazard; HAZARDS] = [
        Hazard::Dying,
        Hazard::Leaving,
        Hazard::NeedChange,
        Hazard::Review,
        Hazard::Admission,
        Hazard::CareHomeMove,
        Hazard::WishToLeave,
        Hazard::SavingsRunOut,
        Hazard::Incident,
    ];
}

/// A person who draws on care and support.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Birth key.
    pub key: u64,
    /// Money held as a direct payment and not yet spent, £.
    pub account: f64,
    /// Hours a week needed of formal support, by kind; the same in every regime.
    pub need: [f32; 3],
    /// Hours a week in the plan, by kind.
    pub plan: [f32; 3],
    /// Weights of the five terms of an offer: flexible, local, continuity, hours, assurance.
    pub wants: [f32; 5],
    /// Wish to be in control.
    pub control_taste: f32,
    /// Capacity to manage a budget, own or a helper's.
    pub capacity: f32,
    /// Unpaid care a week, hours, at average connectedness.
    pub informal: f32,
    /// Connectedness, 0 to 1.
    pub connected: f32,
    /// Connectedness that the person comes back to.
    pub connected_base: f32,
    /// Log of need over the mean of the group: raises deaths and crises.
    pub severity: f32,
    /// Felt fit this month, sd.
    pub fit: f32,
    /// Moving average of felt fit.
    pub satisfaction: f32,
    /// Hours delivered over hours needed last month.
    pub met: f32,
    /// Social-care-related quality of life last month, 0 to 24.
    pub life: f32,
    /// Day of asking for assessment, or of the assessment; counted from the fork.
    pub asked_day: f32,
    /// First day on which support may start, leads carried over.
    pub ready_day: f32,
    /// Day the present wish to change supporter began; NaN for none.
    pub wish_day: f32,
    /// Day a chosen mechanism will be set up; NaN for none.
    pub setup_day: f32,
    /// The main arrangement.
    pub main: Arrangement,
    /// Row of the further arrangements in the pool; `NOBODY` for none.
    pub more: u32,
    /// Main supporter's birth key twelve months ago, folded; 0 for none.
    pub anchor: u32,
    /// Next candidate month of each hazard.
    pub next: [i16; HAZARDS],
    /// The soonest of them.
    pub soonest: i16,
    /// Neighbourhood.
    pub neighbourhood: u16,
    /// Groups that no regime changes.
    pub stratum: Stratum,
    /// Reason.
    pub reason: Reason,
    /// Stage.
    pub stage: Stage,
    /// Who pays.
    pub means: Means,
    /// Who holds the budget.
    pub mechanism: Mechanism,
    /// The mechanism chosen and not yet set up.
    pub chosen: Mechanism,
    /// 65 or over.
    pub older: bool,
    /// Came from hospital, so goes first.
    pub urgent: bool,
    /// A review is due and has not been held.
    pub review_due: bool,
    /// Came straight into a care home, so the stay ends at a care home's rate.
    pub in_care_home_from_start: bool,
    /// Asked survey questions.
    pub on_panel: bool,
    /// Would employ somebody.
    pub employs: bool,
    /// First hour of support has been had.
    pub begun: bool,
    /// Lost the main supporter against their wish since the anchor.
    pub lost: bool,
    /// Has hours in the plan that nobody has been found for.
    pub seeking: bool,
    /// The fund's holder was not chosen.
    pub in_name_only: bool,
    /// Mechanisms known at the last review, as bits.
    pub knew: u8,
    /// Assistants employed so far.
    pub assistants: u8,
}

impl Person {
    /// Hours a week needed of all kinds.
    #[inline(always)]
    pub fn needed(&self) -> f32 {
        self.need[0] + self.need[1] + self.need[2]
    }

    /// Hours a week planned of all kinds.
    #[inline(always)]
    pub fn planned(&self) -> f32 {
        self.plan[0] + self.plan[1] + self.plan[2]
    }

    /// 0 for people aged 18 to 64, 1 for people of 65 and over.
    #[inline(always)]
    pub fn age(&self) -> usize {
        usize::from(self.older)
    }

    /// Whether the council funds them.
    #[inline(always)]
    pub fn funded(&self) -> bool {
        self.means != Means::PaysInFull
    }

    /// Whether a wish to change supporter is open.
    #[inline(always)]
    pub fn wishes_to_leave(&self) -> bool {
        !self.wish_day.is_nan()
    }

    /// Sets the soonest candidate month from the next of each hazard.
    pub fn refresh_soonest(&mut self) {
        self.soonest = self.next.iter().copied().min().unwrap_or(i16::MAX);
    }
}

/// Further arrangements of one person: at most two.
pub type Further = [Arrangement; 2];

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
    /// Holds individual service funds where holders are listed.
    pub listed_holder: bool,
    /// Would hold individual service funds where any accredited organisation can.
    pub willing_holder: bool,
    /// Wants to grow.
    pub wants_growth: bool,
    /// Care workers.
    pub staff: f64,
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

    /// Whether it is an agency.
    #[inline(always)]
    pub fn is_agency(&self) -> bool {
        matches!(self.kind, ProviderKind::LargeAgency | ProviderKind::SmallAgency)
    }
}

/// A neighbourhood.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbourhood {
    /// Where it lies on the place's grid.
    pub at: (i32, i32),
    /// Fifth by deprivation, 0 the most deprived.
    pub fifth: u8,
    /// Rural.
    pub rural: bool,
    /// Winners of the framework here, in order of rank.
    pub awards: Vec<Award>,
    /// Month in which the framework here runs out.
    pub ends: i32,
    /// Social capital, 0 to 1.
    pub social_capital: f64,
    /// Social capital it comes back to, before the outside trend.
    pub social_base: f64,
    /// Hours a week that people here could and would buy from enterprises, less the
    /// room those have.
    pub unserved: f64,
    /// Would-be founders who have already started something, as bits.
    pub founded: u128,
    /// Rooted hours delivered here a week, for each person at home.
    pub rooted_hours: f64,
    /// Share of people here whose supporter was changed against their wish this quarter.
    pub forced: f64,
    /// Mean connectedness of people at home here.
    pub connected: f64,
    /// Share of funded people at home with each mechanism.
    pub using: [f32; 5],
    /// Offers that reach it, on a ring: (position, provider), in order of position.
    pub ring: Vec<(u32, ProviderRow)>,
}

/// A place on a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    /// The winner.
    pub provider: ProviderRow,
    /// Its birth key, so that a row used again is not taken for it.
    pub key: u64,
    /// Price, £ an hour.
    pub price: f64,
}

/// The council as buyer.
#[derive(Clone, Debug, PartialEq)]
pub struct Commissioner {
    /// How far its culture welcomes change, in standard deviations.
    pub culture: f64,
    /// How far each stage of the levers has arrived, 0 to 1.
    pub arrived: Vec<f64>,
    /// Trust in providers and citizens, 0 to 1.
    pub trust: f64,
    /// Handbacks and incidents since trust was last moved.
    pub breaches: f64,
    /// Spending of the present year so far, £.
    pub spent: f64,
    /// Budget of a year, £; 0 until one is set at the fork.
    pub budget: f64,
    /// How far assessment is slowed by overspending, 1 for not at all.
    pub held_back: f64,
    /// Average price of a contracted hour, £.
    pub average_price: f64,
    /// Assessments a month that staff can do with all their time.
    pub assessment_capacity: f64,
    /// Assessments done so far beyond whole ones.
    pub assessment_credit: f64,
}

/// The place's care workers.
#[derive(Clone, Debug, PartialEq)]
pub struct Labour {
    /// People looking for care work.
    pub looking: f64,
    /// People looking in an ordinary month.
    pub usual: f64,
    /// Share of the posts wanted last month that could be filled.
    pub filled: f64,
}

/// Who lives at home: counted once a month, where their month is lived.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Census {
    /// With support, whoever pays.
    pub supported: f64,
    /// Council-funded and found eligible.
    pub funded: f64,
    /// Of them, with all or part of the budget as a direct payment.
    pub direct: f64,
    /// Of them, with an individual service fund.
    pub funds: f64,
    /// Sum of the strengths of main relationships.
    pub strength: f64,
}

/// Means that effects are centred on: last year's, kept for each cell, frozen at the fork.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Centres {
    /// Mean felt fit.
    pub fit: f64,
    /// Mean strength of the main relationship.
    pub strength: f64,
    /// Mean share of hours not delivered.
    pub unmet: f64,
    /// Mean connectedness.
    pub connected: f64,
    /// Means of providers' raw terms.
    pub term_means: [f64; TERMS],
    /// Their standard deviations.
    pub term_sds: [f64; TERMS],
    /// Mean rootedness of main supporters.
    pub rooted: f64,
    /// Mean social capital of neighbourhoods.
    pub social_capital: f64,
    /// Mean unserved demand of neighbourhoods, hours a week.
    pub unserved: f64,
    /// Mean rooted hours a person at home.
    pub rooted_hours: f64,
    /// Mean share of supporters changed against people's wish in a quarter.
    pub forced: f64,
    /// Value of the median arrangement, noise left out.
    pub median_value: f64,
    /// Sums in progress.
    pub sums: CentreSums,
}

/// Sums from which next year's centres come.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CentreSums {
    /// Readings of people at home.
    pub people: f64,
    /// Of them, supported.
    pub supported: f64,
    /// Felt fit of the supported.
    pub fit: f64,
    /// Strength of the main relationship.
    pub strength: f64,
    /// Rootedness of the main supporter.
    pub rooted: f64,
    /// Share of hours not delivered.
    pub unmet: f64,
    /// Connectedness.
    pub connected: f64,
    /// Readings of neighbourhoods.
    pub neighbourhoods: f64,
    /// Social capital.
    pub social_capital: f64,
    /// Unserved demand.
    pub unserved: f64,
    /// Rooted hours a person.
    pub rooted_hours: f64,
    /// Changes against people's wish.
    pub forced: f64,
}

/// Money since the world began, by who pays whom, £: for conservation.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Money {
    /// Paid by the council to providers under contract or spot.
    pub council_to_providers: f64,
    /// Paid by the council into funds and direct payments.
    pub council_to_budgets: f64,
    /// Paid by budgets to providers.
    pub budgets_to_providers: f64,
    /// Paid by budgets to holders as fees.
    pub budgets_to_holders: f64,
    /// Returned from budgets to the council.
    pub budgets_to_council: f64,
    /// Paid by the council to providers for guaranteed hours that nobody used.
    pub council_for_nothing: f64,
    /// Paid by people to providers.
    pub people_to_providers: f64,
    /// Received by providers for hours.
    pub providers_received: f64,
    /// Held in budgets at the month's end less at its start.
    pub budgets_gained: f64,
}

/// What never changes within a cell.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The place.
    pub place: Place,
    /// The cell's luck.
    pub draws: Draws,
    /// Distances between neighbourhoods, row by row.
    pub distance: Vec<f32>,
    /// Fixed luck, keyed once.
    pub luck: FixedLuck,
}

/// Streams of luck that do not depend on the month.
#[derive(Clone, Copy, Debug)]
pub struct FixedLuck {
    /// Awareness latents.
    pub awareness: Luck,
    /// Pair matches.
    pub pairs: Luck,
    /// Arrival of rules, by person and contract.
    pub arriving: Luck,
    /// Gaps between candidate months.
    pub candidates: Luck,
}

impl Facts {
    /// From a place and the cell's luck; distances are in neighbourhoods.
    pub fn new(place: Place, draws: Draws, at: &[(i32, i32)]) -> Self {
        let mut distance = Vec::with_capacity(at.len() * at.len());
        for a in at {
            for b in at {
                let (dx, dy) = (f64::from(a.0 - b.0), f64::from(a.1 - b.1));
                distance.push((dx * dx + dy * dy).sqrt() as f32);
            }
        }
        let luck = FixedLuck {
            awareness: draws.fixed(Stream::Awareness),
            pairs: draws.fixed(Stream::Match),
            arriving: draws.fixed(Stream::Arriving),
            candidates: draws.fixed(Stream::Candidate),
        };
        Self { place, draws, distance, luck }
    }

    /// Distance between two neighbourhoods.
    #[inline(always)]
    pub fn between(&self, a: u16, b: u16) -> f32 {
        let n = self.place.neighbourhoods as usize;
        self.distance[a as usize * n + b as usize]
    }
}

/// A place in a month.
#[derive(Clone, Debug)]
pub struct World {
    /// What never changes.
    pub facts: Arc<Facts>,
    /// Month: 1 is the first after the fork.
    pub month: i32,
    /// Everyone who draws on support and is alive.
    pub people: Vec<Person>,
    /// Further arrangements, by row.
    pub further: Vec<Further>,
    /// Rows of further arrangements free to use.
    pub free_further: Vec<u32>,
    /// Everyone who supports.
    pub providers: Vec<Provider>,
    /// Rows of providers free to use.
    pub free_providers: Vec<ProviderRow>,
    /// Neighbourhoods.
    pub neighbourhoods: Vec<Neighbourhood>,
    /// The council.
    pub commissioner: Commissioner,
    /// Care workers.
    pub labour: Labour,
    /// People expected to arrive a month, by class.
    pub arrivals: [f64; Class::COUNT],
    /// Share of people asked survey questions.
    pub panel_share: f64,
    /// Distance within which enterprises and ventures work, in neighbourhoods.
    pub enterprise_reach: f32,
    /// Distance within which small agencies work, in neighbourhoods.
    pub small_reach: f32,
    /// How closely spending is really checked, 0 to 1.
    pub audit_now: f64,
    /// Mean felt fit of the supported when last read.
    pub felt_lately: f64,
    /// What the outside trend leaves of social capital, as a share.
    pub trend: f64,
    /// Share of enterprises that a catalyst has time for.
    pub coverage: f64,
    /// Enterprises and ventures at the start.
    pub usual_enterprises: f64,
    /// People at home at the start.
    pub at_home_at_start: f64,
    /// Pay of care workers over that of the fork, real.
    pub pay_index: f64,
    /// Agencies at the start.
    pub usual_agencies: f64,
    /// Cost of an assessment, £.
    pub assessment_cost: f64,
    /// Means that effects are centred on.
    pub centres: Centres,
    /// The month's money.
    pub money: Money,
    /// Who lives at home, as of this month's delivery.
    pub census: Census,
    /// People due for review this month.
    pub due: Vec<u32>,
    /// People assessed or reviewed this month, who may choose a mechanism.
    pub seen: Vec<u32>,
    /// Ceilings of hazards.
    pub ceilings: Ceilings,
    /// Events so far.
    pub counts: Counts,
    /// The year in progress.
    pub tally: Tally,
    /// What is left behind.
    pub outcomes: Outcomes,
}

/// Events counted, to be quoted beside speeds and checked by laws.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Counts {
    /// Months lived by citizens in the model.
    pub citizen_months: u64,
    /// People who arrived.
    pub arrivals: u64,
    /// People who died or left.
    pub exits: u64,
    /// Assessments and reviews.
    pub reviews: u64,
    /// Sets of offers considered.
    pub searches: u64,
    /// Arrangements that started.
    pub starts: u64,
    /// Arrangements that ended.
    pub endings: u64,
    /// Chances that exceeded their ceiling.
    pub over_ceiling: u64,
}

impl World {
    /// Price of an hour from a provider by a route, £.
    #[inline(always)]
    pub fn price(&self, provider: &Provider, route: Route, month: &super::Month<'_>) -> f64 {
        let average = self.commissioner.average_price;
        match (route, provider.kind) {
            (_, ProviderKind::InHouse | ProviderKind::Assistant) => provider.private_price,
            (Route::Contract, _) if provider.contract_price > 0.0 => provider.contract_price,
            (Route::Spot, _) => average * month.p.spot_premium,
            (Route::Private, _) => provider.private_price,
            // Enterprises ask everybody the same; part of a host's fee is in it.
            (_, ProviderKind::MicroEnterprise | ProviderKind::Venture) => {
                provider.private_price * (1.0 + month.p.host_fee * month.levers.hosting)
            }
            // Without a bid the going rate is paid: between the council's and the private.
            (Route::Contract | Route::Fund | Route::DirectPayment, _) => {
                let gap = if month.s.going_rate { month.p.individual_price_gap } else { 0.0 };
                average + gap * (provider.private_price - average).max(0.0)
            }
        }
    }

    /// The arrangements of a person: the main one and the further ones.
    pub fn arrangements(&self, person: &Person) -> [Arrangement; 3] {
        let [second, third] = match person.more {
            NOBODY => [Arrangement::NONE; 2],
            row => self.further[row as usize],
        };
        [person.main, second, third]
    }

    /// Replaces the arrangements of a person; the one with most hours is the main one.
    pub fn set_arrangements(&mut self, index: usize, mut all: [Arrangement; 3]) {
        let person = &mut self.people[index];
        // None sorts last; among the rest most hours come first, earliest first on a tie.
        all.sort_by(|a, b| b.exists().cmp(&a.exists()).then(b.total().total_cmp(&a.total())));
        person.main = all[0];
        if all[1].exists() {
            if person.more == NOBODY {
                person.more = match self.free_further.pop() {
                    Some(row) => row,
                    None => {
                        self.further.push([Arrangement::NONE; 2]);
                        (self.further.len() - 1) as u32
                    }
                };
            }
            self.further[person.more as usize] = [all[1], all[2]];
        } else if person.more != NOBODY {
            self.free_further.push(person.more);
            person.more = NOBODY;
        }
    }

    /// Hours in a person's plan that no arrangement covers, by kind.
    pub fn unplaced(&self, person: &Person) -> [f32; 3] {
        let mut left = person.plan;
        for arrangement in self.arrangements(person) {
            if arrangement.exists() {
                for (left, hours) in left.iter_mut().zip(arrangement.hours) {
                    *left = (*left - hours).max(0.0);
                }
            }
        }
        left
    }

    /// The first day of the month, counted from the fork.
    #[inline(always)]
    pub fn first_day(&self) -> f32 {
        (self.month - 1) as f32 * DAYS_A_MONTH
    }

    /// The levers of the place itself.
    pub fn status_quo(&self) -> &Levers {
        &self.facts.place.status_quo
    }

    /// Adds a provider in a free row, or a new one.
    pub fn admit(&mut self, provider: Provider) -> ProviderRow {
        match self.free_providers.pop() {
            Some(row) => {
                self.providers[row as usize] = provider;
                row
            }
            None => {
                self.providers.push(provider);
                (self.providers.len() - 1) as ProviderRow
            }
        }
    }
}
