//! The manifest: `course.toml`.

use std::collections::HashMap;

use super::bounds::Bounds;
use super::name::{module_fault, shown};
use super::node::{Kind, Node};
use super::reader::Reader;
use super::source::Span;
use super::{Limits, Section, limits};

/// The name of the file.
pub(super) const FILE: &str = "course.toml";

/// The version of the format.
const VERSION: i128 = 1;

/// What the manifest says.
#[derive(Debug)]
pub(super) struct Manifest {
    pub title: String,
    pub seed: u64,
    pub follow_through: bool,
    pub history: bool,
    pub bounds: Bounds,
    pub limits: Limits,
    pub sections: Vec<Section>,
    /// Where each exercise is named, in the order of the sections.
    pub exercises: Vec<(String, Span)>,
}

/// Reads the manifest. One of another version is not read any further.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Manifest> {
    let mut fields = reader.table(&reader.document.root)?;
    if let Some(node) = fields.require("version") {
        version(reader, node)?;
    }
    let title = fields.require("title").and_then(|node| reader.line(node));
    let seed = fields.get("seed").and_then(|node| reader.integer(node, 0..=u64::MAX.into()));
    let follow = fields.get("follow_through").and_then(|node| reader.boolean(node));
    let history = fields.get("history").and_then(|node| reader.boolean(node));
    let mut manifest = Manifest {
        title: title.unwrap_or_default(),
        seed: seed.unwrap_or(0),
        follow_through: follow.unwrap_or(true),
        history: history.unwrap_or(false),
        bounds: Bounds::DEFAULT.read(reader, fields.get("tolerance")),
        limits: limits::read(reader, fields.get("limits"), limits::DEFAULT, true),
        sections: Vec::new(),
        exercises: Vec::new(),
    };
    let sections = fields.require("section").and_then(|node| reader.list(node));
    let mut lines = HashMap::new();
    for node in sections.unwrap_or_default() {
        section(reader, node, &mut manifest, &mut lines);
    }
    fields.finish(reader);
    Some(manifest)
}

/// Checks the version; `None` if the rest has another format.
fn version(reader: &mut Reader<'_>, node: &Node) -> Option<()> {
    match node.kind {
        Kind::Int(VERSION) => Some(()),
        Kind::Int(other) => {
            let message = format!("version {other} of the format is not supported");
            let help = format!("this grader supports version {VERSION}");
            reader.report_with_help(node.span, message, help);
            None
        }
        _ => {
            reader.wrong_kind(node, "an integer");
            Some(())
        }
    }
}

/// Reads a section; `lines` says on which line each exercise is listed.
fn section<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    manifest: &mut Manifest,
    lines: &mut HashMap<&'a str, usize>,
) {
    let Some(mut fields) = reader.table(node) else {
        return;
    };
    let title = fields.require("title").and_then(|node| reader.line(node));
    let names = fields.require("exercises").and_then(|node| reader.list(node));
    fields.finish(reader);
    let mut exercises = Vec::new();
    for node in names.unwrap_or_default() {
        let Some(name) = reader.text(node) else {
            continue;
        };
        if let Some(line) = lines.get(name) {
            let help = format!("the first stands on line {line}");
            let message = format!("{} is listed twice", shown(name));
            reader.report_with_help(node.span, message, help);
        } else if let Some(fault) = module_fault(name) {
            reader.report(node.span, format!("{} {fault}", shown(name)));
        } else {
            lines.insert(name, reader.document.source.line(node.span.start));
            exercises.push(name.to_owned());
            manifest.exercises.push((name.to_owned(), node.span));
        }
    }
    manifest.sections.push(Section { title: title.unwrap_or_default(), exercises });
}
