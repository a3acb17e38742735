"""Compile resources/knowledge/variables/*.toml into variables.json, which the program loads.

    python packaging/knowledge/compile_variables.py            write
    python packaging/knowledge/compile_variables.py --check    say whether the written file is current

A code is marked unverified when it is in no corpus that we hold; the list of those lies in
`unverified.toml`, written by `mark_unverified.py` where the corpora are.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

KNOWLEDGE = Path(__file__).resolve().parents[2] / "resources" / "knowledge"
FOLDER = KNOWLEDGE / "variables"
TARGET = KNOWLEDGE / "variables.json"
KINDS = {"number", "integer", "boolean", "choice", "date"}
KEYS = {
    "title", "short", "kind", "unit", "accepts", "loinc", "plausible", "possible", "decimals", "reference",
    "source", "note", "choices", "yes", "no", "molar_mass", "per_molar_mass", "valence", "affine",
    "never_converted",
}
SYSTEMS = {"loinc", "snomed", "gender"}
_RANGE = re.compile(
    r"(any|female|male) (\d+(?:\.\d+)?)(?:\+|-(\d+(?:\.\d+)?)): "
    r"(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?"
)


def read(name: str) -> dict[str, Any]:
    """One TOML file of the folder."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def groups() -> list[tuple[str, dict[str, Any]]]:
    """(group id, file content) in the order that the files state."""
    files = [(path.stem, read(path.name)) for path in sorted(FOLDER.glob("*.toml"))]
    own = [(name, data) for name, data in files if "variables" in data]
    return sorted(own, key=lambda item: int(item[1]["order"]))


def reference(text: str) -> list[Any]:
    """`female 20-60: 41..73` as [sex or None, from, to, low, high]; the age's end is excluded."""
    match = _RANGE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a reference range: {text!r}")
    sex, start, end, low, high = match.groups()
    return [
        None if sex == "any" else sex, float(start), float(end) if end else None,
        float(low) if low else None, float(high) if high else None,
    ]


def choices(rows: Any, sets: dict[str, Any]) -> list[list[Any]]:
    """[id, en, zh, codes, words] of each answer; a string names a shared set."""
    if isinstance(rows, str):
        rows = sets[rows]
    for row in rows:
        for code in row.get("codes", []):
            if code.split(":")[0] not in SYSTEMS:
                raise ValueError(f"unknown system in {code!r}")
    return [[row["id"], *row["title"], row.get("codes", []), row.get("words", [])] for row in rows]


def compiled_variable(
    name: str, row: dict[str, Any], group: str, sets: dict[str, Any], sources: dict[str, str],
    unverified: set[str],
) -> dict[str, Any]:
    """One variable, checked. Raises ValueError naming it."""
    unknown = set(row) - KEYS
    kind = row.get("kind", "number")
    if unknown or kind not in KINDS:
        raise ValueError(f"{name}: {unknown or kind}")
    if kind in ("number", "integer") and not {"plausible", "possible", "accepts", "decimals"} <= set(row):
        raise ValueError(f"{name}: a number needs accepts, plausible, possible and decimals")
    if "reference" in row and row.get("source") not in sources:
        raise ValueError(f"{name}: a reference range needs a source")
    out: dict[str, Any] = {
        "title": row["title"], "short": row.get("short", row["title"]), "kind": kind, "group": group,
        "unit": row.get("unit"), "accepts": row.get("accepts", []), "loinc": row.get("loinc", []),
        "unverified": sorted(set(row.get("loinc", [])) & unverified),
        "plausible": row.get("plausible"), "possible": row.get("possible"),
        "decimals": row.get("decimals", 0),
        "reference": [reference(text) for text in row.get("reference", [])], "source": row.get("source"),
        "choices": choices(row.get("choices", []), sets), "note": row.get("note"),
    }
    if kind == "boolean":
        out["answers"] = [["yes", row.get("yes", [])], ["no", row.get("no", [])]]
    return out


def compiled() -> str:
    """The text of variables.json."""
    sets = read("choice_sets.toml")["sets"]
    sources = read("sources.toml")["sources"]
    unverified = set(read("unverified.toml")["loinc"])
    variables = {
        name: compiled_variable(name, row, group, sets, sources, unverified)
        for group, data in groups()
        for name, row in data["variables"].items()
    }
    document = {
        "groups": [[group, *data["title"]] for group, data in groups()],
        "sources": sources, "variables": variables,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> int:
    text = compiled()
    if "--check" in sys.argv:
        return int(not TARGET.exists() or TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    print(f"{TARGET.name}: {len(json.loads(text)['variables'])} variables, {len(text.encode()) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
