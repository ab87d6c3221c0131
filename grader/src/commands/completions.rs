//! `completions`: a script for the shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Failure, screen};
use crate::cli::Cli;
use crate::exit_code::Exit;

/// Prints a script that completes the commands of `grader`.
pub fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "grader", &mut script);
    screen::print(&script)?;
    Ok(Exit::Success)
}
