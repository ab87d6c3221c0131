//! The reference solutions of the course, one module for each exercise, in the order of the course.
//!
//! Each module is the lesson, then the solution, then its mistakes: wrong solutions with a name, by
//! which the grader tells what a learner did. The stubs in `exercises/` are made from these
//! files: the lesson, the signatures and their documentation are kept, the bodies are not. They are
//! meant to be read once you have solved an exercise yourself.

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
