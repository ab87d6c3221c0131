//! The modules that a `lib.rs` declares.

/// Declares a module in a `lib.rs`: behind that of `previous` or, if it has none, at the end. The
/// lines between the declarations are as the file has them.
#[must_use]
pub fn declare(lib: &str, name: &str, previous: Option<&str>) -> String {
    if place(lib, name).is_some() {
        return lib.to_owned();
    }
    let line_break = if lib.contains("\r\n") { "\r\n" } else { "\n" };
    let close = lib.contains(&format!(";{line_break}pub mod "));
    let gap = line_break.repeat(if close { 1 } else { 2 });
    let behind = previous.and_then(|previous| place(lib, previous));
    let (before, after) = lib.split_at(behind.unwrap_or(lib.trim_end().len()));
    format!("{before}{gap}{declaration}{after}", declaration = declaration(name))
}

fn declaration(name: &str) -> String {
    format!("pub mod {name};")
}

/// Where the line ends that declares a module.
fn place(lib: &str, name: &str) -> Option<usize> {
    let declaration = declaration(name);
    let mut places = lib.match_indices(&declaration).map(|(start, _)| start);
    let start = places.find(|&start| start == 0 || lib[..start].ends_with('\n'))?;
    Some(lib[start..].find(['\r', '\n']).map_or(lib.len(), |length| start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_declared_behind_the_one_before_it() {
        for (lib, previous, expected) in [
            (
                "//! Doc.\n\npub mod a;\n\npub mod b;\n",
                "a",
                "//! Doc.\n\npub mod a;\n\npub mod new;\n\npub mod b;\n",
            ),
            ("pub mod a;\npub mod b;\n", "b", "pub mod a;\npub mod b;\npub mod new;\n"),
            (
                "pub mod a;\r\n\r\npub mod b;\r\n",
                "a",
                "pub mod a;\r\n\r\npub mod new;\r\n\r\npub mod b;\r\n",
            ),
            (
                "//! `pub mod a;`\npub mod a; // first\n",
                "a",
                "//! `pub mod a;`\npub mod a; // first\n\npub mod new;\n",
            ),
            ("pub mod b;\n", "a", "pub mod b;\n\npub mod new;\n"),
            ("pub mod new;\n\npub mod a;\n", "a", "pub mod new;\n\npub mod a;\n"),
        ] {
            assert_eq!(declare(lib, "new", Some(previous)), expected);
        }
        assert_eq!(declare("//! Doc.\n", "new", None), "//! Doc.\n\npub mod new;\n");
    }
}
