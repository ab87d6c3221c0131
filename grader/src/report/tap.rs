//! The Test Anything Protocol, version 13, which `prove` and every other consumer reads.

use std::fmt::Write;

use super::item::Item;
use super::state::total;
use super::terminal::Terminal;
use super::{Exporter, text};
use crate::grade::Report;

/// How many characters of one text are kept.
const TEXT: usize = 4 << 10;

/// Writes TAP: a case is a test.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tap {
    /// Whether hidden cases are shown like others. Otherwise those of an exercise are one test.
    pub reveal: bool,
}

impl Exporter for Tap {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let tests: Vec<(String, Item<'_>)> = report
            .exercises()
            .flat_map(|exercise| {
                let items = Item::all(exercise, self.reveal).into_iter();
                items.map(|item| (item.title(exercise), item))
            })
            .collect();
        let mut tap = format!("TAP version 13\n1..{}\n", tests.len());
        for (number, (title, item)) in (1..).zip(&tests) {
            let ok = if item.passed { "ok" } else { "not ok" };
            let name = description(title);
            writeln!(tap, "{ok} {number} - {name}")?;
            tap.push_str(&diagnosis(item)?);
        }
        writeln!(tap, "# {}", total(report))?;
        Ok(tap.into_bytes())
    }
}

/// A name without what would make it a directive.
fn description(name: &str) -> String {
    name.replace('\\', r"\\").replace('#', r"\#")
}

/// Why a test failed and what it printed, in YAML, of which JSON's strings are a part.
fn diagnosis(item: &Item<'_>) -> anyhow::Result<String> {
    let failed = (!item.passed).then(|| item.headline());
    let entries = [
        ("message", failed.unwrap_or_default()),
        ("details", text::capped(item.details(&Terminal::piece(false)), TEXT)),
        ("output", item.output(TEXT)),
    ];
    let mut yaml = String::new();
    for (key, text) in entries.iter().filter(|(_, text)| !text.is_empty()) {
        writeln!(yaml, "  {key}: {}", serde_json::to_string(text)?)?;
    }
    Ok(if yaml.is_empty() { yaml } else { format!("  ---\n{yaml}  ...\n") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn tap(report: &Report) -> String {
        String::from_utf8(Tap::default().export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(tap(&sample::few()), @r#"
        TAP version 13
        1..11
        not ok 1 - sigmoid: a vector
          ---
          message: "did not compile: mismatched types"
          details: "error[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error"
          ...
        ok 2 - vector_ops: e to the 1, 2, 3
        not ok 3 - vector_ops: three more
          ---
          message: "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>"
          details: "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
          ...
        not ok 4 - vector_ops: a matrix
          ---
          message: "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>"
          details: "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
          ...
        not ok 5 - vector_ops: an example
          ---
          message: "not implemented: not yet implemented"
          details: "not yet implemented"
          ...
        not ok 6 - softmax: two rows of five scores
          ---
          message: "wrong value: 10 of 10 elements differ"
          details: "softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])\n\nexpected\n  [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04\n    1.21052389e-04]\n   [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04\n    8.01252314e-04]]\nactual\n  [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04\n    1.05164276e-04]\n   [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04\n    1.05164276e-04]]\n\n10 of 10 elements differ, the first five:\n  index   expected        actual\n  [0, 0]  0.980897665     0.852154956552608\n  [0, 1]  0.000894462891  0.0007770647367382155\n  [0, 2]  0.0179657674    0.015607762461462532\n  [0, 3]  0.000121052389  0.00010516427623965027\n  [0, 4]  0.000121052389  0.00010516427623965027\ndifference  at most 0.763 absolute, 0.869 relative\ntolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12\nsource      Python Basics with NumPy, softmax\n\n→ You divided by the sum of the whole matrix. Sum each row."
          ...
        not ok 7 - softmax: large scores do not overflow
          ---
          message: "wrong value: 2 of 2 elements differ (2 unexpected NaNs)"
          details: "softmax([[1000.0, 1000.0]])\n\nexpected    [[0.5 0.5]]\nactual      [[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  index   expected  actual\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\ntolerance   rel 1e-7, abs 1e-12\n\n→ Subtract each row's maximum before exponentiating."
          ...
        not ok 8 - softmax: one column is all ones
          ---
          message: "wrong value: 2 of 2 elements differ (2 unexpected NaNs)"
          details: "softmax([[1000.0, 1000.0]])\n\nexpected    [[0.5 0.5]]\nactual      [[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  index   expected  actual\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\ntolerance   rel 1e-7, abs 1e-12\n\n→ Subtract each row's maximum before exponentiating."
          ...
        ok 9 - softmax: one row
        ok 10 - basic_sigmoid: an example
        ok 11 - basic_sigmoid: three
          ---
          output: "x = 3\n1 + e^-x = 1.049787\n"
          ...
        # 14.5 of 40 points (36.25 %)
        "#);
    }

    #[test]
    fn a_name_is_no_directive() {
        assert_eq!(description(r"a \ # TODO b"), r"a \\ \# TODO b");
    }
}
