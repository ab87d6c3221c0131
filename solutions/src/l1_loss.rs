//! # L1 loss
//!
//! A loss is one number that says how wrong a model is: 0 is perfect, more is worse. Training is
//! nothing but the search for weights that make it small. The L1 loss adds up how far each
//! prediction ŷ misses the truth y, on whichever side. A miss twice as large costs twice as much,
//! so a single wild outlier does not drown out the rest.
//!
//! ```text
//!     L₁(ŷ, y) = Σᵢ |yᵢ − ŷᵢ|
//! ```
//!
//! ## In NumPy
//!
//! ```python
//! loss = np.sum(np.abs(y - yhat))   # 1.1 for the vectors below
//! # yhat = [.9, .2, .1, .4, .9]   y = [1, 0, 0, 1, 1]
//! ```
//!
//! ## In ndarray
//!
//! Each of the three steps is an operation on whole arrays: a difference, `abs`, `sum`.
//!
//! ```rust
//! use ndarray::array;
//!
//! let misses = array![-0.5, 0.25, -1.0];
//! assert_eq!(misses.abs(), array![0.5, 0.25, 1.0]);
//! assert_eq!(misses.sum(), -1.25);
//! ```
//!
//! ## Traps
//!
//! - Take absolute values *before* you sum. Afterwards, misses to the left and to the right have
//!   already cancelled, and a bad model looks perfect.
//! - It is the sum, not the mean. Many libraries divide by the number of examples; we don't.

use ndarray::Array1;

/// The sum of the absolute differences.
///
/// - `yhat`: vector of length m, the predictions.
/// - `y`: vector of length m, the true values.
/// - Result: one number, never negative; 0 if the vectors are empty.
pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
    // equivalent: `y - yhat` -> `yhat - y`: only the sign differs, and its absolute value is taken.
    (y - yhat).abs().sum()
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::Array1;

    /// The absolute differences, not summed.
    pub fn without_sum(yhat: &Array1<f64>, y: &Array1<f64>) -> Array1<f64> {
        (y - yhat).abs()
    }

    /// The mean of the absolute differences.
    pub fn mean(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).abs().sum() / y.len() as f64
    }

    /// The sum of the differences, y − ŷ.
    pub fn without_absolute_values(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).sum()
    }

    /// The sum of the differences, ŷ − y.
    pub fn other_way_round(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (yhat - y).sum()
    }

    /// Sums first: misses to both sides cancel.
    pub fn absolute_value_of_sum(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).sum().abs()
    }

    /// The L2 loss.
    pub fn squared(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y - yhat).pow2().sum()
    }

    /// The differences of the absolute values.
    pub fn absolute_values_too_early(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
        (y.abs() - yhat.abs()).abs().sum()
    }
}
