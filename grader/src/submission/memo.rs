//! What is found out about a submission once, however often it is asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{SourceFile, Submission};
use crate::look;
use crate::signature::{Signature, signatures};

/// The signatures of functions, by their names.
pub type Signatures = BTreeMap<String, Signature>;

/// The file and the functions that were asked for.
type Asked = (String, Vec<String>);

/// What has been found out. A copy of a submission, whose files may be changed, begins without it.
#[derive(Debug, Default)]
pub struct Memo {
    signatures: Mutex<BTreeMap<Asked, Arc<Signatures>>>,
    is_stateless: OnceLock<bool>,
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Submission {
    /// Whether its code can remember nothing from one call to the next.
    #[must_use]
    pub fn is_stateless(&self) -> bool {
        let is_stateless =
            |file: &SourceFile| file.text.as_ref().is_ok_and(|text| look::is_stateless(text));
        *self.memo.is_stateless.get_or_init(|| self.files.iter().all(is_stateless))
    }

    /// The signatures of functions of a file, as far as it has them: each submission of a class asks
    /// for those of the references.
    #[must_use]
    pub fn signatures(&self, file: &str, functions: &[&str]) -> Arc<Signatures> {
        let names = || functions.iter().copied().map(str::to_owned);
        let mut known = self.memo.signatures.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.entry((file.to_owned(), names().collect())).or_insert_with(|| {
            let text = self.file(file).and_then(|file| file.text.as_deref().ok());
            let text = text.unwrap_or_default();
            let wanted: Vec<_> = functions.iter().map(|function| (text, *function)).collect();
            let read = names().zip(signatures(&wanted));
            Arc::new(read.filter_map(|(name, signature)| Some((name, signature?))).collect())
        });
        Arc::clone(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submission(text: &str) -> Submission {
        Submission {
            id: "alice".into(),
            folder: "alice".into(),
            files: vec![SourceFile { name: "dot".into(), text: Ok(text.into()) }],
            left_out: Vec::new(),
            hash: String::new(),
            memo: Memo::default(),
        }
    }

    #[test]
    fn the_signatures_are_those_of_the_functions_that_are_there() {
        let dot = submission("pub fn dot(x: f64) -> f64 { x }\nfn other() {}");
        let found = dot.signatures("dot", &["dot", "missing"]);
        let texts: Vec<&str> = found.values().map(|it| &*it.text).collect();
        assert_eq!(texts, ["pub fn dot(x: f64) -> f64"]);
        assert!(Arc::ptr_eq(&found, &dot.signatures("dot", &["dot", "missing"])));
        assert!(dot.signatures("outer", &["outer"]).is_empty());
    }

    #[test]
    fn a_copy_that_is_changed_is_looked_at_anew() {
        let first = submission("pub fn dot() -> f64 { 1.0 }");
        assert!(first.is_stateless());
        let mut second = first.clone();
        second.files[0].text = Ok("static N: u8 = 1;\npub fn dot() -> f64 { 1.0 }".into());
        assert!(!second.is_stateless());
    }
}
