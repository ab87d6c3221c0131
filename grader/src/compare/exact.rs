//! Elements that are equal or not.

use super::tally::{LISTED, Tally};

/// Compares integers: the tolerances of measured numbers would let a large count be off by one.
pub(super) fn ints(actual: &[i64], expected: &[i64]) -> Tally {
    let mut tally = equal(actual, expected);
    for (place, (a, e)) in actual.iter().zip(expected).enumerate() {
        let error = a.abs_diff(*e) as f64;
        if error > tally.max_abs {
            tally.max_abs = error;
            tally.worst = place;
        }
        if *e != 0 {
            tally.max_rel = tally.max_rel.max(error / e.unsigned_abs() as f64);
        }
    }
    tally
}

/// Compares bools; none is worse than another, so the worst is the first.
pub(super) fn bools(actual: &[bool], expected: &[bool]) -> Tally {
    equal(actual, expected)
}

fn equal<T: PartialEq>(actual: &[T], expected: &[T]) -> Tally {
    let wrong = || {
        let pairs = actual.iter().zip(expected).enumerate();
        pairs.filter(|(_, (a, e))| a != e).map(|(place, _)| place)
    };
    let places: Vec<usize> = wrong().take(LISTED).collect();
    Tally {
        total: expected.len(),
        wrong: wrong().count(),
        worst: places.first().copied().unwrap_or_default(),
        places,
        ..Tally::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_never_rounded() {
        let big = 1 << 60;
        let tally = ints(&[1, big + 1, i64::MIN], &[1, big, i64::MIN]);
        assert_eq!((tally.wrong, tally.total, tally.worst), (1, 3, 1));
        assert_eq!((tally.max_abs, tally.max_rel), (1.0, 1.0 / big as f64));
    }

    #[test]
    fn the_farthest_integer_is_the_worst() {
        let tally = ints(&[i64::MIN, 0, 7], &[i64::MAX, 1, 7]);
        assert_eq!((tally.wrong, tally.worst), (2, 0));
        assert_eq!(tally.places, [0, 1]);
        assert_eq!(tally.max_abs, 2_f64.powi(64));
    }

    #[test]
    fn the_first_wrong_bool_is_the_worst() {
        let tally = bools(&[true, true, false], &[true, false, true]);
        assert_eq!((tally.wrong, tally.worst, tally.max_abs), (2, 1, 0.0));
    }
}
