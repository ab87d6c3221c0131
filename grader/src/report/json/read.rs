//! Reads a JSON report, which may come from anybody.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::document::{Document, VERSION};
use crate::report::text;

/// The largest report that is read, in bytes: the largest one written has a few million.
pub const LARGEST: u64 = 64 << 20;

/// How many characters of what is wrong are kept: it may quote the report.
const KEPT: usize = 500;

/// Reads a JSON report of this version. What is wrong with it is said with key, line and column.
///
/// # Errors
///
/// If it is no JSON, of another version, or lacks a key or has one too many.
pub fn read(bytes: &[u8]) -> Result<Document, String> {
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let document = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (path, what) = (error.path().to_string(), error.inner().to_string());
        // A point is the whole.
        if path == "." { what } else { format!("`{path}`: {what}") }
    });
    let document = document.and_then(|it| json.end().map(|()| it).map_err(|it| it.to_string()));
    document.map_err(|what| text::capped(text::one_line(&what), KEPT))
}

/// The version, if it is this one.
pub(super) fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        VERSION => Ok(VERSION),
        other => Err(D::Error::custom(format!(
            "the report is of version {other}, and this grader reads version {VERSION}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Exporter, Json, sample};

    fn written() -> String {
        String::from_utf8(Json::default().export(&sample::few()).unwrap()).unwrap()
    }

    #[test]
    fn what_is_wrong_is_said_with_key_and_line() {
        let report = written();
        for (from, to, said) in [
            (
                "\"version\": 1",
                "\"version\": 2",
                "`version`: the report is of version 2, and this grader reads version 1 at line 2 \
                 column 14",
            ),
            ("\"percent\": 36.25,\n", "", "missing field `percent` at line"),
            (
                "\"verdict\": \"wrong value\",",
                "",
                "`exercises[2].cases[0]`: missing field `verdict` at line",
            ),
            ("\"kind\"", "\"kidn\"", "`exercises[0].cases[0].kidn`: unknown field `kidn`"),
            ("\"points\": 40", "\"points\": \"40\"", "`points`: invalid type: string \"40\""),
            ("\"rustc\"", "rustc", "key must be a string at line 18 column 5"),
            ("\n}\n", "\n", "EOF while parsing an object"),
            ("\n}\n", "\n}\n{}", "trailing characters at line"),
        ] {
            let error = read(report.replacen(from, to, 1).as_bytes()).expect_err(to);
            assert!(error.contains(said), "{error}");
        }
        assert_eq!(read(report.as_bytes()), Ok(Json::default().document(&sample::few())));
    }

    #[test]
    fn hostile_reports_are_refused_in_few_harmless_words() {
        for report in [
            "[".repeat(1 << 20),
            format!("{{\"version\": 1, \"{}\": 1}}", "x\u{202e}".repeat(1 << 16)),
            format!("{{\"version\": 1, \"\u{9b}31m{}\": 1}}", "\\u001b[2J".repeat(1 << 16)),
            "\0".into(),
            " ".repeat(LARGEST as usize + 1),
        ] {
            let error = read(report.as_bytes()).expect_err("hostile");
            assert!(error.chars().count() < KEPT + 10, "{error}");
            assert_eq!(text::one_line(&error), error);
        }
        assert!(read(b"\xff").is_err());
    }
}
