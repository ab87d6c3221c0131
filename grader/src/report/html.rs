//! The report as one page for a browser: nothing is fetched, nothing is run.
//!
//! The page is laid out by templates, which escape all they are given. These modules say what
//! stands in it, as plain data.

mod case;
mod errors;
mod exercise;
mod heat_map;
mod page;
mod plot;
mod scale;
mod speed;
mod table;
#[cfg(test)]
mod tests;

use anyhow::Context;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::{Exporter, text};
use crate::grade::Report;
use page::Page;
use speed::Speed;

/// The templates, each with the name by which the others include it.
const TEMPLATES: [(&str, &str); 9] = [
    ("head", include_str!("html/head.html")),
    ("page", include_str!("html/page.html")),
    ("style", include_str!("html/style.css")),
    ("exercise", include_str!("html/exercise.html")),
    ("case", include_str!("html/case.html")),
    ("table", include_str!("html/table.html")),
    ("heat_map", include_str!("html/heat_map.html")),
    ("plot", include_str!("html/plot.html")),
    ("speed", include_str!("html/speed.html")),
];

/// Writes the report as one self-contained page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Html {
    /// Whether hidden cases are shown like others. Otherwise they are counted.
    pub reveal: bool,
}

impl Exporter for Html {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        lay_out(&[], "page", Page::of(report, self.reveal))
    }
}

impl Html {
    /// The times of loops and vectorised functions as one self-contained page.
    ///
    /// # Errors
    ///
    /// If a template is wrong.
    pub fn speed(report: &crate::speed::Report) -> anyhow::Result<Vec<u8>> {
        lay_out(&[], "speed", Speed::of(report))
    }
}

/// Lays out a page; `more` are the templates that it alone has.
///
/// # Errors
///
/// If a template is wrong.
pub fn lay_out(
    more: &[(&'static str, &'static str)],
    template: &str,
    page: impl Serialize,
) -> anyhow::Result<Vec<u8>> {
    let mut environment = Environment::new();
    // Whatever a template is called, what it is given is text.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, source) in TEMPLATES.iter().chain(more) {
        environment.add_template(name, source)?;
    }
    let page = environment.get_template(template)?.render(Serde(page));
    Ok(page.context("failed to lay out the page")?.into_bytes())
}

/// How many characters of one value, message and output are kept.
const VALUE: usize = 400;
const MESSAGE: usize = 4 << 10;
const OUTPUT: usize = 64 << 10;

/// Foreign text, safe and of a bearable length, unless there is none.
fn present(text: &str, max: usize) -> Option<String> {
    let text = text::capped(text::plain(text.trim_end()), max);
    (!text.is_empty()).then_some(text)
}
