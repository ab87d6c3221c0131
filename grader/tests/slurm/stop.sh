#!/usr/bin/env bash
# Ends the Slurm that start.sh has started in FOLDER:
#
#   bash grader/tests/slurm/stop.sh FOLDER
set -euo pipefail

for number in "$1"/{slurmd.pid,slurmctld.pid,munge/pid}; do
    # What did not start has no number, and what has ended already is as it should be.
    if [ -f "$number" ]; then kill "$(cat "$number")" 2>/dev/null || true; fi
done
