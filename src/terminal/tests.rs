use super::*;
use crate::analysis::Analysis;
use crate::cell::CellId;
use crate::made_up;

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
