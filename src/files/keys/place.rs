//! The keys of a place.

use super::{Key, Kind, MOST_NEIGHBOURHOODS, Thing, key, number, whole};

/// A place's file.
pub const PLACE: &[Key] = &[
    key(
        "like",
        Kind::One(Thing::Place),
        "The place this one is like but for what the file gives; without it every key is needed.",
    )
    .example("\"dorset\""),
    key("name", Kind::Text, "Name for people to read.").required(),
    key("region", Kind::Text, "Region.").required(),
    key(
        "code",
        whole(1.0, 4095.0, ""),
        "A number of its own: it keys the place's luck. Councils have the national codes.",
    )
    .required(),
    key(
        "neighbourhoods",
        Kind::NumberOrRows { high: MOST_NEIGHBOURHOODS },
        "Number of neighbourhoods, or a CSV file with a row for each.",
    )
    .required(),
    key(
        "clients",
        Kind::Table(CLIENTS),
        "People at home with council-funded support, by client group.",
    )
    .required(),
    key(
        "direct_payment_share",
        Kind::Table(DIRECT_PAYMENT_SHARE),
        "Of them, the share with a direct payment at the start of the burn-in.",
    )
    .required(),
    key(
        "hours_factor",
        Kind::Table(HOURS_FACTOR),
        "Mean hours of support a week, as a multiple of the national mean.",
    )
    .required(),
    key("residents", Kind::Table(RESIDENTS), "Care-home residents whom the council funds.")
        .required(),
    key("care_home_week", Kind::Table(CARE_HOME_WEEK), "Price of a care-home week.").required(),
    key(
        "contracted_hour",
        number(1.0, 500.0, "£ an hour"),
        "Price of an hour of support bought outside.",
    )
    .required(),
    key(
        "in_house_hour",
        number(0.0, 500.0, "£ an hour"),
        "Cost of an hour of the council's own service; 0 where it has none.",
    )
    .required(),
    key(
        "in_house_share",
        number(0.0, 0.95, "share"),
        "Share of hours at the start that the council's own service gives. Without this line: the parameter of that name.",
    ),
    key(
        "assessment_cost",
        number(0.0, 100_000.0, "£ a year"),
        "Spending on assessment and care management for each funded person.",
    )
    .required(),
    key(
        "status_quo",
        Kind::Levers,
        "The place's own lever settings, where they differ from the usual.",
    ),
    key(
        "keeps",
        Kind::LeverNames,
        "Levers that stay as they are where commissioners learn from one another. Without this line: those of `status_quo`.",
    )
    .example("[\"contract_years\"]"),
    key(
        "people",
        Kind::Rows,
        "A CSV file with a row for each person who is there at the start of the burn-in, in place of `clients` and `residents`; arrivals are drawn from the same rows.",
    )
    .example("\"people.csv\""),
    key(
        "providers",
        Kind::Rows,
        "A CSV file with a row for each provider that is there at the start of the burn-in.",
    )
    .example("\"providers.csv\""),
];

macro_rules! by_group {
    ($table:ident, $kind:expr) => {
        const $table: &[Key] = &[
            key("physical", $kind, "Physical, sensory, memory or social reason, aged 18 to 64.")
                .required(),
            key("learning", $kind, "Learning disability, aged 18 to 64.").required(),
            key("mental_health", $kind, "Mental health reason, aged 18 to 64.").required(),
            key("older", $kind, "Aged 65 and over.").required(),
        ];
    };
}

macro_rules! by_age {
    ($table:ident, $kind:expr) => {
        const $table: &[Key] = &[
            key("working_age", $kind, "Aged 18 to 64.").required(),
            key("older", $kind, "Aged 65 and over.").required(),
        ];
    };
}

by_group!(CLIENTS, number(0.0, 1_000_000.0, "people"));
by_group!(DIRECT_PAYMENT_SHARE, number(0.0, 1.0, "share"));
by_age!(HOURS_FACTOR, number(0.1, 10.0, "ratio"));
by_age!(RESIDENTS, number(0.0, 1_000_000.0, "people"));
by_age!(CARE_HOME_WEEK, number(1.0, 10_000.0, "£ a week"));
