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
    /// Up to this, powers of ten are floats, so that an integer divided by one is the float that
    /// its decimals stand for.
    const EXACT: f64 = 22.0;
    let decimals = -step.log10().floor();
    // Without a range there are no steps.
    if !decimals.is_finite() || decimals > EXACT {
        return number;
    }
    let power = 10_f64.powi(decimals.max(0.0) as i32);
    (number * power).round() / power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{NanPolicy, Origin, Precision, Tolerance};

    fn random(shape: Option<Vec<Side>>, low: f64, high: f64) -> Random {
        Random { shape, low, high, integers: false, specials: Vec::new() }
    }

    fn named(name: &str) -> Side {
        Side::Named(name.into())
    }

    fn trial(args: Vec<Random>) -> Trial {
        let args = args.into_iter().map(Input::Random).collect();
        let letters = BTreeMap::from([("m".to_owned(), 0..=3)]);
        let (precision, nan) = (Precision::Exact, NanPolicy::Equal);
        Trial {
            name: "random".into(),
            function: "f".into(),
            inputs: Inputs { runs: 200, args, letters },
            oracle: Oracle::Reference,
            tolerance: Tolerance { abs: 0.0, rel: 0.0, ulps: None, precision, nan },
            weight: 1,
            feedback: None,
            source: None,
            hidden: false,
            origin: Origin::default(),
        }
    }

    #[test]
    fn the_same_seed_and_names_give_the_same_inputs_and_no_others_do() {
        let trial = trial(vec![random(Some(vec![named("n")]), -1.0, 1.0)]);
        let first = draws(&trial, "softmax", 1);
        assert_eq!(first, draws(&trial, "softmax", 1));
        assert_ne!(first, draws(&trial, "softmax", 2));
        assert_ne!(first, draws(&trial, "sigmoid", 1));
        assert_ne!(first, draws(&Trial { name: "other".into(), ..trial.clone() }, "softmax", 1));
        // More of them begin with the same.
        let mut more = trial;
        more.inputs.runs = 300;
        assert_eq!(first, draws(&more, "softmax", 1)[..200]);
    }

    #[test]
    fn sides_of_a_name_are_equal_and_every_length_is_tried() {
        let shape = |sides: &[Side]| random(Some(sides.to_vec()), 0.0, 1.0);
        let trial = trial(vec![
            shape(&[named("n"), named("m")]),
            shape(&[named("m"), named("n"), Side::Within(2..=4)]),
        ]);
        let draws = draws(&trial, "softmax", 1);
        let shapes: Vec<[Vec<usize>; 2]> = draws
            .iter()
            .map(|it| [0, 1].map(|place| it.numbers[&place].shape().to_vec()))
            .collect();
        for [one, other] in &shapes {
            assert_eq!([one[0], one[1]], [other[1], other[0]]);
        }
        assert_eq!(shapes[0], [vec![1, 0], vec![0, 1, 2]], "the shortest comes first");
        assert_eq!(shapes[1], [vec![8, 3], vec![3, 8, 4]], "then comes the longest");
        for (axis, lengths) in [(0, 1..=8), (1, 0..=3)] {
            for length in lengths {
                assert!(shapes.iter().any(|[one, _]| one[axis] == length), "{axis}: {length}");
            }
        }
    }

    #[test]
    fn numbers_stay_in_their_range_and_have_few_digits() {
        for (low, high, digits) in
            [(-50.0, 50.0, 2), (0.0, 1.0, 4), (-1e9, 1e9, 0), (2.5, 2.5, 1), (1e-9, 2e-9, 13)]
        {
            let trial = trial(vec![random(Some(vec![Side::Within(8..=8)]), low, high)]);
            let draws = draws(&trial, "softmax", 1);
            let numbers: Vec<f64> =
                draws.iter().flat_map(|it| it.numbers[&0].iter().copied()).collect();
            for number in &numbers {
                assert!((low..=high).contains(number), "{number}");
                let written = format!("{number}");
                let fraction = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
                assert!(fraction <= digits, "{number} has more than {digits} digits");
            }
            let middle = low.midpoint(high);
            let above = numbers.iter().filter(|number| **number > middle).count();
            assert!(low == high || above > 600 && above < 1000, "{above} of 1600 above {middle}");
        }
    }

    #[test]
    fn integers_are_integers_and_specials_come_now_and_then() {
        let integers = Random { integers: true, ..random(None, -1.5, 3.9) };
        let specials = Random { specials: vec![f64::INFINITY], ..integers.clone() };
        let trial = trial(vec![integers, specials]);
        let mut seen = std::collections::BTreeSet::new();
        let mut infinite = 0;
        for draw in draws(&trial, "softmax", 1) {
            match &draw.args(&trial.inputs)[..] {
                [Value::Int(integer), Value::Float(number)] => {
                    seen.insert(*integer);
                    infinite += usize::from(number.is_infinite());
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(Vec::from_iter(seen), [-1, 0, 1, 2, 3]);
        assert!((15..60).contains(&infinite), "{infinite} of 200");
    }
}
