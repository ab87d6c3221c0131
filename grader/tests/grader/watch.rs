//! A learner's hour in front of `watch`, on a terminal and without one.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};
use vt100::Parser;

use crate::project::{Project, root};

/// How long anything on the screen may take to come: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A solution of softmax that never returns.
const ENDLESS: &str = "use ndarray::Array2;\n\n\
    pub fn softmax(_: &Array2<f64>) -> Array2<f64> {\n    loop {\n        std::hint::spin_loop();\n    }\n}\n";

/// A terminal with a watch in it.
struct Screen {
    child: Child,
    master: File,
    slave: File,
    seen: Arc<Mutex<(Parser, Vec<u8>)>>,
}

impl Screen {
    fn open(project: &Project, columns: u16, rows: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, size).unwrap();
        let master = File::from(master);
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        let child =
            command(project).stdin(stdio()).stdout(stdio()).stderr(stdio()).spawn().unwrap();
        let seen = Arc::new(Mutex::new((Parser::new(rows, columns, 0), Vec::new())));
        let (mut reader, sink) = (master.try_clone().unwrap(), Arc::clone(&seen));
        let read = move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let (parser, bytes) = &mut *sink.lock().unwrap();
                parser.process(&buffer[..count]);
                bytes.extend(&buffer[..count]);
            }
        };
        thread::Builder::new().spawn(read).unwrap();
        Self { child, master, slave, seen }
    }

    fn text(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    /// Waits until this is on the screen.
    #[track_caller]
    fn shows(&self, part: &str) {
        let start = Instant::now();
        while !self.text().contains(part) {
            assert!(start.elapsed() < PATIENCE, "{part:?} does not come:\n{}", self.text());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn press(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    /// Whether the terminal is as it was once all that was sent has come: lines are edited and echoed,
    /// and the cursor is there.
    fn is_put_back(&self) -> bool {
        let start = Instant::now();
        while start.elapsed() < PATIENCE && !self.is_as_before() {
            thread::sleep(Duration::from_millis(20));
        }
        self.is_as_before()
    }

    fn is_as_before(&self) -> bool {
        let modes = tcgetattr(self.slave.as_fd()).unwrap().local_modes;
        let bytes = &self.seen.lock().unwrap().1;
        let sent = |code: &[u8]| bytes.windows(code.len()).any(|it| it == code);
        modes.contains(LocalModes::ICANON | LocalModes::ECHO)
            && sent(b"\x1b[?1049l")
            && sent(b"\x1b[?25h")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn command(project: &Project) -> Command {
    let mut command = project.command(&["watch"]);
    command.env("TERM", "xterm-256color");
    command
}

/// The solution of an exercise.
fn solution(name: &str) -> String {
    fs::read_to_string(root().join(format!("solutions/src/{name}.rs"))).unwrap()
}

#[test]
fn an_evening_in_front_of_it() {
    let project = Project::in_workspace();
    let mut screen = Screen::open(&project, 90, 40);
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
        let mut screen = Screen::open(&project, 60, 20);
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
