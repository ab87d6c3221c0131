//! Makes a learner's file anew from the reference.
//!
//! A stub is the reference's lesson, the imports that its signatures need, and each public
//! function with `todo!()` for a body. What is kept is kept to the letter.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, Item, ItemFn, UseTree, Visibility};

/// The stub of a reference.
///
/// # Errors
///
/// If the reference is not Rust.
pub fn stub(reference: &str) -> Result<String> {
    let file = syn::parse_file(reference).context("the reference is not Rust")?;
    let functions: Vec<&ItemFn> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
            _ => None,
        })
        .collect();
    let mut names = BTreeSet::new();
    for function in &functions {
        identifiers(function.sig.to_token_stream(), &mut names);
    }
    let mut parts = Vec::new();
    if let Some(lesson) = lesson(reference) {
        parts.push(lesson);
    }
    let imports: Vec<String> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Use(item) => import(&item.tree, &names),
            _ => None,
        })
        .map(|path| format!("use {path};"))
        .collect();
    if !imports.is_empty() {
        parts.push(imports.join("\n"));
    }
    parts.extend(functions.into_iter().map(|function| empty(reference, function)));
    Ok(parts.join("\n\n") + "\n")
}

/// The `//!` lines at the top.
#[must_use]
pub fn lesson(source: &str) -> Option<String> {
    let lines: Vec<&str> = source.lines().take_while(|line| line.starts_with("//!")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A function with its documentation and without its body.
fn empty(reference: &str, function: &ItemFn) -> String {
    let start = function.attrs.iter().map(Attribute::span).next();
    let start = start.unwrap_or_else(|| function.vis.span()).byte_range().start;
    let end = function.block.brace_token.span.open().byte_range().start;
    let head = reference.get(start..end).unwrap_or_default().trim_end();
    format!("{head} {{\n    todo!()\n}}")
}

fn identifiers(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => _ = names.insert(ident.to_string()),
            TokenTree::Group(group) => identifiers(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// What is left of a `use` when only some names are needed.
fn import(tree: &UseTree, names: &BTreeSet<String>) -> Option<String> {
    match tree {
        UseTree::Path(path) => Some(format!("{}::{}", path.ident, import(&path.tree, names)?)),
        UseTree::Name(name) => {
            names.contains(&name.ident.to_string()).then(|| name.ident.to_string())
        }
        UseTree::Rename(rename) => names
            .contains(&rename.rename.to_string())
            .then(|| format!("{} as {}", rename.ident, rename.rename)),
        UseTree::Group(group) => {
            let items: Vec<String> =
                group.items.iter().filter_map(|item| import(item, names)).collect();
            match items.as_slice() {
                [] => None,
                [only] => Some(only.clone()),
                several => Some(format!("{{{}}}", several.join(", "))),
            }
        }
        UseTree::Glob(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stub_keeps_the_lesson_and_the_signatures() {
        let reference = "//! # Norms\n//!\n//! σ.\n\nuse ndarray::{Array2, Axis};\n\
                         use crate::dot::dot;\n\nconst EPS: f64 = 0.0;\n\n/// Norms.\n///\n\
                         /// - `x`: shape (n, m).\n\
                         pub fn norms(\n    x: &Array2<f64>,\n) -> Array2<f64> {\n    helper(x)\n}\n\n\
                         fn helper(x: &Array2<f64>) -> Array2<f64> {\n    x.clone()\n}\n\n\
                         /// More.\npub fn more() -> f64 {\n    dot(EPS)\n}\n\n\
                         /// Wrong.\npub mod mistakes {\n    use ndarray::Array1;\n\n    \
                         pub fn less(x: &Array1<f64>) -> f64 {\n        x.sum()\n    }\n}\n";
        insta::assert_snapshot!(stub(reference).unwrap(), @r"
        //! # Norms
        //!
        //! σ.

        use ndarray::Array2;

        /// Norms.
        ///
        /// - `x`: shape (n, m).
        pub fn norms(
            x: &Array2<f64>,
        ) -> Array2<f64> {
            todo!()
        }

        /// More.
        pub fn more() -> f64 {
            todo!()
        }
        ");
        assert!(stub("pub fn (").is_err());
    }
}
