//! What was counted while two arrays were compared.

use super::mismatch::{Differences, NonFinite};

/// How many wrong elements are listed by index; the rest are only counted.
pub const LISTED: usize = 1000;

/// Counts over two arrays of one shape, with places in row-major order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// How many elements there are.
    pub total: usize,
    /// How many are wrong.
    pub wrong: usize,
    /// How many of these have no finite difference.
    pub non_finite: NonFinite,
    /// The largest finite difference of a wrong element, 0 if there is none.
    pub max_abs: f64,
    /// The largest finite difference in relation to the expected value, 0 if there is none.
    pub max_rel: f64,
    /// The place of the largest error.
    pub worst: usize,
    /// The places of the first wrong elements, at most [`LISTED`].
    pub places: Vec<usize>,
}

impl Tally {
    /// The counts in the words of a report, with indices into arrays of this shape.
    pub fn differences(&self, shape: &[usize]) -> Differences {
        Differences {
            wrong: self.wrong,
            total: self.total,
            max_abs: Some(self.max_abs).filter(|&max| max > 0.0),
            max_rel: Some(self.max_rel).filter(|&max| max > 0.0),
            non_finite: self.non_finite,
            worst: index(self.worst, shape),
            indices: self.places.iter().map(|&place| index(place, shape)).collect(),
        }
    }
}

/// The index of the element at a place in row-major order.
fn index(mut place: usize, shape: &[usize]) -> Vec<usize> {
    let mut index = vec![0; shape.len()];
    for (at, &side) in index.iter_mut().zip(shape).rev() {
        *at = place % side;
        place /= side;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_indices() {
        assert_eq!(index(0, &[]), Vec::<usize>::new());
        assert_eq!(index(4, &[7]), [4]);
        assert_eq!(index(23, &[2, 3, 4]), [1, 2, 3]);
        assert_eq!(index(6, &[2, 3, 4]), [0, 1, 2]);
    }
}
