#!/usr/bin/env bash
# Runs the shipped scripts on a real Slurm of one machine, with faults, and compares the
# bytes with a run that was never in shards.
#
#   cluster/test_slurm.sh [PROGRAM]
#
# As administrator, on a system with apt: what is not installed is installed. Exits with 3,
# and words, where that cannot be. The Slurm is its own: its files are in a folder that is
# taken away, its ports are drawn, and what is started is stopped by its number.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/commissim}")
begun=$(date +%s)
say() { printf '[%3ss] %s\n' $(($(date +%s) - begun)) "$*"; }
no() { echo "left out: $*"; exit 3; }

[ -x "$program" ] || no "there is no program at $program"
[ "$(id -u)" = 0 ] || no "Slurm is started as administrator, and this is not"
if ! { command -v slurmctld && command -v slurmd && command -v munged; } > /dev/null 2>&1; then
    command -v apt-get > /dev/null || no "there is no Slurm here, and no apt to have it by"
    say "installing Slurm"
    said=$(mktemp)
    apt() { apt-get -qq -o DPkg::Lock::Timeout=60 "$@" > "$said" 2>&1; }
    # Services are not started by installing them.
    { apt update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends slurm-wlm munge; } \
        || no "apt cannot have it: $(tail -n 1 "$said")"
fi

folder=$(mktemp -dt commissim-slurm.XXXXXX)
stop() {
    scancel --quiet $(squeue -h -o %A 2> /dev/null) 2> /dev/null
    for pid in $(processes); do kill -9 "$pid"; done
    for pid in "$folder"/*.pid; do
        [ -f "$pid" ] && kill "$(cat "$pid")" 2> /dev/null
    done
    sleep 1
    rm -rf "$folder"
}
# The program itself, of all tasks; one that Slurm has forgotten is among them.
processes() { pgrep -f -- "--out $folder/results.shards/[{]shard[}] --resume"; }
trap 'set +e; stop' EXIT

# --- A Slurm of one machine: no systemd, no control groups, no database -----------------

export SLURM_CONF=$folder/slurm.conf
host=$(hostname -s)
port=$((20000 + $$ % 10000 * 2))
mkdir -p "$folder"/{state,spool,log}
cat > "$SLURM_CONF" << CONF
ClusterName=commissim
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
# Credentials are short, or a task that is queued again waits two minutes for the old one's.
AuthInfo=socket=$folder/munge.sock,cred_expire=5
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/log/jobs.txt
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,batch_sched_delay=0,bf_interval=1
ReturnToService=2
SlurmdTimeout=10
InactiveLimit=0
KillWait=2
MinJobAge=300
MaxArraySize=101
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
dd if=/dev/urandom of="$folder/munge.key" bs=1 count=1024 2> /dev/null
chmod 600 "$folder/munge.key"
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.sock" \
    --pid-file="$folder/munged.pid" --log-file="$folder/log/munged.log" \
    --seed-file="$folder/munge.seed" --num-threads=2
slurmctld -c
slurmd -c
for _ in $(seq 120); do
    state=$(sinfo -h -o %T 2> /dev/null || true)
    case "$state" in idle*) break ;; esac
    [ "$state" = "unknown*" ] || scontrol update NodeName="$host" State=RESUME 2> /dev/null || true
    sleep 0.25
done
case "$state" in idle*) ;; *) tail -n 5 "$folder"/log/*.log; echo "error: Slurm did not start"; exit 1 ;; esac
say "$(slurmctld -V): one machine, $(sinfo -h -o '%c processors'), tasks in no control group"

# --- What is run -------------------------------------------------------------------------

run=(quick --place town --regimes isf-default --years "${YEARS:-10}" --replicates "${REPLICATES:-48}" --set self_funder_share=0.3)
"$program" run "${run[@]}" --quiet --out "$folder/whole"
say "run in one: $(find "$folder/whole/cells" -type f | wc -l) cells"

export COMMISSIM=$program CPUS=1 TRIES=3
results=$folder/results
shards=$results.shards
tasks() { squeue -h -r -t "$1" -n commissim -o '%i' 2> /dev/null | sort; }
index_of() { echo "${1##*_}"; }
cells_of() { find "$shards/$1-of-8.unfinished" -name '*.cell' 2> /dev/null | wc -l; }
# A task in mid-run: one that has finished a cell, and not all of them.
in_flight() {
    for _ in $(seq 200); do
        for task in $(tasks R); do
            if [ "$(cells_of "$(index_of "$task")")" -ge 1 ] && [ "$(index_of "$task")" != "${1:-}" ]; then
                echo "$task"
                return
            fi
        done
        sleep 0.05
    done
    echo "error: no task was in mid-run" >&2
    return 1
}
# That of one task.
process_of() {
    local pid
    for pid in $(processes || true); do
        if tr '\0' '\n' < "/proc/$pid/environ" 2> /dev/null | grep -qx "SLURM_ARRAY_TASK_ID=$1"; then
            echo "$pid"
            return
        fi
    done
}

# --- Arrays longer than the cluster's are refused ------------------------------------------

if said=$(cluster/slurm.sh 101 "$results" "${run[@]}" 2>&1); then
    echo "error: an array longer than MaxArraySize was submitted"; exit 1
fi
say "MaxArraySize: ${said%%$'\n'*}"

# --- Eight shards, three faults ------------------------------------------------------------

say "$(cluster/slurm.sh 8 "$results" "${run[@]}")"

crashed=$(in_flight)
kill -9 "$(process_of "$(index_of "$crashed")")"
say "killed: the program of task $(index_of "$crashed"), in mid-run; its task fails"

requeued=$(in_flight "$(index_of "$crashed")")
before=$(cells_of "$(index_of "$requeued")")
scontrol requeue "$requeued"
say "queued again: task $(index_of "$requeued"), which had finished $before cells"

# A machine that is taken for lost: Slurm's own processes go, and the program goes on.
orphaned=$(in_flight "$(index_of "$requeued")")
orphan=$(process_of "$(index_of "$orphaned")")
if [ -n "$orphan" ]; then
    # A program's parent is Slurm's step.
    steps=$(for pid in $(processes || true); do ps -o ppid= -p "$pid" || true; done | sort -u | grep -vx ' *1' || true)
    # shellcheck disable=SC2086
    kill -9 "$(cat "$folder/slurmd.pid")" $steps 2> /dev/null || true
    # Not before: what is at rest when its step goes is told to end.
    sleep 0.05
    kill -STOP "$orphan"
    say "lost: slurmd and the steps; task $(index_of "$orphaned") is an orphan, at rest with $(cells_of "$(index_of "$orphaned")") cells"
    scontrol update NodeName="$host" State=DOWN Reason="taken for lost" 2> /dev/null || true
    rm -f "$folder/slurmd.pid"
    slurmd -c
    for _ in $(seq 80); do
        scontrol update NodeName="$host" State=RESUME 2> /dev/null || true
        case "$(sinfo -h -o %T)" in idle | mixed | allocated) break ;; esac
        sleep 0.25
    done
    say "the machine is back: $(sinfo -h -o %T); its tasks are queued again"
    twin=
    for _ in $(seq 400); do
        if [ -d "$shards/$(index_of "$orphaned")-of-8" ] || [ "$(find "$shards/$(index_of "$orphaned")-of-8.unfinished" -mindepth 1 -maxdepth 1 2> /dev/null | wc -l)" -ge 2 ]; then
            twin=yes
            break
        fi
        sleep 0.1
    done
    [ -n "$twin" ] || { echo "error: the orphan's twin did not start"; squeue; exit 1; }
    kill -CONT "$orphan"
    say "the orphan goes on beside its twin"
fi

# --- Until the merge has been --------------------------------------------------------------

for _ in $(seq 1200); do
    [ -f "$results/manifest.json" ] && [ -z "$(squeue -h -o %i)" ] && break
    [ -z "$(squeue -h -o %i)" ] && sleep 1 && [ -z "$(squeue -h -o %i)" ] && break
    sleep 0.1
done
say "no job is left; as they ended:"
sed -n 's/.*JobId=\([^ ]*\).* Name=\([^ ]*\).* JobState=\([^ ]*\).*/        \2 \3/p' "$folder/log/jobs.txt" | sort | uniq -c
for log in $(ls -tr "$shards"/logs/merge-*.txt); do
    say "said by $(basename "$log" .txt):"
    sed 's/^/        /' "$log" | cut -c 1-150 | head -n 16
done
if [ -n "${orphan:-}" ]; then
    while kill -0 "$orphan" 2> /dev/null; do sleep 0.1; done
    say "the orphan has ended"
fi
grep -h "another copy of this shard" "$shards"/logs/*.txt | sort | uniq -c || true

[ -f "$results/manifest.json" ] || { echo "error: there are no results"; tail -n 5 "$shards"/logs/*.txt; exit 1; }
"$program" status "$shards" | sed 's/^/        /'
cluster/same.sh "$folder/whole" "$results"
# Each shard says that it ran on one thread, which is what its task was granted.
grep -q '"threads": 1' "$shards/1-of-8/shard.json"
say "threads of a shard: 1, as CPUS=1 grants, of a machine with $(nproc)"
# Typed again, it does nothing.
cluster/slurm.sh 8 "$results" "${run[@]}" > /dev/null
while [ -n "$(squeue -h -o %i)" ]; do sleep 0.2; done
tail -qn 1 "$(ls -t "$shards"/logs/merge-*.txt | head -n 1)" | sed 's/^/        /'
cluster/same.sh "$folder/whole" "$results"
# Another run into the same place is refused, rather than shown this one's results.
if cluster/slurm.sh 8 "$results" "${run[@]}" --seed 3 > "$folder/other.txt" 2>&1; then
    echo "error: another run was taken for this one"
    exit 1
fi
say "another seed: $(tail -n 1 "$folder/other.txt")"
say "passed"
