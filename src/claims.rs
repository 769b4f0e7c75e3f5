//! What one would have to believe: claims, and over which of what is plausible they hold.
//!
//! A claim is written in a line, such as `isf-default cost.public_per_person <= status-quo`.
//! [`language`] reads the line, [`names`] finds what its words mean, [`reading`] measures
//! what it needs in the worlds of one draw and luck, [`counting`] says in which draws it
//! holds, [`answer`] what that depends on, [`words`] says it in a paragraph, and [`columns`]
//! writes the tables. [`losing`] is about regret: which regime loses what, whoever is right.
//! What runs the worlds is [`crate::run::believe`].

pub mod answer;
pub mod columns;
pub mod counting;
pub mod language;
pub mod losing;
pub mod names;
pub mod reading;
pub mod told;
pub mod words;

use crate::analysis::stress::Said;
use crate::metrics::Metric;
use crate::outcomes::{GROUPS, Period};
use crate::problem::Source;
use std::sync::Arc;

/// What is measured in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    /// A metric.
    Level {
        /// Which.
        metric: Metric,
        /// Of whom, as an index into [`GROUPS`].
        group: usize,
        /// When.
        period: Period,
    },
    /// What is said of a metric under a stress.
    Stress {
        /// Which stress, as an index into those of the experiment.
        stress: usize,
        /// The metric.
        metric: Metric,
        /// What of it.
        said: Said,
    },
}

impl What {
    /// The metric.
    pub fn metric(self) -> Metric {
        match self {
            What::Level { metric, .. } | What::Stress { metric, .. } => metric,
        }
    }

    /// Unit of its numbers.
    pub fn unit(self) -> String {
        match self {
            What::Level { metric, .. } => metric.declaration().unit.to_owned(),
            What::Stress { metric, said, .. } => said.unit(metric),
        }
    }

    /// The smallest difference worth a decision; none where nothing says so.
    pub fn matters(self) -> Option<f64> {
        match self {
            What::Level { metric, .. } => metric.declaration().matters(),
            What::Stress { metric, said: Said::Depth, .. } => metric.declaration().matters(),
            What::Stress { .. } => None,
        }
    }

    /// As a claim writes it, given the names of stresses.
    pub fn written(self, stresses: &[String]) -> String {
        match self {
            What::Level { metric, group, period } => {
                let group = match group {
                    0 => String::new(),
                    group => format!("[{}={}]", GROUPS[group].by.id(), GROUPS[group].id),
                };
                let period = match period {
                    Period::Whole => String::new(),
                    period => format!("@{}", period.id()),
                };
                format!("{}{group}{period}", metric.declaration().id)
            }
            What::Stress { stress, metric, said } => {
                let stress = stresses.get(stress).map_or("", String::as_str);
                format!("stress.{stress}.{}.{}", said.id(), metric.declaration().id)
            }
        }
    }
}

/// What is measured in the world of one regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The world: 0 is the comparator's, and from 1 on those of the regimes in order.
    pub world: usize,
    /// What is measured there.
    pub what: What,
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
}

impl Op {
    /// Every one.
    pub const ALL: [Op; 4] = [Op::AtMost, Op::AtLeast, Op::Less, Op::More];

    /// As it is written.
    pub fn id(self) -> &'static str {
        match self {
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::More => ">",
            Op::AtLeast => ">=",
        }
    }

    /// Whether less is asked for.
    pub fn down(self) -> bool {
        matches!(self, Op::Less | Op::AtMost)
    }

    /// Whether a margin of nought holds.
    pub fn holds_at_nought(self) -> bool {
        matches!(self, Op::AtMost | Op::AtLeast)
    }
}

/// What the right side is moved by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allowance {
    /// By a share of its size.
    Share(f64),
    /// By so much, in the metric's unit.
    Amount(f64),
}

/// What a regime is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Against {
    /// Another figure, by its number, moved by an allowance.
    Figure(usize, Allowance),
    /// A number, in the metric's unit.
    Number(f64),
}

/// One comparison of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As it was written, with single spaces.
    pub text: String,
    /// The figure on the left, by its number.
    pub left: usize,
    /// How it is compared.
    pub op: Op,
    /// With what.
    pub right: Against,
}

impl Part {
    /// By how much it holds where figures have these values, in the metric's unit: above
    /// nought it holds, below it fails. None where a value is missing.
    pub fn margin(&self, values: &[Option<f64>]) -> Option<f64> {
        let left = values[self.left]?;
        let bound = match self.right {
            Against::Number(number) => number,
            Against::Figure(right, Allowance::Share(share)) => {
                let right = values[right]?;
                right + share * right.abs()
            }
            Against::Figure(right, Allowance::Amount(amount)) => values[right]? + amount,
        };
        Some(if self.op.down() { bound - left } else { left - bound })
    }
}

/// A claim: every part of it has to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// As it was written, with single spaces.
    pub text: String,
    /// Its parts, one at least.
    pub parts: Vec<Part>,
}

/// Claims and what they need to be measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// The claims.
    pub claims: Vec<Claim>,
    /// Every figure that a claim needs, once.
    pub figures: Vec<Figure>,
}

impl Claims {
    /// The number of a figure, which is kept if it is new.
    pub fn figure(&mut self, figure: Figure) -> usize {
        let known = self.figures.iter().position(|known| *known == figure);
        known.unwrap_or_else(|| {
            self.figures.push(figure);
            self.figures.len() - 1
        })
    }

    /// What a part compares.
    pub fn what(&self, part: &Part) -> What {
        self.figures[part.left].what
    }
}

/// A claim as it was typed, to point at.
pub fn source(number: usize, text: &str) -> Arc<Source> {
    Arc::new(Source { path: format!("claim {}", number + 1), text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(op: Op, right: Against) -> Part {
        Part { text: String::new(), left: 0, op, right }
    }

    #[test]
    fn margins_are_as_worked_out_by_hand() {
        let values = [Some(98.0), Some(100.0), Some(-2.0), None];
        let of = |op, right| part(op, right).margin(&values);
        let more = |figure, share| Against::Figure(figure, Allowance::Share(share));
        assert_eq!(of(Op::AtMost, more(1, 0.0)), Some(2.0));
        assert_eq!(of(Op::More, more(1, 0.0)), Some(-2.0));
        assert_eq!(of(Op::Less, more(1, -0.02)), Some(0.0), "two per cent less is 98");
        assert_eq!(of(Op::AtMost, more(1, 0.01)), Some(3.0));
        // A plus raises the bar also where it is below nought.
        assert_eq!(of(Op::AtLeast, more(2, 0.5)), Some(99.0));
        let by = Against::Figure(1, Allowance::Amount(0.5));
        assert_eq!(of(Op::Less, by), Some(2.5));
        assert_eq!(of(Op::AtLeast, Against::Number(90.0)), Some(8.0));
        assert_eq!(of(Op::AtLeast, more(3, 0.0)), None);
    }
}
