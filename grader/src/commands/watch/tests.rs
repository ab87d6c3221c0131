//! What the keys do and what is on the screen.

use std::path::{Path, PathBuf};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use insta::assert_snapshot;

use super::state::{Action, Page, State};
use super::view;
use crate::course::Course;
use crate::grade::Report;
use crate::report::{Terminal, Verbosity, sample};

fn course() -> Course {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    Course::load(&folder, &[]).unwrap()
}

/// A watch after a first grading.
fn watching(report: Report) -> State {
    let mut state = State::new();
    state.begin();
    state.graded(course(), report, Vec::new());
    state
}

fn current(state: &State) -> &str {
    state.current().map_or("none", |(exercise, _)| &exercise.name)
}

/// Presses keys, one after the other; the last one's action.
fn press(state: &mut State, keys: &str) -> Action {
    let codes = keys.chars().map(|c| match c {
        '\n' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        '\u{8}' => KeyCode::Backspace,
        'v' => KeyCode::Down,
        c => KeyCode::Char(c),
    });
    let keys = codes.map(|code| state.key(KeyEvent::new(code, KeyModifiers::NONE)));
    keys.last().unwrap_or(Action::Nothing)
}

/// The screen, without colours.
fn screen(state: &mut State, columns: usize, rows: usize) -> String {
    let terminal = Terminal {
        width: columns,
        color: false,
        unicode: true,
        verbosity: Verbosity::Normal,
        reveal: false,
        partial: false,
        options: String::new(),
    };
    let lines = view::lines(state, &terminal, rows);
    assert_eq!(lines.len(), rows, "the screen is full");
    // What rustc drew is cut by the terminal: broken lines would point elsewhere.
    for line in lines.iter().filter(|line| !line.contains(" | ")) {
        assert!(line.chars().count() <= columns, "{line:?} is too long");
    }
    lines.join("\n")
}

#[test]
fn it_begins_with_what_is_to_be_done_next() {
    assert_eq!(current(&watching(sample::untouched())), "hello_world");
    assert_eq!(current(&watching(sample::first_solved())), "basic_sigmoid");
    assert_eq!(current(&watching(sample::all_done())), "hello_world");
}

#[test]
fn keys_go_from_exercise_to_exercise() {
    let mut state = watching(sample::untouched());
    press(&mut state, "nn");
    assert_eq!(current(&state), "vector_ops");
    press(&mut state, "ppp");
    assert_eq!(current(&state), "l2_loss", "after the last one comes the first");
    assert_eq!(press(&mut state, "r"), Action::Run);
    assert_eq!(press(&mut state, "q"), Action::Quit);
    let end = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    press(&mut state, "l");
    assert_eq!(state.key(end), Action::Quit, "wherever it is pressed");
}

#[test]
fn whoever_saves_an_exercise_works_on_it() {
    let mut state = watching(sample::untouched());
    state.saved(&[PathBuf::from("/x/exercises/src/dot.rs"), PathBuf::from("/x/stats.rs")]);
    assert_eq!(current(&state), "dot");
    state.saved(&[PathBuf::from("/x/fixtures/course.toml"), PathBuf::new()]);
    assert_eq!(current(&state), "dot");
}

#[test]
fn it_goes_on_by_itself_if_it_may() {
    for (keys, next) in [("", "hello_world"), ("a", "basic_sigmoid"), ("aa", "hello_world")] {
        let mut state = watching(sample::untouched());
        press(&mut state, keys);
        state.graded(course(), sample::first_solved(), Vec::new());
        assert_eq!(current(&state), next, "{keys:?}");
    }
    // Whoever goes back to what passes stays there.
    let mut state = watching(sample::first_solved());
    press(&mut state, "ap");
    state.graded(course(), sample::first_solved(), Vec::new());
    assert_eq!(current(&state), "hello_world");
}

#[test]
fn the_list_is_searched_filtered_and_left() {
    let mut state = watching(sample::half_done());
    press(&mut state, "lDOT");
    assert_snapshot!(screen(&mut state, 80, 12), @"
    Python Basics with NumPy, in Rust                                graded in 0.6 s

    Search: DOT▏   shown: all

    Vectorization
       ✗ dot                 ░░░░░░░░░░    0/10  timed out, stack overflow, crashed
    >  ✗ general_dot         ░░░░░░░░░░    0/10  wrong value, not implemented


    ────────────────────────────────────────────────────────────────────────────────
    Total  ████████░░░░░░░░░░░░░░░░░░░░░░  39.5/140  28.21%  3 of 14 done
    type to search  tab filter  ↑ ↓ select  enter open  esc back
    ");
    press(&mut state, "v\n");
    assert_eq!(current(&state), "general_dot");
    press(&mut state, "l\t\t");
    assert_snapshot!(screen(&mut state, 80, 24), @"
    Python Basics with NumPy, in Rust                                graded in 0.6 s

    Search: ▏   shown: failing

    Building basic functions
       ✗ vector_ops          ██░░░░░░░░  2.5/10  wrong type, not implemented
       ✗ sigmoid             ░░░░░░░░░░    0/10  did not compile
    Reshaping arrays
       ✗ image2vector        ░░░░░░░░░░    0/10  wrong shape
    Broadcasting
       ✗ normalize_rows      █████░░░░░    5/10  panicked
       ✗ softmax             ██░░░░░░░░    2/10  wrong value
    Vectorization
       ✗ dot                 ░░░░░░░░░░    0/10  timed out, stack overflow, crashed
       · outer               ░░░░░░░░░░    0/10  blocked
       ✗ general_dot         ░░░░░░░░░░    0/10  wrong value, not implemented
    Loss functions
    >  ✗ l1_loss             ░░░░░░░░░░    0/10  wrong value



    ────────────────────────────────────────────────────────────────────────────────
    Total  ████████░░░░░░░░░░░░░░░░░░░░░░  39.5/140  28.21%  3 of 14 done
    type to search  tab filter  ↑ ↓ select  enter open  esc back
    ");
    press(&mut state, "nothing");
    assert!(screen(&mut state, 80, 24).contains("No exercise is like that."));
    press(&mut state, "\u{1b}");
    assert_eq!(current(&state), "general_dot");
    assert!(matches!(state.page, Page::Exercise));
}

#[test]
fn what_is_selected_is_seen_on_a_low_screen() {
    let mut state = watching(sample::untouched());
    press(&mut state, "l");
    for name in ["hello_world", "vector_ops", "sigmoid_derivative", "softmax", "l2_loss"] {
        while !screen(&mut state, 80, 12).contains(&format!(">  · {name} ")) {
            let before = screen(&mut state, 80, 12);
            press(&mut state, "v");
            assert_ne!(screen(&mut state, 80, 12), before, "{name} does not come");
        }
    }
}

#[test]
fn hints_come_one_by_one_and_stay_with_their_exercise() {
    let mut state = watching(sample::untouched());
    press(&mut state, "n");
    assert_eq!(press(&mut state, "h"), Action::Hint("basic_sigmoid".into(), 1));
    assert_eq!(press(&mut state, "h"), Action::Hint("basic_sigmoid".into(), 2));
    let shown = screen(&mut state, 80, 24);
    assert!(shown.contains("Hint 1") && shown.contains("Hint 2"), "{shown}");
    press(&mut state, "n");
    assert!(!screen(&mut state, 80, 24).contains("Hint"));
}

#[test]
fn an_exercise_is_begun_again_only_after_a_yes() {
    let mut state = watching(sample::untouched());
    press(&mut state, "x");
    assert!(screen(&mut state, 80, 24).contains("Your file is kept.  y yes  n no"));
    assert_eq!(press(&mut state, "n"), Action::Nothing);
    assert_eq!(current(&state), "hello_world", "it was an answer");
    assert_eq!(press(&mut state, "xy"), Action::Reset("hello_world".into()));
}

#[test]
fn a_failing_exercise_shows_its_first_failing_case() {
    let mut state = watching(sample::half_done());
    state.saved(&[PathBuf::from("softmax.rs")]);
    assert_snapshot!(screen(&mut state, 80, 40), @"
    Python Basics with NumPy, in Rust                                graded in 0.6 s

    softmax  2/10  failed ───────────────────────────────── exercises/src/softmax.rs

    Turn each row of scores into probabilities.

      ✗ two rows of five scores                                          wrong value
        softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])

        expected
          [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04
            1.21052389e-04]
           [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04
            8.01252314e-04]]
        actual
          [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04
            1.05164276e-04]
           [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04
            1.05164276e-04]]

        10 of 10 elements differ, the first five:
          index   expected        actual
          [0, 0]  0.980897665     0.852154956552608
          [0, 1]  0.000894462891  0.0007770647367382155
          [0, 2]  0.0179657674    0.015607762461462532
          [0, 3]  0.000121052389  0.00010516427623965027
          [0, 4]  0.000121052389  0.00010516427623965027
        difference  at most 0.763 absolute, 0.869 relative
        tolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12
        source      Python Basics with NumPy, softmax

        → You divided by the sum of the whole matrix. Sum each row.

      2 more cases fail



    ────────────────────────────────────────────────────────────────────────────────
    Total  ████████░░░░░░░░░░░░░░░░░░░░░░  39.5/140  28.21%  3 of 14 done
    n next  p previous  h hint  l list  r run  x reset  a auto: off  ? help  q quit
    ");
    // On a low screen the rest is scrolled to.
    assert!(screen(&mut state, 80, 16).contains("more lines (j)"));
    press(&mut state, "jjj");
    let scrolled = screen(&mut state, 80, 16);
    assert!(!scrolled.contains("exercises/src/softmax.rs"), "{scrolled}");
    press(&mut state, &"j".repeat(100));
    assert!(!screen(&mut state, 80, 16).contains("more lines"));
}

#[test]
fn every_state_fits_sixty_columns() {
    for name in ["basic_sigmoid", "sigmoid", "normalize_rows", "outer", "general_dot", "l2_loss"] {
        let mut state = watching(sample::half_done());
        state.saved(&[PathBuf::from(format!("{name}.rs"))]);
        let shown = screen(&mut state, 60, 20);
        assert!(shown.contains(name), "{shown}");
        for keys in ["l", "\u{1b}?", "\u{1b}x"] {
            press(&mut state, keys);
            screen(&mut state, 60, 20);
        }
    }
    assert_snapshot!(screen(&mut watching(sample::untouched()), 60, 14), @"
    Python Basics with NumPy, in Rust            graded in 0.6 s

    hello_world  0/10  not implem…  exercises/src/hello_world.rs

    Return the text Hello World.

    → Open exercises/src/hello_world.rs, read the lesson at its
      top, replace todo!() in hello_world with your code and
      save.


    ────────────────────────────────────────────────────────────
    Total  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/140  0%  0 of 14 done
    n p h hint  l list  r x a auto: off  ? help  q quit
    ");
}

#[test]
fn a_grading_in_vain_is_said_and_forgotten() {
    let mut state = watching(sample::untouched());
    state.begin();
    assert!(screen(&mut state, 80, 24).contains("grading …"));
    state.failed("error: two cases are called `a`\u{1b}[2J".into());
    let shown = screen(&mut state, 80, 24);
    assert!(shown.contains("not graded") && shown.contains("two cases are called `a`"), "{shown}");
    assert!(!shown.contains("\u{1b}[2J"), "{shown:?}");
    assert_eq!(state.take_news().map(|news| news.is_err()), Some(true));
    assert!(state.take_news().is_none(), "once is enough");
    state.graded(course(), sample::untouched(), vec!["something is left out".into()]);
    let shown = screen(&mut state, 80, 24);
    assert!(!shown.contains("two cases") && shown.contains("something is left out"), "{shown}");
}
