"""Values entered on the spot for an assessor, kept in the record as observations.

One act for all that were entered together, so that one undo takes them back. An input that is no variable
of ours (only this model asks for it), and age and sex, which are the patient's own, are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from medapp.assess.assessor import Given
from medapp.assess.derivations import PATIENT_VARIABLES
from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import journal, records
from medapp.services.session import Session
from medapp.terminology import units
from medapp.terminology.variables import Variable, variables


class NothingToSave(KnownError):
    code = "no_input_to_save"
    message = N_("None of these values can be kept in the record.")
    advice = N_("Only values that the record has a place for are kept.")


class NotPossible(KnownError):
    code = "input_not_possible"
    message = N_("One of the values is not possible.")
    advice = N_("Check numbers and units.")


class DateInFuture(KnownError):
    code = "input_date_in_future"
    message = N_("The date of a value lies in the future.")
    advice = N_("Give the day on which it was measured.")


def is_kept(name: str) -> bool:
    """Whether the record has a place for an input of that name."""
    return name in variables() and name not in PATIENT_VARIABLES


def save_inputs(session: Session, patient: int, given: Mapping[str, Given]) -> Changes:
    """Store each given value as an observation, dated as given or now.

    Raises NothingToSave, NotPossible, DateInFuture, UnknownPatient, UnknownUnit.
    """
    kept = {name: one for name, one in given.items() if is_kept(name)}
    if not kept:
        raise NothingToSave
    rows = [observation_of(variables()[name], one, session.now()) for name, one in kept.items()]
    with journal.act(session, "save_inputs", patient, Kind.OBSERVATION) as act:
        for row in rows:
            records.add_observation(act, row)
        act.detail["inputs"] = sorted(kept)
    return act.changes


def observation_of(variable: Variable, given: Given, now: Moment) -> Observation:
    """A value as it was given, dated as given or now. Raises NotPossible, DateInFuture, UnknownUnit."""
    date = given.date or now
    if date.seconds > now.end:
        raise DateInFuture
    first = variable.codes[0]
    code = Coding(first.system, first.code, first.display or variable.title.en)
    made = Observation(0, code, date, variable.id)
    value = given.value
    if variable.kind == "boolean":
        made.coded = _coded(variable, "yes" if value else "no")
    elif isinstance(value, str):
        made.coded = _coded(variable, value)
        made.text = None if made.coded else value
    elif isinstance(value, (int, float)):
        _measure(made, variable, float(value), given.unit)
    return made


def _coded(variable: Variable, answer: str) -> Coding | None:
    """The first code of an answer; None where the list has none and the word itself is kept."""
    choices = variable.answers if variable.kind == "boolean" else variable.choices
    found = next((choice for choice in choices if choice.id == answer), None)
    if found is None or not found.codes:
        return None
    return Coding(found.codes[0].system, found.codes[0].code, found.title.en)


def _measure(made: Observation, variable: Variable, value: float, unit: str | None) -> None:
    """Put the canonical value in, and what was sent beside it."""
    sent = unit or variable.unit
    canonical = value if sent == variable.unit else units.convert(variable.id, value, sent)
    limits = variable.possible
    if limits is not None and not limits[0] <= canonical <= limits[1]:
        raise NotPossible
    made.value, made.unit = canonical, variable.unit
    made.value_sent, made.unit_sent = value, sent
