//! What a piece of code mentions: loops, methods, and whatever a path leads to.
//!
//! It is told from the tokens, which are the same inside a macro's brackets as outside. Comments are
//! none, and what is in a string is no name.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

use crate::course::LOOPS;

/// A place where something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The keyword, the method, or the segments of the path.
    pub path: Vec<String>,
    /// Whether it is called with a point before it.
    pub is_method: bool,
    /// Whether it may as well be a variable: it is a word on its own that is not called.
    pub is_word: bool,
    /// Where it stands in the file, in bytes.
    pub offset: usize,
    /// The line it stands on, counted from 1.
    pub line: usize,
}

impl Mention {
    /// What is named: the whole path, and in `Array1::zeros` the type, too.
    pub fn paths(&self) -> impl Iterator<Item = &[String]> {
        let whole = self.path.as_slice();
        let owner = whole.split_last().map(|(_, owner)| owner);
        let is_type = |path: &&[String]| {
            path.last().is_some_and(|it| it.starts_with(|first: char| first.is_uppercase()))
        };
        std::iter::once(whole).chain(owner.filter(is_type))
    }
}

/// What some tokens mention, in order.
pub fn mentions(tokens: TokenStream) -> Vec<Mention> {
    let mut scan = Scan { mentions: Vec::new() };
    scan.stream(tokens);
    scan.mentions.sort_by_key(|mention| mention.offset);
    scan.mentions
}

struct Scan {
    mentions: Vec<Mention>,
}

impl Scan {
    fn stream(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        // Whether this is the head of an `impl`, whose `for` is no loop.
        let mut in_head = false;
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let (before, rest) = tokens.split_at(index);
            index += 1;
            match token {
                TokenTree::Group(group) => {
                    in_head &= group.delimiter() != Delimiter::Brace;
                    self.stream(group.stream());
                }
                TokenTree::Punct(punct) => in_head &= punct.as_char() != ';',
                TokenTree::Literal(_) => {}
                TokenTree::Ident(ident) => {
                    let word = ident.to_string();
                    match word.as_str() {
                        "impl" => in_head = true,
                        // As in `for<'a> Fn(&'a f64)`.
                        "for" if begins(&rest[1..], "<") => {}
                        "for" if in_head => in_head = false,
                        keyword if LOOPS.contains(&keyword) => {
                            self.push(ident, vec![word], false, false);
                        }
                        // What follows is a name that is given, not one that is mentioned.
                        "fn" => index += usize::from(matches!(rest, [_, TokenTree::Ident(_), ..])),
                        _ => index += self.path(before, ident, rest),
                    }
                }
            }
        }
    }

    /// Notes the path that begins with a name. Returns how many tokens behind the name are part of
    /// it.
    fn path(&mut self, before: &[TokenTree], name: &Ident, tokens: &[TokenTree]) -> usize {
        let mut path = vec![name.unraw().to_string()];
        let mut rest = &tokens[1..];
        while let [_, _, TokenTree::Ident(segment), behind @ ..] = rest
            && begins(rest, "::")
        {
            path.push(segment.unraw().to_string());
            rest = behind;
        }
        let length = tokens.len() - rest.len() - 1;
        let is_called = begins(rest, "::") || is_called(rest);
        let is_member = ends(before, ".") && !ends(before, "..");
        let is_word = path.len() == 1 && !is_called && !ends(before, "::");
        let is_label = ends(before, "'");
        let is_field = is_member && !is_called || is_word && begins(rest, ":");
        if !is_label && !is_field {
            self.push(name, path, is_member, is_word);
        }
        length
    }

    fn push(&mut self, at: &Ident, path: Vec<String>, is_method: bool, is_word: bool) {
        let (offset, line) = (at.span().byte_range().start, at.span().start().line);
        self.mentions.push(Mention { path, is_method, is_word, offset, line });
    }
}

/// Whether tokens behind a path call what it names, be it a macro.
fn is_called(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Group(group), ..] => group.delimiter() == Delimiter::Parenthesis,
        [bang, TokenTree::Group(_), ..] => is_sign(bang, '!'),
        _ => false,
    }
}

fn begins(tokens: &[TokenTree], signs: &str) -> bool {
    tokens.len() >= signs.len() && signs.chars().zip(tokens).all(|(sign, it)| is_sign(it, sign))
}

fn ends(tokens: &[TokenTree], signs: &str) -> bool {
    begins(&tokens[tokens.len().saturating_sub(signs.len())..], signs)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text mentions, each as its path and line, words in brackets.
    fn mentioned(text: &str) -> Vec<String> {
        let mentions = mentions(text.parse().expect("tokens")).into_iter();
        let shown = mentions.map(|Mention { path, is_method, is_word, line, .. }| {
            let path = path.join("::");
            match (is_method, is_word) {
                (true, _) => format!(".{path} {line}"),
                (_, true) => format!("({path}) {line}"),
                _ => format!("{path} {line}"),
            }
        });
        shown.collect()
    }

    #[test]
    fn loops_methods_paths_and_words_are_told_apart() {
        let text = "x.iter().map(f64::exp)\n.sum::<f64>();\nx(1); Vec::<u8>::new();\nvec![y; 3]";
        assert_eq!(
            mentioned(text),
            [
                "(x) 1",
                ".iter 1",
                ".map 1",
                "f64::exp 1",
                ".sum 2",
                "(f64) 2",
                "x 3",
                "Vec 3",
                "(u8) 3",
                "new 3",
                "vec 4",
                "(y) 4"
            ]
        );
    }

    #[test]
    fn loops_are_found_wherever_they_stand() {
        for text in [
            "for i in 0..3 {}",
            "'outer: loop { break 'outer; }",
            "while let Some(x) = x.next() {}",
            "vec![{ for i in 0..3 {} }]",
            "run!(for i 0..3 {})",
            "impl Mul for V { } for i in 0..3 {}",
            "|x| -> f64 { loop {} }",
        ] {
            let is_loop =
                |it: &String| LOOPS.iter().any(|word| it.starts_with(&format!("{word} ")));
            assert_eq!(mentioned(text).iter().filter(|it| is_loop(it)).count(), 1, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_name_is_none() {
        for (text, found) in [
            ("impl<F> for<'a> A<F> for V where F: for<'b> B<'b> {}", "F A F V where B"),
            ("/* for */ \"while\" // loop", ""),
            ("x.len; 'x: { break 'x }", "x break"),
            ("0..x; S { sum: 1.0 }; fn sum() {}; f != g", "x S f g"),
        ] {
            let mentioned = mentioned(text).join(" ").replace(['(', ')'], "").replace(" 1", "");
            assert_eq!(mentioned, found, "{text}");
        }
    }
}
