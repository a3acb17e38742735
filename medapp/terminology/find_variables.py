"""A variable found by what is typed: its name or abbreviation in either language, pinyin or its initials."""

from __future__ import annotations

from functools import lru_cache

from medapp.terminology.typed import NOT, Hay, hay_of, score, words_of
from medapp.terminology.variables import Variable, variables


def find_variables(text: str, limit: int = 8) -> list[Variable]:
    """The variables that fit, the closest first: the whole abbreviation, then short names."""
    typed = words_of(text)
    scored = [(score(hay, typed), len(one.title.en), one) for one, hay in _rows()]
    fitting = sorted((row for row in scored if row[0] < NOT), key=lambda row: row[:2])
    return [found for _, _, found in fitting[:limit]]


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[Variable, Hay], ...]:
    """Made once, in a tenth of a second: not on the thread of the window."""
    return tuple((one, hay_of(_names(one))) for one in variables().values())


def _names(one: Variable) -> tuple[str, ...]:
    return one.title.en, one.short.en, one.title.zh_CN, one.short.zh_CN, one.id.replace("_", " ")
