//! The screen of a watch, as lines.

use super::keys::HELP;
use super::list::List;
use super::state::{Known, Page, State};
use crate::grade::ExerciseVerdict;
use crate::report::{Focus, Terminal, colored, plural};

/// The lines of a screen of so many rows.
pub fn lines(state: &mut State, terminal: &Terminal, rows: usize) -> Vec<String> {
    let head = head(state, terminal);
    let foot = foot(state, terminal);
    let room = rows.saturating_sub(head.len() + 1 + foot.len()).max(1);
    let body = body(state, terminal, room);
    // Scrolling ends where the last line is seen.
    let below = body.len().saturating_sub(room);
    state.scroll = state.scroll.min(below);
    let rule = match below - state.scroll {
        0 => terminal.rule(""),
        more => terminal.rule(&format!(" {} (j)", plural(more, "more line"))),
    };
    let mut lines = head;
    lines.extend(body.into_iter().skip(state.scroll).take(room));
    lines.resize(rows.saturating_sub(1 + foot.len()), String::new());
    lines.push(rule);
    lines.extend(foot);
    if !terminal.unicode {
        lines.iter_mut().for_each(|line| *line = ascii(line));
    }
    lines
}

/// A line without the characters that the watch itself draws with.
fn ascii(line: &str) -> String {
    line.replace('…', "...").replace('▏', "_").replace("↑ ↓", "up, down")
}

fn head(state: &State, terminal: &Terminal) -> Vec<String> {
    let title = state.known.as_ref().map_or("", |known| &known.report.course.title);
    let status = match (state.grading, &state.problem) {
        (true, _) => "grading …".to_owned(),
        (false, Some(_)) => "not graded".to_owned(),
        (false, None) => match &state.known {
            Some(Known { report, .. }) => report.duration.map_or_else(
                || "graded".into(),
                |duration| format!("graded in {:.1} s", duration.as_secs_f64()),
            ),
            None => String::new(),
        },
    };
    vec![terminal.spread(title, &status), String::new()]
}

fn foot(state: &State, terminal: &Terminal) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(message) = &state.message {
        lines.push(terminal.strong(message));
    }
    lines.extend(state.warnings.iter().map(|warning| terminal.dim(warning)));
    if let Some(Known { report, .. }) = &state.known {
        let all = report.exercises().count();
        let passed = report.exercises().filter(|it| it.verdict == ExerciseVerdict::Passed).count();
        let count = format!("  {passed} of {all} done");
        lines.push(terminal.progress(report, count.len()) + &count);
    }
    lines.push(match &state.page {
        Page::Exercise => {
            let auto = if state.advance { "on" } else { "off" };
            let long = format!(
                "n next  p previous  h hint  l list  r run  x reset  a auto: {auto}  ? help  q quit"
            );
            let short = format!("n p h hint  l list  r x a auto: {auto}  ? help  q quit");
            terminal.dim(if long.len() <= terminal.width { &long } else { &short })
        }
        Page::List(_) => {
            terminal.dim("type to search  tab filter  ↑ ↓ select  enter open  esc back")
        }
        Page::Keys => terminal.dim("any key: back  q quit"),
        Page::Reset => {
            terminal.strong("Begin this exercise again? Your file is kept.  y yes  n no")
        }
    });
    lines
}

fn body(state: &State, terminal: &Terminal, room: usize) -> Vec<String> {
    match (&state.page, &state.known) {
        (Page::Keys, _) => terminal.keys(&HELP),
        (_, _) if let Some(problem) = &state.problem => {
            colored(problem).lines().map(str::to_owned).collect()
        }
        (Page::List(list), Some(known)) => rows(list, known, terminal, room),
        _ => match state.current() {
            Some((exercise, report)) => {
                let hints = state.hints(&exercise.name);
                terminal.focus(&Focus { report, exercise, hints })
            }
            None => vec!["Compiling and running …".into()],
        },
    }
}

/// The list, in which the selected row is always seen.
fn rows(list: &List, known: &Known, terminal: &Terminal, room: usize) -> Vec<String> {
    let mut lines =
        vec![format!("Search: {}▏   shown: {}", list.search, list.filter.word()), String::new()];
    let mut section = "";
    let mut selected = 0;
    for (index, (title, exercise)) in list.shown(&known.report).into_iter().enumerate() {
        if section != title {
            lines.push(terminal.strong(title));
            section = title;
        }
        let mark = if index == list.selected { ">" } else { " " };
        let row = terminal.row(exercise, &known.report);
        if index == list.selected {
            selected = lines.len();
        }
        lines.push(format!("{mark}{row}"));
    }
    if lines.len() == 2 {
        lines.push("No exercise is like that.".into());
    }
    let skipped = (selected + 1).saturating_sub(room);
    lines.drain(2..(2 + skipped).min(lines.len()));
    lines
}
