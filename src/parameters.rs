//! The ledger: every parameter of the model, declared once.
//!
//! Prices are ratios to another care price of the same year, applied to the
//! place's own contracted hour of 2014-15. Effects claimed by the source, and
//! objections to it, are marked as claims: half the agnostic's weight is at none.
//!
//! It has five rooms, each a file of rows that are handed on to the next; the last is
//! declared whole, since a run has one set of parameters.

#[macro_use]
mod community;
#[macro_use]
mod council;
#[macro_use]
mod market;
#[macro_use]
mod people;
#[macro_use]
mod support;

use crate::declare::Grade::{Assumed, Calibrated, Estimated, Fitted, Measured};
use crate::declare::Shape::{Claim, Log, Objection, Triangular, Uniform};
use crate::declare_parameters;
use crate::units::*;

/// Declares the rows of every room.
macro_rules! ledger {
    ([] $($rows:tt)*) => { declare_parameters! { $($rows)* } };
}

people! { [support market council community ledger] }
