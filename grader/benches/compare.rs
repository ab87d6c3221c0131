//! What comparing costs beside reading: `cargo bench -p grader --bench compare`.
//!
//! Two arrays of 10^8 floats, 1.6 GB in all, are compared when all elements are equal, when three
//! differ and when 30 % do. The bound to hold is twice the plain sum of both arrays.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use grader::compare::compare;
use grader::course::{NanPolicy, Precision, Tolerance};
use harness::Value;
use ndarray::{ArrayD, IxDyn};

const LENGTH: usize = 100_000_000;

/// An array of numbers around 0, and the same with every element of `wrong` off by one half.
fn arrays(wrong: impl Fn(usize) -> bool) -> (ArrayD<f64>, ArrayD<f64>) {
    let value = |index: IxDyn| (index[0] % 1009) as f64 / 1009.0 - 0.5;
    let expected = ArrayD::from_shape_fn(IxDyn(&[LENGTH]), value);
    let mut actual = expected.clone();
    for (index, element) in actual.iter_mut().enumerate() {
        if wrong(index) {
            *element += 0.5;
        }
    }
    (actual, expected)
}

fn sum(elements: &[f64]) -> f64 {
    // Eight sums side by side: one alone would wait for every addition, not for memory.
    let mut sums = [0.0; 8];
    for chunk in elements.chunks_exact(8) {
        for (sum, element) in sums.iter_mut().zip(chunk) {
            *sum += element;
        }
    }
    sums.iter().sum()
}

fn benches(criterion: &mut Criterion) {
    let tolerance = Tolerance {
        abs: 1e-12,
        rel: 1e-7,
        ulps: None,
        precision: Precision::Exact,
        nan: NanPolicy::Equal,
    };
    let mut group = criterion.benchmark_group("1e8 elements");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    let scattered = |index: usize| index.is_multiple_of(40_000_000);
    let many = |index: usize| index.wrapping_mul(2_654_435_761) % 10 < 3;
    let cases: [(&str, &dyn Fn(usize) -> bool); 3] =
        [("all equal", &|_| false), ("3 wrong", &scattered), ("30 % wrong", &many)];
    for (name, wrong) in cases {
        let (actual, expected) = arrays(wrong);
        if name == "all equal" {
            let slices = [&actual, &expected].map(|array| array.as_slice().unwrap_or_default());
            group.bench_function("sum of both", |bencher| {
                bencher.iter(|| black_box(slices).map(sum));
            });
        }
        let (actual, expected) = (Value::Array(actual), Value::Array(expected));
        group.bench_function(name, |bencher| {
            bencher.iter(|| compare(black_box(&actual), black_box(&expected), &tolerance));
        });
    }
    group.finish();
}

criterion_group!(compare_benches, benches);
criterion_main!(compare_benches);
