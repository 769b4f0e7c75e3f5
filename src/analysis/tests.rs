use super::moments::Moments;
use super::*;
use crate::analysis::columns::{DIFFERENCES, SUMMARY, named};
use crate::cell::CellId;
use crate::designs::Design;
use crate::made_up;
use crate::place::Place;
use crate::table::csv;
use crate::uncertainty::{Beliefs, Uncertainty};

fn cells(experiment: &Experiment) -> Vec<Cell> {
    let mut cells = Vec::new();
    for replicate in 0..experiment.replicates {
        for system in 0..experiment.places.len() as u32 {
            cells
                .push(made_up::cell(experiment, CellId { system, beliefs: 0, draw: 0, replicate }));
        }
    }
    cells
}

fn findings(experiment: &Experiment, cells: &[Cell]) -> Findings {
    let mut analysis = Analysis::new(experiment);
    cells.iter().for_each(|cell| _ = analysis.add(cell));
    analysis.findings()
}

#[test]
fn a_regime_against_itself_differs_by_exactly_nought() {
    let experiment = made_up::experiment(&["itself"], 25);
    let mut cells = cells(&experiment);
    for cell in &mut cells {
        cell.worlds[1] = cell.worlds[0].clone();
    }
    let findings = findings(&experiment, &cells);
    let seen: Vec<&Row> = findings.differences.iter().filter(|r| r.estimate.n() > 0).collect();
    assert!(seen.len() > 100);
    for row in seen {
        assert_eq!(row.estimate.mean(), Some(0.0), "{row:?}");
        assert_eq!(row.interval, Some((0.0, 0.0)), "{row:?}");
        let judged = row.metric.declaration().matters().is_some();
        assert_eq!(row.verdict, judged.then_some(Verdict::Same), "{row:?}");
    }
}

#[test]
fn differences_are_paired_and_judged() {
    let experiment = made_up::experiment(&["one", "two"], 25);
    let findings = findings(&experiment, &cells(&experiment));
    let row = |regime, metric| {
        Findings::find(&findings.differences, regime, metric, Period::Whole).expect("a row")
    };
    let picked = row("two", Metric::Picked);
    assert!((picked.estimate.mean().expect("seen") - 0.2).abs() < 1e-12);
    assert_eq!(picked.verdict, Some(Verdict::Better));
    assert_eq!(row("one", Metric::Unmet).verdict, Some(Verdict::Worse));
    assert_eq!(row("one", Metric::Fit).verdict, Some(Verdict::Same));
    let cost = row("one", Metric::PublicPerPerson);
    assert_eq!(cost.verdict, Some(Verdict::Same), "£100 is less than what matters");
    let placebo = &findings.placebo;
    assert!(placebo.iter().all(|r| r.regime == PLACEBO));
    assert!(findings.differences.iter().all(|r| r.regime != PLACEBO));
    assert_eq!(placebo.len() * 2, findings.differences.len());
}

#[test]
fn states_are_never_compared() {
    let experiment = made_up::experiment(&["one"], 2);
    let findings = findings(&experiment, &cells(&experiment));
    let divisions =
        |rows: &[Row]| rows.iter().map(|r| r.group_by).collect::<std::collections::BTreeSet<_>>();
    assert!(divisions(&findings.summary).contains("mechanism"));
    assert!(divisions(&findings.summary).contains("enough_choice"));
    assert!(!divisions(&findings.differences).contains("mechanism"));
    assert!(!divisions(&findings.differences).contains("enough_choice"));
    assert!(!divisions(&findings.differences).contains("place"), "there is one place");
    assert!(findings.differences.iter().all(|r| r.verdict.is_none()), "two replicates");
}

#[test]
fn only_headlines_for_everybody_over_the_whole_time_are_headlines() {
    let experiment = made_up::experiment(&["one"], 2);
    let findings = findings(&experiment, &cells(&experiment));
    let headlines = Metric::ALL.iter().filter(|m| m.declaration().is_headline()).count();
    let rows: Vec<&Row> = findings.differences.iter().filter(|r| r.headline).collect();
    assert_eq!(rows.len(), headlines);
    assert!(rows.iter().all(|r| r.group_by == "all" && r.period == Period::Whole));
}

#[test]
fn places_are_summed_within_a_replicate_before_dividing() {
    let mut experiment = made_up::experiment(&["one"], 3);
    let second = Place { id: "second".to_owned(), ..Place::town() };
    experiment.places.push(second);
    let cells = cells(&experiment);
    let findings = findings(&experiment, &cells);
    let all = Findings::find(&findings.summary, "one", Metric::Picked, Period::Whole);
    let all = all.expect("a row");
    assert_eq!(all.estimate.n(), 3, "n is replicates");
    let mut expected = Moments::default();
    for pair in cells.chunks(2) {
        let sums = |c: &Cell| c.worlds[1].sums(Metric::Picked, 0, Period::Whole).expect("kept");
        let (a, b) = (sums(&pair[0]), sums(&pair[1]));
        expected.add(Some((a[0] + b[0]) / (a[1] + b[1])));
    }
    let (got, expected) = (all.estimate.mean().expect("seen"), expected.mean().expect("seen"));
    assert!((got - expected).abs() < 1e-12);
    let places: Vec<&str> = findings
        .differences
        .iter()
        .filter(|r| {
            r.group_by == "place" && r.metric == Metric::Picked && r.period == Period::Whole
        })
        .map(|r| r.group.as_str())
        .collect();
    assert_eq!(places, ["town", "second"]);
}

#[test]
fn what_is_missing_stays_empty() {
    let experiment = made_up::experiment(&["one"], 2);
    let findings = findings(&experiment, &cells(&experiment));
    let rows: Vec<Row> = findings
        .differences
        .into_iter()
        .filter(|r| r.metric == Metric::Scrqol && r.group_by == "all")
        .take(1)
        .collect();
    let bytes = csv(&named(DIFFERENCES), &rows).expect("written");
    let text = String::from_utf8(bytes).expect("text");
    let row = text.lines().nth(1).expect("a row");
    assert_eq!(
        row,
        "one,status-quo,choice.scrqol,choice,points of 24,up,all,all,whole,,,,0,,outcome,true,0.1,luck,,1,0,2,,"
    );
}

#[test]
fn headers_are_those_the_product_promises() {
    let header = |names| {
        let bytes = csv(&named(names), &[]).expect("written");
        String::from_utf8(bytes).expect("text")
    };
    assert_eq!(
        header(SUMMARY),
        "regime,metric,family,unit,better,group_by,group,period,mean,sd,low,high,n,kind,headline,interval,beliefs,draws,replicates,luck_se,mean_se\n"
    );
    assert_eq!(
        header(DIFFERENCES),
        "regime,comparator,metric,family,unit,better,group_by,group,period,mean,low,high,n,verdict,kind,headline,matters,interval,beliefs,draws,refused,replicates,luck_se,mean_se\n"
    );
}

/// The made-up experiment with so many draws of nothing in particular under each beliefs.
fn drawn(draws: u32, beliefs: &[Beliefs]) -> Experiment {
    let uncertainty = Uncertainty::designed(Design::Sobol, draws, beliefs, |_| false, 7);
    Experiment { uncertainty: Some(uncertainty), ..made_up::experiment(&["one", "two"], 2) }
}

fn of_block(experiment: &Experiment, block: u32) -> Findings {
    let mut analysis = Analysis::of(experiment, Basis::of(experiment, block, 0));
    let ids = crate::cell::units(experiment).into_iter().flatten();
    for id in ids.filter(|id| id.beliefs == block) {
        analysis.add(&made_up::cell(experiment, id));
    }
    analysis.findings()
}

#[test]
fn with_draws_the_interval_is_what_parameters_make_of_it() {
    let experiment = drawn(32, &[Beliefs::Agnostic, Beliefs::Sceptic]);
    for block in [0, 1] {
        let findings = of_block(&experiment, block);
        let found = |metric| {
            Findings::find(&findings.differences, "two", metric, Period::Whole).expect("a row")
        };
        // The regime adds 0.2 times 1 to 2 to it, and luck nothing.
        let picked = found(Metric::Picked);
        let (low, high) = picked.interval.expect("many draws");
        assert!(0.2 < low && low < 0.26 && 0.34 < high && high < 0.4, "{low} {high}");
        assert_eq!((picked.estimate.n(), picked.verdict), (32, Some(Verdict::Better)));
        assert!(picked.estimate.sd().expect("many") < 1e-12, "the same luck under both");
        assert_eq!(picked.basis.beliefs, ["agnostic", "sceptic"][block as usize]);
        assert_eq!(picked.basis.interval(), "parameters");
        assert_eq!(found(Metric::Fit).verdict, Some(Verdict::Same));
        // The level varies by luck too, which is told apart.
        let rows = &findings.summary;
        let level = Findings::find(rows, "status-quo", Metric::Picked, Period::Whole);
        let level = level.expect("a row");
        assert!(level.estimate.luck_error().expect("many") > 0.0);
        let bytes = csv(&named(DIFFERENCES), std::slice::from_ref(picked)).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        let row: Vec<&str> = text.lines().nth(1).expect("a row").split(',').collect();
        let beliefs = picked.basis.beliefs;
        assert_eq!(row[12..14], ["32", "better"]);
        assert_eq!(row[17..22], ["parameters", beliefs, "32", "0", "2"]);
    }
}

#[test]
fn few_draws_give_no_verdict() {
    let findings = of_block(&drawn(19, &[Beliefs::Agnostic]), 0);
    assert!(findings.differences.iter().all(|row| row.verdict.is_none()));
    assert!(findings.differences.iter().any(|row| row.interval.is_some()));
}

/// Where luck hides what parameters do, their range may be a single number; a verdict then
/// rests on how surely the mean is known.
#[test]
fn a_range_of_no_width_is_no_proof() {
    let range = Some((0.05, 0.05));
    assert_eq!(wider(range, Some((-0.1, 0.2))), Some((-0.1, 0.2)));
    assert_eq!(wider(Some((-0.4, 0.5)), Some((-0.1, 0.2))), Some((-0.4, 0.5)));
    assert_eq!(wider(range, None), None);
}

#[test]
fn tables_of_months_and_of_gains_count_draws_too() {
    let experiment = drawn(5, &[Beliefs::Believer]);
    let mut analysis = Analysis::of(&experiment, Basis::of(&experiment, 0, 0));
    for id in crate::cell::units(&experiment).into_iter().flatten() {
        analysis.add(&made_up::cell(&experiment, id));
    }
    let mut seen = 0;
    let check = |row: &series::Row| {
        assert_eq!(row.basis.beliefs, "believer");
        if row.metric == Metric::Picked && row.month > 0 {
            assert_eq!(row.level.n(), 5, "draws, not replicates");
            seen += 1;
        }
        Ok(())
    };
    analysis.series().rows(check).expect("taken");
    assert_eq!(seen, 4 * 24);
}
