//! The keys of a regime.

use super::{Key, Kind, MOST_YEARS, Thing, key, whole};

/// A regime's file.
pub const REGIME: &[Key] = &[
    key("name", Kind::Text, "Title.").example("\"Tendering with individual service funds\""),
    key("question", Kind::Text, "The question it answers.")
        .example("\"What does a fund by default change while support is tendered?\""),
    key("source", Kind::Text, "Where it comes from."),
    key(
        "overlays",
        Kind::Many(Thing::Regime),
        "Regimes laid down first, in order; this file's own levers come last.",
    )
    .example("[\"tendering\"]"),
    key(
        "levers",
        Kind::Levers,
        "Settings announced in the first month after the fork; see `commissim list levers`.",
    )
    .example("default_mechanism = \"isf\""),
    key("change", Kind::Tables(CHANGE), "Settings announced later, in order of date."),
];

/// A `[[change]]` of a regime.
pub const CHANGE: &[Key] = &[
    key("year", whole(1.0, MOST_YEARS, ""), "Year after the fork: 1 is the first.")
        .required()
        .example("5"),
    key("month", whole(1.0, 12.0, ""), "Month of that year, 1 to 12.").default("1"),
    key("levers", Kind::Levers, "What is announced then.").required(),
];
