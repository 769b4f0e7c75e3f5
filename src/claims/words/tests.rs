use super::*;
use crate::claims::Part;
use crate::claims::answer::{Believed, Without};
use crate::claims::counting::{Drawn, Luck};
use crate::discovery::boxes::{Found, Restriction};
use crate::discovery::deciding::Decider;
use crate::discovery::steadiness::Steadiness;
use crate::discovery::switching::Switching;
use crate::metrics::Metric;
use crate::parameters::PARAMETERS;
use std::collections::BTreeMap;

const LEVEL: What =
    What::Level { metric: Metric::PublicPerPerson, group: 0, period: Period::Whole };

fn claims() -> Claims {
    let part = Part {
        text: "new cost.public_per_person <= old".to_owned(),
        left: 0,
        op: Op::AtMost,
        right: Against::Figure(1, Allowance::Amount(0.0)),
    };
    Claims {
        claims: vec![Claim { text: part.text.clone(), parts: vec![part] }],
        figures: vec![Figure { world: 1, what: LEVEL }, Figure { world: 0, what: LEVEL }],
    }
}

fn counted(holds: u32, fails: u32, open: u32) -> Counted {
    let held = [(Held::Holds, holds), (Held::Fails, fails), (Held::Undecided, open)];
    let all = held.into_iter().flat_map(|(held, n)| std::iter::repeat_n(held, n as usize));
    let drawn = |(draw, held)| Drawn { draw, margins: vec![1.0], held };
    Counted { draws: (0..).zip(all).map(drawn).collect(), unmeasured: 0 }
}

fn answer(main: Counted) -> Answer {
    Answer {
        claim: claims().claims[0].clone(),
        units: vec!["£ a year".to_owned()],
        matters: vec![Some(200.0)],
        luck: Luck { sd: vec![1.0], times: vec![2.0] },
        counted: vec![main],
        deciding: Vec::new(),
        boxes: Vec::new(),
        without: Vec::new(),
        worth: Vec::new(),
    }
}

fn simulated(ids: &[&'static str]) -> Simulated {
    let believed = |id: &&'static str| Believed {
        id,
        asked: 100,
        draws: BTreeMap::new(),
        refused: Vec::new(),
        names: Vec::new(),
        parameters: Vec::new(),
    };
    Simulated { beliefs: ids.iter().map(believed).collect(), without: Vec::new(), seed: 1 }
}

fn said(answer: &Answer, of: &Simulated) -> String {
    let (regimes, stresses) = (["old", "new"].map(str::to_owned), ["blow".to_owned()]);
    paragraph(&claims(), answer, of, &Names { regimes: &regimes, stresses: &stresses })
}

#[test]
fn claims_are_said_in_plain_words() {
    let names =
        Names { regimes: &["old", "new"].map(str::to_owned), stresses: &["blow".to_owned()] };
    let of = |left: What, op: Op, right: Against| {
        let part = Part { text: String::new(), left: 0, op, right };
        let figures = vec![Figure { world: 1, what: left }, Figure { world: 0, what: left }];
        let claim = Claim { text: String::new(), parts: vec![part] };
        plain(&Claims { claims: Vec::new(), figures }, &claim, &names)
    };
    let than = |allowance| Against::Figure(1, allowance);
    assert_eq!(
        of(LEVEL, Op::AtMost, than(Allowance::Amount(0.0))),
        "public cost a person under new is at most that under old"
    );
    assert_eq!(
        of(LEVEL, Op::Less, than(Allowance::Share(-0.02))),
        "public cost a person under new is below that under old less 2%"
    );
    assert_eq!(
        of(LEVEL, Op::More, Against::Number(9000.0)),
        "public cost a person under new is above £9000 a year"
    );
    let older = What::Level { metric: Metric::GoodOptions, group: 2, period: Period::FinalYear };
    assert_eq!(
        of(older, Op::AtLeast, than(Allowance::Amount(0.5))),
        "good options to hand of people of age 65+ in the final year under new is at least that under old plus 0.5 offers"
    );
    let stress = What::Stress { stress: 0, metric: Metric::Unmet, said: Said::MonthsToRecover };
    assert_eq!(
        of(stress, Op::Less, than(Allowance::Amount(0.0))),
        "months to recover in eligible hours not delivered after blow under new is below that under old"
    );
}

#[test]
fn shares_are_whole_and_never_all_or_none_where_that_is_not_so() {
    let of = [0.0, 0.001, 0.004, 0.705, 0.994, 0.999, 1.0].map(percent);
    assert_eq!(of, ["0%", "under 1%", "under 1%", "71%", "99%", "over 99%", "100%"]);
}

#[test]
fn how_often_it_holds_is_said_with_its_interval_and_what_luck_leaves_open() {
    let one = simulated(&["agnostic"]);
    let first = |main| said(&answer(main), &one).split(". ").next().unwrap_or("").to_owned();
    let that = "That public cost a person under new is at most that under old holds";
    assert_eq!(
        first(counted(71, 20, 9)),
        format!(
            "{that} in 71% of 100 draws of what is plausible (95% interval 61% to 79%, agnostic beliefs); it fails in 20%, and in 9% luck leaves it open"
        )
    );
    assert_eq!(
        first(counted(100, 0, 0)),
        format!(
            "{that} in all of 100 draws of what is plausible (95% interval 96% to 100%, agnostic beliefs)"
        )
    );
    assert_eq!(
        first(counted(0, 99, 1)),
        format!(
            "{that} in none of 100 draws of what is plausible (95% interval 0% to 4%, agnostic beliefs); it fails in 99%, and in 1% luck leaves it open"
        )
    );
    let none = said(&answer(counted(0, 0, 0)), &one);
    assert!(none.ends_with("could be measured in no draw."), "{none}");
}

#[test]
fn others_are_heard_and_refused_draws_are_counted() {
    let mut of = simulated(&["agnostic", "believer", "sceptic"]);
    of.beliefs[0].refused = vec![crate::analysis::tolerance::Refused {
        beliefs: 0,
        believed: "agnostic",
        draw: 3,
        place: "dorset".to_owned(),
        why: "no reason".to_owned(),
    }];
    let mut one = answer(counted(50, 49, 0));
    one.counted.extend([counted(25, 0, 0), counted(0, 20, 5)]);
    let text = said(&one, &of);
    let others = "On a believer’s ranges 100% (25 draws, 95% interval 87% to 100%), on a sceptic’s ranges 0% (25 draws, 95% interval 0% to 13%).";
    assert!(text.contains(others), "{text}");
    assert!(text.contains("No parameter by itself decides it more than chance would."), "{text}");
    let left =
        "1 of 100 draws is left out, in which the status quo is no place to compare regimes in.";
    assert!(text.ends_with(left), "{text}");
}

fn deciding(at: Option<f64>, holds_above: bool, trend: f64) -> Deciding {
    let parameter = PARAMETERS.iter().find(|p| p.name == "self_funder_share").expect("one");
    let shares = if holds_above { (0.1, 0.8) } else { (0.8, 0.1) };
    let switching =
        at.map(|at| Switching { at, low: Some(at - 0.02), high: None, holds_above, shares });
    let decider = Decider { input: 0, share: 0.4, trend: Some(trend), p: 0.001 };
    Deciding { parameter, decider, switching }
}

#[test]
fn what_turns_a_claim_is_said_with_its_side_and_turns_with_it() {
    let of = |deciding: Deciding| {
        let mut one = answer(counted(50, 50, 0));
        one.deciding = vec![deciding];
        said(&one, &simulated(&["agnostic"]))
    };
    let p = PARAMETERS.iter().find(|p| p.name == "self_funder_share").expect("one");
    // Below the default, so that the default holds where it holds above.
    let at = p.default - 0.05;
    let text = of(deciding(Some(at), true, 0.6));
    let begins = "It mostly fails where self_funder_share is below ";
    assert!(text.contains(begins), "{text}");
    assert!(
        text.contains("to beyond its range; it holds in 10% there and in 80% beyond;"),
        "{text}"
    );
    assert!(text.contains("is on the side where it holds"), "{text}");
    let turned = of(deciding(Some(at), false, -0.6));
    assert!(turned.contains("It mostly fails where self_funder_share is above "), "{turned}");
    assert!(turned.contains("is on the side where it fails"), "{turned}");
    let leans = of(deciding(None, true, 0.6));
    assert!(
        leans.contains("It depends on self_funder_share (the more the likelier; evidence: "),
        "{leans}"
    );
    assert!(leans.contains("which turns it at no one value."), "{leans}");
    let either = of(deciding(None, true, 0.01));
    assert!(either.contains("(either way;"), "{either}");
}

#[test]
fn evidence_is_named_by_its_grade_and_its_rows() {
    for parameter in PARAMETERS {
        let said = evidence(parameter);
        assert!(said.starts_with(parameter.grade.word()), "{}: {said}", parameter.name);
        assert_eq!(said == "assumed", matches!(parameter.grade, Grade::Assumed(_)));
    }
    let measured = PARAMETERS.iter().find(|p| matches!(p.grade, Grade::Measured(_)));
    assert!(evidence(measured.expect("one")).contains(", E0"));
}

fn boxed(kept_back: f64) -> Boxed {
    let parameter = PARAMETERS.iter().find(|p| p.name == "self_funder_share").expect("one");
    let limits = vec![Limits::Between(parameter.low, parameter.default)];
    let restriction = Restriction { input: 0, end: End::High, quasi_p: 0.001 };
    let found = Found {
        limits,
        n: 40,
        k: 36,
        mass: 0.4,
        density: 0.9,
        coverage: 0.6,
        restrictions: vec![restriction],
    };
    let steady = Steadiness {
        restricted: vec![1.0],
        density: Some(0.95),
        kept_back: Some(kept_back),
        coverage: Some(0.5),
    };
    Boxed { of: Held::Holds, found, steady, base: 0.6, decided: 100, names: vec![parameter.name] }
}

#[test]
fn a_box_is_spoken_of_only_where_it_says_something_of_other_draws() {
    let of = |kept_back: f64| {
        let mut one = answer(counted(60, 40, 0));
        one.boxes = vec![boxed(kept_back)];
        said(&one, &simulated(&["agnostic"]))
    };
    let text = of(0.8);
    assert!(text.contains("Where self_funder_share is at most "), "{text}");
    assert!(text.contains("it holds in 90% of the draws that luck does not leave open, against 60% of all, and these are 60% of those in which it holds; boxes looked for in half of the draws reach 80% in the other half."), "{text}");
    assert!(!of(0.65).contains("Where "), "no better than any draws");
}

fn without(link: &'static str, off: usize, beyond_chance: bool) -> Without {
    let (n, on) = (32, 24);
    let (gained, lost) = (off.saturating_sub(on), on.saturating_sub(off));
    Without { link, part: None, n, on, off, gained, lost, p: 0.5, beyond_chance, change: None }
}

#[test]
fn only_links_that_change_it_beyond_chance_are_named() {
    let of = |rows: Vec<Without>| {
        let mut one = answer(counted(60, 40, 0));
        one.without = rows;
        said(&one, &simulated(&["agnostic"]))
    };
    let text = of(vec![without("a", 23, false), without("b", 24, false)]);
    assert!(text.ends_with("None of 2 causal links, switched off, changes beyond chance that it holds in 75% (32 draws each, one luck)."), "{text}");
    let text = of(vec![without("a", 23, false), without("b", 8, true)]);
    assert!(text.ends_with("Of 2 causal links switched off one by one (32 draws each, one luck), without `b` it holds in 25% instead of 75%; the other link changes nothing beyond chance."), "{text}");
}

#[test]
fn worth_has_its_unit_and_no_worth_is_said_to_be_none() {
    let of = |at: f64| {
        let mut one = answer(counted(60, 40, 0));
        let worth = |of: Of, at: f64| Worth {
            part: 0,
            of,
            worth: Ranged { at, low: 0.8 * at, high: 1.2 * at },
            otherwise: Some(0.2),
            explains: Some(0.5),
        };
        one.worth = vec![
            worth(Of::Everything, 2.0 * at),
            worth(Of::Parameters, at),
            worth(Of::Section("Market"), 0.5 * at),
            worth(Of::Section("People"), 0.1 * at),
        ];
        said(&one, &simulated(&["agnostic"]))
    };
    let text = of(50.0);
    assert!(text.ends_with("To somebody choosing by it, knowing every parameter would be worth £50 a year (95% interval 40 to 60); of groups of parameters, market is worth most, 25."), "{text}");
    assert!(
        of(0.0).ends_with("worth nothing that can be told from luck: the same would be chosen.")
    );
}
