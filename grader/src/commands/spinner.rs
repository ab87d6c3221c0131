//! A sign of life while something takes long.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;

/// What is over sooner needs no sign.
const DELAY: Duration = Duration::from_millis(500);

/// Works, and shows a spinner on a terminal if it takes long.
pub fn during<T>(message: &'static str, work: impl FnOnce() -> T) -> T {
    let (done, waiting) = channel::<()>();
    thread::scope(|scope| {
        let spin = move || {
            if waiting.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
                // Draws on standard error, and nothing where that is no terminal.
                let spinner = ProgressBar::new_spinner().with_message(message);
                spinner.enable_steady_tick(Duration::from_millis(100));
                _ = waiting.recv();
                spinner.finish_and_clear();
            }
        };
        // Without a thread there is no spinner, and the work is done all the same.
        let spinner = thread::Builder::new().name("spinner".into()).spawn_scoped(scope, spin);
        let result = work();
        drop(done);
        drop(spinner);
        result
    })
}
