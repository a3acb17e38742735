"""Values given beside the record: read strictly, for a wrong kind is refused and not guessed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from medapp.assess.assessor import Given
from medapp.assess.gathering.found import Found, impossible, to_canonical
from medapp.assess.inputs import InputSpec
from medapp.domain.assessment import Source
from medapp.domain.datatypes import Moment
from medapp.terminology.variables import answer_of, variable

_YES = ("yes", "true", "y")
_NO = ("no", "false", "n")


def read_value(spec: InputSpec, given: Given, at: Moment) -> Found:
    """The given value in canonical form; dated `at` when no date was given.

    Raises InputProblem: impossible_value for a wrong kind, a number that is not
    finite, an unknown choice or a date after `at`; unit when not convertible.
    """
    value = _READERS[spec.kind](spec, given)
    date = given.date or at
    if date.is_after(at):
        raise impossible(spec, date.isoformat())
    return Found(spec, value, Source.GIVEN, given.value, given.unit, date)


def _number(spec: InputSpec, given: Given) -> float:
    value = given.value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise impossible(spec, value)
    unit = spec.unit if given.unit is None else given.unit
    return to_canonical(spec, float(value), unit)


def _integer(spec: InputSpec, given: Given) -> float:
    number = _number(spec, given)
    if not math.isclose(number, round(number), abs_tol=1e-6):
        raise impossible(spec, given.value)
    return float(round(number))


def _boolean(spec: InputSpec, given: Given) -> bool:
    value = given.value
    if isinstance(value, str):
        value = value.strip().casefold()
        if value in _YES or value in _NO:
            return value in _YES
    elif isinstance(value, (bool, int, float)) and value in (0, 1):
        return bool(value)
    raise impossible(spec, given.value)


def _choice(spec: InputSpec, given: Given) -> str:
    ids = [choice.id for choice in spec.choices]
    if isinstance(given.value, str):
        value = given.value.strip()
        if value in ids:
            return value
        folded = value.casefold()
        if folded in ids:
            return folded
        if folded in spec.synonyms:
            return spec.synonyms[folded]
        titled = [c.id for c in spec.choices if folded in (c.title.en.casefold(), c.title.zh_CN)]
        if len(titled) == 1:
            return titled[0]
        named = answer_of(variable(spec.name), text=value) if spec.has_variable else None
        if named in ids:
            return str(named)
    raise impossible(spec, given.value)


def _date(spec: InputSpec, given: Given) -> str:
    if isinstance(given.value, str):
        try:
            return Moment.parse(given.value).isoformat()
        except ValueError as error:
            raise impossible(spec, given.value) from error
    raise impossible(spec, given.value)


_READERS: Mapping[str, Callable[[InputSpec, Given], float | bool | str]] = {
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "choice": _choice,
    "date": _date,
}
