//! What has become of the headlines by the final year, where that is another finding than
//! over the whole of the time.

use super::super::words::{Estimate, Finding, Words, amount, within};
use super::{Made, headlines};
use crate::metrics::Metric;
use crate::outcomes::Period;

/// Whether a final year is less than the whole of the time.
pub(super) fn is_part(made: &Made<'_>) -> bool {
    made.book.experiment.years > 1
}

/// A headline under a regime whose finding in the final year is another.
struct Turned {
    metric: Metric,
    regime: String,
    whole: Finding,
    year: Finding,
    of: Estimate,
}

fn turned(made: &Made<'_>) -> Vec<Turned> {
    let book = made.book;
    let mut all = Vec::new();
    for metric in headlines() {
        for regime in &book.experiment.regimes {
            let of = |period| {
                let row = book.difference(&regime.id, metric, period).map(Estimate::difference)?;
                Finding::of(&row).map(|found| (row, found))
            };
            let Some(((_, whole), (of, year))) = of(Period::Whole).zip(of(Period::FinalYear))
            else {
                continue;
            };
            // That nothing changed at all is the same too.
            let as_same = |found| if found == Finding::Unchanged { Finding::Same } else { found };
            if as_same(whole) != as_same(year) {
                all.push(Turned { metric, regime: regime.name.clone(), whole, year, of });
            }
        }
    }
    all
}

/// The sentence of the answer; none where the final year says what the whole says.
pub(super) fn later(made: &Made<'_>) -> Option<Words> {
    let turned = if is_part(made) { turned(made) } else { Vec::new() };
    let mut clauses: Vec<Words> = Vec::new();
    for wanted in [Some(Finding::Worse), Some(Finding::Better), None] {
        let is = |found: Finding| match wanted {
            Some(wanted) => found == wanted,
            None => matches!(found, Finding::Small(_) | Finding::Chance(_)),
        };
        let named: Vec<Words> =
            turned.iter().filter(|one| is(one.year)).filter_map(with_amount).collect();
        if !named.is_empty() {
            let opening = match wanted {
                Some(found) => Words::default().strong(found.said()).say(": "),
                None => Words::text("neither, but going one way: "),
            };
            clauses.push(opening.and(Words::listed(named)));
        }
    }
    // What is told apart no longer is named by the table.
    let lost =
        |one: &&Turned| matches!(one.year, Finding::Same | Finding::Unchanged | Finding::Unclear);
    match (clauses.is_empty(), turned.iter().filter(lost).count()) {
        (_, 0) => {}
        (true, 1) => clauses.push(Words::text("one finding, which the table names")),
        (true, _) => clauses.push(Words::text("findings that the table names")),
        (false, 1) => clauses.push(Words::text("and one more, which the table names")),
        (false, _) => clauses.push(Words::text("and others, which the table names")),
    }
    if clauses.is_empty() {
        return None;
    }
    let first = Words::text("All of this is an average over the whole of the time, which hides where things have got to by its end. Found otherwise in the final year alone (see the ")
        .link("headline comparison", "headlines")
        .say("): ");
    let words = clauses.into_iter().enumerate().fold(first, |so_far, (at, clause)| {
        so_far.say(if at == 0 { "" } else { "; " }).and(clause)
    });
    Some(words.say("."))
}

/// `cost under Community sourcing`.
fn name(one: &Turned) -> Words {
    Words::text(within(one.metric.declaration().label)).say(" under ").strong(&one.regime)
}

/// The same, how much it is with its range, and what was found over the whole.
fn with_amount(one: &Turned) -> Option<Words> {
    let amount = amount(&one.of, one.metric)?;
    let beside = match one.year.is_clear() {
        true => String::new(),
        false => format!("; {}", one.year.beside()),
    };
    // That something is better by the end is no warning: what it was before is in the table.
    let whole = match one.year {
        Finding::Better => ")".to_owned(),
        _ => format!("{beside}; over the whole {})", one.whole.said()),
    };
    Some(name(one).say(" (").and(amount).say(whole))
}
