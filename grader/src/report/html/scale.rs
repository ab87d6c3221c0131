//! An axis of a plot: from numbers to places, with round numbers as ticks.

use serde::Serialize;

/// About how many ticks an axis has.
const TICKS: f64 = 6.0;

/// Below this step and from this number on, ticks are written in scientific notation.
const SMALL: f64 = 1e-4;
const LARGE: f64 = 1e6;

/// The sign of negative numbers, as long as the other signs.
pub const MINUS: &str = "\u{2212}";

/// Numbers from `low` to `high`, on a line between two places.
pub struct Scale {
    low: f64,
    high: f64,
    places: [f64; 2],
}

/// A number at the axis.
#[derive(Debug, Serialize)]
pub struct Tick {
    /// Where.
    pub at: String,
    /// What it says.
    pub text: String,
}

impl Scale {
    /// The scale of these numbers, with a little room at both ends.
    pub fn of(low: f64, high: f64, places: [f64; 2]) -> Self {
        // Numbers that are all the same still need a line to stand on.
        let span = if high > low { high - low } else { low.abs().max(1.0) };
        Self { low: low - span * 0.05, high: high + span * 0.05, places }
    }

    /// Whether a number lies on it.
    pub fn holds(&self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }

    /// The place of a number; one beyond an end is at that end.
    pub fn place(&self, number: f64) -> f64 {
        let [first, last] = self.places;
        let number = number.clamp(self.low, self.high);
        first + (number - self.low) / (self.high - self.low) * (last - first)
    }

    /// The round numbers on it: multiples of 1, 2 or 5 times a power of ten.
    pub fn ticks(&self) -> Vec<Tick> {
        let rough = (self.high - self.low) / TICKS;
        let power = 10f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
        let step = steps.into_iter().find(|step| *step >= rough * 0.75).unwrap_or(rough);
        let first = (self.low / step).ceil();
        let numbers = (0..).map(|count| (first + f64::from(count)) * step);
        numbers
            .take(2 * TICKS as usize)
            .take_while(|number| *number <= self.high)
            .map(|number| Tick { at: at(self.place(number)), text: label(number, step) })
            .collect()
    }
}

/// A place as it stands in an SVG.
pub fn at(place: f64) -> String {
    format!("{place:.1}")
}

/// A number with the digits that tell it from the next tick.
fn label(number: f64, step: f64) -> String {
    // What rounding left of zero.
    let number = if number.abs() < step / 2.0 { 0.0 } else { number };
    let text = if number != 0.0 && (step < SMALL || number.abs() >= LARGE) {
        format!("{number:.1e}")
    } else if step < SMALL {
        "0".into()
    } else {
        let decimals = usize::try_from(-step.log10().floor() as i32).unwrap_or(0);
        format!("{number:.decimals$}")
    };
    text.replace('-', MINUS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(low: f64, high: f64) -> String {
        let ticks = Scale::of(low, high, [0.0, 100.0]).ticks();
        ticks.iter().map(|tick| format!("{}@{}", tick.text, tick.at)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_round_numbers() {
        let ends = [(0.0, 1.0), (-3.5, 8.0), (5.0, 5.0), (0.0, 1e-9), (-1e12, 1e12)];
        let ticks = ends.map(|(low, high)| ticks(low, high));
        insta::assert_snapshot!(ticks.join("\n"), @"
        0.0@4.5 0.2@22.7 0.4@40.9 0.6@59.1 0.8@77.3 1.0@95.5
        −4@0.6 −2@16.4 0@32.2 2@48.0 4@63.8 6@79.6 8@95.5
        4.8@10.0 4.9@30.0 5.0@50.0 5.1@70.0 5.2@90.0
        0@4.5 2.0e−10@22.7 4.0e−10@40.9 6.0e−10@59.1 8.0e−10@77.3 1.0e−9@95.5
        −1.0e12@4.5 −5.0e11@27.3 0@50.0 5.0e11@72.7 1.0e12@95.5
        ");
    }

    #[test]
    fn any_two_numbers_make_a_scale() {
        for (low, high) in [(0.0, 5e-324), (1e300, 1e300 * 1.000001), (1.0, 1.0f64.next_up())] {
            let scale = Scale::of(low, high, [0.0, 100.0]);
            assert!(scale.ticks().len() <= 12);
            assert!((0.0..=100.0).contains(&scale.place(low)), "{low}");
        }
    }
}
