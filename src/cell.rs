//! The unit of work: one place under one luck, with its burn-in, every regime and
//! the placebo. A pure function of the resolved experiment and its number.

use crate::outcomes::Outcomes;
use serde::{Deserialize, Serialize};

/// Which cell: numbered by system, draw and replicate, in that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellId {
    /// Index of the place in the experiment.
    pub system: u32,
    /// Parameter draw, from 0.
    pub draw: u32,
    /// Replicate, from 0.
    pub replicate: u32,
}

/// What a cell leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Which cell.
    pub id: CellId,
    /// One for the comparator, one for each regime in order, and one for the placebo.
    pub worlds: Vec<Outcomes>,
}
