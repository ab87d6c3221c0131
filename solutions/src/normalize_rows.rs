//! # Normalizing rows
//!
//! If one example is measured in millimetres and the next in miles, gradient descent zigzags. Put
//! them on one scale and it converges faster. One way: treat each row of the matrix as an arrow and
//! scale it to length 1, so that only its direction is left.
//!
//! ```text
//!     ‖row‖ = √(x₁² + x₂² + … + xₘ²)
//!     normalized row = row / ‖row‖
//!
//!     x = 0 3 4      ‖x‖ = 5         x / ‖x‖ = 0       3/5     4/5
//!         2 6 4            √56                 2/√56   6/√56   4/√56
//! ```
//!
//! A row of zeros points nowhere: its norm is 0, and 0 / 0 is not a number. In this course **a row
//! of zeros stays a row of zeros**.
//!
//! ## In NumPy
//!
//! ```python
//! norms = np.linalg.norm(x, axis=1, keepdims=True)   # shape (n, 1), not (n,)
//! x / norms                                          # (n, m) / (n, 1): broadcasting
//! ```
//!
//! **Broadcasting** is what makes the division work although the shapes differ. Line the shapes up
//! at their right ends. Two sides fit if they are equal or one of them is 1, and the side of length
//! 1 is repeated as often as needed. Here the single column of norms is repeated for each column
//! of `x`.
//!
//! ```text
//!     (2, 3)  with  (2, 1)   →  (2, 3)   one number for each row
//!     (2, 3)  with  (3,)     →  (2, 3)   one number for each column
//!     (2, 3)  with  (2,)     →  error: 3 does not meet 2
//! ```
//!
//! ## In ndarray
//!
//! The same rule holds. `sum_axis(Axis(1))` sums along each row and *drops* the axis;
//! `insert_axis(Axis(1))` puts it back with length 1, which is all that `keepdims` does.
//!
//! ```rust
//! use ndarray::{Axis, array};
//!
//! let x = array![[1.0, 1.0, 2.0], [3.0, 4.0, 1.0]];
//! let sums = x.sum_axis(Axis(1));
//! assert_eq!(sums, array![4.0, 8.0]); // shape (2,)
//!
//! let column = sums.insert_axis(Axis(1));
//! assert_eq!(column, array![[4.0], [8.0]]); // shape (2, 1)
//! assert_eq!(&x / &column, array![[0.25, 0.25, 0.5], [0.375, 0.5, 0.125]]);
//!
//! assert_eq!((&x * &x).row(1), array![9.0, 16.0, 1.0]); // squares, element by element
//! assert_eq!(column.mapv(|v| if v > 5.0 { 0.0 } else { v }), array![[4.0], [0.0]]);
//! ```
//!
//! ## Traps
//!
//! - In a square matrix, norms of shape (n,) fit as well, but they divide the *columns*. Nothing
//!   complains; the numbers are just wrong. Keep the dimension.
//! - `Axis(0)` runs down the columns, `Axis(1)` along the rows. The axis you name is the one that
//!   disappears.

use ndarray::{Array2, Axis};

/// The Euclidean length of each row.
///
/// - `x`: shape (n, m).
/// - Result: shape (n, 1), a column of norms; the norm of a row of zeros is 0.
pub fn row_norms(x: &Array2<f64>) -> Array2<f64> {
    (x * x).sum_axis(Axis(1)).sqrt().insert_axis(Axis(1))
}

/// Scales each row to length 1.
///
/// - `x`: shape (n, m).
/// - Result: shape (n, m); a row of zeros stays zeros.
pub fn normalize_rows(x: &Array2<f64>) -> Array2<f64> {
    // equivalent: `==` -> `<=`: no norm is negative.
    // equivalent: `1.0` -> `2.0`: zeros stay zeros, whatever they are divided by.
    // equivalent: `1.0` -> `-1.0`: likewise, since -0.0 equals 0.0.
    let divisors = row_norms(x).mapv(|norm| if norm == 0.0 { 1.0 } else { norm });
    x / &divisors
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::{Array1, Array2, Axis};

    /// One norm for the whole matrix.
    pub fn norm_of_the_matrix(x: &Array2<f64>) -> Array2<f64> {
        Array2::from_elem((1, 1), x.pow2().sum().sqrt())
    }

    /// The norm of each column, in a row.
    pub fn norms_of_columns(x: &Array2<f64>) -> Array2<f64> {
        x.pow2().sum_axis(Axis(0)).sqrt().insert_axis(Axis(0))
    }

    /// The sum of the squares of each row.
    pub fn without_root(x: &Array2<f64>) -> Array2<f64> {
        x.pow2().sum_axis(Axis(1)).insert_axis(Axis(1))
    }

    /// The sum of the absolute values of each row.
    pub fn absolute_values(x: &Array2<f64>) -> Array2<f64> {
        x.abs().sum_axis(Axis(1)).insert_axis(Axis(1))
    }

    /// The norms in a vector, (n,).
    pub fn axis_lost(x: &Array2<f64>) -> Array1<f64> {
        x.pow2().sum_axis(Axis(1)).sqrt()
    }

    /// Divides by the norm of the whole matrix.
    pub fn divided_by_the_matrix(x: &Array2<f64>) -> Array2<f64> {
        x / x.pow2().sum().sqrt()
    }

    /// Divides by the norm of each column.
    pub fn divided_by_columns(x: &Array2<f64>) -> Array2<f64> {
        x / &norms_of_columns(x)
    }

    /// Divides by the sum of the squares of each row.
    pub fn divided_by_squares(x: &Array2<f64>) -> Array2<f64> {
        x / &without_root(x)
    }

    /// Divides by the sum of the absolute values of each row.
    pub fn divided_by_absolute_values(x: &Array2<f64>) -> Array2<f64> {
        x / &absolute_values(x)
    }

    /// Divides rows of zeros by their norm.
    pub fn divided_by_zero(x: &Array2<f64>) -> Array2<f64> {
        x / &without_root(x).sqrt()
    }

    /// Divides by norms of shape (n,), which stand for the columns.
    pub fn divided_by_a_vector(x: &Array2<f64>) -> Array2<f64> {
        x / &axis_lost(x)
    }
}
