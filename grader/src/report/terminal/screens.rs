//! Every screen, as it is seen at 80 columns: here those of a course without a mistake.

mod failing;
mod foreign;
mod more;
mod style;

use super::*;
use crate::grade::CaseReport;
use crate::report::sample;

/// As it looks in a file: no colour.
pub(super) const PLAIN: Terminal = Terminal {
    width: 80,
    color: false,
    unicode: true,
    verbosity: Verbosity::Normal,
    reveal: false,
    partial: false,
    options: String::new(),
};

fn screen(terminal: &Terminal, report: &Report) -> String {
    let bytes = terminal.export(report).expect("a terminal takes every report");
    String::from_utf8(bytes).expect("text stays text")
}

#[test]
fn untouched() {
    insta::assert_snapshot!(screen(&PLAIN, &sample::untouched()), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      · hello_world         ░░░░░░░░░░  0/10  not implemented
      · basic_sigmoid       ░░░░░░░░░░  0/10  not implemented
      · vector_ops          ░░░░░░░░░░  0/10  not implemented
      · sigmoid             ░░░░░░░░░░  0/10  not implemented
      · sigmoid_derivative  ░░░░░░░░░░  0/10  not implemented

    Reshaping arrays
      · image2vector        ░░░░░░░░░░  0/10  not implemented

    Broadcasting
      · normalize_rows      ░░░░░░░░░░  0/10  not implemented
      · softmax             ░░░░░░░░░░  0/10  not implemented

    Vectorization
      · dot                 ░░░░░░░░░░  0/10  not implemented
      · outer               ░░░░░░░░░░  0/10  not implemented
      · multiply            ░░░░░░░░░░  0/10  not implemented
      · general_dot         ░░░░░░░░░░  0/10  not implemented

    Loss functions
      · l1_loss             ░░░░░░░░░░  0/10  not implemented
      · l2_loss             ░░░░░░░░░░  0/10  not implemented

    Total  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/140  0%

    Welcome! Nothing is solved yet, so this is where to start:

      1. Open exercises/src/hello_world.rs and read the lesson at its top.
      2. Replace todo!() with your own code, and save the file.
      3. Run the grader again: cargo grade

    Stuck?  cargo grade hint hello_world
    ");
}

#[test]
fn first_solved() {
    insta::assert_snapshot!(screen(&PLAIN, &sample::first_solved()), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ hello_world         ██████████  10/10
      · basic_sigmoid       ░░░░░░░░░░   0/10  not implemented
      · vector_ops          ░░░░░░░░░░   0/10  not implemented
      · sigmoid             ░░░░░░░░░░   0/10  not implemented
      · sigmoid_derivative  ░░░░░░░░░░   0/10  not implemented

    Reshaping arrays
      · image2vector        ░░░░░░░░░░   0/10  not implemented

    Broadcasting
      · normalize_rows      ░░░░░░░░░░   0/10  not implemented
      · softmax             ░░░░░░░░░░   0/10  not implemented

    Vectorization
      · dot                 ░░░░░░░░░░   0/10  not implemented
      · outer               ░░░░░░░░░░   0/10  not implemented
      · multiply            ░░░░░░░░░░   0/10  not implemented
      · general_dot         ░░░░░░░░░░   0/10  not implemented

    Loss functions
      · l1_loss             ░░░░░░░░░░   0/10  not implemented
      · l2_loss             ░░░░░░░░░░   0/10  not implemented

    Total  ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░  10/140  7.14%

    Your first exercise is solved! All the others work the same way.

    Next    open exercises/src/basic_sigmoid.rs and write basic_sigmoid
    Then    cargo grade
    Stuck?  cargo grade hint basic_sigmoid
    ");
}

#[test]
fn all_done() {
    insta::assert_snapshot!(screen(&PLAIN, &sample::all_done()), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ hello_world         ██████████  10/10
      ✓ basic_sigmoid       ██████████  10/10
      ✓ vector_ops          ██████████  10/10
      ✓ sigmoid             ██████████  10/10
      ✓ sigmoid_derivative  ██████████  10/10

    Reshaping arrays
      ✓ image2vector        ██████████  10/10

    Broadcasting
      ✓ normalize_rows      ██████████  10/10
      ✓ softmax             ██████████  10/10

    Vectorization
      ✓ dot                 ██████████  10/10
      ✓ outer               ██████████  10/10
      ✓ multiply            ██████████  10/10
      ✓ general_dot         ██████████  10/10

    Loss functions
      ✓ l1_loss             ██████████  10/10
      ✓ l2_loss             ██████████  10/10

    Total  ██████████████████████████████  140/140  100%

    Congratulations! You solved the whole course: 14 exercises.
    ");
}

#[test]
fn quiet() {
    let quiet = Terminal { verbosity: Verbosity::Quiet, ..PLAIN };
    insta::assert_snapshot!(screen(&quiet, &sample::half_done()), @"Total  ████████░░░░░░░░░░░░░░░░░░░░░░  39.5/140  28.21%");
}

#[test]
fn list() {
    let report = sample::only([sample::chatty(), sample::softmax()]);
    let list = PLAIN.list().export(&report).expect("a terminal takes every report");
    insta::assert_snapshot!(String::from_utf8_lossy(&list), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ basic_sigmoid  ██████████  10/10
      ✗ softmax        ██░░░░░░░░   2/10  wrong value

    Total  ██████████████████░░░░░░░░░░░░  12/20  60%
    ");
}

#[test]
fn a_file_that_is_missing() {
    let mut report = sample::only([sample::chatty(), sample::exercise("softmax", "Softmax")]);
    let missing = CaseReport { delivered: None, ..sample::unwritten("softmax") };
    report.sections[0].exercises[1].cases.push(missing);
    insta::assert_snapshot!(screen(&PLAIN, &report), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ basic_sigmoid  ██████████  10/10
      · softmax        ░░░░░░░░░░   0/10  not implemented: there is no file

    basic_sigmoid ─────────────────────────────────── exercises/src/basic_sigmoid.rs

      ✓ three                                                                 passed
        output
          │ x = 3
          │ 1 + e^-x = 1.049787

    Total  ███████████████░░░░░░░░░░░░░░░  10/20  50%

    Your first exercise is solved! All the others work the same way.

    Next    bring exercises/src/softmax.rs back: cargo grade reset softmax
    Then    cargo grade
    Stuck?  cargo grade hint softmax
    ");
}
