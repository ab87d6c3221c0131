//! Whatever learners and fixtures say, every format can be written, adds up, and shows text as text.
//!
//! `KEEP_REPORTS=FOLDER cargo test -p grader formats` keeps the reports that are made here, with the
//! truth about each, for the consumers of the formats to read.

use std::path::Path;
use std::{env, fs};

use harness::Value;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::item::Item;
use super::sample::{self, call};
use super::*;
use crate::course::Points;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::grade::{CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Verdict};

/// What would mean something to the reader of a format if it were not text there.
const MARKUP: &[&str] = &[
    "]]><pwned>",
    "<pwned/onload=x>",
    "</failure></testcase><pwned>",
    "</pre><pwned>",
    "::error::pwned",
    "##[error]pwned",
    "|`pwned`|**b**|",
    "``````pwned",
    "![pwned](x)",
    "[pwned](javascript:x)",
    "https://pwned.example/",
    "<!--pwned",
    "&lt;pwned&gt;&amp;&#60;",
    "=HYPERLINK(\"pwned\")",
    "@pwned",
    "%0A::error::pwned",
    "{{pwned}}{%pwned%}",
    "#TODO#SKIP-pwned",
    "\\u0000\\\"pwned",
    "'\"pwned\"'",
    "\u{fffd}pwned",
    "---...pwned",
];

/// What nobody is to see, and what it may stand beside.
const BEFORE: &[&str] = &[
    "",
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;https://a.b\u{1b}\\",
    "\0\u{8}\r",
    "\u{9b}2J\u{1b}c",
    "\u{202e}\u{2066}",
    "\u{feff}\u{fffe}\u{ffff} ",
    "\n::error::forged\n",
    "\n\n# forged\n\n",
    "\n```\n",
    "\nok 1 - forged\n",
    "\n  ...\n",
];
const AFTER: &[&str] = &["", "\0", "\n::notice title=forged::x", "\u{1b}]never ended", "\u{1b}["];

/// A text, and what must be seen of it.
#[derive(Debug, Clone)]
struct Foreign {
    text: String,
    shown: String,
}

fn foreign() -> impl Strategy<Value = Foreign> {
    let part = prop::sample::select;
    (part(BEFORE), part(MARKUP), any::<u16>(), part(AFTER)).prop_map(
        |(before, markup, number, after)| {
            let shown = format!("{markup}{number}");
            Foreign { text: format!("{before}{shown}{after}"), shown }
        },
    )
}

/// A case that is made of foreign texts.
#[derive(Debug, Clone)]
struct Made {
    verdict: Verdict,
    weight: u32,
    hidden: bool,
    name: Foreign,
    message: Foreign,
    feedback: Foreign,
    output: Foreign,
    /// How much else it printed, in bytes.
    flood: usize,
}

fn made() -> impl Strategy<Value = Made> {
    let verdicts = [
        Verdict::Passed,
        Verdict::WrongValue,
        Verdict::Panicked,
        Verdict::TimedOut,
        Verdict::NotImplemented,
    ];
    (
        prop::sample::select(verdicts.to_vec()),
        1..5_u32,
        prop::bool::weighted(0.3),
        [foreign(), foreign(), foreign(), foreign()],
        prop_oneof![29 => Just(0), 1 => Just(1 << 20)],
    )
        .prop_map(|(verdict, weight, hidden, [name, message, feedback, output], flood)| Made {
            verdict,
            weight,
            hidden,
            name,
            message,
            feedback,
            output,
            flood,
        })
}

impl Made {
    fn report(&self) -> CaseReport {
        let panicked = Delivered::Panic {
            message: self.message.text.clone(),
            location: Some(format!("{}:1:2", self.name.text)),
        };
        CaseReport {
            verdict: self.verdict,
            weight: self.weight,
            hidden: self.hidden,
            delivered: (self.verdict == Verdict::Panicked).then_some(panicked),
            message: self.message.text.clone(),
            feedback: Some(self.feedback.text.clone()),
            output: format!("{}\n{}", self.output.text, "A".repeat(self.flood)),
            place: Some(Place::point("exercises/src/dot.rs", 3, 1)),
            args: vec![Value::Text(self.message.text.clone())],
            ..call(&self.name.text, "dot", vec![])
        }
    }
}

fn exercise() -> impl Strategy<Value = (ExerciseReport, Vec<Foreign>, Vec<Made>)> {
    let parts = (foreign(), foreign(), prop::collection::vec(made(), 1..4), 0..2001_u32);
    (parts, prop::bool::weighted(0.2)).prop_map(|((title, error, cases, points), broken)| {
        let mut exercise = sample::exercise("dot", &title.text);
        exercise.points = Points::new(i128::from(points), 100);
        for made in &cases {
            let mut case = made.report();
            if broken {
                case = CaseReport { verdict: Verdict::DidNotCompile, delivered: None, ..case };
                case.message = String::new();
            }
            exercise.cases.push(case);
        }
        let weight = |case: &&CaseReport| i128::from(case.weight);
        let all: i128 = exercise.cases.iter().map(|case| weight(&case)).sum();
        let passed = exercise.cases.iter().filter(|case| case.verdict == Verdict::Passed);
        let passed: i128 = passed.map(|case| weight(&case)).sum();
        if all > 0 {
            exercise.score = exercise.points * Points::new(passed, all);
        }
        exercise.verdict = match broken {
            true => ExerciseVerdict::DidNotCompile,
            false if exercise.cases.iter().all(|it| it.verdict == Verdict::Passed) => {
                ExerciseVerdict::Passed
            }
            false => ExerciseVerdict::Failed,
        };
        let mut texts = vec![title];
        if broken {
            let diagnostic = Diagnostic {
                rendered: format!("error: {}\n", error.text),
                message: error.text.clone(),
                places: vec![Place::point("exercises/src/dot.rs", 1, 2)],
                ..Diagnostic::nowhere("")
            };
            exercise.diagnostics = [diagnostic].iter().collect::<Diagnostics>();
            texts.push(error);
        }
        (exercise, texts, if broken { Vec::new() } else { cases })
    })
}

/// A report, and what is true of it.
fn report() -> impl Strategy<Value = (Report, Json)> {
    (prop::collection::vec(exercise(), 1..6), foreign(), foreign()).prop_map(
        |(mut exercises, course, id)| {
            for (number, (exercise, _, _)) in exercises.iter_mut().enumerate() {
                exercise.name = format!("exercise_{number}");
            }
            let reports = exercises.iter().map(|(exercise, _, _)| exercise.clone());
            let mut report = sample::only(reports);
            report.course.title = course.text;
            report.submission.title = id.text;
            let truth = truth(&report, &exercises, [&course.shown, &id.shown]);
            (report, truth)
        },
    )
}

/// What the consumers of a report must find.
fn truth(
    report: &Report,
    exercises: &[(ExerciseReport, Vec<Foreign>, Vec<Made>)],
    [course, id]: [&str; 2],
) -> Json {
    const PAGES: [&str; 4] = ["json", "html", "markdown", "summary"];
    const TESTS: [&str; 5] = ["junit", "tap", "exercism", "gradescope", "prairielearn"];
    let everywhere = [&PAGES[..], &TESTS[..]].concat();
    let listed = [&["json"], &TESTS[..]].concat();
    let mut texts = Vec::new();
    let mut say = |text: &str, formats: &[&str]| {
        texts.push(json!({ "text": text, "formats": formats }));
    };
    say(course, &PAGES);
    say(id, &PAGES);
    let mut forbidden = Vec::new();
    for (exercise, said, cases) in exercises {
        say(&said[0].shown, &PAGES);
        if let Some(error) = said.get(1) {
            let is_listed = exercise.cases.iter().any(|case| !case.hidden);
            say(&error.shown, if is_listed { &everywhere } else { &["json", "html"] });
        }
        for made in cases.iter().filter(|made| made.hidden) {
            let secrets = [&made.name, &made.message, &made.feedback, &made.output];
            forbidden.extend(secrets.map(|secret| secret.shown.clone()));
        }
        for made in cases.iter().filter(|made| !made.hidden) {
            say(&made.name.shown, &listed);
            say(&made.output.shown, &listed);
            if made.verdict != Verdict::Passed {
                say(&made.message.shown, &listed);
            }
            if !matches!(made.verdict, Verdict::Passed | Verdict::NotImplemented) {
                for text in [&made.name, &made.message, &made.feedback, &made.output] {
                    say(&text.shown, &everywhere);
                }
            }
        }
    }
    // What is said in the open somewhere is no secret.
    let open: Vec<String> =
        texts.iter().map(|text| text["text"].as_str().unwrap_or_default().to_owned()).collect();
    forbidden.retain(|secret| !open.iter().any(|text| text.contains(secret)));
    let items: Vec<Item<'_>> = report.exercises().flat_map(|it| Item::all(it, false)).collect();
    let passed = items.iter().filter(|item| item.passed).count();
    json!({
        "score": report.score().to_string(),
        "points": report.points().to_string(),
        "passed": passed,
        "failed": items.len() - passed,
        "texts": texts,
        "forbidden": forbidden,
    })
}

/// The report in every format, by the name of its file.
fn files(report: &Report) -> Vec<(&'static str, String)> {
    let identity = sample::identity();
    let terminal = Terminal::piece(false);
    let exporters: Vec<(&str, Box<dyn Exporter>)> = vec![
        ("terminal.txt", Box::new(terminal.clone())),
        ("json.json", Box::new(super::Json::default())),
        ("html.html", Box::new(Html::default())),
        ("junit.xml", Box::new(Junit::default())),
        ("github.txt", Box::new(Github { terminal })),
        ("summary.md", Box::new(Markdown::default())),
        ("markdown.md", Box::new(Markdown::default())),
        ("gradescope.json", Box::new(Gradescope::default())),
        ("classroom50.json", Box::new(Classroom50 { identity, reveal: false })),
        ("classroom.txt", Box::new(Classroom::default())),
        ("exercism.json", Box::new(Exercism::default())),
        ("prairielearn.json", Box::new(PrairieLearn::default())),
        ("tap.txt", Box::new(Tap::default())),
        ("sarif.json", Box::new(Sarif)),
    ];
    let file = |(name, exporter): (&'static str, Box<dyn Exporter>)| {
        (name, String::from_utf8(exporter.export(report).unwrap()).unwrap())
    };
    exporters.into_iter().map(file).collect()
}

fn keep(folder: &Path, files: &[(&str, String)], truth: &Json) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::write(folder.join("truth.json"), truth.to_string()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn formats_show_text_as_text((report, truth) in report()) {
        let files = files(&report);
        for (name, text) in &files {
            prop_assert_eq!(&plain(text), text, "{}", name);
            if name.ends_with(".json") {
                prop_assert!(serde_json::from_str::<Json>(text).is_ok(), "{}", name);
            }
            for secret in truth["forbidden"].as_array().unwrap() {
                prop_assert!(!text.contains(secret.as_str().unwrap()), "{secret} in {name}");
            }
        }
        if let Some(folder) = env::var_os("KEEP_REPORTS") {
            let hash = crate::digest::digest(&files[1].1);
            keep(&Path::new(&folder).join(format!("property-{}", &hash[..12])), &files, &truth);
        }
    }
}
