"""What a record knows about pregnancy at its moment: episodes, the problem list and the plain question.

An answer or a problem without days is taken as an undated episode, so that one old "yes" does not make
a woman pregnant for ever, and one old "no" does not clear her.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from medapp.assess.card import SYSTEMS, CodeMatch
from medapp.domain.administrative import Patient, Sex, age_at
from medapp.domain.clinical import Condition
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import AGES, Known, Pregnancy, PregnancyState, Status, state_on
from medapp.domain.record import PatientRecord
from medapp.terminology.ranges import Gestation
from medapp.terminology.variables import answer_of, variable

PREGNANT: Final = "pregnant"
"""The variable of the plain question."""

STATES: Final = (
    *(CodeMatch(SYSTEMS["icd10"], prefix=code) for code in ("Z33", "Z34", "Z35")),
    *(CodeMatch(SYSTEMS["snomed"], code) for code in ("77386006", "72892002")),
)
"""Problems that are a pregnancy, or its supervision: they end with it."""

PROBLEMS: Final = (
    *STATES,
    *(
        CodeMatch(SYSTEMS["icd10"], prefix=code)
        for code in (
            "Z3A", "O00", "O01", "O02", "O07", "O09", "O1", "O2", "O3", "O4", "O98", "O99",
        )
    ),
)  # fmt: skip
"""Problems that only a pregnant woman has while they are active. Of chapter O of ICD-10 not abortion (O03 to
O06, O08), labour, delivery and childbed (O60 to O97): she may have them when she is pregnant no more."""


def pregnancy_of(record: PatientRecord) -> PregnancyState:
    """The state at `record.at`."""
    return state_on(record.at.date, told_of(record), is_asked=is_asked(record.patient, record.at))


def told_of(record: PatientRecord) -> tuple[Pregnancy, ...]:
    """Everything that the record says about pregnancies, as episodes."""
    return (*told_by(record.pregnancies, record.conditions), *_from_question(record))


def told_by(episodes: Sequence[Pregnancy], problems: Iterable[Condition]) -> tuple[Pregnancy, ...]:
    """The same without the plain question."""
    return (*episodes, *_from_problems(episodes, problems))


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


def _from_problems(episodes: Iterable[Pregnancy], problems: Iterable[Condition]) -> Iterator[Pregnancy]:
    """A problem begun before a recorded end belongs to the pregnancy that ended; a complication ends none."""
    ends = (one.ended for one in episodes if one.status is Status.ENDED)
    last = max((day for day in ends if day is not None), default=date.min)
    for one in problems:
        begun = one.onset or one.recorded
        if begun is None or begun.date < last or one.verification not in ("", "confirmed"):
            continue
        if one.is_active and _is_any(one, PROBLEMS):
            yield Pregnancy(status=Status.CURRENT, recorded=begun)
        elif one.abatement is not None and not one.is_active and _is_any(one, STATES):
            yield Pregnancy(status=Status.ENDED, ended=one.abatement.date, recorded=begun)


def _is_any(one: Condition, matches: Sequence[CodeMatch]) -> bool:
    return any(match.matches(code) for match in matches for code in one.code.codings)
