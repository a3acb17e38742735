"""Write variables/unverified.toml: the LOINC codes of our table that occur in no corpus that we hold.

    python packaging/knowledge/mark_unverified.py SHARED        the folder with knowledge/ and corpora/

A corpus is the MIMIC code table, the public molar table beside it, and the Synthea modules and bundles.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "knowledge" / "variables"


def _table(archive: Path, name: str) -> list[dict[str, str]]:
    with tarfile.open(archive) as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith(name))
        stream = tar.extractfile(member)
        assert stream is not None
        text = io.TextIOWrapper(stream, "utf-8")
        return list(csv.DictReader(text, delimiter="\t"))


def codes_of_bundle(value: Any, found: set[str]) -> None:
    """Every LOINC code below `value` of a parsed bundle."""
    if isinstance(value, dict):
        if value.get("system") == "http://loinc.org" and "code" in value:
            found.add(value["code"])
        for item in value.values():
            codes_of_bundle(item, found)
    elif isinstance(value, list):
        for item in value:
            codes_of_bundle(item, found)


def seen(shared: Path) -> set[str]:
    """Every LOINC code of the corpora."""
    knowledge = shared / "knowledge"
    found = {row["loinc"] for row in _table(knowledge / "loinc-common.tar.gz", "loinc_common.tsv")}
    found |= {
        row["loinc"]
        for row in _table(knowledge / "loinc-common.tar.gz", "loinc_si_units.tsv")
        if row["status"].startswith("pair seen")
    }
    found |= {
        row["code"]
        for row in _table(knowledge / "icd10-zh.tar.gz", "synthea_codes.tsv")
        if row["system"] == "LOINC"
    }
    with tarfile.open(shared / "corpora" / "fhir_synthea.tar.gz") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.name.endswith(".json") else None
            if stream is not None:
                codes_of_bundle(json.load(stream), found)
    return found


def compiled(shared: Path) -> str:
    """The text of unverified.toml."""
    ours: set[str] = set()
    for path in FOLDER.glob("*.toml"):
        for row in tomllib.loads(path.read_text("utf-8")).get("variables", {}).values():
            ours |= set(row.get("loinc", []))
    rows = sorted(ours - seen(shared), key=lambda code: int(code.split("-")[0]))
    lines = "".join(f'  "{code}",\n' for code in rows)
    head = "# LOINC codes that occur in no corpus that we hold; written by mark_unverified.py.\n"
    return f"{head}loinc = [\n{lines}]\n"


if __name__ == "__main__":
    target = FOLDER / "unverified.toml"
    target.write_text(compiled(Path(sys.argv[1])), "utf-8")
    print(target.name, target.read_text("utf-8").count("\n") - 3, "codes")
