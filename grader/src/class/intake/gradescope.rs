//! The file in which Gradescope says whose submissions it exports.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use saphyr::{LoadableYamlNode, Yaml};

/// The name of the file.
pub const METADATA: &str = "submission_metadata.yml";

/// Submitters by the names of the folders of what they handed in.
pub type Submitters = BTreeMap<String, Submitter>;

/// Who handed in a submission; of a group, the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitter {
    /// The student's number or, where there is none, the address.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
}

/// The largest such file that is read, in bytes: it holds the results of every test, too.
const LARGEST: u64 = 64 << 20;

/// Reads the file in a folder, if there is one that can be read: without it, submissions have numbers.
pub fn find(folder: &Path) -> Submitters {
    let file = folder.join(METADATA);
    let is_small = fs::metadata(&file).is_ok_and(|about| about.is_file() && about.len() <= LARGEST);
    let text = is_small.then(|| fs::read_to_string(&file).ok()).flatten();
    text.map(|text| read(&text)).unwrap_or_default()
}

/// Reads the submitters, as far as they can be read.
pub fn read(yaml: &str) -> Submitters {
    let documents = Yaml::load_from_str(yaml).unwrap_or_default();
    let submissions = documents.iter().filter_map(Yaml::as_mapping).flatten();
    let submitter = |(folder, about): (&Yaml<'_>, &Yaml<'_>)| {
        let first = about.as_mapping_get(":submitters")?.as_sequence()?.first()?;
        let field = |key| first.as_mapping_get(key).and_then(text);
        let id = field(":sid").or_else(|| field(":email"));
        let submitter = Submitter { id, name: field(":name") };
        Some((folder.as_str()?.to_owned(), submitter))
    };
    submissions.filter_map(submitter).collect()
}

/// A text or a whole number, unless it is empty.
fn text(value: &Yaml<'_>) -> Option<String> {
    let number = || Some(value.as_integer()?.to_string());
    let text = value.as_str().map(str::to_owned).or_else(number)?;
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn submitters_are_told_by_number_or_address() {
        let submitters = read(
            "---\n\
             submission_1:\n  :submitters:\n  - :name: \"Zoë: Doe\"\n    :sid: '0100'\n    :email: z@x.edu\n  \
             :created_at: &1 2024-01-01 10:00:00\n  :results:\n    :tests: [{score: 1}]\n\
             submission_2:\n  :submitters:\n  - :name: Jo\n    :sid: ''\n    :email: jo@x.edu\n  \
             - :name: Al\n    :sid: 7\n  :created_at: *1\n\
             submission_3:\n  :submitters:\n  - :sid: 42\n\
             submission_4:\n  :submitters: []\n",
        );
        let of = |folder: &str| {
            let Submitter { id, name } = submitters.get(folder)?;
            Some((id.as_deref(), name.as_deref()))
        };
        assert_eq!(of("submission_1"), Some((Some("0100"), Some("Zoë: Doe"))));
        assert_eq!(of("submission_2"), Some((Some("jo@x.edu"), Some("Jo"))));
        assert_eq!(of("submission_3"), Some((Some("42"), None)));
        assert_eq!(of("submission_4"), None);
    }

    #[test]
    fn what_is_no_such_file_names_nobody() {
        for text in ["", "[", "a: b", "- 1", "submission_1: {\":submitters\": 1}", "\t\0"] {
            assert!(read(text).is_empty(), "{text:?}");
        }
    }
}
