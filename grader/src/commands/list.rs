//! `list`: the exercises with their state.

use super::run::Request;
use super::{Failure, screen};
use crate::cli::RunArgs;
use crate::exit_code::Exit;
use crate::report::Exporter;

/// Grades everything and prints a line for each exercise.
pub fn list() -> Result<Exit, Failure> {
    let args = RunArgs::default();
    let report = Request::of(&args)?.grade()?;
    let list = screen::terminal(&args).list().export(&report)?;
    screen::print(&list)?;
    Ok(Exit::Success)
}
