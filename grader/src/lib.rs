//! Grades a course of Rust exercises against fixtures.

mod authoring;
mod build;
mod check;
#[cfg(feature = "class")]
mod class;
mod cli;
pub mod commands;
pub mod compare;
pub mod course;
mod diagnostic;
mod digest;
mod draft;
pub mod exit_code;
mod grade;
#[cfg(feature = "class")]
mod gradebook;
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
#[cfg(feature = "class")]
mod similar;
mod sources;
mod speed;
pub mod stub;
mod submission;
mod switches;
mod syntax;
mod verify;
mod workspace;
