#!/usr/bin/env bash
# Prepares the image in which Gradescope grades, so that grading needs neither network nor time.
#
# Gradescope wants a zip with this file and run_autograder at its top; the course lies beside them:
#
#     git archive --format=zip --output=autograder.zip \
#         --add-file=grader/platforms/gradescope/setup.sh \
#         --add-file=grader/platforms/gradescope/run_autograder --prefix=course/ HEAD
#
# A folder `hidden` in the course, with fixtures, adds its cases. AUTOGRADER is where Gradescope
# keeps everything, and another folder in tests.
set -euo pipefail
course=${AUTOGRADER:-/autograder}/source/course
export HOME=${HOME:-/root}
PATH=$PATH:$HOME/.cargo/bin

packages=()
command -v cc >/dev/null || packages+=(gcc libc6-dev)
command -v cargo >/dev/null || command -v curl >/dev/null || packages+=(ca-certificates curl)
if [ ${#packages[@]} -gt 0 ]; then
    apt-get update
    apt-get install --yes --no-install-recommends "${packages[@]}"
fi
if ! command -v cargo >/dev/null; then
    curl --proto '=https' --tlsv1.2 --silent --show-error --fail https://sh.rustup.rs |
        sh -s -- -y --profile minimal --no-modify-path
fi

cd "$course"
cargo build --locked --package grader
# What every grading needs is compiled now, and a course that cannot grade itself stops here.
hidden=()
[ ! -d hidden ] || hidden=(--fixtures hidden)
"${CARGO_TARGET_DIR:-target}/debug/grader" run --solutions --quiet --fail-under 100 "${hidden[@]}"
