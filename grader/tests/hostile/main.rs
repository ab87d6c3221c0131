//! Hostile submissions, each with the verdict it must get, and honest ones that must lose nothing.
//!
//! A test is named after the row of the table of threats that it belongs to: `b` is what happens
//! to sources and while they are compiled, `r` while they run, `g` while results are graded. What
//! only the box stops is also run without it, where it must succeed: else the test shows nothing.

#[cfg(feature = "archives")]
mod archives;
mod attack;
mod bombs;
mod deaths;
mod grading;
mod honest;
mod intake;
mod linking;
mod output;
#[path = "../grader/project.rs"]
#[expect(dead_code, reason = "the tests of the commands use the rest of it")]
mod project;
mod sources;
mod state;

#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod probe;
#[cfg(target_os = "linux")]
mod processes;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod frames;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod system_calls;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod zygotes;
