//! A class in a job array, with programs that stand in for Slurm's and run the tasks at once.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use super::class::Class;
use crate::project::text;

const SBATCH: &str = "#!/bin/sh
for option; do
    case $option in --array=*) tasks=$(echo \"${option#--array=}\" | tr , ' ') ;; esac
done
script=$(cat)
for task in $tasks; do SLURM_ARRAY_TASK_ID=$task sh -c \"$script\" >&2; done
echo 1
";

const SQUEUE: &str = "#!/bin/sh\n";

/// Grades a class with stand-ins for Slurm's programs.
fn grade(class: &Class, args: &[&str]) -> Output {
    let programs = class.folder.path().join("programs");
    fs::create_dir_all(&programs).unwrap();
    for (name, script) in [("sbatch", SBATCH), ("squeue", SQUEUE)] {
        let file = programs.join(name);
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    class.command(args).env("PATH", path).output().unwrap()
}

/// The manifests of the shards.
fn shards(class: &Class) -> Vec<String> {
    let files = fs::read_dir(class.results().join("shards")).unwrap().flatten();
    let mut names: Vec<_> = files.map(|it| it.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_task_has_so_much_work_that_it_is_worth_while() {
    let class = Class::of(20);
    let output = grade(&class, &["--slurm", "8"]);
    let stderr = text(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(shards(&class), ["1-of-1.json"]);
    let fewer = "1 task in place of 8: 20 submissions would give each task less than 30 s of work \
                 (--task-seconds)";
    assert!(stderr.contains(fewer), "{stderr}");
    assert_eq!(class.records().len(), 20);

    let output = grade(&class, &["--slurm", "2", "--task-seconds", "1"]);
    let stderr = text(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(shards(&class), ["1-of-2.json", "2-of-2.json"]);
    assert!(!stderr.contains("in place of"), "{stderr}");
}
