//! Sources that change the program around the exercise: its start, its end, its libraries or what
//! its names mean.

use crate::attack::{LOOK, NOTHING, beside, costs_nothing, grade};
use crate::project::Submission;
use crate::sources::{did_not_compile, run};

/// A function of the C library's, replaced: all that the worker writes goes through it.
#[test]
fn b_11_the_c_library_s_write_cannot_be_replaced() {
    for (items, token) in [
        (
            "#[unsafe(no_mangle)]\npub extern \"C\" fn write(_: i32, _: *const u8, _: usize) -> isize {\n    -1\n}",
            "no_mangle",
        ),
        (
            "#[unsafe(export_name = \"write\")]\npub extern \"C\" fn other(_: i32, _: *const u8, _: usize) -> isize {\n    -1\n}",
            "export_name",
        ),
        (
            "macro_rules! hidden { ($name:ident) => { #[unsafe($name)] pub fn close() {} } }\nhidden!(no_mangle);",
            "no_mangle",
        ),
        ("#[cfg_attr(all(), unsafe(no_mangle))]\npub fn fcntl() {}", "no_mangle"),
    ] {
        earns_nothing(items, token);
    }
}

/// The end of a process, replaced: an exit code says whatever the learner likes.
#[test]
fn b_12_the_c_library_s_exit_cannot_be_replaced() {
    let exit = "#[unsafe(no_mangle)]\npub extern \"C\" fn exit(_: i32) -> ! {\n    std::process::abort()\n}";
    earns_nothing(exit, "no_mangle");
}

/// Code that runs before `main` prints a score and is gone.
#[test]
fn b_13_a_constructor_before_main_earns_nothing() {
    earns_nothing(
        "#[used]\n#[unsafe(link_section = \".init_array\")]\nstatic EARLY: extern \"C\" fn() = early;\nextern \"C\" fn early() {\n    println!(\"{{\\\"verdict\\\": \\\"passed\\\", \\\"score\\\": 140}}\");\n    std::process::exit(0);\n}",
        "link_section",
    );
}

/// The names of crates that a submission could bring itself are the grader's.
#[test]
fn b_20_trusted_names_cannot_be_shadowed() {
    let always = "pub struct Array2<T>(pub T);\nimpl<T> PartialEq for Array2<T> { fn eq(&self, _: &Self) -> bool { true } }";
    for name in ["ndarray.rs", "harness.rs", "grader.rs", "std.rs", "core.rs", "main.rs", "lib.rs"]
    {
        costs_nothing(&run(&Submission::perfect().with(name, always), NOTHING));
    }
    // Within its own file a learner may call things what he likes: the result is no array.
    let own = format!(
        "mod ndarray {{ {always} }}\nuse self::ndarray::Array2;\npub fn softmax(x: f64) -> Array2<f64> {{ Array2(x) }}\n"
    );
    let graded = run(&Submission::perfect().with("softmax.rs", &own), NOTHING);
    assert_eq!(graded.imperfect(), ["softmax: failed 0"]);
    assert!(graded.case_verdicts("softmax").iter().all(|verdict| *verdict == "wrong type"));
    // A macro of the name of one that the grader's own lines could use is only the learner's.
    let macros = "macro_rules! vec { ($($t:tt)*) => { compile_error!(\"mine\") } }\n#[allow(unused)]\nmacro_rules! println { () => {} }";
    costs_nothing(&run(&beside(macros), NOTHING));
}

/// An operator for a type of one's own leaves rustc in doubt about lines of other files that were
/// clear without it.
#[test]
fn b_20_an_operator_in_one_file_costs_no_other() {
    let operator = "pub struct Mine;\nimpl PartialEq<Mine> for f64 {\n    \
                    fn eq(&self, _: &Mine) -> bool {\n        true\n    }\n}";
    let submission = beside(operator).with_change(
        "dot.rs",
        "    x1.dot(x2)",
        "    assert!(0.0_f64 == \"0\".parse().unwrap());\n    x1.dot(x2)",
    );
    let graded = grade(&submission, NOTHING, &[]);
    assert_eq!(graded.verdict("dot"), "passed");
    costs_nothing(&grade(&submission.without("softmax.rs"), NOTHING, &["dot"]));
}

/// A wrong solution with `items` beside it.
fn wrong(items: &str) -> Submission {
    let text = "use ndarray::Array2;\n\npub fn softmax(x: &Array2<f64>) -> Array2<f64> {\n    \
                Array2::zeros((1, x.nrows().min(1)))\n}\n";
    Submission::perfect().with("softmax.rs", &format!("{text}\n{items}\n"))
}

/// The look refuses it, and where nobody looks it earns nothing.
fn earns_nothing(items: &str, token: &str) {
    let submission = wrong(items);
    assert!(did_not_compile(&run(&submission, NOTHING)).contains(token));
    let unseen = run(&submission, LOOK);
    assert_eq!(unseen.exercise("softmax")["score"], 0);
}
