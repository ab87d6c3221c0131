//! What a submission may use, written with units: `2 s`, `512 MiB`.

use std::time::Duration;

use num_rational::Ratio;

use super::Limits;
use super::decimal::decimal;
use super::name::shown;
use super::node::{Kind, Node};
use super::reader::Reader;

/// The limits of a course that sets none.
pub(super) const DEFAULT: Limits = Limits {
    wall: Duration::from_secs(2),
    memory: 512 << 20,
    output: 64 << 10,
    compile: Duration::from_secs(10),
    total: Duration::from_secs(60),
};

/// The least memory of a worker, in bytes: with less, even one without learner code does not start.
const LEAST_MEMORY: u64 = 32 << 20;

/// A quantity that can be limited.
struct Quantity {
    example: &'static str,
    /// The units, in nanoseconds or bytes.
    units: &'static [(&'static str, i128)],
    /// The most that makes sense, and how it is written.
    most: (i128, &'static str),
}

const TIME: Quantity = Quantity {
    example: "2 s",
    units: &[("ms", 1_000_000), ("s", 1_000_000_000), ("min", 60_000_000_000)],
    most: (86_400_000_000_000, "1440 min"),
};

const SIZE: Quantity = Quantity {
    example: "512 MiB",
    units: &[
        ("B", 1),
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
    ],
    most: (1 << 40, "1024 GiB"),
};

/// Reads a table of limits; what it leaves out is inherited. `whole` says whether it is that of the
/// course, which limits a submission as a whole, too.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    node: Option<&'a Node>,
    base: Limits,
    whole: bool,
) -> Limits {
    let mut limits = base;
    let Some(mut fields) = node.and_then(|node| reader.table(node)) else {
        return limits;
    };
    for (key, time) in
        [("wall", &mut limits.wall), ("compile", &mut limits.compile), ("total", &mut limits.total)]
    {
        let Some(entry) = fields.entry(key) else { continue };
        if !whole && key != "wall" {
            let message = format!("`{key}` is a limit of a submission: course.toml sets it");
            reader.report(entry.key_span, message);
        } else if let Some(nanos) = TIME.read(reader, &entry.value) {
            *time = Duration::from_nanos(nanos);
        }
    }
    for (key, size) in [("memory", &mut limits.memory), ("output", &mut limits.output)] {
        let Some(node) = fields.get(key) else { continue };
        match SIZE.read(reader, node) {
            Some(bytes) if key == "memory" && bytes < LEAST_MEMORY => {
                let help = "at least 32 MiB, as in \"64 MiB\"";
                reader.report_with_help(node.span, "no worker starts with so little memory", help);
            }
            Some(bytes) => *size = bytes,
            None => {}
        }
    }
    fields.finish(reader);
    limits
}

impl Quantity {
    /// Reads a quantity, in nanoseconds or bytes.
    fn read(&self, reader: &mut Reader<'_>, node: &Node) -> Option<u64> {
        let Kind::Text(text) = &node.kind else {
            let message = format!("expected a string with a unit, found {}", node.describe());
            reader.report_with_help(node.span, message, format!("as in \"{}\"", self.example));
            return None;
        };
        match self.parse(text) {
            Ok(amount) => Some(amount),
            Err(message) => {
                let units: Vec<_> = self.units.iter().map(|(unit, _)| *unit).collect();
                let help = format!(
                    "write it as in \"{}\"; the units are {}",
                    self.example,
                    units.join(", ")
                );
                reader.report_with_help(node.span, message, help);
                None
            }
        }
    }

    fn parse(&self, text: &str) -> Result<u64, String> {
        let text = text.trim();
        let unit_start = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
        let (number, unit) = text.split_at(unit_start);
        let number = decimal(number.trim_end())
            .ok_or_else(|| format!("expected a number and a unit, found {}", shown(text)))?;
        if unit.is_empty() {
            return Err("the unit is missing".to_owned());
        }
        let scale = self.units.iter().find(|(name, _)| *name == unit).map(|(_, scale)| *scale);
        let scale = scale.ok_or_else(|| format!("there is no unit {} here", shown(unit)))?;
        let amount = (number * Ratio::from(scale)).to_integer();
        if amount == 0 {
            Err("this limit leaves nothing".to_owned())
        } else if amount > self.most.0 {
            Err(format!("this limit is more than {}", self.most.1))
        } else {
            u64::try_from(amount).map_err(|error| error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_have_units() {
        assert_eq!(TIME.parse("1.5 s"), Ok(1_500_000_000));
        assert_eq!(TIME.parse("500ms"), Ok(500_000_000));
        assert_eq!(TIME.parse(" 2 min "), Ok(120_000_000_000));
        assert_eq!(SIZE.parse("512 MiB"), Ok(512 << 20));
        assert_eq!(SIZE.parse("64 kB"), Ok(64_000));
        assert_eq!(SIZE.parse("0.5 KiB"), Ok(512));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "s", "2", "2 h", "2 S", "-1 s", "1e3 s", "0 s", "0.1 ns", "1441 min"] {
            assert!(TIME.parse(text).is_err(), "{text}");
        }
        for text in ["512", "512 MIB", "0.9 B", "1025 GiB", "999999999999999999 GB"] {
            assert!(SIZE.parse(text).is_err(), "{text}");
        }
    }
}
