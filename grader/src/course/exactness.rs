//! Whether the scores of a course can be added up exactly.

use super::{Exercise, Rule};

/// Room above the common denominator: for points, and for percent, which are hundreds of them.
const ROOM: i128 = 1 << 40;

/// Whether every sum of scores fits into the numbers that scores are made of.
///
/// A score is an exercise's points, in hundredths, times the weights that were passed over all its
/// weights. Adding such scores needs a common multiple of the sums of weights.
pub(super) fn adds_up(exercises: &[Exercise]) -> bool {
    let sums = exercises.iter().map(|exercise| {
        let cases = exercise.cases.iter().map(|case| case.weight);
        let trials = exercise.trials.iter().map(|trial| trial.weight);
        let rules = exercise.rules.iter().map(|_| Rule::WEIGHT);
        cases.chain(trials).chain(rules).map(i128::from).sum::<i128>()
    });
    sums.filter(|sum| *sum > 0)
        .try_fold(100_i128, |common, sum| common.checked_mul(sum / divisor(common, sum)))
        .is_some_and(|common| common.checked_mul(ROOM).is_some())
}

/// The greatest common divisor, after Euclid.
fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { divisor(b, a % b) }
}
