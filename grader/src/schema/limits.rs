//! What a submission may use.

use schemars::JsonSchema;

/// What one call and one worker may use. What is left out is inherited from course.toml.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Limits {
    /// The wall time of one call, as in "2 s".
    wall: Option<Time>,
    /// The memory of one worker, as in "512 MiB".
    memory: Option<Size>,
    /// The captured output of one call, as in "64 KiB".
    output: Option<Size>,
}

/// What a submission may use. A fixture may set its own wall, memory and output.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CourseLimits {
    /// The wall time of one call, as in "2 s".
    wall: Option<Time>,
    /// The memory of one worker, as in "512 MiB".
    memory: Option<Size>,
    /// The captured output of one call, as in "64 KiB".
    output: Option<Size>,
    /// The wall time of one compilation, as in "10 s".
    compile: Option<Time>,
    /// The wall time of one submission, as in "60 s".
    total: Option<Time>,
}

/// A time: a number and one of the units ms, s, min.
#[derive(JsonSchema)]
struct Time(
    #[schemars(regex(pattern = r"^\s*[0-9][0-9_]*(\.[0-9][0-9_]*)?\s*(ms|s|min)\s*$"))] String,
);

/// A size: a number and one of the units B, KiB, MiB, GiB, kB, MB, GB.
#[derive(JsonSchema)]
struct Size(
    #[schemars(regex(
        pattern = r"^\s*[0-9][0-9_]*(\.[0-9][0-9_]*)?\s*(B|KiB|MiB|GiB|kB|MB|GB)\s*$"
    ))]
    String,
);
