//! The command: see `grader --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    grader::commands::main().into()
}
