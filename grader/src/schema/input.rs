//! The inputs of `[[generated]]` and `[[property]]`.

use schemars::JsonSchema;

use super::value::Value;

/// A generator, as in { shape = ["n", "1..=8"], range = [-1, 1] }, { same_as = 0 } or a value as
/// in a case.
#[derive(JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub enum Input {
    Given(Value),
    Random {
        /// The smallest and the largest number.
        range: [f64; 2],
        /// The sides of the array, each a length, a range ("1..8" is 1 to 7, "1..=8" 1 to 8) or a
        /// name: equal names mean equal lengths. A plain number has no shape.
        #[schemars(length(max = 32))]
        shape: Option<Vec<Side>>,
        /// Whether the numbers are whole.
        #[schemars(extend("default" = false))]
        integers: Option<bool>,
        /// Numbers that are mixed in, as in ["nan", "inf", "-inf", 0].
        specials: Option<Vec<Special>>,
    },
    SameAs {
        /// The place of an argument before this one, from 0: a copy of it.
        same_as: u32,
    },
}

/// A length or a range of lengths.
#[derive(JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub enum Size {
    Length(Length),
    Range(#[schemars(regex(pattern = r"^[0-9]+\.\.=?[0-9]+$"))] String),
}

/// A length, a range of lengths or a name.
#[derive(JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub enum Side {
    Length(Length),
    Text(
        #[schemars(regex(
            pattern = r"^([0-9]+\.\.=?[0-9]+|([A-Za-z]|_[A-Za-z0-9_])[A-Za-z0-9_]*)$"
        ))]
        String,
    ),
}

/// The length of a side.
#[derive(JsonSchema)]
pub struct Length(#[schemars(range(max = 1000))] u32);

// A number, as itself or in a string. Taplo, which checks TOML in editors, takes inf and nan for
// null.
#[derive(JsonSchema)]
#[schemars(extend(
    "type" = ["number", "string", "null"],
    "pattern" = "^[-+]?(nan|inf|[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?)$",
))]
pub struct Special;
