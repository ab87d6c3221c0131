#!/usr/bin/env python3
"""Makes a class: distinct submissions of the course, the same every time.

    python3 grader/benches/class/submissions.py FOLDER COUNT [SEED]

Each submission is a folder `student-0001` with a file for each exercise. The seed mixes ways to write each
function, names, comments, order and spacing. One in ten has functions that are wrong, three in a hundred
have a file that does not compile; `FOLDER.json` says which.
"""

import json
import random
import re
import sys
from pathlib import Path

# Of each file: what it uses, and its functions with a right body in each way a learner may write it, and
# wrong ones. `$name` is a local name, and another one in each submission.
VECTORS = "x1: &Array1<f64>, x2: &Array1<f64>"
FILES = {
    "hello_world": [
        ("hello_world", "", "String", [
            '"Hello World".to_string()',
            'String::from("Hello World")',
            'let $a = "Hello World";\n$a.to_owned()',
            'format!("{} {}", "Hello", "World")',
        ], ['"Hello, World!".to_string()', 'String::from("hello world")']),
    ],
    "basic_sigmoid": [
        ("basic_sigmoid", "x: f64", "f64", [
            "1.0 / (1.0 + (-x).exp())",
            "let $a = (-x).exp();\n1.0 / (1.0 + $a)",
            "let $a = 1.0 + f64::exp(-x);\nreturn 1.0 / $a;",
            "let $a = -x;\nlet $b = $a.exp() + 1.0;\n$b.recip()",
        ], ["1.0 / (1.0 + x.exp())", "let $a = x.exp();\n$a / (1.0 + $a)", "1.0 / 1.0 + (-x).exp()"]),
    ],
    "vector_ops": [
        ("exp", "x: &ArrayD<f64>", "ArrayD<f64>", [
            "x.exp()", "x.mapv(f64::exp)", "x.mapv(|$a| $a.exp())",
            "let mut $a = x.clone();\n$a.mapv_inplace(|$b| $b.exp());\n$a",
        ], ["x.mapv(|$a| $a.exp2())", "x.clone()"]),
        ("add_scalar", "x: &ArrayD<f64>, c: f64", "ArrayD<f64>", [
            "x + c", "x.mapv(|$a| $a + c)", "let $a = x + c;\n$a", "c + x",
        ], ["x - c", "x * c"]),
        ("reciprocal", "x: &ArrayD<f64>", "ArrayD<f64>", [
            "1.0 / x", "x.mapv(|$a| 1.0 / $a)", "x.mapv(f64::recip)", "x.map(|$a| 1.0 / *$a)",
        ], ["-x", "x / 1.0"]),
    ],
    "sigmoid": [
        ("sigmoid", "x: &ArrayD<f64>", "ArrayD<f64>", [
            "crate::vector_ops::reciprocal(&crate::vector_ops::add_scalar(&crate::vector_ops::exp(&-x), 1.0))",
            "let $a = exp(&(-x));\nlet $b = add_scalar(&$a, 1.0);\nreciprocal(&$b)",
            "1.0 / (1.0 + (-x).exp())",
            "x.mapv(|$a| 1.0 / (1.0 + (-$a).exp()))",
            "let $a = (-x).exp();\n1.0 / ($a + 1.0)",
        ], ["1.0 / (1.0 + x.exp())", "x.mapv(|$a| $a / (1.0 + $a.abs()))"]),
    ],
    "sigmoid_derivative": [
        ("sigmoid_derivative", "x: &ArrayD<f64>", "ArrayD<f64>", [
            "let $a = sigmoid(x);\n&$a * (1.0 - &$a)",
            "let $a = sigmoid(x);\n$a.mapv(|$b| $b * (1.0 - $b))",
            "let $a = sigmoid(x);\nlet $b = 1.0 - &$a;\n$a * $b",
        ], ["let $a = sigmoid(x);\n&$a * (1.0 + &$a)", "1.0 - sigmoid(x)"]),
    ],
    "image2vector": [
        ("image2vector", "image: &Array3<f64>", "Array2<f64>", [
            "image.to_shape((image.len(), 1)).unwrap().into_owned()",
            "let ($a, $b, $c) = image.dim();\nimage.to_shape(($a * $b * $c, 1)).unwrap().to_owned()",
            "let $a: Vec<f64> = image.iter().copied().collect();\n"
            "Array2::from_shape_vec(($a.len(), 1), $a).unwrap()",
            "let $a = image.len();\nimage.clone().into_shape_with_order(($a, 1)).unwrap()",
        ], ["image.to_shape((1, image.len())).unwrap().into_owned()",
            "let mut $a: Vec<f64> = image.iter().copied().collect();\n$a.reverse();\n"
            "Array2::from_shape_vec(($a.len(), 1), $a).unwrap()"]),
        ("merge_leading_axes", "v: &Array3<f64>", "Array2<f64>", [
            "let ($a, $b, $c) = v.dim();\nv.to_shape(($a * $b, $c)).unwrap().into_owned()",
            "let $a = v.dim();\nv.to_shape(($a.0 * $a.1, $a.2)).unwrap().to_owned()",
            "let $a = v.shape();\nlet $b = ($a[0] * $a[1], $a[2]);\nv.clone().into_shape_with_order($b).unwrap()",
        ], ["let ($a, $b, $c) = v.dim();\nv.to_shape(($a, $b * $c)).unwrap().into_owned()"]),
    ],
    "normalize_rows": [
        ("row_norms", "x: &Array2<f64>", "Array2<f64>", [
            "(x * x).sum_axis(Axis(1)).sqrt().insert_axis(Axis(1))",
            "x.pow2().sum_axis(Axis(1)).mapv(f64::sqrt).insert_axis(Axis(1))",
            "let $a = x.mapv(|$b| $b * $b);\nlet $c = $a.sum_axis(Axis(1));\n$c.sqrt().insert_axis(Axis(1))",
            "let mut $a = Array2::zeros((x.nrows(), 1));\nfor ($b, $c) in x.rows().into_iter().enumerate() {\n"
            "    $a[[$b, 0]] = $c.dot(&$c).sqrt();\n}\n$a",
        ], ["(x * x).sum_axis(Axis(1)).insert_axis(Axis(1))", "x.sum_axis(Axis(1)).insert_axis(Axis(1))"]),
        ("normalize_rows", "x: &Array2<f64>", "Array2<f64>", [
            "let $a = row_norms(x).mapv(|$b| if $b == 0.0 { 1.0 } else { $b });\nx / &$a",
            "let mut $a = row_norms(x);\nfor $b in $a.iter_mut() {\n    if *$b == 0.0 {\n        *$b = 1.0;\n    }\n}\nx / $a",
            "let mut $a = x.clone();\nfor mut $b in $a.rows_mut() {\n    let $c = $b.dot(&$b).sqrt();\n"
            "    if $c > 0.0 {\n        $b /= $c;\n    }\n}\n$a",
        ], ["x / &row_norms(x)", "let $a = x.pow2().sum().sqrt();\nx / $a"]),
    ],
    "softmax": [
        ("softmax", "x: &Array2<f64>", "Array2<f64>", [
            "let $a = x.fold_axis(Axis(1), f64::NEG_INFINITY, |&$b, &$c| $b.max($c)).insert_axis(Axis(1));\n"
            "let $d = (x - &$a).exp();\nlet $e = $d.sum_axis(Axis(1)).insert_axis(Axis(1));\n$d / $e",
            "let $a = x.map_axis(Axis(1), |$b| $b.fold(f64::NEG_INFINITY, |$c, &$d| f64::max($c, $d)));\n"
            "let $e = (x - &$a.insert_axis(Axis(1))).mapv(f64::exp);\n"
            "let $f = $e.sum_axis(Axis(1)).insert_axis(Axis(1));\n&$e / &$f",
            "let mut $a = x.clone();\nfor mut $b in $a.rows_mut() {\n"
            "    let $c = $b.iter().fold(f64::NEG_INFINITY, |$d, $e| $d.max(*$e));\n"
            "    $b.mapv_inplace(|$d| ($d - $c).exp());\n    let $f = $b.sum();\n    $b /= $f;\n}\n$a",
        ], ["let $a = x.exp();\n&$a / $a.sum()",
            "let $a = x.exp();\nlet $b = $a.sum_axis(Axis(1)).insert_axis(Axis(1));\n$a / $b",
            "let $a = x.exp();\nlet $b = $a.sum_axis(Axis(0));\n$a / $b"]),
    ],
    "dot": [
        ("classic_dot", VECTORS, "f64", [
            "let mut $a = 0.0;\nfor $b in 0..x1.len() {\n    $a += x1[$b] * x2[$b];\n}\n$a",
            "let mut $a = 0.0;\nfor ($b, $c) in x1.iter().zip(x2.iter()) {\n    $a += $b * $c;\n}\n$a",
            "let mut $a = 0.0;\nlet mut $b = 0;\nwhile $b < x1.len() {\n    $a = $a + x1[$b] * x2[$b];\n    $b += 1;\n}\n$a",
        ], ["let mut $a = 0.0;\nfor $b in 1..x1.len() {\n    $a += x1[$b] * x2[$b];\n}\n$a", "x1.dot(x2)"]),
        ("dot", VECTORS, "f64", ["x1.dot(x2)", "(x1 * x2).sum()", "let $a = x1 * x2;\n$a.sum()"],
         ["(x1 + x2).sum()", "let mut $a = 0.0;\nfor $b in 0..x1.len() {\n    $a += x1[$b] * x2[$b];\n}\n$a"]),
    ],
    "outer": [
        ("classic_outer", VECTORS, "Array2<f64>", [
            "let mut $a = Array2::zeros((x1.len(), x2.len()));\nfor $b in 0..x1.len() {\n    for $c in 0..x2.len() {\n"
            "        $a[[$b, $c]] = x1[$b] * x2[$c];\n    }\n}\n$a",
            "let mut $a = Array2::<f64>::zeros((x1.len(), x2.len()));\nfor ($b, $c) in x1.iter().enumerate() {\n"
            "    for ($d, $e) in x2.iter().enumerate() {\n        $a[($b, $d)] = $c * $e;\n    }\n}\n$a",
        ], ["let mut $a = Array2::zeros((x2.len(), x1.len()));\nfor $b in 0..x1.len() {\n    for $c in 0..x2.len() {\n"
            "        $a[[$c, $b]] = x1[$b] * x2[$c];\n    }\n}\n$a"]),
        ("outer", VECTORS, "Array2<f64>", [
            "let $a = x1.view().insert_axis(Axis(1));\n&$a * x2",
            "let $a = x1.clone().insert_axis(Axis(1));\nlet $b = x2.clone().insert_axis(Axis(0));\n$a.dot(&$b)",
            "Array2::from_shape_fn((x1.len(), x2.len()), |($a, $b)| x1[$a] * x2[$b])",
        ], ["let $a = x2.view().insert_axis(Axis(1));\n&$a * x1"]),
    ],
    "multiply": [
        ("classic_multiply", VECTORS, "Array1<f64>", [
            "let mut $a = Array1::zeros(x1.len());\nfor $b in 0..x1.len() {\n    $a[$b] = x1[$b] * x2[$b];\n}\n$a",
            "let mut $a = Vec::new();\nfor ($b, $c) in x1.iter().zip(x2) {\n    $a.push($b * $c);\n}\nArray1::from($a)",
        ], ["let mut $a = Array1::zeros(x1.len());\nfor $b in 0..x1.len() {\n    $a[$b] = x1[$b] + x2[$b];\n}\n$a"]),
        ("multiply", VECTORS, "Array1<f64>", ["x1 * x2", "let $a = x1.clone();\n$a * x2", "let $a = x1 * x2;\nreturn $a;"],
         ["x1 + x2"]),
    ],
    "general_dot": [
        ("classic_general_dot", "w: &Array2<f64>, x1: &Array1<f64>", "Array1<f64>", [
            "let mut $a = Array1::zeros(w.nrows());\nfor $b in 0..w.nrows() {\n    for $c in 0..w.ncols() {\n"
            "        $a[$b] += w[[$b, $c]] * x1[$c];\n    }\n}\n$a",
            "let mut $a = Array1::<f64>::zeros(w.nrows());\nfor ($b, $c) in w.rows().into_iter().enumerate() {\n"
            "    let mut $d = 0.0;\n    for $e in 0..x1.len() {\n        $d += $c[$e] * x1[$e];\n    }\n    $a[$b] = $d;\n}\n$a",
        ], ["let mut $a = Array1::zeros(w.nrows());\nfor $b in 0..w.nrows() {\n    for $c in 1..w.ncols() {\n"
            "        $a[$b] += w[[$b, $c]] * x1[$c];\n    }\n}\n$a"]),
        ("general_dot", "w: &Array2<f64>, x1: &Array1<f64>", "Array1<f64>", [
            "w.dot(x1)", "let $a = w.dot(x1);\n$a", "(w * x1).sum_axis(Axis(1))",
        ], ["(w * x1).sum_axis(Axis(0))", "w.sum_axis(Axis(1))"]),
    ],
    "l1_loss": [
        ("l1_loss", "yhat: &Array1<f64>, y: &Array1<f64>", "f64", [
            "(y - yhat).abs().sum()", "(yhat - y).mapv(f64::abs).sum()",
            "let $a = y - yhat;\n$a.iter().map(|$b| $b.abs()).sum()",
            "y.iter().zip(yhat.iter()).map(|($a, $b)| ($a - $b).abs()).sum::<f64>()",
        ], ["(y - yhat).sum()", "(y - yhat).abs().mean().unwrap_or(0.0)"]),
    ],
    "l2_loss": [
        ("l2_loss", "yhat: &Array1<f64>, y: &Array1<f64>", "f64", [
            "let $a = y - yhat;\ndot(&$a, &$a)", "let $a = y - yhat;\n$a.dot(&$a)",
            "(y - yhat).pow2().sum()", "let $a = yhat - y;\nlet $b = &$a * &$a;\n$b.sum()",
        ], ["let $a = y - yhat;\n$a.dot(&$a).sqrt()", "(y - yhat).abs().sum()"]),
    ],
}

USES = {
    "exp": "crate::vector_ops::exp", "add_scalar": "crate::vector_ops::add_scalar",
    "reciprocal": "crate::vector_ops::reciprocal", "sigmoid": "crate::sigmoid::sigmoid", "dot": "crate::dot::dot",
}
TYPES = ["Array1", "Array2", "Array3", "ArrayD", "Axis"]
NAMES = """acc answer base col cur data delta diff entry extra factor first inner item left lhs mid norm_part out
part piece prod rest result right row_part scaled second shifted single step sub_total sum_part temp term tmp total
value vals vec_a vec_b work z z1 z2""".split()
COMMENTS = ["formula from the lecture", "TODO: tidy up", "see the notebook", "same as in NumPy", "works for me",
            "step by step", "checked with small numbers", "this took me a while", "no loop here", "as in the lesson"]
# What makes a file not compile; the function's body is given.
BROKEN = [lambda body: body + "_", lambda body: body + "\n}", lambda body: f"let wrong: i32 = 1.5;\n{body}",
          lambda body: f"let missing = unknown_name;\n{body}", lambda body: body.replace("\n", " ", 1) + " +"]


def function(mix, name, arguments, result, body):
    """One function, with names, comments and spacing of its own."""
    locals_ = dict(zip("abcdef", mix.sample(NAMES, 6)))
    body = re.sub(r"\$([a-f])", lambda found: locals_[found[1]], body)
    indent = mix.choice(["    ", "  ", "\t"])
    lines = [indent + line.replace("    ", indent) for line in body.split("\n")]
    if mix.random() < 0.5:
        lines.insert(0, f"{indent}// {mix.choice(COMMENTS)} ({mix.randrange(1000)})")
    if mix.random() < 0.2:
        lines.insert(0, "")
    return f"pub fn {name}({arguments}) -> {result} {{\n" + "\n".join(lines) + "\n}\n"


def source(mix, file, wrong, broken):
    """One file, with wrong functions or such as do not compile."""
    functions = []
    for name, arguments, result, right, mistakes in FILES[file]:
        body = mix.choice(mistakes if wrong else right)
        if broken:
            body = mix.choice(BROKEN)(body)
        functions.append(function(mix, name, arguments, result, body))
    mix.shuffle(functions)
    text = "\n".join(functions)
    used = [path for name, path in USES.items()
            if re.search(rf"(?<![\w.:]){name}\(", text) and not re.search(rf"fn {name}\(", text)]
    types = [name for name in TYPES if re.search(rf"\b{name}\b", text)]
    head = [f"use ndarray::{{{', '.join(types)}}};"] if types else []
    head += [f"use {path};" for path in used]
    mix.shuffle(head)
    return "\n".join(head) + ("\n\n" if head else "") + text


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    seed = sys.argv[3] if len(sys.argv) > 3 else "1"
    expected = {}
    for number in range(1, count + 1):
        name = f"student-{number:04}"
        mix = random.Random(f"{seed}/{name}")
        draw = mix.random()
        chosen = mix.sample(list(FILES), mix.randint(1, 3))
        wrong = chosen if draw < 0.10 else []
        broken = chosen[:1] if 0.10 <= draw < 0.13 else []
        expected[name] = {"wrong": sorted(wrong), "broken": broken}
        (folder / name).mkdir(parents=True)
        for file in FILES:
            (folder / name / f"{file}.rs").write_text(source(mix, file, file in wrong, file in broken))
    folder.with_suffix(".json").write_text(json.dumps(expected, indent=1) + "\n")


main()
