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

use ndarray::Array2;

/// The Euclidean length of each row.
///
/// - `x`: shape (n, m).
/// - Result: shape (n, 1), a column of norms; the norm of a row of zeros is 0.
pub fn row_norms(x: &Array2<f64>) -> Array2<f64> {
    todo!()
}

/// Scales each row to length 1.
///
/// - `x`: shape (n, m).
/// - Result: shape (n, m); a row of zeros stays zeros.
pub fn normalize_rows(x: &Array2<f64>) -> Array2<f64> {
    todo!()
}
