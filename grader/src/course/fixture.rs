//! One fixture: the file of an exercise, in the course or in an overlay.

use std::collections::HashSet;

use num_rational::Ratio;

use super::case::{self, Defaults};
use super::decimal::decimal;
use super::fields::Fields;
use super::name::shown;
use super::node::{Kind, Node};
use super::reader::Reader;
use super::source::Span;
use super::{Case, Check, Limits, Mistake, Points, Rule, limits, mistake, rule};

/// The most that an exercise is worth.
const MOST: i128 = 1_000_000;

/// What the format has a place for, but this grader has not learnt yet. Left out silently, it
/// would judge nothing, and nobody would know.
const UNSUPPORTED: [(&str, &str); 2] =
    [("generated", "[[generated]]"), ("property", "[[property]]")];

/// What a fixture says of its exercise.
#[derive(Debug)]
pub(super) struct Fixture {
    pub title: String,
    pub points: Points,
    pub summary: String,
    /// The function that its cases call if they do not name one.
    pub function: String,
    /// The exercises it depends on, and where it names them.
    pub depends: Vec<(String, Span)>,
    pub hints: Vec<String>,
    pub limits: Limits,
    pub cases: Vec<Case>,
    pub rules: Vec<Rule>,
    pub mistakes: Vec<Mistake>,
}

/// Reads a fixture. One of an overlay needs nothing but cases or rules; what else it says of its
/// exercise is checked, but not used.
pub(super) fn read(reader: &mut Reader<'_>, mut defaults: Defaults, base: Limits) -> Fixture {
    let root = &reader.document.root;
    let overlay = defaults.hidden;
    let mut fields = reader.table(root).unwrap_or_else(|| Fields::new(&[], root.span));
    for (key, shown) in UNSUPPORTED {
        if let Some(entry) = fields.entry(key) {
            reader.report(entry.key_span, format!("`{shown}` is not supported yet"));
        }
    }
    let mut essential = |key| {
        if overlay { fields.get(key) } else { fields.require(key) }
    };
    let (title, points) = (essential("title"), essential("points"));
    let own_limits = fields.entry("limits");
    if let Some(entry) = own_limits.filter(|_| overlay) {
        reader.report(entry.key_span, "an overlay sets no limits: those of its exercise hold");
    }
    let mistakes = fields.entry("mistake");
    if let Some(entry) = mistakes.filter(|_| overlay) {
        reader.report(entry.key_span, "an overlay has no mistakes: those of its exercise hold");
    }
    defaults.bounds = defaults.bounds.read(reader, fields.get("tolerance"));
    if let Some(name) = fields.get("function").and_then(|node| case::function(reader, node)) {
        defaults.function = name;
    }
    let rules = fields.get("rules");
    let need_cases = overlay && rules.is_none();
    let cases = if need_cases { fields.require("case") } else { fields.get("case") };
    let cases = cases.map(|node| case::read_all(reader, node, &defaults)).unwrap_or_default();
    let rules = rules.map(|node| {
        let judged = judged(&cases).chain(defaults.judged.iter().map(String::as_str));
        // Where something is wrong, it may be the cases.
        let judged = reader.problems.is_empty().then(|| judged.collect::<Vec<_>>());
        rule::read_all(reader, node, judged.as_deref(), overlay)
    });
    let fixture = Fixture {
        title: title.and_then(|node| reader.line(node)).unwrap_or_default(),
        points: points.and_then(|node| read_points(reader, node)).unwrap_or_default(),
        summary: fields.get("summary").and_then(|node| reader.line(node)).unwrap_or_default(),
        depends: fields.get("depends").map(|node| depends(reader, node)).unwrap_or_default(),
        hints: fields.get("hints").map(|node| reader.texts(node)).unwrap_or_default(),
        limits: limits::read(reader, own_limits.map(|entry| &entry.value), base, false),
        cases,
        rules: rules.unwrap_or_default(),
        mistakes: mistakes.map(|entry| mistake::read_all(reader, &entry.value)).unwrap_or_default(),
        function: defaults.function,
    };
    fields.finish(reader);
    fixture
}

/// The functions that cases with a value call.
pub(super) fn judged(cases: &[Case]) -> impl Iterator<Item = &str> {
    let cases = cases.iter().filter(|case| matches!(case.check, Check::Value { .. }));
    cases.map(|case| case.function.as_str())
}

/// Reads points from what was written, so that 2.35 is exactly that.
fn read_points(reader: &mut Reader<'_>, node: &Node) -> Option<Points> {
    if !matches!(node.kind, Kind::Int(_) | Kind::Float(_)) {
        reader.wrong_kind(node, "a number");
        return None;
    }
    let points = decimal(reader.written(node));
    let cents = |points: Points| (points * Ratio::from(100)).is_integer();
    let points = points.filter(|points| cents(*points) && *points <= Ratio::from(MOST));
    let points = points.filter(|points| *points > Ratio::from(0));
    if points.is_none() {
        let help = "a number such as 10 or 2.35, above 0 and up to 1000000";
        reader.report_with_help(node.span, "points have at most two decimals", help);
    }
    points
}

/// Reads the names of other exercises; whether they exist is checked when all are known.
fn depends<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for item in reader.list(node).unwrap_or_default() {
        let Some(name) = reader.text(item) else {
            continue;
        };
        if seen.insert(name) {
            names.push((name.to_owned(), item.span));
        } else {
            reader.report(item.span, format!("{} is named twice", shown(name)));
        }
    }
    names
}
