//! Catalysts choose where to work, within their time, and stop when they are withdrawn.

use commissim::experiment::Experiment;
use commissim::model::{Month, Settings, World};
use commissim::outcomes::Reads;
use commissim::parameters::Parameters;

use crate::small_worlds::{announces, at_fork, lives, number};

/// A county at the fork, where so many catalysts for every 1,000 people are at work.
fn county(catalysts: f64) -> (Experiment, World) {
    let mut experiment = crate::apart::compares(crate::apart::county(), &[], 1, 1);
    experiment.places[0].status_quo.catalysts = catalysts;
    let world = at_fork(&experiment);
    (experiment, world)
}

/// Enterprises and ventures at work in each neighbourhood.
fn enterprises(world: &World) -> Vec<f64> {
    let mut here = vec![0.0; world.neighbourhoods.len()];
    for provider in world.providers.iter().filter(|p| p.open && p.is_small_and_local()) {
        here[provider.home as usize] += 1.0;
    }
    here
}

/// What catalysts choose in a world as it stands, and what they add to founders' chances
/// where so many would start by themselves in each neighbourhood.
fn choose(world: &mut World, p: &Parameters, experiment: &Experiment, usual: f64) -> Vec<f64> {
    let settings = Settings {
        parameters: p,
        structures: &experiment.structures,
        stages: &[],
        years: 1,
        blows: &[],
        reads: Reads::ALL,
    };
    let month = Month::of(world, &settings);
    world.catalysts_choose(&month);
    world.catalysts_help(&vec![usual; world.neighbourhoods.len()], &month)
}

#[test]
fn a_catalyst_supports_only_so_many_enterprises_in_so_many_places() {
    let (experiment, mut world) = county(1.0);
    let there = enterprises(&world);
    let all: f64 = there.iter().sum();
    let posts = world.census.supported / 1000.0;
    assert!(all >= 10.0 && posts > 1.0, "{all} enterprises, {posts} posts");
    let covered = |world: &World| -> f64 {
        let pairs = world.neighbourhoods.iter().zip(&there);
        pairs.map(|(here, there)| here.coverage * there).sum()
    };
    let mut p = experiment.parameters.clone();
    p.neighbourhoods_a_catalyst = 1000.0;
    // Enough for half of them, and for all of them twice over.
    for (each, expected) in [(all / posts / 2.0, all / 2.0), (all / posts * 2.0, all)] {
        p.enterprises_a_catalyst = each;
        choose(&mut world, &p, &experiment, 0.0);
        let covered = covered(&world);
        assert!((covered - expected).abs() < 1e-6, "{covered} of {all} covered, not {expected}");
        for catalyst in &world.catalysts {
            let has: f64 = catalyst.works_in.iter().map(|(at, s)| s * there[*at as usize]).sum();
            assert!(has <= each * catalyst.time + 1e-9, "{has} of {each} by {catalyst:?}");
        }
    }
    p.enterprises_a_catalyst = 1000.0;
    p.neighbourhoods_a_catalyst = 2.0;
    choose(&mut world, &p, &experiment, 0.0);
    let places: f64 = world.neighbourhoods.iter().map(|here| here.coverage).sum();
    let most = (2.0 * posts).min(there.len() as f64);
    assert!((places - most).abs() < 1e-6, "they are in {places} places, not {most}");
    let time: f64 = world.catalysts.iter().map(|catalyst| catalyst.time).sum();
    assert!(time <= posts + 1e-9 && world.neighbourhoods.iter().all(|n| n.coverage <= 1.0));
}

#[test]
fn catalysts_go_where_most_is_asked_for_and_help_so_many_to_start() {
    let (experiment, mut world) = county(1.0);
    let mut p = experiment.parameters.clone();
    (p.neighbourhoods_a_catalyst, p.enterprises_a_catalyst) = (1.0, 1000.0);
    let there = enterprises(&world);
    for (place, here) in world.neighbourhoods.iter_mut().enumerate() {
        here.unserved = (1.0 + there[place]) * if place % 3 == 2 { 9.0 } else { 1.0 };
    }
    let first = choose(&mut world, &p, &experiment, 0.0);
    let chosen: Vec<u16> = world.catalysts.iter().map(|c| c.works_in[0].0).collect();
    let expected: Vec<u16> = (0..chosen.len() as u16).map(|row| 3 * row + 2).collect();
    assert_eq!(chosen, expected, "where hours go unserved, in order where alike");
    assert_eq!(first[2], p.catalyst_starts, "founders there are helped in full");
    assert_eq!(first[0], 0.0, "and nobody is where no catalyst works");
    // With many founders to help, a whole post helps as many as it can and no more.
    let many = choose(&mut world, &p, &experiment, 1000.0);
    let most = p.starts_per_catalyst / 12.0;
    assert!((many[2] * 1000.0 - most).abs() < 1e-9, "{} a month, not {most}", many[2] * 1000.0);
}

#[test]
fn withdrawn_catalysts_stop_covering() {
    let (mut experiment, mut world) = county(2.0);
    assert!(!world.catalysts.is_empty());
    assert!(world.neighbourhoods.iter().any(|here| here.coverage > 0.0));
    experiment.parameters.arrival_start = 1.0;
    let withdrawn = announces(1, &[("catalysts", number(0.0))]);
    lives(&experiment, &mut world, &withdrawn, 1..=2);
    assert!(world.catalysts.is_empty());
    assert!(world.neighbourhoods.iter().all(|here| here.coverage == 0.0));
}
