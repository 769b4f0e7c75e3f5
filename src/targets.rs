//! What was observed: figures that the model is fitted to, or tested against.
//!
//! [`crate::files`] makes them from what a person wrote; [`crate::fitting`] reads the same
//! figures in a world.

use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::outcomes::Period;
use crate::table::number;

/// A file of targets, with the experiments that are held against them.
#[derive(Clone, Debug)]
pub struct Targets {
    /// The file's stem.
    pub id: String,
    /// Title.
    pub name: String,
    /// Parameters that calibration moves towards the targets.
    pub fit: Vec<&'static str>,
    /// What was observed, in the order of the file.
    pub targets: Vec<Target>,
    /// The experiments, the file's own first.
    pub experiments: Vec<Experiment>,
}

/// One figure that was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its name.
    pub id: String,
    /// What was observed, in a sentence.
    pub what: String,
    /// Metrics that are added.
    pub metrics: Vec<Metric>,
    /// The metric that they are divided by.
    pub per: Option<Metric>,
    /// The group, an index into [`crate::outcomes::GROUPS`].
    pub group: usize,
    /// The stretch of time.
    pub period: Period,
    /// What of it.
    pub statistic: Statistic,
    /// What was found.
    pub observed: Observed,
    /// How far off still counts as reached: twice the standard error of what was observed
    /// and of what the model leaves out, in the metric's unit.
    pub tolerance: f64,
    /// What it is for.
    pub role: Role,
    /// Where it was observed.
    pub source: String,
    /// Where it was observed, on the map.
    pub place: String,
    /// When it was observed.
    pub when: String,
    /// Which experiment is held against it, an index into [`Targets::experiments`].
    pub experiment: usize,
    /// Which of its worlds: 0 is the comparator's, then those of the regimes.
    pub world: usize,
    /// Where the model fails it: the most likely reason.
    pub reason: String,
}

/// What of a metric was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Its level over all places.
    Level,
    /// Its standard deviation between places.
    Spread,
    /// Its correlation between places' first and last years.
    Persistence,
    /// A regime's difference from the comparator.
    Difference,
    /// The last year's level over the first's.
    Growth,
}

impl Statistic {
    /// Every statistic.
    pub const ALL: [Statistic; 5] = [
        Statistic::Level,
        Statistic::Spread,
        Statistic::Persistence,
        Statistic::Difference,
        Statistic::Growth,
    ];

    /// The word in files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Statistic::Level => "level",
            Statistic::Spread => "spread",
            Statistic::Persistence => "persistence",
            Statistic::Difference => "difference",
            Statistic::Growth => "growth",
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Observed {
    /// A number, in the metric's unit.
    Value(f64),
    /// Which way something went.
    Sign(Sign),
}

impl Observed {
    /// As tables write it: a number in full, or the word.
    pub fn written(self) -> String {
        match self {
            Observed::Value(value) => number(value),
            Observed::Sign(sign) => sign.id().to_owned(),
        }
    }
}

/// Which way a difference went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// More than without.
    Up,
    /// Less than without.
    Down,
    /// No difference was found.
    None,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Sign; 3] = [Sign::Up, Sign::Down, Sign::None];

    /// The word in files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Sign::Up => "up",
            Sign::Down => "down",
            Sign::None => "none",
        }
    }
}

/// What a target is for: never both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The model is fitted to it.
    Calibrate,
    /// The model is tested against it.
    Validate,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 2] = [Role::Calibrate, Role::Validate];

    /// The word in files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Role::Calibrate => "calibrate",
            Role::Validate => "validate",
        }
    }
}

impl Targets {
    /// Those for one purpose.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(move |target| target.role == role)
    }
}
