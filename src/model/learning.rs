//! What commissioners learn from one another at a year's end.
//!
//! Each adaptive one looks at how its peers did last year on what it watches, and
//! announces a change of its own towards the ways of the one furthest ahead, as far as
//! its levers are free. National indicators decide what is watched; and since they count
//! budgets and not choices, funds in name only look as good to them as any others.

use super::{Month, Settings, World};
use crate::declare::{LeverKind, Setting};
use crate::draws::Stream;
use crate::levers::{LEVERS, Levers};
use crate::metrics::Metric;
use crate::outcomes::{Period, Reads};
use crate::parameters::Parameters;
use crate::structures::Structures;

/// The lever that is no council's to set.
const NATIONAL: &str = "national_indicators";

/// What a place has announced, and what it may still change.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Lever settings by the month they are announced, in order.
    pub stages: Vec<(i32, Levers)>,
    /// Names of the levers that learning may move.
    free: Vec<&'static str>,
}

impl Plan {
    /// A plan as it was announced; learning leaves alone the levers that `kept` names.
    pub fn new(stages: Vec<(i32, Levers)>, kept: impl Fn(&str) -> bool) -> Self {
        let names = LEVERS.iter().map(|lever| lever.name);
        Self { stages, free: names.filter(|name| *name != NATIONAL && !kept(name)).collect() }
    }

    /// How many of the stages have been announced by the end of a month.
    fn announced(&self, month: i32) -> usize {
        self.stages.partition_point(|(from, _)| *from <= month)
    }

    /// What has been announced by the end of a month, all told.
    fn target<'a>(&'a self, world: &'a World, month: i32) -> &'a Levers {
        let last = self.announced(month).checked_sub(1);
        last.map_or(world.status_quo(), |last| &self.stages[last].1)
    }

    /// Announces free levers anew for the month after, and for all that is to come.
    fn announce(&mut self, month: i32, levers: Levers) {
        let at = self.announced(month);
        for (_, later) in &mut self.stages[at..] {
            for name in &self.free {
                take_over(later, &levers, name);
            }
        }
        self.stages.insert(at, (month + 1, levers));
    }
}

/// Sets one lever as it is set elsewhere.
fn take_over(levers: &mut Levers, other: &Levers, name: &str) {
    if let Some(setting) = other.get(name) {
        levers.set(name, &setting);
    }
}

/// How a place did in a year, on what commissioners watch.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// The council's spending, £ a person and year.
    spending: f64,
    /// Share of eligible hours not delivered.
    unmet: f64,
    /// Quality of life, SCRQoL points.
    life: f64,
    /// Share of council-funded people with a fund or direct payment, in name or in truth.
    budgets: f64,
}

/// The commissioners of a system meet at the end of a year after the fork: nobody sees
/// what another has only just decided, so their order decides nothing.
pub fn meet(worlds: &[World], plans: &mut [Plan], p: &Parameters, s: &Structures) {
    if !s.peer_learning {
        return;
    }
    let seen: Vec<Option<Seen>> = worlds.iter().map(last_year).collect();
    let ways: Vec<Levers> = worlds
        .iter()
        .zip(plans.iter())
        .map(|(world, plan)| {
            let years = world.outcomes.years;
            let stages = &plan.stages;
            let reads = Reads::NOTHING;
            let settings =
                Settings { parameters: p, structures: s, stages, years, blows: &[], reads };
            // Numbers as far as they have come, rules as they have reached half of people.
            Month::of(world, &settings).reaching(0.5).clone()
        })
        .collect();
    for (own, world) in worlds.iter().enumerate() {
        let code = u64::from(world.facts.place.code);
        let adapts = world.facts.draws.fixed(Stream::Learning).uniform(code) < p.adaptive_share;
        let Some(now) = seen[own].filter(|_| adapts) else { continue };
        let pull = ways[own].national_indicators;
        let mut best: Option<(f64, usize)> = None;
        for peer in peers(worlds, own) {
            let Some(theirs) = seen[peer] else { continue };
            let lead = lead(&now, &theirs, pull, p);
            if lead >= p.learning_lead && best.is_none_or(|(most, _)| lead > most) {
                best = Some((lead, peer));
            }
        }
        let Some((_, peer)) = best else { continue };
        if let Some(moved) = moved(world, &plans[own], &ways[peer], p) {
            plans[own].announce(world.month, moved);
        }
    }
}

/// Who looks at whom: councils of the same region; where a system has no other of it,
/// all of the system.
fn peers(worlds: &[World], own: usize) -> Vec<usize> {
    let near = |peer: &usize| worlds[*peer].facts.place.region == worlds[own].facts.place.region;
    let others = || (0..worlds.len()).filter(|peer| *peer != own);
    let neighbours: Vec<usize> = others().filter(near).collect();
    if neighbours.is_empty() { others().collect() } else { neighbours }
}

/// How a place did in the year that has just ended; nothing before the fork.
fn last_year(world: &World) -> Option<Seen> {
    let year = Period::Year(usize::try_from(world.month).ok()? / 12);
    let rate = |metric| {
        let [sum, over] = world.outcomes.sums(metric, 0, year)?;
        (over > 0.0).then(|| sum / over)
    };
    Some(Seen {
        spending: rate(Metric::CouncilPerPerson)?,
        unmet: rate(Metric::Unmet)?,
        life: rate(Metric::Scrqol)?,
        budgets: rate(Metric::ShareIsf)?
            + rate(Metric::ShareDirectPayment)?
            + rate(Metric::ShareMixed)?,
    })
}

/// How far a peer is ahead, in smallest differences worth a decision: on the council's
/// own concerns, and on what is counted nationally as far as that pulls.
fn lead(own: &Seen, peer: &Seen, pull: f64, p: &Parameters) -> f64 {
    let steps = |difference: f64, metric: Metric| {
        difference / metric.declaration().matters().unwrap_or(1.0)
    };
    let concerns = p.watches_spending
        * steps(own.spending - peer.spending, Metric::CouncilPerPerson)
        + (1.0 - p.watches_spending) * steps(own.unmet - peer.unmet, Metric::Unmet);
    let budgets = (peer.budgets - own.budgets) / p.budgets_step;
    let counted = p.indicators_count_budgets * budgets
        + (1.0 - p.indicators_count_budgets) * steps(peer.life - own.life, Metric::Scrqol);
    (1.0 - pull) * concerns + pull * counted
}

/// What a commissioner announces on looking at a peer's ways: free numbers go part of
/// the way, free rules are taken over whole or not at all. Nothing where all is alike.
fn moved(world: &World, plan: &Plan, ways: &Levers, p: &Parameters) -> Option<Levers> {
    let now = plan.target(world, world.month);
    let luck = world.facts.draws.of(Stream::Learning, world.month);
    let code = u64::from(world.facts.place.code);
    let mut aim = now.clone();
    let mut levers = now.clone();
    for (row, lever) in LEVERS.iter().enumerate() {
        if !plan.free.contains(&lever.name) {
            continue;
        }
        match lever.kind {
            LeverKind::Number { low, high, .. } | LeverKind::Table { low, high, .. } => {
                let apart = distance(now.get(lever.name), ways.get(lever.name));
                if apart > p.learning_alike * (high - low) {
                    take_over(&mut aim, ways, lever.name);
                }
            }
            LeverKind::Choice(_) | LeverKind::Set(_) => {
                if luck.uniform_of(code, row as u64) < p.learning_pace {
                    take_over(&mut levers, ways, lever.name);
                }
            }
        }
    }
    // A default that is not offered would be no rule at all.
    let default = levers.default_mechanism.mechanism();
    if default.is_some_and(|mechanism| !levers.offered.has(mechanism)) {
        levers.default_mechanism = now.default_mechanism;
        levers.offered = now.offered;
    }
    let levers = levers.shifted(now, &aim, p.learning_pace);
    (levers != *now).then_some(levers)
}

/// How far two settings of a lever are apart: of several numbers, the furthest.
fn distance(one: Option<Setting>, other: Option<Setting>) -> f64 {
    match (one, other) {
        (Some(Setting::Number(a)), Some(Setting::Number(b))) => (a - b).abs(),
        (Some(Setting::Table(a)), Some(Setting::Table(b))) => {
            a.iter().zip(&b).map(|((_, a), (_, b))| (a - b).abs()).fold(0.0, f64::max)
        }
        _ => 0.0,
    }
}
