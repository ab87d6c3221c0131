//! Marks: which mutants of a reference are right as well, and why.

use std::ops::Range;

use super::mutant::{Mutant, line};

/// How a mark begins.
const BEGINNING: &str = "// equivalent:";

/// A comment in a reference, above a statement or at the end of a line, that says why no case can
/// tell a mutant from it:
///
/// ```text
/// // equivalent: `x1.dot(x2)` -> `x2.dot(x1)`: a product does not depend on the order.
/// x1.dot(x2)
/// ```
///
/// Above a statement it may go on in further comment lines. It stands for every mutant with these
/// two texts on the line of code, or in the statement that begins there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, up to the end of its first line, in bytes of the reference.
    pub range: Range<usize>,
    /// The line of code that it is about, counted from 1.
    line: usize,
    /// What is replaced and by what, without white space; or what is wrong with the mark.
    pub texts: Result<(String, String), &'static str>,
}

impl Mark {
    /// All marks of a reference, in order.
    #[must_use]
    pub fn all(reference: &str) -> Vec<Self> {
        let lines: Vec<&str> = reference.lines().collect();
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        let marks = lines.iter().enumerate().filter_map(|(index, text)| {
            let (code, words) = split(text)?;
            let mut words = words.trim().to_owned();
            let mut about = index;
            if code.trim().is_empty() {
                let below = &lines[index + 1..];
                for more in below.iter().take_while(|it| is_comment(it) && split(it).is_none()) {
                    words = format!("{words} {}", more.trim_start().trim_start_matches('/').trim());
                }
                about += 1 + below.iter().take_while(|it| is_comment(it)).count();
            }
            // Lines are parts of the text, so their places in it are known.
            let start = text.as_ptr().addr() - reference.as_ptr().addr();
            let range = start + code.len()..start + text.trim_end().len();
            Some(Self { range, line: about + 1, texts: read(&words) })
        });
        marks.collect()
    }

    /// How a mark for a mutant is written, but for the reason.
    #[must_use]
    pub fn of(mutant: &Mutant, reference: &str) -> String {
        format!("{BEGINNING} `{}` -> `{}`:", mutant.original(reference), mutant.replaced())
    }

    /// Whether it stands for a mutant.
    #[must_use]
    pub fn covers(&self, mutant: &Mutant, reference: &str) -> bool {
        let texts = (squeezed(&reference[mutant.range.clone()]), squeezed(&mutant.replacement));
        let lines = [mutant.range.start, mutant.statement].map(|byte| line(reference, byte));
        lines.contains(&self.line) && self.texts.as_ref() == Ok(&texts)
    }
}

/// A line's code and the words of the mark in it, if there is one. A documentation comment is none.
fn split(line: &str) -> Option<(&str, &str)> {
    let (code, words) = line.split_once(BEGINNING)?;
    (!code.ends_with('/')).then_some((code, words))
}

/// Reads what a mark says.
fn read(words: &str) -> Result<(String, String), &'static str> {
    let texts = || -> Option<(&str, &str, &str)> {
        let (original, rest) = words.strip_prefix('`')?.split_once("` -> `")?;
        let (replacement, rest) = rest.split_once('`')?;
        Some((original, replacement, rest))
    };
    let (original, replacement, rest) =
        texts().ok_or("this mark does not say what may be replaced by what")?;
    let reason = rest.strip_prefix(':').unwrap_or_default();
    if reason.trim().is_empty() {
        return Err("this mark gives no reason");
    }
    Ok((squeezed(original), squeezed(replacement)))
}

/// Code without white space, of which rustfmt decides.
fn squeezed(code: &str) -> String {
    code.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::super::mutate::mutate;
    use super::*;

    fn covered(reference: &str) -> Vec<(String, String)> {
        let marks = Mark::all(reference);
        let mutants = mutate(reference).unwrap();
        mutants
            .iter()
            .filter(|mutant| marks.iter().any(|mark| mark.covers(mutant, reference)))
            .map(|mutant| (mutant.original(reference), mutant.replaced()))
            .collect()
    }

    #[test]
    fn a_mark_stands_for_what_is_below_it_or_beside_it() {
        let pair = |original: &str, replaced: &str| (original.to_owned(), replaced.to_owned());
        let below = "fn f(a: f64) -> f64 {\n    // equivalent: `a` -> `b`: both are\n    \
                     // the same: always.\n    // equivalent: `a+1.0` -> `1.0`: why not.\n    \
                     // More.\n    let b =\n        a + 1.0;\n    b\n}\n";
        assert_eq!(covered(below), [pair("a + 1.0", "1.0")]);
        let beside =
            "fn f(a: f64, b: f64) -> f64 {\n    a // equivalent: `a` -> `b`: so it is.\n}\n";
        assert_eq!(covered(beside), [pair("a", "b")]);
        let elsewhere =
            beside.replace("    a //", "    let c = b; //").replace("}\n", "    a\n}\n");
        assert_eq!(covered(&elsewhere), []);
    }

    #[test]
    fn a_mark_says_what_by_what_and_why() {
        let texts = |text: &str| Mark::all(text).into_iter().map(|mark| mark.texts).next();
        let read = Some(Ok(("x::y".into(), String::new())));
        assert_eq!(texts("// equivalent: `x :: y` -> ``: because."), read);
        for text in ["`a` -> `b`", "`a` -> `b`:", "`a` -> `b` because"] {
            let text = format!("a(); // equivalent: {text}\n// not this");
            assert_eq!(texts(&text), Some(Err("this mark gives no reason")));
        }
        let unclear = Some(Err("this mark does not say what may be replaced by what"));
        assert_eq!(texts("// equivalent: a -> b: because."), unclear);
        assert_eq!(texts("/// equivalent: `a` -> `b`: because.\n// As equivalent: x"), None);
    }

    #[test]
    fn a_mark_can_be_copied_from_what_is_said_of_a_survivor() {
        let reference = "fn f(a: f64) -> f64 {\n    -a\n}\n";
        for mutant in mutate(reference).unwrap() {
            let mark = Mark::of(&mutant, reference);
            let marked = reference.replace("    -a", &format!("    {mark} why.\n    -a"));
            let pair = (mutant.original(reference), mutant.replaced());
            assert!(covered(&marked).contains(&pair), "{marked}");
        }
    }
}
