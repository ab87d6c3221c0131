//! Your exercises, one file each, in the order of the course.
//!
//! Open `src/hello_world.rs`, read the lesson at the top, replace `todo!()`, and run
//!
//! ```text
//! cargo run -p grader                      # your score, and what is still wrong
//! cargo run -p grader -- hint hello_world  # a nudge, if you are stuck
//! cargo test -p exercises                  # runs the examples in the lessons
//! ```
//!
//! Then go on with the next file. Add helper functions and `use` lines wherever you like; only keep
//! the names and types of the functions that are there. And take your time: wrong answers cost
//! nothing, and you may ask the grader as often as you want.

pub mod hello_world;

pub mod basic_sigmoid;

pub mod vector_ops;

pub mod sigmoid;

pub mod sigmoid_derivative;

pub mod image2vector;

pub mod normalize_rows;

pub mod softmax;

pub mod dot;

pub mod outer;

pub mod multiply;

pub mod general_dot;

pub mod l1_loss;

pub mod l2_loss;
