"""The one dictionary of clinical variables that feeds forms, importers, charts, models and reports.

A variable knows every code that it takes, its canonical unit, what a living patient may have
(`plausible`: outside is computed and flagged) and what is conceivable at all (`possible`: outside
is refused). It is compiled by packaging/knowledge/compile_variables.py from
resources/knowledge/variables/*.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from medapp.domain.datatypes import Coding, LocalText
from medapp.terminology.errors import UnknownVariable
from medapp.terminology.systems import LOINC, SHORT_NAMES, VARIABLE
from medapp.terminology.tables import table


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its id, name, the codes and the words (lower case) that mean it."""

    id: str
    title: LocalText
    codes: tuple[Coding, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """Limits for a sex (None: both) from an age, that included, to an age, that excluded, in years."""

    sex: str | None
    age_from: float
    age_to: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Variable:
    """One clinical variable. `unit` is canonical UCUM; None means the number has no unit.

    `kind` is number, integer, boolean, choice or date. `choices` is empty for an open list,
    whose answer is kept as sent. `answers` holds the yes and no of a boolean. `unverified`
    are codes that occur in no corpus that we hold.
    """

    id: str
    title: LocalText
    short: LocalText
    kind: str
    group: str
    unit: str | None
    unit_label: str
    accepted_units: tuple[str, ...]
    codes: tuple[Coding, ...]
    unverified: frozenset[str]
    plausible: tuple[float, float] | None
    possible: tuple[float, float] | None
    decimals: int
    reference: tuple[ReferenceRange, ...]
    reference_source: str | None
    choices: tuple[Choice, ...]
    answers: tuple[Choice, ...]
    note: LocalText | None

    @property
    def loinc(self) -> tuple[str, ...]:
        """The LOINC codes alone."""
        return tuple(coding.code for coding in self.codes if coding.system == LOINC)


def variables() -> Mapping[str, Variable]:
    """Every variable by id, in the order of the groups."""
    return _dictionary()[0]


def variable(variable_id: str) -> Variable:
    """One variable. Raises UnknownVariable."""
    found = _dictionary()[0].get(variable_id)
    if found is None:
        raise UnknownVariable(variable=variable_id)
    return found


def variable_of(system: str | None, code: str | None) -> Variable | None:
    """The variable that takes a code, or None."""
    return _dictionary()[1].get((system or "", code or ""))


def groups() -> Mapping[str, LocalText]:
    """Group id to name, in the order in which pages show them."""
    return _groups()


def answer_of(
    variable: Variable, *, system: str | None = None, code: str | None = None, text: str = ""
) -> str | bool | None:
    """What a coded or written answer means: a choice's id, a boolean, or None when it is not in the list.

    Written answers are compared without case; the code wins over the words.
    """
    rows = variable.answers if variable.kind == "boolean" else variable.choices
    pair, word = (system, code), text.strip().casefold()
    found = next((row.id for row in rows if any((c.system, c.code) == pair for c in row.codes)), None)
    if found is None and word:
        found = next((row.id for row in rows if word in row.words), None)
    if found is None or variable.kind != "boolean":
        return found
    return found == "yes"


@lru_cache(maxsize=1)
def _dictionary() -> tuple[Mapping[str, Variable], Mapping[tuple[str, str], Variable]]:
    document = table("variables")
    labels = table("units")["labels"]
    sources = document["sources"]
    by_id = {name: _variable(name, row, labels, sources) for name, row in document["variables"].items()}
    by_code = {(c.system, c.code): item for item in by_id.values() for c in item.codes}
    by_code.update(((VARIABLE, name), item) for name, item in by_id.items())
    return MappingProxyType(by_id), MappingProxyType(by_code)


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, LocalText]:
    return MappingProxyType({name: LocalText(en, zh) for name, en, zh in table("variables")["groups"]})


def _variable(
    name: str, row: Mapping[str, Any], labels: Mapping[str, str], sources: Mapping[str, str]
) -> Variable:
    unit = row["unit"]
    return Variable(
        id=name,
        title=LocalText(*row["title"]),
        short=LocalText(*row["short"]),
        kind=row["kind"],
        group=row["group"],
        unit=unit,
        unit_label=labels[unit] if unit else "",
        accepted_units=tuple(row["accepts"]),
        codes=tuple(Coding(LOINC, code) for code in row["loinc"]) or (Coding(VARIABLE, name),),
        unverified=frozenset(row["unverified"]),
        plausible=_pair(row["plausible"]),
        possible=_pair(row["possible"]),
        decimals=row["decimals"],
        reference=tuple(ReferenceRange(*limits) for limits in row["reference"]),
        reference_source=sources.get(row["source"]) if row["source"] else None,
        choices=tuple(_choice(choice) for choice in row["choices"]),
        answers=tuple(_answer(answer) for answer in row.get("answers", ())),
        note=LocalText(*row["note"]) if row["note"] else None,
    )


def _pair(limits: list[float] | None) -> tuple[float, float] | None:
    return (float(limits[0]), float(limits[1])) if limits else None


def _codings(codes: list[str]) -> tuple[Coding, ...]:
    parts = (text.partition(":") for text in codes)
    return tuple(Coding(SHORT_NAMES[system], code) for system, _, code in parts)


def _choice(row: list[Any]) -> Choice:
    name, en, zh, codes, words = row
    known = {en.casefold(), zh.casefold(), name, *(word.casefold() for word in words)}
    return Choice(name, LocalText(en, zh), _codings(codes), tuple(sorted(known)))


_YES_NO = {
    "yes": (LocalText("Yes", "是"), ("loinc:LA33-6", "snomed:373066001"), ("true", "y", "yes", "是", "有")),
    "no": (LocalText("No", "否"), ("loinc:LA32-8", "snomed:373067005"), ("false", "n", "no", "否", "无")),
}


def _answer(row: list[Any]) -> Choice:
    name, codes = row
    title, common, words = _YES_NO[name]
    return Choice(name, title, _codings([*common, *codes]), words)
