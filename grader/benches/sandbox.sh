#!/usr/bin/env bash
# What the sandbox costs, beside the same work without it, round by round:
#
#   bash grader/benches/sandbox.sh [ROUNDS]
#
# The first pair compiles a submission that was not seen before, the second starts workers for one
# whose workers are kept. Medians in milliseconds.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-21}
cargo build --quiet -p grader
grader=$PWD/target/debug/grader
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/submission"
cp solutions/src/*.rs "$work/submission/"
"$grader" run --submission "$work/submission" --quiet >/dev/null

milliseconds() {
    local start end
    start=$(date +%s%N)
    "$@" >/dev/null
    end=$(date +%s%N)
    echo "$(((end - start) / 1000))" | awk '{ printf "%.2f\n", $1 / 1000 }'
}
grade() { GRADER_TEST=$1 "$grader" run --submission "$work/submission" --quiet; }
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }
edit() { sed -i "1i // $1" "$work/submission/hello_world.rs"; }

for round in $(seq "$rounds"); do
    edit "$round a" && milliseconds grade "" >>"$work/compiled-in"
    milliseconds grade "" >>"$work/kept-in"
    edit "$round b" && milliseconds grade no-box >>"$work/compiled-without"
    milliseconds grade no-box >>"$work/kept-without"
done

printf 'median of %d rounds, in milliseconds      sandbox  without  ratio\n' "$rounds"
for what in compiled kept; do
    in=$(median "$work/$what-in") without=$(median "$work/$what-without")
    awk -v what="$what" -v in_="$in" -v without="$without" 'BEGIN {
        label = what == "kept" ? "28 workers, nothing to compile" : "one compilation and 28 workers"
        printf "%-40s %8.1f %8.1f %6.2f\n", label, in_, without, in_ / without
    }'
done
