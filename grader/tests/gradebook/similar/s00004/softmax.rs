use ndarray::{Array2, Axis};

// My own work!
#[inline]
pub fn softmax(matrix: &Array2<f64>) -> Array2<f64> {
    let minus = matrix
        - &tops(matrix);
    let e = minus.mapv(f64::exp); /* e to the power */
    let total = e.sum_axis(Axis(1)).insert_axis(Axis(1));
    let result = &e / &total;
    assert!(result.iter().all(|number| number.is_finite()), "no infinity");
    result
}

fn tops(m: &Array2<f64>) -> Array2<f64> {
    let mut out = Array2::zeros((m.nrows(), 1));
    for (line, mut place) in m.outer_iter().zip(out.outer_iter_mut()) {
        let mut best = f64::NEG_INFINITY;
        for v in line { if *v > best { best = *v; } }
        place[0] = best;
    }
    out
}