//! Sources that reach for more than their own text while they are compiled.
//!
//! A look at the tokens refuses them, with the line. That is a rule of the course: so each is also
//! compiled without the look, when the box around rustc must stop it or it must do no harm, and
//! without both, when it must succeed.

use std::fs;
use std::process::Command;

use crate::attack::{
    BOX_AND_LOOK, ESCAPED, LOOK, NOTHING, attacked, beside, case, command, costs_nothing, graded,
    shown,
};
use crate::project::{Graded, Submission, root, text};

/// In the environment of the grader; nothing of it may come out.
const SECRET: &str = "hunter2-in-the-environment";

/// What becomes of a source where nobody looks at its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// The box stops rustc.
    Stopped,
    /// It compiles and gets nothing from it.
    Idle,
    /// It does not compile, box or not.
    Wrong,
}

/// The submission as one run gets it: what one run has compiled is not kept for another.
pub fn run(submission: &Submission, without: &str) -> Graded {
    let file = submission.folder().join("softmax.rs");
    let source = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{source}// without: {without}\n")).unwrap();
    let mut command: Command = command(submission, without);
    let output = command
        .env("GRADER_SECRET", SECRET)
        .args(["softmax", "--format", "json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = text(&output.stdout);
    assert!(!report.contains(SECRET), "{report}");
    fs::write(&file, source).unwrap();
    graded(&output)
}

/// Checks that it did not compile, which cost nobody else anything, and returns what is said.
/// Nothing of it is from outside of the submission.
pub fn did_not_compile(graded: &Graded) -> &str {
    assert_eq!(graded.imperfect(), ["softmax: did not compile 0"]);
    let said = shown(graded.exercise("softmax"), "diagnostics");
    assert!(said.len() < 64 << 10, "{} bytes", said.len());
    for foreign in ["root:x:0", "daemon:", "CASE-OF-A-FIXTURE", "/.cargo/"] {
        assert!(!said.contains(foreign), "{foreign}: {said}");
    }
    said
}

/// Grades a submission whose file `softmax.rs` has `token` in it, which the look refuses.
pub fn refused(submission: &Submission, token: &str, unseen: Unseen) {
    let source = fs::read_to_string(submission.folder().join("softmax.rs")).unwrap();
    let code = |line: &&str| !line.trim_start().starts_with("//");
    let line = source.lines().position(|line| code(&line) && line.contains(token)).unwrap() + 1;

    let seen = run(submission, NOTHING);
    let said = did_not_compile(&seen);
    assert!(said.contains(&format!("alice/softmax.rs:{line}")), "{token} in line {line}: {said}");

    let boxed = run(submission, LOOK);
    match unseen {
        Unseen::Stopped if boxed.0["isolation"] != "full" => eprintln!("not tested: no box here"),
        Unseen::Stopped | Unseen::Wrong => drop(did_not_compile(&boxed).to_owned()),
        Unseen::Idle => costs_nothing(&boxed),
    }
    let escaped = shown(case(&boxed), "stdout").contains(ESCAPED);
    assert!(!escaped || boxed.0["isolation"] != "full", "{:#}", case(&boxed));

    if cfg!(target_os = "linux") && unseen == Unseen::Stopped {
        let bare = run(submission, BOX_AND_LOOK);
        let bare = case(&bare);
        assert!(shown(bare, "stdout").contains(ESCAPED), "{bare:#}");
    }
}

/// An attack that holds a text from outside: it prints what it has if that is anything.
fn holds(expression: &str) -> Submission {
    attacked(&format!("if !{expression}.is_empty() {{ println!(\"{ESCAPED}\"); }}"))
}

fn place(path: &str) -> String {
    root().join(path).display().to_string()
}

/// The reference solution, compiled as a module of the learner's file.
#[test]
fn b_06_the_reference_cannot_be_taken_as_a_module() {
    let reference = place("solutions/src/dot.rs");
    let module = format!("#[path = {reference:?}]\nmod borrowed;\n");
    let call = "println!(\"{}\", borrowed::dot(&ndarray::array![1.0], &ndarray::array![1.0]));";
    let submission = attacked(&format!("{call} println!(\"{ESCAPED}\");"));
    let file = submission.folder().join("softmax.rs");
    let source = fs::read_to_string(&file).unwrap();
    let submission = submission.with("softmax.rs", &format!("{source}\n{module}"));
    refused(&submission, "path", Unseen::Stopped);
}

/// The same by a path from where the crate is compiled, and hidden in another attribute.
#[test]
fn b_06_relative_paths_lead_nowhere() {
    for items in [
        "#[path = \"../../solutions/src/dot.rs\"]\nmod borrowed;",
        "#[cfg_attr(all(), path = \"../../../../../solutions/src/dot.rs\")]\nmod borrowed;",
    ] {
        refused(&beside(items), "path", Unseen::Wrong);
    }
}

/// The reference as a library: it is no dependency, and where it is lent it is under no such name.
#[test]
fn b_06_the_reference_cannot_be_linked() {
    let graded = run(&beside("extern crate solutions;"), NOTHING);
    did_not_compile(&graded);
    let library =
        "use solutions::softmax::softmax as borrowed;\nconst _: usize = size_of_val(&borrowed);";
    did_not_compile(&run(&beside(library), NOTHING));
}

/// A hidden fixture becomes a text of the program, to be read when it runs.
#[test]
fn b_08_a_fixture_cannot_be_included_as_text() {
    let fixture = place("fixtures/softmax.toml");
    refused(&holds(&format!("include_str!({fixture:?})")), "include_str", Unseen::Stopped);
}

/// So do the bytes of compiled libraries, in which the references may be.
#[test]
fn b_08_a_library_cannot_be_included_as_bytes() {
    let libraries = fs::read_dir(root().join("target/debug/deps")).unwrap().flatten();
    let mut files = libraries.map(|entry| entry.path());
    let library = files.find(|path| path.extension().is_some_and(|it| it == "rlib")).unwrap();
    refused(&holds(&format!("include_bytes!({library:?})")), "include_bytes", Unseen::Stopped);
}

/// What the system knows of rustc and its parent, too.
#[cfg(target_os = "linux")]
#[test]
fn b_08_files_of_the_system_cannot_be_included() {
    for file in ["/etc/passwd", "/proc/self/environ", "/proc/self/cmdline", "/proc/self/status"] {
        refused(&holds(&format!("include_bytes!({file:?})")), "include_bytes", Unseen::Stopped);
    }
}

/// Other spellings of the same.
#[test]
fn b_08_other_names_for_including_are_seen() {
    let fixture = place("fixtures/softmax.toml");
    for (body, items) in [
        ("renamed!(FIXTURE)", "use std::include_str as renamed;"),
        (
            "handed!(include_str, FIXTURE)",
            "macro_rules! handed { ($m:ident, $f:literal) => { $m!($f) } }",
        ),
        ("std::include_str!(FIXTURE)", ""),
        ("r#include_str!(FIXTURE)", ""),
        ("core::r#include_str ! [ FIXTURE ]", ""),
        ("include_str!(concat!(FIXTURE))", ""),
    ] {
        let body = body.replace("FIXTURE", &format!("{fixture:?}"));
        let submission = holds(&body);
        let file = submission.folder().join("softmax.rs");
        let source = fs::read_to_string(&file).unwrap();
        let (before, after) = source.split_once("use ndarray::{Array2").unwrap();
        let source = format!("{before}{items}\nuse ndarray::{{Array2{after}");
        let submission = submission.with("softmax.rs", &source);
        refused(&submission, "include_str", Unseen::Stopped);
    }
}

/// A link in the submission that leads out of it is not taken, so nothing can be included by it.
#[cfg(unix)]
#[test]
fn b_08_a_link_to_a_fixture_cannot_be_included() {
    let submission = holds("include_str!(\"data.rs\")");
    let link = submission.folder().join("data.rs");
    std::os::unix::fs::symlink(place("fixtures/softmax.toml"), link).unwrap();
    refused(&submission, "include_str", Unseen::Wrong);
}

/// rustc shows the lines that it cannot compile: of a file that is not the learner's, that tells.
#[test]
fn b_09_an_error_message_shows_no_file_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let hidden = folder.path().join("hidden.toml");
    fs::write(&hidden, "name = \"CASE-OF-A-FIXTURE\"\n").unwrap();
    let include = format!("include!({:?});", hidden.display().to_string());
    let submission = beside(&include);
    let seen = run(&submission, NOTHING);
    assert!(did_not_compile(&seen).contains("alice/softmax.rs:"));
    let boxed = run(&submission, LOOK);
    if boxed.0["isolation"] == "full" {
        did_not_compile(&boxed);
        let bare = run(&submission, BOX_AND_LOOK);
        let said = shown(bare.exercise("softmax"), "diagnostics");
        assert!(said.contains("CASE-OF-A-FIXTURE"), "{said}");
    }
}

/// The passwords' file is no Rust, and its first line would be in the message.
#[cfg(target_os = "linux")]
#[test]
fn b_09_an_error_message_shows_no_file_of_the_system() {
    refused_text("include!(\"/etc/passwd\");");
    refused_text(
        "#[doc = include_str!(\"/etc/passwd\")]\nmod inner { compile_error!(\"shown\"); }",
    );
    refused_text("#[path = \"/etc/passwd\"]\nmod passwd;");
    // These have no end.
    refused_text("pub static NOISE: &[u8] = include_bytes!(\"/dev/urandom\");");
    refused_text("#[path = \"/dev/zero\"]\nmod zero;");
    refused_text(
        "const _: () = { const TEXT: &str = include_str!(\"/etc/passwd\"); panic!(\"{}\", TEXT) };",
    );
}

/// Neither with the look nor without it does a message say what is not the learner's.
#[cfg(target_os = "linux")]
fn refused_text(items: &str) {
    let submission = beside(items);
    did_not_compile(&run(&submission, NOTHING));
    let boxed = run(&submission, LOOK);
    if boxed.0["isolation"] == "full" {
        did_not_compile(&boxed);
    }
}

/// Secrets of the grader's environment, as tokens of a course server may be, are not rustc's.
#[test]
fn b_10_the_environment_cannot_be_compiled_in() {
    let has = "option_env!(\"GRADER_SECRET\").unwrap_or_default()";
    refused(&holds(has), "option_env", Unseen::Idle);
    refused(&holds("env!(\"GRADER_SECRET\")"), "env!", Unseen::Wrong);
    // `compile_error!` would show it in the message.
    let shown = "compile_error!(env!(\"GRADER_SECRET\"));";
    refused(&beside(shown), "env!", Unseen::Wrong);
    refused(&beside("compile_error!(env!(\"PATH\"));"), "env!", Unseen::Wrong);
}

/// The assembler can include files, too.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn b_08_the_assembler_cannot_include_a_file() {
    let fixture = place("fixtures/softmax.toml");
    let assembly = format!(
        "core::arch::global_asm!(\".globl stolen\", \"stolen:\", \".incbin \\\"{fixture}\\\"\");\n\
         unsafe extern \"C\" {{ static stolen: u8; }}"
    );
    let steal = "if unsafe { stolen } != 0 { println!(\"ESCAPED\"); }";
    let submission = attacked(steal);
    let file = submission.folder().join("softmax.rs");
    let source = fs::read_to_string(&file).unwrap();
    let submission = submission.with("softmax.rs", &format!("{source}\n{assembly}\n"));
    refused(&submission, "unsafe", Unseen::Stopped);
}

/// The system calls of 32-bit programs have other numbers, which a filter may forget.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn r_15_the_calls_of_32_bit_programs_are_no_way_out() {
    let call = "let mut result: i64 = 20;
        unsafe { std::arch::asm!(\"int 0x80\", inout(\"rax\") result) };
        println!(\"{}\", if result > 0 { \"ESCAPED\" } else { \"denied\" });";
    let submission = attacked(call);
    did_not_compile(&run(&submission, NOTHING));
    let boxed = run(&submission, LOOK);
    if boxed.0["isolation"] == "full" {
        assert!(!shown(case(&boxed), "stdout").contains(ESCAPED), "{:#}", case(&boxed));
        let others = boxed.imperfect().into_iter().filter(|it| !it.starts_with("softmax"));
        assert_eq!(others.count(), 0);
    }
}

/// Words that a look could take for what they are not: none of these may be refused, and the look
/// must find the real one wherever it stands.
#[test]
fn b_11_unsafe_is_found_wherever_it_stands() {
    for (items, refused) in [
        (
            "// unsafe { }\n/* no_mangle */\n/// `unsafe`\nconst _TEXT: &str = \"unsafe include!()\";",
            false,
        ),
        ("const _RAW: &str = r#\"unsafe { } \"#;\nconst _BYTES: &[u8] = b\"asm!\";", false),
        (
            "fn _names(path: u8, env: u8, link: u8, include: u8) -> u8 { path + env + link + include }",
            false,
        ),
        ("fn _x() { unsafe {} }", true),
        ("unsafe fn _x() {}", true),
        ("macro_rules! _m { () => { unsafe { } } }", true),
        ("fn _x() { macro_rules! m { ($($t:tt)*) => { $($t)* } } m!(unsafe { }); }", true),
        ("struct S;\nunsafe impl Send for S {}", true),
        ("unsafe extern \"C\" { fn getpid() -> i32; }", true),
        ("/* /* */ */ fn _x() { unsafe {} }", true),
        ("const _T: &str = \"// \\\" \"; fn _x() { unsafe {} }", true),
        ("const _C: char = '\"'; fn _x() { unsafe {} } const _D: char = '\"';", true),
    ] {
        let graded = run(&beside(items), NOTHING);
        if refused {
            let said = did_not_compile(&graded);
            assert!(said.contains("unsafe"), "{said}");
        } else {
            costs_nothing(&graded);
        }
    }
}
