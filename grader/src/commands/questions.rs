//! Questions that are answered on the terminal, one after another.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use super::screen;
use crate::interrupt;

/// The answer to a question about one of many things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// This one.
    Yes,
    /// Not this one.
    No,
    /// This one and all that follow.
    All,
    /// Neither this one nor what follows.
    Quit,
}

/// Whoever sits at the terminal.
#[derive(Debug)]
pub struct Questions {
    lines: Receiver<String>,
}

impl Questions {
    /// Begins to ask; `None` if there is no terminal.
    ///
    /// # Errors
    ///
    /// If no thread can be started.
    pub fn begin() -> Result<Option<Self>> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Ok(None);
        }
        let (sender, lines) = channel();
        // It waits for lines in a thread of its own, because Ctrl-C does not end a wait for one.
        let read = move || {
            let mut lines = io::stdin().lines().map_while(io::Result::ok);
            while lines.next().is_some_and(|line| sender.send(line).is_ok()) {}
        };
        let reader = thread::Builder::new().name("answers".into());
        reader.spawn(read).context("failed to start a thread")?;
        Ok(Some(Self { lines }))
    }

    /// Asks until the answer is understood. Who closes the terminal quits.
    ///
    /// # Errors
    ///
    /// If the grader is told to stop.
    pub fn ask(&self, question: &str) -> Result<Answer> {
        loop {
            screen::print(format!("{question} [y/n/a/q] ").as_bytes())?;
            if let Some(answer) = self.answer()? {
                return Ok(answer);
            }
            screen::print(b"y: yes, n: no, a: this and all that follow, q: no more\n")?;
        }
    }

    /// The next answer; `None` if it is not understood.
    fn answer(&self) -> io::Result<Option<Answer>> {
        let line = interrupt::receive(&self.lines, Duration::MAX, &mut || Ok(()))?;
        Ok(line.map_or(Some(Answer::Quit), |line| understood(&line)))
    }
}

fn understood(line: &str) -> Option<Answer> {
    match line.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(Answer::Yes),
        "n" | "no" => Some(Answer::No),
        "a" | "all" => Some(Answer::All),
        "q" | "quit" => Some(Answer::Quit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_words_are_understood() {
        for (line, answer) in [
            ("y", Some(Answer::Yes)),
            (" No \r", Some(Answer::No)),
            ("A", Some(Answer::All)),
            ("quit", Some(Answer::Quit)),
            ("", None),
            ("yq", None),
        ] {
            assert_eq!(understood(line), answer, "{line}");
        }
    }

    #[test]
    fn who_is_gone_quits() {
        let (sender, lines) = channel();
        sender.send("what?".to_owned()).unwrap();
        sender.send("y".to_owned()).unwrap();
        drop(sender);
        let questions = Questions { lines };
        let answers = [(); 3].map(|()| questions.answer().unwrap());
        assert_eq!(answers, [None, Some(Answer::Yes), Some(Answer::Quit)]);
    }
}
