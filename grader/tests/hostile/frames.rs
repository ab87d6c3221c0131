//! Results that the grader did not ask for, written to its own pipe past the harness.

use std::time::{Duration, Instant};

use crate::attack::{NOTHING, attacked, case, costs_its_case, every_call, grade, shown};
use crate::project::Submission;

/// Writes to every descriptor that may be the pipe: the other ones cannot be written to.
const FORGE: &str = r#"
fn send(bytes: &[u8]) {
    for descriptor in 3..16 {
        let args = [descriptor, bytes.as_ptr() as i64, bytes.len() as i64, 0, 0, 0];
        crate::unsound::syscall(1, args);
    }
}

/// A frame with a reply: a number of a call, no time, and that the value `[[0.5, 0.5]]` came back.
fn reply(id: u64) -> Vec<u8> {
    let words = |words: &[u64]| words.iter().flat_map(|word| word.to_ne_bytes()).collect::<Vec<_>>();
    let mut body = words(&[id, 0]);
    body.extend([0, 4]);
    body.extend(words(&[2, 1, 2, 0.5_f64.to_bits(), 0.5_f64.to_bits()]));
    frame(&body)
}

fn frame(body: &[u8]) -> Vec<u8> {
    [&(body.len() as u64).to_ne_bytes(), body].concat()
}

/// The number of the call that runs: they are counted from one in every worker.
static CALL: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

fn id() -> u64 {
    CALL.load(std::sync::atomic::Ordering::SeqCst)
}
"#;

/// `forgery` happens in the attacked call.
fn forging(forgery: &str) -> Submission {
    let submission = attacked(&format!("{{ {forgery} }}"));
    let file = submission.folder().join("softmax.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    let signature = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";
    let counting =
        format!("{signature}\n    CALL.fetch_add(1, std::sync::atomic::Ordering::SeqCst);");
    let text = text.replace(signature, &counting);
    submission
        .with("softmax.rs", &format!("{text}\n{FORGE}"))
        .with("unsound.rs", include_str!("unsound.rs"))
}

/// A forged frame costs the call in which it was sent, and only that.
fn costs_its_call(forgery: &str) {
    let graded = grade(&forging(forgery), NOTHING, &["softmax"]);
    costs_its_case(&graded, "crashed");
}

/// The number of a call is random, so an answer to it cannot be sent before it is made.
#[test]
fn r_02_a_result_for_a_call_that_was_not_made_is_none() {
    costs_its_call("send(&reply(0));");
    costs_its_call("send(&reply(id()));");
    costs_its_call("send(&reply(id() + 1));");
}

#[test]
fn r_02_many_results_are_not_waited_for() {
    costs_its_call("for later in 0..2000 { send(&reply(id() + later)); }");
}

/// A thread takes the next call off the pipe and answers in the harness's place: it knows the
/// number then, and is right once, by what it knew anyway.
#[test]
fn r_02_a_stolen_call_earns_nothing() {
    let steal = "std::thread::spawn(|| loop {
            let room = vec![0_u8; 4096].leak();
            for descriptor in 3..16 {
                let args = [descriptor, room.as_ptr() as i64, 4096, 0, 0, 0];
                if crate::unsound::syscall(0, args) > 24 {
                    send(&reply(u64::from_ne_bytes(room[8..16].try_into().unwrap())));
                }
            }
        });";
    let submission = forging("").with_change(
        "softmax.rs",
        "    CALL.fetch_add(1, std::sync::atomic::Ordering::SeqCst);",
        &format!(
            "    if CALL.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 {{ {steal} }}"
        ),
    );
    let wrong =
        submission.with_change("softmax.rs", "    x_exp / x_sum", "    x_exp / x_sum + 1.0");
    let graded = grade(&wrong, NOTHING, &["softmax"]);
    // Nothing plus one is nothing, and `[[0.5, 0.5]]` is right where two scores are equal.
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    let passed = cases.iter().filter(|case| case["verdict"] == "passed");
    let names: Vec<_> = passed.map(|case| shown(case, "name")).collect();
    let deserved = ["large scores do not overflow", "no rows"];
    assert!(names.iter().all(|name| deserved.contains(name)), "{names:?}");
}

#[test]
fn r_02_a_frame_of_a_size_that_no_result_has_is_not_read() {
    costs_its_call("send(&u64::MAX.to_ne_bytes());");
    costs_its_call("send(&(1_u64 << 40).to_ne_bytes()); send(&[0; 4096]);");
}

#[test]
fn r_21_a_frame_that_is_no_result_is_only_read() {
    for body in [
        "b\"\"",
        "b\"\\x00\"",
        "&[255; 64]",
        "b\"cposix\\nsystem\\n(S'true'\\ntR.\"",
        "b\"{\\\"verdict\\\": \\\"passed\\\", \\\"score\\\": 10}\"",
    ] {
        costs_its_call(&format!("send(&frame({body}));"));
    }
}

#[test]
fn r_21_an_array_that_claims_more_than_it_has_allocates_nothing() {
    for shape in
        ["[1_u64 << 33, 1]", "[1_u64 << 32, 1 << 32]", "[u64::MAX, u64::MAX]", "[0, u64::MAX]"]
    {
        costs_its_call(&format!(
            "let mut body = vec![0; 16]; body[..8].copy_from_slice(&id().to_ne_bytes());
            body.extend([0, 4]);
            for word in [2, {shape}[0], {shape}[1]] {{ body.extend(word.to_ne_bytes()); }}
            send(&frame(&body));"
        ));
    }
}

#[test]
fn r_21_a_deep_nest_of_lists_does_not_overflow_the_grader_s_stack() {
    costs_its_call(
        "let mut body = vec![0; 17]; body[..8].copy_from_slice(&id().to_ne_bytes());
        for _ in 0..100_000 { body.push(7); body.extend(1_u64.to_ne_bytes()); }
        body.push(8);
        send(&frame(&body));",
    );
}

#[test]
fn r_21_a_list_of_a_million_things_is_read_or_refused() {
    costs_its_call(
        "let mut body = vec![0; 17]; body[..8].copy_from_slice(&id().to_ne_bytes());
        body.push(7); body.extend((8_u64 << 20).to_ne_bytes()); body.extend(vec![8; 8 << 20]);
        send(&frame(&body));",
    );
}

/// The time limit is on the whole frame, so a byte now and then does not renew it.
#[test]
fn r_08_a_frame_that_is_never_finished_times_out() {
    let start = Instant::now();
    for forgery in [
        "send(&[1]); loop { std::thread::sleep(std::time::Duration::from_secs(1)); }",
        "send(&frame(&[0; 1000])[..8]);
        loop { send(&[0]); std::thread::sleep(std::time::Duration::from_millis(100)); }",
    ] {
        let graded = grade(&forging(forgery), NOTHING, &["softmax"]);
        costs_its_case(&graded, "timed out");
        assert!(shown(case(&graded), "message").contains("2 s"), "{:#}", case(&graded));
    }
    assert!(start.elapsed() < Duration::from_secs(60));
}

/// A worker that closes the pipe, or puts another in its place, has said its last.
#[test]
fn r_02_a_closed_or_replaced_pipe_is_a_crash() {
    costs_its_call(
        "for descriptor in 3..16 { crate::unsound::syscall(3, [descriptor, 0, 0, 0, 0, 0]); }",
    );
    let closed = every_call(
        "for descriptor in 0..16 { crate::unsound::syscall(3, [descriptor, 0, 0, 0, 0, 0]); }",
    )
    .with("unsound.rs", include_str!("unsound.rs"));
    let graded = grade(&closed, NOTHING, &["softmax"]);
    assert_eq!(graded.imperfect(), ["softmax: failed 0"]);
}
