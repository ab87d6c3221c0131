//! What the attacks have in common: which function they sit in, and how they are graded.

use std::process::{Command, Output};

use serde_json::Value;

use crate::project::{Graded, Submission, grader, root, text};

/// What a run goes without, as the environment variable `GRADER_TEST` says it.
pub const NOTHING: &str = "";
/// No box around rustc and the workers: only processes, groups and limits.
pub const BOX: &str = "no-box";
/// No look at the tokens before rustc.
pub const LOOK: &str = "no-look";
/// Neither.
pub const BOX_AND_LOOK: &str = "no-box,no-look";

/// What an attack says when it got what it wanted.
pub const ESCAPED: &str = "ESCAPED";

/// The case in which the attacks on a call are made.
const ATTACKED: &str = "large scores do not overflow";

const SOFTMAX: &str = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";

/// The references, with `body` run in `softmax` when it is asked for `[[1000, 1000]]`.
pub fn attacked(body: &str) -> Submission {
    let attack =
        format!("{SOFTMAX}\n    if x.len() == 2 && x[[0, 0]] == 1000.0 {{\n        {body}\n    }}");
    Submission::perfect().with_change("softmax.rs", SOFTMAX, &attack)
}

/// The references, with `body` run at the beginning of every call of `softmax`.
pub fn every_call(body: &str) -> Submission {
    Submission::perfect().with_change("softmax.rs", SOFTMAX, &format!("{SOFTMAX}\n    {body}"))
}

/// The references, with `items` at the end of the file of `softmax`.
pub fn beside(items: &str) -> Submission {
    let text = std::fs::read_to_string(root().join("solutions/src/softmax.rs")).unwrap();
    Submission::perfect().with("softmax.rs", &format!("{text}\n{items}\n"))
}

/// The command that grades a submission, without some of the protection.
pub fn command(submission: &Submission, without: &str) -> Command {
    let mut command = grader(&root());
    command.env("GRADER_TEST", without).args(["run", "--submission"]).arg(submission.folder());
    command
}

/// Grades a submission, without some of the protection.
pub fn grade(submission: &Submission, without: &str, args: &[&str]) -> Graded {
    let output = command(submission, without).args(["--format", "json"]).args(args).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    graded(&output)
}

/// The report that a run with `--format json` printed.
pub fn graded(output: &Output) -> Graded {
    Graded(serde_json::from_slice(&output.stdout).unwrap())
}

/// The case in which the attack was made.
pub fn case(graded: &Graded) -> &Value {
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    cases.iter().find(|case| case["name"] == ATTACKED).unwrap()
}

/// A text of a report; empty if it is not there.
pub fn shown<'a>(object: &'a Value, key: &str) -> &'a str {
    object[key].as_str().unwrap_or_default()
}

/// Checks that the attacked case got this verdict and no other case or exercise lost anything.
pub fn costs_its_case(graded: &Graded, verdict: &str) {
    assert_eq!(case(graded)["verdict"], verdict, "{}", shown(case(graded), "message"));
    let verdicts = graded.case_verdicts("softmax");
    let others = verdicts.iter().filter(|it| **it == "passed").count();
    assert_eq!(others, verdicts.len() - 1, "{verdicts:?}");
    let imperfect = graded.imperfect();
    assert!(imperfect.len() == 1 && imperfect[0].starts_with("softmax: failed"), "{imperfect:?}");
}

/// Checks that nothing was lost.
pub fn costs_nothing(graded: &Graded) {
    for exercise in graded.0["exercises"].as_array().unwrap() {
        let diagnostics = shown(exercise, "diagnostics");
        for case in exercise["cases"].as_array().unwrap() {
            let (name, message) = (shown(case, "name"), shown(case, "message"));
            assert_eq!(case["verdict"], "passed", "{name}: {message}{diagnostics}");
        }
        assert_eq!(exercise["verdict"], "passed");
    }
}

/// Whether the kernel here can make the box. Where it cannot, nobody promises what the box does,
/// and the tests of it do not say anything.
#[cfg(target_os = "linux")]
pub fn has_box(graded: &Graded) -> bool {
    let full = graded.0["isolation"] == "full";
    if !full {
        eprintln!("not tested: this kernel has no Landlock");
    }
    full
}
