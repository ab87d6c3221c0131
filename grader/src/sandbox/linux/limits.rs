//! Resource limits.

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::sandbox::Bounds;

/// The most open files: rustc and the linker read many, and no more than this.
const OPEN_FILES: u64 = 1024;

/// The limits of a process within bounds.
pub fn of(bounds: Bounds) -> [(Resource, Rlimit); 6] {
    let cpu = bounds.cpu.as_secs() + u64::from(bounds.cpu.subsec_nanos() > 0);
    [
        // Beyond the soft limit the process is ended with a signal that tells what happened, beyond
        // the hard one with SIGKILL, which would look like somebody else's doing. One that ignores
        // the first is ended by the grader's clock.
        (Resource::Cpu, cpu, u64::MAX),
        (Resource::As, bounds.memory, bounds.memory),
        (Resource::Fsize, bounds.file, bounds.file),
        (Resource::Core, 0, 0),
        (Resource::Nofile, OPEN_FILES, OPEN_FILES),
        (Resource::Memlock, 0, 0),
    ]
    .map(|(resource, current, maximum)| {
        // What the grader itself is limited to cannot be raised.
        let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let (current, maximum) = (current.min(ceiling), maximum.min(ceiling));
        (resource, Rlimit { current: Some(current), maximum: Some(maximum) })
    })
}

/// Limits this process.
pub fn set(limits: &[(Resource, Rlimit)]) -> io::Result<()> {
    for (resource, limit) in limits {
        setrlimit(*resource, *limit)?;
    }
    Ok(())
}
