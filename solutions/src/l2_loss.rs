//! # L2 loss
//!
//! The second classic, also known as least squares. Each difference is squared before it is added,
//! so small misses hardly count and large ones count a lot. It is smooth at zero, which gradient
//! descent likes.
//!
//! ```text
//!     L₂(ŷ, y) = Σᵢ (yᵢ − ŷᵢ)²
//! ```
//!
//! ## In NumPy
//!
//! A sum of squares is the dot product of a vector with itself, so there are two ways.
//!
//! ```python
//! loss = np.sum((y - yhat) ** 2)    # 0.43 for the vectors below
//! d = y - yhat
//! loss = np.dot(d, d)               # the same
//! # yhat = [.9, .2, .1, .4, .9]   y = [1, 0, 0, 1, 1]
//! ```
//!
//! ## In ndarray
//!
//! ```rust
//! use ndarray::array;
//!
//! let d = array![1.0, -2.0, 0.5];
//! assert_eq!(d.pow2(), array![1.0, 4.0, 0.25]);
//! assert_eq!(d.mapv(|v| v * v), d.pow2()); // the same by hand
//! assert_eq!(d.powi(3), array![1.0, -8.0, 0.125]); // other powers
//! ```
//!
//! If you prefer the second way, `use crate::dot::dot;` brings in the one you wrote. Give the
//! difference a name first: `dot` wants to see it twice.
//!
//! ## Traps
//!
//! - `^` is not a power in Rust, nor is `**`. For one number it is `v.powi(2)` or `v * v`.
//! - No square root and no mean at the end. Those are other measures.
//! - Square first, sum afterwards. The square of a sum is something else.

use ndarray::Array1;

use crate::dot::dot;

/// The sum of the squared differences.
///
/// - `yhat`: vector of length m, the predictions.
/// - `y`: vector of length m, the true values.
/// - Result: one number, never negative; 0 if the vectors are empty.
pub fn l2_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
    // equivalent: `y - yhat` -> `yhat - y`: only the sign differs, and it is squared.
    let difference = y - yhat;
    dot(&difference, &difference)
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::Array1;

    /// The squares, not summed.
    pub fn without_sum(yhat: &Array1<f64>, y: &Array1<f64>) -> Array1<f64> {
        (y - yhat).pow2()
    }

    /// The mean of the squares.
    pub fn mean(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).pow2().sum() / y.len() as f64
    }

    /// The Euclidean distance.
    pub fn root(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).pow2().sum().sqrt()
    }

    /// Sums first: misses to both sides cancel.
    pub fn square_of_sum(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).sum().powi(2)
    }

    /// The L1 loss.
    pub fn absolute_values(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).abs().sum()
    }

    /// Half of the sum, as some textbooks have it.
    pub fn half(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).pow2().sum() / 2.0
    }
}
