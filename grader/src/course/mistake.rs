//! The mistakes of a fixture: wrong solutions that have a name.

use std::collections::HashMap;

use super::name::{nearest, shown};
use super::node::Node;
use super::problem::{Problem, Problems};
use super::reader::Reader;
use super::{Course, Mistake, case};

/// Reads the mistakes of a fixture, each on its own.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut lines = HashMap::new();
    for item in reader.list(node).unwrap_or_default() {
        mistakes.extend(read(reader, item, &mut lines));
    }
    mistakes
}

impl Course {
    /// Checks that every mistake is a function of its exercise's reference, whose text `reference`
    /// gives. It is told from the text alone, so that it takes no time.
    ///
    /// # Errors
    ///
    /// The mistakes that are not there. An exercise without a reference has none to check.
    pub fn check_mistakes<'r>(
        &self,
        reference: impl Fn(&str) -> Option<&'r str>,
    ) -> Result<(), Problems> {
        let mut problems = Problems::default();
        for exercise in &self.exercises {
            let Some(text) = reference(&exercise.name) else { continue };
            let there = functions(text.split_once("mod mistakes").map_or("", |(_, text)| text));
            let missing = exercise.mistakes.iter().filter(|it| !there.contains(&&*it.function));
            for Mistake { function, origin, .. } in missing {
                problems.push(|| Problem {
                    path: exercise.path.clone(),
                    place: Some(origin.place()),
                    key: None,
                    message: format!(
                        "there is no function {} in the module `mistakes` of the reference",
                        shown(function)
                    ),
                    help: nearest(function, there.iter().copied())
                        .map(|name| format!("did you mean {}?", shown(name))),
                });
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// The names that follow the word `fn` in a text.
fn functions(text: &str) -> Vec<&str> {
    let names = text.split("fn ").skip(1);
    names.map(|rest| &rest[..rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())]).collect()
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Reads a mistake; `lines` says on which line each earlier function is named.
fn read<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    lines: &mut HashMap<String, usize>,
) -> Option<Mistake> {
    let mut fields = reader.table(node)?;
    let named = fields.require("function");
    let origin = reader.origin(named.map_or(node.span, |function| function.span));
    let function = named.and_then(|node| {
        let function = case::function(reader, node)?;
        let line = reader.document.source.line(node.span.start);
        if let Some(first) = lines.insert(function.clone(), line) {
            let message = format!("`{function}` is named by two mistakes");
            reader.report_with_help(
                node.span,
                message,
                format!("the first stands on line {first}"),
            );
        }
        Some(function)
    });
    let feedback = fields.require("feedback").and_then(|node| reader.text(node));
    fields.finish(reader);
    Some(Mistake { function: function?, feedback: feedback?.to_owned(), origin })
}
