//! Grading: from what the calls did to verdicts, points and a report.

mod exercise;
mod grading;
mod judge;
mod report;
mod verdict;

pub use grading::Grading;
pub use report::{
    CaseKind, CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Isolation, Provenance,
    Report, SectionReport, Subject, Wanted,
};
pub use verdict::Verdict;
