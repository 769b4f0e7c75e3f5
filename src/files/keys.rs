//! Every key a file may have, declared once.
//!
//! The reader, `check`, `init` and the published JSON Schemas are made from these
//! tables, so none of them can know a key that another does not.

mod economics;
mod experiment;
mod place;
mod regime;
mod stress;
mod targets;
mod theme;

pub use economics::ECONOMICS;
pub use experiment::{EXPERIMENT, STRUCTURE, UNCERTAINTY};
pub use place::PLACE;
pub use regime::{CHANGE, REGIME};
pub use stress::{BLOW, STRESS};
pub use targets::{TARGET, TARGETS};
pub use theme::THEME;

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
    /// A colour, `"#004C86"`.
    Colour,
    /// Colours, at least and at most so many.
    Colours {
        /// Fewest.
        fewest: usize,
        /// Most.
        most: usize,
    },
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
    /// How figures look.
    Theme,
}

impl Thing {
    /// Every kind of file.
    pub const ALL: [Thing; 5] =
        [Thing::Experiment, Thing::Regime, Thing::Place, Thing::Targets, Thing::Theme];

    /// In a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Thing::Experiment => "experiment",
            Thing::Regime => "regime",
            Thing::Place => "place",
            Thing::Targets => "targets",
            Thing::Theme => "theme",
        }
    }

    /// With its article.
    pub fn a(self) -> &'static str {
        match self {
            Thing::Experiment => "an experiment",
            Thing::Regime => "a regime",
            Thing::Place => "a place",
            Thing::Targets => "targets",
            Thing::Theme => "a theme",
        }
    }

    /// The keys of its file.
    pub fn keys(self) -> &'static [Key] {
        match self {
            Thing::Experiment => EXPERIMENT,
            Thing::Regime => REGIME,
            Thing::Place => PLACE,
            Thing::Targets => TARGETS,
            Thing::Theme => THEME,
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
            Thing::Theme => {
                "A theme for commissim: what differs from the house's colours and letters."
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

/// The key called `name`.
pub fn find(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}
