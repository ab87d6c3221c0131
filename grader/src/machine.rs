//! Whose fault an error of the system is.

use std::io;

/// Whether an error is the machine's (too many open files, a broken disk), and not that of whoever
/// named the file.
#[must_use]
pub fn is_machines(error: &io::Error) -> bool {
    use io::ErrorKind::*;

    !matches!(
        error.kind(),
        NotFound
            | PermissionDenied
            | NotADirectory
            | IsADirectory
            | InvalidInput
            | InvalidData
            | InvalidFilename
            | UnexpectedEof
    )
}
