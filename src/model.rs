//! The model: one place, month by month. Read [`step`] first.

pub mod almanac;
pub mod arrivals;
pub mod assessment;
pub mod build;
pub mod burden;
pub mod catalysts;
pub mod commissioning;
pub mod community;
pub mod delivery;
pub mod gain;
pub mod hazards;
pub mod learning;
pub mod market;
pub mod mechanism;
pub mod month;
pub mod observe;
pub mod offers;
pub mod parting;
pub mod person;
pub mod placing;
pub mod population;
pub mod provider;
pub mod rings;
pub mod roll;
pub mod shocks;
pub mod sourcing;
pub mod starting;
pub mod switching;
pub mod ties;
pub mod world;

pub use month::{Month, Settings};
pub use world::World;

/// One month, in the order people live it.
pub fn step(world: &mut World, month: &Month<'_>) {
    population::changes(world, month); //     people arrive, die or leave; needs drift; crises strike
    assessment::decides(world, month); //     assess and review within social-work capacity
    mechanism::is_chosen(world, month); //    those seen choose who holds the budget
    sourcing::places(world, month); //        people with unplaced hours look, or are allocated
    delivery::delivers(world, month); //      hours are given, relationships grow, fit is felt
    switching::lets_leave(world, month); //   the dissatisfied leave, where they are free to
    market::adjusts(world, month); //         providers pay, price, hire, hand back, close; others start
    commissioning::buys(world, month); //     tenders, awards, uplifts, the arrival of change
    community::moves(world, month); //         connectedness moves, peers' ways become known
    shocks::strike(world, month); //          what the scenario scheduled
    observe::counts(world, month); //         metrics
}

/// One process of a month.
pub type Process = fn(&mut World, &Month<'_>);

/// The processes of [`step`] by name, in its order, so that tests can leave one out
/// or look between two.
pub const PROCESSES: &[(&str, Process)] = &[
    ("population", population::changes),
    ("assessment", assessment::decides),
    ("mechanism", mechanism::is_chosen),
    ("sourcing", sourcing::places),
    ("delivery", delivery::delivers),
    ("switching", switching::lets_leave),
    ("market", market::adjusts),
    ("commissioning", commissioning::buys),
    ("community", community::moves),
    ("shocks", shocks::strike),
    ("observe", observe::counts),
];

/// Runs a world on through months, under lever settings that may change by date.
pub fn run(world: &mut World, settings: &Settings<'_>, months: std::ops::RangeInclusive<i32>) {
    for number in months {
        world.month = number;
        let month = Month::of(world, settings);
        step(world, &month);
    }
}
