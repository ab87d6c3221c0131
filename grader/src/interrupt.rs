//! Being told to stop: Ctrl-C, and what a job scheduler sends.
//!
//! The first signal is only noted. Whoever waits looks for it, and then everything unwinds as after
//! an error: processes are ended and folders removed. A second signal ends the grader at once.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

/// How long a wait may go on before it looks whether it should.
const TICK: Duration = Duration::from_millis(50);

/// The signal that came, or zero.
static SIGNAL: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

/// The grader was told to stop.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Whether what runs now is not wanted any more.
static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Has what runs now stop as after a signal, while the grader itself goes on.
pub fn cancel() {
    CANCELLED.store(true, Ordering::Relaxed);
}

/// Lets what begins now run; what was cancelled must be over.
pub fn resume() {
    CANCELLED.store(false, Ordering::Relaxed);
}

/// Whether a signal leaves alone what runs.
static PATIENT: AtomicBool = AtomicBool::new(false);

/// Has a signal leave alone what runs from now on. Whoever begins something looks for it first.
#[cfg(feature = "class")]
pub fn be_patient() {
    PATIENT.store(true, Ordering::Relaxed);
}

/// Notes the signals from now on.
///
/// # Errors
///
/// If a handler cannot be installed.
pub fn watch() -> io::Result<()> {
    let again = Arc::new(AtomicBool::new(false));
    for &signal in TERM_SIGNALS {
        flag::register_conditional_default(signal, Arc::clone(&again))?;
        flag::register(signal, Arc::clone(&again))?;
        let number = usize::try_from(signal).unwrap_or_default();
        flag::register_usize(signal, Arc::clone(&SIGNAL), number)?;
    }
    Ok(())
}

/// The number of the signal that came, if one did.
#[must_use]
pub fn signal() -> Option<u8> {
    u8::try_from(SIGNAL.load(Ordering::Relaxed)).ok().filter(|signal| *signal > 0)
}

/// Fails if a signal told the grader to stop.
///
/// # Errors
///
/// As it says.
pub fn signalled() -> Result<(), Interrupted> {
    if signal().is_some() { Err(Interrupted) } else { Ok(()) }
}

/// Fails if the grader was told to stop, or what runs now is cancelled.
///
/// # Errors
///
/// As it says.
pub fn check() -> io::Result<()> {
    let is_stopped = signal().is_some() && !PATIENT.load(Ordering::Relaxed);
    if is_stopped || CANCELLED.load(Ordering::Relaxed) {
        return Err(io::Error::new(io::ErrorKind::Interrupted, Interrupted));
    }
    Ok(())
}

/// Waits for a message, at most as long as `wall`. Now and then `look` is asked whether to go on.
///
/// # Errors
///
/// If the grader is told to stop, and what `look` says.
pub fn receive<T>(
    messages: &Receiver<T>,
    wall: Duration,
    look: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Result<T, RecvTimeoutError>> {
    let start = Instant::now();
    loop {
        let left = wall.saturating_sub(start.elapsed());
        match messages.recv_timeout(left.min(TICK)) {
            Err(RecvTimeoutError::Timeout) if left > TICK => {
                check()?;
                look()?;
            }
            received => return Ok(received),
        }
    }
}
