//! How far a function has come.

use super::report::{CaseKind, CaseReport, Wanted};
use super::verdict::Verdict;

/// The best of the cases that compare what a function returns with values; those that are hidden
/// count for what is hidden itself, so that nothing of them shows elsewhere.
pub fn standing<'c>(
    cases: &'c [CaseReport],
    function: &str,
    hidden: bool,
) -> Option<&'c CaseReport> {
    let compares = |case: &&CaseReport| {
        let visible = hidden || !case.hidden;
        let says_something = match &case.wanted {
            // Anyone can return nothing.
            Wanted::Value(value, _) => !value.is_empty(),
            Wanted::Reference => true,
            _ => false,
        };
        let compares = says_something && case.kind != CaseKind::Property;
        visible && case.function == function && compares
    };
    // Of a function that is written in part, what is written counts.
    cases.iter().filter(compares).min_by_key(|case| match case.verdict {
        Verdict::Passed => 0,
        Verdict::NotImplemented => 2,
        _ => 1,
    })
}
