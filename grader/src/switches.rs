//! Switches for the grader's own tests.

/// Whether a word is in the comma-separated list `GRADER_TEST`, as `no-look` is where a test wants
/// learner code to get past the look at its tokens.
///
/// Only builds with debug assertions have switches.
#[must_use]
pub fn is_set(name: &str) -> bool {
    cfg!(debug_assertions)
        && std::env::var("GRADER_TEST").is_ok_and(|list| list.split(',').any(|word| word == name))
}
