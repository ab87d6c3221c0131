//! Exact numbers, rounded to two decimals.

use std::fmt;

use crate::course::Points;

/// A number of points or percent with two decimals.
///
/// Halves are rounded up. But what is less than the whole never reads as the whole, and what is
/// more than nothing never reads as nothing: nobody is shown 100 % for a course that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hundredths(pub i128);

impl Hundredths {
    /// `part` of `whole`, in the unit of both.
    pub fn of(part: Points, whole: Points) -> Self {
        Self(rounded(part, whole, 100))
    }

    /// A number that is not part of anything.
    pub fn whole(number: Points) -> Self {
        Self::of(number, number)
    }

    /// As a floating-point number; its shortest text has at most two decimals.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

/// `part` of `whole` in steps of which `scale` make one, rounded as [`Hundredths`] are.
pub(super) fn rounded(part: Points, whole: Points, scale: i128) -> i128 {
    let steps = |number: Points| number * Points::from_integer(scale);
    let rounded = steps(part).round().to_integer();
    if part >= whole {
        rounded
    } else if part > Points::ZERO {
        let below = steps(whole).ceil().to_integer() - 1;
        rounded.min(below).max(1)
    } else {
        0
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_f64())
    }
}

/// A number of points as reports write it, with at most two decimals.
#[must_use]
pub fn points_text(points: Points) -> String {
    Hundredths::whole(points).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(part: (i128, i128), whole: i128) -> String {
        let part = Points::new(part.0, part.1);
        Hundredths::of(part, Points::from_integer(whole)).to_string()
    }

    #[test]
    fn two_decimals_without_noise() {
        assert_eq!(text((83, 2), 140), "41.5");
        assert_eq!(text((10, 3), 10), "3.33");
        assert_eq!(text((20, 3), 10), "6.67");
        assert_eq!(text((1, 200), 10), "0.01");
        assert_eq!(text((0, 1), 10), "0");
        assert_eq!(text((140, 1), 140), "140");
    }

    #[test]
    fn only_the_whole_is_the_whole_and_only_nothing_is_nothing() {
        assert_eq!(text((99_999, 1000), 100), "99.99");
        assert_eq!(text((1, 1000), 100), "0.01");
        assert_eq!(text((0, 1), 0), "0");
        assert_eq!(points_text(Points::new(1, 3)), "0.33");
    }
}
