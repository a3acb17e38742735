"""Compile units.toml and the variables' units into units.json: spellings, and factor and offset of each pair.

    python packaging/knowledge/compile_units.py [--check]

pint with the UCUM grammar of ucumvert does the arithmetic here, once; the program only multiplies.
Molar masses (g/mol) stand beside the variables, computed from the IUPAC standard atomic weights;
urea counts as its nitrogen and phosphate as its phosphorus because laboratories report them so.
An international unit of an enzyme is the UCUM U (umol/min); [IU] is therefore read as U.
Fifteen significant digits are kept: the last bit of a float is noise.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from ucumvert import PintUcumRegistry

KNOWLEDGE = Path(__file__).resolve().parents[2] / "resources" / "knowledge"
TARGET = KNOWLEDGE / "units.json"
SAME = {"[pH]": "1", "/[HPF]": "1", "deg": "1"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def spelling_key(text: str) -> str:
    """What spellings are compared by; `medapp.terminology.units` holds the same rule, as a test says."""
    text = re.sub(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "10*" + m.group(1), text).translate(_SUPERSCRIPTS)
    text = re.sub(r"[\s\u200b\u200c\u200d\ufeff\u00a0]+", "", text)
    text = text.replace("\u00b5", "u").replace("\u03bc", "u").replace("^", "*").replace("×", "x")
    text = re.sub(r"^[x*](?=10)", "", text)
    return text.casefold()


def plain(unit: str) -> str:
    """The unit without annotations, as ucumvert reads it."""
    unit = SAME.get(unit, unit).replace("[IU]", "U")
    unit = re.sub(r"\{[^}]*\}", "", unit).replace("//", "/").rstrip("/")
    return unit or "1"


class Compiler:
    """Conversions by pint, with the substance's molar mass where the dimension asks for it."""

    def __init__(self) -> None:
        self.ureg = PintUcumRegistry()

    def one(self, unit: str) -> Any:
        """One of a UCUM unit."""
        return 1.0 * self.ureg.from_ucum(unit) if unit != "1" else self.one("g/g")

    def base(self, unit: str, row: dict[str, Any]) -> Any:
        """One `unit` as a quantity in which amounts of substance have become mass (or charge amount)."""
        text = plain(unit)
        quantity = self.one(text).to_base_units()
        if "eq" in unit:  # 1 eq = 1 mol / valence
            quantity = quantity / row["valence"]
        mass = row.get("molar_mass", row.get("per_molar_mass"))
        moles = quantity.dimensionality.get("[substance]", 0)  # 1: mol per volume; -1: per mol of creatinine
        if mass is not None and moles:
            quantity = quantity * (mass * self.one("g/mol")) ** moles
        return quantity.to_base_units()

    def conversion(self, unit: str, row: dict[str, Any]) -> list[float]:
        """[factor, offset] from `unit` to the canonical one. Raises on unlike dimensions."""
        canonical = row.get("unit") or "1"
        if unit in row.get("affine", {}):
            return list(row["affine"][unit])
        if unit == canonical or row.get("unit") is None:
            return [1.0, 0.0]
        if unit == "[degF]" and canonical == "Cel":
            zero, hundred = (self.ureg.Quantity(x, "degF").to("degC").magnitude for x in (0.0, 100.0))
            return [_round((hundred - zero) / 100), _round(zero)]
        ratio = (self.base(unit, row) / self.base(canonical, row)).to_base_units()
        if not ratio.dimensionless:
            raise ValueError(f"{unit} is not of the dimension of {canonical}: {ratio.dimensionality}")
        return [_round(float(ratio.magnitude)), 0.0]


def _round(value: float) -> float:
    return float(f"{value:.15g}")


def variables() -> dict[str, dict[str, Any]]:
    """Every variable row of the TOML files."""
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted((KNOWLEDGE / "variables").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text("utf-8")).get("variables", {}).items():
            if name in rows:
                raise ValueError(f"{name} stands in two files")
            rows[name] = row
    return rows


def conversions() -> dict[str, dict[str, list[float]]]:
    """(variable, unit) -> [factor, offset]. Raises ValueError where a unit cannot be."""
    compiler = Compiler()
    table: dict[str, dict[str, list[float]]] = {}
    for name, row in variables().items():
        if not row.get("accepts"):
            continue
        if row.get("unit") is not None and row["unit"] not in row["accepts"]:
            raise ValueError(f"{name} does not accept its own unit")
        table[name] = {unit: compiler.conversion(unit, row) for unit in row["accepts"]}
        if row.get("never_converted") and any(pair != [1.0, 0.0] for pair in table[name].values()):
            raise ValueError(f"{name} is never converted")
    return table


def spellings(units: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Spelling key -> unit. Raises ValueError when one key means two units."""
    keys: dict[str, str] = {}
    for unit, row in units.items():
        for text in [unit, *row["spellings"]]:
            if keys.setdefault(spelling_key(text), unit) != unit:
                raise ValueError(f"{text!r} means {keys[spelling_key(text)]} and {unit}")
    return keys


def compiled() -> str:
    """The text of units.json."""
    units = tomllib.loads((KNOWLEDGE / "units.toml").read_text("utf-8"))["units"]
    table = conversions()
    unknown = {unit for row in table.values() for unit in row} - set(units)
    if unknown:
        raise ValueError(f"not in units.toml: {sorted(unknown)}")
    letters = {
        text: unit for unit, row in units.items() for text in (unit, *row["spellings"]) if len(text) == 1
    }
    document = {
        "letters": letters,  # one letter is matched exactly: M is not m
        "labels": {unit: row["label"] for unit, row in units.items()},
        "spellings": spellings(units), "conversions": table,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> int:
    text = compiled()
    if "--check" in sys.argv:
        return int(not TARGET.exists() or TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    pairs = sum(len(row) for row in json.loads(text)["conversions"].values())
    print(f"{TARGET.name}: {pairs} conversions, {len(text.encode()) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
