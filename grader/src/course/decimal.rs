//! Decimal numbers, read exactly: never through a float.

use num_rational::Ratio;

/// The most digits: enough for anything that is counted here, and no product overflows.
const DIGITS: usize = 18;

/// Reads `2`, `2.35` or `1_000.5`. `None` for anything else, as a sign or an exponent.
pub(super) fn decimal(text: &str) -> Option<Ratio<i128>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_digit() || c == '_')
    };
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let fraction = fraction.replace('_', "");
    let digits = whole.replace('_', "") + &fraction;
    if digits.len() > DIGITS {
        return None;
    }
    let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    Some(Ratio::new(digits.parse().ok()?, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("2.35"), Some(Ratio::new(47, 20)));
        assert_eq!(decimal("1_000.50"), Some(Ratio::new(2001, 2)));
        assert_eq!(decimal("10"), Some(Ratio::from(10)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "0x10", "1.2.3", "nan", "٣"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(decimal(&"1".repeat(19)), None);
    }
}
