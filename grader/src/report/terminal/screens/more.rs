//! What a learner sees who asks for more, or for one exercise alone.

use super::super::{Terminal, Verbosity};
use super::{PLAIN, screen};
use crate::report::sample;
use crate::sandbox::Isolation;

#[test]
fn verbose() {
    let verbose = Terminal { verbosity: Verbosity::Verbose, ..PLAIN };
    let mut report = sample::few();
    report.isolation = Isolation::Process { lack: "this kernel has no Landlock".into() };
    insta::assert_snapshot!(screen(&verbose, &report), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✗ sigmoid        ░░░░░░░░░░    0/10  did not compile
      ✗ vector_ops     ██░░░░░░░░  2.5/10  wrong type, not implemented
      ✗ softmax        ██░░░░░░░░    2/10  wrong value
        graded on the reference sigmoid, since yours does not compile
      ✓ basic_sigmoid  ██████████   10/10

    sigmoid ─────────────────────────────────────────────── exercises/src/sigmoid.rs

    error[E0308]: mismatched types
      --> exercises/src/sigmoid.rs:52:5
       |
    51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
       |                                    ----------- expected `ArrayBase<..>`
    52 |     1.0
       |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`

    error: aborting due to 1 previous error

    vector_ops ───────────────────────────────────────── exercises/src/vector_ops.rs

      ✓ e to the 1, 2, 3                                              passed, 0.4 ms

      ✗ add_scalar                                                        wrong type
        wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>
        yours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>

      · reciprocal                                           not implemented, 0.4 ms

    error[E0277]: the grader cannot call this function
      --> exercises/src/vector_ops.rs:48:45
       |
    48 | pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64> {
       |                                       ^^^ an f32 cannot be filled

      Stuck? 3 hints: cargo grade hint vector_ops

    softmax ─────────────────────────────────────────────── exercises/src/softmax.rs

      ✗ two rows of five scores                                  wrong value, 0.4 ms
        softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])

        expected
          [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04
            1.21052389e-04]
           [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04
            8.01252314e-04]]
        actual
          [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04
            1.05164276e-04]
           [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04
            1.05164276e-04]]

        10 of 10 elements differ, the first five:
          index   expected        actual
          [0, 0]  0.980897665     0.852154956552608
          [0, 1]  0.000894462891  0.0007770647367382155
          [0, 2]  0.0179657674    0.015607762461462532
          [0, 3]  0.000121052389  0.00010516427623965027
          [0, 4]  0.000121052389  0.00010516427623965027
        difference  at most 0.763 absolute, 0.869 relative
        tolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12
        source      Python Basics with NumPy, softmax

        → You divided by the sum of the whole matrix. Sum each row.

      ✗ large scores do not overflow                             wrong value, 0.4 ms
        softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row's maximum before exponentiating.

      ✗ one column is all ones                                   wrong value, 0.4 ms
        softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row's maximum before exponentiating.

      ✓ one row                                                       passed, 0.4 ms

      Stuck? 3 hints: cargo grade hint softmax

    basic_sigmoid ─────────────────────────────────── exercises/src/basic_sigmoid.rs

      ✓ an example                                                    passed, 0.4 ms

      ✓ three                                                         passed, 0.4 ms
        output
          │ x = 3
          │ 1 + e^-x = 1.049787

    Total  ██████████░░░░░░░░░░░░░░░░░░░░  14.5/40  36.25%
    left out: lib.rs (the grader writes its own)
    isolation: process (this kernel has no Landlock)
    graded in 612 ms by grader 0.1.0 with rustc 1.95.0, seed 20190529

    Next    open exercises/src/sigmoid.rs and make it compile
    Then    cargo grade
    ");
}

#[test]
fn one_exercise_alone() {
    let partial = Terminal { partial: true, ..PLAIN };
    insta::assert_snapshot!(screen(&partial, &sample::only([sample::chatty()])), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ basic_sigmoid  ██████████  10/10

    basic_sigmoid ─────────────────────────────────── exercises/src/basic_sigmoid.rs

      ✓ three                                                                 passed
        output
          │ x = 3
          │ 1 + e^-x = 1.049787

    Total  ██████████████████████████████  10/10  100%

    1 exercise passed.
    Next    cargo grade
    ");
}

#[test]
fn long_output() {
    let mut exercise = sample::chatty();
    let case = &mut exercise.cases[1];
    case.output = (1..=40).map(|line| format!("line {line}\n")).collect();
    case.output_cut = true;
    insta::assert_snapshot!(screen(&PLAIN, &sample::only([exercise])), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ basic_sigmoid  ██████████  10/10

    basic_sigmoid ─────────────────────────────────── exercises/src/basic_sigmoid.rs

      ✓ three                                                                 passed
        output
          │ line 1
          │ line 2
          │ line 3
          │ line 4
          │ line 5
          │ line 6
          │ line 7
          │ line 8
          │ line 9
          │ line 10
          │ line 11
          │ line 12
          │ line 13
          │ line 14
          │ line 15
          │ line 16
          │ line 17
          │ line 18
          │ line 19
          │ line 20
          … 22 more lines: cargo grade run basic_sigmoid --verbose

    Total  ██████████████████████████████  10/10  100%

    Congratulations! You solved the whole course: 1 exercise.
    ");
}

#[test]
fn rules_among_all_cases() {
    let verbose = Terminal { verbosity: Verbosity::Verbose, partial: true, ..PLAIN };
    insta::assert_snapshot!(screen(&verbose, &sample::only([sample::outer()])), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✗ outer  ██████░░░░  6.67/10  rule broken

    outer ─────────────────────────────────────────────────── exercises/src/outer.rs

      ✓ two by three                                                  passed, 0.4 ms

      ✗ outer: without `for`, `while` or `loop`                          rule broken
        `for` is not allowed in `outer`: use ndarray's methods
        (exercises/src/outer.rs:77, exercises/src/outer.rs:61 in `scaled`)

      ✓ scaled: without `for`, `while` or `loop`                              passed

      Stuck? 3 hints: cargo grade hint outer

    Total  ████████████████████░░░░░░░░░░  6.67/10  66.67%
    left out: lib.rs (the grader writes its own)
    isolation: full
    graded in 612 ms by grader 0.1.0 with rustc 1.95.0, seed 20190529

    Next    open exercises/src/outer.rs and fix outer
    Then    cargo grade
    ");
}
