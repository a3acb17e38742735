"""Compile problem_terms.json and substance_terms.json: what a doctor types and chooses from, with codes.

    python packaging/knowledge/compile_terms.py ARCHIVES [--check]

ARCHIVES is the folder with icd10cm.tar.gz, icd10-zh.tar.gz and drug-identity.tar.gz (their SOURCE.md files
say where each comes from). Taken are facts only: three-character categories of ICD-10 that stand under the
same code in the US list (English name) and the Chinese one, and substances with their INN, ATC codes and
Chinese generic name. Machine-translated titles are not taken; Chinese names that only a dictionary knows
are words to search by, never names to show. Before them stand our own wordings: terms/*.toml and
concepts/*.toml.

A row is [English, Chinese or "", its pinyin, further words, "system:code ...", category]; the category of
our own problems is "own", of allergens and substances FHIR's. Needs pypinyin, which reads a character by the
word it stands in.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin

KNOWLEDGE = Path(__file__).resolve().parents[2] / "resources" / "knowledge"
EXTERNAL_CAUSES = "VWXY"
"""Chapters of causes: no problem of a patient."""

DIFFERENT = frozenset({"B20"})
"""Categories whose code means something else in the US list: all HIV disease, not one consequence of it."""

SHOWN = ("confirmed", "class-confirmed", "attested")
"""Tiers of the evidence for a Chinese name that may be shown; `proposed` and `dictionary-only` may not."""

LOCAL = ("A01", "A07", "C05", "D", "G01", "G02", "M02", "P03", "R01", "R02", "S")
"""ATC groups of what acts where it is put: the code of a tablet or injection stands before theirs."""

HAN = re.compile(r"[\u3400-\u9fff]+")
Row = tuple[str, str, str, str, str, str]


def member(archives: Path, archive: str, name: str) -> str:
    """A text file of an archive, unpacked."""
    with tarfile.open(archives / f"{archive}.tar.gz") as bundle:
        found = next(one for one in bundle.getmembers() if one.name.endswith(f"/{name}"))
        handle = bundle.extractfile(found)
        assert handle is not None
        data = handle.read()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


def toml(*parts: str) -> dict[str, Any]:
    return tomllib.loads(KNOWLEDGE.joinpath(*parts).read_text("utf-8"))


def pinyin(text: str) -> str:
    """The syllables of the ideographs, u-umlaut as v."""
    return " ".join(lazy_pinyin("".join(HAN.findall(text)), style=Style.NORMAL, v_to_u=False))


def row(en: str, zh: str, more: str, codes: str, category: str = "") -> Row:
    return en, zh, pinyin(zh), more, codes, category


def own_problems() -> Iterator[Row]:
    """Our own wordings: those of concepts/conditions.toml, then those of terms/problems.toml."""
    table = toml("terms", "problems.toml")
    for code, names in toml("concepts", "conditions.toml")["codes"].items():
        codes = f"snomed:{code}" + (f" icd10:{names[2]}" if len(names) > 2 else "")
        yield row(names[0], names[1], table["aliases"].get(code, ""), codes, "own")
    for en, (zh, code, *more) in table["problems"].items():
        yield row(en, zh, " ".join(more), f"icd10:{code}", "own")


def categories(archives: Path) -> Iterator[Row]:
    """Three-character categories that both lists have, in the order of their codes."""
    listed = csv.DictReader(io.StringIO(member(archives, "icd10cm", "icd10cm_jan2021.csv.gz")))
    english = {one["code"]: one["long_desc"] for one in listed if len(one["code"]) == 3}
    lines = member(archives, "icd10-zh", "icd10_cn_3char.tsv").splitlines()[1:]
    chinese = dict(line.split("\t")[:2] for line in lines)
    for code in sorted(english.keys() & chinese.keys()):
        if code[0] not in EXTERNAL_CAUSES and code not in DIFFERENT:
            yield row(english[code], chinese[code].replace(",", "，"), "", f"icd10:{code}")


def problem_rows(archives: Path) -> list[Row]:
    """Every problem once; our own wording goes before a category of the same name."""
    rows: dict[str, Row] = {}
    for one in (*own_problems(), *categories(archives)):
        rows.setdefault(one[0].lower(), one)
    return list(rows.values())


def substances(archives: Path) -> Iterator[Row]:
    """Substances that have an ATC code, each with all of its codes (they differ by route and use)."""
    aliases = toml("terms", "substances.toml")["aliases"]
    lines = member(archives, "drug-identity", "drug_identity.tsv").splitlines()
    for one in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if not one["atc"] or one["atc_note"] == "combination-only":
            continue
        is_shown = one["zh_tier"] in SHOWN
        others = [*one["zh_other"].split("|"), "" if is_shown else one["zh"]]
        more = " ".join(filter(None, (aliases.get(one["inn_en"], ""), *others)))
        ordered = sorted(one["atc"].split(";"), key=lambda code: code.startswith(LOCAL))
        codes = " ".join(f"atc:{code}" for code in ordered)
        name = one["inn_en"][:1].upper() + one["inn_en"][1:]
        yield row(name, one["zh"] if is_shown else "", more, codes, "medication")


def allergens() -> Iterator[Row]:
    """Groups of medicines, and the allergies that have a SNOMED CT code; never a denial."""
    table = toml("terms", "allergens.toml")
    for en, (zh, groups, *more) in table["classes"].items():
        codes = " ".join(f"atc:{code}" for code in groups.split())
        yield row(en, zh, " ".join(more), codes, "medication")
    names = toml("concepts", "allergies.toml")["codes"]
    for category, codes in table["categories"].items():
        for code in codes:
            yield row(names[code][0], names[code][1], "", f"snomed:{code}", category)


def written(tables: dict[str, list[Row]]) -> str:
    """JSON with a row a line, so that a change can be read."""
    parts = []
    for name, rows in tables.items():
        lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in rows)
        parts.append(f'"{name}":[\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def main() -> int:
    archives = Path(sys.argv[1])
    medicines = {"allergens": list(allergens()), "substances": list(substances(archives))}
    texts = {
        "problem_terms": written({"problems": problem_rows(archives)}),
        "substance_terms": written(medicines),
    }
    stale = 0
    for name, text in texts.items():
        target = KNOWLEDGE / f"{name}.json"
        if "--check" in sys.argv:
            stale |= not target.exists() or target.read_text("utf-8") != text
            continue
        target.write_text(text, "utf-8")
        print(f"{target.name}: {text.count(chr(10))} lines, {len(text.encode()) // 1024} KiB")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
