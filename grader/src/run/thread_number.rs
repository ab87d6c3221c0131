//! The numbers of threads, which the system gives anew every time.

/// What the standard library says of a thread, behind its name and its number.
const NEWS: [&str; 2] = [") panicked at ", ") has overflowed its stack"];

/// What a worker printed, without the numbers of its threads: of `thread 'main' (4711) panicked at`
/// is left `thread 'main' panicked at`, so that two runs print the same.
pub fn leave_out(output: &str) -> String {
    output.split_inclusive('\n').flat_map(|line| parts(line).unwrap_or([line, ""])).collect()
}

/// What stands before a thread's number in a line, and what behind it.
fn parts(line: &str) -> Option<[&str; 2]> {
    let place = NEWS.iter().filter_map(|news| line.find(news)).min()?;
    let before = line[..place].trim_end_matches(|c: char| c.is_ascii_digit());
    let is_number = before.len() < place && line.contains("thread '");
    let before = before.strip_suffix(" (").filter(|it| is_number && it.ends_with('\''))?;
    Some([before, &line[place + 1..]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_keep_their_names_and_lose_their_numbers() {
        for (printed, kept) in [
            (
                "thread 'main' (1) panicked at a.rs:1:2:\nno",
                "thread 'main' panicked at a.rs:1:2:\nno",
            ),
            (
                "x = 3\n\nthread '<unnamed>' (4711) has overflowed its stack\nfatal\n",
                "x = 3\n\nthread '<unnamed>' has overflowed its stack\nfatal\n",
            ),
            ("thread 'σ' (7) panicked at", "thread 'σ' (7) panicked at"),
            (
                "thread 'a' (7) panicked at x\nthread 'a' (8) panicked at x",
                "thread 'a' panicked at x\nthread 'a' panicked at x",
            ),
        ] {
            assert_eq!(leave_out(printed), kept);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for printed in [
            "it (1) panicked at noon",
            "thread 'main' () panicked at a.rs",
            "thread 'main' panicked at a.rs:1:2:",
            "thread 'main' (x) has overflowed its stack",
            "(12) panicked at ",
            "",
            "\n\nσ\r\n",
        ] {
            assert_eq!(leave_out(printed), printed);
        }
    }
}
