//! seccomp: which system calls a process may make.
//!
//! A worker computes: what it may call is listed. rustc and the linker do so much more that for
//! them the forbidden calls are listed; no learner code runs in them. A call that is not allowed fails with
//! `EPERM`, as if the user had no right to it.

use std::collections::BTreeMap;
use std::env::consts::ARCH;
use std::io;
use std::sync::LazyLock;

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

use super::files;
use crate::sandbox::Processes;

/// The rules of a filter: system calls, and the conditions under which they match.
type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Filters that hold together.
pub type Filters = &'static [BpfProgram];

/// What reading, computing, printing, threads and the end of a process take, and the loading of the
/// program before that. The loader opens files; Landlock says which.
const WORKER: &[c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_pipe2,
    libc::SYS_ppoll,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // Landlock allows the program itself and its loader.
    libc::SYS_execve,
    // A filter more can only forbid more.
    libc::SYS_seccomp,
    // Answered by a filter of its own.
    libc::SYS_clone3,
];

/// What only this processor's programs call.
#[cfg(target_arch = "x86_64")]
const WORKER_HERE: &[c_long] =
    &[libc::SYS_arch_prctl, libc::SYS_dup2, libc::SYS_poll, libc::SYS_time];
#[cfg(not(target_arch = "x86_64"))]
const WORKER_HERE: &[c_long] = &[];

/// What neither a compiler nor a linker has any use for: the network, other processes, the
/// machine's settings, memory that outlives them, and ways out of the process group.
const NOT_FOR_COMPILERS: &[c_long] = &[
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_kcmp,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_fanotify_init,
    libc::SYS_memfd_create,
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_semget,
    libc::SYS_msgget,
    libc::SYS_mq_open,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsmount,
    libc::SYS_mount_setattr,
    libc::SYS_chroot,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_personality,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_mknodat,
    libc::SYS_quotactl,
    libc::SYS_acct,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    libc::SYS_syslog,
    libc::SYS_vhangup,
];

/// The same for what only this processor has.
#[cfg(target_arch = "x86_64")]
const NOT_FOR_COMPILERS_HERE: &[c_long] = &[
    libc::SYS_accept,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_mknod,
    libc::SYS_iopl,
    libc::SYS_ioperm,
    libc::SYS_modify_ldt,
];
#[cfg(not(target_arch = "x86_64"))]
const NOT_FOR_COMPILERS_HERE: &[c_long] = &[];

/// Set in the numbers of x86-64's second, 32-bit set of system calls, "x32".
#[cfg(target_arch = "x86_64")]
const X32: i64 = 0x4000_0000;

/// The flags with which the C libraries start a thread; musl sets one more, which does nothing.
const THREAD: u64 = (libc::CLONE_VM
    | libc::CLONE_FS
    | libc::CLONE_FILES
    | libc::CLONE_SYSVSEM
    | libc::CLONE_SIGHAND
    | libc::CLONE_THREAD
    | libc::CLONE_SETTLS
    | libc::CLONE_PARENT_SETTID
    | libc::CLONE_CHILD_CLEARTID) as u64;

/// The flags with which a zygote forks.
const COPY: u64 = (libc::CLONE_PARENT | libc::SIGCHLD) as u64;

/// The flags that make a namespace.
const NAMESPACES: [i32; 7] = [
    libc::CLONE_NEWNS,
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
];

/// Whether filters can be made for this processor.
pub fn are_supported() -> bool {
    TargetArch::try_from(ARCH).is_ok()
}

/// The filters of a process that may start such others.
pub fn filters(processes: Processes) -> io::Result<Filters> {
    static WORKER: LazyLock<seccompiler::Result<Vec<BpfProgram>>> = LazyLock::new(|| {
        let allowed = filter(worker()?, SeccompAction::Allow, denied(libc::EPERM))?;
        Ok(vec![allowed, without_clone3()?])
    });
    static ZYGOTE: LazyLock<seccompiler::Result<Vec<BpfProgram>>> = LazyLock::new(|| {
        let allowed = filter(zygote()?, SeccompAction::Allow, denied(libc::EPERM))?;
        Ok(vec![allowed, without_clone3()?])
    });
    static COMPILER: LazyLock<seccompiler::Result<Vec<BpfProgram>>> = LazyLock::new(|| {
        let forbidden = filter(compiler()?, denied(libc::EPERM), SeccompAction::Allow)?;
        Ok(vec![forbidden, without_clone3()?])
    });
    let filters = match processes {
        Processes::None => &WORKER,
        Processes::Copies => &ZYGOTE,
        Processes::Any => &COMPILER,
    };
    LazyLock::force(filters).as_deref().map_err(io::Error::other)
}

/// Restricts this process.
pub fn restrict(filters: Filters) -> io::Result<()> {
    for filter in filters {
        // What exactly went wrong would have to be allocated.
        apply_filter(filter).map_err(|_| io::Error::from(io::ErrorKind::PermissionDenied))?;
    }
    Ok(())
}

fn denied(error: i32) -> SeccompAction {
    SeccompAction::Errno(error.unsigned_abs())
}

/// A filter that does one thing with calls that match a rule and another with all others. Calls in
/// another processor's numbers end the process.
fn filter(
    rules: Rules,
    matched: SeccompAction,
    other: SeccompAction,
) -> seccompiler::Result<BpfProgram> {
    let filter = SeccompFilter::new(rules, other, matched, TargetArch::try_from(ARCH)?)?;
    Ok(filter.try_into()?)
}

/// `clone3` takes its flags in memory, where no filter can look. The C libraries fall back on
/// `clone` where there is no `clone3`.
fn without_clone3() -> seccompiler::Result<BpfProgram> {
    let rules = always(&[libc::SYS_clone3]);
    filter(rules, denied(libc::ENOSYS), SeccompAction::Allow)
}

fn worker() -> seccompiler::Result<Rules> {
    let mut rules = always(WORKER);
    rules.extend(always(WORKER_HERE));
    let not_read_only = libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | libc::O_TMPFILE;
    let opened = argument(2, masked(not_read_only | libc::O_PATH), 0)?;
    rules.insert(libc::SYS_openat, vec![all(vec![opened])?]);
    let new_thread = argument(0, SeccompCmpOp::MaskedEq(!MUSL_DETACHED), THREAD)?;
    rules.insert(libc::SYS_clone, vec![all(vec![new_thread])?]);
    let duplicated = [libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL];
    rules.insert(libc::SYS_fcntl, any_of(1, &duplicated)?);
    rules.insert(libc::SYS_prctl, any_of(0, &[libc::PR_SET_NAME, libc::PR_SET_NO_NEW_PRIVS])?);
    // To ask how large its stack may get, not to set anything, and of itself.
    let of_itself = argument(0, SeccompCmpOp::Eq, 0)?;
    let asked = argument(2, SeccompCmpOp::Eq, 0)?;
    rules.insert(libc::SYS_prlimit64, vec![all(vec![of_itself, asked])?]);
    if files::hold_back_signals() {
        // To abort. Without that it still ends, but less clearly.
        rules.insert(libc::SYS_tgkill, any_of(2, &[libc::SIGABRT])?);
    }
    Ok(rules)
}

/// A worker's rules, and what a zygote takes to fork workers. A copy stays in its group and is a
/// child of the grader's, which ends it; all of this is forbidden before learner code is called.
fn zygote() -> seccompiler::Result<Rules> {
    let mut rules = worker()?;
    rules.extend(always(&[libc::SYS_recvmsg]));
    let copy = argument(0, SeccompCmpOp::Eq, COPY)?;
    rules.entry(libc::SYS_clone).or_default().push(all(vec![copy])?);
    let death_signal = argument(0, masked(-1), libc::PR_SET_PDEATHSIG.unsigned_abs().into())?;
    let kill = argument(1, SeccompCmpOp::Eq, libc::SIGKILL.unsigned_abs().into())?;
    rules.entry(libc::SYS_prctl).or_default().push(all(vec![death_signal, kill])?);
    Ok(rules)
}

/// What musl adds to [`THREAD`].
const MUSL_DETACHED: u64 = 0x40_0000;

fn compiler() -> seccompiler::Result<Rules> {
    let mut rules = always(NOT_FOR_COMPILERS);
    rules.extend(always(NOT_FOR_COMPILERS_HERE));
    let namespaces = NAMESPACES
        .iter()
        .map(|flag| all(vec![argument(0, masked(*flag), flag.unsigned_abs().into())?]))
        .collect::<Result<_, _>>()?;
    rules.insert(libc::SYS_clone, namespaces);
    let of_another = argument(0, SeccompCmpOp::Ne, 0)?;
    rules.insert(libc::SYS_prlimit64, vec![all(vec![of_another])?]);
    #[cfg(target_arch = "x86_64")]
    {
        let twins: Vec<c_long> =
            rules.keys().copied().chain(512..=547).map(|number| number | X32).collect();
        rules.extend(always(&twins));
    }
    Ok(rules)
}

/// Calls that match whatever their arguments are.
fn always(calls: &[c_long]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

/// An argument that is one of several numbers.
fn any_of(index: u8, values: &[i32]) -> seccompiler::Result<Vec<SeccompRule>> {
    values
        .iter()
        .map(|value| all(vec![argument(index, masked(-1), value.unsigned_abs().into())?]))
        .collect()
}

/// A comparison of these bits of an argument of 32 bits.
fn masked(bits: i32) -> SeccompCmpOp {
    SeccompCmpOp::MaskedEq(u64::from(bits.cast_unsigned()))
}

fn all(conditions: Vec<SeccompCondition>) -> seccompiler::Result<SeccompRule> {
    Ok(SeccompRule::new(conditions)?)
}

fn argument(index: u8, compare: SeccompCmpOp, value: u64) -> seccompiler::Result<SeccompCondition> {
    Ok(SeccompCondition::new(index, SeccompCmpArgLen::Qword, compare, value)?)
}
