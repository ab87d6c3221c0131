//! Inputs that are made from a seed: how many, of which shapes, with which numbers in them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use harness::Value;

use super::fields::Fields;
use super::name::{function_fault, shown};
use super::node::{Kind, Node};
use super::reader::Reader;
use super::value;

/// How many inputs a trial makes if it does not say.
const RUNS: usize = 20;

/// The most inputs that a trial makes.
const MOST_RUNS: i128 = 1000;

/// The longest side of an array.
const LONGEST: usize = 1000;

/// The lengths of a named side if the fixture does not give them.
const SIZES: RangeInclusive<usize> = 1..=8;

/// The inputs of a trial.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// How many.
    pub runs: usize,
    /// The arguments.
    pub args: Vec<Input>,
    /// The lengths of named sides, where the fixture gives them.
    pub letters: BTreeMap<String, RangeInclusive<usize>>,
}

/// One argument of a trial.
#[derive(Debug, Clone)]
pub enum Input {
    /// The same value each time.
    Given(Value),
    /// Another one each time.
    Random(Random),
    /// What the argument at this place is, which stands before this one.
    SameAs(usize),
}

/// A number or an array of numbers.
#[derive(Debug, Clone)]
pub struct Random {
    /// The sides of the array; a plain number has none.
    pub shape: Option<Vec<Side>>,
    /// The smallest number.
    pub low: f64,
    /// The largest number.
    pub high: f64,
    /// Whether they are integers.
    pub integers: bool,
    /// Numbers that are mixed in, whatever the range.
    pub specials: Vec<f64>,
}

/// One side of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// Its length lies in this range.
    Within(RangeInclusive<usize>),
    /// Its length is that of all sides of this name.
    Named(String),
}

impl Inputs {
    /// The lengths that a side may have.
    #[must_use]
    pub fn sizes(&self, side: &Side) -> RangeInclusive<usize> {
        match side {
            Side::Within(sizes) => sizes.clone(),
            Side::Named(letter) => self.letters.get(letter).cloned().unwrap_or(SIZES),
        }
    }

    /// The names of sides that the arguments have.
    pub fn letters(&self) -> impl Iterator<Item = &str> {
        let sides = self.random().flat_map(|random| random.shape.iter().flatten());
        sides.filter_map(|side| match side {
            Side::Named(letter) => Some(letter.as_str()),
            Side::Within(_) => None,
        })
    }

    /// The places of the arguments that differ each time.
    #[must_use]
    pub fn varied(&self) -> Vec<usize> {
        let given = |input: &Input| matches!(input, Input::Given(_));
        let places = self.args.iter().enumerate().filter(|(_, input)| !given(input));
        places.map(|(place, _)| place).collect()
    }

    /// The arguments that are random.
    fn random(&self) -> impl Iterator<Item = &Random> {
        self.args.iter().filter_map(|input| match input {
            Input::Random(random) => Some(random),
            Input::Given(_) | Input::SameAs(_) => None,
        })
    }

    /// How many elements the arguments of all runs have together at most.
    fn elements(&self) -> usize {
        let longest = |side: &Side| (*self.sizes(side).end()).max(1);
        let elements = |random: &Random| {
            let sides = random.shape.iter().flatten();
            sides.map(longest).fold(1, usize::saturating_mul)
        };
        let all: usize = self.random().map(elements).fold(0, usize::saturating_add);
        all.saturating_mul(self.runs)
    }
}

/// Reads the inputs of a trial from its `runs`, `args` and `sizes`.
pub(super) fn read<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Option<Inputs> {
    let runs = fields.get("runs").map(|node| reader.integer(node, 1..=MOST_RUNS));
    let sizes = fields.get("sizes");
    let letters = sizes.map(|node| letters(reader, node)).unwrap_or_default();
    let list = fields.require("args")?;
    // Every argument is read even if one fails, so that all their problems are found.
    let args: Vec<Option<Input>> = reader
        .list(list)?
        .iter()
        .enumerate()
        .map(|(place, node)| input(reader, node, place))
        .collect();
    let args = args.into_iter().collect::<Option<Vec<_>>>()?;
    let inputs = Inputs { runs: runs.unwrap_or(Some(RUNS))?, args, letters };
    if inputs.random().next().is_none() {
        let help = "give an argument a range, as in { range = [-1, 1] }, or write a `[[case]]`";
        reader.report_with_help(list.span, "these arguments are the same each time", help);
        return None;
    }
    if let Some(unused) = inputs.letters.keys().find(|it| !inputs.letters().any(|used| used == *it))
        && let Some(sizes) = sizes
    {
        reader.report(sizes.span, format!("no side of an argument is called {}", shown(unused)));
    }
    if !reader.files.claim(inputs.elements()) {
        let message = "with these inputs, the arrays of the course have too many elements";
        reader.report_with_help(list.span, message, "make fewer or smaller ones");
        return None;
    }
    Some(inputs)
}

/// Reads the sizes that letters stand for.
fn letters<'a>(reader: &mut Reader<'a>, node: &'a Node) -> BTreeMap<String, RangeInclusive<usize>> {
    let Kind::Table(entries) = &node.kind else {
        reader.wrong_kind(node, "a table");
        return BTreeMap::new();
    };
    let mut letters = BTreeMap::new();
    for entry in entries {
        if let Some(fault) = function_fault(&entry.key) {
            reader.report(entry.key_span, format!("{} {fault}", shown(&entry.key)));
        } else if let Some(Side::Within(sizes)) = side(reader, &entry.value, false) {
            letters.insert(entry.key.clone(), sizes);
        }
    }
    letters
}

/// Reads the argument at a place.
fn input<'a>(reader: &mut Reader<'a>, node: &'a Node, place: usize) -> Option<Input> {
    let Kind::Table(entries) = &node.kind else {
        return value::read(reader, node).map(Input::Given);
    };
    let has = |key: &str| entries.iter().any(|entry| entry.key == key);
    if has("npy") || has("fill") {
        return value::read(reader, node).map(Input::Given);
    }
    let mut fields = reader.table(node)?;
    if has("same_as") {
        let index = fields.require("same_as").and_then(|node| {
            let index = reader.integer::<usize>(node, 0..=i64::MAX.into())?;
            if index >= place {
                reader.report(node.span, "this is no place of an argument before this one");
                return None;
            }
            Some(index)
        });
        fields.finish(reader);
        return index.map(Input::SameAs);
    }
    let range = fields.require("range").and_then(|node| range(reader, node));
    let shape = fields.get("shape").map(|node| shape(reader, node));
    let integers = fields.get("integers").map(|node| reader.boolean(node));
    let specials = fields.get("specials").map(|node| specials(reader, node));
    fields.finish(reader);
    let (low, high) = range?;
    let random = Random {
        shape: match shape {
            Some(shape) => Some(shape?),
            None => None,
        },
        low,
        high,
        integers: integers.unwrap_or(Some(false))?,
        specials: specials.unwrap_or(Some(Vec::new()))?,
    };
    if random.integers && random.low.ceil() > random.high.floor() {
        reader.report(node.span, "there is no integer in this range");
        return None;
    }
    Some(Input::Random(random))
}

/// Reads a range of numbers: the smallest and the largest.
pub(super) fn range<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<(f64, f64)> {
    let items = reader.list(node)?;
    let bounds: Vec<f64> = items.iter().filter_map(|item| reader.float(item)).collect();
    match bounds[..] {
        // The width is finite, too: numbers are made by adding a part of it.
        [low, high] if items.len() == 2 && low <= high && (high - low).is_finite() => {
            Some((low, high))
        }
        _ => {
            let help = "the smallest and the largest number, as in [-50, 50]";
            reader.report_with_help(node.span, "this is no range of numbers", help);
            None
        }
    }
}

fn shape<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Vec<Side>> {
    let items = reader.list(node)?;
    if items.len() > value::DIMENSIONS {
        reader.report(node.span, format!("an array has at most {} dimensions", value::DIMENSIONS));
        return None;
    }
    let sides: Vec<_> = items.iter().map(|item| side(reader, item, true)).collect();
    sides.into_iter().collect()
}

/// Reads a side: a length, a range of lengths as Rust writes it or, where these are `named`, a name.
fn side<'a>(reader: &mut Reader<'a>, node: &'a Node, named: bool) -> Option<Side> {
    if let Kind::Int(_) = node.kind {
        let length = reader.integer(node, 0..=LONGEST as i128)?;
        return Some(Side::Within(length..=length));
    }
    let text = match &node.kind {
        Kind::Text(text) => text.trim(),
        _ => "",
    };
    if named && function_fault(text).is_none() {
        return Some(Side::Named(text.to_owned()));
    }
    let (low, high) = text.split_once("..").unwrap_or_default();
    let (high, excluded) = high.strip_prefix('=').map_or((high, 1), |high| (high, 0));
    let number = |text: &str| text.parse::<usize>().ok().filter(|it| *it <= LONGEST + excluded);
    let sizes = number(low).zip(number(high).and_then(|high| high.checked_sub(excluded)));
    let Some((low, high)) = sizes.filter(|(low, high)| low <= high) else {
        let help = format!(
            "a length up to {LONGEST}, as in 3, or a range of them, as in \"1..=8\" (1 to 8) or \
             \"1..8\" (1 to 7){}",
            if named { ", or a name for equal lengths, as in \"n\"" } else { "" }
        );
        reader.report_with_help(node.span, "this is no length of a side", help);
        return None;
    };
    Some(Side::Within(low..=high))
}

/// Reads numbers that are mixed in: as numbers, or as strings, which JSON needs for some.
fn specials<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Vec<f64>> {
    let mut specials = Vec::new();
    for item in reader.list(node)? {
        let number = match &item.kind {
            Kind::Text(text) => text.parse().ok(),
            _ => reader.float(item),
        };
        match number {
            Some(number) => specials.push(number),
            None => reader.wrong_kind(item, "a number, or a string with one, such as \"inf\""),
        }
    }
    Some(specials)
}
