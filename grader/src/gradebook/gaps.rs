//! What a folder of results lacks.

use std::fmt::Write;

use crate::report::plural;

/// How many submissions are named of those that something is said of.
const NAMED: usize = 5;

/// What a folder of results lacks for a gradebook of the whole class.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Gaps {
    /// It does not say which submissions the class has.
    pub no_manifest: bool,
    /// The shards that never began, each as `3 of 8`.
    pub shards: Vec<String>,
    /// The shards that were not finished although the grader did not fail, each as `3 of 8`.
    pub unfinished: Vec<String>,
    /// The shards are of different gradings.
    pub mixed: bool,
    /// The submissions that have no record.
    pub missing: Vec<String>,
    /// The submissions that were graded otherwise than the others: with another course, grader or rustc.
    pub stale: Vec<String>,
}

impl Gaps {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is missing, in sentences.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.no_manifest {
            sentences.push("The results do not say which submissions the class has.".to_owned());
        }
        for (shards, what) in [(&self.shards, "never began"), (&self.unfinished, "did not finish")]
        {
            if !shards.is_empty() {
                let word = if shards.len() == 1 { "Shard" } else { "Shards" };
                sentences.push(format!("{word} {} {what}.", named(shards)));
            }
        }
        if self.mixed {
            sentences.push("The shards were not graded in the same way.".to_owned());
        }
        if !self.missing.is_empty() {
            let count = plural(self.missing.len(), "submission");
            sentences.push(format!("{count} not graded yet: {}.", named(&self.missing)));
        }
        if !self.stale.is_empty() {
            let count = plural(self.stale.len(), "submission");
            let named = named(&self.stale);
            sentences
                .push(format!("{count} graded with another course, grader or rustc: {named}."));
        }
        sentences
    }
}

/// The first of some names, and how many more there are.
fn named(names: &[String]) -> String {
    let mut text = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        _ = write!(text, " and {} more", names.len() - NAMED);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_few_words() {
        let gaps = Gaps {
            shards: vec!["3 of 8".into()],
            unfinished: vec!["1 of 8".into(), "2 of 8".into()],
            missing: (1..=7).map(|number| format!("s{number}")).collect(),
            stale: vec!["alice".into()],
            ..Gaps::default()
        };
        insta::assert_snapshot!(gaps.sentences().join("\n"), @"
        Shard 3 of 8 never began.
        Shards 1 of 8, 2 of 8 did not finish.
        7 submissions not graded yet: s1, s2, s3, s4, s5 and 2 more.
        1 submission graded with another course, grader or rustc: alice.
        ");
        assert!(Gaps::default().is_empty() && Gaps::default().sentences().is_empty());
    }
}
