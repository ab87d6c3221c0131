//! How the calls of a submission are made.

use super::persistent::Persistent;
use super::program::Program;
use super::schedule::{Calls, Observation, Order, run};
use super::worker::WorkerError;
use super::zygote::Zygotes;

/// How the calls of a submission are made.
#[derive(Debug, Default)]
pub struct Workers {
    /// Where its programs are loaded already.
    zygotes: Zygotes,
    /// The workers of code that can remember nothing: those that are shown nothing hidden, and others.
    persistent: Option<[Persistent; 2]>,
}

impl Workers {
    /// Each exercise has a worker of its own, which is forked off one of these programs.
    #[must_use]
    pub fn forked_off<'p>(programs: impl IntoIterator<Item = Program<'p>>) -> Self {
        Self { zygotes: Zygotes::start(programs), persistent: None }
    }

    /// One worker answers for one exercise after the other, as long as none of them fails in it.
    #[must_use]
    pub fn persistent() -> Self {
        Self { zygotes: Zygotes::default(), persistent: Some(Default::default()) }
    }

    /// Makes the calls of an exercise, and says of each what became of it, in the order they were given.
    /// Calls that are `hidden` have other workers than those that are not.
    ///
    /// # Errors
    ///
    /// As [`run`].
    pub fn run(
        &self,
        calls: Calls<'_>,
        order: Order,
        hidden: bool,
    ) -> Result<Vec<Observation>, WorkerError> {
        match &self.persistent {
            Some(workers) => workers[usize::from(hidden)].run(&calls, order),
            None => {
                run(&Calls { program: calls.program.forked_off(&self.zygotes), ..calls }, order)
            }
        }
    }
}
