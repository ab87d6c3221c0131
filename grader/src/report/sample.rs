//! Literal reports, as short as they can be written, for the tests of every format.

mod build;
mod exercises;

use harness::Value;

pub use build::{call, exercise, unwritten};
pub use exercises::{chatty, flat_sigmoid, large_outer, outer, softmax};

use super::Identity;
use crate::compare::compare;
use crate::diagnostic::Diagnostic;
use crate::grade::{CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Report, Verdict};
use build::{report, tolerance, vector, wrong};
use exercises::{
    blocked, broken, dot, general_dot, image2vector, l1_loss, normalize_rows, vector_ops,
};

/// A course of which nothing is done.
pub fn untouched() -> Report {
    let open = |(name, title, function)| exercise(name, title).case(unwritten(function));
    report(course().into_iter().map(open))
}

/// The same with every exercise solved.
pub fn all_done() -> Report {
    let done = |(name, title, function)| exercise(name, title).passed(function);
    report(course().into_iter().map(done))
}

/// The same with the first exercise solved.
pub fn first_solved() -> Report {
    let mut report = untouched();
    report.sections[0].exercises[0] = exercise("hello_world", "Hello, World").passed("hello_world");
    report
}

/// One of everything that can happen.
pub fn half_done() -> Report {
    let mut report = report([
        exercise("hello_world", "Hello, World").passed("hello_world"),
        chatty(),
        vector_ops(),
        broken(),
        exercise("sigmoid_derivative", "Derivative of the sigmoid")
            .passed("sigmoid_derivative")
            .on_reference("sigmoid"),
        image2vector(),
        normalize_rows(),
        softmax(),
        dot(),
        blocked(),
        exercise("multiply", "Elementwise product").case(unwritten("classic_multiply")),
        general_dot(),
        l1_loss(),
        exercise("l2_loss", "L2 loss").case(unwritten("l2_loss")),
    ]);
    report.left_out = vec![
        ("lib.rs".into(), "the grader writes its own".into()),
        ("my softmax.rs".into(), "its name is not that of a module".into()),
        ("notes.txt".into(), "not a Rust file".into()),
    ];
    report
}

/// A report of these exercises alone.
pub fn only(exercises: impl IntoIterator<Item = ExerciseReport>) -> Report {
    report(exercises)
}

/// A little of everything.
pub fn few() -> Report {
    report([broken(), vector_ops(), softmax().on_reference("sigmoid"), chatty()])
}

/// Whose result it is on Classroom 50.
pub fn identity() -> Identity {
    Identity {
        classroom: "numpy".into(),
        assignment: "basics".into(),
        assignment_type: "individual".into(),
        owner: "alice".into(),
        submission: "submit/1".into(),
        commit: "https://a.b/commit/1".into(),
        release: "https://a.b/release/1".into(),
        review: "https://a.b/pull/1".into(),
        datetime: "2026-11-22T09:30:00Z".into(),
    }
}

/// One case that delivers this where that is expected.
pub fn delivered(actual: Value, expected: Value) -> Report {
    let case = CaseReport {
        delivered: Some(Delivered::Value(actual.clone())),
        ..call("any value", "hello_world", vec![actual.clone(), expected.clone()])
    };
    let case = match compare(&actual, &expected, &tolerance()) {
        Ok(()) => case,
        Err(_) => wrong(case, actual, expected),
    };
    let exercise = exercise("hello_world", "Hello, World").case(case);
    report([exercise.scored(ExerciseVerdict::Failed, 0, 1)])
}

/// Code that does all it can to be mistaken for the grader.
pub fn hostile() -> Report {
    let escapes =
        "\u{1b}[2J\u{1b}[1;1H\u{1b}]0;Total 140/140\u{7}\u{9b}31m✓ passed\r\u{202e}dessap\0\u{8}";
    let text = |text: &str| Value::Text(text.into());
    let panicking = CaseReport {
        verdict: Verdict::Panicked,
        delivered: Some(Delivered::Panic {
            message: escapes.repeat(2),
            location: Some(format!("{escapes}:1:2")),
        }),
        message: escapes.into(),
        output: format!("{escapes}\n{}\n\u{1b}]never ended", "A".repeat(200)),
        ..call("a panic", "hello_world", vec![text(escapes)])
    };
    let texts = wrong(call("a text", "hello_world", vec![]), text(escapes), text("Hello World"));
    let exercise = exercise("hello_world", "Hello, World").case(texts).case(panicking).scored(
        ExerciseVerdict::Failed,
        0,
        1,
    );
    let said = format!("\u{1b}[1merror\u{1b}[0m: {escapes}\n{}", "B".repeat(500));
    let broken = broken().diagnosed(Diagnostic { rendered: said, ..Diagnostic::nowhere(escapes) });
    let mut report = report([exercise, broken]);
    report.submission.title = escapes.into();
    report.left_out = vec![(format!("{escapes}.rs"), "its name is not that of a module".into())];
    report
}

/// An exercise that passes, prints, and has two hidden cases that do not both pass.
pub fn with_hidden_cases() -> Report {
    let hidden = |case: CaseReport| CaseReport { hidden: true, ..case };
    let secret = wrong(
        call("the secret row", "l1_loss", vec![vector(&[4.0, 2.0]), vector(&[1.0, 1.0])]),
        Value::Float(2.0),
        Value::Float(4.0),
    );
    let secret = CaseReport { output: "secret sum = 4\n".into(), ..secret };
    let exercise = exercise("l1_loss", "L1 loss")
        .case(call("the notebook's vectors", "l1_loss", vec![]))
        .case(hidden(call("the secret column", "l1_loss", vec![])))
        .case(hidden(secret))
        .scored(ExerciseVerdict::Failed, 20, 3);
    only([exercise])
}

/// Names, titles and first functions of the exercises.
fn course() -> [(&'static str, &'static str, &'static str); 14] {
    [
        ("hello_world", "Hello, World", "hello_world"),
        ("basic_sigmoid", "Sigmoid of a number", "basic_sigmoid"),
        ("vector_ops", "Functions of vectors", "exp"),
        ("sigmoid", "Sigmoid", "sigmoid"),
        ("sigmoid_derivative", "Derivative of the sigmoid", "sigmoid_derivative"),
        ("image2vector", "Images as vectors", "image2vector"),
        ("normalize_rows", "Normalizing rows", "row_norms"),
        ("softmax", "Softmax", "softmax"),
        ("dot", "Dot product", "classic_dot"),
        ("outer", "Outer product", "classic_outer"),
        ("multiply", "Elementwise product", "classic_multiply"),
        ("general_dot", "Matrix times vector", "classic_general_dot"),
        ("l1_loss", "L1 loss", "l1_loss"),
        ("l2_loss", "L2 loss", "l2_loss"),
    ]
}
