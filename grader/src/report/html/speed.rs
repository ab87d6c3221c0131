//! The times of loops and vectorised functions, in the words of a page.

use serde::Serialize;

use crate::report::quantity::{RATES, SECONDS, digits, grouped, legend, scaled};
use crate::report::text;
use crate::speed;

/// How many characters of a message are shown.
const MESSAGE: usize = 400;

/// All that is on the page.
#[derive(Serialize)]
pub struct Speed {
    title: String,
    conclusion: String,
    comparisons: Vec<Comparison>,
    legend: String,
}

/// A loop and the vectorised function that does the same.
#[derive(Serialize)]
struct Comparison {
    name: String,
    title: String,
    sizes: Vec<Size>,
}

/// The times for inputs of one size.
#[derive(Serialize)]
struct Size {
    elements: String,
    is_too_large: bool,
    rows: Vec<Row>,
}

/// A function.
#[derive(Serialize)]
struct Row {
    label: String,
    /// What became of it, if it has no time.
    failure: Option<String>,
    time: String,
    gain: String,
    rate: String,
    /// How long the bar is, in percent of the longest time.
    share: String,
}

impl Speed {
    /// The page of a report.
    pub fn of(report: &speed::Report) -> Self {
        let comparisons = report.comparisons.iter().map(|comparison| Comparison {
            name: comparison.exercise.clone(),
            title: text::one_line(&comparison.title),
            sizes: comparison.sizes.iter().map(Size::of).collect(),
        });
        Self {
            title: text::one_line(&report.course),
            conclusion: text::one_line(&report.conclusion()),
            comparisons: comparisons.collect(),
            legend: legend("±", &text::one_line(&report.rustc)),
        }
    }
}

impl Size {
    fn of(size: &speed::Size) -> Self {
        let noun = if size.elements == 1 { "element" } else { "elements" };
        let times = size.rows.iter().flatten().filter_map(|row| row.result.as_ref().ok());
        let longest = times.map(|timing| timing.median).fold(0.0, f64::max);
        Self {
            elements: format!("{} {noun}", grouped(size.elements)),
            is_too_large: size.rows.is_none(),
            rows: size.rows.iter().flatten().map(|row| Row::of(row, size, longest)).collect(),
        }
    }
}

impl Row {
    fn of(row: &speed::Row, size: &speed::Size, longest: f64) -> Self {
        let mut cells = Self {
            label: row.label(),
            failure: None,
            time: String::new(),
            gain: String::new(),
            rate: String::new(),
            share: String::new(),
        };
        match &row.result {
            Ok(timing) => {
                let spread = timing.spread() * 100.0;
                cells.time = format!("{} ± {spread:.0} %", scaled(timing.median, &SECONDS));
                cells.gain = size.gain(row).map(|it| digits(it) + "×").unwrap_or_default();
                let rate = size.rate(timing).map(|rate| scaled(rate, &RATES));
                cells.rate = rate.unwrap_or_default();
                let share = if longest > 0.0 { timing.median / longest * 100.0 } else { 0.0 };
                cells.share = format!("{share:.1}");
            }
            Err(failure) => {
                let failure = text::one_line(&failure.to_string());
                cells.failure = Some(text::capped(failure, MESSAGE));
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Html;
    use crate::speed::sample;

    #[test]
    fn times_and_failures_are_in_the_page_and_text_stays_text() {
        let mut report = sample::mixed();
        report.course = "<script>alert(1)</script>".into();
        let page = String::from_utf8(Html::speed(&report).unwrap()).unwrap();
        for part in ["12.5 ns ± 3 %", "1.60×", "panicked: no vector", "more than the memory limit"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("width: 100.0%"), "{page}");
    }
}
