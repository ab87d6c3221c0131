//! What a case wanted and what it got, each on one line.

use harness::Value;

use super::array;
use super::text;
use crate::compare::shape_text;
use crate::course::Message;
use crate::grade::{Delivered, Wanted};

/// What was wanted, in at most about `max` characters.
pub fn wanted(wanted: &Wanted, max: usize) -> String {
    match wanted {
        Wanted::Value(value, _) => self::value(value, max),
        Wanted::Shape(shape) => format!("shape {}", shape_text(shape)),
        Wanted::Panic(message) => saying("a panic", message, max),
        Wanted::Error(message) => saying("an Err", message, max),
        Wanted::Reference => "what the reference gives".into(),
        Wanted::Property(property) => capped(property, max),
        Wanted::Rule(demand) => capped(&demand.to_string(), max),
    }
}

/// What came, in at most about `max` characters.
pub fn delivered(delivered: &Delivered, max: usize) -> String {
    match delivered {
        Delivered::Value(value) => self::value(value, max),
        Delivered::Error(error) => capped(&format!("Err({error})"), max),
        Delivered::Panic { message, .. } => capped(&format!("a panic: {message}"), max),
    }
}

/// A value, in at most about `max` characters.
pub(super) fn value(value: &Value, max: usize) -> String {
    text::one_line(&array::one_line(value, max))
}

fn saying(what: &str, message: &Message, max: usize) -> String {
    match message {
        Message::Any => what.into(),
        Message::Contains(part) => capped(&format!("{what} that says {part:?}"), max),
    }
}

fn capped(text: &str, max: usize) -> String {
    text::capped(text::one_line(text), max)
}
