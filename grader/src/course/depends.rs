//! Which exercise may call which: what is named must exist, and no chain may end in itself.

use std::collections::BTreeMap;

use super::name::{Unknown, shown};
use super::source::Span;

/// The exercises, each with those it depends on and where it names them.
pub(super) type Graph<'a> = BTreeMap<&'a str, &'a [(String, Span)]>;

/// A dependency that is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault<'a> {
    /// The exercise that names it.
    pub exercise: &'a str,
    /// Where.
    pub span: Span,
    /// Why it is wrong.
    pub message: String,
}

/// Finds the dependencies that are wrong; of each circle, one.
pub(super) fn faults<'a>(graph: &Graph<'a>) -> Vec<Fault<'a>> {
    let mut faults = Vec::new();
    for (&exercise, depends) in graph {
        for (name, span) in depends.iter().filter(|(name, _)| !graph.contains_key(name.as_str())) {
            let message = Unknown::exercise(name, graph.keys().copied()).to_string();
            faults.push(Fault { exercise, span: *span, message });
        }
    }
    let mut rest = graph.clone();
    loop {
        drop_free(&mut rest);
        let Some(circle) = circle(&rest) else {
            return faults;
        };
        let (exercise, span) = circle[0];
        let names: Vec<_> =
            circle.iter().chain(&circle[..1]).map(|(name, _)| shown(name)).collect();
        let message = format!("an exercise cannot depend on itself: {}", names.join(" → "));
        faults.push(Fault { exercise, span, message });
        for (name, _) in circle {
            rest.remove(name);
        }
    }
}

/// Drops the exercises that depend on none of the others, until none is left but circles and what
/// leads to them.
fn drop_free(rest: &mut Graph<'_>) {
    loop {
        let free: Vec<_> = rest
            .iter()
            .filter(|(_, depends)| {
                depends.iter().all(|(name, _)| !rest.contains_key(name.as_str()))
            })
            .map(|(name, _)| *name)
            .collect();
        if free.is_empty() {
            return;
        }
        for name in free {
            rest.remove(name);
        }
    }
}

/// A circle among exercises each of which depends on one of the others: its members in order, each
/// with the place where it names the next.
fn circle<'a>(rest: &Graph<'a>) -> Option<Vec<(&'a str, Span)>> {
    let mut path: Vec<(&str, Span)> = Vec::new();
    let mut name = *rest.keys().next()?;
    loop {
        if let Some(start) = path.iter().position(|(other, _)| *other == name) {
            return Some(path.split_off(start));
        }
        let (next, span) =
            rest.get(name)?.iter().find(|(next, _)| rest.contains_key(next.as_str()))?;
        path.push((name, *span));
        name = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults of a graph in which every exercise names the others in this order.
    fn check(depends: &[(&str, &[&str])]) -> Vec<String> {
        let span = Span { start: 0, end: 0 };
        let named = depends.iter().map(|(exercise, names)| {
            let names = names.iter().map(|name| ((*name).to_owned(), span));
            (*exercise, names.collect::<Vec<_>>())
        });
        let named: Vec<_> = named.collect();
        let graph = named.iter().map(|(exercise, names)| (*exercise, names.as_slice())).collect();
        let faults = faults(&graph).into_iter();
        faults.map(|fault| format!("{}: {}", fault.exercise, fault.message)).collect()
    }

    #[test]
    fn chains_are_fine() {
        assert!(check(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]).is_empty());
    }

    #[test]
    fn unknown_names_and_every_circle_are_found() {
        let faults = check(&[
            ("dot", &["outr"]),
            ("outer", &["outer"]),
            ("a", &["b"]),
            ("b", &["c"]),
            ("c", &["b", "dot"]),
        ]);
        insta::assert_snapshot!(faults.join("\n"), @r"
        dot: no exercise is called `outr`; did you mean `outer`?
        b: an exercise cannot depend on itself: `b` → `c` → `b`
        outer: an exercise cannot depend on itself: `outer` → `outer`
        ");
    }
}
