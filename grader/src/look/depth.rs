//! How deep the syntax tree of a file may get, told from its tokens.
//!
//! Parsers recurse, and so do compilers over what was parsed. A tree is as deep as the brackets
//! around a place and the operators, types and keywords that are strung together there. So tokens
//! are weighed from the last `,`, `;`, `=>` or finished block on, at each level of brackets.

use super::fault::Fault;
use super::token::{Kind, Token};

/// The most that the tokens on the way to a place may weigh. A sum of three hundred products and
/// sixty `else if` in a row weigh well below it, and rustc 1.95 stands twice as much.
const MAX: usize = 4000;

/// What brackets weigh while they are open.
const BRACKETS: usize = 16;

/// What a keyword or a prefix operator weighs: the parser begins anew behind it, which takes
/// several times the stack of one more operand.
const PREFIX: usize = 10;

/// What an unclosed `<` weighs behind a comma, which may be one of its own.
const ANGLE: usize = 2;

/// Keywords that begin an expression, a pattern, a type or an item.
const KEYWORDS: [&str; 19] = [
    "async", "become", "break", "const", "dyn", "fn", "for", "if", "impl", "let", "loop", "match",
    "mod", "move", "return", "static", "unsafe", "while", "yield",
];

/// One level of brackets.
#[derive(Debug, Default)]
struct Level {
    /// What its brackets weigh.
    brackets: usize,
    /// What these and its tokens since the last separator weigh.
    weight: usize,
    /// The `<` among them that are open.
    angles: usize,
    /// The `|` among them that begin a closure's parameters.
    closures: usize,
}

impl Level {
    /// The level inside brackets.
    fn inside() -> Self {
        Self { brackets: BRACKETS, weight: BRACKETS, ..Self::default() }
    }

    /// The same level behind a separator.
    fn anew(&self) -> Self {
        Self { brackets: self.brackets, weight: self.brackets, ..Self::default() }
    }

    /// What is left of the weight behind a comma, which may part a closure's parameters or a
    /// type's arguments.
    fn behind_comma(&self) -> usize {
        self.weight.min(self.brackets + self.angles * ANGLE + self.closures * PREFIX)
    }
}

/// The first place that is too deep.
pub fn fault(tokens: &[Token<'_>]) -> Option<Fault> {
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::default();
    // What the tokens of all outer levels weigh.
    let mut around = 0;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| tokens[it]);
        match token.kind {
            Kind::Open(_) => {
                around += level.weight;
                outer.push(level);
                level = Level::inside();
            }
            Kind::Close(bracket) => {
                // What was not opened is rustc's to complain of.
                level = outer.pop().unwrap_or_default();
                around -= level.weight;
                level.weight += 1;
                if bracket == '}' && !goes_on(tokens.get(index + 1)) {
                    level = level.anew();
                }
            }
            Kind::Sign(';') => level = level.anew(),
            Kind::Sign(',') => level.weight = level.behind_comma(),
            Kind::Sign('>') => match before {
                Some(Token { kind: Kind::Sign('='), span }) if span.end == token.span.start => {
                    level = level.anew();
                }
                Some(Token { kind: Kind::Sign('-'), .. }) => level.weight += 1,
                _ => {
                    level.weight += 1;
                    level.angles = level.angles.saturating_sub(1);
                }
            },
            Kind::Sign('<') => {
                level.weight += 1;
                level.angles += 1;
            }
            Kind::Sign(sign @ ('!' | '-' | '&' | '*' | '|' | '.')) if !is_operand(before) => {
                level.weight += PREFIX;
                level.closures += usize::from(sign == '|');
            }
            Kind::Sign('?') => level.weight += PREFIX,
            Kind::Word(word) if KEYWORDS.contains(&word) => level.weight += PREFIX,
            Kind::Word(_) | Kind::Sign(_) | Kind::Other | Kind::Stray => level.weight += 1,
        }
        if around + level.weight > MAX {
            return Some(Fault {
                span: token.span,
                message: "this is nested too deeply, or too much is strung together".into(),
                help: "name the parts with `let`, or move them into functions of their own",
            });
        }
    }
    None
}

/// Whether an operator behind this token stands between two operands.
fn is_operand(token: Option<Token<'_>>) -> bool {
    match token.map(|it| it.kind) {
        Some(Kind::Word(word)) => !KEYWORDS.contains(&word),
        Some(Kind::Close(_) | Kind::Other | Kind::Sign('?')) => true,
        _ => false,
    }
}

/// Whether what ended with a block may go on with the token behind it.
fn goes_on(token: Option<&Token<'_>>) -> bool {
    match token.map(|it| it.kind) {
        Some(Kind::Word(word)) => matches!(word, "else" | "as"),
        Some(Kind::Sign(sign)) => !matches!(sign, '#' | '$'),
        Some(Kind::Open(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::is_shallow;

    fn repeat(start: &str, part: &str, times: usize, end: &str) -> String {
        format!("{start}{}{end}", part.repeat(times))
    }

    #[test]
    fn long_programs_are_shallow() {
        for (what, text) in [
            ("statements", repeat("fn f() {", "let mut x = 1; x += 1;\n", 5000, "}")),
            ("items", repeat("", "/// Doc.\n#[inline]\npub fn f(x: f64) -> f64 { x }\n", 3000, "")),
            ("conditions", repeat("fn f() {", "if a < b { c(); }\n", 2000, "}")),
            ("numbers", repeat("const X: [f64; 9] = [", "-1.5e-3, ", 5000, "];")),
            ("products", repeat("fn f() -> f64 { 0.0", " + a[0] * b[0]", 300, "}")),
            ("calls", repeat("fn f() -> f64 { 0.0", " + f64::exp(x)", 300, "}")),
            ("methods", repeat("fn f() { x", ".map(|x| -x + 1)", 100, "}")),
            ("questions", repeat("fn f() { x", ".g()?", 100, "}")),
            ("else if", repeat("fn f() { if a {}", " else if a == b && c <= d { 1 }", 60, "}")),
            ("arms", repeat("fn f() { match x {", "(0, Some(1)) => {}\n", 1000, "}}")),
            ("or", repeat("fn f() { if a", " || b == 1", 100, "{}}")),
            ("patterns", repeat("fn f() { matches!(x, 0", " | 1", 500, ")}")),
            ("blocks", repeat("", "mod m { fn f() { for i in 0..1 {", 12, &"}}}".repeat(12))),
            ("brackets", repeat("fn f() { ", "(", 100, &format!("1{}}}", ")".repeat(100)))),
        ] {
            assert!(is_shallow(&text), "{what}");
        }
    }

    #[test]
    fn deep_programs_are_not() {
        for part in [
            "(",
            "[",
            "{",
            "<",
            "!",
            "&",
            "- ",
            "* ",
            "*const ",
            "A<",
            "A<B, ",
            "a::<B, ",
            "|x| ",
            "|x, y| ",
            "|| ",
            "return ",
            "break ",
            "match ",
            "if ",
            "a = ",
            "a + ",
            "x @ ",
            ".f()",
            "?",
            "[0]",
            "()",
            "a as ",
            "fn() -> ",
            "impl Fn() -> ",
            "else if a {} ",
            "S {} + ",
            "<u8 as ",
            "let x = ",
            "async move || ",
            "x: ",
            "..",
            "a::{",
            "[[[[",
            "vec![",
            "a.b.",
            "(1, ",
            "[1, ",
            "{; ",
            "{ fn f() {} ",
            "match x { _ => (",
        ] {
            assert!(!is_shallow(&repeat("fn f() { let x = ", part, 4001, "")), "{part}");
        }
    }
}
