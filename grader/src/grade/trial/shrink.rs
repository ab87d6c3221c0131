//! Simpler inputs: shorter sides, and numbers with fewer digits.

use ndarray::{ArrayD, Axis};

use super::draw::Draw;
use crate::course::{Input, Inputs, Random, Side};

/// How many sides or parts of the numbers are looked at one by one.
const PARTS: usize = 16;

/// Inputs that are simpler than this one, the simplest first. Shorter ones come before those with
/// simpler numbers, and each is simpler for good: it is never a candidate for it in turn.
pub fn simpler(inputs: &Inputs, draw: &Draw) -> Vec<Draw> {
    let mut simpler = shorter(inputs, draw);
    simpler.extend(plainer(inputs, draw));
    simpler
}

/// The random arguments, with their places.
fn random(inputs: &Inputs) -> impl Iterator<Item = (usize, &Random)> {
    inputs.args.iter().enumerate().filter_map(|(place, input)| match input {
        Input::Random(random) => Some((place, random)),
        Input::Given(_) | Input::SameAs(_) => None,
    })
}

/// Sides that have one length: all of a name, or one without a name.
#[derive(Debug)]
struct Group<'a> {
    side: &'a Side,
    /// The places of the arguments, and their axes.
    axes: Vec<(usize, Axis)>,
}

fn groups(inputs: &Inputs) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (place, random) in random(inputs) {
        for (axis, side) in random.shape.iter().flatten().enumerate() {
            let axis = (place, Axis(axis));
            let named =
                |group: &&mut Group<'_>| matches!(side, Side::Named(_)) && group.side == side;
            match groups.iter_mut().find(named) {
                Some(group) => group.axes.push(axis),
                None => groups.push(Group { side, axes: vec![axis] }),
            }
        }
    }
    groups
}

/// The input with some rows, columns and so on left out.
fn shorter(inputs: &Inputs, draw: &Draw) -> Vec<Draw> {
    let mut shorter = Vec::new();
    for Group { side, axes } in groups(inputs) {
        let [(place, axis), ..] = axes[..] else { continue };
        let length = draw.numbers[&place].len_of(axis);
        let least = *inputs.sizes(side).start();
        let middle = length.midpoint(least);
        let mut selections: Vec<Vec<usize>> = vec![
            (0..least).collect(),
            (length - least..length).collect(),
            (0..middle).collect(),
            (length - middle..length).collect(),
        ];
        let without = |out: usize| (0..length).filter(|index| *index != out).collect();
        selections.extend((0..length.min(PARTS)).map(without));
        selections.retain(|kept| (least..length).contains(&kept.len()));
        selections.dedup();
        for kept in selections {
            let mut numbers = draw.numbers.clone();
            for (place, axis) in &axes {
                if let Some(array) = numbers.get_mut(place) {
                    *array = array.select(*axis, &kept);
                }
            }
            shorter.push(Draw { numbers });
        }
    }
    shorter
}

/// How plain a number is; the smaller, the plainer.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Plainness(u8, f64);

impl Plainness {
    fn of(number: f64, plainest: f64) -> Self {
        let kind = match number {
            _ if number == plainest => 0,
            _ if !number.is_finite() => 4,
            _ if number.fract() == 0.0 => 1,
            _ if (number * 10.0).fract() == 0.0 => 2,
            _ => 3,
        };
        Self(kind, (number - plainest).abs())
    }
}

/// The plainest number in the range: the integer nearest to zero, if there is one.
fn plainest(random: &Random) -> f64 {
    let nearest = 0.0_f64.clamp(random.low, random.high);
    [nearest, nearest.ceil(), nearest.floor()]
        .into_iter()
        .find(|it| it.fract() == 0.0 && (random.low..=random.high).contains(it))
        .unwrap_or(nearest)
}

/// The input with some of its numbers made plainer: all of them, halves of them, and so on.
fn plainer(inputs: &Inputs, draw: &Draw) -> Vec<Draw> {
    let total: usize = draw.numbers.values().map(ArrayD::len).sum();
    let mut plainer = Vec::new();
    let mut parts = 1;
    while parts <= total.min(PARTS) {
        let length = total.div_ceil(parts);
        for start in (0..total).step_by(length.max(1)) {
            for change in [zero, whole, halved, short] {
                plainer.extend(changed(inputs, draw, start..start + length, change));
            }
        }
        parts *= 2;
    }
    plainer
}

/// A change of a number in the range of a random argument, for which it need not stay there.
type Change = fn(&Random, f64) -> f64;

fn zero(random: &Random, _: f64) -> f64 {
    plainest(random)
}

fn whole(_: &Random, number: f64) -> f64 {
    number.trunc()
}

fn short(_: &Random, number: f64) -> f64 {
    (number * 10.0).trunc() / 10.0
}

/// Half way to the plainest number, without a fraction.
fn halved(random: &Random, number: f64) -> f64 {
    number.midpoint(plainest(random)).trunc()
}

/// The input with a change of those numbers in a part of it that it makes plainer.
fn changed(
    inputs: &Inputs,
    draw: &Draw,
    part: std::ops::Range<usize>,
    change: Change,
) -> Option<Draw> {
    let mut numbers = draw.numbers.clone();
    let mut index = 0;
    let mut is_plainer = false;
    for (place, random) in random(inputs) {
        let plainest = plainest(random);
        for number in numbers.get_mut(&place).into_iter().flatten() {
            // Zero has no sign here.
            let new = change(random, *number) + 0.0;
            let [before, after] = [*number, new].map(|it| Plainness::of(it, plainest));
            if part.contains(&index) && after < before && (random.low..=random.high).contains(&new)
            {
                *number = new;
                is_plainer = true;
            }
            index += 1;
        }
    }
    is_plainer.then_some(Draw { numbers })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use harness::Value;
    use ndarray::array;

    use super::*;

    /// The simplest input that fails, found step by step.
    fn simplest(inputs: &Inputs, mut draw: Draw, fails: impl Fn(&Draw) -> bool) -> Draw {
        let mut steps = 0;
        while let Some(next) = simpler(inputs, &draw).into_iter().find(&fails) {
            draw = next;
            steps += 1;
            assert!(steps < 200, "it goes on without end: {draw:?}");
        }
        draw
    }

    fn random(shape: &[&str], low: f64, high: f64) -> Input {
        let side = |name: &&str| Side::Named((*name).into());
        let shape = Some(shape.iter().map(side).collect());
        Input::Random(Random { shape, low, high, integers: false, specials: Vec::new() })
    }

    fn inputs(args: Vec<Input>) -> Inputs {
        Inputs { runs: 1, args, letters: BTreeMap::new() }
    }

    fn draw(numbers: impl IntoIterator<Item = ArrayD<f64>>) -> Draw {
        Draw { numbers: numbers.into_iter().enumerate().collect() }
    }

    #[test]
    fn what_fails_always_fails_for_the_shortest_and_plainest() {
        let inputs = inputs(vec![random(&["n", "m"], -50.0, 50.0), Input::SameAs(0)]);
        let found = simplest(
            &inputs,
            draw([array![[1.25, -3.5, 7.0], [0.125, 9.0, -40.5]].into_dyn()]),
            |_| true,
        );
        assert_eq!(found, draw([array![[0.0]].into_dyn()]));
        let zero = Value::Array(array![[0.0]].into_dyn());
        assert_eq!(found.args(&inputs), [zero.clone(), zero]);
    }

    #[test]
    fn what_is_needed_to_fail_stays() {
        let inputs = inputs(vec![random(&["n"], -50.0, 50.0), random(&["n"], 0.5, 0.75)]);
        let numbers =
            [array![1.25, -3.5, 33.25, 7.0].into_dyn(), array![0.5, 0.625, 0.75, 0.7].into_dyn()];
        let found = simplest(&inputs, draw(numbers), |draw| {
            let first = &draw.numbers[&0];
            first.len() >= 2 && first.iter().any(|number| *number > 11.0)
        });
        assert_eq!(found.numbers[&0].len(), 2);
        assert_eq!(found.numbers[&1], array![0.5, 0.5].into_dyn());
        let large: Vec<f64> = found.numbers[&0].iter().copied().filter(|it| *it != 0.0).collect();
        assert!(matches!(large[..], [number] if number > 11.0 && number < 17.0), "{large:?}");
        assert_eq!(large[0].fract(), 0.0);
    }

    #[test]
    fn specials_are_made_plain_where_they_do_not_matter() {
        let inputs = inputs(vec![random(&["n"], -1.0, 1.0)]);
        let numbers = || draw([array![f64::INFINITY, f64::NAN].into_dyn()]);
        let found = simplest(&inputs, numbers(), |draw| draw.numbers[&0].len() == 2);
        assert_eq!(found, draw([array![0.0, 0.0].into_dyn()]));
        let nan = |draw: &Draw| draw.numbers[&0].iter().any(|it| it.is_nan());
        assert!(simplest(&inputs, numbers(), nan).numbers[&0][0].is_nan());
    }
}
