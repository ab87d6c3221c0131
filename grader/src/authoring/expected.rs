//! Cases of a fixture that get an expected value.

use anyhow::{Context, Result};
use harness::Value;
use toml_edit::{Decor, Item, Key, RawString, Table};

use super::manuscript::Manuscript;
use crate::course::literal;

/// The key that is added.
const KEY: &str = "expected";

/// The keys that it stands behind, the last that is there.
const BEFORE: [&str; 3] = ["args", "function", "name"];

/// Adds `expected` to cases of a fixture, by their names.
///
/// # Errors
///
/// If a case is not there or written in a way that cannot be added to, or a value is one that no
/// fixture can hold.
pub fn add_expected(fixture: &str, values: &[(&str, &Value)]) -> Result<String> {
    let mut manuscript = Manuscript::read(fixture)?;
    let cases = manuscript.tables("case")?;
    for (name, value) in values {
        let is_called = |item: &Item| item.as_str() == Some(name);
        let case = cases.iter_mut().find(|case| case.get("name").is_some_and(is_called));
        insert(case.with_context(|| format!("there is no case {name:?}"))?, value)?;
    }
    Ok(manuscript.to_string())
}

/// Inserts a value behind the arguments of a case, its `=` below theirs.
fn insert(case: &mut Table, value: &Value) -> Result<()> {
    let last = BEFORE.iter().find_map(|key| case.key(key)).context("the case has no name")?;
    let decor = last.leaf_decor();
    let indentation = text(decor.prefix()).rsplit('\n').next().unwrap_or_default();
    let column = last.display_repr().chars().count() + text(decor.suffix()).chars().count();
    let padding = " ".repeat(column.saturating_sub(KEY.len()).max(1));
    let literal = literal::write(value, &format!("{indentation}{KEY}{padding}= "));
    let key = Key::new(KEY).with_leaf_decor(Decor::new(indentation, padding));
    let literal: toml_edit::Value = literal
        .context("no fixture can hold `None`")?
        .parse()
        .context("failed to write a value")?;
    // A table adds at its end only, so what stands behind is taken out and put back.
    let behind: Vec<String> = case
        .iter()
        .map(|(key, _)| key.to_owned())
        .skip_while(|key| key != last.get())
        .skip(1)
        .collect();
    let behind: Vec<_> = behind.iter().filter_map(|key| case.remove_entry(key)).collect();
    case.insert_formatted(&key, literal.into());
    for (key, item) in &behind {
        case.insert_formatted(key, item.clone());
    }
    Ok(())
}

fn text(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

    /// A case called `it` with this value, the rest of the fixture being as it was.
    #[track_caller]
    fn added(case: &str, value: &Value) -> String {
        let before = "title = \"A\" # why\n\n[[case]]\nname = \"other\"\nargs = []\n\n# Above.\n";
        let after = "\n# Below.\n[[case]]\nname = \"last\"\nargs = []\n\n[rules]\nf = {}\n";
        let text = add_expected(&format!("{before}{case}{after}"), &[("it", value)]).unwrap();
        let text = text.strip_prefix(before).and_then(|text| text.strip_suffix(after));
        text.expect("the rest is as it was").to_owned()
    }

    #[test]
    fn the_value_stands_behind_the_arguments_and_its_sign_below_theirs() {
        for (case, behind) in [
            ("[[case]]\nname = \"it\"\nargs = [1] # one\nweight = 2\n", "# one\n"),
            ("[[case]]\nargs = [1]\n# It weighs.\nweight = 2\nname = \"it\"\n", "[1]\n"),
            ("[[case]]\nname = \"it\"\nfunction = \"f\"\nweight = 2\n", "\"f\"\n"),
            ("[[case]]\nname = \"it\"\n", "\"it\"\n"),
            ("[[case]]\nargs = [[\n  1,\n ]]\nname = \"it\"\ntolerance.rel = 1\n", " ]]\n"),
            ("[[case]]\nargs = []\nname = \"it\"\n[case.tolerance]\nrel = 1\n", "[]\n"),
        ] {
            let (first, rest) = case.split_once(behind).unwrap();
            let expected = format!("{first}{behind}expected = 0.5\n{rest}");
            assert_eq!(added(case, &Value::Float(0.5)), expected);
        }
        let aligned = "[[case]]\n  name       = \"it\"\n  args       = [1]\n  weight     = 2\n";
        let expected = aligned.replace("  weight", "  expected   = \"σ\"\n  weight");
        assert_eq!(added(aligned, &Value::Text("σ".into())), expected);
    }

    #[test]
    fn a_large_array_has_a_line_for_each_row() {
        let value = Value::Array(Array2::from_elem((2, 4), 1.0 / 3.0).into_dyn());
        let case = added("[[case]]\nname     = \"it\"\nargs     = []\nweight   = 1\n", &value);
        insta::assert_snapshot!(case, @r#"
        [[case]]
        name     = "it"
        args     = []
        expected = [
          [0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.3333333333333333],
          [0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.3333333333333333],
        ]
        weight   = 1
        "#);
    }

    #[test]
    fn what_cannot_be_added_is_refused() {
        let case = "[[case]]\nname = \"it\"\n";
        for (fixture, name, value, error) in [
            (case, "that", Value::Int(1), "there is no case \"that\""),
            (case, "it", Value::None, "no fixture can hold `None`"),
            (
                "case = [{ name = \"it\" }]",
                "it",
                Value::Int(1),
                "only what stands under `[[case]]` can be added to",
            ),
        ] {
            assert_eq!(add_expected(fixture, &[(name, &value)]).unwrap_err().to_string(), error);
        }
    }
}
