//! `fixtures/course.toml`.

use schemars::JsonSchema;

use super::limits::CourseLimits;
use super::text::{Line, Name};
use super::tolerance::Tolerance;

/// A course: its sections, and what its fixtures inherit.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Course {
    /// The version of the format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// The title of the course.
    title: Line,
    /// Where generated inputs start from.
    #[schemars(extend("default" = 0))]
    seed: Option<u64>,
    /// Whether an exercise that fails for a wrong dependency is run again on the reference.
    #[schemars(extend("default" = true))]
    follow_through: Option<bool>,
    /// Whether date and score of each run are kept on the learner's machine, for list --history.
    #[schemars(extend("default" = false))]
    history: Option<bool>,
    /// How close is close enough, where neither a case nor its fixture says so.
    tolerance: Option<Tolerance>,
    /// What a submission may use. A fixture may set its own wall, memory and output.
    limits: Option<CourseLimits>,
    /// The sections, in order.
    section: Vec<Section>,
}

/// A part of the course with a title.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Section {
    /// The title of the section.
    title: Line,
    /// Its exercises, in order: fixtures/NAME.toml or .json of each must be there.
    #[schemars(extend("uniqueItems" = true))]
    exercises: Vec<Name>,
}
