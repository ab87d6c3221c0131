//! Grades a course of Rust exercises against fixtures.

pub mod build;
pub mod compare;
pub mod course;
pub mod grade;
pub mod run;
pub mod sandbox;
pub mod submission;
pub mod workspace;
