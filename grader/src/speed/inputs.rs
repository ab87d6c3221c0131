//! Arguments of any size, after the pattern that a trial has for them.

use std::collections::BTreeMap;

use harness::Value;
use ndarray::{ArrayD, IxDyn};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::course::{Input, Inputs, Random, Side};
use crate::digest::Digest;

/// After so many numbers they begin again: no function can tell, and they are made in no time. It is
/// a prime, so that rows of a matrix differ.
const PERIOD: usize = 1021;

/// The lengths of the named sides.
type Sides = BTreeMap<String, usize>;

/// Where the numbers of an exercise start from.
pub type Seed = [u8; 32];

/// The arguments of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// The arguments.
    pub args: Vec<Value>,
    /// How many elements a loop goes over: as many as the named sides span.
    pub elements: usize,
}

impl Workload {
    /// These arguments; `None` if they are not after the pattern.
    #[must_use]
    pub fn of_case(inputs: &Inputs, args: &[Value]) -> Option<Self> {
        Some(Self { elements: elements(&sides_of(inputs, args)?), args: args.to_vec() })
    }

    /// Arguments with about so many elements. The same seed gives the same ones.
    #[must_use]
    pub fn of_size(inputs: &Inputs, size: usize, seed: Seed) -> Self {
        let sides = sides(inputs, size);
        Self { elements: elements(&sides), args: args(inputs, &sides, seed) }
    }

    /// Whether a worker with so much memory, in bytes, can serve the call.
    #[must_use]
    pub fn fits(&self, memory: u64) -> bool {
        /// What a worker takes for itself, in bytes.
        const OWN: u64 = 32 << 20;
        let args: u64 = self.args.iter().map(Value::bytes).sum();
        // Beside the arguments there is first the frame that they come in, and at last the result
        // with the frame that it goes out in. A frame grows by doubling.
        OWN + args + (2 * args).max(3 * self.result_bytes()) <= memory
    }

    /// How many bytes the result takes at most, if it is right.
    #[must_use]
    pub fn result_bytes(&self) -> u64 {
        8 * self.elements as u64
    }
}

/// The seed of an exercise.
#[must_use]
pub fn seed(course: u64, exercise: &str) -> Seed {
    let mut digest = Digest::default();
    digest.add(course.to_le_bytes());
    digest.add(exercise);
    digest.add("speed");
    digest.bytes()
}

fn elements(sides: &Sides) -> usize {
    sides.values().product()
}

/// Sides that span about so many elements, all of one length.
fn sides(inputs: &Inputs, elements: usize) -> Sides {
    let mut sides: Sides = inputs.letters().map(|letter| (letter.to_owned(), 0)).collect();
    let length = (elements as f64).powf(1.0 / sides.len() as f64).round() as usize;
    sides.values_mut().for_each(|side| *side = length);
    sides
}

/// The sides that these arguments have; `None` if they are not after the pattern.
fn sides_of(inputs: &Inputs, args: &[Value]) -> Option<Sides> {
    let mut sides = Sides::new();
    for (input, arg) in inputs.args.iter().zip(args) {
        let Input::Random(Random { shape: Some(shape), .. }) = input else { continue };
        let lengths = arg.shape().filter(|lengths| lengths.len() == shape.len())?;
        for (side, length) in shape.iter().zip(lengths) {
            if let Side::Named(name) = side
                && sides.insert(name.clone(), *length).is_some_and(|other| other != *length)
            {
                return None;
            }
        }
    }
    let is_known = |letter: &str| sides.contains_key(letter);
    (inputs.args.len() == args.len() && inputs.letters().all(is_known)).then_some(sides)
}

/// Arguments with these sides.
fn args(inputs: &Inputs, sides: &Sides, seed: Seed) -> Vec<Value> {
    let mut source = Xoshiro256PlusPlus::from_seed(seed);
    let mut args: Vec<Value> = Vec::with_capacity(inputs.args.len());
    for input in &inputs.args {
        let arg = match input {
            Input::Given(value) => value.clone(),
            Input::SameAs(place) => args[*place].clone(),
            Input::Random(random) => value(random, sides, &mut source),
        };
        args.push(arg);
    }
    args
}

fn value(random: &Random, sides: &Sides, source: &mut impl Rng) -> Value {
    let Some(shape) = &random.shape else { return Value::Float(number(random, source)) };
    let length = |side: &Side| match side {
        Side::Within(lengths) => *lengths.end(),
        Side::Named(name) => sides.get(name).copied().unwrap_or_default(),
    };
    let shape: Vec<usize> = shape.iter().map(length).collect();
    let count = shape.iter().product();
    let some: Vec<f64> = (0..PERIOD).map(|_| number(random, source)).collect();
    let mut numbers = some.repeat(usize::div_ceil(count, PERIOD));
    numbers.truncate(count);
    // As many as the shape has.
    Value::Array(ArrayD::from_shape_vec(IxDyn(&shape), numbers).unwrap_or_default())
}

/// A number from the upper half of the range: where that has one sign nothing cancels, and sums of
/// ten million numbers agree in whatever order they were added.
fn number(random: &Random, source: &mut impl Rng) -> f64 {
    // From 0 up to, but not including, 1.
    let part = (source.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let middle = random.low.midpoint(random.high);
    let number = middle + part * (random.high - middle);
    if random.integers { number.ceil() } else { number }
}

#[cfg(test)]
mod tests {
    use ndarray::{arr1, arr2};

    use super::*;

    fn random(sides: &[&str]) -> Input {
        let shape = sides.iter().map(|side| Side::Named((*side).into())).collect();
        let (integers, specials) = (false, Vec::new());
        Input::Random(Random { shape: Some(shape), low: -20.0, high: 20.0, integers, specials })
    }

    fn matrix_and_vector() -> Inputs {
        let args = vec![random(&["m", "n"]), random(&["n"])];
        Inputs { runs: 1, args, letters: BTreeMap::new() }
    }

    #[test]
    fn sides_of_one_name_are_equal_and_span_the_elements() {
        let inputs = matrix_and_vector();
        let sides = sides(&inputs, 1000);
        assert_eq!(elements(&sides), 32 * 32);
        let args = args(&inputs, &sides, seed(7, "general_dot"));
        assert_eq!(args[0].shape(), Some([32, 32].as_slice()));
        assert_eq!(args[1].shape(), Some([32].as_slice()));
        assert_eq!(sides_of(&inputs, &args), Some(sides));
    }

    #[test]
    fn arguments_after_another_pattern_have_no_sides() {
        let inputs = matrix_and_vector();
        let matrix = Value::Array(arr2(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).into_dyn());
        let vector = |numbers: &[f64]| Value::Array(arr1(numbers).into_dyn());
        let sides = |args: &[Value]| sides_of(&inputs, args);
        let known = sides(&[matrix.clone(), vector(&[1.0, 2.0, 3.0])]).unwrap();
        assert_eq!((known["m"], known["n"]), (2, 3));
        assert_eq!(sides(&[matrix.clone(), vector(&[1.0, 2.0])]), None);
        assert_eq!(sides(&[matrix.clone(), matrix.clone()]), None);
        assert_eq!(sides(&[matrix.clone(), Value::Float(1.0)]), None);
        assert_eq!(sides(&[matrix]), None);
    }

    #[test]
    fn what_needs_more_memory_than_a_worker_has_does_not_fit() {
        let of = |size| Workload::of_size(&matrix_and_vector(), size, seed(1, "dot"));
        assert_eq!(of(10_000).elements, 10_000);
        for (size, memory, fits) in [
            (10_000, 64, true),
            (10_000, 16, false),
            (4_000_000, 512, true),
            (4_000_000, 64, false),
        ] {
            assert_eq!(of(size).fits(memory << 20), fits, "{size} in {memory} MiB");
        }
    }

    #[test]
    fn numbers_depend_on_the_seed_and_do_not_cancel() {
        let inputs = matrix_and_vector();
        let sides = sides(&inputs, 5000);
        let numbers = |seed| match &args(&inputs, &sides, seed)[0] {
            Value::Array(array) => array.clone(),
            other => panic!("{other:?}"),
        };
        let first = numbers(seed(1, "dot"));
        assert_eq!(first, numbers(seed(1, "dot")));
        assert_ne!(first, numbers(seed(2, "dot")));
        assert_ne!(first, numbers(seed(1, "outer")));
        assert!(first.iter().all(|number| (0.0..=20.0).contains(number)));
        assert!(first.iter().any(|number| *number < 2.0), "{first}");
        assert!(first.iter().any(|number| *number > 18.0), "{first}");
    }
}
