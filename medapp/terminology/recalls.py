"""The table of recalls: what is due again, for whom, how often, and who says so.

It is resources/knowledge/recalls, read when first asked for. `medapp.assess.due` holds a record against it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from medapp import paths
from medapp.domain.datatypes import CodeableConcept, Coding, LocalText
from medapp.terminology.systems import ATC, CVX, ICD10, ICD10CM, RXNORM, SNOMED

_ICD: Final = frozenset({ICD10, ICD10CM})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A set of concepts: exact codes, beginnings of codes, and words of the written name."""

    codes: frozenset[tuple[str, str]]
    beginnings: tuple[str, ...] = ()
    words: re.Pattern[str] | None = None

    def covers(self, concept: CodeableConcept) -> bool:
        """Whether one of the concept's codings, or its written name, is among them."""
        return any(self._has(coding) for coding in concept.codings) or self._is_written(concept)

    def _has(self, coding: Coding) -> bool:
        if (coding.system, coding.code) in self.codes:
            return True
        return coding.system in (*_ICD, ATC) and coding.code.startswith(self.beginnings)

    def _is_written(self, concept: CodeableConcept) -> bool:
        if self.words is None:
            return False
        texts = (concept.text, *(coding.display for coding in concept.codings))
        return any(text and self.words.search(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Sooner:
    """A shorter interval and for whom: one of the ways that the table's head describes."""

    months: int
    age_from: float | None = None
    conditions: tuple[Meaning, ...] = ()
    first_months: int | None = None
    measured: tuple[str, ...] = ()
    at_most: float | None = None
    at_least: float | None = None
    is_tenth: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One recall. Of `months`, `weeks`, `season` and `is_once` it has one; `sooner` shortens the months.

    `any_of` and `every_one_of` are variables; `procedures` and `vaccines` are codes of SNOMED CT and CVX,
    `courses` sets of vaccines that belong together. `season` is the month from which a vaccine counts for
    the winter to come and the month from which it is asked for. `kind` is test, exam or vaccine.
    """

    id: str
    title: LocalText
    why: LocalText
    kind: str
    citation: str
    months: int | None
    weeks: int | None
    season: tuple[int, int] | None
    is_once: bool
    sooner: tuple[Sooner, ...]
    conditions: tuple[Meaning, ...]
    is_for_pregnant: bool
    medicines: tuple[Meaning, ...]
    age_from: float | None
    age_to: float | None
    any_of: tuple[str, ...]
    every_one_of: tuple[str, ...]
    procedures: frozenset[tuple[str, str]]
    vaccines: frozenset[tuple[str, str]]
    courses: tuple[frozenset[tuple[str, str]], ...]

    @property
    def variable(self) -> str:
        """The first variable that satisfies it: whose trend a page opens; empty without one."""
        return next(iter((*self.any_of, *self.every_one_of)), "")


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by id, in the table's order. Raises FileNotFoundError when the installation lacks it."""
    document = tomllib.loads((paths.knowledge_dir() / "recalls" / "recalls.toml").read_text("utf-8"))
    conditions = {name: _condition(row) for name, row in document["conditions"].items()}
    medicines = {name: _medicine(row) for name, row in document["medicines"].items()}
    made = [_rule(row, conditions, medicines) for row in document["rules"]]
    return MappingProxyType({rule.id: rule for rule in made})


def _condition(row: Mapping[str, Any]) -> Meaning:
    return Meaning(frozenset((SNOMED, code) for code in row["snomed"]), tuple(row["icd10"]))


def _medicine(row: Mapping[str, Any]) -> Meaning:
    latin = "|".join(re.escape(word) for word in row["words"] if word.isascii())
    han = "|".join(word for word in row["words"] if not word.isascii())
    pattern = "|".join(part for part in (rf"\b(?:{latin})\b" if latin else "", han) if part)
    codes = frozenset((RXNORM, code) for code in row["rxnorm"])
    return Meaning(codes, tuple(row["atc"]), re.compile(pattern, re.IGNORECASE))


def _sooner(row: Mapping[str, Any], conditions: Mapping[str, Meaning]) -> Sooner:
    return Sooner(
        row["months"], row.get("age_from"), tuple(conditions[name] for name in row.get("conditions", ())),
        row.get("first_months"), tuple(row.get("measured", ())), row.get("at_most"), row.get("at_least"),
        row.get("tenth", False),
    )


def _rule(
    row: Mapping[str, Any], conditions: Mapping[str, Meaning], medicines: Mapping[str, Meaning]
) -> Rule:
    return Rule(
        id=row["id"],
        title=LocalText(*row["title"]),
        why=LocalText(*row["why"]),
        kind=row["kind"],
        citation=row["citation"],
        months=row.get("months"),
        weeks=row.get("weeks"),
        season=tuple(row["season"]) if "season" in row else None,
        is_once=row.get("once", False),
        sooner=tuple(_sooner(one, conditions) for one in row.get("sooner", ())),
        conditions=tuple(conditions[name] for name in row.get("conditions", ())),
        is_for_pregnant=row.get("pregnant", False),
        medicines=tuple(medicines[name] for name in row.get("medicines", ())),
        age_from=row.get("age_from"),
        age_to=row.get("age_to"),
        any_of=tuple(row.get("done_by", ())),
        every_one_of=tuple(row.get("every_one_of", ())),
        procedures=frozenset((SNOMED, code) for code in row.get("procedures", ())),
        vaccines=_vaccines(row.get("vaccines", ())),
        courses=tuple(_vaccines(course) for course in row.get("courses", ())),
    )


def _vaccines(codes: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset((CVX, code) for code in codes)
