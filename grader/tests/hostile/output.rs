//! Text of a submission's that means something to whoever reads the report.

use std::fs;

use crate::attack::{NOTHING, attacked, beside, case, command, costs_nothing, every_call, grade};
use crate::attack::{graded, shown};
use crate::project::{Submission, text};

/// What the grader prints in each format, and to standard error.
fn printed(submission: &Submission, args: &[&str]) -> Vec<String> {
    let print = |format: &str| {
        let mut command = command(submission, NOTHING);
        let output = command.args(["softmax", "--format", format]).args(args).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        [text(&output.stdout), text(&output.stderr)]
    };
    ["terminal", "json"].map(print).concat()
}

/// The runner of a course server reads commands from lines that begin so.
#[test]
fn r_19_no_line_of_output_is_a_command_to_the_runner() {
    let points =
        "::notice title=Autograding report::{\\\"totalPoints\\\":100,\\\"maxPoints\\\":100}";
    let says = format!(
        "println!(\"{points}\\n##[set-output name=score]100\\n::add-mask::passed\");
        eprintln!(\"{points}\"); panic!(\"\\n{points}\\n::stop-commands::x\");"
    );
    for submission in [attacked(&says), every_call(&says)] {
        for printed in printed(&submission, &["--verbose"]) {
            let commands =
                printed.lines().filter(|it| it.starts_with("::") || it.starts_with("##["));
            assert_eq!(commands.count(), 0, "{printed}");
        }
    }
}

/// No sequence that repaints the screen, no turned text, no character that XML cannot hold.
fn assert_tame(printed: &str) {
    let wild = printed.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t');
    assert_eq!(wild, None, "{printed}");
    for turning in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{feff}', '\u{2028}'] {
        assert!(!printed.contains(turning), "{turning:?} in {printed}");
    }
}

/// As a text in a learner's source.
const WILD: &str = "\\u{1b}[2J\\u{1b}]0;title\\u{7}\\u{1b}]8;;https://evil.example\\u{1b}\\\\link\\u{9b}31m\
                    \\u{202e}desrever\\u{2066}\\u{feff}\\0\\u{8}\\r\\u{1b}P+q\\u{1b}\\\\<b>&amp;</b>=1+1";

#[test]
fn r_20_escape_sequences_in_output_reach_no_report() {
    let submission = attacked(&format!("println!(\"{WILD}\"); eprint!(\"{WILD}\");"));
    for printed in printed(&submission, &["--verbose"]) {
        assert_tame(&printed);
    }
    let graded = grade(&submission, NOTHING, &["softmax"]);
    costs_nothing(&graded);
    let output = shown(case(&graded), "stdout");
    assert!(output.contains("link"), "{output}");
    assert_tame(output);
}

#[test]
fn r_20_escape_sequences_in_a_panic_reach_no_report() {
    let submission = attacked(&format!("panic!(\"{WILD}\")"));
    for printed in printed(&submission, &[]) {
        assert_tame(&printed);
    }
    let graded = grade(&submission, NOTHING, &["softmax"]);
    assert_eq!(case(&graded)["verdict"], "panicked");
    assert_tame(shown(case(&graded), "message"));
}

#[test]
fn r_20_escape_sequences_in_a_source_reach_no_report() {
    // rustc shows the line with the error, and what `compile_error!` says.
    let submission = beside(&format!(
        "compile_error!(\"{WILD}\");\nfn wild() {{ let \u{202e}x: u8 = \"\u{1b}[2J\u{9b}31m\"; }}"
    ));
    for printed in printed(&submission, &["--verbose"]) {
        assert_tame(&printed);
    }
    let graded = grade(&submission, NOTHING, &["softmax"]);
    assert_eq!(graded.imperfect(), ["softmax: did not compile 0"]);
    assert_tame(shown(graded.exercise("softmax"), "diagnostics"));
}

#[test]
fn r_20_bytes_that_are_no_text_do_no_harm() {
    let bytes = "use std::io::Write;
        std::io::stdout().write_all(&(0..=255).collect::<Vec<u8>>()).unwrap();
        std::io::stdout().write_all(b\"\\xff\\xfe\\xed\\xa0\\x80\\xc0\\x80\").unwrap();";
    let submission = attacked(bytes);
    for printed in printed(&submission, &["--verbose"]) {
        assert_tame(&printed);
    }
}

/// The names of files are a learner's text, too.
#[cfg(target_os = "linux")]
#[test]
fn r_20_names_of_files_reach_no_report_as_they_are() {
    use std::os::unix::ffi::OsStrExt;

    let submission = Submission::perfect();
    for name in
        [b"\x1b[2J.rs".as_slice(), b"new\nline.rs", b"\xff.rs", b"::notice::x.rs", b"=1+1.rs"]
    {
        let file = submission.folder().join(std::ffi::OsStr::from_bytes(name));
        fs::write(file, "pub fn x() {}").unwrap();
    }
    for printed in printed(&submission, &["--verbose"]) {
        assert_tame(&printed);
        assert!(!printed.lines().any(|line| line.starts_with("::")), "{printed}");
    }
}

/// A hidden case tells nothing about itself, whatever the function prints, returns or panics with.
#[test]
fn r_18_hidden_cases_come_out_by_no_way() {
    let overlay = tempfile::tempdir().unwrap();
    let cases = "[[case]]\nname = \"hidden-name\"\nargs = [[[7.125, 0]]]\nexpected = [[0.5, 0.25]]\nfeedback = \"hidden-feedback\"\n";
    fs::write(overlay.path().join("softmax.toml"), cases).unwrap();
    let folder = overlay.path().to_str().unwrap();
    for body in [
        "println!(\"{x:?}\");",
        "panic!(\"{x:?}\");",
        "return x.clone();",
        "if x[[0, 0]] == 7.125 { std::process::exit(7); }",
        "if x.iter().any(|it| *it == 7.125) { println!(\"it is 7.125\"); loop {} }",
    ] {
        let body = format!("if !x.is_empty() {{ {body} }}");
        for printed in printed(&every_call(&body), &["--verbose", "--fixtures", folder]) {
            for secret in ["7.125", "hidden-name", "hidden-feedback", "0.25,"] {
                assert!(!printed.contains(secret), "{secret}: {body}: {printed}");
            }
        }
    }
    let submission = every_call("std::thread::sleep(std::time::Duration::from_millis(5));");
    let mut command = command(&submission, NOTHING);
    let output = command.args(["softmax", "--format", "json", "--fixtures", folder]).output();
    let graded = graded(&output.unwrap());
    let hidden = &graded.exercise("softmax")["hidden_cases"];
    assert_eq!((&hidden["count"], &hidden["passed"]), (&1.into(), &0.into()));
}
