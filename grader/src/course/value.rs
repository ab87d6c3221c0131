//! The values of arguments and results.
//!
//! Nested lists of numbers are arrays: of integers if every number is written as one, else of
//! floats. A list that mixes numbers with lists or with anything else is a tuple. In JSON the
//! strings "nan", "inf" and "-inf" are floats, so no text can consist of just that.

use harness::Value;
use ndarray::{ArrayD, IxDyn};

use super::name::shown;
use super::node::{Kind, Node};
use super::npy;
use super::reader::Reader;

/// The most dimensions of an array, as in NumPy; what is sent to a worker is nested no deeper.
pub(super) const DIMENSIONS: usize = 32;

/// The longest axis; it keeps the product of two from overflowing.
const LONGEST_AXIS: i128 = u32::MAX as i128;

/// Reads a value.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Value> {
    match &node.kind {
        Kind::Bool(value) => Some(Value::Bool(*value)),
        Kind::Int(_) => integer(reader, node).map(Value::Int),
        Kind::Float(value) => Some(Value::Float(*value)),
        Kind::Text(text) => {
            Some(reader.float(node).map_or_else(|| Value::Text(text.clone()), Value::Float))
        }
        Kind::List(items) => list(reader, node, items),
        Kind::Table(_) => table(reader, node),
        Kind::Null | Kind::Date => {
            reader.wrong_kind(node, "a number, string, bool, list or table");
            None
        }
    }
}

/// Reads a shape: a list of the lengths of the axes.
pub(super) fn shape<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Vec<usize>> {
    let items = reader.list(node)?;
    if items.len() > DIMENSIONS {
        reader.report(node.span, format!("an array has at most {DIMENSIONS} dimensions"));
        return None;
    }
    items.iter().map(|item| reader.integer(item, 0..=LONGEST_AXIS)).collect()
}

fn integer(reader: &mut Reader<'_>, node: &Node) -> Option<i64> {
    reader.integer(node, i64::MIN.into()..=i64::MAX.into())
}

/// What the items of a list have in common, however deep they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaf {
    Nothing,
    Integer,
    Float,
    Bool,
    Mixed,
}

impl Leaf {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, leaf) | (leaf, Self::Nothing) => leaf,
            (Self::Integer, Self::Float) | (Self::Float, Self::Integer) => Self::Float,
            (one, same) if one == same => one,
            _ => Self::Mixed,
        }
    }
}

/// What a value is made of, and how deep it is nested if it is equally deep everywhere.
fn survey(reader: &Reader<'_>, node: &Node) -> (Leaf, Option<usize>) {
    let Kind::List(items) = &node.kind else {
        let leaf = match node.kind {
            Kind::Int(_) => Leaf::Integer,
            Kind::Bool(_) => Leaf::Bool,
            _ if reader.float(node).is_some() => Leaf::Float,
            _ => Leaf::Mixed,
        };
        return (leaf, Some(0));
    };
    let mut surveys = items.iter().map(|item| survey(reader, item));
    let Some((mut leaf, mut depth)) = surveys.next() else {
        return (Leaf::Nothing, Some(1));
    };
    for (next_leaf, next_depth) in surveys {
        leaf = leaf.and(next_leaf);
        depth = depth.filter(|_| depth == next_depth);
    }
    (leaf, depth.map(|depth| depth + 1))
}

/// How many lists are inside each other at most, the node itself among them.
fn nesting(node: &Node) -> usize {
    match &node.kind {
        Kind::List(items) => 1 + items.iter().map(nesting).max().unwrap_or(0),
        _ => 0,
    }
}

fn list<'a>(reader: &mut Reader<'a>, node: &'a Node, items: &'a [Node]) -> Option<Value> {
    if nesting(node) > DIMENSIONS {
        reader.report(node.span, format!("lists are nested at most {DIMENSIONS} deep"));
        return None;
    }
    let (leaf, depth) = survey(reader, node);
    let (Some(depth), false) = (depth, leaf == Leaf::Mixed) else {
        // Every item is read even if one fails, so that all their problems are found.
        let values: Vec<_> = items.iter().map(|item| read(reader, item)).collect();
        return values.into_iter().collect::<Option<_>>().map(Value::List);
    };
    let mut shape = Vec::with_capacity(depth);
    let mut first = Some(node);
    while let Some(Node { kind: Kind::List(items), .. }) = first {
        shape.push(items.len());
        first = items.first();
    }
    let mut leaves = Vec::new();
    flatten(reader, node, &shape, &mut Vec::new(), &mut leaves)?;
    match leaf {
        Leaf::Integer => array(&shape, leaves, |leaf| integer(reader, leaf)).map(Value::IntArray),
        Leaf::Bool => array(&shape, leaves, |leaf| reader.boolean(leaf)).map(Value::BoolArray),
        _ => array(&shape, leaves, |leaf| reader.float(leaf)).map(Value::Array),
    }
}

/// Collects the items of a nested list that should have a shape, row by row; `path` leads to the
/// list.
fn flatten<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    shape: &[usize],
    path: &mut Vec<usize>,
    leaves: &mut Vec<&'a Node>,
) -> Option<()> {
    let (Kind::List(items), [length, inner @ ..]) = (&node.kind, shape) else {
        leaves.push(node);
        return Some(());
    };
    if items.len() != *length {
        let first = vec![0; path.len()];
        let has = counted(items.len());
        let message = format!("{} has {has}, {} has {length}", row(path), row(&first));
        reader.report(node.span, message);
        return None;
    }
    for (index, item) in items.iter().enumerate() {
        path.push(index);
        flatten(reader, item, inner, path, leaves)?;
        path.pop();
    }
    Some(())
}

/// What a message calls a list in a list: "row 1", deeper inside "row [1, 0]".
fn row(path: &[usize]) -> String {
    match path {
        [index] => format!("row {index}"),
        _ => format!("row {path:?}"),
    }
}

fn counted(items: usize) -> String {
    if items == 1 { "1 item".to_owned() } else { format!("{items} items") }
}

fn array<T>(
    shape: &[usize],
    leaves: Vec<&Node>,
    read: impl FnMut(&Node) -> Option<T>,
) -> Option<ArrayD<T>> {
    let elements: Vec<T> = leaves.into_iter().map(read).collect::<Option<_>>()?;
    ArrayD::from_shape_vec(IxDyn(shape), elements).ok()
}

/// Reads an array that is not spelt out: `{ npy = … }` or `{ shape = …, fill = … }`.
fn table<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Value> {
    let mut fields = reader.table(node)?;
    let from_file = fields.get("npy");
    let size = fields.get("shape");
    let fill = fields.get("fill");
    match (from_file, size, fill) {
        (Some(name), None, None) => {
            fields.finish(reader);
            load(reader, name)
        }
        (None, Some(size), Some(fill)) => {
            fields.finish(reader);
            filled(reader, size, fill)
        }
        _ => {
            let help = "write { npy = \"cat.npy\" } or { shape = [0, 2], fill = 0 }";
            let message = "this table is no value";
            reader.report_with_help(node.span, message, help);
            None
        }
    }
}

fn filled<'a>(reader: &mut Reader<'a>, size: &'a Node, fill: &'a Node) -> Option<Value> {
    let shape = shape(reader, size)?;
    // An axis of 0 counts as 1, as ndarray counts when it checks a shape.
    let spread = shape.iter().fold(1_usize, |spread, axis| spread.saturating_mul((*axis).max(1)));
    claim(reader, size, spread)?;
    let shape = IxDyn(&shape);
    match fill.kind {
        Kind::Bool(value) => Some(Value::BoolArray(ArrayD::from_elem(shape, value))),
        Kind::Int(_) => Some(Value::IntArray(ArrayD::from_elem(shape, integer(reader, fill)?))),
        _ => match reader.float(fill) {
            Some(value) => Some(Value::Array(ArrayD::from_elem(shape, value))),
            None => {
                reader.wrong_kind(fill, "a number or a bool");
                None
            }
        },
    }
}

fn load<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Value> {
    let name = reader.text(node)?;
    if !name.ends_with(".npy") || name.contains(['/', '\\', ':']) || name.contains(char::is_control)
    {
        let help = "name a `.npy` file in the folder of this fixture, as in \"cat.npy\"";
        reader.report_with_help(node.span, format!("{} is no data file", shown(name)), help);
        return None;
    }
    let read = reader.files.read(reader.folder, name).map_err(|error| error.to_string());
    match read.and_then(|bytes| npy::read(&bytes).map_err(|error| error.to_string())) {
        Ok(value) => {
            claim(reader, node, value.shape().map_or(0, |shape| shape.iter().product()))?;
            Some(value)
        }
        Err(message) => {
            reader.report(node.span, format!("{}: {message}", shown(name)));
            None
        }
    }
}

/// Counts elements that the text does not spell out.
fn claim(reader: &mut Reader<'_>, node: &Node, elements: usize) -> Option<()> {
    if reader.files.claim(elements) {
        return Some(());
    }
    reader.report(node.span, "with this array, those of the course have too many elements");
    None
}
