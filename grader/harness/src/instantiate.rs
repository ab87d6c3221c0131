//! Instantiates the common ndarray operations once, so that no submission has to.
//!
//! At optimisation level 0 rustc links to the copies of generic functions that a dependency
//! already has. Almost all the work in compiling a submission is such copies: calling them here
//! takes its compilation from more than a second to about a quarter. Nothing here runs, and
//! leaving an operation out costs a learner who uses it time, never points.

use std::hint::black_box;

use ndarray::{
    Array, Array1, Array2, Array3, ArrayD, ArrayView1, ArrayView2, ArrayView3, ArrayViewD, Axis,
    Dimension, Ix1, Ix2, Ix3, IxDyn, Zip, arr0, arr1, arr2, arr3, array, s,
};

use crate::argument::Argument;
use crate::function::{Arguments, returned};

macro_rules! elementwise {
    ($dimension:ty, $array:expr) => {{
        let a: Array<f64, $dimension> = black_box($array);
        let map: fn(f64) -> f64 = black_box(f64::exp);
        let map_ref: fn(&f64) -> f64 = black_box(|x: &f64| x.exp());
        let change: fn(&mut f64) = black_box(|x: &mut f64| *x = x.exp());
        black_box((a.mapv(map), a.map(map_ref), a.clone().mapv_into(map)));
        black_box((a.mapv(f64::exp), a.mapv(f64::abs), a.mapv(f64::sqrt), a.mapv(f64::recip)));
        let mut b = a.clone();
        b.mapv_inplace(map);
        b.map_inplace(change);
        b += &a;
        b -= &a;
        b *= &a;
        b /= &a;
        b += 1.0;
        b -= 1.0;
        b *= 2.0;
        b /= 2.0;
        b.fill(0.0);
        black_box((&a + 1.0, &a - 1.0, &a * 1.0, &a / 1.0));
        black_box((1.0 + &a, 1.0 - &a, 1.0 * &a, 1.0 / &a));
        black_box((a.clone() + 1.0, a.clone() - 1.0, a.clone() * 1.0, a.clone() / 1.0));
        black_box((1.0 + a.clone(), 1.0 - a.clone(), 1.0 * a.clone(), 1.0 / a.clone()));
        black_box((&a + &a, &a - &a, &a * &a, &a / &a));
        black_box((a.clone() + &a, a.clone() - &a, a.clone() * &a, a.clone() / &a));
        black_box((&a + a.clone(), &a - a.clone(), &a * a.clone(), &a / a.clone()));
        black_box((
            a.clone() + a.clone(),
            a.clone() - a.clone(),
            a.clone() * a.clone(),
            a.clone() / a.clone(),
        ));
        black_box((-&a, -a.clone(), a.sum(), a.mean(), a.len(), a.ndim(), a.is_empty()));
        black_box((a.pow2(), a.exp(), a.ln(), a.sqrt(), a.abs(), a.powi(2), a.powf(2.0)));
        black_box((a.view(), a.dim(), a.raw_dim(), a.to_owned(), a.clone().into_dyn()));
        black_box((a.view().to_owned() + a.view(), &a.view() * &a.view(), &a.view() - &a.view()));
        black_box((a.as_slice(), a.clone().into_iter().count(), a.first()));
        black_box(a.fold(0.0, |sum, x| sum + x));
        black_box(a.iter().cloned().collect::<Vec<f64>>());
        black_box(a.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        black_box(a.iter().sum::<f64>());
        for x in &a {
            black_box(x);
        }
        for x in a.iter().zip(a.iter()) {
            black_box(x);
        }
        for x in b.iter_mut() {
            *x = 0.0;
        }
        for x in a.indexed_iter() {
            black_box(x);
        }
        Zip::from(&mut b).and(&a).for_each(black_box(|x: &mut f64, y: &f64| *x = *y));
        black_box(Zip::from(&a).and(&a).map_collect(black_box(|x: &f64, y: &f64| x * y)));
        black_box(Array::<f64, $dimension>::zeros(a.raw_dim()));
        black_box(Array::<f64, $dimension>::ones(a.raw_dim()));
        black_box(Array::from_elem(a.raw_dim(), 1.0));
        black_box(a == b);
        black_box(format!("{a} {a:?}"));
        reshaped(&a);
    }};
}

/// The operations that learners call, on the arrays that the course uses.
pub fn instantiate() {
    elementwise!(Ix1, arr1(&[1.0]));
    elementwise!(Ix2, arr2(&[[1.0]]));
    elementwise!(Ix3, arr3(&[[[1.0]]]));
    elementwise!(IxDyn, arr0(1.0).into_dyn());
    vectors();
    matrices();
    indexing();
    calls();
}

/// What calls need of the types that functions take and return.
fn calls() {
    macro_rules! take {
        ($(($($type:ty),*))*) => {$(
            black_box(<($(<$type as Argument>::Owned,)*) as Arguments>::convert as fn(_) -> _);
        )*};
    }
    macro_rules! lend {
        ($($type:ty),*) => {$(
            black_box(<$type as Argument>::lend as fn(_) -> _);
            take!(($type));
        )*};
    }
    macro_rules! give {
        ($($type:ty),*) => {$(
            black_box(returned::<$type> as fn(_) -> _);
            black_box(returned::<Option<$type>> as fn(_) -> _);
            black_box(returned::<Result<$type, String>> as fn(_) -> _);
        )*};
    }
    take!(() (f64, f64) (i64, i64) (String, String) (Array1<f64>, Array1<f64>) (Array2<f64>, Array2<f64>));
    take!((Array3<f64>, Array3<f64>) (ArrayD<f64>, ArrayD<f64>) (Array2<f64>, Array1<f64>));
    take!((Array1<f64>, Array2<f64>) (Array1<f64>, f64) (Array2<f64>, f64) (ArrayD<f64>, f64));
    lend!(f64, i64, usize, bool, String, &str, Vec<f64>, &[f64], &Vec<f64>);
    lend!(Array1<f64>, Array2<f64>, Array3<f64>, ArrayD<f64>);
    lend!(&Array1<f64>, &Array2<f64>, &Array3<f64>, &ArrayD<f64>);
    lend!(ArrayView1<'_, f64>, ArrayView2<'_, f64>, ArrayView3<'_, f64>, ArrayViewD<'_, f64>);
    give!(f64, i64, usize, bool, String, Vec<f64>);
    give!(Array1<f64>, Array2<f64>, Array3<f64>, ArrayD<f64>);
}

fn reshaped<D: Dimension>(a: &Array<f64, D>) {
    let n = a.len();
    black_box(a.to_shape(n).map(|a| a.to_owned()).ok());
    black_box(a.to_shape((n, 1)).map(|a| a.to_owned()).ok());
    black_box(a.to_shape((n, 1)).map(|a| a.into_owned()).ok());
    black_box(a.to_shape((1, n)).map(|a| a.to_owned()).ok());
    black_box(a.clone().into_shape_with_order(n).ok());
    black_box(a.clone().into_shape_with_order((n, 1)).ok());
    black_box(a.clone().into_shape_clone((n, 1)).ok());
    black_box(Array1::from_iter(a.iter().cloned()).insert_axis(Axis(1)));
    black_box(a.clone().into_raw_vec_and_offset());
    black_box(Array2::from_shape_vec((n, 1), a.iter().cloned().collect()).ok());
    black_box(Array2::from_shape_vec((n, 1), a.iter().cloned().collect()).unwrap());
}

fn vectors() {
    let v = black_box(array![1.0, 2.0]);
    black_box((v.dot(&v), v.view().dot(&v.view()), v[0], v.sum_axis(Axis(0))));
    let column = v.view().insert_axis(Axis(1));
    let row = v.view().insert_axis(Axis(0));
    black_box((&column * &row, column.dot(&row), v.clone().insert_axis(Axis(1))));
    black_box((v.clone().insert_axis(Axis(0)), v.slice(s![..1]).to_owned()));
    black_box((&column * &row.to_owned(), &column * &v, &column * &v.view()));
    black_box((v.iter().map(|x| x * x).sum::<f64>(), v.iter().map(|x| x.abs()).sum::<f64>()));
    black_box(v.iter().zip(&v).map(|(x, y)| x * y).sum::<f64>());
    black_box(v.iter().zip(&v).map(|(x, y)| x * y).collect::<Array1<f64>>());
    black_box((Array1::from_vec(vec![1.0]), Array1::from(vec![1.0])));
    black_box((Array1::<f64>::zeros(1), Array1::<f64>::ones(1), Array1::from_elem(1, 0.0)));
    black_box(Array1::from_shape_fn(1, |i| i as f64));
    black_box(v.to_vec());
    black_box(v.broadcast((2, 2)).map(|b| b.to_owned()));
}

fn matrices() {
    let m = black_box(array![[1.0, 2.0], [3.0, 4.0]]);
    let v = black_box(array![1.0, 2.0]);
    black_box((m.dot(&v), m.dot(&m), m.t().dot(&m), m.t().to_owned(), m.nrows(), m.ncols()));
    black_box((m.row(0).dot(&m.row(0)), m.row(0).sum(), m.row(0).dot(&v), m.column(0).sum()));
    for axis in [Axis(0), Axis(1)] {
        let sum = m.sum_axis(axis).insert_axis(axis);
        let max = m.fold_axis(axis, f64::NEG_INFINITY, |a, b| a.max(*b)).insert_axis(axis);
        let norm = m.map_axis(axis, |row: ArrayView1<'_, f64>| row.dot(&row).sqrt());
        let norm = norm.insert_axis(axis);
        black_box((&m / &sum, &m - &max, m.clone() / sum.clone(), m.clone() / &norm));
        black_box((m.mean_axis(axis), m.len_of(axis), m.index_axis(axis, 0).to_owned()));
        black_box(m.axis_iter(axis).map(|row| row.sum()).collect::<Array1<f64>>());
        black_box(sum.broadcast(m.dim()).map(|b| b.to_owned()));
    }
    let mut out = Array2::<f64>::zeros(m.dim());
    for row in m.rows() {
        black_box((row.len(), row.iter().cloned().fold(f64::NEG_INFINITY, f64::max), row.sum()));
        black_box(row.mapv(f64::exp));
    }
    for row in m.outer_iter() {
        black_box((row.sum(), row.dot(&row)));
    }
    for mut row in out.rows_mut() {
        row.mapv_inplace(f64::exp);
        row /= 2.0;
        row -= 1.0;
    }
    for (mut row, other) in out.outer_iter_mut().zip(m.outer_iter()) {
        row.assign(&other);
    }
    for (mut row, other) in out.axis_iter_mut(Axis(0)).zip(m.axis_iter(Axis(0))) {
        row.assign(&(&other * 2.0));
        row += &other;
    }
    out.row_mut(0).assign(&v);
    out.assign(&m);
    black_box(m.slice(s![.., 0]).to_owned());
    black_box(Array2::from_elem((1, 1), 0.0));
    black_box(Array2::<f64>::ones((1, 1)));
    black_box(Array2::from_shape_fn((1, 1), |(i, j)| (i + j) as f64));
    black_box(out);
}

fn indexing() {
    let mut v = Array1::<f64>::zeros(black_box(1));
    v[0] += 1.0;
    v[[0]] += 1.0;
    let mut m = Array2::<f64>::zeros((black_box(1), 1));
    m[[0, 0]] += 1.0;
    m[(0, 0)] += v[0] * m[[0, 0]];
    let mut t = Array3::<f64>::zeros((black_box(1), 1, 1));
    t[[0, 0, 0]] += 1.0;
    t[(0, 0, 0)] += m[(0, 0)];
    let mut d = ArrayD::<f64>::zeros(vec![black_box(1)]);
    d[[0]] += t[(0, 0, 0)];
    black_box((v.get(0), m.get((0, 0)), t.dim(), t.shape().to_vec(), d.shape().to_vec()));
    black_box((v, m));
}
