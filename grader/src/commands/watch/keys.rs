//! What the keys mean.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The keys beside an exercise, with what they do.
pub const HELP: [(&str, &str); 11] = [
    ("n", "next exercise"),
    ("p", "previous exercise"),
    ("h", "show a hint, one more each time"),
    ("l", "list the exercises; type to search, tab shows only open or failing ones"),
    ("r", "grade again"),
    ("x", "begin the exercise again; your file is kept"),
    ("a", "go on by itself when an exercise passes, or not"),
    ("↑ ↓", "scroll, also j and k, page up and page down"),
    ("?", "this help"),
    ("esc", "back to the exercise"),
    ("q", "quit, also ctrl-c"),
];

/// Whether a key ends everything, wherever it is pressed.
pub fn is_end(key: KeyEvent) -> bool {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    control && matches!(key.code, KeyCode::Char('c' | 'd'))
}

/// How far a key scrolls on a screen of so many rows, if it does.
pub fn scroll(key: KeyEvent, rows: usize) -> Option<isize> {
    let page = isize::try_from(rows.saturating_sub(2).max(1)).unwrap_or(1);
    match key.code {
        KeyCode::Down | KeyCode::Char('j') => Some(1),
        KeyCode::Up | KeyCode::Char('k') => Some(-1),
        KeyCode::PageDown | KeyCode::Char(' ') => Some(page),
        KeyCode::PageUp => Some(-page),
        KeyCode::Home => Some(isize::MIN),
        _ => None,
    }
}
