"""Values that are typed in: one act for all of one moment, so that one Undo takes them back together.

What may be typed is the variable list's: any of its units, any of its answers. The value is stored in
the canonical unit beside what was written.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from medapp.assess.assessor import Given
from medapp.assess.gathering.found import InputProblem
from medapp.assess.gathering.given import read_value
from medapp.assess.inputs import variable_spec
from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import journal, records
from medapp.services.journal import Act
from medapp.services.records import Added, add_observation
from medapp.services.session import Session
from medapp.terminology import ranges
from medapp.terminology.variables import Variable, variable, variables

NOT_TYPED: Final = frozenset({"age", "sex"})
"""They follow from who the patient is and are changed there."""

PANELS: Final = (("systolic_bp", "diastolic_bp"),)
"""Values of one measurement: they stay tied together."""


class ValueRefused(KnownError):
    """A value that cannot be true, or whose unit cannot be used. Fields: `variable`."""

    code = "value_refused"
    message = N_("This value is not possible: {variable}.")
    advice = N_("Check number and unit. Nothing was saved.")


class FutureValue(KnownError):
    """A time after now."""

    code = "future_value"
    message = N_("A value cannot be from the future.")
    advice = N_("Check date and time. Nothing was saved.")


class NothingTyped(KnownError):
    """No value among those given."""

    code = "nothing_typed"
    message = N_("There is no value to save.")
    advice = N_("Enter at least one value.")


@dataclass(frozen=True, slots=True)
class Entered:
    """Ids of the new observations by variable, and what changed."""

    ids: Mapping[str, int]
    changes: Changes


def can_enter(name: str) -> bool:
    """Whether a value of that name can be saved to a record."""
    item = variables().get(name)
    is_open = item is not None and item.kind == "choice" and not item.choices
    return item is not None and not is_open and name not in NOT_TYPED


def save_values(
    session: Session, patient: int, values: Mapping[str, Given], at: Moment | None = None
) -> Entered:
    """Store values of one moment (default now; a value's own date wins), all or none.

    Raises UnknownVariable, UnknownPatient, ValueRefused, FutureValue, NothingTyped.
    """
    if not values:
        raise NothingTyped
    with journal.act(session, "enter_values", patient, Kind.OBSERVATION) as act:
        ids = add_values(act, values, at)
    return Entered(ids, act.changes)


def add_values(
    act: Act, values: Mapping[str, Given], at: Moment | None = None, encounter: int | None = None
) -> dict[str, int]:
    """Store values of the act's patient as a part of a larger act. Raises as `save_values`."""
    now = act.session.now()
    made = [observation_of(name, given, given.date or at or now, now) for name, given in values.items()]
    _tie(made)
    for one in made:
        one.encounter = encounter
    act.detail["count"] = len(made)
    return {one.variable or "": add_observation(act, one) for one in made}


def correct_value(session: Session, observation: int, given: Given, at: Moment) -> Added:
    """Put a typed value in the place of a stored one, which stays as superseded.

    The laboratory's limits, the visit and the panel stay with it. Raises UnknownItem, ValueRefused,
    FutureValue.
    """
    kept = records.observation(session, observation)
    right = observation_of(kept.variable or "", given, at, session.now())
    right.encounter, right.panel, right.source = kept.encounter, kept.panel, ""
    if right.unit == kept.unit:
        right.reference_low, right.reference_high = kept.reference_low, kept.reference_high
    return records.correct_observation(session, observation, right)


def observation_of(name: str, given: Given, at: Moment, now: Moment) -> Observation:
    """The observation of one typed value. Raises as `save_values`."""
    item = variable(name)
    if not can_enter(name):
        raise ValueRefused(variable=name)
    if at.is_after(now):
        raise FutureValue
    code = Coding(item.codes[0].system, item.codes[0].code, item.title.en)
    try:
        found = read_value(variable_spec(item), given, now)
    except InputProblem as problem:
        raise ValueRefused(variable=name) from problem
    answer = found.value
    if item.kind in ("number", "integer"):
        return _number(item, code, float(answer), given, at)
    if isinstance(answer, bool):
        return _chosen(item, code, "yes" if answer else "no", at)
    if item.kind == "choice":
        return _chosen(item, code, str(answer), at)
    return Observation(0, code, at, name, text=str(answer))


def _number(item: Variable, code: Coding, value: float, given: Given, at: Moment) -> Observation:
    if ranges.plausibility(item, value) == "impossible":
        raise ValueRefused(variable=item.id)
    sent = float(given.value) if isinstance(given.value, (int, float)) else value
    return Observation(
        0, code, at, item.id, value, item.unit, value_sent=sent, unit_sent=given.unit or item.unit
    )


def _chosen(item: Variable, code: Coding, answer: str, at: Moment) -> Observation:
    """A listed answer by its first code, else in its English words, which every reader of it knows."""
    rows = item.answers if item.kind == "boolean" else item.choices
    row = next((one for one in rows if one.id == answer), None)
    if row is None or not row.codes:
        return Observation(0, code, at, item.id, text=row.title.en if row is not None else answer)
    coded = Coding(row.codes[0].system, row.codes[0].code, row.title.en)
    return Observation(0, code, at, item.id, coded=coded)


def _tie(made: Iterable[Observation]) -> None:
    by_name = {one.variable: one for one in made}
    for names in PANELS:
        parts = [by_name[name] for name in names if name in by_name]
        if len(parts) == len(names) and len({part.time for part in parts}) == 1:
            panel = str(uuid.uuid4())
            for part in parts:
                part.panel = panel
