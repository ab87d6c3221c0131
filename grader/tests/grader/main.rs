//! The command as its users meet it: each test runs the real program.

mod commands;
mod compile_errors;
mod content;
mod deaths;
mod exit_codes;
mod project;
