//! What a property says of the results.

use schemars::JsonSchema;

/// What holds of every result, exactly one of these; sum and norm may have an axis.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend(
        "oneOf" = [
            { "required": ["sum"] },
            { "required": ["norm"] },
            { "required": ["range"] },
            { "required": ["shape"] },
            { "required": ["unchanged_by"] },
            { "required": ["negated"] },
            { "required": ["symmetric"] },
            { "required": ["finite"] },
            { "required": ["gradient_of"] },
        ],
        "dependencies" = {
            "axis": { "anyOf": [{ "required": ["sum"] }, { "required": ["norm"] }] },
        },
    )
)]
pub struct Holds {
    /// The sum of all elements, or of those along the axis.
    sum: Option<f64>,
    /// The Euclidean norm of all elements, or of those along the axis.
    norm: Option<f64>,
    /// The axis of the sums or norms.
    #[schemars(range(max = 31))]
    axis: Option<u32>,
    /// The smallest and the largest number that an element may be.
    range: Option<[f64; 2]>,
    /// The shape of the result: lengths, named sides of the arguments, or products of them, as in
    /// "a*b".
    shape: Option<Vec<Length>>,
    /// A change of the arguments that does not change the result.
    unchanged_by: Option<Change>,
    /// What the result for negated arguments is, f being the result.
    negated: Option<Negated>,
    /// The result equals its transpose.
    #[schemars(extend("const" = true))]
    symmetric: Option<bool>,
    /// No element is NaN or infinite.
    #[schemars(extend("const" = true))]
    finite: Option<bool>,
    /// The result is the elementwise derivative of this function of the reference, as in "sigmoid"
    /// or "vector_ops::exp".
    #[schemars(regex(pattern = r"^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)?$"))]
    gradient_of: Option<String>,
}

/// A length, or a product of lengths and names.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Length {
    Number(u32),
    Product(#[schemars(regex(pattern = r"^\s*[A-Za-z0-9_]+(\s*\*\s*[A-Za-z0-9_]+)*\s*$"))] String),
}

/// { add = 3.0 }, { scale = 2.0 }, { swap = [0, 1] } or { transpose = true }, the last two also
/// together.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend(
        "oneOf" = [
            { "required": ["add"] },
            { "required": ["scale"] },
            { "anyOf": [{ "required": ["swap"] }, { "required": ["transpose"] }] },
        ],
        "dependencies" = {
            "arguments": { "anyOf": [{ "required": ["add"] }, { "required": ["scale"] }] },
        },
    )
)]
struct Change {
    /// A number is added to every element.
    add: Option<f64>,
    /// Every element is multiplied by a number.
    scale: Option<f64>,
    /// The places of the arguments that are added to or multiplied, from 0; all that are generated
    /// where left out.
    #[schemars(length(min = 1))]
    arguments: Option<Vec<u32>>,
    /// The places of two arguments that change places, from 0.
    #[schemars(extend("uniqueItems" = true))]
    swap: Option<[u32; 2]>,
    /// The arguments are transposed, and the result back.
    #[schemars(extend("const" = true))]
    transpose: Option<bool>,
}

/// What f(-x) is.
#[derive(JsonSchema)]
enum Negated {
    #[schemars(rename = "f")]
    Same,
    #[schemars(rename = "-f")]
    Opposite,
    #[schemars(rename = "1 - f")]
    Complement,
    #[schemars(rename = "1 / f")]
    Reciprocal,
}
