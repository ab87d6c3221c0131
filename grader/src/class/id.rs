//! What the submissions of a class are called: names that are those of files everywhere, and of which
//! no two are alike.

use std::collections::BTreeMap;

use crate::course::is_device;
use crate::digest::digest;

/// How many characters of a name are kept.
const KEPT: usize = 80;

/// How many digits of a hash tell names apart, and how many do if that is not enough.
const DIGITS: [usize; 2] = [8, 32];

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
