//! The tests of the house: one binary.

mod apart;
mod assumptions;
mod briefing;
mod catalysts;
mod choices;
mod commands;
mod construction;
mod declarations;
mod documents;
mod economics;
mod fairness;
mod figures;
mod files;
mod fitting;
mod gallery;
mod house;
mod idle;
mod laws;
mod levers;
#[path = "../src/made_up.rs"]
mod made_up;
mod parquet;
mod peers;
mod reference;
mod results;
mod rows;
mod small_worlds;
mod sources;
mod steady;
mod trace;
mod twin;
mod twins;
mod uncertainty;
mod verification;
mod verify;
mod vignettes;
