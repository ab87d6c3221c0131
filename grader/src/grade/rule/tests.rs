use std::time::{Duration, Instant};

use super::*;
use crate::course::{Limits, Origin, Points};
use crate::submission::{Memo, SourceFile};

/// The code of `dot.rs`, next to which there are `stats.rs`, and `outer.rs`, on which it depends.
fn code(dot: &str, stats: &str) -> Option<Code> {
    let file = |name: &str, text: &str| SourceFile { name: name.into(), text: Ok(text.into()) };
    let outer = "pub fn looped() { loop {} }";
    let submission = Submission {
        id: "alice".into(),
        folder: "alice".into(),
        files: vec![file("dot", dot), file("outer", outer), file("stats", stats)],
        left_out: vec![],
        hash: String::new(),
        memo: Memo::default(),
    };
    let limits = Limits {
        wall: Duration::ZERO,
        memory: 0,
        output: 0,
        compile: Duration::ZERO,
        total: Duration::ZERO,
    };
    let exercise = Exercise {
        trials: Vec::new(),
        mistakes: Vec::new(),
        name: "dot".into(),
        title: String::new(),
        points: Points::ZERO,
        summary: String::new(),
        depends: vec!["outer".into()],
        hints: vec![],
        limits,
        cases: vec![],
        rules: vec![],
        path: "dot.toml".into(),
    };
    Code::read(&submission, &exercise)
}

/// What `f` mentions, each with the definition it stands in; `None` if nothing is called `f`.
fn mentioned(dot: &str, stats: &str) -> Option<Vec<String>> {
    let code = code(dot, stats)?;
    let found = code.of("f")?.into_iter();
    Some(found.map(|it| format!("{}:{}", it.mention.path.join("::"), it.definition)).collect())
}

/// How `f` breaks a rule, if it does.
fn broken_by(demand: fn(Vec<String>) -> Demand, names: &[&str], dot: &str) -> Option<String> {
    let demand = demand(names.iter().map(|name| (*name).to_owned()).collect());
    let rule = Rule { function: "f".into(), demand, hidden: false, origin: Origin::default() };
    let breach = broken(&rule, &code(dot, "").expect("Rust").of("f").expect("a function"));
    breach.map(|it| it.message)
}

/// The loops that `f` has, each with the definition it stands in.
fn loops(dot: &str) -> Vec<String> {
    let mentioned = mentioned(dot, "pub fn total() { loop {} }\npub fn mean() {}");
    let mut mentioned = mentioned.expect("a function");
    mentioned.retain(|it| ["for:", "while:", "loop:"].iter().any(|word| it.starts_with(word)));
    mentioned
}

#[test]
fn a_loop_is_found_in_all_that_a_function_uses() {
    for (dot, found) in [
        ("fn f() { for _ in 0..3 {} }", "for:f"),
        ("fn f() { 'a: loop { break 'a } }", "loop:f"),
        ("fn f() { fn g() { while true {} } g() }", "while:f"),
        ("fn f() { let g = || { for _ in 0..3 {} }; g() }", "for:f"),
        ("fn f() { g() }\nfn g() { h() }\nfn h() { loop {} }", "loop:h"),
        ("fn f() { self::m::g() }\nmod m { pub fn g() { loop {} } }", "loop:g"),
        ("fn f() { [1].map(g) }\nfn g(x: f64) { loop {} }", "loop:g"),
        ("use self::g as h;\nfn f() { h() }\nfn g() { loop {} }", "loop:g"),
        ("pub use self::m::f;\nmod m { pub fn f() { loop {} } }", "loop:f"),
        ("pub use self::g as f;\nfn g() { loop {} }", "loop:g"),
        ("fn f() { G(1.0) }\nconst G: fn(f64) = |x| loop {};", "loop:G"),
        ("fn f() { println!(\"{}\", { while true {} }) }", "while:f"),
        ("fn f() { g!() }\nmacro_rules! g { () => { loop {} } }", "loop:g"),
        ("fn f() { g() }\nmacro_rules! m { () => { fn g() { loop {} } } }\nm!();", "loop:m"),
        ("fn f() { g() }\nm!(g, { loop {} });", "loop:m"),
        ("fn f() { 1.0.g() }\ntrait T { fn g(self) { loop {} } }", "loop:g"),
        ("fn f() { V::g() }\nstruct V;\nimpl V { fn g() { loop {} } }", "loop:g"),
        ("fn f() { V * 1 }\nstruct V;\nimpl Mul for V { fn mul() { loop {} } }", "loop:V"),
        ("fn f() { crate::stats::total() }", "loop:total"),
        ("use crate::stats as s;\nfn f() { s::total() }", "loop:total"),
        ("use crate::stats::*;\nfn f() { total() }", "loop:total"),
    ] {
        assert_eq!(loops(dot), [found], "{dot}");
    }
}

#[test]
fn what_a_function_does_not_use_is_not_its_own() {
    for dot in [
        "fn f(x: &V) -> f64 { x.iter().map(|x| x + 1.0).for_each(drop) }",
        "fn f() {}\nfn g() { loop {} }",
        "fn f() { let g = 1; g + g }\nfn g() { loop {} }",
        "fn f() { 1.0.g() }\nfn g() { loop {} }",
        "fn f(g: f64) { x.g }\nfn g() { loop {} }",
        "fn f() { Array1::zeros(3) }\nimpl T for Array1<f64> { fn g() { loop {} } }",
        "fn f<T>(x: T) where T: for<'a> Fn(&'a f64) { /* for */ \"loop\"; } // while",
        "struct S; impl Drop for S { fn drop(&mut self) {} }\nfn f() { S }",
        "use crate::stats::mean;\nfn f() { mean() }",
        "use crate::outer::looped;\nfn f() { looped() }",
        "fn f() { f() }",
        "use self as f;\nuse {self};\nfn f() { f }",
        "use crate::stats::total;\nfn f() { let total = 1; total }",
    ] {
        assert_eq!(loops(dot), Vec::<String>::new(), "{dot}");
    }
}

#[test]
fn what_is_imported_has_its_whole_path() {
    let found =
        mentioned("use ndarray::{Zip, self as nd};\nfn f() { Zip::from(x); nd::arr1() }", "");
    assert_eq!(found.unwrap(), ["ndarray::Zip::from:f", "x:f", "ndarray::arr1:f"]);
}

#[test]
fn a_rule_names_methods_functions_types_and_macros() {
    for (name, dot) in [
        ("sum", "fn f() { x.iter().sum::<f64>() }"),
        ("sum", "fn f() { x.map(Iterator::sum) }"),
        ("sum", "fn f() { let sum = 0.0; sum(sum) }"),
        ("Zip", "fn f() { ndarray::Zip::from(x) }"),
        ("ndarray::Zip", "use ndarray::Zip;\nfn f() { Zip::from(x) }"),
        ("Zip::from", "use ndarray::*;\nfn f() { Zip::from(x) }"),
        ("azip", "fn f() { ndarray::azip!((x in x) *x += 1.0) }"),
    ] {
        assert!(broken_by(Demand::Forbid, &[name], dot).is_some(), "{name} in {dot}");
        assert_eq!(broken_by(Demand::Require, &["for", name], dot), None, "{name} in {dot}");
    }
    for (name, dot) in [
        ("sum", "fn f() { let mut sum = 0.0; sum += x.sum; sum }"),
        ("sum", "fn f() { x.sum_axis(Axis(0)) }"),
        ("sum", "fn f() { \"x.sum()\" } // x.sum()"),
        ("ndarray::Zip", "fn f() { std::Zip::from(x) }"),
        ("ndarray", "fn f() { ndarray::arr1(x) }"),
        ("f", "fn f() { 1 }"),
    ] {
        assert_eq!(broken_by(Demand::Forbid, &[name], dot), None, "{name} in {dot}");
        assert!(broken_by(Demand::Require, &[name], dot).is_some(), "{name} in {dot}");
    }
}

#[test]
fn what_is_said_of_a_broken_rule_names_the_lines() {
    let dot = "fn f() {\n    x.sum();\n    for _ in x {}\n    for _ in x {}\n    for _ in x {}\n    g()\n}\n\
               fn g() {\n    for _ in x { while true {} }\n}";
    let broken = |demand, names: &[&str]| broken_by(demand, names, dot).unwrap_or_default();
    insta::assert_snapshot!(broken(Demand::Forbid, &["for", "while", "loop", "sum"]), @"
    `for` is not allowed in `f`: use ndarray's methods (alice/dot.rs:3, alice/dot.rs:4, alice/dot.rs:5, and 1 more)
    `while` is not allowed in `f`: use ndarray's methods (alice/dot.rs:9 in `g`)
    `sum` is not allowed in `f` (alice/dot.rs:2)
    ");
    insta::assert_snapshot!(broken(Demand::Require, &["dot", "loop"]), @"`f` needs one of `dot`, `loop`");
    insta::assert_snapshot!(broken(Demand::Require, &["dot"]), @"`f` needs `dot`");
}

#[test]
fn without_a_function_there_is_nothing_to_say() {
    assert_eq!(mentioned("fn g() {}", ""), None);
    assert_eq!(mentioned("fn f( {}", "pub fn f() {}"), None);
    assert_eq!(mentioned(&"(".repeat(1 << 19), ""), None);
}

#[test]
fn much_code_does_not_take_long() {
    let start = Instant::now();
    let nested = "fn f() { impl V { fn g() { V; ".repeat(30);
    let names: String =
        (0..5000).map(|it| format!("impl V {{ fn f{it}() {{ V; f() }} }}")).collect();
    for text in [
        format!("struct V;{nested}{}{}", "V + f(); ".repeat(20_000), "}}}".repeat(30)),
        format!("struct V;{names}fn f() {{ {} }}", "V; g(); ".repeat(20_000)),
    ] {
        assert!(mentioned(&text, "").is_some());
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
