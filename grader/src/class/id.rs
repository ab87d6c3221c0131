//! What the submissions of a class are called: names that are those of files everywhere, and of which
//! no two are alike.

use std::collections::BTreeMap;

use crate::course::is_device;
use crate::digest::digest;

/// How many characters of a name are kept.
const KEPT: usize = 70;

/// How many digits of a hash tell names apart, and how many do if that is not enough.
const DIGITS: [usize; 2] = [8, 16];

/// The name of a submission, from what it is called and the name of its file or folder. Where
/// something of it is lost, its hash keeps it apart from others.
pub fn id(called: &str, file: &str) -> String {
    let plain = plain(called);
    let is_device = is_device(plain.split('.').next().unwrap_or_default());
    if plain == called.replace(' ', "_") && !plain.is_empty() && !is_device {
        plain
    } else {
        marked(&plain, file, DIGITS[0])
    }
}

/// Changes those names that are alike, where case does not count, given each with the name of its file
/// or folder.
pub fn tell_apart(names: &mut [(&mut String, &str)]) {
    for digits in DIGITS {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (id, _) in names.iter() {
            *counts.entry(id.to_ascii_lowercase()).or_default() += 1;
        }
        for (id, file) in names.iter_mut() {
            if counts[&id.to_ascii_lowercase()] > 1 {
                **id = marked(id, file, digits);
            }
        }
    }
}

/// What of a name can be part of that of a file.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let name: String = name.trim_start_matches('.').chars().take(KEPT).map(plain).collect();
    // Windows takes no name that ends so.
    name.trim_end_matches('.').to_owned()
}

fn marked(name: &str, file: &str, digits: usize) -> String {
    let name = if name.is_empty() { "submission" } else { name };
    format!("{name}-{}", &digest(file)[..digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_what_is_lost_is_made_up_for() {
        for (called, name) in [
            ("alice", "alice"),
            ("alice.b-c_d", "alice.b-c_d"),
            ("Jane Smith_12345", "Jane_Smith_12345"),
        ] {
            assert_eq!(id(called, "file"), name);
        }
        let marked = digest("file")[..8].to_owned();
        for (called, name) in [
            ("", "submission"),
            ("...", "submission"),
            ("..", "submission"),
            (".hidden", "hidden"),
            ("a/../b", "a_.._b"),
            ("zo\u{eb}\u{1b}[2J", "zo___2J"),
            ("nul", "nul"),
            ("COM1.x", "COM1.x"),
            ("dot.", "dot"),
        ] {
            assert_eq!(id(called, "file"), format!("{name}-{marked}"), "{called:?}");
        }
        assert_eq!(id(&"x".repeat(4096), "file").len(), KEPT + 1 + DIGITS[0]);
        assert_ne!(id("\u{e9}", "\u{e9}"), id("\u{e8}", "\u{e8}"));
    }

    #[test]
    fn no_two_names_are_alike_whatever_their_case() {
        // The last is what the first is called once its hash is added.
        let forged = format!("alice-{}", &digest("alice")[..8]);
        let files = ["alice", "Alice", "bob", &forged];
        let mut ids = files.map(str::to_owned);
        let mut names: Vec<_> = ids.iter_mut().zip(files).collect();
        tell_apart(&mut names);
        assert_eq!(ids[2], "bob");
        let mut lower: Vec<_> = ids.iter().map(|id| id.to_ascii_lowercase()).collect();
        lower.sort();
        lower.dedup();
        assert_eq!(lower.len(), 4, "{ids:?}");
    }
}
