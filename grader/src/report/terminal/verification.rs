//! A report beside one that was made anew: what differs.

use super::Terminal;
use super::printer::{Printer, Style, plural};
use crate::report::json::Document;
use crate::report::text;
use crate::verify::{Change, Difference, Place};

/// How many differences of results are shown.
const SHOWN: usize = 100;

/// How many characters of a value are shown.
const VALUE: usize = 300;

/// How many characters both values begin with before these are left out, and how many stay.
const COMMON: usize = 40;
const CONTEXT: usize = 12;

/// What came of grading a submission again.
#[derive(Debug, Clone, Copy)]
pub struct Verification<'a> {
    /// Where the report differs from the new one, what results depend on first.
    pub differences: &'a [Difference],
    /// The new report.
    pub regraded: &'a Document,
    /// What else is to be known, in sentences.
    pub notes: &'a [String],
}

impl Terminal {
    /// What came of verifying a report.
    #[must_use]
    pub fn verification(&self, verification: &Verification<'_>) -> Vec<u8> {
        let Verification { differences, regraded, notes } = *verification;
        let mut printer = Printer::new(self);
        let (circumstances, results): (Vec<_>, Vec<_>) =
            differences.iter().partition(|difference| difference.meaning().is_some());
        for difference in &circumstances {
            let style = if difference.is_submission() { Style::Bad } else { Style::Partial };
            printer.blank();
            printer.text(0, style, difference.meaning().unwrap_or_default());
            change(&mut printer, &difference.change);
        }
        let mut place = None;
        for difference in results.iter().take(SHOWN) {
            if place != Some(&difference.place) {
                heading(&mut printer, &difference.place);
                place = Some(&difference.place);
            }
            change(&mut printer, &difference.change);
        }
        if results.len() > SHOWN {
            let more = plural(results.len() - SHOWN, "more difference");
            printer.text(0, Style::Dim, &format!("{} {more}", printer.glyphs.ellipsis));
        }
        printer.blank();
        for note in notes {
            printer.text(0, Style::Partial, &text::one_line(note));
        }
        conclusion(&mut printer, circumstances.len(), results.len(), regraded);
        printer.finish()
    }
}

fn heading(printer: &mut Printer, place: &Place) {
    printer.blank();
    let name = match place {
        Place::Report => "The whole".to_owned(),
        Place::Exercise(exercise) => exercise.clone(),
        Place::Case(exercise, case) => format!("{exercise}: {case}"),
    };
    let name = printer.cut(&name, printer.columns(0));
    printer.text(0, Style::Strong, &name);
}

fn change(printer: &mut Printer, change: &Change) {
    match change {
        Change::Gone => printer.text(2, Style::Bad, "is in the report only"),
        Change::New => printer.text(2, Style::Good, "is not in the report"),
        Change::Value { key, was, is } => {
            printer.text(2, Style::Plain, key);
            let [was, is] = shown(printer, was.as_deref(), is.as_deref());
            printer.hanging(4, ("was  ", Style::Dim), (&was, Style::Bad));
            printer.hanging(4, ("is   ", Style::Dim), (&is, Style::Good));
        }
    }
}

/// Two values that differ, each from shortly before the place where they do.
fn shown(printer: &Printer, was: Option<&str>, is: Option<&str>) -> [String; 2] {
    let mut texts = [was, is].map(|text| text.map(text::one_line));
    if texts[0] == texts[1] {
        // They differ in characters that are not printed.
        texts = [was, is].map(|text| text.map(|text| text.escape_debug().to_string()));
    }
    let [one, other] = [0, 1].map(|index| texts[index].as_deref().unwrap_or_default().chars());
    let common = one.zip(other).take_while(|(one, other)| one == other).count();
    let skip = if common > COMMON { common - CONTEXT } else { 0 };
    texts.map(|text| match text {
        None => "(nothing)".into(),
        Some(text) if text.is_empty() => "(empty)".into(),
        Some(text) => {
            let start = if skip > 0 { printer.glyphs.ellipsis } else { "" };
            let rest: String = text.chars().skip(skip).collect();
            printer.cut(&format!("{start}{rest}"), VALUE)
        }
    })
}

fn conclusion(printer: &mut Printer, circumstances: usize, results: usize, regraded: &Document) {
    let Document { score, points, percent, exercises, .. } = regraded;
    let cases = exercises.iter().map(|exercise| {
        exercise.cases.len() + exercise.hidden_cases.as_ref().map_or(0, |hidden| hidden.count)
    });
    let graded = format!(
        "{}/{} points, {}%, {} in {}",
        score.0,
        points.0,
        percent.0,
        plural(cases.sum(), "case"),
        plural(exercises.len(), "exercise"),
    );
    let (style, text) = match (circumstances, results) {
        (0, 0) => (Style::Good, format!("The report is right. Graded again: {graded}.")),
        (_, 0) => (
            Style::Partial,
            format!(
                "The results are the same, {graded}, but not all that they depend on: {}.",
                plural(circumstances, "difference")
            ),
        ),
        (_, results) => (
            Style::Bad,
            format!(
                "{} in what results depend on, {results} in the results. Graded again: {graded}.",
                plural(circumstances, "difference")
            ),
        ),
    };
    printer.text(0, style, &text);
    printer.text(0, Style::Dim, "Times, messages and printed text were not compared.");
}

#[cfg(test)]
mod tests {
    use super::super::screens::PLAIN;
    use super::*;
    use crate::report::json::{Json, Number};
    use crate::report::sample;
    use crate::verify::differences;

    fn few() -> Document {
        Json::default().document(&sample::few())
    }

    fn screen(terminal: &Terminal, was: &Document, is: &Document, notes: &[String]) -> String {
        let differences = differences(was, is).unwrap();
        let verification = Verification { differences: &differences, regraded: is, notes };
        String::from_utf8(terminal.verification(&verification)).unwrap()
    }

    /// A report in which somebody has improved what came.
    fn forged() -> Document {
        let mut forged = few();
        forged.submission.hash = "77".into();
        forged.provenance.rustc = "1.94.0".into();
        forged.score = Number(22.5);
        let softmax = &mut forged.exercises[2];
        softmax.score = Number(10.0);
        softmax.cases[1].verdict = "passed".into();
        softmax.cases[1].actual = softmax.cases[1].expected.clone();
        softmax.cases[1].mismatch = None;
        softmax.cases[1].feedback = None;
        softmax.cases.pop();
        forged.exercises[3].cases[0].name = "another".into();
        forged
    }

    #[test]
    fn a_right_report() {
        let notes = ["The report was made with --seed 7; the course's seed is 8.".into()];
        insta::assert_snapshot!(screen(&PLAIN, &few(), &few(), &notes), @"
        The report was made with --seed 7; the course's seed is 8.
        The report is right. Graded again: 14.5/40 points, 36.25%, 11 cases in 4
        exercises.
        Times, messages and printed text were not compared.
        ");
    }

    #[test]
    fn another_compiler_and_the_same_results() {
        let mut was = few();
        was.provenance.rustc = "1.94.0".into();
        insta::assert_snapshot!(screen(&PLAIN, &was, &few(), &[]), @"
        Another compiler may take or refuse other code.
          provenance.rustc
            was  1.94.0
            is   1.95.0

        The results are the same, 14.5/40 points, 36.25%, 11 cases in 4 exercises, but
        not all that they depend on: 1 difference.
        Times, messages and printed text were not compared.
        ");
    }

    #[test]
    fn a_forged_report() {
        insta::assert_snapshot!(screen(&PLAIN, &forged(), &few(), &[]), @r#"
        This is not the submission that was graded: it has other files.
          submission.hash
            was  77
            is   5b

        Another compiler may take or refuse other code.
          provenance.rustc
            was  1.94.0
            is   1.95.0

        The whole
          score
            was  22.5
            is   14.5

        softmax
          score
            was  10
            is   2

        softmax: large scores do not overflow
          verdict
            was  passed
            is   wrong value
          actual
            was  [[0.5, 0.5]]
            is   [[nan, nan]]
          feedback
            was  (nothing)
            is   Subtract each row's maximum before exponentiating.
          mismatch
            was  (nothing)
            is   {"tolerance":"rel 1e-7, abs 1e-12","total":2,"worst":[0,0],"wrong":2}

        softmax: one row
          is not in the report

        basic_sigmoid: another
          is in the report only

        basic_sigmoid: an example
          is not in the report

        2 differences in what results depend on, 9 in the results. Graded again: 14.5/40
        points, 36.25%, 11 cases in 4 exercises.
        Times, messages and printed text were not compared.
        "#);
    }

    #[test]
    fn of_very_many_differences_the_first_are_shown() {
        let mut was = few();
        let case = was.exercises[0].cases[0].clone();
        was.exercises[0].cases.extend(vec![case; 2000]);
        let shown = screen(&PLAIN, &was, &few(), &[]);
        assert!(shown.contains("… 1900 more differences\n"), "{shown}");
        assert!(shown.lines().count() < 500);
    }

    #[test]
    fn hostile_text_is_harmless_and_its_difference_is_seen() {
        let mut was = few();
        was.exercises[0].cases[0].name = "\u{1b}[2Jfake\r".into();
        was.exercises[1].cases[0].verdict = "passed\u{202e}".into();
        was.exercises[2].title = "Softmax\u{1b}]0;title\u{7}".into();
        was.course.title = "x".repeat(1 << 20);
        for terminal in [PLAIN, Terminal { color: true, width: 60, ..PLAIN }] {
            let shown = screen(&terminal, &was, &few(), &[]);
            let plain = text::plain(&shown);
            assert_eq!(if terminal.color { text::colored(&shown) } else { plain.clone() }, shown);
            assert!(plain.contains(r"was  passed\u{202e}"), "{plain}");
            assert!(plain.contains("sigmoid: fake\n"), "{plain}");
            assert!(plain.lines().all(|line| line.chars().count() <= terminal.width), "{plain}");
        }
    }
}
