//! Markdown, for a step summary or a comment.
//!
//! What fixtures say is escaped, and what learners say stands in code, so neither can become a
//! heading, a link, an image or HTML. There is no HTML of the report's own either.

use super::item::Item;
use super::state::{State, stand_ins, total, words};
use super::terminal::{Terminal, plural, took};
use super::visible::{Visible, distinct};
use super::{Exporter, text};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report, Verdict};

/// How long it may be, in bytes: GitHub drops a step summary of more than 1 MiB, and another step
/// may have written some of it.
pub const LONGEST: usize = 1_000_000;

/// How many cases of an exercise are shown that fail.
const CASES: usize = 3;

/// How many characters of one text are kept.
const TEXT: usize = 4 << 10;

/// Writes Markdown, with tables as GitHub and GitLab know them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markdown {
    /// Whether hidden cases are shown like others. Otherwise they are counted.
    pub reveal: bool,
}

impl Exporter for Markdown {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let mut page = self.overview(report);
        let ending = circumstances(report);
        let mut left_out = 0;
        for exercise in report.exercises() {
            let section = self.section(exercise, report);
            if page.len() + section.len() + ending.len() < LONGEST - 100 {
                page.push_str(&section);
            } else {
                left_out += 1;
            }
        }
        if left_out > 0 {
            let exercises = plural(left_out, "more exercise");
            page.push_str(&format!("\nThe details of {exercises} are left out.\n"));
        }
        page.push_str(&ending);
        Ok(page.into_bytes())
    }
}

impl Markdown {
    /// The course at a glance.
    fn overview(&self, report: &Report) -> String {
        let passed = report.exercises().filter(|it| it.verdict == ExerciseVerdict::Passed).count();
        let all = plural(report.exercises().count(), "exercise");
        let (title, id) = (inline(&report.course.title), code(&report.submission.title));
        let mut page =
            format!("## {}\n\n**{title}**: {id}, {passed} of {all} passed\n\n", total(report));
        page.push_str("| | exercise | points | |\n| :-: | :-- | --: | :-- |\n");
        for (exercise, share) in report.exercises().zip(super::share::exercises(report, 100)) {
            let visible = Visible::of(exercise, self.reveal);
            let mark = match State::of(exercise, &visible) {
                State::Passed => "✅",
                State::Open => "⬜",
                State::Failed => "❌",
            };
            let words = words(exercise, &visible);
            let words = if words.is_empty() { exercise.verdict.to_string() } else { words };
            let [score, points] =
                [share.score, share.points].map(|it| super::decimal::Hundredths(it).to_string());
            page.push_str(&format!(
                "| {mark} | {} | {score} / {points} | {} |\n",
                cell(&exercise.title),
                cell(&words)
            ));
        }
        page
    }

    /// What there is to say about an exercise; nothing if it passed.
    fn section(&self, exercise: &ExerciseReport, report: &Report) -> String {
        let stand_ins = stand_ins(exercise, report);
        let items = Item::all(exercise, self.reveal);
        let missed = || items.iter().filter(|item| !item.passed);
        // What is not written yet, the overview says.
        let told = missed()
            .filter_map(|item| Some((item.case?, item)))
            .filter(|(case, _)| case.verdict != Verdict::NotImplemented);
        let mut failed = distinct(told, |(case, _)| case);
        let counted = missed().find(|item| item.case.is_none());
        let more = failed.len().saturating_sub(CASES);
        failed.truncate(CASES);
        if failed.is_empty() && counted.is_none() && stand_ins.is_empty() {
            return String::new();
        }
        let (title, path) = (inline(&exercise.title), code(&exercise.path));
        let mut section = format!("\n### {}\n\n{title}: {path}\n", exercise.name);
        for sentence in stand_ins {
            section.push_str(&format!("\n{}.\n", inline(&sentence)));
        }
        for (_, item) in failed {
            let details = text::capped(item.details(&Terminal::piece(false)), TEXT);
            let output = item.output(TEXT);
            section.push_str(&format!("\n**{}**: {}\n", inline(&item.name), inline(&item.verdict)));
            section.push_str(&block(&details));
            if !output.is_empty() {
                section.push_str("\nIt printed:\n");
                section.push_str(&block(&output));
            }
        }
        if more > 0 {
            let verb = if more == 1 { "fails" } else { "fail" };
            section.push_str(&format!("\n{} {verb}.\n", plural(more, "more case")));
        }
        if let Some(Item { name, verdict, .. }) = counted {
            section.push_str(&format!("\n**{name}**: {verdict}\n"));
        }
        section
    }
}

/// What the result depends on.
fn circumstances(report: &Report) -> String {
    let provenance = &report.provenance;
    format!(
        "\nGraded{} by grader {} with rustc {}, seed {}; isolation: {}.\n",
        took(report.duration),
        escaped(&provenance.grader),
        escaped(&provenance.rustc),
        provenance.seed,
        report.isolation
    )
}

/// Text inside a line that means nothing in Markdown: CommonMark lets every ASCII punctuation character
/// be escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text::one_line(text).trim().chars() {
        // Those that mean nothing inside a line are left alone, so that the source can be read.
        if c.is_ascii_punctuation() && !",;:'()?%/.+-=^".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Text inside a line: escaped, or as code where a site would make a link of it, an address or a name
/// behind an @.
fn inline(text: &str) -> String {
    let is_linked = ["://", "www.", "@"].iter().any(|start| text.contains(start));
    if is_linked { code(text) } else { escaped(text) }
}

/// The same in a table, whose cells end at a bar even in code.
fn cell(text: &str) -> String {
    let text = inline(text);
    if text.starts_with('`') { text.replace('|', r"\|") } else { text }
}

/// Text on one line as code.
fn code(text: &str) -> String {
    let text = text::one_line(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    // A space on each side is taken off again, and lets the code begin or end with a backtick.
    format!("{fence} {text} {fence}")
}

/// Text of several lines as code, in a paragraph of its own; nothing if there is none.
fn block(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    format!("\n{fence}text\n{}\n{fence}\n", text.trim_end())
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn markdown(report: &Report) -> String {
        String::from_utf8(Markdown::default().export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(markdown(&sample::few()), @"
        ## 14.5 of 40 points (36.25 %)

        **Python Basics with NumPy, in Rust**: ` exercises `, 1 of 4 exercises passed

        | | exercise | points | |
        | :-: | :-- | --: | :-- |
        | ❌ | Sigmoid | 0 / 10 | did not compile |
        | ❌ | Functions of vectors | 2.5 / 10 | wrong type, not implemented |
        | ❌ | Softmax | 2 / 10 | wrong value |
        | ✅ | Sigmoid of a number | 10 / 10 | passed |

        ### sigmoid

        Sigmoid: ` exercises/src/sigmoid.rs `

        **a vector**: did not compile

        ```text
        error[E0308]: mismatched types
          --> exercises/src/sigmoid.rs:52:5
           |
        51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
           |                                    ----------- expected `ArrayBase<..>`
        52 |     1.0
           |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`

        error: aborting due to 1 previous error
        ```

        ### vector_ops

        Functions of vectors: ` exercises/src/vector_ops.rs `

        **three more**: wrong type

        ```text
        wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>
        yours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>
        ```

        ### softmax

        Softmax: ` exercises/src/softmax.rs `

        graded on the reference sigmoid, since yours does not compile.

        **two rows of five scores**: wrong value

        ```text
        softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])

        expected
          [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04
            1.21052389e-04]
           [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04
            8.01252314e-04]]
        actual
          [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04
            1.05164276e-04]
           [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04
            1.05164276e-04]]

        10 of 10 elements differ, the first five:
          index   expected        actual
          [0, 0]  0.980897665     0.852154956552608
          [0, 1]  0.000894462891  0.0007770647367382155
          [0, 2]  0.0179657674    0.015607762461462532
          [0, 3]  0.000121052389  0.00010516427623965027
          [0, 4]  0.000121052389  0.00010516427623965027
        difference  at most 0.763 absolute, 0.869 relative
        tolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12
        source      Python Basics with NumPy, softmax

        → You divided by the sum of the whole matrix. Sum each row.
        ```

        **large scores do not overflow**: wrong value

        ```text
        softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row's maximum before exponentiating.
        ```

        **one column is all ones**: wrong value

        ```text
        softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row's maximum before exponentiating.
        ```

        Graded in 612 ms by grader 0.1.0 with rustc 1.95.0, seed 20190529; isolation: full.
        ");
    }

    #[test]
    fn hidden_cases_are_counted() {
        let markdown = markdown(&sample::with_hidden_cases());
        assert!(markdown.contains("**hidden cases**: 1 of 2 passed"), "{markdown}");
        assert!(!markdown.contains("secret"), "{markdown}");
    }

    #[test]
    fn no_text_gets_out_of_its_code() {
        assert_eq!(code("a"), "` a `");
        assert_eq!(cell("a|b"), r"a\|b");
        assert_eq!(cell("a|b@c"), r"` a\|b@c `");
        assert_eq!(code("`a``"), "``` `a`` ```");
        assert_eq!(block("a\n````\nb\n"), "\n`````text\na\n````\nb\n`````\n");
        assert_eq!(
            escaped("| <b> `x` *y* [z](u) # @me "),
            r"\| \<b\> \`x\` \*y\* \[z\](u) \# \@me"
        );
    }

    #[test]
    fn what_is_too_long_is_left_out_by_exercise() {
        let mut report = sample::few();
        report.sections[0].exercises = vec![sample::softmax(); 1000];
        let markdown = markdown(&report);
        assert!(markdown.len() < LONGEST, "{} bytes", markdown.len());
        assert!(markdown.contains("more exercises are left out"));
    }
}
