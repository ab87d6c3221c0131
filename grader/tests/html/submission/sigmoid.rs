use ndarray::ArrayD;

/// Wrong for negative numbers.
pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
    x.mapv(|x| 1.0 / (1.0 + (-x.abs()).exp()))
}
