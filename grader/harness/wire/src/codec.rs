//! How values are written in a frame, and read from one that is not trusted.

use bytemuck::{cast_slice, pod_collect_to_vec};
use ndarray::{ArrayD, IxDyn};

use crate::value::{Value, row_major};

/// Arrays have at most this many dimensions, as in NumPy before 2.0.
const MAX_DIMENSIONS: usize = 32;

/// The lists of a frame have at most this many items in all, each of which may be a single byte on
/// the wire and takes a hundred in memory.
const MAX_ITEMS: usize = 1 << 20;

/// Lists are nested at most this deep.
const MAX_DEPTH: usize = 32;

/// A frame that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "malformed frame: {}", self.0)
    }
}

impl std::error::Error for Malformed {}

pub fn put_u64(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_ne_bytes());
}

pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u64(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

pub fn put_values(out: &mut Vec<u8>, values: &[Value]) {
    put_u64(out, values.len() as u64);
    for value in values {
        put_value(out, value);
    }
}

pub fn put_shape(out: &mut Vec<u8>, shape: &[usize]) {
    put_u64(out, shape.len() as u64);
    for &length in shape {
        put_u64(out, length as u64);
    }
}

pub fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Bool(b) => out.extend_from_slice(&[0, u8::from(*b)]),
        Value::Int(x) => {
            out.push(1);
            out.extend_from_slice(&x.to_ne_bytes());
        }
        Value::Float(x) => {
            out.push(2);
            out.extend_from_slice(&x.to_ne_bytes());
        }
        Value::Text(text) => {
            out.push(3);
            put_text(out, text);
        }
        Value::Array(array) => {
            out.push(4);
            put_shape(out, array.shape());
            out.extend_from_slice(cast_slice(&row_major(array)));
        }
        Value::IntArray(array) => {
            out.push(5);
            put_shape(out, array.shape());
            out.extend_from_slice(cast_slice(&row_major(array)));
        }
        Value::BoolArray(array) => {
            out.push(6);
            put_shape(out, array.shape());
            out.extend(array.iter().map(|b| u8::from(*b)));
        }
        Value::List(items) => {
            out.push(7);
            put_values(out, items);
        }
        Value::None => out.push(8),
    }
}

/// The part of a body that is not yet read.
pub struct Input<'a> {
    rest: &'a [u8],
    /// How many more items its lists may have.
    items: usize,
}

impl<'a> Input<'a> {
    pub fn new(body: &'a [u8]) -> Self {
        Self { rest: body, items: MAX_ITEMS }
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or(Malformed("cut short"))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn word(&mut self) -> Result<[u8; 8], Malformed> {
        Ok(self.bytes(8)?.try_into().expect("eight bytes"))
    }

    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(self.bytes(1)?[0])
    }

    pub fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_ne_bytes(self.word()?))
    }

    fn length(&mut self) -> Result<usize, Malformed> {
        usize::try_from(self.u64()?).map_err(|_| Malformed("too long"))
    }

    pub fn text(&mut self) -> Result<String, Malformed> {
        let length = self.length()?;
        let bytes = self.bytes(length)?.to_vec();
        String::from_utf8(bytes).map_err(|_| Malformed("text that is not UTF-8"))
    }

    pub fn values(&mut self, depth: usize) -> Result<Vec<Value>, Malformed> {
        let count = self.length()?;
        self.items = self.items.checked_sub(count).ok_or(Malformed("too many items"))?;
        // Grows with what is there: the count alone allocates nothing.
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(self.value(depth)?);
        }
        Ok(values)
    }

    pub fn value(&mut self, depth: usize) -> Result<Value, Malformed> {
        if depth > MAX_DEPTH {
            return Err(Malformed("nested too deeply"));
        }
        Ok(match self.u8()? {
            0 => Value::Bool(bool(self.u8()?)?),
            1 => Value::Int(i64::from_ne_bytes(self.word()?)),
            2 => Value::Float(f64::from_ne_bytes(self.word()?)),
            3 => Value::Text(self.text()?),
            4 => Value::Array(self.array(8, |bytes| Ok(pod_collect_to_vec(bytes)))?),
            5 => Value::IntArray(self.array(8, |bytes| Ok(pod_collect_to_vec(bytes)))?),
            6 => {
                Value::BoolArray(self.array(1, |bytes| bytes.iter().copied().map(bool).collect())?)
            }
            7 => Value::List(self.values(depth + 1)?),
            8 => Value::None,
            _ => return Err(Malformed("no such value")),
        })
    }

    fn array<T>(
        &mut self,
        size: usize,
        read: impl Fn(&[u8]) -> Result<Vec<T>, Malformed>,
    ) -> Result<ArrayD<T>, Malformed> {
        let dimensions = self.length()?;
        if dimensions > MAX_DIMENSIONS {
            return Err(Malformed("too many dimensions"));
        }
        let shape: Vec<usize> = (0..dimensions).map(|_| self.length()).collect::<Result<_, _>>()?;
        let bytes = shape
            .iter()
            .try_fold(size, |product, &length| product.checked_mul(length))
            .ok_or(Malformed("too many elements"))?;
        let data = read(self.bytes(bytes)?)?;
        ArrayD::from_shape_vec(IxDyn(&shape), data).map_err(|_| Malformed("a shape that lies"))
    }

    pub fn end<T>(self, result: T) -> Result<T, Malformed> {
        if self.rest.is_empty() { Ok(result) } else { Err(Malformed("bytes left over")) }
    }
}

fn bool(byte: u8) -> Result<bool, Malformed> {
    match byte {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Malformed("a bool that is neither")),
    }
}
