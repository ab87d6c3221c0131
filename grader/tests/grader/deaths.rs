//! Every way to die has its verdict, costs its own case and harms no other.

use crate::project::{Graded, Submission};

/// The references, with `body` run in `softmax` when it is asked for `[[1000, 1000]]`.
fn dying(body: &str) -> Submission {
    let first = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";
    let then =
        format!("{first}\n    if x.len() == 2 && x[[0, 0]] == 1000.0 {{\n        {body}\n    }}");
    Submission::perfect().with_change("softmax.rs", first, &then)
}

/// Grades it and checks that one case died and everything else passed.
fn one_case(body: &str, verdict: &str) -> (Graded, serde_json::Value) {
    let graded = dying(body).grade();
    let verdicts = graded.case_verdicts("softmax");
    let others = verdicts.iter().filter(|it| **it == "passed").count();
    assert_eq!(others, verdicts.len() - 1, "{verdicts:?}");
    let imperfect = graded.imperfect();
    assert!(imperfect.len() == 1 && imperfect[0].starts_with("softmax: failed"), "{imperfect:?}");
    let case = graded.case("softmax", verdict).clone();
    assert_eq!(case["name"], "large scores do not overflow");
    (graded, case)
}

#[test]
fn a_placeholder_is_not_implemented() {
    one_case("todo!()", "not implemented");
    one_case("unimplemented!(\"later\")", "not implemented");
}

#[test]
fn a_panic_is_shown_with_its_message_and_line() {
    let (_, case) = one_case("let v: Vec<f64> = Vec::new(); let _ = v[3];", "panicked");
    let message = case["message"].as_str().unwrap();
    assert!(message.contains("index out of bounds: the len is 0 but the index is 3"), "{message}");
    assert!(message.contains("alice/softmax.rs:"), "{message}");
}

#[test]
fn a_panic_with_a_strange_payload_is_a_panic() {
    let payload = "struct P; impl Drop for P { fn drop(&mut self) { panic!(\"drop\") } } \
                   std::panic::panic_any(P);";
    one_case(payload, "panicked");
}

#[test]
fn an_endless_loop_times_out() {
    let (_, case) = one_case("let mut n = 0_u64; loop { n = n.wrapping_add(1); }", "timed out");
    assert!(case["message"].as_str().unwrap().contains("2 s"), "{case}");
}

#[test]
fn endless_recursion_overflows_the_stack() {
    let recursion = "fn f(n: u64) -> u64 { if n == u64::MAX { 0 } else { 1 + f(n + 1) } } \
                     println!(\"{}\", f(0));";
    one_case(recursion, "stack overflow");
}

#[test]
fn a_huge_allocation_is_out_of_memory() {
    one_case("let v = vec![1_u8; 1 << 40]; println!(\"{}\", v.len());", "out of memory");
    let slowly = "let mut v = Vec::new(); loop { v.push(vec![1_u8; 1 << 20]); }";
    one_case(slowly, "out of memory");
}

#[test]
fn exiting_and_aborting_are_crashes() {
    let (_, case) = one_case("std::process::exit(0)", "crashed");
    assert!(case["message"].as_str().unwrap().contains("exit code 0"), "{case}");
    one_case("std::process::abort()", "crashed");
}

#[test]
fn a_panic_in_a_panic_is_a_crash() {
    let twice = "struct D; impl Drop for D { fn drop(&mut self) { panic!(\"again\") } } \
                 let _d = D; panic!(\"once\");";
    one_case(twice, "crashed");
}

#[test]
fn a_flood_of_output_is_cut_and_costs_nothing() {
    let flood = "let line = \"x\".repeat(1 << 20); for _ in 0..100 { println!(\"{line}\"); }";
    let graded = dying(flood).grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    let flooded: Vec<_> = cases.iter().filter(|case| case["stdout"].is_string()).collect();
    assert_eq!(flooded.len(), 1);
    let shown = flooded[0]["stdout"].as_str().unwrap();
    assert!((60_000..70_000).contains(&shown.len()), "{}", shown.len());
}

#[test]
fn output_belongs_to_its_case() {
    let graded =
        dying("println!(\"to stdout\"); eprintln!(\"to stderr\"); print!(\"no newline\");").grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    for case in cases {
        let expected = (case["name"] == "large scores do not overflow")
            .then_some("to stdout\nto stderr\nno newline");
        assert_eq!(case["stdout"].as_str(), expected, "{case}");
    }
}

#[test]
fn standard_input_is_empty() {
    let read = "let mut s = String::new(); \
                assert_eq!(std::io::stdin().read_line(&mut s).unwrap(), 0);";
    assert_eq!(dying(read).grade().imperfect(), Vec::<String>::new());
}

#[test]
fn a_thread_left_running_harms_nobody() {
    let thread = "std::thread::spawn(|| loop { std::hint::spin_loop(); });";
    assert_eq!(dying(thread).grade().imperfect(), Vec::<String>::new());
}

#[test]
fn a_panic_hook_of_the_learners_changes_nothing() {
    let hook = "std::panic::set_hook(Box::new(|_| println!(\"hooked\"))); panic!(\"on purpose\");";
    let (_, case) = one_case(hook, "panicked");
    assert!(case["message"].as_str().unwrap().contains("on purpose"), "{case}");
}

#[test]
fn after_three_deaths_the_other_calls_are_not_made() {
    let first = "pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {";
    let endless = format!(
        "{first}\n    loop {{ std::hint::spin_loop(); }}\n}}\nfn unused() -> f64 {{\n    let (yhat, y) = (ndarray::array![1.0], ndarray::array![1.0]);"
    );
    let graded = Submission::perfect().with_change("l1_loss.rs", first, &endless).grade();
    assert_eq!(graded.imperfect(), ["l1_loss: failed 0"]);
    assert!(graded.case_verdicts("l1_loss").iter().all(|verdict| *verdict == "timed out"));
    let not_called = |case: &&serde_json::Value| {
        case["message"].as_str().unwrap().starts_with("not called any more")
    };
    let cases = graded.exercise("l1_loss")["cases"].as_array().unwrap();
    assert_eq!(cases.iter().filter(not_called).count(), cases.len() - 3);
}

#[test]
fn deaths_cost_the_same_whatever_the_seed() {
    let first = "pub fn classic_dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {";
    let then = format!("{first}\n    if x1.len() <= 2 {{\n        std::process::abort();\n    }}");
    let submission = Submission::perfect().with_change("dot.rs", first, &then);
    let score = |seed| submission.grade_with(&["dot", "--seed", seed]).0["score"].clone();
    let scores = ["1", "2", "3"].map(score);
    assert!(scores.iter().all(|score| *score == scores[0]), "{scores:?}");
}

#[test]
fn both_panics_of_an_abort_are_shown() {
    let twice = "struct D; impl Drop for D { fn drop(&mut self) { panic!(\"second\") } } \
                 let _d = D; panic!(\"first\");";
    let (_, case) = one_case(twice, "crashed");
    let shown = case["stdout"].as_str().unwrap();
    assert!(shown.contains("first") && shown.contains("second"), "{shown}");
}

#[test]
fn a_function_that_dies_costs_another_of_its_file_nothing() {
    let graded = Submission::perfect().with_change("dot.rs", "x1.dot(x2)", "dot(x1, x2)").grade();
    let cases = graded.exercise("dot")["cases"].as_array().unwrap();
    for case in cases {
        let verdict = if case["function"] == "dot" { "stack overflow" } else { "passed" };
        assert_eq!(case["verdict"], verdict, "{case}");
    }
}

#[test]
fn exercises_run_beside_each_other() {
    let sleep = "std::thread::sleep(std::time::Duration::from_millis(1500));";
    let slow = |name: &'static str| {
        let first = format!("pub fn {name}(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {{");
        let then = format!(
            "{first}\n    if *y == ndarray::array![1.0, 0.0, 0.0, 1.0, 1.0] {{\n        {sleep}\n    }}"
        );
        (first, then)
    };
    let [(l1, slow_l1), (l2, slow_l2)] = ["l1_loss", "l2_loss"].map(slow);
    let graded = Submission::perfect()
        .with_change("l1_loss.rs", &l1, &slow_l1)
        .with_change("l2_loss.rs", &l2, &slow_l2)
        .grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
    let cases = |name: &str| {
        let cases = graded.exercise(name)["cases"].as_array().unwrap().clone();
        cases.iter().filter_map(|case| case["duration_ms"].as_f64()).sum::<f64>()
    };
    // Every call that passes is made once more.
    let apart = 2.0 * (cases("l1_loss") + cases("l2_loss"));
    assert!(apart > 6000.0, "{apart}");
    let together = graded.0["duration_ms"].as_f64().unwrap();
    assert!(together < apart, "{together} ms, and {apart} ms one after the other");
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_ends_with_the_grader() {
    use crate::processes::{below, is_zygote, lives};

    let marker = format!("sleeper-{}", std::process::id());
    let submission = dying(&format!(
        "let _keep = \"{marker}\"; loop {{ std::thread::sleep(std::time::Duration::from_secs(9)); }}"
    ));
    let mut command = crate::project::grader(&crate::project::root());
    let mut child =
        command.args(["run", "softmax", "--submission"]).arg(submission.folder()).spawn().unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let mine = loop {
        assert!(std::time::Instant::now() < deadline, "no worker appeared");
        let mut mine = below(child.id());
        mine.retain(|process| process.name == "worker");
        if mine.iter().any(|process| !is_zygote(process.id)) {
            break mine;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    child.kill().unwrap();
    child.wait().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!mine.iter().any(lives), "{mine:?} live on");
}
