//! Simulates regimes for commissioning adult social care, and says how they
//! differ in choice, cost and community resilience, and how sure anyone can be.
//!
//! Read [`model`] first: its step is the model, from top to bottom. What a run
//! depends on is an [`experiment::Experiment`]; what one world leaves behind is
//! [`outcomes::Outcomes`]. Parameters, levers, metrics and named causal links are
//! declared once each, in [`parameters`], [`levers`], [`metrics`] and
//! [`structures`].
//!
//! From there on: [`run`] runs cells in parallel, [`store`] keeps them and the
//! results folder, [`analysis`] makes levels, differences and verdicts of them,
//! [`table`] writes CSV, [`terminal`] prints, and [`cli`] is what people type.

// Lets the made-up worlds be shared with the tests outside the library.
#[cfg(test)]
extern crate self as commissim;

pub mod analysis;
pub mod appraisal;
pub mod assumptions;
pub mod briefing;
pub mod cell;
pub mod claims;
pub mod cli;
pub mod colour;
pub mod councils;
pub mod declare;
pub mod designs;
pub mod discovery;
pub mod draws;
pub mod economics;
pub mod evidence;
pub mod experiment;
pub mod explain;
pub mod files;
pub mod fitting;
pub mod gains;
pub mod idle;
pub mod levers;
#[cfg(test)]
mod made_up;
pub mod metrics;
pub mod model;
pub mod outcomes;
pub mod parameters;
pub mod place;
pub mod problem;
pub mod reference;
pub mod resampling;
pub mod run;
pub mod scheduler;
pub mod sensitivity;
pub mod shard;
pub mod store;
pub mod stresses;
pub mod structures;
pub mod system;
pub mod table;
pub mod targets;
pub mod terminal;
pub mod trace;
pub mod uncertainty;
pub mod units;
