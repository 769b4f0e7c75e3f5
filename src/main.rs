//! The command `commissim`: parses, dispatches, and gives the exit code.

use commissim::cli::{self, Parts};
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::own_up_to_panics();
    commissim::run::interrupt::install();
    let parts = Parts {
        // Wired to crate::files and crate::cell when they are there.
        read: &|_| Err("error: this build cannot read experiments yet".to_owned()),
        simulate: &|_, _| unreachable!("nothing is read yet"),
    };
    ExitCode::from(cli::start(std::env::args_os(), &parts, &mut anstream::stdout()))
}
