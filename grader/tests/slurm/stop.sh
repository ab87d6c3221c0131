#!/usr/bin/env bash
# Ends the Slurm that start.sh has started in FOLDER, and waits until it writes there no more:
#
#   bash grader/tests/slurm/stop.sh FOLDER
set -euo pipefail

for number in "$1"/{slurmd.pid,slurmctld.pid,munge/pid}; do
    # What did not start has no number, and what has ended already is as it should be.
    [ -f "$number" ] || continue
    process=$(cat "$number")
    kill "$process" 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$process" 2>/dev/null || break
        sleep 0.1
    done
done
