//! `schema`: the JSON Schema of a fixture, of the course, of the report or of the gradebook.

use super::{Failure, screen};
use crate::cli::Described;
use crate::exit_code::Exit;
#[cfg(feature = "class")]
use crate::schema::GRADEBOOK;
use crate::schema::{COURSE, FIXTURE, OVERLAY, REPORT};

/// Prints a JSON Schema.
pub fn schema(of: Described) -> Result<Exit, Failure> {
    let schema = match of {
        Described::Fixture => FIXTURE,
        Described::Overlay => OVERLAY,
        Described::Course => COURSE,
        Described::Report => REPORT,
        #[cfg(feature = "class")]
        Described::Gradebook => GRADEBOOK,
    };
    screen::print(schema.as_bytes())?;
    Ok(Exit::Success)
}
