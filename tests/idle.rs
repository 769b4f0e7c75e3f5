//! A lever that is set and changes nothing is told of; one that changes anything is not.

use commissim::experiment::Experiment;
use commissim::place::Place;
use commissim::run::idle::told;

use crate::small_worlds::{announces, number, town, word, words};

/// A town in which the council arranges everything, under a regime that sets help with
/// direct payments (which nobody has), the rigidity of plans, and what is so already.
fn arranged() -> Experiment {
    let mut regime = announces(
        1,
        &[
            ("dp_support", number(1.0)),
            ("plan_rigidity", number(0.0)),
            ("procurement", word("tender")),
        ],
    );
    regime.id = "arranged".to_owned();
    let mut experiment = town(vec![regime]);
    let place = &mut experiment.places[0];
    assert!(place.status_quo.set("offered", &words(&["managed"])));
    place.direct_payment_share = [0.0; 4];
    experiment
}

#[test]
fn a_lever_that_changes_nothing_is_told_of_and_another_is_not() {
    let experiment = arranged();
    let lines = told(&experiment, Some(1)).expect("tried");
    let [so, nothing] = lines.as_slice() else { panic!("{lines:#?}") };
    assert!(so.contains("arranged sets `procurement` as it is in A made-up town already"), "{so}");
    assert!(nothing.contains("arranged sets `dp_support`, and the run is the same"), "{nothing}");
    assert!(!lines.concat().contains("plan_rigidity"), "{lines:#?}");
    assert_eq!(lines, told(&experiment, Some(2)).expect("tried"));
}

#[test]
fn announcing_what_changes_nothing_is_no_change() {
    // By itself, so that the announcement and its programme stand and fall with it.
    let mut experiment = arranged();
    experiment.regimes[0].changes[0].settings.retain(|(lever, _)| lever == "dp_support");
    let lines = told(&experiment, Some(1)).expect("tried");
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("`dp_support`"), "{lines:#?}");
}

#[test]
fn what_changes_something_in_one_place_of_several_is_not_told_of() {
    let mut experiment = arranged();
    let (id, code) = ("other".to_owned(), 4001);
    experiment.places.push(Place { id, code, ..Place::town() });
    experiment.replicates = 100;
    let lines = told(&experiment, Some(1)).expect("tried");
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("`procurement`"), "{lines:#?}");
    // Where trying the second would cost too much of the run, the line says where it holds.
    experiment.replicates = 1;
    let lines = told(&experiment, Some(1)).expect("tried");
    assert!(lines[1].ends_with("happens in A made-up town in 2 years"), "{lines:#?}");
}
