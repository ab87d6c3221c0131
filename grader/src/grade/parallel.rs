//! Work on several cores.

use std::num::NonZero;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::Result;

/// How many threads keep all cores busy with work that mostly waits for workers: two even on one.
#[must_use]
pub fn waiting() -> usize {
    thread::available_parallelism().map_or(2, NonZero::get).max(2)
}

/// Does the work on each item, on so many threads, and returns what came of it in the items' order.
///
/// # Errors
///
/// The error of the first item that has one, or that of a thread that cannot be started.
pub fn map<T: Send, R: Send>(
    threads: usize,
    items: Vec<T>,
    work: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let count = items.len();
    let queue = Mutex::new(items.into_iter().enumerate());
    let results = Mutex::new(Vec::with_capacity(count));
    let work = || {
        loop {
            // A statement of its own, so that the queue is free while the work is done.
            let next = lock(&queue).next();
            let Some((index, item)) = next else { break };
            let result = work(item);
            lock(&results).push((index, result));
        }
    };
    thread::scope(|scope| -> Result<()> {
        for number in 1..threads.min(count) {
            thread::Builder::new().name(format!("run {number}")).spawn_scoped(scope, work)?;
        }
        work();
        Ok(())
    })?;
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Locks, whatever happened to another thread that held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
