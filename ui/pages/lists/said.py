"""Words that the lists share: since when, from where, how sure."""

from __future__ import annotations

from datetime import date
from typing import Final

from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.i18n import N_, Words
from medapp.services import dating
from medapp.services.records import HERE
from medapp.terminology import codesystems
from ui.format import EN_DASH, format_date
from ui.pages.patient_facts import Facts

VERIFICATIONS: Final = (
    ("confirmed", N_("Confirmed")), ("provisional", N_("Provisional")), ("differential", N_("Differential")),
    ("unconfirmed", N_("Unconfirmed")), ("refuted", N_("Refuted")),
)
"""FHIR's words for how sure it is."""

Complaints = dict[str, tuple[str, str]]
"""By field: how bad (warn or error) and why, in words."""


def source_words(source: str, words: Words) -> str:
    """Where an entry came from."""
    if not source:
        return words("source not recorded")
    return words("entered here") if source == HERE else words("from {source}", source=source)


def period_words(start: Moment | None, end: Moment | None, words: Words, *, is_past: bool = False) -> str:
    """`since 2021`, `2019 – Feb 2021`, `until 2021`; an unknown beginning is said."""
    if start is None and end is None:
        return words("start not recorded")
    if end is None:
        message = N_("begun {date}, end not recorded") if is_past else N_("since {date}")
        return words(message, date=format_date(start, words))
    if start is None:
        return words("until {date}", date=format_date(end, words))
    return f"{format_date(start, words)} {EN_DASH} {format_date(end, words)}"


def code_of(concept: CodeableConcept) -> str:
    """The code of a classification that a doctor reads; none for opaque numbers."""
    shown = (codesystems.ICD10, codesystems.ICD10CM)
    return next((coding.code for coding in concept.codings if coding.system in shown), "")


def uncoded(concept: CodeableConcept, words: Words) -> str:
    """Said of an entry that no model and no check can see."""
    return "" if concept.codings else words("not coded")


def day_complaints(
    facts: Facts, words: Words, start: tuple[str, Moment | None], end: tuple[str, Moment | None], *,
    may_end_later: bool = False,
) -> Complaints:
    """What is wrong with a beginning and an end, each given with the name of its field."""
    now, born = facts.now, facts.patient.birth_date
    told: Complaints = {}
    wrong = dating.wrong_day(start[1], born, now)
    if wrong is not None:
        told[start[0]] = ("error", words(wrong.message))
    wrong = dating.wrong_end(start[1], end[1])
    if wrong is None and not may_end_later:
        wrong = dating.wrong_day(end[1], born, now)
    if wrong is not None:
        told[end[0]] = ("error", words(wrong.message))
    return told


def today(facts: Facts) -> Moment:
    """The day on which a form is filled, as the value that an end begins with."""
    day: date = facts.now.date
    return Moment.of_date(day)
