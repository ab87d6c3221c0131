use ndarray::{Array1, Array2};

/// Wrong on and near the diagonal.
pub fn classic_outer(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
    Array2::from_shape_fn((x1.len(), x2.len()), |(row, column)| {
        let distance = row.abs_diff(column) as f64;
        let error = if distance < 4.0 { 0.3_f64.powf(2.0 * distance) } else { 0.0 };
        x1[row] * x2[column] + error
    })
}

pub fn outer(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64> {
    classic_outer(x1, x2)
}
