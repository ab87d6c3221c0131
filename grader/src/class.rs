//! A class: many submissions, and what became of each.

pub mod claim;
pub mod id;
pub mod intake;
pub mod key;
pub mod manifest;
pub mod marking;
pub mod record;
pub mod shard;
