//! Code that runs before `main` runs in the zygote, too, which may do more than a worker: it forks.
//! The look refuses such code, so these get past it. The numbers are those of x86-64.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::attack::{LOOK, beside, costs_nothing, grade, has_box};

/// A submission with something that runs before `main`, and before all else in the zygote.
fn early(body: &str) -> crate::project::Submission {
    beside(&format!(
        "unsafe extern \"C\" {{ fn syscall(number: i64, ...) -> i64; }}
        #[used]
        #[unsafe(link_section = \".init_array\")]
        static EARLY: extern \"C\" fn(i32, *const *const u8) = early;
        extern \"C\" fn early(arguments: i32, values: *const *const u8) {{
            // \"zygote\", not \"confined\".
            let first = if arguments > 1 {{ unsafe {{ **values.add(1) }} }} else {{ 0 }};
            if first == b'z' {{ unsafe {{ {body} }} }}
        }}"
    ))
}

/// How many processes have this name.
fn named(name: &str) -> usize {
    let has_name = |entry: &fs::DirEntry| {
        fs::read_to_string(entry.path().join("comm")).is_ok_and(|comm| comm.trim() == name)
    };
    fs::read_dir("/proc").unwrap().flatten().filter(has_name).count()
}

/// Copies of the zygote that are no workers are there while it is, and end with it.
#[test]
fn b_13_a_constructor_s_processes_end_with_the_grading() {
    let name = format!("stray-{}", std::process::id());
    let submission = early(&format!(
        "let name = b\"{name}\\0\";
        for _ in 0..3 {{
            if syscall(56, 0x8011_i64, 0_i64, 0_i64, 0_i64, 0_i64) == 0 {{
                // Its name; then no group and no session of its own, and no end of its own.
                syscall(157, 15_i64, name.as_ptr(), 0_i64, 0_i64, 0_i64);
                syscall(112);
                syscall(109, 0_i64, 0_i64);
                syscall(157, 1_i64, 0_i64, 0_i64, 0_i64, 0_i64);
                loop {{ std::thread::sleep(std::time::Duration::from_secs(9)); }}
            }}
        }}"
    ));
    let mut most = 0;
    let graded = thread::scope(|scope| {
        let grading = scope.spawn(|| grade(&submission, LOOK, &[]));
        while !grading.is_finished() {
            most = most.max(named(&name));
            thread::sleep(Duration::from_millis(1));
        }
        grading.join().unwrap()
    });
    if has_box(&graded) {
        costs_nothing(&graded);
        assert!(most > 0, "there were none");
    }
    assert_eq!(named(&name), 0);
}

/// The number of another process, for a worker's: the grader would end that one.
#[test]
fn r_15_a_zygote_cannot_have_another_process_ended() {
    let mut bait = Command::new("sleep").arg("60").spawn().unwrap();
    let answer = |pid: String| {
        early(&format!(
            "let pid: i32 = {pid};
            let mut request = [0_u8];
            while syscall(0, 0_i64, request.as_mut_ptr(), 1_i64) == 1 {{
                syscall(1, 0_i64, &raw const pid, 4_i64);
            }}"
        ))
    };
    // Somebody else's, its own, the process that is looked for, all of a group, and none.
    for pid in [
        bait.id().to_string(),
        "std::process::id() as i32".into(),
        "1".into(),
        "-1".into(),
        "0".into(),
    ] {
        costs_nothing(&grade(&answer(pid), LOOK, &["softmax"]));
    }
    assert_eq!(bait.try_wait().unwrap(), None);
    bait.kill().unwrap();
    bait.wait().unwrap();
}

/// A zygote that says nothing, or is gone, is done without.
#[test]
fn r_08_a_zygote_that_does_not_answer_costs_nothing() {
    for body in ["std::process::exit(0)", "std::process::abort()"] {
        costs_nothing(&grade(&early(body), LOOK, &["softmax"]));
    }
}
