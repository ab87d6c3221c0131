//! A stream that is read now and then rather than at every write.

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

/// How long what is written gathers before it is read: long beside a small call, which takes
/// microseconds, and short beside any limit.
const PAUSE: Duration = Duration::from_micros(200);

/// A stream that lets what is written gather between two reads. A reader that waits is woken by
/// each write, which costs both sides more than a small call does.
#[derive(Debug)]
pub struct Unhurried<R> {
    stream: R,
    is_first: bool,
}

impl<R> Unhurried<R> {
    /// A stream of which nothing has been read.
    pub fn new(stream: R) -> Self {
        Self { stream, is_first: true }
    }
}

impl<R: Read> Read for Unhurried<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Nothing gathers while a process starts.
        if !std::mem::take(&mut self.is_first) {
            thread::sleep(PAUSE);
        }
        self.stream.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn what_is_written_gathers_before_it_is_read_again() {
        let mut stream = Unhurried::new(&b"ab"[..]);
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        let start = Instant::now();
        stream.read_exact(&mut byte).unwrap();
        assert!(start.elapsed() >= PAUSE);
        assert_eq!(byte, *b"b");
    }
}
