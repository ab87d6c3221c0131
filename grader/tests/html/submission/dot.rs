use ndarray::Array1;

pub fn classic_dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {
    "this does not compile"
}
