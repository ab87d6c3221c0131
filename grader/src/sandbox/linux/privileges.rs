//! What a process inherits from the grader and is to lose: privileges and open files.

use std::io;

use rustix::thread::{CapabilitySet, CapabilitySets};

/// Takes all of root's privileges away, for good: no-new-privileges, which the sandbox sets, keeps
/// an exec from giving them back.
pub fn drop_all() -> io::Result<()> {
    // Only who has privileges may give up what they could be got back from.
    for capability in CapabilitySet::all() {
        _ = rustix::thread::remove_capability_from_bounding_set(capability);
    }
    let none = CapabilitySet::empty();
    rustix::thread::set_capabilities(
        None,
        CapabilitySets { effective: none, permitted: none, inheritable: none },
    )?;
    Ok(())
}

/// Has everything but the standard streams closed when the program starts: whoever started the
/// grader may have left files open.
pub fn close_other_files() -> io::Result<()> {
    #[expect(unsafe_code, reason = "neither the standard library nor rustix has this call")]
    // SAFETY: the call closes nothing before the exec, so no owner loses a descriptor.
    let result = unsafe {
        libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, libc::CLOSE_RANGE_CLOEXEC)
    };
    if result == 0 {
        return Ok(());
    }
    let error = io::Error::last_os_error();
    // Kernels before 5.11 do not have it; they have no Landlock either.
    match error.raw_os_error() {
        Some(libc::ENOSYS | libc::EINVAL) => Ok(()),
        _ => Err(error),
    }
}
