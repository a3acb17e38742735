"""What a record knows about pregnancy at its moment: episodes, the problem list and the plain question.

An answer or a problem without days is taken as an undated episode, so that one old "yes" does not make
a woman pregnant for ever, and one old "no" does not clear her.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from medapp.domain.administrative import Patient, Sex, age_at
from medapp.domain.clinical import Condition
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import AGES, Known, Pregnancy, PregnancyState, Status, state_on
from medapp.domain.record import PatientRecord
from medapp.terminology.ranges import Gestation
from medapp.terminology.systems import ICD10, ICD10CM, SNOMED
from medapp.terminology.variables import answer_of, variable

PREGNANT: Final = "pregnant"
"""The variable of the plain question."""

_PROBLEMS: Final = frozenset({"77386006", "72892002"})
"""SNOMED CT: pregnancy, normal pregnancy."""

_ICD: Final = ("Z33", "Z34")


def pregnancy_of(record: PatientRecord) -> PregnancyState:
    """The state at `record.at`."""
    return state_on(record.at.date, told_of(record), is_asked=is_asked(record.patient, record.at))


def told_of(record: PatientRecord) -> tuple[Pregnancy, ...]:
    """Everything that the record says about pregnancies, as episodes."""
    return (*record.pregnancies, *_from_problems(record), *_from_question(record))


def gestation_on(told: Sequence[Pregnancy], day: date) -> Gestation | None:
    """Whether she was pregnant on a day, and how far: by it the reference range of a value is chosen."""
    if not told:
        return None
    state = state_on(day, told, is_asked=False)
    if state.known is not Known.PREGNANT or state.episode is None:
        return None
    return Gestation(state.episode.days_at(day))


def is_asked(patient: Patient | None, at: Moment) -> bool:
    """Whether silence means "not checked": a woman of 12 to 50 who lives, also when her age is not known."""
    if patient is None or patient.sex is not Sex.FEMALE or patient.deceased or patient.deceased_at:
        return False
    age = age_at(patient.birth_date, at)
    return age is None or math.floor(age) in AGES


def _from_question(record: PatientRecord) -> Iterator[Pregnancy]:
    found = record.latest(PREGNANT)
    if found is None:
        return
    coded = found.coded
    answer = answer_of(
        variable(PREGNANT), system=coded.system if coded else None, code=coded.code if coded else None,
        text=found.text or (coded.display if coded else None) or "",
    )
    if answer is None and found.value in (0.0, 1.0):
        answer = bool(found.value)
    if answer is not None:
        yield Pregnancy(status=Status.CURRENT if answer else Status.NONE, recorded=found.time)


def _from_problems(record: PatientRecord) -> Iterator[Pregnancy]:
    for one in record.conditions:
        begun = one.onset or one.recorded
        if begun is not None and one.verification in ("", "confirmed") and _is_pregnancy(one):
            if one.is_active:
                yield Pregnancy(status=Status.CURRENT, recorded=begun)
            elif one.abatement is not None:
                yield Pregnancy(status=Status.ENDED, ended=one.abatement.date, recorded=begun)


def _is_pregnancy(one: Condition) -> bool:
    return any(
        (code.system == SNOMED and code.code in _PROBLEMS)
        or (code.system in (ICD10, ICD10CM) and code.code.startswith(_ICD))
        for code in one.code.codings
    )
