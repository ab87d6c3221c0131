//! The worker's loop: read a call, run it, write the result.

use std::any::Any;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Instant;

use crate::function::Fault;
use crate::{Entry, stdio};
use wire::{Call, CallOutcome, Reply, read_frame};

/// The last panic of the thread that makes the calls, while one runs: where it was, and all of it as
/// text.
static PANIC: Mutex<Option<(Option<String>, String)>> = Mutex::new(None);

/// The folder of the [`Part`] that is served, of which its learner knows nothing.
static PART: OnceLock<String> = OnceLock::new();

/// The stack of the thread that makes the calls, in bytes: that of a main thread on Linux.
const STACK: usize = 8 << 20;

/// The argument with which the grader starts a worker in the sandbox.
pub const CONFINED: &str = "confined";

/// The argument with which it starts a program there that it will ask for workers.
pub const ZYGOTE: &str = "zygote";

/// Serves calls until the grader closes the pipe.
///
/// The first reply, with id 0, says that the worker is ready.
#[must_use]
pub fn serve(entries: &[Entry]) -> ExitCode {
    match start(entries) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("worker: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One of several submissions in the same program.
pub struct Part {
    /// The name of its module and of the folder of its files.
    pub name: &'static str,
    /// Serves its calls.
    pub serve: fn() -> ExitCode,
}

/// Serves the calls of the part whose name the grader gives as the last argument.
#[must_use]
pub fn serve_part(parts: &[Part]) -> ExitCode {
    let wanted = std::env::args().next_back();
    let Some(part) = parts.iter().find(|part| wanted.as_deref() == Some(part.name)) else {
        eprintln!("worker: no submission has the name {wanted:?}");
        return ExitCode::FAILURE;
    };
    // Only this function sets it, once.
    _ = PART.set(format!("{}/", part.name));
    (part.serve)()
}

/// Makes the calls on a thread of their own: the standard library tells a stack overflow on the
/// first one only if it can read `/proc`, which the sandbox forbids.
fn start(entries: &[Entry]) -> io::Result<()> {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    crate::memory::share_heap();
    #[cfg(target_os = "linux")]
    match std::env::args().nth(1).as_deref() {
        Some(ZYGOTE) if !crate::zygote::fork_workers()? => return Ok(()),
        Some(CONFINED | ZYGOTE) => crate::lockdown::lock_down()?,
        _ => {}
    }
    thread::scope(|scope| {
        // As the learner knows it from messages.
        let thread = thread::Builder::new().name("main".into()).stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || run(entries))?;
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the harness panicked")))
    })
}

fn run(entries: &[Entry]) -> io::Result<()> {
    let mut channel = stdio::take()?;
    note_panics();
    let ready = Reply { id: 0, nanos: 0, outcome: CallOutcome::Refused("ready".into()) };
    channel.results.write_all(&ready.frame())?;
    while let Some(body) = read_frame(&mut channel.calls, u64::MAX)? {
        let call = Call::decode(&body).map_err(io::Error::other)?;
        // The memory is the function's.
        drop(body);
        let (id, marker) = (call.id, call.marker);
        let start = Instant::now();
        let outcome = perform(entries, call);
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        end_output(marker);
        channel.results.write_all(&Reply { id, nanos, outcome }.frame())?;
    }
    Ok(())
}

fn perform(entries: &[Entry], call: Call) -> CallOutcome {
    if let Ok(mut panic) = PANIC.lock() {
        *panic = None;
    }
    let Some(entry) = entries.iter().find(|entry| entry.name == call.function) else {
        return CallOutcome::Refused(format!("no function `{}`", call.function));
    };
    match panic::catch_unwind(AssertUnwindSafe(|| entry.call.call(call.args))) {
        Ok(Ok(value)) => CallOutcome::Returned(value),
        Ok(Err(Fault::Returned(error))) => CallOutcome::Failed(error),
        Ok(Err(Fault::Argument(problem))) => CallOutcome::Refused(problem),
        Err(payload) => {
            let message = message(payload.as_ref());
            // Dropping a payload of the learner's own type would run the learner's code here.
            std::mem::forget(payload);
            let panic = PANIC.lock().ok().and_then(|mut panic| panic.take());
            let location = panic.and_then(|(location, _)| location);
            CallOutcome::Panicked { message, location }
        }
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "(a panic without a message)".into())
}

/// Keeps the place of a panic of this thread, which is sent with the result. What nobody will send
/// is printed: the panics of other threads, and two of which the second comes before the first
/// is caught, after which the process aborts.
fn note_panics() {
    let usual = panic::take_hook();
    let caller = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let location = info.location().map(|it| own_path(it.to_string()));
        let own = thread::current().id() == caller;
        match PANIC.lock() {
            Ok(mut panic) if own && panic.is_none() => *panic = Some((location, info.to_string())),
            Ok(mut panic) => {
                if let Some((_, first)) = panic.take_if(|_| own) {
                    eprintln!("{first}");
                }
                usual(info);
            }
            Err(_) => usual(info),
        }
    }));
}

/// The path of a file as its learner knows it.
fn own_path(path: String) -> String {
    PART.get().and_then(|part| path.strip_prefix(part)).map(str::to_owned).unwrap_or(path)
}

/// Writes out what the call printed, and the marker after it. A learner who closed the streams
/// loses output, nothing else.
fn end_output(marker: u64) {
    let mut stdout = io::stdout();
    _ = stdout.flush();
    _ = stdout.write_all(&marker.to_ne_bytes());
    _ = stdout.flush();
}
