//! Takes the standard streams for calls and results, and leaves harmless ones in their place.

use std::io::{self, BufReader, PipeReader, Read, Write};

/// The ends of the pipes to the grader.
pub struct Channel {
    /// Calls come in here.
    pub calls: Box<dyn Read>,
    /// Results go out here.
    pub results: Box<dyn Write>,
}

/// Takes standard input for calls and standard output for results.
///
/// Afterwards the learner's code finds an empty standard input, and what it prints goes where
/// standard error goes, line by line in the order in which it is printed.
///
/// # Errors
///
/// Those of duplicating a stream.
#[cfg(unix)]
pub fn take() -> io::Result<Channel> {
    use std::fs::File;
    use std::os::fd::AsFd;

    let calls = io::stdin().as_fd().try_clone_to_owned()?;
    let results = io::stdout().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stdin(empty()?)?;
    rustix::stdio::dup2_stdout(io::stderr().as_fd())?;
    let calls = BufReader::new(File::from(calls));
    Ok(Channel { calls: Box::new(calls), results: Box::new(File::from(results)) })
}

/// The same on Windows, where the process has handles instead of numbers.
#[cfg(windows)]
pub fn take() -> io::Result<Channel> {
    use std::os::windows::io::AsHandle;

    use stdio_override::{StdinOverride, StdoutOverride};

    let calls = std::fs::File::from(io::stdin().as_handle().try_clone_to_owned()?);
    let results = std::fs::File::from(io::stdout().as_handle().try_clone_to_owned()?);
    // The guards would put the streams back; they are meant to stay as they are.
    std::mem::forget(StdinOverride::from_io(empty()?)?);
    std::mem::forget(StdoutOverride::from_io(io::stderr().as_handle().try_clone_to_owned()?)?);
    Ok(Channel { calls: Box::new(BufReader::new(calls)), results: Box::new(results) })
}

/// A stream that is at its end.
fn empty() -> io::Result<PipeReader> {
    let (reader, _) = io::pipe()?;
    Ok(reader)
}
