//! The pipes between the grader and a worker.

use std::io::{self, PipeReader, PipeWriter};
use std::process::Command;

/// A worker's ends of its pipes: its standard streams.
#[derive(Debug)]
pub struct Streams {
    /// Calls come in here.
    pub calls: PipeReader,
    /// Results go out here.
    pub results: PipeWriter,
    /// What the calls print goes here.
    pub output: PipeWriter,
}

/// The grader's ends.
#[derive(Debug)]
pub struct Ends {
    /// Calls go out here.
    pub calls: PipeWriter,
    /// Results come in here.
    pub results: PipeReader,
    /// What the calls print comes in here.
    pub output: PipeReader,
}

/// Pipes for one worker.
///
/// # Errors
///
/// If there are too many open files.
pub fn pipes() -> io::Result<(Streams, Ends)> {
    let (calls, to_calls) = io::pipe()?;
    let (from_results, results) = io::pipe()?;
    let (from_output, output) = io::pipe()?;
    let ends = Ends { calls: to_calls, results: from_results, output: from_output };
    Ok((Streams { calls, results, output }, ends))
}

impl Streams {
    /// Has a command use them.
    pub fn give_to(self, command: &mut Command) {
        command.stdin(self.calls).stdout(self.results).stderr(self.output);
    }
}
