//! Gives up what only the start of a worker needs: opening files, running programs, and what a zygote
//! forks workers with.
//!
//! The grader has started this process in a sandbox that forbids all else already, and confines
//! what these calls reach. Where it could not, this does no harm.

use std::env::consts::ARCH;
use std::io;

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

/// System calls that nobody needs from now on.
const OVER: &[c_long] = &[
    libc::SYS_openat,
    libc::SYS_newfstatat,
    libc::SYS_execve,
    libc::SYS_recvmsg,
    // Forbidden last, with the filter itself.
    libc::SYS_seccomp,
];

/// Gives it up for this thread and those that it starts.
///
/// # Errors
///
/// If the kernel refuses.
pub fn lock_down() -> io::Result<()> {
    let filter = filter().map_err(io::Error::other)?;
    apply_filter(&filter).map_err(io::Error::other)
}

fn filter() -> seccompiler::Result<BpfProgram> {
    let mut rules = OVER.iter().map(|call| (*call, Vec::new())).collect::<Vec<_>>();
    // Memory that is filled with instructions first and executed then.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        let executable = libc::PROT_EXEC.unsigned_abs();
        rules.push((call, vec![rule(2, SeccompCmpOp::MaskedEq(executable.into()), executable)?]));
    }
    // Processes that are no threads of this one.
    let thread = libc::CLONE_THREAD.unsigned_abs();
    rules.push((libc::SYS_clone, vec![rule(0, SeccompCmpOp::MaskedEq(thread.into()), 0)?]));
    let death_signal = libc::PR_SET_PDEATHSIG.unsigned_abs();
    rules.push((libc::SYS_prctl, vec![rule(0, SeccompCmpOp::Eq, death_signal)?]));
    // Landlock keeps signals in, but a zygote and its workers are in there together.
    rules.push((libc::SYS_tgkill, vec![rule(0, SeccompCmpOp::Ne, std::process::id())?]));
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let rules = rules.into_iter().collect();
    let filter =
        SeccompFilter::new(rules, SeccompAction::Allow, denied, TargetArch::try_from(ARCH)?)?;
    Ok(filter.try_into()?)
}

/// A comparison of an argument's lower 32 bits, in which all arguments here are.
fn rule(index: u8, compare: SeccompCmpOp, value: u32) -> seccompiler::Result<SeccompRule> {
    let condition = SeccompCondition::new(index, SeccompCmpArgLen::Dword, compare, value.into())?;
    Ok(SeccompRule::new(vec![condition])?)
}
