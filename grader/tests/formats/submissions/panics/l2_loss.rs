use ndarray::Array1;

/// Prints, waits for nobody and overflows the stack.
pub fn l2_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {
    println!("{}", crate::__proto__::TEXT);
    1.0 + l2_loss(yhat, y)
}
