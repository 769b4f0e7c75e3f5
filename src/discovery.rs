//! What one would have to believe: where in the space of parameters a claim holds, which
//! parameters decide it and at what value, what is lost by choosing wrongly, what each part
//! of a difference is due to, and what more evidence would be worth.
//!
//! All of it is of values at draws that were made before, and of nothing else: no module
//! here runs anything, and what chance they need is keyed by the seed.

pub mod attribution;
pub mod boxes;
pub mod coalitions;
pub mod deciding;
pub mod prim;
pub mod regret;
pub mod steadiness;
pub mod switching;
pub mod worth;

/// An input's values, draw by draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// A number, finite, in any unit.
    Number(Vec<f64>),
    /// One of several ways to be, without order: a structure on or off, a design.
    Category(Vec<u32>),
}

impl Column {
    /// Number of draws.
    pub fn len(&self) -> usize {
        match self {
            Column::Number(values) => values.len(),
            Column::Category(ways) => ways.len(),
        }
    }

    /// Whether there are no draws.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column at some draws, in their order.
    pub fn at(&self, draws: &[usize]) -> Column {
        match self {
            Column::Number(values) => Column::Number(draws.iter().map(|n| values[*n]).collect()),
            Column::Category(ways) => Column::Category(draws.iter().map(|n| ways[*n]).collect()),
        }
    }
}

/// Draws of which some are of interest: those in which a claim holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The inputs.
    pub columns: Vec<Column>,
    /// Whether the claim holds, draw by draw. Undecided draws are left out before.
    pub holds: Vec<bool>,
}

impl Sample {
    /// Draws with their inputs; none if a column is shorter or longer, or a number is not
    /// finite.
    pub fn new(columns: Vec<Column>, holds: Vec<bool>) -> Option<Self> {
        let fits = |column: &Column| {
            let finite = match column {
                Column::Number(values) => values.iter().all(|value| value.is_finite()),
                Column::Category(_) => true,
            };
            finite && column.len() == holds.len()
        };
        columns.iter().all(fits).then_some(Self { columns, holds })
    }

    /// Some of the draws, in that order.
    pub fn at(&self, draws: &[usize]) -> Self {
        Self {
            columns: self.columns.iter().map(|column| column.at(draws)).collect(),
            holds: draws.iter().map(|n| self.holds[*n]).collect(),
        }
    }

    /// Number of draws in which the claim holds.
    pub fn interesting(&self) -> usize {
        self.holds.iter().filter(|holds| **holds).count()
    }
}
