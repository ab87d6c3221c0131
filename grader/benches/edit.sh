#!/usr/bin/env bash
# Times what a learner waits for after saving a file, beside `cargo check` of the same edit:
#
#   bash grader/benches/edit.sh [ROUNDS]
#
# Each round edits one exercise in a copy of the project, then runs both; the medians and their
# ratio are printed at the end, together with the time of a run in which nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-21}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
cp solutions/src/*.rs "$copy/exercises/src/"
cd "$copy"

# Everything is built once, so that only the edit is timed.
cargo build --quiet -p grader
cargo check --quiet -p exercises
cargo run --quiet -p grader >/dev/null

microseconds() {
    local start end
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - start) / 1000))
}
median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }
edit() { sed -i "s|^pub fn softmax.*|pub fn softmax(x: \&Array2<f64>) -> Array2<f64> { let _round = $1;|" exercises/src/softmax.rs; }

for round in $(seq "$rounds"); do
    edit "$round"
    microseconds cargo check -p exercises >>checks
    microseconds cargo run --quiet -p grader >>grades
    microseconds cargo run --quiet -p grader >>again
done

check=$(median <checks) grade=$(median <grades) again=$(median <again)
awk -v check="$check" -v grade="$grade" -v again="$again" -v rounds="$rounds" 'BEGIN {
    printf "median of %d rounds, in milliseconds\n", rounds
    printf "cargo check -p exercises after an edit   %7.1f\n", check / 1000
    printf "cargo run -p grader after the same edit  %7.1f   ratio %.2f\n", grade / 1000, grade / check
    printf "cargo run -p grader, nothing changed     %7.1f   ratio %.2f\n", again / 1000, again / check
}'
