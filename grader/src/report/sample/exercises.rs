//! Literal exercises, one for each thing that can happen.

use harness::Value;
use ndarray::{Array1, Array2, Array3, array};

use super::build::{
    call, diagnostic, exercise, judged, matrix, printed, rule, tolerance, unwritten, vector, wrong,
};
use crate::grade::{CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Verdict, Wanted};

/// The matrix of the notebook, divided by the sum of all.
pub fn softmax() -> ExerciseReport {
    let args = vec![matrix(array![[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])];
    let expected = matrix(array![
        [9.80897665e-01, 8.94462891e-04, 1.79657674e-02, 1.21052389e-04, 1.21052389e-04],
        [8.78679856e-01, 1.18916387e-01, 8.01252314e-04, 8.01252314e-04, 8.01252314e-04],
    ]);
    let actual = matrix(array![
        [
            0.852154956552608,
            0.0007770647367382155,
            0.015607762461462532,
            0.00010516427623965027,
            0.00010516427623965027,
        ],
        [
            0.11532663240653057,
            0.015607762461462532,
            0.00010516427623965027,
            0.00010516427623965027,
            0.00010516427623965027,
        ],
    ]);
    let half_units =
        array![[5e-10, 5e-13, 5e-11, 5e-13, 5e-13], [5e-10, 5e-10, 5e-13, 5e-13, 5e-13]];
    let example = CaseReport {
        source: Some("Python Basics with NumPy, softmax".into()),
        mistake: Some("whole_matrix".into()),
        feedback: Some("You divided by the sum of the whole matrix. Sum each row.".into()),
        ..judged(
            call("two rows of five scores", "softmax", args),
            actual,
            expected,
            printed(Value::Array(half_units.into_dyn())),
        )
    };
    let overflow = CaseReport {
        feedback: Some("Subtract each row's maximum before exponentiating.".into()),
        weight: 2,
        ..wrong(
            call("large scores do not overflow", "softmax", vec![matrix(array![[1000.0, 1000.0]])]),
            matrix(array![[f64::NAN, f64::NAN]]),
            matrix(array![[0.5, 0.5]]),
        )
    };
    let mut column = overflow.clone();
    column.name = "one column is all ones".into();
    exercise("softmax", "Softmax")
        .case(example)
        .case(overflow)
        .case(column)
        .case(call("one row", "softmax", vec![matrix(array![[1.0, 2.0, 3.0, 4.0]])]))
        .scored(ExerciseVerdict::Failed, 2, 1)
}

/// An exercise that passes while it prints.
pub fn chatty() -> ExerciseReport {
    let mut case = call("three", "basic_sigmoid", vec![Value::Float(3.0)]);
    case.output = "x = 3\n1 + e^-x = 1.049787\n".into();
    let mut exercise = exercise("basic_sigmoid", "Sigmoid of a number").passed("basic_sigmoid");
    exercise.cases.push(case);
    exercise
}

/// One function is right, one has another type, one is not written yet.
pub fn vector_ops() -> ExerciseReport {
    let mistyped = |name| CaseReport {
        verdict: Verdict::WrongType,
        delivered: None,
        duration: None,
        message: "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\n\
                  yours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
            .into(),
        ..call(name, "add_scalar", vec![vector(&[1.0, 2.0, 3.0]), Value::Int(3)])
    };
    exercise("vector_ops", "Functions of vectors")
        .case(call("e to the 1, 2, 3", "exp", vec![vector(&[1.0, 2.0, 3.0])]))
        .case(mistyped("three more"))
        .case(mistyped("a matrix"))
        .case(unwritten("reciprocal"))
        .scored(ExerciseVerdict::Failed, 5, 2)
        .diagnosed(diagnostic(
            "error[E0277]: the grader cannot call this function\n  \
             --> exercises/src/vector_ops.rs:48:45\n   |\n\
             48 | pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64> {\n   \
             |                                       ^^^ an f32 cannot be filled\n",
            ("E0277", "the grader cannot call this function"),
            "vector_ops",
            (48, 45..48),
        ))
}

/// A file that does not compile.
pub fn broken() -> ExerciseReport {
    let rendered = "\u{1b}[1m\u{1b}[91merror[E0308]\u{1b}[0m\u{1b}[1m: mismatched types\u{1b}[0m\n  \
        \u{1b}[1m\u{1b}[94m--> \u{1b}[0mexercises/src/sigmoid.rs:52:5\n   \
        \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   \
        |                                    ----------- expected `ArrayBase<..>`\n\
        52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\n\
        error: aborting due to 1 previous error\n";
    let case = CaseReport {
        verdict: Verdict::DidNotCompile,
        message: String::new(),
        delivered: None,
        duration: None,
        ..call("a vector", "sigmoid", vec![])
    };
    let diagnostic = diagnostic(rendered, ("E0308", "mismatched types"), "sigmoid", (52, 5..8));
    exercise("sigmoid", "Sigmoid").case(case).diagnosed(diagnostic).scored(
        ExerciseVerdict::DidNotCompile,
        0,
        1,
    )
}

/// A row where a column is wanted.
pub fn image2vector() -> ExerciseReport {
    let image = Value::Array(Array3::from_elem((3, 3, 2), 0.5).into_dyn());
    let column = Value::Array(Array2::from_elem((18, 1), 0.5).into_dyn());
    let row = Value::Array(Array2::from_elem((1, 18), 0.5).into_dyn());
    let case = CaseReport {
        feedback: Some("The result is a column: (length * height * depth, 1).".into()),
        source: Some("Python Basics with NumPy, image2vector".into()),
        ..wrong(call("a 3×3×2 image", "image2vector", vec![image]), row, column)
    };
    exercise("image2vector", "Images as vectors").case(case).scored(ExerciseVerdict::Failed, 0, 1)
}

/// A panic, after some output.
pub fn normalize_rows() -> ExerciseReport {
    let args = vec![matrix(array![[0.0, 3.0, 4.0], [2.0, 6.0, 4.0]])];
    let case = CaseReport {
        verdict: Verdict::Panicked,
        delivered: Some(Delivered::Panic {
            message: "ndarray: could not broadcast array from shape: [2] to: [2, 3]".into(),
            location: Some("exercises/src/normalize_rows.rs:61:7".into()),
        }),
        message: "panicked".into(),
        output: "norms = [5, 7.483314773547883]\n".into(),
        ..call("two rows", "normalize_rows", args)
    };
    exercise("normalize_rows", "Normalizing rows")
        .case(call("two rows", "row_norms", vec![]))
        .case(case)
        .scored(ExerciseVerdict::Failed, 10, 2)
}

/// A loop without an end, and other ways to stop.
pub fn dot() -> ExerciseReport {
    let x1 = vector(&[9.0, 2.0, 5.0, 0.0, 0.0, 7.0, 5.0, 0.0, 0.0, 0.0, 9.0, 2.0, 5.0, 0.0]);
    let x2 = vector(&[9.0, 2.0, 2.0, 9.0, 0.0, 9.0, 2.0, 5.0, 0.0, 0.0, 9.0, 2.0, 5.0, 0.0]);
    let stopped = |verdict, message: &str| CaseReport {
        verdict,
        delivered: None,
        message: message.into(),
        ..call("the notebook's vectors", "classic_dot", vec![x1.clone(), x2.clone()])
    };
    exercise("dot", "Dot product")
        .case(stopped(Verdict::TimedOut, "the call was stopped after 2 s"))
        .case(stopped(Verdict::StackOverflow, "the stack overflowed: does the recursion end?"))
        .case(stopped(Verdict::Crashed, "the process exited with code 0"))
        .scored(ExerciseVerdict::Failed, 0, 1)
}

/// One rule that is kept, and one that is not.
pub fn outer() -> ExerciseReport {
    let broken = CaseReport {
        verdict: Verdict::RuleBroken,
        message:
            "`for` is not allowed in `outer`: use ndarray's methods (exercises/src/outer.rs:77, \
                  exercises/src/outer.rs:61 in `scaled`)"
                .into(),
        ..rule("outer")
    };
    exercise("outer", "Outer product")
        .case(call("two by three", "outer", vec![]))
        .case(broken)
        .case(rule("scaled"))
        .scored(ExerciseVerdict::Failed, 20, 3)
}

/// What waits for another exercise.
pub fn blocked() -> ExerciseReport {
    let case = CaseReport {
        verdict: Verdict::Blocked,
        delivered: None,
        duration: None,
        message: "it needs dot".into(),
        ..call("two vectors", "outer", vec![])
    };
    exercise("outer", "Outer product").case(case).scored(ExerciseVerdict::Blocked, 0, 1)
}

/// Two wrong elements among many.
pub fn general_dot() -> ExerciseReport {
    let x = vector(&[1.0, -2.0, 0.5]);
    let w = Value::Array(Array2::from_elem((9, 3), 0.25).into_dyn());
    let expected = Array1::linspace(0.0, 8.0, 9) / 4.0;
    let mut actual = expected.clone();
    actual[3] = 0.0;
    actual[7] = -1.75;
    let case = wrong(
        call("nine rows", "classic_general_dot", vec![w, x]),
        Value::Array(actual.into_dyn()),
        Value::Array(expected.into_dyn()),
    );
    exercise("general_dot", "Matrix times vector").case(case).case(unwritten("general_dot")).scored(
        ExerciseVerdict::Failed,
        0,
        1,
    )
}

/// A number that is not right.
pub fn l1_loss() -> ExerciseReport {
    let args = vec![vector(&[0.9, 0.2, 0.1, 0.4, 0.9]), vector(&[1.0, 0.0, 0.0, 1.0, 1.0])];
    let half_unit = Value::Array(ndarray::arr0(0.05).into_dyn());
    let case = CaseReport {
        feedback: Some("Sum the absolute differences: abs() comes before sum().".into()),
        source: Some("Python Basics with NumPy, L1".into()),
        ..judged(
            call("the notebook's vectors", "l1_loss", args),
            Value::Float(0.4999999999999999),
            Value::Float(1.1),
            printed(half_unit),
        )
    };
    exercise("l1_loss", "L1 loss").case(case).scored(ExerciseVerdict::Failed, 0, 1)
}

/// A sigmoid that is a half everywhere.
pub fn flat_sigmoid() -> ExerciseReport {
    let x = Array1::linspace(-4.0, 4.0, 9);
    let expected = x.mapv(|x: f64| 1.0 / (1.0 + (-x).exp()));
    let actual = Value::Array(Array1::from_elem(9, 0.5).into_dyn());
    let half = CaseReport {
        wanted: Wanted::Value(Value::Float(0.5), tolerance()),
        delivered: Some(Delivered::Value(Value::Float(0.5))),
        ..call("zero", "sigmoid", vec![Value::Float(0.0)])
    };
    let vector = call("from -4 to 4", "sigmoid", vec![Value::Array(x.into_dyn())]);
    exercise("sigmoid", "Sigmoid")
        .case(half)
        .case(wrong(vector, actual, Value::Array(expected.into_dyn())))
        .scored(ExerciseVerdict::Failed, 5, 1)
}

/// A product of which a part is wrong, as a matrix too large for a table.
pub fn large_outer() -> ExerciseReport {
    let x = Array1::linspace(0.0, 11.0, 12);
    let expected = Array2::from_shape_fn((12, 20), |(row, column)| x[row] * column as f64);
    let mut actual = expected.clone();
    for row in 3..9 {
        for column in row..18 {
            actual[[row, column]] += (column - row) as f64 * 0.7_f64.powi(column as i32 - 10);
        }
    }
    actual[[11, 19]] = f64::NAN;
    let columns = Array1::linspace(0.0, 19.0, 20);
    let args = vec![Value::Array(x.into_dyn()), Value::Array(columns.into_dyn())];
    let case = wrong(
        call("twelve by twenty", "outer", args),
        Value::Array(actual.into_dyn()),
        Value::Array(expected.into_dyn()),
    );
    exercise("outer", "Outer product").case(case).scored(ExerciseVerdict::Failed, 0, 1)
}
