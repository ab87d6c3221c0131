//! Cells of CSV files that spreadsheets open.

use anyhow::{Context, Result};

/// What begins a formula, in one spreadsheet or another: the list of OWASP's page on CSV injection,
/// with the full-width forms of these signs.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Text as a spreadsheet shows it and does not calculate it: behind an apostrophe where it would
/// else be a formula.
pub(super) fn text(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet would take a text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start_matches([' ', '\'', '"']).starts_with(FORMULA) || text.starts_with(FORMULA)
}

/// Rows as CSV: text quoted, numbers not, as RFC 4180 says.
pub(super) fn write(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::NonNumeric)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error()).context("failed to write CSV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for (from, to) in [
            ("=1+2", "'=1+2"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("'=1", "''=1"),
            ("＝cmd", "'＝cmd"),
            ("O'Neil", "O'Neil"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(text(from), to);
        }
    }

    #[test]
    fn text_is_quoted_and_numbers_are_not() {
        let row = ["a,b", "3.25", "say \"so\"", ""].map(str::to_owned).to_vec();
        let written = write(&[row]).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "\"a,b\",3.25,\"say \"\"so\"\"\",\"\"\r\n");
    }
}
