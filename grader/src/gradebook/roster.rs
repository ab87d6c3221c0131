//! The roster: who is in the class, from a CSV file with a header.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use crate::course::{nearest, shown};
use crate::report::one_line;

/// The largest roster that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// What a roster says of a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(JsonSchema))]
pub enum Column {
    /// What the submissions are called that the student hands in.
    Submission,
    /// The number on the platform.
    Id,
    /// The name.
    Name,
    /// The e-mail address.
    Email,
    /// The name for logging in.
    Username,
    /// The number at the school.
    Idnumber,
    /// The number in a Moodle assignment: `Participant 12345`.
    Identifier,
    /// The user's id in the school's own system.
    SisUserId,
    /// The user's login in the school's own system.
    SisLoginId,
    /// The section or group.
    Section,
}

impl Column {
    /// The names of columns, without case, spaces and signs.
    const NAMES: [(&str, Self); 21] = [
        ("submission", Self::Submission),
        ("id", Self::Id),
        ("userid", Self::Id),
        ("name", Self::Name),
        ("student", Self::Name),
        ("fullname", Self::Name),
        ("email", Self::Email),
        ("emailaddress", Self::Email),
        ("username", Self::Username),
        ("login", Self::Username),
        ("idnumber", Self::Idnumber),
        ("sid", Self::Idnumber),
        ("studentid", Self::Idnumber),
        ("identifier", Self::Identifier),
        ("sisuserid", Self::SisUserId),
        ("sisloginid", Self::SisLoginId),
        ("section", Self::Section),
        ("sections", Self::Section),
        ("sectionname", Self::Section),
        ("group", Self::Section),
        ("groups", Self::Section),
    ];

    /// The name as in a roster's header.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Id => "id",
            Self::Name => "name",
            Self::Email => "email",
            Self::Username => "username",
            Self::Idnumber => "idnumber",
            Self::Identifier => "identifier",
            Self::SisUserId => "sis_user_id",
            Self::SisLoginId => "sis_login_id",
            Self::Section => "section",
        }
    }

    /// Whether no two students can have the same in it.
    fn is_unique(self) -> bool {
        !matches!(self, Self::Name | Self::Section)
    }
}

/// What a column of the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Cell(Column),
    FirstName,
    LastName,
    /// Only students are taken.
    Role,
    /// What other programs write and nobody needs here.
    Nothing,
}

impl Use {
    fn of(name: &str) -> Option<Self> {
        let name: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let column = Column::NAMES.iter().find(|(known, _)| *known == name);
        let other = match name.as_str() {
            "firstname" => Some(Self::FirstName),
            "lastname" | "surname" => Some(Self::LastName),
            "role" => Some(Self::Role),
            "githubid" | "rootaccount" | "integrationid" => Some(Self::Nothing),
            _ => None,
        };
        column.map(|(_, column)| Self::Cell(*column)).or(other)
    }
}

/// Who is in the class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// The students, in the file's order, each with the cells that are not empty.
    pub students: Vec<BTreeMap<Column, String>>,
}

/// What is wrong with a roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct RosterError {
    file: PathBuf,
    line: Option<usize>,
    message: String,
}

impl fmt::Display for RosterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.message)
    }
}

impl Roster {
    /// Reads a roster from a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or something is wrong with it.
    pub fn read(path: &Path) -> Result<Self, RosterError> {
        let wrong = |message: String| RosterError { file: path.into(), line: None, message };
        let about = path.metadata().map_err(|error| wrong(error.to_string()))?;
        if about.len() > LARGEST {
            return Err(wrong(format!("it is larger than {} MiB", LARGEST >> 20)));
        }
        let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| wrong("it is not UTF-8: save it as \"CSV UTF-8\"".into()))?;
        Self::parse(&text).map_err(|(line, message)| RosterError {
            file: path.into(),
            line,
            message,
        })
    }

    /// Reads a roster; an error has the line.
    fn parse(text: &str) -> Result<Self, (Option<usize>, String)> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
        let failure = |error| failure(text, &error);
        let uses = header(reader.headers().map_err(failure)?).map_err(|it| (Some(1), it))?;
        let mut students: Vec<BTreeMap<Column, String>> = Vec::new();
        let mut places = BTreeMap::new();
        for row in reader.records() {
            let row = row.map_err(failure)?;
            let place = row.position().map_or(0, csv::Position::byte);
            let Some(student) = student(&uses, &row) else { continue };
            for (column, cell) in student.iter().filter(|(column, _)| column.is_unique()) {
                if let Some(other) = places.insert((*column, cell.to_lowercase()), place) {
                    let (name, cell, other) = (column.name(), shown(cell), line(text, other));
                    let message = format!("the {name} {cell} is already that of line {other}");
                    return Err((Some(line(text, place)), message));
                }
            }
            students.push(student);
        }
        if students.is_empty() {
            return Err((None, "nobody is on this roster".into()));
        }
        Ok(Self { students })
    }
}

/// What separates the cells: of those that programs use the one that the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(|it| count(*it)).unwrap_or(b',')
}

/// The line of the row that begins at a byte, or behind the empty lines there.
fn line(text: &str, byte: u64) -> usize {
    let rest = text.get(usize::try_from(byte).unwrap_or(usize::MAX)..).unwrap_or_default();
    let start = text.len() - rest.trim_start_matches(['\r', '\n']).len();
    1 + text[..start].matches('\n').count()
}

fn failure(text: &str, error: &csv::Error) -> (Option<usize>, String) {
    let line = error.position().map(|it| line(text, it.byte()));
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells, where the header has {expected_len}")
        }
        _ => error.to_string(),
    };
    (line, message)
}

/// What each column is for.
fn header(header: &csv::StringRecord) -> Result<Vec<Use>, String> {
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    // In Canvas's gradebook the assignments follow, in Moodle's worksheet the grades.
    let is_platforms = matches!(names.as_slice(), ["Student", "ID", ..] | ["Identifier", ..]);
    let mut uses = Vec::new();
    let mut seen = BTreeSet::new();
    for name in names {
        let column = Use::of(name).filter(|_| !(is_platforms && uses.contains(&SECTION)));
        let column = match column {
            Some(column) => column,
            None if is_platforms => Use::Nothing,
            None => {
                let known = Column::NAMES.iter().map(|(_, column)| column.name());
                let meant = nearest(name, known.chain(["first_name", "last_name", "role"]));
                let meant = meant.map(|it| format!(", did you mean `{it}`?")).unwrap_or_default();
                return Err(format!("unknown column {}{meant}", shown(name)));
            }
        };
        if column != Use::Nothing && !seen.insert(column) {
            return Err(format!("{} is the second column that says this", shown(name)));
        }
        uses.push(column);
    }
    let tells = |it: &Use| matches!(it, Use::Cell(column) if *column != Column::Section);
    if !uses.iter().any(|it| tells(it) || *it == Use::LastName) {
        return Err("no column tells who the students are, such as submission, id or email".into());
    }
    Ok(uses)
}

/// The last column of Canvas's gradebook that is about the student.
const SECTION: Use = Use::Cell(Column::Section);

/// The cells of a row, unless it is not about a student.
fn student(uses: &[Use], row: &csv::StringRecord) -> Option<BTreeMap<Column, String>> {
    // Canvas's rows about assignments.
    if row.get(0).is_some_and(|first| first.trim_start().starts_with("Points Possible")) {
        return None;
    }
    let mut student = BTreeMap::new();
    let [mut first, mut last] = [const { String::new() }; 2];
    for (column, text) in uses.iter().zip(row) {
        let text = one_line(text).trim().to_owned();
        match column {
            Use::Cell(Column::Identifier) => {
                let number = text.strip_prefix("Participant ").unwrap_or(&text);
                student.insert(Column::Identifier, number.to_owned());
            }
            Use::Cell(column) => _ = student.insert(*column, text),
            Use::FirstName => first = text,
            Use::LastName => last = text,
            Use::Role if !text.is_empty() && !text.eq_ignore_ascii_case("student") => return None,
            Use::Role | Use::Nothing => {}
        }
    }
    student.entry(Column::Name).or_insert_with(|| format!("{first} {last}").trim().to_owned());
    student.retain(|_, text| !text.is_empty());
    student.keys().any(|column| *column != Column::Section).then_some(student)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster(text: &str) -> String {
        match Roster::parse(text) {
            Err((line, message)) => format!("{}: {message}", line.unwrap_or(0)),
            Ok(roster) => {
                let cells = |it: &BTreeMap<Column, String>| {
                    let cells = it.iter().map(|(column, it)| format!("{}={it}", column.name()));
                    cells.collect::<Vec<_>>().join(" ")
                };
                roster.students.iter().map(cells).collect::<Vec<_>>().join("\n")
            }
        }
    }

    #[test]
    fn rosters_of_several_programs_are_read() {
        for (text, read) in [
            (
                "\u{feff}submission,Name,E-Mail\nalice,\"Doe, Alice\",a@x.org\n",
                "submission=alice name=Doe, Alice email=a@x.org",
            ),
            (
                "Student,ID,SIS User ID,SIS Login ID,Section,Basics (12),Current Score\n\
                 \"    Points Possible\",,,,,10,\n\"Smith, John\",7,s7,js,A,3,\n",
                "id=7 name=Smith, John sis_user_id=s7 sis_login_id=js section=A",
            ),
            (
                "username,first_name,last_name,email,section,github_id,role\n\
                 al,Alice,Doe,a@x,1,77,student\nbo,Bob,Roe,b@x,1,78,ta\n",
                "name=Alice Doe email=a@x username=al section=1",
            ),
            (
                "Identifier;Full name;Email address;Status;Grade\n\
                 Participant 12;Jane Smith;j@x;;\n",
                "name=Jane Smith email=j@x identifier=12",
            ),
        ] {
            assert_eq!(roster(text), read);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_line() {
        for (text, said) in [
            ("emial,name\n", "1: unknown column `emial`, did you mean `email`?"),
            ("id,ID\n", "1: `ID` is the second column that says this"),
            (
                "section\nA\n",
                "1: no column tells who the students are, such as submission, id or email",
            ),
            ("id,name\n1,a\n2\n", "3: 1 cells, where the header has 2"),
            ("id,email\n1,a@x\n\n2,A@x\n", "4: the email `A@x` is already that of line 2"),
            ("id\n", "0: nobody is on this roster"),
            ("", "1: no column tells who the students are, such as submission, id or email"),
        ] {
            assert_eq!(roster(text), said, "{text:?}");
        }
    }
}
