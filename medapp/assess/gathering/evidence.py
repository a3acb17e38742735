"""What the record says about one input.

Numbers and choices come from the newest observation of the variable. Yes or no
follows one rule (CLI.md): a problem found = yes; a refuted problem, an answered
question or a dated "none known" = no; else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from medapp.assess.card import CodeMatch
from medapp.assess.gathering.found import Found, to_canonical
from medapp.assess.inputs import InputSpec
from medapp.assess.pregnancy import PREGNANT, pregnancy_of
from medapp.domain.administrative import Sex, age_at
from medapp.domain.assessment import Source
from medapp.domain.clinical import Condition, Observation, Subject
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.domain.pregnancy import Known
from medapp.domain.record import PatientRecord
from medapp.terminology.systems import ATC, RXNORM
from medapp.terminology.variables import answer_of, variable

YES_CODES = frozenset({"LA33-6", "373066001", "Y"})
NO_CODES = frozenset({"LA32-8", "373067005", "N"})
"""Answers yes and no in LOINC, SNOMED CT and HL7 v2 table 0136."""

NONE_KNOWN = frozenset({"160245001"})
"""SNOMED CT: no current problems or disability; a denial of every problem at its date."""

MEDICINES = frozenset({ATC, RXNORM})
"""A question that these answer too is about what is taken: nobody who has no problem denied that."""


Mapped = tuple[InputSpec, Mapping[str, str]]
"""A choice variable and what its choices mean for another input."""


def newest(record: PatientRecord, spec: InputSpec) -> Observation | None:
    """The newest usable observation of the input, by variable or by the card's own codes."""
    found = record.latest(spec.name)
    if found is not None or spec.has_variable:
        return found
    codes = {(code.system, code.code) for code in spec.codes}
    usable = [
        o
        for o in record.observations
        if (o.code.system, o.code.code) in codes and o.is_usable and not o.time.is_after(record.at)
    ]
    return max(usable, key=lambda o: (o.time.seconds, o.id), default=None)


def number_of(record: PatientRecord, spec: InputSpec) -> Found | None:
    """A measured number, canonical. Raises InputProblem (unit) when its unit is not convertible.

    A number whose unit the import could not convert is no usable observation: the
    import says so, and it is missing here.
    """
    found = newest(record, spec)
    if found is None or found.value is None:
        return None
    value = to_canonical(spec, found.value, found.unit)
    sent = found.value if found.value_sent is None else found.value_sent
    unit_sent = found.unit if found.unit_sent is None else found.unit_sent
    return Found(spec, value, Source.RECORD, sent, unit_sent, found.time, found.comparator is not None)


def choice_of(record: PatientRecord, spec: InputSpec) -> Found | None:
    """A coded or written answer as the id of a choice; None when it is none of them."""
    found = newest(record, spec)
    if found is None:
        return None
    choice = _choice_id(spec, found)
    if choice is None:
        return None
    return Found(spec, choice, Source.RECORD, _answer_sent(found), None, found.time)


def _choice_id(spec: InputSpec, found: Observation) -> str | None:
    """The choice that an observation names, by its variable's codes and words."""
    answer = _listed(spec, found)
    if isinstance(answer, str):
        return answer
    written = (found.text or "").strip().casefold()
    return next((choice.id for choice in spec.choices if choice.id == written), None)


def _listed(spec: InputSpec, found: Observation) -> str | bool | None:
    if not spec.has_variable:
        return None
    coded = found.coded
    return answer_of(
        variable(spec.name),
        system=coded.system if coded else None,
        code=coded.code if coded else None,
        text=found.text or (coded.display if coded else None) or "",
    )


def _answer_sent(found: Observation) -> str | None:
    if found.text is not None:
        return found.text
    return None if found.coded is None else found.coded.display or found.coded.code


def of_patient(record: PatientRecord, spec: InputSpec) -> Found | None:
    """Age at the record's moment and sex, from the patient."""
    patient = record.patient
    if patient is None:
        return None
    if spec.name == "age":
        years = age_at(patient.birth_date, record.at)
        return None if years is None else Found(spec, years, Source.DERIVED, date=record.at)
    if spec.name == "sex" and patient.sex is not Sex.UNKNOWN:
        return Found(spec, str(patient.sex), Source.RECORD, str(patient.sex))
    return None


def yes_or_no(
    record: PatientRecord,
    spec: InputSpec,
    yes: Sequence[CodeMatch],
    no: Sequence[CodeMatch] = (),
    *,
    active_only: bool = False,
    mapped: Sequence[Mapped] = (),
) -> Found | None:
    """The rule above: any yes wins over any no, among equals the newest is named."""
    answers = list(_answers(record, spec, yes, no, active_only))
    answers.extend(_mapped_answers(record, mapped))
    for wanted in (True, False):
        found = [(date, sent) for answer, date, sent in answers if answer is wanted]
        if found:
            date, sent = max(found, key=lambda item: item[0].seconds if item[0] else 0)
            return Found(spec, wanted, Source.RECORD, sent, None, date)
    return None


Answer = tuple[bool, Moment | None, str | None]


def _answers(
    record: PatientRecord,
    spec: InputSpec,
    yes: Sequence[CodeMatch],
    no: Sequence[CodeMatch],
    active_only: bool,
) -> Iterator[Answer]:
    yield from _pregnancy(record) if spec.name == PREGNANT else _asked(record, spec)
    is_of_problems = bool(yes) and not any(MEDICINES & set(match.systems) for match in yes)
    for condition in _known(record.conditions, record.at):
        date = condition.onset or condition.recorded
        if _is_any(condition.code, yes):
            if condition.verification == "refuted":
                yield False, date, condition.code.label
            elif condition.is_active or not active_only:
                yield True, date, condition.code.label
        elif _is_any(condition.code, no) or (is_of_problems and date and _denies_all(condition.code)):
            yield False, date, condition.code.label
    none_known = record.denial(Subject.PROBLEMS)
    if is_of_problems and none_known is not None:
        yield False, none_known.recorded, "none known"
    for use in record.medications:
        if use.is_current and _is_any(use.medication, yes):
            yield True, use.authored, use.medication.label
    for procedure in record.procedures:
        if procedure.status == "completed" and _is_any(procedure.code, yes):
            yield True, procedure.performed.start, procedure.code.label


def _asked(record: PatientRecord, spec: InputSpec) -> Iterator[Answer]:
    """The newest answer to the question itself."""
    asked = newest(record, spec)
    answer = None if asked is None else _answer(spec, asked)
    if asked is not None and answer is not None:
        yield answer, asked.time, _answer_sent(asked)


def _pregnancy(record: PatientRecord) -> Iterator[Answer]:
    """An episode under way is yes, a fresh "not pregnant" is no; what is older says nothing."""
    state = pregnancy_of(record)
    if state.known in (Known.PREGNANT, Known.NOT_PREGNANT):
        since = None if state.since is None else Moment.of_date(state.since)
        yield state.known is Known.PREGNANT, since, None


def _answer(spec: InputSpec, found: Observation) -> bool | None:
    """Yes or no as coded, written, or sent as 1 or 0."""
    listed = _listed(spec, found)
    if isinstance(listed, bool):
        return listed
    if found.coded is not None and found.coded.code in YES_CODES | NO_CODES:
        return found.coded.code in YES_CODES
    return bool(found.value) if found.value in (0.0, 1.0) else None


def _mapped_answers(record: PatientRecord, mapped: Sequence[Mapped]) -> Iterator[Answer]:
    for source, answers in mapped:
        found = record.latest(source.name)
        answer = None if found is None else map_choice(_choice_id(source, found), answers)
        if found is not None and answer in ("yes", "no"):
            yield answer == "yes", found.time, _answer_sent(found)


def map_choice(choice: str | None, answers: Mapping[str, str]) -> str | None:
    """The card's answer for a choice: by its id, else by the part before an underscore.

    So `current` covers current_some_day and current_every_day.
    """
    if choice is None:
        return None
    if choice in answers:
        return answers[choice]
    starts = [key for key in answers if choice.startswith(key + "_")]
    return answers[max(starts, key=len)] if starts else None


def mapped_choice(record: PatientRecord, spec: InputSpec, mapped: Sequence[Mapped]) -> Found | None:
    """A choice taken from another variable's answer."""
    for source, answers in mapped:
        found = record.latest(source.name)
        answer = None if found is None else map_choice(_choice_id(source, found), answers)
        if found is not None and answer is not None:
            return Found(spec, answer, Source.RECORD, _answer_sent(found), None, found.time)
    return None


def _known(conditions: Iterable[Condition], at: Moment) -> Iterator[Condition]:
    for condition in conditions:
        date = condition.onset or condition.recorded
        is_future = date is not None and date.is_after(at)
        if condition.verification != "entered-in-error" and not is_future:
            yield condition


def _is_any(concept: CodeableConcept, matches: Sequence[CodeMatch]) -> bool:
    return any(match.matches(coding) for match in matches for coding in concept.codings)


def _denies_all(concept: CodeableConcept) -> bool:
    return any(_is_none_known(coding) for coding in concept.codings)


def _is_none_known(coding: Coding) -> bool:
    return coding.code in NONE_KNOWN
