// What a teacher without a grader writes: a test for each example of the notebook.

use naive::*;
use ndarray::{Array1, Array2, Array3, ArrayD, Dimension, Array, array};

fn close<D: Dimension>(actual: &Array<f64, D>, expected: &Array<f64, D>) {
    assert_eq!(actual.shape(), expected.shape());
    let near = |(a, e): (&f64, &f64)| (a - e).abs() <= 1e-12 + 1e-7 * e.abs();
    assert!(actual.iter().zip(expected).all(near), "{actual} is not {expected}");
}

fn vectors() -> (Array1<f64>, Array1<f64>) {
    (
        array![9., 2., 5., 0., 0., 7., 5., 0., 0., 0., 9., 2., 5., 0.],
        array![9., 2., 2., 9., 0., 9., 2., 5., 0., 0., 9., 2., 5., 0.],
    )
}

fn vector() -> ArrayD<f64> {
    array![1., 2., 3.].into_dyn()
}

fn image() -> Array3<f64> {
    Array3::from_shape_fn((3, 3, 2), |(i, j, k)| (i * 6 + j * 2 + k) as f64 / 18.)
}

fn matrix() -> Array2<f64> {
    Array2::from_shape_fn((3, 14), |(i, j)| (i * 14 + j) as f64 / 42.)
}

fn losses() -> (Array1<f64>, Array1<f64>) {
    (array![0.9, 0.2, 0.1, 0.4, 0.9], array![1., 0., 0., 1., 1.])
}

#[test]
fn says_hello() {
    assert_eq!(hello_world::hello_world(), "Hello World");
}

#[test]
fn sigmoid_of_a_number() {
    assert!((basic_sigmoid::basic_sigmoid(3.) - 0.9525741268224334).abs() < 1e-7);
}

#[test]
fn exponential() {
    close(&vector_ops::exp(&vector()), &array![1f64.exp(), 2f64.exp(), 3f64.exp()].into_dyn());
}

#[test]
fn sum_with_a_number() {
    close(&vector_ops::add_scalar(&vector(), 3.), &array![4., 5., 6.].into_dyn());
}

#[test]
fn reciprocals() {
    close(&vector_ops::reciprocal(&vector()), &array![1., 0.5, 1. / 3.].into_dyn());
}

#[test]
fn sigmoid_of_a_vector() {
    let expected = array![0.7310585786300049, 0.8807970779778823, 0.9525741268224334];
    close(&sigmoid::sigmoid(&vector()), &expected.into_dyn());
}

#[test]
fn derivative_of_a_vector() {
    let expected = array![0.19661193324148185, 0.10499358540350662, 0.045176659730912];
    close(&sigmoid_derivative::sigmoid_derivative(&vector()), &expected.into_dyn());
}

#[test]
fn image_as_a_column() {
    let expected = Array2::from_shape_fn((18, 1), |(i, _)| i as f64 / 18.);
    close(&image2vector::image2vector(&image()), &expected);
}

#[test]
fn leading_axes() {
    let expected = Array2::from_shape_fn((9, 2), |(i, j)| (i * 2 + j) as f64 / 18.);
    close(&image2vector::merge_leading_axes(&image()), &expected);
}

#[test]
fn norms() {
    let x = array![[0., 3., 4.], [2., 6., 4.]];
    close(&normalize_rows::row_norms(&x), &array![[5.], [56f64.sqrt()]]);
}

#[test]
fn normalized_rows() {
    let x = array![[0., 3., 4.], [2., 6., 4.]];
    let norm = 56f64.sqrt();
    let expected = array![[0., 0.6, 0.8], [2. / norm, 6. / norm, 4. / norm]];
    close(&normalize_rows::normalize_rows(&x), &expected);
}

#[test]
fn softmax_of_two_rows() {
    let result = softmax::softmax(&array![[9., 2., 5., 0., 0.], [7., 5., 0., 0., 0.]]);
    assert!((result[[0, 0]] - 9.80897665e-01).abs() < 1e-7);
    assert!((result[[1, 1]] - 1.18916387e-01).abs() < 1e-7);
}

#[test]
fn dot_products() {
    let (x1, x2) = vectors();
    assert_eq!(dot::classic_dot(&x1, &x2), 278.);
    assert_eq!(dot::dot(&x1, &x2), 278.);
}

#[test]
fn outer_products() {
    let (x1, x2) = vectors();
    let expected = Array2::from_shape_fn((14, 14), |(i, j)| x1[i] * x2[j]);
    close(&outer::classic_outer(&x1, &x2), &expected);
    close(&outer::outer(&x1, &x2), &expected);
}

#[test]
fn products() {
    let (x1, x2) = vectors();
    let expected = array![81., 4., 10., 0., 0., 63., 10., 0., 0., 0., 81., 4., 25., 0.];
    close(&multiply::classic_multiply(&x1, &x2), &expected);
    close(&multiply::multiply(&x1, &x2), &expected);
}

#[test]
fn general_dot_products() {
    let (x1, _) = vectors();
    let expected: Array1<f64> = matrix().rows().into_iter().map(|row| row.dot(&x1)).collect();
    close(&general_dot::classic_general_dot(&matrix(), &x1), &expected);
    close(&general_dot::general_dot(&matrix(), &x1), &expected);
}

#[test]
fn absolute_loss() {
    let (yhat, y) = losses();
    assert!((l1_loss::l1_loss(&yhat, &y) - 1.1).abs() < 1e-7);
}

#[test]
fn squared_loss() {
    let (yhat, y) = losses();
    assert!((l2_loss::l2_loss(&yhat, &y) - 0.43).abs() < 1e-7);
}
