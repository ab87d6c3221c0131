//! A class: what became of each submission, whatever happened while it was graded.

mod class;
mod failures;
mod joint;
mod progress;
mod slurm;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use self::class::{Class, SMALL, answer, count, end};
use crate::processes::{below, once_it_runs, signal, soon};
use crate::project::{root, text};

/// Laid over the course; its cases are hidden.
const OVERLAY: &str = "[[case]]\nname = \"the secret one\"\nargs = [7.5]\nexpected = 15.0\n";

#[test]
fn only_what_is_missing_or_changed_is_graded() {
    let class = Class::of(3);
    class.file("bob.zip", "no archive");
    class.file("carol/homework.docx", "");
    class.file("notes.txt", "");
    let first = class.grade(&[]);
    assert_eq!((count(&first, "graded"), count(&first, "unreadable")), (3, 2));
    let before = class.records();
    assert_eq!(before["s00"]["outcome"]["graded"]["percent"], 100);
    let reason = |id: &str| before[id]["outcome"]["unreadable"].as_str().unwrap().to_owned();
    assert_eq!(reason("bob"), "it is neither a folder nor a .zip or .tar.gz archive");
    assert_eq!(reason("carol"), "it holds no `.rs` files that can be taken: homework.docx");
    let second = class.grade(&[]);
    assert_eq!((count(&second, "graded"), count(&second, "unchanged")), (0, 5));
    class.file("s01/square.rs", "pub fn square(x: f64) -> f64 { x }\n");
    fs::remove_file(class.results().join("records/s02.json")).unwrap();
    let third = class.grade(&[]);
    assert_eq!((count(&third, "graded"), count(&third, "unchanged")), (2, 3));
    let mut after = class.records();
    assert_eq!(after["s01"]["outcome"]["graded"]["score"], 10);
    assert_eq!(after["s00"], before["s00"]);
    fs::remove_dir_all(class.submissions().join("s00")).unwrap();
    let output = class.output(&[]);
    assert!(
        text(&output.stdout)
            .contains("1 record of submissions that are not there any more stay: s00.")
    );
    assert!(text(&output.stdout).contains("1 left out, being no submission: notes.txt."));
    assert_eq!(after.remove("s00").unwrap(), class.record("s00"));
    let other_seed = class.grade(&["--seed", "5"]);
    assert_eq!(count(&other_seed, "graded"), 2);
}

#[test]
fn names_of_platforms_tell_who_handed_what_in() {
    let class = Class::empty();
    let double = answer("double", "");
    class.file("smithjohn_LATE_12_90_double-1.rs", &double);
    class.file("smithjohn_12_80_double.rs", "broken");
    class.file("smithjohn_12_91_square.rs", &answer("square", ""));
    class.file("smithjohn_12_92_report.pdf", "");
    class.file("doejane_13_93_essay.pdf", "");
    class.file("Jane Smith_7_assignsubmission_file_/hw/double.rs", &double);
    class.file("submission_5/double.rs", &double);
    class.file(
        "submission_metadata.yml",
        "submission_5:\n  :submitters:\n  - :name: Jo\n    :sid: '0042'\n",
    );
    class.file("checkout/exercises/src/double.rs", &double);
    class.file("checkout/Cargo.toml", "");
    class.file("Alice/double.rs", &double);
    class.file("alice/double.rs", &double);
    class.file("zo\u{eb}\u{1b}[2J/double.rs", &double);
    class.file(&format!("{}/double.rs", "x".repeat(255)), &double);
    std::os::unix::fs::symlink("alice", class.submissions().join("link")).unwrap();
    class.grade(&[]);
    let records = class.records();
    let told = |id: &str| {
        let record = &records[id];
        let outcome = &record["outcome"];
        let result = outcome["graded"]["score"].as_i64().map_or_else(
            || outcome["unreadable"].as_str().unwrap().to_owned(),
            |score| score.to_string(),
        );
        let [student, name, attempt] = ["student", "name", "attempt"]
            .map(|key| record[key].as_str().unwrap_or("-").to_owned());
        format!("{student} {name} {attempt} {result}")
    };
    assert_eq!(told("smithjohn_12"), "12 smithjohn 000000000092 20");
    assert_eq!(told("doejane_13"), "13 doejane 000000000093 it holds no `.rs` files: essay.pdf");
    assert_eq!(told("Jane_Smith_7"), "7 Jane Smith - 10");
    assert_eq!(told("submission_5"), "0042 Jo 000000000005 10");
    assert_eq!(told("checkout"), "checkout - - 10");
    assert_eq!(told("link"), "link - - it is a symbolic link");
    let ids: Vec<&str> = records.keys().map(String::as_str).collect();
    assert_eq!(ids.len(), 10, "{ids:?}");
    for id in ids {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        assert!(id.len() <= 100 && id.chars().all(plain) && !id.starts_with('.'), "{id}");
    }
}

#[test]
fn each_student_has_a_seed_and_hidden_cases_stay_hidden() {
    let class = Class::of(2);
    for file in ["double.rs", "square.rs"] {
        fs::copy(
            class.submissions().join("s00").join(file),
            class.submissions().join("s01").join(file),
        )
        .unwrap();
    }
    let overlay = tempfile::tempdir().unwrap();
    fs::write(overlay.path().join("double.toml"), OVERLAY).unwrap();
    let fixtures = overlay.path().to_str().unwrap();
    let seed = |record: &Value| record["outcome"]["graded"]["provenance"]["seed"].as_u64().unwrap();
    let everything = || {
        let records = class.records();
        let pages =
            records.keys().map(|id| class.results().join("pages").join(format!("{id}.html")));
        let pages: String = pages.map(|page| fs::read_to_string(page).unwrap()).collect();
        (records.into_values().map(|it| it.to_string()).collect::<String>(), pages)
    };
    class.grade(&["--fixtures", fixtures]);
    let seeds = ["s00", "s01"].map(|id| seed(&class.record(id)));
    assert_ne!(seeds[0], seeds[1]);
    let (records, pages) = everything();
    assert!(!records.contains("secret") && !pages.contains("secret"));
    // What is verified is the same.
    let report = class.folder.path().join("report.json");
    fs::write(&report, class.record("s01")["outcome"]["graded"].to_string()).unwrap();
    let submission = class.submissions().join("s01");
    let [report, submission] = [&report, &submission].map(|path| path.to_str().unwrap());
    SMALL.run(&["verify", report, "--submission", submission, "--fixtures", fixtures]);
    class.grade(&["--fixtures", fixtures, "--reveal", "--same-seed", "--seed", "3"]);
    assert_eq!(["s00", "s01"].map(|id| seed(&class.record(id))), [3, 3]);
    // It was graded once: even the times are the same.
    let [one, other] = ["s00", "s01"].map(|id| class.record(id)["outcome"]["graded"].clone());
    assert_eq!(
        (&one["exercises"], &one["duration_ms"]),
        (&other["exercises"], &other["duration_ms"])
    );
    let (records, pages) = everything();
    assert!(records.contains("the secret one") && !pages.contains("secret"));
}

#[test]
fn shards_share_the_class_among_them() {
    let class = Class::of(6);
    let whole = Class::of(6);
    whole.grade(&[]);
    let mut graded = 0;
    for shard in ["1/3", "2/3", "3/3"] {
        graded += count(&class.grade(&["--shard", shard]), "graded");
    }
    assert_eq!(graded, 6);
    assert_eq!(class.timeless(), whole.timeless());
    let manifest = |name: &str| -> Value {
        let file = class.results().join("shards").join(name);
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
    };
    let manifests = ["1-of-3.json", "2-of-3.json", "3-of-3.json"].map(manifest);
    assert!(manifests.iter().all(|it| it["done"] == true));
    let ids: usize = manifests.iter().map(|it| it["submissions"].as_array().unwrap().len()).sum();
    assert_eq!(ids, 6);
    let mut task = class.command(&["--shard", "auto/2", "--json-progress"]);
    let output = task.env("JOB_COMPLETION_INDEX", "1").output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(count(&end(&output), "graded"), 0);
    assert_eq!(fs::read_dir(class.results().join("shards")).unwrap().count(), 1);
    let wrong = class.output(&["--shard", "auto"]);
    assert_eq!(wrong.status.code(), Some(2));
    let crowd = Class::of(1);
    let graded: u64 =
        ["1/2", "2/2"].map(|it| count(&crowd.grade(&["--shard", it]), "graded")).iter().sum();
    assert_eq!(graded, 1, "one of the shards is empty");
}

#[test]
fn two_graders_at_once_share_the_work() {
    let class = Class::of(8);
    let start = || {
        let mut command = class.command(&["--json-progress"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let graders: Vec<Child> = (0..2).map(|_| start()).collect();
    let ends: Vec<Value> = graders
        .into_iter()
        .map(|grader| {
            let output = grader.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", text(&output.stderr));
            end(&output)
        })
        .collect();
    let sum = |key: &str| -> u64 { ends.iter().map(|end| count(end, key)).sum() };
    assert_eq!(sum("graded"), 8, "{ends:?}");
    assert_eq!(sum("elsewhere") + sum("unchanged"), 8, "{ends:?}");
    assert_eq!(class.records().len(), 8);
    assert_eq!(fs::read_dir(class.results().join("claims")).unwrap().count(), 0);
}

#[test]
fn an_interruption_lets_what_runs_finish_and_the_next_run_goes_on() {
    let class = Class::empty();
    let pause = "std::thread::sleep(std::time::Duration::from_millis(100));";
    (0..8).for_each(|number| class.hand_in(number, pause));
    let mut command = class.command(&["--jobs", "2"]);
    let watched = once_it_runs(&mut command, "worker", |grader, _| {
        assert!(soon(|| class.results().join("claims").is_dir()));
        signal(grader, "INT");
    });
    assert_eq!(watched.output.status.code(), Some(130), "{:?}", watched.output);
    let stdout = text(&watched.output.stdout);
    assert!(stdout.contains("Give the same command again to go on"), "{stdout}");
    let done = class.records();
    assert!((1..8).contains(&done.len()), "{}", done.len());
    assert_eq!(fs::read_dir(class.results().join("claims")).unwrap().count(), 0);
    let end = class.grade(&[]);
    assert_eq!(count(&end, "unchanged"), done.len() as u64);
    assert_eq!(class.records().len(), 8);
}

#[test]
fn without_a_sandbox_a_class_is_graded_only_if_that_is_wanted() {
    let class = Class::of(1);
    let mut refused = class.command(&[]);
    let output = refused.env("GRADER_TEST", "no-box").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--allow-process-isolation"));
    assert!(!class.results().exists());
    let mut allowed = class.command(&["--allow-process-isolation"]);
    assert!(allowed.env("GRADER_TEST", "no-box").output().unwrap().status.success());
    assert_eq!(class.record("s00")["outcome"]["graded"]["isolation"], "process");
}

#[test]
fn folders_that_cannot_be_meant_are_refused() {
    let class = Class::empty();
    let refusal = |command: &mut Command| {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        text(&output.stderr)
    };
    assert!(refusal(&mut class.command(&[])).contains("there are no submissions in"));
    class.file("double.rs", "");
    assert!(refusal(&mut class.command(&[])).contains("`cargo grade run --submission`"));
    let mut inside = SMALL.command(&["batch", "--out"]);
    inside.arg(class.submissions().join("results")).arg(class.submissions());
    assert!(refusal(&mut inside).contains("the results would lie among the submissions"));
    let mut missing = SMALL.command(&["batch", "--out"]);
    missing.arg(class.results()).arg(class.submissions().join("none"));
    assert!(refusal(&mut missing).contains("failed to read the submissions in"));
    assert!(!class.results().exists());
}

#[test]
fn a_grader_that_is_killed_again_and_again_loses_nothing() {
    const KILLS: usize = 50;
    let class = Class::of(12);
    let mut seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos();
    let (mut killed, start) = (0, Instant::now());
    while killed < KILLS {
        let mut command = class.command(&["--jobs", "3"]);
        let mut grader = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        std::thread::sleep(Duration::from_millis(u64::from(seed >> 16) % 700));
        let started = below(grader.id());
        if grader.try_wait().unwrap().is_some() {
            // Nothing was left to do: the class begins again.
            assert_eq!(class.records().len(), 12);
            fs::remove_dir_all(class.results()).unwrap();
            continue;
        }
        signal(grader.id(), "KILL");
        grader.wait().unwrap();
        killed += 1;
        // What there is, is whole.
        class.records();
        assert!(
            soon(|| !started.iter().any(crate::processes::lives)),
            "workers outlive the grader"
        );
    }
    println!("{killed} kills in {:?}", start.elapsed());
    class.grade(&[]);
    let undisturbed = Class::of(12);
    undisturbed.grade(&[]);
    assert_eq!(class.timeless(), undisturbed.timeless());
    let pages = |class: &Class| fs::read_dir(class.results().join("pages")).unwrap().count();
    let drafts = |class: &Class| {
        let names = fs::read_dir(class.results().join("pages")).unwrap().flatten();
        names.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).count()
    };
    assert_eq!(pages(&class) - drafts(&class), 12);
    assert!(!root().join("records").exists());
}
