use super::*;
use crate::analysis::Analysis;
use crate::analysis::nested::Basis;
use crate::analysis::tolerance::Refused;
use crate::cell::CellId;
use crate::designs::Design;
use crate::made_up;
use crate::uncertainty::{Beliefs, Uncertainty};

fn ran(regimes: &[&str], replicates: u32) -> (Experiment, Findings) {
    let experiment = made_up::experiment(regimes, replicates);
    let mut analysis = Analysis::new(&experiment);
    for replicate in 0..replicates {
        let id = CellId { system: 0, beliefs: 0, draw: 0, replicate };
        analysis.add(&made_up::cell(&experiment, id));
    }
    let findings = analysis.findings();
    (experiment, findings)
}

fn plain(regimes: &[&str], replicates: u32) -> String {
    let (experiment, findings) = ran(regimes, replicates);
    let text = table(&experiment, &findings, Path::new("results/made-up"));
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn the_table_fits_and_says_what_it_is() {
    let text =
        plain(&["tendering", "direct-payments", "isf-default", "community-sourcing", "e"], 25);
    for line in text.lines() {
        assert!(line.chars().count() <= 121, "{}: {line}", line.chars().count());
    }
    for words in [
        "A made-up town; 2 years from April 2015; 25 replicates",
        "Luck only",
        "▲ +10",
        "▼ +5",
        "≈ 0",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn few_replicates_give_no_verdict_and_one_gives_no_range() {
    let text = plain(&["one"], 3);
    assert!(text.contains("no verdict is passed") && !text.contains('▲'), "{text}");
    let text = plain(&["one"], 1);
    assert!(text.contains("range unknown"), "{text}");
}

#[test]
fn names_are_broken_after_hyphens() {
    assert_eq!(wrapped("community-sourcing", 16), ["community-", "sourcing"]);
    assert_eq!(wrapped("isf", 16), ["isf"]);
    assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
}

#[test]
fn json_says_the_same() {
    let (experiment, findings) = ran(&["one"], 25);
    let value = json::value(&experiment, &findings, Path::new("out"));
    let picked = &value["headlines"][0];
    assert_eq!(picked["metric"], "choice.picked");
    assert_eq!(picked["differences"][0]["verdict"], "better");
    assert_eq!(value["interval"], "luck only");
    let scrqol = &value["headlines"][3]["comparator"];
    assert!(scrqol["mean"].is_null() && scrqol["n"] == 0, "{scrqol}");
}

fn drawn(draws: u32, beliefs: &[Beliefs]) -> Experiment {
    let uncertainty = Uncertainty::designed(Design::Sobol, draws, beliefs, |_| false, 7);
    let regimes = ["tendering", "direct-payments", "isf-default", "community-sourcing"];
    Experiment { uncertainty: Some(uncertainty), ..made_up::experiment(&regimes, 2) }
}

#[test]
fn with_draws_each_beliefs_has_its_table_and_what_luck_hides_is_said_to_be_hidden() {
    let experiment = drawn(24, &Beliefs::ALL);
    let mut findings = Findings::default();
    for block in 0..3 {
        let mut analysis = Analysis::of(&experiment, Basis::of(&experiment, block, 1));
        let ids = crate::cell::units(&experiment).into_iter().flatten();
        for id in ids.filter(|id| id.beliefs == block && id.draw != 5) {
            analysis.add(&made_up::cell(&experiment, id));
        }
        findings.extend(analysis.findings());
        findings.refused.push(Refused {
            beliefs: block,
            believed: experiment.believed(block),
            draw: 5,
            place: "town".to_owned(),
            why: "it is made up".to_owned(),
        });
    }
    let text = table(&experiment, &findings, Path::new("results/made-up"));
    let text = anstream::adapter::strip_str(&text).to_string();
    for line in text.lines() {
        assert!(line.chars().count() <= 121, "{}: {line}", line.chars().count());
    }
    for words in [
        "luck and parameters, 24 draws of 2 replicates",
        "BELIEFS: agnostic",
        "BELIEFS: believer",
        "BELIEFS: sceptic",
        "Below, beliefs are agnostic",
        // The comparator's level differs by luck alone.
        "all luck, ± ",
        "1 of 24 draws (sceptic) is refused and left out of all of this:",
        "draw 5 in town: it is made up",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    assert!(!text.contains("luck only"), "{text}");
    let json = json::value(&experiment, &findings, Path::new("out"));
    assert_eq!(json["beliefs"][2]["refused"], 1);
    assert_eq!(json["beliefs"][2]["beliefs"], "sceptic");
}
