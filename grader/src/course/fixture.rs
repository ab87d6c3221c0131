//! One fixture: the file of an exercise, in the course or in an overlay.

use std::collections::HashSet;

use num_rational::Ratio;

use super::case::{self, Defaults, Names};
use super::decimal::decimal;
use super::fields::Fields;
use super::name::{nearest, shown};
use super::node::{self, Node};
use super::reader::Reader;
use super::source::Span;
use super::trial::{self, Kind, Needs, Oracle, Trial};
use super::{Case, Limits, Mistake, Points, Rule, limits, mistake, rule};

/// The most that an exercise is worth.
const MOST: i128 = 1_000_000;

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
    pub trials: Vec<Trial>,
    /// The exercises whose references its trials ask, and where.
    pub asked: Vec<(String, Span)>,
    pub rules: Vec<Rule>,
    pub mistakes: Vec<Mistake>,
}

/// Reads a fixture. One of an overlay needs nothing but cases or rules; what else it says of its
/// exercise is checked, but not used.
pub(super) fn read(reader: &mut Reader<'_>, mut defaults: Defaults, base: Limits) -> Fixture {
    let root = &reader.document.root;
    let overlay = defaults.hidden;
    let mut fields = reader.table(root).unwrap_or_else(|| Fields::new(&[], root.span));
    let mut essential = |key| {
        if overlay { fields.get(key) } else { fields.require(key) }
    };
    let (title, points) = (essential("title"), essential("points"));
    // For editors: where the schema of this file is.
    if let Some(node) = fields.get("$schema") {
        reader.text(node);
    }
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
    let trials = [("generated", Kind::Generated), ("property", Kind::Property)];
    let trials = trials.map(|(key, kind)| (fields.get(key), kind));
    let need_cases = overlay && rules.is_none() && trials.iter().all(|(node, _)| node.is_none());
    let cases = if need_cases { fields.require("case") } else { fields.get("case") };
    let mut names = Names::default();
    let cases = cases.map(|node| case::read_all(reader, node, &defaults, &mut names));
    let cases = cases.unwrap_or_default();
    let mut needs = Needs::default();
    let trials = trials.into_iter().filter_map(|(node, kind)| Some((node?, kind)));
    let trials: Vec<Trial> = trials
        .flat_map(|(node, kind)| {
            trial::read_all(reader, node, kind, &defaults, &mut names, &mut needs)
        })
        .collect();
    // Where something is wrong, it may be the cases.
    let judged = reader.problems.is_empty().then(|| {
        let others = defaults.judged.iter().map(String::as_str);
        judged(&cases, &trials).chain(others).collect::<Vec<_>>()
    });
    if let Some(judged) = &judged {
        for (function, span) in &needs.functions {
            check_judged(reader, function, *span, judged, "a property");
        }
    }
    let rules = rules.map(|node| rule::read_all(reader, node, judged.as_deref(), overlay));
    let fixture = Fixture {
        title: title.and_then(|node| reader.line(node)).unwrap_or_default(),
        points: points.and_then(|node| read_points(reader, node)).unwrap_or_default(),
        summary: fields.get("summary").and_then(|node| reader.line(node)).unwrap_or_default(),
        depends: fields.get("depends").map(|node| depends(reader, node)).unwrap_or_default(),
        hints: fields.get("hints").map(|node| reader.texts(node)).unwrap_or_default(),
        limits: limits::read(reader, own_limits.map(|entry| &entry.value), base, false),
        cases,
        trials,
        asked: needs.exercises,
        rules: rules.unwrap_or_default(),
        mistakes: mistakes.map(|entry| mistake::read_all(reader, &entry.value)).unwrap_or_default(),
        function: defaults.function,
    };
    fields.finish(reader);
    fixture
}

/// The functions whose results are compared with values.
pub(super) fn judged<'a>(cases: &'a [Case], trials: &'a [Trial]) -> impl Iterator<Item = &'a str> {
    let cases = cases.iter().filter(|case| case.check.compares());
    let trials = trials.iter().filter(|trial| matches!(trial.oracle, Oracle::Reference));
    cases.map(|case| &*case.function).chain(trials.map(|trial| &*trial.function))
}

/// Checks that a function, which `what` is about, is among those whose results are compared.
pub(super) fn check_judged(
    reader: &mut Reader<'_>,
    function: &str,
    span: Span,
    judged: &[&str],
    what: &str,
) {
    if judged.contains(&function) {
        return;
    }
    let meant = nearest(function, judged.iter().copied());
    let meant = meant.map(|meant| format!(", did you mean `{meant}`?")).unwrap_or_default();
    let message = format!("no case with a value calls {}{meant}", shown(function));
    let help =
        format!("{what} counts once its function passes a case with `expected` or `printed`");
    reader.report_with_help(span, message, help);
}

/// Reads points from what was written, so that 2.35 is exactly that.
fn read_points(reader: &mut Reader<'_>, node: &Node) -> Option<Points> {
    if !matches!(node.kind, node::Kind::Int(_) | node::Kind::Float(_)) {
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
