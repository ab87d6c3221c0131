//! The parts of literal reports.

use std::ops::Range;
use std::time::Duration;

use harness::Value;
use ndarray::{Array1, Array2};

use crate::compare::{Mismatch, compare};
use crate::course::Points;
use crate::course::{Demand, LOOPS, NanPolicy, Origin, Precision, Rule, Tolerance};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::grade::report::{CaseKind, Provenance, SectionReport, Subject};
use crate::grade::{
    CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Report, Verdict, Wanted,
};
use crate::sandbox::Isolation;

/// An exercise for 10 points that is not written yet.
pub fn exercise(name: &str, title: &str) -> ExerciseReport {
    ExerciseReport {
        name: name.into(),
        title: title.into(),
        summary: String::new(),
        path: format!("exercises/src/{name}.rs"),
        score: Points::ZERO,
        points: Points::from_integer(10),
        verdict: ExerciseVerdict::NotImplemented,
        diagnostics: Diagnostics::default(),
        on_reference: vec![],
        hints: 3,
        cases: vec![],
    }
}

impl ExerciseReport {
    /// With one more case.
    pub fn case(mut self, case: CaseReport) -> Self {
        self.cases.push(case);
        self
    }

    /// With this result.
    pub fn scored(self, verdict: ExerciseVerdict, score: i128, parts: i128) -> Self {
        Self { verdict, score: Points::new(score, parts), ..self }
    }

    /// With this from rustc.
    pub fn diagnosed(self, diagnostic: Diagnostic) -> Self {
        Self { diagnostics: [diagnostic].iter().collect(), ..self }
    }

    /// With one case, which passes.
    pub fn passed(self, function: &str) -> Self {
        self.case(call("an example", function, vec![])).scored(ExerciseVerdict::Passed, 10, 1)
    }

    /// With a reference in the place of this dependency.
    pub fn on_reference(mut self, name: &str) -> Self {
        self.on_reference.push(name.into());
        self
    }
}

/// What rustc shows as this, which points at these columns of a line of the exercise's file.
pub fn diagnostic(
    rendered: &str,
    (code, message): (&str, &str),
    exercise: &str,
    (line, columns): (usize, Range<usize>),
) -> Diagnostic {
    let start = Place::point(format!("exercises/src/{exercise}.rs"), line, columns.start);
    Diagnostic {
        rendered: rendered.into(),
        code: Some(code.into()),
        places: vec![Place { end_column: columns.end, ..start }],
        ..Diagnostic::nowhere(message)
    }
}

/// A case that passes: it gets the 1 it wants.
pub fn call(name: &str, function: &str, args: Vec<Value>) -> CaseReport {
    CaseReport {
        inputs: None,
        name: name.into(),
        function: function.into(),
        kind: CaseKind::Case,
        verdict: Verdict::Passed,
        weight: 1,
        hidden: false,
        args,
        wanted: Wanted::Value(Value::Float(1.0), tolerance()),
        delivered: Some(Delivered::Value(Value::Float(1.0))),
        mismatch: None,
        mistake: None,
        feedback: None,
        source: None,
        message: String::new(),
        place: None,
        output: String::new(),
        output_cut: false,
        called: true,
        duration: Some(Duration::from_micros(412)),
    }
}

/// A rule for a function without loops, which is kept.
pub fn rule(function: &str) -> CaseReport {
    let demand = Demand::Forbid(LOOPS.map(str::to_owned).to_vec());
    let rule = Rule { function: function.into(), demand, hidden: false, origin: Origin::default() };
    CaseReport {
        kind: CaseKind::Rule,
        wanted: Wanted::Rule(rule.demand.clone()),
        delivered: None,
        called: false,
        duration: None,
        ..call(&rule.to_string(), function, vec![])
    }
}

/// A case whose function is still `todo!()`.
pub fn unwritten(function: &str) -> CaseReport {
    CaseReport {
        verdict: Verdict::NotImplemented,
        delivered: Some(Delivered::Panic {
            message: "not yet implemented".into(),
            location: Some("exercises/src/lib.rs:1:1".into()),
        }),
        message: "not yet implemented".into(),
        ..call("an example", function, vec![])
    }
}

/// A case that returns this instead of that.
pub fn wrong(case: CaseReport, actual: Value, expected: Value) -> CaseReport {
    judged(case, actual, expected, tolerance())
}

pub fn judged(
    case: CaseReport,
    actual: Value,
    expected: Value,
    tolerance: Tolerance,
) -> CaseReport {
    let mismatch = compare(&actual, &expected, &tolerance).expect_err("the sample is wrong");
    let verdict = match mismatch {
        Mismatch::Shape { .. } => Verdict::WrongShape,
        Mismatch::Kind { .. } => Verdict::WrongType,
        _ => Verdict::WrongValue,
    };
    CaseReport {
        verdict,
        message: mismatch.to_string(),
        place: Some(Place::point(format!("exercises/src/{}.rs", case.function), 40, 1)),
        mismatch: Some(mismatch),
        wanted: Wanted::Value(expected, tolerance),
        delivered: Some(Delivered::Value(actual)),
        ..case
    }
}

pub fn tolerance() -> Tolerance {
    Tolerance {
        abs: 1e-12,
        rel: 1e-7,
        ulps: None,
        precision: Precision::Exact,
        nan: NanPolicy::Equal,
    }
}

pub fn printed(half_units: Value) -> Tolerance {
    let Value::Array(half_units) = half_units else { panic!("bounds are floats") };
    Tolerance { precision: Precision::Printed(half_units), ..tolerance() }
}

pub fn vector(elements: &[f64]) -> Value {
    Value::Array(Array1::from(elements.to_vec()).into_dyn())
}

pub fn matrix(elements: Array2<f64>) -> Value {
    Value::Array(elements.into_dyn())
}

/// These exercises under the headings of the course.
pub fn report(exercises: impl IntoIterator<Item = ExerciseReport>) -> Report {
    let mut exercises = exercises.into_iter();
    let mut section = |title: &str, count| SectionReport {
        title: title.into(),
        exercises: exercises.by_ref().take(count).collect(),
    };
    Report {
        course: subject("Python Basics with NumPy, in Rust", "c0"),
        submission: subject("exercises", "5b"),
        isolation: Isolation::Full,
        provenance: Provenance {
            grader: "0.1.0".into(),
            grader_hash: || "97ade7".into(),
            rustc: "1.95.0".into(),
            seed: 20_190_529,
        },
        duration: Some(Duration::from_micros(612_345)),
        sections: vec![
            section("Building basic functions", 5),
            section("Reshaping arrays", 1),
            section("Broadcasting", 2),
            section("Vectorization", 4),
            section("Loss functions", 2),
        ],
        left_out: vec![("lib.rs".into(), "the grader writes its own".into())],
    }
}

pub fn subject(title: &str, hash: &str) -> Subject {
    Subject { title: title.into(), hash: hash.into() }
}
