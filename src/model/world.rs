//! State, and nothing else: people, providers, neighbourhoods, the commissioner.

pub use super::person::*;
pub use super::provider::*;

use super::almanac::{Almanac, Pages};
use super::arrivals::Newcomer;
use super::build::Class;
use super::hazards::Ceilings;
use super::roll::Roll;
use crate::draws::{Draws, Luck, Stream};
use crate::levers::Levers;
use crate::outcomes::{Outcomes, Tally};
use crate::place::Place;
use std::sync::Arc;

/// Days in a month of the model.
pub const DAYS_A_MONTH: f32 = 30.4375;
/// Weeks in a month of the model.
pub const WEEKS_A_MONTH: f64 = 4.348_125;
/// Months in a year.
pub const MONTHS_A_YEAR: i32 = 12;

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
    /// Share of people here who have lost their supporter against their wish since
    /// their last anniversary.
    pub forced: f64,
    /// Share of enterprises here that a catalyst has time for.
    pub coverage: f64,
    /// Mean connectedness of people at home here.
    pub connected: f64,
    /// `[age][mechanism]`: share of funded people at home with each mechanism.
    pub using: [[f32; 5]; 2],
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
    /// Hours a week guaranteed here.
    pub guaranteed: f64,
}

/// A co-ordinator of micro-enterprise.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalyst {
    /// Share of a whole post.
    pub time: f64,
    /// Neighbourhoods worked in, with the share of each one's enterprises and founders that
    /// there is time for.
    pub works_in: Vec<(u16, f64)>,
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
    /// Of the funded with support, how many have each mechanism that may be offered,
    /// in order.
    pub arranged: [f64; 4],
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
    /// Who arrives, by month after the fork, as far as it was worked out beforehand.
    pub newcomers: Vec<Vec<Newcomer>>,
    /// What may strike people, by month after the fork, as far as it was written down
    /// beforehand.
    pub pages: Pages,
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
        Self { place, draws, distance, luck, newcomers: Vec::new(), pages: Pages::default() }
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
    /// Everyone who draws on support and is alive: those at home first.
    pub people: Vec<Person>,
    /// How many of them are at home, or have asked to be supported there.
    pub homes: usize,
    /// Where people stand.
    pub roll: Roll,
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
    /// Catalysts at work.
    pub catalysts: Vec<Catalyst>,
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
    /// What may strike people.
    pub almanac: Almanac,
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
