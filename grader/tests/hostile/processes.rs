//! Processes that a submission starts, to outlive the worker or to exhaust the machine.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::attack::{
    BOX, ESCAPED, NOTHING, attacked, case, costs_its_case, costs_nothing, grade, has_box, shown,
};
use crate::project::Submission;

/// The processes whose command line has a word in it.
fn marked(word: &str) -> usize {
    let has_word = |entry: &fs::DirEntry| {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).split('\0').any(|argument| argument == word)
    };
    fs::read_dir("/proc").unwrap().flatten().filter(has_word).count()
}

/// A number of seconds to sleep that nobody else sleeps.
fn unusual_nap(seconds: u32) -> String {
    static NAPS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let nap = NAPS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    format!("{seconds}.{:07}{nap:02}", std::process::id())
}

/// Grades it in the box, where it must lose nothing; `None` if there is no box here.
fn contained(submission: &Submission) -> Option<String> {
    let boxed = grade(submission, NOTHING, &["softmax"]);
    has_box(&boxed).then(|| {
        costs_nothing(&boxed);
        shown(case(&boxed), "stdout").to_owned()
    })
}

/// A process that leaves its group lives on after the grading, and could change the result.
#[test]
fn r_04_a_detached_process_cannot_be_started() {
    let nap = unusual_nap(6);
    let detach = format!(
        "match std::process::Command::new(\"/usr/bin/setsid\").args([\"sleep\", {nap:?}]).spawn() {{
            Ok(_) => println!(\"{ESCAPED}\"),
            Err(error) => println!(\"{{error}}\"),
        }}
        std::thread::sleep(std::time::Duration::from_millis(200));"
    );
    let submission = attacked(&detach);
    if let Some(output) = contained(&submission) {
        assert!(!output.contains(ESCAPED), "{output}");
        assert_eq!(marked(&nap), 0);
    }
    let bare = grade(&submission, BOX, &["softmax"]);
    assert_eq!(shown(case(&bare), "stdout").trim(), ESCAPED);
    assert!(marked(&nap) > 0, "it did not live on");
}

/// A child that holds the worker's streams must not keep the grader waiting for their end.
#[test]
fn r_09_a_child_that_keeps_the_pipe_does_not_keep_the_grader() {
    let nap = unusual_nap(20);
    let stay = format!(
        "if std::process::Command::new(\"/usr/bin/setsid\").args([\"sleep\", {nap:?}]).spawn().is_ok() {{
            std::process::exit(0);
        }}"
    );
    let submission = attacked(&stay);
    if contained(&submission).is_some() {
        assert_eq!(marked(&nap), 0);
    }
    let start = Instant::now();
    let bare = grade(&submission, BOX, &["softmax"]);
    assert_eq!(case(&bare)["verdict"], "crashed");
    assert!(start.elapsed() < Duration::from_secs(18), "it waited for the child");
}

/// No process at all can be started; without a box fifty are enough to show it.
#[test]
fn r_11_a_fork_bomb_does_not_go_off() {
    let nap = unusual_nap(4);
    let bomb = format!(
        "let bombs = (0..50).filter(|_| std::process::Command::new(\"/bin/sleep\").arg({nap:?}).spawn().is_ok());
        println!(\"{{}} processes\", bombs.count());
        std::thread::sleep(std::time::Duration::from_millis(200));"
    );
    let submission = attacked(&bomb);
    if let Some(output) = contained(&submission) {
        assert_eq!(output.trim(), "0 processes");
    }
    let bare = grade(&submission, BOX, &["softmax"]);
    assert_eq!(shown(case(&bare), "stdout").trim(), "50 processes");
    // They are in the worker's group, which was ended.
    let deadline = Instant::now() + Duration::from_secs(2);
    while marked(&nap) > 0 {
        assert!(Instant::now() < deadline, "{} are left", marked(&nap));
        thread::sleep(Duration::from_millis(10));
    }
}

/// Threads are allowed, but not without end.
#[test]
fn r_11_a_thread_bomb_does_not_go_off() {
    let bomb = "let nap = || std::thread::sleep(std::time::Duration::from_secs(9));
        let spawn = |_| std::thread::Builder::new().stack_size(16 << 10).spawn(nap).ok();
        let threads: Vec<_> = (0..2000).map_while(spawn).collect();
        for thread in threads { _ = thread.join(); }";
    let graded = grade(&attacked(bomb), NOTHING, &["softmax"]);
    costs_its_case(&graded, "crashed");
    assert!(shown(case(&graded), "message").contains("threads"), "{:#}", case(&graded));
}
