//! Tolerances that let through what is wrong, or keep out what is right.

use harness::Value;

use super::Findings;
use super::probe::{Input, Probe, passes};
use super::variants::{any, map, zeros};
use crate::course::{Check, shown};

/// How many representable numbers two right formulas may be apart.
const ULPS: u32 = 4;

/// What makes a wrong value of a right one.
type Change<'f> = &'f dyn Fn(&Value) -> Value;

/// Tries what is not right, and what may be, on the inputs of each case and trial.
pub fn check(probes: &[Probe<'_>], findings: &mut Findings) {
    for probe in probes {
        let is_value = |input: &&Input<'_>| matches!(input.check, Check::Value { .. });
        let inputs = || probe.inputs().iter().filter(is_value);
        let name = shown(probe.name);
        // A wrong zero is a right one.
        let is_told = |input: &&Input<'_>| any(input.right, &|x| x.is_finite() && x != 0.0);
        let let_through = |wrong: Change<'_>| {
            let mut told = inputs().filter(is_told).peekable();
            told.peek().is_some() && told.all(|input| passes(input.check, wrong(input.right)))
        };
        let wrong: [(&str, Change<'_>); 3] = [
            ("zeros pass", &zeros),
            ("the wrong sign passes", &|right| map(right, &|x| -x)),
            ("half the value passes", &|right| map(right, &|x| x / 2.0)),
        ];
        if let Some((what, _)) = wrong.into_iter().find(|(_, wrong)| let_through(wrong)) {
            let message = format!("the tolerance of {name} is so wide that {what}");
            findings.error(probe.origin, message, "give it a smaller `tolerance`");
        }
        if inputs().any(is_too_tight) {
            let message = format!("the tolerance of {name} is tighter than rounding allows");
            let help = format!("two right formulas differ in the last bits: allow `ulps = {ULPS}`");
            findings.warning(probe.origin, message, help);
        }
    }
}

/// Whether a right formula may fail because it rounds in another way.
fn is_too_tight(input: &Input<'_>) -> bool {
    let Check::Value { expected, .. } = input.check else { return false };
    // Whole numbers come out the same by every formula.
    let is_rounded = any(expected, &|x| x.is_finite() && x.fract() != 0.0);
    is_rounded && !passes(input.check, map(expected, &neighbour))
}

/// A number as far away as right formulas may be.
fn neighbour(x: f64) -> f64 {
    (0..ULPS).fold(x, |x, _| if x.is_finite() { x.next_up() } else { x })
}
