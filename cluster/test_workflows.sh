#!/usr/bin/env bash
# Runs the scripts for HyperQueue and Snakemake, the manifests for Kubernetes, and shards on a
# disk without locks, and compares the bytes with a run in one.
#
#   cluster/test_workflows.sh [PROGRAM]
#
# Needs Python, and what pip can have, which is put into an environment of its own where
# CI=true (VENV names it); what is not there is left out, and said so.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/commissim}")
begun=$(date +%s)
say() { printf '[%3ss] %s\n' $(($(date +%s) - begun)) "$*"; }
# Kept from one time to the next: what pip brings is large.
venv=${VENV:-target/workflows}
has() { # a package, and the module it brings
    "$venv/bin/python" -c "import $2" 2> /dev/null && return
    if [ "${CI:-}" != true ]; then
        echo "$1 is not in $venv, and is put there only where CI=true: left out"
        return 1
    elif ! { [ -x "$venv/bin/pip" ] || python3 -m venv "$venv"; } > /dev/null 2>&1; then
        echo "there is no Python here that makes environments: $1 is left out"
        return 1
    fi
    timeout 150 "$venv/bin/pip" install --quiet --disable-pip-version-check "$1" > "$folder/pip.log" 2>&1 \
        || { echo "pip cannot have $1 here: left out"; return 1; }
    say "installed $1"
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run=(quick --place town --regimes isf-default --years 1 --replicates 24 --set self_funder_share=0.3)
"$program" run "${run[@]}" --quiet --out "$folder/whole"

if command -v cc > /dev/null; then
    # What a disk without locks says, said of every disk.
    printf '#include <errno.h>\nint flock(int file, int what) { errno = ENOLCK; return -1; }\n' > "$folder/no.c"
    cc -shared -fPIC -o "$folder/no.so" "$folder/no.c"
    unlocked() { LD_PRELOAD=$folder/no.so "$program" "$@"; }
    for index in 1 2; do
        unlocked run "${run[@]}" --quiet --shard "$index/2" --out "$folder/unlocked.shards/{shard}" 2> "$folder/said"
        [ ! -s "$folder/said" ]
    done
    unlocked merge "$folder/unlocked.shards" --quiet --out "$folder/unlocked" 2> "$folder/said"
    grep -q "cannot be locked" "$folder/said"
    cluster/same.sh "$folder/whole" "$folder/unlocked"
    say "a disk without locks: shards need none; the merge says that it has none, and goes on"
else
    echo "there is no C compiler here: the disk without locks is left out"
fi

if has kubernetes-validate kubernetes_validate; then
    "$venv/bin/python" cluster/test_kubernetes.py "$program"
    say "Kubernetes: manifests are valid, and their commands make the same bytes"
fi

if has hyperqueue hyperqueue; then
    queue() {
        "$venv/bin/python" cluster/hq_shards.py --program "$program" --shards 8 --local 2 \
            --results "$folder/hyperqueue" -- "${run[@]}" > "$folder/log" 2>&1 || { cat "$folder/log"; return 1; }
    }
    queue
    cluster/same.sh "$folder/whole" "$folder/hyperqueue"
    # Again, after a shard was lost: that one is run, and nothing else.
    rm -rf "$folder/hyperqueue" "$folder/hyperqueue.shards/3-of-8"
    before=$(stat -c %Y "$folder/hyperqueue.shards/4-of-8/shard.json")
    queue
    [ "$before" = "$(stat -c %Y "$folder/hyperqueue.shards/4-of-8/shard.json")" ]
    cluster/same.sh "$folder/whole" "$folder/hyperqueue"
    say "HyperQueue: eight shards, one of them lost and run again"
fi

if has snakemake snakemake; then
    snakemake() {
        "$venv/bin/snakemake" --snakefile cluster/Snakefile --directory "$folder" --cores 2 --quiet all \
            --retries 2 --rerun-incomplete --config program="$program" experiment=quick shards=8 \
            results=snakemake options="${run[*]:1}" > "$folder/log" 2>&1 || { cat "$folder/log"; return 1; }
    }
    snakemake
    cluster/same.sh "$folder/whole" "$folder/snakemake"
    rm -rf "$folder/snakemake" "$folder/snakemake.shards/3-of-8"
    snakemake
    cluster/same.sh "$folder/whole" "$folder/snakemake"
    say "Snakemake: eight shards, one of them lost and run again"
fi
say "passed"
