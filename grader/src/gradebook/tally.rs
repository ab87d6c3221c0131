//! What is counted over a class.

use std::collections::BTreeMap;

use super::{Exercise, Made, Mistake, Status, Student};
use crate::report::json::Number;

/// The exercises, with how those fared that were graded.
pub(super) fn exercises(mut exercises: Vec<Exercise>, students: &[Student]) -> Vec<Exercise> {
    for (index, exercise) in exercises.iter_mut().enumerate() {
        let marks = students.iter().filter_map(|student| student.exercises.get(index));
        exercise.passed = marks.clone().filter(|mark| mark.verdict == "passed").count();
        exercise.mean = mean(marks.map(|mark| mark.score));
    }
    exercises
}

/// The mistakes, the most frequent first.
pub(super) fn mistakes(students: &[Student], feedback: &BTreeMap<Made, String>) -> Vec<Mistake> {
    let mut counts: BTreeMap<&Made, usize> = BTreeMap::new();
    for made in students.iter().flat_map(|student| &student.mistakes) {
        *counts.entry(made).or_default() += 1;
    }
    let mut mistakes: Vec<Mistake> = counts
        .into_iter()
        .map(|(made, count)| Mistake {
            exercise: made.exercise.clone(),
            mistake: made.mistake.clone(),
            count,
            feedback: feedback.get(made).cloned(),
        })
        .collect();
    mistakes.sort_by_key(|mistake| std::cmp::Reverse(mistake.count));
    mistakes
}

/// The percents of all submissions that have a score, in order.
pub(super) fn percents(students: &[Student]) -> Vec<f64> {
    let scored = students.iter().filter(|it| it.status != Status::Missing);
    let mut percents: Vec<f64> = scored.filter_map(|it| it.percent).map(|it| it.0).collect();
    percents.sort_by(f64::total_cmp);
    percents
}

/// The mean with two decimals, if there are any numbers.
pub(super) fn mean(numbers: impl Iterator<Item = Number>) -> Option<Number> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for Number(number) in numbers {
        sum += number;
        count += 1;
    }
    (count > 0).then(|| Number((sum / f64::from(count) * 100.0).round() / 100.0))
}

/// The median of numbers in order, if there are any.
pub(super) fn median(numbers: &[f64]) -> Option<Number> {
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    let median = if numbers.len() % 2 == 1 { upper } else { (numbers[middle - 1] + upper) / 2.0 };
    Some(Number((median * 100.0).round() / 100.0))
}
