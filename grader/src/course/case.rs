//! The cases of a fixture.

use std::collections::HashMap;

use super::bounds::Bounds;
use super::fields::Fields;
use super::name::{function_fault, shown};
use super::node::Node;
use super::reader::Reader;
use super::{Case, check, value};

/// The most that a case may weigh.
const HEAVIEST: i128 = 1_000_000;

/// What a case has if it does not say otherwise, and what its exercise has already.
#[derive(Debug)]
pub(super) struct Defaults {
    pub function: String,
    pub bounds: Bounds,
    pub hidden: bool,
    /// The functions that the cases with a value of files read before call.
    pub judged: Vec<String>,
}

/// The names of a fixture's cases, with the line on which each stands.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// Reads a name that no other case has.
    pub fn read<'a>(&mut self, reader: &mut Reader<'a>, node: &'a Node) -> Option<String> {
        let name = reader.line(node)?;
        if let Some(line) = self.0.get(&name) {
            let help = format!("the first stands on line {line}");
            let message = format!("two cases are called {}", shown(&name));
            reader.report_with_help(node.span, message, help);
            return None;
        }
        self.0.insert(name.clone(), reader.document.source.line(node.span.start));
        Some(name)
    }
}

/// Reads the cases of a fixture, each on its own: a wrong one does not hide the others.
pub(super) fn read_all<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    defaults: &Defaults,
    names: &mut Names,
) -> Vec<Case> {
    let mut cases = Vec::new();
    for item in reader.list(node).unwrap_or_default() {
        cases.extend(read(reader, item, defaults, names));
    }
    cases
}

fn read<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    defaults: &Defaults,
    names: &mut Names,
) -> Option<Case> {
    let mut fields = reader.table(node)?;
    let named = fields.require("name");
    let origin = reader.origin(named.map_or(node.span, |name| name.span));
    let name = named.and_then(|node| names.read(reader, node));
    let function = fields.get("function").map(|node| function(reader, node));
    let args = fields.get("args").and_then(|node| reader.list(node)).unwrap_or_default();
    // Every argument is read even if one fails, so that all their problems are found.
    let args: Vec<_> = args.iter().map(|arg| value::read(reader, arg)).collect();
    let check = check::read(reader, &mut fields, defaults.bounds);
    let (weight, feedback, source) = rest(reader, &mut fields);
    fields.finish(reader);
    Some(Case {
        name: name?,
        function: function.unwrap_or_else(|| Some(defaults.function.clone()))?,
        args: args.into_iter().collect::<Option<_>>()?,
        check: check?,
        weight: weight?,
        feedback,
        source,
        hidden: defaults.hidden,
        origin,
    })
}

/// Reads what any case may have: its weight, its feedback and its source.
pub(super) fn rest<'a>(
    reader: &mut Reader<'a>,
    fields: &mut Fields<'a>,
) -> (Option<u32>, Option<String>, Option<String>) {
    let weight = fields.get("weight").map(|node| reader.integer(node, 1..=HEAVIEST));
    let mut text = |key| fields.get(key).and_then(|node| reader.text(node)).map(str::to_owned);
    (weight.unwrap_or(Some(1)), text("feedback"), text("source"))
}

/// Reads the name of a function. It becomes a part of a program, so it must be a plain one.
pub(super) fn function<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<String> {
    let name = reader.text(node)?;
    if let Some(fault) = function_fault(name) {
        reader.report(node.span, format!("{} {fault}", shown(name)));
        return None;
    }
    Some(name.to_owned())
}
