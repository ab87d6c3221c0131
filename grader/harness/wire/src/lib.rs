//! The frames between grader and worker, and how values are written in them.
//!
//! A frame is its length in bytes (`u64`) and then that many bytes. Numbers are in the machine's
//! own order, since both ends run on it. Decoding trusts nothing: a length is checked against the
//! bytes that are really there before anything is allocated for it.
//!
//! This is a crate of its own to be compiled with optimisation, without which the harness and the
//! learner's code are. What is generic would be compiled with those, so that readers and writers
//! are trait objects.

mod codec;
mod value;

use std::io::{self, Read};

pub use codec::Malformed;
use codec::{Input, put_text, put_u64, put_value, put_values};
pub use value::{Value, row_major};

/// Grader to worker: call a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Repeated in the reply.
    pub id: u64,
    /// Printed after the call on the captured stream, so that its output can be told from the
    /// next call's.
    pub marker: u64,
    /// The entry's name.
    pub function: String,
    /// The arguments.
    pub args: Vec<Value>,
}

/// Worker to grader: what became of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The call's id.
    pub id: u64,
    /// How long the function ran, in nanoseconds, as the worker measured it.
    pub nanos: u64,
    /// What it did.
    pub outcome: CallOutcome,
}

/// What a call did.
#[derive(Debug, Clone, PartialEq)]
pub enum CallOutcome {
    /// It returned a value.
    Returned(Value),
    /// It returned an `Err`.
    Failed(String),
    /// It panicked.
    Panicked {
        /// The panic's message.
        message: String,
        /// `file:line:column`, if known.
        location: Option<String>,
    },
    /// It was not called, because the arguments are not those it takes.
    Refused(String),
}

impl CallOutcome {
    /// Whether it panicked with the message of `todo!()` or `unimplemented!()`.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        let Self::Panicked { message, .. } = self else { return false };
        ["not yet implemented", "not implemented"]
            .iter()
            .filter_map(|words| message.strip_prefix(words))
            .any(|rest| rest.is_empty() || rest.starts_with(": "))
    }

    /// How many bytes it takes in memory, about.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Returned(value) => value.bytes(),
            Self::Failed(text) | Self::Refused(text) => text.len() as u64,
            Self::Panicked { message, location } => {
                (message.len() + location.as_ref().map_or(0, String::len)) as u64
            }
        }
    }
}

/// More than most frames take, in bytes.
const TYPICAL: usize = 256;

/// How much memory is taken for a frame before it has arrived, in bytes.
const EARLY: usize = 64 * 1024;

/// Appends a frame, of which `put` appends the body. Header and body lie in one piece, so that they can
/// be written at once and wake the reader once.
fn put_frame(out: &mut Vec<u8>, put: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    put_u64(out, 0);
    let body = out.len();
    put(out);
    let length = (out.len() - body) as u64;
    out[start..body].copy_from_slice(&length.to_ne_bytes());
}

/// Reads one frame of at most `limit` bytes; `None` at the end of the stream.
///
/// # Errors
///
/// Those of the reader; a frame that is longer than `limit` or cut short is `InvalidData`. More than a
/// little memory is taken only for bytes that have arrived.
pub fn read_frame(reader: &mut dyn Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let malformed = |what| io::Error::new(io::ErrorKind::InvalidData, Malformed(what));
    let mut length = [0; 8];
    let mut count = 0;
    while count < length.len() {
        match reader.read(&mut length[count..]) {
            Ok(0) if count == 0 => return Ok(None),
            Ok(0) => return Err(malformed("cut short")),
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u64::from_ne_bytes(length);
    if length > limit {
        return Err(malformed("too long"));
    }
    let mut body = Vec::with_capacity(usize::try_from(length).unwrap_or(EARLY).min(EARLY));
    reader.take(length).read_to_end(&mut body)?;
    if body.len() as u64 != length {
        return Err(malformed("cut short"));
    }
    Ok(Some(body))
}

impl Call {
    /// The frame's body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Self { id, marker, function, args } = self;
        let mut out = Vec::new();
        put_call(&mut out, *id, *marker, function, args);
        out
    }

    /// Appends the frame of a call with these parts, which are not copied before.
    pub fn put_frame(out: &mut Vec<u8>, id: u64, marker: u64, function: &str, args: &[Value]) {
        put_frame(out, |out| put_call(out, id, marker, function, args));
    }

    /// Reads a frame's body.
    ///
    /// # Errors
    ///
    /// Says what is malformed.
    pub fn decode(body: &[u8]) -> Result<Self, Malformed> {
        let mut input = Input::new(body);
        let call = Self {
            id: input.u64()?,
            marker: input.u64()?,
            function: input.text()?,
            args: input.values(0)?,
        };
        input.end(call)
    }
}

fn put_call(out: &mut Vec<u8>, id: u64, marker: u64, function: &str, args: &[Value]) {
    put_u64(out, id);
    put_u64(out, marker);
    put_text(out, function);
    put_values(out, args);
}

impl Reply {
    /// The frame.
    #[must_use]
    pub fn frame(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(TYPICAL);
        put_frame(&mut out, |out| self.put(out));
        out
    }

    /// The frame's body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.put(&mut out);
        out
    }

    fn put(&self, out: &mut Vec<u8>) {
        put_u64(out, self.id);
        put_u64(out, self.nanos);
        match &self.outcome {
            CallOutcome::Returned(value) => {
                out.push(0);
                put_value(out, value);
            }
            CallOutcome::Failed(error) => {
                out.push(1);
                put_text(out, error);
            }
            CallOutcome::Panicked { message, location } => {
                out.push(if location.is_some() { 3 } else { 2 });
                put_text(out, message);
                if let Some(location) = location {
                    put_text(out, location);
                }
            }
            CallOutcome::Refused(reason) => {
                out.push(4);
                put_text(out, reason);
            }
        }
    }

    /// Reads a frame's body.
    ///
    /// # Errors
    ///
    /// Says what is malformed.
    pub fn decode(body: &[u8]) -> Result<Self, Malformed> {
        let mut input = Input::new(body);
        let (id, nanos) = (input.u64()?, input.u64()?);
        let outcome = match input.u8()? {
            0 => CallOutcome::Returned(input.value(0)?),
            1 => CallOutcome::Failed(input.text()?),
            2 => CallOutcome::Panicked { message: input.text()?, location: None },
            3 => CallOutcome::Panicked { message: input.text()?, location: Some(input.text()?) },
            4 => CallOutcome::Refused(input.text()?),
            _ => return Err(Malformed("no such outcome")),
        };
        input.end(Self { id, nanos, outcome })
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{ArrayD, IxDyn, arr0, arr2};

    use super::*;

    fn reply(outcome: CallOutcome) -> Reply {
        Reply { id: 7, nanos: 1_000, outcome }
    }

    fn every_value() -> Value {
        Value::List(vec![
            Value::Bool(true),
            Value::Int(-3),
            Value::Float(-0.0),
            Value::Text("σ(x)".into()),
            Value::Array(arr2(&[[1.0, f64::INFINITY], [2.5, -0.5]]).into_dyn()),
            Value::Array(arr0(1.5).into_dyn()),
            Value::Array(ArrayD::zeros(IxDyn(&[0, 2]))),
            Value::IntArray(arr2(&[[1, i64::MIN]]).into_dyn()),
            Value::BoolArray(arr2(&[[true], [false]]).into_dyn()),
            Value::List(vec![]),
            Value::None,
        ])
    }

    #[test]
    fn every_value_survives_the_trip() {
        let call = Call {
            id: 1,
            marker: u64::MAX,
            function: "softmax::softmax".into(),
            args: vec![every_value(), Value::Float(f64::MIN_POSITIVE)],
        };
        assert_eq!(Call::decode(&call.encode()), Ok(call));
        for outcome in [
            CallOutcome::Returned(every_value()),
            CallOutcome::Failed("no".into()),
            CallOutcome::Panicked { message: "index 3".into(), location: None },
            CallOutcome::Panicked { message: "x".into(), location: Some("a.rs:1:2".into()) },
            CallOutcome::Refused("argument 1".into()),
        ] {
            let reply = reply(outcome);
            assert_eq!(Reply::decode(&reply.encode()), Ok(reply));
        }
    }

    #[test]
    fn every_cut_of_a_frame_is_malformed() {
        let body = reply(CallOutcome::Returned(every_value())).encode();
        for length in 0..body.len() {
            assert!(Reply::decode(&body[..length]).is_err(), "cut at {length}");
        }
        let mut longer = body;
        longer.push(0);
        assert_eq!(Reply::decode(&longer), Err(Malformed("bytes left over")));
    }

    #[test]
    fn frames_follow_each_other() {
        let (function, args) = ("dot::dot".to_owned(), vec![every_value()]);
        let mut stream = reply(CallOutcome::Returned(every_value())).frame();
        Call::put_frame(&mut stream, 1, 2, &function, &args);
        let mut stream = stream.as_slice();
        let mut next = || read_frame(&mut stream, 1000).unwrap();
        let returned = CallOutcome::Returned(every_value());
        assert_eq!(Reply::decode(&next().unwrap()), Ok(reply(returned)));
        assert_eq!(Call::decode(&next().unwrap()), Ok(Call { id: 1, marker: 2, function, args }));
        assert_eq!(next(), None);
    }
}
