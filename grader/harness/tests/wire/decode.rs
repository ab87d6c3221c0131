//! What decodes is what was encoded, byte by byte: a NaN is not equal to itself, its bytes are.

use harness::Value;
use harness::wire::{Call, CallOutcome, Malformed, Reply};
use proptest::prelude::*;

use super::arbitrary::{mutated, reply, value};

proptest! {
    #[test]
    fn replies_survive(reply in reply()) {
        let body = reply.encode();
        prop_assert_eq!(Reply::decode(&body).map(|it| it.encode()), Ok(body));
    }

    #[test]
    fn calls_survive(
        function in ".{0,8}",
        args in prop::collection::vec(value(), 0..4),
        id: u64,
        marker: u64,
    ) {
        let body = Call { id, marker, function, args }.encode();
        prop_assert_eq!(Call::decode(&body).map(|it| it.encode()), Ok(body));
    }

    #[test]
    fn mutated_frames_are_read_as_they_are_or_refused(body in mutated()) {
        if let Ok(reply) = Reply::decode(&body) {
            prop_assert_eq!(reply.encode(), body.clone());
        }
        if let Ok(call) = Call::decode(&body) {
            prop_assert_eq!(call.encode(), body);
        }
    }

    #[test]
    fn garbage_is_read_as_it_is_or_refused(rest in prop::collection::vec(0..12_u8, 0..64)) {
        // With an id and a time before it, so that some of it is read.
        let body = [&[0; 16][..], &rest].concat();
        if let Ok(reply) = Reply::decode(&body) {
            prop_assert_eq!(reply.encode(), body.clone());
        }
        if let Ok(call) = Call::decode(&body) {
            prop_assert_eq!(call.encode(), body);
        }
    }
}

/// A reply that returns what these bytes are.
fn returned(value: &[u8]) -> Result<Reply, Malformed> {
    Reply::decode(&[&[0; 17][..], value].concat())
}

#[test]
fn a_bool_is_one_of_two_wherever_it_stands() {
    let one = 1_u64.to_ne_bytes();
    let array = |element| returned(&[&[6][..], &one, &one, &[element]].concat());
    assert!(returned(&[0, 1]).is_ok());
    assert!(array(1).is_ok());
    assert_eq!(returned(&[0, 2]), Err(Malformed("a bool that is neither")));
    assert_eq!(array(2), Err(Malformed("a bool that is neither")));
}

#[test]
fn an_array_of_nothing_may_be_of_any_shape_that_exists() {
    let array = |shape: &[u64]| {
        let sides = shape.iter().flat_map(|side| side.to_ne_bytes());
        let mut bytes = vec![4];
        bytes.extend((shape.len() as u64).to_ne_bytes());
        bytes.extend(sides);
        bytes
    };
    let Ok(Reply { outcome: CallOutcome::Returned(Value::Array(empty)), .. }) =
        returned(&array(&[0, 1 << 60]))
    else {
        panic!("an array of that shape can be had");
    };
    assert_eq!(empty.shape(), [0, 1 << 60]);
    assert_eq!(empty.sum(), 0.0);
    let mut many = [0; 32];
    assert!(returned(&array(&many)).is_ok());
    many[31] = u64::MAX;
    assert_eq!(returned(&array(&many)), Err(Malformed("a shape that lies")));
    assert_eq!(returned(&array(&[0; 33])), Err(Malformed("too many dimensions")));
    let overflowing = [1 << 60, 1 << 60, 0];
    assert_eq!(returned(&array(&overflowing)), Err(Malformed("too many elements")));
}
