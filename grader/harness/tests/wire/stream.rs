//! Frames from readers that are slow, broken or lying.

use std::io::{self, ErrorKind, Read};

use harness::wire::read_frame;
use proptest::prelude::*;

/// Gives one byte at a time, with an interruption before each, and fails where the bytes end.
struct Trickle<'a> {
    bytes: &'a [u8],
    interrupted: bool,
    end: Option<ErrorKind>,
}

impl<'a> Trickle<'a> {
    fn new(bytes: &'a [u8], end: Option<ErrorKind>) -> Self {
        Self { bytes, interrupted: false, end }
    }
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        match (self.bytes.is_empty(), self.end) {
            (true, Some(error)) => Err(error.into()),
            _ => self.bytes.read(&mut buffer[..1]),
        }
    }
}

fn frames(bodies: &[Vec<u8>]) -> Vec<u8> {
    let frame = |body: &Vec<u8>| [&(body.len() as u64).to_ne_bytes()[..], body].concat();
    bodies.iter().flat_map(frame).collect()
}

proptest! {
    #[test]
    fn frames_may_come_byte_by_byte(
        bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..4),
    ) {
        let stream = frames(&bodies);
        let mut reader = Trickle::new(&stream, None);
        for body in bodies {
            prop_assert_eq!(read_frame(&mut reader, 20).unwrap(), Some(body));
        }
        prop_assert_eq!(read_frame(&mut reader, 20).unwrap(), None);
    }

    #[test]
    fn whatever_comes_is_frames_and_then_an_end_or_an_error(
        stream in prop::collection::vec(0..4_u8, 0..64),
    ) {
        let mut rest = &stream[..];
        let mut read = Vec::new();
        while let Ok(Some(body)) = read_frame(&mut rest, 64) {
            read.push(body);
        }
        prop_assert!(stream.starts_with(&frames(&read)));
    }
}

#[test]
fn a_frame_beyond_the_limit_is_refused() {
    let stream = frames(&[b"body".to_vec()]);
    assert_eq!(read_frame(&mut &stream[..], 4).unwrap(), Some(b"body".to_vec()));
    let error = read_frame(&mut &stream[..], 3).unwrap_err();
    assert_eq!(error.to_string(), "malformed frame: too long");
}

#[test]
fn a_frame_that_stops_short_is_an_error() {
    let stream = frames(&[b"body".to_vec()]);
    for length in 1..stream.len() {
        let cut = &stream[..length];
        let error = read_frame(&mut Trickle::new(cut, None), 10).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData, "cut at {length}");
        let broken = &mut Trickle::new(cut, Some(ErrorKind::BrokenPipe));
        assert_eq!(read_frame(broken, 10).unwrap_err().kind(), ErrorKind::BrokenPipe);
    }
    let broken = &mut Trickle::new(&[], Some(ErrorKind::BrokenPipe));
    assert_eq!(read_frame(broken, 10).unwrap_err().kind(), ErrorKind::BrokenPipe);
}
