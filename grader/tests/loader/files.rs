//! What the loader says of files that are wrong: their syntax, and how they fit together.

use insta::assert_snapshot;

use crate::test_course::{COURSE, HEAD, TestCourse};

#[test]
fn data_files_lie_beside_the_fixture() {
    let npy =
        b"\x93NUMPY\x01\x00\x3b\x00{'descr': '<c16', 'fortran_order': False, 'shape': (2,)}  \n";
    let names = ["../cat.npy", "/etc/cat.npy", "cat.npy", "complex.npy", "text.npy", "cat.png"];
    let args: Vec<_> = names.iter().map(|name| format!("  {{ npy = \"{name}\" }},\n")).collect();
    let fixture =
        format!("{HEAD}[[case]]\nname = \"a\"\nargs = [\n{}]\nshape = [0]\n", args.concat());
    let course = TestCourse::new().file("softmax.toml", fixture);
    let course = course.file("complex.npy", npy).file("text.npy", "1, 2, 3");
    assert_snapshot!(course.problems(), @r#"
    error: `../cat.npy` is no data file
     --> fixtures/softmax.toml:6:11
      |
    6 |   { npy = "../cat.npy" },
      |           ^^^^^^^^^^^^
      |
      = note: in `case[0].args[0].npy`
      = help: name a `.npy` file in the folder of this fixture, as in "cat.npy"

    error: `/etc/cat.npy` is no data file
     --> fixtures/softmax.toml:7:11
      |
    7 |   { npy = "/etc/cat.npy" },
      |           ^^^^^^^^^^^^^^
      |
      = note: in `case[0].args[1].npy`
      = help: name a `.npy` file in the folder of this fixture, as in "cat.npy"

    error: `cat.npy`: there is no such file
     --> fixtures/softmax.toml:8:11
      |
    8 |   { npy = "cat.npy" },
      |           ^^^^^^^^^
      |
      = note: in `case[0].args[2].npy`

    error: `complex.npy`: the type '<c16' is not supported
     --> fixtures/softmax.toml:9:11
      |
    9 |   { npy = "complex.npy" },
      |           ^^^^^^^^^^^^^
      |
      = note: in `case[0].args[3].npy`

    error: `text.npy`: this is no `.npy` file
      --> fixtures/softmax.toml:10:11
       |
    10 |   { npy = "text.npy" },
       |           ^^^^^^^^^^
       |
       = note: in `case[0].args[4].npy`

    error: `cat.png` is no data file
      --> fixtures/softmax.toml:11:11
       |
    11 |   { npy = "cat.png" },
       |           ^^^^^^^^^
       |
       = note: in `case[0].args[5].npy`
       = help: name a `.npy` file in the folder of this fixture, as in "cat.npy"

    6 problems in the course
    "#);
}

#[test]
fn toml_that_does_not_parse_is_shown() {
    assert_snapshot!(TestCourse::softmax("summary = \"Turn\nhints = [1\n").problems(), @r#"
    error: invalid basic string, expected `"`
     --> fixtures/softmax.toml:3:16
      |
    3 | summary = "Turn
      |                ^

    error: unclosed array, expected `]`
     --> fixtures/softmax.toml:4:11
      |
    4 | hints = [1
      |           ^

    2 problems in the course
    "#);
    assert_snapshot!(TestCourse::softmax("points = 3\n").problems(), @r"
    error: duplicate key
     --> fixtures/softmax.toml:3:1
      |
    3 | points = 3
      | ^^^^^^

    1 problem in the course
    ");
}

#[test]
fn json_that_does_not_parse_is_shown() {
    let json = "{\n  \"title\": \"Softmax\",\n  \"points\": 10,\n  \"case\": [{ \"name\": \"a\" \"expected\": 1 }]\n}\n";
    assert_snapshot!(TestCourse::new().file("softmax.json", json).problems(), @r#"
    error: expected `,` or `}`
     --> fixtures/softmax.json:4:26
      |
    4 |   "case": [{ "name": "a" "expected": 1 }]
      |                          ^

    1 problem in the course
    "#);
    let json = "{ \"title\": \"a\", \"title\": \"b\", \"points\": 1e999 }";
    assert_snapshot!(TestCourse::new().file("softmax.json", json).problems(), @r#"
    error: duplicate key
     --> fixtures/softmax.json:1:17
      |
    1 | { "title": "a", "title": "b", "points": 1e999 }
      |                 ^^^^^^^

    error: this number is too large
     --> fixtures/softmax.json:1:41
      |
    1 | { "title": "a", "title": "b", "points": 1e999 }
      |                                         ^^^^^

    2 problems in the course
    "#);
}

#[test]
fn json_has_the_same_keys() {
    let json = "{\n  \"title\": null,\n  \"points\": \"10\",\n  \"case\": [\n    { \"name\": \"a\", \"args\": [[[1, 2], [3]]], \"epxected\": 1 }\n  ]\n}\n";
    assert_snapshot!(TestCourse::new().file("softmax.json", json).problems(), @r#"
    error: expected a string, found null
     --> fixtures/softmax.json:2:12
      |
    2 |   "title": null,
      |            ^^^^

    error: expected a number, found a string
     --> fixtures/softmax.json:3:13
      |
    3 |   "points": "10",
      |             ^^^^

    error: row 1 has 1 item, row 0 has 2
     --> fixtures/softmax.json:5:38
      |
    5 |     { "name": "a", "args": [[[1, 2], [3]]], "epxected": 1 }
      |                                      ^^^
      |
      = note: in `case[0].args[0][1]`

    error: unknown key `epxected`, did you mean `expected`?
     --> fixtures/softmax.json:5:45
      |
    5 |     { "name": "a", "args": [[[1, 2], [3]]], "epxected": 1 }
      |                                             ^^^^^^^^^^
      |
      = note: in `case[0].epxected`

    4 problems in the course
    "#);
}

#[test]
fn a_file_that_is_not_utf8_says_where() {
    assert_snapshot!(TestCourse::new().file("softmax.toml", b"title = \"Soft\xffmax\"\n").problems(), @r#"
    error: this file is not UTF-8: byte 13 is no part of a character
     --> fixtures/softmax.toml:1:14
      |
    1 | title = "Soft�max"
      |              ^

    1 problem in the course
    "#);
}

#[test]
fn weights_must_leave_the_scores_exact() {
    // Sums of weights that are all different primes near a million.
    let primes = [999_983, 999_979, 999_961, 999_959, 999_953, 999_931, 999_917];
    let names: Vec<String> = (0..primes.len()).map(|number| format!("e{number}")).collect();
    let listed = format!(
        "version = 1\ntitle = \"Test\"\n[[section]]\ntitle = \"All\"\nexercises = {names:?}\n"
    );
    let mut course = TestCourse::new().file("course.toml", listed);
    for (name, weight) in names.iter().zip(primes) {
        let case = format!("[[case]]\nname = \"c\"\nexpected = 1\nweight = {weight}\n");
        course = course.file(&format!("{name}.toml"), format!("{HEAD}{case}"));
    }
    let problems = course.load().unwrap_err().to_string();
    assert!(problems.contains("cannot be added up exactly"), "{problems}");
    course = course.file("e0.toml", format!("{HEAD}[[case]]\nname = \"c\"\nexpected = 1\n"));
    for name in &names[1..3] {
        let case = format!("{HEAD}[[case]]\nname = \"c\"\nexpected = 1\nweight = 5\n");
        course = course.file(&format!("{name}.toml"), case);
    }
    assert!(course.load().is_ok());
}

#[test]
fn the_sections_list_what_the_folder_holds() {
    let course = "version = 1\ntitle = \"Test\"\n[[section]]\ntitle = \"All\"\n\
        exercises = [\"sofmax\", \"main\", \"dot\", \"dot\"]\n";
    let fixture = format!("{HEAD}[[case]]\nname = \"a\"\nexpected = 1\n");
    let course = TestCourse::softmax("").file("course.toml", course).file("dot.toml", &fixture);
    assert_snapshot!(course.file("dot.json", "{}").problems(), @r#"
    error: `sofmax` has no fixture, did you mean `softmax`?
     --> fixtures/course.toml:5:14
      |
    5 | exercises = ["sofmax", "main", "dot", "dot"]
      |              ^^^^^^^^
      |
      = note: in `section[0].exercises[0]`
      = help: write `sofmax.toml` or `sofmax.json`

    error: `main` is reserved: a module would shadow it
     --> fixtures/course.toml:5:24
      |
    5 | exercises = ["sofmax", "main", "dot", "dot"]
      |                        ^^^^^^
      |
      = note: in `section[0].exercises[1]`

    error: `dot` is listed twice
     --> fixtures/course.toml:5:39
      |
    5 | exercises = ["sofmax", "main", "dot", "dot"]
      |                                       ^^^^^
      |
      = note: in `section[0].exercises[3]`
      = help: the first stands on line 5

    error: `dot` has another fixture, `dot.json`
    --> fixtures/dot.toml
     = help: keep one of the two

    error: `softmax` is listed in no section
    --> fixtures/softmax.toml
     = help: add it to a section of course.toml

    5 problems in the course
    "#);
}

#[test]
fn another_version_is_not_read() {
    assert_snapshot!(TestCourse::new().file("course.toml", "version = 2\nsections = 3\n").problems(), @r"
    error: version 2 of the format is not supported
     --> fixtures/course.toml:1:11
      |
    1 | version = 2
      |           ^
      |
      = help: this grader supports version 1

    1 problem in the course
    ");
}

#[test]
fn dependencies_exist_and_do_not_go_in_circles() {
    let case = "[[case]]\nname = \"a\"\nexpected = 1\n";
    let course = COURSE.replace("\"softmax\"", "\"softmax\", \"sigmoid\"");
    let course = TestCourse::softmax(&format!("depends = [\"sigmoid\", \"sigmod\"]\n{case}"))
        .file("course.toml", course)
        .file("sigmoid.toml", format!("{HEAD}depends = [\"softmax\"]\n{case}"));
    assert_snapshot!(course.problems(), @r#"
    error: an exercise cannot depend on itself: `sigmoid` → `softmax` → `sigmoid`
     --> fixtures/sigmoid.toml:3:12
      |
    3 | depends = ["softmax"]
      |            ^^^^^^^^^
      |
      = note: in `depends[0]`

    error: no exercise is called `sigmod`; did you mean `sigmoid`?
     --> fixtures/softmax.toml:3:23
      |
    3 | depends = ["sigmoid", "sigmod"]
      |                       ^^^^^^^^
      |
      = note: in `depends[1]`

    2 problems in the course
    "#);
}

#[test]
fn overlays_belong_to_exercises() {
    let course = TestCourse::softmax("[[case]]\nname = \"a\"\nexpected = 1\n")
        .file("hidden/sofmax.toml", "[[case]]\nname = \"a\"\nexpected = 1\n")
        .file("hidden/softmax.json", "{ \"limits\": { \"wall\": \"9 s\" } }")
        .file("empty/readme.md", "")
        .overlay("hidden")
        .overlay("empty")
        .overlay("absent");
    assert_snapshot!(course.problems(), @r#"
    error: this folder cannot be read: No such file or directory (os error 2)
    --> fixtures/absent

    error: this overlay has no fixture
    --> fixtures/empty

    error: no exercise is called `sofmax`; did you mean `softmax`?
    --> fixtures/hidden/sofmax.toml

    error: missing key `case`
     --> fixtures/hidden/softmax.json:1:1
      |
    1 | { "limits": { "wall": "9 s" } }
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: an overlay sets no limits: those of its exercise hold
     --> fixtures/hidden/softmax.json:1:3
      |
    1 | { "limits": { "wall": "9 s" } }
      |   ^^^^^^^^

    5 problems in the course
    "#);
}

#[test]
fn a_course_needs_a_manifest_and_cases() {
    assert_snapshot!(TestCourse::softmax("").problems(), @r"
    error: `softmax` has no case
    --> fixtures/softmax.toml
     = help: without a `[[case]]` nothing is judged

    1 problem in the course
    ");
    let course = TestCourse::softmax("summary = 1\n");
    std::fs::remove_file(course.path("course.toml")).unwrap();
    assert_snapshot!(course.problems(), @r"
    error: there is no such file
    --> fixtures/course.toml

    error: expected a string, found an integer
     --> fixtures/softmax.toml:3:11
      |
    3 | summary = 1
      |           ^

    2 problems in the course
    ");
}

#[test]
#[cfg(unix)]
fn symbolic_links_are_not_followed() {
    let course =
        TestCourse::softmax("[[case]]\nname = \"a\"\nargs = [{ npy = \"cat.npy\" }]\nshape = []\n");
    std::os::unix::fs::symlink("/etc/passwd", course.path("cat.npy")).unwrap();
    assert_snapshot!(course.problems(), @r#"
    error: `cat.npy`: this is a symbolic link; a course has regular files only
     --> fixtures/softmax.toml:5:17
      |
    5 | args = [{ npy = "cat.npy" }]
      |                 ^^^^^^^^^
      |
      = note: in `case[0].args[0].npy`

    1 problem in the course
    "#);
}
