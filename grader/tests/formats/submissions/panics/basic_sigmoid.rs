/// Panics with a line of a million characters.
pub fn basic_sigmoid(_: f64) -> f64 {
    panic!("{}", "pwned`".repeat(170_000))
}
