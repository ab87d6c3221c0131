//! Linked into the worker: reads calls, runs the learner's functions, writes results.
//!
//! The grader uses the same crate for the [`Value`]s and the wire format, so that both ends of the
//! pipe agree by construction.

#![forbid(unsafe_code)]

mod value;

pub use value::Value;
