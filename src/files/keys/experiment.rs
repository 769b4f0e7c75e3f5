//! The keys of an experiment.

use super::{ECONOMICS, Key, Kind, MOST_YEARS, STRESS, Thing, key, whole};
use crate::designs::MOST_DRAWS;

/// Largest seed: the largest whole number that every program reads back the same.
const MOST_SEED: f64 = 9_007_199_254_740_991.0;

/// An experiment's file.
pub const EXPERIMENT: &[Key] = &[
    key("name", Kind::Text, "Title, as tables and the briefing show it.")
        .example("\"Four regimes in Dorset\""),
    key("place", Kind::One(Thing::Place), "Where: a name from `commissim list places`, or a place file.")
        .example("\"dorset\""),
    key("places", Kind::Places, "Several places instead of `place`, or the name of a set of them: \"england\", \"scotland\" or \"dozen\".")
        .example("[\"dorset\", \"somerset\"]"),
    key("comparator", Kind::One(Thing::Regime), "The regime the others are compared with; it always runs.")
        .default("\"status-quo\""),
    key(
        "regimes",
        Kind::Many(Thing::Regime),
        "The regimes to compare: names from `commissim list regimes`, regime files, or overlays such as \"tendering+isf-default\".",
    )
    .required()
    .example("[\"tendering\", \"direct-payments\", \"isf-default\", \"community-sourcing\"]"),
    key("years", whole(1.0, MOST_YEARS, "years"), "Years after the fork, when the regimes part.")
        .default("10"),
    key("burn_in_years", whole(1.0, 20.0, "years"), "Years of the status quo before the fork.")
        .default("5"),
    key("start", Kind::Month, "First month after the fork.").default("\"2015-04\""),
    key("replicates", whole(1.0, 1_000_000.0, ""), "How often luck is drawn again.")
        .default("100"),
    key("seed", whole(0.0, MOST_SEED, ""), "Decides all luck: the same seed gives the same numbers.")
        .default("2026"),
    key(
        "precision",
        Kind::Percent,
        "In place of `replicates`: replicates are run until each headline difference is known this well, 95% half-width over the comparator's level for money, hours and counts; shares, scores and rare events are held to what matters.",
    )
    .example("\"2%\""),
    key("max_replicates", whole(20.0, 1_000_000.0, ""), "Most replicates that `precision` may run.")
        .default("1000"),
    key(
        "learning",
        Kind::Switch,
        "Whether commissioners learn from one another: the places are then run side by side, and at each year's end each may move levers that neither its place's file nor the regime sets towards those of a place doing better.",
    )
    .default("false"),
    key(
        "widths",
        Kind::Widths,
        "Half-widths of your own for some headlines, in the metric's unit, where `precision` is given.",
    )
    .example("\"choice.picked\" = 0.01"),
    key("parameters", Kind::Parameters, "Parameter values other than the ledger's; see `commissim list parameters`.")
        .example("self_funder_share = 0.3"),
    key("structure", Kind::Table(STRUCTURE), "Which named causal links act."),
    key("economics", Kind::Table(ECONOMICS), "How money and outcomes are appraised."),
    key(
        "uncertainty",
        Kind::Table(UNCERTAINTY),
        "Parameters are drawn from the ledger's ranges, save those set in [parameters]; without this table each has one value.",
    ),
    key(
        "stress",
        Kind::Tables(STRESS),
        "Stress tests: in each regime a twin of the world is dealt a blow; see `commissim list stresses`.",
    ),
];

/// The `[uncertainty]` table of an experiment.
pub const UNCERTAINTY: &[Key] = &[
    key(
        "draws",
        whole(2.0, MOST_DRAWS as f64, ""),
        "Parameter draws of each beliefs; from 20 up verdicts are passed. Of a set the first so many are taken, and all where nothing is said.",
    )
    .default("64"),
    key(
        "design",
        Kind::Choice(&["sobol", "latin-hypercube"]),
        "How draws are spread over parameters' ranges; with \"sobol\" each draw is the same however many there are.",
    )
    .default("\"sobol\""),
    key(
        "replicates",
        whole(2.0, 1_000_000.0, ""),
        "Replicates of each draw: two tell luck from what is not known. The experiment's own `replicates` is for runs without draws.",
    )
    .default("2"),
    key(
        "beliefs",
        Kind::Beliefs,
        "Whose ranges claims of the source and objections to it are drawn from: agnostic, believer, sceptic. Tables have a block of rows for each.",
    )
    .default("[\"agnostic\"]"),
    key(
        "from",
        Kind::Set,
        "A set of values in place of a design: the name of one built in, or a CSV file with a column `draw`, a column for each of some parameters and a row for each draw.",
    )
    .example("\"draws.csv\""),
];

/// The `[structure]` table of an experiment.
pub const STRUCTURE: &[Key] =
    &[key("off", Kind::Links, "Causal links to switch off; see `commissim list structures`.")
        .required()
        .example("[\"scale-economies\"]")];
