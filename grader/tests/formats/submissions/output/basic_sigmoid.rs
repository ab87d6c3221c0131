/// Prints one line of a million characters, and more than is kept.
pub fn basic_sigmoid(_: f64) -> f64 {
    println!("{}", "pwned|".repeat(170_000));
    f64::NAN
}
