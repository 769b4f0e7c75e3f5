//! How differences in a metric are said: what it is about, and how much of what.

use crate::metrics::Metric;

/// How a difference in a metric is said, as in `2.7 more in every 100 people picked their
/// supporter`.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// What it is about, as in `the number of people who picked their supporter`.
    pub about: String,
    /// What stands for that where it was told of just before: `the number`.
    pub short: &'static str,
    /// What numbers are multiplied by.
    pub times: f64,
    /// Stands at the beginning, as in `the public paid £12 more`.
    pub opening: String,
    /// Stands before a number.
    pub before: &'static str,
    /// Stands between a number and its direction.
    pub noun: String,
    /// Directions: above the comparator, and below it.
    pub way: [&'static str; 2],
    /// Stands at the end, after the direction.
    pub closing: String,
    /// What numbers are counted in, where they stand alone, as in a range.
    pub after: String,
    /// The same for a table: `£ a year for each person`.
    pub unit: String,
}

impl Phrase {
    /// What a number without a direction is counted in, as it stands after it.
    pub fn counted(&self) -> String {
        match format!("{}{}", self.noun, self.after) {
            none if none.is_empty() && self.before.is_empty() => format!(" {}", self.unit),
            said => said,
        }
    }
}

const COUNT: [&str; 2] = ["more", "fewer"];
const AMOUNT: [&str; 2] = ["more", "less"];
const HEIGHT: [&str; 2] = ["higher", "lower"];
const LENGTH: [&str; 2] = ["longer", "shorter"];

/// Per 100: people follow it more easily than shares and percentage points.
const EVERY: f64 = 100.0;

/// How differences in a metric are said.
pub fn phrase(metric: Metric) -> Phrase {
    // (what it is about, in short), (opening, before, noun, way, closing), (after, unit)
    let of = |(about, short): (&str, _),
              times,
              (opening, before, noun, way, closing): (&str, _, &str, _, &str),
              (after, unit): (&str, &str)| Phrase {
        about: about.to_owned(),
        short,
        times,
        opening: opening.to_owned(),
        before,
        noun: noun.to_owned(),
        way,
        closing: closing.to_owned(),
        after: after.to_owned(),
        unit: unit.to_owned(),
    };
    match metric {
        Metric::Picked => of(
            ("the number of people who picked their supporter", "the number"),
            EVERY,
            ("", "", "", COUNT, " in every 100 people picked their supporter"),
            (" in every 100 people", "in every 100 people"),
        ),
        Metric::GoodOptions => of(
            ("the number of good options people had to hand", "the number"),
            1.0,
            ("people had ", "", "", COUNT, " good options to hand"),
            ("", "options"),
        ),
        Metric::Fit => of(
            ("the fit of support, as people felt it,", "the fit"),
            1.0,
            ("the fit of support, as people felt it, was ", "", " standard deviations", HEIGHT, ""),
            ("", "standard deviations"),
        ),
        Metric::Scrqol => of(
            ("people’s quality of life", "it"),
            1.0,
            ("people’s quality of life was ", "", " points", HEIGHT, " on a scale of 24"),
            (" on a scale of 24", "points on a scale of 24"),
        ),
        Metric::Unmet => of(
            ("the number of hours of support that nobody delivered", "the number"),
            EVERY,
            (
                "",
                "",
                "",
                COUNT,
                " in every 100 hours of support that people were eligible for went undelivered",
            ),
            (
                " in every 100 hours that people were eligible for",
                "in every 100 hours that people were eligible for",
            ),
        ),
        Metric::WeeksToSupport => of(
            ("the wait for first support", "the wait"),
            1.0,
            ("the wait for first support was ", "", " weeks", LENGTH, ""),
            ("", "weeks"),
        ),
        Metric::PublicPerPerson => of(
            ("what the public paid for each person", "the cost"),
            1.0,
            ("the public paid ", "£", "", AMOUNT, " a year for each person"),
            (" a year for each person", "£ a year for each person"),
        ),
        Metric::UnpaidHours => of(
            ("unpaid care by family and friends", "it"),
            1.0,
            (
                "family and friends gave ",
                "",
                " hours",
                AMOUNT,
                " of unpaid care a week for each person",
            ),
            (" a week for each person", "hours a week for each person"),
        ),
        Metric::LostSupporter => of(
            (
                "the number of people who lost their supporter against their wish within a year",
                "the number",
            ),
            EVERY,
            (
                "",
                "",
                "",
                COUNT,
                " in every 100 people lost their supporter against their wish within a year",
            ),
            (" in every 100 people a year", "in every 100 people a year"),
        ),
        Metric::Redundancy => of(
            ("the number of other providers within reach that had room", "the number"),
            1.0,
            ("people had ", "", "", COUNT, " other providers with room within reach"),
            ("", "providers"),
        ),
        Metric::EmergencyAdmissions => of(
            ("the number of emergency admissions to hospital", "the number"),
            EVERY,
            (
                "for every 100 people there were ",
                "",
                "",
                COUNT,
                " emergency admissions to hospital a year",
            ),
            (" a year for every 100 people", "a year for every 100 people"),
        ),
        Metric::CareHomeMoves => of(
            ("the number of lasting moves into care homes", "the number"),
            EVERY,
            (
                "for every 100 people there were ",
                "",
                "",
                COUNT,
                " lasting moves into care homes a year",
            ),
            (" a year for every 100 people", "a year for every 100 people"),
        ),
        other => declared(other),
    }
}

/// What can be said of any metric, from its declaration.
fn declared(metric: Metric) -> Phrase {
    let metric = metric.declaration();
    let (times, before, noun, after) = match (metric.unit.strip_prefix("share"), metric.unit) {
        (Some(rest), _) => (EVERY, "", format!(" percentage points{rest}"), String::new()),
        (None, unit) => match unit.strip_prefix('£') {
            Some(rest) => (1.0, "£", rest.to_owned(), String::new()),
            None => (1.0, "", String::new(), format!(" ({unit})")),
        },
    };
    let unit = match metric.unit.strip_prefix("share") {
        Some(rest) => format!("percentage points{rest}"),
        None => metric.unit.to_owned(),
    };
    Phrase {
        about: format!("“{}”", metric.label),
        short: "it",
        times,
        opening: format!("“{}” was ", metric.label),
        before,
        noun,
        way: HEIGHT,
        closing: after.clone(),
        after,
        unit,
    }
}

/// What a metric's levels are counted in: shares without words of their own are in %.
pub fn level_unit(metric: Metric) -> String {
    let declared = metric.declaration();
    match declared.unit.strip_prefix("share") {
        Some(rest) if !declared.is_headline() => format!("%{rest}"),
        _ => phrase(metric).unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_headline_has_words_of_its_own() {
        for metric in Metric::ALL.iter().filter(|m| m.declaration().is_headline()) {
            let phrase = phrase(*metric);
            let id = metric.declaration().id;
            assert!(!phrase.about.starts_with('“'), "{id}");
            let share = metric.declaration().unit.starts_with("share");
            let every = phrase.after.contains("100");
            assert!(!share || every, "{id}");
            assert_eq!(phrase.times == EVERY, every, "{id}");
            // What numbers are counted in is the same wherever it is said.
            assert!(phrase.counted().ends_with(phrase.unit.trim_start_matches("£ ")), "{id}");
        }
    }

    /// A number is more or less; better or worse is what is made of it.
    #[test]
    fn no_number_is_called_better_or_worse() {
        for metric in Metric::ALL {
            let phrase = phrase(*metric);
            let words = [&phrase.about, &phrase.opening, &phrase.closing, &phrase.after];
            for word in words.into_iter().map(String::as_str).chain(phrase.way) {
                assert!(!word.contains("better") && !word.contains("worse"), "{word}");
            }
        }
    }
}
