//! An experiment as resolved: everything a run depends on, and nothing else.
//!
//! [`crate::files`] makes it from what a person wrote; [`crate::cell`] runs it.

use crate::appraisal::Choices;
use crate::levers::Levers;
use crate::metrics::Metric;
use crate::outcomes::Reads;
use crate::parameters::Parameters;
use crate::place::Place;
use crate::stresses::{self, Shock};
use crate::structures::Structures;
use crate::uncertainty::Uncertainty;
use std::borrow::Cow;

/// What to run: who lives where, under which rules, how long and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The file's stem.
    pub id: String,
    /// Title.
    pub name: String,
    /// The places: each a system of its own, or all of them one where commissioners
    /// learn from one another.
    pub places: Vec<Place>,
    /// The regime the others are compared with; it always runs.
    pub comparator: Regime,
    /// The regimes compared with it, in order.
    pub regimes: Vec<Regime>,
    /// First month after the fork: (year, month of the year 1–12).
    pub start: (i32, u32),
    /// Years after the fork.
    pub years: usize,
    /// Years of the status quo before the fork.
    pub burn_in_years: usize,
    /// Replicates of each parameter draw: how often luck is drawn again.
    pub replicates: u32,
    /// The seed.
    pub seed: u64,
    /// Whether commissioners learn from one another at each year's end.
    pub learning: bool,
    /// Parameter values; of those that are drawn, what they are without draws.
    pub parameters: Parameters,
    /// Which parameters are drawn, and to what; none where each has one value.
    pub uncertainty: Option<Uncertainty>,
    /// Named causal links, on or off.
    pub structures: Structures,
    /// How precise headlines are to be; then replicates are run until they are.
    pub precision: Option<Precision>,
    /// Stress tests, each with a twin of its own in every regime.
    pub stresses: Vec<Stress>,
    /// How money and outcomes are appraised.
    pub economics: Choices,
    /// What is read of people.
    pub reads: Reads,
}

impl Experiment {
    /// How many beliefs parameters are drawn by; 1 where none are drawn.
    pub fn beliefs(&self) -> u32 {
        self.uncertainty.as_ref().map_or(1, |uncertainty| uncertainty.blocks.len() as u32)
    }

    /// Parameter draws of each beliefs; 1 where none are drawn.
    pub fn draws(&self) -> u32 {
        self.uncertainty.as_ref().map_or(1, |uncertainty| uncertainty.draws)
    }

    /// The word for beliefs, by their index; empty where no parameters are drawn.
    pub fn believed(&self, beliefs: u32) -> &'static str {
        let block = self.uncertainty.as_ref().and_then(|u| u.blocks.get(beliefs as usize));
        block.map_or("", |block| block.id())
    }

    /// The experiment with the parameters of one draw, and no others.
    pub fn drawn(&self, beliefs: u32, draw: u32) -> Cow<'_, Experiment> {
        let Some(uncertainty) = &self.uncertainty else { return Cow::Borrowed(self) };
        let mut drawn = Experiment { uncertainty: None, ..self.clone() };
        uncertainty.set(beliefs, draw, &mut drawn.parameters);
        Cow::Owned(drawn)
    }
}

/// When a run has replicates enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// Half-width of a headline's interval as a share of the comparator's level, for
    /// money, hours and counts; other headlines are held to what matters.
    pub share: f64,
    /// Most replicates.
    pub most: u32,
    /// Half-widths of the user's own, in the metric's unit.
    pub widths: Vec<(Metric, f64)>,
}

/// Lever settings by date, laid over the place's own status quo when a cell runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Regime {
    /// The file's stem, or `a+b` for an overlay.
    pub id: String,
    /// Title.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// Where it comes from.
    pub source: String,
    /// What it sets, in order of date.
    pub changes: Vec<Change>,
}

/// Levers announced on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Month after the fork in which it is announced: 1 is the first.
    pub month: i32,
    /// What it sets; a lever not named keeps what it had.
    pub settings: Vec<(String, crate::declare::Setting)>,
}

impl Regime {
    /// The settings in force from each date on, for a place whose status quo is given.
    pub fn stages(&self, status_quo: &Levers) -> Vec<(i32, Levers)> {
        let mut levers = status_quo.clone();
        let mut stages = Vec::new();
        for change in &self.changes {
            for (name, setting) in &change.settings {
                // Names and kinds were checked when the file was read.
                levers.set(name, setting);
            }
            stages.push((change.month, levers.clone()));
        }
        stages
    }
}

/// A stress test: in each regime a twin of the world is dealt one or more blows, and
/// lives on with the same luck.
#[derive(Clone, Debug, PartialEq)]
pub struct Stress {
    /// Name in tables: the kind, or what the file calls it.
    pub id: String,
    /// What it deals, in order of date.
    pub blows: Vec<Blow>,
}

/// One blow: what goes wrong, from when on, and how long.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blow {
    /// Month after the fork at whose end it strikes; it is felt from the next on.
    pub month: i32,
    /// Months for which it is felt; none for all that follow.
    pub months: Option<u32>,
    /// How hard it strikes.
    pub shock: Shock,
    /// Levers set while it lasts, wherever they would be without it.
    pub levers: Vec<(String, crate::declare::Setting)>,
}

impl Stress {
    /// The built-in kind that it is named after, with its size; none where it is made
    /// up, or deals something else than its name says.
    pub fn kind(&self) -> Option<(&'static stresses::Kind, f64)> {
        let kind = stresses::kind(&self.id)?;
        match self.blows.as_slice() {
            [only] if only.levers.is_empty() => Some((kind, kind.size_in(&only.shock)?)),
            _ => None,
        }
    }

    /// Title: what strikes and how hard, or its name.
    pub fn title(&self) -> String {
        self.kind().map_or_else(|| self.id.clone(), |(kind, size)| kind.titled(size))
    }

    /// The month at whose end the first blow strikes; the twin parts from its world then.
    pub fn month(&self) -> i32 {
        self.blows.first().map_or(1, |blow| blow.month)
    }
}

impl Blow {
    /// Whether it is felt in a month.
    pub fn lasts(&self, month: i32) -> bool {
        let until = self.months.map_or(i32::MAX, |months| self.month.saturating_add(months as i32));
        self.month < month && month <= until
    }
}
