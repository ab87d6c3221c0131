//! System calls without the standard library: every row of run-time attacks once more, below what
//! a look at the source or a wrapper could see. The numbers are those of x86-64.

use crate::attack::{BOX, NOTHING, attacked, case, grade, has_box, shown};
use crate::probe::Bare::{Depends, Harmless, NotTried, Works};
use crate::probe::{Probe, denied};

/// Makes system calls; texts among the arguments end with a zero byte.
const CALL: &str = r#"
fn call(number: i64, args: &[i64]) -> std::io::Result<i64> {
    let mut all = [0; 6];
    all[..args.len()].copy_from_slice(args);
    match crate::unsound::syscall(number, all) {
        -1 => Err(std::io::Error::last_os_error()),
        result => Ok(result),
    }
}

fn at(path: &str) -> i64 {
    let path: &'static str = format!("{path}\0").leak();
    path.as_ptr() as i64
}

fn process() -> i64 {
    PROCESS.into()
}

fn room() -> i64 {
    vec![0_u64; 512].leak().as_ptr() as i64
}

fn secret() -> i64 {
    at(&format!("{FOLDER}/secret"))
}

fn new(name: &str) -> i64 {
    at(&format!("{FOLDER}/{name}"))
}
"#;

const HERE: &str = "-100";

#[test]
fn r_12_files_cannot_be_opened_or_even_found_by_system_calls() {
    let probes: &[Probe] = &[
        ("open", Works, "call(2, &[secret(), 0])"),
        ("open for writing", Works, "call(2, &[secret(), 1])"),
        ("open and make", Works, "call(2, &[new(\"made\"), 0o101, 0o600])"),
        ("openat", Works, "call(257, &[HERE, secret(), 0])"),
        ("openat with O_PATH", Works, "call(257, &[HERE, secret(), 0o10000000])"),
        ("openat a nameless file", Depends, "call(257, &[HERE, at(FOLDER), 0o20200002, 0o600])"),
        ("openat2", Works, "call(437, &[HERE, secret(), room(), 24])"),
        ("creat", Works, "call(85, &[new(\"created\"), 0o600])"),
        ("stat", Works, "call(4, &[secret(), room()])"),
        ("lstat", Works, "call(6, &[secret(), room()])"),
        ("newfstatat", Works, "call(262, &[HERE, secret(), room(), 0])"),
        ("statx", Works, "call(332, &[HERE, secret(), 0, 0x7ff, room()])"),
        ("statfs", Works, "call(137, &[at(FOLDER), room()])"),
        ("access", Works, "call(21, &[secret(), 0])"),
        ("faccessat2", Works, "call(439, &[HERE, secret(), 0, 0])"),
        ("readlink of itself", Works, "call(89, &[at(\"/proc/self/exe\"), room(), 4096])"),
        ("getcwd", Works, "call(79, &[room(), 4096])"),
        ("chdir", Works, "call(80, &[at(\"/\")])"),
        ("getxattr", Harmless, "call(191, &[secret(), at(\"user.none\"), room(), 8])"),
        ("listxattr", Works, "call(194, &[secret(), room(), 8])"),
        ("name_to_handle_at", Harmless, "call(303, &[HERE, secret(), room(), room(), 0])"),
        ("open_by_handle_at", Harmless, "call(304, &[-1, room(), 0])"),
        ("inotify", Works, "call(294, &[0])"),
        ("fanotify", Depends, "call(300, &[0, 0])"),
        ("quotactl", Harmless, "call(179, &[-1, 0, 0, 0])"),
        ("process_madvise", Harmless, "call(440, &[-1, 0, 0, 0, 0])"),
        ("open_tree", Depends, "call(428, &[HERE, at(FOLDER), 0])"),
    ];
    denied(probes, &format!("{CALL}\nconst HERE: i64 = {HERE};\n"));
}

#[test]
fn r_03_files_cannot_be_changed_by_system_calls() {
    // In the order in which they work: each undoes the one before it.
    let probes: &[Probe] = &[
        ("open with O_TRUNC", Works, "call(2, &[new(\"victim\"), 0o1101, 0o600])"),
        ("mkdir", Works, "call(83, &[new(\"d\"), 0o700])"),
        ("rename", Works, "call(82, &[new(\"d\"), new(\"e\")])"),
        ("rmdir", Works, "call(84, &[new(\"e\")])"),
        ("link", Depends, "call(86, &[new(\"victim\"), new(\"l\")])"),
        ("symlink", Works, "call(88, &[secret(), new(\"s\")])"),
        ("unlink", Works, "call(87, &[new(\"s\")])"),
        ("mknod of a pipe", Works, "call(133, &[new(\"p\"), 0o10600, 0])"),
        ("renameat2", Works, "call(316, &[-100, new(\"p\"), -100, new(\"q\"), 0])"),
        ("unlinkat", Works, "call(263, &[-100, new(\"q\"), 0])"),
        ("chmod", Works, "call(90, &[new(\"victim\"), 0o666])"),
        ("fchmodat2", Depends, "call(452, &[-100, new(\"victim\"), 0o600, 0])"),
        ("chown", Works, "call(92, &[new(\"victim\"), -1, -1])"),
        ("utimensat", Works, "call(280, &[-100, new(\"victim\"), 0, 0])"),
        ("setxattr", Depends, "call(188, &[new(\"victim\"), at(\"user.x\"), room(), 1, 0])"),
        ("truncate", Works, "call(76, &[new(\"victim\"), 0])"),
        ("removal", Works, "call(87, &[new(\"victim\")])"),
        ("mount", Harmless, "call(165, &[0, 0, 0, 0, 0])"),
        ("umount2", Harmless, "call(166, &[new(\"none\"), 0])"),
        ("pivot_root", Harmless, "call(155, &[new(\"none\"), new(\"none\")])"),
        ("chroot", Harmless, "call(161, &[new(\"none\")])"),
        ("swapon", Harmless, "call(167, &[new(\"none\"), 0])"),
        ("acct", Harmless, "call(163, &[new(\"none\")])"),
    ];
    denied(probes, CALL);
}

#[test]
fn r_17_no_socket_of_any_family_can_be_made() {
    let probes: &[Probe] = &[
        ("AF_UNIX", Works, "call(41, &[1, 1, 0])"),
        ("AF_INET", Works, "call(41, &[2, 1, 0])"),
        ("AF_INET, UDP", Works, "call(41, &[2, 2, 0])"),
        ("AF_INET, raw", Depends, "call(41, &[2, 3, 1])"),
        ("AF_INET6", Depends, "call(41, &[10, 1, 0])"),
        ("AF_NETLINK", Works, "call(41, &[16, 3, 0])"),
        ("AF_PACKET", Depends, "call(41, &[17, 3, 0])"),
        ("AF_ALG", Depends, "call(41, &[38, 5, 0])"),
        ("AF_VSOCK", Depends, "call(41, &[40, 1, 0])"),
        ("socketpair", Works, "call(53, &[1, 1, 0, room()])"),
        ("recvmsg", Harmless, "call(47, &[0, room(), 0])"),
        ("sendmsg", Harmless, "call(46, &[0, room(), 0])"),
    ];
    denied(probes, CALL);
}

#[test]
fn r_15_no_other_process_can_be_reached_by_system_calls() {
    let probes: &[Probe] = &[
        ("getppid", Works, "call(110, &[])"),
        ("kill", Works, "call(62, &[process(), 0])"),
        ("tkill", Works, "call(200, &[process(), 0])"),
        ("tgkill", Works, "call(234, &[process(), process(), 0])"),
        ("rt_sigqueueinfo", Harmless, "call(129, &[process(), 0, 0])"),
        ("pidfd_open", Works, "call(434, &[process(), 0])"),
        ("pidfd_send_signal", Harmless, "call(424, &[-1, 0, 0, 0])"),
        ("pidfd_getfd", Harmless, "call(438, &[-1, 0, 0])"),
        ("ptrace", Harmless, "call(101, &[0x4206, 0x7fff_ffff, 0, 0])"),
        ("process_vm_readv", Harmless, "call(310, &[process(), 1, 1, 1, 1, 0])"),
        ("process_vm_writev", Harmless, "call(311, &[process(), 1, 1, 1, 1, 0])"),
        ("kcmp", Depends, "call(312, &[process(), process(), 2, 0, 0])"),
        ("prlimit64", Works, "call(302, &[process(), 7, 0, room()])"),
        (
            "sched_setaffinity",
            Works,
            "let cpus = room(); call(204, &[process(), 128, cpus])?; call(203, &[process(), 128, cpus])",
        ),
        ("setpriority", Depends, "call(141, &[0, process(), 0])"),
        ("ioprio_set", Harmless, "call(251, &[1, process(), 0x7fff_ffff])"),
        ("sched_setscheduler", Harmless, "call(144, &[process(), 99, room()])"),
        ("setpgid", Harmless, "call(109, &[process(), -1])"),
        (
            "tgkill of one that was forked before",
            NotTried,
            "let own = i64::from(std::process::id());
            let mut all = (1..99).map(|back| call(234, &[own - back, own - back, 6]));
            let denied = |it: &std::io::Result<i64>| it.as_ref().is_err_and(|it| it.raw_os_error() == Some(1));
            all.find(|it| !denied(it)).unwrap_or_else(|| Err(std::io::Error::from_raw_os_error(1)))",
        ),
        ("tkill for good", NotTried, "call(200, &[process(), 6])"),
        ("tgkill with the signal of aborts", Works, "call(234, &[process(), process(), 6])"),
        ("kill for good", Works, "call(62, &[process(), 9])"),
    ];
    denied(probes, CALL);
}

#[test]
fn r_11_no_process_can_be_started_by_system_calls() {
    const CHILD: &str = "\n\
        /// Ends the child, if there is one.\n\
        fn forked(result: std::io::Result<i64>) -> std::io::Result<i64> {\n    \
        if matches!(result, Ok(0)) {\n        _ = call(231, &[0]);\n    }\n    result\n}\n";
    let probes: &[Probe] = &[
        ("fork", Works, "forked(call(57, &[]))"),
        ("vfork", NotTried, "call(58, &[])"),
        ("clone", Works, "forked(call(56, &[17]))"),
        ("clone as the zygote does", Works, "forked(call(56, &[0x8000 | 17]))"),
        ("clone that vforks", Works, "forked(call(56, &[0x4000 | 17]))"),
        ("clone that shares memory", NotTried, "forked(call(56, &[0x4100 | 17]))"),
        ("clone into a new namespace", Depends, "forked(call(56, &[0x1000_0000 | 17]))"),
        (
            "clone3",
            Works,
            "let mut args = [0_u64; 11]; args[4] = 17; \
             forked(call(435, &[args.as_ptr() as i64, 88]))",
        ),
        ("execve", Harmless, "call(59, &[new(\"none\"), 0, 0])"),
        ("execveat", Harmless, "call(322, &[-100, new(\"none\"), 0, 0, 0])"),
        ("execve of what is there", NotTried, "call(59, &[at(\"/bin/true\"), 0, 0])"),
    ];
    denied(probes, &format!("{CALL}{CHILD}"));
}

#[test]
fn r_22_nothing_that_outlives_the_worker_or_is_shared_can_be_made() {
    let probes: &[Probe] = &[
        ("memfd_create", Works, "call(319, &[at(\"x\"), 0])"),
        ("memfd_secret", Depends, "call(447, &[0])"),
        ("shmget", Works, "let id = call(29, &[0, 4096, 0o1600])?; call(31, &[id, 0, 0])"),
        ("semget", Works, "let id = call(64, &[0, 1, 0o1600])?; call(66, &[id, 0, 0, 0])"),
        ("msgget", Works, "let id = call(68, &[0, 0o1600])?; call(71, &[id, 0, 0])"),
        (
            "mq_open",
            Depends,
            "let name = at(\"grader-probe\"); call(240, &[name, 0o102, 0o600, 0])?; call(241, &[name])",
        ),
        ("io_uring_setup", Depends, "call(425, &[8, room()])"),
        ("io_uring_enter", Harmless, "call(426, &[-1, 0, 0, 0, 0, 0])"),
        ("io_uring_register", Harmless, "call(427, &[-1, 0, 0, 0])"),
        ("timerfd_create", Works, "call(283, &[1, 0])"),
        ("signalfd4", Works, "call(289, &[-1, room(), 8, 0])"),
        ("eventfd2", Works, "call(290, &[0, 0])"),
        ("epoll_create1", Works, "call(291, &[0])"),
        ("io_setup", Works, "call(206, &[1, room()])"),
        ("keyctl", Depends, "call(250, &[0, -3, 0])"),
        ("add_key", Depends, "call(248, &[at(\"user\"), at(\"x\"), room(), 1, -2])"),
        ("request_key", Depends, "call(249, &[at(\"user\"), at(\"x\"), 0, 0])"),
        ("flock", Works, "call(73, &[2, 6])"),
        ("syslog", Depends, "call(103, &[10, 0, 0])"),
    ];
    denied(probes, CALL);
}

#[test]
fn r_15_no_door_into_the_kernel_is_open() {
    // Last come those after which the others would be answered otherwise.
    let probes: &[Probe] = &[
        ("mmap to execute", Works, "call(9, &[0, 4096, 7, 0x22, -1, 0])"),
        (
            "mprotect to execute",
            Works,
            "let page = call(9, &[0, 4096, 3, 0x22, -1, 0])?; call(10, &[page, 4096, 5])",
        ),
        ("seccomp", Depends, "call(317, &[3, 0, room()])"),
        ("landlock_create_ruleset", Depends, "call(444, &[0, 0, 1])"),
        ("mlock", Depends, "call(149, &[room(), 4096])"),
        ("mlockall", Depends, "call(151, &[1])"),
        ("setitimer", Works, "call(38, &[0, room(), 0])"),
        ("wait4", Harmless, "call(61, &[-1, 0, 1, 0])"),
        ("bpf", Harmless, "call(321, &[0, 0, 0])"),
        ("userfaultfd", Depends, "call(323, &[0])"),
        ("perf_event_open", Harmless, "call(298, &[0, 0, -1, -1, 0])"),
        ("setns", Harmless, "call(308, &[-1, 0])"),
        ("kexec_load", Harmless, "call(246, &[0, 0xffff, 0, 0])"),
        ("init_module", Harmless, "call(175, &[0, 0, 0])"),
        ("finit_module", Harmless, "call(313, &[-1, 0, 0])"),
        ("reboot", Harmless, "call(169, &[1, 1, 1, 0])"),
        ("nfsservctl", Harmless, "call(180, &[0, 0, 0])"),
        ("settimeofday", Harmless, "call(164, &[1, 1])"),
        ("clock_settime", Harmless, "call(227, &[0, 1])"),
        ("adjtimex", Harmless, "call(159, &[1])"),
        ("sethostname", Harmless, "call(170, &[1, 1])"),
        ("iopl", Depends, "call(172, &[0])"),
        ("ioperm", Depends, "call(173, &[0x80, 1, 0])"),
        ("modify_ldt", Depends, "call(154, &[0, room(), 16])"),
        ("a number of another interface", Harmless, "call(0x4000_0000 | 39, &[])"),
        ("a number that is none", Harmless, "call(100_000, &[])"),
        ("capset", Harmless, "call(126, &[1, 1])"),
        ("personality", Works, "call(135, &[0xffff_ffff])"),
        ("prctl to be dumpable", Works, "call(157, &[4, 1, 0, 0, 0])"),
        ("prctl of memory", Harmless, "call(157, &[35, 99, 0, 0, 0])"),
        ("prctl to outlive the grader", Works, "call(157, &[1, 0, 0, 0, 0])"),
        ("prctl to end with the grader", Works, "call(157, &[1, 9, 0, 0, 0])"),
        ("prctl with bits that nobody reads", Works, "call(157, &[1 << 32 | 1, 9, 0, 0, 0])"),
        ("prctl of ptrace", Harmless, "call(157, &[0x5961_6d61, 0x7fff_ffff, 0, 0, 0])"),
        ("setrlimit upwards", Depends, "call(160, &[1, [u64::MAX; 2].as_ptr() as i64])"),
        ("prlimit64 upwards", Depends, "call(302, &[0, 1, [u64::MAX; 2].as_ptr() as i64, 0])"),
        ("setsid", Depends, "call(112, &[])"),
        ("setgroups", Depends, "call(116, &[0, 0])"),
        ("setuid", Depends, "call(105, &[0])"),
        ("setresuid", Depends, "call(117, &[0, 0, 0])"),
        ("setresgid", Depends, "call(119, &[0, 0, 0])"),
        ("unshare", Depends, "call(272, &[0x1000_0000])"),
    ];
    denied(probes, CALL);
}

/// Where the kernel has what the box is made of, none of the tests of it is passed over.
#[test]
fn the_box_is_there_where_the_kernel_can_make_it() {
    let ask = "println!(\"{}\", crate::unsound::syscall(444, [0, 0, 1, 0, 0, 0]));";
    let submission = attacked(ask).with("unsound.rs", include_str!("unsound.rs"));
    let bare = grade(&submission, BOX, &["softmax"]);
    let version: i32 = shown(case(&bare), "stdout").trim().parse().unwrap();
    let boxed = grade(&submission, NOTHING, &["softmax"]);
    assert!(version < 1 || has_box(&boxed), "there is Landlock {version}, and no box");
}
