//! # Outer product
//!
//! The dot product shrinks two vectors to a number. The outer product goes the other way: every
//! element of the first meets every element of the second, and a matrix comes out, like the
//! multiplication table from school. Backpropagation uses it for the gradient of a weight matrix.
//!
//! ```text
//!     outer(x1, x2)ᵢⱼ = x1ᵢ · x2ⱼ          (m,) and (n,)  →  (m, n)
//! ```
//!
//! The first vector labels the rows, the second the columns.
//!
//! ## In NumPy
//!
//! ```python
//! outer = np.zeros((len(x1), len(x2)))   # classic
//! for i in range(len(x1)):
//!     for j in range(len(x2)):
//!         outer[i, j] = x1[i] * x2[j]
//!
//! outer = np.outer(x1, x2)               # vectorized
//! ```
//!
//! ## In ndarray
//!
//! For the loops you need a matrix to fill: `Array2::zeros((rows, columns))`. Its elements are
//! reached with a pair in double brackets.
//!
//! ```rust
//! use ndarray::Array2;
//!
//! let mut m = Array2::zeros((2, 3));
//! m[[0, 2]] = 5.0;
//! assert_eq!(m.dim(), (2, 3));
//! assert_eq!(m.sum(), 5.0);
//! ```
//!
//! There is no `outer` method, but you don't need one. A column of shape (m, 1) and a row of shape
//! (n,) broadcast to (m, n). With a plus sign, it looks like this:
//!
//! ```rust
//! use ndarray::{Axis, array};
//!
//! let a = array![10.0, 20.0];
//! let b = array![1.0, 2.0, 3.0];
//! let column = a.view().insert_axis(Axis(1)); // shape (2, 1); a view copies nothing
//! assert_eq!(&column + &b, array![[11.0, 12.0, 13.0], [21.0, 22.0, 23.0]]);
//! ```
//!
//! ## Traps
//!
//! - The result has shape (m, n). If yours is (n, m), the roles are swapped.
//! - `insert_axis` takes the array by value. Call it on a view (or a clone) of a borrowed one.
//! - The grader reads your code, too: `classic_outer` needs a `for`, `while` or `loop`, and `outer`
//!   must do without, as must the functions of yours that it calls.

use ndarray::{Array1, Array2, Axis};

/// The outer product, by explicit loops.
///
/// - `x1`: vector of length m.
/// - `x2`: vector of length n, which need not be m.
/// - Result: shape (m, n); row i holds `x1[i]` times all of `x2`.
pub fn classic_outer(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
    // equivalent: `zeros` -> `ones`: every element is set below.
    let mut product = Array2::zeros((x1.len(), x2.len()));
    for i in 0..x1.len() {
        for j in 0..x2.len() {
            product[[i, j]] = x1[i] * x2[j];
        }
    }
    product
}

/// The outer product, vectorized: no loop.
///
/// - `x1`: vector of length m.
/// - `x2`: vector of length n, which need not be m.
/// - Result: shape (m, n); row i holds `x1[i]` times all of `x2`.
pub fn outer(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
    let column = x1.view().insert_axis(Axis(1));
    &column * x2
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::{Array1, Array2};

    /// The rows are those of the second vector.
    pub fn transposed(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        Array2::from_shape_fn((x2.len(), x1.len()), |(i, j)| x2[i] * x1[j])
    }

    /// `x1[i] * x2[i]` in every column.
    pub fn row_index_twice(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        filled(x1, x2, |i, _| x1[i] * x2[i])
    }

    /// `x1[j] * x2[j]` in every row.
    pub fn column_index_twice(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        filled(x1, x2, |_, j| x1[j] * x2[j])
    }

    /// `x1[i] * x1[j]`.
    pub fn first_vector_twice(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        filled(x1, x2, |i, j| x1[i] * x1[j])
    }

    /// One loop: the rest stays zero.
    pub fn diagonal_only(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        filled(x1, x2, |i, j| if i == j { x1[i] * x2[j] } else { 0.0 })
    }

    /// `x1[i] + x2[j]`.
    pub fn added(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        filled(x1, x2, |i, j| x1[i] + x2[j])
    }

    /// A vector of products.
    pub fn element_wise(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
        x1 * x2
    }

    fn filled(
        x1: &Array1<f64>,
        x2: &Array1<f64>,
        element: impl Fn(usize, usize) -> f64,
    ) -> Array2<f64> {
        Array2::from_shape_fn((x1.len(), x2.len()), |(i, j)| element(i, j))
    }
}
