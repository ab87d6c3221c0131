//! Values, replies and broken frames of every kind.

use std::fmt::Debug;

use harness::Value;
use harness::wire::{CallOutcome, Reply};
use ndarray::{ArrayD, IxDyn};
use proptest::prelude::*;

/// What a length or a number in a mutated frame becomes.
const NUMBERS: &[u64] =
    &[0, 1, 2, 32, 33, 1 << 20, (1 << 20) + 1, 1 << 33, 1 << 60, 1 << 63, u64::MAX];

/// A value, with every bit pattern that a float can have.
pub fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<u64>().prop_map(|bits| Value::Float(f64::from_bits(bits))),
        ".{0,8}".prop_map(Value::Text),
        array(any::<u64>().prop_map(f64::from_bits)).prop_map(Value::Array),
        array(any::<i64>()).prop_map(Value::IntArray),
        array(any::<bool>()).prop_map(Value::BoolArray),
        Just(Value::None),
    ];
    leaf.prop_recursive(5, 30, 4, |item| prop::collection::vec(item, 0..4).prop_map(Value::List))
}

fn array<T: Debug>(element: impl Strategy<Value = T>) -> impl Strategy<Value = ArrayD<T>> {
    let shape = prop::collection::vec(0..4_usize, 0..4);
    (shape, prop::collection::vec(element, 27)).prop_map(|(shape, mut elements)| {
        elements.truncate(shape.iter().product());
        ArrayD::from_shape_vec(IxDyn(&shape), elements).expect("as many elements as the shape has")
    })
}

/// A reply.
pub fn reply() -> impl Strategy<Value = Reply> {
    let outcome = prop_oneof![
        4 => value().prop_map(CallOutcome::Returned),
        1 => ".{0,8}".prop_map(CallOutcome::Failed),
        1 => (".{0,8}", prop::option::of(".{0,8}"))
            .prop_map(|(message, location)| CallOutcome::Panicked { message, location }),
        1 => ".{0,8}".prop_map(CallOutcome::Refused),
    ];
    (any::<u64>(), any::<u64>(), outcome).prop_map(|(id, nanos, outcome)| Reply {
        id,
        nanos,
        outcome,
    })
}

/// The body of a reply in which some bits are flipped and some numbers are others, and which may
/// be cut.
pub fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let place = any::<prop::sample::Index>;
    let flips = prop::collection::vec((place(), 0..8_u8), 0..3);
    let numbers = prop::collection::vec((place(), prop::sample::select(NUMBERS)), 0..3);
    let cut = prop::option::of(place());
    (reply(), flips, numbers, cut).prop_map(|(reply, flips, numbers, cut)| {
        let mut body = reply.encode();
        for (place, number) in numbers {
            let start = place.index(body.len());
            let bytes = body.iter_mut().skip(start);
            bytes.zip(number.to_ne_bytes()).for_each(|(byte, new)| *byte = new);
        }
        for (place, bit) in flips {
            let place = place.index(body.len());
            body[place] ^= 1 << bit;
        }
        if let Some(place) = cut {
            body.truncate(place.index(body.len()));
        }
        body
    })
}
