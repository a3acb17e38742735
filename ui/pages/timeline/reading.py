"""What a row and the preview of the timeline say; pure functions over the service's events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from medapp.domain.administrative import Encounter
from medapp.domain.clinical import Condition, Immunisation, MedicationUse, Observation, Procedure
from medapp.domain.notes import Note
from medapp.i18n import N_, Words
from medapp.services.timeline import Assessed, Event, EventKind
from medapp.services.visits import AMBULATORY
from medapp.terminology.said import answer_words
from medapp.terminology.variables import variables
from ui.format import format_date
from ui.itemmodels.two_lines import TwoLines
from ui.pages.patient_names import concept_name
from ui.pages.patient_said import dosage_words

TITLES: Mapping[EventKind, str] = {
    EventKind.ENCOUNTER: N_("Encounters"), EventKind.NOTE: N_("Notes"), EventKind.RESULTS: N_("Results"),
    EventKind.PROBLEM: N_("Problems"), EventKind.MEDICINE: N_("Medicines"),
    EventKind.PROCEDURE: N_("Procedures"), EventKind.IMMUNISATION: N_("Immunisations"),
    EventKind.ASSESSMENT: N_("Assessments"), EventKind.DOCUMENT: N_("Documents"),
}
NAMES: Mapping[EventKind, str] = {
    EventKind.ENCOUNTER: N_("Encounter"), EventKind.NOTE: N_("Visit, signed"),
    EventKind.RESULTS: N_("Results"), EventKind.PROBLEM: N_("Problem begun"),
    EventKind.MEDICINE: N_("Medicine begun"), EventKind.PROCEDURE: N_("Procedure"),
    EventKind.IMMUNISATION: N_("Immunisation"), EventKind.ASSESSMENT: N_("Assessment"),
    EventKind.DOCUMENT: N_("Document printed"),
}
ICONS: Mapping[EventKind, str] = {
    EventKind.ENCOUNTER: "calendar", EventKind.NOTE: "edit", EventKind.RESULTS: "flask",
    EventKind.PROBLEM: "list", EventKind.MEDICINE: "pill", EventKind.PROCEDURE: "pulse",
    EventKind.IMMUNISATION: "shield", EventKind.ASSESSMENT: "model", EventKind.DOCUMENT: "print",
}
STATUSES = {
    "active": N_("Active"), "recurrence": N_("recurrence"), "relapse": N_("relapse"),
    "inactive": N_("Inactive"), "remission": N_("In remission"), "resolved": N_("Resolved"),
    "completed": N_("Completed"), "stopped": N_("Stopped"), "on-hold": N_("On hold"),
    "finished": N_("Finished"), "in-progress": N_("In progress"), "planned": N_("Planned"),
    "final": N_("signed"), "amended": N_("amended"),
}
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """The right side: a heading, labelled lines, and what can be opened (a message id and its target)."""

    title: str
    date: str
    lines: tuple[tuple[str, str], ...]
    variables: tuple[str, ...] = ()
    """Of lines that open a trend; empty texts for the others."""


def row_of(event: Event, words: Words) -> TwoLines:
    """Two lines: what it is called, then the date and what kind of event it is."""
    date = format_date(event.at, words) if event.at is not None else words("date unknown")
    lower = words("{date} · {kind}", date=date, kind=words(NAMES[event.kind]))
    key, icon = (event.kind, event.id), ICONS[event.kind]
    return TwoLines(key, title_of(event, words), lower, _state(event, words), "text2", icon)


def title_of(event: Event, words: Words) -> str:
    """What the event is called."""
    return _TITLED[event.kind](event.what, words) or words(NAMES[event.kind])


def preview_of(event: Event, words: Words) -> Preview:
    """Everything the record says of one event."""
    what = event.what
    date = format_date(event.at, words, time=True) if event.at is not None else words("date unknown")
    if event.kind is EventKind.RESULTS:
        return _results_preview(what, date, words)
    lines: list[tuple[str, str]] = []
    if event.kind is EventKind.NOTE:
        lines = _note_lines(what, words)
    elif isinstance(what, MedicationUse):
        lines = [(words("Dose"), dosage_words(what.dosage, words)),
                 (words("Reason"), concept_name(what.reason, words) if what.reason else "")]
    elif isinstance(what, Encounter):
        lines = [(words("Reason"), concept_name(what.reason, words) if what.reason else ""),
                 (words("Until"), format_date(what.period.end, words) if what.period.end else "")]
    elif isinstance(what, Condition):
        ended = format_date(what.abatement, words) if what.abatement else ""
        lines = [(words("Ended"), ended)]
    elif isinstance(what, Immunisation):
        lines = [(words("Lot"), what.lot), (words("Dose"), what.dose), (words("Note"), what.note)]
    elif isinstance(what, Assessed):
        lines = [(words("Version"), what.answer.version)]
    state, source = _state(event, words), str(getattr(what, "source", ""))
    lines += [(words("State"), state), (words("Source"), source)]
    return Preview(title_of(event, words), date, tuple((label, text) for label, text in lines if text))


def _results_preview(found: tuple[Observation, ...], date: str, words: Words) -> Preview:
    ordered = sorted(found, key=lambda one: _name(one, words))
    lines = tuple((_name(one, words), answer_words(one, words)) for one in ordered)
    opens = tuple(one.variable or "" for one in ordered)
    return Preview(words.plural("{count} result", "{count} results", len(found)), date, lines, opens)


def _note_lines(note: Note, words: Words) -> list[tuple[str, str]]:
    visit = note.visit
    return [
        (words("Reason for the visit"), visit.reason.text), (words("History"), visit.history.text),
        (words("Examination"), visit.examination.text),
        *((entry.label, entry.passage.text or "—") for entry in visit.problems),
        (words("Plan"), visit.plan.text),
        (words("Follow-up"), format_date(visit.follow_up, words) if visit.follow_up else ""),
        (words("Signed by"), note.signed_by),
    ]


def _state(event: Event, words: Words) -> str:
    what = event.what
    if isinstance(what, Condition):
        status = what.clinical_status
    elif isinstance(what, Assessed):
        return "" if what.answer.status == "final" else words("Not calculated")
    else:
        status = str(getattr(what, "status", ""))
    return words(STATUSES[status]) if status in STATUSES else ""


def _name(one: Observation, words: Words) -> str:
    variable = variables().get(one.variable or "")
    return words.pick(variable.title) if variable is not None else one.code.display or one.code.code


def _of_results(found: tuple[Observation, ...], words: Words) -> str:
    names = [f"{_name(one, words)} {answer_words(one, words)}" for one in found[:MOST_NAMED]]
    text = " · ".join(names)
    more = len(found) - MOST_NAMED
    return words("{results} and {n} more", results=text, n=more) if more > 0 else text


def _of_encounter(visit: Encounter, words: Words) -> str:
    if visit.type.label:
        return concept_name(visit.type, words)
    if visit.reason is not None:
        return concept_name(visit.reason, words)
    return words("Visit at the practice") if visit.class_code == AMBULATORY else ""


def _of_note(note: Note, _words: Words) -> str:
    visit = note.visit
    return " ".join((visit.reason.text or visit.history.text or visit.plan.text).split())[:160]


def _of_problem(one: Condition, words: Words) -> str:
    return concept_name(one.code, words)


def _of_medicine(one: MedicationUse, words: Words) -> str:
    return concept_name(one.medication, words)


def _of_procedure(one: Procedure, words: Words) -> str:
    return concept_name(one.code, words)


def _of_vaccine(one: Immunisation, words: Words) -> str:
    return concept_name(one.vaccine, words)


def _of_assessment(one: Assessed, words: Words) -> str:
    return words.pick(one.title) if one.title is not None else one.answer.assessor


def _of_document(one: Any, _words: Words) -> str:
    return str(one.title)


_TITLED: Mapping[EventKind, Callable[[Any, Words], str]] = {
    EventKind.ENCOUNTER: _of_encounter, EventKind.NOTE: _of_note, EventKind.RESULTS: _of_results,
    EventKind.PROBLEM: _of_problem, EventKind.MEDICINE: _of_medicine, EventKind.PROCEDURE: _of_procedure,
    EventKind.IMMUNISATION: _of_vaccine, EventKind.ASSESSMENT: _of_assessment,
    EventKind.DOCUMENT: _of_document,
}
