//! # Softmax
//!
//! The sigmoid answers yes or no. With more than two classes you want a probability for each of
//! them: none negative, all of a row adding up to 1, the largest score getting the largest share.
//! Softmax does it in two steps: make every score positive with e^x, then divide each row by its
//! sum.
//!
//! ```text
//!                         e^xᵢⱼ
//!     softmax(x)ᵢⱼ = ───────────────      the sum runs along row i only
//!                      Σₖ e^xᵢₖ
//! ```
//!
//! ## In NumPy
//!
//! ```python
//! x_exp = np.exp(x)
//! x_sum = np.sum(x_exp, axis=1, keepdims=True)   # shape (n, 1)
//! s = x_exp / x_sum                              # (n, m) / (n, 1): broadcasting
//! ```
//!
//! **This overflows.** e^710 is already too large for an `f64`, and ∞ / ∞ is not a number. The cure
//! is to *subtract the row's maximum first*. It changes nothing in the result, because a common
//! factor cancels:
//!
//! ```text
//!     e^(x − m) / Σ e^(x − m)  =  e^x · e^−m / (Σ e^x · e^−m)  =  e^x / Σ e^x
//! ```
//!
//! Afterwards the largest score of a row is 0, so no exponential exceeds 1, and the sum is at
//! least 1.
//!
//! ## In ndarray
//!
//! `sum_axis` you know. There is no `max_axis`, since floats have no total order, but `fold_axis`
//! makes one: it starts with a value and feeds it one element after another along an axis.
//!
//! ```rust
//! use ndarray::{Axis, array};
//!
//! let x = array![[3.0, 8.0, 5.0], [6.0, 2.0, 1.0]];
//!
//! let smallest = x.fold_axis(Axis(1), f64::INFINITY, |&low, &v| low.min(v));
//! assert_eq!(smallest, array![3.0, 1.0]); // shape (2,)
//!
//! // Shift every row by its own number: (2, 3) − (2, 1).
//! let shifted = &x - &smallest.insert_axis(Axis(1));
//! assert_eq!(shifted, array![[0.0, 5.0, 2.0], [5.0, 1.0, 0.0]]);
//! ```
//!
//! You want the largest, not the smallest: start from `f64::NEG_INFINITY` and use `max`.
//!
//! ## Traps
//!
//! - Each row is a distribution of its own. `sum()` without an axis adds up the whole matrix.
//! - Take each row's own maximum, too. With one maximum for the whole matrix, a row far below it
//!   turns into zeros, and 0 / 0 is not a number.
//! - Keep the dimension: sums of shape (n,) don't divide rows.

use ndarray::{Array2, Axis};

/// Turns each row of scores into probabilities.
///
/// - `x`: shape (n, m), one row of m scores for each of n examples.
/// - Result: shape (n, m), every element from 0 to 1, every row summing to 1.
pub fn softmax(x: &Array2<f64>) -> Array2<f64> {
    // equivalent: `NEG_INFINITY` -> `MIN`: no finite score is less than either.
    // equivalent: `max.max(v)` -> `v.max(max)`: the larger of two is the same in either order.
    let row_max =
        x.fold_axis(Axis(1), f64::NEG_INFINITY, |&max, &v| max.max(v)).insert_axis(Axis(1));
    let x_exp = (x - &row_max).exp();
    let x_sum = x_exp.sum_axis(Axis(1)).insert_axis(Axis(1));
    x_exp / x_sum
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::{Array2, Axis};

    /// Divides by the sum of the whole matrix.
    pub fn whole_matrix(x: &Array2<f64>) -> Array2<f64> {
        x.exp() / x.exp().sum()
    }

    /// Divides by the sum of each column.
    pub fn down_the_columns(x: &Array2<f64>) -> Array2<f64> {
        x.exp() / x.exp().sum_axis(Axis(0))
    }

    /// Divides eˣ by the sum of x.
    pub fn sum_of_scores(x: &Array2<f64>) -> Array2<f64> {
        x.exp() / x.sum_axis(Axis(1)).insert_axis(Axis(1))
    }

    /// Divides eˣ by the sum of x, over the whole matrix.
    pub fn sum_of_all_scores(x: &Array2<f64>) -> Array2<f64> {
        x.exp() / x.sum()
    }

    /// Divides x by its sum.
    pub fn without_exponential(x: &Array2<f64>) -> Array2<f64> {
        x / &x.sum_axis(Axis(1)).insert_axis(Axis(1))
    }

    /// Divides by nothing.
    pub fn exponential_alone(x: &Array2<f64>) -> Array2<f64> {
        x.exp()
    }

    /// Subtracts no maximum.
    pub fn overflowing(x: &Array2<f64>) -> Array2<f64> {
        x.exp() / x.exp().sum_axis(Axis(1)).insert_axis(Axis(1))
    }

    /// Subtracts the maximum of the whole matrix.
    pub fn maximum_of_the_matrix(x: &Array2<f64>) -> Array2<f64> {
        let max = x.fold(f64::NEG_INFINITY, |max, &v| max.max(v));
        overflowing(&(x - max))
    }

    /// Divides by sums of shape (n,), which stand for the columns.
    pub fn divided_by_a_vector(x: &Array2<f64>) -> Array2<f64> {
        x.exp() / x.exp().sum_axis(Axis(1))
    }

    /// Divides by the sum of the whole matrix, after the maxima of the rows are subtracted.
    pub fn shifted_whole_matrix(x: &Array2<f64>) -> Array2<f64> {
        whole_matrix(&shifted(x))
    }

    /// Divides by the sum of each column, after the maxima of the rows are subtracted.
    pub fn shifted_down_the_columns(x: &Array2<f64>) -> Array2<f64> {
        down_the_columns(&shifted(x))
    }

    /// Divides by nothing, after the maxima of the rows are subtracted.
    pub fn shifted_exponential(x: &Array2<f64>) -> Array2<f64> {
        shifted(x).exp()
    }

    /// Divides by sums of shape (n,), after the maxima of the rows are subtracted.
    pub fn shifted_divided_by_a_vector(x: &Array2<f64>) -> Array2<f64> {
        divided_by_a_vector(&shifted(x))
    }

    /// Each row without its maximum, which changes no softmax but does change these.
    fn shifted(x: &Array2<f64>) -> Array2<f64> {
        let max = x.fold_axis(Axis(1), f64::NEG_INFINITY, |&max, &v| max.max(v));
        x - &max.insert_axis(Axis(1))
    }
}
