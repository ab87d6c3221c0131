//! Running: from workers and cases to what each call did.

mod capture;
mod death;
mod persistent;
mod program;
mod schedule;
mod thread_number;
mod unhurried;
mod worker;
mod workers;
mod zygote;

pub use death::Death;
pub use persistent::Persistent;
pub use program::Program;
pub use schedule::{Calls, Observation, Observed, Order, can_start, run};
pub use workers::Workers;
pub use zygote::Zygotes;
