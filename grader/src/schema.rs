//! The JSON Schemas by which editors complete and check what people write, and programs what they
//! read.
//!
//! The program holds their finished texts. A test makes them from the types in this folder, and
//! from those of the report, so that nobody waits for the compilation of what makes them. The types
//! describe what `course` reads; their comments are what an editor shows.
#![cfg_attr(test, expect(dead_code, reason = "the types are described, and never made"))]

#[cfg(test)]
mod case;
#[cfg(test)]
mod course;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod input;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod overlay;
#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod text;
#[cfg(test)]
mod tolerance;
#[cfg(test)]
mod trial;
#[cfg(test)]
mod value;

/// The schema of a fixture.
pub const FIXTURE: &str = include_str!("../schema/fixture.schema.json");

/// The schema of a fixture with hidden cases.
pub const OVERLAY: &str = include_str!("../schema/overlay.schema.json");

/// The schema of `course.toml`.
pub const COURSE: &str = include_str!("../schema/course.schema.json");

/// The schema of the JSON report.
pub const REPORT: &str = include_str!("../schema/report.schema.json");

/// The schema of the JSON gradebook.
#[cfg(feature = "class")]
pub const GRADEBOOK: &str = include_str!("../schema/gradebook.schema.json");
