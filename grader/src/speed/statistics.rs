//! A typical time, and how far others lie from it.

use harness::Lap;

use super::report::Timing;

impl Timing {
    /// What some laps come to; `None` without any.
    #[must_use]
    pub fn of(laps: &[Lap]) -> Option<Self> {
        let mut seconds: Vec<f64> = laps.iter().map(|lap| lap.seconds()).collect();
        seconds.sort_by(f64::total_cmp);
        let [lower, median, upper] = [0.25, 0.5, 0.75].map(|share| quantile(&seconds, share));
        let calls = laps.iter().map(|lap| lap.calls).sum();
        Some(Self { median: median?, quartiles: [lower?, upper?], laps: laps.len(), calls })
    }

    /// Half the distance between the quartiles, as a share of the median.
    #[must_use]
    pub fn spread(&self) -> f64 {
        let [lower, upper] = self.quartiles;
        if self.median > 0.0 { (upper - lower) / 2.0 / self.median } else { 0.0 }
    }
}

/// The number below which this share of sorted ones lies, between two of them in proportion.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Laps of two calls, which take so many nanoseconds each.
    fn timing(nanos: &[u64]) -> Option<Timing> {
        let laps: Vec<Lap> = nanos.iter().map(|it| Lap { calls: 2, nanos: 2 * it }).collect();
        Timing::of(&laps)
    }

    fn nanos(timing: &Timing) -> [f64; 3] {
        let [lower, upper] = timing.quartiles;
        [lower, timing.median, upper].map(|seconds| (seconds * 1e12).round() / 1e3)
    }

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        let odd = timing(&[50, 10, 20, 40, 30]).unwrap();
        assert_eq!(nanos(&odd), [20.0, 30.0, 40.0]);
        assert_eq!((odd.laps, odd.calls), (5, 10));
        assert!((odd.spread() - 1.0 / 3.0).abs() < 1e-9, "{}", odd.spread());
        let even = timing(&[4, 1, 3, 2]).unwrap();
        assert_eq!(nanos(&even), [1.75, 2.5, 3.25]);
    }

    #[test]
    fn one_slow_lap_changes_nothing() {
        let quiet = timing(&[10, 10, 10, 10, 10]).unwrap();
        let disturbed = timing(&[10, 10, 9_999_999, 10, 10]).unwrap();
        assert_eq!(nanos(&quiet), nanos(&disturbed));
        assert_eq!(disturbed.spread(), 0.0);
    }

    #[test]
    fn few_laps_have_a_median_and_none_have_none() {
        assert_eq!(nanos(&timing(&[7]).unwrap()), [7.0, 7.0, 7.0]);
        assert_eq!(timing(&[]), None);
        assert_eq!(timing(&[0, 0]).unwrap().spread(), 0.0);
    }
}
