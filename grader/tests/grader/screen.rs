//! A program on a terminal, as somebody in front of it sees it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};
use vt100::Parser;

/// How long anything on the screen may take to come: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with a program in it.
pub struct Screen {
    pub child: Child,
    master: File,
    slave: File,
    seen: Arc<Mutex<(Parser, Vec<u8>)>>,
}

impl Screen {
    /// Starts a program on a terminal of this size.
    pub fn open(mut command: Command, columns: u16, rows: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, size).unwrap();
        let master = File::from(master);
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        command.env("TERM", "xterm-256color");
        let child = command.stdin(stdio()).stdout(stdio()).stderr(stdio()).spawn().unwrap();
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

    /// What is on the screen.
    pub fn text(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub fn shows(&self, part: &str) {
        self.line(&[part]);
    }

    /// Waits until there is a line with all of this.
    #[track_caller]
    pub fn line(&self, parts: &[&str]) -> String {
        let start = Instant::now();
        loop {
            let text = self.text();
            if let Some(line) = text.lines().find(|it| parts.iter().all(|part| it.contains(part))) {
                return line.to_owned();
            }
            assert!(start.elapsed() < PATIENCE, "{parts:?} does not come:\n{text}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    /// Whether the terminal is as it was once all that was sent has come: lines are edited and echoed,
    /// and the cursor is there.
    pub fn is_put_back(&self) -> bool {
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
