//! One number as it was printed.

use super::PrintedError;
use super::cursor::quoted;

/// What kind of number was printed; a number of a later kind can stand for one of an earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Bool,
    Int,
    Float,
}

/// A number with the digits that it showed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Where it stands, in bytes from the beginning of the text.
    pub offset: usize,
    pub shown: Shown,
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shown {
    Bool(bool),
    Int(i64),
    /// `nan` or `inf`.
    NonFinite(f64),
    /// A number with a point or an exponent.
    Float {
        value: f64,
        /// How many digits follow the point.
        digits: u32,
        /// The power of ten, in scientific notation.
        exponent: Option<i32>,
    },
}

impl Number {
    /// Reads a word such as `-1.5e-03`, `nan` or `True`.
    pub fn parse(word: &str, offset: usize) -> Result<Self, PrintedError> {
        let error = |message: String| Err(PrintedError::new(offset, message));
        let shown = match word {
            "True" | "np.True_" => Shown::Bool(true),
            "False" | "np.False_" => Shown::Bool(false),
            "..." => {
                return error(
                    "NumPy left numbers out here; print all of them after \
                     `np.set_printoptions(threshold=np.inf)`"
                        .into(),
                );
            }
            _ => match Shown::parse(word) {
                Ok(shown) => shown,
                Err(what) => return error(format!("{} {what}", quoted(word))),
            },
        };
        Ok(Self { offset, shown })
    }

    pub fn kind(&self) -> Kind {
        self.shown.kind()
    }
}

impl Shown {
    /// Reads a number; an error is what is to be said after the word.
    fn parse(word: &str) -> Result<Self, &'static str> {
        let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
        if unsigned.eq_ignore_ascii_case("nan") || unsigned.eq_ignore_ascii_case("inf") {
            return word.parse().map(Self::NonFinite).map_err(|_| NO_NUMBER);
        }
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let power = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
        if whole.len() + fraction.map_or(0, str::len) == 0
            || !digits(whole)
            || !fraction.is_none_or(digits)
            || !power.is_none_or(|power| !power.is_empty() && digits(power))
        {
            return Err(match unsigned.strip_suffix('j') {
                Some(_) => "is a complex number, which a course does not have",
                None => NO_NUMBER,
            });
        }
        if fraction.is_none() && exponent.is_none() {
            return word.parse().map(Self::Int).map_err(|_| "is beyond 64 bits");
        }
        let value: f64 = word.parse().map_err(|_| NO_NUMBER)?;
        let exponent = exponent.map(str::parse).transpose().map_err(|_| TOO_LARGE)?;
        if value.is_infinite() {
            return Err(TOO_LARGE);
        }
        let digits = fraction.map_or(0, str::len).try_into().unwrap_or(u32::MAX);
        Ok(Self::Float { value, digits, exponent })
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::NonFinite(_) | Self::Float { .. } => Kind::Float,
        }
    }

    /// The value as a float.
    pub fn value(self) -> f64 {
        match self {
            Self::Bool(value) => f64::from(value),
            Self::Int(value) => value as f64,
            Self::NonFinite(value) | Self::Float { value, .. } => value,
        }
    }

    /// Half a unit of the last of so many fractional digits: how far the number that was printed
    /// may be from this one, in the unit of the value.
    pub fn half_unit(self, digits: u32) -> f64 {
        let exponent = match self {
            Self::Float { exponent: None, .. } => 0,
            Self::Float { exponent: Some(exponent), value, .. } if value != 0.0 => exponent,
            _ => return 0.0,
        };
        // Read as text, which rounds once; beyond the smallest number it is zero.
        let power = i64::from(exponent) - i64::from(digits) - 1;
        format!("5e{power}").parse().unwrap_or(0.0)
    }
}

const NO_NUMBER: &str = "is not a number";
const TOO_LARGE: &str = "is beyond the range of a float";
