//! One file: what it defines, and what is mentioned there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, Item, ItemFn, PatIdent, Signature, TraitItemFn, Type, UseTree};

use super::mention::{Mention, mentions};
use crate::syntax;

/// What a file defines and mentions.
#[derive(Debug, Default)]
pub struct File {
    /// The file, as a reader of the report knows it.
    pub path: String,
    /// What it defines.
    pub definitions: Vec<Definition>,
    /// The names that it imports, with the paths they stand for.
    pub imports: BTreeMap<String, Vec<String>>,
    /// What it mentions, in order, what is imported with its whole path.
    mentions: Vec<Mention>,
    /// The variables that it binds, with the places where it does, in bytes and in order.
    variables: BTreeMap<String, BTreeSet<usize>>,
}

/// Something with a name that holds code.
#[derive(Debug)]
pub struct Definition {
    /// What it is called.
    pub name: String,
    /// What else it may be called: what a macro defines has any name that is in it.
    given: BTreeSet<String>,
    /// How it is mentioned.
    pub kind: Kind,
    /// Where it stands, in bytes.
    range: Range<usize>,
}

/// How a definition is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By a path: a function, a constant, a macro.
    Item,
    /// By a path or behind a point.
    Method,
    /// By the name of a type for which it implements something. Operators name no method.
    Type,
}

impl Definition {
    /// What it is or may be called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.given).map(String::as_str)
    }
}

impl File {
    /// Reads a file, which a reader of the report knows by `path`; `None` if it is no Rust.
    pub fn read(text: &str, path: String) -> Option<Self> {
        syntax::read(text, |tree: &syn::File| {
            let mut reader = Reader { file: Self { path, ..Self::default() }, ..Reader::default() };
            reader.visit_file(tree);
            let Reader { mut file, types } = reader;
            // What is implemented for a type of ndarray's is no part of all that mentions the type.
            let is_own = |it: &Definition| it.kind != Kind::Type || types.contains(&it.name);
            file.definitions.retain(is_own);
            file.mentions = mentions(tree.to_token_stream());
            for mention in file.mentions.iter_mut().filter(|mention| !mention.is_method) {
                let first = mention.path.first();
                if let Some(import) = first.and_then(|first| file.imports.get(first)) {
                    mention.path.splice(..1, import.iter().cloned());
                }
            }
            file
        })
    }

    /// What a definition mentions, each with its place among all that the file mentions. A word that
    /// the definition binds is a variable, whatever else is called so.
    pub fn mentions_of(&self, definition: &Definition) -> impl Iterator<Item = (usize, &Mention)> {
        let Range { start, end } = definition.range;
        let first = self.mentions.partition_point(|mention| mention.offset < start);
        let is_variable = move |mention: &Mention| {
            let name = mention.path.last().filter(|_| mention.is_word);
            let places = name.and_then(|name| self.variables.get(name));
            places.is_some_and(|places| places.range(start..end).next().is_some())
        };
        let all = self.mentions.iter().enumerate().skip(first);
        all.take_while(move |(_, mention)| mention.offset < end)
            .filter(move |(_, mention)| !is_variable(mention))
    }
}

/// Gathers what a file defines, imports and binds.
#[derive(Default)]
struct Reader {
    file: File,
    /// The types that the file defines.
    types: BTreeSet<String>,
}

impl Reader {
    fn define(&mut self, ident: &Ident, kind: Kind, start: Span, end: Span) {
        let range = start.byte_range().start..end.byte_range().end;
        let (name, given) = (name(ident), BTreeSet::new());
        self.file.definitions.push(Definition { name, given, kind, range });
    }

    fn function(&mut self, signature: &Signature, block: &Block, kind: Kind) {
        let (start, end) = (signature.fn_token.span, block.brace_token.span.close());
        self.define(&signature.ident, kind, start, end);
    }

    /// Notes what a `use` imports from the path `before` it.
    fn import(&mut self, before: &[String], tree: &UseTree) {
        let path = |last: &Ident| match name(last) {
            last if last == "self" => before.to_vec(),
            last => [before, &[last]].concat(),
        };
        match tree {
            UseTree::Path(tree) => self.import(&path(&tree.ident), &tree.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
            UseTree::Rename(tree) => {
                let imported = Some(path(&tree.ident)).filter(|path| !path.is_empty());
                self.file.imports.extend(imported.map(|path| (name(&tree.rename), path)));
            }
            UseTree::Name(tree) => {
                let imported = path(&tree.ident);
                self.file.imports.extend(imported.last().cloned().map(|name| (name, imported)));
            }
            UseTree::Glob(_) => {}
        }
    }
}

impl Visit<'_> for Reader {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        self.function(&item.sig, &item.block, Kind::Item);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        self.function(&item.sig, &item.block, Kind::Method);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block, Kind::Method);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item(&mut self, item: &Item) {
        match item {
            Item::Const(item) => {
                let (start, end) = (item.const_token.span, item.semi_token.span);
                self.define(&item.ident, Kind::Item, start, end);
            }
            Item::Static(item) => {
                let (start, end) = (item.static_token.span, item.semi_token.span);
                self.define(&item.ident, Kind::Item, start, end);
            }
            Item::Struct(item) => _ = self.types.insert(name(&item.ident)),
            Item::Enum(item) => _ = self.types.insert(name(&item.ident)),
            Item::Impl(item) => {
                if let Type::Path(own) = &*item.self_ty
                    && let Some(last) = own.path.segments.last()
                {
                    let (start, end) = (item.impl_token.span, item.brace_token.span.close());
                    self.define(&last.ident, Kind::Type, start, end);
                }
            }
            Item::Use(item) => self.import(&[], &item.tree),
            Item::Macro(item) => {
                if let Some(last) = item.mac.path.segments.last() {
                    let (start, end) = (last.ident.span(), item.mac.delimiter.span().close());
                    self.define(item.ident.as_ref().unwrap_or(&last.ident), Kind::Item, start, end);
                }
                if let Some(definition) = self.file.definitions.last_mut() {
                    let is_definition = item.ident.is_some();
                    given(item.mac.tokens.clone(), is_definition, &mut definition.given);
                }
            }
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_pat_ident(&mut self, pattern: &PatIdent) {
        let place = pattern.ident.span().byte_range().start;
        self.file.variables.entry(name(&pattern.ident)).or_default().insert(place);
        visit::visit_pat_ident(self, pattern);
    }
}

fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The names that a macro may give: in its definition those behind `fn`, in a call any.
fn given(tokens: TokenStream, is_definition: bool, names: &mut BTreeSet<String>) {
    let mut is_given = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => given(group.stream(), is_definition, names),
            TokenTree::Ident(ident) => {
                if is_given || !is_definition {
                    names.insert(name(&ident));
                }
                is_given = ident == "fn";
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => is_given = false,
        }
    }
}
