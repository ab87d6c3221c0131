use ndarray::Array1;

const PWNED: () = panic!("::error::pwned </failure> ]]> ##[group]pwned `pwned` | [pwned](https://pwned.example)");

pub fn l1_loss(_: &Array1<f64>, _: &Array1<f64>) -> f64 {
    PWNED;
    0.0
}
