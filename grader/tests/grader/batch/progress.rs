//! What is seen of a class on a terminal while it is graded.

use super::class::Class;
use crate::screen::Screen;

#[test]
fn a_bar_tells_how_far_it_is_and_what_went_wrong() {
    let class = Class::empty();
    class.file("bob.zip", "no archive");
    let pause = "std::thread::sleep(std::time::Duration::from_millis(150));";
    (0..4).for_each(|number| class.hand_in(number, pause));
    let mut screen = Screen::open(class.command(&["--jobs", "2"]), 100, 12);
    // What cannot be read is over at once: then something can be told of those that run.
    let line = screen.line(&["/5 ", " a minute, ", "s left; ", "; 1 unreadable; ", "s0"]);
    let running = line.rsplit("; ").next().unwrap();
    assert_eq!(running.split(", ").count(), 2, "{line}");
    let bar = line.split("/5 ").next().unwrap();
    let done: u32 = bar.rsplit(' ').next().unwrap().parse().unwrap();
    assert!((1..5).contains(&done), "{line}");
    // It stays below what is said.
    screen.shows("bob cannot be read: it is neither a folder nor a .zip or .tar.gz archive");
    screen.shows("Graded 4 of 5 submissions in ");
    assert!(screen.child.wait().unwrap().success());
    screen.shows("The results are in");
    assert!(!screen.text().contains("/5 "), "the bar is still there:\n{}", screen.text());
}
