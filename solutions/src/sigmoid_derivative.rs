//! # The slope of the sigmoid
//!
//! A network learns by asking, for each of its numbers, "if I nudge this a little, how does the
//! loss change?" The answers are derivatives, and backpropagation chains them together. So every
//! activation function needs its slope. For the sigmoid it comes almost free, since it can be
//! written with the sigmoid itself:
//!
//! ```text
//!     s     = σ(x)
//!     σ′(x) = s · (1 − s)
//! ```
//!
//! The slope is steepest at x = 0, where it is 1/4, and fades to nothing on both sides. Stack many
//! sigmoid layers and these small factors multiply: that is the *vanishing gradient*.
//!
//! ## In NumPy
//!
//! ```python
//! s = sigmoid(x)
//! ds = s * (1 - s)   # x = [1 2 3] gives [0.19661193 0.10499359 0.04517666]
//! ```
//!
//! ## In ndarray
//!
//! Compute the function once, keep the result, and use it twice. Between two arrays of one shape,
//! `*` and `-` go element by element. As an example, here is the slope of tanh, which is 1 − tanh²:
//!
//! ```rust
//! use ndarray::{Array1, array};
//!
//! let x = array![-1.0, 0.0, 1.0];
//! let t = x.tanh();
//! let slope: Array1<f64> = 1.0 - &t * &t;
//!
//! assert_eq!(slope[1], 1.0);
//! assert_eq!(slope[0], slope[2]); // the curve is as steep on the left as on the right
//! ```
//!
//! Your sigmoid is one line away: `use crate::sigmoid::sigmoid;`.
//!
//! ## Traps
//!
//! - `t * t` would move `t` into the first factor and leave nothing for the second. Borrow: `&t`.
//! - The argument is x, not σ(x). The product x · (1 − x) is right only for someone who has applied
//!   the sigmoid beforehand.
//! - "Type annotations needed" after `1.0 - …`? Say what you expect, as `slope` does above.

use ndarray::ArrayD;

use crate::sigmoid::sigmoid;

/// The derivative of σ at every element.
///
/// - `x`: array of any shape, the input of the sigmoid.
/// - Result: array of the same shape, every element from 0 to 1/4.
pub fn sigmoid_derivative(x: &ArrayD<f64>) -> ArrayD<f64> {
    let s = sigmoid(x);
    &s * (1.0 - &s)
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::ArrayD;

    fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
        1.0 / (1.0 + (-x).exp())
    }

    /// s · (1 + s).
    pub fn plus_for_minus(x: &ArrayD<f64>) -> ArrayD<f64> {
        let s = sigmoid(x);
        &s * (1.0 + &s)
    }

    /// s · (s − 1).
    pub fn wrong_sign(x: &ArrayD<f64>) -> ArrayD<f64> {
        let s = sigmoid(x);
        &s * (&s - 1.0)
    }

    /// σ itself.
    pub fn sigmoid_alone(x: &ArrayD<f64>) -> ArrayD<f64> {
        sigmoid(x)
    }

    /// 1 − s.
    pub fn one_minus_sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
        let s = sigmoid(x);
        1.0 - s
    }

    /// x · (1 − x), without the sigmoid.
    pub fn of_x_itself(x: &ArrayD<f64>) -> ArrayD<f64> {
        x * (1.0 - x)
    }

    /// σ(s) · (1 − σ(s)).
    pub fn sigmoid_taken_twice(x: &ArrayD<f64>) -> ArrayD<f64> {
        let s = sigmoid(x);
        let twice = sigmoid(&s);
        &twice * (1.0 - &twice)
    }
}
