//! The shape of the JSON report, version 1.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// The version that these types describe.
pub const VERSION: u32 = 1;

/// The graded result of one submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema), schemars(title = "Report"))]
pub struct Document {
    /// The version of this format.
    #[serde(deserialize_with = "super::read::version")]
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    pub version: u32,
    /// The course it was graded against.
    pub course: Course,
    /// What was graded.
    pub submission: Submission,
    /// What it earned, at most `points`.
    pub score: Number,
    /// What the graded exercises are worth.
    pub points: Number,
    /// The score in percent of the points: 100 and 0 mean all and nothing, nothing else does.
    pub percent: Number,
    /// How well learner code was kept from the rest of the machine: `full` or `process`.
    #[cfg_attr(test, schemars(extend("enum" = ["full", "process"])))]
    pub isolation: String,
    /// What a second run needs to repeat this one.
    pub provenance: Provenance,
    /// Wall time of the whole, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// The exercises that were graded, in order.
    pub exercises: Vec<Exercise>,
}

/// The course of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Course {
    /// Its title.
    pub title: String,
    /// SHA-256 of its files, in hexadecimal.
    pub hash: String,
}

/// The submission of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Submission {
    /// The folder's name.
    pub id: String,
    /// SHA-256 of its files, in hexadecimal.
    pub hash: String,
}

/// What a second run needs to repeat this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Provenance {
    /// The grader's version.
    pub grader: String,
    /// SHA-256 of the grader's sources and of its lock file, in hexadecimal: the same on every
    /// machine.
    pub grader_hash: String,
    /// The version of rustc.
    pub rustc: String,
    /// Where generated inputs started from.
    pub seed: u64,
}

/// What became of one exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Exercise {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it earned, hidden cases included.
    pub score: Number,
    /// What it is worth.
    pub points: Number,
    /// The state of the whole, hidden cases included.
    #[cfg_attr(
        test,
        schemars(extend("enum" = ["passed", "failed", "not implemented", "did not compile", "blocked"]))
    )]
    pub verdict: String,
    /// What rustc said, without colours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<String>,
    /// The dependencies for which the reference stood in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_through: Vec<String>,
    /// How many cases are left out below since they are hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_cases: Option<HiddenCases>,
    /// The cases, in the fixture's order.
    pub cases: Vec<Case>,
}

/// All that a report says of hidden cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct HiddenCases {
    /// How many there are.
    pub count: usize,
    /// How many of them passed.
    pub passed: usize,
}

/// What became of one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The function that is called, or whose code is looked at.
    pub function: String,
    /// What kind of case it is: `case`, `generated`, `property` or `rule`.
    #[cfg_attr(test, schemars(extend("enum" = ["case", "generated", "property", "rule"])))]
    pub kind: String,
    /// What became of it.
    #[cfg_attr(
        test,
        schemars(extend("enum" = [
            "passed",
            "wrong value",
            "wrong shape",
            "wrong type",
            "panicked",
            "not implemented",
            "timed out",
            "out of memory",
            "stack overflow",
            "crashed",
            "rule broken",
            "did not compile",
            "blocked",
        ]))
    )]
    pub verdict: String,
    /// Its share of the exercise's points.
    pub weight: u32,
    /// Whether it comes from an overlay.
    pub hidden: bool,
    /// The arguments of the call, each as text, and where there were several calls those of one that
    /// failed; a rule calls nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub args: Option<Vec<String>>,
    /// What was wanted of the call, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What came, as text, if the call came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// How elements differ, if they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mismatch: Option<Mismatch>,
    /// The mistake that gives the same wrong result, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mistake: Option<String>,
    /// The fixture's sentence for whoever makes that mistake, or else for whoever fails the case,
    /// if it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
    /// What happened, if it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the call printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stdout: Option<String>,
    /// How long the function ran, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<Number>,
}

/// How elements differ from the expected ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Mismatch {
    /// How many elements are wrong.
    pub wrong: usize,
    /// How many there are.
    pub total: usize,
    /// The largest difference of a wrong element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_abs: Option<Number>,
    /// The largest difference in relation to the expected value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_rel: Option<Number>,
    /// The index of the largest error; empty for a scalar.
    pub worst: Vec<usize>,
    /// How far an element may be from the expected one, in words.
    pub tolerance: String,
}

/// A number that is written without a fraction where it has none: `140`, not `140.0`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Beyond this not every integer is a float.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() < EXACT {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}
