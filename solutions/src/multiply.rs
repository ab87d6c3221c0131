//! # Element-wise product
//!
//! The first element times the first, the second times the second, and so on. Networks use it to
//! switch things on and off: multiply by a mask of zeros and ones, and only some values get
//! through. Dropout is little more than that.
//!
//! ```text
//!     multiply(x1, x2)ᵢ = x1ᵢ · x2ᵢ        (n,) and (n,)  →  (n,)
//! ```
//!
//! ## In NumPy
//!
//! ```python
//! mul = np.zeros(len(x1))       # classic
//! for i in range(len(x1)):
//!     mul[i] = x1[i] * x2[i]
//!
//! mul = np.multiply(x1, x2)     # vectorized; x1 * x2 is the same
//! ```
//!
//! ## In ndarray
//!
//! Operators between arrays of one shape work element by element. On references they leave both
//! arrays as they were and return a new one. Shown with a difference:
//!
//! ```rust
//! use ndarray::{Array1, array};
//!
//! let a = array![5.0, 7.0, 9.0];
//! let b = array![1.0, 2.0, 3.0];
//! assert_eq!(&a - &b, array![4.0, 5.0, 6.0]);
//!
//! // By hand: make room first, then fill it.
//! let mut difference = Array1::zeros(a.len());
//! for i in 0..a.len() {
//!     difference[i] = a[i] - b[i];
//! }
//! assert_eq!(difference, &a - &b);
//! ```
//!
//! ## Traps
//!
//! - In NumPy and in ndarray alike, `*` is this product and never the matrix product. If you come
//!   from Matlab: `*` here is `.*` there.
//! - The result is a vector. If you hold a single number, you have summed on the way.
//! - The grader reads your code, too: `classic_multiply` needs a `for`, `while` or `loop`, and
//!   `multiply` must do without, as must the functions of yours that it calls.

use ndarray::Array1;

/// The element-wise product, by an explicit loop.
///
/// - `x1`, `x2`: two vectors of the same length n.
/// - Result: vector of length n.
pub fn classic_multiply(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
    // equivalent: `zeros` -> `ones`: every element is set below.
    // equivalent: `x1` -> `x2`: both have the same length.
    let mut product = Array1::zeros(x1.len());
    // equivalent: `x1` -> `x2`: both have the same length.
    // equivalent: `x1` -> `product`: it has their length, too.
    for i in 0..x1.len() {
        product[i] = x1[i] * x2[i];
    }
    product
}

/// The element-wise product, vectorized: no loop.
///
/// - `x1`, `x2`: two vectors of the same length n.
/// - Result: vector of length n.
pub fn multiply(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
    x1 * x2
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::{Array1, Array2};

    /// The dot product.
    pub fn summed(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        x1.dot(x2)
    }

    /// Adds where it should multiply.
    pub fn added(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
        x1 + x2
    }

    /// The outer product.
    pub fn every_pair(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
        Array2::from_shape_fn((x1.len(), x2.len()), |(i, j)| x1[i] * x2[j])
    }

    /// Squares the first vector.
    pub fn first_vector_twice(x1: &Array1<f64>, _x2: &Array1<f64>) -> Array1<f64> {
        x1 * x1
    }

    /// The first element meets the last.
    pub fn backwards(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
        Array1::from_shape_fn(x1.len(), |i| x1[i] * x2[x2.len() - 1 - i])
    }

    /// Stops before the last pair.
    pub fn last_left_out(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
        Array1::from_shape_fn(x1.len(), |i| if i + 1 < x1.len() { x1[i] * x2[i] } else { 0.0 })
    }
}
