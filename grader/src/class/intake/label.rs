//! What the names of files and folders tell that learning platforms export.

use super::gradescope::Submitters;

/// What the name of a file or folder tells of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What the submission is to be called.
    pub called: String,
    /// Who handed it in: a platform's number of the person, or the whole name.
    pub student: String,
    /// What the platform calls the person, where it tells.
    pub name: Option<String>,
    /// A number that later attempts have a higher one of.
    pub attempt: Option<String>,
    /// The name that the file had where it comes from, if it is one of several of a submission.
    pub file: Option<String>,
}

/// How many digits numbers of attempts are filled up to, so that they sort as text.
const DIGITS: usize = 12;

impl Label {
    /// What the name of a file tells.
    pub fn of_file(file: &str) -> Option<Self> {
        canvas(file).or_else(|| moodle(file).filter(|label| label.file.is_some()))
    }

    /// What the name of a folder tells.
    pub fn of_folder(folder: &str, submitters: &Submitters) -> Self {
        moodle(folder)
            .or_else(|| gradescope(folder, submitters))
            .unwrap_or_else(|| Self::own(folder))
    }

    /// What a name tells that is nothing but the name of a submission.
    pub fn own(name: &str) -> Self {
        let (called, student) = (name.to_owned(), name.to_owned());
        Self { called, student, name: None, attempt: None, file: None }
    }
}

impl Label {
    /// This label for a file that is a submission by itself, though the person may have others.
    pub fn numbered(self) -> Self {
        let called = match &self.attempt {
            Some(number) => format!("{}_{}", self.called, number.trim_start_matches('0')),
            None => self.called,
        };
        Self { called, file: None, ..self }
    }

    /// This label, and the name of the file that it is about.
    pub fn split(mut self) -> Option<(Self, String)> {
        let file = self.file.take()?;
        Some((self, file))
    }
}

/// `smithjohn_LATE_12345_67890_softmax.rs`: name, late or not, the numbers of person and file, and
/// what the file was called. Where names are hidden it is `anon_xyz12_67890_softmax.rs`, and what was
/// typed into a text box is in `smithjohn_12345_text.html`.
fn canvas(file: &str) -> Option<Label> {
    let parts: Vec<&str> = file.split('_').collect();
    let parts = match parts[..] {
        ["LATE", ref rest @ ..] => rest,
        ref all => all,
    };
    if let ["anon", who, number, rest @ ..] = parts
        && is_number(number)
        && !rest.is_empty()
    {
        let student = format!("anon_{who}");
        return Some(Label::of_canvas(
            student.clone(),
            student,
            None,
            Some(number),
            rest.join("_"),
        ));
    }
    let person = |at: &usize| {
        let is_typed = || matches!(parts[at + 1..], ["text.html" | "link.html"]);
        let is_file = || parts.get(at + 1).is_some_and(|it| is_number(it)) && parts.len() > at + 2;
        is_number(parts[*at]) && (is_file() || is_typed())
    };
    let at = (1..parts.len()).find(person)?;
    let name = parts[..at].strip_suffix(&["LATE"]).unwrap_or(&parts[..at]).join("_");
    if name.is_empty() {
        return None;
    }
    let (number, rest) = match parts[at + 1..] {
        [typed] => (None, typed.to_owned()),
        [number, ref rest @ ..] => (Some(number), rest.join("_")),
        [] => return None,
    };
    let called = format!("{name}_{}", parts[at]);
    Some(Label::of_canvas(called, parts[at].to_owned(), Some(name), number, rest))
}

impl Label {
    fn of_canvas(
        called: String,
        student: String,
        name: Option<String>,
        number: Option<&str>,
        file: String,
    ) -> Self {
        Self { called, student, name, attempt: number.map(filled), file: Some(file) }
    }
}

/// `Jane Smith_12345_assignsubmission_file_` with or without the name of a file behind it. A group may
/// have no number.
fn moodle(name: &str) -> Option<Label> {
    let (whose, rest) = name.split_once("_assignsubmission_")?;
    let (person, number) = match whose.rsplit_once('_') {
        Some((person, number)) if is_number(number) => (person, Some(number)),
        _ => (whose, None),
    };
    let file = match rest.strip_prefix("file") {
        Some(rest) => rest.trim_start_matches('_'),
        // What was typed into a text box.
        None => rest,
    };
    Some(Label {
        called: whose.to_owned(),
        student: number.unwrap_or(whose).to_owned(),
        name: Some(person.to_owned()),
        attempt: None,
        file: (!file.is_empty()).then(|| file.to_owned()),
    })
}

/// `submission_123456`; who that is stands in a file beside it.
fn gradescope(folder: &str, submitters: &Submitters) -> Option<Label> {
    let number = folder.strip_prefix("submission_").filter(|it| is_number(it))?;
    let submitter = submitters.get(folder);
    Some(Label {
        called: folder.to_owned(),
        student: submitter.and_then(|it| it.id.clone()).unwrap_or_else(|| number.to_owned()),
        name: submitter.and_then(|it| it.name.clone()),
        attempt: Some(filled(number)),
        file: None,
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn filled(number: &str) -> String {
    format!("{number:0>DIGITS$}")
}

#[cfg(test)]
mod tests {
    use super::super::gradescope;
    use super::*;

    /// What a label tells, in one line.
    fn told(label: Option<Label>) -> String {
        let Some(Label { called, student, name, attempt, file }) = label else { return "-".into() };
        let [name, attempt, file] =
            [name, attempt, file].map(|it| it.unwrap_or_else(|| "-".into()));
        format!("{called}: {student}, {name}, {attempt}, {file}")
    }

    #[test]
    fn names_of_files_tell_who_handed_them_in() {
        for (file, said) in [
            (
                "smithjohn_12345_67890_hw.zip",
                "smithjohn_12345: 12345, smithjohn, 000000067890, hw.zip",
            ),
            (
                "smithjohn_LATE_12345_67890_hw-1.zip",
                "smithjohn_12345: 12345, smithjohn, 000000067890, hw-1.zip",
            ),
            ("a_b_1_2_my_hw_3_4.rs", "a_b_1: 1, a_b, 000000000002, my_hw_3_4.rs"),
            ("müllerzoë_1_2_dot.rs", "müllerzoë_1: 1, müllerzoë, 000000000002, dot.rs"),
            ("anon_xY12z_67890_dot.rs", "anon_xY12z: anon_xY12z, -, 000000067890, dot.rs"),
            ("LATE_anon_xY12z_67890_dot.rs", "anon_xY12z: anon_xY12z, -, 000000067890, dot.rs"),
            ("smithjohn_12345_text.html", "smithjohn_12345: 12345, smithjohn, -, text.html"),
            ("smithjohn_LATE_12345_link.html", "smithjohn_12345: 12345, smithjohn, -, link.html"),
            (
                "Jane Smith_12345_assignsubmission_file_dot.rs",
                "Jane Smith_12345: 12345, Jane Smith, -, dot.rs",
            ),
            (
                "Participant_7_assignsubmission_file_my_hw.zip",
                "Participant_7: 7, Participant, -, my_hw.zip",
            ),
            (
                "Jane Smith_12345_assignsubmission_onlinetext_onlinetext.html",
                "Jane Smith_12345: 12345, Jane Smith, -, onlinetext_onlinetext.html",
            ),
            ("alice.zip", "-"),
            ("basic_sigmoid.rs", "-"),
            ("hw_1_2", "-"),
            ("_1_2_", "-"),
            ("1_2_3_4", "1_2: 2, 1, 000000000003, 4"),
            ("", "-"),
        ] {
            assert_eq!(told(Label::of_file(file)), said, "{file}");
        }
    }

    #[test]
    fn names_of_folders_tell_who_handed_them_in() {
        let submitters = gradescope::read(
            "submission_77:\n  :submitters:\n  - :name: Jo Doe\n    :sid: '100'\n    :email: jo@x.edu\n",
        );
        for (folder, said) in [
            (
                "Jane Smith_12345_assignsubmission_file_",
                "Jane Smith_12345: 12345, Jane Smith, -, -",
            ),
            ("Jane Smith_12345_assignsubmission_file", "Jane Smith_12345: 12345, Jane Smith, -, -"),
            (
                "Default group_assignsubmission_file_",
                "Default group: Default group, Default group, -, -",
            ),
            ("submission_77", "submission_77: 100, Jo Doe, 000000000077, -"),
            ("submission_78", "submission_78: 78, -, 000000000078, -"),
            ("alice", "alice: alice, -, -, -"),
            (
                "smithjohn_12345_67890_hw",
                "smithjohn_12345_67890_hw: smithjohn_12345_67890_hw, -, -, -",
            ),
        ] {
            assert_eq!(told(Some(Label::of_folder(folder, &submitters))), said, "{folder}");
        }
    }
}
