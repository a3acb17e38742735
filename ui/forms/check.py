"""Checks of what is being typed: a number, a unit it can have, a range it can lie in.

Pure functions over an `InputSpec`; the fields only show what these say.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from medapp.domain.datatypes import Moment
from medapp.errors import KnownError
from medapp.i18n import Words
from medapp.terminology import units
from ui.format import format_number

_THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?")
"""1,234 may mean 1234 or 1.234: never guessed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed: `given` is None when empty or wrong; `level` is "", note, warn or error."""

    given: Given | None = None
    level: str = ""
    text: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.level == "error"


def check_number(text: str, unit: str | None, spec: InputSpec, words: Words) -> Checked:
    """A number in one of the accepted units; full-width digits and a decimal comma are read.

    Outside the plausible range it is taken with a warning, outside the possible one refused.
    """
    plain = plain_text(text).replace(" ", "")
    if not plain:
        return Checked()
    if _THOUSANDS.fullmatch(plain):
        return Checked(level="error", text=words("Write the number without a comma for thousands."))
    value = _number(plain)
    if value is None:
        example = _example(spec)
        return Checked(level="error", text=words("Enter a number, such as {example}.", example=example))
    if spec.kind == "integer" and value != int(value):
        return Checked(level="error", text=words("Enter a whole number."))
    try:
        canonical = _canonical(value, unit, spec)
    except KnownError as error:
        return Checked(level="error", text=words(error.message, **error.fields))
    return _ranged(Given(value, unit), canonical, spec, words)


def _number(plain: str) -> float | None:
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def plain_text(text: str) -> str:
    """Full-width signs as plain ones, the hyphens and the minus of other keyboards as `-`."""
    folded = "".join(
        chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text
    ).replace("\u3000", " ").replace("。", ".")
    return folded.replace("\u2212", "-").replace("\u2011", "-").replace("\u2013", "-").strip()


def _example(spec: InputSpec) -> str:
    low, high = spec.plausible or spec.possible or (1.0, 3.0)
    return format_number((low + high) / 2, 0 if high > 10 else 1)


def _canonical(value: float, unit: str | None, spec: InputSpec) -> float:
    if unit is None or unit == spec.unit or not spec.has_variable:
        return value
    return units.convert(spec.name, value, unit)


def _ranged(given: Given, canonical: float, spec: InputSpec, words: Words) -> Checked:
    possible, plausible = spec.possible, spec.plausible
    if possible is not None and not possible[0] <= canonical <= possible[1]:
        limits = _limits(possible, spec)
        text = words("Not possible: {low} to {high} {unit}. Check number and unit.", **limits)
        return Checked(None, "error", text)
    if plausible is not None and not plausible[0] <= canonical <= plausible[1]:
        limits = _limits(plausible, spec)
        text = words("Unusual: mostly {low} to {high} {unit}. Check number and unit.", **limits)
        return Checked(given, "warn", text)
    return Checked(given)


def _limits(limits: tuple[float, float], spec: InputSpec) -> dict[str, object]:
    decimals = 0 if float(limits[0]).is_integer() and float(limits[1]).is_integer() else spec.decimals
    return {
        "low": format_number(limits[0], decimals), "high": format_number(limits[1], decimals),
        "unit": spec.unit_label,
    }


def check_date(text: str, words: Words) -> Checked:
    """A date as year-month-day."""
    if not text.strip():
        return Checked()
    try:
        return Checked(Given(Moment.parse(text.strip()).isoformat()))
    except ValueError:
        return Checked(level="error", text=words("Enter a date as year-month-day, such as 2026-03-14."))
