//! The reference says what cases expect.

use std::fs;

use crate::project::{Project, text};

/// Functions that return, or do not, what cases ask for.
const REFERENCE: &str = "\
use ndarray::{Array1, Array2, ArrayD, Axis, arr0};

pub fn sums(x: &Array2<f64>) -> Array1<f64> {
    x.sum_axis(Axis(1))
}

pub fn reciprocal(x: &Array2<f64>) -> Array2<f64> {
    1.0 / x
}

pub fn total(x: &Array2<f64>) -> ArrayD<f64> {
    arr0(x.sum()).into_dyn()
}

pub fn first(x: &Array2<f64>) -> Result<f64, String> {
    x.first().copied().ok_or_else(|| \"empty\".to_owned())
}

pub fn described(x: &Array2<f64>) -> (String, Vec<i64>, bool) {
    let shape = x.shape().iter().map(|&side| side as i64).collect();
    (format!(\"{:?}\\n\", x.shape()), shape, x.is_empty())
}

pub fn middle(x: &Array2<f64>) -> f64 {
    x[[1, 1]]
}

pub fn unwritten(_x: &Array2<f64>) -> f64 {
    todo!()
}

pub fn nothing(x: &Array2<f64>) -> Option<f64> {
    x.first().copied().filter(|_| false)
}

pub fn endless(_x: &Array2<f64>) -> f64 {
    std::process::abort()
}
";

/// A fixture with a case for each function; where `@` stands something is recorded.
const FIXTURE: &str = "\
title  = \"Record\"
points = 1     # not many
function = \"sums\"

# What is right already stays.
[[case]]
name    = \"judged\"
args    = [[[1, 2]]]
shape   = [1]

[[case]]
name     = \"sums\"
args     = [[[0.1, 0.2], [1, 2]]] # 0.1 + 0.2
@expected = [0.30000000000000004, 3.0]
weight   = 2
feedback = \"Row by row.\"

  [[case]]
  name = \"reciprocal\"
  function = \"reciprocal\"
  args = [[
    [0, -0.0, 3],
    [nan, inf, 1e-9],
    [7, 11, 13],
  ]]
@  expected = [
@    [inf, -inf, 0.3333333333333333],
@    [nan, 0.0, 999999999.9999999],
@    [0.14285714285714285, 0.09090909090909091, 0.07692307692307693],
@  ]
  # Loosely.
  tolerance.rel = 1e-3

[[case]]
name = \"a 0-d array\"
function = \"total\"
args = [[[1, 2]]]
@expected = { shape = [], fill = 3.0 }
[[case]]
name = \"an empty array\"
args = [{ shape = [0, 2], fill = 0 }]
@expected = { shape = [0], fill = 0.0 }
[[case]]
name = \"a tuple\"
args = [[[1, 2]]]
@expected = [\"\"\"
@[1, 2]
@\"\"\", [1, 2], false]
function = \"described\"
";

/// Cases to which the reference has no answer that could be recorded.
const UNANSWERED: [(&str, &str, &str); 6] = [
    (
        "first",
        "{ shape = [0, 0], fill = 0 }",
        "it returned an error: \"empty\"; if it should, write `errors = true`",
    ),
    ("middle", "[[1]]", "write `panics = true`"),
    ("unwritten", "[[1]]", "not implemented"),
    ("nothing", "[[1]]", "no fixture can hold None"),
    ("endless", "[[1]]", "crashed: the process aborted"),
    (
        "reciprocal",
        "{ shape = [40, 40], fill = 1 }",
        "it has 1600 elements, and 1000 are written at most",
    ),
];

#[test]
fn what_the_reference_returns_is_recorded_and_nothing_else_changes() {
    let project = Project::in_workspace();
    project.run(&["new", "various"]);
    project.write("solutions/src/various.rs", REFERENCE);
    let expected = FIXTURE.replace('@', "");
    let open: Vec<_> =
        FIXTURE.split_inclusive('\n').filter(|line| !line.starts_with('@')).collect();
    let file = "fixtures/various.toml";
    project.write(file, &open.concat());
    let said = project.run(&["record", "various", "--yes"]);
    assert_eq!(project.read(file), expected, "{said}");
    assert!(
        said.contains("sums([[0.1, 0.2], [1.0, 2.0]])\n  expected = [0.30000000000000004, 3.0]\n"),
        "{said}"
    );
    assert!(said.ends_with("\n5 values recorded in fixtures/various.toml.\n"), "{said}");
    project.run(&["run", "various", "--solutions", "--fail-under", "100"]);

    let mut unanswered = expected.clone();
    for (function, args, _) in UNANSWERED {
        unanswered += &format!(
            "\n[[case]]\nname = \"no {function}\"\nfunction = \"{function}\"\nargs = [{args}]\n"
        );
    }
    project
        .write(file, &(unanswered.clone() + "\n[[case]]\nname = \"one more\"\nargs = [[[4]]]\n"));
    let output = project.output(&["record", "various", "--yes"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for (function, _, reason) in UNANSWERED {
        let (_, said) = said.split_once(&format!("no {function}\n")).unwrap();
        let (said, _) = said.split_once("\n\n").unwrap();
        assert!(said.contains("left out: ") && said.contains(reason), "{said}");
    }
    let recorded = "\n[[case]]\nname = \"one more\"\nargs = [[[4]]]\nexpected = [4.0]\n";
    assert_eq!(project.read(file), unanswered + recorded);
}

#[test]
fn cases_of_an_overlay_are_recorded_in_the_overlay() {
    let project = Project::in_workspace();
    let own = project.read("fixtures/softmax.toml");
    let overlay = project.path().join("hidden");
    fs::create_dir(&overlay).unwrap();
    let case = "[[case]]\r\nname = \"secret\"\r\nargs = [[[7, 7]]]\r\n";
    project.write("hidden/softmax.toml", case);
    let folder = overlay.to_str().unwrap();
    let said = project.run(&["record", "softmax", "--fixtures", folder, "--yes"]);
    assert!(said.contains("1 value recorded in hidden/softmax.toml"), "{said}");
    let expected = format!("{case}expected = [[0.5, 0.5]]\r\n");
    assert_eq!(project.read("hidden/softmax.toml"), expected);
    assert_eq!(project.read("fixtures/softmax.toml"), own);

    project.write("hidden/softmax.toml", case);
    project.write("solutions/src/softmax.rs", "pub fn softmax() -> f64 { \"\" }\n");
    let output = project.output(&["record", "softmax", "--fixtures", folder, "--yes"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("solutions/src/softmax.rs:1"), "{said}");
    assert!(said.ends_with("error: the reference of softmax does not compile\n"), "{said}");
    assert_eq!(project.read("hidden/softmax.toml"), case);
}

#[test]
fn what_is_refused_changes_nothing() {
    let project = Project::copied();
    let open = "title = \"A\"\npoints = 1\n[[case]]\nname = \"a\"\nargs = [[[1]]]\n";
    let inline = "title = \"A\"\npoints = 1\ncase = [{ name = \"a\", args = [[[1]]] }]\n";
    let json = r#"{ "title": "A", "points": 1, "case": [{ "name": "a", "args": [] }] }"#;
    for (name, file, fixture, args, reason) in [
        (
            "softmax",
            "softmax.toml",
            open,
            &[][..],
            "there is no terminal to ask on; --yes records without asking",
        ),
        (
            "softmax",
            "softmax.toml",
            inline,
            &["--yes"],
            "only what stands under `[[case]]` can be added to",
        ),
        (
            "hello_world",
            "hello_world.json",
            json,
            &["--yes"],
            "hello_world.json is JSON, which `record` does not write",
        ),
        ("softmx", "softmax.toml", open, &["--yes"], "did you mean `softmax`?"),
    ] {
        let file = format!("fixtures/{file}");
        let before = project.read(&file);
        project.write(&file, fixture);
        let output = project.output(&[&["record", name], args].concat());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(reason), "{said}");
        assert_eq!(project.read(&file), fixture);
        project.write(&file, &before);
    }
}

#[test]
fn other_commands_want_every_case_judged() {
    let project = Project::copied();
    project.write("fixtures/dot.toml", "title = \"A\"\npoints = 1\n[[case]]\nname = \"a\"\n");
    let output = project.output(&["run"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("nothing judges this case") && said.contains("cargo grade record"),
        "{said}"
    );
}
