#!/usr/bin/env bash
# Runs the scripts for HyperQueue and Snakemake and the manifests for Kubernetes, and compares
# the bytes with a run in one.
#
#   cluster/test_workflows.sh [PROGRAM]
#
# Needs Python, and what pip can have; what cannot be had is left out, and said so.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/commissim}")
begun=$(date +%s)
say() { printf '[%3ss] %s\n' $(($(date +%s) - begun)) "$*"; }
if ! command -v python3 > /dev/null; then
    echo "there is no Python here: HyperQueue, Snakemake and the manifests for Kubernetes are left out"
    exit 0
fi
# Kept from one time to the next: what pip brings is large.
venv=${VENV:-target/workflows}
[ -x "$venv/bin/pip" ] || python3 -m venv "$venv" || { echo "Python makes no environments here: left out"; exit 0; }
has() { # a package, and the module it brings
    "$venv/bin/python" -c "import $2" 2> /dev/null && return
    timeout 150 "$venv/bin/pip" install --quiet --disable-pip-version-check "$1" > "$folder/pip.log" 2>&1 \
        || { echo "pip cannot have $1 here: left out"; return 1; }
    say "installed $1"
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run=(quick --place town --regimes isf-default --years 1 --replicates 24 --set self_funder_share=0.3)
"$program" run "${run[@]}" --quiet --out "$folder/whole"

if has kubernetes-validate kubernetes_validate; then
    "$venv/bin/python" cluster/test_kubernetes.py "$program"
    say "Kubernetes: manifests are valid, and their commands make the same bytes"
fi

if has hyperqueue hyperqueue; then
    "$venv/bin/python" cluster/hyperqueue.py --program "$program" --shards 8 --local 2 \
        --results "$folder/hyperqueue" -- "${run[@]}"
    cluster/same.sh "$folder/whole" "$folder/hyperqueue"
    # Again, after a shard was lost: that one is run, and nothing else.
    rm -rf "$folder/hyperqueue" "$folder/hyperqueue.shards/3-of-8"
    before=$(stat -c %Y "$folder/hyperqueue.shards/4-of-8/shard.json")
    "$venv/bin/python" cluster/hyperqueue.py --program "$program" --shards 8 --local 2 \
        --results "$folder/hyperqueue" -- "${run[@]}"
    [ "$before" = "$(stat -c %Y "$folder/hyperqueue.shards/4-of-8/shard.json")" ]
    cluster/same.sh "$folder/whole" "$folder/hyperqueue"
    say "HyperQueue: eight shards, one of them lost and run again"
fi

if has snakemake snakemake; then
    snakemake() {
        "$venv/bin/snakemake" --snakefile cluster/Snakefile --directory "$folder" --cores 2 --quiet all \
            --retries 2 --rerun-incomplete --config program="$program" experiment=quick shards=8 \
            results=snakemake options="${run[*]:1}"
    }
    snakemake
    cluster/same.sh "$folder/whole" "$folder/snakemake"
    rm -rf "$folder/snakemake" "$folder/snakemake.shards/3-of-8"
    snakemake
    cluster/same.sh "$folder/whole" "$folder/snakemake"
    say "Snakemake: eight shards, one of them lost and run again"
fi
say "passed"
