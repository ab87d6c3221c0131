//! Grading: from what the calls did to verdicts, points and a report.

mod exercise;
mod grading;
mod judge;
mod mistakes;
mod parallel;
pub mod report;
mod rule;
mod verdict;

pub use grading::Grading;
pub use report::{CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Report, Wanted};
pub use verdict::Verdict;
