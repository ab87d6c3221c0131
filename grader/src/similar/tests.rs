use std::time::Instant;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::*;
use crate::grade::parallel;

fn candidate(id: &str, files: &[(&str, &str)]) -> Candidate {
    let mut source = Source::default();
    for (name, text) in files {
        source.add(name, text).unwrap_or_else(|reason| panic!("{reason}: {text}"));
    }
    Candidate { id: id.into(), student: id.into(), source }
}

const SOFTMAX: &str = "use ndarray::{Array2, Axis};

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
    assert!(quotient.iter().all(|it| it.is_finite()), \"all are finite\");
    quotient
}
";

/// The same by somebody who renamed, reordered, reformatted and commented it, with other constants.
const COPIED: &str = "use ndarray::{Array2, Axis};

// My own work!
#[inline]
pub fn softmax(matrix: &Array2<f64>) -> Array2<f64> {
    let minus = matrix
        - &tops(matrix);
    let e = minus.mapv(f64::exp); /* e to the power */
    let total = e.sum_axis(Axis(1)).insert_axis(Axis(1));
    let result = &e / &total;
    assert!(result.iter().all(|number| number.is_finite()), \"no infinity\");
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
";

const OTHER: &str = "use ndarray::{Array2, Axis, Zip};

pub fn softmax(x: &Array2<f64>) -> Array2<f64> {
    let mut result = x.clone();
    for mut row in result.rows_mut() {
        let max = row.fold(f64::NEG_INFINITY, |a, b| a.max(*b));
        row.map_inplace(|v| *v = (*v - max).exp());
        let sum = row.sum();
        Zip::from(&mut row).for_each(|v| *v /= sum);
    }
    let _ = Axis(0);
    result
}
";

#[test]
fn copies_are_found_whatever_was_renamed_and_reordered() {
    let class = [
        candidate("alice", &[("softmax", SOFTMAX)]),
        candidate("bob", &[("softmax", OTHER)]),
        candidate("carol", &[("softmax", COPIED)]),
    ];
    let similar = similar(&class, &[]);
    assert_eq!(similar.found, 1, "{similar:#?}");
    let pair = &similar.pairs[0];
    assert_eq!((pair.one.as_str(), pair.other.as_str()), ("alice", "carol"));
    assert!(pair.percent.0 >= 70.0, "{}", pair.percent.0);
    let lines = |it: &Lines| (it.first, it.last);
    let regions: Vec<_> =
        pair.regions.iter().map(|it| (lines(&it.one), lines(&it.other))).collect();
    assert_eq!(regions, [((4, 14), (15, 23)), ((16, 21), (5, 11))]);
}

#[test]
fn attempts_of_one_student_and_what_the_course_holds_are_no_pairs() {
    let mut class = [
        candidate("alice", &[("softmax", SOFTMAX)]),
        candidate("alice again", &[("softmax", COPIED)]),
    ];
    assert_eq!(similar(&class, &[]).found, 1);
    let reference = candidate("reference", &[("softmax", COPIED)]).source;
    assert_eq!(similar(&class, &[reference]).found, 0);
    class[1].student = "alice".into();
    assert_eq!(similar(&class, &[]).found, 0);
}

#[test]
fn what_most_of_a_class_has_is_no_pair() {
    let class: Vec<_> =
        (0..60).map(|number| candidate(&format!("s{number}"), &[("softmax", SOFTMAX)])).collect();
    assert_eq!(similar(&class, &[]).found, 0);
}

/// Somebody's own program, as long as the course's references are: statements of many kinds in an
/// order of their own.
fn program(seed: u64) -> String {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut next = move |below: u64| random.next_u64() % below;
    let mut text = "use ndarray::{Array1, Array2, Axis};\n".to_owned();
    let expression = |next: &mut dyn FnMut(u64) -> u64| {
        let value =
            ["a", "b", "a.abs()", "b.exp()", "a.powi(2)", "(a - b)", "a.max(b)", "1.0", "b.ln()"];
        let sign = ["+", "-", "*", "/"];
        let mut text = value[next(9) as usize].to_owned();
        for _ in 0..next(4) {
            text = format!("{text} {} {}", sign[next(4) as usize], value[next(9) as usize]);
        }
        text
    };
    for function in 0..14 {
        text += &format!(
            "pub fn f{function}(a: f64, b: f64) -> f64 {{\n    let mut r = {};\n",
            expression(&mut next)
        );
        for _ in 0..2 + next(3) {
            let (one, two) = (expression(&mut next), expression(&mut next));
            text += &match next(9) {
                0 => format!("    if {one} > {two} {{ r += {two}; }}\n"),
                1 => format!("    for i in 0..{} {{ r = r * f64::from(i) + {one}; }}\n", next(9)),
                2 => format!("    while r > {one} {{ r -= {two}; }}\n"),
                3 => format!("    let c = ({one}, {two});\n    r = c.0 - c.1;\n"),
                4 => format!("    r = match a > b {{ true => {one}, false => {two} }};\n"),
                5 => format!("    let v = vec![{one}, {two}];\n    r += v.iter().sum::<f64>();\n"),
                6 => format!("    let g = |x: f64| x * {one};\n    r = g({two});\n"),
                7 => format!("    r = Array1::from(vec![{one}]).sum() + {two};\n"),
                _ => format!("    assert!(r.is_finite() || {one} < {two});\n"),
            };
        }
        text += "    r\n}\n";
    }
    text
}

/// A program with a file for each of its functions.
fn spread(id: &str, program: &str) -> Candidate {
    let names: Vec<String> = (0..14).map(|number| format!("f{number}")).collect();
    let functions: Vec<String> =
        program.split("pub fn ").skip(1).map(|it| format!("pub fn {it}")).collect();
    let files = names.iter().zip(&functions);
    let files: Vec<_> = files.map(|(name, text)| (name.as_str(), text.as_str())).collect();
    candidate(id, &files)
}

/// The same with other names and layout, the functions in another order.
fn copy_of(program: &str) -> String {
    let (head, functions) = program.split_once("pub fn ").unwrap();
    let mut functions: Vec<String> =
        functions.split("pub fn ").map(|it| format!("pub fn {it}")).collect();
    functions.reverse();
    let text = functions.concat().replace("let mut r", "let mut total").replace(" r ", " total ");
    let text = text.replace("    r\n", "    // the end\n\n    total\n").replace("(r.", "(total.");
    head.to_owned()
        + &text.replace("r > ", "total > ").replace("a: f64, b: f64", "a: f64,\n    b: f64")
}

#[test]
fn of_500_independent_programs_none_are_similar_and_copies_are_found_quickly() {
    let mut class: Vec<(String, String)> =
        (0..500).map(|seed| (format!("s{seed:03}"), program(seed))).collect();
    let start = Instant::now();
    let read = |class: &[(String, String)]| -> Vec<Candidate> {
        parallel::map(2, class.iter().collect(), |(id, text)| Ok(spread(id, text))).unwrap()
    };
    let independent = similar(&read(&class), &[]);
    let took = start.elapsed();
    assert_eq!(independent.found, 0, "{:#?}", independent.pairs.first());
    for copied in [3, 77, 401] {
        let copy = copy_of(&class[copied].1);
        class.push((format!("copy of s{copied:03}"), copy));
    }
    let similar = similar(&read(&class), &[]);
    let mut pairs: Vec<_> =
        similar.pairs.iter().map(|it| format!("{} and {}", it.one, it.other)).collect();
    pairs.sort();
    assert_eq!(pairs, ["s003 and copy of s003", "s077 and copy of s077", "s401 and copy of s401"]);
    eprintln!("500 submissions took {took:?}");
    // Ten seconds where nothing else runs; other tests do.
    assert!(took.as_secs() < 40, "500 submissions took {took:?}");
}
