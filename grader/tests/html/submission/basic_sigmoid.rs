pub fn basic_sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
