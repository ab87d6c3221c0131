//! `[[case]]`.

use schemars::JsonSchema;

use super::text::{Line, Name};
use super::tolerance::{Nan, Tolerance};
use super::value::{Shape, Value};

/// One call with its check: exactly one of expected, printed, shape, panics and errors.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend(
        "oneOf" = [
            { "required": ["expected"] },
            { "required": ["printed"] },
            { "required": ["shape"] },
            { "required": ["panics"] },
            { "required": ["errors"] },
        ],
        "dependencies" = {
            "digits": ["printed"],
            "tolerance": { "anyOf": [{ "required": ["expected"] }, { "required": ["printed"] }] },
            "ulps": { "anyOf": [{ "required": ["expected"] }, { "required": ["printed"] }] },
            "nan": { "anyOf": [{ "required": ["expected"] }, { "required": ["printed"] }] },
        },
    )
)]
pub struct Case {
    /// A short sentence, unique in its file.
    name: Line,
    /// The function to call; the fixture's function, or the exercise's name, where left out.
    function: Option<Name>,
    /// The arguments, one item each: numbers, strings, booleans, nested arrays,
    /// { npy = "cat.npy" }, { shape = [0, 2], fill = 0 }.
    args: Option<Vec<Value>>,
    /// The value that is right.
    expected: Option<Value>,
    /// The value that is right, as NumPy printed it. The digits shown set the tolerance.
    printed: Option<String>,
    /// The shape of the array that is returned, and nothing else.
    shape: Option<Shape>,
    /// The function must panic: a part of the message, or true.
    panics: Option<Message>,
    /// The function must return an Err: a part of the message, or true.
    errors: Option<Message>,
    /// With printed: how many fractional digits count.
    #[schemars(range(max = 17))]
    digits: Option<u32>,
    /// How close is close enough: { rel = 1e-5, abs = 0 }; else the fixture's or the course's.
    tolerance: Option<Tolerance>,
    /// How close is close enough, as a number of representable steps.
    #[schemars(range(max = 4_294_967_295_u32))]
    ulps: Option<u32>,
    /// Whether NaN is right where NaN is expected.
    #[schemars(extend("default" = "equal"))]
    nan: Option<Nan>,
    /// Its share of the exercise's points.
    #[schemars(range(min = 1, max = 1_000_000), extend("default" = 1))]
    weight: Option<u32>,
    /// A sentence for whoever fails it.
    feedback: Option<String>,
    /// Where the expected value comes from.
    source: Option<String>,
}

/// What a panic or an error must say.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Message {
    Any(#[schemars(extend("const" = true))] bool),
    Part(#[schemars(length(min = 1))] String),
}
