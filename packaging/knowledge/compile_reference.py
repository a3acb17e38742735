"""Compile population/nhanes_2009_10.json: where a value stands among US adults, by sex and age.

    python packaging/knowledge/compile_reference.py FILE

FILE is nhanes_2009_10.csv.gz of the clinic's data (tabular/nhanes): the raw survey rows, each person once.
A person counts with the weight of the examination (WTMEC2YR). Pregnant women are left out; a diastolic
pressure of 0 was not heard and is no value. Ages of 80 and over stand as 80 in the survey: the last band.
Shares are mid-shares (those below and half of those equal), so that values which many share are not
counted as higher than themselves. A band with fewer than 150 persons has no numbers.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

KNOWLEDGE = Path(__file__).resolve().parents[2] / "resources" / "knowledge"
TARGET = KNOWLEDGE / "population" / "nhanes_2009_10.json"
COLUMNS = {
    "bmi": "BMI", "cholesterol_total": "TotChol", "diastolic_bp": "BPDiaAve", "hdl": "DirectChol",
    "heart_rate": "Pulse", "height": "Height", "systolic_bp": "BPSysAve", "weight": "Weight",
}
"""Our variable -> the survey's column, in the same unit; non-HDL cholesterol is their difference."""

DIGITS = {
    "bmi": 2, "cholesterol_total": 3, "diastolic_bp": 1, "hdl": 3, "heart_rate": 1, "height": 1, "non_hdl": 3,
    "systolic_bp": 1, "weight": 1,
}
SHARES = (0.02, *(n / 20 for n in range(1, 20)), 0.98)
BANDS = ((20, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, None))
FEWEST = 150

Weighted = list[tuple[float, float]]


def values_of(row: dict[str, str]) -> dict[str, float]:
    """The measured values of one person."""
    found = {name: float(row[column]) for name, column in COLUMNS.items() if row[column]}
    if found.get("diastolic_bp") == 0.0:
        del found["diastolic_bp"]
    if {"cholesterol_total", "hdl"} <= found.keys():
        found["non_hdl"] = found["cholesterol_total"] - found["hdl"]
    return found


def read(path: Path) -> dict[tuple[str, str, int], Weighted]:
    """(variable, sex, band) -> the values with their weights."""
    found: dict[tuple[str, str, int], Weighted] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weight, age = float(row["WTMEC2YR"] or 0.0), int(float(row["Age"]))
            band = next((i for i, (low, high) in enumerate(BANDS) if low <= age <= (high or age)), None)
            if weight <= 0.0 or band is None or row["PregnantNow"] == "Yes":
                continue
            for name, value in values_of(row).items():
                found[name, row["Sex"], band].append((value, weight))
    return found


def quantiles(values: Weighted, digits: int) -> list[float] | None:
    """The value at each of SHARES, linear between the mid-shares of the values that occur."""
    if len(values) < FEWEST:
        return None
    weights: dict[float, float] = defaultdict(float)
    for value, weight in values:
        weights[value] += weight
    total, below, points = sum(weights.values()), 0.0, []
    for value in sorted(weights):
        points.append(((below + weights[value] / 2.0) / total, value))
        below += weights[value]
    return [round(at(points, share), digits) for share in SHARES]


def at(points: list[tuple[float, float]], share: float) -> float:
    """The value where the rising line through the points reaches the share."""
    after = next((i for i, (found, _) in enumerate(points) if found >= share), -1)
    if after in (0, -1):
        return points[after][1]
    (first, low), (second, high) = points[after - 1], points[after]
    return low + (high - low) * (share - first) / (second - first)


def compiled(path: Path) -> str:
    """The text of the table, a line per variable, sex and band."""
    groups = read(path)
    lines = []
    for name in sorted(DIGITS):
        rows = []
        for sex in ("female", "male"):
            bands = [
                {"n": len(groups[name, sex, i]), "values": quantiles(groups[name, sex, i], DIGITS[name])}
                for i in range(len(BANDS))
            ]
            told = ",\n".join(f"      {json.dumps(one)}" for one in bands)
            rows.append(f'    "{sex}": [\n{told}\n    ]')
        lines.append(f'  "{name}": {{\n' + ",\n".join(rows) + "\n  }")
    head = f'"shares": {json.dumps(SHARES)},\n"bands": {json.dumps(BANDS)},\n"variables": {{\n'
    return "{\n" + head + ",\n".join(lines) + "\n}\n}\n"


def main(arguments: list[str]) -> None:
    text = compiled(Path(arguments[0]))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(text) // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1:])
