//! Hashes of several parts.

use sha2::{Digest as _, Sha256};

/// SHA-256 over parts, each with its length before it, so that none runs into the next.
#[derive(Debug, Default)]
pub struct Digest(Sha256);

impl Digest {
    /// Adds a part.
    pub fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The hash.
    #[must_use]
    pub fn bytes(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// The hash, in hexadecimal.
    #[must_use]
    pub fn hex(self) -> String {
        self.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The hash of one part, in hexadecimal.
#[must_use]
pub fn digest(part: impl AsRef<[u8]>) -> String {
    let mut digest = Digest::default();
    digest.add(part);
    digest.hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let hash = |parts: &[&str]| {
            let mut digest = Digest::default();
            parts.iter().for_each(|part| digest.add(part));
            digest.hex()
        };
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["a"]), hash(&["a", ""]));
        assert_eq!(hash(&["a"]), digest("a"));
        assert_eq!(digest("").len(), 64);
    }
}
