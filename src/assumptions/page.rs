//! The page of assumptions, made from the ledger and what was measured.

use std::fmt::Write;

use super::effects::{EXPERIMENT, Effects, REPLICATES, YEARS};
use super::weights::{Part, Rests, Swing, headlines};
use super::{Reliability, luck, movable, worth};
use crate::declare::{Grade, Parameter};
use crate::metrics::Metric;
use crate::parameters::PARAMETERS;
use crate::structures::STRUCTURES;

/// Parameters named for a headline difference.
const NAMED: usize = 5;

/// `docs/assumptions.md`.
pub fn page(effects: &Effects) -> String {
    let mut text = String::from(
        "# What the headlines rest on\n\n<!-- Made from the ledger and data/effects.csv: \
         `UPDATE=1 cargo test assumptions` writes it anew. -->\n\n",
    );
    let _ = writeln!(
        text,
        "The whole log of assumptions, a row for each of {} parameters, is written by \
         `commissim assumptions --out FILE.csv`. How far a value can be relied on, in a word:\n\n\
         | reliability | parameters | what it says |\n|---|---|---|",
        PARAMETERS.len()
    );
    for reliability in Reliability::ALL {
        let of = PARAMETERS.iter().filter(|p| Reliability::of(p) == reliability).count();
        let _ = writeln!(text, "| {} | {of} | {} |", reliability.word(), reliability.meaning());
    }
    if effects.is_empty() {
        text.push_str(
            "\nWhat moving a parameter does has not been measured for this version of the ledger: \
             `cargo run --release --example effects` does it.\n",
        );
        return text;
    }
    let _ = writeln!(
        text,
        "\n## How it was measured\n\n\
         Each parameter whose plausible range has two ends ({} of them) was put at the low and at the high \
         end with all others at their defaults, and the experiment `{EXPERIMENT}` was run over {YEARS} years \
         and {REPLICATES} replicates with the same luck each time (`data/effects.csv`). A parameter's part in what \
         is not known of a headline difference is the variance of the distribution it is drawn from (half of the \
         weight at no effect, where it is a claim or an objection) times the square of the slope between the two \
         ends. The square that luck alone makes on average is taken off. What parameters do together, what they \
         do between the ends and what the model leaves out is not in these figures.\n\n\
         A parameter *matters* to a headline where the difference moves by more than the smallest difference \
         worth a decision, and by more than luck explains (95% interval, {} degrees of freedom). Of so many that were looked at some seem to matter by luck alone, as counted below, and others that do will have been missed. All of it is measured about the shipped defaults, which are one point of what the targets do not rule out.",
        movable().count(),
        REPLICATES - 1
    );
    let stale: Vec<&str> = movable()
        .filter(|p| {
            effects
                .regimes()
                .iter()
                .all(|r| headlines().all(|m| Swing::of(effects, p, r, m).is_none()))
        })
        .map(|p| p.name)
        .collect();
    if !stale.is_empty() {
        let _ = writeln!(
            text,
            "\nNot measured at the ends that the ledger has now: `{}`.",
            stale.join("`, `")
        );
    }
    most(&mut text, effects);
    links(&mut text, effects);
    worth::told(&mut text, worth::shipped());
    text.push_str("\n## Headline by headline\n");
    for metric in headlines() {
        headline(&mut text, effects, metric);
    }
    text
}

/// The parameters that matter to most headline differences.
fn most(text: &mut String, effects: &Effects) {
    let mut named: Vec<(&Parameter, Vec<String>)> = movable()
        .map(|parameter| {
            let lines = effects
                .regimes()
                .into_iter()
                .flat_map(|regime| headlines().map(move |metric| (regime, metric)));
            let matters = lines.filter_map(|(regime, metric)| {
                let swing = Swing::of(effects, parameter, regime, metric)?;
                let id = metric.declaration().id;
                swing.matters().then(|| format!("{regime}: `{id}` {}", signed(swing.moved)))
            });
            (parameter, matters.collect())
        })
        .collect();
    named.retain(|(_, lines)| !lines.is_empty());
    named.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    let _ = writeln!(
        text,
        "\n## Parameters that matter to some headline\n\n{} of {}. How many would seem to if none did anything, \
         from how widely luck moves a difference with so few replicates:\n\n\
         | headline | seem to matter, over regimes | by luck alone |\n|---|---|---|",
        named.len(),
        movable().count()
    );
    for metric in headlines() {
        let id = format!("`{}` ", metric.declaration().id);
        let found = named.iter().flat_map(|(_, lines)| lines);
        let found = found.filter(|line| line.contains(&id)).count();
        let by_luck =
            effects.regimes().into_iter().filter_map(|r| luck::expected(effects, r, metric));
        let by_luck: f64 = by_luck.sum();
        let by_luck = if by_luck < 0.05 { "none".to_owned() } else { format!("{by_luck:.1}") };
        let _ = writeln!(text, "| {id}| {found} | {by_luck} |");
    }
    let _ = writeln!(
        text,
        "\nThe figure below is how the difference moves from the low to the high end.\n\n| parameter | low to high | reliability | matters to |\n|---|---|---|---|"
    );
    for (parameter, lines) in named {
        let _ = writeln!(
            text,
            "| `{}` | {} to {} ({}) | {} | {} |",
            parameter.name,
            parameter.low,
            parameter.high,
            parameter.unit,
            Reliability::of(parameter).word(),
            lines.join("; ")
        );
    }
}

/// Headline differences that are others with a causal link off.
fn links(text: &mut String, effects: &Effects) {
    let measured = |link: &str| {
        let regimes = effects.regimes();
        regimes.iter().any(|r| headlines().any(|m| effects.without(link, r, m).is_some()))
    };
    if !STRUCTURES.iter().any(|(link, _)| measured(link)) {
        return;
    }
    text.push_str(
        "\n## Headlines that hang on a causal link\n\n\
         The same runs with one [causal link](reference/structures.md) off, from the burn-in's first month. A \
         difference is named where it moves by more than is worth a decision, and by more than luck explains.\n\n\
         | link off | difference with the link, and without |\n|---|---|\n",
    );
    let mut same: Vec<String> = Vec::new();
    for (link, _) in STRUCTURES.iter().filter(|(link, _)| measured(link)) {
        let mut turns: Vec<String> = Vec::new();
        for regime in effects.regimes() {
            for metric in headlines() {
                let swing = Swing::without(effects, link, regime, metric);
                let on = effects.default_of(regime, metric);
                let Some((on, swing)) = on.zip(swing.filter(Swing::matters)) else { continue };
                turns.push(format!(
                    "{regime}: `{}` {}, {}",
                    metric.declaration().id,
                    signed(on.difference),
                    signed(on.difference + swing.moved)
                ));
            }
        }
        if turns.is_empty() {
            same.push(format!("`{link}`"));
        } else {
            let _ = writeln!(text, "| `{link}` | {} |", turns.join("; "));
        }
    }
    if !same.is_empty() {
        let _ = writeln!(
            text,
            "\nNo headline difference was seen to hang on: {}. With so few replicates that says that a link is not decisive, not that it does nothing.",
            same.join(", ")
        );
    }
}

/// What one headline rests on, regime by regime.
fn headline(text: &mut String, effects: &Effects, metric: Metric) {
    let declared = metric.declaration();
    let _ = writeln!(
        text,
        "\n### {} (`{}`)\n\n\
         In {}; {} is worth a decision.\n\n\
         | regime | difference at the defaults | standard deviation from parameters | of its square, on what nobody measured | \
         the {NAMED} parameters that matter most | the weakest evidence that matters most |\n|---|---|---|---|---|---|",
        declared.label,
        declared.id,
        declared.unit,
        declared.matters().unwrap_or_default()
    );
    for regime in effects.regimes() {
        let Some(difference) = effects.default_of(regime, metric) else { continue };
        let error = difference.standard_error.map_or(String::new(), |e| format!(" ± {e}"));
        let _ = write!(text, "| {regime} | {}{error} |", signed(difference.difference));
        let Some(rests) = Rests::of(effects, regime, metric) else {
            text.push_str(" no more than luck | | | |\n");
            continue;
        };
        let share = |part: &Part| {
            let of = (part.variance / rests.total).clamp(0.0, 1.0);
            let word = Reliability::of(part.parameter).word();
            format!("`{}` {:.0}% ({word})", part.parameter.name, 100.0 * of)
        };
        let unmeasured = |p: &Parameter| matches!(p.grade, Grade::Assumed(_) | Grade::Fitted(_));
        let assumed = rests.share(unmeasured);
        let adds = rests.parts.iter().filter(|part| part.variance > 0.0);
        let named: Vec<String> = adds.take(NAMED).map(share).collect();
        let weakest = rests.weakest().map(share).unwrap_or_default();
        let _ = writeln!(
            text,
            " {} | {:.0}% | {} | {weakest} |",
            rounded(rests.total.sqrt()),
            100.0 * assumed,
            named.join(", ")
        );
    }
}

/// Two figures of a number that is not known better.
pub(super) fn rounded(x: f64) -> String {
    let two: f64 = format!("{x:.1e}").parse().unwrap_or(x);
    two.to_string()
}

fn signed(x: f64) -> String {
    let two = rounded(x.abs());
    if x < 0.0 { format!("−{two}") } else { format!("+{two}") }
}
