//! Switches for the project's own tests.

/// Whether `GRADER_TEST`, a list with commas, names a switch. Only builds with debug assertions
/// look at it.
#[must_use]
pub fn is_set(name: &str) -> bool {
    cfg!(debug_assertions)
        && std::env::var("GRADER_TEST").is_ok_and(|list| list.split(',').any(|it| it == name))
}
