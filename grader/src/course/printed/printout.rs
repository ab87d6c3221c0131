//! The numbers of a printout and the brackets around them.

use ndarray::{ArrayD, IxDyn};

use super::PrintedError;
use super::cursor::{Cursor, quoted};
use super::number::{Kind, Number};

/// How many dimensions an array may have, as in NumPy 1 and on the way to a worker.
const MOST_AXES: usize = 32;

/// What stands in a printout.
#[derive(Debug, Default)]
pub(super) struct Printout {
    /// The numbers in row-major order, either all bools or none.
    pub numbers: Vec<Number>,
    /// The shape of the array; a bare number has none.
    pub shape: Option<Vec<usize>>,
    /// The type that was named, which matters where there are no numbers.
    pub dtype: Option<Kind>,
}

/// A bracket that is still open.
struct Row {
    offset: usize,
    items: usize,
}

impl Printout {
    pub fn parse(text: &str) -> Result<Self, PrintedError> {
        let mut cursor = Cursor::new(text);
        cursor.space();
        let mut inside = cursor;
        let printout = match inside.call() {
            Some("array" | "np.array" | "numpy.array") => {
                cursor = inside;
                Self::in_array(&mut cursor)?
            }
            _ => Self::items(&mut cursor)?,
        };
        cursor.space();
        match cursor.peek() {
            None => Ok(printout),
            Some(_) => Err(cursor.unexpected("the end of the text")),
        }
    }

    /// An array of these elements, one for each number.
    pub fn array<T>(&self, elements: impl Iterator<Item = T>) -> Result<ArrayD<T>, PrintedError> {
        let shape = IxDyn(self.shape.as_deref().unwrap_or_default());
        ArrayD::from_shape_vec(shape, elements.collect())
            .map_err(|error| PrintedError::new(0, format!("no array has this shape: {error}")))
    }

    /// The value that these elements are, one for each number.
    pub fn value<T: Copy, V>(
        &self,
        elements: impl Iterator<Item = T>,
        scalar: impl Fn(T) -> V,
        array: impl Fn(ArrayD<T>) -> V,
    ) -> Result<V, PrintedError> {
        let elements = self.array(elements)?;
        Ok(match (&self.shape, elements.first()) {
            (None, Some(&element)) => scalar(element),
            _ => array(elements),
        })
    }

    /// Reads a number or nested brackets. It keeps the open brackets itself, so that a text
    /// cannot exhaust the stack.
    fn items(cursor: &mut Cursor) -> Result<Self, PrintedError> {
        let mut numbers: Vec<Number> = Vec::new();
        let mut open: Vec<Row> = Vec::new();
        // How many items the first row along each axis has.
        let mut sides: Vec<Option<usize>> = Vec::new();
        // How many brackets are around each number, as there are around the first.
        let mut depth = None;
        // Whether a comma may come next, and whether an item must.
        let (mut after_item, mut after_comma) = (false, false);
        loop {
            let offset = cursor.space();
            let error = |message: String| Err(PrintedError::new(offset, message));
            let ragged = || error("rows must be of equal length and depth".into());
            match cursor.peek() {
                Some('[') => {
                    if open.len() == MOST_AXES {
                        return error(format!("more than {MOST_AXES} dimensions"));
                    }
                    if depth.is_some_and(|depth| open.len() >= depth) {
                        return ragged();
                    }
                    cursor.eat('[');
                    open.push(Row { offset, items: 0 });
                    sides.resize(sides.len().max(open.len()), None);
                    (after_item, after_comma) = (false, false);
                    continue;
                }
                Some(']') if after_comma => {
                    return error("a comma without an item after it".into());
                }
                Some(']') => {
                    let Some(row) = open.pop() else {
                        return error("this bracket closes none".into());
                    };
                    cursor.eat(']');
                    let side = *sides[open.len()].get_or_insert(row.items);
                    if side != row.items {
                        let message = format!(
                            "rows must be of equal length: {} items here, {side} in the first",
                            row.items
                        );
                        return Err(PrintedError::new(row.offset, message));
                    }
                }
                Some(',') if after_item => {
                    cursor.eat(',');
                    (after_item, after_comma) = (false, true);
                    continue;
                }
                Some(',') => return error("a comma without an item before it".into()),
                None if !open.is_empty() => {
                    let offset = open.last().map_or(offset, |row| row.offset);
                    return Err(PrintedError::new(offset, "this bracket is never closed"));
                }
                _ => {
                    let number = number(cursor)?;
                    if let Some(first) = numbers.first()
                        && (first.kind() == Kind::Bool) != (number.kind() == Kind::Bool)
                    {
                        return error("bools and numbers do not mix".into());
                    }
                    let beside_rows = sides.get(open.len()).is_some_and(Option::is_some);
                    if *depth.get_or_insert(open.len()) != open.len() || beside_rows {
                        return ragged();
                    }
                    numbers.push(number);
                }
            }
            (after_item, after_comma) = (true, false);
            match open.last_mut() {
                Some(row) => row.items += 1,
                None => break,
            }
        }
        // Every axis was closed, but for a bare number, which has none.
        let shape: Vec<usize> = sides.into_iter().flatten().collect();
        let shape = Some(shape).filter(|shape| !shape.is_empty());
        Ok(Self { numbers, shape, dtype: None })
    }

    /// Reads what stands between `array(` and its closing bracket.
    fn in_array(cursor: &mut Cursor) -> Result<Self, PrintedError> {
        let mut printout = Self::items(cursor)?;
        let read = printout.shape.take().unwrap_or_default();
        let mut shape = read.clone();
        loop {
            cursor.space();
            if cursor.eat(')') {
                printout.shape = Some(shape);
                return Ok(printout);
            }
            if !cursor.eat(',') {
                return Err(cursor.unexpected("`,` or `)`"));
            }
            let offset = cursor.space();
            match cursor.word() {
                "dtype" => {
                    cursor.expect('=')?;
                    printout.dtype = Some(dtype(cursor)?);
                }
                "shape" => {
                    cursor.expect('=')?;
                    shape = sides(cursor)?;
                    let empty = printout.numbers.is_empty() && shape.contains(&0);
                    if shape != read && !empty {
                        return Err(PrintedError::new(offset, "the numbers are of another shape"));
                    }
                }
                name => {
                    let message = format!("expected `dtype` or `shape`, found {}", quoted(name));
                    return Err(PrintedError::new(offset, message));
                }
            }
        }
    }
}

/// Reads a number, bare or as in `np.float64(0.5)`.
fn number(cursor: &mut Cursor) -> Result<Number, PrintedError> {
    let start = *cursor;
    let call = cursor.call();
    if call.is_some_and(|name| !name.starts_with("np.") && !name.starts_with("numpy.")) {
        return Err(start.unexpected("a number, `[` or `array(`"));
    }
    let offset = cursor.space();
    let word = cursor.word();
    if word.is_empty() {
        return Err(cursor.unexpected("a number"));
    }
    let number = Number::parse(word, offset)?;
    if call.is_some() {
        cursor.expect(')')?;
    }
    Ok(number)
}

/// Reads the name of a type, such as `float64` or `'>f8'`.
fn dtype(cursor: &mut Cursor) -> Result<Kind, PrintedError> {
    let offset = cursor.space();
    let word = cursor.word();
    let name = word.trim_matches(['\'', '"']).trim_start_matches(['<', '>', '=', '|']);
    if name.starts_with("bool") {
        Ok(Kind::Bool)
    } else if name.starts_with(['i', 'u']) {
        Ok(Kind::Int)
    } else if name.starts_with('f') || name == "longdouble" {
        Ok(Kind::Float)
    } else {
        let message = format!("a course has no arrays of type {}", quoted(name));
        Err(PrintedError::new(offset, message))
    }
}

/// Reads a shape, such as `(0, 2)`.
fn sides(cursor: &mut Cursor) -> Result<Vec<usize>, PrintedError> {
    cursor.expect('(')?;
    let mut sides = Vec::new();
    loop {
        let offset = cursor.space();
        if cursor.eat(')') {
            return Ok(sides);
        }
        let Ok(side) = cursor.word().parse() else {
            return Err(PrintedError::new(offset, "this is not the length of an axis"));
        };
        sides.push(side);
        cursor.space();
        if !cursor.eat(',') {
            cursor.expect(')')?;
            return Ok(sides);
        }
    }
}
