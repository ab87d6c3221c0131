#!/usr/bin/env bash
# Times the compilation of the references as a submission, linked to the harness as it is and to
# one that instantiates no ndarray operations:
#
#   bash grader/benches/instantiate.sh [ROUNDS]
#
# The two alternate within one run; their medians and the ratio are printed. Needs python3.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-11}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The grader builds the harness and remembers where everything is.
cargo run --quiet -p grader -- run --solutions --quiet >/dev/null
read -r rustc harness ndarray dependencies standard < <(python3 - <<'PY'
import json
toolchain = json.load(open("target/grader/toolchain.json"))["toolchain"]
print(*(toolchain[key] for key in ("rustc", "harness", "ndarray", "dependencies", "standard")))
PY
)

# The same harness without its instantiations.
cp -r grader/harness/src "$work/harness"
echo 'pub fn instantiate() {}' >"$work/harness/instantiate.rs"
library() { ls -t "$dependencies"/lib"$1"-*.rlib | head -n 1; }
"$rustc" --edition 2024 -Awarnings -Cprefer-dynamic -Cdebug-assertions=on --crate-type dylib \
    --crate-name harness -L "dependency=$dependencies" --extern "ndarray=$ndarray" \
    --extern "wire=$(library wire)" --extern "rustix=$(library rustix)" \
    -o "$work/libharness.so" "$work/harness/lib.rs"

# A submission with a root like the grader's.
cp solutions/src/*.rs "$work"
rm "$work/lib.rs"
{
    for file in "$work"/*.rs; do echo "mod $(basename "$file" .rs);"; done
    echo 'fn main() -> std::process::ExitCode {'
    echo '    harness::serve(&['
    for file in "$work"/*.rs; do
        module=$(basename "$file" .rs)
        sed -n "s/^pub fn \([a-z0-9_]*\).*/        harness::entry(\"\1\", crate::$module::\1),/p" "$file"
    done
    echo '    ])'
    echo '}'
} >"$work/root"
mv "$work/root" "$work/main.rs"

compile() {
    local start end
    start=$(date +%s%N)
    "$rustc" --edition 2024 -Awarnings -Cdebuginfo=0 -Copt-level=0 -Cdebug-assertions=on \
        -Cprefer-dynamic --crate-name worker -L "dependency=$dependencies" \
        --extern "harness=$1" --extern "ndarray=$ndarray" -o "$work/worker" "$work/main.rs"
    end=$(date +%s%N)
    echo $(((end - start) / 1000))
}
median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }

for _ in $(seq "$rounds"); do
    compile "$harness" >>"$work/with"
    compile "$work/libharness.so" >>"$work/without"
done
with=$(median <"$work/with") without=$(median <"$work/without")
awk -v with="$with" -v without="$without" -v rounds="$rounds" 'BEGIN {
    printf "compiling a submission, median of %d rounds, in milliseconds\n", rounds
    printf "operations instantiated in the harness  %7.1f\n", with / 1000
    printf "instantiated in the submission          %7.1f   ratio %.2f\n", without / 1000, without / with
}'
