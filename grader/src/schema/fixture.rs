//! `fixtures/NAME.toml` and `fixtures/NAME.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::case::Case;
use super::limits::Limits;
use super::text::{Line, Name, Path};
use super::tolerance::Tolerance;
use super::trial::{Generated, Property};

/// An exercise: what it is worth, and what judges it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fixture {
    /// Where the schema of this file is, for editors. TOML has a first line `#:schema …` for it.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// The title of the exercise.
    title: Line,
    /// What the exercise is worth: a number with at most two decimals.
    #[schemars(range(max = 1_000_000), extend("exclusiveMinimum" = 0))]
    points: f64,
    /// One sentence on what to do.
    summary: Option<Line>,
    /// The function that cases call if they do not name one; the exercise's name where left out.
    function: Option<Name>,
    /// The exercises whose functions this one may call.
    #[schemars(extend("uniqueItems" = true))]
    depends: Option<Vec<String>>,
    /// Hints, from gentle to nearly the answer, shown one at a time.
    hints: Option<Vec<String>>,
    /// How close is close enough in this file. What is left out is inherited from course.toml.
    tolerance: Option<Tolerance>,
    /// What one call and one worker may use. What is left out is inherited from course.toml.
    limits: Option<Limits>,
    /// What the code of a function may not use, and what it must, as in
    /// dot = { forbid = ["for", "while", "loop"] }.
    #[schemars(extend("propertyNames" = { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }))]
    rules: Option<BTreeMap<String, Rule>>,
    /// The calls and their checks.
    case: Option<Vec<Case>>,
    /// Calls with fresh inputs from a seed, judged by the reference.
    generated: Option<Vec<Generated>>,
    /// What must hold of every result, whatever the inputs.
    property: Option<Vec<Property>>,
    /// Wrong solutions that are known, with feedback for whoever gives the same answers.
    mistake: Option<Vec<Mistake>>,
}

/// What is asked of the code of one function.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1))]
struct Rule {
    /// None of these: for, while, loop, methods, functions, types and macros, as in sum or
    /// ndarray::Zip.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    forbid: Option<Vec<Path>>,
    /// At least one of these: for, while, loop, methods, functions, types and macros, as in sum or
    /// ndarray::Zip.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    require: Option<Vec<Path>>,
}

/// A wrong solution that is known.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Mistake {
    /// Its function in the module mistakes of the reference.
    function: Name,
    /// What the learner did, and what to do instead.
    feedback: String,
}
