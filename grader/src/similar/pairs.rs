//! Which submissions share fingerprints that few others have.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::winnow::fingerprints;
use super::{Candidate, LISTED, LISTED_FROM, Pair, Source, regions};
use crate::report::json::Number;

/// Two submissions must share at least so many fingerprints, so that small ones are not alike by
/// chance.
const SHARED: usize = 8;

/// What more submissions have than this is what one writes, not what one copies.
const COMMON: usize = 50;

/// How many pairs there are, and the most similar of them.
pub(super) fn pairs(candidates: &[Candidate], own: &[Source]) -> (usize, Vec<Pair>) {
    let of_course: HashSet<u64> = own.iter().flat_map(hashes).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        for hash in hashes(&candidate.source) {
            if !of_course.contains(&hash) {
                holders.entry(hash).or_default().push(place);
            }
        }
    }
    let common = common(candidates);
    holders.retain(|_, places| places.len() <= common);
    let mut telling = vec![0_usize; candidates.len()];
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for places in holders.values() {
        for (index, one) in places.iter().enumerate() {
            telling[*one] += 1;
            for other in &places[index + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let mut found: Vec<(f64, usize, usize, usize)> = shared
        .into_iter()
        .filter(|((one, other), _)| candidates[*one].student != candidates[*other].student)
        .map(|((one, other), shared)| {
            let smaller = telling[one].min(telling[other]);
            (100.0 * shared as f64 / smaller as f64, shared, one, other)
        })
        .filter(|(percent, shared, ..)| *percent >= LISTED_FROM && *shared >= SHARED)
        .collect();
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then((Reverse(a.1), a.2, a.3).cmp(&(Reverse(b.1), b.2, b.3)))
    });
    let listed = found.iter().take(LISTED).map(|(percent, _, one, other)| {
        let [one, other] = [one, other].map(|place| &candidates[*place]);
        let is_telling = |hash: u64| holders.contains_key(&hash);
        let regions = regions::regions(&one.source, &other.source, is_telling);
        Pair {
            one: one.id.clone(),
            other: other.id.clone(),
            percent: Number((percent * 10.0).floor() / 10.0),
            tokens: regions.iter().map(|region| region.tokens).sum(),
            regions,
        }
    });
    (found.len(), listed.collect())
}

/// The hashes of a submission's fingerprints.
fn hashes(source: &Source) -> HashSet<u64> {
    let of_file = |file: &super::source::Tokens| {
        let symbols: Vec<u32> = file.tokens.iter().map(|(symbol, _)| *symbol).collect();
        fingerprints(&symbols)
    };
    source.files.iter().flat_map(of_file).map(|it| it.hash).collect()
}

/// How many students may have a fingerprint that still tells something: half of a small class, a
/// tenth of a large one.
fn common(candidates: &[Candidate]) -> usize {
    let students = candidates.iter().map(|it| &it.student).collect::<HashSet<_>>().len();
    (students / 2).min((students / 10).max(10)).clamp(2, COMMON)
}
