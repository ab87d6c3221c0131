//! A class: many submissions, and what became of each.

pub mod record;
