"""What is usually entered together: quick sets of values, and the parts of the questionnaire."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from medapp import paths
from medapp.domain.datatypes import LocalText


@dataclass(frozen=True, slots=True)
class EntrySet:
    """Variables in the order in which they are asked; `only_for` is a sex or None."""

    id: str
    title: LocalText
    variables: tuple[str, ...]
    only_for: str | None = None


def quick_sets() -> Sequence[EntrySet]:
    """Values of one press: vital signs, basic laboratory, lipids, urine."""
    return _sets()["quick"]


def question_sets(sex: str | None = None) -> Sequence[EntrySet]:
    """Parts of the questions and social history that concern a patient of that sex."""
    return [one for one in _sets()["questions"] if one.only_for in (None, sex)]


@lru_cache(maxsize=1)
def _sets() -> Mapping[str, tuple[EntrySet, ...]]:
    path = paths.knowledge_dir() / "entry_sets" / "entry_sets.toml"
    document = tomllib.loads(path.read_text("utf-8"))
    return {kind: tuple(_read(row) for row in document[kind]) for kind in ("quick", "questions")}


def _read(row: Mapping[str, Any]) -> EntrySet:
    return EntrySet(row["id"], LocalText(*row["title"]), tuple(row["variables"]), row.get("only_for"))
