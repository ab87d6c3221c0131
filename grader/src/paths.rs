//! Paths of this machine in texts that others read.
//!
//! Compilers and panics name files by absolute paths: where the project lies, what the user is
//! called. A reader of a report needs to know the file, not where it is kept.

/// Folders that hold sources under names that mean something: what comes after one of these (and
/// one more folder) is shown whole, as in `ndarray-0.17.2/src/arraytraits.rs`.
const SOURCES: [&str; 2] = ["/registry/src/", "/rustc/"];

/// `text` with every absolute path cut down to what says which file it is. Nothing of it depends on
/// whether a path exists.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let length = if let Some(color) = color(rest) {
            // A path may begin after a change of colour as after a space.
            short.push_str(color);
            color.len()
        } else if let Some(path) = path(rest, before) {
            short.push_str(&name(path));
            path.len()
        } else {
            short.push(c);
            c.len_utf8()
        };
        before = rest[..length].chars().next_back().filter(|_| c != '\u{1b}');
        rest = &rest[length..];
    }
    short
}

/// The escape sequence that `text` begins with, up to the letter that ends those for colours.
fn color(text: &str) -> Option<&str> {
    let end = text.starts_with('\u{1b}').then(|| text.find('m'))??;
    Some(&text[..=end])
}

/// The absolute path that `text` begins with, where `before` comes before it.
fn path(text: &str, before: Option<char>) -> Option<&str> {
    let inside = text.strip_prefix('/')?;
    // A path begins a word, and `//` a comment.
    if before.is_some_and(|c| c.is_alphanumeric() || "/._-~…>)]".contains(c))
        || inside.starts_with(|c: char| c.is_whitespace() || "/*=".contains(c))
    {
        return None;
    }
    let end = match before {
        Some(quote @ ('"' | '`' | '\'')) => text.find([quote, '\n']),
        _ => {
            text.find(|c: char| c.is_whitespace() || c.is_control() || "\"`'()[]<>,:;|".contains(c))
        }
    };
    let path = &text[..end.unwrap_or(text.len())];
    path[1..].contains('/').then_some(path)
}

/// What of a path says which file it is.
fn name(path: &str) -> String {
    let kept = SOURCES.iter().find_map(|folder| {
        let (_, inside) = path.split_once(folder)?;
        Some(inside.split_once('/')?.1)
    });
    match kept {
        Some(kept) => kept.to_owned(),
        None => format!("…/{}", path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn absolute_paths_lose_their_folders() {
        for (text, short) in [
            ("\u{1b}[94m--> \u{1b}[0m/rustc/1/library/x.rs", "\u{1b}[94m--> \u{1b}[0mlibrary/x.rs"),
            (
                " --> /root/.cargo/registry/src/index-1/ndarray-0.17.2/src/a.rs:2:11",
                " --> ndarray-0.17.2/src/a.rs:2:11",
            ),
            ("at /rustc/5980761/library/core/src/option.rs:1", "at library/core/src/option.rs:1"),
            ("couldn't read `/etc/my secrets/shadow`: denied", "couldn't read `…/shadow`: denied"),
            ("\"-L/usr/lib/x\" \"/home/a b/c.o\"", "\"-L/usr/lib/x\" \"…/c.o\""),
            ("cc: /usr/bin/ld, (/lib/x/y)", "cc: …/ld, (…/y)"),
            ("-Wl,-rpath,/home/me/lib", "-Wl,-rpath,…/lib"),
        ] {
            assert_eq!(shorten(text), short);
        }
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            " --> exercises/src/dot.rs:1:2",
            "a / b and a/b/c and 1/2/3",
            "// a comment /* another */ /// and a third",
            "/tmp and / and </p>",
            "crate::a/b",
        ] {
            assert_eq!(shorten(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[/a\"`σ :.\n]{0,40}") {
            let short = shorten(&text);
            prop_assert_eq!(shorten(&short), short);
        }
    }
}
