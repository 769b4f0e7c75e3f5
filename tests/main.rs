//! House tests.

#[path = "../src/made_up.rs"]
mod made_up;
mod results;
