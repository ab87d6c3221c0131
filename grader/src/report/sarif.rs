//! What does not compile, as SARIF 2.1.0: for code scanning and editors.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::compile_error::{self, CompileError};
use super::json::pretty;
use super::{Exporter, text};
use crate::diagnostic::Diagnostic;
use crate::grade::Report;

/// The schema that the file follows.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The rule of errors without a code of rustc's.
const NO_CODE: &str = "error";

/// How many characters of a message are kept.
const MESSAGE: usize = 4 << 10;

/// Writes the errors of exercises that do not compile.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sarif;

impl Exporter for Sarif {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let errors = compile_error::all(report);
        let rules: BTreeSet<&str> = errors.iter().map(rule).collect();
        let rules: Vec<Value> = rules.into_iter().map(|id| json!({ "id": id })).collect();
        let results: Vec<Value> = errors.iter().map(result).collect();
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {
                    "driver": {
                        "name": "rustc",
                        "version": text::one_line(&report.provenance.rustc),
                        "rules": rules,
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        pretty(&log)
    }
}

/// What rustc says, without what SARIF takes for a link: `[text](address)`.
fn message(diagnostic: &Diagnostic) -> String {
    text::capped(text::plain(&diagnostic.explanation()), MESSAGE).replace("](", "] (")
}

fn rule<'a>(error: &CompileError<'a>) -> &'a str {
    error.diagnostic.code.as_deref().unwrap_or(NO_CODE)
}

fn result(error: &CompileError<'_>) -> Value {
    let CompileError { diagnostic, place, .. } = error;
    json!({
        "ruleId": rule(error),
        "level": "error",
        "message": { "text": message(diagnostic) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": text::one_line(&place.file), "uriBaseId": "%SRCROOT%" },
                "region": {
                    "startLine": place.line,
                    "startColumn": place.column,
                    "endLine": place.end_line,
                    "endColumn": place.end_column,
                },
            }
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn json(report: &Report) -> String {
        String::from_utf8(Sarif.export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(json(&sample::few()), @r#"
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "exercises/src/sigmoid.rs",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "endColumn": 8,
                          "endLine": 52,
                          "startColumn": 5,
                          "startLine": 52
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "mismatched types"
                  },
                  "ruleId": "E0308"
                }
              ],
              "tool": {
                "driver": {
                  "name": "rustc",
                  "rules": [
                    {
                      "id": "E0308"
                    }
                  ],
                  "version": "1.95.0"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
        "#);
    }
}
