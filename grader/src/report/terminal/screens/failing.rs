//! What a learner sees of what is wrong.

use super::{PLAIN, screen};
use crate::report::sample;

#[test]
fn half_done() {
    insta::assert_snapshot!(screen(&PLAIN, &sample::half_done()), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✓ hello_world         ██████████   10/10
      ✓ basic_sigmoid       ██████████   10/10
      ✗ vector_ops          ██░░░░░░░░  2.5/10  wrong type, not implemented
      ✗ sigmoid             ░░░░░░░░░░    0/10  did not compile
      ✓ sigmoid_derivative  ██████████   10/10
        graded on the reference sigmoid, since yours does not compile

    Reshaping arrays
      ✗ image2vector        ░░░░░░░░░░    0/10  wrong shape

    Broadcasting
      ✗ normalize_rows      █████░░░░░    5/10  panicked
      ✗ softmax             ██░░░░░░░░    2/10  wrong value

    Vectorization
      ✗ dot                 ░░░░░░░░░░    0/10  timed out, stack overflow, crashed
      · outer               ░░░░░░░░░░    0/10  blocked
        it needs dot
      · multiply            ░░░░░░░░░░    0/10  not implemented
      ✗ general_dot         ░░░░░░░░░░    0/10  wrong value, not implemented

    Loss functions
      ✗ l1_loss             ░░░░░░░░░░    0/10  wrong value
      · l2_loss             ░░░░░░░░░░    0/10  not implemented

    basic_sigmoid ─────────────────────────────────── exercises/src/basic_sigmoid.rs

      ✓ three                                                                 passed
        output
          │ x = 3
          │ 1 + e^-x = 1.049787

    vector_ops ───────────────────────────────────────── exercises/src/vector_ops.rs

      ✗ add_scalar                                                        wrong type
        wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>
        yours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>

      what rustc says: cargo grade run vector_ops --verbose
      Stuck? 3 hints: cargo grade hint vector_ops

    sigmoid ─────────────────────────────────────────────── exercises/src/sigmoid.rs

    error[E0308]: mismatched types
      --> exercises/src/sigmoid.rs:52:5
       |
    51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
       |                                    ----------- expected `ArrayBase<..>`
    52 |     1.0
       |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`

    error: aborting due to 1 previous error

    image2vector ───────────────────────────────────── exercises/src/image2vector.rs

      ✗ a 3×3×2 image                                                    wrong shape
        image2vector([[[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5],
        [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]])

        expected    shape (18, 1)
        actual      shape (1, 18)
        source      Python Basics with NumPy, image2vector

        → The result is a column: (length * height * depth, 1).

      Stuck? 3 hints: cargo grade hint image2vector

    normalize_rows ───────────────────────────────── exercises/src/normalize_rows.rs

      ✗ two rows                                                            panicked
        normalize_rows([[0.0, 3.0, 4.0], [2.0, 6.0, 4.0]])

        panicked at exercises/src/normalize_rows.rs:61:7:
          ndarray: could not broadcast array from shape: [2] to: [2, 3]

        output
          │ norms = [5, 7.483314773547883]

      Stuck? 3 hints: cargo grade hint normalize_rows

    softmax ─────────────────────────────────────────────── exercises/src/softmax.rs

      ✗ two rows of five scores                                          wrong value
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

      ✗ large scores do not overflow                                     wrong value
        softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row's maximum before exponentiating.

      1 more case fails: cargo grade run softmax --verbose
      Stuck? 3 hints: cargo grade hint softmax

    dot ─────────────────────────────────────────────────────── exercises/src/dot.rs

      ✗ the notebook's vectors                                             timed out
        classic_dot([9.0, 2.0, 5.0, 0.0, 0.0, 7.0, 5.0, 0.0, 0.0, 0.0, 9.0, 2.0,
        5.0, …], [9.0, 2.0, 2.0, 9.0, 0.0, 9.0, 2.0, 5.0, 0.0, 0.0, 9.0, 2.0, …])

        the call was stopped after 2 s

      ✗ the notebook's vectors                                        stack overflow
        classic_dot([9.0, 2.0, 5.0, 0.0, 0.0, 7.0, 5.0, 0.0, 0.0, 0.0, 9.0, 2.0,
        5.0, …], [9.0, 2.0, 2.0, 9.0, 0.0, 9.0, 2.0, 5.0, 0.0, 0.0, 9.0, 2.0, …])

        the stack overflowed: does the recursion end?

      1 more case fails: cargo grade run dot --verbose
      Stuck? 3 hints: cargo grade hint dot

    general_dot ─────────────────────────────────────── exercises/src/general_dot.rs

      ✗ nine rows                                                        wrong value
        classic_general_dot([[0.25, 0.25, 0.25], [0.25, 0.25, 0.25], [0.25, 0.25,
        0.25], […]], [1.0, -2.0, 0.5])

        expected
          [  0.      0.25    0.5    >0.75<   1.      1.25    1.5    >1.75<   2.   ]
        actual
          [  0.      0.25    0.5    >0.<     1.      1.25    1.5   >-1.75<   2.   ]

        2 of 9 elements differ:
          index  expected  actual
          [3]    0.75      0.0
          [7]    1.75      -1.75
        difference  at most 3.5 absolute, 2 relative
        tolerance   rel 1e-7, abs 1e-12

      Stuck? 3 hints: cargo grade hint general_dot

    l1_loss ─────────────────────────────────────────────── exercises/src/l1_loss.rs

      ✗ the notebook's vectors                                           wrong value
        l1_loss([0.9, 0.2, 0.1, 0.4, 0.9], [1.0, 0.0, 0.0, 1.0, 1.0])

        expected    1.1
        actual      0.4999999999999999
        difference  0.6 absolute, 0.545 relative
        tolerance   half a unit of the 1st decimal printed, or rel 1e-7, abs 1e-12
        source      Python Basics with NumPy, L1

        → Sum the absolute differences: abs() comes before sum().

      Stuck? 3 hints: cargo grade hint l1_loss

    Total  ████████░░░░░░░░░░░░░░░░░░░░░░  39.5/140  28.21%
    left out: my softmax.rs (its name is not that of a module)

    Next    open exercises/src/vector_ops.rs and fix add_scalar
    Then    cargo grade
    ");
}

#[test]
fn a_broken_rule() {
    insta::assert_snapshot!(screen(&PLAIN, &sample::only([sample::outer()])), @"
    Python Basics with NumPy, in Rust                                      exercises

    Building basic functions
      ✗ outer  ██████░░░░  6.67/10  rule broken

    outer ─────────────────────────────────────────────────── exercises/src/outer.rs

      ✗ outer: without `for`, `while` or `loop`                          rule broken
        `for` is not allowed in `outer`: use ndarray's methods
        (exercises/src/outer.rs:77, exercises/src/outer.rs:61 in `scaled`)

      Stuck? 3 hints: cargo grade hint outer

    Total  ████████████████████░░░░░░░░░░  6.67/10  66.67%

    Next    open exercises/src/outer.rs and fix outer
    Then    cargo grade
    ");
}
