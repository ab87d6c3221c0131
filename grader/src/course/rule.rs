//! Rules: what the code of a function may not use, and what it must.

use std::fmt;

use super::fixture;
use super::name::{function_fault, shown};
use super::node::{Kind, Node};
use super::reader::Reader;
use super::source::Origin;

/// The keywords that a rule can name.
pub const LOOPS: [&str; 3] = ["for", "while", "loop"];

/// Something that is asked of the code of a function, beside its results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The function.
    pub function: String,
    /// What is asked of it.
    pub demand: Demand,
    /// Whether it comes from an overlay.
    pub hidden: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// What a rule asks of the code: names of [`LOOPS`], of methods, functions, types and macros, these
/// with or without a path before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// None of these.
    Forbid(Vec<String>),
    /// At least one of these.
    Require(Vec<String>),
}

impl Rule {
    /// Its share of the exercise's points, among the weights of the cases.
    pub const WEIGHT: u32 = 1;
}

impl Demand {
    fn names(&self) -> &[String] {
        match self {
            Self::Forbid(names) | Self::Require(names) => names,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.function, self.demand)
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Forbid(_) => "without ",
            Self::Require(_) => "with ",
        })?;
        let names: Vec<_> = self.names().iter().map(|name| shown(name)).collect();
        match names.as_slice() {
            [others @ .., last] if !others.is_empty() => {
                write!(f, "{} or {last}", others.join(", "))
            }
            names => f.write_str(&names.concat()),
        }
    }
}

/// Reads the rules of an exercise. `judged` are the functions whose results are compared with
/// values, if these are known: the points of a rule hang on them.
pub(super) fn read_all<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    judged: Option<&[&str]>,
    hidden: bool,
) -> Vec<Rule> {
    let Kind::Table(entries) = &node.kind else {
        reader.wrong_kind(node, "a table");
        return Vec::new();
    };
    let mut rules = Vec::new();
    for entry in entries {
        if let Some(judged) = judged {
            fixture::check_judged(reader, &entry.key, entry.key_span, judged, "a rule");
        }
        let demands = demands(reader, &entry.value).into_iter();
        let origin = reader.origin(entry.key_span);
        rules.extend(demands.map(|demand| Rule {
            function: entry.key.clone(),
            demand,
            hidden,
            origin: origin.clone(),
        }));
    }
    rules
}

/// What one function's table asks.
fn demands<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<Demand> {
    let Some(mut fields) = reader.table(node) else {
        return Vec::new();
    };
    let mut seen = Vec::new();
    let mut names = |key| fields.get(key).map(|node| names(reader, node, &mut seen));
    let forbid = names("forbid").map(Demand::Forbid);
    let require = names("require").map(Demand::Require);
    if !fields.has_one_of(&["forbid", "require"]) {
        reader.report_with_help(node.span, "this rule asks nothing", "add `forbid` or `require`");
    }
    fields.finish(reader);
    forbid.into_iter().chain(require).collect()
}

/// Reads a list of names, none of which was `seen` in this rule before.
fn names<'a>(reader: &mut Reader<'a>, node: &'a Node, seen: &mut Vec<&'a str>) -> Vec<String> {
    let items = reader.list(node);
    if items.is_some_and(<[_]>::is_empty) {
        reader.report(node.span, "this list is empty");
    }
    let mut names = Vec::new();
    for item in items.unwrap_or_default() {
        let Some(name) = reader.text(item) else { continue };
        if let Some(fault) = fault(name) {
            let help = "a rule names `for`, `while`, `loop`, a method or function, as in `sum`, or \
                        a path, as in `ndarray::Zip`";
            reader.report_with_help(item.span, format!("{} {fault}", shown(name)), help);
        } else if seen.contains(&name) {
            reader.report(item.span, format!("{} is named twice in this rule", shown(name)));
        } else {
            seen.push(name);
            names.push(name.to_owned());
        }
    }
    names
}

/// Why a rule cannot name a text, if it cannot.
fn fault(name: &str) -> Option<&'static str> {
    if LOOPS.contains(&name) { None } else { name.split("::").find_map(function_fault) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_called_by_what_it_asks() {
        let name = |demand: fn(Vec<String>) -> Demand, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let demand = demand(names);
            let rule =
                Rule { function: "dot".into(), demand, hidden: false, origin: Origin::default() };
            rule.to_string()
        };
        assert_eq!(name(Demand::Forbid, &LOOPS), "dot: without `for`, `while` or `loop`");
        assert_eq!(name(Demand::Require, &["for", "sum"]), "dot: with `for` or `sum`");
        assert_eq!(name(Demand::Require, &["ndarray::Zip"]), "dot: with `ndarray::Zip`");
    }
}
