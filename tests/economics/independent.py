"""The tables of money worked out a second time, by other means.

Reads `input.csv` (sums by replicate, place, regime and year, made up) and
`settings.json`, and writes costs, economics, plane and acceptability beside them.
It shares no code with the program and works otherwise: where the program streams,
this keeps lists; where it has a formula for Fieller's interval, this searches for
the values of a SCRQoL-year at which net benefit is on the brink of being clear.

    python3 tests/economics/independent.py           write the tables anew
    python3 tests/economics/independent.py --check   say whether they are as written
    python3 tests/economics/independent.py --input   make the input anew

Needs Python 3.8 and its standard library.
"""

import csv
import functools
import io
import json
import math
import os
import statistics
import sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))

# Line: who bears it, and how it enters the costs of council, public and society.
LINES = {
    "support": ("council", 1, 1, 1),
    "residential": ("council", 1, 1, 1),
    "assessment": ("council", 1, 1, 1),
    "brokerage": ("council", 1, 1, 1),
    "procurement": ("council", 1, 1, 1),
    "audit": ("council", 1, 1, 1),
    "dp_support": ("council", 1, 1, 1),
    "guarantees": ("council", 1, 1, 0),
    "own_staff_idle": ("council", 1, 1, 1),
    "digital": ("council", 1, 1, 1),
    "catalysts": ("council", 1, 1, 1),
    "community_investment": ("council", 1, 1, 1),
    "teams": ("council", 1, 1, 1),
    "safeguarding": ("council", 1, 1, 1),
    "change": ("council", 1, 1, 1),
    "hospital": ("health service", 0, 1, 1),
    "charges": ("people", -1, -1, 0),
    "private": ("people", 0, 0, 1),
    "own_time": ("people", 0, 0, 1),
    "unpaid_care": ("families", 0, 0, 1),
    "bidders": ("bidders", 0, 0, 1),
}
VIEWS = ["council", "public", "society"]
CASES = ["none", "standard", "outcomes_at_health_rate"]
# What a line's hours are called, which column has them, and how many hours a year one
# unit of it is: an hour a month, or a week.
HOURS = {"own_time": ("own_hours", "own_time", 12), "unpaid_care": ("unpaid_hours", "unpaid_hours", 365.2425 / 7)}
GRID = [5000 * step for step in range(21)]


def made_up(settings):
    """Rows of an input in which regimes differ, by a sequence that looks like chance."""
    state = 12345

    def chance():
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return state / 2**31

    for replicate in range(settings["replicates"]):
        for place in range(settings["places"]):
            for year in range(1, settings["years"] + 1):
                luck = [chance() for _ in LINES]
                for regime in settings["regimes"][:4]:
                    row = {"replicate": replicate, "place": place, "regime": regime, "year": year}
                    for (line, _), x in zip(LINES.items(), luck):
                        size = {"support": 9000, "residential": 7000, "own_time": 90, "unpaid_care": 3000}.get(line, 500)
                        more = {"status-quo": 0, "dearer": 0.2, "cheaper": -0.03, "dominated": 0.1}[regime]
                        noise = 0 if regime == "status-quo" else 0.3 * (chance() - 0.5)
                        row[line] = round(size * (1 + x + more + noise))
                    months = 400 + int(60 * luck[0])
                    if regime != "status-quo":
                        months += int(8 * chance()) - 2
                    at_home = months / 12 * (0.7 + 0.1 * luck[1])
                    score = {"status-quo": 18.5, "dearer": 19.3, "cheaper": 18.1, "dominated": 17.9}[regime]
                    wobble = 0 if regime == "status-quo" else 2 * (chance() - 0.5)
                    row["unpaid_hours"] = round(row["unpaid_care"] / 8, 2)
                    row["lived_months"] = months
                    row["at_home"] = round(at_home, 3)
                    row["life"] = round(at_home * (score + luck[2] + wobble) / 24, 3)
                    yield row


@functools.lru_cache(None)
def t_quantile(n):
    """97.5% quantile of Student's t on n - 1 degrees of freedom, to eight decimals as
    tables of the program take it: from the density, by Simpson's rule."""
    df = n - 1
    norm = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)

    def area(end, steps=20000):
        # Over angles, where the density has no long tail: x = sqrt(df) tan(a).
        last = math.atan(end / math.sqrt(df))
        width = last / steps
        at = lambda i: math.cos(i * width) ** (df - 1)
        inner = sum((4 if i % 2 else 2) * at(i) for i in range(1, steps))
        return norm * math.sqrt(df) * width / 3 * (at(0) + inner + at(steps))

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if area(middle) < 0.475 else (low, middle)
    return round((low + high) / 2, 8)


def interval(values):
    n = len(values)
    mean = math.fsum(values) / n
    half = t_quantile(n) * statistics.stdev(values) / math.sqrt(n)
    return mean, mean - half, mean + half


def clear(values):
    _, low, high = interval(values)
    return low > 0 or high < 0


def ratio(firsts, seconds):
    """Ratio of means, and the ends of the stretch of ratios r around it at which
    first - r second does not differ from 0; nothing where second may be 0."""
    if not clear(seconds):
        return None
    centre = math.fsum(firsts) / math.fsum(seconds)
    differs = lambda r: clear([f - r * s for f, s in zip(firsts, seconds)])

    def end(direction):
        step = max(abs(centre), 1e-6) * 1e-3
        while not differs(centre + direction * step):
            step *= 2
        low, high = 0.0, step
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (low, middle) if differs(centre + direction * middle) else (middle, high)
        return centre + direction * (low + high) / 2

    return centre, end(-1), end(1)


def factor(year, rates, flat=None):
    worth = 1.0
    for t in range(1, year + 1):
        percent = rates[0] if t <= 30 else rates[1] if t <= 75 else rates[2]
        worth *= 1 / (1 + (percent if flat is None else flat) / 100)
    return worth


def work_out(settings, rows):
    regimes, years = settings["regimes"], settings["years"]
    raised = {line: 1 + settings["optimism_bias"].get(line, 0) / 100 for line in LINES}
    # Sums over places: by regime, replicate and year.
    sums = defaultdict(lambda: defaultdict(float))
    for row in rows:
        key = row["regime"], int(row["replicate"]), int(row["year"])
        for name in [*LINES, "unpaid_hours", "lived_months", "at_home", "life"]:
            sums[key][name] += float(row[name])
    for replicate in range(settings["replicates"]):
        for year in range(1, years + 1):
            sums["itself", replicate, year] = sums["status-quo", replicate, year]

    flat = settings["discount_rate"]
    standard = [factor(y, (3.5, 3.0, 2.5), flat) for y in range(years)]
    health = [factor(y, (1.5, 1.29, 1.07)) for y in range(years)]
    replicates = range(settings["replicates"])

    def over_years(regime, replicate, of, factors=None):
        found = []
        for year in range(1, years + 1):
            here, base = sums[regime, replicate, year], sums["status-quo", replicate, year]
            found.append(of(here, base) * (factors[year - 1] if factors else 1))
        return math.fsum(found)

    def pounds(line):
        if line == "own_time":
            return lambda y, _: y[line] * 12 * settings["own_hour"] * raised[line]
        return lambda y, _: y[line] * raised[line]

    def score_years(y, base):
        lived, others = y["lived_months"] / 12, base["lived_months"] / 12
        at_home_and_in_homes = y["life"] + (lived - y["at_home"]) * settings["life_care_home"] / 24
        return at_home_and_in_homes + (others - lived) * settings["life_outside"] / 24

    lived = {(g, r): over_years(g, r, lambda y, _: y["lived_months"] / 12) for g in regimes for r in replicates}
    money = {
        (g, r, line, d): over_years(g, r, pounds(line), standard if d == "standard" else None)
        for g in regimes for r in replicates for line in LINES for d in CASES[:2]
    }
    cost = {
        (g, r, view, d): math.fsum(
            LINES[line][1 + v] * money[g, r, line, "none" if d == "none" else "standard"] for line in LINES
        )
        for g in regimes for r in replicates for v, view in enumerate(VIEWS) for d in CASES
    }
    outcome = {
        (g, r, d): over_years(g, r, score_years, {"none": None, "standard": standard}.get(d, health))
        for g in regimes for r in replicates for d in CASES
    }

    tables = {"costs": [], "economics": [], "plane": [], "acceptability": []}
    base = "status-quo"
    for g in regimes:
        def put_cost(line, discounting, basis, value, bias):
            levels = [value(g, r) / (lived[base, r] if basis == "person_year" else 1) for r in replicates]
            bases = [value(base, r) / (lived[base, r] if basis == "person_year" else 1) for r in replicates]
            paired = [a - b for a, b in zip(levels, bases)]
            added = math.fsum(bias(r) / (lived[base, r] if basis == "person_year" else 1) for r in replicates)
            row = [g, line, discounting, basis, *interval(levels)]
            row += interval(paired) if g != base else [None] * 3
            tables["costs"].append(row + [added / len(levels)])

        for d in CASES[:2]:
            for basis in ["total", "person_year"]:
                over = lambda r, line, d=d: money[g, r, line, d] * (1 - 1 / raised[line])
                for line in LINES:
                    put_cost(line, d, basis, lambda g, r, line=line: money[g, r, line, d], lambda r, line=line: over(r, line))
                council = [line for line in LINES if LINES[line][0] == "council"]
                put_cost(
                    "council_gross", d, basis,
                    lambda g, r: math.fsum(money[g, r, line, d] for line in council),
                    lambda r: math.fsum(over(r, line) for line in council),
                )
                for v, view in enumerate(VIEWS):
                    put_cost(
                        view, d, basis, lambda g, r, view=view: cost[g, r, view, d],
                        lambda r, v=v: math.fsum(LINES[line][1 + v] * over(r, line) for line in LINES),
                    )
        for called, column, a_unit in HOURS.values():
            for basis in ["total", "person_year"]:
                hours = lambda g, r: over_years(g, r, lambda y, _: y[column] * a_unit)
                put_cost(called, "none", basis, hours, lambda r: 0)
        put_cost("years_lived", "none", "total", lambda g, r: lived[g, r], lambda r: 0)

        for view in VIEWS:
            for d in CASES:
                c = [cost[g, r, view, d] for r in replicates]
                e = [outcome[g, r, d] for r in replicates]
                more_c = [x - cost[base, r, view, d] for r, x in enumerate(c)]
                more_e = [x - outcome[base, r, d] for r, x in enumerate(e)]
                words = lambda values, up, down, none: up if interval(values)[1] > 0 else down if interval(values)[2] < 0 else none
                quadrant = "" if g == base else "%s and %s" % (
                    words(more_c, "dearer", "cheaper", "cost unclear"),
                    words(more_e, "better", "worse", "outcome unclear"),
                )

                def put(measure, threshold, estimate):
                    estimate = list(estimate or [None] * 3)
                    tables["economics"].append([g, view, d, measure, threshold, *estimate, quadrant])

                put("cost", None, interval(c))
                put("outcome", None, interval(e))
                put("cost_per_scrqol_year", None, ratio(c, e))
                if g == base:
                    continue
                net = lambda worth: [worth * y - x for x, y in zip(more_c, more_e)]
                share = lambda values: sum((x > 0) + (x == 0) / 2 for x in values) / len(values)
                put("incremental_cost", None, interval(more_c))
                put("incremental_outcome", None, interval(more_e))
                settled = "dearer and worse", "cheaper and better"
                put("icer", None, None if quadrant in settled else ratio(more_c, more_e))
                for worth in settings["thresholds"]:
                    put("net_benefit", worth, interval(net(worth)))
                for worth in settings["thresholds"]:
                    put("probability_cost_effective", worth, [share(net(worth)), None, None])
                if (view, d) == ("society", "standard"):
                    worth = settings["social_value"]
                    put("net_present_social_value", worth, interval(net(worth)))
                    found = ratio(more_c, more_e)
                    put("switching_threshold", None, found if found and found[0] >= 0 else None)
                    would_cost = [worth * y for y in more_e]
                    would_gain = [x / worth for x in more_c]

                    def percent(would, does):
                        found = ratio(would, does)
                        if found is None:
                            return None
                        sign = math.copysign(1, math.fsum(does))
                        moved = [100 * sign * (x - 1) for x in found]
                        return [moved[0], min(moved[1:]), max(moved[1:])]

                    put("switching_cost", worth, interval(would_cost))
                    put("switching_cost_percent", worth, percent(would_cost, more_c))
                    put("switching_outcome", worth, interval(would_gain))
                    put("switching_outcome_percent", worth, percent(would_gain, more_e))
        if g != base:
            for view in VIEWS:
                for r in replicates:
                    more = cost[g, r, view, "standard"] - cost[base, r, view, "standard"]
                    gain = outcome[g, r, "standard"] - outcome[base, r, "standard"]
                    tables["plane"].append([g, view, r, more, gain])

    for view in VIEWS:
        for worth in sorted({*GRID, *settings["thresholds"], settings["social_value"]}):
            worths = [
                {g: worth * (outcome[g, r, "standard"] - outcome[base, r, "standard"])
                 - (cost[g, r, view, "standard"] - cost[base, r, view, "standard"]) for g in regimes}
                for r in replicates
            ]
            for g in regimes:
                share = sum((w[g] > 0) + (w[g] == 0) / 2 for w in worths) / len(worths)
                best = math.fsum(
                    1 / list(w.values()).count(w[g]) if w[g] == max(w.values()) else 0 for w in worths
                ) / len(worths)
                tables["acceptability"].append([g, view, worth, None if g == base else share, best])
    return tables


HEADERS = {
    "costs": "regime,line,discounting,basis,mean,low,high,difference,difference_low,difference_high,bias_added",
    "economics": "regime,perspective,discounting,measure,threshold,mean,low,high,quadrant",
    "plane": "regime,perspective,replicate,incremental_cost,incremental_outcome",
    "acceptability": "regime,perspective,threshold,probability,probability_best",
}


def written(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    # Twelve figures: enough for 1e-9, and the same on every machine.
    show = lambda x: "" if x is None else "%.12g" % x if isinstance(x, float) else x
    writer.writerows([show(x) for x in row] for row in rows)
    return text.getvalue()


def main(options):
    path = lambda name: os.path.join(HERE, name)
    with open(path("settings.json")) as file:
        settings = json.load(file)
    if "--input" in options:
        rows = list(made_up(settings))
        with open(path("input.csv"), "w", newline="") as file:
            file.write(written(",".join(rows[0]), [row.values() for row in rows]))
    with open(path("input.csv"), newline="") as file:
        tables = work_out(settings, list(csv.DictReader(file)))
    stale = []
    for name, rows in tables.items():
        text = written(HEADERS[name], rows)
        if "--check" in options:
            with open(path(name + ".csv"), newline="") as file:
                if not alike(text, file.read()):
                    stale.append(name)
        else:
            with open(path(name + ".csv"), "w", newline="") as file:
                file.write(text)
    if stale:
        sys.exit("not what the script works out: " + ", ".join(stale))


def alike(one, other):
    """Whether two tables are the same but for the last figures of their numbers."""
    one, other = list(csv.reader(io.StringIO(one))), list(csv.reader(io.StringIO(other)))
    if [len(row) for row in one] != [len(row) for row in other]:
        return False

    def same(a, b):
        if a == b:
            return True
        try:
            a, b = float(a), float(b)
        except ValueError:
            return False
        return abs(a - b) <= 1e-10 * max(1, abs(a), abs(b))

    return all(same(a, b) for row, beside in zip(one, other) for a, b in zip(row, beside))


if __name__ == "__main__":
    main(sys.argv[1:])
