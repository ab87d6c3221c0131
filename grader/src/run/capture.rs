//! What a worker prints, told apart by call.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long the end of a call's output is waited for once its result is there. It is on the way
/// unless the learner's code has closed the stream.
const PATIENCE: Duration = Duration::from_millis(200);

/// How much of the end of the output is kept beyond the limit, in bytes: enough for a marker and
/// for the last words of the standard library.
const TAIL: usize = 1024;

/// How much may come beyond the limit before the middle is dropped, in bytes.
const SLACK: usize = 64 * 1024;

/// What one call printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// The beginning of it, as text.
    pub text: String,
    /// Whether there was more.
    pub cut: bool,
}

/// Reads a worker's output on a thread of its own, so that the worker never waits for the grader.
#[derive(Debug)]
pub struct Capture {
    shared: Arc<(Mutex<Pending>, Condvar)>,
}

/// Output that belongs to no finished call yet.
#[derive(Debug, Default)]
struct Pending {
    bytes: Vec<u8>,
    /// Whether something was dropped from the middle.
    cut: bool,
    ended: bool,
    limit: usize,
}

impl Capture {
    /// Begins to read; of each call's output `limit` bytes are kept.
    ///
    /// # Errors
    ///
    /// If the thread cannot be started.
    pub fn start(stream: impl Read + Send + 'static, limit: usize) -> std::io::Result<Self> {
        let pending = Pending { limit, ..Pending::default() };
        let shared = Arc::new((Mutex::new(pending), Condvar::new()));
        let theirs = Arc::clone(&shared);
        thread::Builder::new()
            .name("worker output".into())
            .spawn(move || drain(stream, &theirs.0, &theirs.1))?;
        Ok(Self { shared })
    }

    /// The output up to the marker, which is waited for.
    pub fn until(&self, marker: u64) -> Output {
        let marker = marker.to_ne_bytes();
        let find = |pending: &Pending| pending.bytes.windows(8).position(|it| it == marker);
        let mut pending = self.wait(|pending| find(pending).is_some());
        match find(&pending) {
            Some(end) => {
                let rest = pending.bytes.split_off(end + 8);
                pending.bytes.truncate(end);
                pending.finish(rest)
            }
            None => pending.finish(Vec::new()),
        }
    }

    /// The rest of the output of a worker that has ended, and the last words of it.
    pub fn rest(self) -> (Output, String) {
        let mut pending = self.wait(|_| false);
        let start = pending.bytes.len().saturating_sub(TAIL);
        let last = String::from_utf8_lossy(&pending.bytes[start..]).into_owned();
        (pending.finish(Vec::new()), last)
    }

    /// Waits until the condition holds, the stream has ended or patience is at its end.
    fn wait(&self, ready: impl Fn(&Pending) -> bool) -> MutexGuard<'_, Pending> {
        let (pending, changed) = &*self.shared;
        let guard = pending.lock().unwrap_or_else(PoisonError::into_inner);
        changed
            .wait_timeout_while(guard, PATIENCE, |pending| !pending.ended && !ready(pending))
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }
}

impl Pending {
    fn add(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
        if self.bytes.len() > self.limit + SLACK {
            self.bytes.drain(self.limit..self.bytes.len() - TAIL);
            self.cut = true;
        }
    }

    /// Takes what is there as one call's output and leaves `rest` for the next.
    fn finish(&mut self, rest: Vec<u8>) -> Output {
        let bytes = std::mem::replace(&mut self.bytes, rest);
        let cut = std::mem::take(&mut self.cut) || bytes.len() > self.limit;
        let kept = &bytes[..bytes.len().min(self.limit)];
        Output { text: String::from_utf8_lossy(kept).into_owned(), cut }
    }
}

fn drain(mut stream: impl Read, pending: &Mutex<Pending>, changed: &Condvar) {
    let mut buffer = vec![0; 64 * 1024];
    let lock = || pending.lock().unwrap_or_else(PoisonError::into_inner);
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        lock().add(&buffer[..count]);
        changed.notify_all();
    }
    lock().ended = true;
    changed.notify_all();
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn output(text: &str, cut: bool) -> Output {
        Output { text: text.into(), cut }
    }

    #[test]
    fn output_is_told_apart_by_the_markers() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let capture = Capture::start(reader, 100).unwrap();
        for (text, marker) in [("one", 1_u64 << 40), ("", 2 << 40), ("three\n", 3 << 40)] {
            writer.write_all(text.as_bytes()).unwrap();
            writer.write_all(&marker.to_ne_bytes()).unwrap();
        }
        assert_eq!(capture.until(1 << 40), output("one", false));
        assert_eq!(capture.until(2 << 40), output("", false));
        assert_eq!(capture.until(3 << 40), output("three\n", false));
        writer.write_all(b"last words").unwrap();
        drop(writer);
        assert_eq!(capture.rest(), (output("last words", false), "last words".into()));
    }

    #[test]
    fn a_flood_is_cut_and_its_end_is_still_found() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let capture = Capture::start(reader, 10).unwrap();
        writer.write_all(&vec![b'x'; 10 << 20]).unwrap();
        writer.write_all(&(7_u64 << 40).to_ne_bytes()).unwrap();
        assert_eq!(capture.until(7 << 40), output("xxxxxxxxxx", true));
        writer.write_all(&vec![b'y'; 10 << 20]).unwrap();
        writer.write_all(b"has overflowed its stack").unwrap();
        drop(writer);
        let (rest, last) = capture.rest();
        assert_eq!(rest, output("yyyyyyyyyy", true));
        assert!(last.ends_with("yhas overflowed its stack"));
    }

    #[test]
    fn a_marker_that_never_comes_is_not_waited_for_long() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let capture = Capture::start(reader, 10).unwrap();
        writer.write_all(b"abc").unwrap();
        assert_eq!(capture.until(1 << 40), output("abc", false));
    }
}
