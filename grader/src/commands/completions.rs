//! `completions`: a script for the shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Failure;
use crate::cli::Cli;
use crate::exit_code::Exit;

/// Prints a script that completes the commands of `grader`.
pub fn completions(shell: Shell) -> Result<Exit, Failure> {
    clap_complete::generate(shell, &mut Cli::command(), "grader", &mut std::io::stdout());
    Ok(Exit::Success)
}
