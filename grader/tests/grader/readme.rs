//! What the README tells instructors to write works as it says.

use std::fs;

use crate::project::{Graded, Project, Submission, root, text};

/// A section of the README.
pub fn section(title: &str) -> String {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, section) = readme.split_once(&format!("\n### {title}\n")).unwrap();
    section.split("\n### ").next().unwrap().split("\n## ").next().unwrap().to_owned()
}

/// The blocks of a language in it.
pub fn blocks(section: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let starts = section.split(&fence).skip(1);
    starts.map(|start| start.split_once("```").unwrap().0.to_owned()).collect()
}

/// A project in which this stands in the fixture of softmax, before its mistakes.
fn with_fixture(added: &str) -> Project {
    let project = Project::in_workspace();
    let fixture = project.read("fixtures/softmax.toml");
    let (cases, mistakes) = fixture.split_once("[[mistake]]").unwrap();
    project.write("fixtures/softmax.toml", &format!("{cases}{added}\n[[mistake]]{mistakes}"));
    project
}

/// The names of the cases in some blocks.
fn names(blocks: &[String]) -> Vec<String> {
    let lines = blocks.iter().flat_map(|block| block.lines());
    let names =
        lines.filter_map(|line| line.strip_prefix("name").and_then(|it| it.split('"').nth(1)));
    names.map(str::to_owned).collect()
}

#[test]
fn what_is_to_be_added_to_a_fixture_is_asked_and_right() {
    for title in ["Add a case", "Make up inputs"] {
        let blocks = blocks(&section(title), "toml");
        assert_eq!(blocks.len(), 2);
        let project = with_fixture(&blocks.concat());
        let report =
            project.run(&["run", "softmax", "--solutions", "--verbose", "--fail-under", "100"]);
        for name in names(&blocks) {
            assert!(report.contains(&format!("✓ {name}")), "{name}: {report}");
        }
        assert!(project.run(&["check"]).contains("no problem found"));
    }
}

/// The arrays that the cheat sheet speaks of.
const ARRAYS: &str = "let x: Array2<f64> = array![[1.0, 2.0], [3.0, 4.0]]; \
    let y = &x * 2.0; let (v, w): (Array1<f64>, Array1<f64>) = (array![1.0, 2.0], array![3.0, 4.0]); \
    let sums = x.sum_axis(Axis(1)).insert_axis(Axis(1));";

/// The code in a table's column, from 0.
fn codes(section: &str, column: usize) -> Vec<String> {
    // A bar inside code is escaped.
    let section = section.replace("\\|", "\u{1}");
    let rows = section.lines().filter_map(|line| line.strip_prefix('|')).skip(2);
    rows.flat_map(|row| {
        let cell = row.split('|').nth(column).unwrap().to_owned();
        let codes = cell.split('`').skip(1).step_by(2).map(|code| code.replace('\u{1}', "|"));
        codes.collect::<Vec<_>>()
    })
    .collect()
}

#[test]
fn the_cheat_sheet_compiles_and_runs() {
    let section = section("From NumPy to ndarray");
    let [numpy, ndarray] = [1, 2].map(|column| codes(&section, column));
    assert_eq!(numpy.len(), ndarray.len(), "each line has its counterpart");
    assert!(ndarray.len() > 30);
    let lines: String =
        ndarray.iter().map(|code| format!("    {{ {ARRAYS} let result = {code}; }}\n")).collect();
    let file = format!(
        "#![allow(unused)]\nuse ndarray::{{Array1, Array2, Axis, array}};\n\n\
         pub fn hello_world() -> String {{\n{lines}    \"Hello World\".into()\n}}\n"
    );
    let graded = Submission::perfect().with("hello_world.rs", &file).grade_with(&["hello_world"]);
    let exercise = graded.exercise("hello_world");
    assert_eq!(exercise["verdict"], "passed", "{exercise:#}");
}

#[test]
fn the_mistake_is_recognised() {
    let section = section("Add a mistake");
    let [fixture, code] = ["toml", "rust"].map(|language| blocks(&section, language).concat());
    let project = with_fixture(&fixture);
    let solution = project.read("solutions/src/softmax.rs");
    let (before, after) = solution.rsplit_once("}\n").unwrap();
    project.write("solutions/src/softmax.rs", &format!("{before}\n{code}}}\n{after}"));
    assert!(project.run(&["check"]).contains("no problem found"));
    // Somebody makes it.
    let function = code.replace("fn winner_only", "fn softmax");
    project.write(
        "exercises/src/softmax.rs",
        &format!("use ndarray::{{Array2, Axis}};\n\n{function}"),
    );
    let report = project.run(&["run", "softmax"]);
    assert!(report.contains("→ You gave everything to the largest score."), "{report}");
}

#[test]
fn the_rules_are_those_of_the_course() {
    let rules = blocks(&section("Add a rule"), "toml").concat();
    let rules: Vec<&str> =
        rules.lines().map(|line| line.split('#').next().unwrap().trim()).collect();
    let fixture = fs::read_to_string(root().join("fixtures/dot.toml")).unwrap();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for rule in rules {
        let is_there = |line: &str| words(line.split('#').next().unwrap()) == words(rule);
        assert!(fixture.lines().any(is_there), "{rule}");
    }
}

#[test]
fn hidden_cases_are_counted_and_revealed() {
    let section = section("Hide cases");
    let blocks = [blocks(&section, "toml"), blocks(&section, "console")];
    let submission = Submission::perfect();
    let hidden = submission.folder().join("hidden");
    fs::create_dir(&hidden).unwrap();
    fs::write(hidden.join("softmax.toml"), blocks[0].concat()).unwrap();
    let name = &names(&blocks[0])[0];
    let reports = blocks[1].concat();
    let reports: Vec<String> = reports
        .lines()
        .map(|line| {
            let line = line.split('#').next().unwrap();
            let args = line.strip_prefix("$ cargo grade run ").unwrap().split_whitespace();
            let folder = hidden.to_str().unwrap();
            let args: Vec<&str> = args.map(|it| if it == "hidden" { folder } else { it }).collect();
            text(&submission.run(&args).stdout)
        })
        .collect();
    assert!(!reports[0].contains(name) && reports[0].contains("hidden"), "{}", reports[0]);
    assert!(reports[1].contains(&format!("✓ {name} (hidden)")), "{}", reports[1]);
    let args = ["--fixtures", hidden.to_str().unwrap()];
    let Graded(report) = submission.grade_with(&args);
    assert!(report.to_string().contains("\"hidden_cases\":{\"count\":1,\"passed\":1}"), "{report}");
}
