//! Grading: from what the calls did to verdicts, points and a report.

mod exercise;
mod grading;
mod judge;
mod locate;
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
pub use judge::{judge, judge_failure};
pub use mistakes::{explains, is_wrong};
#[cfg(feature = "class")]
pub use oracle::Programs;
pub use oracle::{Checks, References, Unanswered};
pub use plan::Plan;
pub use report::{
    CaseKind, CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Report, Wanted,
};
pub use trial::Sample;
pub use verdict::Verdict;
