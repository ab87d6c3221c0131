//! The functions of a reference or a stub: their types, and whether they are written.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use quote::ToTokens;
use syn::{FnArg, Item, ItemFn, Visibility};

use crate::build::MISTAKES;
use crate::course::{Origin, Source, Span};
use crate::submission::Submission;
use crate::syntax;

/// A public function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The types of its arguments, and at the end that of its result; all as tokens.
    types: Vec<String>,
    /// Whether its body is `todo!()`, and nothing else.
    pub is_todo: bool,
    /// Where its name stands.
    span: Span,
}

/// The public functions of a file, by name.
#[derive(Debug, Clone, Default)]
pub struct Functions {
    /// Those at the top.
    pub top: BTreeMap<String, Function>,
    /// Those of the module `mistakes`.
    pub mistakes: BTreeMap<String, Function>,
}

impl Functions {
    /// Those of a file; `None` if it is no Rust.
    pub fn of(text: &str) -> Option<Self> {
        syntax::read(text, |file: &syn::File| {
            let mistakes = file.items.iter().find_map(|item| match item {
                Item::Mod(module) if module.ident == MISTAKES => module.content.as_ref(),
                _ => None,
            });
            Self {
                top: public(&file.items),
                mistakes: mistakes.map(|(_, items)| public(items)).unwrap_or_default(),
            }
        })
    }

    /// Those of every file of a submission that is Rust, by the file's name.
    pub fn of_all(submission: &Submission) -> BTreeMap<&str, Self> {
        let files = submission.files.iter();
        files.filter_map(|file| Some((&*file.name, Self::of(file.text.as_ref().ok()?)?))).collect()
    }
}

impl Function {
    /// Whether it takes what another one takes.
    pub fn takes_the_same(&self, other: &Self) -> bool {
        self.args() == other.args()
    }

    /// Whether it takes and returns what another one does.
    pub fn has_types_of(&self, other: &Self) -> bool {
        self.types == other.types
    }

    /// Where its name stands in the file that it was read from.
    pub fn origin(&self, path: &Path, text: &str) -> Origin {
        Origin::new(&Arc::new(Source::new(path.to_owned(), text.to_owned())), self.span)
    }

    fn args(&self) -> Option<&[String]> {
        self.types.split_last().map(|(_, args)| args)
    }
}

fn public(items: &[Item]) -> BTreeMap<String, Function> {
    let functions = items.iter().filter_map(|item| match item {
        Item::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    });
    functions.map(|function| (function.sig.ident.to_string(), Function::from(function))).collect()
}

impl From<&ItemFn> for Function {
    fn from(function: &ItemFn) -> Self {
        let args = function.sig.inputs.iter().map(|arg| match arg {
            FnArg::Typed(arg) => tokens(&arg.ty),
            FnArg::Receiver(receiver) => tokens(receiver),
        });
        let range = function.sig.ident.span().byte_range();
        Self {
            types: args.chain([tokens(&function.sig.output)]).collect(),
            is_todo: tokens(&function.block).replace(' ', "") == "{todo!()}",
            span: Span { start: range.start, end: range.end },
        }
    }
}

fn tokens(tree: &impl ToTokens) -> String {
    tree.to_token_stream().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_compared_by_their_types() {
        let functions = Functions::of(
            "pub fn f(x: &Array2 < f64 >, y: f64) -> f64 { todo!() }\nfn private() {}\n\
             pub fn g(a: &Array2<f64>, b: f64) -> f64 { todo!(\"later\") }\n\
             pub mod mistakes { pub fn wrong(c: &Array2<f64>, d: f64) -> String { x() } }",
        )
        .unwrap();
        let (f, g, wrong) =
            (&functions.top["f"], &functions.top["g"], &functions.mistakes["wrong"]);
        assert!(f.has_types_of(g) && f.takes_the_same(wrong) && !f.has_types_of(wrong));
        assert!(f.is_todo && !g.is_todo);
        assert_eq!(functions.top.len(), 2);
        assert!(Functions::of("pub fn (").is_none());
    }
}
