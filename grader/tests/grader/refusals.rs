//! What is refused before rustc sees it.

use std::time::{Duration, Instant};

use crate::project::Submission;

/// `dot.rs` with something before its first function.
fn with_item(item: &str) -> Submission {
    let functions = format!("{item}\n\npub fn classic_dot(");
    Submission::perfect().with_change("dot.rs", "pub fn classic_dot(", &functions)
}

#[test]
fn a_refused_file_costs_its_own_exercise_and_shows_the_line() {
    let graded = with_item("fn null() -> f64 {\n    unsafe { *std::ptr::null() }\n}").grade();
    assert_eq!(graded.imperfect(), ["dot: did not compile 0"]);
    // Those that call it are graded on the reference.
    assert_eq!(graded.on_references(), ["l2_loss: dot"]);
    let diagnostics = graded.exercise("dot")["diagnostics"].as_str().unwrap();
    for part in [
        "error: `unsafe` is not allowed in this course",
        "--> alice/dot.rs:",
        "    unsafe { *std::ptr::null() }",
        "^^^^^^",
        "help: safe Rust is enough",
    ] {
        assert!(diagnostics.contains(part), "no {part:?} in {diagnostics}");
    }
}

#[test]
fn a_refused_helper_blocks_those_that_use_it() {
    let graded = Submission::perfect()
        .with("stats.rs", "pub const TEXT: &str = include_str!(\"/etc/hostname\");\n")
        .with_change(
            "l1_loss.rs",
            "use ndarray::Array1;",
            "use ndarray::Array1;\n\npub const _TEXT: &str = crate::stats::TEXT;",
        )
        .grade();
    assert_eq!(graded.imperfect(), ["l1_loss: blocked 0"]);
    let diagnostics = graded.exercise("l1_loss")["diagnostics"].as_str().unwrap();
    assert!(diagnostics.contains("`include_str` is not allowed"), "{diagnostics}");
}

#[test]
fn what_only_looks_like_it_is_let_through() {
    let graded = with_item(
        "/// Nothing here is unsafe { no_mangle }.\n#[inline]\n\
         pub fn path(env: f64) -> f64 {\n    \
         let (include, link) = (\"unsafe include!()\", env);\n    \
         println!(\"{} {}\", include, env);\n    if env != link { 1.0 } else { link }\n}\n",
    )
    .grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
}

#[test]
fn macros_may_be_used_and_cannot_put_a_refused_one_together() {
    let macros = "macro_rules! sum { ($($x:expr),*) => { 0.0 $(+ $x)* } }\n\
                  macro_rules! call { ($m:ident $x:tt) => { $m!($x) } }\n\
                  pub(crate) use {call, sum};\n";
    let submission = |item: &str| {
        let function = format!("{item}\n\npub fn l1_loss(");
        Submission::perfect()
            .with("stats.rs", macros)
            .with_change("l1_loss.rs", "pub fn l1_loss(", &function)
            .with_change(
                "outer.rs",
                "pub fn outer(",
                "const _: bool = matches!(1, env if env > 0);\n\npub fn outer(",
            )
            .grade()
    };
    // `outer` may still hand such a name to a macro: it does not use `stats`.
    let good = submission("const _SUM: f64 = crate::stats::sum!(1.0, 2.0);");
    assert_eq!(good.imperfect(), Vec::<String>::new());
    let bad = submission("const _PATH: &str = crate::stats::call!(env \"PATH\");");
    assert_eq!(bad.imperfect(), ["l1_loss: did not compile 0"]);
    let diagnostics = bad.exercise("l1_loss")["diagnostics"].as_str().unwrap();
    assert!(diagnostics.contains("`env` is not allowed"), "{diagnostics}");
}

#[test]
fn a_megabyte_of_brackets_is_refused_at_once() {
    let start = Instant::now();
    for part in ["(", "<", "!", "&", "[[[["] {
        let deep = part.repeat((1 << 20) / part.len() - 100);
        for (before, after) in
            [("pub fn dot(x: ", ") {}"), ("pub fn dot() { ", " }"), ("type T = ", ";")]
        {
            let file = format!("{before}{deep}{after}\n");
            let output = Submission::perfect().with("dot.rs", &file).run(&["dot"]);
            assert_eq!(output.status.code(), Some(0), "{before}{part}: {output:?}");
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
