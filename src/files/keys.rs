//! Every key a file may have, declared once.
//!
//! The reader, `check`, `init` and the published JSON Schemas are made from these
//! tables, so none of them can know a key that another does not.

use crate::appraisal::{COSTS, LINES};
use crate::designs::MOST_DRAWS;
use crate::stresses::{CUSTOM, KINDS, RATES};

/// What a key is set to.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Words for people to read.
    Text,
    /// The name or the file of one place or regime.
    One(Thing),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Names or files, none twice.
    Many(Thing),
    /// Names or files of places, or the name of a set of them.
    Places,
    /// A number.
    Number {
        /// Smallest.
        low: f64,
        /// Largest.
        high: f64,
        /// Whether it must be whole.
        whole: bool,
        /// Unit, as written beside it.
        unit: &'static str,
    },
    /// Numbers in rising order.
    Numbers {
        /// Smallest.
        low: f64,
        /// Largest.
        high: f64,
        /// Unit, as written beside them.
        unit: &'static str,
    },
    /// A file of rows: a path of a CSV file.
    Rows,
    /// A whole number from 1, or a file of as many rows.
    NumberOrRows {
        /// Largest.
        high: f64,
    },
    /// A month of a year, as text: `2015-04`.
    Month,
    /// True or false.
    Switch,
    /// Named causal links, none twice.
    Links,
    /// Names of levers, none twice; there may be none.
    LeverNames,
    /// Names of parameters, none twice.
    ParameterNames,
    /// Ids of metrics, none twice.
    MetricIds,
    /// Lever settings.
    Levers,
    /// Parameter values.
    Parameters,
    /// A table with keys of its own.
    Table(&'static [Key]),
    /// Any number of tables with keys of their own.
    Tables(&'static [Key]),
    /// A share, written as such or as text in per cent: `"2%"`.
    Percent,
    /// Numbers by headline metric.
    Widths,
    /// Whose beliefs, none twice.
    Beliefs,
    /// The name of a set of parameter values built in, or a CSV file.
    Set,
}

/// What a name in a file may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// What to run.
    Experiment,
    /// Lever settings.
    Regime,
    /// Who lives, provides and commissions there.
    Place,
    /// What was observed.
    Targets,
}

impl Thing {
    /// Every kind of file.
    pub const ALL: [Thing; 4] = [Thing::Experiment, Thing::Regime, Thing::Place, Thing::Targets];

    /// In a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Thing::Experiment => "experiment",
            Thing::Regime => "regime",
            Thing::Place => "place",
            Thing::Targets => "targets",
        }
    }

    /// With its article.
    pub fn a(self) -> &'static str {
        match self {
            Thing::Experiment => "an experiment",
            Thing::Regime => "a regime",
            Thing::Place => "a place",
            Thing::Targets => "targets",
        }
    }

    /// The keys of its file.
    pub fn keys(self) -> &'static [Key] {
        match self {
            Thing::Experiment => EXPERIMENT,
            Thing::Regime => REGIME,
            Thing::Place => PLACE,
            Thing::Targets => TARGETS,
        }
    }

    /// What its file is for.
    pub fn purpose(self) -> &'static str {
        match self {
            Thing::Experiment => "An experiment for commissim: what to run.",
            Thing::Regime => "A regime for commissim: lever settings, laid over a place's own.",
            Thing::Place => "A place for commissim: who lives there, and what care costs.",
            Thing::Targets => {
                "Targets for commissim: what was observed, to fit the model to or to test it against."
            }
        }
    }
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As written in a file.
    pub name: &'static str,
    /// What it may be set to.
    pub kind: Kind,
    /// Whether a file must have it.
    pub required: bool,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// Used when it is not given, as a file would write it; may be empty.
    pub default: &'static str,
    /// What `init` writes; empty where there is nothing to show.
    pub example: &'static str,
}

const fn key(name: &'static str, kind: Kind, meaning: &'static str) -> Key {
    Key { name, kind, required: false, meaning, default: "", example: "" }
}

impl Key {
    const fn required(mut self) -> Key {
        self.required = true;
        self
    }
    const fn default(mut self, default: &'static str) -> Key {
        self.default = default;
        self.example = default;
        self
    }
    const fn example(mut self, example: &'static str) -> Key {
        self.example = example;
        self
    }
}

const fn whole(low: f64, high: f64, unit: &'static str) -> Kind {
    Kind::Number { low, high, whole: true, unit }
}

const fn number(low: f64, high: f64, unit: &'static str) -> Kind {
    Kind::Number { low, high, whole: false, unit }
}

/// Most neighbourhoods of a place: a provider's frameworks are the bits of a word.
pub const MOST_NEIGHBOURHOODS: f64 = 64.0;

/// Most years of a run after the fork.
pub const MOST_YEARS: f64 = 40.0;

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

/// The `[economics]` table of an experiment.
pub const ECONOMICS: &[Key] = &[
    key(
        "thresholds",
        Kind::Numbers { low: 0.0, high: 1_000_000.0, unit: "£" },
        "What a year of full quality of life (SCRQoL) may be worth, £: net benefit is given at each.",
    )
    .default("[20000, 30000, 40000]"),
    key(
        "social_value",
        number(1.0, 1_000_000.0, "£"),
        "What such a year is taken to be worth in net present social value, £.",
    )
    .default("30000"),
    key(
        "discount_rate",
        number(0.0, 20.0, "% a year"),
        "One rate for costs and outcomes, % a year, in place of the Green Book's.",
    )
    .example("3"),
    key(
        "optimism_bias",
        Kind::Table(&OPTIMISM_BIAS),
        "What is added to a line of costs, %, in every regime alike, since estimates are too low as a rule; nothing is added unless it stands here.",
    )
    .example("{ change = 10 }"),
];

/// Lines of costs that may be raised: all but what comes in.
const OPTIMISM_BIAS: [Key; LINES - 1] = {
    const BLANK: Key = key("", number(0.0, 500.0, "%"), "Added to this line for optimism bias, %.");
    let mut keys = [BLANK; LINES - 1];
    let (mut line, mut next) = (0, 0);
    while line < LINES {
        if COSTS[line].counts[0] >= 0.0 {
            keys[next].name = COSTS[line].id;
            next += 1;
        }
        line += 1;
    }
    keys
};

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

/// The key called `name`.
pub fn find(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::{SOCIAL_VALUE, THRESHOLDS};

    #[test]
    fn what_is_said_of_worth_is_what_is_taken() {
        let default = |name| find(ECONOMICS, name).expect(name).default;
        assert_eq!(default("thresholds"), format!("{THRESHOLDS:?}").replace(".0", ""));
        assert_eq!(default("social_value"), SOCIAL_VALUE.to_string());
    }

    #[test]
    fn every_line_that_is_a_cost_may_be_raised_and_what_comes_in_may_not() {
        for line in &COSTS {
            assert_eq!(
                find(&OPTIMISM_BIAS, line.id).is_some(),
                line.id != "charges",
                "{}",
                line.id
            );
        }
    }
}
