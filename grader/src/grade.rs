//! Grading: from what the calls did to verdicts, points and a report.

mod exercise;
mod grading;
mod judge;
mod mistakes;
mod oracle;
pub mod parallel;
mod plan;
mod property;
pub mod report;
mod rule;
mod shrinking;
mod standing;
mod trial;
mod verdict;

pub use grading::Grading;
pub use oracle::{References, Unanswered};
pub use report::{CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Report, Wanted};
pub use verdict::Verdict;
