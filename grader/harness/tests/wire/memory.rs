//! What a frame costs in memory.

use std::sync::{Mutex, PoisonError};

use harness::wire::{Call, Malformed, Reply, read_frame};
use peak_alloc::PeakAlloc;
use proptest::prelude::*;

use super::arbitrary::mutated;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What the other tests of this program may take meanwhile.
const OTHERS: usize = 8 << 20;

/// What an item of a list costs at most for its one byte, with the copy that a growing list makes.
const ITEM: usize = 512;

/// What comes of an action, and the most memory that it took at any time.
fn peak<T>(action: impl FnOnce() -> T) -> (T, usize) {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = action();
    (result, MEMORY.peak_usage().saturating_sub(before))
}

/// The body of a reply that returns these bytes.
fn returned(parts: &[&[u8]]) -> Vec<u8> {
    [&[0; 17][..], &parts.concat()].concat()
}

/// The beginning of a list.
fn list(items: u64) -> Vec<u8> {
    [&[7][..], &items.to_ne_bytes()].concat()
}

proptest! {
    #[test]
    fn a_frame_costs_no_more_than_it_brings(body in mutated()) {
        let (_, cost) = peak(|| (Reply::decode(&body), Call::decode(&body)));
        prop_assert!(cost <= OTHERS + ITEM * body.len(), "{cost} for {body:?}");
    }
}

#[test]
fn what_is_promised_costs_nothing() {
    let word = |number: u64| number.to_ne_bytes();
    for body in [
        returned(&[&[4], &word(1), &word(1 << 33)]),
        returned(&[&[6], &word(2), &word(1 << 30), &word(1 << 30)]),
        returned(&[&[5], &[&word(32)[..], &[0; 31 * 8], &word(u64::MAX)].concat()]),
        returned(&[&[4], &word(u64::MAX)]),
        returned(&[&[3], &word(u64::MAX)]),
        returned(&[&list(1 << 20)]),
        returned(&[&list(1 << 19).repeat(32)]),
        returned(&[&list(u64::MAX)]),
    ] {
        let (reply, cost) = peak(|| Reply::decode(&body));
        assert!(reply.is_err() && cost <= OTHERS, "{cost} for {body:?}");
    }
    let frame = [&word(u64::MAX)[..], b"body"].concat();
    let (body, cost) = peak(|| read_frame(&mut &frame[..], u64::MAX));
    assert!(body.is_err() && cost <= OTHERS, "{cost}");
}

#[test]
fn lists_in_lists_do_not_multiply() {
    const ITEMS: usize = 1 << 19;
    let inner = [list(ITEMS as u64), vec![8; ITEMS]].concat();
    let body = returned(&[&list(16), &inner.repeat(16)]);
    let (reply, cost) = peak(|| Reply::decode(&body));
    // One of them fits, the second is one too many.
    assert_eq!(reply, Err(Malformed("too many items")));
    assert!(cost <= OTHERS + ITEM * ITEMS, "{cost}");
}
