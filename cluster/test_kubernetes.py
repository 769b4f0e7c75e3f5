#!/usr/bin/env python3
"""Holds the manifests for Kubernetes against its schema, and runs what their pods would run.

    pip install kubernetes-validate
    cluster/test_kubernetes.py PROGRAM

There is no cluster here: each container's command is run with the variables that an indexed
Job sets, in a folder that stands for the volume, in an order of its own and one pod twice;
the bytes are compared with a run in one.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import kubernetes_validate
import yaml

HERE = pathlib.Path(__file__).parent


def manifest(name):
    """A manifest that Kubernetes knows, with no key that it does not know."""
    job = yaml.safe_load((HERE / name).read_text())
    # The oldest that has all that is used, and the newest that there is.
    versions = ["1.33", kubernetes_validate.latest_version()]
    for version in versions:
        kubernetes_validate.validate(job, version, strict=True)
    print(f"{name}: a {job['kind']} of {job['apiVersion']}, as Kubernetes {', '.join(versions)} has it")
    return job["spec"]


def pod(spec, work, more):
    """Runs the one container of a pod, its volume being a folder."""
    (container,) = spec["template"]["spec"]["containers"]
    (mount,) = container["volumeMounts"]
    place = lambda word: word.replace(mount["mountPath"], str(work), 1) if word.startswith("/") else word
    command = [place(word) for word in container["command"]] + container["args"]
    variables = {entry["name"]: entry["value"] for entry in container.get("env", [])}
    environment = {"PATH": os.environ["PATH"]} | variables | more
    return subprocess.run(
        command, cwd=place(container["workingDir"]), env=environment, check=False, capture_output=True, text=True
    )


def main():
    """Checks, runs, joins and compares."""
    program = pathlib.Path(sys.argv[1]).resolve()
    shards, merge = manifest("kubernetes-shards.yaml"), manifest("kubernetes-merge.yaml")
    assert shards["completionMode"] == "Indexed"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "work"
        work.mkdir()
        shutil.copy(program, work / "commissim")
        text = 'name = "Mine"\nplace = "town"\nregimes = ["isf-default"]\nyears = 1\nreplicates = 12\n'
        (work / "mine.toml").write_text(text)
        early = pod(merge, work, {})
        assert early.returncode == 1 and "mine.shards is not there" in early.stderr, early
        print("merged too early it fails at once:", early.stderr.splitlines()[0])
        indices = list(range(shards["completions"]))
        random.Random(2026).shuffle(indices)
        for index in indices + indices[:1]:
            ran = pod(shards, work, {"JOB_COMPLETION_INDEX": str(index)})
            assert ran.returncode == 0, ran.stderr
        print(f"{len(indices)} pods, in the order {indices}, and the first again")
        joined = pod(merge, work, {})
        assert joined.returncode == 0, joined.stderr
        whole = [str(work / "commissim"), "run", "mine.toml", "--quiet", "--out", "whole"]
        subprocess.run(whole, cwd=work, check=True)
        subprocess.run([HERE / "same.sh", work / "whole", work / "mine"], check=True)


if __name__ == "__main__":
    main()
