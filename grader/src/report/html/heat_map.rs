//! The errors of a large matrix as a picture, with what it shows in words.

use serde::Serialize;

use super::errors::{Errors, Level};
use crate::compare::Differences;
use crate::report::plural;

/// How many rows and columns a matrix may have that is a table and nothing else.
const TABLE: usize = 8;

/// How many squares there are along an axis at most; beyond that, one stands for several elements.
const SQUARES: usize = 48;

/// The side of a square, and the room for the indices on the left and at the top.
const SIDE: usize = 12;
const LEFT: usize = 36;
const TOP: usize = 18;

/// A square is a little smaller than its place, so that it has an edge.
const FILL: f64 = 0.92;

/// Every so many squares there is an index.
const LABELLED: usize = 8;

/// The picture; lengths are in its own unit.
#[derive(Debug, Serialize)]
pub struct HeatMap {
    /// What it shows, in words.
    pub description: String,
    width: usize,
    height: usize,
    left: usize,
    top: usize,
    /// The squares of each level, as the path of an SVG.
    squares: Vec<Squares>,
    rows: Vec<Label>,
    columns: Vec<Label>,
}

/// The squares of a level.
#[derive(Debug, Serialize)]
struct Squares {
    level: Level,
    path: String,
    /// One of them alone, for the legend.
    sample: String,
    /// What it means.
    words: &'static str,
}

/// An index at the edge.
#[derive(Debug, Serialize)]
struct Label {
    at: usize,
    text: String,
}

/// An axis, cut into squares.
struct Axis {
    length: usize,
    /// How many elements a square stands for.
    each: usize,
    squares: usize,
}

impl Axis {
    fn of(length: usize) -> Self {
        let each = length.div_ceil(SQUARES).max(1);
        Self { length, each, squares: length.div_ceil(each) }
    }

    /// The elements that a square stands for.
    fn elements(&self, square: usize) -> std::ops::Range<usize> {
        square * self.each..self.length.min((square + 1) * self.each)
    }

    /// Indices with their places, in the middle of their squares.
    fn labels(&self, start: usize) -> Vec<Label> {
        let squares = (0..self.squares).step_by(LABELLED);
        squares
            .map(|square| Label {
                at: start + square * SIDE + SIDE / 2,
                text: (square * self.each).to_string(),
            })
            .collect()
    }
}

impl HeatMap {
    /// The errors of a matrix of more than eight rows or columns.
    pub fn of(errors: &Errors<'_>, differences: &Differences) -> Option<Self> {
        let &[rows, columns] = errors.shape else {
            return None;
        };
        if rows.max(columns) <= TABLE || rows.min(columns) < 2 {
            return None;
        }
        let (rows, columns) = (Axis::of(rows), Axis::of(columns));
        let levels = [Level::Slight, Level::Small, Level::Large, Level::Largest, Level::Endless];
        let mut squares: Vec<Squares> = levels.map(Squares::none).into();
        for row in 0..rows.squares {
            for column in 0..columns.squares {
                let elements = rows.elements(row).flat_map(|row| {
                    columns.elements(column).map(move |column| errors.level(&[row, column]))
                });
                let level = elements.max().unwrap_or(Level::Right);
                if let Some(squares) = squares.iter_mut().find(|it| it.level == level) {
                    let corner = [LEFT + column * SIDE, TOP + row * SIDE];
                    squares.path.push_str(&square(corner, level));
                }
            }
        }
        squares.retain(|squares| !squares.path.is_empty());
        Some(Self {
            description: description(&rows, &columns, differences),
            width: LEFT + columns.squares * SIDE,
            height: TOP + rows.squares * SIDE,
            left: LEFT,
            top: TOP,
            squares,
            rows: rows.labels(TOP),
            columns: columns.labels(LEFT),
        })
    }
}

impl Squares {
    fn none(level: Level) -> Self {
        Self { level, path: String::new(), sample: square([0, 0], level), words: level.words() }
    }
}

/// A square in the middle of its place, of which this is the corner; the worse its elements, the
/// larger it is.
fn square([x, y]: [usize; 2], level: Level) -> String {
    let side = SIDE as f64 * level.size() * FILL;
    let start = |place: usize| place as f64 + (SIDE as f64 - side) / 2.0;
    format!("M{:.1} {:.1}h{side:.1}v{side:.1}h-{side:.1}z", start(x), start(y))
}

fn description(rows: &Axis, columns: &Axis, differences: &Differences) -> String {
    let mut sentences = vec![format!(
        "{} of {} elements of a matrix of {} and {} are wrong.",
        differences.wrong,
        differences.total,
        plural(rows.length, "row"),
        plural(columns.length, "column"),
    )];
    if let [row, column] = differences.worst[..] {
        sentences.push(format!("The largest error is in row {row}, column {column}."));
    }
    if rows.each > 1 || columns.each > 1 {
        sentences.push(format!(
            "Each square stands for {} by {} elements and shows the largest of their errors.",
            rows.each, columns.each
        ));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use harness::Value;
    use ndarray::Array2;

    use super::*;
    use crate::compare::{Mismatch, compare};
    use crate::course::{NanPolicy, Precision, Tolerance};

    /// The heat map of a matrix of zeros with these elements.
    fn heat_map(shape: (usize, usize), wrong: &[([usize; 2], f64)]) -> Option<HeatMap> {
        let tolerance = Tolerance {
            abs: 1e-9,
            rel: 0.0,
            ulps: None,
            precision: Precision::Exact,
            nan: NanPolicy::Equal,
        };
        let mut actual = Array2::zeros(shape);
        for (index, value) in wrong {
            actual[*index] = *value;
        }
        let expected = Value::Array(Array2::zeros(shape).into_dyn());
        let actual = Value::Array(actual.into_dyn());
        let Err(Mismatch::Values(differences)) = compare(&actual, &expected, &tolerance) else {
            panic!("nothing is wrong");
        };
        HeatMap::of(&Errors::of(&actual, &expected, &tolerance)?, &differences)
    }

    #[test]
    fn small_matrices_columns_and_rows_are_tables() {
        let wrong = [([1, 0], 1.0)];
        assert!(heat_map((8, 8), &wrong).is_none());
        assert!(heat_map((100, 1), &wrong).is_none());
        assert!(heat_map((9, 2), &wrong).is_some());
    }

    #[test]
    fn each_wrong_element_has_a_square_as_large_as_its_error() {
        let wrong = [([0, 0], 1.0), ([2, 3], 0.2), ([9, 1], f64::NAN)];
        let map = heat_map((10, 10), &wrong).unwrap();
        let squares: Vec<_> = map.squares.iter().map(|it| (it.level, it.path.as_str())).collect();
        assert_eq!(
            squares,
            [
                (Level::Large, "M73.6 43.6h8.8v8.8h-8.8z"),
                (Level::Largest, "M36.5 18.5h11.0v11.0h-11.0z"),
                (Level::Endless, "M48.5 126.5h11.0v11.0h-11.0z"),
            ]
        );
        assert_eq!((map.width, map.height), (156, 138));
        assert_eq!(map.columns.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["0", "8"]);
        insta::assert_snapshot!(
            map.description,
            @"3 of 100 elements of a matrix of 10 rows and 10 columns are wrong. The largest error is in row 9, column 1."
        );
    }

    #[test]
    fn of_a_large_matrix_no_error_is_left_out() {
        let map = heat_map((1000, 90), &[([999, 89], 1.0)]).unwrap();
        assert_eq!(map.squares.len(), 1);
        insta::assert_snapshot!(
            map.description,
            @"1 of 90000 elements of a matrix of 1000 rows and 90 columns are wrong. The largest error is in row 999, column 89. Each square stands for 21 by 2 elements and shows the largest of their errors."
        );
    }
}
