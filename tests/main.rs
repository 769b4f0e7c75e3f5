//! The tests of the house: one binary.

mod commands;
mod files;
mod gallery;
mod laws;
mod levers;
#[path = "../src/made_up.rs"]
mod made_up;
mod results;
mod small_worlds;
mod twin;
