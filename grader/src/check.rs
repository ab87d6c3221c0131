//! Checking: whether the fixtures of a course tell right solutions from wrong ones.

pub mod mutants;
