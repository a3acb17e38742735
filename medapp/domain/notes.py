"""What a doctor writes at a visit, and where copied words came from.

A visit's text is a few passages. Words taken over from an earlier visit stay marked with their origin,
also when they are changed: what was copied must never look as if it was asked and examined today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from medapp.domain.datatypes import Moment

PASSAGES: Final = ("reason", "history", "examination", "plan")
"""The passages that every visit has, in the order of the page; entries of problems stand before the plan."""

LEAST_COPIED: Final = 12
"""So many characters arriving at once that stand in an earlier visit word for word were copied from it."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Characters `start` to `end` came from note `note` of `day`, where they read `original`."""

    start: int
    end: int
    note: int
    day: str
    original: str

    def is_changed(self, text: str) -> bool:
        """Whether the words were changed after they were copied."""
        return text[self.start : self.end] != self.original


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its copied parts, which do not overlap."""

    text: str = ""
    copied: tuple[Copied, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """What was found about one problem of the record (`condition`); `label` as it was called then."""

    condition: int
    label: str
    passage: Passage = Passage()


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit's page. `follow_up` is an ISO day; `observations` were measured at this visit."""

    started: Moment
    reason: Passage = Passage()
    history: Passage = Passage()
    examination: Passage = Passage()
    problems: tuple[ProblemEntry, ...] = ()
    plan: Passage = Passage()
    follow_up: str = ""
    observations: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth keeping."""
        texts = (self.reason, self.history, self.examination, self.plan)
        return (
            all(one.is_empty for one in texts)
            and not self.problems
            and not self.follow_up
            and not self.observations
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a signed text was amended or cancelled, by whom (user id) and when (UTC seconds)."""

    reason: str
    user: int
    at: int


@dataclass(frozen=True, slots=True)
class Note:
    """A signed visit. `status`: final, amended (replaces another), superseded, entered-in-error.

    `correction` says why an amended note was written, `cancellation` why one is no longer valid.
    """

    id: int
    patient: int
    encounter: int | None
    status: str
    visit: Visit
    replaces: int | None
    signed: Moment
    signed_by: str
    correction: Correction | None = None
    cancellation: Correction | None = None

    @property
    def is_standing(self) -> bool:
        """Whether this is what the record says now."""
        return self.status in ("final", "amended")


@dataclass(frozen=True, slots=True)
class Source:
    """A text of an earlier visit that words may be copied from."""

    note: int
    day: str
    text: str = field(repr=False)


def edited(copied: Sequence[Copied], at: int, removed: int, added: int) -> tuple[Copied, ...]:
    """The copied parts after `removed` characters at `at` gave way to `added` others.

    Writing at the edge of a copied part is outside it; a part of which nothing is left is gone.
    """
    end, shift = at + removed, added - removed
    kept = []
    for one in copied:
        if at >= one.end:
            kept.append(one)
        elif end <= one.start:
            kept.append(replace(one, start=one.start + shift, end=one.end + shift))
        else:
            start = one.start if at > one.start else at + added
            last = one.end + shift if end < one.end else at
            if last > start:
                kept.append(replace(one, start=start, end=last))
    return tuple(kept)


def recognised(text: str, at: int, sources: Iterable[Source]) -> Copied | None:
    """The mark for a text that arrived at `at` in one piece, when an earlier visit has it word for word."""
    core = text.strip()
    if len(core) < LEAST_COPIED:
        return None
    start = at + len(text) - len(text.lstrip())
    for source in sources:
        if core in source.text:
            return Copied(start, start + len(core), source.note, source.day, core)
    return None


def origins(passage: Passage) -> tuple[tuple[str, bool], ...]:
    """The days that parts of a passage were copied from, and whether any of these was changed since."""
    found: dict[str, bool] = {}
    for one in passage.copied:
        found[one.day] = found.get(one.day, False) or one.is_changed(passage.text)
    return tuple(found.items())
