"""What a calculation says: the value, every step of the working, and what must be said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from medapp.domain.datatypes import LocalText

Number = float | int
Answer = Number | str


class OutOfRange(Exception):
    """The inputs are possible, but the equation was not made for them: no number."""

    def __init__(self, text: LocalText, *names: str) -> None:
        super().__init__(text.en)
        self.text, self.names = text, names


class Needs(Exception):
    """Inputs that this variant requires and that were not found."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: what it is, how it came about, what came out (UCUM unit)."""

    title: LocalText
    expression: str
    value: Answer | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A category of the answer: values above `low` (or from it on) up to `high`, with what it means.

    `low` and `high` belong to the band; the next band begins with the next value.
    """

    id: str
    low: float
    high: float
    title: LocalText
    risk: float | None = None
    """Share of patients (0..1) with the outcome in the source's population, where it says so."""


@dataclass(frozen=True, slots=True)
class Worked:
    """The answer of a calculation. `extra` holds further values with their units."""

    value: Answer
    steps: tuple[Step, ...] = ()
    band: Band | None = None
    category: str | None = None
    extra: Mapping[str, tuple[Answer | None, str | None]] = field(default_factory=dict)
    points: tuple[tuple[str, float], ...] = ()
    """(input, points) of a score by points; they add up to `value` with `base`."""

    base: float = 0.0
    cautions: tuple[tuple[str, LocalText], ...] = ()
    """(code, text) that stand beside the answer."""


def band_of(bands: tuple[Band, ...], value: float) -> Band | None:
    """The band that holds a value; bands in rising order, the first whose `high` is not below it."""
    return next((band for band in bands if band.low <= value <= band.high), None)
