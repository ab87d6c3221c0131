//! Where a watch is seen: on a screen of its own, or as lines one after the other.

use std::sync::mpsc::Sender;

use anyhow::{Context, Result};

use super::event::Event;
use super::state::State;
use super::tty::Tty;
use super::view;
use crate::cli::RunArgs;
use crate::commands::{complain, screen};
use crate::report::{Exporter, Terminal};

/// Where a watch is seen.
#[derive(Debug)]
pub enum Front {
    /// A terminal, which is redrawn.
    Screen(Tty),
    /// A pipe or a file: one report a save.
    Lines,
}

impl Front {
    /// A screen, whose keys are sent.
    ///
    /// # Errors
    ///
    /// If the terminal cannot be set up.
    pub fn screen(sender: Sender<Event>) -> Result<Self> {
        Ok(Self::Screen(Tty::open(sender).context("failed to set up the terminal")?))
    }

    /// Lines.
    pub fn lines() -> Self {
        Self::Lines
    }

    /// Shows a state, if it is not shown yet.
    ///
    /// # Errors
    ///
    /// If it cannot be shown.
    pub fn show(&self, state: &mut State) -> Result<()> {
        match self {
            Self::Screen(tty) => {
                let (columns, rows) = Tty::size();
                let terminal = terminal(columns);
                tty.draw(&view::lines(state, &terminal, rows)).context("failed to draw")
            }
            Self::Lines => match state.take_news() {
                None => Ok(()),
                Some(Ok(report)) => {
                    let report = screen::terminal(&RunArgs::default()).export(report)?;
                    screen::print(&report)?;
                    screen::print(b"\nWaiting for a file to be saved.\n\n")
                }
                Some(Err(problem)) => {
                    complain(problem);
                    Ok(())
                }
            },
        }
    }
}

/// How to write for a screen of so many columns.
fn terminal(columns: usize) -> Terminal {
    Terminal { width: columns.min(screen::WIDEST), ..screen::terminal(&RunArgs::default()) }
}
