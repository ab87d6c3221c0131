//! Points in whole steps that add up.
//!
//! A consumer adds what it is given. Numbers that are rounded one by one add up to something else
//! than their sum rounded, so here they are rounded together: the total first, then its exercises,
//! then their items, each to one of the two steps beside its exact value.

use super::decimal::rounded;
use super::item::Item;
use crate::course::Points;
use crate::grade::Report;

/// A score and what it is a part of, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What was earned, at most `points`.
    pub score: i128,
    /// What could be.
    pub points: i128,
}

/// The shares of the exercises, in steps of which `scale` make one point.
///
/// The points of an exercise must be whole in these steps, as they are for a scale of 100 or
/// [`whole`].
pub fn exercises(report: &Report, scale: i128) -> Vec<Share> {
    let steps = |points: Points| points * Points::from_integer(scale);
    let exact: Vec<Points> = report.exercises().map(|exercise| steps(exercise.score)).collect();
    let total = rounded(report.score(), report.points(), scale);
    let points = report.exercises().map(|exercise| steps(exercise.points).round().to_integer());
    let scores = together(&exact, total).into_iter();
    scores.zip(points).map(|(score, points)| Share { score, points }).collect()
}

/// The scale in which the points of all exercises are whole: 1, or else 100.
pub fn whole(report: &Report) -> i128 {
    if report.exercises().all(|exercise| exercise.points.is_integer()) { 1 } else { 100 }
}

/// The share of an exercise, split among its items: what was earned by the weights that earned it,
/// what was missed by the others. So the items of one that passed have all their points.
pub fn items(exercise: Share, items: &[Item<'_>]) -> Vec<Share> {
    let earned = split(exercise.score, items.iter().map(|item| item.earned));
    let missed = exercise.points - exercise.score;
    let missed = split(missed, items.iter().map(|item| item.weight - item.earned));
    let shares = earned.into_iter().zip(missed);
    shares.map(|(score, missed)| Share { score, points: score + missed }).collect()
}

/// Splits a number by weights.
fn split(number: i128, weights: impl Iterator<Item = u64> + Clone) -> Vec<i128> {
    let all: i128 = weights.clone().map(i128::from).sum();
    let part = |weight| match all {
        0 => Points::ZERO,
        _ => Points::new(number * i128::from(weight), all),
    };
    together(&weights.map(part).collect::<Vec<_>>(), number)
}

/// Rounds numbers so that they add up to `total`, which is their sum rounded in either direction: the
/// largest fractions go up, of equal ones the first.
fn together(numbers: &[Points], total: i128) -> Vec<i128> {
    let mut rounded: Vec<i128> = numbers.iter().map(|it| it.floor().to_integer()).collect();
    let left = total - rounded.iter().sum::<i128>();
    let mut order: Vec<usize> =
        (0..numbers.len()).filter(|it| !numbers[*it].is_integer()).collect();
    order.sort_by_key(|it| std::cmp::Reverse(numbers[*it].fract()));
    for index in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        rounded[index] += 1;
    }
    rounded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grade::ExerciseVerdict;
    use crate::report::sample;

    /// A report of exercises, each worth so many hundredths with so many of all its weights earned.
    fn report(exercises: &[(u32, u32, u32)]) -> Report {
        let scored = exercises.iter().map(|(points, earned, weights)| {
            let points = Points::new(i128::from(*points), 100);
            let exercise = sample::exercise("dot", "Dot");
            let score = points * Points::new(i128::from(*earned), i128::from(*weights));
            crate::grade::ExerciseReport {
                points,
                ..exercise.scored(ExerciseVerdict::Failed, *score.numer(), *score.denom())
            }
        });
        sample::only(scored)
    }

    fn item(earned: u64, weight: u64) -> Item<'static> {
        let mut item = Item::default();
        (item.earned, item.weight) = (earned, weight);
        item
    }

    #[test]
    fn thirds_add_up() {
        let third = (1000, 1, 3);
        let scores = |scale| -> Vec<i128> {
            exercises(&report(&[third; 5]), scale).iter().map(|share| share.score).collect()
        };
        assert_eq!(scores(100), [334, 334, 333, 333, 333]);
        assert_eq!(scores(1), [4, 4, 3, 3, 3]);
        let exercise = Share { score: 667, points: 1000 };
        let split: Vec<_> = items(exercise, &[item(1, 1), item(0, 1), item(1, 1)])
            .iter()
            .map(|share| (share.score, share.points))
            .collect();
        assert_eq!(split, [(334, 334), (0, 333), (333, 333)]);
    }

    fn exercise() -> impl Strategy<Value = (u32, u32, u32)> {
        (0..5000_u32, 1..60_u32)
            .prop_flat_map(|(points, weights)| (Just(points), 0..=weights, Just(weights)))
    }

    proptest! {
        #[test]
        fn shares_add_up_and_are_parts(parts in prop::collection::vec(exercise(), 0..16)) {
            let report = report(&parts);
            for scale in [1, 100] {
                if scale < whole(&report) {
                    continue;
                }
                let shares = exercises(&report, scale);
                let total: i128 = shares.iter().map(|share| share.score).sum();
                prop_assert_eq!(total, rounded(report.score(), report.points(), scale));
                for (share, exercise) in shares.iter().zip(report.exercises()) {
                    let exact = exercise.score * Points::from_integer(scale);
                    let off = exact - Points::from_integer(share.score);
                    prop_assert!(0 <= share.score && share.score <= share.points);
                    prop_assert!(off < Points::ONE && off > -Points::ONE);
                }
            }
        }

        #[test]
        fn items_add_up_and_those_that_passed_miss_nothing(
            weights in prop::collection::vec((0..4_u64, 0..4_u64), 1..40),
            points in 0..3000_i128,
        ) {
            let list: Vec<_> =
                weights.iter().map(|(earned, missed)| item(*earned, earned + missed)).collect();
            let earned: u64 = list.iter().map(|item| item.earned).sum();
            let all: u64 = list.iter().map(|item| item.weight).sum();
            prop_assume!(all > 0);
            let exact = Points::new(points * i128::from(earned), i128::from(all));
            let score = rounded(exact, Points::from_integer(points), 1).clamp(0, points);
            let shares = items(Share { score, points }, &list);
            let sum = |part: fn(&Share) -> i128| shares.iter().map(part).sum::<i128>();
            prop_assert_eq!((sum(|it| it.score), sum(|it| it.points)), (score, points));
            for (share, item) in shares.iter().zip(&list) {
                prop_assert!(0 <= share.score && share.score <= share.points);
                prop_assert!(item.earned < item.weight || share.score == share.points);
                prop_assert!(item.earned > 0 || share.score == 0);
            }
        }
    }
}
