//! Holding the model against what was observed.
//!
//! [`reading`] reads targets in worlds; [`space`] is where parameters lie; [`emulator`]
//! says what the model would give where it was not run; [`even`] which luck a few councils
//! stand for all under; [`region`] is what the targets do
//! not rule out; [`chance`] whether that tells anything of a parameter; [`columns`] are the tables of what was found.

pub mod chance;
pub mod columns;
pub mod emulator;
pub mod even;
pub mod predicted;
pub mod reading;
pub mod region;
pub mod space;
