#!/usr/bin/env python3
"""Runs an experiment in shards by HyperQueue, and joins them.

    pip install hyperqueue
    cluster/hq_shards.py --shards 32 --results results/mine -- mine.toml --replicates 200

Without --local it submits to the server that `hq server start` started; with it, it starts
a server and workers on this machine. Shards go to RESULTS.shards, logs to
RESULTS.shards/logs. The same command again runs what is wanting, and nothing else.
"""

import argparse
import pathlib
import subprocess
import sys

from hyperqueue import Client, Job, LocalCluster
from hyperqueue.cluster import WorkerConfig
from hyperqueue.task.task import ResourceRequest


def job(asked):
    """One task a shard, and one that joins them when all are done."""
    results = pathlib.Path(asked.results)
    shards = results.with_name(results.name + ".shards")
    logs = shards / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    # One shard that fails for good keeps no other from being finished.
    work = Job(default_workdir=".", max_fails=None)
    tasks = []
    for index in range(1, asked.shards + 1):
        folder = shards / f"{index}-of-{asked.shards}"
        command = [asked.program, "run", *asked.run, "--shard", f"{index}/{asked.shards}"]
        command += ["--threads", str(asked.cpus), "--out", str(folder), "--resume"]
        log = str(logs / f"{index}.txt")
        tasks.append(
            work.program(
                command,
                stdout=log,
                stderr=log + ".errors",
                resources=ResourceRequest(cpus=asked.cpus),
                # How often a worker may be lost under it.
                crash_limit=5,
            )
        )
    command = [asked.program, "merge", str(shards), "--out", str(results), "--resume"]
    log = str(logs / "merge.txt")
    work.program(command, stdout=log, stderr=log + ".errors", deps=tasks)
    return work, shards


def main():
    """Submits, waits, and says what came of it."""
    read = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    read.add_argument("--shards", type=int, required=True)
    read.add_argument("--results", required=True)
    read.add_argument("--program", default="commissim")
    read.add_argument("--cpus", type=int, default=1, help="processors of a shard")
    read.add_argument("--local", type=int, metavar="CORES", help="start workers of so many cores here")
    read.add_argument("run", nargs="*", help="what `commissim run` takes")
    asked = read.parse_args()
    work, shards = job(asked)
    if asked.local:
        with LocalCluster(server_dir=str(shards / "logs" / "server")) as cluster:
            cluster.start_worker(WorkerConfig(cores=asked.local))
            done = wait(cluster.client(), work)
    else:
        done = wait(Client(), work)
    if not done:
        subprocess.run([asked.program, "status", str(shards), "--of", str(asked.shards)], check=False)
    sys.exit(0 if done else 1)


def wait(client, work):
    """Whether all of it was done."""
    return client.wait_for_jobs([client.submit(work)], raise_on_error=False)


if __name__ == "__main__":
    main()
