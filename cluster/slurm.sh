#!/usr/bin/env bash
# Runs an experiment in shards on a Slurm cluster, joins them, and submits again what was lost.
#
#   cluster/slurm.sh SHARDS RESULTS EXPERIMENT [options of `commissim run`]
#   cluster/slurm.sh 32 results/england england.toml --replicates 400
#
# Shards go to RESULTS.shards, logs to RESULTS.shards/logs, results to RESULTS. What differs
# from cluster to cluster is said in the environment:
#
#   COMMISSIM      the program, where it is not on the path
#   CPUS           processors of a shard (1)
#   AT_ONCE        shards that may run at once (as many as there is room for)
#   TRIES          how often lost shards are submitted in all (3)
#   SBATCH_...     what sbatch reads: SBATCH_PARTITION, SBATCH_ACCOUNT, SBATCH_TIMELIMIT,
#                  SBATCH_MEM_PER_CPU and others (see `man sbatch`)
#
# The job that merges starts when every task has ended, however it ended, so that it never
# waits for a task that failed. It asks `commissim status` which shards are wanting, submits
# just those again with a merge after them, and gives up with the list when that was tried
# often enough. Any of it may be typed again: what is finished is not run again.
set -euo pipefail

help() {
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$SCRIPT"
    exit 2
}

# Slurm runs a copy: the file itself is named for the jobs that submit others.
export SCRIPT=${SCRIPT:-$(realpath "$0")}
export COMMISSIM=${COMMISSIM:-commissim} CPUS=${CPUS:-1} TRIES=${TRIES:-3} AT_ONCE=${AT_ONCE:-}

# The part of the work that this is: people start at the beginning.
part=submit
case "${1:-}" in --shard-of | --merge) part=$1; shift ;; esac
[ $# -ge 3 ] || help
shards=$1 results=$2
shift 2

# Submits shards by their numbers, and after them the job that merges.
submit() { # numbers, which try this is, and what is run
    local numbers=$1 try=$2 logs="$results.shards/logs" array merge
    shift 2
    mkdir -p "$logs"
    array=$(sbatch --parsable --job-name=commissim --array="$numbers${AT_ONCE:+%$AT_ONCE}" \
        --ntasks=1 --cpus-per-task="$CPUS" --requeue --open-mode=append \
        --output="$logs/%A_%a.txt" "$SCRIPT" --shard-of "$shards" "$results" "$@")
    array=${array%%;*}
    # Not queued again by itself: the first copy may be alive on a machine taken for lost.
    merge=$(sbatch --parsable --job-name=commissim-merge --ntasks=1 --cpus-per-task="$CPUS" \
        --dependency="afterany:$array" --kill-on-invalid-dep=yes --no-requeue \
        --output="$logs/merge-%j.txt" --export="ALL,TRY=$try" \
        "$SCRIPT" --merge "$shards" "$results" "$@")
    echo "shards $numbers of $shards: job $array; merge: job ${merge%%;*}; logs: $logs"
}

# Results are of what is asked now, and not of what was asked before: a shard that is complete
# says so to its own run, and refuses another's.
same_run() {
    local there of
    for there in "$results.shards"/*-of-"$shards"/shard.json; do
        [ -e "$there" ] || continue
        of=${there%/shard.json}
        of=${of##*/}
        if ! "$COMMISSIM" run "$@" --shard "${of%%-*}/$shards" --out "$results.shards/{shard}" --resume > /dev/null; then
            echo "error: what is in $results.shards cannot be gone on with; name other RESULTS" >&2
            exit 1
        fi
    done
}

case "$part" in
submit)
    case "$shards" in '' | *[!0-9]* | 0*) echo "error: \`$shards\` is no number of shards" >&2; exit 2 ;; esac
    if ! command -v "$COMMISSIM" > /dev/null; then
        echo "error: there is no program \`$COMMISSIM\` here; name it in COMMISSIM" >&2
        exit 1
    fi
    # Jobs start in the folder they are submitted from, where a path with no / is not looked for.
    COMMISSIM=$(realpath "$(command -v "$COMMISSIM")")
    most=$(scontrol show config | awk '$1 == "MaxArraySize" {print $3}')
    if [ -n "$most" ] && [ "$shards" -ge "$most" ]; then
        echo "error: arrays are numbered up to $((most - 1)) here (MaxArraySize), and $shards shards are asked for" >&2
        echo "help: a shard holds as many cells as it has to: ask for fewer, of 5 to 30 minutes each" >&2
        exit 1
    fi
    same_run "$@"
    submit "1-$shards" 1 "$@"
    ;;
--shard-of)
    # The array's numbers are those of shards, whichever of them are submitted.
    exec "$COMMISSIM" run "$@" --shard "auto/$shards" --out "$results.shards/{shard}" --resume
    ;;
--merge)
    same_run "$@"
    wanting=$("$COMMISSIM" status "$results.shards" --of "$shards" --indices) && code=0 || code=$?
    if [ "$code" = 0 ]; then
        exec "$COMMISSIM" merge "$results.shards" --out "$results" --resume
    fi
    "$COMMISSIM" status "$results.shards" --of "$shards" || true
    if [ -z "$wanting" ]; then
        # It could not be said which, and why was.
        exit 1
    elif [ "$TRY" -ge "$TRIES" ]; then
        echo "error: shards $wanting are wanting after $TRY tries; see the logs" >&2
        exit 1
    elif ! submit "$wanting" $((TRY + 1)) "$@"; then
        echo "error: jobs may not submit jobs here" >&2
        echo "help: type the same command again where you typed it first: only shards $wanting are run" >&2
        exit 1
    fi
    ;;
esac
