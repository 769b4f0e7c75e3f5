use super::range::{mean, range};
use super::*;
use crate::analysis::verdict::Verdict;
use crate::metrics::{Better, Metric};
use proptest::prelude::*;

fn at() -> At {
    At {
        file: "differences.csv".to_owned(),
        row: vec![("regime", "one".to_owned()), ("period", "whole".to_owned())],
        column: String::new(),
    }
}

fn estimate(metric: Metric, mean: f64, half: f64, verdict: Option<Verdict>) -> Estimate {
    Estimate {
        mean: Some(mean),
        interval: Some((mean - half, mean + half)),
        drawn: false,
        luck: None,
        verdict,
        matters: metric.declaration().matters(),
        columns: ["mean", "low", "high"],
        at: at(),
    }
}

fn said(metric: Metric, mean: f64, half: f64, verdict: Option<Verdict>) -> String {
    let difference = Some(estimate(metric, mean, half, verdict));
    compared(metric, "Status quo", &[Item { title: "One", difference }]).plain()
}

#[test]
fn sentences_read_as_a_person_would_write_them() {
    use Verdict::*;
    let cases = [
        (
            said(Metric::Picked, 0.0273, 0.005, Some(Better)),
            "Compared with the status quo, 2.7 more in every 100 people picked their supporter under One (better; range 2.2 to 3.2).",
        ),
        (
            said(Metric::Unmet, 0.03, 0.01, Some(Worse)),
            "Compared with the status quo, 3.0 more in every 100 hours of support that people were eligible for went undelivered under One (worse; range 2.0 to 4.0).",
        ),
        (
            said(Metric::PublicPerPerson, 30.0, 250.0, Some(Unclear)),
            "Compared with the status quo, there is no clear difference in what the public paid for each person under One (range £220 less to £280 more a year for each person).",
        ),
        (
            said(Metric::PublicPerPerson, -30.0, 20.0, Some(Same)),
            "Compared with the status quo, what the public paid for each person is the same, to within £200 a year for each person, under One (range £10 to £50 less).",
        ),
        (
            said(Metric::WeeksToSupport, -2.0, 0.5, Some(Better)),
            "Compared with the status quo, the wait for first support was 2.00 weeks shorter under One (better; range 1.50 to 2.50).",
        ),
        (
            said(Metric::Picked, 0.05, 0.01, None),
            "Compared with the status quo, 5.0 more in every 100 people picked their supporter under One (range 4.0 to 6.0); and no verdict is passed, for want of replicates or draws.",
        ),
        // The interval leaves out nought: which way it goes is said, and that it may not matter.
        (
            said(Metric::Picked, 0.019, 0.003, Some(Unclear)),
            "Compared with the status quo, 1.9 more in every 100 people picked their supporter under One (perhaps too little to matter; range 1.6 to 2.2).",
        ),
        (
            said(Metric::Picked, -0.05, 0.04, Some(Unclear)),
            "Compared with the status quo, 5.0 fewer in every 100 people picked their supporter under One (perhaps by chance; range 1.0 to 9.0).",
        ),
        (
            said(Metric::Picked, 0.0, 0.0, Some(Same)),
            "Compared with the status quo, the number of people who picked their supporter did not change under One.",
        ),
        (
            said(Metric::Redundancy, 2.3, 0.2, Some(Better)),
            "Compared with the status quo, people had 2.30 more other providers with room within reach under One (better; range 2.10 to 2.50).",
        ),
        (
            said(Metric::PublicPerPerson, 250.0, 20.0, Some(Worse)),
            "Compared with the status quo, the public paid £250 more a year for each person under One (worse; range £230 to £270).",
        ),
        (
            said(Metric::CareHomeMoves, -0.01, 0.002, Some(Better)),
            "Compared with the status quo, for every 100 people there were 1.00 fewer lasting moves into care homes a year under One (better; range 0.80 to 1.20).",
        ),
        (
            said(Metric::SurveySatisfied, 0.03, 0.01, Some(Better)),
            "Compared with the status quo, “Extremely or very satisfied” was 3.0 percentage points higher under One (better; range 2.0 to 4.0).",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn several_regimes_are_told_by_verdict_and_what_is_not_clear_is_told_too() {
    let of = |title, mean, half, verdict| Item {
        title,
        difference: Some(estimate(Metric::Picked, mean, half, verdict)),
    };
    let items = [
        of("A", 0.0, 0.0001, Some(Verdict::Same)),
        of("B", 0.05, 0.01, Some(Verdict::Better)),
        of("C", 0.01, 0.03, Some(Verdict::Unclear)),
        of("D", 0.06, 0.01, Some(Verdict::Better)),
        Item { title: "E", difference: None },
    ];
    assert_eq!(
        compared(Metric::Picked, "Now", &items).plain(),
        "Compared with now, 5.0 more in every 100 people picked their supporter under B (better; range 4.0 to 6.0) and 6.0 more under D (better; range 5.0 to 7.0); there is no clear difference under C (range 2.0 fewer to 4.0 more); the number is the same, to within 2 in every 100 people, under A (range 0.0 to 0.0, rounded); and the number could not be measured under E."
    );
}

/// A row of its metric, as tables have it.
fn row(metric: Metric, mean: f64, half: f64) -> Estimate {
    let mut of = estimate(metric, mean, half, Some(Verdict::Same));
    of.at.row.push(("metric", metric.declaration().id.to_owned()));
    of
}

#[test]
fn rounding_shows_on_which_side_of_nought_a_range_ends_and_that_its_ends_are_two() {
    let cases = [
        (row(Metric::Picked, 0.000_24, 0.000_33), "range 0.01 fewer to 0.06 more"),
        (row(Metric::Picked, 0.000_4, 0.000_3), "range 0.01 to 0.07 more"),
        (row(Metric::Picked, 0.000_01, 0.000_02), "range 0.0 to 0.0, rounded"),
        (row(Metric::PublicPerPerson, 1.0, 0.2), "range £0.80 to £1.20 more"),
        (row(Metric::PublicPerPerson, 193.0, 13.0), "range £180 to £206 more"),
        (row(Metric::UnpaidHours, 0.02, 0.002), "range 0.018 to 0.022 more"),
        (row(Metric::GoodOptions, 0.214, 0.21), "range 0.004 to 0.424 more"),
    ];
    for (of, said) in cases {
        let metric = of.at.row.last().and_then(|(_, id)| crate::metrics::find(id));
        let phrase = phrase(metric.expect("a metric"));
        assert_eq!(range(&of, &phrase, false, false).plain(), said);
    }
}

#[test]
fn a_column_of_one_unit_has_one_rounding_and_money_its_sign_in_front() {
    let rows = [(3.8, 1.2), (1.28, 0.97), (-32.3, 3.8)]
        .map(|(mean, half)| Some(estimate(Metric::Scrqol, mean, half, None)));
    let said = column(&rows, 1.0, true).into_iter().map(|words| {
        let (mean, range) = words.expect("measured");
        format!("{} ({})", mean.plain(), range.plain())
    });
    let said: Vec<String> = said.collect();
    assert_eq!(said, ["+3.8 (+2.6 to +5.0)", "+1.3 (+0.3 to +2.2)", "−32.3 (−36.1 to −28.5)"]);
    let rows = [(-30_000.0, 160_000.0), (4_000_000.0, 2_150_000.0)]
        .map(|(mean, half)| Some(estimate(Metric::Scrqol, mean, half, None)));
    let said: Vec<String> =
        column(&rows, 1.0, true).into_iter().flatten().map(|(mean, _)| mean.plain()).collect();
    assert_eq!(said, ["−30,000", "+4,000,000"], "no mean is lost");
    let money = |mean, half| signed_money(&estimate(Metric::PublicPerPerson, mean, half, None));
    assert_eq!(money(690_000.0, 300_000.0), "+£690,000 (+£390,000 to +£990,000)");
    assert_eq!(money(-30_000.0, 160_000.0), "−£30,000 (−£190,000 to +£130,000)");
}

#[test]
fn nothing_that_shows_is_neither_more_nor_less() {
    let words = said(Metric::Picked, 0.000_01, 0.000_02, None);
    assert_eq!(
        words,
        "Compared with the status quo, the number of people who picked their supporter differs by nothing that shows under One (range 0.0 to 0.0, rounded)."
    );
}

#[test]
fn what_has_no_range_beyond_luck_is_said_so_once() {
    let lucky = |title| {
        let mut of = estimate(Metric::Picked, 0.001, 0.0, Some(Verdict::Same));
        (of.drawn, of.luck) = (true, Some(0.002));
        Item { title, difference: Some(of) }
    };
    let ranged = |title| Item {
        title,
        difference: Some(estimate(Metric::Picked, 0.003, 0.001, Some(Verdict::Same))),
    };
    let said = |items: &[Item<'_>]| compared(Metric::Picked, "Now", items).plain();
    assert!(said(&[lucky("A"), ranged("B"), lucky("C")]).ends_with(
        "under B (range 0.2 to 0.4 more), and, with no range beyond luck, under A and C."
    ));
    assert!(said(&[lucky("A"), lucky("C")]).ends_with("under A and C (no range beyond luck)."));
}

/// A mean, what it is counted in, and its range.
fn whole(of: &Estimate, phrase: &Phrase, unit: bool) -> Option<Words> {
    let after = if unit { phrase.after.as_str() } else { "" };
    Some(mean(of, phrase, unit)?.say(after).say(", ").and(range(of, phrase, true, false)))
}

#[test]
fn one_replicate_has_no_range_and_draws_may_have_none_beyond_luck() {
    let mut of = estimate(Metric::Picked, 0.05, 0.0, None);
    of.interval = None;
    let said = whole(&of, &phrase(Metric::Picked), true).expect("measured").plain();
    assert_eq!(said, "5.00 more in every 100 people, range unknown");
    let mut of = estimate(Metric::Picked, 0.05, 0.0, Some(Verdict::Better));
    (of.drawn, of.luck) = (true, Some(0.01));
    let said = whole(&of, &phrase(Metric::Picked), false).expect("measured").plain();
    assert_eq!(said, "5.0 more, no range beyond luck");
    of.mean = None;
    assert_eq!(whole(&of, &phrase(Metric::Picked), false), None);
}

/// Every number of some words, with its cell.
fn numbers(words: &Words) -> Vec<&Number> {
    let mut numbers = Vec::new();
    for piece in &words.0 {
        if let Piece::Number(number) = piece {
            numbers.push(number);
        }
    }
    numbers
}

/// What a table would say, by its own rule.
fn verdict(metric: Metric, mean: f64, half: f64) -> Verdict {
    let declared = metric.declaration();
    let matters = declared.matters().expect("judged");
    if mean.abs() > half && mean.abs() >= matters {
        let good = (mean > 0.0) == (declared.better == Better::Up);
        if good { Verdict::Better } else { Verdict::Worse }
    } else if mean.abs() + half <= matters {
        Verdict::Same
    } else {
        Verdict::Unclear
    }
}

/// What is said of a verdict; where it is not clear, of which way the interval goes.
const SAID: [&str; 6] = [
    "better",
    "worse",
    "no clear difference",
    "the same",
    "perhaps too little to matter",
    "perhaps by chance",
];

fn words_of(verdict: Verdict, metric: Metric, mean: f64, half: f64) -> &'static str {
    match verdict {
        Verdict::Better => SAID[0],
        Verdict::Worse => SAID[1],
        Verdict::Unclear if mean.abs() <= half => SAID[2],
        Verdict::Unclear if Some(mean.abs()) < metric.declaration().matters() => SAID[4],
        Verdict::Unclear => SAID[5],
        Verdict::Same => SAID[3],
    }
}

fn judged() -> impl Strategy<Value = Metric> {
    let metrics: Vec<Metric> =
        Metric::ALL.iter().copied().filter(|m| m.declaration().matters().is_some()).collect();
    proptest::sample::select(metrics)
}

proptest! {
    /// The verdict's words are said, and none of the others.
    #[test]
    fn the_words_are_the_verdicts(metric in judged(), size in -30.0..30.0, wide in 0.01..30.0) {
        let matters = metric.declaration().matters().expect("judged");
        let (mean, half) = (size * matters, wide * matters);
        let verdict = verdict(metric, mean, half);
        let text = said(metric, mean, half, Some(verdict));
        for other in SAID {
            let expected = other == words_of(verdict, metric, mean, half);
            prop_assert_eq!(text.contains(other), expected, "{}", text);
        }
        // Turned round, better is worse and more is fewer; the rest stays.
        let turned = self::verdict(metric, -mean, half);
        let back = said(metric, -mean, half, Some(turned));
        prop_assert_eq!(text.contains("better"), back.contains("worse"));
        prop_assert_eq!(text.contains("worse"), back.contains("better"));
        // Widened beyond the mean and what matters it is no longer clear.
        let half = (mean.abs() + matters) * 1.1;
        let wide = said(metric, mean, half, Some(self::verdict(metric, mean, half)));
        prop_assert!(wide.contains("no clear difference"), "{}", wide);
        // Without a verdict none of its words.
        let text = said(metric, mean, half, None);
        prop_assert!(SAID.iter().all(|word| !text.contains(word)), "{}", text);
    }

    /// A difference is told in the direction it has, and turned round in the other.
    #[test]
    fn directions_follow_signs(metric in judged(), size in 1.5..30.0) {
        let mean = size * metric.declaration().matters().expect("judged");
        let phrase = phrase(metric);
        let of = |mean: f64| {
            let of = estimate(metric, mean, mean.abs() / 10.0, None);
            whole(&of, &phrase, true).expect("measured").plain()
        };
        let [up, down] = phrase.way.map(|way| format!(" {way}"));
        prop_assert!(of(mean).contains(&up) && !of(mean).contains(&down), "{}", of(mean));
        prop_assert!(of(-mean).contains(&down) && !of(-mean).contains(&up), "{}", of(-mean));
        prop_assert!(!of(-mean).contains('−'), "the direction is in the words: {}", of(-mean));
    }

    /// No number is told without its range, each is what its cell holds as far as it is
    /// shown, and all of a row are rounded alike.
    #[test]
    fn numbers_are_those_of_their_cells(metric in judged(), mean in -50.0..50.0, half in 0.001..60.0) {
        let of = estimate(metric, mean, half, None);
        let phrase = phrase(metric);
        let words = whole(&of, &phrase, true).expect("measured");
        let numbers = numbers(&words);
        prop_assert_eq!(numbers.len(), 3);
        let mut columns: Vec<_> = numbers.iter().map(|number| number.at.column.as_str()).collect();
        columns.sort_unstable();
        prop_assert_eq!(columns, ["high", "low", "mean"]);
        let places = rounding(&of, phrase.times).expect("a range");
        for number in numbers {
            let shown: f64 = number.text.replace(',', "").parse().expect("a number");
            let held = match number.at.column.as_str() {
                "mean" => mean,
                "low" => mean - half,
                _ => mean + half,
            };
            prop_assert_eq!(number.value, held);
            let unit = libm::pow(10.0, f64::from(-places));
            let off = (shown - (held * number.times).abs()).abs();
            prop_assert!(off <= unit * 0.500_001, "{} for {}", number.text, held);
        }
    }
}

#[test]
fn a_place_in_a_table_is_written_so_that_it_can_be_found() {
    assert_eq!(at().column("mean").written(), "differences.csv?regime=one&period=whole#mean");
}
