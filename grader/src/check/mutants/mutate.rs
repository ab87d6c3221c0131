//! All mutants of a reference.

use std::collections::BTreeSet;
use std::mem;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprMethodCall, FnArg, ImplItemFn,
    ItemFn, ItemMod, Local, Pat, PatIdent, Signature, Stmt, TraitItemFn,
};

use super::change::{Change, Code};
use super::mutant::Mutant;
use crate::build::MISTAKES;
use crate::syntax;

/// Methods whose arguments are words for people.
const WORDS: [&str; 2] = ["expect", "expect_err"];

/// Methods that ask for the shape of an array alone.
const SHAPES: [&str; 7] = ["dim", "is_empty", "len", "ncols", "ndim", "nrows", "shape"];

/// The mutants of all functions of a reference but its mistakes, in order of their functions;
/// `None` if it is not Rust. Whether their types are right is for rustc to say. What stands in
/// macros is left as it is.
#[must_use]
pub fn mutate(reference: &str) -> Option<Vec<Mutant>> {
    syntax::read(reference, |file: &syn::File| {
        let mut finder = Finder { code: Code { text: reference }, ..Finder::default() };
        finder.visit_file(file);
        finder.mutants
    })
}

/// Walks through a reference.
#[derive(Default)]
struct Finder<'t> {
    code: Code<'t>,
    /// The body of the function that it is in; the outermost, where functions are in functions.
    body: Option<Range<usize>>,
    /// Where the innermost statement around begins.
    statement: usize,
    /// The arguments of the function.
    inputs: Vec<String>,
    /// The variables that can be named, the arguments among them.
    variables: Vec<String>,
    mutants: Vec<Mutant>,
    /// The bodies that the mutants make, without white space: what is written in two ways is one.
    bodies: BTreeSet<(usize, String)>,
}

impl Finder<'_> {
    /// Adds mutants of the function that it is in.
    fn add(&mut self, changes: Vec<Change>) {
        let Some(body) = &self.body else { return };
        for Change { kind, range, replacement } in changes {
            let (body, statement) = (body.clone(), self.statement);
            let number = self.mutants.len();
            let mutant = Mutant { number, body, statement, range, replacement, kind };
            let mut text = mutant.changed_body(self.code.text);
            text.retain(|c| !c.is_whitespace());
            if self.bodies.insert((mutant.body.start, text)) {
                self.mutants.push(mutant);
            }
        }
    }

    /// Goes through a function. One that is `const` cannot ask which mutant is chosen.
    fn function(&mut self, attributes: &[Attribute], signature: &Signature, block: &Block) {
        if signature.constness.is_some() || is_conditional(attributes) {
            return;
        }
        self.scope(|it| {
            for input in &signature.inputs {
                match input {
                    FnArg::Typed(typed) => it.bind(&typed.pat),
                    FnArg::Receiver(_) => it.variables.push("self".into()),
                }
            }
            match it.body {
                Some(_) => it.visit_block(block),
                None => it.outermost(block),
            }
        });
    }

    /// Goes through the body of a function that is in no other; its arguments are noted.
    fn outermost(&mut self, block: &Block) {
        let braces = block.brace_token.span;
        let body = braces.open().byte_range().start..braces.close().byte_range().end;
        let text = &self.code.text[body.clone()];
        self.bodies.insert((body.start, text.split_whitespace().collect()));
        self.statement = block.stmts.first().map_or(0, |it| it.span().byte_range().start);
        self.inputs = self.variables.clone();
        let inside = body.start + 1..body.end - 1;
        self.body = Some(body);
        let returned = |input: &String| Change {
            kind: "an argument returned",
            range: inside.clone(),
            replacement: format!(" {input}.to_owned() "),
        };
        self.add(self.inputs.iter().map(returned).collect());
        if let Some(Stmt::Expr(result, None)) = block.stmts.last() {
            self.add(vec![self.code.negated(result)]);
        }
        self.visit_block(block);
        self.body = None;
    }

    /// Notes the variables of a pattern.
    fn bind(&mut self, pattern: &Pat) {
        Names(&mut self.variables).visit_pat(pattern);
    }

    /// Goes through what can name further variables, and forgets them.
    fn scope(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = self.variables.len();
        walk(self);
        self.variables.truncate(outer);
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if module.ident != MISTAKES && !is_conditional(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.function(&function.attrs, &function.sig, &function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.function(&function.attrs, &function.sig, &function.block);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(block) = &function.default {
            self.function(&function.attrs, &function.sig, block);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.scope(|it| visit::visit_block(it, block));
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let outer = self.statement;
        self.statement = statement.span().byte_range().start;
        let removable = match statement {
            // Else it is the value of the block.
            Stmt::Expr(expression, semicolon) => semicolon.is_some() || is_block(expression),
            _ => false,
        };
        if removable {
            let range = statement.span().byte_range();
            let kind = "a statement removed";
            self.add(vec![Change { kind, range, replacement: String::new() }]);
        }
        visit::visit_stmt(self, statement);
        self.statement = outer;
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(value) = &local.init {
            visit::visit_local_init(self, value);
        }
        self.bind(&local.pat);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scope(|it| {
            it.bind(&arm.pat);
            visit::visit_arm(it, arm);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scope(|it| {
            closure.inputs.iter().for_each(|input| it.bind(input));
            it.visit_expr(&closure.body);
        });
    }

    fn visit_expr_for_loop(&mut self, repeated: &'ast ExprForLoop) {
        self.visit_expr(&repeated.expr);
        self.scope(|it| {
            it.bind(&repeated.pat);
            it.visit_block(&repeated.body);
        });
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        // The sign of what is asked for its shape alone makes no difference.
        let asked = SHAPES.iter().any(|shape| call.method == shape);
        let inputs = asked.then(|| mem::take(&mut self.inputs));
        self.visit_expr(&call.receiver);
        self.inputs = inputs.unwrap_or_else(|| mem::take(&mut self.inputs));
        if !WORDS.iter().any(|word| call.method == word) {
            call.args.iter().for_each(|argument| self.visit_expr(argument));
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        self.add(self.code.changes(expression, &self.variables));
        if let Expr::Path(path) = expression
            && self.inputs.iter().any(|input| path.path.is_ident(input))
        {
            self.add(self.code.signs(path));
        }
        visit::visit_expr(self, expression);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

/// Collects the variables that a pattern binds.
struct Names<'n>(&'n mut Vec<String>);

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        self.0.push(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }
}

/// Whether an expression may be a statement without a semicolon.
fn is_block(expression: &Expr) -> bool {
    matches!(expression, Expr::ForLoop(_) | Expr::If(_) | Expr::Loop(_) | Expr::While(_))
}

/// Whether something may not be there.
fn is_conditional(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

#[cfg(test)]
mod tests;
