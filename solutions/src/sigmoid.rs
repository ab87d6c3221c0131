//! # Sigmoid of an array
//!
//! The same curve as before, now for a number, a vector or a matrix at once. In a network this is
//! an *activation*: a layer computes a whole array of scores and sends every one of them through σ.
//!
//! ```text
//!                1
//!     σ(x) = ─────────      for each element of x on its own
//!            1 + e⁻ˣ
//! ```
//!
//! ## In NumPy
//!
//! Only one word changes from the version for numbers: `math.exp` becomes `np.exp`.
//!
//! ```python
//! s = 1 / (1 + np.exp(-x))   # x = [1 2 3] gives [0.73105858 0.88079708 0.95257413]
//! ```
//!
//! ## In ndarray
//!
//! There are two ways to write such a formula. One is to compute with whole arrays, step by step.
//! The other is to write the formula for one number and let `mapv` carry it to each element. Here
//! they are for x / (1 + x):
//!
//! ```rust
//! use ndarray::array;
//!
//! let x = array![0.0, 1.0, 3.0];
//! let by_arrays = &x / (1.0 + &x);
//! let by_element = x.mapv(|v| v / (1.0 + v));
//!
//! assert_eq!(by_arrays, array![0.0, 0.5, 0.75]);
//! assert_eq!(by_arrays, by_element);
//! assert_eq!(-&x, array![0.0, -1.0, -3.0]); // a minus sign works on arrays, too
//! ```
//!
//! You may build on what you have already written: `use crate::vector_ops::exp;` at the top of this
//! file brings in your own `exp`. If it is not finished yet, the grader lends you one that works.
//!
//! ## Traps
//!
//! - σ(x) is also eˣ / (1 + eˣ), but that form breaks for large x: both halves overflow to
//!   infinity, and ∞ / ∞ is not a number. With e⁻ˣ, an overflow is harmless.
//!
//!   ```rust
//!   let huge = 1000.0_f64.exp();
//!   assert!((huge / (1.0 + huge)).is_nan());
//!   assert_eq!(1.0 / (1.0 + huge), 0.0);
//!   ```
//!
//! - Mind the sign. Without the minus the curve runs downhill, from 1 to 0.

use ndarray::ArrayD;

use crate::vector_ops::{add_scalar, exp, reciprocal};

/// σ of every element.
///
/// - `x`: array of any shape; a single number comes as an array of zero dimensions.
/// - Result: array of the same shape, every element from 0 to 1.
pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
    reciprocal(&add_scalar(&exp(&-x), 1.0))
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::ArrayD;

    /// 1 / 1 + e⁻ˣ.
    pub fn without_parentheses(x: &ArrayD<f64>) -> ArrayD<f64> {
        1.0 + (-x).exp()
    }

    /// 1 / (1 + eˣ).
    pub fn wrong_sign(x: &ArrayD<f64>) -> ArrayD<f64> {
        1.0 / (1.0 + x.exp())
    }

    /// eˣ.
    pub fn exponential_alone(x: &ArrayD<f64>) -> ArrayD<f64> {
        x.exp()
    }

    /// 1 / (1 − eˣ), from `-x.exp()`.
    pub fn minus_too_late(x: &ArrayD<f64>) -> ArrayD<f64> {
        1.0 / (1.0 - x.exp())
    }

    /// eˣ / (1 + eˣ), which is ∞ / ∞ for large x.
    pub fn overflowing(x: &ArrayD<f64>) -> ArrayD<f64> {
        x.exp() / (1.0 + x.exp())
    }
}
