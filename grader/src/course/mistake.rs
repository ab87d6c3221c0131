//! The mistakes of a fixture: wrong solutions that have a name.

use std::collections::HashMap;

use super::node::Node;
use super::reader::Reader;
use super::{Mistake, case};

/// Reads the mistakes of a fixture, each on its own.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut lines = HashMap::new();
    for item in reader.list(node).unwrap_or_default() {
        mistakes.extend(read(reader, item, &mut lines));
    }
    mistakes
}

/// Reads a mistake; `lines` says on which line each earlier function is named.
fn read<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    lines: &mut HashMap<String, usize>,
) -> Option<Mistake> {
    let mut fields = reader.table(node)?;
    let function = fields.require("function").and_then(|node| {
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
    Some(Mistake { function: function?, feedback: feedback?.to_owned() })
}
