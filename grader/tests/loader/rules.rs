//! What the loader makes of `[rules]`.

use insta::assert_snapshot;

use crate::test_course::{HEAD, TestCourse};

/// A case with a value, for a function.
fn case(function: &str) -> String {
    format!("[[case]]\nname = \"{function}\"\nfunction = \"{function}\"\nexpected = 1\n")
}

/// A course whose fixture has two functions and these rules.
fn course(rules: &str) -> TestCourse {
    TestCourse::softmax(&format!("{}{}[rules]\n{rules}\n", case("dot"), case("classic_dot")))
}

/// The rules of the course's exercise, as a reader sees them.
fn rules(course: &TestCourse) -> Vec<String> {
    let course = course.load().unwrap();
    let rules = course.exercises[0].rules.iter();
    rules.map(|rule| format!("{rule}{}", if rule.hidden { " (hidden)" } else { "" })).collect()
}

#[test]
fn rules_forbid_and_require() {
    let course = course(
        "dot = { forbid = [\"for\", \"while\", \"loop\"], require = [\"dot\"] }\n\
         classic_dot = { require = [\"for\", \"ndarray::Zip\"] }",
    );
    assert_eq!(
        rules(&course),
        [
            "dot: without `for`, `while` or `loop`",
            "dot: with `dot`",
            "classic_dot: with `for` or `ndarray::Zip`"
        ]
    );
}

#[test]
fn json_has_the_same_rules() {
    let course = TestCourse::new().file(
        "softmax.json",
        "{\"title\": \"Softmax\", \"points\": 10, \"case\": [{\"name\": \"a\", \"expected\": 1}], \
         \"rules\": {\"softmax\": {\"forbid\": [\"loop\"]}}}",
    );
    assert_eq!(rules(&course), ["softmax: without `loop`"]);
}

#[test]
fn the_rules_of_an_overlay_are_hidden_and_need_no_cases_of_its_own() {
    let course = course("dot = { forbid = [\"for\"] }")
        .file("hidden/softmax.toml", "[rules]\ndot = { forbid = [\"iter\"] }\n")
        .overlay("hidden");
    assert_eq!(rules(&course), ["dot: without `for`", "dot: without `iter` (hidden)"]);
}

#[test]
fn a_rule_is_for_a_function_with_a_value() {
    assert_snapshot!(course("dott = { forbid = [\"for\"] }").problems(), @r#"
    error: no case with a value calls `dott`, did you mean `dot`?
      --> fixtures/softmax.toml:12:1
       |
    12 | dott = { forbid = ["for"] }
       | ^^^^
       |
       = note: in `rules.dott`
       = help: a rule counts once its function passes a case with `expected` or `printed`

    1 problem in the course
    "#);
    let shape = "[[case]]\nname = \"a\"\nshape = [1]\n[rules]\nsoftmax = { forbid = [\"for\"] }\n";
    assert_snapshot!(TestCourse::softmax(shape).problems(), @r#"
    error: no case with a value calls `softmax`
     --> fixtures/softmax.toml:7:1
      |
    7 | softmax = { forbid = ["for"] }
      | ^^^^^^^
      |
      = note: in `rules.softmax`
      = help: a rule counts once its function passes a case with `expected` or `printed`

    1 problem in the course
    "#);
    let hidden = course("dot = { forbid = [\"for\"] }")
        .file("hidden/softmax.toml", "[rules]\nsoftmax = { forbid = [\"iter\"] }\n")
        .overlay("hidden");
    assert_snapshot!(hidden.problems(), @r#"
    error: no case with a value calls `softmax`
     --> fixtures/hidden/softmax.toml:2:1
      |
    2 | softmax = { forbid = ["iter"] }
      | ^^^^^^^
      |
      = note: in `rules.softmax`
      = help: a rule counts once its function passes a case with `expected` or `printed`

    1 problem in the course
    "#);
}

#[test]
fn where_cases_are_wrong_their_functions_are_not_missed() {
    let fixture = format!(
        "{HEAD}[[case]]\nname = \"a\"\nweight = 0\nexpected = 1\n\
         [rules]\nsoftmax = {{ forbid = [\"for\"] }}\n"
    );
    assert_snapshot!(TestCourse::new().file("softmax.toml", fixture).problems(), @"
    error: expected an integer from 1 to 1000000
     --> fixtures/softmax.toml:5:10
      |
    5 | weight = 0
      |          ^
      |
      = note: in `case[0].weight`

    1 problem in the course
    ");
}

#[test]
fn a_rule_asks_something() {
    let rules = "dot = {}\nclassic_dot = { forbidd = [\"for\"], require = [] }";
    assert_snapshot!(course(rules).problems(), @r#"
    error: this rule asks nothing
      --> fixtures/softmax.toml:12:7
       |
    12 | dot = {}
       |       ^^
       |
       = note: in `rules.dot`
       = help: add `forbid` or `require`

    error: unknown key `forbidd`, did you mean `forbid`?
      --> fixtures/softmax.toml:13:17
       |
    13 | classic_dot = { forbidd = ["for"], require = [] }
       |                 ^^^^^^^
       |
       = note: in `rules.classic_dot.forbidd`

    error: this list is empty
      --> fixtures/softmax.toml:13:46
       |
    13 | classic_dot = { forbidd = ["for"], require = [] }
       |                                              ^^
       |
       = note: in `rules.classic_dot.require`

    3 problems in the course
    "#);
}

#[test]
fn wrong_types_are_told() {
    assert_snapshot!(course("dot = [\"for\"]\nclassic_dot = { require = \"for\" }").problems(), @r#"
    error: expected a table, found a list
      --> fixtures/softmax.toml:12:7
       |
    12 | dot = ["for"]
       |       ^^^^^^^
       |
       = note: in `rules.dot`

    error: expected a list, found a string
      --> fixtures/softmax.toml:13:27
       |
    13 | classic_dot = { require = "for" }
       |                           ^^^^^
       |
       = note: in `rules.classic_dot.require`

    2 problems in the course
    "#);
    let fixture = format!("rules = 3\n{HEAD}{}", case("softmax"));
    assert_snapshot!(TestCourse::new().file("softmax.toml", fixture).problems(), @"
    error: expected a table, found an integer
     --> fixtures/softmax.toml:1:9
      |
    1 | rules = 3
      |         ^

    1 problem in the course
    ");
    assert_snapshot!(course("dot = { forbid = [1] }").problems(), @"
    error: expected a string, found an integer
      --> fixtures/softmax.toml:12:19
       |
    12 | dot = { forbid = [1] }
       |                   ^
       |
       = note: in `rules.dot.forbid[0]`

    1 problem in the course
    ");
}

#[test]
fn names_can_stand_in_rust() {
    let rules = "dot = { forbid = [\"for\", \"if\", \".sum\", \"ndarray::\", \"a b\"] }";
    assert_snapshot!(course(rules).problems(), @r#"
    error: `if` is a keyword of Rust
      --> fixtures/softmax.toml:12:26
       |
    12 | dot = { forbid = ["for", "if", ".sum", "ndarray::", "a b"] }
       |                          ^^^^
       |
       = note: in `rules.dot.forbid[1]`
       = help: a rule names `for`, `while`, `loop`, a method or function, as in `sum`, or a path, as in `ndarray::Zip`

    error: `.sum` is no plain Rust name: letters, digits and `_`, not beginning with a digit
      --> fixtures/softmax.toml:12:32
       |
    12 | dot = { forbid = ["for", "if", ".sum", "ndarray::", "a b"] }
       |                                ^^^^^^
       |
       = note: in `rules.dot.forbid[2]`
       = help: a rule names `for`, `while`, `loop`, a method or function, as in `sum`, or a path, as in `ndarray::Zip`

    error: `ndarray::` is no plain Rust name: letters, digits and `_`, not beginning with a digit
      --> fixtures/softmax.toml:12:40
       |
    12 | dot = { forbid = ["for", "if", ".sum", "ndarray::", "a b"] }
       |                                        ^^^^^^^^^^^
       |
       = note: in `rules.dot.forbid[3]`
       = help: a rule names `for`, `while`, `loop`, a method or function, as in `sum`, or a path, as in `ndarray::Zip`

    error: `a b` is no plain Rust name: letters, digits and `_`, not beginning with a digit
      --> fixtures/softmax.toml:12:53
       |
    12 | dot = { forbid = ["for", "if", ".sum", "ndarray::", "a b"] }
       |                                                     ^^^^^
       |
       = note: in `rules.dot.forbid[4]`
       = help: a rule names `for`, `while`, `loop`, a method or function, as in `sum`, or a path, as in `ndarray::Zip`

    4 problems in the course
    "#);
}

#[test]
fn nothing_is_named_twice() {
    let rules = "dot = { forbid = [\"for\", \"sum\", \"for\"], require = [\"sum\"] }\n\
                 dot = { forbid = [\"for\"] }";
    assert_snapshot!(course(rules).problems(), @r#"
    error: duplicate key
      --> fixtures/softmax.toml:13:1
       |
    13 | dot = { forbid = ["for"] }
       | ^^^

    1 problem in the course
    "#);
    let rules = "dot = { forbid = [\"for\", \"sum\", \"for\"], require = [\"sum\"] }";
    assert_snapshot!(course(rules).problems(), @r#"
    error: `for` is named twice in this rule
      --> fixtures/softmax.toml:12:33
       |
    12 | dot = { forbid = ["for", "sum", "for"], require = ["sum"] }
       |                                 ^^^^^
       |
       = note: in `rules.dot.forbid[2]`

    error: `sum` is named twice in this rule
      --> fixtures/softmax.toml:12:52
       |
    12 | dot = { forbid = ["for", "sum", "for"], require = ["sum"] }
       |                                                    ^^^^^
       |
       = note: in `rules.dot.require[0]`

    2 problems in the course
    "#);
}
