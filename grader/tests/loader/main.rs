//! What the loader makes of a course, and what it says of one that is wrong.

mod files;
mod garbage;
mod keys;
mod mistakes;
mod rules;
mod schema;
mod test_course;
mod trials;
mod values;
