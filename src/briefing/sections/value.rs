//! What the regimes are worth in one number.

use super::super::words::{Estimate, Side, Words, column, comparator, listed};
use super::Made;
use super::family::{economics, of_mean};
use crate::appraisal::{SOCIAL_VALUE, THRESHOLDS_SOURCE};
use crate::terminal::numbers::shown;

/// Net present social value counts what society gains and pays.
const VIEW: &str = "society";
const MEASURE: &str = "net_present_social_value";

/// Net present social value of each regime, which is the best buy by it, and where the worth
/// of a SCRQoL-year is from; none where the tables do not have it.
pub(super) fn value(made: &Made<'_>) -> Option<Words> {
    let book = made.book;
    let all = book.experiment.regimes.iter().filter_map(|regime| {
        let row = economics(made, VIEW, &regime.id, MEASURE).next()?;
        Some((regime.name.as_str(), row.threshold?, Estimate::economic(row)))
    });
    let all: Vec<(&str, f64, Estimate)> = all.filter(|(.., of)| of.mean.is_some()).collect();
    let (_, worth, first) = all.first()?;
    let rows: Vec<_> = all.iter().map(|(.., of)| Some(of.clone())).collect();
    let numbers = column(&rows, 1.0, true).into_iter().zip(&all);
    let named = numbers.filter_map(|(numbers, (name, ..))| {
        let (mean, range) = numbers?;
        let words = Words::default().and(mean).say(" under ").strong(*name).say(" (range ");
        Some(words.and(range).say(")"))
    });
    let named = Words::listed(named.collect());
    let number = super::Number {
        text: shown(*worth, None),
        value: *worth,
        times: 1.0,
        at: first.at.column("threshold"),
    };
    let from = match *worth == SOCIAL_VALUE {
        true => format!(" (from {})", THRESHOLDS_SOURCE.trim_end_matches('.')),
        false => " (as the experiment has it)".to_owned(),
    };
    let judged: Vec<(&str, f64, Option<Side>)> =
        all.iter().map(|(name, _, of)| (*name, of.mean.unwrap_or_default(), of.side())).collect();
    let words = Words::default()
        .strong("By value. ")
        .say(format!(
            "Of all that society gains and pays, net present social value in £, with 95% ranges{}, is ",
            of_mean(made)
        ))
        .and(named)
        .say(", if a SCRQoL-year is worth £")
        .number(number)
        .say(format!(
            "{from}; {}.",
            bought_best(&judged, &comparator(&book.experiment.comparator.name))
        ));
    Some(words)
}

/// Which is the best buy, by means and by the sides of nought on which all of their ranges lie.
fn bought_best(judged: &[(&str, f64, Option<Side>)], against: &str) -> String {
    let worth = |side| judged.iter().filter(move |(.., of)| *of == side).map(|(name, ..)| *name);
    let gains: Vec<&str> = worth(Some(Side::Above)).collect();
    let unclear: Vec<&str> = worth(None).collect();
    let best = judged.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or("", |(name, ..)| *name);
    match (gains.as_slice(), unclear.as_slice()) {
        ([], []) => format!("by this none is worth what it costs, and {against} is the best buy"),
        ([], unclear) => format!(
            "by this none is clearly worth what it costs, {} being unclear, and {against} is the best buy of the others",
            listed(unclear)
        ),
        (gains, _) => format!(
            "by this {} {} worth what {} costs, and the highest mean, which makes the best buy, is that of {best}",
            listed(gains),
            if gains.len() == 1 { "is" } else { "are" },
            if gains.len() == 1 { "it" } else { "each" },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_buy_goes_by_ranges_that_leave_out_nought() {
        let (up, down) = (Some(Side::Above), Some(Side::Below));
        let of = |judged: &[(&str, f64, Option<Side>)]| bought_best(judged, "the status quo");
        let none = of(&[("A", -2.0, down), ("B", -1.0, down)]);
        assert!(none.contains("none is worth") && none.contains("the status quo is the best buy"));
        assert!(of(&[("A", 2.0, None), ("B", -1.0, down)]).contains("A being unclear"));
        let some = of(&[("A", 2.0, up), ("B", 3.0, up), ("C", -1.0, down)]);
        assert!(some.contains("A and B are worth") && some.ends_with("that of B"), "{some}");
    }
}
