//! Who is counted as asked, and what a right does that nobody is told of.

use commissim::cell;
use commissim::draws::Draws;
use commissim::experiment::Experiment;
use commissim::levers::{Levers, Mechanism, Offered};
use commissim::metrics::Metric;
use commissim::model::build;
use commissim::outcomes::{Outcomes, Period, Sums};

use crate::small_worlds::{announces, shares, town, word, words};

const WAYS: [Metric; 4] = [
    Metric::AnsweredManaged,
    Metric::AnsweredIsf,
    Metric::AnsweredDirectPayment,
    Metric::AnsweredMixed,
];

/// A town in which, as in Scotland before the Act, a direct payment is all there is beside
/// what the council arranges, and a regime.
fn before_the_act(regime: &[(&str, commissim::declare::Setting)]) -> Experiment {
    let mut experiment = town(vec![announces(1, regime)]);
    experiment.replicates = 1;
    experiment.places[0].status_quo = Levers {
        offered: Offered::of(&[Mechanism::Managed, Mechanism::DirectPayment]),
        ..Levers::default()
    };
    experiment
}

fn worlds(experiment: &Experiment) -> Vec<Outcomes> {
    let id = cell::units(experiment)[0][0];
    cell::simulate(experiment, id).worlds
}

fn whole(outcomes: &Outcomes, metric: Metric) -> Sums {
    outcomes.sums(metric, 0, Period::Whole).expect("kept")
}

#[test]
fn who_has_been_asked_chose_one_of_four_ways() {
    let all = words(&["managed", "isf", "direct_payment", "mixed"]);
    let mut experiment = before_the_act(&[
        ("default_mechanism", word("none")),
        ("offered", all),
        ("option_awareness", shares(&[("isf", 0.7), ("direct_payment", 0.9), ("mixed", 0.6)])),
    ]);
    experiment.parameters.arrival_start = 0.1;
    experiment.parameters.arrival_pace = 1.5;
    let worlds = worlds(&experiment);
    let (before, after) = (&worlds[0], &worlds[1]);
    // Where something is the default nobody is asked, so there are no choices to share out.
    assert_eq!(whole(before, Metric::Answered)[0], 0.0);
    assert!(whole(before, Metric::Answered)[1] > 0.0);
    let [answered, funded] = whole(after, Metric::Answered);
    assert!(answered > 0.0 && answered < funded, "{answered} of {funded}");
    let mut chose = 0.0;
    for way in WAYS {
        assert_eq!(whole(before, way), [0.0; 2]);
        assert_eq!(whole(after, way)[1], answered, "{way:?}");
        chose += whole(after, way)[0];
    }
    assert_eq!(chose, answered);
    // Groups are read once a quarter; in each, too, everybody who answered chose one way.
    for group in 1..3 {
        let of = |metric| after.sums(metric, group, Period::Whole).expect("kept");
        let chose: f64 = WAYS.iter().map(|way| of(*way)[0]).sum();
        assert_eq!(chose, of(Metric::Answered)[0]);
    }
}

#[test]
fn who_states_no_wish_or_knows_one_way_only_has_not_chosen() {
    let mut experiment = before_the_act(&[("default_mechanism", word("none"))]);
    experiment.parameters.states_no_wish = 1.0;
    assert_eq!(whole(&worlds(&experiment)[1], Metric::Answered)[0], 0.0);
    let mut experiment =
        before_the_act(&[("default_mechanism", word("none")), ("offered", words(&["managed"]))]);
    experiment.places[0].direct_payment_share = [0.0; 4];
    experiment.places[0].status_quo.offered = Offered::of(&[Mechanism::Managed]);
    assert_eq!(whole(&worlds(&experiment)[1], Metric::Answered)[0], 0.0);
}

#[test]
fn a_right_that_nobody_is_told_of_moves_nobody() {
    let mut experiment =
        before_the_act(&[("offered", words(&["managed", "isf", "direct_payment"]))]);
    let told = &mut experiment.places[0].status_quo.option_awareness;
    (told.isf, told.mixed) = (0.0, 0.0);
    let worlds = worlds(&experiment);
    assert_eq!(whole(&worlds[1], Metric::ShareIsf)[0], 0.0);
    for metric in [Metric::ShareManaged, Metric::ShareDirectPayment, Metric::AwareIsf] {
        assert_eq!(whole(&worlds[0], metric), whole(&worlds[1], metric), "{metric:?}");
    }
}

#[test]
fn a_council_that_provides_more_itself_leaves_agencies_less() {
    let hours = |share: Option<f64>| {
        let mut experiment = before_the_act(&[]);
        experiment.places[0].in_house_share = share;
        let luck = Draws { seed: experiment.seed, draw: 0, replicate: 0 };
        let world = build::world(&experiment.places[0], &experiment.parameters, luck, 1);
        let large = || world.providers.iter().filter(|p| !p.is_small_and_local());
        let hours = |own: bool| -> f64 {
            large().filter(|p| p.is_agency() != own).map(|p| p.staff * p.hours_a_worker).sum()
        };
        (hours(true), hours(false))
    };
    let usual = commissim::parameters::Parameters::default().in_house_share;
    assert_eq!(hours(None), hours(Some(usual)));
    let ((own, agencies), (much, less)) = (hours(None), hours(Some(0.41)));
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
    assert!(near(much / own, 0.41 / usual), "{much} {own}");
    assert!(near(less / agencies, (1.0 - 0.41) / (1.0 - usual)), "{less} {agencies}");
}
