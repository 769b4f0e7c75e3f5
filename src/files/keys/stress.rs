//! The keys of a stress test.

use super::{Key, Kind, MOST_YEARS, key, number, whole};
use crate::stresses::{CUSTOM, KINDS, RATES};

/// A `[[stress]]` of an experiment.
pub const STRESS: &[Key] = &[
    key("name", Kind::Text, "Name in tables; without it the kind.").example("\"bad-winter\""),
    STRESS_KIND,
    STRESS_YEAR,
    STRESS_MONTH,
    STRESS_MONTHS,
    STRESS_SIZE,
    STRESS_RATES,
    STRESS_LEVERS,
    key("blow", Kind::Tables(BLOW), "Several blows of one stress, instead of one of these."),
];

/// A `[[stress.blow]]`.
pub const BLOW: &[Key] = &[
    STRESS_KIND,
    STRESS_YEAR,
    STRESS_MONTH,
    STRESS_MONTHS,
    STRESS_SIZE,
    STRESS_RATES,
    STRESS_LEVERS,
];

const STRESS_KIND: Key =
    key("kind", Kind::Choice(&STRESS_KINDS), "What strikes; see `commissim list stresses`.")
        .example("\"equal-blow\"");
const STRESS_YEAR: Key = key(
    "year",
    whole(1.0, MOST_YEARS, ""),
    "Year after the fork in which it strikes: 1 is the first.",
)
.example("5");
const STRESS_MONTH: Key =
    key("month", whole(1.0, 12.0, ""), "Month of that year, 1 to 12, at whose end it strikes.")
        .default("1");
const STRESS_MONTHS: Key = key(
    "months",
    whole(1.0, 12.0 * MOST_YEARS, "months"),
    "Months for which it is felt; without it the kind's own, or to the end.",
);
const STRESS_SIZE: Key = key(
    "size",
    number(0.0, 100.0, ""),
    "How hard a built-in kind strikes; 0 is nothing, without it the kind's own.",
);
const STRESS_RATES: Key =
    key("rates", Kind::Table(&RATES_KEYS), "How hard each part of a custom stress strikes.");
const STRESS_LEVERS: Key =
    key("levers", Kind::Levers, "Levers that a custom stress sets while it lasts.");

/// The kinds a stress may have.
const STRESS_KINDS: [&str; KINDS.len() + 1] = {
    let mut kinds = [CUSTOM; KINDS.len() + 1];
    let mut i = 0;
    while i < KINDS.len() {
        kinds[i] = KINDS[i].id;
        i += 1;
    }
    kinds
};

/// The rates of a custom stress.
const RATES_KEYS: [Key; RATES.len()] = {
    let mut keys = [key("", Kind::Text, ""); RATES.len()];
    let mut i = 0;
    while i < RATES.len() {
        let rate = &RATES[i];
        let kind = Kind::Number { low: 0.0, high: rate.high, whole: rate.whole, unit: rate.unit };
        keys[i] = key(rate.name, kind, rate.meaning);
        i += 1;
    }
    keys
};
