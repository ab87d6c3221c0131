//! How close is close enough.

use schemars::JsonSchema;

/// A number passes if |actual - expected| <= abs + rel * |expected|. What is left out is inherited.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Tolerance {
    /// The bound in relation to the expected number.
    #[schemars(range(min = 0))]
    rel: Option<f64>,
    /// The bound that holds for small numbers, too.
    #[schemars(range(min = 0))]
    abs: Option<f64>,
}

/// What an expected NaN means.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Nan {
    Equal,
    Differs,
}
