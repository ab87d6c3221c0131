//! # Matrix times vector
//!
//! One neuron is a dot product. A layer is a stack of neurons, one row of weights for each, and all
//! of them see the same input. Its output is therefore one dot product per row: matrix times
//! vector.
//!
//! ```text
//!     general_dot(W, x)ᵢ = Σⱼ Wᵢⱼ xⱼ        (m, n) and (n,)  →  (m,)
//! ```
//!
//! ## In NumPy
//!
//! ```python
//! gdot = np.zeros(W.shape[0])            # classic
//! for i in range(W.shape[0]):
//!     for j in range(len(x1)):
//!         gdot[i] += W[i, j] * x1[j]
//!
//! gdot = np.dot(W, x1)                   # vectorized
//! ```
//!
//! ## In ndarray
//!
//! `nrows()` and `ncols()` tell the sides of a matrix, and `row(i)` is a view of one row. A `for`
//! loop can sum each row like this:
//!
//! ```rust
//! use ndarray::{Array1, array};
//!
//! let w = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
//! assert_eq!((w.nrows(), w.ncols()), (2, 3));
//!
//! let mut sums = Array1::<f64>::zeros(w.nrows());
//! for i in 0..w.nrows() {
//!     for j in 0..w.ncols() {
//!         sums[i] += w[[i, j]];
//!     }
//! }
//! assert_eq!(sums, array![6.0, 15.0]);
//! assert_eq!(w.row(1).sum(), 15.0);
//! ```
//!
//! The vectorized form has the name you guess. What it does depends on what it is given: vector and
//! vector make a number, matrix and vector a vector, matrix and matrix a matrix.
//!
//! ```rust
//! use ndarray::array;
//!
//! let m = array![[0.0, 1.0], [1.0, 0.0]];
//! assert_eq!(m.dot(&m), array![[1.0, 0.0], [0.0, 1.0]]);
//! ```
//!
//! ## Traps
//!
//! - `w * x1` compiles, as it is legal broadcasting, but it only scales the columns of `w`. The sum
//!   along each row is still missing.
//! - The result has one element for each *row* of `w`. The columns disappear in the sum.
//! - The grader reads your code, too: `classic_general_dot` needs a `for`, `while` or `loop`, and
//!   `general_dot` must do without, as must the functions of yours that it calls.

use ndarray::{Array1, Array2};

/// Matrix times vector, by explicit loops.
///
/// - `w`: shape (m, n).
/// - `x1`: vector of length n.
/// - Result: vector of length m.
pub fn classic_general_dot(w: &Array2<f64>, x1: &Array1<f64>) -> Array1<f64> {
    let mut product = Array1::zeros(w.nrows());
    for i in 0..w.nrows() {
        for j in 0..w.ncols() {
            product[i] += w[[i, j]] * x1[j];
        }
    }
    product
}

/// Matrix times vector, vectorized: no loop.
///
/// - `w`: shape (m, n).
/// - `x1`: vector of length n.
/// - Result: vector of length m.
pub fn general_dot(w: &Array2<f64>, x1: &Array1<f64>) -> Array1<f64> {
    w.dot(x1)
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::{Array1, Array2, Axis};

    /// The columns of the matrix meet the vector.
    pub fn transposed(w: &Array2<f64>, x1: &Array1<f64>) -> Array1<f64> {
        w.t().dot(x1)
    }

    /// The products, not summed.
    pub fn without_sum(w: &Array2<f64>, x1: &Array1<f64>) -> Array2<f64> {
        w * x1
    }

    /// Sums each column.
    pub fn summed_down(w: &Array2<f64>, x1: &Array1<f64>) -> Array1<f64> {
        (w * x1).sum_axis(Axis(0))
    }

    /// Sums the whole matrix.
    pub fn summed_twice(w: &Array2<f64>, x1: &Array1<f64>) -> f64 {
        w.dot(x1).sum()
    }

    /// `w[[i, j]] * x1[i]`.
    pub fn row_index_twice(w: &Array2<f64>, x1: &Array1<f64>) -> Array1<f64> {
        Array1::from_shape_fn(w.nrows(), |i| w.row(i).iter().map(|v| v * x1[i]).sum())
    }

    /// Keeps the last product of each row only.
    pub fn overwritten(w: &Array2<f64>, x1: &Array1<f64>) -> Array1<f64> {
        Array1::from_shape_fn(w.nrows(), |i| {
            w.row(i).iter().zip(x1).map(|(v, x)| v * x).next_back().unwrap_or(0.0)
        })
    }
}
