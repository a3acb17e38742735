"""Bedside scores: which there are, which a patient's record asks for, and their answers.

A score is an Assessor like a model: `services.assessments` stores, lists and replays its answers. Here
is what only scores have: they are found by name, disease and specialty, and each says whether it may
come by itself (`always`, `on_problem`) or only when asked for (`on_request`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from medapp.assess.assessor import Given, read_given
from medapp.assess.inputs import input_specs
from medapp.calculators import calculators
from medapp.calculators.calculator import Calculator
from medapp.calculators.declare import SPECIALTIES
from medapp.calculators.quick import Brief, brief
from medapp.domain.assessment import Assessment, Status
from medapp.domain.changes import Changes, Kind
from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.domain.record import PatientRecord
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import assessments
from medapp.services.session import Session
from medapp.terminology.typed import NOT, Hay, hay_of, score, words_of

__all__ = [
    "Brief", "Kept", "UnknownCalculator", "answer", "answer_many", "calculator", "document", "find", "keep",
    "offered",
]


class UnknownCalculator(KnownError):
    """No score has that id."""

    code = "unknown_calculator"
    message = N_("There is no score named {id}.")
    advice = N_("medapp calc list shows every score.")


def calculator(name: str) -> Calculator:
    """The score of that id. Raises UnknownCalculator."""
    found = calculators().get(name)
    if found is None:
        raise UnknownCalculator(id=name)
    return found


def document(one: Calculator) -> dict[str, Any]:
    """One element of `calc list` (CLI.md)."""
    return {
        "id": one.id,
        "version": one.about.version,
        "title": one.about.title.as_dict(),
        "specialties": list(one.about.specialties),
        "inputs": [_input(one, spec.as_document()) for spec in input_specs(one.card)],
        "outputs": [{"name": o.name, "type": o.type, "unit": o.unit} for o in one.outputs],
        "reference": one.about.reference,
    }


def _input(one: Calculator, told: dict[str, Any]) -> dict[str, Any]:
    """A choice tells the answers this score takes, not all that the variable has."""
    taken = next((f.choices for f in one.inputs if f.name == told["name"]), ())
    if taken:
        told["choices"] = [choice for choice in told["choices"] if choice["id"] in taken]
    return told


def answer(name: str, inputs: Mapping[str, Given], at: Moment) -> Assessment:
    """The answer to inputs alone, without a patient. Raises UnknownCalculator."""
    return calculator(name).assess(PatientRecord(at), inputs)


def answer_many(name: str, rows: Iterable[Mapping[str, Any]], at: Moment) -> Iterator[Brief]:
    """The bare answers to many rows, in order. Raises UnknownCalculator before the first."""
    return brief(calculator(name), rows, at)


def answer_each(name: str, rows: Iterable[Mapping[str, Any]], at: Moment) -> Iterator[Assessment]:
    """The whole answers to many rows, each with its number. Raises UnknownCalculator before the first."""
    one = calculator(name)
    return assessments.answers_of(one, rows, at)


def answer_for(
    session: Session, patient: int, name: str, inputs: Mapping[str, Any], *, at: Moment | None = None
) -> Assessment:
    """The answer for a patient with some inputs entered on the spot; stored with its log entry when final.

    Raises UnknownCalculator, UnknownPatient, NotPermitted.
    """
    calculator(name)
    return assessments.assess_with(session, patient, name, read_given(inputs), at=at)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was asked to be kept, and what changed: nothing, unless it is final."""

    answer: Assessment
    changes: Changes


def keep(
    session: Session, patient: int, name: str, inputs: Mapping[str, Any], *, at: Moment | None = None
) -> Kept:
    """`answer_for`, for a window: with what it changed."""
    answer = answer_for(session, patient, name, inputs, at=at)
    kinds = frozenset({Kind.ASSESSMENT}) if answer.status is Status.FINAL else frozenset()
    return Kept(answer, Changes(kinds, frozenset({patient})))


def offered(record: PatientRecord) -> tuple[Calculator, ...]:
    """The scores that a record brings up by itself: always, or for a problem or medicine it holds.

    Of these only those that come to an answer are shown unasked.
    """
    return tuple(one for one in calculators().values() if is_offered(one, record))


def is_offered(one: Calculator, record: PatientRecord) -> bool:
    """Whether a score comes by itself on this patient's page."""
    if one.about.offer == "always":
        return True
    return one.about.offer == "on_problem" and any(
        match.matches(coding)
        for concept in _concepts(record)
        for coding in concept.codings
        for match in one.about.offered_for
    )


def _concepts(record: PatientRecord) -> Iterator[CodeableConcept]:
    yield from (one.code for one in record.conditions if one.is_active)
    yield from (one.medication for one in record.medications if one.is_current)


def assess_offered(session: Session, record: PatientRecord) -> list[Assessment]:
    """The answers of the offered scores that are final; nothing is stored."""
    session.require(Permission.ASSESS)
    answers = (one.assess(record, {}) for one in offered(record))
    return [one for one in answers if one.status is Status.FINAL]


def find(text: str, specialty: str | None = None) -> list[Calculator]:
    """Scores by their name, id, disease or specialty in either language, pinyin or its initials.

    The nearest first; with nothing typed all, by name.
    """
    typed = words_of(text)
    ranked = [
        (score(_hay(one.id), typed) if typed else 0, one.about.title.en, one)
        for one in calculators().values()
        if specialty is None or specialty in one.about.specialties
    ]
    return [one for rank, _title, one in sorted(ranked, key=lambda item: item[:2]) if rank < NOT]


@lru_cache(maxsize=512)
def _hay(name: str) -> Hay:
    about = calculators()[name].about
    areas = [SPECIALTIES[area] for area in about.specialties]
    titles = [about.title, about.summary, about.population, *areas]
    texts = [text for title in titles for text in (title.en, title.zh_CN)]
    return hay_of((about.id.replace("_", " "), *texts, *about.keywords))
