//! The terminal while a watch has it for itself.

use std::io::{self, Write, stdout};
use std::panic;
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{self, Event as Input, KeyEventKind};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap,
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, size,
};
use crossterm::{execute, queue};

use super::event::Event;

/// The terminal, which is put back when this is dropped, and before a panic speaks.
#[derive(Debug)]
pub struct Tty(());

impl Tty {
    /// Takes the terminal and sends its events.
    ///
    /// # Errors
    ///
    /// If it cannot be set up.
    pub fn open(sender: Sender<Event>) -> io::Result<Self> {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            put_back();
            before(info);
        }));
        enable_raw_mode()?;
        let tty = Self(());
        execute!(stdout(), EnterAlternateScreen, Hide, DisableLineWrap)?;
        thread::Builder::new().name("keys".into()).spawn(move || listen(&sender))?;
        Ok(tty)
    }

    /// Columns and rows.
    pub fn size() -> (usize, usize) {
        let (columns, rows) = size().unwrap_or((80, 24));
        (columns.into(), rows.into())
    }

    /// Shows these lines, from the first row on, and nothing else.
    ///
    /// # Errors
    ///
    /// If the terminal is gone.
    pub fn draw(&self, lines: &[String]) -> io::Result<()> {
        let mut out = stdout().lock();
        queue!(out, BeginSynchronizedUpdate)?;
        let (_, rows) = Self::size();
        for row in 0..rows {
            let line = lines.get(row).map_or("", String::as_str);
            let place = MoveTo(0, u16::try_from(row).unwrap_or(u16::MAX));
            queue!(out, place, Clear(ClearType::CurrentLine), Print(line), ResetColor)?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        out.flush()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        put_back();
    }
}

/// Puts the terminal back; what cannot be is left.
fn put_back() {
    _ = execute!(stdout(), EndSynchronizedUpdate, EnableLineWrap, Show, LeaveAlternateScreen);
    _ = disable_raw_mode();
}

/// Sends what comes from the terminal until nobody wants it or nothing comes any more.
fn listen(sender: &Sender<Event>) {
    loop {
        let event = match event::read() {
            // Some terminals say when a key is released, too.
            Ok(Input::Key(key)) if key.kind != KeyEventKind::Release => Event::Key(key),
            Ok(Input::Resize(..)) => Event::Resized,
            Ok(_) => continue,
            Err(_) => Event::Closed,
        };
        let last = matches!(event, Event::Closed);
        if sender.send(event).is_err() || last {
            return;
        }
    }
}
