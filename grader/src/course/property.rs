//! Properties: what must hold of the results of a function, whatever its arguments are.

use std::fmt;

use super::fields::Fields;
use super::inputs::{self, Inputs};
use super::name::{function_fault, shown};
use super::node::{Entry, Kind, Node};
use super::reader::Reader;
use super::source::Span;
use super::value;

/// What `holds` can ask, one of them at a time.
const LAWS: [&str; 9] = [
    "sum",
    "norm",
    "range",
    "shape",
    "unchanged_by",
    "negated",
    "symmetric",
    "finite",
    "gradient_of",
];

/// What must hold of the result f(x) of a function, for all arguments x of a trial.
#[derive(Debug, Clone, PartialEq)]
pub enum Property {
    /// The sum of all elements, or the sums along an axis, are this number.
    Sum(f64, Option<usize>),
    /// The Euclidean norm of all elements, or the norms along an axis, are this number.
    Norm(f64, Option<usize>),
    /// Every element lies in this range, whose ends belong to it.
    Range(f64, f64),
    /// The result has this shape.
    Shape(Vec<Length>),
    /// The result is the same for other arguments.
    UnchangedBy(Change),
    /// The result for negated arguments, f(-x), is this.
    Negated(Negated),
    /// The result equals its own transpose.
    Symmetric,
    /// No element is NaN or infinite.
    Finite,
    /// The result is the derivative of a function of a reference, element by element.
    GradientOf {
        /// The exercise of that function.
        exercise: String,
        /// The function.
        function: String,
    },
}

/// A length in the shape of a result: a number times the lengths of named sides of the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// The number.
    pub factor: usize,
    /// The names of the sides.
    pub sides: Vec<String>,
}

/// A change of the arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A number is added to every element of the arguments at these places.
    Add(f64, Vec<usize>),
    /// Every element of the arguments at these places is multiplied by a number.
    Scale(f64, Vec<usize>),
    /// Two arguments change places, or all are transposed and the result is transposed back, or
    /// both.
    Rearranged {
        /// The places of the arguments that change places.
        swapped: Option<(usize, usize)>,
        /// Whether the arguments and the result are transposed.
        transposed: bool,
    },
}

/// What the result for negated arguments is, f being that for the arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negated {
    /// f: an even function.
    Same,
    /// -f: an odd function.
    Opposite,
    /// 1 - f.
    Complement,
    /// 1 / f.
    Reciprocal,
}

impl Property {
    /// What must hold of the results of `function`, in words.
    #[must_use]
    pub fn describe(&self, function: &str) -> String {
        let of = |what: &str, number: &f64, axis: &Option<usize>| match axis {
            Some(axis) => format!("every {what} along axis {axis} is {number}"),
            None => format!("the {what} of all elements is {number}"),
        };
        match self {
            Self::Sum(number, axis) => of("sum", number, axis),
            Self::Norm(number, axis) => of("norm", number, axis),
            Self::Range(low, high) => format!("every element lies from {low} to {high}"),
            Self::Shape(lengths) => {
                let lengths: Vec<String> = lengths.iter().map(ToString::to_string).collect();
                format!("the shape is [{}]", lengths.join(", "))
            }
            Self::UnchangedBy(change) => format!("{} = {function}(x)", change.call(function)),
            Self::Negated(what) => {
                let what = what.to_string().replace('f', &format!("{function}(x)"));
                format!("{function}(-x) = {what}")
            }
            Self::Symmetric => "the result equals its transpose".into(),
            Self::Finite => "no element is NaN or infinite".into(),
            Self::GradientOf { exercise, function } if exercise == function => {
                format!("the derivative of {function}, by central differences")
            }
            Self::GradientOf { exercise, function } => {
                format!("the derivative of {exercise}::{function}, by central differences")
            }
        }
    }
}

impl Change {
    /// The call with changed arguments, x being those before.
    #[must_use]
    pub fn call(&self, function: &str) -> String {
        match self {
            Self::Add(number, _) => format!("{function}(x + {number})"),
            Self::Scale(number, _) => format!("{function}({number} * x)"),
            Self::Rearranged { swapped: Some(_), transposed: false } => {
                format!("{function}(x, swapped)")
            }
            Self::Rearranged { swapped: Some(_), transposed: true } => {
                format!("{function}(xᵀ, swapped)ᵀ")
            }
            Self::Rearranged { swapped: None, .. } => format!("{function}(xᵀ)ᵀ"),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = (self.factor != 1 || self.sides.is_empty()).then(|| self.factor.to_string());
        let factors: Vec<String> = number.into_iter().chain(self.sides.clone()).collect();
        f.write_str(&factors.join("*"))
    }
}

impl fmt::Display for Negated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "f",
            Self::Opposite => "-f",
            Self::Complement => "1 - f",
            Self::Reciprocal => "1 / f",
        })
    }
}

/// Reads a property, and the exercise that it names, with the place where it does.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    inputs: &Inputs,
) -> Option<(Property, Option<(String, Span)>)> {
    let mut fields = reader.table(node)?;
    let laws: Vec<(&str, &Entry)> =
        LAWS.iter().filter_map(|law| Some((*law, fields.entry(law)?))).collect();
    let (law, node) = match laws[..] {
        [] => {
            if !fields.has_one_of(&LAWS) {
                let help = format!("add one of {}", list(&LAWS));
                reader.report_with_help(fields.span(), "this asks nothing of the results", help);
            }
            fields.finish(reader);
            return None;
        }
        [(law, entry)] => (law, &entry.value),
        [(first, _), (second, entry), ..] => {
            let message = format!("`{first}` and `{second}` are two properties");
            reader.report_with_help(entry.key_span, message, "write a `[[property]]` for each");
            return None;
        }
    };
    let axis = axis(reader, &mut fields, law);
    fields.finish(reader);
    let axis = axis?;
    if law == "gradient_of" {
        let (exercise, function) = gradient(reader, node)?;
        let named = (exercise.clone(), node.span);
        return Some((Property::GradientOf { exercise, function }, Some(named)));
    }
    let property = match law {
        "sum" => Property::Sum(number(reader, node)?, axis),
        "norm" => Property::Norm(number(reader, node)?, axis),
        "range" => {
            let (low, high) = inputs::range(reader, node)?;
            Property::Range(low, high)
        }
        "shape" => Property::Shape(shape(reader, node, inputs)?),
        "unchanged_by" => Property::UnchangedBy(change(reader, node, inputs)?),
        "negated" => Property::Negated(reader.word(
            node,
            &[
                ("f", Negated::Same),
                ("-f", Negated::Opposite),
                ("1 - f", Negated::Complement),
                ("1 / f", Negated::Reciprocal),
            ],
        )?),
        "symmetric" => yes(reader, node).map(|()| Property::Symmetric)?,
        _ => yes(reader, node).map(|()| Property::Finite)?,
    };
    Some((property, None))
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Reads the axis that a sum or a norm is taken along: `Some(None)` is that of all elements.
fn axis<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, law: &str) -> Option<Option<usize>> {
    let Some(entry) = fields.entry("axis") else { return Some(None) };
    if !["sum", "norm"].contains(&law) {
        reader.report(entry.key_span, "`axis` has a meaning for `sum` and `norm` only");
        return None;
    }
    let last = value::DIMENSIONS as i128 - 1;
    reader.integer(&entry.value, 0..=last).map(Some)
}

fn number(reader: &mut Reader<'_>, node: &Node) -> Option<f64> {
    match reader.float(node) {
        Some(number) if number.is_finite() => return Some(number),
        Some(_) => reader.report(node.span, "expected a finite number"),
        None => reader.wrong_kind(node, "a number"),
    }
    None
}

/// Reads what can only be `true`.
fn yes(reader: &mut Reader<'_>, node: &Node) -> Option<()> {
    if reader.boolean(node)? {
        return Some(());
    }
    reader.report_with_help(node.span, "this asks nothing of the results", "write `true`");
    None
}

/// Reads the shape of a result.
fn shape<'a>(reader: &mut Reader<'a>, node: &'a Node, inputs: &Inputs) -> Option<Vec<Length>> {
    let items = reader.list(node)?;
    let lengths: Vec<_> = items.iter().map(|item| length(reader, item, inputs)).collect();
    lengths.into_iter().collect()
}

fn length(reader: &mut Reader<'_>, node: &Node, inputs: &Inputs) -> Option<Length> {
    let text = match &node.kind {
        Kind::Int(number) => number.to_string(),
        Kind::Text(text) => text.clone(),
        _ => {
            reader.wrong_kind(node, "a length, or the names of sides, as in \"a*b\"");
            return None;
        }
    };
    let mut length = Length { factor: 1, sides: Vec::new() };
    for factor in text.split('*').map(str::trim) {
        if let Ok(number) = factor.parse::<u32>() {
            length.factor = length.factor.saturating_mul(number as usize);
        } else if inputs.letters().any(|letter| letter == factor) {
            length.sides.push(factor.to_owned());
        } else {
            let help = "a length, names of sides of the arguments, or a product, as in \"a*b\"";
            reader.report_with_help(
                node.span,
                format!("{} is no name of a side of the arguments", shown(factor)),
                help,
            );
            return None;
        }
    }
    Some(length)
}

/// Reads a change of the arguments.
fn change<'a>(reader: &mut Reader<'a>, node: &'a Node, inputs: &Inputs) -> Option<Change> {
    let mut fields = reader.table(node)?;
    let add = fields.get("add");
    let scale = fields.get("scale");
    let swap = fields.get("swap");
    let transpose = fields.get("transpose");
    let arguments = fields.entry("arguments");
    let span = fields.span();
    fields.finish(reader);
    let numeric = add.or(scale);
    if let Some(entry) = arguments.filter(|_| numeric.is_none()) {
        reader.report(entry.key_span, "`arguments` has a meaning for `add` and `scale` only");
        return None;
    }
    match (add, scale, swap.or(transpose)) {
        (Some(node), None, None) | (None, Some(node), None) => {
            let number = number(reader, node)?;
            let places = places(reader, arguments, inputs)?;
            Some(if add.is_some() {
                Change::Add(number, places)
            } else {
                Change::Scale(number, places)
            })
        }
        (None, None, Some(_)) => {
            let swapped = match swap {
                Some(node) => Some(pair(reader, node, inputs)?),
                None => None,
            };
            if let Some(node) = transpose {
                yes(reader, node)?;
            }
            Some(Change::Rearranged { swapped, transposed: transpose.is_some() })
        }
        _ => {
            let message = "this is no change of the arguments";
            let help = "one of { add = 3.0 }, { scale = 2.0 }, { swap = [0, 1] }, \
                        { transpose = true }, the last two also together";
            reader.report_with_help(span, message, help);
            None
        }
    }
}

/// The places of the arguments that are changed: all that are random, unless they are named.
fn places<'a>(
    reader: &mut Reader<'a>,
    entry: Option<&'a Entry>,
    inputs: &Inputs,
) -> Option<Vec<usize>> {
    let Some(entry) = entry else { return Some(inputs.varied()) };
    let items = reader.list(&entry.value)?;
    if items.is_empty() {
        reader.report(entry.value.span, "this list is empty");
        return None;
    }
    items.iter().map(|item| place(reader, item, inputs)).collect()
}

fn pair<'a>(reader: &mut Reader<'a>, node: &'a Node, inputs: &Inputs) -> Option<(usize, usize)> {
    let items = reader.list(node)?;
    let places: Option<Vec<usize>> = items.iter().map(|item| place(reader, item, inputs)).collect();
    match places?[..] {
        [one, other] if one != other => Some((one, other)),
        _ => {
            reader.report(node.span, "expected the places of two arguments, as in [0, 1]");
            None
        }
    }
}

/// Reads the place of an argument, from 0.
fn place(reader: &mut Reader<'_>, node: &Node, inputs: &Inputs) -> Option<usize> {
    // There is at least one argument, which is random.
    reader.integer(node, 0..=inputs.args.len() as i128 - 1)
}

/// Reads the name of a function: `sigmoid` in the exercise of that name, or `vector_ops::exp`.
fn gradient<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<(String, String)> {
    let text = reader.text(node)?;
    let (exercise, function) = text.split_once("::").unwrap_or((text, text));
    if let Some(fault) = function_fault(exercise).or_else(|| function_fault(function)) {
        let help = "the name of a function, as in \"sigmoid\" or \"vector_ops::exp\"";
        reader.report_with_help(node.span, format!("{} {fault}", shown(text)), help);
        return None;
    }
    Some((exercise.to_owned(), function.to_owned()))
}
