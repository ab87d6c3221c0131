use ndarray::Array1;

pub fn l1_loss(_: &Array1<f64>, _: &Array1<f64>) -> f64 {
    crate::__proto__::fail()
}
