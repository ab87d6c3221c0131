//! Arrays in NumPy's `.npy` files.

use harness::Value;
use ndarray::ArrayD;
use ndarray_npy::npy::header::{Header, ReadHeaderError};
use ndarray_npy::{ReadNpyError, ReadNpyExt, ReadableElement};
use thiserror::Error;

/// The longest header that is read, in bytes. NumPy writes 118 for a plain array.
const LONGEST_HEADER: usize = 4096;

/// Why the bytes are no array that a fixture can use.
#[derive(Debug, Error)]
pub(super) enum NpyError {
    #[error("this is no `.npy` file")]
    NotNpy,
    #[error("the header of this `.npy` file does not describe a plain array")]
    NotPlain,
    #[error("the header of this `.npy` file cannot be read: {0}")]
    Header(ReadHeaderError),
    #[error("the type {0} is not supported")]
    Type(String),
    #[error("the header of this `.npy` file promises more elements than follow")]
    TooShort,
    #[error("this `.npy` file cannot be read: {0}")]
    Data(ReadNpyError),
}

/// Reads an array of floats, integers or bools, in row- or column-major order.
pub(super) fn read(bytes: &[u8]) -> Result<Value, NpyError> {
    check_header(bytes)?;
    let header = Header::from_reader(&mut &*bytes).map_err(NpyError::Header)?;
    // An axis of 0 counts as 1, as ndarray counts when it checks a shape. The reader allocates
    // what the header promises, so the promise is checked first.
    let axes = header.shape.iter().map(|&axis| axis.max(1));
    let spread = axes.fold(1_usize, usize::saturating_mul);
    if spread > bytes.len() {
        return Err(NpyError::TooShort);
    }
    let kind = header.type_descriptor.to_string();
    Ok(match kind.trim_matches('\'') {
        "<f8" | ">f8" => Value::Array(array(bytes, |value: f64| value)?),
        "<f4" | ">f4" => Value::Array(array(bytes, |value: f32| f64::from(value))?),
        "<i8" | ">i8" => Value::IntArray(array(bytes, |value: i64| value)?),
        "<i4" | ">i4" => Value::IntArray(array(bytes, |value: i32| i64::from(value))?),
        "|u1" => Value::IntArray(array(bytes, |value: u8| i64::from(value))?),
        "|b1" => Value::BoolArray(array(bytes, |value: bool| value)?),
        _ => return Err(NpyError::Type(kind)),
    })
}

/// Checks that the header is one of a plain array, which has one dictionary and one tuple. The
/// parser of Python literals recurses and backtracks, so nothing deeper is given to it.
fn check_header(bytes: &[u8]) -> Result<(), NpyError> {
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or(NpyError::NotNpy)?;
    let (start, length) = match rest {
        [1, _, low, high, ..] => (4, usize::from(u16::from_le_bytes([*low, *high]))),
        [2 | 3, _, a, b, c, d, ..] => (6, u32::from_le_bytes([*a, *b, *c, *d]) as usize),
        _ => return Err(NpyError::NotNpy),
    };
    if length > LONGEST_HEADER {
        return Err(NpyError::NotPlain);
    }
    let header = rest.get(start..start + length).ok_or(NpyError::NotNpy)?;
    let count = |brackets: &[u8]| header.iter().filter(|byte| brackets.contains(byte)).count();
    if count(b"[") > 0 || count(b"{") > 1 || count(b"(") > 1 {
        return Err(NpyError::NotPlain);
    }
    Ok(())
}

/// Reads the array and converts its elements, in standard layout.
fn array<A: ReadableElement + Clone, B: Clone>(
    bytes: &[u8],
    convert: impl Fn(A) -> B,
) -> Result<ArrayD<B>, NpyError> {
    let array = ArrayD::<A>::read_npy(bytes).map_err(NpyError::Data)?;
    Ok(array.mapv(convert).as_standard_layout().into_owned())
}
