"""Compile who_growth/*.json: the LMS tables of WHO's child growth standards, from shared/knowledge.

    python packaging/knowledge/compile_who_growth.py FOLDER [--check]

FOLDER holds the text files of who-growth-standards.tar.gz, unpacked. One JSON a measure: what the rows go by
("day" or "cm"), the first row and the step, and for each sex the lists l, m, s. Rows that do not rise by one
step, or a sex without a row that the other has, stop the compiler.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources" / "knowledge" / "who_growth"
FILES = {
    "weight_for_age": "weianthro", "length_for_age": "lenanthro", "bmi_for_age": "bmianthro",
    "head_circumference_for_age": "hcanthro", "arm_circumference_for_age": "acanthro",
    "triceps_skinfold_for_age": "tsanthro", "subscapular_skinfold_for_age": "ssanthro",
    "weight_for_length": "wflanthro", "weight_for_height": "wfhanthro",
}
SEXES = {"1": "male", "2": "female"}
KEYS = {"age": ("day", 1.0), "length": ("cm", 0.1), "height": ("cm", 0.1)}


def compiled(path: Path) -> str:
    """The text of one measure's file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    key = next(name for name in KEYS if name in rows[0])
    by, step = KEYS[key]
    table: dict[str, object] = {"by": by, "step": step}
    for number, sex in SEXES.items():
        own = [row for row in rows if row["sex"] == number]
        places = [float(row[key]) for row in own]
        first = table.setdefault("first", places[0])
        if any(abs(place - (float(str(first)) + i * step)) > 1e-6 for i, place in enumerate(places)):
            raise SystemExit(f"{path.name}: the rows of {sex} do not rise by {step}")
        table[sex] = {column: [float(row[column]) for row in own] for column in ("l", "m", "s")}
        if table.setdefault("rows", len(own)) != len(own):
            raise SystemExit(f"{path.name}: the sexes differ in rows")
    return json.dumps(table, separators=(",", ":")) + "\n"


def main() -> int:
    folder = Path(sys.argv[1])
    texts = {TARGET / f"{measure}.json": compiled(folder / f"{name}.txt") for measure, name in FILES.items()}
    if "--check" in sys.argv:
        return 0 if all(path.read_text("utf-8") == text for path, text in texts.items()) else 1
    TARGET.mkdir(exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
