//! Times and rates for people.

/// The units of time, in seconds, the largest first.
pub const SECONDS: [(f64, &str); 4] = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

/// How the numbers of a timing are meant, and how they came about.
pub fn legend(spread: &str, rustc: &str) -> String {
    format!(
        "time: median of five or more laps, {spread} half the distance between the quartiles; gain: \
         how many times as fast as the loop of the same author; el./s: elements a second. All that \
         have a time gave the same answer. Compiled as `cargo build --release` does, by rustc \
         {rustc}. The same code may differ by half between two programs, and by more on a busy \
         machine."
    )
}

/// The units of a rate, the largest first.
pub const RATES: [(f64, &str); 4] = [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, "")];

/// A number with three digits in the unit that suits it.
pub fn scaled(number: f64, units: &[(f64, &str)]) -> String {
    let fits = |unit: &&(f64, &str)| number >= unit.0 * 0.9995;
    let unit = units.iter().find(fits).or(units.last());
    let (scale, name) = unit.copied().unwrap_or((1.0, ""));
    format!("{} {name}", digits(number / scale)).trim_end().to_owned()
}

/// A number with three digits before the point and after it together.
pub fn digits(number: f64) -> String {
    match number {
        ..9.995 => format!("{number:.2}"),
        ..99.95 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}

/// A count with its thousands apart.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
