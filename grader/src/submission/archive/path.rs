//! Paths of entries.

/// The path of an entry, as plain names with `/` between them, or what is wrong with it.
///
/// Nothing is written under these paths, but what would lead elsewhere on any system was not
/// packed by accident, and two programs may read it in two ways.
pub(super) fn plain(raw: &[u8]) -> Result<String, &'static str> {
    let Ok(path) = str::from_utf8(raw) else {
        return Err("has a name that is not UTF-8");
    };
    let drive = matches!(raw, [letter, b':', ..] if letter.is_ascii_alphabetic());
    if path.contains('\0') {
        Err("has a NUL in its name")
    } else if path.contains('\\') {
        Err("has a backslash in its name")
    } else if path.starts_with('/') || drive {
        Err("has an absolute path")
    } else if path.split('/').any(|name| name == "..") {
        Err("has `..` in its path")
    } else {
        let names = path.split('/').filter(|name| !matches!(*name, "" | "."));
        Ok(names.collect::<Vec<_>>().join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_dots_go() {
        for (raw, path) in [
            ("dot.rs", "dot.rs"),
            ("./exercises//src/dot.rs", "exercises/src/dot.rs"),
            ("exercises/./src/", "exercises/src"),
            ("./", ""),
            ("a..b/...", "a..b/..."),
            ("übung/dot.rs", "übung/dot.rs"),
        ] {
            assert_eq!(plain(raw.as_bytes()).as_deref(), Ok(path), "{raw}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for (raw, fault) in [
            (&b"../dot.rs"[..], "has `..` in its path"),
            (b"a/../../dot.rs", "has `..` in its path"),
            (b"a/..", "has `..` in its path"),
            (b"/etc/dot.rs", "has an absolute path"),
            (b"//server/dot.rs", "has an absolute path"),
            (b"C:/dot.rs", "has an absolute path"),
            (b"c:dot.rs", "has an absolute path"),
            (b"..\\dot.rs", "has a backslash in its name"),
            (b"dot.rs\0.txt", "has a NUL in its name"),
            (b"d\xffot.rs", "has a name that is not UTF-8"),
        ] {
            assert_eq!(plain(raw), Err(fault), "{}", raw.escape_ascii());
        }
    }
}
