//! A TOML file in which something is added and the rest stays as it is.

use std::fmt;

use anyhow::{Context, Result, ensure};
use toml_edit::{ArrayOfTables, DocumentMut, Item};

/// What some editors on Windows begin a file with.
const MARK: &str = "\u{feff}";

/// How lines end, on Windows and elsewhere.
const CR_LF: &str = "\r\n";
const LF: &str = "\n";

/// A TOML file with its comments and its layout.
#[derive(Debug)]
pub struct Manuscript {
    document: DocumentMut,
    /// Whether it begins with a byte-order mark.
    marked: bool,
    /// How its lines end.
    line_break: &'static str,
}

impl Manuscript {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// If it is no TOML, or not all of its lines end alike.
    pub fn read(text: &str) -> Result<Self> {
        let body = text.strip_prefix(MARK).unwrap_or(text);
        let manuscript = Self {
            // What is added has no carriage returns, so for now nothing has.
            document: body.replace(CR_LF, LF).parse().context("this is no TOML")?,
            marked: body.len() < text.len(),
            line_break: if body.contains(CR_LF) { CR_LF } else { LF },
        };
        let again = manuscript.to_string();
        // The last line gets its end if it has none.
        let is_same = again == text || again.strip_suffix(manuscript.line_break) == Some(text);
        ensure!(is_same, "some of its lines end with CR LF, others with LF");
        Ok(manuscript)
    }

    /// The tables that stand under `[[key]]`.
    ///
    /// # Errors
    ///
    /// If there are none, or they are written in another way.
    pub fn tables(&mut self, key: &str) -> Result<&mut ArrayOfTables> {
        let tables = self.document.get_mut(key).and_then(Item::as_array_of_tables_mut);
        tables.with_context(|| format!("only what stands under `[[{key}]]` can be added to"))
    }
}

impl fmt::Display for Manuscript {
    /// The text, in which nothing has changed but what was added.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.marked {
            f.write_str(MARK)?;
        }
        f.write_str(&self.document.to_string().replace(LF, self.line_break))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        let text = "# Comment.\na   = 'x'  # why\n\n[b]  \n\"c\" .d = [ 1,\n  2, ]\n\n\
                    [[e]]\nf = \"\"\"\nlines\n\"\"\"\n[[e]]\n[e.g]\n# The end.";
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("{MARK}{text}\n\n")] {
            assert_eq!(Manuscript::read(&text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_last_line_gets_an_end() {
        for (text, expected) in [("a = 1", "a = 1\n"), ("a = 1\r\nb = 2", "a = 1\r\nb = 2\r\n")] {
            assert_eq!(Manuscript::read(text).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let error = Manuscript::read("a = 1\r\nb = 2\n").unwrap_err();
        assert_eq!(error.to_string(), "some of its lines end with CR LF, others with LF");
        assert!(Manuscript::read("a = ").is_err());
        assert!(Manuscript::read("e = [{ a = 1 }]").unwrap().tables("e").is_err());
    }
}
