//! Planners assess and review within their capacity; the rest wait.

use super::Month;
use super::world::{DAYS_A_MONTH, Stage, World, who};
use crate::draws::Stream;
use crate::metrics::Metric;

/// Assesses those who asked, urgent first, and holds the reviews that are due.
pub fn decides(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    world.seen.clear();
    let commissioner = &world.commissioner;
    let left = time_left(world, month);
    let capacity = commissioner.assessment_capacity * left * commissioner.held_back;
    world.commissioner.assessment_credit += capacity;
    let first_day = world.first_day();
    let mut waiting = who(world.at_home(), |person| person.stage == Stage::Asked);
    let people = &world.people;
    waiting.sort_by(|a, b| {
        let (a, b) = (&people[*a as usize], &people[*b as usize]);
        b.urgent.cmp(&a.urgent).then(a.asked_day.total_cmp(&b.asked_day)).then(a.key.cmp(&b.key))
    });
    // What takes longer costs more: planners are paid by the month.
    let cost = world.assessment_cost / left;
    // Neighbourhood teams give different answers to like needs.
    let loose = p.different_answers * (1.0 - month.levers.centralisation);
    let fixed = world.facts.draws.fixed(Stream::Neighbourhood);
    let spread: Vec<f32> = (0..world.neighbourhoods.len() as u64)
        .map(|here| (1.0 + loose * fixed.bells(here, 2)[0]) as f32)
        .collect();
    for index in waiting {
        let person = &mut world.people[index as usize];
        let days = p.assessment_days * month.lead(month.luck.day.uniform_of(person.key, 2));
        let usual = person.asked_day + if person.urgent { 0.0 } else { days as f32 };
        if usual >= first_day + DAYS_A_MONTH {
            continue;
        }
        if world.commissioner.assessment_credit < 1.0 {
            break;
        }
        world.commissioner.assessment_credit -= 1.0;
        person.stage = Stage::AtHome;
        person.asked_day = usual.max(first_day);
        let brokerage = if person.urgent { p.brokerage_days_urgent } else { p.brokerage_days };
        let lead = month.lead(month.luck.day.uniform_of(person.key, 6));
        person.ready_day = person.asked_day + (brokerage * lead) as f32;
        person.plan = answered(person.need, spread[person.neighbourhood as usize]);
        person.seeking = true;
        let stratum = person.stratum;
        world.seen.push(index);
        world.tally.add(stratum, Metric::Assessment, cost, 0.0);
        world.spend_council(stratum, cost);
    }
    let mut due = std::mem::take(&mut world.due);
    // Whoever misses out this month does so by their own luck.
    due.sort_by_cached_key(|index| {
        month.luck.queue.words(world.people[*index as usize].key, REVIEW)[0]
    });
    for index in &due {
        if world.commissioner.assessment_credit < p.review_cost {
            break;
        }
        let person = &mut world.people[*index as usize];
        if person.stage != Stage::AtHome {
            person.review_due = false;
            continue;
        }
        world.commissioner.assessment_credit -= p.review_cost;
        person.review_due = false;
        person.plan = answered(person.need, spread[person.neighbourhood as usize]);
        world.follow_plan(*index as usize, month);
        world.seen.push(*index);
        let stratum = world.people[*index as usize].stratum;
        let spent = cost * p.review_cost;
        world.tally.add(stratum, Metric::Assessment, spent, 0.0);
        world.spend_council(stratum, spent);
    }
    world.due = due;
    world.counts.reviews += world.seen.len() as u64;
    // Time not used this month cannot be kept for later.
    let commissioner = &mut world.commissioner;
    commissioner.assessment_credit = commissioner.assessment_credit.min(1.0);
}

/// Numbers the draw for the order of reviews among a person's of the month.
const REVIEW: u64 = 2;

/// The hours that a team finds eligible.
fn answered(need: [f32; 3], team: f32) -> [f32; 3] {
    need.map(|hours| hours * team)
}

/// Things there are to tell people of: three ways to hold a budget, and enterprises.
const THINGS_TOLD: f64 = 4.0;

/// Share of planners' time left for assessing, over what the place's own ways leave.
fn time_left(world: &World, month: &Month<'_>) -> f64 {
    let p = month.p;
    let left = |levers: &crate::levers::Levers| {
        let told = levers.option_awareness;
        let things = told.isf + told.direct_payment + told.mixed + levers.micro_awareness;
        let telling = things / THINGS_TOLD;
        1.0 - p.telling_time * telling - p.planning_time * levers.plan_rigidity
    };
    left(&month.levers) / left(world.status_quo())
}
