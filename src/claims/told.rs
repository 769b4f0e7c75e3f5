//! What is printed of claims.

use super::columns::Told;
use super::counting::Held;
use super::losing::{By, Losses};
use super::words::percent;
use crate::analysis::tolerance::Refused;
use crate::terminal::fitting::figure;
use std::fmt::Write;
use std::path::Path;

/// Columns that paragraphs are broken at.
const WIDTH: usize = 100;

/// Each claim with its shares and its paragraph, what regimes lose, and where the tables are.
pub fn summary(told: &Told<'_>, folder: &Path) -> String {
    let mut text = String::new();
    let beliefs = &told.simulated.beliefs;
    for ((number, answer), paragraph) in (1..).zip(told.answers).zip(told.paragraphs()) {
        let _ = writeln!(text, "{number}. {}\n", answer.claim.text);
        let _ =
            writeln!(text, "{:14}{:>8}{:>10}{:>10}{:>10}", "", "draws", "holds", "fails", "open");
        for (believed, counted) in beliefs.iter().zip(&answer.counted) {
            let share = |held| counted.share(held).map_or_else(String::new, |s| percent(s.at));
            let _ = writeln!(
                text,
                "  {:12}{:>8}{:>10}{:>10}{:>10}",
                if believed.id.is_empty() { "a set" } else { believed.id },
                counted.n(),
                share(Held::Holds),
                share(Held::Fails),
                share(Held::Undecided),
            );
        }
        let _ = writeln!(text, "\n{}\n", broken(&paragraph));
    }
    if let Some(losses) = told.losses {
        regret(&mut text, losses);
    }
    let refused: Vec<&Refused> = beliefs.iter().flat_map(|of| &of.refused).collect();
    if let Some(first) = refused.first() {
        let asked: u32 = beliefs.iter().map(|of| of.asked).sum();
        let line =
            format!("{} of {asked} draws are refused; the first: {}.", refused.len(), first.why);
        let _ = writeln!(text, "{}\n", broken(&line));
    }
    let _ = writeln!(
        text,
        "{}\n",
        broken(
            "A share of draws is a share of what is plausible in the ledger’s ranges, not a probability that the claim is true; what has the wrong form is in no draw."
        )
    );
    let _ = writeln!(text, "The tables are in {}", folder.display());
    text
}

/// What regimes lose by weights, or by families, on the first beliefs.
fn regret(text: &mut String, losses: &Losses) {
    let beliefs = losses.lost.first().map_or("", |lost| lost.beliefs);
    let widest = losses.regimes.iter().map(|id| id.chars().count()).max().unwrap_or(0);
    let shown = |by: By| matches!(by, By::Weights | By::Family(_));
    for lost in losses.lost.iter().filter(|lost| lost.beliefs == beliefs && shown(lost.by)) {
        let (by, unit) = (lost.by.id(), lost.by.unit());
        let _ = writeln!(text, "Regret by {by} ({unit}; {} draws)", lost.regrets.whole);
        let _ =
            writeln!(text, "  {:widest$}{:>12}{:>12}{:>10}", "", "expected", "worst", "best in");
        for (index, (regime, regret)) in
            losses.regimes.iter().zip(&lost.regrets.regimes).enumerate()
        {
            let least = match (
                lost.regrets.least_expected() == Some(index),
                lost.regrets.least_worst() == Some(index),
            ) {
                (true, true) => "  loses least, on average and at worst",
                (true, false) => "  loses least on average",
                (false, true) => "  loses least at worst",
                (false, false) if regret.best <= 0.0 => "  never best",
                (false, false) => "",
            };
            let _ = writeln!(
                text,
                "  {regime:widest$}{:>12}{:>12}{:>10}{least}",
                figure(regret.expected.at),
                figure(regret.worst),
                percent(regret.best),
            );
        }
        text.push('\n');
    }
    for (_, front) in losses.front.iter().filter(|(of, _)| *of == beliefs) {
        let on = losses.regimes.iter().zip(front).filter(|(_, standing)| standing.undominated);
        let on: Vec<String> =
            on.map(|(id, of)| format!("{id} (in {} of draws)", percent(of.share))).collect();
        let families = "choice, cost and community, each headline as far as it matters";
        let line = format!("No regime beats these in {families}, on average: {}.", on.join(", "));
        let _ = writeln!(text, "{}\n", broken(&line));
    }
}

/// Text in lines of a page's width.
fn broken(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + word.chars().count() > WIDTH {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}
