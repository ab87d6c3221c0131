//! Width, glyphs and colours.

use super::super::*;
use super::{PLAIN, screen};
use crate::diagnostic::Diagnostics;
use crate::report::sample;

#[test]
fn ascii_on_a_narrow_terminal() {
    let ascii = Terminal { unicode: false, width: 60, ..PLAIN };
    let screen = screen(&ascii, &sample::few());
    assert!(screen.is_ascii());
    insta::assert_snapshot!(screen, @"
    Python Basics with NumPy, in Rust                  exercises

    Building basic functions
      x sigmoid        ..........    0/10  did not compile
      x vector_ops     ##........  2.5/10
        wrong type, not implemented
      x softmax        ##........    2/10  wrong value
        graded on the reference sigmoid, since yours does not
        compile
      + basic_sigmoid  ##########   10/10

    sigmoid --------------------------- exercises/src/sigmoid.rs

    error[E0308]: mismatched types
      --> exercises/src/sigmoid.rs:52:5
       |
    51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
       |                                    ----------- expected `ArrayBase<..>`
    52 |     1.0
       |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`

    error: aborting due to 1 previous error

    vector_ops --------------------- exercises/src/vector_ops.rs

      x add_scalar                                    wrong type
        wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) ->
        ArrayD<f64>
        yours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) ->
        ArrayD<f64>

      what rustc says: cargo grade run vector_ops --verbose
      Stuck? 3 hints: cargo grade hint vector_ops

    softmax --------------------------- exercises/src/softmax.rs

      x two rows of five scores                      wrong value
        softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0,
        0.0]])

        expected
          [[9.80897665e-01 8.94462891e-04 1.79657674e-02
            1.21052389e-04 1.21052389e-04]
           [8.78679856e-01 1.18916387e-01 8.01252314e-04
            8.01252314e-04 8.01252314e-04]]
        actual
          [[8.52154957e-01 7.77064737e-04 1.56077625e-02
            1.05164276e-04 1.05164276e-04]
           [1.15326632e-01 1.56077625e-02 1.05164276e-04
            1.05164276e-04 1.05164276e-04]]

        10 of 10 elements differ, the first five:
          index   expected        actual
          [0, 0]  0.980897665     0.852154956552608
          [0, 1]  0.000894462891  0.0007770647367382155
          [0, 2]  0.0179657674    0.015607762461462532
          [0, 3]  0.000121052389  0.00010516427623965027
          [0, 4]  0.000121052389  0.00010516427623965027
        difference  at most 0.763 absolute, 0.869 relative
        tolerance   half a unit of the last digit printed, or
                    rel 1e-7, abs 1e-12
        source      Python Basics with NumPy, softmax

        -> You divided by the sum of the whole matrix. Sum each
           row.

      x large scores do not overflow                 wrong value
        softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        -> Subtract each row's maximum before exponentiating.

      1 more case fails: cargo grade run softmax --verbose
      Stuck? 3 hints: cargo grade hint softmax

    basic_sigmoid --------------- exercises/src/basic_sigmoid.rs

      + three                                             passed
        output
          | x = 3
          | 1 + e^-x = 1.049787

    Total  ##########....................  14.5/40  36.25%

    Next    open exercises/src/sigmoid.rs and make it compile
    Then    cargo grade
    ");
}

#[test]
fn colour() {
    let color = Terminal { color: true, ..PLAIN };
    let screen = screen(&color, &sample::few());
    insta::assert_snapshot!(screen.replace('\u{1b}', "␛"), @"
    ␛[1mPython Basics with NumPy, in Rust␛[0m␛[2m                                      ␛[0m␛[2mexercises␛[0m

    ␛[1mBuilding basic functions␛[0m
      ␛[31m✗␛[0m sigmoid        ␛[2m░░░░░░░░░░␛[0m    0/10  ␛[31mdid not compile␛[0m
      ␛[31m✗␛[0m vector_ops     ␛[33m██␛[0m␛[2m░░░░░░░░␛[0m  2.5/10  ␛[31mwrong type, not implemented␛[0m
      ␛[31m✗␛[0m softmax        ␛[33m██␛[0m␛[2m░░░░░░░░␛[0m    2/10  ␛[31mwrong value␛[0m
        ␛[2mgraded on the reference sigmoid, since yours does not compile␛[0m
      ␛[32m✓␛[0m basic_sigmoid  ␛[32m██████████␛[0m   10/10

    ␛[1msigmoid␛[0m␛[2m ─────────────────────────────────────────────── ␛[0m␛[2mexercises/src/sigmoid.rs␛[0m

    ␛[1m␛[91merror[E0308]␛[0m␛[1m: mismatched types␛[0m
      ␛[1m␛[94m--> ␛[0mexercises/src/sigmoid.rs:52:5
       ␛[1m␛[94m|␛[0m
    51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {
       |                                    ----------- expected `ArrayBase<..>`
    52 |     1.0
       |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`

    error: aborting due to 1 previous error␛[0m

    ␛[1mvector_ops␛[0m␛[2m ───────────────────────────────────────── ␛[0m␛[2mexercises/src/vector_ops.rs␛[0m

    ␛[31m  ✗ add_scalar␛[0m␛[2m                                                        ␛[0m␛[31mwrong type␛[0m
        wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>
        yours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>

      ␛[2mwhat rustc says: cargo grade run vector_ops --verbose␛[0m
      ␛[2mStuck? 3 hints: cargo grade hint vector_ops␛[0m

    ␛[1msoftmax␛[0m␛[2m ─────────────────────────────────────────────── ␛[0m␛[2mexercises/src/softmax.rs␛[0m

    ␛[31m  ✗ two rows of five scores␛[0m␛[2m                                          ␛[0m␛[31mwrong value␛[0m
        softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])

        ␛[2mexpected␛[0m
          [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04
            1.21052389e-04]
           [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04
            8.01252314e-04]]
        ␛[2mactual␛[0m
          [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04
            1.05164276e-04]
           [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04
            1.05164276e-04]]

        10 of 10 elements differ, the first five:
          ␛[2mindex   expected        actual␛[0m
          [0, 0]  0.980897665     0.852154956552608
          [0, 1]  0.000894462891  0.0007770647367382155
          [0, 2]  0.0179657674    0.015607762461462532
          [0, 3]  0.000121052389  0.00010516427623965027
          [0, 4]  0.000121052389  0.00010516427623965027
        ␛[2mdifference  ␛[0mat most 0.763 absolute, 0.869 relative
        ␛[2mtolerance   ␛[0mhalf a unit of the last digit printed, or rel 1e-7, abs 1e-12
        ␛[2msource      ␛[0mPython Basics with NumPy, softmax

        ␛[36m→ ␛[0m␛[36mYou divided by the sum of the whole matrix. Sum each row.␛[0m

    ␛[31m  ✗ large scores do not overflow␛[0m␛[2m                                     ␛[0m␛[31mwrong value␛[0m
        softmax([[1000.0, 1000.0]])

        ␛[2mexpected    ␛[0m[[0.5 0.5]]
        ␛[2mactual      ␛[0m[[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          ␛[2mindex   expected  actual␛[0m
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        ␛[2mtolerance   ␛[0mrel 1e-7, abs 1e-12

        ␛[36m→ ␛[0m␛[36mSubtract each row's maximum before exponentiating.␛[0m

      ␛[2m1 more case fails: cargo grade run softmax --verbose␛[0m
      ␛[2mStuck? 3 hints: cargo grade hint softmax␛[0m

    ␛[1mbasic_sigmoid␛[0m␛[2m ─────────────────────────────────── ␛[0m␛[2mexercises/src/basic_sigmoid.rs␛[0m

    ␛[32m  ✓ three␛[0m␛[2m                                                                 ␛[0m␛[32mpassed␛[0m
        ␛[2moutput␛[0m
          ␛[2m│␛[0m x = 3
          ␛[2m│␛[0m 1 + e^-x = 1.049787

    ␛[1mTotal  ␛[0m␛[33m██████████␛[0m␛[2m░░░░░░░░░░░░░░░░░░░░␛[0m␛[1m  14.5/40  36.25%␛[0m

    ␛[36mNext    ␛[0mopen exercises/src/sigmoid.rs and make it compile
    ␛[36mThen    ␛[0mcargo grade
    ");
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    for width in [40, 57, 80, 132] {
        let terminal = Terminal { width, verbosity: Verbosity::Verbose, ..PLAIN };
        let rules = || sample::only([sample::outer()]);
        for mut report in
            [sample::untouched(), sample::half_done(), sample::first_solved(), rules()]
        {
            for section in &mut report.sections {
                // What rustc says stays as it is.
                section.exercises.iter_mut().for_each(|it| it.diagnostics = Diagnostics::default());
            }
            for line in screen(&terminal, &report).lines() {
                // A row of numbers is not broken.
                let row = line.trim_start().starts_with('[');
                assert!(row || line.chars().count() <= width, "{width}: {line}");
            }
        }
    }
}
