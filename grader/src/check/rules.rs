//! Rules that no code can break or keep, because a word in them is misspelt.

use super::{Checking, Findings};
use crate::course::{Demand, LOOPS, nearest, shown};

/// Looks for words that are no loop's but nearly are, and that no reference has in its code.
pub fn check(checking: &Checking<'_>, findings: &mut Findings) {
    let is_used = |word: &str| {
        let texts = checking.references.files.iter().filter_map(|file| file.text.as_deref().ok());
        let mut words =
            texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
        words.any(|other| other == word)
    };
    for rule in checking.course.exercises.iter().flat_map(|exercise| &exercise.rules) {
        let (Demand::Forbid(names) | Demand::Require(names)) = &rule.demand;
        for name in names.iter().filter(|name| !LOOPS.contains(&name.as_str())) {
            if let Some(meant) = nearest(name, LOOPS).filter(|_| !is_used(name)) {
                findings.warning(
                    &rule.origin,
                    format!("this rule of {} names {}", shown(&rule.function), shown(name)),
                    format!("nothing in the references is called so; did you mean `{meant}`?"),
                );
            }
        }
    }
}
