//! Where two submissions are alike.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::source::{Source, Tokens};
use super::winnow::{RUN, fingerprints};
use super::{Lines, Region};

/// How many regions of a pair are listed.
const LISTED: usize = 50;

/// The longest runs of tokens that both have, each around a run that is telling, the longest first.
/// No token of the first is in two of them.
pub(super) fn regions(
    one: &Source,
    other: &Source,
    is_telling: impl Fn(u64) -> bool,
) -> Vec<Region> {
    let mut places: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (file, tokens) in other.files.iter().enumerate() {
        for fingerprint in fingerprints(&symbols(tokens)) {
            places.entry(fingerprint.hash).or_default().push((file, fingerprint.at));
        }
    }
    let mut found: Vec<(Region, usize, usize)> = Vec::new();
    for (file, tokens) in one.files.iter().enumerate() {
        for fingerprint in fingerprints(&symbols(tokens)) {
            let Some(others) =
                places.get(&fingerprint.hash).filter(|_| is_telling(fingerprint.hash))
            else {
                continue;
            };
            let runs = others.iter().filter_map(|(other_file, at)| {
                let other = &other.files[*other_file];
                widest(&tokens.tokens, &other.tokens, fingerprint.at, *at)
                    .map(|run| (region(tokens, other, run), file, run.0))
            });
            found.extend(runs.max_by_key(|(region, ..)| region.tokens));
        }
    }
    found.sort_by_key(|(region, file, start)| (Reverse(region.tokens), *file, *start));
    let mut taken: HashSet<(usize, usize)> = HashSet::new();
    found.retain(|(region, file, start)| {
        let tokens = || (*start..start + region.tokens).map(|at| (*file, at));
        let is_new = !tokens().any(|it| taken.contains(&it));
        if is_new {
            taken.extend(tokens());
        }
        is_new
    });
    found.into_iter().map(|(region, ..)| region).take(LISTED).collect()
}

fn symbols(file: &Tokens) -> Vec<u32> {
    file.tokens.iter().map(|(symbol, _)| *symbol).collect()
}

/// The widest equal run around two places, as both starts and the length; `None` where the hashes
/// are equal and the tokens are not.
fn widest(
    one: &[(u32, u32)],
    other: &[(u32, u32)],
    at: usize,
    other_at: usize,
) -> Option<(usize, usize, usize)> {
    let is_same = |a: usize, b: usize| one[a].0 == other[b].0;
    let before = (1..=at.min(other_at)).take_while(|it| is_same(at - it, other_at - it)).count();
    let rest = (one.len() - at).min(other.len() - other_at);
    let after = (0..rest).take_while(|it| is_same(at + it, other_at + it)).count();
    (after >= RUN).then_some((at - before, other_at - before, before + after))
}

fn region(
    one: &Tokens,
    other: &Tokens,
    (start, other_start, tokens): (usize, usize, usize),
) -> Region {
    let lines = |file: &Tokens, start: usize| Lines {
        file: file.name.clone(),
        first: file.tokens[start].1,
        last: file.tokens[start + tokens - 1].1,
    };
    Region { tokens, one: lines(one, start), other: lines(other, other_start) }
}
