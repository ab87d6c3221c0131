//! What the files of a new exercise begin with.

use anyhow::Result;

use crate::stub::stub;

/// The files of an exercise that is to be written. They compile without a warning, and the course
/// can be graded with them.
#[derive(Debug)]
pub struct Skeleton {
    /// The reference: the lesson, and a function that says that it is not written.
    pub reference: String,
    /// The learner's file, made from it.
    pub stub: String,
    /// The fixture, with an example of a case.
    pub fixture: String,
}

impl Skeleton {
    /// The files of the exercise with this name.
    ///
    /// # Errors
    ///
    /// If the name makes no Rust of the reference.
    pub fn of(name: &str) -> Result<Self> {
        let title = title(name);
        let reference = reference(name, &title);
        Ok(Self { stub: stub(&reference)?, fixture: fixture(name, &title), reference })
    }
}

/// `mean_of_rows` as a title: "Mean of rows".
fn title(name: &str) -> String {
    let words = name.trim_matches('_').replace('_', " ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
        .unwrap_or_default()
}

/// The body names its argument, so that nobody warns that it is unused.
fn reference(name: &str, title: &str) -> String {
    format!(
        "\
//! # {title}
//!
//! What it is for, in a few sentences, and the formula:
//!
//! ```text
//!     {name}(x) = …
//! ```
//!
//! ## In NumPy
//!
//! ```python
//! y = …
//! ```
//!
//! ## In ndarray
//!
//! What a reader must know to write it.

/// What it computes, in one sentence.
///
/// - `x`: a number.
/// - Result: a number.
pub fn {name}(x: f64) -> f64 {{
    todo!(\"{name} of {{x}}\")
}}
"
    )
}

/// Only the shape of the example is checked: there is no function yet that gives it a value.
fn fixture(name: &str, title: &str) -> String {
    format!(
        "\
#:schema ../grader/schema/fixture.schema.json
title   = \"{title}\"
points  = 10
summary = \"What to do, in one sentence.\"
hints   = []

# An example: any number passes. A case without `shape` and `expected` gets the value that the
# reference returns from `cargo grade record {name}`.
[[case]]
name     = \"an example\"
args     = [1]
shape    = []
feedback = \"What to think of, for whoever fails it.\"
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stub_is_the_reference_without_a_body() {
        let skeleton = Skeleton::of("mean_of_rows").unwrap();
        let body = "    todo!(\"mean_of_rows of {x}\")";
        assert!(skeleton.reference.starts_with("//! # Mean of rows\n"), "{}", skeleton.reference);
        assert_eq!(skeleton.stub, skeleton.reference.replace(body, "    todo!()"));
    }
}
