//! `check`: whether the fixtures tell right solutions from wrong ones.

mod mutants;

use anyhow::{Result, anyhow};

use super::{Failure, open, references};
use crate::cli::CheckArgs;
use crate::exit_code::Exit;

/// Checks the course and prints what was found.
pub fn check(args: &CheckArgs) -> Result<Exit, Failure> {
    let (workspace, course) = open()?;
    let references = references(&workspace)?
        .ok_or_else(|| Failure::Usage(anyhow!("there are no references to check with")))?;
    // Clap lets nobody ask for anything else.
    debug_assert!(args.mutants);
    mutants::try_all(&workspace, &course, &references)
}
