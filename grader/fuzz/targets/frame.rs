//! A stream of frames, as a worker might send it.
#![no_main]

use harness::wire::{Call, Malformed, Reply, read_frame};
use libfuzzer_sys::fuzz_target;

/// The longest frame that is read: more than a fuzzer sends.
const LIMIT: u64 = 1 << 20;

fuzz_target!(|stream: &[u8]| {
    let mut rest = stream;
    while let Ok(Some(body)) = read_frame(&mut rest, LIMIT) {
        round_trip(&body, Call::decode, Call::encode);
        round_trip(&body, Reply::decode, Reply::encode);
    }
});

/// Checks that what decodes encodes back to the same bytes. (NaN is not equal to itself, bytes are.)
fn round_trip<T>(
    body: &[u8],
    decode: impl Fn(&[u8]) -> Result<T, Malformed>,
    encode: impl Fn(&T) -> Vec<u8>,
) {
    if let Ok(message) = decode(body) {
        assert_eq!(encode(&message), body);
    }
}
