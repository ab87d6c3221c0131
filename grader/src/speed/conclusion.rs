//! What is to be seen in the times, in one sentence.

use super::report::{Author, Report};

/// Within this factor two times are about the same: the same code differs as much between two
/// programs.
const SAME: f64 = 1.25;

/// From this factor on, which is Python's, a loop does far more than its arithmetic.
const FAR: f64 = 100.0;

impl Report {
    /// What is to be seen, in one sentence.
    #[must_use]
    pub fn conclusion(&self) -> String {
        let (whose, gains) = match self.gains(Author::Learner) {
            gains if gains.is_empty() => ("The reference's", self.gains(Author::Reference)),
            gains => ("Your", gains),
        };
        let [least, most] = [f64::min, f64::max].map(|pick| gains.iter().copied().reduce(pick));
        let (Some(least), Some(most)) = (least, most) else {
            return "There is nothing to compare yet: no loop was timed beside its vectorised \
                    form."
                .into();
        };
        let (low, high) = (factor(least), factor(most));
        let range = if low == high { low } else { format!("{low} to {high}") };
        let meaning = if least >= 1.0 / SAME && most <= SAME {
            "which is about the same"
        } else if least >= 1.0 {
            "which is worth having"
        } else if most <= 1.0 {
            "so here the loop wins"
        } else {
            "depending on the function and the size"
        };
        let reason = if most < FAR {
            "rustc compiles a loop to machine code, so it is not slow in the way Python's is"
        } else {
            "such a loop must do far more than its arithmetic, since rustc compiles it to machine \
             code, unlike Python"
        };
        format!(
            "{whose} vectorised code is {range} times as fast as the loop, {meaning}: {reason}."
        )
    }
}

/// A factor with two digits.
fn factor(factor: f64) -> String {
    match factor {
        ..0.0995 => format!("{factor:.3}"),
        ..0.995 => format!("{factor:.2}"),
        ..9.95 => format!("{factor:.1}"),
        _ => format!("{factor:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Form;
    use super::super::sample::{report, took};
    use super::*;

    /// What is concluded of functions of an author that are so many times as fast as their loops.
    fn concluded(author: Author, gains: &[f64]) -> String {
        let size = |gain: &f64| {
            let fast = took(author, Form::Vectorised, 1000.0 / gain);
            (14, Some(vec![took(author, Form::Loop, 1000.0), fast]))
        };
        let (first, others) = gains.split_at(1);
        let sizes = |gains: &[f64]| gains.iter().map(size).collect();
        report(vec![sizes(first), sizes(others)]).conclusion()
    }

    #[test]
    fn the_range_of_all_gains_is_told_in_one_sentence() {
        for (gains, parts) in [
            (&[1.02, 0.97, 1.0][..], ["is 0.97 to 1.0 times", "about the same: rustc"]),
            (&[1.5, 42.4], ["is 1.5 to 42 times", "worth having: rustc"]),
            (&[0.5, 0.75], ["is 0.50 to 0.75 times", "the loop wins: rustc"]),
            (&[0.05, 3.0, 2.0], ["is 0.050 to 3.0 times", "the size: rustc"]),
            (&[2.0, 150.0], ["is 2.0 to 150 times", "worth having: such a loop must"]),
            (&[2.0], ["is 2.0 times as fast", "worth having: rustc"]),
        ] {
            let conclusion = concluded(Author::Learner, gains);
            for part in parts {
                assert!(conclusion.contains(part), "{part}: {conclusion}");
            }
            assert!(conclusion.starts_with("Your vectorised code "), "{conclusion}");
            assert!(!conclusion.contains(". "), "{conclusion}");
        }
    }

    #[test]
    fn the_reference_speaks_for_a_learner_who_has_written_nothing() {
        let conclusion = concluded(Author::Reference, &[1.5]);
        assert!(conclusion.starts_with("The reference's vectorised code is 1.5 "), "{conclusion}");
    }

    #[test]
    fn nothing_is_concluded_from_nothing() {
        let alone = vec![vec![(14, Some(vec![took(Author::Learner, Form::Loop, 1.0)]))]];
        for comparisons in [vec![], alone] {
            assert!(
                report(comparisons).conclusion().starts_with("There is nothing to compare yet")
            );
        }
    }
}
