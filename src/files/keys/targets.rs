//! The keys of a file of targets.

use super::{Key, Kind, Thing, key, number};

/// A file of targets.
pub const TARGETS: &[Key] = &[
    key("name", Kind::Text, "Title.").example("\"England, the status quo\""),
    key(
        "experiment",
        Kind::One(Thing::Experiment),
        "The experiment whose comparator is held against the targets that name none.",
    )
    .required()
    .example("\"english-dozen\""),
    key(
        "fit",
        Kind::ParameterNames,
        "Parameters that `commissim calibrate` moves towards the targets; all others are drawn from the ledger.",
    )
    .required()
    .example("[\"default_effect\"]"),
    key("target", Kind::Tables(TARGET), "What was observed, one table each."),
];

/// A `[[target]]`.
pub const TARGET: &[Key] = &[
    key("name", Kind::Text, "A name of its own, in letters, digits and -.")
        .required()
        .example("\"direct-payments-older\""),
    key("what", Kind::Text, "What was observed, in a sentence."),
    key("metrics", Kind::MetricIds, "The metric, or several that are added.")
        .required()
        .example("[\"choice.share_direct_payment\", \"choice.share_mixed\"]"),
    key("group", Kind::Text, "Whom it is about: `age=65+`; without it everybody.")
        .example("\"age=65+\""),
    key("period", Kind::Text, "`whole`, `final-year` or `year-1`.").default("\"whole\""),
    key(
        "statistic",
        Kind::Choice(&["level", "spread", "persistence", "difference", "growth"]),
        "The level over all places; its standard deviation between places; the correlation between places' first and last years; a regime's difference from the comparator; or the last year's level over the first's.",
    )
    .default("\"level\""),
    key("per", Kind::MetricIds, "The metric that it is divided by.").example("[\"choice.scrqol\"]"),
    key("value", number(-1e9, 1e9, ""), "What was observed, in the metric's unit."),
    key(
        "tolerance",
        number(0.0, 1e9, ""),
        "How far off still counts as reached, in the metric's unit: twice the standard error of what was observed and of what the model leaves out.",
    )
    .required()
    .example("0.02"),
    key(
        "sign",
        Kind::Choice(&["up", "down", "none"]),
        "In place of `value`, for a difference: which way it went; `none` where no difference was found.",
    ),
    key(
        "role",
        Kind::Choice(&["calibrate", "validate"]),
        "Whether the model is fitted to it or tested against it: never both.",
    )
    .required()
    .example("\"calibrate\""),
    key("source", Kind::Text, "Where it was observed: rows of the evidence, or a reference.").required()
        .example("\"E1444, E1445\""),
    key("place", Kind::Text, "Where it was observed.").example("\"England\""),
    key("when", Kind::Text, "When it was observed.").required().example("\"2020-21\""),
    key(
        "experiment",
        Kind::One(Thing::Experiment),
        "The experiment that is held against it, instead of the file's.",
    ),
    key(
        "regime",
        Kind::Text,
        "The regime of that experiment that is held against it; without it the comparator.",
    ),
    key("reason", Kind::Text, "Where the model fails it: the most likely reason, for the register."),
];
