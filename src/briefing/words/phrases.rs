//! How differences in a metric are said: what it is about, and how much of what.

use crate::metrics::Metric;

/// How a difference in a metric is said, as in `2.7 more in every 100 people`.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// What it is about, as in `the number of people who picked their supporter`.
    pub about: String,
    /// What numbers are multiplied by.
    pub times: f64,
    /// Stands before a number.
    pub before: &'static str,
    /// Stands between a number and its direction.
    pub noun: String,
    /// Directions: above the comparator, and below it.
    pub way: [&'static str; 2],
    /// Stands after the direction.
    pub after: String,
}

impl Phrase {
    /// What numbers are counted in, for a table: `£ a year for each person`.
    pub fn unit(&self) -> String {
        let parts = [self.before, self.noun.trim(), self.after.trim()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
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
    let of = |about: &str, times, before, noun: &str, way, after: &str| Phrase {
        about: about.to_owned(),
        times,
        before,
        noun: noun.to_owned(),
        way,
        after: after.to_owned(),
    };
    match metric {
        Metric::Picked => of(
            "the number of people who picked their supporter",
            EVERY,
            "",
            "",
            COUNT,
            " in every 100 people",
        ),
        Metric::GoodOptions => {
            of("the number of good options people had to hand", 1.0, "", "", COUNT, " options")
        }
        Metric::Fit => {
            of("how well support fitted people", 1.0, "", " standard deviations", HEIGHT, "")
        }
        Metric::Scrqol => {
            of("people’s quality of life", 1.0, "", " points", HEIGHT, " on a scale of 24")
        }
        Metric::Unmet => of(
            "the number of hours of support that nobody delivered",
            EVERY,
            "",
            "",
            COUNT,
            " in every 100 hours that people were eligible for",
        ),
        Metric::WeeksToSupport => of("the wait for first support", 1.0, "", " weeks", LENGTH, ""),
        Metric::PublicPerPerson => {
            of("what the public pays", 1.0, "£", "", AMOUNT, " a year for each person")
        }
        Metric::UnpaidHours => of(
            "unpaid care by family and friends",
            1.0,
            "",
            " hours",
            AMOUNT,
            " a week for each person",
        ),
        Metric::LostSupporter => of(
            "the number of people who lost their supporter against their wish within a year",
            EVERY,
            "",
            "",
            COUNT,
            " in every 100 people",
        ),
        Metric::Redundancy => of(
            "the number of other providers within reach that had room",
            1.0,
            "",
            "",
            COUNT,
            " providers",
        ),
        Metric::EmergencyAdmissions => of(
            "the number of emergency admissions to hospital",
            EVERY,
            "",
            "",
            COUNT,
            " a year for every 100 people",
        ),
        Metric::CareHomeMoves => of(
            "the number of lasting moves into care homes",
            EVERY,
            "",
            "",
            COUNT,
            " a year for every 100 people",
        ),
        other => declared(other),
    }
}

/// What can be said of any metric, from its declaration.
fn declared(metric: Metric) -> Phrase {
    let metric = metric.declaration();
    let (times, before, noun) = match (metric.unit.strip_prefix("share"), metric.unit) {
        (Some(rest), _) => (EVERY, "", format!(" percentage points{rest}")),
        (None, unit) => match unit.strip_prefix('£') {
            Some(rest) => (1.0, "£", rest.to_owned()),
            None => (1.0, "", format!(" ({unit})")),
        },
    };
    let about = format!("“{}”", metric.label);
    Phrase { about, times, before, noun, way: HEIGHT, after: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_headline_has_words_of_its_own() {
        for metric in Metric::ALL.iter().filter(|m| m.declaration().is_headline()) {
            let phrase = phrase(*metric);
            assert!(!phrase.about.starts_with('“'), "{}", metric.declaration().id);
            let share = metric.declaration().unit.starts_with("share");
            let every = phrase.after.contains("100");
            assert!(!share || every, "{}", metric.declaration().id);
            assert_eq!(phrase.times == EVERY, every, "{}", metric.declaration().id);
        }
    }
}
