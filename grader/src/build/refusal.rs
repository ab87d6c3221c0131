//! Which files rustc is not even shown.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use crate::look::{defines_macros, look};
use crate::switches;

impl Builder<'_> {
    /// The files that are refused for their tokens, with the reasons.
    pub(super) fn refusals(&self) -> BTreeMap<String, String> {
        if switches::is_set("no-look") {
            return BTreeMap::new();
        }
        let files = &self.submission.files;
        let texts = || files.iter().filter_map(|it| Some((&it.name, it.text.as_ref().ok()?)));
        let defining: BTreeSet<&str> = texts()
            .filter(|(_, text)| defines_macros(text))
            .map(|(name, _)| name.as_str())
            .collect();
        texts()
            .filter_map(|(name, text)| {
                let macros =
                    !defining.is_disjoint(&self.used(std::slice::from_ref(name), &BTreeSet::new()));
                let reasons = look(&self.submission.shown_path(name), text, macros)?;
                Some((name.clone(), reasons))
            })
            .collect()
    }
}
