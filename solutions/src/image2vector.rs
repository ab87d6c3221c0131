//! # Reshaping: from an image to a column
//!
//! A picture is an array of three dimensions: length, height and depth, where the depth holds red,
//! green and blue. A simple network has no use for that layout. It wants every example as one long
//! column of numbers. Reshaping hands out the same numbers under a new shape: nothing is computed,
//! nothing is lost.
//!
//! ```text
//!     image2vector:         (a, b, c)  →  (a·b·c, 1)
//!     merge_leading_axes:   (a, b, c)  →  (a·b, c)
//! ```
//!
//! Numbers keep their *row-major* order: read along the last axis first, then step the axis before
//! it, and so on, just as you read a page of text. Element (i, j, k) of the image ends up in row
//! (i·b + j)·c + k of the column.
//!
//! ## In NumPy
//!
//! ```python
//! v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
//! v = image.reshape(-1, 1)                                   # the same: NumPy works out the -1
//! v = v.reshape((v.shape[0] * v.shape[1], v.shape[2]))       # (a, b, c) to (a·b, c)
//! ```
//!
//! ## In ndarray
//!
//! `dim()` returns the sides as a tuple and `len()` the number of elements. `to_shape` gives the
//! array a new shape, in row-major order. It returns a `Result`, because the sides may not fit the
//! number of elements, and what is inside borrows from the original; `into_owned` (or `to_owned`)
//! makes it an array of its own.
//!
//! ```rust
//! use ndarray::{Array2, array};
//!
//! let m = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
//! let (rows, columns) = m.dim();
//! assert_eq!((rows, columns, m.len()), (2, 3, 6));
//!
//! let tall: Array2<f64> = m.to_shape((3, 2)).unwrap().into_owned();
//! assert_eq!(tall, array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
//!
//! assert!(m.to_shape((4, 2)).is_err()); // six numbers cannot fill eight places
//! ```
//!
//! ## Traps
//!
//! - (n, 1) is a column with two dimensions, (n,) is a vector with one. Same numbers, different
//!   shape, and a good part of all bugs in deep learning.
//! - Reshaping is not transposing. `tall` above is not the transpose of `m`, which would begin
//!   1, 4, 2.
//! - Don't count on square pictures. Only three different sides show whether the axes are right.

use ndarray::{Array2, Array3};

/// Unrolls an image into one column.
///
/// - `image`: shape (length, height, depth), any three sides.
/// - Result: shape (length · height · depth, 1), the elements in row-major order.
pub fn image2vector(image: &Array3<f64>) -> Array2<f64> {
    image
        .to_shape((image.len(), 1))
        .expect("a column holds as many elements as the image")
        .into_owned()
}

/// Merges the first two axes into one and leaves the last as it is.
///
/// - `v`: shape (a, b, c).
/// - Result: shape (a · b, c), the elements in row-major order.
pub fn merge_leading_axes(v: &Array3<f64>) -> Array2<f64> {
    let (a, b, c) = v.dim();
    v.to_shape((a * b, c)).expect("merging two axes keeps the number of elements").into_owned()
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    use ndarray::{Array1, Array2, Array3, Order};

    /// (a·b, c) for a column.
    pub fn last_axis_kept(image: &Array3<f64>) -> Array2<f64> {
        let (a, b, c) = image.dim();
        reshaped(image, (a * b, c))
    }

    /// (1, a·b·c).
    pub fn row(image: &Array3<f64>) -> Array2<f64> {
        reshaped(image, (1, image.len()))
    }

    /// (a·b·c,), a vector.
    pub fn vector(image: &Array3<f64>) -> Array1<f64> {
        image.iter().copied().collect()
    }

    /// A column in column-major order.
    pub fn column_major(image: &Array3<f64>) -> Array2<f64> {
        let order = ((image.len(), 1), Order::ColumnMajor);
        image.to_shape(order).expect("the elements are as many").into_owned()
    }

    /// (a·b·c, 1) for (a·b, c).
    pub fn all_axes_merged(v: &Array3<f64>) -> Array2<f64> {
        reshaped(v, (v.len(), 1))
    }

    /// (a, b·c).
    pub fn last_axes_merged(v: &Array3<f64>) -> Array2<f64> {
        let (a, b, c) = v.dim();
        reshaped(v, (a, b * c))
    }

    /// (c, a·b).
    pub fn sides_swapped(v: &Array3<f64>) -> Array2<f64> {
        let (a, b, c) = v.dim();
        reshaped(v, (c, a * b))
    }

    fn reshaped(image: &Array3<f64>, shape: (usize, usize)) -> Array2<f64> {
        image.to_shape(shape).expect("the elements are as many").into_owned()
    }
}
