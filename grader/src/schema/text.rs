//! Texts with a form.
//!
//! The patterns keep to what the regular expressions of Rust, Python and JavaScript have in common.

use schemars::JsonSchema;

/// A text of one line that is not blank.
#[derive(JsonSchema)]
pub struct Line(
    #[schemars(regex(
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
    ))]
    String,
);

/// A plain Rust name.
#[derive(JsonSchema)]
pub struct Name(
    #[schemars(regex(pattern = r"^([A-Za-z]|_[A-Za-z0-9_])[A-Za-z0-9_]*$"), length(max = 100))]
    String,
);

/// A keyword of a loop, or the name of a method, function, type or macro, with or without a path.
#[derive(JsonSchema)]
pub struct Path(
    #[schemars(regex(pattern = r"^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*$"))] String,
);
