//! The `icws-spec` command: check, show and expand ICWS models.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
