//! Designs that are written whole before anything runs: points of the unit cube, an input a
//! column. What a number comes to in an input's own range is the matter of whoever runs it.
//!
//! Inputs that depend on one another go in one group, which moves as one and gets one
//! index: an index of each alone would be of worlds that cannot be.

use super::MOST_DRAWS;
use std::fmt;

/// One column of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// The dimension that it keeps, whichever other inputs there are.
    pub dimension: u32,
    /// The group that it moves with. Groups are numbered from 0, and none is empty.
    pub group: usize,
    /// How many ways it can be, where it is no number: a structure that is on or off has
    /// two, luck has as many as there are replicates.
    pub categories: Option<u32>,
}

impl Input {
    /// A number in a group by itself.
    pub fn number(dimension: u32, group: usize) -> Self {
        Self { dimension, group, categories: None }
    }

    /// Something that can be in so many ways, in a group by itself.
    pub fn switch(dimension: u32, group: usize, categories: u32) -> Self {
        Self { dimension, group, categories: Some(categories) }
    }

    /// Where `u` lies in a table: the middle of its part, if there are categories.
    pub(super) fn at(&self, u: f64) -> f64 {
        self.categories.map_or(u, |categories| middle(category(u, categories), categories))
    }
}

/// The category that a number of a table stands for: the unit interval is cut in as many
/// equal parts as there are categories.
pub fn category(u: f64, categories: u32) -> u32 {
    ((u * f64::from(categories)) as u32).min(categories.saturating_sub(1))
}

/// The number that stands for a category in tables.
pub fn middle(category: u32, categories: u32) -> f64 {
    (f64::from(category) + 0.5) / f64::from(categories.max(1))
}

/// How the rows of a table hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Every level of each group with every level of all others.
    Grid,
    /// Trajectories: each group moves once, one after another (Morris, 1991).
    Trajectories {
        /// Levels of each number.
        levels: u32,
    },
    /// Blocks: a point, the same with each group of another point, and the other point
    /// (Saltelli, 2002).
    Blocks {
        /// Whether the other point with each group of the first is there too.
        both_ways: bool,
    },
}

/// A design: what is to be run, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How rows hang together.
    pub plan: Plan,
    /// The columns.
    pub inputs: Vec<Input>,
    /// `[point][input]`, each in [0, 1].
    pub rows: Vec<Vec<f64>>,
}

impl Table {
    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.inputs.iter().map(|input| input.group + 1).max().unwrap_or(0)
    }

    /// Rows of one trajectory or one block; of a grid, one.
    pub fn step(&self) -> usize {
        match self.plan {
            Plan::Grid => 1,
            Plan::Trajectories { .. } => self.groups() + 1,
            Plan::Blocks { both_ways: false } => self.groups() + 2,
            Plan::Blocks { both_ways: true } => 2 * self.groups() + 2,
        }
    }
}

/// Most rows of a table.
pub const MOST_ROWS: u32 = 1 << 20;

/// Why a table cannot be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// There are no inputs.
    NoInputs,
    /// No input is in the group of that number, though some are in later ones.
    EmptyGroup(usize),
    /// The input of that number has fewer than two categories.
    OneCategory(usize),
    /// Levels that a design cannot have.
    Levels(u32),
    /// So many lists of levels for so many groups.
    LevelsOf(usize, usize),
    /// Points, trajectories or candidates that a design cannot have.
    Size(u32),
    /// More rows than a table may have.
    Rows(f64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoInputs => write!(f, "there is nothing to vary"),
            Fault::EmptyGroup(group) => write!(f, "group {} has no inputs", group + 1),
            Fault::OneCategory(input) => {
                write!(f, "input {} has fewer than two ways to be", input + 1)
            }
            Fault::Levels(levels) => write!(
                f,
                "{levels} levels will not do: trajectories need an even number from 2, a grid any from 1"
            ),
            Fault::LevelsOf(lists, groups) => {
                write!(f, "levels are given for {lists} groups and there are {groups}")
            }
            Fault::Size(size) => write!(
                f,
                "{size} will not do: a design has 2 to {MOST_DRAWS} points or trajectories, chosen from no fewer"
            ),
            Fault::Rows(rows) => write!(
                f,
                "the design would have {rows} rows, and {MOST_ROWS} is the most: vary less, or at fewer points"
            ),
        }
    }
}

impl std::error::Error for Fault {}

/// The number of groups of inputs that can be varied.
pub(super) fn checked(inputs: &[Input]) -> Result<usize, Fault> {
    let groups = inputs.iter().map(|input| input.group + 1).max().ok_or(Fault::NoInputs)?;
    // More groups than inputs leave one empty, however far off its number is.
    let empty = (0..groups.min(inputs.len() + 1))
        .find(|group| inputs.iter().all(|input| input.group != *group));
    let one = inputs.iter().position(|input| input.categories.is_some_and(|n| n < 2));
    match (empty, one) {
        (Some(group), _) => Err(Fault::EmptyGroup(group)),
        (_, Some(input)) => Err(Fault::OneCategory(input)),
        _ => Ok(groups),
    }
}

/// Refuses sizes no design has, and tables of too many rows.
pub(super) fn within(size: u32, step: usize) -> Result<(), Fault> {
    let rows = f64::from(size) * step as f64;
    match () {
        () if !(2..=MOST_DRAWS).contains(&size) => Err(Fault::Size(size)),
        () if rows > f64::from(MOST_ROWS) => Err(Fault::Rows(rows)),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_read_back_from_the_middle_of_its_part() {
        for categories in 2..50 {
            for way in 0..categories {
                assert_eq!(category(middle(way, categories), categories), way);
            }
        }
        assert_eq!((category(0.0, 3), category(1.0, 3)), (0, 2));
    }

    #[test]
    fn inputs_that_cannot_be_varied_are_refused_and_said_to_be() {
        assert_eq!(checked(&[]), Err(Fault::NoInputs));
        let far = [Input::number(0, 0), Input::number(1, usize::MAX - 1)];
        assert_eq!(checked(&far), Err(Fault::EmptyGroup(1)));
        let one = [Input::number(0, 0), Input::switch(1, 1, 1)];
        assert_eq!(checked(&one), Err(Fault::OneCategory(1)));
        assert_eq!(within(1, 3), Err(Fault::Size(1)));
        assert_eq!(within(60_000, 100), Err(Fault::Rows(6e6)));
        assert!(Fault::Rows(6e6).to_string().contains("6000000 rows"));
    }
}
