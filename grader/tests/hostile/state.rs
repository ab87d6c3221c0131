//! Functions that behave otherwise when they think that they are graded.

use crate::attack::{LOOK, NOTHING, attacked, case, every_call, grade, shown};
use crate::project::{Graded, Submission};

fn counting(body: &str) -> Submission {
    every_call(&format!(
        "static CALLS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let call = CALLS.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    {body}"
    ))
}

/// How many of the written cases passed.
fn passed(graded: &Graded) -> usize {
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    let written = cases.iter().filter(|case| case["kind"] == "case");
    written.filter(|case| case["verdict"] == "passed").count()
}

/// There is no sign of a grader around: no variable, no folder, no name, nothing on its input.
#[test]
fn r_23_the_surroundings_tell_nothing() {
    let look = "println!(\"{}\", std::env::vars_os().count());
        println!(\"{:?}\", std::env::args_os().next());
        println!(\"{}\", std::env::current_dir().is_ok());
        println!(\"{}\", std::env::current_exe().is_ok());
        println!(\"{:?}\", std::io::Read::read(&mut std::io::stdin(), &mut [0]).ok());
        println!(\"{}\", std::fs::read_dir(\".\").is_ok());";
    let graded = grade(&attacked(look), LOOK, &["softmax"]);
    let told: Vec<_> = shown(case(&graded), "stdout").lines().collect();
    assert_eq!(told[0], "0", "variables");
    assert!(!told[1].contains('/'), "its name says where it is: {}", told[1]);
    if graded.0["isolation"] == "full" {
        assert_eq!(told[2..4], ["false", "false"], "where it is");
        assert_eq!(told[5], "false", "what is there");
    }
    assert_eq!(told[4], "Some(0)", "its input");
}

/// A counter cannot tell which case is called: the order is not the fixture's.
#[test]
fn r_23_a_counter_of_calls_is_no_list_of_answers() {
    let answers = "let answers: [&[f64]; 12] = [&[], &[0.5, 0.5], &[0.0, 1.0], &[], &[1.0], &[], &[], &[0.2], &[1.0, 0.0, 0.0], &[], &[1.0], &[]];
    return Array2::from_shape_vec((1, answers[call].len()), answers[call].to_vec()).unwrap();";
    let graded = grade(&counting(answers), NOTHING, &["softmax"]);
    assert!(passed(&graded) <= 1, "{:?}", graded.case_verdicts("softmax"));
}

/// Right the first time, or after some calls: the calls are made again in another order.
#[test]
fn r_24_what_depends_on_earlier_calls_is_wrong() {
    for body in [
        "if call < 6 { return Array2::zeros((1, 1)); }",
        "if call % 2 == 0 { return Array2::zeros((1, 1)); }",
    ] {
        let graded = grade(&counting(body), NOTHING, &["softmax"]);
        assert!(passed(&graded) < 6, "{:?}", graded.case_verdicts("softmax"));
        let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
        let changed = cases.iter().filter(|case| shown(case, "message").contains("once"));
        assert!(changed.count() > 0, "{body}: {:?}", graded.case_verdicts("softmax"));
    }
    // Right at first and wrong from then on: what was wrong once stays so.
    let body = "if call >= 6 { return Array2::zeros((1, 1)); }";
    let graded = grade(&counting(body), NOTHING, &["softmax"]);
    assert!(passed(&graded) <= 6, "{:?}", graded.case_verdicts("softmax"));
}

/// The answer to the first call, given to all.
#[test]
fn r_24_an_answer_kept_from_another_call_is_wrong() {
    let kept = "static KEPT: std::sync::OnceLock<Array2<f64>> = std::sync::OnceLock::new();
    if let Some(kept) = KEPT.get() { return kept.clone(); }
    _ = KEPT.set(x / x.sum_axis(Axis(1)).insert_axis(Axis(1)));";
    let graded = grade(&every_call(kept), NOTHING, &["softmax"]);
    assert!(passed(&graded) <= 1, "{:?}", graded.case_verdicts("softmax"));
}

/// Chance and the clock are no way to points either.
#[test]
fn r_24_what_depends_on_chance_is_mostly_wrong() {
    let chance = "use std::hash::{BuildHasher, RandomState};
    if RandomState::new().hash_one(0) % 2 == 0 { return Array2::zeros((1, 1)); }";
    let graded = grade(&every_call(chance), NOTHING, &["softmax"]);
    assert!(passed(&graded) < 12, "{:?}", graded.case_verdicts("softmax"));
}

/// A cache that knows what it is for costs nothing.
#[test]
fn honest_caches_are_allowed() {
    let kept = "static KEPT: std::sync::Mutex<Vec<(Array2<f64>, Array2<f64>)>> = std::sync::Mutex::new(Vec::new());
    if let Some((_, kept)) = KEPT.lock().unwrap().iter().find(|(args, _)| args == x) { return kept.clone(); }
    let fresh = fresh(x);
    KEPT.lock().unwrap().push((x.clone(), fresh.clone()));
    return fresh;
}

fn fresh(x: &Array2<f64>) -> Array2<f64> {";
    let graded = grade(&every_call(kept), NOTHING, &["softmax"]);
    assert_eq!(graded.imperfect(), Vec::<String>::new());
}
