"""Compile concepts/*.toml into concepts.json: names of coded things in both languages, and ICD-10.

    python packaging/knowledge/compile_concepts.py [--check]
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

KNOWLEDGE = Path(__file__).resolve().parents[2] / "resources" / "knowledge"
TARGET = KNOWLEDGE / "concepts.json"


def compiled() -> str:
    """The text of concepts.json. Raises ValueError for a code that stands twice."""
    names: dict[str, dict[str, list[str]]] = {}
    icd10: dict[str, dict[str, str]] = {}
    panels: dict[str, list[str]] = {}
    for path in sorted((KNOWLEDGE / "concepts").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        system = data["system"]
        for code, row in data["codes"].items():
            if code in names.setdefault(system, {}):
                raise ValueError(f"{system} {code} stands twice")
            names[system][code] = row[:2]
            if len(row) > 2:
                icd10.setdefault(system, {})[code] = row[2]
        panels.setdefault(system, []).extend(data.get("panels", {}).get("codes", []))
    document = {"names": names, "icd10": icd10, "panels": {key: rows for key, rows in panels.items() if rows}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> int:
    text = compiled()
    if "--check" in sys.argv:
        return int(not TARGET.exists() or TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    count = sum(len(rows) for rows in json.loads(text)["names"].values())
    print(f"{TARGET.name}: {count} codes, {len(text.encode()) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
