//! The words on figures, which follow the numbers.

use crate::analysis::verdict::{FEWEST, Verdict};
use crate::briefing::book::Book;
use crate::metrics::Metric;
use crate::terminal::numbers::{places, shown, signed};

/// Where a figure's numbers come from.
pub fn source(book: &Book, files: &str) -> String {
    let experiment = &book.experiment;
    let places: Vec<&str> = experiment.places.iter().map(|place| place.name.as_str()).collect();
    let places = match places.as_slice() {
        few @ ([_] | [_, _] | [_, _, _]) => few.join(", "),
        many => format!("{} places", many.len()),
    };
    format!(
        "Source: commissim, experiment {}, {places}, seed {}; {files}. A simulation with assumed parameters, not a forecast.",
        experiment.id, experiment.seed
    )
}

/// What intervals take in, and how many they rest on.
pub fn interval(kind: &str, n: u32) -> String {
    if kind == "luck" {
        format!("95% intervals over {n} replicates, luck only")
    } else {
        format!("95% ranges over {n} draws of the parameters")
    }
}

/// The stretch of time that is told of.
pub fn whole(book: &Book) -> String {
    match book.experiment.years {
        1 => "the first year".to_owned(),
        years => format!("all {years} years"),
    }
}

/// What a metric's numbers are multiplied by to be read: shares are told in %.
pub fn times(metric: Metric) -> f64 {
    if metric.declaration().unit.starts_with("share") { 100.0 } else { 1.0 }
}

/// The unit of a metric's levels, as people read it.
pub fn unit(metric: Metric) -> String {
    let unit = metric.declaration().unit;
    match unit.strip_prefix("share") {
        Some(rest) => format!("%{rest}"),
        None => unit.to_owned(),
    }
}

/// The unit of a metric's differences.
pub fn unit_of_differences(metric: Metric) -> String {
    let unit = metric.declaration().unit;
    match unit.strip_prefix("share") {
        Some(rest) => format!("percentage points{rest}"),
        None => unit.to_owned(),
    }
}

/// A mean with its interval, to the figures that the interval bears out; `sign` writes
/// what is more than nothing with a plus.
pub fn range(
    metric: Metric,
    mean: Option<f64>,
    interval: Option<(f64, f64)>,
    sign: bool,
) -> String {
    let times = times(metric);
    let matters = metric.declaration().matters().map(|matters| matters * times);
    range_in(mean.map(|m| m * times), interval.map(|(l, h)| (l * times, h * times)), matters, sign)
}

/// The same of a number in its own unit.
pub fn range_in(
    mean: Option<f64>,
    interval: Option<(f64, f64)>,
    matters: Option<f64>,
    sign: bool,
) -> String {
    let write = if sign { signed } else { shown };
    let Some(mean) = mean else { return "not measured".to_owned() };
    let Some((low, high)) = interval else {
        let about = write(mean, places(mean, mean.abs() / 10.0, matters));
        return format!("{about} (range unknown)");
    };
    let places = places(mean, (high - low) / 2.0, matters);
    format!("{} ({} to {})", write(mean, places), write(low, places), write(high, places))
}

/// Names in a sentence: a, b and c.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// A title as it stands within a sentence: without its capital, unless it is a name of
/// letters.
pub fn within(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// The comparator's title within a sentence.
pub fn comparator(book: &Book) -> String {
    match within(&book.experiment.comparator.name) {
        name if name == "status quo" => format!("the {name}"),
        name => name,
    }
}

/// A sentence begins with a capital.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// How many measures of a family are better and worse with each regime, in a sentence.
/// `verdicts` are those of each regime; none where none was passed.
pub fn verdicts(family: &str, verdicts: &[(&str, Vec<Option<Verdict>>)]) -> String {
    if verdicts.iter().all(|(_, of)| of.iter().all(Option::is_none)) {
        return format!(
            "{}: under {FEWEST} replicates or draws, so no verdict is passed",
            capital(family)
        );
    }
    let tally = |of: &[Option<Verdict>]| {
        let count = |wanted| of.iter().filter(|v| **v == Some(wanted)).count();
        (count(Verdict::Better), count(Verdict::Worse), of.len())
    };
    let mut clauses: Vec<String> = Vec::new();
    let mut told: Vec<(usize, usize, usize)> = Vec::new();
    for (_, of) in verdicts {
        let (better, worse, all) = tally(of);
        if (better, worse) == (0, 0) || told.contains(&(better, worse, all)) {
            continue;
        }
        told.push((better, worse, all));
        let alike = verdicts.iter().filter(|(_, other)| tally(other) == (better, worse, all));
        let names: Vec<String> = alike.map(|(name, _)| within(name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let are = |n: usize| if n == 1 { "is" } else { "are" };
        let measures = if clauses.is_empty() {
            format!(" of {all} measures of {family}")
        } else {
            String::new()
        };
        let found = match (better, worse) {
            (0, worse) => format!("{worse}{measures} {} worse", are(worse)),
            (better, 0) => format!("{better}{measures} {} better", are(better)),
            (better, worse) => {
                format!("{better}{measures} {} better and {worse} worse", are(better))
            }
        };
        clauses.push(format!("with {} {found}", listed(&names)));
    }
    let none: Vec<String> = verdicts
        .iter()
        .filter(|(_, of)| matches!(tally(of), (0, 0, _)))
        .map(|(name, _)| within(name))
        .collect();
    let none: Vec<&str> = none.iter().map(String::as_str).collect();
    match (clauses.is_empty(), none.is_empty()) {
        (true, _) => format!("No clear difference in {family} that matters, with any regime"),
        (false, true) => capital(&clauses.join("; ")),
        (false, false) => {
            capital(&format!("{}; no clear difference with {}", clauses.join("; "), listed(&none)))
        }
    }
}

/// A share as a whole number of hundred, in words that a reader can hold.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Better, Same, Unclear, Worse};

    #[test]
    fn titles_follow_verdicts() {
        let of = |verdicts: &[Verdict]| verdicts.iter().copied().map(Some).collect::<Vec<_>>();
        let said = verdicts(
            "choice",
            &[
                ("Tendering", of(&[Same, Unclear])),
                ("Community sourcing", of(&[Better, Better])),
                ("Direct payments", of(&[Worse, Better])),
            ],
        );
        assert_eq!(
            said,
            "With community sourcing 2 of 2 measures of choice are better; with direct payments 1 is better and 1 worse; no clear difference with tendering"
        );
        let flipped = verdicts("choice", &[("Community sourcing", of(&[Worse, Worse]))]);
        assert_eq!(flipped, "With community sourcing 2 of 2 measures of choice are worse");
        let none = verdicts("cost", &[("Tendering", of(&[Same])), ("ISF", of(&[Unclear]))]);
        assert_eq!(none, "No clear difference in cost that matters, with any regime");
        let few = verdicts("cost", &[("Tendering", vec![None])]);
        assert_eq!(few, "Cost: under 20 replicates or draws, so no verdict is passed");
    }

    #[test]
    fn a_mean_never_stands_without_its_range() {
        let metric = Metric::Unmet;
        assert_eq!(range(metric, Some(0.012), Some((0.01, 0.014)), true), "+1.2 (+1.0 to +1.4)");
        assert_eq!(range(metric, Some(0.012), None, true), "+1.2 (range unknown)");
        assert_eq!(range(metric, None, None, true), "not measured");
    }
}
