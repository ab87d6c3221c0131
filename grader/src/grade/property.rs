//! Properties hold of wrong functions, too: a constant one is symmetric.

use super::report::{CaseKind, CaseReport};
use super::standing::standing;
use super::verdict::Verdict;

/// Takes back the properties that hold of functions without a single right value.
pub fn hold_back(cases: &mut [CaseReport]) {
    for index in 0..cases.len() {
        let case = &cases[index];
        if case.kind != CaseKind::Property || case.verdict != Verdict::Passed {
            continue;
        }
        let standing = standing(cases, &case.function, case.hidden);
        let verdict = standing.map_or(Verdict::NotImplemented, |best| best.verdict);
        if verdict != Verdict::Passed {
            let message = format!(
                "the property holds, and counts once `{}` gives a right value",
                case.function
            );
            let case = &mut cases[index];
            case.verdict = verdict;
            case.message = message;
        }
    }
}
