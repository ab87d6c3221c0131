//! Grades a course of Rust exercises against fixtures.

pub mod compare;
pub mod course;
