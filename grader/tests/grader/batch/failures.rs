//! What the grader fails at, which is no fault of those who handed in.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use super::class::{Class, SMALL, count, end};
use crate::processes::{once_it_runs, signal};
use crate::project::text;

/// Grades a class of one while somebody kills its worker once.
fn killed_once(class: &Class, args: &[&str]) -> Output {
    class.hand_in(0, "if x == 3.0 { std::thread::sleep(std::time::Duration::from_millis(1500)); }");
    let watched = once_it_runs(&mut class.command(args), "worker", |_, worker| {
        // Once it has a call to make; before that it would be started again.
        std::thread::sleep(Duration::from_millis(400));
        signal(worker.id, "KILL");
    });
    watched.output
}

/// A grader in a shell that may mount things: `script` has a folder as `$0` and the command as `$@`.
fn in_shell(script: &str, folder: &Path, grader: &Command) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script]).arg(folder);
    command.arg(grader.get_program()).args(grader.get_args());
    command.envs(grader.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(SMALL.path());
    command
}

#[test]
fn what_fails_gets_no_score_and_is_tried_again_by_the_next_run() {
    let class = Class::empty();
    let output = killed_once(&class, &["--retry-errors", "0"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let record = class.record("s00");
    let reason = record["outcome"]["grader_error"].as_str().unwrap();
    assert!(reason.contains("killed, and not by the grader"), "{reason}");
    assert_eq!(count(&class.grade(&[]), "graded"), 1);
}

#[test]
fn what_fails_once_is_tried_again_by_the_same_run() {
    let class = Class::empty();
    let output = killed_once(&class, &["--json-progress"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(class.record("s00")["outcome"]["graded"]["percent"], 100);
    let end = end(&output);
    assert_eq!((count(&end, "graded"), count(&end, "grader_errors")), (1, 0));
    assert!(end["seconds"].as_f64().unwrap() > 1.0, "there was no pause: {end}");
}

#[test]
fn where_everything_fails_the_rest_is_left() {
    let class = Class::empty();
    // Nothing like it was compiled before.
    (0..8).for_each(|number| class.hand_in(number, "let _about = \"hopeless\";"));
    // But for the references.
    Class::of(1).grade(&[]);
    let scratch = SMALL.path().join("target/grader/scratch");
    let without_room = |args: &[&str]| {
        let grader = class.command(&[&["--jobs", "1", "--retry-errors", "0"], args].concat());
        let script = "mount -t tmpfs -o nr_inodes=1 none \"$0\" && \"$@\"";
        in_shell(script, &scratch, &grader).output().unwrap()
    };
    let output = without_room(&["--json-progress"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let end = end(&output);
    assert_eq!((count(&end, "grader_errors"), count(&end, "left")), (5, 3));
    let stderr = text(&output.stderr);
    assert_eq!(stderr.matches("the grader failed for s0").count(), 5, "{stderr}");
    assert!(stderr.contains("Stopped: the grader failed 5 times in a row."), "{stderr}");
    let records = class.records();
    assert_eq!(records.len(), 5);
    for record in records.values() {
        let reason = record["outcome"]["grader_error"].as_str().unwrap();
        assert!(reason.contains("No space left on device"), "{reason}");
    }
    let stdout = text(&without_room(&[]).stdout);
    assert!(stdout.contains("The grader failed for 5 submissions, which got no score"), "{stdout}");
    assert!(
        stdout.contains("Give the same command again to go on: 3 submissions left"),
        "{stdout}"
    );
    assert_eq!(count(&class.grade(&[]), "graded"), 8);
}

#[test]
fn a_full_disk_tears_nothing() {
    let class = Class::of(6);
    let (results, saved) = (class.results(), class.folder.path().join("saved"));
    fs::create_dir(&results).unwrap();
    let script = "mount -t tmpfs -o size=96k none \"$0\" && \"$@\"; code=$?; \
                  cp -r \"$0\" \"$SAVED\"; exit $code";
    let mut grader = in_shell(script, &results, &class.command(&[]));
    let output = grader.env("SAVED", &saved).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(text(&output.stderr).contains("No space left on device"), "{output:?}");
    fs::remove_dir(&results).unwrap();
    fs::rename(&saved, &results).unwrap();
    let kept = class.records();
    assert!((1..6).contains(&kept.len()), "{}", kept.len());
    assert_eq!(count(&class.grade(&[]), "unchanged"), kept.len() as u64);
}
