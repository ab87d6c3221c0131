use ndarray::{Array2, Axis};

/// The largest score of each row.
fn largest(scores: &Array2<f64>) -> Array2<f64> {
    let mut rows = Array2::zeros((scores.nrows(), 1));
    for (row, mut cell) in scores.outer_iter().zip(rows.outer_iter_mut()) {
        let mut most = f64::NEG_INFINITY;
        for value in row {
            if *value > most { most = *value; }
        }
        cell[0] = most;
    }
    rows
}

pub fn softmax(x: &Array2<f64>) -> Array2<f64> {
    let shifted = x - &largest(x);
    let powers = shifted.mapv(f64::exp);
    let sums = powers.sum_axis(Axis(1)).insert_axis(Axis(1));
    let quotient = &powers / &sums;
    assert!(quotient.iter().all(|it| it.is_finite()), "all are finite");
    quotient
}