//! What may be changed in an expression.

use std::collections::BTreeSet;
use std::ops::Range;

use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    BinOp, Expr, ExprBinary, ExprCall, ExprLit, ExprMethodCall, ExprPath, ExprRange, Lit,
    RangeLimits, Token, UnOp,
};

/// A change to a text.
#[derive(Debug)]
pub struct Change {
    /// What kind of change it is.
    pub kind: &'static str,
    /// What is replaced, in bytes.
    pub range: Range<usize>,
    /// What stands there instead.
    pub replacement: String,
}

/// Operators of which each may stand for another of the same line.
const OPERATORS: [&[&str]; 3] =
    [&["+", "-", "*", "/"], &["+=", "-=", "*=", "/=", "="], &["&&", "||"]];

/// Likewise.
const COMPARISONS: [&[&str]; 1] = [&["==", "!=", "<", "<=", ">", ">="]];

/// Functions and constants of which each may stand for another of the same line.
const NAMES: [&[&str]; 10] = [
    &["INFINITY", "NEG_INFINITY", "MAX", "MIN"],
    &["all", "any"],
    &["exp", "exp2", "exp_m1", "ln"],
    &["floor", "ceil", "round"],
    &["max", "min"],
    &["nrows", "ncols"],
    &["sin", "cos", "tanh"],
    &["sqrt", "abs", "pow2"],
    &["sum", "product"],
    &["zeros", "ones"],
];

/// Methods that give the same value in another form: without them only types differ.
const CONVERSIONS: [&str; 10] = [
    "as_ref",
    "as_str",
    "clone",
    "expect",
    "into",
    "into_owned",
    "iter",
    "to_owned",
    "to_string",
    "view",
];

/// The code that is changed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Code<'t> {
    /// The text.
    pub text: &'t str,
}

impl Code<'_> {
    /// What may be changed in an expression; its parts are expressions of their own.
    pub fn changes(&self, expression: &Expr, variables: &[String]) -> Vec<Change> {
        match expression {
            Expr::Binary(binary) => self.binary(binary),
            Expr::Unary(unary) if !matches!(unary.op, UnOp::Deref(_)) => {
                vec![change("a negation removed", expression, self.stand_in(&unary.expr))]
            }
            Expr::Lit(literal) => self.literal(literal),
            Expr::Path(path) => self.path(path, variables),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Tuple(tuple) => self.swapped("elements swapped", &tuple.elems),
            Expr::Array(array) => self.swapped("elements swapped", &array.elems),
            Expr::Range(range) => self.range(range),
            Expr::If(choice) => fixed(&choice.cond, &["true", "false"]),
            // A loop that is never left is slow to catch, and caught by any case.
            Expr::While(repeated) => fixed(&repeated.cond, &["false"]),
            _ => Vec::new(),
        }
    }

    /// A result with the other sign.
    pub fn negated(&self, result: &Expr) -> Change {
        change("the result negated", result, format!("-{}", self.atom(result)))
    }

    /// An argument with another sign.
    pub fn signs(&self, argument: &ExprPath) -> Vec<Change> {
        let name = self.of(argument);
        let signs = [format!("(-{name})"), format!("{name}.abs()")];
        signs.map(|sign| change("another sign", argument, sign)).into()
    }

    fn binary(&self, binary: &ExprBinary) -> Vec<Change> {
        let operator = self.of(&binary.op);
        let mut changes = others("another operator", &OPERATORS, operator, &binary.op);
        changes.extend(others("another comparison", &COMPARISONS, operator, &binary.op));
        if !["+", "-", "*", "/", "%"].contains(&operator) {
            return changes;
        }
        let operands = [&binary.left, &binary.right].map(|operand| self.stand_in(operand));
        changes.extend(operands.map(|operand| change("one operand alone", binary, operand)));
        // The others give the same to the last bit.
        if matches!(binary.op, BinOp::Sub(_) | BinOp::Div(_) | BinOp::Rem(_)) {
            let swapped = [self.atom(&binary.right), operator.into(), self.atom(&binary.left)];
            changes.push(change("operands swapped", binary, swapped.join(" ")));
        }
        changes
    }

    fn literal(&self, literal: &ExprLit) -> Vec<Change> {
        let others: Vec<String> = match &literal.lit {
            Lit::Float(float) => {
                let value: f64 = float.base10_parse().unwrap_or(f64::NAN);
                let others = [0.0, 1.0, 2.0, -value].into_iter().filter(|it| *it != value);
                others.map(|other| format!("{other:?}{}", float.suffix())).collect()
            }
            Lit::Int(int) => {
                let value: u64 = int.base10_parse().unwrap_or(0);
                let others = [value.checked_sub(1), value.checked_add(1)].into_iter().flatten();
                others.map(|other| format!("{other}{}", int.suffix())).collect()
            }
            Lit::Bool(bool) => vec![(!bool.value).to_string()],
            Lit::Str(text) => {
                let text = text.value();
                let swap = |c: char| -> String {
                    if c.is_uppercase() {
                        c.to_lowercase().collect()
                    } else {
                        c.to_uppercase().collect()
                    }
                };
                let mut shorter = text.clone();
                shorter.pop();
                let others = [text.chars().map(swap).collect(), shorter, String::new()];
                others.into_iter().filter(|it| *it != text).map(|it| format!("{it:?}")).collect()
            }
            _ => Vec::new(),
        };
        let change = |other| change("another constant", literal, other);
        others.into_iter().map(change).collect()
    }

    fn path(&self, path: &ExprPath, variables: &[String]) -> Vec<Change> {
        if let Some(name) = path.path.get_ident() {
            // What is no variable is a function.
            let others: BTreeSet<&String> = variables.iter().filter(|it| name != it).collect();
            let is_variable = variables.iter().any(|it| name == it);
            let change = |other: &String| change("another variable", path, other.clone());
            return others.into_iter().filter(|_| is_variable).map(change).collect();
        }
        let last = path.path.segments.last().map(|segment| &segment.ident);
        last.map(|last| others("another name", &NAMES, &last.to_string(), last)).unwrap_or_default()
    }

    fn call(&self, call: &ExprCall) -> Vec<Change> {
        let mut changes: Vec<Change> = call
            .args
            .iter()
            .map(|argument| change("a call dropped", call, self.stand_in(argument)))
            .collect();
        changes.extend(self.swapped("arguments swapped", &call.args));
        changes
    }

    fn method_call(&self, call: &ExprMethodCall) -> Vec<Change> {
        let name = call.method.to_string();
        if CONVERSIONS.contains(&&*name) {
            return Vec::new();
        }
        let mut changes = others("another name", &NAMES, &name, &call.method);
        let operands = std::iter::once(&*call.receiver).chain(&call.args);
        let operands = operands.filter(|it| !matches!(it, Expr::Closure(_)));
        changes
            .extend(operands.map(|operand| change("a call dropped", call, self.stand_in(operand))));
        match call.args.first() {
            Some(only) if call.args.len() == 1 => {
                let (borrowed, receiver) = match only {
                    Expr::Reference(reference) => ("&", &*reference.expr),
                    other => ("", other),
                };
                let (receiver, argument) = (self.atom(receiver), self.of(&call.receiver));
                let swapped = format!("{receiver}.{name}({borrowed}{argument})");
                changes.push(change("arguments swapped", call, swapped));
            }
            _ => changes.extend(self.swapped("arguments swapped", &call.args)),
        }
        changes
    }

    fn range(&self, range: &ExprRange) -> Vec<Change> {
        let Some(end) = &range.end else { return Vec::new() };
        let kind = "another range";
        let limits = match range.limits {
            RangeLimits::HalfOpen(_) => "..=",
            RangeLimits::Closed(_) => "..",
        };
        let shorter = format!("{} - 1", self.atom(end));
        vec![change(kind, &range.limits, limits.into()), change(kind, end, shorter)]
    }

    /// Each two neighbours in each other's place.
    fn swapped(&self, kind: &'static str, list: &Punctuated<Expr, Token![,]>) -> Vec<Change> {
        let neighbours = list.iter().zip(list.iter().skip(1));
        let swapped = neighbours.map(|(one, other)| {
            let (first, second) = (bytes(one), bytes(other));
            let between = &self.text[first.end..second.start];
            let replacement = [self.of(other), between, self.of(one)].concat();
            Change { kind, range: first.start..second.end, replacement }
        });
        swapped.collect()
    }

    /// A part of an expression that is to stand for the whole. The whole is mostly a value, where a
    /// variable may be a reference to one.
    fn stand_in(&self, part: &Expr) -> String {
        match part {
            Expr::Reference(reference) => self.stand_in(&reference.expr),
            Expr::Path(_) => format!("{}.to_owned()", self.of(part)),
            _ => self.atom(part),
        }
    }

    /// An expression, in parentheses if it could fall apart elsewhere.
    fn atom(&self, expression: &Expr) -> String {
        let text = self.of(expression);
        match expression {
            Expr::Array(_)
            | Expr::Call(_)
            | Expr::Field(_)
            | Expr::Index(_)
            | Expr::Lit(_)
            | Expr::Macro(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Tuple(_) => text.to_owned(),
            _ => format!("({text})"),
        }
    }

    /// The text of a piece of code.
    fn of(&self, node: &impl Spanned) -> &str {
        &self.text[bytes(node)]
    }
}

/// The others of each line on which `name` stands.
fn others(kind: &'static str, lines: &[&[&str]], name: &str, node: &impl Spanned) -> Vec<Change> {
    let theirs = lines.iter().filter(|line| line.contains(&name)).flat_map(|line| line.iter());
    let others = theirs.filter(|other| **other != name);
    others.map(|other| change(kind, node, (*other).to_owned())).collect()
}

/// A condition that is always the same.
fn fixed(condition: &Expr, values: &[&str]) -> Vec<Change> {
    if matches!(condition, Expr::Let(_)) {
        return Vec::new();
    }
    let change = |value: &&str| change("a fixed condition", condition, (*value).to_owned());
    values.iter().map(change).collect()
}

fn change(kind: &'static str, node: &impl Spanned, replacement: String) -> Change {
    Change { kind, range: bytes(node), replacement }
}

/// Where a piece of code stands.
fn bytes(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}
