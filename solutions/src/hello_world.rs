//! # Hello, World
//!
//! Every notebook opens with a cell that only proves the machine is awake. This is that cell.
//! There is nothing to calculate: fill in one function, run the grader, and watch a line turn
//! green. From here on you know the whole routine.
//!
//! ## In Python
//!
//! ```python
//! test = "Hello World"
//! print("test: " + test)   # test: Hello World
//! ```
//!
//! ## In Rust
//!
//! Rust has two everyday kinds of text. What stands between quotes is a `&str`, text that is
//! borrowed from the program itself. A `String` owns its characters and can be handed on. You turn
//! the first into the second with `to_string` or `String::from`.
//!
//! ```rust
//! fn farewell() -> String {
//!     let borrowed: &str = "Good night";
//!     borrowed.to_string() // no semicolon: the last value is what the function returns
//! }
//!
//! assert_eq!(farewell(), String::from("Good night"));
//! ```
//!
//! `todo!()` is a placeholder that fits every type and panics when it runs. Replace it.
//!
//! ## Traps
//!
//! - `println!` shows text to you and returns nothing. The grader looks at the returned value.
//! - The greeting is `Hello World`: two capitals, one space, no comma, no exclamation mark.

/// The greeting.
///
/// Takes nothing and returns the eleven characters `Hello World`.
pub fn hello_world() -> String {
    "Hello World".to_string()
}

/// Wrong solutions that the fixture has feedback for.
pub mod mistakes {
    /// All letters small.
    pub fn small_letters() -> String {
        "hello world".into()
    }

    /// The second word small.
    pub fn small_world() -> String {
        "Hello world".into()
    }

    /// A comma and an exclamation mark, as Cargo's first program has them.
    pub fn as_cargo_greets() -> String {
        "Hello, World!".into()
    }

    /// A comma.
    pub fn comma() -> String {
        "Hello, World".into()
    }

    /// An exclamation mark.
    pub fn exclamation_mark() -> String {
        "Hello World!".into()
    }

    /// The line that the notebook prints.
    pub fn printed_line() -> String {
        "test: Hello World".into()
    }
}
