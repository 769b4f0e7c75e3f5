//! Hours are given, relationships grow or break, fit is felt, outcomes follow.

use super::Month;
use super::burden::{burden, weighted_burden};
use super::world::{Census, MONTHS_A_YEAR, Means, Person, Route, Stage, WEEKS_A_MONTH, World};
use crate::levers::Mechanism;
use crate::metrics::Metric;

/// Gives the month's hours, pays for them, and lets people feel what they got.
pub fn delivers(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    for row in 0..world.providers.len() {
        let at_work = world.share_at_work(&world.providers[row], month);
        let provider = &mut world.providers[row];
        provider.sold = [0.0; super::world::ROUTES];
        provider.revenue = 0.0;
        let (capacity, promised) = (provider.capacity() * at_work, provider.used);
        provider.reliability = if promised > capacity { capacity / promised } else { 1.0 };
        if provider.is_small_and_local() && provider.staff < p.covers_itself {
            // Nobody covers for a sole trader who is ill.
            provider.reliability *= 1.0 - p.sole_trader_absence;
        }
    }
    world.census = Census::default();
    for index in 0..world.people.len() {
        match world.people[index].stage {
            Stage::CareHome => stays_in_care_home(world, index, month),
            Stage::AtHome | Stage::Asked => lives_at_home(world, index, month),
        }
    }
}

/// What a month in a care home costs, and whom.
fn stays_in_care_home(world: &mut World, index: usize, month: &Month<'_>) {
    let person = &world.people[index];
    let price = world.facts.place.care_home_week[person.age()] * WEEKS_A_MONTH;
    let stratum = person.stratum;
    if !person.funded() {
        world.tally.add(stratum, Metric::Private, price, 0.0);
        return;
    }
    world.tally.add(stratum, Metric::Residential, price, 0.0);
    if person.means == Means::PaysCharge {
        charge(world, index, price * month.p.charge_care_home);
    }
    world.spend_council(stratum, price);
}

/// A charge paid to the council.
fn charge(world: &mut World, index: usize, pounds: f64) {
    let row = world.tally.row(world.people[index].stratum);
    row[Metric::Charges as usize][0] += pounds;
    row[Metric::PublicNetPerPerson as usize][0] -= pounds;
}

/// A month of support at home: hours, money, relationship, fit, quality of life.
fn lives_at_home(world: &mut World, index: usize, month: &Month<'_>) {
    let p = month.p;
    let first_day = world.first_day();
    let arrangements = world.arrangements(&world.people[index]);
    let (mut delivered, mut support, mut spent, mut share) = (0.0, 0.0, 0.0, 0.0_f64);
    let (mut by_council, mut own_money) = (0.0, 0.0);
    for arrangement in arrangements.iter().filter(|a| a.exists()) {
        let row = arrangement.provider as usize;
        let running = f64::from(arrangement.share_of_month(first_day));
        let hours = f64::from(arrangement.total()) * running * world.providers[row].reliability;
        let pounds =
            hours * WEEKS_A_MONTH * world.price(&world.providers[row], arrangement.route, month);
        let provider = &mut world.providers[row];
        provider.sold[arrangement.route as usize] += hours;
        provider.revenue += pounds;
        delivered += hours;
        world.money.providers_received += pounds;
        match arrangement.route {
            Route::Contract | Route::Spot => {
                support += pounds;
                by_council += hours;
                world.money.council_to_providers += pounds;
            }
            Route::Fund | Route::DirectPayment => {
                spent += pounds;
                by_council += hours;
                share = share.max(running);
                world.money.budgets_to_providers += pounds;
            }
            Route::Private => {
                own_money += pounds;
                world.money.people_to_providers += pounds;
            }
        }
    }
    if share > 0.0 {
        support += budget(world, index, share, spent, month);
    }
    let stratum = world.people[index].stratum;
    if own_money > 0.0 {
        world.tally.add(stratum, Metric::Private, own_money, 0.0);
    }
    let week = match world.people[index].mechanism {
        Mechanism::Managed => Some(Metric::WeekManaged),
        Mechanism::DirectPayment => Some(Metric::WeekDirectPayment),
        _ => None,
    };
    if let Some(week) = week.filter(|_| by_council > 0.0) {
        world.tally.add(stratum, week, support, WEEKS_A_MONTH);
    }
    if support != 0.0 {
        if world.people[index].means == Means::PaysCharge {
            charge(world, index, support.max(0.0) * p.charge_home);
        }
        world.tally.add(stratum, Metric::Support, support, 0.0);
        world.tally.add(stratum, Metric::PerHour, support, by_council * WEEKS_A_MONTH);
        world.spend_council(stratum, support);
    }
    let eligible = world.people[index].stage == Stage::AtHome;
    let unpaid = {
        let person = &mut world.people[index];
        let needed = f64::from(person.needed());
        person.met = (delivered / needed).min(1.0) as f32;
        let usual = Usual { fit: world.centres.fit, audit: world.audit_now };
        feels(person, needed, delivered, usual, month);
        let missed = (needed - delivered).max(0.0);
        if eligible {
            // Eligible hours are those the plan has found.
            let planned = f64::from(person.planned());
            let row = world.tally.row(stratum);
            row[Metric::Unmet as usize][0] += (planned - delivered).max(0.0);
            row[Metric::Unmet as usize][1] += planned;
        }
        let limits = if month.s.community_limits_demand { p.community_limits_demand } else { 0.0 };
        let more = 1.0 + limits * (f64::from(person.connected) - world.centres.connected);
        f64::from(person.informal) * more.max(0.0) + p.families_fill * missed
    };
    relate(world, index, month);
    count(world, index);
    let person = &world.people[index];
    let hours = burden(p, &month.levers, world.audit_now, person.mechanism);
    let row = world.tally.row(stratum);
    row[Metric::UnpaidHours as usize][0] += unpaid / f64::from(MONTHS_A_YEAR);
    let replaced = p.unpaid_hour * world.facts.place.contracted_hour;
    row[Metric::UnpaidPounds as usize][0] += unpaid * WEEKS_A_MONTH * replaced;
    row[Metric::BurdenHours as usize][0] += hours / f64::from(MONTHS_A_YEAR);
    if person.main.exists() {
        row[Metric::HoursPerPerson as usize][0] += delivered;
        row[Metric::HoursPerPerson as usize][1] += 1.0;
    }
}

/// Counts somebody who lives at home.
#[inline]
fn count(world: &mut World, index: usize) {
    let person = &world.people[index];
    let census = &mut world.census;
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
fn budget(world: &mut World, index: usize, share: f64, spent: f64, month: &Month<'_>) -> f64 {
    let person = &world.people[index];
    let own = match person.mechanism {
        Mechanism::Mixed => f64::from(person.plan[1] + person.plan[2]),
        _ => f64::from(person.planned()),
    };
    let fund = person.mechanism == Mechanism::Isf;
    let rate = if fund { month.levers.isf_rate } else { month.levers.dp_rate };
    let paid = own * WEEKS_A_MONTH * share * rate * world.commissioner.average_price;
    let fee = if fund { paid * month.p.holding_fee } else { 0.0 };
    let stratum = person.stratum;
    let money = &mut world.money;
    money.council_to_budgets += paid;
    money.budgets_to_holders += fee;
    money.budgets_gained += paid - fee - spent;
    world.people[index].account += paid - fee - spent;
    if fee > 0.0 {
        world.tally.add(stratum, Metric::HoldingFees, fee, 0.0);
    }
    let mut back = 0.0;
    // What lies unspent beyond the allowed weeks goes back when somebody looks.
    let allowed = own * month.p.weeks_unspent * rate * world.commissioner.average_price;
    let over = world.people[index].account - allowed;
    if over > 0.0 {
        let key = world.people[index].key;
        let looked = month.p.audits_a_year * world.audit_now / f64::from(MONTHS_A_YEAR);
        if month.luck.event.uniform_of(key, AUDIT) < looked {
            back = over;
            world.people[index].account -= back;
            world.money.budgets_to_council += back;
            world.money.budgets_gained -= back;
        }
    }
    paid - back
}

/// Numbers the draw for an audit among a person's events of the month.
const AUDIT: u64 = 100;

/// What everybody's quality of life is held against this month.
#[derive(Clone, Copy, Debug)]
struct Usual {
    /// Mean felt fit of the burn-in.
    fit: f64,
    /// How closely spending is really checked.
    audit: f64,
}

/// Quality of life: a gain from the hours received over those needed, more where
/// support fits, less where managing money weighs.
fn feels(person: &mut Person, needed: f64, delivered: f64, usual: Usual, month: &Month<'_>) {
    let p = month.p;
    let base = [p.life_base_working_age, p.life_base_older][person.age()];
    let received = (delivered / needed).min(1.0 + p.extra_hours);
    let gain = month.gain(received);
    let above = if person.main.exists() { f64::from(person.fit) - usual.fit } else { 0.0 };
    let worth = 1.0 + p.fit_gain * above;
    let worry = p.worry
        * weighted_burden(
            p,
            &month.levers,
            usual.audit,
            person.mechanism,
            f64::from(person.capacity),
        );
    person.life = (base + gain * worth - worry).clamp(0.0, 24.0) as f32;
}

/// Relationships grow, and are broken when workers leave; fit is felt.
fn relate(world: &mut World, index: usize, month: &Month<'_>) {
    let p = month.p;
    let person = &world.people[index];
    if !person.main.exists() {
        return;
    }
    let provider = &world.providers[person.main.provider as usize];
    // Where one person is the whole provider, their leaving ends it: see `market`.
    let alone = provider.is_one_person(p.covers_itself);
    let turnover = if alone { 0.0 } else { provider.turnover };
    let strength = f64::from(person.main.strength);
    let breaks = strength * p.worker_leaving * turnover / f64::from(MONTHS_A_YEAR);
    let strength = strength + p.relationship_growth * (1.0 - strength) - breaks;
    let felt = world.felt(person, month) + p.autonomy * f64::from(u8::from(person.main.picked));
    let person = &mut world.people[index];
    person.main.strength = strength.clamp(0.0, 1.0) as f32;
    let stays = (1.0 - turnover / f64::from(MONTHS_A_YEAR)).max(0.0);
    person.main.worker = (f64::from(person.main.worker) * stays) as u16;
    person.fit = felt as f32;
    let follows = 1.0 / p.satisfaction_memory;
    let satisfaction = f64::from(person.satisfaction);
    person.satisfaction = (satisfaction + follows * (felt - satisfaction)) as f32;
}
