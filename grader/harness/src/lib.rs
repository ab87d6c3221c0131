//! Linked into the worker: reads calls, runs the learner's functions, writes results.
//!
//! The grader uses the same crate for the [`Value`]s and the [`wire`] format, so that both ends of
//! the pipe agree by construction. A worker's `main` is written by the grader; it is one call of
//! [`serve()`] with an [`entry`] for every function that the fixtures name.

mod argument;
mod function;
// With optimisation rustc makes its own copies of generic functions all the same.
#[cfg(debug_assertions)]
mod instantiate;
#[cfg(target_os = "linux")]
mod lockdown;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod memory;
mod outcome;
mod serve;
mod stdio;
mod timing;
#[cfg(target_os = "linux")]
mod zygote;

pub use argument::{Argument, FromValue};
pub use function::{Entry, Fault, Function, entry};
#[cfg(debug_assertions)]
#[doc(hidden)]
pub use instantiate::instantiate;
pub use outcome::{IntoValue, Outcome};
pub use serve::{CONFINED, Part, ZYGOTE, serve, serve_part};
pub use timing::{Lap, Pace, Timed, timed};
pub use wire::{self, Value, row_major};
