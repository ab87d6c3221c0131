use ndarray::{Array2, Array3};

/// A row where a column is wanted.
pub fn image2vector(image: &Array3<f64>) -> Array2<f64> {
    let elements: Vec<f64> = image.iter().copied().collect();
    Array2::from_shape_vec((1, elements.len()), elements).unwrap()
}

pub fn merge_leading_axes(_v: &Array3<f64>) -> Array2<f64> {
    todo!()
}
