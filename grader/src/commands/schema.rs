//! `schema`: the JSON Schema of a fixture, of the course or of the report.

use super::{Failure, screen};
use crate::cli::Described;
use crate::exit_code::Exit;
use crate::schema::{COURSE, FIXTURE, OVERLAY, REPORT};

/// Prints a JSON Schema.
pub fn schema(of: Described) -> Result<Exit, Failure> {
    let schema = match of {
        Described::Fixture => FIXTURE,
        Described::Overlay => OVERLAY,
        Described::Course => COURSE,
        Described::Report => REPORT,
    };
    screen::print(schema.as_bytes())?;
    Ok(Exit::Success)
}
