//! The sources of this grader, which tell it from others.

use std::sync::LazyLock;

use crate::digest::digest;

/// The grader's sources, those of its harness and its lock file, gathered by the build script.
const SOURCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sources"));

/// SHA-256 of the sources, in hexadecimal: the same on every machine, and another one after every
/// change.
#[must_use]
pub fn hash() -> String {
    static HASH: LazyLock<String> = LazyLock::new(|| digest(SOURCES));
    HASH.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the files, each with its content.
    fn files(mut rest: &str) -> Vec<(&str, &str)> {
        let mut files = Vec::new();
        while let Some((head, behind)) = rest.split_once('\n') {
            let (name, length) = head.split_once(' ').unwrap();
            let (content, next) = behind.split_at(length.parse().unwrap());
            files.push((name, content));
            rest = next;
        }
        files
    }

    #[test]
    fn all_sources_are_gathered_in_order() {
        let text = str::from_utf8(SOURCES).unwrap();
        let files = files(text);
        assert!(files.is_sorted());
        for name in [
            "../Cargo.lock",
            "Cargo.toml",
            "harness/Cargo.toml",
            "harness/wire/src/codec.rs",
            "src/sources.rs",
            "src/report/html/page.html",
        ] {
            assert!(files.iter().any(|(file, _)| *file == name), "{name} is missing");
        }
        let this = include_str!("sources.rs").replace("\r\n", "\n");
        assert!(files.contains(&("src/sources.rs", this.as_str())));
        assert!(!text.contains("\r\n"));
        assert_eq!(hash(), digest(text));
    }
}
