//! `[[generated]]` and `[[property]]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::input::{Input, Size};
use super::property::Holds;
use super::text::{Line, Name};
use super::tolerance::{Nan, Tolerance};

/// Fresh inputs from a seed, judged by the reference on the same inputs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Generated {
    #[schemars(flatten)]
    trial: Trial,
    /// Whether NaN is right where the reference returns NaN.
    #[schemars(extend("default" = "equal"))]
    nan: Option<Nan>,
}

/// What must hold of every result, whatever the inputs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Property {
    #[schemars(flatten)]
    trial: Trial,
    /// What holds of every result, exactly one of: sum, norm, range, shape, unchanged_by, negated,
    /// symmetric, finite, gradient_of.
    holds: Holds,
    /// Whether NaN is right where what the result is compared with is NaN.
    #[schemars(extend("default" = "differs"))]
    nan: Option<Nan>,
}

/// What both have.
#[derive(JsonSchema)]
struct Trial {
    /// A short sentence, unique in its file.
    name: Line,
    /// The function to call; the fixture's function, or the exercise's name, where left out.
    function: Option<Name>,
    /// How many inputs are made.
    #[schemars(range(min = 1, max = 1000), extend("default" = 20))]
    runs: Option<u32>,
    /// The arguments, one item each: a generator, as in
    /// { shape = ["n", "1..=8"], range = [-1, 1] }, { same_as = 0 } or a value as in a case.
    #[schemars(extend("contains" = { "type": "object", "required": ["range"] }))]
    args: Vec<Input>,
    /// The lengths that the named sides may have, as in { n = "2..=6" }; 1 to 8 where left out.
    sizes: Option<BTreeMap<String, Size>>,
    /// How close is close enough: { rel = 1e-5, abs = 0 }; else the fixture's or the course's.
    tolerance: Option<Tolerance>,
    /// How close is close enough, as a number of representable steps.
    #[schemars(range(max = 4_294_967_295_u32))]
    ulps: Option<u32>,
    /// Its share of the exercise's points.
    #[schemars(range(min = 1, max = 1_000_000), extend("default" = 1))]
    weight: Option<u32>,
    /// A sentence for whoever fails it.
    feedback: Option<String>,
    /// Where it comes from.
    source: Option<String>,
}
