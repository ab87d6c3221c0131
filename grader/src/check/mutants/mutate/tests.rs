use super::*;

fn changes(reference: &str) -> String {
    let mutants = mutate(reference).unwrap();
    let lines = mutants.iter().map(|mutant| {
        let (original, replaced) = (mutant.original(reference), mutant.replaced());
        let line = format!("{}: {original} -> {replaced}", mutant.kind);
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn operators_constants_and_calls_are_changed() {
    let code = "fn f(x: f64) -> f64 { 1.0 / (1.0 + (-x).exp()) }";
    insta::assert_snapshot!(changes(code), @"
    an argument returned: 1.0 / (1.0 + (-x).exp()) -> x.to_owned()
    the result negated: 1.0 / (1.0 + (-x).exp()) -> -(1.0 / (1.0 + (-x).exp()))
    another operator: / -> +
    another operator: / -> -
    another operator: / -> *
    one operand alone: 1.0 / (1.0 + (-x).exp()) -> 1.0
    one operand alone: 1.0 / (1.0 + (-x).exp()) -> (1.0 + (-x).exp())
    operands swapped: 1.0 / (1.0 + (-x).exp()) -> (1.0 + (-x).exp()) / 1.0
    another constant: 1.0 -> 0.0
    another constant: 1.0 -> 2.0
    another constant: 1.0 -> -1.0
    another operator: + -> -
    another operator: + -> *
    another operator: + -> /
    one operand alone: 1.0 + (-x).exp() -> 1.0
    one operand alone: 1.0 + (-x).exp() -> (-x).exp()
    another constant: 1.0 -> 0.0
    another constant: 1.0 -> 2.0
    another constant: 1.0 -> -1.0
    another name: exp -> exp2
    another name: exp -> exp_m1
    another name: exp -> ln
    a call dropped: (-x).exp() -> (-x)
    a negation removed: -x -> x.to_owned()
    another sign: x -> (-x)
    another sign: x -> x.abs()
    ");
}

#[test]
fn axes_arguments_and_functions_are_changed() {
    let code = "fn f(x: &A) -> A { g(x.sum_axis(Axis(1)), &h(f64::INFINITY)) }";
    insta::assert_snapshot!(changes(code), @"
    an argument returned: g(x.sum_axis(Axis(1)), &h(f64::INFINITY)) -> x.to_owned()
    the result negated: g(x.sum_axis(Axis(1)), &h(f64::INFINITY)) -> -g(x.sum_axis(Axis(1)), &h(f64::INFINITY))
    a call dropped: g(x.sum_axis(Axis(1)), &h(f64::INFINITY)) -> x.sum_axis(Axis(1))
    a call dropped: g(x.sum_axis(Axis(1)), &h(f64::INFINITY)) -> h(f64::INFINITY)
    arguments swapped: x.sum_axis(Axis(1)), &h(f64::INFINITY) -> &h(f64::INFINITY), x.sum_axis(Axis(1))
    a call dropped: x.sum_axis(Axis(1)) -> x.to_owned()
    a call dropped: x.sum_axis(Axis(1)) -> Axis(1)
    arguments swapped: x.sum_axis(Axis(1)) -> Axis(1).sum_axis(x)
    another sign: x -> (-x)
    another sign: x -> x.abs()
    a call dropped: Axis(1) -> 1
    another constant: 1 -> 0
    another constant: 1 -> 2
    a call dropped: h(f64::INFINITY) -> f64::INFINITY.to_owned()
    another name: INFINITY -> NEG_INFINITY
    another name: INFINITY -> MAX
    another name: INFINITY -> MIN
    ");
}

#[test]
fn loops_and_conditions_are_changed() {
    let code = "fn f(v: &V) -> f64 { let mut sum = 0.0; for i in 0..v.len() { if v[i] == 0.0 { \
                sum += m[[i, 3]]; } } sum }";
    insta::assert_snapshot!(changes(code), @"
    an argument returned: let mut sum = 0.0; for i in 0..v.len() { if v[i] == 0.0 { sum += m[[i, 3]]; } } sum -> v.to_owned()
    the result negated: sum -> -sum
    another constant: 0.0 -> 1.0
    another constant: 0.0 -> 2.0
    a statement removed: for i in 0..v.len() { if v[i] == 0.0 { sum += m[[i, 3]]; } } ->
    another range: .. -> ..=
    another range: v.len() -> v.len() - 1
    another constant: 0 -> 1
    a call dropped: v.len() -> v.to_owned()
    another variable: v -> sum
    a statement removed: if v[i] == 0.0 { sum += m[[i, 3]]; } ->
    a fixed condition: v[i] == 0.0 -> true
    a fixed condition: v[i] == 0.0 -> false
    another comparison: == -> !=
    another comparison: == -> <
    another comparison: == -> <=
    another comparison: == -> >
    another comparison: == -> >=
    another variable: v -> i
    another variable: v -> sum
    another sign: v -> (-v)
    another sign: v -> v.abs()
    another variable: i -> sum
    another variable: i -> v
    another constant: 0.0 -> 1.0
    another constant: 0.0 -> 2.0
    a statement removed: sum += m[[i, 3]]; ->
    another operator: += -> -=
    another operator: += -> *=
    another operator: += -> /=
    another operator: += -> =
    another variable: sum -> i
    another variable: sum -> v
    elements swapped: i, 3 -> 3, i
    another variable: i -> sum
    another variable: i -> v
    another constant: 3 -> 2
    another constant: 3 -> 4
    another variable: sum -> v
    ");
}

#[test]
fn texts_are_changed_but_not_those_for_people() {
    let code = r#"fn f() -> String { g("Hi", true).expect("works") }"#;
    insta::assert_snapshot!(changes(code), @r#"
    the result negated: g("Hi", true).expect("works") -> -g("Hi", true).expect("works")
    a call dropped: g("Hi", true) -> "Hi"
    a call dropped: g("Hi", true) -> true
    arguments swapped: "Hi", true -> true, "Hi"
    another constant: "Hi" -> "hI"
    another constant: "Hi" -> "H"
    another constant: "Hi" -> ""
    another constant: true -> false
    "#);
}

#[test]
fn mistakes_tests_and_constants_are_left_alone() {
    for text in [
        "pub mod mistakes { fn f() -> f64 { 1.0 } }",
        "#[cfg(test)] mod tests { fn f() -> f64 { 1.0 } }",
        "#[cfg(unix)] fn f() -> f64 { 1.0 }",
        "const fn f() -> f64 { 1.0 }",
        "const F: f64 = 1.0;",
    ] {
        assert_eq!(mutate(text), Some(Vec::new()), "{text}");
    }
    assert_eq!(mutate("fn ("), None);
}

#[test]
fn every_mutant_is_rust_and_none_is_there_twice() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../solutions/src");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mutants = mutate(&text).unwrap();
        let texts: BTreeSet<String> = mutants.iter().map(|it| it.text(&text)).collect();
        assert_eq!(texts.len(), mutants.len());
        for changed in texts {
            assert!(changed != text && syn::parse_file(&changed).is_ok(), "{changed}");
        }
    }
}
