//! Inputs made from a seed.

use std::collections::BTreeMap;

use harness::Value;
use ndarray::{ArrayD, IxDyn};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::numbers::alike;
use crate::course::{Input, Inputs, Oracle, Random, Side, Trial};
use crate::digest::Digest;

/// Of how many numbers one is a special one.
const RARITY: u64 = 6;

/// Into how many steps the range of numbers is divided at least: few enough digits to read, and many
/// enough numbers.
const STEPS: f64 = 1e4;

/// One input of a trial: the numbers of those arguments that are random, by their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// The numbers; a single one is an array without axes.
    pub numbers: BTreeMap<usize, ArrayD<f64>>,
}

impl Draw {
    /// The arguments.
    pub fn args(&self, inputs: &Inputs) -> Vec<Value> {
        let mut args: Vec<Value> = Vec::with_capacity(inputs.args.len());
        for (place, input) in inputs.args.iter().enumerate() {
            let arg = match (input, self.numbers.get(&place)) {
                (Input::Given(value), _) => value.clone(),
                (Input::SameAs(other), _) => args[*other].clone(),
                (Input::Random(random), numbers) => {
                    alike(numbers.cloned().unwrap_or_default(), &model(random))
                }
            };
            args.push(arg);
        }
        args
    }
}

/// A value of the kind that a random argument is.
fn model(random: &Random) -> Value {
    let integers = random.integers && random.specials.iter().all(|it| it.fract() == 0.0);
    match (&random.shape, integers) {
        (None, false) => Value::Float(0.0),
        (None, true) => Value::Int(0),
        (Some(_), false) => Value::Array(ArrayD::default(IxDyn(&[]))),
        (Some(_), true) => Value::IntArray(ArrayD::default(IxDyn(&[]))),
    }
}

/// The inputs of a trial of an exercise. They depend on the seed and on the names of exercise and
/// trial alone, so that a second grading repeats them and another trial changes nothing.
///
/// The first input has the shortest sides and the second one the longest.
pub fn draws(trial: &Trial, exercise: &str, seed: u64) -> Vec<Draw> {
    let mut digest = Digest::default();
    digest.add(seed.to_le_bytes());
    digest.add(exercise);
    digest.add(match trial.oracle {
        Oracle::Reference => "generated",
        Oracle::Property(_) => "property",
    });
    digest.add(&trial.name);
    let mut random = Xoshiro256PlusPlus::from_seed(digest.bytes());
    (0..trial.inputs.runs).map(|run| draw(&trial.inputs, run, &mut random)).collect()
}

fn draw(inputs: &Inputs, run: usize, source: &mut impl Rng) -> Draw {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for (place, input) in inputs.args.iter().enumerate() {
        let Input::Random(random) = input else { continue };
        let mut shape = Vec::new();
        for side in random.shape.iter().flatten() {
            let mut length = || {
                let sizes = inputs.sizes(side);
                match run {
                    0 => *sizes.start(),
                    1 => *sizes.end(),
                    _ => sizes.start() + below(sizes.end() - sizes.start() + 1, source),
                }
            };
            shape.push(match side {
                Side::Within(_) => length(),
                Side::Named(name) => *named.entry(name).or_insert_with(length),
            });
        }
        let array = ArrayD::from_shape_simple_fn(IxDyn(&shape), || number(random, source));
        numbers.insert(place, array);
    }
    Draw { numbers }
}

/// A number below another one. The remainder is uneven by less than `bound` / 2^64.
fn below(bound: usize, source: &mut impl Rng) -> usize {
    usize::try_from(source.next_u64() % bound as u64).unwrap_or_default()
}

/// A number of a random argument.
fn number(random: &Random, source: &mut impl Rng) -> f64 {
    if !random.specials.is_empty() && source.next_u64().is_multiple_of(RARITY) {
        return random.specials[below(random.specials.len(), source)];
    }
    // From 0 up to, but not including, 1.
    let part = (source.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    if random.integers {
        let (low, high) = (random.low.ceil(), random.high.floor());
        return (low + (part * (high - low + 1.0)).floor()).min(high);
    }
    let width = random.high - random.low;
    rounded(random.low + part * width, width / STEPS).clamp(random.low, random.high)
}

/// A number without the decimals that are finer than a step.
fn rounded(number: f64, step: f64) -> f64 {
    let decimals = -step.log10().floor();
    if !(0.0..=300.0).contains(&decimals) {
        return number;
    }
    // Written and read, so that it is the number that its digits stand for.
    format!("{number:.0$}", decimals as usize).parse().unwrap_or(number)
}
