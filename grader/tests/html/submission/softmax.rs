use ndarray::Array2;

/// Divided by the sum of the whole matrix.
pub fn softmax(x: &Array2<f64>) -> Array2<f64> {
    let exp = x.mapv(f64::exp);
    &exp / exp.sum()
}
