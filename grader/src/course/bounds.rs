//! The two bounds of a tolerance, inherited from course to file to case.

use super::node::Node;
use super::reader::Reader;

/// The bounds of `|actual - expected| <= abs + rel * |expected|`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub rel: f64,
    pub abs: f64,
}

impl Bounds {
    /// The bounds of a course that sets none.
    pub const DEFAULT: Self = Self { rel: 1e-7, abs: 1e-12 };

    /// No room at all.
    pub const ZERO: Self = Self { rel: 0.0, abs: 0.0 };

    /// Reads a table of tolerances; what it leaves out is inherited.
    pub fn read<'a>(self, reader: &mut Reader<'a>, node: Option<&'a Node>) -> Self {
        let mut bounds = self;
        let Some(mut fields) = node.and_then(|node| reader.table(node)) else {
            return bounds;
        };
        for (key, bound) in [("rel", &mut bounds.rel), ("abs", &mut bounds.abs)] {
            let Some(node) = fields.get(key) else {
                continue;
            };
            match reader.float(node) {
                Some(value) if value.is_finite() && value >= 0.0 => *bound = value,
                Some(_) => reader.report(node.span, "a tolerance is finite and not negative"),
                None => reader.wrong_kind(node, "a number"),
            }
        }
        fields.finish(reader);
        bounds
    }
}
