//! The fields of one table: which are known, which are missing, which are neither.

use super::name::{nearest, shown};
use super::node::{Entry, Node};
use super::reader::Reader;
use super::source::Span;

/// A table that is being read. The keys that are asked for are the ones it knows.
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    span: Span,
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of a table that stands at `span`.
    pub fn new(entries: &'a [Entry], span: Span) -> Self {
        Self { entries, span, asked: Vec::new(), missing: Vec::new() }
    }

    /// Where the table stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value of a key that may be left out.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key that must be there.
    pub fn require(&mut self, key: &'static str) -> Option<&'a Node> {
        let value = self.get(key);
        if value.is_none() {
            self.missing.push(key);
        }
        value
    }

    /// A key that may be left out, with its value.
    pub fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether one of some keys is there, be it misspelt.
    pub fn has_one_of(&self, keys: &[&'static str]) -> bool {
        self.entries.iter().any(|entry| keys.contains(&entry.key.as_str()))
            || self.misspelt().any(|(_, meant)| meant.is_some_and(|key| keys.contains(&key)))
    }

    /// Notes the keys that nobody asked for and those that are missing.
    pub fn finish(self, reader: &mut Reader<'_>) {
        let mut meant_keys = Vec::new();
        for (entry, meant) in self.misspelt() {
            let key = shown(&entry.key);
            if let Some(meant) = meant {
                meant_keys.push(meant);
                let message = format!("unknown key {key}, did you mean `{meant}`?");
                reader.report(entry.key_span, message);
            } else {
                let known: Vec<_> = self.asked.iter().map(|key| format!("`{key}`")).collect();
                let help = format!("the keys here are {}", known.join(", "));
                reader.report_with_help(entry.key_span, format!("unknown key {key}"), help);
            }
        }
        for key in self.missing.iter().filter(|key| !meant_keys.contains(key)) {
            reader.report(self.span, format!("missing key `{key}`"));
        }
    }

    /// The entries that nobody asked for, each with the absent key that may have been meant.
    fn misspelt(&self) -> impl Iterator<Item = (&'a Entry, Option<&'static str>)> {
        let (entries, asked) = (self.entries, &self.asked);
        let is_there = |key: &&&str| entries.iter().any(|entry| entry.key == **key);
        let absent: Vec<_> = asked.iter().filter(|key| !is_there(key)).copied().collect();
        entries
            .iter()
            .filter(|entry| !asked.contains(&entry.key.as_str()))
            .map(move |entry| (entry, nearest(&entry.key, absent.iter().copied())))
    }
}
