"""What SALib makes of values that the tests give it: the same rows, the same figures.

Reads them as JSON, writes its indices as JSON:

    pip install SALib && python3 salib.py < given.json > salib.json

tests/sensitivity.rs gives it what it needs and keeps what it says in salib.json.
"""

import json
import sys
import warnings
from importlib.metadata import version

import numpy as np
from SALib.analyze import morris, sobol

warnings.filterwarnings("ignore")
RESAMPLES = 500


def problem(inputs):
    names = [f"x{number}" for number in range(len(inputs))]
    return {
        "num_vars": len(inputs),
        "names": names,
        "bounds": [[0, 1]] * len(inputs),
        "groups": [f"g{group}" for group in inputs],
    }


def blocks(given):
    found = sobol.analyze(
        problem(given["groups"]),
        np.array(given["values"]),
        calc_second_order=given["both_ways"],
        num_resamples=RESAMPLES,
        seed=1,
    )
    pairs = []
    if given["both_ways"]:
        count = len(found["S1"])
        pairs = [found["S2"][a, b] for a in range(count) for b in range(a + 1, count)]
    return {
        "alone": list(found["S1"]),
        "alone_half": list(found["S1_conf"]),
        "total": list(found["ST"]),
        "total_half": list(found["ST_conf"]),
        "pairs": pairs,
    }


def trajectories(given):
    found = morris.analyze(
        problem(given["groups"]),
        np.array(given["rows"]),
        np.array(given["values"]),
        num_levels=given["levels"],
        num_resamples=RESAMPLES,
        seed=1,
    )
    alone = [given["groups"].count(group) == 1 for group in sorted(set(given["groups"]))]
    return {
        "mean": [float(mu) if one else None for mu, one in zip(found["mu"], alone)],
        "size": [float(mu) for mu in found["mu_star"]],
        "size_half": [float(half) for half in found["mu_star_conf"]],
        "deviation": [float(s) if one else None for s, one in zip(found["sigma"], alone)],
    }


def main():
    given = json.load(sys.stdin)
    said = {"made_by": f"SALib {version('SALib')}"}
    for name, case in given.items():
        made = blocks(case) if "both_ways" in case else trajectories(case)
        said[name] = {"sum": sum(case["values"]), **made}
    json.dump(said, sys.stdout, indent=1, default=float)
    print()


main()
