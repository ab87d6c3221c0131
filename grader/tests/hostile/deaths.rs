//! Ending the worker, exhausting it, or saying something untrue before the end.

use std::time::{Duration, Instant};

use crate::attack::{
    NOTHING, attacked, case, command, costs_its_case, costs_nothing, every_call, grade, shown,
};
use crate::project::{Graded, Submission, text};

/// The attack ends the worker, which costs the call in which it does, and no other.
fn dies(body: &str, verdict: &str) -> Graded {
    let graded = grade(&attacked(body), NOTHING, &["softmax"]);
    costs_its_case(&graded, verdict);
    graded
}

#[test]
fn r_01_an_exit_code_of_success_is_a_crash() {
    dies("std::process::exit(0)", "crashed");
    // At the end of every call, so that all might look well.
    let graded = grade(&every_call("std::process::exit(0);"), NOTHING, &["softmax"]);
    assert_eq!(graded.imperfect(), ["softmax: failed 0"]);
    let thread = "std::thread::spawn(|| std::process::exit(0)).join().unwrap();";
    dies(thread, "crashed");
}

/// The report of a perfect submission, printed by one that is not.
const FAKE: &str = r#"{"version":1,"score":140,"points":140,"percent":100,"exercises":[{"name":"softmax","score":10,"points":10,"verdict":"passed","cases":[]}]}"#;

#[test]
fn r_02_a_printed_report_is_output_like_any_other() {
    let fake = format!("println!(\"{{}}\", {FAKE:?}); std::process::exit(0);");
    let submission = attacked(&fake);
    let graded = dies(&fake, "crashed");
    assert_eq!(graded.0["points"], 10);
    assert!(shown(case(&graded), "stdout").contains("\"score\":140"));
    // Nor does it come out of a pipe or the exit code.
    let output = command(&submission, NOTHING).args(["softmax", "--fail-under", "100"]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!text(&output.stdout).lines().any(|line| line.starts_with('{')));
}

/// The harness is linked to the worker, so a learner can call it: it has nobody to talk to.
#[test]
fn r_02_a_harness_started_again_answers_nobody() {
    let again = "_ = ::harness::serve(&[::harness::entry(\"softmax::softmax\", right)]);";
    let right = "fn right(_: f64) -> f64 {\n    0.5\n}";
    let submission = attacked(again);
    let file = submission.folder().join("softmax.rs");
    let source = std::fs::read_to_string(&file).unwrap();
    let submission = submission.with("softmax.rs", &format!("{source}\n{right}\n"));
    costs_nothing(&grade(&submission, NOTHING, &["softmax"]));
}

#[test]
fn r_06_a_panic_hook_that_says_passed_and_exits_is_a_crash() {
    let hook = "std::panic::set_hook(Box::new(|_| {
            println!(\"test result: ok. 1 passed; 0 failed\");
            std::process::exit(0);
        }));
        panic!(\"on purpose\");";
    dies(hook, "crashed");
}

#[test]
fn r_07_deaths_that_nothing_can_catch_have_their_verdicts() {
    let deep = "fn deep(n: u64) -> u64 { let room = std::hint::black_box([n; 64]); deep(n + 1) + room[3] }";
    let catch = |body: &str| format!("_ = std::panic::catch_unwind(|| {{ {body} }});");
    dies(&format!("{deep} {}", catch("println!(\"{}\", deep(0));")), "stack overflow");
    dies(&format!("{deep} _ = std::thread::spawn(|| deep(0)).join();"), "stack overflow");
    dies(
        &catch("std::alloc::handle_alloc_error(std::alloc::Layout::new::<u8>());"),
        "out of memory",
    );
    dies(&catch("let all = vec![1_u8; 1 << 44]; println!(\"{}\", all.len());"), "out of memory");
    let drop = "struct Mine; impl Drop for Mine { fn drop(&mut self) { panic!(\"in drop\") } }";
    dies(&format!("{drop} {}", catch("let _mine = Mine; panic!(\"first\");")), "crashed");
    dies(&catch("std::process::abort();"), "crashed");
    // A destructor of the thread's own runs when the call is long over.
    let later = format!(
        "{drop} thread_local! {{ static LATER: std::cell::RefCell<Option<Mine>> = const {{ std::cell::RefCell::new(None) }} }}
        LATER.with(|later| *later.borrow_mut() = Some(Mine));"
    );
    costs_nothing(&grade(&attacked(&later), NOTHING, &["softmax"]));
}

#[test]
fn r_08_waiting_is_as_little_use_as_working() {
    let start = Instant::now();
    for body in [
        "loop { std::thread::sleep(std::time::Duration::from_secs(60)); }",
        "loop { std::thread::park(); }",
        "let (_keep, receiver) = std::sync::mpsc::channel::<()>(); _ = receiver.recv();",
        "let lock = std::sync::Mutex::new(()); let _first = lock.lock(); let _second = lock.lock();",
        "let line = \"x\".repeat(1 << 10); loop { println!(\"{line}\"); }",
        "loop { _ = std::panic::catch_unwind(|| panic!(\"again\")); }",
    ] {
        let graded = dies(body, "timed out");
        assert!(shown(case(&graded), "message").contains("2 s"), "{:#}", case(&graded));
    }
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

/// Time that many threads use together counts, too, but a time-out comes first.
#[test]
fn r_08_many_busy_threads_are_stopped() {
    let busy = "std::thread::scope(|scope| for _ in 0..30 {
            scope.spawn(|| loop { std::hint::spin_loop(); });
        });";
    dies(busy, "timed out");
}

#[test]
fn r_10_much_output_neither_blocks_nor_fills_anything() {
    // 22 MB in lines, on both streams, in one call and a little in every call.
    let flood = "let line = \"x\".repeat(1000); for _ in 0..11_000 { println!(\"{line}\"); eprintln!(\"{line}\"); }";
    let graded = grade(&attacked(flood), NOTHING, &["softmax"]);
    costs_nothing(&graded);
    assert!(shown(case(&graded), "stdout").len() < 70_000);
    let drops = "print!(\"{}\", \"y\".repeat(100_000));";
    costs_nothing(&grade(&every_call(drops), NOTHING, &["softmax"]));
}

#[test]
fn r_11_a_flood_on_standard_error_costs_nothing() {
    let flood = "use std::io::Write;
        let block = [b'e'; 1 << 16];
        for _ in 0..320 { std::io::stderr().write_all(&block).unwrap(); }";
    let graded = grade(&attacked(flood), NOTHING, &["softmax"]);
    costs_nothing(&graded);
    assert!(shown(case(&graded), "stdout").len() < 70_000);
}

#[test]
fn r_11_memory_is_limited_however_it_is_taken() {
    for body in [
        "let mut all = Vec::new(); loop { all.push(vec![1_u8; 1 << 20]); }",
        "let mut text = String::from(\"x\"); loop { text = text.repeat(2); }",
        "loop { Box::leak(Box::new([1_u8; 1 << 16])); }",
        "let mut all = std::collections::HashMap::new(); for n in 0_u64.. { all.insert(n, [n; 512]); }",
    ] {
        dies(body, "out of memory");
    }
}

/// A result may be large, but not larger than what can be compared.
#[test]
fn r_11_a_huge_result_is_not_read() {
    let huge = "return Array2::zeros((1 << 14, 1 << 10));";
    let graded = grade(&attacked(huge), NOTHING, &["softmax"]);
    let verdict = shown(case(&graded), "verdict");
    assert!(["crashed", "wrong shape", "out of memory"].contains(&verdict), "{:#}", case(&graded));
    assert_eq!(graded.case_verdicts("softmax").iter().filter(|it| **it != "passed").count(), 1);
    // A shape without elements takes no memory, whatever it claims.
    let empty = "return Array2::zeros((0, usize::MAX >> 1));";
    let graded = grade(&attacked(empty), NOTHING, &["softmax"]);
    costs_its_case(&graded, "wrong shape");
}

/// The panic's message may be as large as memory allows.
#[test]
fn r_11_a_huge_panic_message_is_cut() {
    let graded = dies("panic!(\"{}\", \"m\".repeat(30 << 20));", "panicked");
    assert!(shown(case(&graded), "message").len() < 70_000);
}

/// A helper module is part of those that use it, and of nobody else.
#[test]
fn r_07_what_dies_in_a_helper_costs_only_those_that_call_it() {
    let submission = Submission::perfect().with("stats.rs", "pub fn total(x: f64) -> f64 {\n    std::process::exit(x as i32)\n}\n").with(
        "l1_loss.rs",
        "use ndarray::Array1;\npub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {\n    \
         crate::stats::total((y - yhat).sum())\n}\n",
    );
    let graded = grade(&submission, NOTHING, &[]);
    assert_eq!(graded.imperfect(), ["l1_loss: failed 0"]);
}

/// All exercises at once are stopped in the time that a submission has.
#[test]
fn r_08_a_submission_has_its_total_time() {
    let mut submission = Submission::perfect();
    for name in ["l1_loss", "l2_loss"] {
        let first = format!("pub fn {name}(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {{");
        let then = format!("{first}\n    if y.len() > 1 {{\n        loop {{}}\n    }}");
        submission = submission.with_change(&format!("{name}.rs"), &first, &then);
    }
    let start = Instant::now();
    let graded = grade(&submission, NOTHING, &["l1_loss", "l2_loss"]);
    assert!(start.elapsed() < Duration::from_secs(90), "{:?}", start.elapsed());
    // Three time-outs each, and the rest is not waited for.
    for name in ["l1_loss", "l2_loss"] {
        assert!(graded.case_verdicts(name).iter().filter(|it| **it == "timed out").count() > 3);
    }
}
