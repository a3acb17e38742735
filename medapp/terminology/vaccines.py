"""Vaccines to choose from, by CVX code; free text stands beside them for what has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from medapp.domain.datatypes import CodeableConcept, Coding, LocalText
from medapp.terminology.systems import CVX
from medapp.terminology.tables import table
from medapp.terminology.typed import NOT, Hay, hay_of, score, words_of


@dataclass(frozen=True, slots=True)
class Vaccine:
    """One vaccine of the table."""

    code: str
    title: LocalText

    @property
    def concept(self) -> CodeableConcept:
        """As the record keeps it: the English name beside the code."""
        return CodeableConcept((Coding(CVX, self.code, self.title.en),), self.title.en)


@lru_cache(maxsize=1)
def vaccines() -> tuple[Vaccine, ...]:
    """Every vaccine of the table, by code."""
    rows = table("concepts")["names"]["cvx"]
    return tuple(Vaccine(code, LocalText(*row[:2])) for code, row in rows.items())


def find_vaccines(text: str, limit: int = 8) -> list[Vaccine]:
    """The vaccines that fit what is typed: name in either language, pinyin, or the code itself."""
    typed = words_of(text)
    scored = [(score(hay, typed), len(one.title.en), one) for one, hay in _rows()]
    fitting = sorted((row for row in scored if row[0] < NOT), key=lambda row: row[:2])
    return [found for _, _, found in fitting[:limit]]


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[Vaccine, Hay], ...]:
    return tuple((one, hay_of((one.title.en, one.title.zh_CN, one.code))) for one in vaccines())
