//! What the loader takes from `[[mistake]]`.

use insta::assert_snapshot;

use crate::test_course::TestCourse;

const CASE: &str = "[[case]]\nname = \"a\"\nexpected = 1\n";

/// What the loader says of a fixture with a case and this.
#[track_caller]
fn problems(mistakes: &str) -> String {
    TestCourse::softmax(&format!("{CASE}{mistakes}")).problems()
}

/// The mistakes of the only exercise, as `function: feedback`.
fn mistakes(course: &TestCourse) -> Vec<String> {
    let exercise = course.load().unwrap().exercises.remove(0);
    exercise.mistakes.iter().map(|it| format!("{}: {}", it.function, it.feedback)).collect()
}

#[test]
fn mistakes_keep_their_order() {
    let toml = TestCourse::softmax(&format!(
        "{CASE}[[mistake]]\nfunction = \"whole_matrix\"\nfeedback = \"Row by row.\"\n\
         [[mistake]]\nfunction = \"down_columns\"\nfeedback = \"Axis(1).\"\n"
    ));
    let json = TestCourse::new().file(
        "softmax.json",
        r#"{ "title": "Softmax", "points": 10, "case": [{ "name": "a", "expected": 1 }],
             "mistake": [{ "function": "whole_matrix", "feedback": "Row by row." },
                         { "function": "down_columns", "feedback": "Axis(1)." }] }"#,
    );
    for course in [toml, json] {
        assert_eq!(mistakes(&course), ["whole_matrix: Row by row.", "down_columns: Axis(1)."]);
    }
    assert!(mistakes(&TestCourse::softmax(CASE)).is_empty());
}

#[test]
fn a_mistake_has_a_function_and_feedback() {
    assert_snapshot!(problems("[[mistake]]\nfunction = 1\n[[mistake]]\nfeedbak = \"x\"\nwhy = 1\n"), @r#"
    error: missing key `feedback`
     --> fixtures/softmax.toml:6:1
      |
    6 | [[mistake]]
      | ^^^^^^^^^^^
      |
      = note: in `mistake[0]`

    error: expected a string, found an integer
     --> fixtures/softmax.toml:7:12
      |
    7 | function = 1
      |            ^
      |
      = note: in `mistake[0].function`

    error: missing key `function`
     --> fixtures/softmax.toml:8:1
      |
    8 | [[mistake]]
      | ^^^^^^^^^^^
      |
      = note: in `mistake[1]`

    error: unknown key `feedbak`, did you mean `feedback`?
     --> fixtures/softmax.toml:9:1
      |
    9 | feedbak = "x"
      | ^^^^^^^
      |
      = note: in `mistake[1].feedbak`

    error: unknown key `why`
      --> fixtures/softmax.toml:10:1
       |
    10 | why = 1
       | ^^^
       |
       = note: in `mistake[1].why`
       = help: the keys here are `function`, `feedback`

    5 problems in the course
    "#);
}

#[test]
fn a_mistake_is_a_plain_function() {
    assert_snapshot!(problems("[[mistake]]\nfunction = \"a::b\"\nfeedback = 2\n"), @r#"
    error: `a::b` is no plain Rust name: letters, digits and `_`, not beginning with a digit
     --> fixtures/softmax.toml:7:12
      |
    7 | function = "a::b"
      |            ^^^^^^
      |
      = note: in `mistake[0].function`

    error: expected a string, found an integer
     --> fixtures/softmax.toml:8:12
      |
    8 | feedback = 2
      |            ^
      |
      = note: in `mistake[0].feedback`

    2 problems in the course
    "#);
}

#[test]
fn no_two_mistakes_are_the_same_function() {
    let mistake = "[[mistake]]\nfunction = \"twice\"\nfeedback = \"Once is enough.\"\n";
    assert_snapshot!(problems(&mistake.repeat(2)), @r#"
    error: `twice` is named by two mistakes
      --> fixtures/softmax.toml:10:12
       |
    10 | function = "twice"
       |            ^^^^^^^
       |
       = note: in `mistake[1].function`
       = help: the first stands on line 7

    1 problem in the course
    "#);
}

#[test]
fn an_overlay_has_no_mistakes() {
    let overlay = format!("{CASE}[[mistake]]\nfunction = \"a\"\nfeedback = \"b\"\n");
    let course = TestCourse::softmax(CASE).file("hidden/softmax.toml", overlay).overlay("hidden");
    assert_snapshot!(course.problems(), @r"
    error: an overlay has no mistakes: those of its exercise hold
     --> fixtures/hidden/softmax.toml:4:3
      |
    4 | [[mistake]]
      |   ^^^^^^^

    1 problem in the course
    ");
}
