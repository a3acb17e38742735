"""What a model must reach, as its recipe says, and whether it did.

A missed bar stays missed and is said so. A bar set for data that nobody here has seen
(kept back, another centre) is judged on the internal figure, and the text says where it was set.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medapp.domain.datatypes import LocalText
from medapp.training.design import DESIGN_FILE
from medapp.training.errors import DesignInvalid
from medapp.training.markdown import figure_name, table
from medapp.training.measured import show


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure's name, the least or the most it may be, and on what it was asked for."""

    metric: str
    on: LocalText
    at_least: float | None = None
    at_most: float | None = None

    @property
    def text(self) -> str:
        """`>= 0.97`, `<= 0.18`, or both."""
        sides = ((">=", self.at_least), ("<=", self.at_most))
        return " and ".join(f"{sign} {limit:g}" for sign, limit in sides if limit is not None)


@dataclass(frozen=True, slots=True)
class Judged:
    """A bar with the internal figure held against it; `is_met` None where it was not measured."""

    bar: Bar
    figure: Mapping[str, Any] | None
    is_met: bool | None


def read_bars(folder: Path) -> tuple[Bar, ...]:
    """The `[[bars]]` of a recipe, in its order. Raises DesignInvalid, which names the key."""
    try:
        values = tomllib.loads((folder / DESIGN_FILE).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignInvalid(model=folder.name, key=DESIGN_FILE, expected="TOML in UTF-8") from error
    try:
        return tuple(_bar(row) for row in values.get("bars", ()))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DesignInvalid(
            model=folder.name, key="bars", expected="metric, on in both languages, at_least or at_most"
        ) from error


def judge(bars: tuple[Bar, ...], measured: Mapping[str, Mapping[str, Any]]) -> tuple[Judged, ...]:
    """Each bar against the figure of its name in `measured` ({value, low, high})."""
    return tuple(_judged(bar, measured.get(bar.metric)) for bar in bars)


def table_of(judged: Sequence[Judged]) -> str:
    """The bars as a table, "" where none was set."""
    rows = [
        (figure_name(one.bar.metric), one.bar.text, one.bar.on.en,
         "-" if one.figure is None else show(one.figure),
         {True: "met", False: "MISSED", None: "not measured"}[one.is_met])
        for one in judged
    ]
    return table(("Had to reach", "Bar", "On", "Measured", ""), rows) if rows else ""


def _judged(bar: Bar, figure: Mapping[str, Any] | None) -> Judged:
    value = None if figure is None else figure["value"]
    if value is None:
        return Judged(bar, None, None)
    is_low = bar.at_least is not None and value < bar.at_least
    is_high = bar.at_most is not None and value > bar.at_most
    return Judged(bar, figure, not (is_low or is_high))


def _bar(row: Mapping[str, Any]) -> Bar:
    least, most = row.get("at_least"), row.get("at_most")
    if least is None and most is None:
        raise ValueError("at_least")
    return Bar(
        str(row["metric"]), LocalText(row["on"]["en"], row["on"]["zh_CN"]),
        None if least is None else float(least), None if most is None else float(most),
    )
