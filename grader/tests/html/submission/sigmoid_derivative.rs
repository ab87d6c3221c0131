use ndarray::ArrayD;

/// Without the second factor.
pub fn sigmoid_derivative(x: &ArrayD<f64>) -> ArrayD<f64> {
    x.mapv(|x| 1.0 / (1.0 + (-x).exp()))
}
