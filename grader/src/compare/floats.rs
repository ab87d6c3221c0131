//! One pass over two arrays of floats.
//!
//! Each block of elements is first asked only whether all of it is near, without a branch, which
//! costs no more than reading it. What else there is to know is gathered by a second look at a
//! block that is not, while it is still in the cache.

use super::mismatch::NonFinite;
use super::relation::{Relation, larger};
use super::tally::{LISTED, Tally};

/// Elements in a block: three arrays of it fit into the first-level cache.
const BLOCK: usize = 1024;

/// Maxima that are kept side by side, so that they become vector instructions.
const LANES: usize = 8;

/// Compares two arrays of one length, element by element.
///
/// `printed` has a bound for each element; where `PRINTED` is false it is not looked at.
pub(super) fn tally<const PRINTED: bool>(
    actual: &[f64],
    expected: &[f64],
    printed: &[f64],
    relation: Relation<PRINTED>,
) -> Tally {
    let mut tally = Tally { total: expected.len(), ..Tally::default() };
    let mut suspicious = false;
    let mut worst: Option<(f64, Block<PRINTED>)> = None;
    let slices = actual.chunks(BLOCK).zip(expected.chunks(BLOCK)).zip(printed.chunks(BLOCK));
    for (number, ((actual, expected), printed)) in slices.enumerate() {
        let block = Block { start: number * BLOCK, actual, expected, printed, relation };
        // Where one block is wrong the next one is likely to be: it is measured at once.
        if !suspicious && block.is_near() {
            continue;
        }
        let measure = block.measure(tally.max_rel);
        suspicious = measure.wrong > 0;
        tally.add(&measure);
        if tally.places.len() < LISTED {
            let room = LISTED - tally.places.len();
            tally.places.extend(block.wrong().take(room));
        }
        if measure.wrong > 0 && worst.is_none_or(|(error, _)| measure.error > error) {
            worst = Some((measure.error, block));
        }
    }
    if let Some((largest, block)) = worst {
        let mut wrong = block.wrong();
        let place = wrong.find(|&place| error(actual[place], expected[place]) == largest);
        tally.worst = place.unwrap_or(block.start);
    }
    tally
}

/// How far apart two numbers are; infinitely, if that is not a number.
fn error(actual: f64, expected: f64) -> f64 {
    let error = (actual - expected).abs();
    if error <= f64::MAX { error } else { f64::INFINITY }
}

/// Some elements, with the place of the first one.
#[derive(Clone, Copy)]
struct Block<'a, const PRINTED: bool> {
    start: usize,
    actual: &'a [f64],
    expected: &'a [f64],
    printed: &'a [f64],
    relation: Relation<PRINTED>,
}

/// What there is to know of the wrong elements of a block.
struct Measure {
    wrong: usize,
    non_finite: NonFinite,
    /// The largest error, infinite if one of them is not a number.
    error: f64,
    /// The largest error that is a number.
    abs: f64,
    /// The same in relation to the expected value, in this block and those before.
    rel: f64,
}

impl<'a, const PRINTED: bool> Block<'a, PRINTED> {
    fn elements(self) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
        let pairs = self.actual.iter().zip(self.expected).zip(self.printed);
        pairs.map(|((&actual, &expected), &printed)| (actual, expected, printed))
    }

    /// Whether every element is near, so that there is nothing more to know.
    fn is_near(self) -> bool {
        let far = self.elements().map(|(a, e, p)| u64::from(!self.relation.near(a, e, p)));
        far.sum::<u64>() == 0
    }

    /// The places of the elements that are wrong.
    fn wrong(self) -> impl Iterator<Item = usize> + 'a {
        let numbered = self.elements().enumerate();
        let wrong = numbered.filter(move |(_, (a, e, p))| !self.relation.holds(*a, *e, *p));
        wrong.map(move |(offset, _)| self.start + offset)
    }

    /// Measures the wrong elements; `rel` is the largest relative error of the blocks before.
    fn measure(self, rel: f64) -> Measure {
        // Each loop does one thing to a whole block: that is what becomes vector instructions.
        let mut errors = [0.0; BLOCK];
        let errors = &mut errors[..self.expected.len()];
        let (mut wrong, mut others) = (0, 0);
        for ((actual, expected, printed), kept) in self.elements().zip(errors.iter_mut()) {
            let error = (actual - expected).abs();
            let finite = error <= f64::MAX;
            let far = finite & !self.relation.near(actual, expected, printed);
            *kept = if far { error } else { 0.0 };
            wrong += u64::from(far);
            others += u64::from(!finite);
        }
        if self.relation.counts_ulps() {
            wrong -= self.forgive(errors);
        }
        let abs = largest(errors);
        // Dividing costs more than all the rest, so it is left out where nothing can come of it.
        let shares = errors.iter().zip(self.expected);
        let exceeds = |(error, expected): (&f64, &f64)| u64::from(*error > rel * expected.abs());
        let mut rel = rel;
        if shares.map(exceeds).sum::<u64>() > 0 {
            for (error, expected) in errors.iter_mut().zip(self.expected) {
                let share = *error / expected.abs();
                *error = if share <= f64::MAX { share } else { 0.0 };
            }
            rel = larger(largest(errors), rel);
        }
        let mut measure = Measure {
            wrong: wrong as usize,
            non_finite: NonFinite::default(),
            error: abs,
            abs,
            rel,
        };
        if others > 0 {
            self.measure_others(&mut measure);
        }
        measure
    }

    /// Clears the errors that are right but not near; returns how many there are.
    fn forgive(self, errors: &mut [f64]) -> u64 {
        let mut forgiven = 0;
        for ((actual, expected, _), error) in self.elements().zip(errors) {
            if *error != 0.0 && self.relation.right(actual, expected) {
                *error = 0.0;
                forgiven += 1;
            }
        }
        forgiven
    }

    /// Adds the elements whose difference is not a finite number.
    fn measure_others(self, measure: &mut Measure) {
        for (actual, expected, _) in self.elements() {
            if (actual - expected).is_finite() || self.relation.right(actual, expected) {
                continue;
            }
            measure.wrong += 1;
            measure.error = f64::INFINITY;
            if actual.is_nan() {
                measure.non_finite.nan += 1;
            } else if actual.is_infinite() {
                measure.non_finite.infinite += 1;
            } else if !expected.is_finite() {
                measure.non_finite.finite += 1;
            }
        }
    }
}

/// The largest of numbers that are not negative, 0 for none.
fn largest(numbers: &[f64]) -> f64 {
    let (rows, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for row in rows {
        for (lane, number) in lanes.iter_mut().zip(row) {
            *lane = larger(*number, *lane);
        }
    }
    lanes.iter().chain(rest).copied().fold(0.0, larger)
}

impl Tally {
    fn add(&mut self, measure: &Measure) {
        let NonFinite { nan, infinite, finite } = measure.non_finite;
        self.wrong += measure.wrong;
        self.non_finite.nan += nan;
        self.non_finite.infinite += infinite;
        self.non_finite.finite += finite;
        self.max_abs = larger(measure.abs, self.max_abs);
        self.max_rel = larger(measure.rel, self.max_rel);
    }
}
