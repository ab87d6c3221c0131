//! The processes of a grader that runs, as the system sees them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    pub id: u32,
    parent: u32,
    /// Its program's name, of which the system keeps 15 characters.
    pub name: String,
}

/// All processes that have not ended.
fn all() -> Vec<Process> {
    let folders = fs::read_dir("/proc").unwrap().flatten();
    let ids = folders.filter_map(|folder| folder.file_name().to_str()?.parse().ok());
    ids.filter_map(|id: u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned())
        };
        let parent = field("PPid:")?.parse().ok()?;
        let ended = field("State:")?.starts_with(['Z', 'X']);
        (!ended).then_some(Process { id, parent, name: field("Name:")? })
    })
    .collect()
}

/// What a process has started, directly and through others.
pub fn below(ancestor: u32) -> Vec<Process> {
    let all = all();
    let mut found: Vec<Process> = Vec::new();
    loop {
        let is_new = |process: &&Process| {
            let known = |id| id == ancestor || found.iter().any(|it| it.id == id);
            known(process.parent) && !known(process.id)
        };
        let new: Vec<Process> = all.iter().filter(is_new).cloned().collect();
        if new.is_empty() {
            return found;
        }
        found.extend(new);
    }
}

/// Whether a process is only the copy that workers are made from: it waits at a socket.
pub fn is_zygote(id: u32) -> bool {
    let stdin = fs::read_link(format!("/proc/{id}/fd/0"));
    stdin.is_ok_and(|stdin| stdin.to_string_lossy().starts_with("socket:"))
}

/// The number of the group that a process is in.
pub fn group(process: &Process) -> u32 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id)).unwrap();
    // Behind the name in brackets: state, parent, group.
    stat.rsplit(") ").next().unwrap().split(' ').nth(2).unwrap().parse().unwrap()
}

/// Whether a process is there and has not ended.
pub fn lives(process: &Process) -> bool {
    all().iter().any(|it| it.id == process.id)
}

/// Sends a signal.
pub fn signal(id: u32, signal: &str) {
    let status = Command::new("kill").args(["-s", signal, &id.to_string()]).status().unwrap();
    assert!(status.success(), "kill -s {signal} {id}");
}

/// What a program printed, and the processes that were seen below it.
pub struct Watched {
    pub output: Output,
    pub seen: Vec<Process>,
}

/// Starts a program, and calls `act` once when it has started a process of this name.
pub fn once_it_runs(command: &mut Command, name: &str, act: impl FnOnce(u32, &Process)) -> Watched {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    let (found, seen) = loop {
        let seen = below(child.id());
        let is_meant = |process: &&Process| process.name == name && !is_zygote(process.id);
        if let Some(found) = seen.iter().find(is_meant) {
            break (found.clone(), seen);
        }
        assert!(start.elapsed() < Duration::from_secs(60), "no {name} was started");
        std::thread::sleep(Duration::from_millis(5));
    };
    act(child.id(), &found);
    Watched { output: child.wait_with_output().unwrap(), seen }
}

/// Waits until something holds, for as long as a busy machine may take.
pub fn soon(holds: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while !holds() {
        if start.elapsed() > Duration::from_secs(5) {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

/// The folders for a single run that hold files of a submission.
pub fn scratch_folders(root: &Path, submission: &str) -> Vec<String> {
    let folders = fs::read_dir(root.join("target/grader/scratch")).unwrap().flatten();
    let theirs = folders.filter(|folder| folder.path().join("bench").join(submission).exists());
    theirs.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect()
}
