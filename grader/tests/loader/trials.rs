//! What the loader makes of `[[generated]]` and `[[property]]`.

use grader::course::{Input, NanPolicy, Oracle, Property, Trial};
use insta::assert_snapshot;

use crate::test_course::{COURSE, HEAD, TestCourse};

/// A case with a value, on which the points of properties hang.
const CASE: &str = "[[case]]\nname = \"one\"\nargs = [1]\nexpected = 1\n";

/// A course whose fixture has such a case and this.
fn course(rest: &str) -> TestCourse {
    TestCourse::softmax(&format!("{CASE}{rest}"))
}

/// The only trial of a course.
fn trial(rest: &str) -> Trial {
    let course = course(rest).load().unwrap_or_else(|problems| panic!("{rest}: {problems}"));
    course.exercises[0].trials[0].clone()
}

/// A property of a function of two vectors and two matrices.
fn property(holds: &str) -> String {
    format!(
        "[[property]]\nname = \"law\"\nargs = [\n  {{ shape = [\"n\"], range = [0, 1] }},\n  \
         {{ shape = [\"n\", \"m\"], range = [0, 1] }},\n  3,\n]\nholds = {holds}\n"
    )
}

/// What the loader says of a trial with these arguments.
fn args(args: &str) -> String {
    course(&format!("[[generated]]\nname = \"random\"\nargs = {args}\n")).problems()
}

#[test]
fn inputs_are_read() {
    let trial = trial(
        "[[generated]]\nname = \"random\"\nfunction = \"exp\"\nruns = 7\nweight = 3\n\
         tolerance = { rel = 1e-3 }\nsizes = { m = \"0..3\" }\nargs = [\n\
         { shape = [\"n\", \"m\", \"2..=4\", 5], range = [-1, 2.5] },\n\
         { range = [0, 9], integers = true, specials = [\"inf\", \"-0\", 7] },\n\
         { same_as = 0 },\n[1, 2],\n{ shape = [2], fill = 1 },\n]\n",
    );
    assert_eq!(
        (trial.name.as_str(), trial.function.as_str(), trial.weight, trial.inputs.runs),
        ("random", "exp", 3, 7)
    );
    assert_eq!((trial.tolerance.rel, trial.tolerance.abs), (1e-3, 1e-12));
    assert!(trial.needs_reference() && !trial.hidden);
    let [Input::Random(matrix), Input::Random(number), Input::SameAs(0), Input::Given(_), _] =
        &trial.inputs.args[..]
    else {
        panic!("{:?}", trial.inputs.args)
    };
    assert_eq!((matrix.low, matrix.high, matrix.integers), (-1.0, 2.5, false));
    let sides = matrix.shape.iter().flatten().map(|side| trial.inputs.sizes(side));
    assert_eq!(sides.collect::<Vec<_>>(), [1..=8, 0..=2, 2..=4, 5..=5]);
    assert!(number.shape.is_none() && number.integers);
    assert_eq!(number.specials, [f64::INFINITY, -0.0, 7.0]);
    assert_eq!(trial.inputs.varied(), [0, 1, 2]);
}

#[test]
fn every_property_is_read_and_says_what_it_asks() {
    let laws = [
        "{ sum = 1, axis = 1 }",
        "{ norm = 2.5 }",
        "{ range = [0, 1] }",
        "{ shape = [\"n*m*2\", 1, \"m\"] }",
        "{ unchanged_by = { add = 3 } }",
        "{ unchanged_by = { scale = -2.5, arguments = [1] } }",
        "{ unchanged_by = { swap = [0, 1] } }",
        "{ unchanged_by = { transpose = true } }",
        "{ unchanged_by = { swap = [0, 2], transpose = true } }",
        "{ negated = \"f\" }",
        "{ negated = \"1 - f\" }",
        "{ symmetric = true }",
        "{ finite = true }",
        "{ gradient_of = \"softmax\" }",
    ];
    let described = laws.map(|law| match trial(&property(law)).oracle {
        Oracle::Property(property) => format!("{law:45} {}", property.describe("f")),
        Oracle::Reference => panic!("{law}"),
    });
    assert_snapshot!(described.join("\n"), @r#"
    { sum = 1, axis = 1 }                         every sum along axis 1 is 1
    { norm = 2.5 }                                the norm of all elements is 2.5
    { range = [0, 1] }                            every element lies from 0 to 1
    { shape = ["n*m*2", 1, "m"] }                 the shape is [2*n*m, 1, m]
    { unchanged_by = { add = 3 } }                f(x + 3) = f(x)
    { unchanged_by = { scale = -2.5, arguments = [1] } } f(-2.5 * x) = f(x)
    { unchanged_by = { swap = [0, 1] } }          f(x, swapped) = f(x)
    { unchanged_by = { transpose = true } }       f(xᵀ)ᵀ = f(x)
    { unchanged_by = { swap = [0, 2], transpose = true } } f(xᵀ, swapped)ᵀ = f(x)
    { negated = "f" }                             f(-x) = f(x)
    { negated = "1 - f" }                         f(-x) = 1 - f(x)
    { symmetric = true }                          the result equals its transpose
    { finite = true }                             no element is NaN or infinite
    { gradient_of = "softmax" }                   the derivative of softmax, by central differences
    "#);
    let Oracle::Property(gradient) = trial(&property("{ gradient_of = \"softmax\" }")).oracle
    else {
        panic!()
    };
    let name = "softmax".to_owned();
    assert_eq!(gradient, Property::GradientOf { exercise: name.clone(), function: name });
}

#[test]
fn inputs_that_are_wrong_are_shown_where_they_are() {
    let wrong = [
        "[]",
        "[1, 2]",
        "[{ shape = [2] }]",
        "[{ range = [1, 0] }]",
        "[{ range = [0, inf] }]",
        "[{ range = [-1.7e308, 1.7e308] }]",
        "[{ range = [0, 1], shape = [\"8..1\", \"1..\", -1, 1.5, \"1..=1001\", \"a b\"] }]",
        "[{ range = [0.2, 0.8], integers = true }]",
        "[{ range = [0, 1], specials = [\"many\", true] }]",
        "[{ range = [0, 1] }, { same_as = 1 }]",
        "[{ rang = [0, 1] }]",
        "[{ range = [0, 1], shape = [1000, 1000] }]",
    ];
    let said = wrong.map(|wrong| {
        let problems = args(wrong);
        let lines =
            problems.lines().filter(|line| line.contains("error:") || line.contains("help:"));
        format!(
            "{wrong}\n{}",
            lines.map(|line| format!("    {}\n", line.trim())).collect::<String>()
        )
    });
    assert_snapshot!(said.concat(), @r#"
    []
        error: these arguments are the same each time
        = help: give an argument a range, as in { range = [-1, 1] }, or write a `[[case]]`
    [1, 2]
        error: these arguments are the same each time
        = help: give an argument a range, as in { range = [-1, 1] }, or write a `[[case]]`
    [{ shape = [2] }]
        error: missing key `range`
    [{ range = [1, 0] }]
        error: this is no range of numbers
        = help: the smallest and the largest number, as in [-50, 50]
    [{ range = [0, inf] }]
        error: this is no range of numbers
        = help: the smallest and the largest number, as in [-50, 50]
    [{ range = [-1.7e308, 1.7e308] }]
        error: this is no range of numbers
        = help: the smallest and the largest number, as in [-50, 50]
    [{ range = [0, 1], shape = ["8..1", "1..", -1, 1.5, "1..=1001", "a b"] }]
        error: this is no length of a side
        = help: a length up to 1000, as in 3, or a range of them, as in "1..=8" (1 to 8) or "1..8" (1 to 7), or a name for equal lengths, as in "n"
        error: this is no length of a side
        = help: a length up to 1000, as in 3, or a range of them, as in "1..=8" (1 to 8) or "1..8" (1 to 7), or a name for equal lengths, as in "n"
        error: expected an integer from 0 to 1000
        error: this is no length of a side
        = help: a length up to 1000, as in 3, or a range of them, as in "1..=8" (1 to 8) or "1..8" (1 to 7), or a name for equal lengths, as in "n"
        error: this is no length of a side
        = help: a length up to 1000, as in 3, or a range of them, as in "1..=8" (1 to 8) or "1..8" (1 to 7), or a name for equal lengths, as in "n"
        error: this is no length of a side
        = help: a length up to 1000, as in 3, or a range of them, as in "1..=8" (1 to 8) or "1..8" (1 to 7), or a name for equal lengths, as in "n"
    [{ range = [0.2, 0.8], integers = true }]
        error: there is no integer in this range
    [{ range = [0, 1], specials = ["many", true] }]
        error: expected a number, or a string with one, such as "inf", found a string
        error: expected a number, or a string with one, such as "inf", found a bool
    [{ range = [0, 1] }, { same_as = 1 }]
        error: this is no place of an argument before this one
    [{ rang = [0, 1] }]
        error: unknown key `rang`, did you mean `range`?
    [{ range = [0, 1], shape = [1000, 1000] }]
        error: with these inputs, the arrays of the course have too many elements
        = help: make fewer or smaller ones
    "#);
    assert_snapshot!(args("[{ range = [1, 0] }]"), @"
    error: this is no range of numbers
     --> fixtures/softmax.toml:9:19
      |
    9 | args = [{ range = [1, 0] }]
      |                   ^^^^^^
      |
      = note: in `generated[0].args[0].range`
      = help: the smallest and the largest number, as in [-50, 50]

    1 problem in the course
    ");
}

#[test]
fn properties_that_are_wrong_are_shown_where_they_are() {
    let wrong = [
        "{}",
        "{ sum = 1, norm = 1 }",
        "{ summ = 1 }",
        "{ sum = nan }",
        "{ range = [0, 1], axis = 1 }",
        "{ shape = [\"k\"] }",
        "{ shape = [1.5] }",
        "{ unchanged_by = {} }",
        "{ unchanged_by = { add = 1, scale = 2 } }",
        "{ unchanged_by = { swap = [0, 0] } }",
        "{ unchanged_by = { swap = [0, 3] } }",
        "{ unchanged_by = { transpose = false } }",
        "{ unchanged_by = { transpose = true, arguments = [0] } }",
        "{ unchanged_by = { add = 1, arguments = [] } }",
        "{ negated = \"2 - f\" }",
        "{ symmetric = false }",
        "{ gradient_of = \"sigmoid\" }",
        "{ gradient_of = \"no name\" }",
    ];
    let said = wrong.map(|wrong| {
        let problems = course(&property(wrong)).problems();
        let lines =
            problems.lines().filter(|line| line.contains("error:") || line.contains("help:"));
        format!(
            "{wrong}\n{}",
            lines.map(|line| format!("    {}\n", line.trim())).collect::<String>()
        )
    });
    assert_snapshot!(said.concat(), @r#"
    {}
        error: this asks nothing of the results
        = help: add one of `sum`, `norm`, `range`, `shape`, `unchanged_by`, `negated`, `symmetric`, `finite`, `gradient_of`
    { sum = 1, norm = 1 }
        error: `sum` and `norm` are two properties
        = help: write a `[[property]]` for each
    { summ = 1 }
        error: unknown key `summ`, did you mean `sum`?
    { sum = nan }
        error: expected a finite number
    { range = [0, 1], axis = 1 }
        error: `axis` has a meaning for `sum` and `norm` only
    { shape = ["k"] }
        error: `k` is no name of a side of the arguments
        = help: a length, names of sides of the arguments, or a product, as in "a*b"
    { shape = [1.5] }
        error: expected a length, or the names of sides, as in "a*b", found a float
    { unchanged_by = {} }
        error: this is no change of the arguments
        = help: one of { add = 3.0 }, { scale = 2.0 }, { swap = [0, 1] }, { transpose = true }, the last two also together
    { unchanged_by = { add = 1, scale = 2 } }
        error: this is no change of the arguments
        = help: one of { add = 3.0 }, { scale = 2.0 }, { swap = [0, 1] }, { transpose = true }, the last two also together
    { unchanged_by = { swap = [0, 0] } }
        error: expected the places of two arguments, as in [0, 1]
    { unchanged_by = { swap = [0, 3] } }
        error: expected an integer from 0 to 2
    { unchanged_by = { transpose = false } }
        error: this asks nothing of the results
        = help: write `true`
    { unchanged_by = { transpose = true, arguments = [0] } }
        error: `arguments` has a meaning for `add` and `scale` only
    { unchanged_by = { add = 1, arguments = [] } }
        error: this list is empty
    { negated = "2 - f" }
        error: expected `f` or `-f` or `1 - f` or `1 / f`, found `2 - f`
    { symmetric = false }
        error: this asks nothing of the results
        = help: write `true`
    { gradient_of = "sigmoid" }
        error: no exercise is called `sigmoid`
    { gradient_of = "no name" }
        error: `no name` is no plain Rust name: letters, digits and `_`, not beginning with a digit
        = help: the name of a function, as in "sigmoid" or "vector_ops::exp"
    "#);
}

#[test]
fn names_are_unique_among_cases_and_trials() {
    let generated = "[[generated]]\nname = \"one\"\nargs = [{ range = [0, 1] }]\n";
    assert_snapshot!(course(generated).problems(), @r#"
    error: two cases are called `one`
     --> fixtures/softmax.toml:8:8
      |
    8 | name = "one"
      |        ^^^^^
      |
      = note: in `generated[0].name`
      = help: the first stands on line 4

    1 problem in the course
    "#);
}

#[test]
fn not_a_number_holds_of_no_property_unless_it_may() {
    let nan = |rest: &str| trial(&format!("{}{rest}", property("{ finite = true }"))).tolerance.nan;
    assert_eq!(nan(""), NanPolicy::Differs);
    assert_eq!(nan("nan = \"equal\""), NanPolicy::Equal);
    let generated = "[[generated]]\nname = \"random\"\nargs = [{ range = [0, 1] }]\n";
    assert_eq!(trial(generated).tolerance.nan, NanPolicy::Equal);
}

#[test]
fn a_property_hangs_on_values() {
    let law = property("{ finite = true }").replace("args", "function = \"sofmax\"\nargs");
    assert_snapshot!(course(&law).problems(), @"
    error: no case with a value calls `sofmax`, did you mean `softmax`?
     --> fixtures/softmax.toml:7:1
      |
    7 | [[property]]
      | ^^^^^^^^^^^^
      |
      = note: in `property[0]`
      = help: a property counts once its function passes a case with `expected` or `printed`

    1 problem in the course
    ");
    // What the reference judges is as good as a case.
    let generated = "[[generated]]\nname = \"random\"\nargs = [{ range = [0, 1] }]\n";
    let course = TestCourse::softmax(&format!("{generated}{}", property("{ finite = true }")));
    assert_eq!(course.load().unwrap().exercises[0].trials.len(), 2);
}

#[test]
fn overlays_bring_hidden_trials() {
    let course = TestCourse::new()
        .file("softmax.toml", format!("{HEAD}{CASE}"))
        .file("hidden/softmax.toml", property("{ finite = true }"))
        .overlay("hidden");
    let trials = &course.load().unwrap().exercises[0].trials;
    assert!(trials.len() == 1 && trials[0].hidden, "{trials:?}");
    let course = course.file("hidden/softmax.toml", property("{ gradient_of = \"softmx\" }"));
    assert_snapshot!(course.problems(), @r#"
    error: no exercise is called `softmx`; did you mean `softmax`?
     --> fixtures/hidden/softmax.toml:8:25
      |
    8 | holds = { gradient_of = "softmx" }
      |                         ^^^^^^^^
      |
      = note: in `property[0].holds.gradient_of`

    1 problem in the course
    "#);
}

#[test]
fn trials_without_their_references_are_left_out() {
    let generated = "[[generated]]\nname = \"random\"\nargs = [{ range = [0, 1] }]\n";
    let laws = [property("{ finite = true }"), property("{ gradient_of = \"exp\" }")];
    let [finite, gradient] = laws.map(|law| law.replace("\"law\"", &format!("\"{}\"", law.len())));
    let exercises = COURSE.replace("[\"softmax\"]", "[\"softmax\", \"exp\"]");
    let mut course = TestCourse::new()
        .file("course.toml", exercises)
        .file("exp.toml", format!("{HEAD}{CASE}"))
        .file("softmax.toml", format!("{HEAD}{CASE}{generated}{finite}{gradient}"))
        .load()
        .unwrap();
    assert!(course.retain_judged(|_| true).is_empty());
    assert_eq!(course.exercises[0].trials.len(), 3);
    assert_eq!(course.retain_judged(|name| name == "softmax"), ["softmax"]);
    assert_eq!(course.exercises[0].trials.len(), 2);
    assert_eq!(course.retain_judged(|_| false), ["softmax"]);
    let left: Vec<bool> = course.exercises[0].trials.iter().map(Trial::needs_reference).collect();
    assert_eq!(left, [false]);
}
