//! Which files rustc is not even shown.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use crate::diagnostic::Diagnostics;
use crate::look::{defines_macros, look};
use crate::switches;

impl Builder<'_> {
    /// The files that are refused for their tokens, with the reasons.
    pub(super) fn find_refusals(&self) -> BTreeMap<String, Diagnostics> {
        if switches::is_set("no-look") {
            return BTreeMap::new();
        }
        let files = &self.submission.files;
        let texts = || files.iter().filter_map(|it| Some((&it.name, it.text.as_ref().ok()?)));
        let defining = texts().filter(|(_, text)| defines_macros(text)).map(|(name, _)| &**name);
        let reached = self.users(defining);
        texts()
            .filter_map(|(name, text)| {
                let macros = reached.contains(name.as_str());
                let reasons = look(&self.submission.shown_path(name), text, macros)?;
                Some((name.clone(), reasons))
            })
            .collect()
    }

    /// The modules that may use some, directly or through others, these included.
    fn users<'s>(&'s self, modules: impl Iterator<Item = &'s str>) -> BTreeSet<&'s str> {
        let mut users = BTreeMap::<&str, Vec<&str>>::new();
        for (module, mentions) in &self.mentions {
            for used in &mentions.used {
                users.entry(used).or_default().push(module);
            }
        }
        let mut found = BTreeSet::new();
        let mut next: Vec<&str> = modules.collect();
        while let Some(module) = next.pop() {
            if found.insert(module) {
                next.extend(users.get(module).into_iter().flatten());
            }
        }
        found
    }
}
