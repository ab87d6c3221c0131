//! Running: from workers and cases to what each call did.

mod capture;
mod death;
mod schedule;
mod thread_number;
mod unhurried;
mod worker;

pub use death::Death;
pub use schedule::{Calls, Observation, Observed, Order, can_start, run};
pub use worker::Program;
