//! A crate that the grader compiles: learner files, lent references and a root that it writes.

use std::collections::BTreeMap;
#[cfg(feature = "class")]
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use super::profile::Profile;
use crate::course::Mistake;
#[cfg(feature = "class")]
use crate::signature::signatures;
use crate::submission::SourceFile;

/// The root file of every crate, as rustc is given it.
pub const ROOT: &str = "grader.rs";

/// How every root begins.
const HEAD: &str = "//! Written by the grader.\n\n";

/// The module of a reference that holds its mistakes.
pub const MISTAKES: &str = "mistakes";

/// A crate that the grader compiles.
#[derive(Debug, Default)]
pub struct Unit<'a> {
    /// The folder of the learner files in the crate; rustc names it in its messages.
    pub folder: String,
    /// The files, each a module of its name.
    pub files: Vec<&'a SourceFile>,
    /// References that stand in for modules: the module's name and the compiled library.
    pub lent: BTreeMap<String, PathBuf>,
    /// The functions that the worker serves.
    pub entries: Vec<Entry>,
    /// How it is compiled.
    pub profile: Profile,
}

/// What a line of the root is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// It declares the file of this module.
    File(&'a str),
    /// It registers this function.
    Entry(&'a Entry),
}

/// A function that a worker serves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The exercise, which is the module's name.
    pub exercise: String,
    /// The function in it: `softmax`, or `mistakes::whole_matrix`.
    pub function: String,
}

impl Entry {
    /// The name under which calls ask for it.
    #[must_use]
    pub fn name(&self) -> String {
        entry_name(&self.exercise, &self.function)
    }
}

/// The name under which calls ask a worker for a function of an exercise.
#[must_use]
pub fn entry_name(exercise: &str, function: &str) -> String {
    format!("{exercise}::{function}")
}

/// The path of a mistake in its exercise's reference.
#[must_use]
pub fn mistake_path(mistake: &Mistake) -> String {
    format!("{MISTAKES}::{}", mistake.function)
}

impl Unit<'_> {
    /// The path of a file in the crate's folder.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        format!("{}/{name}.rs", self.folder)
    }

    /// The crate root, and what each line of it is about (by line, counted from one).
    #[must_use]
    pub fn root(&self) -> (String, BTreeMap<usize, Line<'_>>) {
        let mut text = String::from(HEAD);
        let mut lines = BTreeMap::new();
        for file in &self.files {
            lines.insert(text.lines().count() + 2, Line::File(&file.name));
            declare(&mut text, &self.path(&file.name), &format!("mod {}", file.name));
        }
        for name in self.lent.keys() {
            _ = writeln!(text, "extern crate {} as {name};", library_name(name));
        }
        text.push_str("\nfn main() -> ::std::process::ExitCode {\n    ::harness::serve(&[\n");
        for entry in &self.entries {
            lines.insert(text.lines().count() + 1, Line::Entry(entry));
            register(&mut text, &self.maker(), "crate", entry);
        }
        text.push_str("    ])\n}\n");
        (text, lines)
    }

    /// The crate as a module of a root that has others beside it: its files, and nothing else that they
    /// could name. It lends no references.
    #[must_use]
    #[cfg(feature = "class")]
    pub fn module(&self) -> String {
        let mut text = String::from(HEAD);
        for file in &self.files {
            declare(&mut text, &self.path(&file.name), &format!("pub mod {}", file.name));
        }
        text
    }

    /// The module that serves the calls of the module `name`. Of the types of pointers to its functions,
    /// as [`Self::pointers`] gives them, those among `known` have a function in the root that makes
    /// entries of them.
    #[must_use]
    #[cfg(feature = "class")]
    pub fn service(
        &self,
        name: &str,
        pointers: &[Option<String>],
        known: &BTreeSet<String>,
    ) -> String {
        let mut text = String::from(HEAD);
        text.push_str("pub fn serve() -> ::std::process::ExitCode {\n    ::harness::serve(&[\n");
        for (entry, pointer) in self.entries.iter().zip(pointers) {
            let place = known.iter().position(|known| pointer.as_ref() == Some(known));
            let make = place.map_or_else(|| self.maker(), |place| format!("crate::entry_{place}"));
            register(&mut text, &make, &format!("crate::{name}"), entry);
        }
        text.push_str("    ])\n}\n");
        text
    }

    /// The function of the harness that makes an entry.
    fn maker(&self) -> String {
        format!("::harness::{}", self.profile.entry())
    }

    /// The types of pointers to the functions that are served, as far as their files tell.
    #[cfg(feature = "class")]
    pub fn pointers(&self) -> Vec<Option<String>> {
        let text = |entry: &Entry| {
            let file = self.files.iter().find(|file| file.name == entry.exercise)?;
            file.text.as_deref().ok()
        };
        let functions: Vec<(&str, &str)> =
            self.entries.iter().map(|it| (text(it).unwrap_or_default(), &*it.function)).collect();
        signatures(&functions).into_iter().map(|signature| signature?.pointer).collect()
    }
}

/// Registers a function of a file of the module `here`, as an entry that `make` makes.
fn register(text: &mut String, make: &str, here: &str, entry: &Entry) {
    let name = entry.name();
    _ = writeln!(text, "        {make}({name:?}, {here}::{name}),");
}

/// The root of a crate of several submissions, each a module by the name of which its worker is chosen.
///
/// It has a function that makes entries for each of these types of `pointers`. rustc then finds out once
/// how such functions are called, and compiles that once, which otherwise it does for each function: a
/// third of all its work.
#[must_use]
#[cfg(feature = "class")]
pub fn joint_root<'a>(
    modules: impl Iterator<Item = &'a str>,
    pointers: &BTreeSet<String>,
) -> String {
    let mut text = String::from(HEAD);
    let mut parts = String::new();
    for name in modules {
        _ = writeln!(text, "mod {name};");
        declare(&mut text, &format!("{name}/serve.rs"), &format!("mod serve_{name}"));
        let serve = format!("crate::serve_{name}::serve");
        _ = writeln!(parts, "        ::harness::Part {{ name: {name:?}, serve: {serve} }},");
    }
    _ = write!(
        text,
        "\nfn main() -> ::std::process::ExitCode {{\n    ::harness::serve_part(&[\n{parts}    ])\n}}\n"
    );
    for (place, pointer) in pointers.iter().enumerate() {
        _ = write!(
            text,
            "\nfn entry_{place}(name: &'static str, function: {pointer}) -> ::harness::Entry {{\n    \
             ::harness::entry(name, function)\n}}\n"
        );
    }
    text
}

/// The root of a library that lends the reference of `exercise`: the files it needs, of which it
/// shows only that one's functions. An empty module hides the mistakes: a name that is declared wins
/// over one that `*` brings in.
#[must_use]
pub fn library_root<'a>(
    exercise: &str,
    folder: &str,
    files: impl IntoIterator<Item = &'a SourceFile>,
) -> String {
    let mut text = String::from(HEAD);
    for file in files {
        declare(&mut text, &format!("{folder}/{}.rs", file.name), &format!("mod {}", file.name));
    }
    _ = writeln!(text, "\npub use crate::{exercise}::*;\nmod {MISTAKES} {{}}");
    text
}

/// The crate name of a lent reference.
#[must_use]
pub fn library_name(exercise: &str) -> String {
    format!("lent_{exercise}")
}

fn declare(text: &mut String, path: &str, module: &str) {
    _ = writeln!(text, "#[path = {path:?}]\n{module};");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_shows_an_exercise_without_its_mistakes() {
        let [sigmoid, vector_ops] = ["sigmoid", "vector_ops"]
            .map(|name| SourceFile { name: name.into(), text: Ok(String::new()) });
        let root = library_root("sigmoid", "solutions/src", [&sigmoid, &vector_ops]);
        insta::assert_snapshot!(root, @r#"
        //! Written by the grader.

        #[path = "solutions/src/sigmoid.rs"]
        mod sigmoid;
        #[path = "solutions/src/vector_ops.rs"]
        mod vector_ops;

        pub use crate::sigmoid::*;
        mod mistakes {}
        "#);
    }

    #[test]
    fn the_root_declares_modules_lends_references_and_registers_functions() {
        let file = SourceFile { name: "softmax".into(), text: Ok(String::new()) };
        let entry = Entry { exercise: "softmax".into(), function: "softmax".into() };
        let unit = Unit {
            folder: "exercises/src".into(),
            files: vec![&file],
            lent: BTreeMap::from([("vector_ops".into(), "x.rlib".into())]),
            entries: vec![entry.clone()],
            profile: Profile::Dev,
        };
        let (root, lines) = unit.root();
        insta::assert_snapshot!(root, @r#"
        //! Written by the grader.

        #[path = "exercises/src/softmax.rs"]
        mod softmax;
        extern crate lent_vector_ops as vector_ops;

        fn main() -> ::std::process::ExitCode {
            ::harness::serve(&[
                ::harness::entry("softmax::softmax", crate::softmax::softmax),
            ])
        }
        "#);
        let expected = [(4, Line::File("softmax")), (9, Line::Entry(&entry))];
        assert_eq!(lines, BTreeMap::from(expected));
    }

    #[test]
    #[cfg(feature = "class")]
    fn a_joint_root_has_a_module_for_each_submission() {
        let text = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {}";
        let file = SourceFile { name: "softmax".into(), text: Ok(text.into()) };
        let [entry, missing] = ["softmax", "missing"]
            .map(|name| Entry { exercise: "softmax".into(), function: name.into() });
        let unit = Unit {
            folder: "exercises/src".into(),
            files: vec![&file],
            entries: vec![entry, missing],
            ..Unit::default()
        };
        let pointers = unit.pointers();
        let known: BTreeSet<String> = pointers.iter().flatten().cloned().collect();
        insta::assert_snapshot!(unit.module(), @r#"
        //! Written by the grader.

        #[path = "exercises/src/softmax.rs"]
        pub mod softmax;
        "#);
        insta::assert_snapshot!(unit.service("part_1", &pointers, &known), @r#"
        //! Written by the grader.

        pub fn serve() -> ::std::process::ExitCode {
            ::harness::serve(&[
                crate::entry_0("softmax::softmax", crate::part_1::softmax::softmax),
                ::harness::entry("softmax::missing", crate::part_1::softmax::missing),
            ])
        }
        "#);
        insta::assert_snapshot!(joint_root(["part_1", "part_2"].into_iter(), &known), @r#"
        //! Written by the grader.

        mod part_1;
        #[path = "part_1/serve.rs"]
        mod serve_part_1;
        mod part_2;
        #[path = "part_2/serve.rs"]
        mod serve_part_2;

        fn main() -> ::std::process::ExitCode {
            ::harness::serve_part(&[
                ::harness::Part { name: "part_1", serve: crate::serve_part_1::serve },
                ::harness::Part { name: "part_2", serve: crate::serve_part_2::serve },
            ])
        }

        fn entry_0(name: &'static str, function: fn(&::ndarray::Array2<f64>) -> ::ndarray::Array2<f64>) -> ::harness::Entry {
            ::harness::entry(name, function)
        }
        "#);
    }
}
