"""Which boxes EMAworkbench finds in draws that the tests give it.

Reads them as JSON, writes its boxes as JSON:

    pip install ema_workbench && python3 workbench.py < given.json > workbench.json

tests/sensitivity.rs gives it what it needs and keeps what it says in workbench.json.
"""

import json
import sys
import warnings

warnings.filterwarnings("ignore")

import ema_workbench
import numpy as np
import pandas as pd
from ema_workbench.analysis import prim

OBJECTIVES = {
    "gain-for-each-lost": prim.PRIMObjectiveFunctions.LENIENT1,
    "gain-times-kept": prim.PRIMObjectiveFunctions.LENIENT2,
    "density": prim.PRIMObjectiveFunctions.ORIGINAL,
}


def box(found, number, open_box):
    row = found.peeling_trajectory.iloc[number]
    limits = found.box_lims[number]
    restricted = {}
    for name in limits.columns:
        low, high = limits[name]
        if isinstance(low, set):
            if low != open_box[name][0]:
                restricted[name] = {"ways": sorted(low), "quasi_p": found.qp[number][name][:1]}
        elif low != open_box[name][0] or high != open_box[name][1]:
            ends = [
                float(low) if low != open_box[name][0] else None,
                float(high) if high != open_box[name][1] else None,
            ]
            quasi_p = [p for p in found.qp[number][name] if p >= 0]
            restricted[name] = {"ends": ends, "quasi_p": quasi_p}
    shares = {share: float(row[share]) for share in ["density", "coverage", "mass"]}
    return {**shares, "restricted": restricted}


def trajectory(given):
    columns = {}
    for number, column in enumerate(given["columns"]):
        kind = object if isinstance(column[0], int) else float
        columns[f"x{number}"] = pd.Series(column, dtype=kind)
    search = prim.Prim(
        pd.DataFrame(columns),
        np.array(given["holds"], dtype=int),
        threshold=0.5,
        obj_function=OBJECTIVES[given["objective"]],
        peel_alpha=given["peel"],
        paste_alpha=given["paste"],
        mass_min=given["least_mass"],
    )
    found = search.find_box()
    boxes = range(len(found.box_lims))
    return [box(found, number, search.box_init) for number in boxes]


def main():
    given = json.load(sys.stdin)
    said = {"made_by": f"EMAworkbench {ema_workbench.__version__}"}
    for name, case in given.items():
        draws = sum(sum(column) for column in case["columns"]) + sum(case["holds"])
        # First, last and every fourth box between: enough to see where ways part.
        boxes = trajectory(case)
        kept = boxes[::4] + ([] if len(boxes) % 4 == 1 else boxes[-1:])
        said[name] = {"sum": draws, "boxes": len(boxes), "kept": kept}
    json.dump(said, sys.stdout, indent=1)
    print()


main()
