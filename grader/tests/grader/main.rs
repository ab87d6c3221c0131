//! The command as its users meet it: each test runs the real program.

#[cfg(all(target_os = "linux", feature = "class"))]
mod batch;
mod check;
mod commands;
mod compile_errors;
mod content;
mod deaths;
mod exit_codes;
mod formats;
#[cfg(feature = "class")]
mod gradebook;
#[cfg(unix)]
mod history;
#[cfg(feature = "archives")]
mod intake;
mod mistakes;
mod mutants;
#[cfg(unix)]
mod new;
#[cfg(target_os = "linux")]
mod processes;
mod project;
#[cfg(unix)]
mod readme;
#[cfg(unix)]
mod record;
mod refusals;
mod rules;
#[cfg(target_os = "linux")]
mod screen;
#[cfg(unix)]
mod speed;
#[cfg(unix)]
mod times;
mod trials;
#[cfg(target_os = "linux")]
mod trouble;
#[cfg(unix)]
mod verify;
#[cfg(target_os = "linux")]
mod watch;
