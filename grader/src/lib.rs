//! Grades a course of Rust exercises against fixtures.

pub mod build;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod course;
pub mod exit_code;
pub mod grade;
pub mod report;
pub mod run;
pub mod sandbox;
pub mod signature;
pub mod stub;
pub mod submission;
pub mod workspace;
