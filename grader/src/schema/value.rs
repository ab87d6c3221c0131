//! The values of arguments and results.

use schemars::JsonSchema;

/// A number, string, bool, nested array, { npy = "cat.npy" } or { shape = [0, 2], fill = 0 }.
#[derive(JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub enum Value {
    Scalar(Scalar),
    List(Vec<Value>),
    File {
        /// A .npy file in the folder of this fixture.
        #[schemars(regex(pattern = r"^[^/\\:\x00-\x1f\x7f-\x9f]*\.npy$"))]
        npy: String,
    },
    Filled {
        /// The lengths of the axes.
        shape: Shape,
        /// The value of every element.
        fill: Scalar,
    },
}

// A number, string or bool. Taplo, which checks TOML in editors, takes inf and nan for null.
#[derive(JsonSchema)]
#[schemars(extend("type" = ["number", "string", "boolean", "null"]))]
pub struct Scalar;

/// The lengths of the axes of an array.
#[derive(JsonSchema)]
pub struct Shape(
    #[schemars(length(max = 32), inner(range(min = 0, max = 4_294_967_295_u32)))] Vec<u32>,
);
