//! Sources that are small, and make rustc or the linker large or slow.

use std::time::{Duration, Instant};

use crate::attack::{LOOK, NOTHING, attacked, beside, costs_nothing, grade, shown};
use crate::project::{Graded, Submission};

/// Checks that only `softmax` did not compile, and that little is said about it.
fn did_not_compile(graded: &Graded) -> &str {
    assert_eq!(graded.imperfect(), ["softmax: did not compile 0"]);
    let said = shown(graded.exercise("softmax"), "diagnostics");
    assert!(said.len() < 64 << 10, "{} bytes", said.len());
    said
}

/// Compiles a bomb, which must be over in time.
fn bomb(items: &str) -> Graded {
    exploding(&beside(items))
}

fn exploding(submission: &Submission) -> Graded {
    let start = Instant::now();
    // Others are compiled at the same time, and each may take ten seconds, twice.
    let graded = grade(submission, NOTHING, &["softmax"]);
    assert!(start.elapsed() < Duration::from_secs(80), "{:?}", start.elapsed());
    graded
}

/// Neither the look, which refuses it, nor rustc, which dies of it, costs more than the exercise.
fn too_deep(items: &str) {
    for without in [NOTHING, LOOK] {
        did_not_compile(&grade(&beside(items), without, &["softmax"]));
    }
}

const ENDLESS: &str = "const ENDLESS: u64 = {\n    let mut n = 0_u64;\n    loop {\n        \
                       n = n.wrapping_add(1);\n        if n == u64::MAX { break; }\n    }\n    n\n};";

#[test]
fn b_14_an_endless_constant_is_found_by_rustc() {
    let graded = bomb(&format!("{ENDLESS}\npub fn endless() -> u64 {{ ENDLESS }}"));
    assert!(did_not_compile(&graded).contains("constant evaluation is taking a long time"));
}

#[test]
fn b_14_an_endless_constant_that_may_be_long_is_stopped() {
    let allowed = format!("#[allow(long_running_const_eval)]\n{ENDLESS}");
    let submission = beside(&format!("{allowed}\npub fn endless() -> u64 {{ ENDLESS }}"));
    let refused = exploding(&submission);
    assert!(did_not_compile(&refused).contains("long_running_const_eval"));
    let unseen = grade(&submission, LOOK, &["softmax"]);
    assert!(did_not_compile(&unseen).contains("stopped after"));
}

#[test]
fn b_15_a_macro_that_doubles_is_stopped() {
    let graded =
        bomb("macro_rules! twice { ($($t:tt)*) => { twice!($($t)* $($t)*); } }\ntwice!(x x);");
    did_not_compile(&graded);
}

#[test]
fn b_15_a_macro_without_an_end_is_found_by_rustc() {
    let graded = bomb("macro_rules! again { () => { again!() } }\nfn again() { again!() }");
    assert!(did_not_compile(&graded).contains("recursion limit reached"));
}

#[test]
fn b_15_a_type_that_doubles_is_stopped() {
    let types = |n: usize| format!("type T{} = (T{n}, T{n}, T{n}, T{n});\n", n + 1);
    let types: String = (0..30).map(types).collect();
    let graded = bomb(&format!("type T0 = u8;\n{types}pub const SIZE: usize = size_of::<T30>();"));
    did_not_compile(&graded);
}

#[test]
fn b_15_a_function_of_ever_larger_types_is_stopped() {
    let grow = "fn grow<T: Clone>(n: u32, t: T) -> usize {\n    \
                if n == 0 { size_of::<T>() } else { grow(n - 1, (t.clone(), t)) }\n}";
    let submission = attacked("println!(\"{}\", grow(3, 1_u8));");
    let file = submission.folder().join("softmax.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    did_not_compile(&exploding(&submission.with("softmax.rs", &format!("{text}\n{grow}\n"))));
}

#[test]
fn b_15_nested_parentheses_are_no_grader_error() {
    let nested =
        format!("pub fn nested() -> i32 {{ {}1{} }}", "(".repeat(200_000), ")".repeat(200_000));
    too_deep(&nested);
}

#[test]
fn b_15_a_long_chain_of_operators_is_no_grader_error() {
    too_deep(&format!("pub fn chain() -> bool {{ {}true }}", "!".repeat(100_000)));
    too_deep(&format!("pub fn chain() -> i32 {{ 1{} }}", " + 1".repeat(100_000)));
}

#[test]
fn b_15_nested_blocks_and_types_are_no_grader_error() {
    let blocks = format!("pub fn blocks() {}{}", "{".repeat(50_000), "}".repeat(50_000));
    too_deep(&blocks);
    let types = format!("pub type Deep = {}u8{};", "Option<".repeat(50_000), ">".repeat(50_000));
    too_deep(&types);
}

#[test]
fn b_16_a_huge_static_is_not_written() {
    did_not_compile(&bomb("pub static HUGE: [u8; 800 << 20] = [1; 800 << 20];"));
}

#[test]
fn b_16_a_static_larger_than_memory_is_not_made() {
    did_not_compile(&bomb("pub static HUGE: [u8; 3 << 30] = [1; 3 << 30];"));
}

#[test]
fn b_16_a_flood_of_messages_is_cut() {
    // Each message of rustc's repeats the whole line.
    let flood = format!("fn flood() {{ {} }}", "let y: u8 = \"\"; ".repeat(2000));
    did_not_compile(&bomb(&flood));
}

#[test]
fn b_16_a_hundred_thousand_errors_are_cut() {
    did_not_compile(&bomb(&format!("fn flood() {{ {} }}", "y;\n".repeat(100_000))));
}

/// What the linker refuses has no line, and is still nobody else's.
#[test]
fn b_11_a_symbol_that_is_missing_or_there_twice_costs_its_own_exercise() {
    for items in [
        "#[unsafe(no_mangle)]\npub extern \"C\" fn main() -> i32 {\n    0\n}\nfn call() {}",
        "unsafe extern \"C\" {\n    fn there_is_none();\n}\nfn call() {\n    unsafe { there_is_none() }\n}",
    ] {
        let submission = attacked("if x.is_empty() { call(); }");
        let file = submission.folder().join("softmax.rs");
        let text = std::fs::read_to_string(&file).unwrap();
        let submission = submission.with("softmax.rs", &format!("{text}\n{items}\n"));
        did_not_compile(&grade(&submission, NOTHING, &["softmax"]));
        did_not_compile(&grade(&submission, LOOK, &["softmax"]));
    }
}

/// Three bombs at once: the other eleven exercises keep all their points.
#[test]
fn b_15_bombs_cost_their_own_exercises_alone() {
    let nested =
        format!("\npub fn nested() -> i32 {{ {}1{} }}\n", "(".repeat(200_000), ")".repeat(200_000));
    let chain = format!("\npub fn chain() -> bool {{ {}true }}\n", "!".repeat(100_000));
    let huge = "\npub static HUGE: [u8; 3 << 30] = [1; 3 << 30];\n";
    let mut submission = Submission::perfect();
    for (name, bomb) in [("dot", nested.as_str()), ("outer", &chain), ("multiply", huge)] {
        let file = format!("{name}.rs");
        let text = std::fs::read_to_string(submission.folder().join(&file)).unwrap();
        submission = submission.with(&file, &format!("{text}{bomb}"));
    }
    let graded = grade(&submission, NOTHING, &[]);
    let bombs = ["dot", "outer", "multiply"].map(|name| format!("{name}: did not compile 0"));
    assert_eq!(graded.imperfect(), bombs);
    assert_eq!(graded.on_references(), ["l2_loss: dot"]);
}

/// Much code is no bomb.
#[test]
fn honest_long_code_compiles() {
    let functions: String =
        (0..2000).map(|n| format!("pub fn f{n}(x: f64) -> f64 {{\n    x + {n}.0\n}}\n")).collect();
    let table = format!("pub const TABLE: [f64; 20_000] = [{}];", "0.5, ".repeat(20_000));
    costs_nothing(&bomb(&format!("{functions}{table}")));
}

/// rustc's errors quote the learner's line: what is written there is not what the machine says.
#[test]
fn b_15_words_of_the_machine_s_in_a_source_are_the_learner_s() {
    for words in ["No space left on device", "Disk quota exceeded", "signal: 9 (SIGKILL)"] {
        let endless = format!(
            "struct W<T>(std::marker::PhantomData<T>);\nimpl<T> Iterator for W<T> {{\n    \
             type Item = ();\n    fn next(&mut self) -> Option<()> {{ // {words}\n        \
             W::<W<T>>(std::marker::PhantomData).count();\n        None\n    }}\n}}\n\
             fn endless() {{ W::<()>(std::marker::PhantomData).next(); }}"
        );
        let first = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";
        let submission =
            beside(&endless).with_change("softmax.rs", first, &format!("{first}\n    endless();"));
        let graded = grade(&submission, NOTHING, &[]);
        assert!(did_not_compile(&graded).contains("recursion limit"));
    }
}

/// Constants that take rustc long, each of them within the limit of its lint, in several files: time
/// is left for the others.
#[test]
fn b_14_slow_files_leave_time_to_the_others() {
    let spin = "const fn spin(mut n: u64) -> u64 {\n    let mut i = 0;\n    while i < 150_000 {\n        \
                n = n.wrapping_mul(31).wrapping_add(i);\n        i += 1;\n    }\n    n\n}\n";
    let constants: String =
        (0..1500).map(|number| format!("pub const C{number}: u64 = spin({number});\n")).collect();
    let slow = ["hello_world", "vector_ops", "image2vector", "softmax"];
    let submission = slow.iter().fold(Submission::perfect(), |submission, name| {
        let file = format!("{name}.rs");
        let text = std::fs::read_to_string(submission.folder().join(&file)).unwrap();
        submission.with(&file, &format!("{text}\n{spin}{constants}"))
    });
    let graded = grade(&submission, NOTHING, &[]);
    assert_eq!(graded.imperfect(), slow.map(|name| format!("{name}: did not compile 0")));
}
