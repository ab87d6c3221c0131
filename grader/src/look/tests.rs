use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::report::plain;

/// What is underlined in a text, without macros of the learner's own and with them.
fn refused(text: &str) -> [Vec<&str>; 2] {
    [false, true].map(|macros| {
        let tokens = tokens(text);
        let faults = faults(text, &tokens, macros);
        faults.into_iter().map(|fault| &text[fault.span.start..fault.span.end]).collect()
    })
}

#[test]
fn ordinary_programs_are_let_through() {
    for text in [
        "",
        "let path = 1; let env = 3; let link = x.path(); let asm = Point { link: 1.0, env };",
        "use std::path::Path; use ndarray::{Array2, Axis, s}; use crate::sigmoid as s;",
        "let include = a || env != 3; self.env.include.asm();",
        "// unsafe\n/* no_mangle /* include!() */ */ \"unsafe\" r#\"unsafe\"# b\"unsafe\" 'u' '\\u{e9}' \"\u{212a}\"",
        "/// unsafe { include_str!(\"x\") }\n//! #![feature(x)]\nfn f<'unsafely>() {}",
        "extern crate ndarray as nd; mod tests { use super::*; } pub mod m { fn f() {} }",
        "fn f<'a>(env: &'a f64) -> impl Fn() -> f64 + use<'a> { let include = env; include }",
        "unsafely(); no_mangled(); pre_include!(); environment!();",
        "\u{feff}#![allow(unused)]\r\nfn f() {}\r\n",
        "#!  [allow(unused)] fn f() {}",
        "macro_rules! m { ($p:path, $l:literal) => { f($p, $l) } } m!(a::path, link, used)",
    ] {
        assert_eq!(refused(text), [vec![""; 0], vec![]], "{text}");
    }
    for text in [
        "println!(\"{} {}\", path, env); vec![include, asm]; matches!(env, 3);",
        "thread_local! { static X: Cell<f64> = const { env } }",
    ] {
        assert_eq!(refused(text)[0], [""; 0], "{text}");
    }
}

#[test]
fn what_reaches_beyond_the_exercise_is_refused() {
    for (text, expected) in [
        ("unsafe { f() }", &["unsafe"][..]),
        ("fn f() { m!(unsafe { x }) }", &["unsafe"]),
        ("r#unsafe k#unsafe", &["r#unsafe", "k#unsafe"]),
        ("#[unsafe(no_mangle)] fn f() {}", &["unsafe", "no_mangle"]),
        ("#[no_mangle] fn f() {}", &["no_mangle"]),
        ("#![doc = include_str!(\"x\")]", &["include_str"]),
        ("std::include_bytes!(\"x\")", &["include_bytes"]),
        ("use std::include_str as x;", &["include_str"]),
        ("include!(\"x\")", &["include"]),
        ("r#include ! /* */ (\"x\")", &["r#include"]),
        ("core::env!(\"x\") + env![\"x\"]", &["env", "env"]),
        ("use core::{f64, env as e};", &["env"]),
        ("use std::{self, {include as i}}; include", &["include"]),
        ("use std::env;", &["env"]),
        ("std::env::vars()", &["env"]),
        ("concat!(stringify!(a), include!(\"x\"))", &["include"]),
        ("std::arch::asm!(\"nop\")", &["asm"]),
        ("core::arch::global_asm!(\"x\")", &["global_asm"]),
        ("option_env!(\"x\")", &["option_env"]),
        ("#![allow(long_running_const_eval)]", &["long_running_const_eval"]),
        ("#[macro_export] macro_rules! m { () => {} }", &["macro_export"]),
        ("#[cfg_attr(all(), path = \"x\")] mod y { }", &["cfg_attr"]),
        ("#![debugger_visualizer(natvis_file = \"x\")]", &["debugger_visualizer"]),
        ("extern \"C\" { fn f(); }", &["extern"]),
        ("type F = extern fn();", &["extern"]),
        ("extern $x {}", &["extern"]),
        ("mod stats; pub mod a { mod b; }", &["mod", "mod"]),
        ("r#mod x ;", &["r#mod"]),
        // rustc reads these on, after an error that the file's text may be part of.
        ("include\u{ff01}(\"x\")", &["\u{ff01}"]),
        ("#\u{ff3b}path = \"x\"\u{ff3d} mod y {}", &["\u{ff3b}", "\u{ff3d}"]),
        ("##[path = \"x\"] mod y {}", &["##"]),
        ("unsafe\"x\"", &["unsafe"]),
        ("in\u{200b}clude!(\"x\")", &["\u{200b}"]),
        ("\0", &["\0"]),
        // The Kelvin sign in the name of a file `K.rs` that has macros.
        ("use crate::\u{212a}::call as println;", &["\u{212a}"]),
        // A file's macros would be in reach of all files.
        ("#![macro_use]", &["macro_use"]),
    ] {
        let expected: Vec<&str> = expected.to_vec();
        assert_eq!(refused(text), [expected.clone(), expected], "{text}");
    }
}

#[test]
fn what_macros_could_put_together_is_refused_where_there_are_macros() {
    for (text, expected) in [
        ("macro_rules! m { ($a:ident) => { $a!(\"x\") } } m!(env);", "env"),
        ("m!{ [include] [!] [\"x\"] }", "include"),
        ("println!(\"{}\", env)", "env"),
        ("a::m![(asm)]", "asm"),
        ("macro_rules! m { () => { n!(r#include) } }", "r#include"),
        ("macro_rules! m { ($n:ident) => { mod x {} } }", "mod"),
        ("m!([mod] [evil] [;])", "mod"),
    ] {
        let [without, with] = refused(text);
        assert_eq!(with, [expected], "{text}");
        assert!(without.is_empty() || text.contains("mod]"), "{text}: {without:?}");
    }
    assert!(defines_macros("macro_rules! m { () => {} }") && defines_macros("r#macro_rules!"));
    assert!(!defines_macros("//! The macro `todo!()`, not macro_rules.\nlet s = \"macro_rules\";"));
}

#[test]
fn scripts_are_refused() {
    for (text, line) in [
        ("#!/bin/sh \"\nfn f() {}", "#!/bin/sh \""),
        ("\u{feff}#!x\nfn f() {}", "#!x"),
        // Whether rustc takes this for a script is a matter of its version.
        ("#!/**/[allow(x)] /*\nfn f() {}", "#!/**/[allow(x)] /*"),
        ("---\n\"\n---\nfn f() {}", "---"),
        ("\n \n--- cargo\n---\n", "--- cargo"),
        ("\u{200e}\n---\n\"\n---\ninclude!(\"x\");", "---"),
    ] {
        let [refused, _] = refused(text);
        assert!(refused.contains(&line), "{text}: {refused:?}");
    }
}

#[test]
fn a_refusal_reads_as_rustcs_errors_do() {
    let text = "fn f() {\n\tlet x = \"\u{1b}[2J\"; unsafe { g() }\n}\n#[no_such]\nfn g() {}\n";
    let refusal = look("alice/dot.rs", text, false).unwrap();
    let places: Vec<_> = refusal
        .iter()
        .map(|it| (&it.message[..], it.places[0].line, it.places[0].column))
        .collect();
    assert_eq!(
        places,
        [
            ("`unsafe` is not allowed in this course", 2, 18),
            ("this attribute is not allowed in this course", 4, 3),
        ]
    );
    let refusal = refusal.to_string();
    assert!(refusal.starts_with("\u{1b}["));
    insta::assert_snapshot!(plain(&refusal), @r#"
    error: `unsafe` is not allowed in this course
     --> alice/dot.rs:2:18
      |
    2 |     let x = "�[2J"; unsafe { g() }
      |                     ^^^^^^
      |
      = help: safe Rust is enough for every exercise: iterators, indexing, ndarray's methods

    error: this attribute is not allowed in this course
     --> alice/dot.rs:4:3
      |
    4 | #[no_such]
      |   ^^^^^^^
      |
      = help: remove it: no exercise needs it
    "#);
}

#[test]
fn a_refusal_is_short_however_much_is_wrong() {
    for text in [
        "unsafe\n".repeat(100_000),
        "unsafe ".repeat(100_000),
        format!("#[{}] unsafe", "a".repeat(60_000)),
        format!("{}unsafe", " ".repeat(60_000)),
        "\u{2116}".repeat(10_000),
        "#![x]".repeat(10_000),
        "(".repeat(1 << 20),
    ] {
        let refusal = look("alice/dot.rs", &text, true).unwrap().to_string();
        assert!(refusal.len() < 20_000, "{} of {:?}…", refusal.len(), &text[..20]);
    }
    let many = look("alice/dot.rs", &"unsafe ".repeat(12), false).unwrap().to_string();
    assert!(many.ends_with("(2 more errors not shown)\n"), "{many}");
}

#[test]
fn a_look_takes_time_in_proportion_to_the_text() {
    let start = Instant::now();
    for part in [
        "(",
        "<",
        "!",
        "&",
        "[[[[",
        "#[cfg_attr(",
        "#![",
        "m!(",
        "use ",
        "unsafe ",
        "/*",
        "'",
        "\"",
        "r#",
        "a::",
        "mod ",
    ] {
        let text = part.repeat((1 << 20) / part.len());
        _ = look("alice/dot.rs", &text, true);
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn no_text_is_too_strange_to_be_looked_at(text in "\\PC{0,80}|(\\pC|[a-z#!'\"r/*(){}\\[\\]<>;,:=$\n]){0,80}") {
        for macros in [false, true] {
            if let Some(refusal) = look("alice/dot.rs", &text, macros) {
                let refusal = refusal.to_string();
                prop_assert!(refusal.contains("error") && refusal.len() < 20_000);
            }
        }
    }

    #[test]
    fn a_word_is_found_whatever_stands_around_it(
        before in "([a-z(){}\\[\\];,.:=#!$] ?){0,40}",
        after in "( [a-z(){}\\[\\];,.:=#!$]){0,40}",
    ) {
        let text = format!("{before} unsafe{after}");
        prop_assert!(look("alice/dot.rs", &text, false).is_some());
    }
}

#[test]
fn implementations_of_traits_are_told_from_other_uses_of_the_word() {
    for text in [
        "impl PartialEq<Mine> for f64 { }",
        "use x::Y;\n#[derive(Debug)] struct A;\nimpl<T: Into<f64>> From<T> for A where T: Copy { }",
        "fn f() { impl Drop for A { fn drop(&mut self) {} } }",
        "#[allow(x)]\nimpl X for Y {}",
        "macro_rules! m { ($t:ty) => { impl X for $t {} } }",
    ] {
        assert!(implements_traits(text), "{text}");
    }
    for text in [
        "impl A { fn f() { for i in 0..1 {} } }",
        "fn f(g: impl Fn(f64) -> f64) -> impl Fn(f64) -> f64 { for i in 0..1 {} g }",
        "// impl X for Y {}\nlet simple = 1;",
    ] {
        assert!(!implements_traits(text), "{text}");
    }
}

#[test]
#[cfg(feature = "class")]
fn plain_code_can_stand_one_module_further_down() {
    let text = "// of the crate\nuse crate::dot::dot;\npub(crate) fn f() { crate::outer::outer(\"crate\") }";
    let expected = "// of the crate\nuse super::dot::dot;\npub(super) fn f() { super::outer::outer(\"crate\") }";
    assert_eq!(nested(text).as_deref(), Some(expected));
    assert_eq!(nested("use super::dot::dot;"), None);
}
