//! Many attempts in one submission, each of which the box must deny.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command};

use tempfile::TempDir;

use crate::attack::{BOX_AND_LOOK, LOOK, attacked, case, costs_nothing, grade, has_box, shown};
use crate::project::{Graded, Submission, root};

/// What an attempt comes to where there is no box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// It succeeds.
    Works,
    /// It depends on the user, the container or the kernel.
    Depends,
    /// It is asked for in a way that the kernel refuses after it has decided whether it is allowed,
    /// because it would do harm here if it succeeded.
    Harmless,
    /// It is not made, because it would end the worker or the grader.
    NotTried,
}

/// An attempt: its name, what it comes to without a box, and an expression of an `io::Result`.
pub type Probe = (&'static str, Bare, &'static str);

/// Tells the grader how an attempt ended.
const TELL: &str = r#"
fn tell<T>(name: &str, attempt: std::io::Result<T>) {
    match attempt {
        Ok(_) => println!("{name}: ESCAPED"),
        Err(error) => println!("{name}: {}", error.raw_os_error().unwrap_or(0)),
    }
}
"#;

/// A submission that makes the attempts in the attacked case. They may use `ROOT`, the course's
/// folder, `FOLDER` and `PROCESS`, which are the bait, and `prelude`.
fn probing(probes: &[Probe], prelude: &str, bait: &Bait) -> Submission {
    let attempts = probes.iter().map(|(name, _, attempt)| {
        format!("tell({name:?}, (|| -> std::io::Result<_> {{ {attempt} }})());\n")
    });
    let submission = attacked(&attempts.collect::<String>());
    let file = submission.folder().join("softmax.rs");
    let text = fs::read_to_string(&file).unwrap();
    let (root, folder, process) = (root(), bait.folder.path(), bait.process.id());
    let consts = format!(
        "const ROOT: &str = {root:?};\nconst FOLDER: &str = {folder:?};\nconst PROCESS: u32 = {process};\n"
    );
    let unsound = include_str!("unsound.rs");
    submission
        .with("softmax.rs", &format!("{text}\n{consts}{TELL}{prelude}"))
        .with("unsound.rs", unsound)
}

/// How each attempt ended: well for the attacker, or with the number of an error.
fn outcomes<'a>(graded: &Graded, probes: &'a [Probe]) -> Vec<(&'a Probe, Result<(), i32>)> {
    let output = shown(case(graded), "stdout");
    let told: BTreeMap<&str, &str> =
        output.lines().filter_map(|line| line.split_once(": ")).collect();
    let outcome = |probe: &'a Probe| match told.get(probe.0) {
        None => panic!("{probe:?} did not end: {:#}", case(graded)),
        Some(&"ESCAPED") => (probe, Ok(())),
        Some(error) => (probe, Err(error.parse().unwrap())),
    };
    probes.iter().map(outcome).collect()
}

/// The errors that mean "not allowed", and not "not like this": EPERM, EACCES and ENOSYS.
const DENIED: [i32; 3] = [1, 13, 38];

/// What an attempt may go for: a folder with a file in it, and a process of the same user, as the
/// grader is one. Attacks on the grader itself would end the test where they succeed.
struct Bait {
    folder: TempDir,
    process: Child,
}

impl Bait {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), "secret").unwrap();
        let process = Command::new("sleep").arg("60").spawn().unwrap();
        Self { folder, process }
    }

    fn assert_untouched(&mut self) {
        assert_eq!(fs::read_to_string(self.folder.path().join("secret")).unwrap(), "secret");
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 1);
        assert_eq!(self.process.try_wait().unwrap(), None);
    }
}

impl Drop for Bait {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// Makes the attempts in the box, where each must be denied and cost nothing, and without one,
/// where they must work. Nobody looks at the tokens either time: the box must do without that.
pub fn denied(probes: &[Probe], prelude: &str) {
    let mut bait = Bait::new();
    let graded = grade(&probing(probes, prelude, &bait), LOOK, &["softmax"]);
    if has_box(&graded) {
        costs_nothing(&graded);
        for (probe, outcome) in outcomes(&graded, probes) {
            let denied = outcome.is_err_and(|error| DENIED.contains(&error));
            assert!(denied, "{probe:?} came to {outcome:?}");
        }
        bait.assert_untouched();
    }

    let bait = Bait::new();
    let tried: Vec<Probe> =
        probes.iter().filter(|(_, bare, _)| *bare != Bare::NotTried).copied().collect();
    let graded = grade(&probing(&tried, prelude, &bait), BOX_AND_LOOK, &["softmax"]);
    for (probe, outcome) in outcomes(&graded, &tried) {
        let as_told = match probe.1 {
            Bare::Works => outcome.is_ok(),
            Bare::Depends => true,
            Bare::Harmless | Bare::NotTried => outcome.is_err(),
        };
        assert!(as_told, "{probe:?} came to {outcome:?} without a box");
    }
}
