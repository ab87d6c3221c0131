//! # Dot product
//!
//! Multiply two vectors element by element and add everything up. A neuron is exactly that: inputs
//! times weights, summed. So this small sum is where a network spends nearly all of its time, and
//! it pays to hand it to a library as one operation instead of spelling out the loop. That is
//! called *vectorization*.
//!
//! ```text
//!     x1 · x2 = Σᵢ x1ᵢ x2ᵢ
//! ```
//!
//! You write it twice. `classic_dot` is the explicit loop, `dot` is the vectorized form.
//!
//! ## In NumPy
//!
//! ```python
//! dot = 0                        # classic
//! for i in range(len(x1)):
//!     dot += x1[i] * x2[i]
//!
//! dot = np.dot(x1, x2)           # vectorized
//! ```
//!
//! ## In ndarray
//!
//! Vectors have a length and can be indexed, so a loop looks as you expect. For the vectorized form
//! look for a method of the same name as in NumPy. A relative of both, the sum of squares:
//!
//! ```rust
//! use ndarray::array;
//!
//! let x = array![1.0, 2.0, 3.0];
//!
//! let mut by_loop = 0.0;
//! for i in 0..x.len() {
//!     by_loop += x[i] * x[i];
//! }
//!
//! let by_array = x.pow2().sum();
//! assert_eq!((by_loop, by_array), (14.0, 14.0));
//! ```
//!
//! In Python the loop is many times slower. Rust compiles both, so they are closer, but the
//! library still wins on long vectors.
//!
//! ## Traps
//!
//! - `0..n` stops before `n`, which is what you want: the last index is `x.len() - 1`.
//! - `x1 * x2` is not the dot product. It multiplies element by element and stays a vector.
//! - The grader reads your code, too: `classic_dot` needs a `for`, `while` or `loop`, and `dot`
//!   must do without, as must the functions of yours that it calls.

use ndarray::Array1;

/// The dot product, by an explicit loop.
///
/// - `x1`, `x2`: two vectors of the same length n.
/// - Result: one number; 0 if the vectors are empty.
pub fn classic_dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
    let mut sum = 0.0;
    // equivalent: `x1` -> `x2`: both have the same length.
    for i in 0..x1.len() {
        sum += x1[i] * x2[i];
    }
    sum
}

/// The dot product, vectorized: no loop.
///
/// - `x1`, `x2`: two vectors of the same length n.
/// - Result: one number; 0 if the vectors are empty.
pub fn dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
    // equivalent: `x1.dot(x2)` -> `x2.dot(x1)`: a dot product is the same in either order.
    x1.dot(x2)
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::Array1;

    /// The products, not summed.
    pub fn without_sum(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64> {
        x1 * x2
    }

    /// Sums first, then multiplies.
    pub fn product_of_sums(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        x1.sum() * x2.sum()
    }

    /// Adds where it should multiply.
    pub fn sum_of_both(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        (x1 + x2).sum()
    }

    /// The mean of the products.
    pub fn mean(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        x1.dot(x2) / x1.len() as f64
    }

    /// Stops before the last pair.
    pub fn last_left_out(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        (1..x1.len()).map(|i| x1[i - 1] * x2[i - 1]).sum()
    }

    /// Begins with the second pair.
    pub fn first_left_out(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        (1..x1.len()).map(|i| x1[i] * x2[i]).sum()
    }

    /// Keeps the last product only.
    pub fn overwritten(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
        x1.iter().zip(x2).map(|(a, b)| a * b).next_back().unwrap_or(0.0)
    }
}
