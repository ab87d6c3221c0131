//! A learner's hour in front of `watch`, on a terminal and without one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::project::{Project, root};
use crate::screen::Screen;

/// A solution of softmax that never returns.
const ENDLESS: &str = "use ndarray::Array2;\n\n\
    pub fn softmax(_: &Array2<f64>) -> Array2<f64> {\n    loop {\n        std::hint::spin_loop();\n    }\n}\n";

fn command(project: &Project) -> Command {
    project.command(&["watch"])
}

/// The solution of an exercise.
fn solution(name: &str) -> String {
    fs::read_to_string(root().join(format!("solutions/src/{name}.rs"))).unwrap()
}

#[test]
fn an_evening_in_front_of_it() {
    let project = Project::in_workspace();
    let mut screen = Screen::open(command(&project), 90, 40);
    screen.shows("hello_world  0/10  not implemented");
    screen.shows("0 of 14 done");

    // An editor that writes a new file and renames it.
    project.write("exercises/src/.hello_world.rs.new", &solution("hello_world"));
    let [new, file] = ["exercises/src/.hello_world.rs.new", "exercises/src/hello_world.rs"]
        .map(|file| project.path().join(file));
    fs::rename(new, file).unwrap();
    screen.shows("Every case passes.");
    screen.shows("1 of 14 done");

    // A loop without end is stopped by the next save, and keys are answered meanwhile.
    project.write("exercises/src/softmax.rs", ENDLESS);
    screen.shows("grading …");
    screen.press("l");
    screen.shows("Search:");
    screen.press("soft");
    screen.shows("Search: soft");
    screen.press("\r");
    screen.shows("softmax  0/10");
    project.write("exercises/src/softmax.rs", &solution("softmax"));
    screen.shows("softmax  10/10  passed");

    // What does not compile is shown, and so is a fixture that is wrong.
    project.write("exercises/src/dot.rs", "pub fn dot( {\n");
    screen.shows("unclosed delimiter");
    let fixture = project.read("fixtures/dot.toml");
    project.write("fixtures/dot.toml", &fixture.replacen("weight", "weigth", 1));
    screen.shows("did you mean `weight`?");
    project.write("fixtures/dot.toml", &fixture);
    screen.shows("unclosed delimiter");

    screen.press("x");
    screen.shows("Begin this exercise again?");
    screen.press("y");
    screen.shows("dot.rs is a stub again.");
    screen.shows("dot  0/10  not implemented");

    screen.press("q");
    assert!(screen.child.wait().unwrap().success());
    assert!(screen.is_put_back());
}

#[test]
fn the_terminal_is_put_back_after_a_signal_and_after_a_loop() {
    let project = Project::in_workspace();
    project.write("exercises/src/softmax.rs", ENDLESS);
    for end in ["TERM", "key"] {
        let mut screen = Screen::open(command(&project), 60, 20);
        screen.shows("grading …");
        match end {
            "key" => screen.press("\u{3}"),
            signal => {
                let id = screen.child.id().to_string();
                assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
            }
        }
        let status = screen.child.wait().unwrap();
        assert_eq!(status.code(), Some(if end == "key" { 0 } else { 143 }), "{end}");
        assert!(screen.is_put_back(), "{end}");
    }
}

#[test]
fn without_a_terminal_there_is_a_report_for_each_save() {
    let project = Project::in_workspace();
    let mut child = command(&project)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut total = || {
        let total = lines.find(|line| line.as_ref().unwrap().starts_with("Total"));
        let total = total.unwrap().unwrap();
        lines.find(|line| line.as_ref().unwrap().starts_with("Waiting")).unwrap().unwrap();
        total
    };
    assert!(total().contains(" 0/140"));
    project.write("exercises/src/hello_world.rs", &solution("hello_world"));
    assert!(total().contains(" 10/140"));
    child.kill().unwrap();
    child.wait().unwrap();
}
