//! Trials: calls with inputs that are made from a seed.

use super::case::{self, Defaults, Names};
use super::check;
use super::inputs::{self, Inputs};
use super::node::Node;
use super::property::{self, Property};
use super::reader::Reader;
use super::source::{Origin, Span};
use super::tolerance::{Precision, Tolerance};
use super::{Course, Exercise};

/// A function is called with inputs that are made from a seed.
#[derive(Debug, Clone)]
pub struct Trial {
    /// A name, unique in its file.
    pub name: String,
    /// The function that is called.
    pub function: String,
    /// What it is called with.
    pub inputs: Inputs,
    /// What judges the results.
    pub oracle: Oracle,
    /// How far from what is right is still right.
    pub tolerance: Tolerance,
    /// Its share of the exercise's points: it passes if all results are right.
    pub weight: u32,
    /// A sentence for whoever fails it.
    pub feedback: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Whether it comes from an overlay.
    pub hidden: bool,
    /// Where it stands: its name.
    pub origin: Origin,
}

/// What judges the results of a trial.
#[derive(Debug, Clone)]
pub enum Oracle {
    /// They are those of the reference.
    Reference,
    /// This holds of each.
    Property(Property),
}

impl Trial {
    /// Whether the references are needed to judge it.
    #[must_use]
    pub fn needs_reference(&self) -> bool {
        match &self.oracle {
            Oracle::Reference => true,
            Oracle::Property(property) => matches!(property, Property::GradientOf { .. }),
        }
    }
}

impl Course {
    /// Leaves out the trials of exercises without the references that judge them, and says whose.
    pub fn retain_judged(&mut self, has_reference: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut left_out = Vec::new();
        for exercise in &mut self.exercises {
            let count = exercise.trials.len();
            let Exercise { name, trials, .. } = exercise;
            trials.retain(|trial| match &trial.oracle {
                Oracle::Reference => has_reference(name),
                Oracle::Property(Property::GradientOf { exercise, .. }) => has_reference(exercise),
                Oracle::Property(_) => true,
            });
            if trials.len() < count {
                left_out.push(name.as_str());
            }
        }
        left_out
    }
}

/// What kinds of trials there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[[generated]]`
    Generated,
    /// `[[property]]`
    Property,
}

/// What trials count on, with the places where they say so.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Exercises whose references they ask.
    pub exercises: Vec<(String, Span)>,
    /// Functions that must give right values before a property of theirs counts.
    pub functions: Vec<(String, Span)>,
}

/// Reads the trials of one kind, each on its own.
pub(super) fn read_all<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    kind: Kind,
    defaults: &Defaults,
    names: &mut Names,
    needs: &mut Needs,
) -> Vec<Trial> {
    let mut trials = Vec::new();
    for item in reader.list(node).unwrap_or_default() {
        trials.extend(read(reader, item, kind, defaults, names, needs));
    }
    trials
}

fn read<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    kind: Kind,
    defaults: &Defaults,
    names: &mut Names,
    needs: &mut Needs,
) -> Option<Trial> {
    let mut fields = reader.table(node)?;
    let named = fields.require("name");
    let origin = reader.origin(named.map_or(node.span, |name| name.span));
    let name = named.and_then(|node| names.read(reader, node));
    let function = fields.get("function").map(|node| case::function(reader, node));
    let inputs = inputs::read(reader, &mut fields);
    let oracle = match kind {
        Kind::Generated => Some(Oracle::Reference),
        Kind::Property => {
            fields.require("holds").zip(inputs.as_ref()).and_then(|(node, inputs)| {
                let (property, exercise) = property::read(reader, node, inputs)?;
                needs.exercises.extend(exercise);
                Some(Oracle::Property(property))
            })
        }
    };
    let closeness = check::closeness(reader, &mut fields, defaults.bounds, true);
    // NaN on both sides of a property says nothing.
    let closeness = match kind {
        Kind::Generated => closeness,
        Kind::Property => closeness.without_nan(),
    };
    let function = function.unwrap_or_else(|| Some(defaults.function.clone()));
    if let (Kind::Property, Some(function)) = (kind, &function) {
        needs.functions.push((function.clone(), fields.span()));
    }
    let (weight, feedback, source) = case::rest(reader, &mut fields);
    fields.finish(reader);
    Some(Trial {
        name: name?,
        function: function?,
        inputs: inputs?,
        oracle: oracle?,
        tolerance: closeness.with(Precision::Exact),
        weight: weight?,
        feedback,
        source,
        hidden: defaults.hidden,
        origin,
    })
}
