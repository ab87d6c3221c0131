//! Comparing what a function returned with what the fixture expects.
//!
//! The order is fixed: first the kind of value, then the shape, then NaN and infinities, then the
//! tolerance. Nothing broadcasts and nothing is converted but an integer literal to a float.

mod tolerance;

pub use tolerance::{NanPolicy, Precision, Tolerance};
