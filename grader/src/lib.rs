//! Grades a course of Rust exercises against fixtures.

mod authoring;
mod build;
mod check;
mod cli;
pub mod commands;
pub mod compare;
pub mod course;
mod digest;
mod draft;
pub mod exit_code;
mod grade;
mod history;
mod interrupt;
mod lock;
mod look;
mod machine;
mod paths;
mod report;
mod run;
mod sandbox;
mod schema;
mod signature;
pub mod stub;
mod submission;
mod switches;
mod syntax;
mod workspace;
