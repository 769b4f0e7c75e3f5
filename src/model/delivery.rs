//! Hours are given, relationships grow or break, fit is felt, outcomes follow.

use super::Month;
use super::burden::{burden, weighed};
use super::ties::Shows;
use super::world::{
    Arrangement, Census, Facts, MONTHS_A_YEAR, Means, Money, NOBODY, Person, Provider, ROUTES,
    Route, Stage, WEEKS_A_MONTH, World,
};
use crate::levers::Mechanism;
use crate::metrics::Metric;
use crate::outcomes::{Stratum, Tally};

/// Gives the month's hours, pays for them, and lets people feel what they got.
pub fn delivers(world: &mut World, month: &Month<'_>) {
    for row in 0..world.providers.len() {
        world.providers[row].reliability = reliability(world, &world.providers[row], month);
    }
    let mut supply: Vec<Supply> =
        world.providers.iter().map(|provider| Supply::of(provider, world, month)).collect();
    let mut given = vec![Given::default(); Stratum::ALL];
    let usual = Usual::of(world, month);
    world.census = Census::default();
    let mut people = std::mem::take(&mut world.people);
    let (at_home, in_care_homes) = people.split_at_mut(world.homes);
    for person in at_home {
        let given = &mut given[person.stratum.0 as usize];
        lives_at_home(world, person, &mut supply, given, &usual, month);
        count(&mut world.census, person);
    }
    for person in in_care_homes {
        stays_in_care_home(world, person, &mut given[person.stratum.0 as usize], month);
    }
    world.people = people;
    for (provider, supply) in world.providers.iter_mut().zip(supply) {
        provider.sold = supply.sold;
        provider.revenue = supply.revenue;
    }
    let unpaid_hour = month.p.unpaid_hour * world.facts.place.contracted_hour;
    for (stratum, given) in given.iter().enumerate() {
        given.is_counted(&mut world.tally, Stratum(stratum as u8), unpaid_hour);
    }
}

/// Share of the hours it has promised that a provider can give this month.
fn reliability(world: &World, provider: &Provider, month: &Month<'_>) -> f64 {
    let capacity = provider.capacity() * world.share_at_work(provider, month);
    let promised = provider.used;
    let given = if promised > capacity { capacity / promised } else { 1.0 };
    if provider.is_small_and_local() && provider.staff < month.p.covers_itself {
        // Nobody covers for a sole trader who is ill.
        return given * (1.0 - month.p.sole_trader_absence);
    }
    given
}

/// What a month of a provider is to those it supports, close together in memory, and what
/// it comes to.
struct Supply {
    reliability: f64,
    /// Price of an hour, £, by route.
    price: [f64; ROUTES],
    /// Share of workers who leave in a year, each to be replaced by another.
    turnover: f64,
    /// Chance that a worker of a month ago is still there.
    stays: f64,
    shows: Shows,
    /// Hours a week delivered, by route.
    sold: [f64; ROUTES],
    /// £ received.
    revenue: f64,
}

impl Supply {
    fn of(provider: &Provider, world: &World, month: &Month<'_>) -> Self {
        // Where one person is the whole provider, their leaving ends it: see `market`.
        let alone = provider.is_one_person(month.p.covers_itself);
        let turnover = if alone { 0.0 } else { provider.turnover };
        Self {
            reliability: provider.reliability,
            price: Route::ALL.map(|route| world.price(provider, route, month)),
            turnover,
            stays: (1.0 - turnover / f64::from(MONTHS_A_YEAR)).max(0.0),
            shows: provider.shows(),
            sold: [0.0; ROUTES],
            revenue: 0.0,
        }
    }
}

/// What a month brought the people of one stratum, and cost.
#[derive(Clone, Default)]
struct Given {
    private: f64,
    residential: f64,
    council: f64,
    charges: f64,
    support: f64,
    fees: f64,
    /// Hours a week that public money pays for.
    by_council: f64,
    /// £ and people, by who holds the budget: managed, then direct payment.
    weeks: [[f64; 2]; 2],
    unmet: f64,
    planned: f64,
    unpaid: f64,
    burden: f64,
    /// Hours a week delivered to those with support, and how many they are.
    delivered: [f64; 2],
}

impl Given {
    /// Adds it to the flows of the stratum; an unpaid hour is worth so many £.
    fn is_counted(&self, tally: &mut Tally, stratum: Stratum, unpaid_hour: f64) {
        let [managed, direct] = self.weeks;
        let year = f64::from(MONTHS_A_YEAR);
        for (metric, first, second) in [
            (Metric::Private, self.private, 0.0),
            (Metric::Residential, self.residential, 0.0),
            (Metric::CouncilPerPerson, self.council, 0.0),
            (Metric::PublicPerPerson, self.council, 0.0),
            (Metric::PublicNetPerPerson, self.council - self.charges, 0.0),
            (Metric::PerScrqolYear, self.council, 0.0),
            (Metric::Charges, self.charges, 0.0),
            (Metric::Support, self.support, 0.0),
            (Metric::PerHour, self.support, self.by_council * WEEKS_A_MONTH),
            (Metric::HoldingFees, self.fees, 0.0),
            (Metric::WeekManaged, managed[0], managed[1] * WEEKS_A_MONTH),
            (Metric::WeekDirectPayment, direct[0], direct[1] * WEEKS_A_MONTH),
            (Metric::Unmet, self.unmet, self.planned),
            (Metric::UnpaidHours, self.unpaid / year, 0.0),
            (Metric::UnpaidPounds, self.unpaid * WEEKS_A_MONTH * unpaid_hour, 0.0),
            (Metric::BurdenHours, self.burden / year, 0.0),
            (Metric::HoursPerPerson, self.delivered[0], self.delivered[1]),
        ] {
            tally.add(stratum, metric, first, second);
        }
    }
}

/// What a month in a care home costs, and whom.
fn stays_in_care_home(world: &mut World, person: &Person, given: &mut Given, month: &Month<'_>) {
    let price = world.facts.place.care_home_week[person.age()] * WEEKS_A_MONTH;
    let public = only_if(person.funded(), price);
    given.private += price - public;
    given.residential += public;
    given.charges += only_if(person.means == Means::PaysCharge, price * month.p.charge_care_home);
    given.council += public;
    world.commissioner.spent += public;
}

/// A month of support at home: hours, money, relationship, fit, quality of life.
fn lives_at_home(
    world: &mut World,
    person: &mut Person,
    supply: &mut [Supply],
    given: &mut Given,
    usual: &Usual,
    month: &Month<'_>,
) {
    let p = month.p;
    let mut package = Package::default();
    package.takes(&person.main, supply, usual.first_day);
    if person.more != NOBODY {
        for arrangement in &world.further[person.more as usize] {
            package.takes(arrangement, supply, usual.first_day);
        }
    }
    world.money.passes(&package);
    let Package { delivered, mut support, spent, share, by_council, own_money } = package;
    if share > 0.0 {
        support += budget(world, person, given, share, spent, month);
    }
    given.private += own_money;
    if by_council > 0.0 {
        let week = match person.mechanism {
            Mechanism::Managed => Some(&mut given.weeks[0]),
            Mechanism::DirectPayment => Some(&mut given.weeks[1]),
            _ => None,
        };
        if let Some([pounds, people]) = week {
            *pounds += support;
            *people += 1.0;
        }
    }
    given.charges += support.max(0.0) * usual.charge[person.means as usize];
    given.support += support;
    given.by_council += if support == 0.0 { 0.0 } else { by_council };
    given.council += support;
    world.commissioner.spent += support;
    let needed = f64::from(person.needed());
    person.met = (delivered / needed).min(1.0) as f32;
    feels(person, needed, delivered, usual, month);
    let missed = (needed - delivered).max(0.0);
    if person.stage == Stage::AtHome {
        // Eligible hours are those the plan has found.
        let planned = f64::from(person.planned());
        given.unmet += (planned - delivered).max(0.0);
        given.planned += planned;
    }
    let more = 1.0 + usual.limits * (f64::from(person.connected) - usual.connected);
    given.unpaid += f64::from(person.informal) * more.max(0.0) + p.families_fill * missed;
    given.burden += usual.burden[person.mechanism as usize];
    if person.main.exists() {
        relate(person, &supply[person.main.provider as usize], usual, &world.facts, month);
        given.delivered[0] += delivered;
        given.delivered[1] += 1.0;
    }
}

/// An amount, or nothing: who pays differs from one to the next, and to add nothing is quicker
/// than to guess.
#[inline(always)]
fn only_if(is: bool, amount: f64) -> f64 {
    f64::from_bits(amount.to_bits() & 0_u64.wrapping_sub(u64::from(is)))
}

/// What somebody gets in a month from everybody who supports them, and who pays.
#[derive(Default)]
struct Package {
    /// Hours a week.
    delivered: f64,
    /// Of them, those that public money pays for.
    by_council: f64,
    /// £ paid by the council under contract.
    support: f64,
    /// £ paid out of a fund or direct payment.
    spent: f64,
    /// £ paid by the person.
    own_money: f64,
    /// Share of the month in which a budget was drawn on.
    share: f64,
}

impl Package {
    /// Takes in one arrangement, if there is one.
    #[inline(always)]
    fn takes(&mut self, arrangement: &Arrangement, supply: &mut [Supply], first_day: f32) {
        if !arrangement.exists() {
            return;
        }
        let (route, supply) = (arrangement.route, &mut supply[arrangement.provider as usize]);
        let running = f64::from(arrangement.share_of_month(first_day));
        let hours = f64::from(arrangement.total()) * running * supply.reliability;
        let pounds = hours * WEEKS_A_MONTH * supply.price[route as usize];
        supply.sold[route as usize] += hours;
        supply.revenue += pounds;
        self.delivered += hours;
        let own = route == Route::Private;
        let budget = (route == Route::Fund) | (route == Route::DirectPayment);
        self.by_council += only_if(!own, hours);
        self.support += only_if(!own && !budget, pounds);
        self.spent += only_if(budget, pounds);
        self.own_money += only_if(own, pounds);
        self.share = self.share.max(only_if(budget, running));
    }
}

impl Money {
    /// Pays for a package.
    fn passes(&mut self, package: &Package) {
        let Package { support, spent, own_money, .. } = package;
        self.council_to_providers += support;
        self.budgets_to_providers += spent;
        self.people_to_providers += own_money;
        self.providers_received += support + spent + own_money;
    }
}

/// Counts somebody who lives at home.
#[inline]
fn count(census: &mut Census, person: &Person) {
    if person.main.exists() {
        census.supported += 1.0;
        census.strength += f64::from(person.main.strength);
    }
    if person.stage == Stage::AtHome && person.funded() {
        census.funded += 1.0;
        if person.main.exists() && person.mechanism != Mechanism::SelfFunded {
            census.arranged[person.mechanism as usize] += 1.0;
        }
        match person.mechanism {
            Mechanism::DirectPayment | Mechanism::Mixed => census.direct += 1.0,
            Mechanism::Isf => census.funds += 1.0,
            Mechanism::Managed | Mechanism::SelfFunded => {}
        }
    }
}

/// Pays a month's budget into a fund or direct payment, out of which the month's
/// support is paid; returns what the council paid in.
fn budget(
    world: &mut World,
    person: &mut Person,
    given: &mut Given,
    share: f64,
    spent: f64,
    month: &Month<'_>,
) -> f64 {
    let own = match person.mechanism {
        Mechanism::Mixed => f64::from(person.plan[1] + person.plan[2]),
        _ => f64::from(person.planned()),
    };
    let fund = person.mechanism == Mechanism::Isf;
    let rate = if fund { month.levers.isf_rate } else { month.levers.dp_rate };
    let paid = own * WEEKS_A_MONTH * share * rate * world.commissioner.average_price;
    let fee = if fund { paid * month.p.holding_fee } else { 0.0 };
    let money = &mut world.money;
    money.council_to_budgets += paid;
    money.budgets_to_holders += fee;
    money.budgets_gained += paid - fee - spent;
    person.account += paid - fee - spent;
    given.fees += fee;
    let mut back = 0.0;
    // What lies unspent beyond the allowed weeks goes back when somebody looks.
    let allowed = own * month.p.weeks_unspent * rate * world.commissioner.average_price;
    let over = person.account - allowed;
    if over > 0.0 {
        let looked = month.p.audits_a_year * world.audit_now / f64::from(MONTHS_A_YEAR);
        if month.luck.event.uniform_of(person.key, AUDIT) < looked {
            back = over;
            person.account -= back;
            world.money.budgets_to_council += back;
            world.money.budgets_gained -= back;
        }
    }
    paid - back
}

/// Numbers the draw for an audit among a person's events of the month.
const AUDIT: u64 = 100;

/// What everybody's month is held against, and what it costs whoever holds money.
struct Usual {
    first_day: f32,
    /// Mean felt fit of the burn-in.
    fit: f64,
    /// Mean connectedness of the burn-in.
    connected: f64,
    /// How far community limits the demand for services.
    limits: f64,
    /// How far satisfaction follows what is felt in a month.
    follows: f64,
    /// Share of a package at home that somebody is charged, by [`Means`].
    charge: [f64; 3],
    /// Hours a month of managing, by mechanism.
    burden: [f64; Mechanism::ALL.len()],
}

impl Usual {
    fn of(world: &World, month: &Month<'_>) -> Self {
        let (p, audit) = (month.p, world.audit_now);
        Self {
            first_day: world.first_day(),
            fit: world.centres.fit,
            connected: world.centres.connected,
            limits: if month.s.community_limits_demand { p.community_limits_demand } else { 0.0 },
            follows: 1.0 / p.satisfaction_memory,
            charge: [0.0, p.charge_home, 0.0],
            burden: Mechanism::ALL.map(|mechanism| burden(p, &month.levers, audit, mechanism)),
        }
    }
}

/// Quality of life: a gain from the hours received over those needed, more where
/// support fits, less where managing money weighs.
fn feels(person: &mut Person, needed: f64, delivered: f64, usual: &Usual, month: &Month<'_>) {
    let p = month.p;
    let base = [p.life_base_working_age, p.life_base_older][person.age()];
    let received = (delivered / needed).min(1.0 + p.extra_hours);
    let gain = month.gain(received);
    let above = if person.main.exists() { f64::from(person.fit) - usual.fit } else { 0.0 };
    let worth = 1.0 + p.fit_gain * above;
    let burden = usual.burden[person.mechanism as usize];
    let worry = p.worry * weighed(p, burden, f64::from(person.capacity));
    person.life = (base + gain * worth - worry).clamp(0.0, 24.0) as f32;
}

/// Relationships grow, and are broken when workers leave; fit is felt.
fn relate(person: &mut Person, supply: &Supply, usual: &Usual, facts: &Facts, month: &Month<'_>) {
    let p = month.p;
    let turnover = supply.turnover;
    let strength = f64::from(person.main.strength);
    let breaks = strength * p.worker_leaving * turnover / f64::from(MONTHS_A_YEAR);
    let strength = strength + p.relationship_growth * (1.0 - strength) - breaks;
    // What is felt is this month's, as it was when the month began.
    let felt = facts.felt(person, &supply.shows, month)
        + p.autonomy * f64::from(u8::from(person.main.picked));
    person.main.strength = strength.clamp(0.0, 1.0) as f32;
    person.main.worker = (f64::from(person.main.worker) * supply.stays) as u16;
    person.fit = felt as f32;
    let satisfaction = f64::from(person.satisfaction);
    person.satisfaction = (satisfaction + usual.follows * (felt - satisfaction)) as f32;
}
