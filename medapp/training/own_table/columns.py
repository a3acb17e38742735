"""What a column is, and the rule that turns its cells into values: stated once, applied to any file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from medapp.training.own_table import spelling
from medapp.training.types import FloatArray

INPUTS: Final = ("number", "integer", "boolean", "choice")
"""Kinds that can be inputs of a model. The others: date, identifier, text, empty, and unclear for numbers
that can be read in two ways."""
MOST_CHOICES: Final = 20
NUMERIC_SHARE: Final = 0.95
"""A column is one of numbers when so many of its known cells are; the others are then unknown."""
_CODE: Final = re.compile(r"[A-Za-z]\d{1,4}(?:\.\d+)?")
"""What stands among numbers where they are codes: V27 beside 250.83 in a column of diagnoses."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the cells of one column are read. `canonical` is what a recipe then maps.

    `choices` are the answers as first written, or ids to which `answers` leads from
    the folded text; `missing` the codes that mean unknown here; a number becomes
    value * `factor` + `offset`. `variable` is the terminology's, whose canonical unit
    the result is in; else `unit` is only told.
    """

    kind: str
    comma: str = "none"
    choices: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    factor: float = 1.0
    offset: float = 0.0
    variable: str = ""
    unit: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, text: str) -> str:
        """The cell in one spelling, "" where it is unknown or cannot be understood."""
        if self.kind == "boolean" and spelling.answer(text) is not None:
            return spelling.answer(text) or ""
        if self.kind == "choice":
            folded = spelling.fold(text)
            return self.answers.get(folded, "") if self.answers else self._choice(folded)
        if spelling.is_missing(text):
            return ""
        value = spelling.number(text, self.comma)
        if value is None or f"{value:g}" in self.missing:
            return ""
        if self.kind == "boolean":
            return {0.0: "no", 1.0: "yes"}.get(value, "")
        return repr(float(f"{value * self.factor + self.offset:.12g}"))

    def _choice(self, folded: str) -> str:
        return next((choice for choice in self.choices if spelling.fold(choice) == folded), "")

    def as_options(self) -> dict[str, Any]:
        """What a recipe keeps of it: only what differs from nothing."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        bare = Rule(self.kind)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in plain.items()
            if name == "kind" or value != getattr(bare, name)
        }

    @classmethod
    def of_options(cls, values: Mapping[str, Any]) -> Rule:
        """The rule that a recipe keeps."""
        plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        return cls(**plain)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its cells, how often each is written, and its rule."""

    name: str
    cells: Sequence[str]
    counts: Mapping[str, int]
    rule: Rule

    @property
    def kind(self) -> str:
        return self.rule.kind

    @property
    def is_input(self) -> bool:
        return self.kind in INPUTS

    @property
    def known(self) -> int:
        """Cells that hold something."""
        return sum(n for text, n in self.counts.items() if self.value(text) != "")

    def value(self, text: str) -> str:
        """The cell's canonical text; of a kind that is no input the text itself."""
        if self.is_input:
            return self.rule.canonical(text)
        return "" if spelling.is_missing(text) else text

    def canonical(self) -> list[str]:
        """Every cell in its one spelling."""
        known = {text: self.value(text) for text in self.counts}
        return [known[cell] for cell in self.cells]

    def numbers(self) -> FloatArray:
        """Every cell as a number [n]: choices by position, yes 1, no 0, NaN unknown."""
        places = {c: float(i) for i, c in enumerate(self.rule.choices)} | {"": np.nan}
        places |= {"no": 0.0, "yes": 1.0} if self.kind == "boolean" else {}
        known = {}
        for text in self.counts:
            value = self.value(text)
            known[text] = places[value] if value in places else float(value)
        return np.array([known[cell] for cell in self.cells], dtype=np.float64)

    def with_rule(self, **changes: Any) -> Column:
        return replace(self, rule=replace(self.rule, **changes))


def understand(name: str, cells: Sequence[str]) -> Column:
    """Tell what a column is from all its cells."""
    counts = Counter(cells)
    return Column(name, cells, counts, _rule(counts))


def _rule(counts: Mapping[str, int]) -> Rule:
    known = {text: n for text, n in counts.items() if not spelling.is_missing(text)}
    answers = {text: spelling.answer(text) for text in counts}
    if known and all(answers[t] for t in known) and {"yes", "no"} <= set(answers.values()):
        return Rule("boolean")
    if not known:
        return Rule("empty")
    total = sum(known.values())
    if _share(known, total, lambda text: spelling.day(text) is not None) >= NUMERIC_SHARE:
        return Rule("date")
    if _share(known, total, lambda text: spelling.number(text) is not None) >= NUMERIC_SHARE:
        return _worded(known, total) if _is_of_codes(known) else _numeric(known)
    return _worded(known, total)


def _is_of_codes(known: Mapping[str, int]) -> bool:
    """Whether most of what is no number is a letter with digits: then the numbers are codes too."""
    others = [text for text in known if spelling.number(text) is None]
    return len(others) > 1 and sum(_CODE.fullmatch(text) is not None for text in others) > len(others) / 2


def _share(known: Mapping[str, int], total: int, test: Any) -> float:
    return float(sum(n for text, n in known.items() if test(text))) / total


def _numeric(known: Mapping[str, int]) -> Rule:
    comma = spelling.comma_use(known)
    if comma is None:
        return Rule("unclear")
    values = {spelling.number(text, comma) for text in known} - {None}
    if values == {0.0, 1.0}:
        return Rule("boolean")
    is_whole = all(value is not None and value == int(value) for value in values)
    return Rule("integer" if is_whole else "number", comma)


def _worded(known: Mapping[str, int], total: int) -> Rule:
    first: dict[str, str] = {}
    often: Counter[str] = Counter()
    for text, n in known.items():
        first.setdefault(spelling.fold(text), " ".join(text.split()))
        often[spelling.fold(text)] += n
    if len(first) <= MOST_CHOICES and (len(first) <= 5 or total >= 5 * len(first)):
        kept = [first[folded] for folded in sorted(first) if often[folded]]
        return Rule("choice", choices=tuple(kept))
    return Rule("identifier" if len(first) == total else "text")
