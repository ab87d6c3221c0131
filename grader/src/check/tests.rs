//! A course in which much is wrong, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::course::Problem;

/// A project in a folder of its own, to be spoilt.
struct Project(tempfile::TempDir);

impl Project {
    /// One with these files.
    fn of(files: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        for (file, text) in files {
            let path = project.path(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        project
    }

    /// A copy of this project's course.
    fn copied() -> Self {
        let (folder, root) = (tempfile::tempdir().unwrap(), Workspace::find().unwrap());
        for part in ["exercises/src", "solutions/src", "fixtures"] {
            let target = folder.path().join(part);
            fs::create_dir_all(&target).unwrap();
            for entry in fs::read_dir(root.root().join(part)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), target.join(entry.file_name())).unwrap();
            }
        }
        Self(folder)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// Changes a part of a file.
    #[track_caller]
    fn change(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    /// Adds to the end of a file.
    fn add(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.path(file)).unwrap_or_default();
        fs::write(self.path(file), before + text).unwrap();
    }

    /// Adds a mistake to a reference and its fixture.
    fn add_mistake(&self, exercise: &str, function: &str, code: &str) {
        let reference = format!("solutions/src/{exercise}.rs");
        let head = "pub mod mistakes {\n";
        self.change(&reference, head, &format!("{head}    {code}\n"));
        let entry = format!("\n[[mistake]]\nfunction = \"{function}\"\nfeedback = \"No.\"\n");
        self.add(&format!("fixtures/{exercise}.toml"), &entry);
    }

    fn remove(&self, file: &str) {
        fs::remove_file(self.path(file)).unwrap();
    }

    /// What a check finds, a line each: `file:line severity: message (help)`.
    fn findings(&self) -> Vec<String> {
        let workspace = Workspace::at(self.0.path().to_owned());
        let course = Course::load(&workspace.fixtures(), &[]).unwrap();
        let read = |folder: PathBuf, shown| Submission::read(&folder, "s", shown).unwrap();
        let toolchain = Toolchain::find(&Workspace::find().unwrap()).unwrap();
        let sandbox = toolchain.sandbox();
        let workshop = Workshop::new(&toolchain, &sandbox, self.path("state"), false);
        let checking = Checking {
            workspace: &workspace,
            course: &course,
            overlays: &[],
            stubs: &read(workspace.exercises(), "exercises/src"),
            references: &read(workspace.solutions(), "solutions/src"),
            toolchain: &toolchain,
            sandbox: &sandbox,
            workshop: &workshop,
        };
        let checked = checking.check().unwrap();
        checked.findings.iter().map(|finding| line(self.0.path(), finding)).collect()
    }
}

fn line(root: &Path, finding: &Finding) -> String {
    let Problem { path, place, message, help, .. } = &finding.problem;
    let path = path.strip_prefix(root).unwrap().display();
    let line = place.as_ref().map(|place| format!(":{}", place.line)).unwrap_or_default();
    let help = help.as_ref().and_then(|help| help.lines().next());
    let help = help.map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{path}{line} {:?}: {message}{help}", finding.severity)
}

#[test]
fn this_course_has_no_fault() {
    assert_eq!(Project::copied().findings(), Vec::<String>::new());
}

#[test]
fn every_fault_is_found_where_it_stands() {
    let project = Project::copied();
    // Cases and rules.
    project.change("fixtures/softmax.toml", "expected = [[0.5, 0.5]]", "expected = [[0.5, 0.4]]");
    let case = "\n[[case]]\nname = \"again\"\nfunction = \"dot\"\nargs = [[0.5], [0.25]]\n";
    project.add("fixtures/dot.toml", &format!("{case}expected = 0.125\n"));
    let loose = "args     = [[3], [-7]]\ntolerance = { rel = 2, abs = 0 }\n";
    project.change("fixtures/dot.toml", "args     = [[3], [-7]]\n", loose);
    let tight = "args     = [[0.1, 0.2, 0.3], [0.5, 0.25, 0.125]]\n";
    project.change("fixtures/dot.toml", tight, &format!("{tight}ulps = 1\n"));
    project.change("fixtures/multiply.toml", "forbid  = [\"for\"", "forbid  = [\"fro\"");
    project.change(
        "fixtures/outer.toml",
        "require = [\"for\", \"while\", \"loop\"]",
        "forbid = [\"for\"]",
    );
    project.change(
        "fixtures/vector_ops.toml",
        "function = \"reciprocal\"",
        "function = \"reciprocl\"",
    );
    project.change(
        "fixtures/vector_ops.toml",
        "args     = [[10, 0, -10], -2.5]",
        "args = [[10, 0, -10]]",
    );
    project.change("fixtures/l2_loss.toml", "weight   = 2", "weight   = 100");
    // Mistakes.
    let squares = "x: &Array1<f64>, y: &Array1<f64>) -> f64 { (x - y).abs().sum() }";
    project.add_mistake("l1_loss", "harmless", &format!("pub fn harmless({squares}"));
    project.add_mistake("l1_loss", "single", "pub fn single(x: f64) -> f64 { x }");
    let mean = "x: &Array1<f64>, y: &Array1<f64>) -> f64 { (x - y).abs().mean().unwrap_or(0.0) }";
    project.add_mistake("l1_loss", "average", &format!("pub fn average({mean}"));
    project.add_mistake("l1_loss", "hidden", "fn hidden(x: f64) -> f64 { x }");
    // References and stubs.
    project.remove("solutions/src/basic_sigmoid.rs");
    project.change(
        "solutions/src/normalize_rows.rs",
        "pub fn row_norms(",
        "pub fn row_norms(_: Nothing, ",
    );
    project.change("exercises/src/hello_world.rs", "    todo!()\n}", "    \"Hello\".into()\n}");
    let macros = "macro_rules! todo {\n    () => {\n        0.0\n    };\n}\n\n/// ";
    project.change("exercises/src/l1_loss.rs", "\n/// ", &format!("\n{macros}"));
    project.change("exercises/src/image2vector.rs", "-> Array2<f64>", "-> Array3<f64>");
    project.change("exercises/src/sigmoid.rs", "//! # ", "//! ## ");
    project.remove("exercises/src/sigmoid_derivative.rs");
    // Files.
    fs::write(project.path("fixtures/unused.npy"), "").unwrap();
    fs::write(project.path("exercises/src/old.rs"), "").unwrap();
    project.change("exercises/src/lib.rs", "pub mod l2_loss;", "");
    project.change("fixtures/general_dot.toml", "\"The result has", "\"\", \"The result has");
    insta::assert_snapshot!(project.findings().join("\n"), @r#"
    exercises/src/hello_world.rs:39 Error: the body of `hello_world` is not `todo!()` (`cargo grade reset hello_world` makes it from the reference)
    exercises/src/image2vector.rs:59 Error: `image2vector` has other types than in the reference (there it is `pub fn image2vector(image: &Array3<f64>) -> Array2<f64>`)
    exercises/src/l1_loss.rs:39 Warning: this is not as in the reference, of which the stub is made (`cargo grade reset l1_loss` makes it from the reference)
    exercises/src/lib.rs Error: `l2_loss` is no public module of this crate (add `pub mod l2_loss;`)
    exercises/src/normalize_rows.rs:69 Error: `row_norms` has other types than in the reference (there it is `pub fn row_norms(_: Nothing, x: &Array2<f64>) -> Array2<f64>`)
    exercises/src/old.rs Warning: this file is no exercise's, and none uses it (write a fixture `old.toml`, or remove the file)
    exercises/src/sigmoid.rs:1 Warning: this is not as in the reference, of which the stub is made (`cargo grade reset sigmoid` makes it from the reference)
    exercises/src/sigmoid_derivative.rs Error: `sigmoid_derivative` has no stub (`cargo grade reset sigmoid_derivative` makes it from the reference)
    fixtures/dot.toml:42 Warning: the tolerance of `fractions, with a loop` is tighter than rounding allows (two right formulas differ in the last bits: allow `ulps = 4`)
    fixtures/dot.toml:57 Error: the tolerance of `one element, with a loop` is so wide that zeros pass (give it a smaller `tolerance`)
    fixtures/dot.toml:180 Error: `again` asks the same as `one element` (change its arguments or remove it; the other stands in dot.toml on line 104)
    fixtures/general_dot.toml Warning: a hint for `general_dot` is empty (write it, or leave it out)
    fixtures/l1_loss.toml:26 Error: the stub passes `a perfect prediction costs nothing` (nothing in exercises/src/l1_loss.rs may earn points)
    fixtures/l1_loss.toml:63 Error: the stub passes `nothing predicted` (nothing in exercises/src/l1_loss.rs may earn points)
    fixtures/l1_loss.toml:116 Error: `harmless` loses no points: every case passes (add a case of `l1_loss` that tells them apart)
    fixtures/l1_loss.toml:120 Error: no function that a case calls takes the arguments of `single` (a mistake takes exactly what the function takes that it stands for)
    fixtures/l1_loss.toml:124 Error: whoever makes `average` in `l1_loss` is told of another (`mean` comes first and is wrong in the same way; add a case that tells them apart)
    fixtures/l1_loss.toml:128 Error: the module `mistakes` of the reference has no public function `hidden`
    fixtures/l2_loss.toml:13 Error: `l2_loss` earns too much by always returning what `the notebook's predictions` expects (it earns 100 of 114, the weights of all that asks it; add others)
    fixtures/multiply.toml:14 Warning: this rule of `multiply` names `fro` (nothing in the references is called so; did you mean `for`?)
    fixtures/outer.toml:13 Error: the reference breaks its own rule, classic_outer: without `for` (`for` is not allowed in `classic_outer`: use ndarray's methods (solutions/src/outer.rs:67, solutions/src/outer.rs:68))
    fixtures/softmax.toml:25 Error: the reference fails `large scores do not overflow`: wrong value (expected [[0.5, 0.4]], and [[0.5, 0.5]] came)
    fixtures/unused.npy Warning: no fixture names this file (name it in an argument, as in `{ npy = "cat.npy" }`, or remove it)
    fixtures/vector_ops.toml:84 Error: the reference does not take the arguments of `a negative number added` (the function takes 2 arguments, the call has 1)
    fixtures/vector_ops.toml:128 Error: the reference has no public function `reciprocl` (did you mean `reciprocal`?)
    solutions/src/basic_sigmoid.rs Error: `basic_sigmoid` has no reference (write the solution there, from which the stub is made)
    solutions/src/normalize_rows.rs Error: the reference of `normalize_rows` does not compile (error[E0425]: cannot find type `Nothing` in this scope)
    "#);
}

const DOUBLE: &str = "//! Twice.

pub fn double(x: f64) -> f64 {
    x + x
}

pub mod mistakes {
    pub fn panicking(x: f64) -> f64 {
        assert!(x != 3.0);
        x + x
    }

    pub fn timed(x: f64) -> std::time::Duration {
        std::time::Duration::from_secs_f64(x)
    }

    pub fn same(x: f64) -> f64 {
        x
    }
}
";

#[test]
fn an_answer_without_work_and_functions_that_cannot_be_called_are_found() {
    let case = |name: &str, arg: &str, expected: &str| {
        format!("[[case]]\nname = \"{name}\"\nargs = [{arg}]\nexpected = {expected}\n")
    };
    let mistake = |name: &str| format!("[[mistake]]\nfunction = \"{name}\"\nfeedback = \"No.\"\n");
    let double = "title = \"Double\"\npoints = 1\n".to_owned()
        + &case("nothing", "0", "0")
        + &case("no sign", "-0.0", "0")
        + &case("without bounds", "inf", "inf")
        + &case("three", "3", "6")
        + &["panicking", "timed", "same", "sane"].map(mistake).concat();
    let timed = "title = \"Timed\"\npoints = 1\nhints = [\"?\"]\n".to_owned()
        + &case("one", "1", "1")
        + &case("two", "2", "2");
    let project = Project::of(&[
        (
            "fixtures/course.toml",
            "version = 1\ntitle = \"Test\"\n[[section]]\ntitle = \"All\"\nexercises = [\"double\", \"timed\"]\n",
        ),
        ("fixtures/double.toml", &double),
        ("fixtures/timed.toml", &timed),
        ("solutions/src/lib.rs", "pub mod double;\nmod timed;\n"),
        ("solutions/src/double.rs", DOUBLE),
        (
            "solutions/src/timed.rs",
            "pub fn timed(x: f64) -> std::time::Duration {\n    crate::used::timed(x)\n}\n",
        ),
        (
            "solutions/src/used.rs",
            "pub fn timed(x: f64) -> std::time::Duration {\n    std::time::Duration::from_secs_f64(x)\n}\n",
        ),
        ("exercises/src/double.rs", "//! Twice.\n"),
        (
            "exercises/src/timed.rs",
            "pub fn timed(x: f64) -> std::time::Duration {\n    todo!()\n}\n",
        ),
    ]);
    insta::assert_snapshot!(project.findings().join("\n"), @r#"
    exercises/src/double.rs Error: the stub has no public function `double` (`cargo grade reset double` makes it from the reference)
    exercises/src/lib.rs Error: `double` is no public module of this crate (add `pub mod double;`)
    exercises/src/lib.rs Error: `timed` is no public module of this crate (add `pub mod timed;`)
    fixtures/double.toml Warning: there is no hint for `double` (add `hints`, from gentle to nearly the answer)
    fixtures/double.toml:4 Warning: a table of right results earns all points of `double` (add a `[[generated]]`, whose inputs nobody knows before)
    fixtures/double.toml:4 Error: `double` earns too much by always returning argument 0 as it came (it earns 3 of 4, the weights of all that asks it; add others)
    fixtures/double.toml:20 Warning: `panicking` never returns a wrong value, so its feedback is never shown (a mistake is recognised by what it returns)
    fixtures/double.toml:23 Error: the grader cannot call `timed` (error[E0277]: the grader cannot call this function)
    fixtures/double.toml:29 Error: the module `mistakes` of the reference has no public function `sane` (did you mean `same`?)
    fixtures/timed.toml:5 Error: the grader cannot call `timed` of the reference (error[E0277]: the grader cannot call this function)
    solutions/src/lib.rs Error: `timed` is no public module of this crate (add `pub mod timed;`)
    "#);
}

const ROOT: &str = "//! Roots.

pub fn root(x: f64) -> f64 {
    assert!(x >= 0.0);
    x.sqrt()
}

pub mod mistakes {
    pub fn wrong_for_large_numbers(x: f64) -> f64 {
        if x > 100.0 { 0.0 } else { x.sqrt() }
    }
}
";

#[test]
fn trials_are_checked_with_many_seeds_and_catch_mistakes() {
    let fixture = "title = \"Root\"\npoints = 1\nhints = [\"?\"]\n\
        [[case]]\nname = \"four\"\nargs = [4]\nexpected = 2\n\
        [[case]]\nname = \"nine\"\nargs = [9]\nexpected = 3\n\
        [[generated]]\nname = \"large numbers\"\nargs = [{ range = [200, 300] }]\n\
        [[generated]]\nname = \"any numbers\"\nargs = [{ range = [-1, 1] }]\n\
        [[generated]]\nname = \"vague\"\nargs = [{ range = [1, 9] }]\ntolerance = { rel = 3 }\n\
        [[property]]\nname = \"small\"\nargs = [{ range = [0, 9] }]\nholds = { range = [0, 2] }\n\
        [[property]]\nname = \"at most three\"\nruns = 2\n\
        args = [{ range = [0, 9.8] }]\nholds = { range = [0, 3] }\n\
        [[property]]\nname = \"not negative\"\nweight = 4\n\
        args = [{ range = [0, 9] }]\nholds = { range = [0, 100] }\n\
        [[mistake]]\nfunction = \"wrong_for_large_numbers\"\nfeedback = \"No.\"\n";
    let project = Project::of(&[
        (
            "fixtures/course.toml",
            "version = 1\ntitle = \"Test\"\n[[section]]\ntitle = \"All\"\nexercises = [\"root\"]\n",
        ),
        ("fixtures/root.toml", fixture),
        ("solutions/src/lib.rs", "pub mod root;\n"),
        ("solutions/src/root.rs", ROOT),
        ("exercises/src/lib.rs", "pub mod root;\n"),
        ("exercises/src/root.rs", "//! Roots.\n\npub fn root(x: f64) -> f64 {\n    todo!()\n}\n"),
    ]);
    insta::assert_snapshot!(project.findings().join("\n"), @r#"
    fixtures/root.toml:9 Error: `root` earns too much by always returning what `nine` expects (it earns 6 of 11, the weights of all that asks it; add others)
    fixtures/root.toml:16 Error: the references cannot judge `any numbers` with seed 0 (root panics (assertion failed: x >= 0.0))
    fixtures/root.toml:19 Error: the tolerance of `vague` is so wide that zeros pass (give it a smaller `tolerance`)
    fixtures/root.toml:23 Error: the reference fails `small` with seed 0: wrong value (the element is 2.1447610589527217, which does not lie from 0 to 2)
    fixtures/root.toml:27 Error: the reference fails `at most three` with seed 4: wrong value (the element is 3.0659419433511785, which does not lie from 0 to 3)
    "#);
}
