//! What a worker prints, told apart by call.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use memchr::memmem;

use super::thread_number;
use super::unhurried::Unhurried;

/// How long the end of the stream is waited for once the worker has ended. It is on the way unless
/// a process that the worker started holds the stream.
const PATIENCE: Duration = Duration::from_millis(500);

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
    reader: Arc<Mutex<Reader>>,
    /// Told of whatever has been read.
    more: Arc<Condvar>,
    ended: Receiver<()>,
}

/// What a worker printed.
#[derive(Debug, PartialEq, Eq)]
pub struct Captured {
    /// The output of each call that ended, in the order of the calls, and then the rest.
    pub outputs: Vec<Output>,
    /// The last words, which may tell what the worker died of.
    pub last: String,
}

impl Capture {
    /// Begins to read; of each call's output `limit` bytes are kept. The output of call number `n`
    /// ends with `marker(&secret, n)`; calls are counted from one.
    ///
    /// # Errors
    ///
    /// If the thread cannot be started.
    pub fn start(
        stream: impl Read + Send + 'static,
        limit: usize,
        secret: RandomState,
    ) -> io::Result<Self> {
        let (sender, ended) = channel();
        let reader = Arc::new(Mutex::new(Reader::new(limit, secret)));
        let more = Arc::new(Condvar::new());
        let (shared, told) = (Arc::clone(&reader), Arc::clone(&more));
        let mut stream = Unhurried::new(stream);
        let read = move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(count @ 1..) = stream.read(&mut buffer) {
                lock(&shared).add(&buffer[..count]);
                told.notify_one();
            }
            // Nobody listens any more if it took too long.
            _ = sender.send(());
        };
        thread::Builder::new().name("worker output".into()).spawn(read)?;
        Ok(Self { reader, more, ended })
    }

    /// The output of the next `count` calls, which have ended, while the worker goes on; less if it does
    /// not come.
    pub fn take(&self, count: usize) -> Vec<Output> {
        let missing = |reader: &mut Reader| reader.outputs.len() < count;
        let waited = self.more.wait_timeout_while(lock(&self.reader), PATIENCE, missing);
        let (mut reader, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let count = count.min(reader.outputs.len());
        reader.outputs.drain(..count).collect()
    }

    /// Waits for the end of the stream and returns what came.
    pub fn finish(self) -> Captured {
        _ = self.ended.recv_timeout(PATIENCE);
        lock(&self.reader).captured()
    }
}

fn lock(reader: &Mutex<Reader>) -> MutexGuard<'_, Reader> {
    reader.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The marker after a call's output.
pub fn marker(secret: &RandomState, call: u64) -> u64 {
    secret.hash_one(("marker", call))
}

/// What was read.
#[derive(Debug)]
struct Reader {
    limit: usize,
    secret: RandomState,
    /// How many calls have ended.
    ended: u64,
    /// Their output, as far as it was not taken.
    outputs: Vec<Output>,
    /// Output of the call that runs.
    pending: Vec<u8>,
    /// Up to where there is no marker in `pending`.
    searched: usize,
    /// Whether something was dropped from the middle of `pending`.
    cut: bool,
}

impl Reader {
    fn new(limit: usize, secret: RandomState) -> Self {
        let (outputs, pending) = (Vec::new(), Vec::new());
        Self { limit, secret, ended: 0, outputs, pending, searched: 0, cut: false }
    }

    fn add(&mut self, chunk: &[u8]) {
        self.pending.extend_from_slice(chunk);
        while self.end_call() {}
        self.trim();
    }

    fn captured(&mut self) -> Captured {
        let start = self.pending.len().saturating_sub(TAIL);
        let last = String::from_utf8_lossy(&self.pending[start..]).into_owned();
        self.finish(Vec::new());
        Captured { outputs: std::mem::take(&mut self.outputs), last }
    }

    /// Ends the call that runs if its marker has come.
    fn end_call(&mut self) -> bool {
        let marker = marker(&self.secret, self.ended + 1).to_ne_bytes();
        let Some(place) = memmem::find(&self.pending[self.searched..], &marker) else {
            self.searched = self.pending.len().saturating_sub(marker.len() - 1);
            return false;
        };
        let end = self.searched + place;
        let rest = self.pending.split_off(end + marker.len());
        self.pending.truncate(end);
        self.finish(rest);
        self.ended += 1;
        true
    }

    /// Drops the middle of what is too long.
    fn trim(&mut self) {
        if self.pending.len() > self.limit + SLACK {
            self.pending.drain(self.limit..self.pending.len() - TAIL);
            self.searched = self.limit;
            self.cut = true;
        }
    }

    /// Takes what is there as one call's output and leaves `rest` for the next.
    fn finish(&mut self, rest: Vec<u8>) {
        let bytes = std::mem::replace(&mut self.pending, rest);
        self.searched = 0;
        let cut = std::mem::take(&mut self.cut) || bytes.len() > self.limit;
        let kept = &bytes[..bytes.len().min(self.limit)];
        let text = thread_number::leave_out(&String::from_utf8_lossy(kept));
        self.outputs.push(Output { text, cut });
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn output(text: &str, cut: bool) -> Output {
        Output { text: text.into(), cut }
    }

    /// What is captured when the parts are written one after the other.
    fn capture(secret: &RandomState, parts: &[&[u8]]) -> Captured {
        let (reader, mut writer) = io::pipe().unwrap();
        let capture = Capture::start(reader, 10, secret.clone()).unwrap();
        for part in parts {
            writer.write_all(part).unwrap();
        }
        drop(writer);
        capture.finish()
    }

    #[test]
    fn output_is_told_apart_by_the_markers() {
        let secret = RandomState::new();
        let [one, two, three] = [1, 2, 3].map(|call| marker(&secret, call).to_ne_bytes());
        let (front, back) = three.split_at(3);
        let captured =
            capture(&secret, &[b"one", &one, &two, b"three\n", front, back, b"last words"]);
        assert_eq!(
            captured.outputs,
            [
                output("one", false),
                output("", false),
                output("three\n", false),
                output("last words", false),
            ]
        );
        assert_eq!(captured.last, "last words");
    }

    #[test]
    fn a_flood_is_cut_and_its_end_is_still_found() {
        let flood = vec![b'x'; 10 << 20];
        let secret = RandomState::new();
        let end = marker(&secret, 1).to_ne_bytes();
        let captured = capture(&secret, &[&flood, &end, &flood, b"has overflowed its stack"]);
        assert_eq!(captured.outputs, [output("xxxxxxxxxx", true), output("xxxxxxxxxx", true)]);
        assert!(captured.last.ends_with("xhas overflowed its stack"));
    }

    #[test]
    fn output_is_taken_while_the_worker_goes_on() {
        let secret = RandomState::new();
        let (reader, mut writer) = io::pipe().unwrap();
        let capture = Capture::start(reader, 10, secret.clone()).unwrap();
        let mut write = |text: &[u8], call| {
            writer.write_all(text).unwrap();
            writer.write_all(&marker(&secret, call).to_ne_bytes()).unwrap();
        };
        write(b"one", 1);
        write(b"", 2);
        assert_eq!(capture.take(2), [output("one", false), output("", false)]);
        write(b"three", 3);
        assert_eq!(capture.take(1), [output("three", false)]);
        write(b"four", 4);
        // The fifth never comes.
        assert_eq!(capture.take(2), [output("four", false)]);
        drop(writer);
        assert_eq!(capture.finish().outputs, [output("", false)]);
    }

    #[test]
    fn a_marker_that_never_comes_loses_no_output() {
        let captured = capture(&RandomState::new(), &[b"one", b"two"]);
        assert_eq!(captured.outputs, [output("onetwo", false)]);
    }
}
