//! The sections of `course.toml`, in which exercises are listed.

use anyhow::{Context, Result};
use toml_edit::{Array, Decor, Item, RawString, Value};

use super::manuscript::Manuscript;

/// Adds an exercise to the end of a section of `course.toml`.
///
/// # Errors
///
/// If the section is not there or written in a way that cannot be added to.
pub fn add_to_section(course: &str, section: &str, exercise: &str) -> Result<String> {
    let mut manuscript = Manuscript::read(course)?;
    let is_meant = |item: &Item| item.as_str() == Some(section);
    let exercises = manuscript
        .tables("section")?
        .iter_mut()
        .find(|table| table.get("title").is_some_and(is_meant))
        .and_then(|table| table.get_mut("exercises")?.as_array_mut())
        .with_context(|| format!("the section {section:?} has no list of exercises"))?;
    push(exercises, exercise);
    Ok(manuscript.to_string())
}

/// Adds a text to the end of a list, on a line of its own if the last one has one.
fn push(list: &mut Array, text: &str) {
    let comma = list.trailing_comma();
    let begins_line = list.iter().last().and_then(|last| indentation(last.decor()));
    let end = take_end(list);
    // A comment behind the last item stays with it.
    let line = end.rfind('\n').filter(|_| !list.is_empty()).unwrap_or(0);
    let (comment, end) = end.split_at(line);
    let before = match begins_line {
        Some(indentation) => format!("{comment}\n{indentation}"),
        None if !comment.is_empty() => format!("{comment}\n  "),
        None if !list.is_empty() => " ".to_owned(),
        None => String::new(),
    };
    let (behind_item, behind_comma) = if comma { ("", end) } else { (end, "") };
    list.push_formatted(Value::from(text).decorated(before, behind_item));
    list.set_trailing(behind_comma);
}

/// Takes away what stands between the last item, or the comma behind it, and the bracket.
fn take_end(list: &mut Array) -> String {
    let last = list.len().checked_sub(1).filter(|_| !list.trailing_comma());
    let Some(last) = last.and_then(|last| list.get_mut(last)) else {
        return list.trailing().as_str().unwrap_or_default().to_owned();
    };
    let decor = last.decor_mut();
    let end = decor.suffix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    decor.set_suffix("");
    end
}

/// The indentation of what begins a line.
fn indentation(decor: &Decor) -> Option<String> {
    let before = decor.prefix().and_then(RawString::as_str)?;
    Some(before.rsplit_once('\n')?.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list of the second section with `new` added.
    #[track_caller]
    fn added(list: &str) -> String {
        let course = |list: &str| {
            format!(
                "version = 1 # one\n\n[[section]]\ntitle = \"A\"\nexercises = [\"a\"]\n\n\
                 # The second.\n[[section]]\nexercises   = {list} # all\ntitle = 'B'\n"
            )
        };
        let after = add_to_section(&course(list), "B", "new").unwrap();
        let (before, after) = after.split_once("exercises   = ").unwrap();
        assert!(course(list).starts_with(before));
        after.strip_suffix(" # all\ntitle = 'B'\n").unwrap().to_owned()
    }

    #[test]
    fn a_list_keeps_its_layout() {
        for (list, expected) in [
            ("[]", r#"["new"]"#),
            ("[ ]", r#"["new" ]"#),
            (r#"["b"]"#, r#"["b", "new"]"#),
            (r#"[ "b", "c" ]"#, r#"[ "b", "c", "new" ]"#),
            (r#"["b",]"#, r#"["b", "new",]"#),
            ("[\n  \"b\",\n]", "[\n  \"b\",\n  \"new\",\n]"),
            ("[\n    \"b\"\n]", "[\n    \"b\",\n    \"new\"\n]"),
            ("[\n  # c\n  \"b\", # d\n  # e\n]", "[\n  # c\n  \"b\", # d\n  # e\n  \"new\",\n]"),
            ("[\n  \"b\" # d\n]", "[\n  \"b\", # d\n  \"new\"\n]"),
            ("[\"b\", # d\n]", "[\"b\", # d\n  \"new\",\n]"),
        ] {
            assert_eq!(added(list), expected, "{list}");
        }
    }

    #[test]
    fn what_cannot_be_added_to_is_refused() {
        let course = "section = [{ title = \"A\", exercises = [] }]\n";
        let error = add_to_section(course, "A", "new").unwrap_err().to_string();
        assert_eq!(error, "only what stands under `[[section]]` can be added to");
        let course = "[[section]]\ntitle = \"A\"\nexercises = []\n";
        let error = add_to_section(course, "B", "new").unwrap_err().to_string();
        assert_eq!(error, "the section \"B\" has no list of exercises");
    }
}
