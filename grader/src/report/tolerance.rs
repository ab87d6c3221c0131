//! A tolerance in words.

use crate::course::{Precision, Tolerance};

/// The tolerance in a few words: `as printed`, `rel 1e-7, abs 1e-12`, `4 ulps`.
pub(super) fn brief(tolerance: &Tolerance) -> String {
    match tolerance.precision {
        Precision::Printed(_) => "as printed".into(),
        Precision::Exact => bounds(tolerance).unwrap_or_else(|| "exact".into()),
    }
}

/// The tolerance, and why it is that one.
pub(super) fn explained(tolerance: &Tolerance) -> String {
    let Precision::Printed(_) = tolerance.precision else {
        return brief(tolerance);
    };
    let digit = match decimals(tolerance) {
        Some(place) => format!("the {place}{} decimal printed", ordinal_suffix(place)),
        None => "the last digit printed".into(),
    };
    match bounds(tolerance) {
        Some(bounds) => format!("half a unit of {digit}, or {bounds}"),
        None => format!("half a unit of {digit}"),
    }
}

/// The bounds that do not depend on what was printed.
fn bounds(tolerance: &Tolerance) -> Option<String> {
    let named = |name, bound: f64| (bound != 0.0).then(|| format!("{name} {}", number(bound)));
    let ulps = tolerance.ulps.map(|ulps| match ulps {
        1 => "1 ulp".into(),
        _ => format!("{ulps} ulps"),
    });
    let all = [named("rel", tolerance.rel), named("abs", tolerance.abs), ulps];
    let present: Vec<String> = all.into_iter().flatten().collect();
    (!present.is_empty()).then(|| present.join(", "))
}

/// Which decimal the bound is half a unit of, if it is the same one for all elements: in
/// scientific notation it is not.
fn decimals(tolerance: &Tolerance) -> Option<i32> {
    let Precision::Printed(bounds) = &tolerance.precision else {
        return None;
    };
    let first = *bounds.first()?;
    let place = -(2.0 * first).log10().round();
    let is_half_a_unit = (first * 2.0 * 10f64.powf(place) - 1.0).abs() < 1e-9;
    let same = bounds.iter().all(|&bound| bound == first);
    (same && is_half_a_unit && place >= 1.0).then_some(place as i32)
}

fn ordinal_suffix(number: i32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// The shortest text that reads back as this number, in scientific notation where it is tiny.
fn number(number: f64) -> String {
    let text = format!("{number:?}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use ndarray::{arr0, array};

    use super::*;
    use crate::course::NanPolicy;

    fn tolerance(rel: f64, abs: f64, ulps: Option<u32>, precision: Precision) -> Tolerance {
        Tolerance { abs, rel, ulps, precision, nan: NanPolicy::Equal }
    }

    #[test]
    fn in_words() {
        let fixed = Precision::Printed(array![[5e-9, 5e-9]].into_dyn());
        let scientific = Precision::Printed(array![5e-10, 5e-13].into_dyn());
        let scalar = Precision::Printed(arr0(0.05).into_dyn());
        let words: Vec<String> = [
            tolerance(1e-7, 1e-12, None, Precision::Exact),
            tolerance(1e-5, 0.0, None, Precision::Exact),
            tolerance(0.0, 0.0, Some(4), Precision::Exact),
            tolerance(0.0, 0.5, Some(1), Precision::Exact),
            tolerance(0.0, 0.0, None, Precision::Exact),
            tolerance(1e-7, 1e-12, None, fixed),
            tolerance(1e-7, 1e-12, None, scientific),
            tolerance(0.0, 0.0, None, scalar),
        ]
        .iter()
        .map(|tolerance| format!("{} | {}", brief(tolerance), explained(tolerance)))
        .collect();
        insta::assert_snapshot!(words.join("\n"), @"
        rel 1e-7, abs 1e-12 | rel 1e-7, abs 1e-12
        rel 1e-5 | rel 1e-5
        4 ulps | 4 ulps
        abs 0.5, 1 ulp | abs 0.5, 1 ulp
        exact | exact
        as printed | half a unit of the 8th decimal printed, or rel 1e-7, abs 1e-12
        as printed | half a unit of the last digit printed, or rel 1e-7, abs 1e-12
        as printed | half a unit of the 1st decimal printed
        ");
    }
}
