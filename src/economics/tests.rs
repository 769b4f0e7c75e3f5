use super::*;
use crate::appraisal::LINES;
use crate::cell::CellId;
use crate::made_up;
use crate::metrics::Metric;
use crate::outcomes::{Outcomes, Stratum, Tally};

/// A year of two in which so many months are lived at home, at full quality of life,
/// at £100 each.
fn world(months: usize) -> Outcomes {
    let mut outcomes = Outcomes::new(2);
    for year in 0..2 {
        let mut tally = Tally::default();
        for _ in 0..months {
            tally.live(Stratum::of(0, 0, 0, 0), 1.0);
        }
        let years = months as f64 / 12.0;
        tally.add_whole(Metric::EmergencyAdmissions, 0.0, years);
        tally.add_whole(Metric::PerScrqolYear, 0.0, years);
        tally.add_whole(Metric::Support, 100.0 * months as f64, 0.0);
        outcomes.close_month(&mut tally);
        outcomes.close_year(year, &mut tally);
    }
    outcomes
}

fn present(months: usize, beside: usize, experiment: &Experiment) -> Present {
    let choices = &experiment.economics;
    let (world, comparator) = (Flow::of(&world(months)), Flow::of(&world(beside)));
    let factors = choices.factors(2);
    Present::of(&world, &comparator, &factors, choices, &experiment.parameters)
}

#[test]
fn who_is_not_counted_in_one_regime_is_not_dead_there() {
    let experiment = made_up::experiment(&["fewer"], 1);
    let (fewer, usual) = (present(108, 120, &experiment), present(120, 120, &experiment));
    let outside = experiment.parameters.life_outside / 24.0;
    assert!((usual.outcome[0] - 20.0).abs() < 1e-12);
    assert!((fewer.outcome[0] - (18.0 + 2.0 * outside)).abs() < 1e-12, "{fewer:?}");
}

#[test]
fn the_first_year_is_year_nought() {
    let mut experiment = made_up::experiment(&["any"], 1);
    let cost = |present: Present| present.cost(View::Council, true);
    let standard = cost(present(120, 120, &experiment));
    assert!((standard - 12_000.0 * (1.0 + 1.0 / 1.035)).abs() < 1e-6, "{standard}");
    experiment.economics.discount_rate = Some(0.0);
    assert_eq!(cost(present(120, 120, &experiment)), 24_000.0);
}

#[test]
fn optimism_bias_is_added_and_said() {
    let mut experiment = made_up::experiment(&["more"], 3);
    experiment.economics.optimism_bias[0] = 10.0;
    let mut economics = Economics::new(&experiment);
    for replicate in 0..3 {
        let worlds = vec![world(120), world(132), world(120)];
        let id = CellId { system: 0, beliefs: 0, draw: 0, replicate };
        economics.add(&Cell { worlds, ..made_up::cell(&experiment, id) });
    }
    let found = economics.findings();
    let row = |item: Item| {
        let wanted = |r: &&CostRow| r.about.regime == "more" && r.item == item;
        found.costs.iter().filter(wanted).find(|r| !r.discounted && !r.each).expect("a row")
    };
    let (support, council) = (row(Item::Line(0)), row(Item::Total(View::Council)));
    for row in [support, council] {
        assert!((row.level.mean().expect("seen") - 29_040.0).abs() < 1e-6);
        assert!((row.bias - 2_640.0).abs() < 1e-6, "{}", row.bias);
        let difference = row.difference.and_then(|d| d.mean()).expect("compared");
        assert!((difference - 2_640.0).abs() < 1e-6);
    }
    assert_eq!((support.raised, council.raised), (Some(10.0), None));
    assert!(found.economics.iter().all(|row| row.raised == [("support", 10.0)]));
    assert_eq!((0..LINES).filter(|line| experiment.economics.raise(*line) != 1.0).count(), 1);
}

#[test]
fn of_each_regime_and_replicate_one_point_is_kept() {
    let experiment = made_up::experiment(&["one", "two"], 7);
    let mut economics = Economics::new(&experiment);
    for replicate in 0..7 {
        economics
            .add(&made_up::cell(&experiment, CellId { system: 0, beliefs: 0, draw: 0, replicate }));
    }
    assert!(economics.clouds.iter().all(|cloud| cloud.len() == 7));
    assert!(std::mem::size_of::<Point>() <= 40);
    let rows = economics.findings().plane;
    assert_eq!(rows.len(), 2 * 3 * 7);
    assert!(rows.iter().all(|row| row.about.regime != "placebo"));
}

#[test]
fn hours_are_counted_over_the_models_own_weeks() {
    use crate::model::world::{MONTHS_A_YEAR, WEEKS_A_MONTH};
    let unpaid = COSTS.iter().filter_map(|line| line.hours).find(|h| h.called == "unpaid_hours");
    let weeks = unpaid.expect("declared").a_unit;
    assert!((weeks - WEEKS_A_MONTH * f64::from(MONTHS_A_YEAR)).abs() < 1e-9, "{weeks}");
}

/// Cells of two draws of two replicates, each of whose datum is the mean of its two.
#[test]
fn with_draws_a_draw_counts_once() {
    use crate::designs::Design;
    use crate::uncertainty::{Beliefs, Uncertainty};
    let drawn = Uncertainty::designed(Design::Sobol, 2, &[Beliefs::Agnostic], |_| false, 7);
    let experiment = Experiment { uncertainty: Some(drawn), ..made_up::experiment(&["more"], 2) };
    let mut economics = Economics::of(&experiment, Basis::of(&experiment, 0, 0));
    for id in crate::cell::units(&experiment).into_iter().flatten() {
        // £1,200 more for each twelve months lived more, in each of two years.
        let more = 12 * (1 + 4 * id.draw + id.replicate) as usize;
        let worlds = vec![world(120), world(120 + more), world(120)];
        economics.add(&Cell { worlds, ..made_up::cell(&experiment, id) });
    }
    let found = economics.findings();
    let council =
        |row: &&CostRow| row.item == Item::Total(View::Council) && !row.discounted && !row.each;
    let row = found.costs.iter().filter(|row| row.about.regime == "more").find(council);
    let difference = row.expect("a row").difference.expect("compared");
    // Draws' means are 1.5 and 5.5 times 2,400.
    assert_eq!(difference.n(), 2);
    assert!((difference.mean().expect("seen") - 3.5 * 2400.0).abs() < 1e-6);
    assert!((difference.sd().expect("two") - 8f64.sqrt() * 2400.0).abs() < 1e-6);
    assert_eq!(found.plane.len(), 3 * 2, "a point for each view and draw");
    assert!(found.acceptability.iter().all(|row| row.n == 2));
    // What a year outside the service is worth is the draw's own.
    let life = |draw| experiment.drawn(0, draw).parameters.life_outside / 24.0;
    assert_ne!(life(0), life(1));
    let outcome = |draw: u32| {
        let point = found.plane.iter().find(|row| row.point.draw == draw).expect("there").point;
        let years = if draw == 0 { 1.5 } else { 5.5 };
        let factor = 1.0 + 1.0 / 1.035;
        (point.outcome, years * (1.0 - life(draw)) * factor)
    };
    for draw in [0, 1] {
        let (got, expected) = outcome(draw);
        assert!((got - expected).abs() < 1e-9, "{got} {expected}");
    }
}
