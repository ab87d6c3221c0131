//! # Sigmoid of one number
//!
//! The sigmoid (or logistic) function squeezes any real number into the open interval from 0 to 1.
//! Large inputs land near 1, very negative ones near 0, and 0 lands exactly in the middle. That
//! makes it the classic last step of a yes-or-no classifier: read the result as "how sure am I?"
//!
//! ```text
//!                1
//!     σ(x) = ─────────
//!            1 + e⁻ˣ
//! ```
//!
//! ## In Python
//!
//! This first version takes a single number, so `math` will do. It could not take a vector.
//!
//! ```python
//! import math
//! s = 1 / (1 + math.exp(-x))   # x = 3 gives 0.9525741268224334
//! ```
//!
//! ## In Rust
//!
//! No import is needed: the mathematical functions are methods of `f64`.
//!
//! ```rust
//! let x = 2.0_f64;
//! let grown = x.exp(); // e², as math.exp(2)
//! assert!((grown - 7.389_056_098_930_65).abs() < 1e-12);
//!
//! // The natural logarithm takes it back: math.log in Python, ln here.
//! assert!((grown.ln() - x).abs() < 1e-12);
//! ```
//!
//! ## Traps
//!
//! - A method call binds tighter than a minus sign: `-x.exp()` is −(eˣ). Parentheses make it e⁻ˣ.
//!
//!   ```rust
//!   let x = 0.0_f64;
//!   assert_eq!(-x.exp(), -1.0);
//!   assert_eq!((-x).exp(), 1.0);
//!   ```
//!
//! - Rust never mixes whole numbers and floats. Write `1.0`, not `1`.

/// σ(x) for one number.
///
/// - `x`: any real number, however large or small.
/// - Result: one number from 0 to 1.
pub fn basic_sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    /// 1 / 1 + e⁻ˣ.
    pub fn without_parentheses(x: f64) -> f64 {
        1.0 + (-x).exp()
    }

    /// 1 / (1 + eˣ).
    pub fn wrong_sign(x: f64) -> f64 {
        1.0 / (1.0 + x.exp())
    }

    /// eˣ.
    pub fn exponential_alone(x: f64) -> f64 {
        x.exp()
    }

    /// e⁻ˣ.
    pub fn negative_exponential_alone(x: f64) -> f64 {
        (-x).exp()
    }

    /// 1 / (1 − eˣ), from `-x.exp()`.
    pub fn minus_too_late(x: f64) -> f64 {
        1.0 / (1.0 - x.exp())
    }

    /// eˣ / (1 + eˣ), which is ∞ / ∞ for large x.
    pub fn overflowing(x: f64) -> f64 {
        x.exp() / (1.0 + x.exp())
    }
}
