"""Reads the Parquet files of a results folder and holds them against its CSV files.

    python3 tests/read_parquet.py RESULTS [pyarrow|duckdb|polars|pandas|fastparquet ...]

Without names it takes every reader that is installed, and says so where there is none.
"""

import csv
import math
import os
import sys


def by_pyarrow(path):
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path).to_pydict()


def by_duckdb(path):
    import duckdb

    table = duckdb.connect().execute("select * from read_parquet(?)", [path])
    names = [column[0] for column in table.description]
    rows = table.fetchall()
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def by_polars(path):
    import polars

    return polars.read_parquet(path).to_dict(as_series=False)


def missing_as_none(frame):
    import pandas

    return {
        name: [None if pandas.isna(value) else value for value in frame[name].tolist()]
        for name in frame.columns
    }


def by_pandas(path):
    import pandas

    import pyarrow  # noqa: F401  pandas reads with it

    return missing_as_none(pandas.read_parquet(path, engine="pyarrow"))


def by_fastparquet(path):
    import fastparquet

    return missing_as_none(fastparquet.ParquetFile(path).to_pandas())


READERS = {
    "pyarrow": by_pyarrow,
    "duckdb": by_duckdb,
    "polars": by_polars,
    "pandas": by_pandas,
    "fastparquet": by_fastparquet,
}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def check_runs(runs, folder):
    """The mean over replicates of each number in summary.csv and differences.csv."""
    places = set(runs["place"])
    everywhere = "(all)" if "(all)" in places else next(iter(places))
    keys = zip(*(runs[k] for k in ["regime", "place", "group_by", "group", "period"]))
    at = {}
    for row, key in enumerate(keys):
        at.setdefault(key, []).append(row)

    def values(row, regime):
        by, group, place = row["group_by"], row["group"], everywhere
        if by == "place":
            by, group, place = "all", "all", group
        column = runs[row["metric"]]
        return [column[r] for r in at[(regime, place, by, group, row["period"])]]

    compared = 0
    for name in ["summary.csv", "differences.csv", "placebo.csv"]:
        for row in rows(os.path.join(folder, name)):
            found = values(row, row["regime"])
            if name != "summary.csv":
                base = values(row, row["comparator"])
                found = [
                    None if a is None or b is None else a - b for a, b in zip(found, base)
                ]
            found = [value for value in found if value is not None]
            what = f"{name}: {row['regime']} {row['metric']} {row['group']} {row['period']}"
            if len(found) != int(row["n"]):
                sys.exit(f"{what}: {len(found)} values, n is {row['n']}")
            if found:
                mean = math.fsum(found) / len(found)
                # A difference is as exact as the levels it is between.
                scale = max(abs(value) for value in values(row, row["regime"]) if value is not None)
                said = float(row["mean"])
                if not math.isclose(mean, said, rel_tol=1e-9, abs_tol=1e-12 * scale):
                    sys.exit(f"{what}: {mean} in the Parquet file, {said} in the CSV file")
                compared += 1
    return compared


def check_series(series, folder):
    """Months have an interval round their mean, and each metric is there."""
    metrics = {row["metric"] for row in rows(os.path.join(folder, "summary.csv"))}
    if metrics != set(series["metric"]):
        sys.exit("series.parquet has other metrics than summary.csv")
    compared = 0
    for low, mean, high in zip(series["low"], series["mean"], series["high"]):
        if None not in (low, mean, high):
            if not low <= mean <= high:
                sys.exit(f"series.parquet: {mean} does not lie from {low} to {high}")
            compared += 1
    return compared


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, wanted = sys.argv[1], sys.argv[2:] or list(READERS)
    read = 0
    for name in wanted:
        try:
            module = __import__(name)
        except ImportError:
            print(f"{name} is not installed")
            continue
        runs = READERS[name](os.path.join(folder, "runs.parquet"))
        series = READERS[name](os.path.join(folder, "series.parquet"))
        numbers = check_runs(runs, folder)
        months = check_series(series, folder)
        print(
            f"{name} {module.__version__}: {len(runs['regime'])} rows and {len(runs)} columns; "
            f"{numbers} numbers as in the CSV files, {months} months with their intervals"
        )
        read += 1
    if not read:
        print("no reader of Parquet is installed: nothing was checked")


if __name__ == "__main__":
    main()
