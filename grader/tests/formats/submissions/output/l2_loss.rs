use ndarray::Array1;

/// Prints nothing but line breaks and backticks, which fences must be longer than.
pub fn l2_loss(_: &Array1<f64>, _: &Array1<f64>) -> f64 {
    println!("\n\n{}\n\n{}pwned\n", "`".repeat(100), "~".repeat(100));
    0.0
}
