//! The command `commissim`: parses, dispatches, and gives the exit code.

use commissim::cli::{self, Parts};
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::own_up_to_panics();
    commissim::run::interrupt::install();
    let parts = Parts { read: &cli::read, simulate: &commissim::cell::together };
    ExitCode::from(cli::start(std::env::args_os(), &parts, &mut anstream::stdout()))
}
