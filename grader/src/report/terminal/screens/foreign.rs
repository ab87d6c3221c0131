//! Cases and texts that must not come through as they are.

use super::super::*;
use super::{PLAIN, screen};
use crate::report::sample;

#[test]
fn hidden_cases_are_only_counted() {
    let screen = screen(&PLAIN, &sample::with_hidden_cases());
    assert!(!screen.contains("secret"));
    insta::assert_snapshot!(screen, @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✗ l1_loss  ██████░░░░  6.67/10  failed
        1 of 2 hidden cases passed

    Total  ████████████████████░░░░░░░░░░  6.67/10  66.67%

    Next    open exercises/src/l1_loss.rs: it passes every case you can see, but not
            all of those you cannot. Which inputs have you not thought of?
    Then    cargo grade
    ");
}

#[test]
fn hidden_cases_revealed() {
    let reveal = Terminal { reveal: true, ..PLAIN };
    insta::assert_snapshot!(screen(&reveal, &sample::with_hidden_cases()), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✗ l1_loss  ██████░░░░  6.67/10  wrong value

    l1_loss ─────────────────────────────────────────────── exercises/src/l1_loss.rs

      ✗ the secret row (hidden)                                          wrong value
        l1_loss([4.0, 2.0], [1.0, 1.0])

        expected    4.0
        actual      2.0
        difference  2 absolute, 0.5 relative
        tolerance   rel 1e-7, abs 1e-12

        output
          │ secret sum = 4

      Stuck? 3 hints: cargo grade hint l1_loss

    Total  ████████████████████░░░░░░░░░░  6.67/10  66.67%

    Next    open exercises/src/l1_loss.rs and fix l1_loss
    Then    cargo grade
    ");
}

#[test]
fn hostile_text() {
    let screen = screen(&PLAIN, &sample::hostile());
    assert!(screen.chars().all(|c| c == '\n' || !c.is_control()));
    insta::assert_snapshot!(screen, @r#"
    Python Basics with NumPy, in Rust                                 ✓ passeddessap

    Building basic functions
      ✗ hello_world  ░░░░░░░░░░  0/10  wrong value, panicked
      ✗ sigmoid      ░░░░░░░░░░  0/10  did not compile

    hello_world ─────────────────────────────────────── exercises/src/hello_world.rs

      ✗ a text                                                           wrong value
        hello_world()

        expected    "Hello World"
        actual      "\u{1b}[2J\u{1b}[1;1H\u{1b}]0;Total 140/140\u{7}\u{9b}31m✓ pass…
                     ^ from here on

      ✗ a panic                                                             panicked
        hello_world("\u{1b}[2J\u{1b}[1;1H\u{1b}]0;Total 140/140\u{7}\u{9b}31m✓
        passed\r\u{202e}dessap\0\u{8}")

        panicked at ✓ passeddessap:1:2:
          ✓ passeddessap✓ passeddessap

        output
          │ ✓ passeddessap
          │ AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
          │ AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
          │ AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

      Stuck? 3 hints: cargo grade hint hello_world

    sigmoid ─────────────────────────────────────────────── exercises/src/sigmoid.rs

    error: ✓ passeddessap
    BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB… cut

    Total  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/20  0%
    left out: ✓ passeddessap.rs (its name is not that of a module)

    Next    open exercises/src/hello_world.rs and fix hello_world
    Then    cargo grade
    "#);
}

#[test]
fn of_many_files_that_were_left_out_some_are_named() {
    let mut report = sample::first_solved();
    report.left_out =
        (0..1234).map(|number| (format!("{number}.rs"), "no plain name".into())).collect();
    let screen = screen(&PLAIN, &report);
    assert_eq!(screen.matches("left out: ").count(), 50);
    assert!(screen.contains("left out: 49.rs (no plain name)\nand 1184 more\n"), "{screen}");
}
