//! What the commands for instructors do to the files of a course: new ones are made from a pattern,
//! and what is added to others leaves the rest as it is.

mod changes;
mod expected;
mod listing;
mod manuscript;
mod modules;
mod skeleton;

pub use changes::Changes;
pub use expected::add_expected;
pub use listing::add_to_section;
pub use modules::declare;
pub use skeleton::Skeleton;
