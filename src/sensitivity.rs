//! Which inputs a figure depends on: indices of the designs that are written as tables.
//!
//! Values are those of any metric, or of any paired difference, at each row of a table.
//! Every row has the same luck, and luck is one more input of the table, with as many ways
//! to be as there are replicates: what it does alone and together with parameters is then
//! an index like all others, and is not mistaken for theirs. A mean over the rows is of
//! that one luck and is not given.

pub mod effects;
pub mod inputs;
pub mod shares;

use std::fmt;

/// What was found, by group.
#[derive(Clone, Debug)]
pub enum Found {
    /// Of trajectories.
    Effects(Vec<effects::Effect>),
    /// Of blocks.
    Shares(shares::Shares),
}

/// Why indices cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The table is another design's.
    Plan,
    /// So many values for so many rows.
    Values(usize, usize),
    /// Too few trajectories or blocks have all their values: so many, of so many.
    Few(usize, usize),
    /// The figure is the same at all rows.
    NeverDiffers,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Plan => write!(f, "the rows are of another design"),
            Unfit::Values(values, rows) => write!(f, "{values} values for {rows} rows"),
            Unfit::Few(whole, all) => {
                write!(f, "only {whole} of {all} repetitions of the design have all their values")
            }
            Unfit::NeverDiffers => write!(f, "the figure is the same whatever is varied"),
        }
    }
}

impl std::error::Error for Unfit {}
