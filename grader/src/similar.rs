//! Submissions that are alike although names, comments and the order of functions differ.
//!
//! The tokens of a submission are read with the names of its own left out. Fingerprints of runs of
//! tokens are chosen by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for
//! document fingerprinting", 2003), which finds every run of at least [`winnow::GUARANTEED`] tokens
//! that two submissions share. What the course itself holds, and what much of the class has, says
//! nothing and is left out. What remains is something to look at, and proves nothing.

mod names;
mod pairs;
mod regions;
mod source;
#[cfg(test)]
mod tests;
mod winnow;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use crate::report::json::Number;
use crate::submission::Submission;

pub use source::Source;
pub use winnow::GUARANTEED;

/// The share of the smaller submission, in percent, from which two submissions are listed.
pub const LISTED_FROM: f64 = 50.0;

/// How many pairs are listed.
const LISTED: usize = 200;

/// What is compared.
#[derive(Debug)]
pub struct Candidate {
    /// The submission's name.
    pub id: String,
    /// Who handed it in: attempts of one student are not compared with each other.
    pub student: String,
    /// What it holds.
    pub source: Source,
}

/// Which submissions are similar.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Similar {
    /// How many submissions were compared.
    pub compared: usize,
    /// The submissions that were not, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// How many pairs there are, also those that are not listed.
    pub found: usize,
    /// The pairs, the most similar first.
    pub pairs: Vec<Pair>,
}

/// A submission, or a file of one, that was not compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct LeftOut {
    /// The submission, or the file as `SUBMISSION/NAME.rs`.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// Two submissions that are similar.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Pair {
    /// One submission.
    pub one: String,
    /// The other.
    pub other: String,
    /// How much of the smaller one is in the other as well, in percent of what is its own.
    pub percent: Number,
    /// How many tokens the regions have.
    pub tokens: usize,
    /// Where they are alike, the longest region first.
    pub regions: Vec<Region>,
}

/// A run of tokens that is in both submissions of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Region {
    /// How many tokens it has.
    pub tokens: usize,
    /// Where it is in one.
    pub one: Lines,
    /// Where it is in the other.
    pub other: Lines,
}

/// Lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Lines {
    /// The file, `NAME.rs`.
    pub file: String,
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// Finds the similar submissions of a class. What is in `own`, the course's references and stubs,
/// is left out.
#[must_use]
pub fn similar(candidates: &[Candidate], own: &[Source]) -> Similar {
    let (found, listed) = pairs::pairs(candidates, own);
    Similar { compared: candidates.len(), left_out: Vec::new(), found, pairs: listed }
}

/// Reads what is compared of a submission, with the files that are left out.
#[must_use]
pub fn source(submission: &Submission) -> (Source, Vec<LeftOut>) {
    let mut source = Source::default();
    let mut left_out = Vec::new();
    for file in &submission.files {
        let added = match &file.text {
            Ok(text) => source.add(&file.name, text),
            Err(_) => Err("it is not UTF-8"),
        };
        if let Err(reason) = added {
            let what = format!("{}/{}.rs", submission.id, file.name);
            left_out.push(LeftOut { what, reason: reason.into() });
        }
    }
    (source, left_out)
}
