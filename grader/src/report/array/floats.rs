//! Floats as NumPy prints them.

use super::grid::Cell;

/// Beyond these numbers, and where the largest is a thousand times the smallest, NumPy turns to
/// scientific notation.
const LARGE: f64 = 1e8;
const SMALL: f64 = 1e-4;
const SPREAD: f64 = 1000.0;

/// How the floats of one array are written, so that their points are below each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FloatFormat {
    scientific: bool,
    /// The most fractional digits.
    precision: usize,
    /// Columns before the point, after it, and after the `e` and its sign.
    whole: usize,
    fraction: usize,
    exponent: usize,
}

/// The parts of a finite float as it is printed.
struct Parts {
    whole: String,
    fraction: String,
    exponent: i32,
}

impl Parts {
    /// The shortest digits that tell a float from all others, or `precision` fractional digits
    /// where these are fewer, less the zeros at their end.
    fn of(value: f64, scientific: bool, precision: usize) -> Self {
        let write = |rounded: bool| match (scientific, rounded) {
            (true, false) => format!("{value:e}"),
            (true, true) => format!("{value:.precision$e}"),
            (false, false) => format!("{value}"),
            (false, true) => format!("{value:.precision$}"),
        };
        let shortest = Self::split(&write(false));
        if shortest.fraction.len() <= precision {
            return shortest;
        }
        let mut rounded = Self::split(&write(true));
        rounded.fraction.truncate(rounded.fraction.trim_end_matches('0').len());
        rounded
    }

    fn split(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        Self {
            whole: whole.into(),
            fraction: fraction.into(),
            exponent: exponent.parse().unwrap_or_default(),
        }
    }

    /// The digits of the exponent, at least two.
    fn exponent_digits(&self) -> usize {
        self.exponent.unsigned_abs().to_string().len().max(2)
    }
}

impl FloatFormat {
    /// The format of an array of these elements with at most so many fractional digits.
    pub fn of<'a>(elements: impl IntoIterator<Item = &'a f64>, precision: usize) -> Self {
        let (finite, others): (Vec<f64>, Vec<f64>) =
            elements.into_iter().copied().partition(|element| element.is_finite());
        let sizes = || finite.iter().map(|element| element.abs()).filter(|&size| size > 0.0);
        let largest = sizes().fold(0.0, f64::max);
        let smallest = sizes().fold(f64::INFINITY, f64::min);
        let scientific = largest >= LARGE
            || (largest > 0.0 && (smallest < SMALL || largest / smallest > SPREAD));
        let mut format = Self { scientific, precision, whole: 0, fraction: 0, exponent: 0 };
        for &element in &finite {
            let parts = Parts::of(element, scientific, precision);
            format.whole = format.whole.max(parts.whole.len());
            format.fraction = format.fraction.max(parts.fraction.len());
            format.exponent = format.exponent.max(parts.exponent_digits());
        }
        for other in others {
            let after_whole = format.width() - format.whole;
            let text = non_finite(other).len();
            format.whole = format.whole.max(text.saturating_sub(after_whole));
        }
        format
    }

    fn width(&self) -> usize {
        let exponent = if self.scientific { 2 + self.exponent } else { 0 };
        self.whole + 1 + self.fraction + exponent
    }

    /// A float with the blanks that align it.
    pub fn cell(&self, value: f64) -> Cell {
        if !value.is_finite() {
            return Cell::right_aligned(non_finite(value).into(), self.width());
        }
        let parts = Parts::of(value, self.scientific, self.precision);
        let left = self.whole.saturating_sub(parts.whole.len());
        let missing = self.fraction.saturating_sub(parts.fraction.len());
        let Parts { whole, mut fraction, exponent } = parts;
        if !self.scientific {
            return Cell { left, text: format!("{whole}.{fraction}"), right: missing };
        }
        fraction.push_str(&"0".repeat(missing));
        let sign = if exponent < 0 { '-' } else { '+' };
        let (power, digits) = (exponent.unsigned_abs(), self.exponent);
        Cell { left, text: format!("{whole}.{fraction}e{sign}{power:0digits$}"), right: 0 }
    }
}

/// NaN or an infinity.
pub(super) fn non_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "nan"
    } else if value > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}
