//! Whatever bytes come through the pipe, they are read or refused: without a panic, and without
//! memory for what was only promised.

mod arbitrary;
mod decode;
mod memory;
mod stream;
