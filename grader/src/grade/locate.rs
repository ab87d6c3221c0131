//! Where in the learner's files to look for what made a case fail.

use std::collections::BTreeMap;

use super::report::{CaseReport, Delivered};
use crate::course::Exercise;
use crate::diagnostic::Place;
use crate::signature::signature;
use crate::submission::Submission;

/// Gives each case that failed its place, unless it has one: where the learner's code panicked, or
/// else where the function begins.
pub fn locate(submission: &Submission, exercise: &Exercise, cases: &mut [CaseReport]) {
    let file = submission.shown_path(&exercise.name);
    let text = submission.file(&exercise.name).and_then(|it| it.text.as_deref().ok());
    let mut begins = BTreeMap::<String, Option<usize>>::new();
    for case in cases.iter_mut().filter(|case| case.place.is_none() && case.verdict.blames_code()) {
        let function = &case.function;
        let begin = begins.entry(function.clone()).or_insert_with(|| {
            text.and_then(|text| signature(text, function)).map(|signature| signature.line)
        });
        case.place = panicked(case, &submission.folder)
            .or_else(|| begin.map(|line| Place::point(file.clone(), line, 1)));
    }
}

/// The place of a panic in the learner's own files.
fn panicked(case: &CaseReport, folder: &str) -> Option<Place> {
    let Some(Delivered::Panic { location: Some(location), .. }) = &case.delivered else {
        return None;
    };
    let mut parts = location.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let file = parts.next()?;
    let is_own = file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    is_own.then(|| Place::point(file, line, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_panic_is_located_where_it_happened_if_that_is_the_learners() {
        let mut case = sample::unwritten("softmax");
        let mut place = |location: &str| {
            case.delivered =
                Some(Delivered::Panic { message: String::new(), location: Some(location.into()) });
            panicked(&case, "exercises/src").map(|it| (it.file, it.line, it.column))
        };
        assert_eq!(
            place("exercises/src/stats.rs:12:5"),
            Some(("exercises/src/stats.rs".into(), 12, 5))
        );
        for elsewhere in ["ndarray-0.17.2/src/a.rs:2:11", "exercises/src:1:2", "", "a:b:c"] {
            assert_eq!(place(elsewhere), None, "{elsewhere}");
        }
    }
}
