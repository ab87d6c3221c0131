//! Arrays as tables with their indices.

use serde::Serialize;

use super::errors::{Errors, Level};
use crate::report::array::Cells;

/// What stands for rows and columns that are left out.
const ELLIPSIS: &str = "…";

/// How many matrices of an array of more axes are shown.
const MATRICES: usize = 6;

/// A table.
#[derive(Debug, Serialize)]
pub struct Table {
    /// Which part of the array it shows, if it is not all.
    pub part: Option<String>,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its heading.
    pub heading: String,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// How wrong it is.
    pub level: Level,
}

/// Which of two arrays is shown.
#[derive(Debug, Clone, Copy)]
pub enum Side {
    /// What came.
    Actual = 0,
    /// What was wanted.
    Expected = 1,
}

impl Cell {
    fn right(text: &str) -> Self {
        Self { text: text.into(), level: Level::Right }
    }

    fn of(text: String, errors: Option<&Errors<'_>>, index: &[usize]) -> Self {
        Self { text, level: errors.map_or(Level::Right, |errors| errors.level(index)) }
    }
}

/// A vector with what was expected above what came and the error below.
pub fn vector(cells: &Cells, errors: &Errors<'_>) -> Option<Table> {
    let [axis] = cells.axes() else {
        return None;
    };
    let row = |heading: &str, cell: &dyn Fn(usize) -> Option<Cell>| Row {
        heading: heading.into(),
        cells: axis
            .iter()
            .map(|place| place.and_then(cell).unwrap_or_else(|| Cell::right(ELLIPSIS)))
            .collect(),
    };
    let text = |place: usize, side: Side| Some(cells.texts(&[place])?[side as usize].clone());
    let rows = vec![
        row("expected", &|place| Some(Cell::right(&text(place, Side::Expected)?))),
        row("actual", &|place| Some(Cell::of(text(place, Side::Actual)?, Some(errors), &[place]))),
        row("error", &|place| Some(Cell::right(&errors.words(&[place])))),
    ];
    Some(Table { part: None, columns: axis.iter().map(heading).collect(), rows })
}

/// One array as matrices, those of its leading axes one after the other; `errors` are marked.
///
/// A vector is a matrix of one row. At most [`MATRICES`] are shown.
pub fn matrices(cells: &Cells, side: Side, errors: Option<&Errors<'_>>) -> Vec<Table> {
    let (leading, rows, columns) = match cells.axes() {
        [] => return Vec::new(),
        [columns] => (&[][..], None, columns),
        [leading @ .., rows, columns] => (leading, Some(rows), columns),
    };
    let matrix = |lead: Vec<usize>| {
        let row = |place: Option<usize>, heading: String| Row {
            heading,
            cells: columns
                .iter()
                .map(|column| {
                    let index = [&lead[..], place.as_slice(), column.as_slice()].concat();
                    match cells.texts(&index) {
                        Some(texts) => Cell::of(texts[side as usize].clone(), errors, &index),
                        None => Cell::right(ELLIPSIS),
                    }
                })
                .collect(),
        };
        let rows = match rows {
            None => vec![row(None, String::new())],
            Some(rows) => rows.iter().map(|place| row(*place, heading(place))).collect(),
        };
        let part = (!lead.is_empty()).then(|| {
            let lead: Vec<String> = lead.iter().map(usize::to_string).collect();
            format!("[{}, :, :]", lead.join(", "))
        });
        Table { part, columns: columns.iter().map(heading).collect(), rows }
    };
    leads(leading).into_iter().map(matrix).collect()
}

/// The first indices along the leading axes, of those that are shown.
fn leads(axes: &[Vec<Option<usize>>]) -> Vec<Vec<usize>> {
    axes.iter().fold(vec![Vec::new()], |leads, axis| {
        let longer = leads.iter().flat_map(|lead| {
            axis.iter().flatten().map(move |&place| [&lead[..], &[place]].concat())
        });
        longer.take(MATRICES).collect()
    })
}

fn heading(place: &Option<usize>) -> String {
    place.map_or_else(|| ELLIPSIS.into(), |place| place.to_string())
}
