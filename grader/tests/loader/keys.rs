//! What the loader says of an exercise that is wrong: its keys, its cases and their values.

use grader::course::Course;
use insta::assert_snapshot;

use crate::test_course::TestCourse;

/// What the loader says of this fixture, with `fixtures` for the folder.
#[track_caller]
fn fixture(fixture: &str) -> String {
    TestCourse::new().file("softmax.toml", fixture).problems()
}

/// What the loader says of a fixture that has a title, points and this.
#[track_caller]
fn softmax(rest: &str) -> String {
    fixture(&format!("title = \"Softmax\"\npoints = 10\n{rest}"))
}

/// What the loader says of a case with these lines.
#[track_caller]
fn case(lines: &str) -> String {
    softmax(&format!("[[case]]\nname = \"first\"\n{lines}\n"))
}

#[test]
fn an_unknown_key_gets_a_suggestion() {
    assert_snapshot!(case("expected = 1\nweigth = 2"), @r"
    error: unknown key `weigth`, did you mean `weight`?
     --> fixtures/softmax.toml:6:1
      |
    6 | weigth = 2
      | ^^^^^^
      |
      = note: in `case[0].weigth`

    1 problem in the course
    ");
    assert_snapshot!(case("expected = 1\nmode = 2"), @r"
    error: unknown key `mode`
     --> fixtures/softmax.toml:6:1
      |
    6 | mode = 2
      | ^^^^
      |
      = note: in `case[0].mode`
      = help: the keys here are `name`, `function`, `args`, `expected`, `printed`, `shape`, `panics`, `errors`, `digits`, `tolerance`, `ulps`, `nan`, `weight`, `feedback`, `source`

    1 problem in the course
    ");
}

#[test]
fn a_misspelt_key_is_not_also_missing() {
    let text = "titel = \"Softmax\"\npoints = 10\n[[case]]\nname = \"a\"\nexpcted = 1\n";
    assert_snapshot!(fixture(text), @r#"
    error: unknown key `titel`, did you mean `title`?
     --> fixtures/softmax.toml:1:1
      |
    1 | titel = "Softmax"
      | ^^^^^

    error: unknown key `expcted`, did you mean `expected`?
     --> fixtures/softmax.toml:5:1
      |
    5 | expcted = 1
      | ^^^^^^^
      |
      = note: in `case[0].expcted`

    2 problems in the course
    "#);
}

#[test]
fn missing_keys_are_named() {
    assert_snapshot!(fixture("[[case]]\nexpected = 1\n"), @r"
    error: missing key `title`
    --> fixtures/softmax.toml

    error: missing key `points`
    --> fixtures/softmax.toml

    error: missing key `name`
     --> fixtures/softmax.toml:1:1
      |
    1 | [[case]]
      | ^^^^^^^^
      |
      = note: in `case[0]`

    3 problems in the course
    ");
}

#[test]
fn a_wrong_type_is_told_in_plain_words() {
    assert_snapshot!(case("expected = 1\nfeedback = 3\nweight = 1.5\nargs = 2"), @r"
    error: expected a string, found an integer
     --> fixtures/softmax.toml:6:12
      |
    6 | feedback = 3
      |            ^
      |
      = note: in `case[0].feedback`

    error: expected an integer, found a float
     --> fixtures/softmax.toml:7:10
      |
    7 | weight = 1.5
      |          ^^^
      |
      = note: in `case[0].weight`

    error: expected a list, found an integer
     --> fixtures/softmax.toml:8:8
      |
    8 | args = 2
      |        ^
      |
      = note: in `case[0].args`

    3 problems in the course
    ");
}

#[test]
fn a_ragged_array_names_the_row() {
    assert_snapshot!(case("args = [[[1, 2, 3], [4, 5]]]\nexpected = [[[1]], [[]]]"), @r"
    error: row 1 has 2 items, row 0 has 3
     --> fixtures/softmax.toml:5:21
      |
    5 | args = [[[1, 2, 3], [4, 5]]]
      |                     ^^^^^^
      |
      = note: in `case[0].args[0][1]`

    error: row [1, 0] has 0 items, row [0, 0] has 1
     --> fixtures/softmax.toml:6:21
      |
    6 | expected = [[[1]], [[]]]
      |                     ^^
      |
      = note: in `case[0].expected[1][0]`

    2 problems in the course
    ");
}

#[test]
fn a_case_name_is_unique_and_of_one_line() {
    let cases = "[[case]]\nname = \"a\"\nexpected = 1\n\n[[case]]\nname = \"a\"\nexpected = 2\n\n\
        [[case]]\nname = \"a\\u001b[2J\"\nexpected = 2\n\n[[case]]\nname = \" \"\nexpected = 2\n";
    assert_snapshot!(softmax(cases), @r#"
    error: two cases are called `a`
     --> fixtures/softmax.toml:8:8
      |
    8 | name = "a"
      |        ^^^
      |
      = note: in `case[1].name`
      = help: the first stands on line 4

    error: this string has a line break or another control character
      --> fixtures/softmax.toml:12:8
       |
    12 | name = "a\u001b[2J"
       |        ^^^^^^^^^^^^
       |
       = note: in `case[2].name`

    error: this string is empty
      --> fixtures/softmax.toml:16:8
       |
    16 | name = " "
       |        ^^^
       |
       = note: in `case[3].name`

    3 problems in the course
    "#);
}

#[test]
fn a_case_of_an_unfinished_course_may_lack_its_check() {
    let load = |case: &str| {
        let course = TestCourse::softmax(&format!("[[case]]\nname = \"a\"\n{case}\n"));
        Course::load_unfinished(course.path("").as_path(), &[])
    };
    for (case, judged) in [
        ("args = [1]", false),
        ("tolerance = { rel = 1e-3 }\nnan = \"differs\"", false),
        ("expected = 1", true),
        ("shape = []", true),
    ] {
        let course = load(case).unwrap();
        assert_eq!(course.exercises[0].cases[0].is_judged(), judged, "{case}");
    }
    for wrong in ["expectd = 1", "digits = 4", "shape = []\nulps = 4"] {
        assert_eq!(load(wrong).unwrap_err().len(), 1, "{wrong}");
    }
}

#[test]
fn exactly_one_check_judges_a_case() {
    assert_snapshot!(case("args = [1]"), @r"
    error: nothing judges this case
     --> fixtures/softmax.toml:3:1
      |
    3 | [[case]]
      | ^^^^^^^^
      |
      = note: in `case[0]`
      = help: add `expected`, `printed`, `shape`, `panics` or `errors`, or let `cargo grade record NAME` add what the reference returns

    1 problem in the course
    ");
    assert_snapshot!(case("printed = \"1\"\nexpected = 1"), @r"
    error: `expected` and `printed` both judge this case
     --> fixtures/softmax.toml:6:1
      |
    6 | expected = 1
      | ^^^^^^^^
      |
      = note: in `case[0].expected`
      = help: keep one of them; `printed` stands on line 5

    1 problem in the course
    ");
}

#[test]
fn keys_that_mean_nothing_here_are_not_ignored() {
    assert_snapshot!(case("shape = [1]\nulps = 4\ndigits = 3"), @r"
    error: `ulps` has a meaning for `expected` and `printed` only
     --> fixtures/softmax.toml:6:1
      |
    6 | ulps = 4
      | ^^^^
      |
      = note: in `case[0].ulps`

    error: `digits` has a meaning for `printed` only
     --> fixtures/softmax.toml:7:1
      |
    7 | digits = 3
      | ^^^^^^
      |
      = note: in `case[0].digits`

    2 problems in the course
    ");
}

#[test]
fn tolerances_are_finite_and_not_negative() {
    assert_snapshot!(case("expected = 1\ntolerance = { rel = -1e-3, abs = inf }\nnan = \"same\""), @r#"
    error: a tolerance is finite and not negative
     --> fixtures/softmax.toml:6:21
      |
    6 | tolerance = { rel = -1e-3, abs = inf }
      |                     ^^^^^
      |
      = note: in `case[0].tolerance.rel`

    error: a tolerance is finite and not negative
     --> fixtures/softmax.toml:6:34
      |
    6 | tolerance = { rel = -1e-3, abs = inf }
      |                                  ^^^
      |
      = note: in `case[0].tolerance.abs`

    error: expected `equal` or `differs`, found `same`
     --> fixtures/softmax.toml:7:7
      |
    7 | nan = "same"
      |       ^^^^^^
      |
      = note: in `case[0].nan`

    3 problems in the course
    "#);
}

#[test]
fn a_worker_needs_some_memory() {
    let memory = |size: &str| format!("[limits]\nmemory = \"{size}\"\n");
    let case = "[[case]]\nname = \"a\"\nexpected = 1\n";
    let said = softmax(&(memory("31 MiB") + case));
    assert!(said.contains("no worker starts with so little memory"), "{said}");
    assert!(TestCourse::softmax(&(memory("32 MiB") + case)).load().is_ok());
}

#[test]
fn limits_have_units() {
    let limits = "[limits]\nwall = \"2 sec\"\nmemory = 512\noutput = \"0 B\"\ntotal = \"2\"\n";
    assert_snapshot!(softmax(&format!("{limits}[[case]]\nname = \"a\"\nexpected = 1\n")), @r#"
    error: there is no unit `sec` here
     --> fixtures/softmax.toml:4:8
      |
    4 | wall = "2 sec"
      |        ^^^^^^^
      |
      = note: in `limits.wall`
      = help: write it as in "2 s"; the units are ms, s, min

    error: expected a string with a unit, found an integer
     --> fixtures/softmax.toml:5:10
      |
    5 | memory = 512
      |          ^^^
      |
      = note: in `limits.memory`
      = help: as in "512 MiB"

    error: this limit leaves nothing
     --> fixtures/softmax.toml:6:10
      |
    6 | output = "0 B"
      |          ^^^^^
      |
      = note: in `limits.output`
      = help: write it as in "512 MiB"; the units are B, KiB, MiB, GiB, kB, MB, GB

    error: `total` is a limit of a submission: course.toml sets it
     --> fixtures/softmax.toml:7:1
      |
    7 | total = "2"
      | ^^^^^
      |
      = note: in `limits.total`

    4 problems in the course
    "#);
}

#[test]
fn points_have_two_decimals() {
    let text = "title = \"Softmax\"\npoints = 2.355\n[[case]]\nname = \"a\"\nexpected = 1\n";
    assert_snapshot!(fixture(text), @r"
    error: points have at most two decimals
     --> fixtures/softmax.toml:2:10
      |
    2 | points = 2.355
      |          ^^^^^
      |
      = help: a number such as 10 or 2.35, above 0 and up to 1000000

    1 problem in the course
    ");
}

#[test]
fn a_printout_is_underlined_where_it_is_wrong() {
    assert_snapshot!(case("printed = \"\"\"\n[[1.5 2.5]\n [3.5 ...\n  4.5]]\n\"\"\""), @r"
    error: NumPy left numbers out here; print all of them after `np.set_printoptions(threshold=np.inf)`
     --> fixtures/softmax.toml:7:7
      |
    7 |  [3.5 ...
      |       ^^^
      |
      = note: in `case[0].printed`

    1 problem in the course
    ");
}

#[test]
fn a_fixture_may_name_its_schema() {
    let json = r#"{ "$schema": "fixture.schema.json", "title": "Softmax", "points": 10,
                    "case": [{ "name": "a", "expected": 1 }] }"#;
    assert!(TestCourse::new().file("softmax.json", json).load().is_ok());
    let toml = "\"$schema\" = 7\n[[case]]\nname = \"a\"\nexpected = 1\n";
    assert_snapshot!(softmax(toml), @r#"
    error: expected a string, found an integer
     --> fixtures/softmax.toml:3:13
      |
    3 | "$schema" = 7
      |             ^

    1 problem in the course
    "#);
}

#[test]
fn functions_have_plain_names() {
    assert_snapshot!(case("expected = 1\nfunction = \"softmax(); std::process::exit\""), @r#"
    error: `softmax(); std::process::exit` is no plain Rust name: letters, digits and `_`, not beginning with a digit
     --> fixtures/softmax.toml:6:12
      |
    6 | function = "softmax(); std::process::exit"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: in `case[0].function`

    1 problem in the course
    "#);
}

#[test]
fn filled_arrays_have_a_limit() {
    assert_snapshot!(case("args = [{ shape = [0, 4000000000, 4000000000], fill = 0 }]\nexpected = { shape = [-1], fill = \"a\" }"), @r#"
    error: with this array, those of the course have too many elements
     --> fixtures/softmax.toml:5:19
      |
    5 | args = [{ shape = [0, 4000000000, 4000000000], fill = 0 }]
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: in `case[0].args[0].shape`

    error: expected an integer from 0 to 4294967295
     --> fixtures/softmax.toml:6:23
      |
    6 | expected = { shape = [-1], fill = "a" }
      |                       ^^
      |
      = note: in `case[0].expected.shape[0]`

    2 problems in the course
    "#);
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let problems = case("\"weig\u{202e}ht\\u001b[2J\" = 2\nexpected = 1 # \u{202e}");
    assert!(!problems.contains(['\u{1b}', '\u{202e}']), "{problems}");
}

#[test]
fn problems_are_coloured_when_asked() {
    let problems = TestCourse::new().file("softmax.toml", "weight = 1\n").load().unwrap_err();
    assert!(problems.render(true).contains("\u{1b}["));
    assert!(!problems.render(false).contains("\u{1b}["));
}
