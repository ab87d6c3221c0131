#!/usr/bin/env bash
# Grades a class on a real Slurm of one machine, kills a task midway, and compares what comes of it with a
# run without Slurm:
#
#   bash grader/tests/slurm/check.sh
#
# Needs root, Debian's slurm-wlm and munge, and python3.
set -euo pipefail
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
# munge runs as a user of its own.
chmod 0711 "$work"
trap 'bash grader/tests/slurm/stop.sh "$work/slurm"; rm -rf "$work"' EXIT
cargo build --quiet --locked -p grader
grader=$PWD/target/debug/grader
python3 grader/benches/class/submissions.py "$work/class" 100 7
find "$work/class" -name '*.rs' ! -name hello_world.rs ! -name l1_loss.rs -delete

mkdir "$work/slurm"
bash grader/tests/slurm/start.sh "$work/slurm"
export SLURM_CONF=$work/slurm/slurm.conf
# So small a class would be one task.
"$grader" batch "$work/class" --out "$work/array" --slurm 4 --task-seconds 2 --sbatch=--time=10:00 \
    &>"$work/log" &
run=$!
# The second task dies as soon as some of its shard is graded.
until grep -q '"done": false' "$work/array/shards/2-of-4.json" 2>/dev/null &&
    [ "$(find "$work/array/records" -name '*.json' 2>/dev/null | wc -l)" -ge 10 ]; do
    kill -0 "$run" || { cat "$work/log"; exit 1; }
    sleep 0.1
done
job=$(sed -n "s/^Slurm's job \([0-9]*\) .*/\1/p" "$work/log")
scancel --signal=KILL --full "${job}_2"
wait "$run" || { cat "$work/log" "$work"/array/logs/*; exit 1; }
cat "$work/log"
grep -q 'submitted again: task 2' "$work/log" || { echo "no task was submitted again"; exit 1; }

"$grader" batch "$work/class" --out "$work/local" 2>/dev/null
python3 grader/tests/slurm/compare.py "$work/array" "$work/local"
for results in array local; do
    "$grader" gradebook "$work/$results" --format csv --output "$work/$results.csv"
done
cmp "$work/array.csv" "$work/local.csv"
echo "The gradebooks are the same in every byte: $(wc -l <"$work/local.csv") lines"
