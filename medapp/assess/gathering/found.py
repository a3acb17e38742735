"""A value that was found for an input, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medapp.assess.inputs import InputSpec
from medapp.assess.wording import in_both, titles
from medapp.domain.assessment import InputUsed, ReasonCode, Source, Value
from medapp.domain.datatypes import LocalText, Moment
from medapp.errors import KnownError, MedAppError
from medapp.i18n import N_
from medapp.terminology import units


@dataclass(frozen=True, slots=True)
class Found:
    """One input's value in its canonical unit, with what was sent, when and from where.

    `is_limit` marks a value sent as "< 5": the number is the limit, not the value.
    """

    spec: InputSpec
    value: float | bool | str
    source: Source
    value_sent: Value = None
    unit_sent: str | None = None
    date: Moment | None = None
    is_limit: bool = False

    def as_used(self, flags: tuple[str, ...]) -> InputUsed:
        """The line of the assessment's inputs."""
        return InputUsed(
            name=self.spec.name,
            value=self.value,
            unit=self.spec.unit,
            value_sent=self.value_sent,
            unit_sent=self.unit_sent,
            date=self.date.isoformat() if self.date else None,
            source=self.source,
            flags=flags,
        )


class InputProblem(MedAppError):
    """Why a value cannot be used: becomes the reason of a refused assessment."""

    def __init__(self, code: ReasonCode, name: str, text: Mapping[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.name = name
        self.text = text


def impossible(spec: InputSpec, value: object) -> InputProblem:
    """The value cannot be true of anybody, or is not of the input's kind."""
    text = in_both(
        N_("Not calculated — {input}: the value {value} is not possible"),
        input=titles([spec.title]),
        value=f"{value:g}" if isinstance(value, float) else str(value),
    )
    return InputProblem(ReasonCode.IMPOSSIBLE_VALUE, spec.name, text)


def wrong_unit(spec: InputSpec, unit: str | None) -> InputProblem:
    """The unit sent cannot become the canonical one."""
    text = in_both(
        N_("Not calculated — {input}: the unit {unit} cannot be converted to {canonical}"),
        input=titles([spec.title]),
        unit=unit or LocalText("(none)", "（无）"),
        canonical=spec.unit_label or spec.unit or "1",
    )
    return InputProblem(ReasonCode.UNIT, spec.name, text)


def to_canonical(spec: InputSpec, value: float, unit: str | None) -> float:
    """`value` in the input's canonical unit. Raises InputProblem (unit).

    A converted value is rounded to 12 digits, so that 732 months are 61 years and
    not 60.99999999999998, of which a graph would make 60.
    """
    if unit == spec.unit:
        return value
    if not spec.has_variable:
        raise wrong_unit(spec, unit)
    try:
        return float(f"{units.convert(spec.name, value, unit):.12g}")
    except KnownError as error:
        raise wrong_unit(spec, unit) from error
