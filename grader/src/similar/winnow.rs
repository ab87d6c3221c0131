//! Which runs of tokens stand for a text.

/// How many tokens a run has: shorter ones are in any two programs.
pub(super) const RUN: usize = 12;

/// Of so many runs that follow each other, at least one is chosen.
const WINDOW: usize = 9;

/// Of any so many tokens that are in two texts, at least one run is chosen in both.
pub const GUARANTEED: usize = RUN + WINDOW - 1;

/// A run that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The hash of its tokens.
    pub hash: u64,
    /// Where its first token is.
    pub at: usize,
}

/// The fingerprints of a text: of each window the least hash, of equal ones the last, so that the
/// choice depends on nothing but the window.
pub(super) fn fingerprints(symbols: &[u32]) -> Vec<Fingerprint> {
    let hashes: Vec<u64> = symbols.windows(RUN).map(hash).collect();
    let mut chosen: Vec<Fingerprint> = Vec::new();
    let mut last = None;
    // What is shorter than a window is one.
    for start in 0..hashes.len().saturating_sub(WINDOW - 1).max(usize::from(!hashes.is_empty())) {
        let window = start..hashes.len().min(start + WINDOW);
        // Most windows have the choice of the one before.
        let least = match last {
            Some(at) if window.contains(&at) => {
                let new = window.end - 1;
                if hashes[new] <= hashes[at] { new } else { at }
            }
            _ => window.clone().rev().min_by_key(|at| hashes[*at]).unwrap_or(start),
        };
        if last != Some(least) {
            chosen.push(Fingerprint { hash: hashes[least], at: least });
            last = Some(least);
        }
    }
    chosen
}

/// FNV-1a over the tokens of a run, mixed so that its order is that of no token.
fn hash(symbols: &[u32]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for symbol in symbols {
        hash = (hash ^ u64::from(*symbol)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The choice as the paper defines it.
    fn by_definition(symbols: &[u32]) -> Vec<usize> {
        let hashes: Vec<u64> = symbols.windows(RUN).map(hash).collect();
        let window = WINDOW.min(hashes.len().max(1));
        let least = |(start, window): (usize, &[u64])| {
            let least = *window.iter().min().unwrap();
            start + window.iter().rposition(|hash| *hash == least).unwrap()
        };
        let mut chosen: Vec<usize> = hashes.windows(window).enumerate().map(least).collect();
        chosen.dedup();
        chosen
    }

    proptest! {
        #[test]
        fn the_choice_is_the_papers(symbols in prop::collection::vec(0_u32..4, 0..120)) {
            let chosen: Vec<usize> = fingerprints(&symbols).iter().map(|it| it.at).collect();
            prop_assert_eq!(chosen, by_definition(&symbols));
        }

        #[test]
        fn what_is_long_enough_is_found(
            before in prop::collection::vec(0_u32..9, 0..40),
            shared in prop::collection::vec(0_u32..9, GUARANTEED..40),
            other in prop::collection::vec(10_u32..19, 0..40),
        ) {
            let one = fingerprints(&[before.as_slice(), shared.as_slice()].concat());
            let two = fingerprints(&[shared.as_slice(), other.as_slice()].concat());
            prop_assert!(one.iter().any(|it| two.iter().any(|that| that.hash == it.hash)));
        }
    }
}
