//! The signatures of a source file's functions.

use syn::{FnArg, ForeignItemFn, GenericArgument, PathArguments, ReturnType, Type};

use crate::syntax::{self, Parser};

/// The longest signature that is read, in bytes.
const LONGEST: usize = 4096;

/// The most arguments that the harness passes.
const MOST_ARGUMENTS: usize = 6;

/// How many beginnings of a signature are tried: some may stand in comments or strings.
const TRIED: usize = 8;

/// The signature of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// As it is written, on one line: `pub fn softmax(x: &Array2<f64>) -> Array2<f64>`.
    pub text: String,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// What it returns, where the type's name tells.
    pub result: Option<ResultKind>,
    /// The type of pointers to it, `fn(&::ndarray::Array1<f64>, f64) -> f64`, if it takes and returns
    /// what the names of its types make one believe.
    pub pointer: Option<String>,
}

/// The kind of value that a function returns, as far as a type's name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultKind {
    /// `f64` or `f32`.
    Float,
    /// An integer of any size.
    Int,
    /// `bool`.
    Bool,
    /// `String` or `&str`.
    Text,
    /// `Vec` of anything, or a tuple.
    List,
    /// An array of floats, with its number of dimensions where the type fixes it.
    FloatArray(Option<usize>),
    /// An array of integers, likewise.
    IntArray(Option<usize>),
    /// An array of bools, likewise.
    BoolArray(Option<usize>),
}

/// The signature of a function at the top level of a file, if it has one.
#[must_use]
pub fn signature(text: &str, function: &str) -> Option<Signature> {
    signatures(&[(text, function)]).pop()?
}

/// The signatures of functions of files, each as [`signature`] gives it: a thread is started once.
#[must_use]
pub fn signatures(functions: &[(&str, &str)]) -> Vec<Option<Signature>> {
    let find = |parser: &Parser, text: &str, function: &str| {
        starts(text, function).find_map(|(line, start)| read(parser, &text[start..], line))
    };
    let all = |parser: &Parser| {
        functions.iter().map(|(text, function)| find(parser, text, function)).collect()
    };
    syntax::with(all).unwrap_or_else(|| vec![None; functions.len()])
}

/// Where the signature of a function may begin: the line and the place.
fn starts(text: &str, function: &str) -> impl Iterator<Item = (usize, usize)> {
    let words = format!("fn {function}");
    let mut end = 0;
    let starts = text.split_inclusive('\n').enumerate().filter_map(move |(number, line)| {
        let start = end;
        end += line.len();
        let (before, after) = line.split_once(&words)?;
        let top = before.is_empty() || before.starts_with("pub");
        (top && after.starts_with(['(', '<', ' ', '\n'])).then_some((number + 1, start))
    });
    starts.take(TRIED)
}

/// Reads the signature that a text begins with, which stands on this line.
fn read(parser: &Parser, text: &str, line: usize) -> Option<Signature> {
    let text = &text[..text.find('{').filter(|length| *length <= LONGEST)?];
    let function: ForeignItemFn = parser.parse(&format!("{text};"))?;
    let result = match &function.sig.output {
        ReturnType::Default => None,
        ReturnType::Type(_, result) => kind(result),
    };
    Some(Signature { text: one_line(text), line, result, pointer: pointer(&function.sig) })
}

/// The type of pointers to a function, if it takes and returns what the harness passes.
fn pointer(signature: &syn::Signature) -> Option<String> {
    if !signature.generics.params.is_empty() || signature.inputs.len() > MOST_ARGUMENTS {
        return None;
    }
    let argument = |argument: &FnArg| match argument {
        FnArg::Typed(argument) => passed(&argument.ty),
        FnArg::Receiver(_) => None,
    };
    let arguments: Vec<String> = signature.inputs.iter().map(argument).collect::<Option<_>>()?;
    let ReturnType::Type(_, result) = &signature.output else { return None };
    Some(format!("fn({}) -> {}", arguments.join(", "), owned(result)?))
}

/// The type of an argument, written so that it means the same in any module.
fn passed(written: &Type) -> Option<String> {
    let Type::Reference(reference) = written else { return owned(written) };
    if reference.mutability.is_some() || reference.lifetime.is_some() {
        return None;
    }
    let target = match &*reference.elem {
        Type::Slice(slice) => format!("[{}]", owned(&slice.elem)?),
        Type::Path(path) if path.path.is_ident("str") => "str".into(),
        target => owned(target)?,
    };
    Some(format!("&{target}"))
}

/// A type without references, likewise.
fn owned(written: &Type) -> Option<String> {
    let Type::Path(path) = written else { return None };
    let segments = &path.path.segments;
    let is_of_ndarray = segments.len() == 2 && segments[0].ident == "ndarray";
    if path.qself.is_some() || segments.len() > 1 && !is_of_ndarray {
        return None;
    }
    let last = segments.last()?;
    let name = last.ident.to_string();
    let inner = match &last.arguments {
        PathArguments::None => None,
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => {
            let GenericArgument::Type(inner) = arguments.args.first()? else { return None };
            Some(owned(inner)?)
        }
        _ => return None,
    };
    match (name.as_str(), inner) {
        ("Array1" | "Array2" | "Array3" | "ArrayD", Some(element))
            if ["f64", "i64", "bool"].contains(&&*element) =>
        {
            Some(format!("::ndarray::{name}<{element}>"))
        }
        _ if is_of_ndarray => None,
        ("Vec", Some(item)) => Some(format!("::std::vec::Vec<{item}>")),
        ("String", None) => Some("::std::string::String".into()),
        ("f64" | "f32" | "i64" | "i32" | "usize" | "bool", None) => Some(name),
        _ => None,
    }
}

/// A signature without the line breaks that rustfmt may have put in.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("( ", "(").replace(", )", ")")
}

fn kind(result: &Type) -> Option<ResultKind> {
    let path = match result {
        Type::Path(path) => &path.path,
        Type::Reference(reference) => return kind(&reference.elem),
        Type::Tuple(tuple) if !tuple.elems.is_empty() => return Some(ResultKind::List),
        _ => return None,
    };
    let last = path.segments.last()?;
    let arguments: Vec<&Type> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(argument) => Some(argument),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let first = arguments.first().copied();
    let name = last.ident.to_string();
    Some(match name.as_str() {
        "f64" | "f32" => ResultKind::Float,
        "i64" | "i32" | "i16" | "i8" | "u64" | "u32" | "u16" | "u8" | "isize" | "usize" => {
            ResultKind::Int
        }
        "bool" => ResultKind::Bool,
        "String" | "str" => ResultKind::Text,
        "Option" | "Result" => return kind(first?),
        "Vec" => ResultKind::List,
        "ArrayD" => array(first?, None)?,
        "Array" => array(first?, dimensions(arguments.get(1)?))?,
        _ => array(first?, Some(name.strip_prefix("Array")?.parse().ok()?))?,
    })
}

fn array(element: &Type, dimensions: Option<usize>) -> Option<ResultKind> {
    Some(match kind(element)? {
        ResultKind::Float => ResultKind::FloatArray(dimensions),
        ResultKind::Int => ResultKind::IntArray(dimensions),
        ResultKind::Bool => ResultKind::BoolArray(dimensions),
        _ => return None,
    })
}

/// The number in `Ix2`; `None` for `IxDyn` and what is not known.
fn dimensions(dimension: &Type) -> Option<usize> {
    let Type::Path(path) = dimension else {
        return None;
    };
    path.path.segments.last()?.ident.to_string().strip_prefix("Ix")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(text: &str) -> Option<ResultKind> {
        signature(&format!("{text} {{ todo!() }}"), "f").and_then(|it| it.result)
    }

    #[test]
    fn the_result_is_told_by_the_name_of_its_type() {
        use ResultKind::*;
        for (signature, kind) in [
            ("fn f() -> f64", Some(Float)),
            ("fn f() -> usize", Some(Int)),
            ("fn f() -> &'static str", Some(Text)),
            ("fn f() -> Result<bool, String>", Some(Bool)),
            ("fn f() -> ndarray::Array2<f64>", Some(FloatArray(Some(2)))),
            ("fn f() -> ArrayD<i64>", Some(IntArray(None))),
            ("fn f() -> Array<f64, Ix3>", Some(FloatArray(Some(3)))),
            ("fn f() -> Array<bool, IxDyn>", Some(BoolArray(None))),
            ("fn f() -> Vec<f64>", Some(List)),
            ("fn f() -> (f64, i64)", Some(List)),
            ("fn f() -> Mine", None),
            ("fn f()", None),
        ] {
            assert_eq!(result(signature), kind, "{signature}");
        }
    }

    #[test]
    fn the_type_of_pointers_is_written_in_full() {
        for (signature, pointer) in [
            ("fn f() -> String", Some("fn() -> ::std::string::String")),
            (
                "pub fn f(x: &ndarray::Array1<f64>, mut c: f64) -> ArrayD<i64>",
                Some("fn(&::ndarray::Array1<f64>, f64) -> ::ndarray::ArrayD<i64>"),
            ),
            (
                "fn f(x: &str, y: &[f64], v: Vec<Vec<usize>>) -> bool",
                Some("fn(&str, &[f64], ::std::vec::Vec<::std::vec::Vec<usize>>) -> bool"),
            ),
            ("fn f(x: ArrayView1<f64>) -> f64", None),
            ("fn f(x: &mine::Array1<f64>) -> f64", None),
            ("fn f(x: &mut f64) -> f64", None),
            ("fn f<'a>(x: &'a f64) -> f64", None),
            ("fn f(x: impl Into<f64>) -> f64", None),
            ("fn f(x: <f64 as T>::U) -> f64", None),
            ("fn f(x: &&f64) -> f64", None),
            ("fn f(x: &Array1<usize>) -> f64", None),
            ("fn f(x: &str) -> &str", None),
            ("fn f(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64) -> f64", None),
            ("fn f(x: f64)", None),
        ] {
            let found = super::signature(&format!("{signature} {{}}"), "f").unwrap();
            assert_eq!(found.pointer.as_deref(), pointer, "{signature}");
        }
    }

    #[test]
    fn a_signature_is_shown_on_one_line() {
        let text = "//! fn f()\n\nmod m {\n    fn f() {}\n}\nfn ff() {}\n/// Doc.\n\
                    pub fn f(\n    x: &Array1<f64>,\n    y: f64,\n) -> f64 {\n}\n";
        let found = signature(text, "f").map(|it| (it.text, it.line));
        assert_eq!(found, Some(("pub fn f(x: &Array1<f64>, y: f64) -> f64".into(), 8)));
        assert_eq!(signature("pub fn f(", "f"), None);
        assert_eq!(signature("fn f() {}", "f").map(|it| it.text).as_deref(), Some("fn f()"));
    }

    #[test]
    fn no_text_exhausts_the_stack_or_takes_long() {
        let start = std::time::Instant::now();
        for part in ["(", "<", "!", "&", "[[[[", "A<", "*const ", "fn() -> ", "fn f(", "\nfn f("] {
            // One that is too long to be read, and one that is short enough.
            for length in [1 << 20, LONGEST - 20] {
                let deep = part.repeat(length / part.len());
                for (before, after) in [
                    ("pub fn f(x: ", ") {}"),
                    ("pub fn f() -> ", " {}"),
                    ("pub fn f() { ", " }"),
                    ("type T = ", ";\npub fn f() {}"),
                    ("", ""),
                ] {
                    _ = signature(&format!("{before}{deep}{after}"), "f");
                }
            }
        }
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
