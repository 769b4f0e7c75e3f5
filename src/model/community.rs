//! Social capital and connectedness move, and peers' ways become known.

use super::Month;
use super::world::{MONTHS_A_YEAR, ProviderKind, Stage, World};

/// Moves, each quarter, people's connectedness and what neighbourhoods are like.
pub fn moves(world: &mut World, month: &Month<'_>) {
    if month.opens_quarter() {
        peers(world);
        connectedness(world, month);
        neighbourhoods(world, month);
    }
}

/// People's connectedness goes towards where their support and neighbourhood take it.
fn connectedness(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let gain: Vec<f64> = world
        .neighbourhoods
        .iter()
        .map(|n| p.capital_connects * (n.social_capital - world.trend_capital()))
        .collect();
    // A quarter's worth of months at once.
    let stays = 1.0 - p.connected_returns;
    let follows = 1.0 - stays * stays * stays;
    for person in &mut world.people[..world.homes] {
        if person.stage != Stage::AtHome {
            continue;
        }
        let rooted = if person.main.exists() {
            world.providers[person.main.provider as usize].rooted
        } else {
            world.centres.rooted
        };
        let missed = 1.0 - f64::from(person.met) - world.centres.unmet;
        let target = f64::from(person.connected_base)
            + p.rooted_connects * (rooted - world.centres.rooted)
            + gain[person.neighbourhood as usize]
            - p.waiting_isolates * missed;
        let now = f64::from(person.connected);
        person.connected = (now + follows * (target - now)).clamp(0.0, 1.0) as f32;
    }
}

/// Shares of council-funded people at home with each mechanism, by neighbourhood and age:
/// people hear most from people like themselves.
fn peers(world: &mut World) {
    let mut counts = vec![[[0.0_f32; 5]; 2]; world.neighbourhoods.len()];
    for person in world.at_home().iter().filter(|p| p.stage == Stage::AtHome && p.funded()) {
        counts[person.neighbourhood as usize][person.age()][person.mechanism as usize] += 1.0;
    }
    for (neighbourhood, counts) in world.neighbourhoods.iter_mut().zip(counts) {
        neighbourhood.using = counts.map(|of_age| {
            let total: f32 = of_age.iter().sum();
            of_age.map(|n| if total > 0.0 { n / total } else { 0.0 })
        });
    }
}

/// What each neighbourhood is like this quarter, and where its social capital goes.
fn neighbourhoods(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    #[derive(Clone, Default)]
    struct Sums {
        people: f64,
        rooted: f64,
        connected: f64,
        forced: f64,
        could_buy: f64,
        room: f64,
    }
    let mut sums = vec![Sums::default(); world.neighbourhoods.len()];
    for person in world.at_home().iter().filter(|person| person.stage == Stage::AtHome) {
        let here = &mut sums[person.neighbourhood as usize];
        here.people += 1.0;
        here.connected += f64::from(person.connected);
        here.forced += f64::from(u8::from(person.lost));
        if person.main.exists() {
            let rooted = world.providers[person.main.provider as usize].rooted;
            here.rooted += f64::from(person.main.total()) * rooted;
        }
        if world.could_buy_small(person, month) {
            here.could_buy += f64::from(person.plan[1] + person.plan[2]);
        }
    }
    for provider in &world.providers {
        let small = matches!(provider.kind, ProviderKind::MicroEnterprise | ProviderKind::Venture);
        if provider.open && small {
            sums[provider.home as usize].room += provider.room().max(0.0);
        }
    }
    let quarters = f64::from(MONTHS_A_YEAR) / 3.0;
    let back = 1.0 - libm::exp(-libm::log(2.0) / (p.capital_half_life * quarters));
    let years = (f64::from(month.number.max(0)) / f64::from(MONTHS_A_YEAR)).min(p.trend_years);
    // The outside trend in volunteering is the same in every world.
    let trend = libm::exp(-p.volunteering_falls / 100.0 * years);
    world.trend = trend;
    let invested = (month.levers.community_investment / 100.0).sqrt();
    let invested_before = (world.status_quo().community_investment / 100.0).sqrt();
    let crowded = if month.s.centralisation_crowds_out { p.capital_centralised } else { 0.0 };
    let centralised = month.levers.centralisation - world.status_quo().centralisation;
    let centres = world.centres.clone();
    for (neighbourhood, sums) in world.neighbourhoods.iter_mut().zip(&sums) {
        let people = sums.people.max(1.0);
        neighbourhood.rooted_hours = sums.rooted / people;
        neighbourhood.connected = sums.connected / people;
        neighbourhood.forced = sums.forced / people;
        neighbourhood.unserved = (sums.could_buy * p.buys_small - sums.room).max(0.0);
        let now = neighbourhood.social_capital;
        let pushes = p.capital_rooted * ratio(neighbourhood.rooted_hours, centres.rooted_hours)
            + p.capital_connected * ratio(neighbourhood.connected, centres.connected)
            + p.capital_invested * (invested - invested_before)
            - crowded * centralised
            - p.capital_forced * (neighbourhood.forced - centres.forced);
        let change = back * (neighbourhood.social_base * trend - now)
            + now * (1.0 - now) * pushes / quarters;
        neighbourhood.social_capital = (now + change).clamp(p.capital_end, 1.0 - p.capital_end);
    }
}

/// How far something is above what it usually is, as a share; 0 before that is known.
fn ratio(now: f64, usual: f64) -> f64 {
    if usual > 0.0 { now / usual - 1.0 } else { 0.0 }
}

impl World {
    /// Mean social capital that the outside trend alone would leave.
    pub fn trend_capital(&self) -> f64 {
        self.centres.social_capital * self.trend
    }

    /// Mean social capital of the place's neighbourhoods.
    pub fn social_capital(&self) -> f64 {
        let n = self.neighbourhoods.len() as f64;
        self.neighbourhoods.iter().map(|n| n.social_capital).sum::<f64>() / n
    }
}
