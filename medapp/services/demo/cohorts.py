"""What special work-ups look like: the tables of `resources/demo/cohorts`.

A cohort is a share of the clinic's patients who were worked up for one question. How
ill somebody is stands on one hidden scale; every value follows it along a curve, so
that the values of a person hang together and drift together over time. Nothing here is
epidemiology, no row is anybody's, nothing may be learned from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from medapp import paths

Medicine = tuple[str, str, str]
"""RxNorm code, name, dosage."""

WHOLE: Final = "whole"
LACKING: Final = "lacking"
OUTSIDE: Final = "outside"


@dataclass(frozen=True, slots=True)
class Ailment:
    """A problem (SNOMED CT) that a share of the cohort has."""

    code: str
    display: str
    share: float = 1.0
    days: int = 365  # since when, at most


@dataclass(frozen=True, slots=True)
class Curve:
    """One variable: its value along the scale of illness, and how far people lie from it.

    `at` are pairs (illness, value). `spread` is a standard deviation, with `is_log` that of the
    logarithm. `plus` adds another variable's value, `ratio` is one divided by another. A yes-or-no
    takes the curve as its chance; `asked` is the share of work-ups at which it is measured.
    """

    variable: str
    at: tuple[tuple[float, float], ...] = ()
    spread: float = 0.0
    is_log: bool = False
    low: float | None = None
    high: float | None = None
    decimals: int | None = None
    plus: str = ""
    ratio: tuple[str, str] | None = None
    asked: float = 1.0


@dataclass(frozen=True, slots=True)
class Outside:
    """What puts somebody of the cohort outside a model's scope."""

    illness: float | None = None
    values: Mapping[str, float] | None = None
    problems: tuple[Ailment, ...] = ()
    medicines: tuple[Medicine, ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """One table. `cycle` says in turn who is whole, lacking (without the `lacking` values) or outside."""

    id: str
    visit: tuple[str, str]
    share: float
    at_least: int
    age: tuple[float, float]
    sex: str
    without: tuple[str, ...]
    visits: tuple[int, int]
    apart_days: float
    last_days: tuple[float, float]
    illness: tuple[tuple[float, float, float], ...]  # share, mean, standard deviation
    drift: float
    cycle: tuple[str, ...]
    lacking: tuple[str, ...]
    outside: tuple[Outside, ...]
    problems: tuple[Ailment, ...]
    curves: tuple[Curve, ...]
    is_unmeasured: bool


@lru_cache(maxsize=1)
def cohorts() -> tuple[Cohort, ...]:
    """All tables, by name."""
    folder = paths.resources_dir() / "demo" / "cohorts"
    return tuple(_cohort(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.toml")))


def _cohort(name: str, text: str) -> Cohort:
    table = tomllib.loads(text)
    return Cohort(
        id=name,
        visit=_pair(table["visit"]),
        share=table["share"],
        at_least=table.get("at_least", 4),
        age=_pair(table["age"]),
        sex=table.get("sex", ""),
        without=tuple(table.get("without", ())),
        visits=_pair(table["visits"]),
        apart_days=table.get("apart_days", 90.0),
        last_days=_pair(table["last_days"]),
        illness=tuple(tuple(row) for row in table.get("illness", ((1.0, 0.0, 1.0),))),
        drift=table.get("drift", 0.0),
        cycle=tuple(table["cycle"]),
        lacking=tuple(table.get("lacking", ())),
        outside=tuple(_outside(row) for row in table.get("outside", ())),
        problems=_ailments(table.get("problems", ())),
        curves=tuple(_curve(row) for row in table.get("values", ())),
        is_unmeasured=table.get("unmeasured", False),
    )


def _pair(row: Sequence[Any]) -> tuple[Any, Any]:
    first, second = row
    return first, second


def _curve(row: Mapping[str, Any]) -> Curve:
    known = dict(row)
    known["at"] = tuple(_pair(point) for point in known.get("at", ()))
    known["is_log"] = known.pop("log", False)
    if "ratio" in known:
        known["ratio"] = _pair(known["ratio"])
    return Curve(**known)


def _outside(row: Mapping[str, Any]) -> Outside:
    medicines = tuple((code, drug, dosage) for code, drug, dosage in row.get("medicines", ()))
    return Outside(row.get("illness"), row.get("values"), _ailments(row.get("problems", ())), medicines)


def _ailments(rows: Sequence[Mapping[str, Any]]) -> tuple[Ailment, ...]:
    return tuple(Ailment(**row) for row in rows)
