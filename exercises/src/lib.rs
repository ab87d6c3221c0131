pub fn f(x: &ndarray::Array1<f64>) -> f64 {
    todo!()
}
