//! # Operations on whole arrays
//!
//! Deep learning hardly ever deals with one number. It deals with a batch of a thousand images, and
//! wants the same formula applied to every pixel. An array library lets you write the formula once,
//! as if for a number. The work on each element is done for you, fast.
//!
//! ```text
//!     exp(x)  = (e^x₁, e^x₂, …, e^xₙ)
//!     x + c   = (x₁ + c, x₂ + c, …, xₙ + c)
//!     1 / x   = (1/x₁, 1/x₂, …, 1/xₙ)
//! ```
//!
//! A single number stretches to meet every element. This is the smallest case of *broadcasting*;
//! bigger ones follow in `normalize_rows`.
//!
//! ## In NumPy
//!
//! ```python
//! x = np.array([1, 2, 3])
//! np.exp(x)          # [ 2.71828183  7.3890561  20.08553692]
//! x + 3              # [4 5 6]
//! 1 / x              # [1.         0.5        0.33333333]
//! np.log(x)          # [0.         0.69314718 1.09861229]
//! np.maximum(x, 2)   # [2 2 3]
//! ```
//!
//! ## In ndarray
//!
//! Arithmetic between an array and a number looks just the same. Mathematical functions are methods
//! of the array. For everything else `mapv` applies a function of your choice to each element.
//!
//! ```rust
//! use ndarray::array;
//!
//! let x = array![1.0, 4.0, 9.0];
//!
//! assert_eq!(x.sqrt(), array![1.0, 2.0, 3.0]); // np.sqrt(x)
//! assert_eq!(x.mapv(f64::sqrt), x.sqrt()); // the long way round
//! assert_eq!(x.mapv(|v| v.max(2.0)), array![2.0, 4.0, 9.0]); // np.maximum(x, 2)
//! assert_eq!(x.ln()[0], 0.0); // np.log(x)
//!
//! assert_eq!(&x * 10.0, array![10.0, 40.0, 90.0]);
//! assert_eq!(10.0 - &x, array![9.0, 6.0, 1.0]); // the number may stand on the left
//! ```
//!
//! The functions below take an `ArrayD`, an array whose number of dimensions is only known when the
//! program runs. So one function serves vectors, matrices, and even a lone number, which is an
//! array of zero dimensions. Nothing changes in how you compute with it.
//!
//! ```rust
//! use ndarray::{ArrayD, arr0, array};
//!
//! let number: ArrayD<f64> = arr0(5.0).into_dyn();
//! let matrix: ArrayD<f64> = array![[1.0, 2.0], [3.0, 4.0]].into_dyn();
//! assert_eq!((number.ndim(), matrix.ndim()), (0, 2));
//! assert_eq!(&matrix - 1.0, array![[0.0, 1.0], [2.0, 3.0]].into_dyn());
//! ```
//!
//! ## Traps
//!
//! - `a * 2.0` uses up an array that you own; `&a * 2.0` leaves it alone and makes a new one. Your
//!   argument `x` is a reference already, so it needs no `&`.
//! - Dividing by zero does not panic. It gives an infinity, as it does in NumPy.

use ndarray::ArrayD;

/// eˣ of every element.
///
/// - `x`: array of any shape.
/// - Result: array of the same shape.
pub fn exp(x: &ArrayD<f64>) -> ArrayD<f64> {
    x.exp()
}

/// Adds the number `c` to every element.
///
/// - `x`: array of any shape.
/// - `c`: one number.
/// - Result: array of the same shape as `x`.
pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64> {
    x + c
}

/// One divided by each element.
///
/// - `x`: array of any shape.
/// - Result: array of the same shape; where `x` is 0 it is infinite.
pub fn reciprocal(x: &ArrayD<f64>) -> ArrayD<f64> {
    1.0 / x
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::ArrayD;

    /// 2ˣ for eˣ.
    pub fn power_of_two(x: &ArrayD<f64>) -> ArrayD<f64> {
        x.exp2()
    }

    /// The inverse of the exponential.
    pub fn logarithm(x: &ArrayD<f64>) -> ArrayD<f64> {
        x.ln()
    }

    /// x · c for x + c.
    pub fn times_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64> {
        x * c
    }

    /// x − c for x + c.
    pub fn minus_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64> {
        x - c
    }

    /// x + 3 whatever c is.
    pub fn always_three(x: &ArrayD<f64>, _c: f64) -> ArrayD<f64> {
        x + 3.0
    }

    /// −x for 1 / x.
    pub fn negated(x: &ArrayD<f64>) -> ArrayD<f64> {
        -x
    }

    /// 1 / (x + ε), for fear of a division by zero.
    pub fn small_number_added(x: &ArrayD<f64>) -> ArrayD<f64> {
        1.0 / (x + 1e-8)
    }

    /// 0 where 1 / x is infinite.
    pub fn zero_for_infinity(x: &ArrayD<f64>) -> ArrayD<f64> {
        x.mapv(|v| if v == 0.0 { 0.0 } else { 1.0 / v })
    }
}
